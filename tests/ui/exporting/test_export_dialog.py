"""File › Export: what is offered, what is written, and what is said of it."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from handbook.base.errors import HandbookError
from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.export import zim
from handbook.export.choice import Choice
from handbook.export.formats import export
from handbook.ui import settings
from handbook.ui.exporting import export_dialog
from handbook.ui.exporting.export_dialog import ExportDialog
from handbook.ui.settings import Store
from handbook.ui.widgets import progress
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.workshop.model import Passage, Workshop
from tests.exported import handbook_in
from tests.helpers import PATIENCE
from tests.ui.conftest import OpenWindow

WORKSHOP = Workshop("A day", items=(Passage("text"), Passage("secret"), Passage("gone", "Gone")))


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    return handbook_in(tmp_path)


def dialog_of(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, address: str = "text#later", workshop: Workshop | None = None
) -> ExportDialog:
    dialog = ExportDialog(handbook, Store(tmp_path / "config"), markup.from_markdown, address, workshop)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(dialog: ExportDialog, text: str) -> None:
    dialog.formats.setCurrentIndex(next(n for n in range(dialog.formats.count()) if text in dialog.formats.itemText(n)))


def questions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the person is asked for, each time; they give no name."""
    asked: list[str] = []

    def file(*_: object) -> tuple[str, str]:
        asked.append("a file")
        return "", ""

    def folder(*_: object) -> str:
        asked.append("a folder")
        return ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", file)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    return asked


def test_the_section_is_offered_with_its_chapter_and_everything(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path
) -> None:
    dialog = dialog_of(qtbot, handbook, tmp_path)
    assert dialog.choice() == Choice(("text#later",))
    assert dialog.title() == "Later"
    assert not dialog.for_trainer.isVisible()
    dialog.this_chapter.click()
    assert dialog.choice() == Choice(("text",))
    dialog.everything.click()
    dialog.without_trainer.click()
    assert dialog.choice() == Choice(readers="participants")
    assert dialog.this_section.accessibleName() == "This section: Later"


def test_an_open_workshop_is_offered_for_both(qtbot: QtBot, handbook: Handbook, tmp_path: Path) -> None:
    dialog = dialog_of(qtbot, handbook, tmp_path, workshop=WORKSHOP)
    dialog.for_trainer.click()
    assert dialog.choice() == Choice(workshop=WORKSHOP, readers="trainer")
    assert not dialog.without_trainer.isEnabled()
    dialog.for_participants.click()
    assert dialog.choice().readers == "participants"
    assert dialog.file_name(".docx") == "A day - participants.docx"


def test_it_is_written_where_the_person_says_and_that_is_said(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr(export_dialog, "announce", lambda _, text: spoken.append(text))
    dialog = dialog_of(qtbot, handbook, tmp_path, workshop=WORKSHOP)
    dialog.for_participants.click()
    choose(dialog, "EPUB")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out / "day"), ""))
    dialog.export_button.click()
    assert [path.name for path in out.iterdir()] == ["day.epub"]
    assert str(out / "day.epub") in dialog.status.text()
    assert "1 item of the workshop is gone" in dialog.status.text()
    assert spoken == [dialog.status.text()]
    assert not dialog.folder.isHidden()
    again = dialog_of(qtbot, handbook, tmp_path)
    assert again.formats.currentText().startswith("EPUB")


