"""What is selected on a page, as plain words and as positions in its text.

Belongs here: reading the selection. Not here: changing it, copying it (reader.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.content.html import BESIDE
from handbook.ui.reading.letters import as_python_counts

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock
    from PySide6.QtWidgets import QTextEdit

OBJECT = "\ufffc"  # a picture, in Qt's text


def in_margin(block: QTextBlock) -> bool:
    """Is a block a link of ours beside the statement?"""
    return block.begin().fragment().charFormat().anchorHref().startswith(BESIDE) if block.length() > 1 else False


def words_of(page: QTextEdit) -> str:
    """The selected words as plain text, paragraphs on lines of their own, without the links in the margin."""
    cursor = page.textCursor()
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    lines: list[str] = []
    block = page.document().findBlock(first)
    while block.isValid() and block.position() < last:
        if not in_margin(block):
            start = max(0, first - block.position())
            words = block.text()[start : last - block.position()].replace("\u2028", "\n")
            if words != OBJECT:  # a picture, whose words follow
                lines.append(words.replace(OBJECT, ""))
        block = block.next()
    return "\n".join(lines).strip()


def ends_of(page: QTextEdit) -> tuple[int, int] | None:
    """The positions of the first and the last selected letter, without white space around them."""
    cursor = page.textCursor()
    first, last = cursor.selectionStart(), cursor.selectionEnd() - 1
    letter = page.document().characterAt  # not the cursor's: while a page is put in, that one is gone
    while first <= last and not letter(first).strip():
        first += 1
    while first <= last and not letter(last).strip():
        last -= 1
    return (first, last) if first <= last else None


def in_text(page: QTextEdit) -> tuple[int, int]:
    """Where the selected words begin and end in toPlainText(); two equal numbers for none."""
    # Not by the length of what a cursor selects: in a table it selects whole cells.
    cursor, text = page.textCursor(), page.toPlainText()
    return as_python_counts(text, cursor.selectionStart()), as_python_counts(text, cursor.selectionEnd())
