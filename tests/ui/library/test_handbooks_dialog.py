"""The list of handbooks: adding, opening, removing, and what is said of each."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from handbook.content.handbook import Handbook
from handbook.library import pack
from handbook.library.shelf import Cancelled, Library
from handbook.ui.library import another_window, handbooks_dialog
from handbook.ui.library.handbooks_dialog import HandbooksDialog
from handbook.ui.main_window import MainWindow
from handbook.ui.widgets.progress import Progress
from handbook.ui.window.start_notices import StartNotices
from tests.helpers import PATIENCE, write

OWN = "Field Handbook"


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    return write(tmp_path / "shelter", {"one.md": "# One\n\nWords.\n"})


@pytest.fixture
def started() -> list[list[str]]:
    """With which arguments the program was started once more."""
    return []


@pytest.fixture
def dialog(
    qtbot: QtBot, tmp_path: Path, book: Handbook, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> HandbooksDialog:
    monkeypatch.setattr(another_window, "open_another", started.append)
    made = HandbooksDialog(tmp_path / "data", book, StartNotices.told_of)
    qtbot.addWidget(made)
    return made


def rows(dialog: HandbooksDialog) -> list[str]:
    return [dialog.names.item(row).text() for row in range(dialog.names.count())]


def test_a_handbook_that_cannot_be_read_is_told_below_the_list(
    manual: Path, tmp_path: Path, book: Handbook, qtbot: QtBot
) -> None:
    """It was missing from the list without a word."""
    Library(tmp_path / "data").add(manual)
    (tmp_path / "data" / "library" / "shelter" / "handbook.json").write_bytes(b"{")
    dialog = HandbooksDialog(tmp_path / "data", book, StartNotices.told_of)
    qtbot.addWidget(dialog)
    assert rows(dialog) == [OWN]
    assert "'shelter' says nothing of itself that can be read." in dialog.said.text()
    assert ".handbook" in dialog.said.text()
    dialog.add([manual])
    assert rows(dialog) == [OWN, "shelter · version 1 · English"]


@pytest.mark.skipif(sys.platform == "win32", reason="such names can't be given there")
def test_texts_of_a_folder_that_are_left_out_are_told(dialog: HandbooksDialog, manual: Path) -> None:
    (manual / "day 1: opening.md").write_text("# Words\n")
    dialog.add([manual])
    assert "in the name, or as a link to another file: day 1: opening.md. Rename" in dialog.said.text()


def test_faults_of_a_folder_are_told_when_it_is_added(dialog: HandbooksDialog, manual: Path) -> None:
    """It said only that it was added: who wrote it did not learn of a picture that is missing."""
    (manual / "one.md").write_text("# One\n\n![Hall](hall.png)\n\n[Two](two.md)\n")
    dialog.add([manual])
    assert dialog.said.text() == (
        "Added: shelter.\nThe handbook's files have 2 faults; what can be read is shown. "
        "The first: one.md:3: the picture 'hall.png' is not there"
    )
    dialog.add([manual])
    assert dialog.said.text() == "It is in the library already: shelter."


def test_faults_of_a_packs_files_are_told_but_not_what_its_writer_would_check(
    dialog: HandbooksDialog, manual: Path, tmp_path: Path
) -> None:
    (manual / "one.md").write_text("# One\n\n[Two](two.md)\n")
    (manual / "two words.md").write_text("---\ntitle: Two\n\nWords.\n")
    file = tmp_path / "shelter.handbook"
    with file.open("wb") as out:
        pack.write(manual, pack.Manifest("shelter", "Shelter", "2"), out)
    dialog.add([file])
    assert dialog.said.text().startswith(
        "Added: Shelter.\nThe handbook's files have 1 fault; what can be read is shown: two words.md:1: front matter"
    )


def test_one_that_is_refused_does_not_keep_the_others_out(dialog: HandbooksDialog, tmp_path: Path) -> None:
    """Those behind it were left out without a word."""
    folders = [write(tmp_path / name, {"one.md": "# One\n"}) for name in ("first", "last")]
    damaged = tmp_path / "damaged.handbook"
    damaged.write_bytes(b"no pack")
    dialog.add([folders[0], damaged, folders[1]])
    assert rows(dialog)[1:] == ["first · version 1 · English", "last · version 1 · English"]
    refused, *added = dialog.said.text().split("\n")
    assert refused.startswith("'damaged.handbook' is damaged or cut short")
    assert added == ["Added: first.", "Added: last."]


def test_of_many_that_are_added_only_the_first_are_told(dialog: HandbooksDialog, tmp_path: Path) -> None:
    dialog.add([write(tmp_path / f"number-{n}", {"one.md": "# One\n"}) for n in range(12)])
    assert len(rows(dialog)) == 1 + 12
    assert dialog.said.text().count("\n") == handbooks_dialog.MOST_LINES
    assert dialog.said.text().endswith("\n…")


def test_cancelling_one_of_several_cancels_the_others(
    dialog: HandbooksDialog, manual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(handbooks_dialog, "wait_for", lambda _, text, *__: asked.append(text))
    dialog.add([manual, tmp_path / "other"])
    assert asked == ["Adding shelter…"]


def test_what_was_cancelled_is_not_added_afterwards(
    dialog: HandbooksDialog, manual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box went away, and the handbook was in the library some seconds later."""
    done: list[object] = []

    def cancelled(_: object, __: str, ___: int, work: Callable[[Progress, Callable[[], bool]], object]) -> None:
        progress = Progress()
        progress.cancel()
        for unwanted in (lambda: True, lambda: False):  # noticed on the way, and only before the last step
            with pytest.raises(Cancelled):
                done.append(work(progress, unwanted))

    monkeypatch.setattr(handbooks_dialog, "wait_for", cancelled)
    dialog.add([manual])
    assert done == []
    assert Library(tmp_path / "data").listed() == []
    assert rows(dialog) == [OWN]


