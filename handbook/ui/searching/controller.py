"""Searching, from a letter in the field to an open hit: who is asked, which answer is shown, what Enter does.

Belongs here: field, chips, list of hits, search thread, and how they work together. Not here: which index
answers (finder.py), how hits look (hits_panel.py), what is marked on the page (matches.py)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from handbook.base.catalogue import tr
from handbook.base.paths import Paths, out_of_reach
from handbook.base.system_errors import reason_of
from handbook.content.address import Address, library_name
from handbook.content.handbook import Handbook
from handbook.ui import settings
from handbook.ui.reading.matches import Matches
from handbook.ui.searching import query_text
from handbook.ui.searching.every_handbook import EveryHandbook
from handbook.ui.searching.finder import MOST_HITS, Finder, OwnMarks, Question
from handbook.ui.searching.recent import RecentQueries
from handbook.ui.searching.search_field import SearchField
from handbook.ui.widgets.bars import BusyBar
from handbook.ui.widgets.theme import Theme
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

if TYPE_CHECKING:
    from handbook.search.results import Answer
    from handbook.ui.searching.chips import ChipBar
    from handbook.ui.searching.hits_panel import HitsPanel

PAUSE = 800  # milliseconds without a letter, after which a screen reader is told what was found
REST = 120  # milliseconds without a letter, after which the hits below those in view are fetched
LINGER = 200  # milliseconds that the chips stay when the keyboard has left them, so that a click on one still hits it


class SearchController(QObject):
    """The search of one window, which places `field`, `busy` and, when they are made, hits and chips.

    hit_actions:    what can be done with the chosen hit, for the list's menu; set by the window.
    recent_actions: what can be done with the last searches, for the menu that offers them; set by the window.
    own_marks:      gives the person's marks as they are now, None while they are not to be found; set by the window."""

    hits_made = Signal(QWidget)  # the list, when it is first wanted: place it
    chips_made = Signal(QWidget)
    opened = Signal(str)  # the address of a hit: go there
    mark_opened = Signal(str)  # the id of a mark: go to its words
    hits_wanted = Signal(bool)  # show the hits, or what stood in their place before
    hits_there = Signal(bool)  # is there a hit to do something with? Again when another one is chosen
    left = Signal()  # searching is over: back to the page
    said = Signal(str, int)  # a line for the status bar, and for how many milliseconds
    told = Signal(str)  # a sentence for the person to put away; from the search thread
    _building = Signal(bool)  # from the search thread: an index is being made

    def __init__(self, handbook: Handbook, paths: Paths, store: settings.Store, theme: Theme, matches: Matches) -> None:
        super().__init__(matches)
        self._handbook, self._theme, self._matches, self._store = handbook, theme, matches, store
        self.field = SearchField()
        self.busy = BusyBar()
        self.recent = RecentQueries(store)
        self.hit_actions: Sequence[QAction] = ()
        self.recent_actions: Sequence[QAction] = ()
        self.own_marks: Callable[[], OwnMarks | None] = lambda: None
        self._answer: Answer | None = None  # in the list
        self._asked = Question("")  # whose answer is in the list
        self._open_soon = False  # Enter was pressed before the answer came
        self._correct = True  # may the words in the field be corrected?
        self._chapter = ("", "")  # id and title of the chapter in view
        self._walk: tuple[str, ...] = ()  # hits of the query whose words are marked: F3 goes through their pages
        self.every = EveryHandbook(handbook, paths, self.told.emit, self._building.emit, self)
        self._runner: LatestOnlyWorker[Question, Answer | None] = LatestOnlyWorker(
            "search", self._find, self._show_answer, self._failed
        )
        self._building_soon = self._timer(400)  # a build of a moment is not worth a flicker
        self._rest = self._timer(REST)
        self.pause = self._timer(PAUSE)
        self._linger = self._timer(LINGER)
        self._connect()

    def _timer(self, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        return made

    def _connect(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.entered.connect(self._entered)
        self.field.moved.connect(self._step)
        self.field.opened.connect(self._open_from_field)
        self.field.escaped.connect(self.leave)
        self.busy.cancelled.connect(self._runner.drop)  # a query that waits would begin the work again
        self.busy.cancelled.connect(lambda: self.finder.stop())  # noqa: PLW0108 - of the handbook that is read then
        self.every.changed.connect(self._show_preparing)
        self.every.ready.connect(self._ask_again)
        self._matches.beyond = self._to_page
        self._building.connect(self._show_building)
        self._building_soon.timeout.connect(lambda: self.busy.begin(tr("Making the search index…")))
        self._rest.timeout.connect(self._fetch_rest)
        self.pause.timeout.connect(self._announce)
        self._linger.timeout.connect(self._put_chips_away)

    @property
    def finder(self) -> Finder:
        """Answers questions about the handbook that is read, of others too, from their threads."""
        return self.every.current

    def turn_to(self, handbook: Handbook) -> None:
        """Another handbook is being read; the hits stay."""
        self._handbook = handbook
        self.every.turn_to(handbook)
        chips = self.__dict__.pop("chips", None)
        if chips is not None:
            shown = not chips.isHidden()
            self._disconnect(chips)
            chips.hide()
            chips.deleteLater()
            self.chips.show_query(self.field.text())
            self._offer_handbooks()
            self.chips.setVisible(shown)

    @cached_property
    def hits(self) -> HitsPanel:
        """The list of hits, with what is said about it."""
        from handbook.ui.searching.hits_panel import HitsPanel

        panel = HitsPanel(self._theme)
        panel.opened.connect(self.open_hit)
        panel.escaped.connect(self.leave)
        panel.query_wanted.connect(self.ask)
        panel.as_typed_wanted.connect(self._as_typed)
        panel.all_wanted.connect(lambda: self.search_all(wanted=True))
        panel.list.hit_actions = self.hit_actions
        panel.list.selectionModel().currentChanged.connect(lambda *_: self.hits_there.emit(self.found))
        self.hits_made.emit(panel)
        QWidget.setTabOrder(self.chips.exact, panel.as_typed)
        QWidget.setTabOrder(panel.as_typed, panel.list)
        return panel

    @cached_property
    def chips(self) -> ChipBar:
        """The chips under the field."""
        from handbook.ui.searching.chips import ChipBar

        bar = ChipBar(self._handbook, self._theme)
        bar.changed.connect(self.ask)
        bar.recent_wanted.connect(self.offer_recent)
        bar.show_chapter(*self._chapter)
        bar.offer_recent(there=bool(self.recent.queries))
        bar.all_wanted.connect(self.search_all)
        self.chips_made.emit(bar)
        QWidget.setTabOrder(self.field, bar.exact)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keyboard_moved)
        return bar

    @property
    def waiting(self) -> bool:
        """Is an answer still to come, or a part of it?"""
        return self._runner.busy or self._rest.isActive() or (self._every and self.every.busy)

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

    def enter_here(self) -> None:
        """Search in the chapter in view only, or again in all; the words that were typed stay."""
        chapter, _ = self._chapter
        scope = "" if query_text.scope_of(self.field.text()) == chapter else chapter
        self.ask(query_text.with_scope(self.field.text(), scope))
        self._show_chips()

    def ask(self, query: str) -> None:
        """Search for a query that was put together by mouse; the keyboard goes to its end, or between its quotes."""
        self.field.setText(query)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setCursorPosition(len(query) - query.endswith('""'))

    def leave(self) -> None:
        """Esc: put hits, marks and the find bar away and go back to reading."""
        self._runner.drop()
        self.field.clear()  # with its signal: by that the button in it goes
        self._matches.hide_find()
        self._no_query()
        self.left.emit()
        self._put_chips_away()

    def _entered(self) -> None:
        self._start()  # without words, this prepares the index
        self.every.look()
        if self._every:
            self.every.prepare()
        self._show_chips()
        self._offer_handbooks()
        self.chips.offer_marks(there=self.own_marks() is not None)

    def _start(self) -> None:
        self._rest.stop()
        most = min(MOST_HITS, self.hits.list.rows_in_view) if self.field.text().strip() else 0
        own = self.own_marks()
        self._runner.start(Question(self.field.text(), correct=self._correct, most=most, every=self._every, own=own))

    def _typed(self, text: str) -> None:
        self._correct, self._open_soon = True, False
        if text.strip():
            self._start()
        else:
            self._runner.drop()
            self._no_query()
        if "chips" in self.__dict__:
            self.chips.show_query(text)

    def _no_query(self) -> None:
        self._answer, self._walk, self._open_soon = None, (), False
        self._rest.stop()
        self.pause.stop()
        self._matches.clear()
        self.hits_wanted.emit(False)
        self.hits_there.emit(False)
        if "chips" in self.__dict__:
            self.chips.show_query(self.field.text())
            self.chips.show_counts(None)

    def _as_typed(self) -> None:
        """Search for the very words in the field."""
        self._correct = False
        self._start()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, rows: int) -> None:
        if not self.field.text().strip():
            if rows > 0:
                self.offer_recent()
        else:
            self.hits.step(rows)
            self._tell_chosen()

    def _tell_chosen(self) -> None:
        """Have the hit read out that the arrow keys came to: the keyboard itself stays in the field."""
        from handbook.ui.widgets.announce import announce

        self.pause.stop()  # how many there are is known by now
        if self.hits.current() is not None:
            announce(self.field, self.hits.spoken_hit)

    # -- All handbooks, or the one being read --------------------------------------------------------------------

    @property
    def _every(self) -> bool:
        return bool(self.every.others) and self._store.read(settings.ALL_HANDBOOKS)

    def search_all(self, wanted: bool) -> None:
        """Search in all handbooks from now on, or in the one being read alone."""
        self._store.write(settings.ALL_HANDBOOKS, wanted)
        if wanted:
            self.every.prepare()
        else:
            self.every.stop()
        self._offer_handbooks()
        if wanted and query_text.scope_of(self.field.text()):
            self.ask(query_text.with_scope(self.field.text(), ""))
        elif self.field.text().strip():
            self._start()
        self._show_preparing()

    def _offer_handbooks(self) -> None:
        if "chips" in self.__dict__:
            self.chips.offer_handbooks(there=bool(self.every.others), every=self._every)

    def _ask_again(self) -> None:
        """Another handbook can be asked now."""
        if self._every and self.field.text().strip():
            self._start()
        self._show_preparing()

    def _show_preparing(self) -> None:
        if "hits" in self.__dict__:
            self.hits.show_preparing(self.every.said if self._every else "")

    def marks_changed(self) -> None:
        """The person's marks, or whether they may be found, have changed: search again if they are listed."""
        if "chips" in self.__dict__:
            self.chips.offer_marks(there=self.own_marks() is not None)
            if query_text.scope_of(self.field.text()) == query_text.MARKS:
                self._start()

    # -- Answers -----------------------------------------------------------------------------------------------

    def _show_answer(self, question: Question, answer: Answer | None) -> None:
        if question.rebuild and answer is not None:
            self.said.emit(tr("The search index has been made anew."), 5000)
        if answer is None or not question.words.strip():
            return
        more = question.words == self._asked.words and question.most > self._asked.most
        self._answer, self._asked = answer, question
        self.hits.offers_all = bool(self.every.others) and not self._every
        self.hits.show_answer(answer, MOST_HITS)
        self._show_preparing()
        self._show_hits()
        self.hits_there.emit(bool(self.hits.hits))
        self._show_chips()
        self.chips.offer_marks(there=question.own is not None)
        self.chips.show_counts(dict(answer.counts))
        if self._open_soon:
            self._open_soon = False
            self.hits.open_current()
        if question.most < min(MOST_HITS, answer.total):
            self._rest.start()
        if not more:
            self.pause.start()
        elif not self.pause.isActive():
            self.hits.typing_paused()

    def _find(self, question: Question, stale: Stale) -> Answer | None:
        """In the search thread: ask the handbooks, or the marks alone; a handbook's answer counts the marks too."""
        own, words = question.own, query_text.with_scope(question.words, "")
        if own is not None and not question.rebuild and query_text.scope_of(question.words) == query_text.MARKS:
            return own.answer(words, question.most)
        answer = self.every.answer(question, stale)
        if own is None or answer is None:
            return answer
        return answer._replace(counts=(*answer.counts, (query_text.MARKS, own.count(words))))

    def _fetch_rest(self) -> None:
        """Typing has paused: fetch the hits that are not in view."""
        self._runner.start(self._asked._replace(most=MOST_HITS, rebuild=False))

    def _show_hits(self) -> None:
        _ = self.hits  # the window can only show what has been made
        self.hits_wanted.emit(True)

    def _failed(self, question: Question, error: Exception) -> None:
        self.busy.end()
        self._answer, self._open_soon = None, False
        self._show_hits()
        self.hits_there.emit(False)
        if out_of_reach():
            raise error  # what to do then says the crash handler, better than the name of what was missing first
        self.hits.say(tr("Search failed: {error}").format(error=reason_of(error)))

    def _announce(self) -> None:
        from handbook.ui.widgets.announce import announce

        if self._answer is not None:
            self.hits.typing_paused()
            announce(self.field, self.hits.spoken)

    # -- Opening -----------------------------------------------------------------------------------------------

    def _open_from_field(self) -> None:
        """Enter: open the chosen hit, also when it was typed faster than the answer came."""
        words = self.field.text()
        if not words.strip():
            return
        if self._answer is not None and (self._asked.words, self._asked.correct) == (words, self._correct):
            self.hits.open_current()
        else:
            self._open_soon = self._runner.busy

    def open_hit(self, address: str) -> None:
        """Open a hit: go there, mark the query's words, stand on the first in its passage. The keyboard stays."""
        if self._answer is None:
            return
        chosen = self.hits.current()
        if chosen is not None and chosen.own and chosen.address == address:
            self._walk = ()
            self.mark_opened.emit(chosen.own)
            return
        self.recent.add(self.field.text())
        if "chips" in self.__dict__:
            self.chips.offer_recent(there=bool(self.recent.queries))
        self._expect(address)
        self._walk = tuple(hit.address for hit in self.hits.hits)
        self.opened.emit(address)
        hit = next((hit for hit in self.hits.hits if hit.address == address), None)
        passage = hit.snippet if hit is not None and hit.marks else ""
        self._matches.stand_on_first(Address.parse(address).anchor, passage)

    def _expect(self, address: str) -> None:
        """Have the page of a hit marked with what the words matched in its handbook."""
        from handbook.search.index import matcher

        if self._answer is not None:
            found = dict(self._answer.found_in).get(library_name(address), self._answer)
            self._matches.expect(matcher(found.matching))

    def _to_page(self, way: int) -> bool:
        """F3 at the end of a page: to the next one that has hits, in their order; False if there is no other."""
        if not self._walk:
            if self.found and not self._runner.busy:
                self.hits.open_current()
                return True
            return False
        first: dict[str, str] = {}  # chapter → its best hit
        for address in self._walk:
            first.setdefault(Address.parse(address).chapter, address)
        pages, here = list(first), self._chapter[0]
        if pages == [here]:
            return False
        outside = -1 if way > 0 else len(pages)
        following = (pages.index(here) if here in pages else outside) + way
        address = first[pages[following % len(pages)]]
        self._expect(address)
        self.opened.emit(address)
        self.hits.choose(address)
        self._matches.stand_at_end(way)
        if following not in range(len(pages)):
            self.said.emit(tr("All pages with hits seen: round to the other end."), 6000)
        return True

    # -- Chips and the last searches ---------------------------------------------------------------------------

    def show_chapter(self, chapter: str, title: str) -> None:
        """Another chapter is in view; "" if the page is no chapter."""
        if self._chapter != (chapter, title):
            self._chapter = (chapter, title)
            if "chips" in self.__dict__:
                self.chips.show_chapter(chapter, title)

    def _show_chips(self) -> None:
        self._linger.stop()
        if self.chips.isHidden():
            self.chips.show()

    def _chips_wanted(self) -> bool:
        focus = QApplication.focusWidget()
        return bool(self.field.text().strip()) or focus is self.field or self.chips.isAncestorOf(focus or self.field)

    def _keyboard_moved(self) -> None:
        # It may only have gone to a menu and back: whether the chips are wanted is asked again after LINGER.
        if self.chips.isVisible() and not self._chips_wanted():
            self._linger.start()

    def _put_chips_away(self) -> None:
        """Hide the chips when nobody needs them, but not under a mouse button: what is clicked would move away."""
        if "chips" not in self.__dict__ or self._chips_wanted():
            return
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._linger.start()
        else:
            self.chips.hide()

    def offer_recent(self) -> None:
        """Offer the last searches in a menu under the field."""
        queries = self.recent.queries
        if not queries:
            return
        menu = QMenu(self.field)
        menu.setAccessibleName(tr("Last searches"))
        for query in queries:
            menu.addAction(query.replace("&", "&&")).triggered.connect(lambda _=False, query=query: self.ask(query))
        menu.addSeparator()
        menu.addActions(list(self.recent_actions))
        menu.setMinimumWidth(min(self.field.width(), 480))
        menu.setActiveAction(menu.actions()[0])
        menu.exec(self.field.mapToGlobal(QPoint(0, self.field.height())))
        menu.deleteLater()

    def clear_recent(self) -> None:
        """Forget the last searches."""
        self.recent.clear()
        self._recent_changed()
        self.said.emit(tr("The last searches are forgotten."), 4000)

    def keep_recent(self, *, wanted: bool) -> None:
        """Keep the last searches when the window is closed from now on, or only as long as it is open."""
        self.recent.keep(wanted=wanted)
        self._recent_changed()
        kept = tr("The last searches are kept when you close the window.")
        gone = tr("The last searches are forgotten. New ones are kept until you close the window.")
        self.said.emit(kept if wanted else gone, 6000)

    def forget(self) -> None:
        """What is stored was cleared: keep nothing more in this window."""
        self.recent.stop()
        self._recent_changed()

    def _recent_changed(self) -> None:
        if "chips" in self.__dict__:
            self.chips.offer_recent(there=bool(self.recent.queries))

    # -- The index ---------------------------------------------------------------------------------------------

    def rebuild_index(self) -> None:
        """Make the search index anew."""
        self.said.emit(tr("Making the search index…"), 3000)
        self._runner.start(Question(self.field.text(), rebuild=True, correct=self._correct))

    def _show_building(self, under_way: bool) -> None:
        if under_way:
            self._building_soon.start()
        else:
            self._building_soon.stop()
            self.busy.end()

    # -- The window --------------------------------------------------------------------------------------------

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for name in ("hits", "chips"):
            if name in self.__dict__:
                self.__dict__[name].restyle(theme)

    def close(self) -> None:
        """Let go of the thread and of the index; call before the widgets go."""
        if "chips" in self.__dict__:
            self._disconnect(self.chips)  # as it closes, the keyboard goes from widget to widget
        self.finder.stop()
        self._runner.close()
        self.every.close()

    def _disconnect(self, chips: ChipBar) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._keyboard_moved)
