"""The main window: puts the panels together, and connects them.

Belongs here: which part tells which other one, what follows the place that is read, opening and closing. Not here: what
commands do (window/), how any panel does its part, and searching (searching/controller.py, reading/matches.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import tr
from handbook.base.paths import Paths
from handbook.content.address import Address, library_name
from handbook.content.handbook import Handbook
from handbook.content.parse_cache import Parsed
from handbook.ui import settings
from handbook.ui.help.language import LanguageMenu
from handbook.ui.help.term_languages import TermLanguages
from handbook.ui.reading.contents_panel import ContentsPanel
from handbook.ui.reading.matches import Matches
from handbook.ui.reading.reader import Reader
from handbook.ui.reading.shown import Shown
from handbook.ui.searching.controller import SearchController
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.bars import DoneBar, NoticeBar, PathBar
from handbook.ui.widgets.columns import Columns
from handbook.ui.widgets.messages import Messages
from handbook.ui.window import stored, target_menus
from handbook.ui.window.beside import Beside
from handbook.ui.window.clearing import Clearing
from handbook.ui.window.dialogs import Dialogs
from handbook.ui.window.late_marks import LateMarks
from handbook.ui.window.left_column import LeftColumn
from handbook.ui.window.links import Links
from handbook.ui.window.look_commands import LookCommands
from handbook.ui.window.looks import Looks
from handbook.ui.window.menus import make_actions
from handbook.ui.window.navigation import Navigation
from handbook.ui.window.outputs import Outputs
from handbook.ui.window.page_commands import PageCommands
from handbook.ui.window.shared import Shared
from handbook.ui.window.showing import Showing
from handbook.ui.window.start_notices import StartNotices
from handbook.ui.window.start_ways import StartWays
from handbook.ui.window.tool_bar import ToolBar, WordsMenu
from handbook.ui.workshop.dock import WorkshopDock

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent

    from handbook.ui.library.drops import Drops
    from handbook.ui.library.writing import Writing
    from handbook.ui.marks.controller import MarksController
    from handbook.ui.widgets.colours import Theme
    from handbook.ui.window.marks import WindowMarks

KEPT_AGAIN = 20_000  # ms after which it is written down where the person is, if that has changed
ADDED = 12_000  # ms that the Undo button is shown after something was added to the workshop


class MainWindow(QMainWindow):
    """One handbook in one window."""

    def __init__(self, handbook: Handbook, paths: Paths, store: settings.Store, address: str = "") -> None:
        super().__init__()
        self.paths, self.store = paths, store
        self._parsed = Parsed(paths.index)
        self._workshop_title = ""  # of the one that is open
        self.looks = Looks(store, self)
        self._actions: dict[str, QAction] = {}  # by the names of the commands; parts have it before it is filled
        self._make_widgets(handbook)
        self._make_commands()
        self._connect()
        self.looks.dress()
        self._restore(address)
        self._notices = StartNotices(self, handbook, store, self.notice, faults=self.writing is None)
        self._tidying = stored.Tidying(paths, store)
        # Not only as the window closes: when the computer is shut down, no window is asked to.
        self._keeping = QTimer(self, interval=KEPT_AGAIN)
        self._keeping.timeout.connect(self._keep_again)
        self._keeping.start()
        QTimer.singleShot(500, self, lambda: self._tidying.start())  # noqa: PLW0108 - Qt holds no reference to a method
        # Not by a timer of 0 ms: that is over before a display has asked for the first painting.
        self.reader.painted.connect(self.late_marks.show_on_page, Qt.ConnectionType.QueuedConnection)

    # -- Putting together ------------------------------------------------------------------------------------

    def _make_widgets(self, handbook: Handbook) -> None:
        self.messages = Messages(self.statusBar())
        self.reader = Reader(self._theme, self.looks.page_points, self.looks.page)
        self.navigation = Navigation(self, handbook, self.reader, self._parsed, self.messages, self._start_page)
        self.left = LeftColumn(handbook, lambda: self._theme, lambda: self._split, self._actions)
        self.path = PathBar(self._theme)
        self.notice = NoticeBar()
        middle = QWidget()
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.writing = self._make_writing()
        above = [self.path, self.notice, *([self.writing.bar] if self.writing is not None else [])]
        for widget in (*above, self.reader):
            self._column.addWidget(widget, 1 if widget is self.reader else 0)
        self.matches = Matches(self.reader)
        self.searching = SearchController(handbook, self.paths, self.store, self._theme, self.matches)
        self._split = Columns(self.left, middle, self.reader.readable_width)
        self.workshop = WorkshopDock(
            handbook, self.paths, self.store, self._split, lambda: self.target, lambda: self.outputs.typesetter
        )
        self._make_parts(handbook)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._make_top_bar())
        rows.addWidget(self._split, 1)
        self.setCentralWidget(whole)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().raise_()  # a screen reader goes through the parts in this order: the page is before it
        self.done = DoneBar()
        self.statusBar().addWidget(self.done, 1)
        self.done.hide()  # or Qt shows it by itself when a message has ended
        self.statusBar().addPermanentWidget(self.searching.busy)
        self._fit_status_bar()
        self.setWindowTitle(handbook.manifest.title)

    def _make_parts(self, handbook: Handbook) -> None:
        """Make the parts that have no place in the layout; they carry out commands."""
        shared = Shared(
            self,
            self.paths,
            self.store,
            self._parsed,
            self.looks,
            self.messages,
            self._actions,
            self.reader,
            self.navigation,
        )
        self.showing = Showing(shared, self.searching, self.workshop, self.notice, self._follow_link)
        self.room = self.showing.room
        self.page_commands = PageCommands(shared)
        self.look_commands = LookCommands(shared)
        self.dialogs = Dialogs(shared)
        self.beside = Beside(
            self, handbook, self.looks, self.navigation.page_of, lambda: self.marks, self.look_commands.zoom
        )
        self.outputs = Outputs(self, lambda: self.handbook, self.store, self._parsed, self.looks, lambda: self.target)
        self.late_marks = LateMarks(shared, self.outputs, self.searching, self.workshop, self.showing, self.notice)
        self.clearing = Clearing(shared, self.late_marks, self.workshop, self.searching)
        self.start_ways = StartWays(
            shared, handbook, self.workshop, lambda: self.late_marks.there, self.searching.every.look
        )
        self.start_ways.kept_run = self.showing.kept_run
        self.links = Links(shared, self.start_ways, self.beside)

    def _make_writing(self) -> Writing | None:
        """What watches the files of a folder that was opened as a handbook; None for all other handbooks."""
        if self.handbook.name or not self.paths.is_folder_opened:
            return None
        from handbook.content.loading import load
        from handbook.ui.library.writing import Writing

        writing = Writing(self.handbook, lambda: load(self.paths.content), self)
        writing.renewed.connect(self._renew)
        writing.place_wanted.connect(self.navigation.open_words)
        writing.no_place.connect(
            lambda file: self.messages.say(tr("'{file}' is no page: look at it in your editor.").format(file=file))
        )
        return writing

    def _make_top_bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("topBar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._top_rows = QVBoxLayout(bar)
        self._top_rows.setContentsMargins(10, 7, 10, 7)
        self.tools = ToolBar(self.searching.field)
        self._top_rows.addWidget(self.tools)
        return bar

    def _make_commands(self) -> None:
        handlers = self._handlers() | self.outputs.handlers(
            self.searching, self.workshop, self.reader, self.paths.cache
        )
        for part in (
            self.workshop,
            self.navigation,
            self.left,
            self.page_commands,
            self.links,
            self.look_commands,
            self.showing,
            self.late_marks,
            self.clearing,
            self.dialogs,
        ):
            handlers |= part.handlers()
        self._actions.update(make_actions(self, handlers))
        self.workshop.take(self, self._actions, self._theme)
        self.term_languages = TermLanguages(self.store, self.handbook.folder, self)
        self.term_languages.changed.connect(self._show_terms_anew)
        self.languages = LanguageMenu(self.store, self, self.term_languages)
        self._actions["language"].setMenu(self.languages)
        self._actions["tool_words"].setMenu(WordsMenu(self.store, self.tools))
        self._actions["contents"].setChecked(self.store.read(settings.CONTENTS_SHOWN))
        self._actions[f"colours_{self.looks.colours}"].setChecked(True)
        self.page_commands.restore()
        self._actions["keep_searches"].setChecked(self.searching.recent.kept)
        self._actions["keep_marks"].setChecked(self.store.read(settings.KEEP_MARKS))
        self._actions["find_marks"].setChecked(self.store.read(settings.FIND_MARKS))
        self.searching.hit_actions = [self._actions[name] for name in target_menus.HIT_COMMANDS]
        self.searching.recent_actions = [self._actions[name] for name in ("clear_searches", "keep_searches")]
        self._update_hit_actions(there=False)
        self.tools.fill(self._actions, self._theme)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        """What each command does that involves several parts."""
        return {
            "workshop_add_hit": lambda: self._with_hit(self.workshop.add),
            "beside_hit": lambda: self._with_hit(self.beside.open),
            "show_hit": lambda: self._with_hit(self.room.show_address),
            "quit": self.close,
            "search": self.searching.enter,
            "search_here": self.searching.enter_here,
            "find": self.matches.find,
            "next_match": lambda: self.matches.step(1),
            "previous_match": lambda: self.matches.step(-1),
            "rebuild_index": self.searching.rebuild_index,
            "keep_searches": lambda: self.searching.keep_recent(wanted=self._actions["keep_searches"].isChecked()),
            "clear_searches": self.searching.clear_recent,
            "language": lambda: None,  # only opens its submenu, as the next
            "tool_words": lambda: None,
        }

    def _with_hit(self, act: Callable[[str], object]) -> None:
        """Do something with the address of the chosen hit."""
        hit = self.searching.hits.current()
        if hit is not None:
            act(hit.address)

    def _connect(self) -> None:
        """Connect the signals of the parts."""
        for part in (self.searching, self.matches, self.outputs, self.workshop):
            part.said.connect(self.messages.say)
        self.navigation.turned.connect(self._turn)
        self.navigation.page_shown.connect(self._page_shown)
        self.navigation.opened.connect(self.searching.show_chapter)
        self.navigation.arrived.connect(self._follow_place)
        self.navigation.travelled.connect(self._update_actions)
        self.matches.bar_made.connect(self._column.addWidget)
        self.matches.stood_on.connect(
            lambda said: self.messages.say(said, 6000, spoken=self.navigation.place.with_match(said))
        )
        self.matches.outdated.connect(self.messages.take_back)
        self.searching.hits_made.connect(self.left.addWidget)
        self.searching.chips_made.connect(self._top_rows.addWidget)
        self.searching.opened.connect(self.open_address)
        self.searching.own_marks = self.late_marks.findable
        self.searching.mark_opened.connect(self.late_marks.open_found)
        self.searching.hits_there.connect(self._update_hit_actions)
        self.searching.hits_wanted.connect(self._show_hits)
        self.searching.left.connect(self._search_left)
        self.searching.told.connect(self.notice.show_notice)
        self.left.chosen.connect(self.open_address)
        self.left.escaped.connect(self.reader.setFocus)
        self.left.menu_wanted.connect(self._show_contents_menu)
        self.workshop.own_marks = lambda: self.marks.marks
        self.workshop.reading_wanted.connect(self.open_address)
        self.workshop.added.connect(self._tell_added)
        self.done.undo_wanted.connect(self._actions["workshop_undo"].trigger)
        self.statusBar().messageChanged.connect(lambda text: self.done.put_away() if text else None)
        self.workshop.told.connect(self.notice.show_notice)
        self.workshop.outdated.connect(self.notice.withdraw)
        self.workshop.offered.connect(lambda text, actions: self.notice.show_notice(text, "", None, *actions))
        self.workshop.left.connect(self.reader.setFocus)
        self.workshop.titled.connect(self._name_workshop)
        self.path.linkActivated.connect(self.open_address)
        shortcut = QShortcut(QKeySequence("N"), self.reader, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._actions["note"].trigger)
        self.reader.zoom_wanted.connect(self.look_commands.zoom)
        self.reader.travel_wanted.connect(self.navigation.travel)
        self.reader.place_changed.connect(self._follow_place)
        self.reader.target_changed.connect(self._name_targets)
        self.reader.escape_pressed.connect(self.searching.leave)
        self.reader.on_context_menu(self._fill_context_menu)
        self.looks.changed.connect(self._look_anew)

    def _tell_added(self, text: str) -> None:
        """Show that something was added to the workshop, with an Undo button; "": remove that message."""
        if not text:
            self.done.put_away()
            return
        self.messages.clear()
        key = self._actions["workshop_undo"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.done.tell(text, key, ADDED)

    def _fill_context_menu(self, menu: QMenu) -> None:
        if self.reader.menu_mark:
            self.own_marks.fill_menu(menu, self.reader.menu_mark)
        self.links.fill_menu(menu)

    def _show_contents_menu(self, address: str, at: QPoint) -> None:
        """Show the context menu of a row in the contents."""
        section = self.handbook.find(address)
        if section is None:
            return
        entries = (
            (tr("&Open: {title}"), self.open_address),
            (tr("Open b&eside: {title}"), self.beside.open),
            (tr("&Print: {title}…"), self.outputs.print_address),
            (tr("&Add to the workshop: {title}"), self.workshop.add),
            (tr("S&how to the room: {title}"), self.room.show_address),
            (tr("Copy a&ddress: {title}"), self.outputs.copy_address_of),
        )
        target_menus.show_contents_menu(self.contents, section, at, entries)

    # -- What other modules ask for --------------------------------------------------------------------------

    @property
    def handbook(self) -> Handbook:
        """The handbook that is being read."""
        return self.navigation.handbook

    @property
    def address(self) -> str:
        """Where the reader is, see Navigation."""
        return self.navigation.address

    @property
    def target(self) -> str:
        """The address that commands act on; "" where no chapter is open."""
        return self.navigation.target

    def open_address(self, address: str) -> None:
        """Go to an address."""
        self.navigation.open_address(address)

    @property
    def contents(self) -> ContentsPanel:
        """The contents of the handbook that is being read."""
        return self.left.contents

    @property
    def own_marks(self) -> WindowMarks:
        """What the window does with the person's marks."""
        return self.late_marks.own

    @property
    def marks(self) -> MarksController:
        """The person's marks."""
        return self.late_marks.controller

    def _follow_link(self, href: str) -> None:
        self.links.follow(href)

    def _start_page(self) -> Shown:
        return self.start_ways.page()

    # -- Following the place ---------------------------------------------------------------------------------

    def _turn(self, is_new: bool) -> None:
        """Another handbook is being read. is_new: its contents have to be listed anew."""
        self.left.turn_to(self.handbook, anew=is_new)
        self.searching.turn_to(self.handbook)
        self.start_ways.turn_to(self.handbook)

    def _renew(self) -> None:
        """The files of the folder were saved: show what stands there now."""
        self._turn(is_new=True)
        self.searching.finder.outdated()
        self.late_marks.look_anew()
        self.navigation.renew()

    def _page_shown(self, is_chapter: bool) -> None:
        """Mark on a new page what the person marked, and the query's words."""
        if is_chapter and self.isVisible():
            self.late_marks.show_on_page()
        self.matches.page_changed(chapter=is_chapter)

    def _follow_place(self) -> None:
        """Let the path, the contents and the title follow the reader."""
        chapter = self.navigation.chapter
        section = self.handbook.find(Address(chapter, self.reader.place)) if chapter else None
        if section is None:
            self.path.show_path([(self.reader.shown.title, "")])
            self.contents.follow("")
        else:
            self.path.show_path(self.handbook.steps_to(section))
            self.contents.follow(str(section.address))
        self._name_window()
        self._update_actions()
        if self.writing is not None:
            self.writing.show(chapter)

    def _name_workshop(self, title: str, unsaved: bool) -> None:
        self._workshop_title = title
        self._name_window()
        self.setWindowModified(unsaved)

    def _name_window(self) -> None:
        """Put the page, the workshop and the handbook into the window's title; Qt shows there what is not saved."""
        workshop = self._workshop_title.replace("[*]", "[*][*]")
        names = (self.reader.shown.title if self.navigation.chapter else "", workshop and f"{workshop}[*]")
        self.setWindowTitle(" - ".join(name for name in (*names, self.handbook.manifest.title) if name))

    def _update_actions(self) -> None:
        self._actions["back"].setEnabled(self.navigation.can_go_back)
        self._actions["forward"].setEnabled(self.navigation.can_go_forward)
        for name in ("copy_address", "search_here", "browser", "beside", "workshop_add", "workshop_add_chapter"):
            self._actions[name].setEnabled(bool(self.navigation.chapter))
        self._actions["beside_original"].setEnabled(bool(self.beside.original_of(self.navigation.chapter)))
        self._name_targets()

    def _name_targets(self) -> None:
        """Put the title of the section that commands act on into the menus."""
        id_ = self.navigation.chapter
        section = self.handbook.find(self.target) if id_ else None
        target_menus.name_section(self._actions, section, self.handbook.chapters[id_].title if id_ else "")

    # -- Searching -------------------------------------------------------------------------------------------

    def _show_hits(self, wanted: bool) -> None:
        self.left.show_panel(self.searching.hits if wanted else self.left.contents_column)

    def _update_hit_actions(self, there: bool) -> None:
        hit = self.searching.hits.current() if there else None
        section = self.handbook.find(hit.address) if hit is not None else None
        target_menus.name_hit(self._actions, section, there=there)

    def _search_left(self) -> None:
        self.messages.clear()
        self.reader.setFocus()

    # -- Looks -----------------------------------------------------------------------------------------------

    @property
    def _theme(self) -> Theme:
        return self.looks.theme

    def _look_anew(self) -> None:
        """Give the present colours and sizes to every part."""
        self.reader.restyle(self._theme, self.looks.page_points, self.looks.page)
        self.path.restyle(self._theme)
        self.left.restyle()
        self.searching.restyle(self._theme)
        self.tools.restyle(self._theme)
        self.workshop.restyle(self._theme)
        self.showing.restyle()
        self._split.arrange()
        self._fit_status_bar()
        self._actions[f"colours_{self.looks.colours}"].setChecked(True)

    def _show_terms_anew(self) -> None:
        """Other languages' terms come first now: show a glossary's page again."""
        chapter = self.handbook.chapters.get(self.navigation.chapter)
        if chapter is not None and chapter.front.kind == "glossary":
            self.navigation.show_again()

    def _fit_status_bar(self) -> None:
        self.statusBar().setFixedHeight(max(self.fontMetrics().height() + 10, scale.px(25)))

    # -- Opening and closing ---------------------------------------------------------------------------------

    def _restore(self, address: str) -> None:
        room = self.screen().availableSize()
        self.resize(min(1180, room.width()), min(800, room.height() - 40))
        geometry.restore(self, self.store.read(settings.GEOMETRY))
        self.look_commands.note_full_screen()
        self.left.show_contents()
        width = self.store.read(settings.CONTENTS_WIDTH)
        self._split.set_widths(width)
        last, offset = self.store.read(settings.LAST_ADDRESS), self.store.read(settings.LAST_OFFSET)
        if self.handbook.name not in ("", library_name(last)):
            last = ""  # another handbook was asked for
        start = address or (last if last and self.handbook.find(last) else self.navigation.start_address)
        self.reader.wait_for_size()
        self.navigation.begin(start)
        self._update_actions()
        self._offset = offset if start == last and not address else 0
        self.reader.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc goes back to the page from every widget that has no other use for it."""
        if event.key() == Qt.Key.Key_Escape:
            self.searching.leave()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._offset:
            # Only now is the page laid out in its real width.
            self.reader.scroll_below(self.reader.place, self._offset)
            self._offset = 0
        elif self.navigation.chapter:
            self.reader.go_to(self.reader.place)

    @cached_property
    def _drops(self) -> Drops:
        from handbook.ui.library.drops import Drops  # a start can do without

        return Drops(self, self.dialogs.show_handbooks)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: what is no workshop may be a handbook."""
        self._drops.enter(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drops.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.workshop.may_close() or not self.late_marks.may_close():
            event.ignore()
            return
        self.showing.close()
        self.beside.close()
        self._keeping.stop()
        self._tidying.close()
        if self.writing is not None:
            self.writing.close()
        self.late_marks.close()
        self.reader.close_pictures()
        self.workshop.close()
        self.outputs.close()
        self.searching.close()
        if self.clearing.is_done:
            self.clearing.remove()  # a search since then may have made an index
        else:
            self._keep()
        super().closeEvent(event)

    def _keep_again(self) -> None:
        if not self.clearing.is_done:
            self._keep()

    def _keep(self) -> None:
        """Write down where the person is. The window closes even if that fails."""
        self.looks.keep()
        if self.navigation.chapter:
            self.store.write(settings.LAST_ADDRESS, self.address)
            self.store.write(settings.LAST_OFFSET, self.reader.offset())
        self.page_commands.keep()
        self.store.write(settings.CONTENTS_SHOWN, self._actions["contents"].isChecked())
        self.store.write(settings.CONTENTS_WIDTH, self._split.widths[0])  # in a small window it may have less now
        self.workshop.keep()
        self.store.write(settings.GEOMETRY, geometry.to_text(self))
        self.store.save()
