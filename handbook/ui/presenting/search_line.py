"""One large line to search in, over the page that is shown: few large hits, and no past searches.

Belongs here: the line and its list. Not here: searching (ui/searching/finder.py)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from handbook.base.catalogue import ngettext, tr
from handbook.base.system_errors import reason_of
from handbook.search.results import Answer
from handbook.ui.presenting.page import Look
from handbook.ui.searching.finder import Question
from handbook.ui.widgets.announce import announce
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

MOST = 5  # hits: as many as can be read from the last row


class SearchLine(QWidget):
    """Search over the page. Enter shows the chosen hit, Esc puts the line away."""

    chosen = Signal(str)  # the address of a hit
    left = Signal()

    def __init__(self, over: QWidget, answer: Callable[[Question, Stale], Answer | None]) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        name = tr("Search the handbook")
        self.field = QLineEdit()
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.hits = QListWidget()
        self.hits.setAccessibleName(tr("Passages found"))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.nothing = QLabel()
        self.nothing.setWordWrap(True)
        rows = QVBoxLayout(self)
        for widget in (self.field, self.nothing, self.hits):
            rows.addWidget(widget)
        self._worker: LatestOnlyWorker[Question, Answer | None] = LatestOnlyWorker(
            "search the room", answer, self._show, self._failed
        )
        self.field.textChanged.connect(self._ask)
        self.field.installEventFilter(self)
        self.hits.itemClicked.connect(self._choose)
        self.hide()

    def open(self, look: Look, pixels: int) -> None:
        """Show the empty line. pixels: the size of its text."""
        self.setStyleSheet(
            f"""
            SearchLine {{ background: {look.ground}; border-bottom: 4px solid {look.bar}; }}
            QLineEdit, QListWidget, QLabel {{ font-size: {pixels}px; color: {look.text}; background: {look.ground}; }}
            QLineEdit {{ border: 3px solid {look.bar}; border-radius: 8px; padding: {pixels // 4}px; }}
            QListWidget {{ border: none; outline: none; }}
            QListWidget::item {{ padding: {pixels // 4}px; }}
            QListWidget::item:selected {{ background: {look.text}; color: {look.ground}; }}
            """
        )
        self.field.clear()
        self._show_hits(())
        self.resize(self._over.size())
        self.show()
        self.raise_()
        self.field.setFocus()

    def put_away(self) -> None:
        """Take the line from the page."""
        self._worker.drop()
        self.hide()

    def close_worker(self) -> None:
        """Let the thread end, before the window goes."""
        self._worker.close()

    def _ask(self, words: str) -> None:
        if words.strip():
            self._worker.start(Question(words, most=MOST))
        else:
            self._worker.drop()
            self._show_hits(())

    def _show(self, question: Question, answer: Answer | None) -> None:
        if answer is None:
            return
        hits = tuple((hit.title, hit.address) for hit in answer.hits)
        if answer.card is not None and answer.card.address not in (address for _, address in hits):
            hits = ((answer.card.title, answer.card.address), *hits)
        self._show_hits(hits[:MOST])
        if not hits:
            self._say(tr("No passage has “{words}”.").format(words=question.words.strip()))
        else:
            announce(self.field, ngettext("{n} passage", "{n} passages", len(hits)).format(n=len(hits)))

    def _failed(self, _: Question, error: Exception) -> None:
        self._show_hits(())
        self._say(tr("The search failed: {reason}").format(reason=reason_of(error)))

    def _say(self, words: str) -> None:
        self.nothing.setText(words)
        self.nothing.show()
        announce(self.field, words)

    def _show_hits(self, hits: tuple[tuple[str, str], ...]) -> None:
        self.nothing.hide()
        self.hits.clear()
        for title, address in hits:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, address)
            self.hits.addItem(item)
        self.hits.setCurrentRow(0)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.hide()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.put_away()
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.hits.currentItem())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.hits.setCurrentRow(max(0, min(self.hits.count() - 1, self.hits.currentRow() + step)))
            if (item := self.hits.currentItem()) is not None:
                announce(self.field, item.text())
        else:
            return super().eventFilter(watched, event)
        return True
