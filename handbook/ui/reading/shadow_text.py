"""The text of the page in an editor that nobody sees, from which Qt answers what screen readers ask of text.

Belongs here: keeping that text, its caret and its selection like the page's. Not here: the text (page_text.py), the
page's parts (accessible_page.py).

Qt's own answers about the page itself lack bullets and have signs without a meaning, and answers written in Python
lack the selection and the stretches of one look (widgets/accessible.py): without the latter Orca reads no line. So Qt
answers, about a text that is written for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QTextLayout
from PySide6.QtWidgets import QTextEdit

from handbook.ui.reading.page_text import PageText

if TYPE_CHECKING:
    from handbook.ui.reading.reader import Reader


_ENDLESS = 1_000_000.0  # pixels of a line that is as long as its words


class ShadowText(QTextEdit):
    """The text of a reader's page. Call follow() before each question."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setReadOnly(True)
        self._keep_silent()
        self._reader = reader
        self._words: PageText | None = None
        self._held: PageText | None = None  # the text that is in here
        self._lines: tuple[int, ...] = ()  # places where a space is a line's end now
        self._following = False
        self.cursorPositionChanged.connect(self._lead)
        self.selectionChanged.connect(self._lead)

    def _keep_silent(self) -> None:
        """Have Qt tell no screen reader of what changes here, which would say all twice.

        It tells of a text where what edits it is a widget's child."""
        edits = next(child for child in self.children() if child.inherits("QWidgetTextControl"))
        edits.setParent(QObject(self))

    @property
    def words(self) -> PageText:
        """The text and its places."""
        if self._words is None:
            self._words = PageText(self._reader.document())
        return self._words

    def forget(self) -> None:
        """The page is another one."""
        self._words = None

    def follow(self) -> None:
        """Take the page's text, caret and selection. While another page is put in, Qt asks as well: nothing changes."""
        if self._reader.changing:
            return
        self._following = True
        try:
            if self._held is not self.words:
                self._held, self._lines = self.words, ()
                self.setPlainText(self.words.of(0, self.words.length - 1))
            self._break_lines()
            cursor = self._reader.textCursor()
            ends = self.words.place_of(cursor.anchor()), self.words.place_of(cursor.position())
            mine = self.textCursor()
            if (mine.anchor(), mine.position()) != ends:
                mine.setPosition(min(ends[0], self._most))
                mine.setPosition(min(ends[1], self._most), QTextCursor.MoveMode.KeepAnchor)
                self.setTextCursor(mine)
            if self._reader.caret_on:
                self._place_letters()
        finally:
            self._following = False

    @property
    def _most(self) -> int:
        return self.document().characterCount() - 1

    def _break_lines(self) -> None:
        """Let the paragraph with the caret have the lines that are seen.

        A screen reader that follows the caret up and down reads the line that it is on. Elsewhere a paragraph is one
        line, so that sentences are read without a stop at each line's end."""
        block = self._reader.textCursor().block()
        layout, text = block.layout(), block.text()
        count = layout.lineCount() if self._reader.caret_on and block.isValid() else 0
        starts = [layout.lineAt(number).textStart() for number in range(1, count)]
        lines = tuple(self.words.place_of(block.position() + at - 1) for at in starts if text[at - 1 : at] == " ")
        if lines == self._lines:
            return
        for place in {*self._lines, *lines}:
            cursor = QTextCursor(self.document())
            cursor.setPosition(place)
            cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText("\n" if place in lines else " ")
        self._lines = lines

    def _place_letters(self) -> None:
        """Put the letters of the caret's line where the page has them: a magnifier that follows the caret asks.

        Qt answers from the layout of a paragraph here, which nobody has made as this is never painted."""
        caret = self._reader.textCursor()
        words, place = self.words, self.words.place_of(caret.position())
        block = self.document().findBlock(place)
        first, last = block.position(), block.position() + block.length() - 1
        looks, usual = [], self._reader.document().defaultFont()
        pieces = caret.block().begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            start = max(first, words.place_of(piece.position()))
            end = min(last, words.place_of(piece.position() + piece.length() - 1) + 1)
            if end > start:
                look, letters = QTextLayout.FormatRange(), piece.charFormat()
                letters.setFont(letters.font().resolve(usual))  # here nothing gives it the page's size
                look.start, look.length, look.format = start - first, end - start, letters
                looks.append(look)
            pieces += 1
        layout = block.layout()
        layout.setFont(usual)
        layout.setFormats(looks)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(_ENDLESS)
        layout.endLayout()
        seen = self._reader.cursorRect(caret).topLeft() + self._reader.viewport().mapToGlobal(QPoint(0, 0))
        here = self.viewport().mapToGlobal(QPoint(0, 0))
        scrolled = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        before = cast(tuple[float, int], line.cursorToX(place - first))[0]  # the stubs know the first alone
        layout.setPosition(QPointF(seen - here + scrolled) - QPointF(before, 0))

    def _lead(self) -> None:
        """A screen reader moved the caret or selected something: the page follows."""
        if not self._following and self._held is self._words is not None:
            cursor = self.textCursor()
            self._reader.select(*map(self.words.position_of, (cursor.anchor(), cursor.position())))