def test_the_choices_stay_in_sight_when_it_is_said_what_was_written(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said below them took their room: half of the field for the format was cut off."""
    dialog = dialog_of(qtbot, handbook, tmp_path, workshop=WORKSHOP)
    qtbot.waitExposed(dialog)
    before = dialog.height()
    target = tmp_path / ("a long name " * 9).strip()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.export_button.click()
    QApplication.processEvents()
    (column,) = dialog.findChildren(ScrollColumn)
    assert column.verticalScrollBar().maximum() == 0
    assert dialog.height() > before


def test_a_folder_is_made_anew_each_time(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(qtbot, handbook, tmp_path)
    choose(dialog, "HTML, a folder")
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    dialog.export_button.click()
    dialog.export_button.click()
    assert sorted(path.name for path in out.iterdir()) == ["Later", "Later 2"]
    assert (out / "Later" / "index.html").is_file()


def test_a_folder_does_not_become_a_file_by_its_title(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(qtbot, handbook, tmp_path)
    choose(dialog, "HTML, a folder")
    monkeypatch.setattr(dialog, "title", lambda: "What stands in index.html")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog.export_button.click()
    assert (tmp_path / "What stands in index html" / "index.html").is_file()
    monkeypatch.setattr(dialog, "title", lambda: "html")
    dialog.export_button.click()
    assert (tmp_path / "html" / "index.html").is_file()


def test_a_full_disk_is_said_and_nothing_is_left(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(str(words[-1])))
    monkeypatch.setattr("os.fsync", full)
    dialog = dialog_of(qtbot, handbook, tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    assert not dialog.save_to(out / "a.docx")
    assert "not enough room" in said[0]
    assert dialog.status.text() == "Not exported."
    assert not list(out.iterdir())


def test_cancel_ends_it_and_nothing_is_left(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    cancelled = threading.Event()
    ended = threading.Event()

    def slow(*values: object, **named: object) -> object:
        try:
            cancelled.wait(PATIENCE)
            return export(*values, **named)  # type: ignore[arg-type]
        finally:
            ended.set()

    def press_cancel() -> None:
        boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QProgressDialog) and box.isVisible()]
        if not boxes:
            QTimer.singleShot(20, press_cancel)
            return
        boxes[0].findChild(QPushButton).click()
        cancelled.set()

    monkeypatch.setattr(progress, "APPEARS", 0)
    monkeypatch.setattr(export_dialog, "export", slow)
    dialog = dialog_of(qtbot, handbook, tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    QTimer.singleShot(0, press_cancel)
    assert not dialog.save_to(out / "a.docx")
    assert dialog.status.text() == "Cancelled. Nothing was written."
    assert ended.wait(PATIENCE)
    assert not list(out.iterdir())


def test_the_window_opens_it_for_the_section_in_view(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[ExportDialog] = []

    def note(dialog: ExportDialog) -> None:
        opened.append(dialog)

    monkeypatch.setattr(ExportDialog, "exec", note)
    window = open_window("statement#r2")
    window.outputs.export(window.workshop)
    assert opened[0].choice() == Choice(("statement#r2",))


def test_settings_are_declared() -> None:
    assert {settings.EXPORT_FOLDER, settings.EXPORT_FORMAT} <= set(settings.ALL)


def test_a_format_whose_package_is_missing_says_how_to_get_it_and_asks_for_no_file(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def ask(*arguments: object) -> tuple[str, str]:
        asked.append(arguments)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(zim, "PACKAGE", "no_such_package")
    dialog = dialog_of(qtbot, handbook, tmp_path)
    assert dialog.status.text() == ""
    choose(dialog, "ZIM")
    assert "pip install" in dialog.status.text()
    dialog.export_button.click()
    assert asked == []
    assert "pip install" in dialog.status.text()
    choose(dialog, "EPUB")
    assert dialog.status.text() == ""
    dialog.export_button.click()
    assert len(asked) == 1


def test_of_what_does_not_fit_into_one_file_of_markdown_the_other_format_is_named(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _, __, text: told.append(text))
    dialog = dialog_of(qtbot, handbook, tmp_path)
    dialog.everything.click()
    choose(dialog, "Markdown: ")
    assert not dialog.save_to(tmp_path / "all.md")
    assert not (tmp_path / "all.md").exists()
    choose(dialog, "Markdown, a folder: ")
    assert told[0].endswith(f"Choose the format “{dialog.formats.currentText()}”.")


def test_what_cannot_be_written_is_said_before_a_name_is_asked_for(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = questions(monkeypatch)
    dialog = dialog_of(qtbot, handbook, tmp_path, "text", WORKSHOP)
    choose(dialog, "Markdown: ")
    for what in (dialog.this_chapter, dialog.for_participants, dialog.for_trainer, dialog.everything):
        what.click()  # a chapter with pictures, a packet with a title page, many chapters
        dialog.export_button.click()
        assert "as Markdown it is a folder" in dialog.status.text()
    assert not asked
    choose(dialog, "Markdown, a folder: ")
    assert dialog.status.text() == ""
    dialog.export_button.click()
    assert asked == ["a folder"]


def test_a_chapter_without_pictures_is_one_file_of_markdown(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "plan.md"), ""))
    dialog = dialog_of(qtbot, handbook, tmp_path, "plan#steps")
    dialog.this_chapter.click()
    choose(dialog, "Markdown: ")
    dialog.export_button.click()
    assert "Say hello." in (tmp_path / "plan.md").read_text(encoding="utf-8")


def test_that_there_is_nothing_is_said_before_a_name_is_asked_for(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = questions(monkeypatch)
    dialog = dialog_of(qtbot, handbook, tmp_path, "secret")
    dialog.without_trainer.click()
    choose(dialog, "Word")
    dialog.export_button.click()
    assert "for trainers alone" in dialog.status.text()
    assert not asked


def test_of_a_workshop_alone_the_trainers_part_is_not_asked_about(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path
) -> None:
    dialog = dialog_of(qtbot, handbook, tmp_path, "", WORKSHOP)
    assert dialog.for_participants.isChecked()
    assert not dialog.without_trainer.isEnabled()


def test_the_two_files_of_a_workshop_with_a_long_title_have_two_names(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path
) -> None:
    dialog = dialog_of(qtbot, handbook, tmp_path, "", replace(WORKSHOP, title="A day " * 40))
    names = []
    for button in (dialog.for_participants, dialog.for_trainer):
        button.click()
        names.append(dialog.file_name(".docx"))
    assert names[0].endswith(" - participants.docx")
    assert names[1].endswith(" - trainer.docx")


def test_a_failure_is_told_though_the_program_is_gone(
    qtbot: QtBot, handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(qtbot, handbook, tmp_path)
    monkeypatch.setitem(sys.modules, "handbook.export.markdown", None)  # as where the stick with it was pulled out
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *given: said.append(given[2]))

    def fail(*_: object, **__: object) -> None:
        raise HandbookError("The stick is gone.")

    monkeypatch.setattr(export_dialog, "wait_for", fail)
    choose(dialog, "Word")
    assert not dialog.save_to(tmp_path / "a.docx")
    assert said == ["The stick is gone."]
