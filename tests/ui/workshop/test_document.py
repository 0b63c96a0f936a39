"""The open workshop: changing it, undoing, whether it is saved; the copy kept against a crash."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from handbook.ui.workshop import autosave
from handbook.ui.workshop.autosave import Autosave
from handbook.ui.workshop.document import MOST_STEPS, WorkshopDocument
from handbook.workshop import file, model
from handbook.workshop.model import Entry, MadeWith, Workshop

ONE = Workshop("One day", items=(Entry("Lunch", 60),))


def test_changes_are_undone_and_made_again_in_order(qtbot: QtBot) -> None:
    document = WorkshopDocument()
    seen = [document.workshop]
    for number in range(3):
        document.change(model.add(document.workshop, Entry(str(number))), f"Add {number}")
        seen.append(document.workshop)
    for before in reversed(seen[:-1]):
        document.undo()
        assert document.workshop == before
    assert (document.undo_text, document.redo_text) == ("", "Add 0")
    document.undo()  # nothing is left to undo
    for after in seen[1:]:
        document.redo()
        assert document.workshop == after
    document.undo()
    document.change(ONE, "Another way")
    assert document.redo_text == ""


def test_changes_of_one_key_are_undone_together(qtbot: QtBot) -> None:
    document = WorkshopDocument()
    for number in (1, 12, 120):
        document.change(replace(ONE, participants=number), "People", key="people")
    document.change(replace(ONE, participants=120, place="Kyiv"), "Place")
    document.change(replace(ONE, participants=3, place="Kyiv"), "People", key="people")
    document.undo()
    assert (document.workshop.participants, document.workshop.place) == (120, "Kyiv")
    document.undo()
    document.undo()
    assert document.workshop == Workshop()


def test_steps_are_bounded(qtbot: QtBot) -> None:
    document = WorkshopDocument()
    for number in range(MOST_STEPS + 50):
        document.change(replace(ONE, participants=number), "People")
    steps = 0
    while document.undo_text:
        document.undo()
        steps += 1
    assert steps == MOST_STEPS


def test_only_what_would_be_lost_needs_saving(qtbot: QtBot, tmp_path: Path) -> None:
    document = WorkshopDocument()
    assert document.is_blank
    assert not document.needs_saving
    document.open(ONE, tmp_path / "a.workshop")
    assert not document.needs_saving
    changed = replace(ONE, place="Kyiv")
    with qtbot.waitSignal(document.filed):
        document.change(changed, "Place")
    assert document.needs_saving
    document.undo()
    assert not document.needs_saving
    document.redo()
    document.saved_as(replace(changed, made_with=MadeWith("7")), tmp_path / "b.workshop")
    assert not document.needs_saving
    assert document.path == tmp_path / "b.workshop"
    assert document.workshop.made_with.edition == "7"
    document.undo()  # what is in the file is not what is here any more
    assert document.needs_saving


# -- The copy ------------------------------------------------------------------------------------------------


def kept(data: Path) -> Workshop | None:
    found = file.kept(data) if file.is_kept(data) else None  # it may come between: then it is there the next time
    return found[0] if found is not None else None


def test_a_copy_follows_the_changes_and_goes_with_saving(qtbot: QtBot, tmp_path: Path) -> None:
    document = WorkshopDocument()
    keeping = Autosave(document, tmp_path / "data")
    document.open(ONE, tmp_path / "a.workshop")
    assert not (tmp_path / "data").exists()  # nothing is written before there is something to lose
    changed = replace(ONE, title="Two days")
    document.change(changed, "Title")
    qtbot.waitUntil(lambda: kept(tmp_path / "data") == changed)
    assert file.kept(tmp_path / "data") == (changed, tmp_path / "a.workshop")
    document.saved_as(changed, tmp_path / "a.workshop")
    qtbot.waitUntil(lambda: not file.recovery_file(tmp_path / "data").exists())
    keeping.close()


def test_what_was_left_behind_is_found_and_kept_until_it_is_saved(qtbot: QtBot, tmp_path: Path) -> None:
    file.keep(ONE, tmp_path / "a.workshop", tmp_path)
    document = WorkshopDocument()
    keeping = Autosave(document, tmp_path)
    assert keeping.recover() == (ONE, tmp_path / "a.workshop")
    document.open(ONE, tmp_path / "a.workshop", unsaved=True)
    assert document.needs_saving
    keeping.keep_now()
    assert kept(tmp_path) == ONE
    keeping.close()
    assert kept(tmp_path) is None


def test_two_windows_keep_copies_of_their_own(qtbot: QtBot, tmp_path: Path) -> None:
    pairs = [(document := WorkshopDocument(), Autosave(document, tmp_path)) for _ in range(2)]
    for number, (document, keeping) in enumerate(pairs):
        document.change(replace(ONE, participants=number + 1), "People")
        keeping.keep_now()
    for folder, people in ((tmp_path, 1), (tmp_path / "window 2", 2)):
        qtbot.waitUntil(lambda folder=folder, people=people: getattr(kept(folder), "participants", 0) == people)  # type: ignore[misc]  # mypy: defaults in a lambda
    # A third window takes neither for something left behind: both are held.
    third = Autosave(WorkshopDocument(), tmp_path)
    assert third.recover() is None
    for _, keeping in pairs:
        keeping.close()


def test_a_damaged_copy_is_no_reason_to_stumble(qtbot: QtBot, tmp_path: Path) -> None:
    file.recovery_file(tmp_path).write_bytes(b"\x00\xff[")
    assert Autosave(WorkshopDocument(), tmp_path).recover() is None
    assert not file.recovery_file(tmp_path).exists()
    (aside,) = tmp_path.glob("unsaved damaged*.workshop")
    assert aside.read_bytes() == b"\x00\xff["


def test_clearing_leaves_what_another_window_holds(qtbot: QtBot, tmp_path: Path) -> None:
    for folder in (tmp_path / "data", tmp_path / "data" / "window 2"):
        file.keep(ONE, None, folder)
    held = QLockFile(str(tmp_path / "data" / "unsaved.lock"))
    assert held.tryLock(0)
    autosave.clear(tmp_path / "data")
    assert kept(tmp_path / "data") == ONE
    assert not (tmp_path / "data" / "window 2").exists()
    held.unlock()
    autosave.clear(tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_folder_that_takes_no_file_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be", "utf-8")
    document = WorkshopDocument()
    keeping = Autosave(document, tmp_path / "data")
    document.change(ONE, "Open")
    with qtbot.waitSignal(keeping.told, check_params_cb=lambda text: "No copy" in text):
        keeping.keep_now()
    keeping.close()
