"""The face of the window of a run: what is going on now, the clock, buttons, and how all of it fits a screen.

Belongs here: the widgets and where they stand. Not here: what they show and do (run_window.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import tr
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.ui.widgets.theme import ui_font

SMALL = 700  # pixels of a screen, in a window of its usual size, on which two columns of buttons have no room
SMALLEST = 400  # on which what is going on and its time have no room beside each other
_TEXT = 120  # pixels of the step's text there, at least
_LARGEST_DIGITS = 64  # points
TAKE_OVER = "V"  # the key of the button that is there only while another window leads


class Command(NamedTuple):
    """A button, the key that does the same, and what that is."""

    label: str
    key: str
    handler: Callable[[], object]


class RunFace(QWidget):
    """The widgets of one run, arranged for letters of one size. buttons: by their keys. factor: of that size."""

    def __init__(self, commands: Sequence[Command], take_over: Callable[[], object]) -> None:
        super().__init__()
        self._commands = commands
        self.factor = scale.factor()
        self.buttons: dict[str, QPushButton] = {}
        self._make_widgets()
        self.take_over.clicked.connect(lambda _=False: take_over())
        self.buttons[TAKE_OVER] = self.take_over
        if geometry.is_narrow(self, scale.px(SMALLEST)):
            self._lay_out_below()
        else:
            self._lay_out_beside()

    def in_reach(self) -> tuple[QWidget, ...]:
        """All that takes the keyboard."""
        return (self.text, self.ring, *self.buttons.values())

    def _make_widgets(self) -> None:
        self.title = self._label(17, bold=True)
        self.item = self._label(12)
        self.digits = self._label(48, bold=True)
        self.digits.setAccessibleName(tr("Minutes left"))
        self.times = self._label(13)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Time used"))
        self.behind = self._label(13, bold=True)
        self.next = self._label(13)
        self.note = self._label(12)
        self.note.setObjectName("told")
        self.needed = self._label(12)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(tr("Text of this step"))
        self.told = self._label(11)
        self.take_over = QPushButton(tr("Take it o&ver here"))
        self.take_over.setAccessibleName(self.take_over.text().replace("&", ""))
        self.ring = QCheckBox(tr("A quiet sound at the end"))
        self.ring.setChecked(True)
        for widget in (self.text, self.ring):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _label(self, points: int, *, bold: bool = False) -> QLabel:
        label = QLabel()
        # The digits are large already: on a small screen they would push the rest away.
        font = QFont(ui_font(min(points * self.factor, max(points, _LARGEST_DIGITS))))
        font.setBold(bold)
        label.setFont(font)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _lay_out_below(self) -> None:
        """Large letters on a small screen: all of it in one column that scrolls; each button has a key."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        self.text.setMinimumHeight(scale.px(_TEXT))
        times: tuple[QWidget, ...] = (self.title, self.digits, self.bar, self.times, self.behind, self.told)
        for widget in (*times, self.take_over, self.next, self.item, self.note, self.needed, self.text):
            column.addWidget(widget)
        column.addLayout(self._make_buttons(1))
        column.addWidget(self.ring)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(ScrollColumn(whole))

    def _lay_out_beside(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        said, times = QWidget(), QWidget()  # on a small screen they scroll, and the buttons stay in sight
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.item, self.title, self.note, self.needed):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        left.addWidget(ScrollColumn(said), 1)
        left.addWidget(self.told)
        left.addWidget(self.take_over, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(times)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.digits, self.bar, self.times, self.behind, self.next):
            column.addWidget(part)
        # Large letters on a small screen: the buttons scroll too; each has a key.
        small = self.screen().availableSize().width() < scale.px(SMALL)
        if not small:
            column.addStretch(1)
        (column if small else right).addLayout(self._make_buttons(1 if small else 2))
        scrolling = ScrollColumn(times)
        if small:  # the buttons are whole, whatever their words need
            for button in self.buttons.values():
                button.ensurePolished()  # before that it does not know how large it is
            needed = times.minimumSizeHint().width() + scrolling.verticalScrollBar().sizeHint().width()
            scrolling.setMinimumWidth(min(needed, geometry.widest_side(self)))
        right.insertWidget(0, scrolling, 1)
        right.addWidget(self.ring)
        columns = QHBoxLayout(self)
        columns.addLayout(left, 2 if small else 3)
        columns.addSpacing(12)
        columns.addLayout(right, 2)

    def _make_buttons(self, columns: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(3)  # all of them fit a screen of 600 rows
        for number, (label, key, handler) in enumerate(self._commands):
            button = QPushButton(label)
            button.setAccessibleName(label.replace("&", ""))
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{label.replace('&', '')} ({shown})")
            button.clicked.connect(lambda _=False, handler=handler: handler())
            grid.addWidget(button, number // columns, number % columns)
            self.buttons[key] = button
        return grid
