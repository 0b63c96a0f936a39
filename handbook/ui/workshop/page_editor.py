"""The editor of a page of one's own, as it looks: no codes in sight.

Belongs here: the field, what its keys do, and turning its document into blocks and back. Not here: which Markdown a
block is (handbook/workshop/written_page.py), the dialog around it (custom_page.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QImage,
    QKeyEvent,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextImageFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from handbook.base.catalogue import tr
from handbook.ui.widgets.theme import Theme
from handbook.workshop import written_page
from handbook.workshop.written_page import MOST_LINES, Block, Kind, Line, Words

KEPT = QTextFormat.Property.UserProperty + 1  # of a block: its text is Markdown that is kept as it is
MOST_PASTED = 2_000_000  # letters of HTML: more is pasted as plain text
BREAK = "\u2028"  # a line end inside a paragraph, as Qt writes it
OBJECT = "\ufffc"  # the place of a picture
_LINES = "lines:"  # begins the name of the picture of lines to write on
_LINE = 26  # pixels from line to line
_STYLES = {
    "item": QTextListFormat.Style.ListDisc,
    "number": QTextListFormat.Style.ListDecimal,
    "box": QTextListFormat.Style.ListSquare,
}
_LARGER = {1: 1.6, 2: 1.35}  # of a heading's letters


class PageEditor(QTextEdit):
    """A field in which a page is written as it looks."""

    looks_changed = Signal()  # the caret stands in other words: buttons follow

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("ownPage")
        self.setAcceptRichText(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Text of the page"))
        self.setPlaceholderText(tr("Write here: the page looks as it will be read."))
        self.document().setDocumentMargin(14)
        self.cursorPositionChanged.connect(self.looks_changed)
        self.currentCharFormatChanged.connect(lambda _: self.looks_changed.emit())

    # -- Blocks --------------------------------------------------------------------------------------------------

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show a page; what was there before can't be brought back by undo."""
        self.setUndoRedoEnabled(False)
        self.clear()
        _Filler(self.document(), self.textCursor(), self._theme).fill(blocks)
        self.setUndoRedoEnabled(True)
        self.document().setModified(False)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def blocks(self) -> tuple[Block, ...]:
        """The page as it is written now."""
        return tuple(blocks_of(self.document()))

    # -- Looks ---------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """What the paragraph with the caret is."""
        return _kind(self.textCursor().block())

    def toggle_bold(self) -> None:
        """Make the chosen words bold, or no longer."""
        bold = self.fontWeight() > QFont.Weight.Normal
        self._merge(_weight(bold=not bold))

    def toggle_italic(self) -> None:
        """Make the chosen words lean, or no longer."""
        look = QTextCharFormat()
        look.setFontItalic(not self.fontItalic())
        self._merge(look)

    def _merge(self, look: QTextCharFormat) -> None:
        if self.kind not in ("heading", "kept"):
            self.mergeCurrentCharFormat(look)
        self.setFocus()

    def toggle(self, kind: Kind, level: int = 2) -> None:
        """Make the chosen paragraphs headings or items of a list, or paragraphs again if they are that."""
        back = self.kind == kind
        cursor = self.textCursor()
        cursor.beginEditBlock()
        filler = _Filler(self.document(), cursor, self._theme)
        for block in list(_chosen(cursor)):
            if _kind(block) in ("text", "heading", "item", "number", "box"):
                filler.make(block, "text" if back else kind, level if kind == "heading" else _depth(block))
        cursor.endEditBlock()
        self.setFocus()
        self.looks_changed.emit()

    def put_lines(self, number: int = 4) -> None:
        """Put lines to write on below the paragraph with the caret."""
        self._put_below(Block("lines", (), number))

    def put_table(self, rows: int = 3, columns: int = 2) -> None:
        """Put an empty table below the paragraph with the caret, which goes into its first cell."""
        self._put_below(Block("table", rows=tuple(((),) * columns for _ in range(rows))))

    def _put_below(self, block: Block) -> None:
        cursor = self.textCursor()
        if cursor.currentTable() is not None:  # there are no tables in tables
            cursor = QTextCursor(self.document())
            cursor.setPosition(self.textCursor().currentTable().lastPosition() + 1)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        _Filler(self.document(), cursor, self._theme).put_below(block)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus()

    # -- Keys and pasting ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter at the end of a heading goes on with a paragraph, on an empty item it ends the list."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        cursor = self.textCursor()
        kind = self.kind
        if enter and kind in ("item", "number", "box") and not cursor.block().text():
            self.toggle(kind)
            return
        level = cursor.blockFormat().headingLevel()
        super().keyPressEvent(event)
        if enter and kind == "heading":
            cursor = self.textCursor()
            filler = _Filler(self.document(), cursor, self._theme)
            if not cursor.block().text():
                filler.make(cursor.block(), "text")
                self.setCurrentCharFormat(QTextCharFormat())
                return
            filler.make(cursor.block(), "heading", level)  # Qt made a large, bold paragraph of it
            if not cursor.block().previous().text():
                filler.make(cursor.block().previous(), "text")

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: paste. Of what Word or a browser brings along, the looks that a page can have are left."""
        html = source.html() if source.hasHtml() else ""
        if html and len(html) <= MOST_PASTED:
            pasted = _Bare()
            pasted.setHtml(html)
            blocks = tuple(written_page.settled(blocks_of(pasted)))
        else:
            blocks = tuple(Block("text", (Words(line),) if line else ()) for line in source.text().splitlines())
        blocks = tuple(one for one in blocks if one.words or one.rows or one.kind == "kept")
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        filler = _Filler(self.document(), cursor, self._theme)
        inside = cursor.currentTable() is not None
        for number, block in enumerate(blocks):
            lines = [block.words] if not block.rows else [cell for row in block.rows for cell in row]
            if inside or self.kind == "kept" or (number == 0 and block.kind == "text"):
                for at, line in enumerate(lines):  # into the words that are there
                    filler.insert(line, plain=self.kind == "kept", before=" " if number or at else "")
            else:
                filler.put_below(block)
        filler.leave_table()
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


class _Bare(QTextDocument):
    """A document that fetches nothing that its HTML names."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


