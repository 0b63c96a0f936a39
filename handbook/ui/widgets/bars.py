"""The thin bars around the page: where am I, a notice, find in the page, what was done, what is under way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from handbook.base.catalogue import tr
from handbook.base.escape import escape
from handbook.ui.widgets import scale
from handbook.ui.widgets.button_flow import ButtonFlow
from handbook.ui.widgets.line_field import LineField
from handbook.ui.widgets.link_label import Link, LinkLabel
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.ui.widgets.spoken_label import SpokenLabel
from handbook.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

Action = tuple[str, Callable[[], None]]  # what a button says, and does
MOST_ACTIONS = 2  # of a notice
SHORTEST = 12  # letters that a title in the path keeps


class PathBar(LinkLabel):
    """part › chapter › section: each a link, reachable by keyboard."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pathBar")
        self.setAccessibleDescription(tr("Where you are"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._theme = theme
        self._steps: tuple[tuple[str, str], ...] = ()

    def show_path(self, steps: Sequence[tuple[str, str]]) -> None:
        """Show (title, address) from the part down; an empty address is no link."""
        self._steps = tuple(steps)
        self.setToolTip(" › ".join(title for title, _ in self._steps))
        self._fit()

    def words(self) -> str:
        return " › ".join(title for title, _ in self._steps)

    def links(self) -> tuple[Link, ...]:
        return tuple(Link(address, title) for title, address in self._steps if address)

    def _fit(self) -> None:
        """Shorten the longest titles until the path fits its line, then leave the first out: the last is being read."""
        style = f'style="color:{self._theme.faint}; text-decoration:none"'
        metrics = self.fontMetrics()
        titles = [title if len(title) < 200 else title[:199] + "…" for title, _ in self._steps]
        room = self.width() - scale.px(40) - len(titles) * metrics.horizontalAdvance("  ›  ")
        first = 0  # of the steps that are shown
        while room > 0 and metrics.horizontalAdvance("".join(titles[first:])) > room:
            longest = max(range(first, len(titles)), key=lambda number: len(titles[number]))
            if len(titles[longest]) > SHORTEST or (first == len(titles) - 1 and len(titles[longest]) > 2):
                titles[longest] = titles[longest].rstrip("…")[:-2].rstrip() + "…"
            elif first < len(titles) - 1:
                first += 1
            else:
                break
        pieces = [
            f'<a {style} href="{escape(address)}">{escape(title)}</a>' if address else escape(title)
            for title, (_, address) in list(zip(titles, self._steps, strict=True))[first:]
        ]
        if first:
            pieces.insert(0, "…")
        self.setText(" &nbsp;›&nbsp; ".join(pieces))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the line is longer or shorter now."""
        super().resizeEvent(event)
        self._fit()

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.show_path(self._steps)


class _Sentence(ScrollColumn):
    """The words of a bar, as high as they are; where the window has no room for them they scroll.

    A label alone would make the window higher than a small screen."""

    def __init__(self, label: QLabel) -> None:
        super().__init__(label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (self.viewport(), label):  # the ground is the bar's
            part.setAutoFillBackground(False)

    def _high(self) -> int:
        return max(self.inside.heightForWidth(max(1, self.width())), self.inside.minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.inside.minimumSizeHint().width(), self.fontMetrics().lineSpacing())

    def fit(self) -> None:
        """The words may need more lines, or fewer, or have room for them now."""
        # Qt keeps a scroll bar that the words need only because it takes a part of their width.
        policies, whole = Qt.ScrollBarPolicy, self.height() >= self._high()
        self.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOff if whole else policies.ScrollBarAsNeeded)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is more or less room now."""
        super().resizeEvent(event)
        self.fit()


class _Buttons(ButtonFlow):
    """The buttons of a bar that are shown now, in as many rows as they need: none is cut.

    Their rows are no height for a width, or Qt would take that of the words beside them for what is needed at least."""

    never_cut = True

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        policy = self.sizePolicy()
        policy.setHeightForWidth(False)
        self.setSizePolicy(policy)
        for button in buttons:
            self.add(button)

    def in_order(self) -> Sequence[QWidget]:
        return [button for button in super().in_order() if not button.isHidden()]

    def hasHeightForWidth(self) -> bool:
        return False

    def arrange(self) -> None:
        """Other buttons are shown now."""
        self.setMinimumHeight(self.heightForWidth(max(self.width(), self.minimumSizeHint().width())))
        self.updateGeometry()
        self.place()


class SentenceBar(QFrame):
    """A sentence with buttons beside it, or below it where it would have less room than they."""

    def __init__(self, buttons: Sequence[QPushButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = _Buttons(buttons)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(14, 6, 10, 6)
        self._words = _Sentence(self.label)
        self._words.follow_keys(self)
        self._halves.addWidget(self._words, 1)
        self._halves.addWidget(self._buttons)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is more or less room now."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Put the buttons where they belong; to be called when they or the words have changed, too."""
        self._buttons.arrange()
        beside = self.width() >= 2 * self._buttons.sizeHint().width()
        self._halves.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._words.fit()


class NoticeBar(SentenceBar):
    """What the person should know, in one sentence, until they put it away or it holds no more. Notices queue up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._more = [QPushButton() for _ in range(MOST_ACTIONS)]
        self._close = QPushButton(tr("OK"))
        super().__init__([*self._more, self._close], parent)
        self._close.clicked.connect(self._next)
        for number, button in enumerate(self._more):
            button.clicked.connect(lambda _=False, number=number: self._act(number))
        self._queue: list[tuple[str, tuple[Action, ...]]] = []

    def show_notice(self, text: str, label: str = "", act: Callable[[], None] | None = None, *more: Action) -> None:
        """Show a sentence, with a button for each thing that can be done about it, MOST_ACTIONS at most."""
        if any(text == waiting for waiting, _ in self._queue):
            return
        self._queue.append((text, ((label, act), *more) if act is not None else more))
        self._show_first()

    def withdraw(self, text: str) -> None:
        """Take a sentence back that holds no more, in view or waiting; one that is not there is no matter."""
        first = self.text
        self._queue = [waiting for waiting in self._queue if waiting[0] != text]
        if self.text != first:
            self._show_first()

    @property
    def text(self) -> str:
        """The sentence in view, "" when there is none."""
        return self._queue[0][0] if self._queue else ""

    def _show_first(self) -> None:
        if not self._queue:
            self.label.clear()
            self.hide()
            return
        text, actions = self._queue[0]
        if text != self.label.text():
            from handbook.ui.widgets.announce import announce

            announce(self, text)
        self.label.setText(text)
        self.setAccessibleName(text)
        for number, button in enumerate(self._more):
            button.setText(actions[number][0] if number < len(actions) else "")
            button.setVisible(number < len(actions))
        self.show()
        self.arrange()

    def _next(self) -> None:
        self._queue = self._queue[1:]
        self._show_first()

    def _act(self, number: int) -> None:
        _, act = self._queue[0][1][number]
        self._next()
        act()


class FindBar(QFrame):
    """Find in the page: marks while typing, Enter goes on, Shift+Enter back, Esc closes."""

    changed = Signal(str)
    step = Signal(int)  # +1 next, -1 previous
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.field = LineField()
        self.field.setPlaceholderText(tr("Find in this page"))
        self.field.setAccessibleName(tr("Find in this page"))
        self.field.setMaximumWidth(360)
        self.field.setMaxLength(500)
        self.field.textChanged.connect(self.changed)
        self._count = SpokenLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 12, 5)
        layout.addWidget(self.field, 1)
        for text, name, way in (("↑", tr("Previous match"), -1), ("↓", tr("Next match"), 1)):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.clicked.connect(lambda _=False, way=way: self.step.emit(way))
            layout.addWidget(button)
        layout.addWidget(self._count)
        layout.addStretch(1)
        close = QToolButton()
        close.setText("×")
        close.setToolTip(tr("Close"))
        close.setAccessibleName(tr("Close"))
        close.clicked.connect(self.close_bar)
        layout.addWidget(close)
        self.hide()

    def open_bar(self, words: str) -> None:
        """Show the bar with the selected words in it, ready to type over."""
        self.show()
        if words and "\n" not in words and len(words) < 80:
            self.field.setText(words)
        self.field.selectAll()
        self.field.setFocus()
        self.changed.emit(self.field.text())

    def close_bar(self) -> None:
        """Put the bar away."""
        self.hide()
        self.closed.emit()

    def show_count(self, current: int, total: int) -> None:
        """Say which match of how many; `current` counts from 0."""
        if not self.field.text():
            self._count.setText("")
        elif not total:
            self._count.setText(tr("not on this page"))
        else:
            self._count.setText(tr("{k} of {n}").format(k=current + 1, n=total))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.hasFocus():  # which passes it on
            self.step.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)


class DoneBar(QWidget):
    """A message in the status bar about what was just done, with an Undo button."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        # Translators: button: undo the last change
        self._undo = QPushButton(tr("Undo"))
        self._undo.setObjectName("link")
        self._undo.clicked.connect(self.put_away)
        self._undo.clicked.connect(self.undo_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 0, 0)
        layout.addWidget(self._text)
        layout.addWidget(self._undo)
        layout.addStretch(1)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._time_is_up)
        self.hide()

    def tell(self, text: str, key: str, milliseconds: int) -> None:
        """Show a message for some time. key: the keys that undo it too."""
        from handbook.ui.widgets.announce import announce

        self._text.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self._room()))
        self._text.setToolTip(text)
        self.setAccessibleName(text)
        self._undo.setToolTip(tr("Undo ({key})").format(key=key) if key else "")
        self._undo.setAccessibleName(tr("Undo: {what}").format(what=text))
        announce(self, tr("{what}. {key} undoes it.").format(what=text, key=key) if key else text)
        self._clock.start(milliseconds)
        self.show()

    def _room(self) -> int:
        bar = self.parentWidget()
        return max(120, (bar.width() if bar is not None else 800) * 3 // 5)

    def put_away(self) -> None:
        """Remove the message."""
        self._clock.stop()
        self.hide()

    def _time_is_up(self) -> None:
        if self._undo.hasFocus():  # the person may be about to press it
            self._clock.start()
        else:
            self.hide()


class BusyBar(QWidget):
    """What is under way, in the status bar, with a button to stop it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        progress = self._progress = QProgressBar()
        progress.setRange(0, 0)
        progress.setMaximumWidth(120)
        progress.setTextVisible(False)
        progress.setMaximumHeight(8)
        stop = QToolButton()
        # Translators: button: stop the search for one word here
        stop.setText(tr("Stop"))
        stop.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        for widget in (self._text, progress, stop):
            layout.addWidget(widget)
        self.hide()

    def begin(self, text: str) -> None:
        """Show what is being done."""
        from handbook.ui.widgets.announce import announce

        self._text.setText(text)
        announce(self, text)
        self.setAccessibleName(text)
        self._progress.setVisible(QApplication.cursorFlashTime() > 0)  # where nothing is to move, words must do
        self.show()

    def end(self) -> None:
        """It is done."""
        self.hide()
