"""Searching, from a letter in the field to an open hit: who is asked, which answer is shown, what Enter does.

Belongs here: field, list of hits, search thread, and how they work together. Not here: which index answers
(finder.py), how hits look (hits_panel.py), what is marked on the page (matches.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from handbook.content import Address, Handbook
from handbook.places import Places
from handbook.ui.background import Newest
from handbook.ui.bars import BusyBar
from handbook.ui.finder import Finder, Question
from handbook.ui.matches import Matches
from handbook.ui.search_field import SearchField
from handbook.ui.theme import Theme

if TYPE_CHECKING:
    from handbook.search import Answer
    from handbook.ui.hits_panel import HitsPanel


class Searching(QObject):
    """The search of one window, which places `field`, `busy` and, when they are made, the hits.

    place_hits: puts the list of hits into the window when it is made, which is when it is first wanted."""

    opened = Signal(str)  # the address of a hit: go there
    hits_wanted = Signal(bool)  # show the hits, or what stood in their place before
    left = Signal()  # searching is over: back to the page
    said = Signal(str, int)  # a line for the status bar, and for how many milliseconds
    told = Signal(str)  # a sentence for the person to put away; from the search thread
    _building = Signal(bool)  # from the search thread: an index is being made

    def __init__(
        self,
        handbook: Handbook,
        places: Places,
        theme: Theme,
        matches: Matches,
        place_hits: Callable[[QWidget], object],
    ) -> None:
        super().__init__(matches)
        self._theme, self._matches, self._place_hits = theme, matches, place_hits
        self.field = SearchField()
        self.busy = BusyBar()
        self._finder = Finder(handbook, places, self.told.emit, self._building.emit)
        self._runner: Newest[Question, Answer | None] = Newest(
            "search", self._finder.answer, self._show_answer, self._failed
        )
        self._building_soon = QTimer(self)
        self._building_soon.setSingleShot(True)
        self._building_soon.setInterval(400)
        self._connect()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.entered.connect(lambda: self._runner.start(Question(self.field.text())))
        self.field.moved.connect(self._step)
        self.field.opened.connect(self._open_from_field)
        self.field.escaped.connect(self.leave)
        self.busy.cancelled.connect(self._runner.drop)  # a question that waits would begin anew
        self.busy.cancelled.connect(self._finder.stop)
        self._building.connect(self._show_building)
        self._building_soon.timeout.connect(lambda: self.busy.begin(self.tr("Making the search index…")))

    @cached_property
    def hits(self) -> HitsPanel:
        """The list of hits."""
        from handbook.ui.hits_panel import HitsPanel

        panel = HitsPanel(self._theme)
        panel.opened.connect(self.open_hit)
        panel.escaped.connect(self.leave)
        self._place_hits(panel)
        return panel

    @property
    def waiting(self) -> bool:
        """Is an answer still to come?"""
        return self._runner.busy

    @property
    def found(self) -> bool:
        """Is there a hit in the list?"""
        return "hits" in self.__dict__ and self.hits.current() is not None

    # -- Typing ------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Put the keyboard into the search field; the words there are ready to type over."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if self.field.text().strip():
            self._show_hits()

    def leave(self) -> None:
        """Esc: put hits, marks and the find bar away and go back to reading."""
        self._runner.drop()
        with QSignalBlocker(self.field):
            self.field.clear()
        self._matches.hide_find()
        self._matches.mark_query("")
        self.hits_wanted.emit(False)
        self.left.emit()

    def _typed(self, text: str) -> None:
        if text.strip():
            self._runner.start(Question(text))
        else:
            self._runner.drop()
            self.hits_wanted.emit(False)
            self._matches.mark_query("")

    def _step(self, rows: int) -> None:
        self.hits.step(rows)

    def _show_answer(self, question: Question, answer: Answer | None) -> None:
        if answer is None or not question.words.strip():
            return
        self.hits.show_hits(answer.hits)
        self._show_hits()

    def _show_hits(self) -> None:
        _ = self.hits  # the window can only show what has been made
        self.hits_wanted.emit(True)

    def _failed(self, question: Question, error: Exception) -> None:
        self.busy.end()
        self._show_hits()
        self.hits.show_hits(())
        self.hits.say(self.tr("Search failed: {error}").format(error=error))

    # -- Opening -----------------------------------------------------------------------------------------------

    def _open_from_field(self) -> None:
        """Enter: open the chosen hit, also when it was typed faster than the answer came."""
        if self._runner.busy:
            QTimer.singleShot(15, self._open_from_field)
        elif self.field.text().strip():
            self.hits.open_current()

    def open_hit(self, address: str) -> None:
        """Open a hit: go there, mark the query's words, stand on the first of them. The keyboard stays."""
        self._matches.mark_query(self.field.text())
        self._matches.hide_find()
        self.opened.emit(address)
        self._matches.stand_on_first(Address.parse(address).anchor)

    # -- The index ---------------------------------------------------------------------------------------------

    def rebuild_index(self) -> None:
        """Make the search index anew."""
        self.said.emit(self.tr("Making the search index…"), 3000)
        self._runner.start(Question(self.field.text(), rebuild=True))

    def _show_building(self, under_way: bool) -> None:
        if under_way:
            self._building_soon.start()  # a build of a moment is not worth a flicker
        else:
            self._building_soon.stop()
            self.busy.end()

    # -- The window --------------------------------------------------------------------------------------------

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        if "hits" in self.__dict__:
            self.hits.restyle(theme)

    def close(self) -> None:
        """Let go of the thread and of the index; call before the widgets go."""
        self._finder.stop()
        self._runner.close()
        self._finder.close()
