"""The list of all marks: by place or by day, searched, opened, changed, taken away, carried to another computer.

Belongs here: that window. Not here: changes themselves (controller.py), the rows (marks_list.py), what a window does
with a mark (window/marks.py)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base import atomic_file, dates, quotation_marks
from handbook.base.catalogue import N_, ngettext, tr
from handbook.base.errors import HandbookError
from handbook.content.handbook import Handbook
from handbook.marks import file
from handbook.marks.as_markdown import as_markdown
from handbook.marks.model import Mark, by_day, by_place, matching
from handbook.ui.marks.controller import MarksController, taken_in
from handbook.ui.marks.marks_list import ID, MarksList
from handbook.ui.marks.note_dialog import ask_note
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.announce import announce
from handbook.ui.widgets.button_flow import ButtonFlow
from handbook.ui.widgets.choice_field import ChoiceField
from handbook.ui.widgets.dialogs import last_folder, path_to_save, press_by_enter, scroll_whole
from handbook.ui.widgets.line_field import LineField
from handbook.ui.widgets.theme import OPENS

if TYPE_CHECKING:
    import datetime

NARROW = 480  # pixels, in a window of its usual size, below which what stands beside each other goes on below
_LONGEST = 160  # letters of a line
_AT_ONCE = 200  # lines that are made before the window answers again
_KINDS: tuple[tuple[str, Callable[[Mark], bool]], ...] = (
    # Translators: marks of all kinds
    (N_("All kinds"), lambda _: True),
    (N_("Bookmarks"), lambda mark: mark.kind == "bookmark"),
    # Translators: marks: highlighted words
    (N_("Highlights"), lambda mark: mark.kind == "highlight"),
    # Translators: marks that have a note
    (N_("With a note"), lambda mark: bool(mark.note)),
)


class MarkCommand(NamedTuple):
    """Something that the main window does with a mark. label: with & before the letter for the keyboard."""

    label: str
    key: str
    handler: Callable[[Mark], object]


class MarksWindow(QDialog):
    """All marks of the person. Enter opens one; Del takes it away, and Ctrl+Z brings it back."""

    opened = Signal(str)  # the id of the mark to go to

    def __init__(
        self, handbook: Handbook, controller: MarksController, parent: QWidget, commands: Sequence[MarkCommand] = ()
    ) -> None:
        super().__init__(parent)
        self._handbook, self._controller = handbook, controller
        self.setWindowTitle(tr("My marks"))
        self.search = LineField()
        self.search.setPlaceholderText(tr("Search in my marks"))
        self.search.setAccessibleName(tr("Search in my marks"))
        self.search.offer_cross(tr("Clear the search field"))
        # Translators: said by a screen reader: which kinds of marks are listed
        self.kinds = self._choice(tr("Kinds"), [tr(label) for label, _ in _KINDS])
        # Translators: said by a screen reader: in which order marks are listed
        self.order = self._choice(tr("Order"), [tr("By place"), tr("By day")])
        self.list = MarksList()
        self._unsure: deque[tuple[Mark, QListWidgetItem]] = deque()
        self._waiting: deque[Mark] = deque()
        self._kept_choice: set[str] = set()
        self._day: datetime.date | None = None  # of the last heading
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._go_on)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.more = QMenu(self)
        self._fill_more(commands)
        self._lay_out()
        self.search.textChanged.connect(self.refresh)
        self.search.returnPressed.connect(self.list.take_keyboard)
        self.list.opened.connect(self._open)
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.customContextMenuRequested.connect(lambda at: self.more.exec(self.list.viewport().mapToGlobal(at)))
        controller.changed.connect(self.refresh)
        controller.done.connect(self._tell_done)
        for key, handler in (("Del", self._remove), ("Ctrl+Z", controller.undo), ("F2", self._note)):
            QShortcut(QKeySequence(key), self.list, handler, context=Qt.ShortcutContext.WidgetShortcut)
        geometry.resize(self, scale.px(560), scale.px(520))
        self.refresh()
        self.list.take_keyboard()

    def _choice(self, name: str, entries: Sequence[str]) -> ChoiceField:
        box = ChoiceField()
        box.setAccessibleName(name)
        box.addItems(entries)
        box.currentIndexChanged.connect(self.refresh)
        return box

    def _fill_more(self, commands: Sequence[MarkCommand]) -> None:
        """The menu of the button, of the right mouse button and of the menu key; its keys work in the list too."""
        restyle = MarkCommand(tr("In another &way"), "Ctrl+Shift+H", self._controller.restyle)
        for command in (*commands, restyle):
            action = QAction(command.label, self)
            action.setShortcut(QKeySequence(command.key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, handler=command.handler: self._do(handler))
            self.more.addAction(action)
            self.list.addAction(action)
        self._restyle = action

    def _lay_out(self) -> None:
        self._buttons: list[QPushButton] = []
        rows: list[list[QPushButton]] = []
        for names in (
            ((tr("&Open"), self._open, True), (tr("&Note…"), self._note, True),
             (tr("&Take away"), self._remove, True), (tr("&Undo"), self._controller.undo, False)),
            ((tr("&Export as text…"), self._export, False), (tr("&Save a copy…"), self._carry, False),
             (tr("Take &in a file…"), self._take_in, False), (tr("&Close"), self.close, False)),
        ):  # fmt: skip
            row: list[QPushButton] = []
            for label, handler, needs_choice in names:
                button = QPushButton(label)
                button.setAccessibleName(label.replace("&", ""))
                press_by_enter(button)
                button.clicked.connect(lambda _=False, handler=handler: handler())
                row.append(button)
                if needs_choice:
                    self._buttons.append(button)
            rows.append(row)
        self._undo = rows[0][3]
        self._of_all = rows[1][:2]
        rows[0].insert(3, self._more_button())
        column = QVBoxLayout(self)
        margins, gap = column.contentsMargins(), max(0, column.spacing())
        widest = max(sum(one.sizeHint().width() + gap for one in row) for row in rows)  # words of a language are longer
        flows = geometry.is_narrow(self, widest - gap + margins.left() + margins.right())
        top = QVBoxLayout() if geometry.is_narrow(self, scale.px(NARROW)) else QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.kinds)
        top.addWidget(self.order)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.told)
        for row in rows:
            if flows:
                flow = ButtonFlow()
                for button in row:
                    flow.add(button)
                column.addWidget(flow)
            else:
                beside = QHBoxLayout()
                for button in row:
                    beside.addWidget(button)
                column.addLayout(beside)
        self.list.setMinimumHeight(scale.px(90))
        scroll_whole(self)

    def _more_button(self) -> QPushButton:
        # Translators: button: opens a menu of what else can be done with a mark
        button = QPushButton(" ".join((tr("&More"), OPENS)))
        button.setAccessibleName(tr("More"))
        press_by_enter(button)
        button.setMenu(self.more)
        self._buttons.append(button)
        return button

    # -- The list --------------------------------------------------------------------------------------------

    def refresh(self, *_: object) -> None:
        """Show the marks anew, keeping the choice."""
        chosen = {mark.id for mark in self._chosen()}
        is_wanted = _KINDS[self.kinds.currentIndex()][1]
        found = matching(filter(is_wanted, self._controller.marks), self.search.text())
        ordered = (
            by_place(self._handbook, found, self._controller.address)
            if self.order.currentIndex() == 0
            else by_day(found)
        )
        self._unsure.clear()
        self._waiting, self._kept_choice, self._day = deque(ordered), chosen, None
        row = self.list.currentRow()
        with QSignalBlocker(self.list):
            self.list.clear()
        self._fill()
        if chosen.isdisjoint(mark.id for mark in ordered):  # those that were chosen are gone: what stands there now
            self.list.choose_near(row)
        if not self._controller.marks:
            self.told.setText(tr("Nothing is marked yet. Ctrl+D sets a bookmark; select words and press H."))
        elif not found and self.search.text().strip():
            self.told.setText(tr("No mark has “{words}”.").format(words=self.search.text().strip()))
        else:
            self.told.setText(ngettext("{n} mark", "{n} marks", len(found)).format(n=len(found)))
        self._enable()

    def _fill(self) -> None:
        """Show some more of the marks that are not shown yet."""
        with QSignalBlocker(self.list):
            for _ in range(min(_AT_ONCE, len(self._waiting))):
                mark = self._waiting.popleft()
                there = self._controller.is_there(mark, at_once=False)
                item = QListWidgetItem(self._line(mark, there=there is not False))
                if self.order.currentIndex() and mark.made != self._day:
                    self._day = mark.made
                    self.list.add_heading(dates.written(mark.made))
                item.setData(ID, mark.id)
                self.list.addItem(item)
                if mark.id in self._kept_choice:
                    item.setSelected(True)
                if there is None:
                    self._unsure.append((mark, item))
        self._enable()
        if self._waiting or self._unsure:
            self._later.start()

    def _go_on(self) -> None:
        """Show more marks, or find out about one whose words do not stand in its chapter as they were."""
        if self._waiting:
            self._fill()
            return
        if not self._unsure:  # what was asked for is another list by now
            return
        mark, item = self._unsure.popleft()
        if not self._controller.is_there(mark):
            item.setText(self._line(mark, there=False))
        if self._unsure:
            self._later.start()

    def _line(self, mark: Mark, *, there: bool) -> str:
        words = quotation_marks.quoted(_short(mark.quote)) if mark.quote else tr("Bookmark")
        lines = [f"{mark.title} · {words}"]
        if mark.note:
            lines.append(tr("Note: {note}").format(note=_short(mark.note)))
        if not there:
            lines.append(tr("not found any more"))
        return "\n".join(lines)

    def _do(self, handler: Callable[[Mark], object]) -> None:
        for mark in self._chosen()[:1]:
            handler(mark)

    def _chosen(self) -> list[Mark]:
        ids = self.list.chosen()
        return [mark for mark in self._controller.marks if mark.id in ids]

    def _enable(self) -> None:
        chosen = self._chosen()
        for button in self._buttons:
            button.setEnabled(bool(chosen))
        for button in self._of_all:
            button.setEnabled(bool(self._controller.marks))
        self._undo.setEnabled(self._controller.can_undo)
        for action in self.more.actions():
            action.setEnabled(bool(chosen))
        self._restyle.setEnabled(bool(chosen) and chosen[0].kind == "highlight")

    # -- What can be done ------------------------------------------------------------------------------------

    def _open(self) -> None:
        for mark in self._chosen()[:1]:
            if self._controller.is_there(mark):
                self.opened.emit(mark.id)
            else:
                self._tell(tr("Its words are not in the handbook any more. The mark is kept."))

    def _note(self) -> None:
        for mark in self._chosen()[:1]:
            self._controller.edit_note(mark, lambda about, note: ask_note(about, note, self))

    def _remove(self) -> None:
        self._controller.remove({mark.id for mark in self._chosen()})

    def _export(self) -> None:
        path = path_to_save(self, tr("Export as text"), last_folder("") / "marks.md", tr("Markdown (*.md)"))
        # Translators: what a mark is: highlighted words
        labels = {"bookmark": tr("Bookmark"), "highlight": tr("Highlighted"), "note": tr("Note")}
        controller = self._controller
        text = as_markdown(self._handbook, controller.marks, tr("My marks"), labels, controller.address)
        self._write(path, text.encode())

    def _carry(self) -> None:
        path = path_to_save(self, tr("Save a copy"), last_folder("") / "marks.json", tr("Marks (*.json)"))
        self._write(path, file.encoded(self._controller.marks))

    def _write(self, path: Path | None, data: bytes) -> None:
        if path is None:
            return
        try:
            atomic_file.save(data, path)
        except HandbookError as exc:
            self._tell(str(exc))
        else:
            self._tell(tr("Saved: {name}").format(name=path.name))

    def _take_in(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Take in a file"), str(last_folder("")), tr("Marks (*.json)"))
        if not name:
            return
        try:
            count = self._controller.take_in(Path(name))
        except HandbookError as exc:
            self._tell(str(exc))
        else:
            self._tell(taken_in(count))

    def _tell_done(self, what: str) -> None:
        self._tell(tr("{what} Ctrl+Z in the list undoes it.").format(what=what))

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        if self.isActiveWindow():  # else the main window says what was done there
            announce(self, words)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