def test_a_folder_is_added_opened_and_removed(
    dialog: HandbooksDialog,
    manual: Path,
    tmp_path: Path,
    started: list[list[str]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not dialog.remove.isEnabled()  # our own
    dialog.add([manual])
    assert rows(dialog) == [OWN, "shelter · version 1 · English"]
    assert dialog.said.text() == "Added: shelter."
    with qtbot.waitSignal(dialog.turned) as asked:
        dialog.open_button.click()
    assert asked.args == ["shelter:"]
    dialog.open_another.click()
    assert started == [["shelter:"]]
    monkeypatch.setattr(handbooks_dialog, "ask", lambda *_: True)
    dialog.remove.click()
    assert rows(dialog) == [OWN]
    assert Library(tmp_path / "data").listed() == []
    assert not dialog.remove.isEnabled()


def test_a_pack_that_was_opened_is_added_and_offered(
    dialog: HandbooksDialog, manual: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "shelter.handbook"
    with file.open("wb") as out:
        pack.write(manual, pack.Manifest("shelter", "Shelter", "2"), out)
    dialog.add_when_shown(file)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.said.text() == "Added: Shelter.", timeout=int(PATIENCE * 1000))
    assert rows(dialog) == [OWN, "Shelter · version 2 · English"]
    assert dialog.focusWidget() is dialog.open_button
    with qtbot.waitSignal(dialog.turned) as asked:
        dialog.open_button.click()
    assert asked.args == ["shelter:"]


@pytest.mark.parametrize(
    ("language", "name"), [("ru", "русский"), ("sw", "Kiswahili"), ("pt-BR", "português"), ("xx", "xx")]
)
def test_a_handbook_has_its_version_and_the_name_of_its_language(
    dialog: HandbooksDialog, manual: Path, tmp_path: Path, language: str, name: str
) -> None:
    file = tmp_path / "shelter.handbook"
    with file.open("wb") as out:
        pack.write(manual, pack.Manifest("shelter", "ru", "1.2", language), out)
    dialog.add([file])
    assert rows(dialog) == [OWN, f"ru · version 1.2 · {name}"]


def test_a_newer_one_says_whose_place_it_took(dialog: HandbooksDialog, manual: Path, tmp_path: Path) -> None:
    for version, said in (("1", "Added: Shelter."), ("2", "Added: Shelter, version 2, in the place of version 1.")):
        file = tmp_path / f"shelter {version}.handbook"
        with file.open("wb") as out:
            pack.write(manual, pack.Manifest("shelter", "Shelter", version), out)
        dialog.add([file])
        assert dialog.said.text() == said


def test_what_cannot_be_added_is_said(dialog: HandbooksDialog, tmp_path: Path) -> None:
    bad = tmp_path / "bad.handbook"
    bad.write_bytes(b"no zip")
    dialog.add([bad])
    assert "damaged or cut short" in dialog.said.text()
    assert rows(dialog) == [OWN]


def test_a_folder_that_is_dropped_is_added_when_the_other_program_need_not_wait(
    dialog: HandbooksDialog, manual: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(manual)), QUrl("https://example.org/x.handbook")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert rows(dialog) == [OWN]
    qtbot.waitUntil(lambda: rows(dialog) == [OWN, "shelter · version 1 · English"], timeout=int(1000 * PATIENCE))


def test_the_menu_opens_the_list(open_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(HandbooksDialog, "exec", lambda self: shown.append(self.windowTitle()))
    window = open_window()
    window._actions["handbooks"].trigger()
    assert shown == ["Handbooks"]


def test_help_begins_a_handbook(
    open_window: Callable[..., MainWindow], started: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(another_window, "open_another", started.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "ours"), ""))
    window = open_window()
    said: list[str] = []

    def end() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, HandbooksDialog)
        said.append(dialog.said.text())
        dialog.reject()

    QTimer.singleShot(0, window, lambda: QTimer.singleShot(0, window, end))
    window._actions["write_handbook"].trigger()
    assert started == [["--content", str(tmp_path / "ours"), "start"]]
    assert "Another window shows it" in said[0]


@pytest.mark.parametrize(
    ("folder", "name"), [("Manual 1.2", "Manual 1.2.handbook"), (Path.cwd().anchor, "handbook.handbook")]
)
def test_a_pack_is_proposed_by_the_whole_name_of_the_folder(
    dialog: HandbooksDialog, tmp_path: Path, folder: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk has no name."""
    proposed: list[str] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / folder))

    def ask(_: object, __: str, usual: str, ___: str) -> tuple[str, str]:
        proposed.append(usual)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    dialog.make_pack.click()
    assert [Path(one).name for one in proposed] == [name]


def test_a_handbook_is_begun_and_packed_without_a_command_line(
    dialog: HandbooksDialog, tmp_path: Path, started: list[list[str]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, pack = tmp_path / "ours", tmp_path / "ours.handbook"
    named = [str(folder), str(folder), str(tmp_path / "ours")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (named.pop(0), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    dialog.new.click()
    assert started == [["--content", str(folder), "start"]]
    dialog.new.click()  # the same name again
    assert "is not empty" in dialog.said.text()
    (folder / "notes.odt").write_text("x")
    dialog.make_pack.click()
    assert dialog.said.text() == f"Saved: {pack}. Left out, as no part of a handbook: notes.odt."
    dialog.add([pack])
    assert rows(dialog) == [OWN, "My handbook · version 1 · English"]
