"""File › Print terms in two languages: the choice, and the pages made of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content import term_lines
from handbook.content.handbook import Handbook
from handbook.content.term_sheets import NAME, made, used_in
from handbook.printing.typeset import Typesetter
from handbook.ui import settings
from handbook.ui.printing import print_dialog
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.printing.terms_dialog import TermsDialog
from handbook.ui.widgets import theme
from tests.ui.conftest import OpenWindow


@pytest.fixture
def store(home: Paths) -> settings.Store:
    return settings.Store(home.config)


def test_languages_and_form_are_chosen_by_keyboard(qtbot: QtBot) -> None:
    dialog = TermsDialog(("pl", "uk"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.print_button.isEnabled()
    assert dialog.told.text() == "Tick a language."
    assert dialog.focusWidget() is dialog.boxes["pl"]
    qtbot.keyClick(dialog.boxes["pl"], Qt.Key.Key_Space)
    assert dialog.languages() == ("pl",)
    assert "one page" in dialog.told.text()
    qtbot.keyClick(dialog.cards, Qt.Key.Key_Space)
    assert dialog.cards.isChecked()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.boxes["pl"], Qt.Key.Key_Return)


def test_a_page_has_the_main_terms_until_something_else_is_chosen(qtbot: QtBot) -> None:
    dialog = TermsDialog(("bg", "cs", "pl", "uk"), main=frozenset({"Consent", "Demand"}))
    qtbot.addWidget(dialog)
    dialog.show()
    assert "(2)" in dialog.only_main.text()
    assert dialog.all_terms.isChecked()
    dialog.boxes["pl"].setChecked(True)
    assert dialog.only() == frozenset({"Consent", "Demand"})
    dialog.cards.setChecked(True)
    assert dialog.only() is None
    dialog.table.setChecked(True)
    for name in ("bg", "cs"):
        dialog.boxes[name].setChecked(True)
    assert dialog.only() is None  # three are a table of some pages
    dialog.boxes["bg"].setChecked(False)
    dialog.all_terms.click()
    dialog.boxes["cs"].setChecked(False)
    assert dialog.only() is None
    without = TermsDialog(("pl",))
    qtbot.addWidget(without)
    without.show()
    assert not without.only_main.isVisible()


def test_many_languages_are_said_to_be_a_list(qtbot: QtBot) -> None:
    dialog = TermsDialog(("bg", "cs", "pl", "uk"))
    qtbot.addWidget(dialog)
    for box in dialog.boxes.values():
        box.setChecked(True)
    assert "as a list" in dialog.told.text()
    dialog.cards.setChecked(True)
    assert dialog.told.text() == ""


def test_the_terms_are_shown_as_pages(
    typesetter: Typesetter, qtbot: QtBot, real: Handbook, store: settings.Store
) -> None:
    dialog = PrintDialog(made(real, ("uk",), cards=False), typesetter, store, NAME, theme.LIGHT)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.shown_for is not None)
    assert dialog.handout().addresses == (NAME,)
    assert "1 page" in dialog.count.text()
    dialog.done(0)
    dialog.deleteLater()


def test_the_command_opens_the_choice_and_then_the_pages(
    qtbot: QtBot, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    opened: list[Handbook] = []

    def choose(dialog: TermsDialog) -> int:
        dialog.boxes["uk"].setChecked(True)
        dialog.cards.setChecked(True)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(TermsDialog, "exec", choose)

    class Look(QDialog):
        """In place of the print dialog, whose pages are looked at above."""

        def __init__(self, sheets: Handbook, *_: object, **__: object) -> None:
            super().__init__()
            opened.append(sheets)

        def exec(self) -> int:
            return 0

    monkeypatch.setattr(print_dialog, "PrintDialog", Look)
    window.outputs.print_terms(window.workshop)
    (sheets,) = opened
    cards = sheets.chapters[NAME]
    assert cards.front.kind == "cards"
    assert any("торгівля людьми" in line for line in cards.lines)


def test_only_what_the_workshop_uses(store: settings.Store, book: Handbook, qtbot: QtBot) -> None:
    used = used_in(book, ["statement#r2", "gone#nowhere"])
    assert {"Root causes", "Exploitation"} & used
    assert "GDPR" not in used
    dialog = TermsDialog(("pl",), used=used)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.only_used.isVisible()
    assert str(len(used)) in dialog.only_used.text()
    few = made(book, ("pl",), cards=False, only=used).chapters[NAME]
    every = made(book, ("pl",), cards=False).chapters[NAME]
    assert 0 < len(few.lines) < len(every.lines)
    assert all(any(f"| {one} |" in line for line in every.lines) for one in used if f"| {one} |" in "".join(few.lines))
    without = TermsDialog(("pl",))
    qtbot.addWidget(without)
    without.show()
    assert not without.only_used.isVisible()


def test_chosen_languages_are_ticked_and_come_first(qtbot: QtBot) -> None:
    term_lines.choose(("uk", "bg"))
    try:
        dialog = TermsDialog(("bg", "cs", "pl", "uk"))
        qtbot.addWidget(dialog)
        dialog.boxes["pl"].setChecked(True)
        assert dialog.languages() == ("uk", "bg", "pl")
        assert list(dialog.boxes) == ["bg", "cs", "pl", "uk"]  # by their names
    finally:
        term_lines.choose(())
