"""Making, changing, keeping and undoing marks, and showing those of the page.

Belongs here: what the person's marks are now. Not here: the list of them (marks_window.py)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from handbook.base import atomic_file
from handbook.base.atomic_file import NotSaved
from handbook.base.catalogue import ngettext, tr
from handbook.base.system_errors import reason_of
from handbook.content.address import Address
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.marks import FILE, file
from handbook.marks.anchoring import Quote, Text, locate, quote_of
from handbook.marks.model import LONGEST_QUOTE, STYLES, Kind, Mark
from handbook.marks.moved import Elsewhere
from handbook.ui.marks.on_page import MarksOnPage, Places
from handbook.ui.reading.reader import Reader
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

if TYPE_CHECKING:
    from handbook.ui.marks.as_hits import MarksAsHits, WordsOfMark

MOST_UNDONE = 100  # changes that can be undone
AGAIN = 10_000  # ms after which marks that could not be written are tried again


class _Chapter(NamedTuple):
    """What is known of a chapter's words: its own text, its page's where that was wanted, which quotes are there.

    page: none or one. unsure: quotes that the chapter's own text has not as they are."""

    chapter: Chapter
    text: Text
    unsure: dict[Quote, bool]
    page: list[Text]


class MarksController(QObject):
    """The marks of one person in one window; what another window did to them is seen when this one saves its own.

    read_page: gives all words of a chapter's page. kept: whether marks are written to the data folder; if not, they
    last as long as the window."""

    changed = Signal()
    said = Signal(str, int)  # a line for the status bar, and for how many milliseconds
    told = Signal(str)  # a sentence for the person to put away
    outdated = Signal(str)  # such a sentence is no longer true
    done = Signal(str)  # what was done and can be undone

    def __init__(
        self, handbook: Handbook, reader: Reader, data: Path, read_page: Callable[[Chapter], str], *, kept: bool
    ) -> None:
        super().__init__(reader)
        self._read_page = read_page
        self._handbook, self._reader, self._data, self._kept = handbook, reader, data, kept
        self._before: list[tuple[Mark, ...]] = []
        self._addresses: dict[str, Address] = {}
        self._known: dict[str, _Chapter] = {}
        self._places = Places()
        self._pages: dict[Reader, MarksOnPage] = {}
        self._read: dict[Mark, WordsOfMark] = {}  # by the search; the words of a mark stay as they are
        self._file = file.Shared(data)
        self._saved: tuple[Mark, ...] = ()  # as this window wrote or read them last
        self._saving = self._worker()
        self._complaint = ""  # why the marks of now could not be written, as it was told
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(lambda: self._saving.start(self._marks))
        self._moved: dict[Mark, Address | None] = {}  # where marks are now whose section is not at its address
        self._finding: LatestOnlyWorker[tuple[Mark, ...], dict[Mark, Address | None]] = LatestOnlyWorker(
            "find moved marks", self._find, self._found, lambda *_: None
        )

    @cached_property
    def _opened(self) -> file.Opened:
        """Read when marks are first wanted: after the first page is painted."""
        if not self._kept:
            return file.Opened((), None)
        return self._file.opened()

    @cached_property
    def _marks(self) -> tuple[Mark, ...]:
        self._tell_of(self._opened.set_aside, has_copy=bool(self._opened.marks))
        self._saved = self._opened.marks
        return self._opened.marks

    def _tell_of(self, aside: Path | None, *, has_copy: bool = False) -> None:
        """Tell of a file that was set aside. has_copy: the marks are those of the copy of the day before."""
        if aside is None:
            return
        if has_copy:
            text = tr(
                "The file of your marks could not be read. It is kept as '{name}'. Your marks are those of the copy of "
                "the day before."
            )
        else:
            text = tr("The file of your marks could not be read. It is kept as '{name}', and a new one is begun.")
        self.told.emit(text.format(name=aside.name) + atomic_file.told_of_link(aside, self._data / FILE))

    def with_id(self, id_: str) -> Mark | None:
        """The mark with an id; None if it was taken away."""
        return next((mark for mark in self._marks if mark.id == id_), None)

    @cached_property
    def as_hits(self) -> MarksAsHits:
        """The marks of now, to be asked from the search thread."""
        from handbook.ui.marks.as_hits import MarksAsHits

        return MarksAsHits(self._marks, self._read)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All of them, in the order in which they were made."""
        return self._marks

    # -- The page ------------------------------------------------------------------------------------------------

    def show_on_page(self, chapter: str) -> None:
        """Show the marks of a chapter on the page that the window's reader shows."""
        self.show_in(chapter, self._reader)

    def show_in(self, chapter: str, reader: Reader) -> None:
        """Show the marks of a chapter on the page that a reader shows."""
        own = self._by_chapter.get(chapter, ())
        self._on_page(reader).show(chapter, own)

    def _on_page(self, reader: Reader) -> MarksOnPage:
        # Not looked for among the reader's children: for one of them, PySide would set up every kind of widget.
        if reader not in self._pages:
            self._pages[reader] = MarksOnPage(reader, self._places, lambda mark: self._current(mark).anchor)
            reader.destroyed.connect(lambda: self._pages.pop(reader, None))
        return self._pages[reader]

    def go_to(self, mark: Mark) -> None:
        """Bring the words of a mark of the page in view into sight and select them."""
        if mark.quote:
            self._on_page(self._reader).find(mark)
            self._reader.marking.go_to(mark.id)

    @cached_property
    def _by_chapter(self) -> dict[str, list[Mark]]:
        """The marks of each chapter; thousands of them are not looked through for every page."""
        made: dict[str, list[Mark]] = {}
        for mark in self._marks:
            made.setdefault(self._current(mark).chapter, []).append(mark)
        lost = tuple(mark for mark in self._marks if self._is_lost(mark) and mark not in self._moved)
        if lost:
            self._finding.start(lost)
        return made

    def address(self, mark: Mark) -> str:
        """Where the section of a mark is now, as far as is known; where it was made, if it is nowhere."""
        return str(self._current(mark))

    def _current(self, mark: Mark) -> Address:
        if mark.address not in self._addresses:
            self._addresses[mark.address] = self._handbook.current(Address.parse(mark.address))
        return self._moved.get(mark) or self._addresses[mark.address]

    def _is_lost(self, mark: Mark) -> bool:
        """Is there no section at the address of a mark, and has none been found elsewhere?"""
        return self._handbook.find(self._current(mark)) is None

    def look_anew(self) -> None:
        """The handbook's files were read again: its sections may stand elsewhere now."""
        self._addresses.clear()
        self._moved.clear()
        self.__dict__.pop("_by_chapter", None)

    def _find(self, lost: tuple[Mark, ...], stale: Stale) -> dict[Mark, Address | None]:
        """In a thread: look for marks in all chapters."""
        elsewhere = Elsewhere(self._handbook)
        return {mark: elsewhere.find(mark) for mark in lost if not stale()}

    def _found(self, _: tuple[Mark, ...], found: dict[Mark, Address | None]) -> None:
        self._moved |= found
        if any(found.values()):
            self.__dict__.pop("_by_chapter", None)
            self.changed.emit()

    def is_there(self, mark: Mark, *, at_once: bool = True) -> bool | None:
        """Are a mark's words, or its section, still in the handbook where it was made?

        at_once: look for reworded words and moved sections too, which takes long; without, None for a mark that would
        need it."""
        if mark not in self._moved and self._is_lost(mark):
            if not at_once:
                return None
            self._moved[mark] = Elsewhere(self._handbook).find(mark)
            self.__dict__.pop("_by_chapter", None)
        address = self._current(mark)
        chapter, section = self._handbook.chapter(address), self._handbook.find(address)
        if chapter is None:
            return False
        if mark.kind == "bookmark":
            return section is not None
        quote = Quote(mark.quote, mark.before, mark.after)
        known = self._known.get(chapter.id)
        if known is None or known.chapter is not chapter:  # not read yet, or written anew since
            whole = "\n".join(f"{one.title}\n{chapter.text(one)}" for one in chapter.sections)
            known = self._known[chapter.id] = _Chapter(chapter, Text(whole), {}, [])
        if quote.exact in known.text.flat:
            return True
        if quote not in known.unsure:
            if not at_once:
                return None
            known.unsure[quote] = locate(quote, self._page_text(known)) is not None
        return known.unsure[quote]

    def _page_text(self, known: _Chapter) -> Text:
        """What the page of a chapter says: also what the chapter's own text has not, such as footnotes."""
        if not known.page:
            known.page.append(Text(self._read_page(known.chapter)))
        return known.page[0]

    # -- Changes -------------------------------------------------------------------------------------------------

    def _take(self, marks: tuple[Mark, ...], what: str) -> None:
        self._before = [*self._before[-MOST_UNDONE + 1 :], self._marks]
        self._put(marks)
        self.done.emit(what)

    def _put(self, marks: tuple[Mark, ...]) -> None:
        self._replace(marks)
        if self._kept:
            self._saving.start(marks)
        self.changed.emit()

    def _replace(self, marks: tuple[Mark, ...]) -> None:
        self.__dict__["_marks"] = marks
        self.__dict__.pop("_by_chapter", None)
        self.__dict__.pop("as_hits", None)

    def bookmark(self, address: str) -> None:
        """Bookmark the section at an address, or take its bookmark away."""
        section = self._handbook.find(address)
        if section is None:
            self.said.emit(tr("Open a chapter first: what is being read gets the bookmark."), 4000)
            return
        there = [one for one in self._marks if one.kind == "bookmark" and self._current(one) == section.address]
        if there:
            left = tuple(one for one in self._marks if one not in there)
            self._take(left, tr("Bookmark taken away: {title}").format(title=section.title))
        else:
            mark = Mark("bookmark", str(section.address), section.title, made=_today())
            self._take((*self._marks, mark), tr("Bookmark: {title}").format(title=section.title))

    def highlight(self, address: str) -> Mark | None:
        """Highlight the selected words; where they are highlighted already, in the next look."""
        first, last = self._reader.selection()
        text = self._reader.toPlainText()
        quote = quote_of(text, first, last)
        section = self._handbook.find(address)
        if not quote.exact or section is None:
            self.said.emit(tr("Select words first: they are highlighted."), 4000)
            return None
        if len(quote.exact) > LONGEST_QUOTE:
            self.said.emit(tr("That is too much for one highlight. Select less."), 4000)
            return None
        same = self._same(quote)
        if same is not None:
            return self.restyle(same)
        mark = Mark(
            "highlight", str(section.address), section.title, quote.exact, quote.before, quote.after, made=_today()
        )
        # Translators: told: the words are highlighted now
        self._take((*self._marks, mark), tr("Highlighted."))
        return mark

    def note(self, address: str, ask: Callable[[str, str], str | None]) -> None:
        """Write a note to the selected words, or to the section at an address.

        ask: shows what the note is about and the note so far; gives the new one, None for no change."""
        first, last = self._reader.selection()
        quote = quote_of(self._reader.toPlainText(), first, last)
        section = self._handbook.find(address)
        if section is None:
            self.said.emit(tr("Open a chapter first: the note is written to what is being read."), 4000)
            return
        kind: Kind = "highlight" if quote.exact else "bookmark"
        address = str(section.address)
        bookmarks = (one for one in self._marks if (one.kind, self._current(one)) == (kind, section.address))
        same = self._same(quote) if quote.exact else next(bookmarks, None)
        new = Mark(kind, address, section.title, quote.exact, quote.before, quote.after, made=_today())
        self._write(same or new, ask)

    def _same(self, quote: Quote) -> Mark | None:
        """The highlight of the very words that are selected; not that of the same words elsewhere on the page."""
        cursor = self._reader.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        there = {one.id for one in self._reader.marking.highlights if one.start < last and one.end > first}
        return next((one for one in self._marks if one.id in there and one.quote == quote.exact), None)

    def edit_note(self, mark: Mark, ask: Callable[[str, str], str | None]) -> None:
        """Change the note of a mark."""
        self._write(mark, ask)

    def _write(self, mark: Mark, ask: Callable[[str, str], str | None]) -> None:
        words = ask(mark.quote or mark.title, mark.note)
        if words is not None and words != mark.note:
            self._take(_with(self._marks, replace(mark, note=words)), tr("Note written."))

    def restyle(self, mark: Mark) -> Mark:
        """Let a highlight have the next look."""
        changed = replace(mark, style=mark.style % STYLES + 1)
        self._take(_with(self._marks, changed), tr("Highlighted in another way."))
        return changed

    def remove(self, ids: set[str]) -> None:
        """Take marks away."""
        left = tuple(one for one in self._marks if one.id not in ids)
        count = len(self._marks) - len(left)
        if count:
            text = (
                tr("Mark taken away.")
                if count == 1
                else ngettext("{n} mark taken away.", "{n} marks taken away.", count).format(n=count)
            )
            self._take(left, text)

    @property
    def can_undo(self) -> bool:
        """Was something changed?"""
        return bool(self._before)

    def undo(self) -> None:
        """Undo the last change of marks."""
        if self._before:
            self._put(self._before.pop())
            self.said.emit(tr("Undone: your marks are as before."), 4000)

    # -- Files ---------------------------------------------------------------------------------------------------

    def take_in(self, path: Path) -> int:
        """Add the marks of a file that were not there, and say how many. Raises file.BadMarks."""
        known = {one.id for one in self._marks}
        new = tuple(one for one in file.read(path) if one.id not in known)
        if new:
            self._take((*self._marks, *new), taken_in(len(new)))
        return len(new)

    def keep(self, *, kept: bool) -> None:
        """Keep marks in a file from now on, or remove the file and keep them as long as the window."""
        marks = self._marks
        self._kept = kept
        if kept:
            self._saving.start(marks)
        else:
            self.forget()

    def forget(self) -> None:
        """Remove the files of marks, here and now."""
        self._saving.drop()
        self._complain_no_more()
        file.forget(self._data)

    def save_now(self) -> str:
        """Write what is not written yet, before the window goes. Says why they can't be kept, "" where they are."""
        if not self._kept or not (self._saving.busy or self._complaint):
            return ""
        self._saving.close()  # before the file is written here: by one thread at a time
        self._saving = self._worker()
        try:
            self._save(self._marks)
        except Exception as exc:  # noqa: BLE001 - whatever it is, the person is asked what is to be done
            self._complain(exc)
            return self._complaint
        self._complain_no_more()
        return ""

    def close(self) -> None:
        """End the work, before the window goes."""
        self._again.stop()
        self._saving.close()
        self._finding.close()

    def _worker(self) -> LatestOnlyWorker[tuple[Mark, ...], file.Opened]:
        return LatestOnlyWorker("keep marks", self._save, self._save_done, self._not_saved)

    def _save(self, marks: tuple[Mark, ...], stale: Stale = lambda: False) -> file.Opened:
        written = self._file.save(marks, self._saved, stale)
        self._saved = marks
        return written

    def _save_done(self, marks: tuple[Mark, ...], written: file.Opened) -> None:
        """Take over what another window did. Nothing waits to be saved, or this would not be the newest answer."""
        self._complain_no_more()
        self._tell_of(written.set_aside)
        if written.marks == marks:
            return
        others = file.changes(marks, written.marks)
        self._before = [others.made_to(one) for one in self._before]
        self._saved = written.marks
        self._replace(written.marks)
        self.changed.emit()

    def _not_saved(self, _: tuple[Mark, ...], error: Exception) -> None:
        if self._complain(error):
            self.told.emit(self._complaint)

    def _complain(self, error: Exception) -> bool:
        """Try again in a while, as there may be room by then. Is it another reason than the last one?"""
        before, self._complaint = self._complaint, self._why(error)
        self._again.start()
        if before != self._complaint:
            self.outdated.emit(before)
        return before != self._complaint

    def _complain_no_more(self) -> None:
        self._again.stop()
        self.outdated.emit(self._complaint)
        self._complaint = ""

    def _why(self, error: Exception) -> str:
        if isinstance(error, NotSaved) and error.is_refused:  # there is no other folder to choose for them
            text = tr(
                "Your marks can't be kept: '{name}' may not be written. They stay until the window is closed. If it is "
                "open in another program, close it there."
            )
            return text.format(name=self._data / FILE)
        return tr("Your marks can't be kept: {reason}").format(reason=reason_of(error))


def _with(marks: tuple[Mark, ...], changed: Mark) -> tuple[Mark, ...]:
    """Marks with one in place of that with its id, or at the end."""
    if all(one.id != changed.id for one in marks):
        return (*marks, changed)
    return tuple(changed if one.id == changed.id else one for one in marks)


def taken_in(count: int) -> str:
    """That so many marks came from a file."""
    return ngettext("{n} mark taken in.", "{n} marks taken in.", count).format(n=count)


def _today() -> datetime.date:
    return datetime.datetime.now().date()
