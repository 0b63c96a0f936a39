"""A PDF to be looked at: its pages, small ones beside them, and a bar to turn and enlarge them.

Belongs here: what every dialog that shows pages shares. Not here: drawing a page (preview.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import pgettext, tr
from handbook.printing.page_images import Document
from handbook.ui.printing.preview import FIT_PAGE, FIT_WIDTH, Preview, Thumbnails
from handbook.ui.widgets import announce, scale
from handbook.ui.widgets.button_flow import ButtonFlow
from handbook.ui.widgets.theme import Theme
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

STEP = 1.25  # of one zoom


def _close(documents: tuple[Document, ...], _: Stale) -> None:
    for document in documents:
        document.close()


class PagesView(QWidget):
    """Preview, thumbnails and bar. Owns the document that it shows."""

    def __init__(self, theme: Theme, *, thumbnails: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = Preview(theme)
        self.thumbnails = Thumbnails(theme)
        self._document: Document | None = None
        # Closing waits for a page that is being drawn: the window must not.
        self._gone: tuple[Document, ...] = ()
        self._closing: LatestOnlyWorker[tuple[Document, ...], None] = LatestOnlyWorker(
            "close pages", _close, self._closed, self._closed
        )
        self.bar = self._make_bar(thumbnails=thumbnails)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.thumbnails)
        self._split.addWidget(self.preview)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([120, 600])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._split, 1)
        self.thumbnails.setVisible(thumbnails)
        self.thumbnails.chosen.connect(self.preview.show_page)
        self.preview.page_changed.connect(self._page_changed)

    def _make_bar(self, *, thumbnails: bool) -> QWidget:
        bar = QWidget()
        bar.setObjectName("pagesBar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # In a narrow window it takes two rows, see resizeEvent().
        bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, bar)
        self._halves.setContentsMargins(8, 4, 8, 4)
        self._halves.setSpacing(4)
        row, zooming = QHBoxLayout(), ButtonFlow()
        zooming.never_cut = True
        self._halves.addLayout(row)
        self._halves.addStretch(1)
        self._halves.addWidget(zooming)
        self.small_pages = self._button("▤", tr("Small pages"), "", self._toggle_thumbnails)
        self.small_pages.setCheckable(True)
        self.small_pages.setChecked(thumbnails)
        self.number = QSpinBox()
        self.number.setObjectName("pageNumber")
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)  # beside it are larger ones that do the same
        self.number.setAccessibleName(tr("Page in view"))
        self.number.setKeyboardTracking(False)
        self.number.valueChanged.connect(lambda value: self.preview.show_page(value - 1))
        self.of = QLabel()
        for widget in (
            self.small_pages,
            self._button("‹", tr("Previous page"), "Alt+PgUp", lambda: self._turn(-1)),
            self.number,
            self.of,
            self._button("›", tr("Next page"), "Alt+PgDown", lambda: self._turn(1)),
        ):
            row.addWidget(widget)
        for text, name, key, handler in (
            # Translators: said of a button "−": smaller pages
            ("−", tr("Smaller"), "Ctrl+-", partial(self.preview.zoom, 1 / STEP)),
            # Translators: said of a button "+": larger pages
            ("+", tr("Larger"), "Ctrl++", partial(self.preview.zoom, STEP)),
            # Translators: button: pages as wide as the view
            (tr("Width"), tr("As wide as the view"), "Ctrl+0", partial(self.preview.fit_to, FIT_WIDTH)),
            # Translators: whole pages in the view
            (pgettext("button", "Page"), tr("Whole pages"), "Ctrl+9", partial(self.preview.fit_to, FIT_PAGE)),
        ):
            zooming.add(self._button(text, name, key, handler))
        self._show_count(0)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the bar may need another row, or one less."""
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        """Put the two halves of the bar beside each other, or below where they do not fit."""
        ways = QBoxLayout.Direction
        halves = [item for item in map(self._halves.itemAt, (0, 2)) if item is not None]
        for item in halves:
            item.invalidate()  # Qt forgets the old width of a label only when it lays out anew
        fits = sum(item.sizeHint().width() for item in halves) + scale.px(24) <= width
        self._halves.setDirection(ways.LeftToRight if fits else ways.TopToBottom)

    def _button(self, text: str, name: str, key: str, handler: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{name} ({native})" if key else name)
        if key:
            # Not the button's own: that presses it for 100 ms before anything happens.
            QShortcut(QKeySequence(key), self).activated.connect(handler)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda *_: handler())
        return button

    def show_document(self, document: Document) -> None:
        """Show another PDF, and close the one before."""
        self._put_away()
        self._document = document
        self.preview.show_document(document)
        self.thumbnails.show_document(document)
        self._show_count(len(document))

    def show_page(self, number: int) -> None:
        """Bring a page, counted from 0, into view."""
        self.preview.show_page(number)

    def say(self, message: str) -> None:
        """Show a sentence in place of pages."""
        self.preview.say(message)
        announce.announce(self, message)
        self.thumbnails.say("")
        self._show_count(0)
        self._put_away()

    def take_back(self) -> None:
        """A sentence does not hold any longer, as pages are being set; pages stay until there are others."""
        if self.preview.message:
            self.preview.say("")

    def close_document(self) -> None:
        """Let go of the threads and the PDF; call before the widget goes."""
        self.preview.stop()
        self.thumbnails.stop()
        self._closing.close(wait=0)
        for document in (*self._gone, self._document):
            if document is not None:
                document.close()
        self._document, self._gone = None, ()

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self.preview.restyle(theme)
        self.thumbnails.restyle(theme)

    def _put_away(self) -> None:
        if self._document is not None:
            self._gone = (*self._gone, self._document)
            self._document = None
            self._closing.start(self._gone)

    def _closed(self, documents: tuple[Document, ...], _: object) -> None:
        self._gone = tuple(one for one in self._gone if one not in documents)

    def _turn(self, way: int) -> None:
        self.preview.show_page(self.preview.page + way)

    def _page_changed(self, number: int) -> None:
        self.thumbnails.mark(number)
        self.number.blockSignals(True)
        self.number.setValue(number + 1)
        self.number.blockSignals(False)

    def _show_count(self, count: int) -> None:
        self.number.blockSignals(True)
        self.number.setRange(1, max(1, count))
        self.number.blockSignals(False)
        self.number.setEnabled(count > 0)
        # Translators: how many pages there are, behind the field with the number of one
        self.of.setText(tr("of {n}").format(n=count) if count else "")
        self._arrange(self.width())  # the number takes room of its own

    def _toggle_thumbnails(self) -> None:
        self.thumbnails.setVisible(self.small_pages.isChecked())
