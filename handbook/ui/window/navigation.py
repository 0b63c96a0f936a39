"""Where the main window is: the page that it shows, the handbook that this is from, and the way back.

Belongs here: going to addresses. Not here: what a page says (reading/page_source.py), what links of other kinds do
(links.py), what else of the window follows the place (main_window.py)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from handbook.base.catalogue import tr
from handbook.content.address import Address, library_name
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.parse_cache import Parsed
from handbook.ui.reading import page_source
from handbook.ui.reading.keyboard_page import keyboard_page
from handbook.ui.reading.reader import Reader
from handbook.ui.reading.shown import Shown
from handbook.ui.reading.spoken_place import SpokenPlace
from handbook.ui.reading.travel import Travel
from handbook.ui.widgets.messages import Messages
from handbook.ui.widgets.progress import wait_for

_LONG_CHAPTER = 60_000  # letters, from which a page takes more than a tenth of a second to make


class Navigation(QObject):
    """The place of one window.

    start_page: makes the start page of the handbook that is being read."""

    turned = Signal(bool)  # another handbook is being read; True: one that was not read in this window so far
    page_shown = Signal(bool)  # another page is in the reader; True: a chapter's
    opened = Signal(str, str)  # the id and the title of the chapter that an address is in; "" for other pages
    arrived = Signal()  # the place is another, on this page or another one
    travelled = Signal()  # the history is another

    def __init__(
        self,
        window: QWidget,
        handbook: Handbook,
        reader: Reader,
        parsed: Parsed,
        messages: Messages,
        start_page: Callable[[], Shown],
    ) -> None:
        super().__init__(window)
        self.handbook = handbook  # that is being read
        self.chapter = ""  # id of the chapter in view; "" on the start and keyboard pages
        self._window, self._reader, self._parsed = window, reader, parsed
        self._messages, self._start_page = messages, start_page
        self._read = {handbook.name: handbook}  # the handbooks that were read in this window, by name
        self._page = page_source.START
        self.place = SpokenPlace(reader, self._title_of)
        self._travel = Travel(reader, self.place, lambda: self.address, self._show)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command for going somewhere does."""
        return {
            "back": lambda: self.travel(-1),
            "forward": lambda: self.travel(1),
            "previous_section": lambda: self._go_on(-1, chapters=False),
            "next_section": lambda: self._go_on(1, chapters=False),
            "previous_chapter": lambda: self._go_on(-1, chapters=True),
            "next_chapter": lambda: self._go_on(1, chapters=True),
            "start_page": lambda: self.open_address(self.start_address),
            "keyboard": lambda: self.open_address(page_source.KEYBOARD),
            "first_steps": lambda: self.open_address("first-steps"),
            "about_content": lambda: self.open_address("about"),
        }

    # -- Where it is -----------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """Where the reader is: the address of the section in view, "" on the start page."""
        if not self.chapter:
            return self._page
        return str(Address(self.chapter, self._reader.place))

    @property
    def target(self) -> str:
        """The address that commands act on, see Reader.target; "" where no chapter is open."""
        return str(Address(self.chapter, self._reader.target.first)) if self.chapter else ""

    @property
    def start_address(self) -> str:
        """The address of the start page of the handbook that is being read."""
        return f"{self.handbook.name}:" if self.handbook.name else page_source.START

    @property
    def can_go_back(self) -> bool:
        """Is there an earlier visit?"""
        return self._travel.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Is there a later visit?"""
        return self._travel.can_go_forward

    def _title_of(self, anchor: str) -> str:
        """The title of a section of the page in view, after that of its chapter."""
        section = self.handbook.find(Address(self.chapter, anchor)) if self.chapter else None
        chapter = self._reader.shown.title
        return chapter if section is None or section.title == chapter else f"{chapter}. {section.title}"

    # -- Going somewhere -------------------------------------------------------------------------------------

    def begin(self, address: str) -> None:
        """Show the first address."""
        self._show(address)
        self._arrive(address)

    def open_address(self, address: str) -> None:
        """Go to an address and note it in the history; an unknown one is told, and nothing changes."""
        if not self._exists(address):
            self._messages.say(tr("There is nothing at '{address}'.").format(address=address), 6000)
            return
        self._travel.leave()
        if self._show(address):
            self._arrive(address)
            self.place.announce()
        self.travelled.emit()

    def open_words(self, address: str, words: str) -> None:
        """Open an address, and put the caret before words there."""
        self.open_address(address)
        found = self._reader.document().find(words) if words else None
        if found is not None and not found.isNull():
            self._reader.go_to_position(found.selectionStart())
        self._reader.setFocus()

    def open_note(self, anchor: str) -> None:
        """Go to a footnote of the page, or back from it to its number."""
        self._travel.leave()
        self._reader.go_to(anchor)
        self.place.announce(words=True)
        self._travel.arrive(self.address, self._reader.offset())
        self.travelled.emit()

    def travel(self, way: int) -> None:
        """Go back (-1) or forward (+1) to where the person was."""
        self._travel.step(way)
        self.travelled.emit()

    def _go_on(self, way: int, *, chapters: bool) -> None:
        """Go to the section or chapter before or after this one, across chapters and parts."""
        every = [str(section.address) for section in self.handbook.sections if not chapters or section.level == 0]
        here = self.chapter if chapters else self.address
        start = -1 if way > 0 else len(every)  # outside the chapters: begin at the first or the last
        following = (every.index(here) if here in every else start) + way
        if 0 <= following < len(every):
            self.open_address(every[following])

    def _arrive(self, address: str) -> None:
        self._travel.arrive(str(self.handbook.current(Address.parse(address))))

    def _exists(self, address: str) -> bool:
        return address == page_source.KEYBOARD or self._is_start(address) or self.handbook.find(address) is not None

    def _is_start(self, address: str) -> bool:
        """Is it the start page of a handbook?"""
        if address in (page_source.START, self.start_address):
            return True
        return address.endswith(":") and self.handbook.others(address[:-1]) is not None

    # -- Showing the page ------------------------------------------------------------------------------------

    def _show(self, address: str) -> bool:
        """Show the page of an address, scrolled there.

        False when the person did not want to wait for a long one: the page stays."""
        target = self.handbook.current(Address.parse(address))
        chapter = self.handbook.chapter(target)
        if chapter is None:
            self._turn_to(address)
            self.chapter, self._page = "", address
            keyboard = address == page_source.KEYBOARD
            self._show_page(keyboard_page() if keyboard else self._start_page())
        elif self.chapter != chapter.id:
            page = self.page_of(chapter)
            if page is None:
                return False
            self._turn_to(chapter.id)
            self.chapter, self._page = chapter.id, chapter.id
            self._show_page(page)
        self.opened.emit(self.chapter, chapter.title if chapter is not None else "")
        if chapter is not None:
            self._reader.go_to(target.anchor)
        self.arrived.emit()
        return True

    def _show_page(self, page: Shown) -> None:
        self._reader.show_page(page)
        self.page_shown.emit(bool(self.chapter))

    def page_of(self, chapter: Chapter) -> Shown | None:
        """The page of a chapter; a long one is made in a thread, and may be cancelled."""
        handbook = self.handbook.of(chapter.id)

        def make(*_: object) -> Shown:
            return page_source.chapter_page(handbook, chapter, self._parsed)

        if sum(map(len, chapter.lines)) < _LONG_CHAPTER or not self._window.isVisible():
            return make()
        return wait_for(self._window, tr("Opening {title}…").format(title=chapter.title), 0, make)

    def _turn_to(self, address: str) -> None:
        """Read on in the handbook that an address is in: contents, search and start page are those of that one.

        Workshop, marks and whatever else has an address take those of every handbook."""
        name = library_name(address)
        if name == self.handbook.name or address == page_source.KEYBOARD:
            return
        handbook = self.handbook.others(name)
        if handbook is None:
            return
        is_new = bool(name) and self._read.get(name) is not handbook  # first read, or replaced by a newer version
        if is_new:
            self._read[name] = handbook
        self.handbook = self._read.setdefault(name, handbook)
        self.turned.emit(is_new)

    def show_again(self) -> None:
        """Make the page of the chapter in view again, as something that it shows is another."""
        if self.chapter:
            chapter, place, self.chapter = self.chapter, self._reader.place, ""
            self._show(f"{chapter}#{place}" if place else chapter)

    def renew_start_page(self) -> None:
        """Make the start page again if it is in view, as there are other ways to go on."""
        if not self.chapter and self._page == self.start_address:
            self._show_page(self._start_page())

    def renew(self) -> None:
        """The handbook's files are others: show what stands there now, at the same place."""
        chapter = self.handbook.chapters.get(self.chapter)
        if chapter is None:
            self._show(self.start_address if self.chapter else self._page)
            return
        page = self.page_of(chapter)
        if page is not None and page != self._reader.shown:
            place, offset = self._reader.place, self._reader.offset()
            self._show_page(page)
            self._reader.scroll_below(place, offset)
        self.arrived.emit()
