"""What the program says of itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.ui.help.about import AboutDialog
from handbook.ui.help.licences import LicencesDialog
from handbook.ui.settings import Store
from tests.ui.conftest import OpenWindow


def test_every_folder_of_the_persons_own_is_named(book: Handbook, home: Paths, qtbot: QtBot) -> None:
    dialog = AboutDialog(book, home, Store(home.config))
    qtbot.addWidget(dialog)
    said = "".join(label.text() for label in dialog.findChildren(QLabel))
    for folder in (home.config, home.data, home.cache):
        assert str(folder) in said


def test_the_day_of_the_texts_stands_alone_where_there_is_no_edition(book: Handbook, home: Paths, qtbot: QtBot) -> None:
    book = book.with_(manifest=book.manifest._replace(edition=""))
    dialog = AboutDialog(book, home, Store(home.config))
    qtbot.addWidget(dialog)
    assert "<p>our own texts as of " in "".join(label.text() for label in dialog.findChildren(QLabel))


def test_its_buttons_are_there_on_a_small_screen(book: Handbook, home: Paths, qtbot: QtBot) -> None:
    dialog = AboutDialog(book, home, Store(home.config))
    qtbot.addWidget(dialog)
    assert dialog.minimumSizeHint().height() < 300
    assert dialog.height() < dialog.screen().availableSize().height()


def test_it_is_released_when_it_is_closed(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window()
    monkeypatch.setattr(AboutDialog, "exec", lambda dialog: dialog._show_licences())
    monkeypatch.setattr(LicencesDialog, "exec", lambda _: 0)
    for _ in range(3):
        window.dialogs.show_about()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert window.findChildren(QDialog) == []


def test_a_report_is_copied(book: Handbook, home: Paths, qtbot: QtBot) -> None:
    dialog = AboutDialog(book, home, Store(home.config))
    qtbot.addWidget(dialog)
    dialog.show()
    (button,) = [button for button in dialog.findChildren(QPushButton) if button.text() == "Copy &report"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("== Program\nField Handbook ")
    assert any(label.isVisible() and "copied" in label.text() for label in dialog.findChildren(QLabel))
