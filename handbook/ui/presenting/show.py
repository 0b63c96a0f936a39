"""Shows a passage to a group (F5), page by page or piece by piece, and does what each key says.

Belongs here: which slide, page or piece is shown. Not here: painting (public_window.py)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMainWindow, QPlainTextEdit

from handbook.base.catalogue import pgettext, tr
from handbook.base.network_languages import LANGUAGES
from handbook.content import markup, term_lines
from handbook.content.address import Address
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.pictures import Picture
from handbook.presenting import slides
from handbook.presenting.fitting import Fit, fit
from handbook.presenting.slides import Slide
from handbook.search.results import Answer
from handbook.ui.presenting import awake, page, screens
from handbook.ui.presenting.public_window import PublicWindow, Shown
from handbook.ui.presenting.search_line import SearchLine
from handbook.ui.searching.finder import Question
from handbook.ui.widgets.announce import announce
from handbook.ui.widgets.theme import Theme
from handbook.ui.widgets.worker import Stale

BLANKS = (Qt.Key.Key_B, Qt.Key.Key_Period)  # keys with which a presenter's remote makes the screen black
SCALES = (0.6, 0.75, 0.87, 1.0, 1.15, 1.35, 1.6, 2.0)  # steps of the text's size; 1 is as large as fits
_ENOUGH = 30  # letters by which a block is known on a page
_MOST_FITS = 64  # fitted slides that are kept


class _Place(NamedTuple):
    """Where the show is.

    piece: the piece that is shown by itself, None for whole pages.
    covered: is the back of the card shown?"""

    slide: int = 0
    page: int = 0
    piece: int | None = None
    covered: bool = False


class Show(QObject):
    """Shows passages of a handbook to a room, until it is ended.

    trainers: the window of the trainer; the public one goes to another screen where there is one.
    read:     as in markup.parse().
    answer:   finds passages; called in a thread of its own."""

    ended = Signal(str)  # the address that was shown last
    search_wanted = Signal()  # in the trainer's window, where the group does not see it

    def __init__(
        self,
        handbook: Handbook,
        trainers: QMainWindow,
        read: Callable[[str], Element],
        answer: Callable[[Question, Stale], Answer | None],
        *,
        theme: Theme,
    ) -> None:
        super().__init__(trainers)
        self._handbook, self._trainers, self._read = handbook, trainers, read
        self._look = page.look(dark=theme.dark, contrast=theme.contrast)
        self._contrast = theme.contrast
        self._slides: tuple[Slide, ...] = ()
        self._at = _Place()
        self.wanted = ("", "")  # selected words, "" for a whole section, and the address, until a page is turned
        self._scale = SCALES.index(1.0)
        self._language = ""  # beside English, in a glossary
        self._tells_keys = False  # in place of the passage
        self._fits: dict[tuple[int, str, int, int, int], Fit] = {}
        self.window = PublicWindow(self._look)
        self.window.setWindowTitle(handbook.manifest.title)
        self.search = SearchLine(self.window, answer)
        self.search.chosen.connect(self.show_address)
        self.search.left.connect(self.window.setFocus)
        self.window.key_pressed.connect(self.press)
        self.window.resized.connect(self._refit)
        self.window.closed.connect(self._end)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._prepare_next)
        self._sleep_again = awake.keep_awake(tr("A passage is being shown to a group."))
        self._handlers = self._keys()
        self.first_keys: Callable[[QKeyEvent], bool] = lambda _: False  # asked before; True if it took the key
        QGuiApplication.instance().screenRemoved.connect(self._screen_gone)
        QGuiApplication.instance().screenAdded.connect(self._screen_came)
        QApplication.instance().installEventFilter(self)

    def _keys(self) -> dict[int, Callable[[], object]]:
        """What each key does; a presenter's remote sends Page Up, Page Down, F5, Esc, B or a full stop."""
        key = Qt.Key
        by_page: dict[int, Callable[[], object]] = dict.fromkeys(
            (key.Key_PageDown, key.Key_Right, key.Key_Down, key.Key_Return, key.Key_Enter), lambda: self.step(1)
        )
        back = dict.fromkeys((key.Key_PageUp, key.Key_Left, key.Key_Up, key.Key_Backspace), lambda: self.step(-1))
        return (
            by_page
            | back
            | {
                key.Key_Space: lambda: self.step_piece(1),
                key.Key_Home: lambda: self._go(_Place()),
                key.Key_End: lambda: self._go(_Place(len(self._slides) - 1)),
                key.Key_B: lambda: self.blank("#000000"),
                key.Key_Period: lambda: self.blank("#000000"),
                key.Key_W: lambda: self.blank("#ffffff"),
                key.Key_Plus: lambda: self.larger(1),
                key.Key_Equal: lambda: self.larger(1),
                key.Key_Minus: lambda: self.larger(-1),
                key.Key_0: lambda: self.larger(0),
                key.Key_Tab: self.turn_over,
                key.Key_K: self.turn_over,
                key.Key_C: self.change_colours,
                key.Key_L: self.change_language,
                key.Key_S: self.swap_screens,
                key.Key_F: self.toggle_window,
                key.Key_F11: self.toggle_window,
                key.Key_Slash: self.find,
                key.Key_F1: self.tell_keys,
                key.Key_Escape: self._escape,
                key.Key_F5: self.end,
            }
        )

    # -- What is shown -----------------------------------------------------------------------------------------

    def begin(self, *, keyboard: bool) -> None:
        """Put the window onto the group's screen. keyboard: does it get the keyboard, even from another screen?"""
        self.window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=not keyboard)
        if keyboard:
            self.window.hint(tr("F1: all keys · Esc: end"))
        screens.fill(self.window, screens.public_screen(self._trainers))

    def show_address(self, address: str) -> None:
        """Show the section at an address; the pages after it follow."""
        target = self._handbook.current(Address.parse(address))
        section, chapter = self._handbook.find(target), self._handbook.chapter(target)
        if section is None or chapter is None:
            return
        self._load(chapter)
        order = [one.address.anchor for one in chapter.sections]
        place = _Place(slides.place_of(self._slides, section.address.anchor, order))
        block = dict(self._slides[place.slide].anchors).get(target.anchor, 0) if self._slides else 0
        self._go(place._replace(page=self._page_with(place.slide, block)) if block else place)
        self.wanted = ("", address)
        self._come_forward()

    def _page_with(self, slide: int, block: int) -> int:
        """The page of a slide on which one of its blocks begins."""
        return self._page_of_words(slide, markup.words_of(self._slides[slide].blocks[block]))

    def _page_of_words(self, slide: int, wanted: str) -> int:
        pages = (" ".join(map(markup.words_of, one)) for one in self._fit(slide).pages)
        return next((number for number, words in enumerate(pages) if wanted[:_ENOUGH] in words), 0)

    def show_words(self, text: str, address: str) -> None:
        """Show selected words alone. address: of the section that they are from."""
        target = Address.parse(address)
        chapter = self._handbook.chapter(target)
        if chapter is None:
            return
        verbatim = chapter.front.kind == "statement"
        source = self._handbook.source_line(chapter)
        self._slides = (slides.slide_of_words(text, target, source, verbatim=verbatim),)
        self._fits.clear()
        self._go(_Place())
        self.wanted = (text, address)
        self._come_forward()

    def show_slides(self, made: tuple[Slide, ...]) -> None:
        """Show slides that are made elsewhere, from the first."""
        self._slides = ()
        self.replace(made)
        self._come_forward()

    def replace(self, made: tuple[Slide, ...], *, quietly: bool = False) -> None:
        """Put other slides in the place of those that are shown; the keyboard stays where it is, and so does the page.

        quietly: nothing is read out."""
        same = bool(self._slides) and self._at.slide == 0 and self._slides[0].first == made[0].first
        page = self._at.page if same else -1
        self._slides, self._quietly = made, quietly
        self._fits.clear()
        blank = self.window.blank
        if not 0 <= page < len(self._fit(0).pages):
            page = self._page_of_words(0, made[0].first) if made[0].first else 0
        self._go(_Place(page=page))
        self.window.cover(blank)
        self._quietly = False

    _quietly = False

    def shows(self, made: tuple[Slide, ...]) -> bool:
        """Are these the slides that are shown?"""
        return self._slides is made

    def _come_forward(self) -> None:
        """Take the keyboard, unless the trainer goes on at a screen of her own."""
        if self.covers_trainers():
            self.window.raise_()
            self.window.activateWindow()
        self.search.put_away()  # it would cover what was chosen in the trainer's window meanwhile
        self.window.setFocus()

    def covers_trainers(self) -> bool:
        """Is the page on the trainer's own screen, or in an ordinary window?"""
        return self.window.screen() is self._trainers.screen() or not self.window.isFullScreen()

    def _load(self, chapter: Chapter) -> None:
        self._slides = slides.slides_of(self._handbook, chapter, self._read)
        if self._language and chapter.front.kind == "glossary":
            self._slides = slides.with_terms(self._slides, self._handbook.folder, self._language)
        self._fits.clear()

    def change_language(self) -> None:
        """Show a glossary's terms in another language beside English: the program's own first, then the others."""
        chapter = self._handbook.chapter(Address.parse(self.address))
        if chapter is None or chapter.front.kind != "glossary":
            announce(self.window, tr("Terms in two languages are shown for the glossary."))
            return
        codes = ("", *term_lines.languages(self._handbook.folder))
        self._language = codes[(codes.index(self._language) + 1) % len(codes)]
        at = self._at
        self._load(chapter)
        self._go(_Place(at.slide))
        if self._language:
            announce(self.window, tr(LANGUAGES[self._language].name))

    @property
    def address(self) -> str:
        """The section that is shown, "" for none."""
        return str(self._slides[self._at.slide].address) if self._slides else ""

    def step(self, by: int) -> None:
        """To the next page, or the one before; over the end of a slide to the next slide."""
        if not self._slides:
            return
        at = self._at
        if at.covered and 0 <= at.page + by < len(self._fit_covered(at.slide).pages):
            self._go(at._replace(page=at.page + by))
            return
        # From the back of a card or the key to a case, a step back leads to its front.
        number = at.page + by if at.piece is None else self._page_of_piece(at) + by
        if at.covered:
            number = 0 if by < 0 else len(self._fit(at.slide).pages)
        if 0 <= number < len(self._fit(at.slide).pages):
            self._go(_Place(at.slide, number))
        elif 0 <= at.slide + by < len(self._slides):
            slide = at.slide + by
            self._go(_Place(slide, 0 if by > 0 else len(self._fit(slide).pages) - 1))
        else:
            self._at_an_end(by)

    def step_piece(self, by: int) -> None:
        """To the next piece by itself: a paragraph, an item of a list, a table."""
        if not self._slides:
            return
        at = self._at
        if at.piece is None:
            first = sum(len(slides.pieces_of(one)) for one in self._fit(at.slide).pages[: at.page])
            self._go(at._replace(piece=first, covered=False))
        elif 0 <= at.piece + by < len(self._pieces(at.slide)):
            self._go(at._replace(piece=at.piece + by))
        elif 0 <= at.slide + by < len(self._slides):
            slide = at.slide + by
            self._go(_Place(slide, piece=0 if by > 0 else len(self._pieces(slide)) - 1))
        else:
            self._at_an_end(by)

    def _at_an_end(self, by: int) -> None:
        announce(self.window, tr("This is the last page.") if by > 0 else tr("This is the first page."))

    def turn_over(self) -> None:
        """Show the back of a card or the key to a case, or the front again."""
        if self._slides and self._slides[self._at.slide].covered:
            self._go(_Place(self._at.slide, covered=not self._at.covered))

    def _pieces(self, slide: int) -> tuple[Element, ...]:
        """What is shown one by one: pieces, those that are larger than a page in the pages that they need."""
        return slides.pieces_of([block for one in self._fit(slide).pages for block in one])

    def _page_of_piece(self, at: _Place) -> int:
        ends = itertools.accumulate(len(slides.pieces_of(one)) for one in self._fit(at.slide).pages)
        return sum(end <= (at.piece or 0) for end in ends)

    def _go(self, place: _Place) -> None:
        if not self._slides:
            return
        self._at, self.wanted = place, ("", "")
        self._uncover()
        self._paint()
        self._soon.start()

    def _paint(self) -> None:
        self._tells_keys = False
        slide, at = self._slides[self._at.slide], self._at
        if at.covered:
            found = self._fit_covered(at.slide)
            number = min(at.page, len(found.pages) - 1)
            blocks, position = found.pages[number], self._position(number, len(found.pages))
        elif at.piece is not None:
            pieces = self._pieces(at.slide)
            number = min(at.piece, len(pieces) - 1)
            found = self._fitted(slide, (pieces[number],), str(number))
            blocks, position = found.pages[0], self._position(number, len(pieces))
        else:
            found = self._fit(at.slide)
            number = min(at.page, len(found.pages) - 1)
            blocks, position = found.pages[number], self._position(number, len(found.pages))
        picture = self._picture_of(slide, blocks)
        shown = Shown(slide.title, blocks, found.size, slide.source, position, slide.verbatim, picture)
        self.window.show_page(shown, quietly=self._quietly)

    def _picture_of(self, slide: Slide, blocks: Sequence[Element]) -> Picture | None:
        """The picture that fills a page."""
        chapter = self._handbook.chapters.get(slide.address.chapter)
        if chapter is None or len(blocks) != 1 or blocks[0].tag != "figure":
            return None
        found = chapter.picture(blocks[0].get("src", ""))
        return found if isinstance(found, Picture) else None

    def _position(self, number: int, count: int) -> str:
        return tr("{number} of {count}").format(number=number + 1, count=count) if count > 1 else ""

    # -- Fitting -----------------------------------------------------------------------------------------------

    def _fit(self, slide: int) -> Fit:
        return self._fitted(self._slides[slide], self._slides[slide].blocks, "whole")

    def _fit_covered(self, slide: int) -> Fit:
        return self._fitted(self._slides[slide], self._slides[slide].covered, "covered")

    def _fitted(self, slide: Slide, blocks: tuple[Element, ...], name: str) -> Fit:
        """Blocks fitted to the window. name: tells those of one slide apart."""
        width, height = self.window.room(slide.title)
        # Not the address, which slides that are made elsewhere may share. An id is theirs as long as they are kept.
        key = (id(slide.blocks), name, width, height, self._scale)
        if key not in self._fits:
            if len(self._fits) >= _MOST_FITS:
                self._fits.clear()
            sizes = page.Sizes.of(self.window.width(), self.window.height(), SCALES[self._scale])

            def measure(some: Sequence[Element], size: int) -> float:
                return page.height_of(some, size, width, verbatim=slide.verbatim)

            self._fits[key] = fit(blocks, measure, height, sizes.smallest, round(sizes.largest * slide.largest))
        return self._fits[key]

    def _prepare_next(self) -> None:
        """Fit the next slide while this one is looked at, so that turning to it takes no time."""
        if self._at.slide + 1 < len(self._slides):
            self._fit(self._at.slide + 1)

    def _refit(self) -> None:
        if self._slides:
            at = self._at
            pages = (self._fit_covered(at.slide) if at.covered else self._fit(at.slide)).pages
            self._at = at._replace(page=min(at.page, len(pages) - 1))
            self._paint()

    # -- Keys --------------------------------------------------------------------------------------------------

    def press(self, event: QKeyEvent) -> None:
        """Do what a key does on the page, wherever it was pressed."""
        ctrl, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        if event.modifiers() & ctrl and event.key() == Qt.Key.Key_K:
            self.find()  # as everywhere: else each letter of what is typed then is a key, and S swaps the screens
            return
        if event.modifiers() & (ctrl | alt | Qt.KeyboardModifier.MetaModifier):
            return
        if self.first_keys(event):
            return
        if event.key() == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.step_piece(-1)
            return
        if (handler := self._handlers.get(event.key())) is not None:
            handler()

    def blank(self, colour: str) -> None:
        """Cover the page with a colour; the same again, or turning on, shows it."""
        covered = self.window.blank == colour
        self.window.cover("" if covered else colour)
        announce(self.window, tr("The page is shown.") if covered else tr("The screen is blank."))

    def _uncover(self) -> None:
        if self.window.blank:
            self.window.cover("")

    def larger(self, by: int) -> None:
        """Text a step larger or smaller; 0 is as large as fits."""
        self._scale = max(0, min(len(SCALES) - 1, self._scale + by)) if by else SCALES.index(1.0)
        self._refit()

    def change_colours(self) -> None:
        """Black on white, or white on black."""
        self._look = page.look(dark=not self._look.dark, contrast=self._contrast)
        self.window.set_look(self._look)

    def find(self) -> None:
        """Search: over the page, or in the trainer's window where that is on a screen of its own."""
        if self.covers_trainers():
            self.search.open(self._look, page.Sizes.of(self.window.width(), self.window.height()).smallest)
        else:
            self.search_wanted.emit()

    def tell_keys(self) -> None:
        """Show the keys on a slide of their own, over what is shown; any key that turns goes on."""
        rows = (
            (pgettext("key", "Page Down, →"), tr("next page")),
            (pgettext("key", "Page Up, ←"), tr("page before")),
            (pgettext("key", "Space"), tr("next piece by itself")),
            ("K", tr("back of a card, key to a case")),
            ("B, W", tr("black, white screen")),
            ("+, −, 0", tr("larger, smaller, as large as fits")),
            ("C", tr("dark or light colours")),
            ("L", tr("a term in another language, too")),
            # Translators: what a key does: search
            ("/", tr("search")),
            ("S, F", tr("other screen, ordinary window")),
            # Translators: what a key does: end showing
            (pgettext("key", "Esc"), tr("end")),
        )
        table = Element("table")
        for words in rows:
            row = Element("tr")
            for word in words:
                cell = Element("td")
                cell.text = word
                row.append(cell)
            table.append(row)
        # Translators: title: the keys of the keyboard
        slide = Slide(Address(""), tr("Keys"), (table,), (), "", verbatim=False)
        width, height = self.window.room(slide.title)
        least = page.Sizes.of(self.window.width(), self.window.height()).smallest
        # They are for the trainer in front of the computer, and all on one page.
        found = fit(
            slide.blocks,
            lambda some, size: page.height_of(some, size, width, verbatim=False),
            height,
            least // 2,
            least,
        )
        self.window.show_page(Shown(slide.title, found.pages[0], found.size, "", "", verbatim=False))
        self._tells_keys = True

    def _escape(self) -> None:
        """End the show; from the keys, back to what was shown: who has just looked up a key means to go on."""
        if self._tells_keys:
            self._paint()
        else:
            self.end()

    # -- Screens -----------------------------------------------------------------------------------------------

    def swap_screens(self) -> None:
        """Put the page onto the next screen, and the trainer's windows that are there onto the one where it was."""
        other = screens.another_screen(self.window)
        if other is None:
            announce(self.window, tr("There is no other screen."))
            return
        before = self.window.screen()
        for window in QApplication.topLevelWidgets():  # the run, the list of marks: the page would cover them
            if window is not self.window and window.isVisible() and window.screen() is other:
                screens.move(window, before)
        screens.fill(self.window, other)

    def toggle_window(self) -> None:
        """An ordinary window, to be shared in a video call, or the whole screen again."""
        if self.window.isFullScreen():
            self.window.showNormal()
            # In the middle, where its title bar can be taken hold of.
            area = self.window.screen().availableGeometry()
            width, height = area.width() * 2 // 3, area.height() * 2 // 3
            self.window.setGeometry(area.x() + width // 4, area.y() + height // 4, width, height)
        else:
            screens.fill(self.window, self.window.screen())

    def _screen_gone(self, screen: QScreen) -> None:
        """The group's screen was unplugged: the page is shown on what is left; an ordinary window stays one."""
        if self.window.isFullScreen() and self.window.screen() in (screen, None):
            left = [one for one in QGuiApplication.screens() if one is not screen]
            if left:
                screens.fill(self.window, left[0])

    def _screen_came(self, screen: QScreen) -> None:
        """A screen was plugged in: the page goes there, if it covers the trainer's."""
        if self.window.isFullScreen() and self.window.screen() is self._trainers.screen():
            screens.fill(self.window, screen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A presenter's remote sends its keys to whichever window is in front: they do the same there."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self._trainers_focus():
            remote = event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
            # In a list, a letter goes to the row that begins with it.
            blank = event.key() in BLANKS and not isinstance(watched, QAbstractItemView)
            if (remote or blank) and not event.modifiers() and self.window.isVisible():
                self.press(event)
                return True
        return super().eventFilter(watched, event)

    def _trainers_focus(self) -> QObject | None:
        """The widget of the trainer's window that has the keyboard, unless it is one that is written in."""
        focus = QApplication.focusWidget()
        if focus is None or focus.window() is not self._trainers or isinstance(focus, (QLineEdit, QPlainTextEdit)):
            return None
        return focus

    # -- The end -----------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Take the page away."""
        self.window.close()

    def _end(self) -> None:
        QApplication.instance().removeEventFilter(self)
        self.search.close_worker()
        self._sleep_again()
        self._soon.stop()
        self.ended.emit(self.address)
        self.window.deleteLater()
        self.deleteLater()
