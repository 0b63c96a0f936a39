"""The dialog of a page that the trainer writes: as it looks, or as Markdown with the page beside it.

Belongs here: the dialog, and its switch between the two. Not here: the field that shows a page as it looks
(page_editor.py), which Markdown that is (handbook/workshop/written_page.py), how the page is printed (typeset/)."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import ngettext, tr
from handbook.base.system_errors import reason_of
from handbook.content import html, markup
from handbook.content.figures import not_shown
from handbook.ui.printing import jobs
from handbook.ui.reading.reader import Reader
from handbook.ui.reading.shown import Shown
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.button_flow import ButtonFlow
from handbook.ui.widgets.dialogs import close_buttons, scroll_whole
from handbook.ui.widgets.spoken_label import SpokenLabel
from handbook.ui.widgets.theme import Theme
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale
from handbook.ui.workshop import files
from handbook.ui.workshop.item_dialog import LONGEST
from handbook.ui.workshop.page_bar import PageBar
from handbook.ui.workshop.page_editor import PageEditor
from handbook.workshop import written_page
from handbook.workshop.model import CustomPage
from handbook.workshop.packet import custom_piece
from handbook.workshop.written_page import Block

LONGEST_TEXT = 200_000  # letters, some 100 pages: more is a handbook of its own
BOTH = 700  # pixels, in a window of its usual size, that writing and the page beside it take at least
WIDE = 1040  # pixels of the window of its usual size
SOON = 120  # ms from a letter typed to the page shown anew


class _Page(NamedTuple):
    """A page for the thread to render; label: the line that says who wrote it."""

    page: CustomPage
    label: str


class _Rendered(NamedTuple):
    """A page as the reader shows it, and the letters of it that no typeface for paper has."""

    shown: Shown
    missing: str


def _render(wanted: _Page, _: Stale) -> _Rendered:
    """The HTML of the page, with a line that it is no part of the handbook. Runs in the thread."""
    from handbook.printing.typeset import missing_letters  # brings in Typst

    chapter = custom_piece(0, wanted.page).chapter
    tree = markup.parse(chapter)
    for heading in tree.iter():
        if "chapter" in heading.get("class", "").split():
            tree.remove(heading)  # it was added only so that the tree has a title
            break
    shown = Shown(chapter.title, html.to_html(tree, title=chapter.title, label=wanted.label, not_shown=not_shown))
    return _Rendered(shown, missing_letters(wanted.page.title + wanted.page.text))


class CustomPageDialog(QDialog):
    """A dialog to write a page; `page()` is the result once it is accepted."""

    def __init__(self, page: CustomPage, theme: Theme, points: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Page of your own"))
        self._page = page
        self.title = QLineEdit(page.title)
        self.title.setMaxLength(LONGEST)
        self._title_shown = self.title.text()  # at first: a file may hold more than a line shows
        self.title.setPlaceholderText(tr("Title of the page"))
        self.title.setAccessibleName(tr("Title of the page"))
        self.editor = PageEditor(theme)
        self.text = QPlainTextEdit(page.text)
        self._text_shown = self.text.toPlainText()  # at first: Qt makes plain blanks of others
        self.text.setObjectName("ownText")
        self.text.setAccessibleName(tr("Text of the page, in Markdown"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(tr("Write here. The page is shown beside it as it will be read."))
        self.preview = Reader(theme, points)
        self.preview.setAccessibleName(tr("The page as it is read"))
        self.preview.escape_pressed.connect(self.reject)
        self._rendering: LatestOnlyWorker[_Page, _Rendered] = LatestOnlyWorker(
            "own page", _render, self._show, self._not_shown
        )
        self._rendering.end_with(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._start)
        self.title.textChanged.connect(lambda _: self._soon.start())
        self.text.textChanged.connect(self._changed)
        self.editor.textChanged.connect(self._changed)
        self._lay_out()
        self._show_written()
        self._start()
        (self.editor if page.title else self.title).setFocus()

    def _lay_out(self) -> None:
        self.marks = self._make_marks()
        self.bar = PageBar(self.editor)
        self.bar.template_wanted.connect(self.begin_with)
        self.markdown = QCheckBox(tr("As &Markdown"))
        self.markdown.setToolTip(tr("Write the signs yourself, with the page beside them"))
        self.markdown.toggled.connect(self._switch)
        self.field = QStackedWidget()
        self.field.addWidget(self.editor)
        self.field.addWidget(self.text)
        writing = QWidget()
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        column.addWidget(self.marks)
        column.addWidget(self.field, 1)
        QWidget.setTabOrder(self.title, self.editor)
        QWidget.setTabOrder(self.editor, self.text)  # Tab leads from the title to the text; the tool buttons come after
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(9)
        both.addWidget(writing)
        both.addWidget(self.preview)
        both.setSizes([450, 450])
        self.room = SpokenLabel()
        self.room.setObjectName("faint")
        self.letters = SpokenLabel()
        self.letters.setObjectName("faint")
        self.letters.setWordWrap(True)
        self.letters.setTextFormat(Qt.TextFormat.PlainText)
        self.letters.hide()
        said = QVBoxLayout()
        said.addWidget(self.room)
        said.addWidget(self.letters)
        foot = QHBoxLayout()
        foot.addLayout(said, 1)
        foot.addWidget(self.markdown)
        foot.addWidget(close_buttons(self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 12)
        layout.addWidget(both, 1)
        layout.addLayout(foot)
        self._arrange()
        room = self.screen().availableSize().width() - geometry.FRAME
        self.bar.setMinimumHeight(self.bar.heightForWidth(min(scale.px(WIDE), room)))  # it knows when it is shown
        scroll_whole(self)
        geometry.resize(self, scale.px(WIDE), scale.px(640))

    def _make_marks(self) -> QWidget:
        """Buttons that put the signs of Markdown in."""
        bar = ButtonFlow()
        for text, name, before, after in (
            # Translators: button: make a line a heading
            (tr("Heading"), tr("Make the line a heading"), "## ", ""),
            # Translators: button: bold letters
            (tr("Bold"), tr("Make the chosen words bold"), "**", "**"),
            # Translators: button: make a line an item of a list
            (tr("List"), tr("Make the line an item of a list"), "- ", ""),
            (tr("Box to tick"), tr("Begin the line with a box to tick"), "- ☐ ", ""),
            (tr("Lines to write on"), tr("Put in lines to write on"), '\n!!! lines "4"\n    ', "\n"),
        ):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, before=before, after=after: self.put_in(before, after))
            bar.add(button)
        return bar

    # -- As it looks, or as Markdown -----------------------------------------------------------------------------

    def _show_written(self) -> None:
        """Show the Markdown as it looks."""
        self._as_read = self.text.toPlainText()
        self.editor.show_blocks(written_page.read(self._as_read))
        self._shown = self.editor.blocks()
        self._arrange()

    _as_read = ""  # the Markdown that the editor was given, and what it made of it: untouched, it stays as it was
    _shown: tuple[Block, ...] = ()

    def _written(self) -> str:
        """The Markdown of what is in the editor."""
        blocks = self.editor.blocks()
        return self._as_read if blocks == self._shown else written_page.write(blocks)

    def _switch(self, to_markdown: bool) -> None:
        if to_markdown:
            self.text.setPlainText(self._written())
            self._arrange()
        else:
            self._show_written()
        (self.text if to_markdown else self.editor).setFocus()
        self._soon.start()

    def _arrange(self) -> None:
        as_markdown = self.markdown.isChecked()
        self.field.setCurrentWidget(self.text if as_markdown else self.editor)
        self.marks.setVisible(as_markdown)
        self.bar.setVisible(not as_markdown)
        # Large letters on a small screen: what is written comes first.
        self.preview.setVisible(as_markdown and self.screen().availableSize().width() >= scale.px(BOTH))

    def begin_with(self, title: str, text: str) -> None:
        """Put a template below what is written; its title where there is none."""
        if not self.title.text().strip():
            self.title.setText(title)
        before = self._text()
        self.text.setPlainText(f"{before}\n\n{text}" if before.strip() else text)
        if not self.markdown.isChecked():
            self._show_written()
            self._as_read = self.text.toPlainText()
        self._changed()

    def _text(self) -> str:
        return self.text.toPlainText() if self.markdown.isChecked() else self._written()

    def put_in(self, before: str, after: str) -> None:
        """Put marks around the selected words, or, without an end mark, at the beginning of each selected line."""
        cursor = self.text.textCursor()
        if before.startswith("\n"):
            cursor.insertText(before)
            end = cursor.position()
            cursor.insertText(after)
            cursor.setPosition(end)
        elif not after:
            first = self.text.document().findBlock(cursor.selectionStart())
            lines = cursor.selection().toPlainText().count("\n") + 1
            cursor.setPosition(first.position())
            cursor.beginEditBlock()
            for line in range(lines):
                if line:
                    cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
                cursor.insertText(before)
            cursor.endEditBlock()
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        else:
            words = cursor.selectedText()
            cursor.insertText(f"{before}{words}{after}")
            if not words:
                cursor.setPosition(cursor.position() - len(after))
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def page(self) -> CustomPage:
        """The page as written so far."""
        page, title, text = self._page, self.title.text(), self._text()
        return replace(
            page,
            title=" ".join(title.split()) if title != self._title_shown else page.title,
            text=text[:LONGEST_TEXT] if text != self._text_shown else page.text,
        )

    def _changed(self) -> None:
        over = len(self._text()) - LONGEST_TEXT
        said = ngettext("{n} letter too many: it is left out.", "{n} letters too many: the end is left out.", over)
        self.room.setText(said.format(n=over) if over > 0 else "")
        self._soon.start()

    def _start(self) -> None:
        label = tr("Your own page. It is no part of the handbook, and is printed with that remark.")
        self._rendering.start(_Page(self.page(), label))

    def _show(self, _: _Page, made: _Rendered) -> None:
        bar = self.preview.verticalScrollBar()
        at = bar.value()
        self.preview.show_page(made.shown)
        bar.setValue(at)
        self.letters.setText(jobs.letters_told(made.missing) if made.missing else "")
        self.letters.setVisible(bool(made.missing))

    def _not_shown(self, _: _Page, error: Exception) -> None:
        self.room.setText(tr("The page can't be shown: {error}").format(error=reason_of(error)))

    def reject(self) -> None:
        """Close without keeping the text. Asks first if there are changes, as Esc is easily pressed by mistake."""
        if self.page() != self._page:
            title = self.title.text().strip() or self.windowTitle()
            answer = files.ask_before_leaving(self, title)
            if answer == "save":
                self.accept()
            if answer != "discard":
                return
        super().reject()

    def done(self, result: int) -> None:
        """Close, and stop the rendering thread."""
        self._soon.stop()
        self._rendering.close(wait=0)
        super().done(result)
