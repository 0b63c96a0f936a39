"""The copy kept against a crash: on another computer, beside a newer file, while a page is written, without room."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from handbook.base import atomic_file
from handbook.base.atomic_file import NotSaved
from handbook.base.paths import Paths
from handbook.ui.workshop import autosave, files
from handbook.ui.workshop.autosave import PLACES, Autosave
from handbook.ui.workshop.custom_page import CustomPageDialog
from handbook.ui.workshop.details_dialog import DetailsDialog
from handbook.ui.workshop.document import WorkshopDocument
from handbook.ui.workshop.item_dialog import ItemDialog
from handbook.workshop import file
from handbook.workshop.model import CustomPage, Entry, Workshop
from tests.helpers import PATIENCE, write
from tests.ui.conftest import OpenWindow
from tests.ui.workshop.test_panel import command, fill

ONE = Workshop("One day", items=(Entry("Lunch", 60),))
OTHERS = Workshop("Theirs", items=(Entry("Supper", 60),))


def kept(data: Path) -> Workshop | None:
    found = file.kept(data) if file.is_kept(data) else None  # it may come between: then it is there the next time
    return found[0] if found is not None else None


# -- Another computer ----------------------------------------------------------------------------------------


def of_another_computer(folder: Path) -> None:
    """What a crash leaves on a stick: the copy, and a lock with the name of the computer and a process there."""
    file.keep(ONE, None, folder)
    lines = (os.getpid(), "handbook", "office-laptop", "0123456789abcdef", "boot-id")
    (folder / "unsaved.lock").write_text("".join(f"{line}\n" for line in lines), "utf-8")


@pytest.mark.parametrize("folder", ["", "window 2"])
def test_what_was_left_on_another_computer_comes_back(
    home: Paths, open_window: OpenWindow, qtbot: QtBot, folder: str
) -> None:
    of_another_computer(home.data / folder)
    window = open_window("statement")
    qtbot.waitUntil(lambda: window.workshop.is_made and window.workshop.controller.workshop == ONE)
    assert "ended before 'One day' was saved" in window.notice.text


def test_it_is_cleared_too(home: Paths) -> None:
    of_another_computer(home.data)
    of_another_computer(home.data / "window 3")
    autosave.clear(home.data)
    assert not home.data.exists()


def test_what_another_start_would_bring_back_is_not_written_over(tmp_path: Path, qtbot: QtBot) -> None:
    file.keep(OTHERS, None, tmp_path)
    document = WorkshopDocument()
    keeping = Autosave(document, tmp_path)
    document.change(ONE, "Begin")  # nobody has asked what was left
    qtbot.waitUntil(lambda: kept(tmp_path / "window 2") == ONE)
    assert kept(tmp_path) == OTHERS
    keeping.close()


def test_a_stick_that_was_out_for_a_while_is_taken_again(tmp_path: Path, qtbot: QtBot) -> None:
    document = WorkshopDocument()
    keeping = Autosave(document, tmp_path)
    document.change(ONE, "Begin")
    qtbot.waitUntil(lambda: kept(tmp_path) == ONE)
    shutil.copy(tmp_path / "unsaved.lock", tmp_path / "stick")
    (tmp_path / "stick").replace(tmp_path / "unsaved.lock")  # another file of the same name: the lock is gone
    document.change(replace(ONE, place="Kyiv"), "Place")
    qtbot.waitUntil(lambda: getattr(kept(tmp_path), "place", "") == "Kyiv")
    assert Autosave(WorkshopDocument(), tmp_path).recover() is None  # it is held again
    keeping.close()


def test_the_copy_goes_on_in_its_folder_when_the_stick_is_there_again(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "AGAIN", 50)
    stick, out = tmp_path / "stick", tmp_path / "out"
    stick.mkdir()
    document = WorkshopDocument()
    keeping = Autosave(document, stick / "data")
    document.change(ONE, "Begin")
    qtbot.waitUntil(lambda: kept(stick / "data") == ONE)
    stick.rename(out)
    with qtbot.waitSignal(keeping.told, check_params_cb=lambda text: "out of reach" in text):
        document.change(replace(ONE, place="Kyiv"), "Place")
    with qtbot.waitSignal(keeping.told, check_params_cb=lambda text: "crash again" in text):
        out.rename(stick)
    assert getattr(kept(stick / "data"), "place", "") == "Kyiv"
    assert not (stick / "data" / "window 2").exists()
    keeping.close()
    assert kept(stick / "data") is None


def test_no_folder_is_made_on_the_computer_for_a_stick_that_is_gone(tmp_path: Path, qtbot: QtBot) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    document = WorkshopDocument()
    keeping = Autosave(document, stick / "handbook-data" / "data")
    stick.rmdir()
    with qtbot.waitSignal(keeping.told, check_params_cb=lambda text: "out of reach" in text):
        document.change(ONE, "Begin")
    assert not stick.exists()
    keeping.close()


def test_work_that_was_given_up_for_what_was_left_is_gone(home: Paths, open_window: OpenWindow, qtbot: QtBot) -> None:
    file.keep(OTHERS, None, home.data)
    file.note_showing(home.data)
    window = open_window("statement")
    qtbot.waitUntil(lambda: "'Theirs'" in window.notice.text)
    window.workshop.add("statement#r2")
    second = home.data / "window 2"
    qtbot.waitUntil(lambda: file.recovery_file(second).exists())
    window.notice._act(0)  # Open it; what is open is given up
    assert window.workshop.controller.workshop == OTHERS
    window.close()
    assert not file.recovery_file(second).exists()


# -- A newer file --------------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "one day.workshop"
    file.save(ONE, found)
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; the answer is No."""
    questions: list[str] = []

    def no(*args: object) -> bool:
        questions.append(str(args[2]))
        return False

    monkeypatch.setattr(files, "ask", no)
    return questions


