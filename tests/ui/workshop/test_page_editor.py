"""A page of one's own, written as it looks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QToolButton
from pytestqt.qtbot import QtBot

from handbook.ui.widgets.theme import LIGHT
from handbook.ui.workshop.custom_page import CustomPageDialog
from handbook.ui.workshop.page_bar import templates
from handbook.ui.workshop.page_editor import PageEditor
from handbook.workshop.model import CustomPage
from handbook.workshop.written_page import _meaning, read, write
from tests.helpers import examples
from tests.workshop.test_written_page import PAGES

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PAGE = """Be **on time** and *kind*.
Always.

## Rules

-   one
-   two **b**

1.  first
2.  second

-   ☐ paper

!!! lines "3"
    What next?

| A | B |
|---|---|
| 1 | **2** |

See [this](ex-jigsaw)."""


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[CustomPageDialog]:
    made = opened(qtbot, "")
    yield made
    made.done(QDialog.DialogCode.Rejected)


def opened(qtbot: QtBot, text: str) -> CustomPageDialog:
    dialog = CustomPageDialog(CustomPage("Mine", text), LIGHT, 13)
    with qtbot.waitActive(dialog):
        dialog.show()
    dialog.editor.setFocus()
    return dialog


def test_a_page_looks_as_it_is_read_and_stays_as_it_was_written(qtbot: QtBot) -> None:
    dialog = opened(qtbot, PAGE)
    shown = dialog.editor.toPlainText()
    assert "**" not in shown
    assert "##" not in shown
    assert "|" not in shown
    assert "[this](ex-jigsaw)" in shown  # what the editor can't show is kept as text
    assert dialog.page().text == PAGE
    cursor = dialog.editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    dialog.editor.setTextCursor(cursor)
    qtbot.keyClicks(dialog.editor, " 5*3")
    assert dialog.page().text == PAGE.replace("Always.", r"Always. 5\*3")
    dialog.editor.undo()
    assert _meaning(dialog.page().text) == _meaning(PAGE)
    dialog.done(QDialog.DialogCode.Rejected)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(PAGES)
@example("**Bold** and *leaning*\n---")
def test_whatever_is_there_goes_through_the_editor_unchanged(qapp: object, text: str) -> None:
    editor = PageEditor(LIGHT)
    editor.show_blocks(read(text))
    assert _meaning(write(editor.blocks())) == _meaning(text)
    editor.deleteLater()


def test_keys_make_a_page(dialog: CustomPageDialog, qtbot: QtBot) -> None:
    field = dialog.editor
    qtbot.keyClick(field, Key.Key_2, CTRL)
    qtbot.keyClicks(field, "Rules")
    assert dialog.bar.heading.isChecked()
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.keyClicks(field, "We are ")
    qtbot.keyClick(field, Key.Key_B, CTRL)
    qtbot.keyClicks(field, "kind")
    assert dialog.bar.bold.isChecked()
    qtbot.keyClick(field, Key.Key_B, CTRL)
    qtbot.keyClicks(field, ".")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.keyClick(field, Key.Key_8, CTRL | SHIFT)
    qtbot.keyClicks(field, "one")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.keyClicks(field, "two")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.keyClick(field, Key.Key_Return)  # an empty item ends the list
    qtbot.keyClick(field, Key.Key_9, CTRL | SHIFT)
    qtbot.keyClicks(field, "paper")
    assert dialog.page().text == "## Rules\n\nWe are **kind**.\n\n-   one\n-   two\n-   ☐ paper"
    qtbot.keyClick(field, Key.Key_7, CTRL | SHIFT)
    assert dialog.page().text.endswith("-   two\n\n1.  paper")
    qtbot.keyClick(field, Key.Key_7, CTRL | SHIFT)
    assert dialog.page().text.endswith("-   two\n\npaper")
    qtbot.keyClick(field, Key.Key_L, CTRL | SHIFT)
    assert dialog.page().text.endswith('paper\n\n!!! lines "4"')


def test_enter_within_a_heading_leaves_headings(dialog: CustomPageDialog, qtbot: QtBot) -> None:
    field = dialog.editor
    qtbot.keyClick(field, Key.Key_2, CTRL)
    qtbot.keyClicks(field, "TwoWords")
    qtbot.keyClick(field, Key.Key_Home)
    qtbot.keyClick(field, Key.Key_Return)
    assert dialog.page().text.strip() == "## TwoWords"
    for _ in "Two":
        qtbot.keyClick(field, Key.Key_Right)
    qtbot.keyClick(field, Key.Key_Return)
    assert dialog.page().text.strip() == "## Two\n\n## Words"
    qtbot.keyClick(field, Key.Key_Up)
    qtbot.keyClick(field, Key.Key_Up)
    qtbot.keyClicks(field, "above")
    assert dialog.page().text == "above\n\n## Two\n\n## Words"


def test_a_table_is_put_in_and_written_in(dialog: CustomPageDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.editor, "Who?")
    qtbot.keyClick(dialog.editor, Key.Key_T, CTRL | SHIFT)
    qtbot.keyClicks(dialog.editor, "a|b")
    assert dialog.page().text.startswith("Who?\n\n| a")
    table = read(dialog.page().text)[1]
    assert table.rows[0][0][0].text == "a|b"
    assert (len(table.rows), len(table.rows[0])) == (3, 2)


def test_what_is_typed_means_nothing_but_itself(dialog: CustomPageDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.editor, "# 1. *no* <b> [x](y) &amp; |")
    again = read(dialog.page().text)
    assert [block.kind for block in again] == ["text"]
    assert again[0].words[0].text == "# 1. *no* <b> [x](y) &amp; |"


def test_the_markdown_can_be_seen_and_changed(dialog: CustomPageDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.editor, "Word")
    dialog.markdown.setChecked(True)
    assert dialog.text.toPlainText() == "Word"
    assert dialog.preview.isVisible()
    dialog.text.setPlainText("**Word** and `code`")
    assert dialog.page().text == "**Word** and `code`"
    dialog.markdown.setChecked(False)
    assert not dialog.preview.isVisible()
    assert dialog.page().text == "**Word** and `code`"


WORD = """<html><head><style>p.MsoNormal {color: red}</style></head><body>
<!--StartFragment--><h1 style="mso-outline:1">Title</h1>
<p class="MsoNormal" style="font-family: Comic Sans; color: #ff0000"><b>Bold</b> and <a href="http://x.example/">link</a>
<img src="file:///etc/passwd"/></p>
<ul><li>one</li><li>two</li></ul>
<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table><script>alert(1)</script>
<!--EndFragment--></body></html>"""


def test_of_what_is_pasted_the_looks_that_a_page_can_have_are_left(dialog: CustomPageDialog) -> None:
    data = QMimeData()
    data.setHtml(WORD)
    dialog.editor.insertFromMimeData(data)
    assert dialog.page().text.strip() == (
        "# Title\n\n**Bold** and link\n\n-   one\n-   two\n\n| a | b |\n|---|---|\n| c | d |"
    )
    dialog.editor.undo()
    assert dialog.page().text == ""
    plain = QMimeData()
    plain.setText("first\nsecond\n")
    dialog.editor.insertFromMimeData(plain)
    assert dialog.page().text == "first\n\nsecond"


def test_lists_in_lists_and_cells_over_several_are_pasted_as_they_are(dialog: CustomPageDialog, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setHtml(
        "<blockquote><ul><li>one<ol><li>first<ul><li>deep</li></ul></li><li>second</li></ol></li><li>two</li></ul>"
        "</blockquote><table><tr><td colspan=2>over two</td><td>c</td></tr>"
        "<tr><td rowspan=2>down</td><td>d</td><td>e</td></tr><tr><td>f</td><td>g</td></tr></table>"
    )
    dialog.editor.insertFromMimeData(data)
    lists = "-   one\n    1.  first\n        -   deep\n    2.  second\n-   two"
    table = "| over two |  | c |\n|---|---|---|\n| down | d | e |\n|  | f | g |"
    assert dialog.page().text.strip() == f"{lists}\n\n{table}"
    dialog.markdown.setChecked(True)  # and as it looks again
    dialog.markdown.setChecked(False)
    assert dialog.page().text.strip() == f"{lists}\n\n{table}"
    dialog.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClick(dialog.editor, Key.Key_Down)  # on "first"
    qtbot.keyClick(dialog.editor, Key.Key_8, CTRL | SHIFT)
    assert "    -   first\n        -   deep\n    -   second" in dialog.page().text


def test_what_follows_a_table_is_pasted_below_it(dialog: CustomPageDialog, qtbot: QtBot) -> None:
    data = QMimeData()
    table = "<table><tr><td>a</td></tr><tr><td>{}</td></tr></table>"
    data.setHtml(f"<p>Before</p>{table.format('b')}<ol><li>one</li></ol><p>After</p>{table.format('c')}")
    dialog.editor.insertFromMimeData(data)
    qtbot.keyClicks(dialog.editor, "typed")
    assert [block.kind for block in read(dialog.page().text)] == ["text", "table", "number", "text", "table", "text"]
    assert dialog.page().text.endswith("After\n\n| a |\n|---|\n| c |\n\ntyped")


@pytest.mark.parametrize("number", range(3))
def test_a_page_can_begin_with_a_template(number: int, dialog: CustomPageDialog) -> None:
    title, text = templates()[number]
    dialog.title.setText("")
    dialog.bar.template_wanted.emit(title, text)
    assert dialog.page() == CustomPage(title, text)
    assert "kept" not in {block.kind for block in dialog.editor.blocks()}


def test_every_button_of_the_bar_has_a_name_and_is_reached_by_keys(dialog: CustomPageDialog) -> None:
    buttons = dialog.bar.findChildren(QToolButton)
    assert len(buttons) == 9
    assert all(button.accessibleName() and button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)
