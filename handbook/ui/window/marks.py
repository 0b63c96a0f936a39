"""The person's marks in the main window: what its commands, its search and its menus do with them.

Belongs here: what the window does with a mark; which marks others may have now. Not here: changing and keeping marks
(marks/controller.py), the list of them (marks/marks_window.py).

It is made when the first page has been painted if there are marks, else when one is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from handbook.base.catalogue import tr
from handbook.content import markup
from handbook.content.chapter import Chapter
from handbook.marks.model import Mark
from handbook.ui import settings
from handbook.ui.marks.as_hits import MarksAsHits
from handbook.ui.marks.controller import MarksController
from handbook.ui.marks.marks_window import MarkCommand, MarksWindow
from handbook.ui.marks.note_dialog import ask_note
from handbook.ui.reading.page_source import chapter_tree
from handbook.ui.widgets import dialogs
from handbook.ui.window.menus import name_target
from handbook.ui.window.shared import Shared


class Ways(NamedTuple):
    """What the window does with words and sections.

    target: gives the address that commands act on, "" for none. chapter: the id of the chapter in view.
    open: goes to an address. copy: copies words of the section at an address, with their source.
    add: adds an address to the workshop. show_words, show: shows words, or what is at an address, to the group.
    looked_on: may a group see this screen now?"""

    target: Callable[[], str]
    chapter: Callable[[], str]
    open: Callable[[str], object]
    copy: Callable[[str, str], object]
    add: Callable[[str], object]
    show_words: Callable[[str, str], object]
    show: Callable[[str], object]
    looked_on: Callable[[], bool]


class WindowMarks(QObject):
    """The marks of a main window."""

    said = Signal(str, int)  # a line for the status bar, and for how many milliseconds

    def __init__(self, shared: Shared, ways: Ways) -> None:
        super().__init__(shared.window)
        self._window, self._handbook, self._reader = shared.window, shared.navigation.handbook, shared.reader
        self._store, self._ways = shared.store, ways
        kept = self._store.read(settings.KEEP_MARKS)

        def words_of(chapter: Chapter) -> str:
            return markup.words_of(chapter_tree(self._handbook.of(chapter.id), chapter, shared.parsed))

        self.controller = MarksController(self._handbook, self._reader, shared.paths.data, words_of, kept=kept)
        self.controller.changed.connect(self.show_on_page)
        self.controller.said.connect(self.said)
        self.controller.done.connect(self._tell_done)
        self.list: MarksWindow | None = None  # when it was first wanted

    def _tell_done(self, what: str) -> None:
        if self.list is None or not self.list.isActiveWindow():  # which tells of it itself, and how to undo it
            self.said.emit(what, 4000)

    def show_on_page(self) -> None:
        """Show the marks of the page in view."""
        self.controller.show_on_page(self._ways.chapter())

    # -- Commands --------------------------------------------------------------------------------------------

    def bookmark(self) -> None:
        """Bookmark the section that commands act on, or take its bookmark away."""
        self.controller.bookmark(self._ways.target())

    def highlight(self) -> None:
        """Highlight the selected words."""
        self.controller.highlight(self._ways.target())

    def note(self) -> None:
        """Write a note to the selected words, or to the section that commands act on."""
        self.controller.note(self._ways.target(), lambda about, note: ask_note(about, note, self._window))

    def show_list(self) -> None:
        """Show the list of all marks, beside the page."""
        if self.list is None:
            self.list = MarksWindow(self._handbook, self.controller, self._window, self._commands)
            self.list.opened.connect(self._open)
        self.list.show()
        self.list.raise_()
        self.list.activateWindow()

    def keep(self, *, kept: bool) -> None:
        """Keep marks on this computer from now on, or not."""
        self._store.write(settings.KEEP_MARKS, kept)
        self.controller.keep(kept=kept)
        self.said.emit(
            tr("Your marks are kept on this computer.")
            if kept
            else tr("Your marks are not kept: they last until the window is closed."),
            5000,
        )

    def may_close(self) -> bool:
        """Write what is not written yet; where that fails, ask whether the window is closed without it."""
        why = self.controller.save_now()
        lost = tr("Without saving they are lost.")
        return not why or dialogs.ask(self._window, tr("Not saved yet"), f"{why}\n\n{lost}", tr("&Don't save"))

    # -- The search ------------------------------------------------------------------------------------------

    def findable(self) -> MarksAsHits | None:
        """The marks that the search may find: none while something is shown to a group, who may see this screen."""
        there = self._store.read(settings.FIND_MARKS) and not self._ways.looked_on()
        return self.controller.as_hits if there and self.controller.marks else None

    def open_found(self, id_: str) -> None:
        """Go to the words of a mark that was found; the keyboard stays in the search."""
        mark = self.controller.with_id(id_)
        if mark is None or not self.controller.is_there(mark):
            self.said.emit(tr("Its words are not in the handbook any more. The mark is kept."), 6000)
            return
        self._go_to(mark)

    def _open(self, id_: str) -> None:
        mark = self.controller.with_id(id_)
        if mark is not None:
            self._go_to(mark)
        self._window.activateWindow()
        self._reader.setFocus()

    def _go_to(self, mark: Mark) -> None:
        """Go to a mark; its words are selected, so that commands act on them."""
        self._ways.open(self.controller.address(mark))
        self.controller.go_to(mark)

    # -- What can be done with one ---------------------------------------------------------------------------

    @property
    def _commands(self) -> tuple[MarkCommand, ...]:
        return (
            MarkCommand(tr("Copy with s&ource"), "Ctrl+Shift+C", self.copy),
            MarkCommand(tr("&Add to the workshop"), "Ctrl+Shift+A", self.add),
            MarkCommand(tr("S&how to the room"), "F5", self.show),
        )

    def copy(self, mark: Mark) -> None:
        """Copy the words of a mark, or the title of its section, with their source."""
        self._ways.copy(mark.quote, self.controller.address(mark))

    def add(self, mark: Mark) -> None:
        """Add the section of a mark to the workshop."""
        if self._is_there(mark):
            self._ways.add(self.controller.address(mark))

    def show(self, mark: Mark) -> None:
        """Show the words of a mark, or its section, to the group; never its note."""
        if self._is_there(mark):
            if mark.quote:
                self._ways.show_words(mark.quote, self.controller.address(mark))
            else:
                self._ways.show(self.controller.address(mark))

    def _is_there(self, mark: Mark) -> bool:
        there = self._handbook.find(self.controller.address(mark)) is not None
        if not there:
            self.said.emit(tr("Its section is not in the handbook any more. The mark is kept."), 6000)
        return there

    def fill_menu(self, menu: QMenu, id_: str) -> None:
        """Offer in a menu of the page what can be done with the mark that it was opened on."""
        mark = self.controller.with_id(id_)
        if mark is None:
            return
        own = QMenu(menu)
        name_target(own.menuAction(), tr("&Marked: {title}"), mark.quote)
        for label, _, handler in self._commands:
            own.addAction(label).triggered.connect(lambda _=False, handler=handler: handler(mark))
        own.addSeparator()
        for label, handler in (
            (tr("Write a no&te…"), self._edit),
            (tr("In another &way"), self.controller.restyle),
            (tr("&Take away"), lambda mark: self.controller.remove({mark.id})),
        ):
            own.addAction(label).triggered.connect(lambda _=False, handler=handler: handler(mark))
        menu.addMenu(own)
        menu.addSeparator()

    def _edit(self, mark: Mark) -> None:
        self.controller.edit_note(mark, lambda about, note: ask_note(about, note, self._window))