def write_over(path: Path) -> bytes:
    """Change a file so that its size and its time stay as they are."""
    before = path.stat()
    data = path.read_bytes().replace(b"Lunch", b"Brunc")
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    return data


def test_a_change_of_the_same_size_and_time_is_noticed(open_window: OpenWindow, path: Path, asked: list[str]) -> None:
    controller = open_window("statement").workshop.controller
    controller.open_file(path)
    data = write_over(path)
    assert not controller.save()
    assert "'one day.workshop' was changed" in asked[0]
    assert path.read_bytes() == data


def test_a_file_that_was_only_touched_is_saved_unasked(open_window: OpenWindow, path: Path, asked: list[str]) -> None:
    controller = open_window("statement").workshop.controller
    controller.open_file(path)
    for _ in range(2):  # and so is what was saved before
        os.utime(path, (1, 1))
        assert controller.save()
    assert asked == []


@pytest.mark.parametrize("newer", [True, False])
def test_what_comes_back_does_not_replace_a_newer_file_unasked(
    open_window: OpenWindow, home: Paths, path: Path, asked: list[str], qtbot: QtBot, newer: bool
) -> None:
    file.keep(replace(ONE, place="Kyiv"), path, home.data, file.mark(path))
    if newer:
        write_over(path)
    data = path.read_bytes()
    window = open_window("statement")
    qtbot.waitUntil(lambda: window.workshop.is_made and window.workshop.controller.workshop.place == "Kyiv")
    assert window.workshop.controller.save() is not newer
    assert bool(asked) is newer
    assert (path.read_bytes() == data) is newer


def test_a_copy_from_before_there_were_marks_asks(
    open_window: OpenWindow, home: Paths, path: Path, asked: list[str], qtbot: QtBot
) -> None:
    file.keep(replace(ONE, place="Kyiv"), path, home.data)
    window = open_window("statement")
    qtbot.waitUntil(lambda: window.workshop.is_made and window.workshop.controller.workshop.place == "Kyiv")
    assert not window.workshop.controller.save()
    assert len(asked) == 1


