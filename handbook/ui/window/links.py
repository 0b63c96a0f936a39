"""What links of the page do: they lead on, open beside, show a picture or a preview of where they lead.

Belongs here: which of these a link does. Not here: going somewhere (navigation.py), links of the start page alone
(start_ways.py), the second window (beside.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QMenu

from handbook.base.catalogue import tr
from handbook.content.html import BESIDE, PICTURE
from handbook.content.markup import is_external
from handbook.ui import settings
from handbook.ui.reading import page_source
from handbook.ui.reading.outside import copy_outside
from handbook.ui.reading.reader import Reader
from handbook.ui.window import target_menus
from handbook.ui.window.beside import Beside
from handbook.ui.window.shared import Shared
from handbook.ui.window.start_ways import StartWays

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

    from handbook.ui.reading.link_preview import LinkPreview


class Links:
    """The links on the page of one window, and in its second window."""

    def __init__(self, shared: Shared, start_ways: StartWays, beside: Beside) -> None:
        self._shared, self._navigation, self._reader = shared, shared.navigation, shared.reader
        self._start_ways, self._beside = start_ways, beside
        self._reader.link_chosen.connect(self.follow)
        self._reader.link_beside.connect(self.follow_beside)
        self._reader.highlighted.connect(self._hover)
        beside.made.connect(self._add_previews)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command for links, and for what stands beside the page, does."""
        return {
            "beside": lambda: self._beside.open(self._navigation.target),
            "beside_original": self._open_original,
            "preview": lambda: self.previews.show_chosen(),  # noqa: PLW0108 - made when first wanted
        }

    # -- Following -------------------------------------------------------------------------------------------

    @property
    def _on_start_page(self) -> bool:
        return self._navigation.address == self._navigation.start_address

    def follow(self, href: str) -> None:
        """Inside the handbook a link is opened, outside it is only copied."""
        href = href.removeprefix(BESIDE)
        if self._on_start_page and self._start_ways.follow(href):
            return
        if href == page_source.KEYBOARD:
            self._navigation.open_address(href)
        elif href.startswith(PICTURE):
            self.show_picture(href.removeprefix(PICTURE))
        elif is_external(href):
            self._shared.messages.say(copy_outside(href), 8000)
        elif href.startswith("#note-"):
            self._navigation.open_note(href[1:])
        else:
            self._open(href)

    def _open(self, address: str) -> None:
        """Go to an address; where a page lacks the place that a link names, to the page, as a browser does."""
        page = address.partition("#")[0]
        known = self._navigation.handbook.find(address) is not None
        if known or self._navigation.handbook.find(page) is None:
            self._navigation.open_address(address)
            return
        self._navigation.open_address(page)
        self._shared.messages.say(tr("There is nothing at '{address}'.").format(address=address), 6000)

    def follow_beside(self, href: str) -> None:
        """Open a link beside the page, where it leads into the handbook."""
        address = href.removeprefix(BESIDE)
        if self._on_start_page and self._start_ways.follow_beside(address):
            return
        if self._navigation.handbook.find(address) is None:
            self.follow(href)
        else:
            self._beside.open(address)

    def _open_original(self) -> None:
        """Open beside a translated page the words that it was translated from, or the other way round."""
        said = self._beside.open_original(self._navigation.target) if self._navigation.chapter else ""
        if said:
            self._shared.messages.say(said, 5000)

    def show_picture(self, number: str) -> None:
        """Show a picture of the page as large as the screen, by its number."""
        shown = self._reader.shown.pictures
        if number.isdecimal() and int(number) < len(shown):
            from handbook.ui.reading.picture_window import PictureWindow

            theme = self._shared.looks.theme
            window = PictureWindow(shown[int(number)], theme, self._reader.points, self._shared.window)
            window.exec()
            window.deleteLater()

    def fill_menu(self, menu: QMenu) -> None:
        """Fill the context menu of the page, for the link under the pointer too."""
        href = self._reader.menu_link
        link = self._navigation.handbook.find(href.removeprefix(BESIDE)) if href else None
        target_menus.fill_page_menu(menu, self._shared.actions, link, self._navigation.open_address, self._beside.open)

    # -- Previews --------------------------------------------------------------------------------------------

    @cached_property
    def previews(self) -> LinkPreview:
        """What links of the page lead to; made when one is first wanted."""
        return self._previews_of(self._reader, lambda: self._navigation.chapter)

    def _previews_of(self, reader: Reader, chapter: Callable[[], str]) -> LinkPreview:
        from handbook.ui.reading.link_preview import LinkPreview, preview_of

        made = LinkPreview(
            reader,
            lambda href: preview_of(self._navigation.handbook, chapter(), href, self._shared.parsed.read),
            lambda: self._shared.store.read(settings.PREVIEWS),
        )
        made.missed.connect(lambda why: self._shared.messages.say(why, 5000))
        return made

    def _hover(self, url: QUrl) -> None:
        if "previews" in self.__dict__ or not url.isEmpty():
            self.previews.hover(url)

    def _add_previews(self) -> None:
        """Let the second window have previews too."""
        window = self._beside.window
        if window is None:
            return
        made = self._previews_of(window.reader, lambda: window.chapter)
        window.reader.highlighted.connect(made.hover)
        QShortcut(self._shared.actions["preview"].shortcut(), window, made.show_chosen)
