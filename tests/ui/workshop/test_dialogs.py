"""The dialogs of a workshop: one item, the details with the logo, a page of one's own."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QDate, QIODevice, Qt, QTime
from PySide6.QtGui import QColor, QImage, QTextCursor
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from handbook.content.handbook import Handbook
from handbook.ui.widgets.theme import LIGHT
from handbook.ui.workshop.custom_page import LONGEST_TEXT, CustomPageDialog, _Page, _render
from handbook.ui.workshop.details_dialog import DetailsDialog
from handbook.ui.workshop.item_dialog import ItemDialog, MinutesBox
from handbook.workshop import file
from handbook.workshop.logo import is_drawn
from handbook.workshop.model import CustomPage, Entry, Item, NewDay, Passage, Workshop
from tests.helpers import examples

PLAN, CARDS, FORM = Passage("plan-opening"), Passage("cards-statements"), Passage("form-evaluation")
ITEMS: tuple[Item, ...] = (
    PLAN,
    Passage("plan-opening", minutes=0, note="Ours"),
    Passage("form-evaluation", copies=3, trainer_only=True, unknown='mood = "good"\n'),
    Passage("gone#x", "Gone", start=datetime.time(9, 5)),
    CustomPage("Mine", "Text", minutes=7, unknown="x = 1\n"),
    Entry("Lunch", 60, start=datetime.time(13)),
    Entry("Welcome", 0),
    Entry(f"{'A long title ' * 30}", note=" «\u00a0Oui\u00a0» "),
    NewDay("Second", datetime.time(8), datetime.time(15, 45)),
    NewDay(),
)


@pytest.mark.parametrize("item", ITEMS, ids=repr)
def test_an_item_that_is_only_looked_at_stays_as_it_is(item: Item, book: Handbook, qtbot: QtBot) -> None:
    dialog = ItemDialog(book, Workshop(items=ITEMS), item)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.item() == item


def test_the_copies_are_those_that_the_plans_need(book: Handbook, qtbot: QtBot) -> None:
    sheet = Passage("worksheet-harm-check")  # one for each group of four
    dialog = ItemDialog(book, Workshop(items=(Passage("plan-human-rights"), sheet), participants=18), sheet)
    qtbot.addWidget(dialog)
    assert dialog.copies.text() == "as many as are needed: 5"


def test_minutes_start_copies_and_note_are_taken(book: Handbook, qtbot: QtBot) -> None:
    dialog = ItemDialog(book, Workshop(items=(FORM,), participants=16), FORM)
    qtbot.addWidget(dialog)
    assert dialog.copies.text() == "as many as are needed: 16"
    dialog.copies.setValue(4)
    dialog.minutes.setValue(20)
    assert dialog.start is not None
    dialog.start.tick.setChecked(True)
    dialog.start.time.setTime(QTime(16, 40))
    dialog.trainer_only.setChecked(True)
    dialog.note.setPlainText(" Bring pens. \n")
    wanted = Passage(FORM.address, "", 20, datetime.time(16, 40), 4, trainer_only=True, note="Bring pens.")
    assert dialog.item() == wanted


def test_a_plan_has_the_minutes_of_the_handbook_until_others_are_chosen(book: Handbook, qtbot: QtBot) -> None:
    dialog = ItemDialog(book, Workshop(items=(PLAN,)), PLAN)
    qtbot.addWidget(dialog)
    assert dialog.minutes.text() == "45 min, as in the handbook"
    dialog.minutes.stepUp()
    assert dialog.minutes.value() == 45
    dialog.minutes.stepUp()
    assert dialog.minutes.value() == 50


@pytest.mark.parametrize("minutes", [None, 10])
def test_minutes_can_be_typed_at_once(minutes: int | None, book: Handbook, qtbot: QtBot) -> None:
    """The keyboard stood before the old number: of 45 before 10 the 4 was taken, and it was 410 minutes."""
    item = replace(PLAN, minutes=minutes)
    dialog = ItemDialog(book, Workshop(items=(item,)), item)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.minutes.hasFocus)
    qtbot.keyClicks(dialog.minutes, "45")
    changed = dialog.item()
    assert isinstance(changed, Passage)
    assert changed.minutes == 45


def test_a_note_that_no_file_would_take_is_left_to_be_shortened(book: Handbook, qtbot: QtBot) -> None:
    dialog = ItemDialog(book, Workshop(items=(PLAN,)), PLAN)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.note.setPlainText("x" * 50_002)
    assert dialog.told.text() == "2 letters too many for a note: shorten it."
    dialog.accept()
    assert dialog.isVisible()
    assert file.loads(file.dumps(Workshop(items=(dialog.item(),))).encode())  # the copy against a crash
    dialog.note.setPlainText("x" * 50_000)
    assert dialog.told.isHidden()
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_minutes_go_by_fives(qtbot: QtBot) -> None:
    box = MinutesBox()
    qtbot.addWidget(box)
    box.setRange(-1, 100)
    box.setValue(7)
    box.stepUp()
    assert box.value() == 10
    box.setValue(7)
    box.stepDown()
    assert box.value() == 5
    box.stepBy(-2)
    assert box.value() == -1


def test_a_fixed_start_begins_with_when_it_is_now(book: Handbook, qtbot: QtBot) -> None:
    workshop = Workshop(start=datetime.time(9), items=(PLAN, Entry("Break", 15)))
    dialog = ItemDialog(book, workshop, workshop.items[1])
    qtbot.addWidget(dialog)
    assert dialog.start is not None
    assert dialog.start.value() is None
    dialog.start.tick.setChecked(True)
    assert dialog.start.value() == datetime.time(9, 45)


# -- Details -------------------------------------------------------------------------------------------------


def picture(kind: str) -> bytes:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs want bytes, Qt takes both
    return bytes(buffer.data().data())


@pytest.fixture
def details(qtbot: QtBot) -> DetailsDialog:
    dialog = DetailsDialog(Workshop("One day", items=(Entry("Lunch"),)))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_details_that_are_only_looked_at_stay_as_they_are(qtbot: QtBot) -> None:
    for workshop in (
        Workshop(),
        Workshop(
            "A",
            datetime.date(2027, 2, 28),
            "Київ",
            ("Ana", "Бојан"),
            "LS",
            None,
            24,
            "uk",
            datetime.time(9),
            datetime.time(17),
        ),
        Workshop("A  B " * 100, trainers=("Ana Novak, MSW", *(f"Trainer {n}" for n in range(60)))),
    ):
        dialog = DetailsDialog(workshop)
        qtbot.addWidget(dialog)
        assert dialog.workshop() == workshop


def test_details_are_taken(details: DetailsDialog) -> None:
    details.title.setText("  Two   days ")
    details.has_date.setChecked(True)
    details.date.setDate(QDate(2027, 3, 1))
    details.end.tick.setChecked(True)
    details.end.time.setTime(QTime(17, 15))
    details.trainers.setText("Ana Novak; Бојан ,, ")
    details.participants.setValue(24)
    details.language.setCurrentIndex(details.language.findData("mk"))
    found = details.workshop()
    assert (found.title, found.date, found.end) == ("Two days", datetime.date(2027, 3, 1), datetime.time(17, 15))
    assert (found.trainers, found.participants, found.language) == (("Ana Novak", "Бојан"), 24, "mk")
    assert found.items == (Entry("Lunch"),)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2"/></svg>'


@pytest.mark.parametrize(("name", "kind"), [("a.png", "png"), ("a.jpg", "jpg"), ("a.svg", "svg")])
def test_a_logo_is_shown_and_taken(details: DetailsDialog, tmp_path: Path, name: str, kind: str) -> None:
    data = SVG.encode() if kind == "svg" else picture(kind)
    (tmp_path / name).write_bytes(data)
    details.take_logo(tmp_path / name)
    logo = details.workshop().logo
    assert logo is not None
    assert (logo.name, logo.kind) == (name, "png")
    assert is_drawn(logo)
    assert not details.picture.pixmap().isNull()
    details.drop.click()
    assert details.workshop().logo is None


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\nhalf", b"x" * 1_100_000], ids=len)
def test_a_picture_that_is_none_is_told_and_the_old_one_stays(
    details: DetailsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: told.append(args[2]))
    (tmp_path / "good.png").write_bytes(picture("png"))
    (tmp_path / "bad.png").write_bytes(data)
    details.take_logo(tmp_path / "good.png")
    details.take_logo(tmp_path / "bad.png")
    details.take_logo(tmp_path / "none.png")
    assert len(told) == 2
    assert "bad.png" in told[0]
    logo = details.workshop().logo
    assert logo is not None
    assert logo.name == "good.png"


# -- A page of one's own -------------------------------------------------------------------------------------


def editor(qtbot: QtBot, page: CustomPage) -> CustomPageDialog:
    """The dialog with the page as Markdown."""
    dialog = CustomPageDialog(page, LIGHT, 13)
    dialog.markdown.setChecked(True)
    qtbot.addWidget(dialog, before_close_func=lambda widget: widget.done(QDialog.DialogCode.Rejected))
    dialog.show()
    return dialog


def test_what_is_written_is_shown_beside_it(qtbot: QtBot) -> None:
    dialog = editor(qtbot, CustomPage(""))
    dialog.title.setText("House & <garden>")
    dialog.text.setPlainText("We meet *here*.\n\n- one\n- two\n\n<b>raw</b>")
    qtbot.waitUntil(lambda: "raw" in dialog.preview.toPlainText())
    words = dialog.preview.toPlainText()
    assert words.startswith("House & <garden>\nYour own page. It is no part of the handbook")
    assert "<b>raw</b>" in words
    assert words.count("House") == 1
    assert dialog.page() == CustomPage("House & <garden>", "We meet *here*.\n\n- one\n- two\n\n<b>raw</b>")


def test_marks_are_put_in_by_buttons(qtbot: QtBot) -> None:
    dialog = editor(qtbot, CustomPage("T", "word"))
    dialog.text.selectAll()
    dialog.put_in("**", "**")
    assert dialog.text.toPlainText() == "**word**"
    dialog.put_in("- ☐ ", "")
    assert dialog.text.toPlainText() == "- ☐ **word**"
    dialog.put_in('\n!!! lines "4"\n    ', "\n")
    dialog.text.insertPlainText("What next?")
    assert dialog.text.toPlainText() == '- ☐ **word**\n!!! lines "4"\n    What next?\n'


def test_a_page_that_is_too_long_is_told(qtbot: QtBot) -> None:
    dialog = editor(qtbot, CustomPage("T", "x" * (LONGEST_TEXT + 3)))
    dialog.text.insertPlainText("y")
    assert dialog.room.text().startswith("4 letters too many")
    assert len(dialog.page().text) == LONGEST_TEXT
    dialog.text.setPlainText("x" * (LONGEST_TEXT + 1))
    assert dialog.room.text().startswith("1 letter too many")


@settings(max_examples=examples(60))
@given(
    st.text(min_size=1, max_size=40),
    st.text(st.characters(codec="utf-8") | st.sampled_from("#$_*@<\\\"'[]`~!\n")),
)
def test_text_of_any_kind_can_be_shown(title: str, text: str) -> None:
    shown = _render(_Page(CustomPage(title, text), "Mine"), lambda: False).shown
    assert "Mine" in shown.html
    assert "<script" not in shown.html


@pytest.mark.parametrize(("answer", "kept"), [("cancel", None), ("save", True), ("discard", False)])
def test_esc_asks_before_a_written_page_is_lost(
    answer: str, kept: bool | None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_: object, title: str) -> str:
        asked.append(title)
        return answer

    monkeypatch.setattr("handbook.ui.workshop.files.ask_before_leaving", ask)
    dialog = CustomPageDialog(CustomPage(""), LIGHT, 13)
    qtbot.addWidget(dialog)
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    dialog.show()
    dialog.title.setText("Our town")
    dialog.editor.setPlainText("An evening's work")
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Escape)
    assert asked == ["Our town"]
    codes = QDialog.DialogCode
    assert ended == ([] if kept is None else [(codes.Accepted if kept else codes.Rejected).value])
    assert dialog.isVisible() is (kept is None)
    monkeypatch.setattr("handbook.ui.workshop.files.ask_before_leaving", lambda *_: "discard")


@pytest.mark.parametrize("page", [CustomPage("Mine", "Text"), CustomPage("A  B " * 60, "«\u00a0Oui\u00a0»")], ids=str)
def test_esc_closes_a_page_that_was_only_looked_at(
    page: CustomPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.ui.workshop.files.ask_before_leaving", lambda *_: pytest.fail("asked"))
    dialog = CustomPageDialog(page, LIGHT, 13)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_each_chosen_line_becomes_an_item_of_a_list(qtbot: QtBot) -> None:
    dialog = editor(qtbot, CustomPage("Mine", "one\ntwo\nthree\nfour"))
    cursor = dialog.text.textCursor()
    cursor.setPosition(10)
    cursor.setPosition(1, QTextCursor.MoveMode.KeepAnchor)  # from "th|ree" back into "o|ne"
    dialog.text.setTextCursor(cursor)
    dialog.put_in("- ", "")
    assert dialog.text.toPlainText() == "- one\n- two\n- three\nfour"
    dialog.text.undo()
    assert dialog.text.toPlainText() == "one\ntwo\nthree\nfour"


def test_what_is_typed_takes_the_place_of_break(book: Handbook, qtbot: QtBot) -> None:
    dialog = ItemDialog(book, Workshop(), Entry("Break"))
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    qtbot.keyClicks(dialog.title, "Lunch")
    assert dialog.title.text() == "Lunch"


def test_tab_goes_from_the_title_to_the_text(qtbot: QtBot) -> None:
    dialog = CustomPageDialog(CustomPage(""), LIGHT, 13)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    qtbot.keyClick(dialog.title, Qt.Key.Key_Tab)
    assert dialog.editor.hasFocus()
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Tab)
    assert not dialog.editor.hasFocus()