def test_the_copy_carries_the_mark_on(path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    document = WorkshopDocument()
    keeping = Autosave(document, tmp_path / "data")
    document.open(ONE, path, mark=file.mark(path))
    document.change(OTHERS, "Change")
    qtbot.waitUntil(lambda: kept(tmp_path / "data") == OTHERS)
    assert file.kept_mark(tmp_path / "data") == file.mark(path)
    keeping.close()


# -- While something is written ------------------------------------------------------------------------------


def in_dialog(kind: type[QDialog], step: Callable[[QDialog], bool]) -> QTimer:
    """Do something in the open dialog until it returns True, then close it; else the clock stays active."""
    clock, end = QTimer(), time.monotonic() + PATIENCE

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and step(dialog):
            clock.stop()
            dialog.done(0)
        elif isinstance(dialog, kind) and time.monotonic() > end:
            dialog.done(0)

    clock.timeout.connect(look)
    clock.start(20)
    return clock


def test_a_page_is_in_the_copy_while_it_is_written(home: Paths, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    begun: list[float] = []

    def write(dialog: QDialog) -> bool:
        assert isinstance(dialog, CustomPageDialog)
        if not begun:
            dialog.editor.setPlainText("Bring your own cup.")
            begun.append(time.monotonic())
        found = kept(home.data)
        return found is not None and found.items == (CustomPage("", "Bring your own cup."),)

    clock = in_dialog(CustomPageDialog, write)
    command(window, "workshop_custom_page").trigger()
    assert not clock.isActive()
    assert autosave.SOON < 1000
    assert not window.workshop.controller.document.needs_saving
    qtbot.waitUntil(lambda: kept(home.data) is None)  # given up


def test_a_page_that_is_changed_is_in_the_copy_in_its_place(
    home: Paths, open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("statement")
    controller = fill(window, Entry("Lunch", 60), CustomPage("Mine", "Old"))
    controller.panel.items.choose((1,))

    def write(dialog: QDialog) -> bool:
        assert isinstance(dialog, CustomPageDialog)
        dialog.editor.setPlainText("New")
        found = kept(home.data)
        return found is not None and found.items == (Entry("Lunch", 60), CustomPage("Mine", "New"))

    clock = in_dialog(CustomPageDialog, write)
    controller.editing.edit()
    assert not clock.isActive()


def test_a_note_and_a_title_are_in_the_copy_too(home: Paths, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("statement")
    controller = fill(window, Entry("Lunch", 60))
    controller.panel.items.choose((0,))

    def note(dialog: QDialog) -> bool:
        assert isinstance(dialog, ItemDialog)
        dialog.note.setPlainText("No pork.")
        found = kept(home.data)
        return found is not None and found.items == (Entry("Lunch", 60, note="No pork."),)

    clock = in_dialog(ItemDialog, note)
    controller.editing.edit()
    assert not clock.isActive()

    def title(dialog: QDialog) -> bool:
        assert isinstance(dialog, DetailsDialog)
        dialog.title.setText("Two days")
        found = kept(home.data)
        return found is not None and found.title == "Two days"

    clock = in_dialog(DetailsDialog, title)
    command(window, "workshop_details").trigger()
    assert not clock.isActive()


# -- No copy -------------------------------------------------------------------------------------------------


@dataclass
class Disk:
    """A disk, which may be full, and how often it was written to while it was."""

    is_full: bool = True
    refused: int = 0


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """A full disk."""
    disk = Disk()
    save = atomic_file.save

    def save_or_not(data: bytes, target: Path, may: Callable[[], bool] = atomic_file.always) -> bool:
        if disk.is_full:
            disk.refused += 1
            raise NotSaved(atomic_file._sentence(target, OSError(errno.ENOSPC, "No space left on device")))
        return save(data, target, may)

    monkeypatch.setattr(atomic_file, "save", save_or_not)
    monkeypatch.setattr(autosave, "AGAIN", 50)
    yield disk
    disk.is_full = False


def test_a_full_disk_is_told_once_and_so_is_its_end(disk: Disk, tmp_path: Path, qtbot: QtBot) -> None:
    document = WorkshopDocument()
    keeping = Autosave(document, tmp_path)
    told: list[str] = []
    outdated: list[str] = []
    keeping.told.connect(told.append)
    keeping.outdated.connect(outdated.append)
    for place in ("Kyiv", "Minsk", "Sofia"):
        document.change(replace(ONE, place=place), "Place")
        before = disk.refused
        keeping.keep_now()
        qtbot.waitUntil(lambda before=before: disk.refused > before)  # type: ignore[misc]  # the stubs take no default
    (sentence,) = told
    assert sentence.startswith("No copy of the workshop can be kept against a crash: There is not enough room")
    disk.is_full = False  # without another change
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "kept against a crash again" in told[1]
    assert outdated[-1] == sentence
    assert getattr(kept(tmp_path), "place", "") == "Sofia"
    disk.is_full = True
    document.change(replace(ONE, place="Minsk"), "Place")
    keeping.keep_now()
    qtbot.waitUntil(lambda: len(told) == 3)
    assert (told[2], outdated[-1]) == (sentence, told[1])
    keeping.close()


def test_what_is_saved_needs_no_copy_and_no_word_of_it(disk: Disk, tmp_path: Path, qtbot: QtBot) -> None:
    document = WorkshopDocument()
    keeping = Autosave(document, tmp_path)
    with qtbot.waitSignal(keeping.told) as told:
        document.change(ONE, "Begin")
    with qtbot.waitSignal(keeping.outdated) as outdated:
        document.saved_as(ONE, tmp_path / "a.workshop")
    assert outdated.args == told.args
    keeping.close()


def test_nine_windows_are_one_too_many(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "AGAIN", 50)
    windows = []
    for number in range(PLACES):
        document = WorkshopDocument()
        keeping = Autosave(document, tmp_path)
        document.change(replace(ONE, participants=number + 1), "People")
        keeping.keep_now()
        windows.append(keeping)
    document = WorkshopDocument()
    keeping = Autosave(document, tmp_path)
    with qtbot.waitSignal(keeping.told, check_params_cb=lambda text: "8 other workshops" in text):
        document.change(ONE, "Begin")
    with qtbot.waitSignal(keeping.told, check_params_cb=lambda text: "crash again" in text):
        windows[3].close()
    assert kept(tmp_path / "window 4") == ONE
    for one in (*windows, keeping):
        one.close()


def test_it_is_told_in_the_window_and_announced(
    open_window: OpenWindow, home: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("handbook.ui.widgets.announce.announce", lambda _, text: said.append(text))
    window = open_window("statement#r2")
    home.data.parent.mkdir(parents=True)
    home.data.write_text("a file where a folder should be", "utf-8")
    command(window, "workshop_add").trigger()
    qtbot.waitUntil(lambda: window.notice.text.startswith("No copy of the workshop can be kept"))
    assert said.count(window.notice.text) == 1


def test_a_new_title_is_shown_as_soon_as_it_is_given(open_window: OpenWindow) -> None:
    window = open_window("statement")
    controller = fill(window, Entry("Lunch", 60))
    controller.print_window()
    for title in ("First", "Second"):
        controller.document.change(replace(controller.workshop, title=title), "Title")
        assert controller.panel.title.text() == f"{title}\N{NO-BREAK SPACE}*"
        assert controller.printing is not None
        assert title in controller.printing.windowTitle()
        assert f" - {title}[*] - " in window.windowTitle()
        assert window.isWindowModified()


# -- A copy that is damaged ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"", b'format = 1\ntitle = "Half a w', b"\0" * 4096, b"# kept for: /a\0b\n[[", b"\xff"]
)
def test_a_damaged_copy_is_told_and_put_aside(home: Paths, open_window: OpenWindow, qtbot: QtBot, data: bytes) -> None:
    home.data.mkdir(parents=True)
    file.recovery_file(home.data).write_bytes(data)
    file.note_showing(home.data)
    window = open_window("statement")
    qtbot.waitUntil(lambda: "can't be brought back" in window.notice.text)
    (aside,) = home.data.glob("unsaved damaged *.workshop")
    assert aside.read_bytes() == data
    assert str(aside) in window.notice.text
    assert not window.workshop.is_made or window.workshop.controller.workshop == Workshop()
    assert not file.recovery_file(home.data).exists()
    assert not file.ended_showing(home.data)  # nothing more of it is asked


def test_work_of_another_window_comes_back_beside_a_damaged_copy(
    home: Paths, open_window: OpenWindow, qtbot: QtBot
) -> None:
    file.keep(ONE, None, home.data / "window 2")
    file.recovery_file(home.data).write_bytes(b"[[")
    window = open_window("statement")
    qtbot.waitUntil(lambda: window.workshop.is_made and window.workshop.controller.workshop == ONE)
    assert "ended before 'One day' was saved" in window.notice.text
    window.notice.withdraw(window.notice.text)
    assert "can't be brought back" in window.notice.text


def test_a_damaged_copy_that_can_not_be_renamed_stays_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file.recovery_file(tmp_path)
    path.write_bytes(b"[[")

    def fails(*_: object) -> Path:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(autosave, "_rename", fails)
    keeping = Autosave(WorkshopDocument(), tmp_path)
    assert keeping.recover() is None
    assert [one.path for one in keeping.damaged] == [path]
    assert path.read_bytes() == b"[["


@pytest.mark.parametrize("folder", ["", "window 2"])
@pytest.mark.parametrize("name", ["unsaved.workshop~", "unsaved.workshop.sync-conflict"])
def test_a_start_takes_no_file_of_others_for_a_copy(
    home: Paths, open_window: OpenWindow, folder: str, name: str
) -> None:
    write(home.data / folder, {name: b"of an editor, or of a tool that copies folders"})
    window = open_window("statement")
    window.workshop._begin()
    assert not window.workshop.is_made
