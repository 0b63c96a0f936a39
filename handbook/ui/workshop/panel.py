"""The workshop panel beside the page: title, list of items, totals, buttons.

Belongs here: widgets and their texts. Not here: what the buttons do to the workshop (controller.py, editing.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import tr
from handbook.ui.reading import passages
from handbook.ui.widgets import columns, geometry, scale
from handbook.ui.widgets.elided_button import ElidedButton
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.ui.widgets.theme import OPENS, Theme
from handbook.ui.workshop.items_model import ItemsModel
from handbook.ui.workshop.items_view import ItemsView

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent

MOST_RECENT = 4  # files offered in an empty panel
LEAST_LIST = 60  # pixels of the list, in a window of its usual size
_BESIDE_FOOT = 10  # pixels between its buttons and each side
MOST_HEIGHT = 440  # pixels; upper limit of the minimum height, however long the title
AROUND = 150  # pixels that the bars of the window need above and below, in a window of its usual size


class Start(NamedTuple):
    """A button of the empty panel: a ready workshop or a file used before. about: small text below its title."""

    title: str
    about: str
    handler: Callable[[], object]


class Offer(QFrame):
    """A line in the panel that offers a change: a sentence, a button to make it, and one to decline it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.do, self.leave = QPushButton(), QPushButton()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 10, 8)
        layout.setSpacing(6)
        layout.addWidget(self.text)
        layout.addLayout(row)
        self._handlers: tuple[Callable[[], object], Callable[[], object]] = (lambda: None, lambda: None)
        self.do.clicked.connect(lambda: self._act(0))
        self.leave.clicked.connect(lambda: self._act(1))
        self.hide()

    def make(self, text: str, do: tuple[str, Callable[[], object]], leave: tuple[str, Callable[[], object]]) -> None:
        """Show an offer: its sentence, the text and the function of its button, and the same for declining."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.do.setText(do[0])
        self.leave.setText(leave[0])
        self._handlers = (do[1], leave[1])
        self.show()

    def _act(self, number: int) -> None:
        self._handlers[number]()


def _fit(buttons: Sequence[QWidget], gap: int) -> bool:
    """Have buttons a place in one row where the panel is as narrow as it can be?"""
    for button in buttons:
        button.ensurePolished()  # only then is it as wide as it will be
    needed = sum(button.sizeHint().width() for button in buttons) + gap * (len(buttons) - 1)
    return needed <= scale.px(columns.RIGHT) - 2 * _BESIDE_FOOT


class Panel(QWidget):
    """The list with its heading and buttons; without items, buttons to begin with."""

    dropped = Signal(object, int)  # addresses (tuple of str), and the position before which they were dropped
    closed = Signal()
    escaped = Signal()  # Esc was pressed, with the focus anywhere in the panel

    def __init__(self, theme: Theme, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workshop")
        # Translators: a workshop that has no title, and its list in the window
        self.setAccessibleName(tr("Workshop"))
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.model = ItemsModel()
        self.items = ItemsView(self.model, theme)
        self.model.dropped.connect(self.dropped)
        self.items.escaped.connect(self.escaped)
        self.offer = Offer()
        self._actions = actions
        self._middle = QStackedWidget()
        self._middle.addWidget(self.items)
        beginning = self._make_beginning()
        self._middle.addWidget(beginning)
        self._middle.setMinimumHeight(scale.px(LEAST_LIST))
        for page in (self.items, beginning):  # they take what is left, and scroll by themselves
            page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._make_head())
        self._column.addWidget(self.offer)
        self._column.addWidget(self._middle, 1)
        self._column.addWidget(self._make_foot())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(ScrollColumn(whole))  # with large letters on a small screen all of it scrolls

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    def minimumSizeHint(self) -> QSize:
        """The height of its wrapped lines at the present width; Qt's layout does not compute this by itself.

        Where the screen has no room for it, there is less: all of it scrolls."""
        least = self._column.totalMinimumSize()
        needed = self._column.totalMinimumHeightForWidth(max(self.width(), self.minimumWidth()))
        room = self.screen().availableSize().height() - geometry.TITLE - scale.px(AROUND)
        most = min(MOST_HEIGHT, max(room, LEAST_LIST))
        return QSize(least.width(), min(max(least.height(), needed), most))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._middle.setMinimumHeight(scale.px(LEAST_LIST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    # -- Widgets ---------------------------------------------------------------------------------------------

    def _make_head(self) -> QWidget:
        head = QFrame()
        head.setObjectName("workshopHead")
        self.title, self.facts = QLabel(), QLabel()
        for label in (self.title, self.facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.facts.setObjectName("faint")
        # Translators: button: title, date, people, logo of a workshop
        self.details = self._button(tr("Details"), self._actions["workshop_details"])
        close = QToolButton()
        close.setText("×")
        close.setToolTip(tr("Put the workshop away"))
        close.setAccessibleName(tr("Put the workshop away"))
        close.clicked.connect(self.closed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 7, 6, 7)
        row.addLayout(words, 1)
        row.addWidget(self.details, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _make_foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("workshopFoot")
        self.add = QToolButton()
        self.add.setObjectName("menuButton")
        # Translators: button: add what is being read to the workshop
        self.add.setText(" ".join((tr("Add"), OPENS)))
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setAccessibleName(tr("Add to the workshop"))
        self.add.setToolTip(tr("Add to the workshop"))
        self.add_menu = QMenu(self.add)
        self.add_menu.setToolTipsVisible(True)  # they show a shortened title in full
        for name in ("add", "add_chapter", "", "custom_page", "entry", "day"):
            if name:
                self.add_menu.addAction(self._actions[f"workshop_{name}"])
            else:
                self.add_menu.addSeparator()
        self.add.setMenu(self.add_menu)
        self.up = self._tool("↑", tr("Move up (Alt+↑)"), lambda: self.items.step.emit(-1))
        self.down = self._tool("↓", tr("Move down (Alt+↓)"), lambda: self.items.step.emit(1))
        # Translators: button: change the chosen item of a workshop
        self.edit = self._tool(tr("Edit"), tr("Minutes, start, copies, note (F2)"), self.items.edit_wanted.emit)
        # Translators: take the chosen items out of the workshop
        self.remove = self._tool(tr("Remove"), tr("Take out of the workshop (Del)"), self.items.remove.emit)
        tools = self._make_tools()
        self.summary, self.paper = QLabel(), QLabel()
        self.paper.setObjectName("faint")
        for label in (self.summary, self.paper):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        # Translators: button: save the workshop
        self.save = self._push(tr("Save"), self._actions["workshop_save"])
        self.print = self._push(tr("Preview and print…"), self._actions["workshop_print"])
        ways = QHBoxLayout()
        ways.setSpacing(6)
        if not _fit((self.save, self.print), ways.spacing()):
            ways.setDirection(QHBoxLayout.Direction.TopToBottom)
        ways.addWidget(self.save)
        ways.addWidget(self.print, 1)
        layout = QVBoxLayout(foot)
        layout.setContentsMargins(_BESIDE_FOOT, 6, _BESIDE_FOOT, 10)
        layout.setSpacing(6)
        layout.addLayout(tools)
        layout.addWidget(self.summary)
        layout.addWidget(self.paper)
        layout.addLayout(ways)
        self._foot = foot
        return foot

    def _make_tools(self) -> QGridLayout:
        """The buttons below the list in a row, or in two where a language's words are too long for the panel."""
        tools = QGridLayout()
        tools.setSpacing(2)
        tools.setColumnStretch(1, 1)
        buttons = (self.add, self.up, self.down, self.edit, self.remove)
        first, second = (buttons, ()) if _fit(buttons, tools.spacing()) else (buttons[:3], buttons[3:])
        for number, button in enumerate(first):
            tools.addWidget(button, 0, number + (number > 0))
        if second:
            below = QHBoxLayout()
            below.setSpacing(2)
            below.addStretch(1)
            for button in second:
                below.addWidget(button)
            tools.addLayout(below, 1, 0, 1, 4)
        return tools

    def _make_beginning(self) -> QWidget:
        self._ways = QVBoxLayout()
        self._ways.setSpacing(6)
        inside = QWidget()
        inside.setObjectName("beginning")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        key = self._actions["workshop_add"].shortcut().toString()
        about = QLabel(
            tr(
                "Put together what your workshop needs: texts, session plans, exercises, cards, pages of your own. "
                "Then print a packet for everyone."
            )
        )
        how = QLabel(tr("Open a passage and press {key}, or drag it here from the contents.").format(key=key))
        for label in (about, how):
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addSpacing(6)
        layout.addLayout(self._ways)
        layout.addStretch(1)
        area = QScrollArea()
        area.setObjectName("beginning")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def offer_starts(self, ready: Sequence[Start], recent: Sequence[Start]) -> None:
        """Fill the empty panel with buttons to begin with: ready workshops, and files used last."""
        while self._ways.count():
            item = self._ways.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for heading, starts in ((tr("Start from"), ready), (tr("Go on with"), recent[:MOST_RECENT])):
            if not starts:
                continue
            label = QLabel(f"<b>{heading}</b>")
            self._ways.addWidget(label)
            for start in starts:
                self._ways.addWidget(self._start_button(start))
        self._ways.addWidget(self._push(tr("Open a workshop…"), self._actions["workshop_open"]))

    def _start_button(self, start: Start) -> QPushButton:
        button = ElidedButton(*filter(None, (start.title, start.about)))
        button.setObjectName("start")
        button.clicked.connect(lambda *_: start.handler())
        return button

    def _button(self, text: str, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        _follow(button, action)
        return button

    def _push(self, text: str, action: QAction) -> QPushButton:
        button = QPushButton(text)
        _follow(button, action)
        return button

    def _tool(self, text: str, name: str, handler: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda *_: handler())
        return button

    # -- Showing ---------------------------------------------------------------------------------------------

    def show_blank(self, *, is_blank: bool) -> None:
        """Show the buttons to begin with, of a blank workshop, or the list with its tools."""
        self._middle.setCurrentIndex(1 if is_blank else 0)
        for widget in (self.up, self.down, self.edit, self.remove, self.summary, self.save, self.print):
            widget.setVisible(not is_blank)
        if is_blank:
            self.paper.hide()

    def enable_tools(self, chosen: Sequence[int], count: int) -> None:
        """Enable the buttons that can be used on the selected items; disable the others."""
        self.edit.setEnabled(len(chosen) == 1)
        self.remove.setEnabled(bool(chosen))
        self.up.setEnabled(bool(chosen) and chosen[0] > 0)
        self.down.setEnabled(bool(chosen) and chosen[-1] < count - 1)

    def say_paper(self, text: str) -> None:
        """Show the line that counts sheets of paper; "" hides it."""
        self.paper.setText(text)
        self.paper.setVisible(bool(text))

    def take_keyboard(self) -> None:
        """Move the keyboard focus into the panel: to the list, or to the first button of the empty panel."""
        if self._middle.currentIndex() == 0:
            self.items.setFocus()
            if not self.items.chosen and self.model.rowCount():
                self.items.choose((max(0, self.items.currentIndex().row()),))
        else:
            first = self._ways.itemAt(1)
            widget = first.widget() if first is not None else None
            (widget or self.add).setFocus()

    def restyle(self, theme: Theme) -> None:
        """Change to the colours of a theme."""
        self.items.restyle(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the keyboard focus, as Space does; Esc goes back to the page."""
        button = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QAbstractButton):
            button.click()
        else:
            super().keyPressEvent(event)

    # -- What is dropped beside the list ---------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(passages.MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        addresses = passages.of_mime(event.mimeData())
        if addresses:
            self.dropped.emit(addresses, self.model.rowCount())
            event.acceptProposedAction()


def _follow(button: QPushButton | QToolButton, action: QAction) -> None:
    """Make a button do what a command does, and be enabled while the command is."""
    label = action.text().replace("&", "")
    key = action.shortcut().toString()
    button.setToolTip(f"{label} ({key})" if key else label)
    button.setAccessibleName(label)
    button.setEnabled(action.isEnabled())
    button.clicked.connect(lambda *_: action.trigger())
    action.enabledChanged.connect(button.setEnabled)
