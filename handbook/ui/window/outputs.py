"""What leaves the program: prints and exports of what is read, found or planned, and copies with their source.

Belongs here: which passage each of these commands takes, and opening its dialog. Not here: the dialogs (printing/,
exporting/), how pages are set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from handbook.base.catalogue import tr
from handbook.content.address import Address
from handbook.content.chapter import Section
from handbook.content.handbook import Handbook
from handbook.content.parse_cache import Parsed
from handbook.ui import settings
from handbook.ui.reading.reader import Reader
from handbook.ui.searching.controller import SearchController
from handbook.ui.widgets.progress import wait_for
from handbook.ui.window.looks import Looks
from handbook.ui.workshop.dock import WorkshopDock

if TYPE_CHECKING:
    from handbook.printing.typeset import Typesetter


class Outputs(QObject):
    """The prints, exports and copies of one window.

    handbook: the one that is being read. target: the address that commands act on, "" where no chapter is open."""

    said = Signal(str, int)  # a message, and for how many ms

    def __init__(
        self,
        window: QWidget,
        handbook: Callable[[], Handbook],
        store: settings.Store,
        parsed: Parsed,
        looks: Looks,
        target: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._window, self._handbook_now, self._store, self._parsed = window, handbook, store, parsed
        self._looks, self._target = looks, target

    @property
    def _handbook(self) -> Handbook:
        return self._handbook_now()

    @cached_property
    def typesetter(self) -> Typesetter:
        """Sets all pages of the window, until that closes. Created on first use, because it imports Typst."""
        from handbook.printing.typeset import KeptProcess, Typesetter

        return Typesetter(KeptProcess())

    def close(self) -> None:
        """End what sets pages, because the window closes."""
        if "typesetter" in self.__dict__:
            self.typesetter.close()

    def handlers(
        self, searching: SearchController, dock: WorkshopDock, reader: Reader, cache: Path
    ) -> dict[str, Callable[[], object]]:
        """What each of these commands does."""
        return {
            "print": self.print_target,
            "print_hit": lambda: self.print_hit(searching),
            "print_hits": lambda: self.print_hits(searching),
            "print_terms": lambda: self.print_terms(dock),
            "export": lambda: self.export(dock),
            "copy_source": lambda: self.copy_with_source(reader),
            "copy_address": self.copy_address,
            "browser": lambda: self.read_in_browser(cache),
        }

    # -- On paper --------------------------------------------------------------------------------------------

    def print_target(self) -> None:
        """Print the section that commands act on, its chapter, or any choice of sections."""
        self.print_address(self._target())

    def print_hit(self, searching: SearchController) -> None:
        """Print the chosen hit, or its chapter."""
        hit = searching.hits.current()
        if hit is not None:
            self.print_address(hit.address)

    def print_hits(self, searching: SearchController) -> None:
        """Print the passages in the list, in their order, as a handout."""
        self.print_address(self._target(), [hit.address for hit in searching.hits.hits])

    def print_address(self, address: str, listed: Sequence[str] = ()) -> None:
        """Open the print dialog at an address. listed: further addresses that it offers, in this order."""
        self._print(self._handbook, address, listed)

    def _print(self, handbook: Handbook, address: str, listed: Sequence[str] = ()) -> None:
        from handbook.ui.printing.print_dialog import PrintDialog  # brings in Typst and PDFium: not for the start

        theme, window = self._looks.theme, self._window
        dialog = PrintDialog(handbook, self.typesetter, self._store, address, theme, window, listed=listed)
        dialog.exec()
        dialog.deleteLater()

    def print_terms(self, dock: WorkshopDock) -> None:
        """Print the glossary's terms in English and other languages: ask which, then show the pages."""
        from handbook.content import term_sheets, terms
        from handbook.ui.printing.terms_dialog import TermsDialog
        from handbook.workshop.model import Passage

        there = terms.languages_of(self._handbook.folder)
        if not there:
            self.said.emit(tr("This handbook has no terms in other languages."), 0)
            return
        items = dock.controller.workshop.items if dock.is_made else ()
        passages = [item.address for item in items if isinstance(item, Passage)]
        used: frozenset[str] | None = None
        if passages:
            words = tr("Looking for terms in the workshop…")
            used = wait_for(self._window, words, 0, lambda *_: term_sheets.used_in(self._handbook, passages))
        asked = TermsDialog(there, self._window, main=terms.main_terms(self._handbook.folder), used=used)
        chosen, cards = (asked.languages(), asked.cards.isChecked()) if asked.exec() else ((), False)
        only = asked.only()
        asked.deleteLater()
        if not chosen:
            return

        def work(*_: object) -> Handbook:
            return term_sheets.made(self._handbook, chosen, cards=cards, only=only)

        sheets = wait_for(self._window, tr("Setting the pages…"), 0, work)
        if sheets is not None:
            self._print(sheets, term_sheets.NAME)

    # -- As a file -------------------------------------------------------------------------------------------

    def export(self, dock: WorkshopDock) -> None:
        """Export the section that commands act on, its chapter, the open workshop, or everything."""
        from handbook.ui.exporting.export_dialog import ExportDialog

        workshop = dock.controller.workshop if dock.is_made else None
        if workshop is not None and not workshop.items:
            workshop = None
        dialog = ExportDialog(self._handbook, self._store, self._parsed.read, self._target(), workshop, self._window)
        dialog.exec()
        dialog.deleteLater()

    def read_in_browser(self, cache: Path) -> None:
        """Write the chapter in view as one HTML file, and have the system open it."""
        section = self._section()
        if section is None:
            return
        from handbook.ui.reading.in_browser import read_in_browser

        chapter = self._handbook.chapters[section.address.chapter]
        self.said.emit(read_in_browser(self._window, self._handbook, chapter, self._parsed, cache), 8000)

    # -- Copied ----------------------------------------------------------------------------------------------

    def copy_with_source(self, reader: Reader) -> None:
        """Copy the selection, or the section's title, followed by whose words they are and where they stand."""
        if self._section() is None:
            reader.copy_plain()
        else:
            self.copy_words(reader.selected_text(), self._target(), reader.target.last)

    def copy_words(self, text: str, address: str, last_anchor: str | None = None) -> None:
        """Copy words, or a section's title, with their source. last_anchor: of the section in which they end."""
        section = self._handbook.find(address)
        source = address  # of a section that is gone since its words were marked
        if section is not None:
            chapter = self._handbook.chapters[section.address.chapter]
            steps = self._handbook.of(section.address).steps_to(section)
            path, where = " › ".join(title for title, _ in steps), str(section.address)
            last = None if last_anchor is None else self._handbook.find(Address(chapter.id, last_anchor))
            if last is not None and last.address != section.address:
                path = tr("{first} to {last}").format(first=path, last=last.title)
                where = tr("{first} to {last}").format(first=where, last=last.address)
            source = f"{self._handbook.source_line(chapter)} ({path}; {where})"
            text = text or section.title
        QGuiApplication.clipboard().setText(f"{text}\n\n{source}")
        self.said.emit(tr("Copied with its source."), 3000)

    def copy_address(self) -> None:
        """Copy the address of the section that commands act on."""
        self.copy_address_of(self._target())

    def copy_address_of(self, address: str) -> None:
        """Copy an address."""
        QGuiApplication.clipboard().setText(address)
        self.said.emit(tr("Copied: {address}").format(address=address), 3000)

    def _section(self) -> Section | None:
        return self._handbook.find(self._target()) if self._target() else None
