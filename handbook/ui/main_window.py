"""The main window: puts the panels together and carries out the commands.

Belongs here: what happens when a command is chosen or a link followed. Not here: how any panel does its
part, and searching (searching/controller.py, reading/matches.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import tr
from handbook.base.paths import Paths
from handbook.content.handbook import Address, Chapter, Handbook, library_name
from handbook.content.html import BESIDE, PICTURE
from handbook.content.markup import is_external
from handbook.content.parse_cache import Parsed
from handbook.ui import settings, stored, target_menus
from handbook.ui.beside import Beside
from handbook.ui.help.language import LanguageMenu
from handbook.ui.help.language import about as about_translation
from handbook.ui.help.term_languages import TermLanguages
from handbook.ui.looks import Looks
from handbook.ui.menus import make_actions
from handbook.ui.outputs import Outputs
from handbook.ui.presenting.room import Room
from handbook.ui.reading import page_source
from handbook.ui.reading.caret import Caret
from handbook.ui.reading.contents_panel import ContentsColumn, ContentsPanel
from handbook.ui.reading.matches import Matches
from handbook.ui.reading.outside import copy_outside
from handbook.ui.reading.reader import Reader, Shown
from handbook.ui.reading.spoken_place import SpokenPlace
from handbook.ui.reading.travel import Travel
from handbook.ui.searching.controller import SearchController
from handbook.ui.start_notices import StartNotices
from handbook.ui.start_ways import StartWays
from handbook.ui.tool_bar import ToolBar, WordsMenu
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.bars import DoneBar, NoticeBar, PathBar
from handbook.ui.widgets.columns import Columns
from handbook.ui.widgets.messages import Messages
from handbook.ui.widgets.progress import wait_for
from handbook.ui.workshop.dock import WorkshopDock

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent

    from handbook.ui.library.drops import Drops
    from handbook.ui.library.writing import Writing
    from handbook.ui.marks.controller import MarksController
    from handbook.ui.reading.link_preview import LinkPreview
    from handbook.ui.reading.page_keys import PageKeys
    from handbook.ui.runs import Runs
    from handbook.ui.widgets.colours import Theme
    from handbook.ui.window_marks import WindowMarks

ADDED = 12_000  # ms that the Undo button is shown after something was added to the workshop
_LONG_CHAPTER = 60_000  # letters, from which a page takes more than a tenth of a second to make


class MainWindow(QMainWindow):
    """One handbook in one window."""

    def __init__(self, handbook: Handbook, paths: Paths, store: settings.Store, address: str = "") -> None:
        super().__init__()
        self.handbook, self.paths, self.store = handbook, paths, store  # the handbook that is being read
        self._read = {handbook.name: handbook}  # the handbooks that were read in this window, by name
        self._parsed = Parsed(paths.index)
        self._chapter = ""  # id of the chapter in view; "" on the start and keyboard pages
        self._page = page_source.START
        self._workshop_title = ""  # of the one that is open
        self.looks = Looks(store, self)
        self._actions: dict[str, QAction] = {}
        self._make_widgets()
        self._make_commands()
        self._connect()
        self._restore(address)
        self._notices = StartNotices(self, handbook, store, self.notice, faults=self.writing is None)
        self._tidying = stored.Tidying(paths, store)
        QTimer.singleShot(500, self, lambda: self._tidying.start())  # noqa: PLW0108 - Qt holds no reference to a method
        # Not by a timer of 0 ms: that is over before a display has asked for the first painting.
        self.reader.painted.connect(self._show_marks, Qt.ConnectionType.QueuedConnection)

    # -- Putting together ------------------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        self.reader = Reader(self._theme, self.looks.page_points, self.looks.page)
        self._contents = {self.handbook.name: ContentsColumn(self.handbook, self._theme)}
        self.path = PathBar(self._theme)
        self.notice = NoticeBar()
        self._left = QStackedWidget()
        self._left.addWidget(self._contents_column)
        middle = QWidget()
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.writing = self._make_writing()
        above = [self.path, self.notice, *([self.writing.bar] if self.writing is not None else [])]
        for widget in (*above, self.reader):
            self._column.addWidget(widget, 1 if widget is self.reader else 0)
        self.caret = Caret(self.reader)
        self.place = SpokenPlace(self.reader, self._title_of)
        self._travel = Travel(self.reader, self.place, lambda: self.address, self._show)
        self.matches = Matches(self.reader)
        self.searching = SearchController(self.handbook, self.paths, self.store, self._theme, self.matches)
        self._split = Columns(self._left, middle, self.reader.readable_width)
        self.workshop = WorkshopDock(
            self.handbook, self.paths, self.store, self._split, lambda: self.target if self._chapter else ""
        )
        self.room = Room(
            self.handbook,
            self,
            self._parsed.read,
            lambda question, stale: self.searching.finder.answer(question, stale),  # noqa: PLW0108 - of what is read
            lambda: self._theme.dark,
        )
        self.beside = Beside(self, self.handbook, self.looks, self._page_of, lambda: self.marks, self.zoom)
        self.outputs = Outputs(
            self,
            lambda: self.handbook,
            self.store,
            self._parsed,
            self.looks,
            lambda: self.target if self._chapter else "",
        )
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._make_top_bar())
        rows.addWidget(self._split, 1)
        self.setCentralWidget(whole)
        self.messages = Messages(self.statusBar())
        self.statusBar().setSizeGripEnabled(False)
        self.done = DoneBar()
        self.statusBar().addWidget(self.done, 1)
        self.done.hide()  # or Qt shows it by itself when a message has ended
        self.statusBar().addPermanentWidget(self.searching.busy)
        self._fit_status_bar()
        self.setWindowTitle(self.handbook.manifest.title)

    def _make_writing(self) -> Writing | None:
        """What follows the files of a folder that was opened in place of a handbook; None for all others."""
        if self.handbook.name or not self.paths.is_folder_opened:
            return None
        from handbook.content.loading import load
        from handbook.ui.library.writing import Writing

        writing = Writing(self.handbook, lambda: load(self.paths.content), self)
        writing.renewed.connect(self._renew)
        writing.place_wanted.connect(self._show_words)
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
        self._actions = make_actions(self, self._handlers() | self.workshop.handlers())
        self.workshop.take(self, self._actions, self._theme)
        self.term_languages = TermLanguages(self.store, self.handbook.folder, self)
        self.term_languages.changed.connect(self._show_terms_anew)
        self.languages = LanguageMenu(self.store, self, self.term_languages)
        self._actions["language"].setMenu(self.languages)
        self._actions["tool_words"].setMenu(WordsMenu(self.store, self.tools))
        self._actions["contents"].setChecked(self.store.read(settings.CONTENTS_SHOWN))
        self._actions[f"colours_{self.looks.colours}"].setChecked(True)
        self._actions["caret"].setChecked(self.store.read(settings.CARET))
        self.caret.switch(on=self.store.read(settings.CARET))
        self._actions["keep_searches"].setChecked(self.searching.recent.kept)
        self._actions["keep_marks"].setChecked(self.store.read(settings.KEEP_MARKS))
        self._actions["find_marks"].setChecked(self.store.read(settings.FIND_MARKS))
        self.searching.hit_handlers = [self._actions[name] for name in target_menus.HIT_COMMANDS]
        self.searching.recent_deeds = [self._actions[name] for name in ("clear_searches", "keep_searches")]
        self._update_hit_actions(there=False)
        self.tools.fill(self._actions, self._theme)
        self.start_ways = StartWays(
            self.handbook,
            self.store,
            self._actions,
            self.workshop,
            lambda: self._has_marks,
            self.searching.every.look,
            self.open_address,
        )

    def _handlers(self) -> dict[str, Callable[[], object]]:
        """What each command does."""
        return {
            "print": self.outputs.print_target,
            "print_hit": lambda: self.outputs.print_hit(self.searching),
            "print_hits": lambda: self.outputs.print_hits(self.searching),
            "print_terms": lambda: self.outputs.print_terms(self.workshop),
            "export": lambda: self.outputs.export(self.workshop),
            "handbooks": self.handbooks_dialog,
            "workshop_add_hit": self.add_hit,
            "quit": self.close,
            "copy": self.reader.copy_plain,
            "copy_source": lambda: self.outputs.copy_with_source(self.reader),
            "copy_address": self.outputs.copy_address,
            "select_all": self.reader.selectAll,
            "search": self.searching.enter,
            "search_here": self.searching.enter_here,
            "find": self.matches.find,
            "next_match": lambda: self.matches.step(1),
            "previous_match": lambda: self.matches.step(-1),
            "back": lambda: self.travel(-1),
            "forward": lambda: self.travel(1),
            "previous_section": lambda: self._beside(-1, chapters=False),
            "next_section": lambda: self._beside(1, chapters=False),
            "previous_chapter": lambda: self._beside(-1, chapters=True),
            "next_chapter": lambda: self._beside(1, chapters=True),
            "start_page": lambda: self.open_address(self.start_address),
            "to_contents": self.to_contents,
            "to_page": self.to_page,
            "caret": self._switch_caret,
            "larger": self._larger,
            "smaller": lambda: self.zoom(-1),
            "normal_size": lambda: self.zoom(0),
            "window_larger": lambda: self.zoom_window(1),
            "window_smaller": lambda: self.zoom_window(-1),
            "window_usual": lambda: self.zoom_window(0),
            "reading": self.choose_reading,
            "contents": self._toggle_contents,
            "filter_contents": self.filter_contents,
            "full_screen": self._toggle_full_screen,
            "bookmark": lambda: self.own_marks.bookmark(),  # noqa: PLW0108 - made when first wanted
            "highlight": lambda: self.own_marks.highlight(),  # noqa: PLW0108 - made when first wanted
            "note": lambda: self.own_marks.note(),  # noqa: PLW0108 - made when first wanted
            "marks": lambda: self.own_marks.show_list(),  # noqa: PLW0108 - made when first wanted
            "keep_marks": lambda: self.own_marks.keep(kept=self._actions["keep_marks"].isChecked()),
            "find_marks": self._find_marks,
            "show": self.show_to_room,
            "beside": lambda: self.beside.open(self.target if self._chapter else ""),
            "preview": lambda: self.previews.show_chosen(),  # noqa: PLW0108 - made when first wanted
            "beside_hit": self.open_hit_beside,
            "beside_original": self.open_original_beside,
            "browser": lambda: self.outputs.read_in_browser(self.paths.cache),
            "show_hit": self.show_hit,
            "run": self.run_workshop,
            "colours_system": lambda: self.set_colours("system"),
            "colours_light": lambda: self.set_colours("light"),
            "colours_dark": lambda: self.set_colours("dark"),
            "colours_black_on_white": lambda: self.set_colours("black_on_white"),
            "colours_white_on_black": lambda: self.set_colours("white_on_black"),
            "rebuild_index": self.searching.rebuild_index,
            "keep_searches": lambda: self.searching.keep_recent(self._actions["keep_searches"].isChecked()),
            "clear_searches": self.searching.clear_recent,
            "clear_stored": self.clear_stored,
            "keyboard": lambda: self.open_address(page_source.KEYBOARD),
            "first_steps": lambda: self.open_address("first-steps"),
            "about_content": lambda: self.open_address("about"),
            "write_handbook": self.write_handbook,
            "check_update": self.check_update,
            "language": lambda: None,  # only opens its submenu, as the next
            "tool_words": lambda: None,
            "about_translation": lambda: about_translation(self.paths, self),
            "about": self.about,
        }

    def _connect(self) -> None:
        self.matches.bar_made.connect(self._column.addWidget)
        self.searching.hits_made.connect(self._left.addWidget)
        self.searching.chips_made.connect(self._top_rows.addWidget)
        self.searching.opened.connect(self.open_address)
        self.searching.own_marks = lambda: self.own_marks.findable() if self._has_marks else None
        self.searching.mark_opened.connect(lambda id_: self.own_marks.open_found(id_))  # noqa: PLW0108 - made when first wanted
        self.searching.hits_there.connect(self._update_hit_actions)
        self.searching.hits_wanted.connect(self._show_hits)
        self.searching.left.connect(self._search_left)
        self.searching.told.connect(self.notice.show_notice)
        self.searching.said.connect(self.messages.say)
        self.matches.said.connect(self.messages.say)
        self.outputs.said.connect(self.messages.say)
        self.matches.stood_on.connect(lambda said: self.messages.say(said, 6000, spoken=self.place.with_match(said)))
        self.matches.outdated.connect(self.messages.take_back)
        self._connect_contents()
        self.workshop.own_marks = lambda: self.marks.marks
        self.workshop.reading_wanted.connect(self.open_address)
        self.workshop.said.connect(self.messages.say)
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
        self.reader.on_keys(lambda event: self.page_keys.take(event))  # noqa: PLW0108 - it is made with the first key
        self.room.begun.connect(self.searching.marks_changed)
        self.room.ended.connect(self.searching.marks_changed)
        self.room.ended.connect(self._show_ended)
        self.room.search_wanted.connect(self._search_while_showing)
        self.reader.link_chosen.connect(self._follow)
        self.reader.link_beside.connect(self._follow_beside)
        self.reader.highlighted.connect(self._hover)
        self.beside.made.connect(self._add_previews)
        self.reader.zoom_wanted.connect(self.zoom)
        self.reader.place_changed.connect(self._show_place)
        self.reader.target_changed.connect(self._name_targets)
        self.reader.escape_pressed.connect(self.searching.leave)
        self.reader.on_context_menu(self._fill_context_menu)
        self.looks.changed.connect(self._look_anew)

    def _connect_contents(self) -> None:
        self.contents.chosen.connect(self.open_address)
        self.contents.escaped.connect(self.reader.setFocus)
        self.contents.menu_wanted.connect(self._show_contents_menu)

    def _tell_added(self, text: str) -> None:
        """Show that something was added to the workshop, with an Undo button; "": remove that message."""
        if not text:
            self.done.put_away()
            return
        self.messages.clear()
        key = self._actions["workshop_undo"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.done.tell(text, key, ADDED)

    def _fill_context_menu(self, menu: QMenu) -> None:
        link = self.handbook.find(self.reader.menu_link.removeprefix(BESIDE)) if self.reader.menu_link else None
        if self.reader.menu_mark:
            self.own_marks.fill_menu(menu, self.reader.menu_mark)
        target_menus.fill_page_menu(menu, self._actions, link, self.open_address, self.beside.open)

    # -- Handbooks -------------------------------------------------------------------------------------------

    @property
    def contents(self) -> ContentsPanel:
        """The contents of the handbook that is being read."""
        return self._contents_column.tree

    @property
    def _contents_column(self) -> ContentsColumn:
        return self._contents[self.handbook.name]

    def _turn_to(self, address: str) -> None:
        """Read on in the handbook that an address is in: contents, search and start page are those of that one.

        Workshop, marks and whatever else has an address take those of every handbook."""
        name = library_name(address)
        if name == self.handbook.name or address == page_source.KEYBOARD:
            return
        handbook = self.handbook.others(name)
        if handbook is None:
            return
        before = self._contents_column
        is_new = bool(name) and self._read.get(name) is not handbook  # first read, or replaced by a newer version
        if is_new:
            self._read[name] = handbook
        self.handbook = self._read.setdefault(name, handbook)
        if is_new or name not in self._contents:
            self._make_contents()
        if self._left.currentWidget() is before:
            self._left.setCurrentWidget(self._contents_column)
        self.searching.turn_to(self.handbook)
        self.start_ways.turn_to(self.handbook)

    def _make_contents(self) -> None:
        """Make the contents of the handbook that is being read; older ones of it give them their place."""
        old = self._contents.pop(self.handbook.name, None)
        new = self._contents[self.handbook.name] = ContentsColumn(self.handbook, self._theme)
        self._left.addWidget(new)
        self._connect_contents()
        if old is not None:
            if self._left.currentWidget() is old:
                self._left.setCurrentWidget(new)
            self._left.removeWidget(old)
            old.deleteLater()

    def _renew(self) -> None:
        """The files of the folder were saved: show what stands there now, at the same place."""
        self._make_contents()
        self.searching.turn_to(self.handbook)
        self.searching.finder.outdated()
        self.start_ways.turn_to(self.handbook)
        chapter = self.handbook.chapters.get(self._chapter)
        if chapter is None:
            self._show(self.start_address if self._chapter else self._page)
            return
        page = self._page_of(chapter)
        if page is not None and page != self.reader.shown:
            place, offset = self.reader.place, self.reader.offset()
            self.reader.show_page(page)
            self.marks.show_on_page(self._chapter)
            self.matches.page_changed(chapter=True)
            self.reader.scroll_below(place, offset)
        self._show_place(self.reader.place)

    def _show_words(self, address: str, words: str) -> None:
        """Open an address, and put the caret before words there."""
        self.open_address(address)
        found = self.reader.document().find(words) if words else None
        if found is not None and not found.isNull():
            self.reader.go_to_position(found.selectionStart())
        self.reader.setFocus()

    def _is_start(self, address: str) -> bool:
        """Is it the start page of a handbook?"""
        if address in (page_source.START, self.start_address):
            return True
        return address.endswith(":") and self.handbook.others(address[:-1]) is not None

    @property
    def start_address(self) -> str:
        """The address of the start page of the handbook that is being read."""
        return f"{self.handbook.name}:" if self.handbook.name else page_source.START

    # -- Places ----------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """Where the reader is: the address of the section in view, "" on the start page."""
        if not self._chapter:
            return self._page
        return str(Address(self._chapter, self.reader.place))

    @property
    def target(self) -> str:
        """The address that commands act on, see Reader.target; "" on the start page."""
        return str(Address(self._chapter, self.reader.target.first)) if self._chapter else self._page

    def open_address(self, address: str) -> None:
        """Go to an address and note it in the history; an unknown one is told, and nothing changes."""
        if not self._exists(address):
            self.messages.say(tr("There is nothing at '{address}'.").format(address=address), 6000)
            return
        self._travel.leave()
        if self._show(address):
            self._travel.arrive(str(self.handbook.current(Address.parse(address))))
            self.place.announce()
        self._update_actions()

    def _title_of(self, anchor: str) -> str:
        """The title of a section of the page in view, after that of its chapter."""
        section = self.handbook.find(Address(self._chapter, anchor)) if self._chapter else None
        chapter = self.reader.shown.title
        return chapter if section is None or section.title == chapter else f"{chapter}. {section.title}"

    def _exists(self, address: str) -> bool:
        return address == page_source.KEYBOARD or self._is_start(address) or self.handbook.find(address) is not None

    def _show(self, address: str) -> bool:
        """Show the page of an address, scrolled there, and mark the query's words on a new page.

        False when the person did not want to wait for a long one: the page stays."""
        target = self.handbook.current(Address.parse(address))
        chapter = self.handbook.chapter(target)
        if chapter is None:
            self._turn_to(address)
            self._chapter, self._page = "", address
            keyboard = address == page_source.KEYBOARD
            shown = page_source.keyboard_page() if keyboard else self.start_ways.page()
            self.reader.show_page(shown)
            self.matches.page_changed(chapter=False)
        elif self._chapter != chapter.id:
            page = self._page_of(chapter)
            if page is None:
                return False
            self._turn_to(chapter.id)
            self._chapter, self._page = chapter.id, chapter.id
            self.reader.show_page(page)
            if self.isVisible():
                self.own_marks.show_on_page()
            self.matches.page_changed(chapter=True)
        self.searching.show_chapter(self._chapter, chapter.title if chapter is not None else "")
        if chapter is not None:
            self.reader.go_to(target.anchor)
        self._show_place(self.reader.place)
        return True

    def _page_of(self, chapter: Chapter) -> Shown | None:
        """The page of a chapter; a long one is made in a thread, and may be cancelled."""
        handbook = self.handbook.of(chapter.id)

        def make(*_: object) -> Shown:
            return page_source.chapter_page(handbook, chapter, self._parsed)

        if sum(map(len, chapter.lines)) < _LONG_CHAPTER or not self.isVisible():
            return make()
        return wait_for(self, tr("Opening {title}…").format(title=chapter.title), 0, make)

    def _show_place(self, anchor: str) -> None:
        """Let the path, the contents and the title follow the reader."""
        section = self.handbook.find(Address(self._chapter, anchor)) if self._chapter else None
        if section is None:
            self.path.show_path([(self.reader.shown.title, "")])
            self.contents.follow("")
        else:
            self.path.show_path(self.handbook.steps_to(section))
            self.contents.follow(str(section.address))
        self._name_window()
        self._update_actions()
        if self.writing is not None:
            self.writing.show(self._chapter)

    def _name_workshop(self, title: str, unsaved: bool) -> None:
        self._workshop_title = title
        self._name_window()
        self.setWindowModified(unsaved)

    def _name_window(self) -> None:
        """Put the page, the workshop and the handbook into the window's title; Qt shows there what is not saved."""
        workshop = self._workshop_title.replace("[*]", "[*][*]")
        names = (self.reader.shown.title if self._chapter else "", workshop and f"{workshop}[*]")
        self.setWindowTitle(" - ".join(name for name in (*names, self.handbook.manifest.title) if name))

    def travel(self, way: int) -> None:
        """Go back (-1) or forward (+1) to where the person was."""
        self._travel.step(way)
        self._update_actions()

    def _beside(self, way: int, *, chapters: bool) -> None:
        """Go to the section or chapter before or after this one, across chapters and parts."""
        every = [str(section.address) for section in self.handbook.sections if not chapters or section.level == 0]
        here = self._chapter if chapters else self.address
        start = -1 if way > 0 else len(every)  # outside the chapters: begin at the first or the last
        following = (every.index(here) if here in every else start) + way
        if 0 <= following < len(every):
            self.open_address(every[following])

    def _follow(self, href: str) -> None:
        """A link on the page: inside the handbook it is opened, outside it is only copied."""
        href = href.removeprefix(BESIDE)
        if self.address == self.start_address and self.start_ways.follow(href):
            return
        if href == page_source.KEYBOARD:
            self.open_address(href)
        elif href.startswith(PICTURE):
            self.show_picture(href.removeprefix(PICTURE))
        elif is_external(href):
            self.messages.say(copy_outside(href), 8000)
        elif href.startswith("#note-"):
            self._travel.leave()
            self.reader.go_to(href[1:])
            self.place.announce(words=True)
            self._travel.arrive(self.address, self.reader.offset())
            self._update_actions()
        else:
            self.open_address(href)

    def _follow_beside(self, href: str) -> None:
        """A link on the page, opened beside it where it leads into the handbook."""
        address = href.removeprefix(BESIDE)
        if self.address == self.start_address and self.start_ways.follow_beside(address):
            return
        if self.handbook.find(address) is None:
            self._follow(href)
        else:
            self.beside.open(address)

    def open_hit_beside(self) -> None:
        """Open the chosen hit beside the page."""
        hit = self.searching.hits.current()
        if hit is not None:
            self.beside.open(hit.address)

    def open_original_beside(self) -> None:
        """Open beside a translated page the words that it was translated from, or the other way round."""
        said = self.beside.open_original(self.target) if self._chapter else ""
        if said:
            self.messages.say(said, 5000)

    def show_picture(self, number: str) -> None:
        """Show a picture of the page as large as the screen, by its number."""
        shown = self.reader.shown.pictures
        if number.isdecimal() and int(number) < len(shown):
            from handbook.ui.reading.picture_window import PictureWindow

            window = PictureWindow(shown[int(number)], self._theme, self.reader.points, self)
            window.exec()
            window.deleteLater()

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

    def _update_actions(self) -> None:
        self._actions["back"].setEnabled(self._travel.can_go_back)
        self._actions["forward"].setEnabled(self._travel.can_go_forward)
        for name in ("copy_address", "search_here", "browser", "beside", "workshop_add", "workshop_add_chapter"):
            self._actions[name].setEnabled(bool(self._chapter))
        self._actions["beside_original"].setEnabled(bool(self.beside.original_of(self._chapter)))
        self._name_targets()

    def _name_targets(self) -> None:
        """Put the title of the section that commands act on into the menus."""
        section = self.handbook.find(self.target) if self._chapter else None
        chapter = self.handbook.chapters[self._chapter].title if self._chapter else ""
        target_menus.name_section(self._actions, section, chapter)

    # -- Searching -------------------------------------------------------------------------------------------

    def _show_hits(self, wanted: bool) -> None:
        self._show_left(self.searching.hits if wanted else self._contents_column)

    def _update_hit_actions(self, there: bool) -> None:
        hit = self.searching.hits.current() if there else None
        section = self.handbook.find(hit.address) if hit is not None else None
        target_menus.name_hit(self._actions, section, there=there)

    def _search_left(self) -> None:
        self.messages.clear()
        self.reader.setFocus()

    def _show_left(self, panel: QWidget) -> None:
        self._left.setCurrentWidget(panel)
        found = panel is not self._contents_column
        self._split.want_left(found or self._actions["contents"].isChecked(), first=found)

    # -- Looks -----------------------------------------------------------------------------------------------

    def zoom(self, step: int) -> None:
        """Make the text larger (+1), smaller (-1) or of normal size (0)."""
        self.looks.set_points(settings.TEXT_SIZE.default if step == 0 else self.looks.points + step)
        self.messages.say(tr("Text size {n} points").format(n=self.looks.points), 2500)

    def _larger(self) -> None:
        """Larger text; or the whole window, where + needs Shift: there, Qt takes Ctrl+Shift++ for Ctrl++.

        Ctrl+= is the key for the text on such a keyboard."""
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if QGuiApplication.keyboardModifiers() & both == both:
            self.zoom_window(1)
        else:
            self.zoom(1)

    def zoom_window(self, way: int) -> None:
        """Make the whole window larger (+1), smaller (-1) or of its usual size (0)."""
        self.looks.set_percent(scale.step(self.looks.percent, way))
        self.messages.say(tr("Window at {n} %").format(n=self.looks.percent), 2500)

    def choose_reading(self) -> None:
        """Choose how a page is set."""
        from handbook.ui.reading.reading_dialog import ReadingDialog

        dialog = ReadingDialog(self.store, self)
        dialog.changed.connect(self.looks.read_anew)
        dialog.exec()
        dialog.deleteLater()

    def set_colours(self, choice: str) -> None:
        """Show the colours of a setting, see settings.COLOURS."""
        self.looks.set_colours(choice)

    @property
    def _theme(self) -> Theme:
        return self.looks.theme

    def _look_anew(self) -> None:
        """Let every part take the colours and sizes of now."""
        self.reader.restyle(self._theme, self.looks.page_points, self.looks.page)
        self.path.restyle(self._theme)
        for column in self._contents.values():
            column.tree.restyle(self._theme)
        self.searching.restyle(self._theme)
        self.tools.restyle(self._theme)
        self.workshop.restyle(self._theme)
        self._split.arrange()
        self._fit_status_bar()
        self._actions[f"colours_{self.looks.colours}"].setChecked(True)

    def _show_terms_anew(self) -> None:
        """Terms come first in other languages: a glossary's page is another one."""
        chapter = self.handbook.chapter(Address.parse(self._chapter)) if self._chapter else None
        if chapter is not None and chapter.front.kind == "glossary":
            place, self._chapter = self.reader.place, ""
            self._show(f"{chapter.id}#{place}" if place else chapter.id)

    def _fit_status_bar(self) -> None:
        self.statusBar().setFixedHeight(self.fontMetrics().height() + scale.px(10))

    def _toggle_contents(self) -> None:
        self._show_left(self._left.currentWidget())
        self._split.put_left_first()

    def _toggle_full_screen(self) -> None:
        full = Qt.WindowState.WindowFullScreen
        if self._actions["full_screen"].isChecked():
            self.setWindowState(self.windowState() | full)
            self._tell_way_out()
        else:
            self.setWindowState(self.windowState() & ~full)  # maximised again, if it was
            self.messages.clear()

    def _tell_way_out(self) -> None:
        key = self._actions["full_screen"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.messages.say(tr("Full screen. {key} ends it.").format(key=key), 8000)

    @cached_property
    def page_keys(self) -> PageKeys:
        """The keys from heading to heading; made when a key is first pressed on the page."""
        from handbook.ui.reading.page_keys import PageKeys

        return PageKeys(self.reader, self.caret, self._actions["highlight"].trigger)

    @cached_property
    def previews(self) -> LinkPreview:
        """What links of the page lead to; made when one is first wanted."""
        return self._previews_of(self.reader, lambda: self._chapter)

    def _previews_of(self, reader: Reader, chapter: Callable[[], str]) -> LinkPreview:
        from handbook.ui.reading.link_preview import LinkPreview, preview_of

        made = LinkPreview(
            reader,
            lambda href: preview_of(self.handbook, chapter(), href, self._parsed.read),
            lambda: self.store.read(settings.PREVIEWS),
        )
        made.missed.connect(lambda why: self.messages.say(why, 5000))
        return made

    def _hover(self, url: QUrl) -> None:
        if "previews" in self.__dict__ or not url.isEmpty():
            self.previews.hover(url)

    def _add_previews(self) -> None:
        """Let the second window have previews too."""
        window = self.beside.window
        if window is None:
            return
        made = self._previews_of(window.reader, lambda: window.chapter)
        window.reader.highlighted.connect(made.hover)
        QShortcut(self._actions["preview"].shortcut(), window, made.show_chosen)

    def to_page(self) -> None:
        """Put the keyboard on the page; where it is there, switch the caret on or off."""
        if self.reader.hasFocus():
            self._actions["caret"].trigger()
        else:
            self.reader.setFocus()

    def _switch_caret(self) -> None:
        on = self._actions["caret"].isChecked()
        self.caret.switch(on=on)
        self.reader.setFocus()
        self.messages.say(
            tr("The caret is on the page: arrows move it, with Shift they select. F7 takes it away.")
            if on
            else tr("The caret is off: arrows scroll."),
            6000,
        )

    def to_contents(self) -> None:
        """Put the keyboard into the contents, showing them if they were hidden."""
        self._actions["contents"].setChecked(True)
        self._show_left(self._contents_column)
        self._split.put_left_first()
        self.contents.setFocus()

    def filter_contents(self) -> None:
        """Open the filter above the contents, showing them if they were hidden."""
        self.to_contents()
        self._contents_column.to_filter()

    # -- Marks -----------------------------------------------------------------------------------------------

    @cached_property
    def own_marks(self) -> WindowMarks:
        """What the window does with the person's marks; made after the first page is painted, or when first wanted."""
        from handbook.ui.window_marks import Ways, WindowMarks

        made = WindowMarks(
            self,
            self.handbook,
            self.reader,
            self.paths,
            self.store,
            self._parsed,
            Ways(
                target=lambda: self.target if self._chapter else "",
                chapter=lambda: self._chapter,
                open=self.open_address,
                copy=self.outputs.copy_words,
                add=self.workshop.add,
                show_words=self.room.show_words,
                show=self.room.show_address,
                looked_on=self._looked_on,
            ),
        )
        made.said.connect(self.messages.say)
        made.controller.changed.connect(self.searching.marks_changed)
        made.controller.changed.connect(self.workshop.marks_changed)
        made.controller.told.connect(self.notice.show_notice)
        return made

    @property
    def marks(self) -> MarksController:
        """The person's marks."""
        return self.own_marks.controller

    def _looked_on(self) -> bool:
        """May a group see this screen now?"""
        return self.room.show is not None or ("runs" in self.__dict__ and self.runs.window is not None)

    def _show_marks(self) -> None:
        self.own_marks.show_on_page()

    @property
    def _has_marks(self) -> bool:
        """Has the person marked something? Before marks are wanted, their file says so without being read."""
        from handbook.marks import FILE  # without what reads it

        return bool(self.marks.marks) if "own_marks" in self.__dict__ else (self.paths.data / FILE).exists()

    def _find_marks(self) -> None:
        self.store.write(settings.FIND_MARKS, self._actions["find_marks"].isChecked())
        self.searching.marks_changed()

    # -- Showing ---------------------------------------------------------------------------------------------

    def show_to_room(self) -> None:
        """Show what is selected, else the section that commands are about, to the group, in place of what is shown."""
        if not self._chapter:
            self.messages.say(tr("Open a chapter first: what is being read is shown."), 4000)
            return
        words = self.reader.selected_text()
        if words:
            self.room.show_words(words, self.target)
        else:
            self.room.show_address(self.target)

    def show_hit(self) -> None:
        """Show the chosen hit to the group."""
        hit = self.searching.hits.current()
        if hit is not None:
            self.room.show_address(hit.address)

    def run_workshop(self) -> None:
        """Lead through the workshop that is open, by the clock."""
        self.runs.begin(self.workshop.controller.document)

    @cached_property
    def runs(self) -> Runs:
        """The workshops that are run; made when one first is."""
        from handbook.ui.runs import Runs

        runs = Runs(lambda: self.handbook, self, self.room, self.paths.data, lambda: self._theme)
        runs.said.connect(self.messages.say)
        runs.link_chosen.connect(self._follow_from_run)
        runs.begun.connect(self.searching.marks_changed)
        runs.over.connect(self.searching.marks_changed)
        return runs

    def _follow_from_run(self, href: str) -> None:
        self.activateWindow()
        self._follow(href)

    def _search_while_showing(self) -> None:
        self.activateWindow()
        self.searching.enter()

    def _show_ended(self, address: str) -> None:
        """Go on reading where the show ended, or go on with the run."""
        if "runs" in self.__dict__ and self.runs.window is not None:
            self.runs.window.activateWindow()
            return
        self.activateWindow()
        self.reader.setFocus()
        if address and address != self.address:
            self.open_address(address)

    # -- Other windows ---------------------------------------------------------------------------------------

    def add_hit(self) -> None:
        """Add the chosen hit to the workshop."""
        hit = self.searching.hits.current()
        if hit is not None:
            self.workshop.add(hit.address)

    def handbooks_dialog(self, *added: Path) -> None:
        """Show the library: the handbooks beside our own. added: packs and folders that are added to them first."""
        from handbook.ui.library.handbooks_dialog import HandbooksDialog

        dialog = HandbooksDialog(self.paths.data, self.handbook, self)
        dialog.turned.connect(self.open_address)
        dialog.add_when_shown(*added)
        dialog.exec()
        dialog.deleteLater()

    def write_handbook(self) -> None:
        """Begin a handbook of the person's own, as in the library."""
        from handbook.ui.library.handbooks_dialog import HandbooksDialog

        dialog = HandbooksDialog(self.paths.data, self.handbook, self)
        dialog.turned.connect(self.open_address)
        dialog.begin_when_shown()
        dialog.exec()
        dialog.deleteLater()

    def check_update(self) -> None:
        """Let a file from a stick be chosen, and see whether it is a newer version or a handbook that was published."""
        from handbook.ui.help.update_dialog import choose_and_check

        choose_and_check(self.paths, self.close, self.handbooks_dialog, self)

    def about(self) -> None:
        """Show versions and folders."""
        from handbook.ui.help.about import AboutDialog

        dialog = AboutDialog(self.handbook, self.paths, self.store, self)
        dialog.exec()
        dialog.deleteLater()

    def clear_stored(self) -> None:
        """Empty the settings and the cache after asking."""
        from handbook.ui.widgets.dialogs import ask  # a start can do without

        if ask(self, tr("Clear what is stored"), stored.about_clearing(), tr("&Clear all of it")):
            self.forget()

    def forget(self) -> None:
        """Remove what is kept on the computer; nothing is written again when the window closes."""
        self._remove_stored()
        self._forgotten = True
        self.searching.forget()
        self.messages.say(tr("Cleared. Nothing is kept when you close the window now."), 8000)

    _forgotten = False

    def _remove_stored(self) -> None:
        self.marks.forget()
        stored.remove(self.paths, self.store)
        self.workshop.forget()

    # -- Opening and closing ---------------------------------------------------------------------------------

    def _restore(self, address: str) -> None:
        room = self.screen().availableSize()
        self.resize(min(1180, room.width()), min(800, room.height() - 40))
        geometry.restore(self, self.store.read(settings.GEOMETRY))
        self._actions["full_screen"].setChecked(self.isFullScreen())
        if self.isFullScreen():
            self._tell_way_out()
        self._show_left(self._contents_column)
        width = self.store.read(settings.CONTENTS_WIDTH)
        self._split.set_widths(width)
        last, offset = self.store.read(settings.LAST_ADDRESS), self.store.read(settings.LAST_OFFSET)
        if self.handbook.name not in ("", library_name(last)):
            last = ""  # another handbook was asked for
        start = address or (last if last and self.handbook.find(last) else self.start_address)
        self._show(start)
        self._travel.arrive(str(self.handbook.current(Address.parse(start))))
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
        elif self._chapter:
            self.reader.go_to(self.reader.place)

    @cached_property
    def _drops(self) -> Drops:
        from handbook.ui.library.drops import Drops  # a start can do without

        return Drops(self, self.handbooks_dialog)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: what is no workshop may be a handbook."""
        self._drops.enter(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drops.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.workshop.may_close():
            event.ignore()
            return
        self.room.end()
        self.beside.close()
        if "runs" in self.__dict__:
            self.runs.close()
        self._tidying.close()
        if self.writing is not None:
            self.writing.close()
        self.marks.close()
        self.reader.close_pictures()
        self.workshop.close()
        self.searching.close()
        if self._forgotten:
            self._remove_stored()  # a search since then may have made an index
        else:
            self._keep()
        super().closeEvent(event)

    def _keep(self) -> None:
        """Write down where the person was; a folder that takes no file is no reason to stay open."""
        self.looks.keep()
        if self._chapter:
            self.store.write(settings.LAST_ADDRESS, self.address)
            self.store.write(settings.LAST_OFFSET, self.reader.offset())
        self.store.write(settings.CARET, self._actions["caret"].isChecked())
        self.store.write(settings.CONTENTS_SHOWN, self._actions["contents"].isChecked())
        self.store.write(settings.CONTENTS_WIDTH, self._split.widths[0])  # in a small window it may have less now
        self.workshop.keep()
        self.store.write(settings.GEOMETRY, geometry.to_text(self))
        self.store.save()
