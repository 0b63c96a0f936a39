"""What the program says of itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.ui.help.about import AboutDialog
from handbook.ui.settings import Store


def test_every_folder_of_the_persons_own_is_named(book: Handbook, home: Paths, qtbot: QtBot) -> None:
    dialog = AboutDialog(book, home, Store(home.config))
    qtbot.addWidget(dialog)
    said = "".join(label.text() for label in dialog.findChildren(QLabel))
    for folder in (home.config, home.data, home.cache):
        assert str(folder) in said


def test_its_buttons_are_there_on_a_small_screen(book: Handbook, home: Paths, qtbot: QtBot) -> None:
    dialog = AboutDialog(book, home, Store(home.config))
    qtbot.addWidget(dialog)
    assert dialog.minimumSizeHint().height() < 300
    assert dialog.height() < dialog.screen().availableSize().height()


def test_a_report_is_copied(book: Handbook, home: Paths, qtbot: QtBot) -> None:
    dialog = AboutDialog(book, home, Store(home.config))
    qtbot.addWidget(dialog)
    dialog.show()
    (button,) = [button for button in dialog.findChildren(QPushButton) if button.text() == "Copy &report"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("== Program\nField Handbook ")
    assert any(label.isVisible() and "copied" in label.text() for label in dialog.findChildren(QLabel))