# -- From blocks to a document ------------------------------------------------------------------------------------


class _Filler:
    """Puts blocks into a document at a cursor."""

    def __init__(self, document: QTextDocument, cursor: QTextCursor, theme: Theme) -> None:
        self._document, self._cursor, self._theme = document, cursor, theme
        self._table: QTextTable | None = None  # the cursor is in its first cell

    def fill(self, blocks: Sequence[Block]) -> None:
        """Fill an empty document."""
        for number, block in enumerate(blocks):
            if number and blocks[number - 1].kind == "table":
                self._cursor.movePosition(QTextCursor.MoveOperation.End)  # Qt has a paragraph behind each table
            elif number:
                self._next()
            self._put(block)

    def put_below(self, block: Block) -> None:
        """Put a block below the one with the cursor, or in its place if it is an empty paragraph."""
        self.leave_table()
        here = self._cursor.block()
        if here.text() or _kind(here) != "text":
            self._next()
        self._put(block)
        if block.kind in ("lines", "table") and not self._cursor.block().next().isValid():
            at = self._cursor.position()
            self._cursor.movePosition(QTextCursor.MoveOperation.End)
            self._next()  # somewhere to go on writing
            self._cursor.setPosition(at)

    def leave_table(self) -> None:
        """From the first cell of a table that was put in to the paragraph that Qt has behind each table."""
        if self._table is not None:  # not currentTable(): within an edit block it knows of no new table
            self._cursor.setPosition(self._table.lastPosition() + 1)
            self._table = None

    def _next(self) -> None:
        self._cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        if (listed := self._cursor.currentList()) is not None:
            listed.remove(self._cursor.block())
            self._cursor.setBlockFormat(QTextBlockFormat())

    def _put(self, block: Block) -> None:
        if block.kind == "heading" and any(one.bold or one.italic for one in block.words):
            block = Block("kept", kept=written_page.write([block]))  # its letters are bold as a whole here
        if block.kind == "table":
            self._put_table(block)
            return
        if block.kind == "kept":
            self._cursor.insertText(block.kept.replace("\n", BREAK))
        else:
            self.insert(block.words)
        if block.kind == "lines":
            if block.words:
                self._cursor.insertText(BREAK)
            self._cursor.insertImage(self._picture(block.level))
        self.make(self._cursor.block(), block.kind, block.level)

    def insert(self, words: Line, *, plain: bool = False, before: str = "") -> None:
        """Insert words with their looks. plain: without them; before: what stands before them."""
        if before:
            self._cursor.insertText(before)
        for one in words:
            look = QTextCharFormat() if plain else _weight(bold=one.bold)
            look.setFontItalic(one.italic and not plain)
            self._cursor.insertText(one.text.replace("\n", BREAK), look)

    def make(self, block: QTextBlock, kind: Kind, level: int = 2) -> None:
        """Let a paragraph be of another kind; its words stay."""
        cursor = QTextCursor(block)
        if (listed := cursor.currentList()) is not None:
            listed.remove(block)
        form = QTextBlockFormat()
        form.setBottomMargin(6)
        if kind == "heading":
            form.setHeadingLevel(level)
            form.setTopMargin(8)
        if kind == "kept":
            form.setProperty(KEPT, 1)
            form.setBackground(QColor(self._theme.box))
            form.setNonBreakableLines(False)
        if kind == "box":
            form.setMarker(QTextBlockFormat.MarkerType.Unchecked)
        cursor.setBlockFormat(form)
        if kind in _STYLES:
            self._join_list(cursor, kind, level)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        if kind == "heading":
            base = self._document.defaultFont().pointSizeF()
            look.setFontPointSize(base * _LARGER.get(level, 1.15))
            look.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(look)
            cursor.mergeBlockCharFormat(look)
        elif kind == "kept":
            look.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            cursor.mergeCharFormat(look)
        elif _is_large(block):
            for part in list(_parts(block)):
                _plain_size(block, part)
            cursor.setBlockCharFormat(QTextCharFormat())

    def _join_list(self, cursor: QTextCursor, kind: Kind, depth: int) -> None:
        """Make a paragraph an item: of the list right above, if that is of the same kind; lists in that lie between."""
        above = cursor.block().previous()
        while above.isValid() and above.textList() is not None and _depth(above) > depth:
            above = above.previous()
        listed = above.textList() if above.isValid() else None
        if listed is not None and _depth(above) == depth and _kind(above) == kind:
            listed.add(cursor.block())
            return
        form = QTextListFormat()
        form.setIndent(depth + 1)
        form.setStyle(_STYLES[kind])
        cursor.createList(form)

    def _put_table(self, block: Block) -> None:
        form = QTextTableFormat()
        form.setBorder(1)
        form.setBorderBrush(QColor(self._theme.edge))
        form.setBorderCollapse(True)
        form.setCellPadding(5)
        form.setHeaderRowCount(1)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = self._cursor.insertTable(len(block.rows), len(block.rows[0]), form)
        for at, row in enumerate(block.rows):
            for column, words in enumerate(row):
                cell = table.cellAt(at, column).firstCursorPosition()
                _Filler(self._document, cell, self._theme).insert(words)
        self._cursor.setPosition(table.firstPosition())
        self._table = table

    def _picture(self, number: int) -> QTextImageFormat:
        """Lines to write on, as a picture in the text; its name says how many."""
        number = min(max(1, number), MOST_LINES)
        name = f"{_LINES}{number}"
        image = QImage(460, _LINE * number + 4, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setPen(QColor(self._theme.edge))
        for line in range(1, number + 1):
            painter.drawLine(0, line * _LINE, image.width(), line * _LINE)
        painter.end()
        self._document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
        form = QTextImageFormat()
        form.setName(name)
        return form


def _weight(*, bold: bool) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return look


# -- From a document to blocks ------------------------------------------------------------------------------------


def blocks_of(document: QTextDocument) -> Iterator[Block]:
    """The blocks of a document, ours or one that was made of pasted HTML."""
    yield from _of_frame(document.rootFrame())


def _of_frame(frame: QTextFrame) -> Iterator[Block]:
    found = frame.begin()
    while not found.atEnd():
        inner = found.currentFrame()
        if isinstance(inner, QTextTable):
            yield from _of_table(inner)
        elif inner is not None:
            yield from _of_frame(inner)
        else:
            yield _of_block(found.currentBlock())
        found += 1


def _of_table(table: QTextTable) -> Iterator[Block]:
    if table.columns() == 1 and table.rows() == 1:  # a frame around something, as pages on the web have it
        yield from (_of_block(block) for block in _cell_blocks(table, 0, 0))
        return
    rows = tuple(tuple(_cell(table, row, column) for column in range(table.columns())) for row in range(table.rows()))
    yield Block("table", rows=rows)


def _cell_blocks(table: QTextTable, row: int, column: int) -> Iterator[QTextBlock]:
    cell = table.cellAt(row, column)
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    while block.isValid():
        yield block
        if block == last:
            return
        block = block.next()


def _cell(table: QTextTable, row: int, column: int) -> Line:
    made: list[Words] = []
    cell = table.cellAt(row, column)
    if (cell.row(), cell.column()) != (row, column):  # one that goes over several is in the first of them
        return ()
    for block in _cell_blocks(table, row, column):
        if made:
            made.append(Words(" "))
        made += (one._replace(text=one.text.replace("\n", " ")) for one in _line(block))
    return tuple(made)


def _of_block(block: QTextBlock) -> Block:
    kind = _kind(block)
    if kind == "kept":
        return Block("kept", kept=block.text().replace(BREAK, "\n"))
    words = _line(block)
    if kind == "heading":
        plain = "".join(one.text for one in words)
        return Block("heading", (Words(plain),) if plain.strip() else (), block.blockFormat().headingLevel())
    if kind == "lines":
        prompt = tuple(one._replace(text=one.text.strip("\n")) for one in words)
        return Block("lines", tuple(one for one in prompt if one.text), _lines_in(block))
    return Block(kind, words, _depth(block))


def _depth(block: QTextBlock) -> int:
    """How many lists the list of an item is in; 0 for what is no item."""
    listed: QTextList | None = block.textList()
    return max(0, listed.format().indent() - 1) if listed is not None else 0


def _kind(block: QTextBlock) -> Kind:
    form = block.blockFormat()
    if form.property(KEPT):
        return "kept"
    if _lines_in(block):
        return "lines"
    if form.headingLevel():
        return "heading"
    listed: QTextList | None = block.textList()
    if listed is None:
        return "text"
    if form.marker() != QTextBlockFormat.MarkerType.NoMarker:
        return "box"
    numbered = listed.format().style() in (
        QTextListFormat.Style.ListDecimal,
        QTextListFormat.Style.ListLowerAlpha,
        QTextListFormat.Style.ListUpperAlpha,
        QTextListFormat.Style.ListLowerRoman,
        QTextListFormat.Style.ListUpperRoman,
    )
    return "number" if numbered else "item"


def _parts(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    """The stretches of a paragraph that look alike: where they begin, their text, their look."""
    found = block.begin()
    while not found.atEnd():
        part = found.fragment()
        if part.isValid():
            yield part.position(), part.text(), part.charFormat()
        found += 1


def _line(block: QTextBlock) -> Line:
    made = []
    for _, text, look in _parts(block):
        shown = text.replace(BREAK, "\n").replace(OBJECT, "").replace("\u00a0", " ")
        if shown:
            made.append(Words(shown, look.fontWeight() > QFont.Weight.Medium, look.fontItalic()))
    return tuple(made)


def _lines_in(block: QTextBlock) -> int:
    """How many lines to write on a paragraph has."""
    if OBJECT not in block.text():
        return 0
    for _, _, look in _parts(block):
        name = look.toImageFormat().name() if look.isImageFormat() else ""
        if name.startswith(_LINES) and name.removeprefix(_LINES).isdecimal():
            return min(int(name.removeprefix(_LINES)), MOST_LINES)
    return 0


def _is_large(block: QTextBlock) -> bool:
    sizes = (look.fontPointSize() for _, _, look in _parts(block))
    return any(sizes) or bool(block.charFormat().fontPointSize())


def _plain_size(block: QTextBlock, part: tuple[int, str, QTextCharFormat]) -> None:
    """Take the size and weight of a heading from some words."""
    at, text, _ = part
    cursor = QTextCursor(block)
    cursor.setPosition(at)
    cursor.setPosition(at + len(text), QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(QTextCharFormat())


def _chosen(cursor: QTextCursor) -> Iterable[QTextBlock]:
    document = cursor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    while block.isValid():
        yield block
        if block == last:
            return
        block = block.next()
