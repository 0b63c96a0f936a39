"""Qt's own dialogs in the languages for which Qt brings no texts."""

from __future__ import annotations

import gettext
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from handbook.base import catalogue
from handbook.ui.help import language
from handbook.ui.help.qt_texts import TEXTS, QtTexts


class Marked(gettext.NullTranslations):
    """Every text in angle brackets."""

    def gettext(self, message: str) -> str:
        return f"<{message}>"


@pytest.fixture
def in_macedonian(qapp: QApplication) -> Iterator[None]:
    before, usual = catalogue.in_use(), QLocale()
    already = set(qapp.findChildren(QTranslator))
    catalogue.use(Marked(), "mk")
    language.speak_qt(qapp)
    yield
    for one in set(qapp.findChildren(QTranslator)) - already:
        qapp.removeTranslator(one)
        one.deleteLater()
    QLocale.setDefault(usual)
    catalogue.use(before)


def texts_of(window: QWidget) -> list[str]:
    """The words of labels, buttons and groups of a window."""
    found = [one.text() for one in window.findChildren(QLabel)]
    found += [one.text() for one in window.findChildren(QAbstractButton)]
    found += [one.title() for one in window.findChildren(QGroupBox)]
    return [text for text in found if any(letter.isalpha() for letter in text)]


@pytest.mark.usefixtures("in_macedonian")
@pytest.mark.parametrize("mode", [QFileDialog.FileMode.AnyFile, QFileDialog.FileMode.Directory])
@pytest.mark.parametrize("accept", [QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave])
def test_choosing_a_file_is_ours_to_the_last_word(
    mode: QFileDialog.FileMode, accept: QFileDialog.AcceptMode, qtbot: QtBot
) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    dialog.setAcceptMode(accept)
    dialog.show()
    assert [text for text in texts_of(dialog) if not text.startswith("<")] == []


@pytest.mark.usefixtures("in_macedonian")
def test_choosing_a_printer_is_too(qtbot: QtBot) -> None:
    printer = QPrinter()
    dialog = QPrintDialog(printer)
    qtbot.addWidget(dialog)
    foreign = [text for text in texts_of(dialog) if not text.startswith("<")]
    assert set(foreign) <= {"Output &file:"}  # which the program switches off


@pytest.mark.usefixtures("in_macedonian")
def test_buttons_and_the_menus_of_fields_and_pages_are(qtbot: QtBot) -> None:
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Save | kinds.Discard | kinds.Close | kinds.Yes)
    field, page = QLineEdit("word"), QTextBrowser()
    for widget in (box, field, page):
        qtbot.addWidget(widget)
    texts = texts_of(box)
    texts += [action.text() for action in field.createStandardContextMenu().actions() if action.text()]
    texts += [action.text() for action in page.createStandardContextMenu().actions() if action.text()]
    assert len(texts) > 12
    assert [text for text in texts if not text.startswith("<")] == []


@pytest.mark.usefixtures("in_macedonian")
def test_other_texts_stay_as_they_are() -> None:
    assert QCoreApplication.translate("QAnything", "No text of that list") == "No text of that list"


def test_a_translation_that_lost_the_name_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "%1 already exists.\nDo you want to replace it?"
    assert text in TEXTS
    monkeypatch.setattr("handbook.base.catalogue.tr", lambda _: "It exists.")
    assert QtTexts().translate("QFileDialog", text) is None
