"""A folder that was opened to be written on: the page follows what is saved, and says what is wrong.

Belongs here: which faults belong to the page, where one stands. Not here: watching (live_folder.py), the bar
(faults_bar.py)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from handbook.content.chapter import Chapter
from handbook.content.handbook import Fault, Handbook
from handbook.ui.library.faults_bar import FaultsBar
from handbook.ui.library.live_folder import LiveFolder

_FIRST = 400  # milliseconds after the window is there, until the folder is checked
_SHORTEST, _LONGEST = 3, 60  # letters of a line that are looked for on the page


class Writing(QObject):
    """Renews the handbook of a window in place, so that every part of the window has the new text."""

    renewed = Signal()  # the handbook has another text now
    place_wanted = Signal(str, str)  # the address of a fault, and the words of its line
    no_place = Signal(str)  # the file of a fault that is on no page

    def __init__(self, handbook: Handbook, read: Callable[[], Handbook], parent: QObject) -> None:
        super().__init__(parent)
        self._handbook = handbook
        self._chapter = ""
        self._faults: tuple[Fault, ...] = ()
        self._is_unread = False  # could the folder not be read, the last time?
        self.bar = FaultsBar()
        self.bar.wanted.connect(self._go)
        self._live = LiveFolder(handbook.folder, read, self)
        self._live.renewed.connect(self._renew)
        self._live.checked.connect(self._checked)
        self._live.failed.connect(self._failed)
        QTimer.singleShot(_FIRST, self, self._live.look)

    def show(self, chapter: str) -> None:
        """Another chapter is in view; "" where the page is none."""
        self._chapter = chapter
        if self._is_unread:  # which stands there for every chapter
            return
        found = self._handbook.own_chapters.get(chapter)
        self.bar.show_faults([one for one in self._faults if found and one.file == found.file], self._faults)

    def close(self) -> None:
        """Watch no more."""
        self._live.close()

    def _renew(self) -> None:
        read = self._live.handbook
        if read is None:
            return
        if read.fingerprint != self._handbook.fingerprint or read.manifest != self._handbook.manifest:
            self._handbook.renew(read)
            self.renewed.emit()

    def _failed(self, why: str) -> None:
        self._is_unread = True
        self.bar.show_problem(why)

    def _checked(self) -> None:
        self._is_unread = False
        self._faults = self._live.faults
        self.show(self._chapter)

    def _go(self, file: str, number: int) -> None:
        chapter = next((one for one in self._handbook.own_chapters.values() if one.file == file), None)
        if chapter is None:
            self.no_place.emit(file)
            return
        line = max(0, number - 1 - chapter.offset)
        self.place_wanted.emit(str(chapter.section_at(line).address), _words(chapter, line) if number else "")


def _words(chapter: Chapter, line: int) -> str:
    """The beginning of a line as it is read on the page; "" where that is too little to be found."""
    from handbook.content.plain_text import plain_line

    if line >= len(chapter.lines):
        return ""
    words = plain_line(chapter.lines[line].lstrip("#-*+> 0123456789.\t"), chapter.defined).strip()
    return words[:_LONGEST] if len(words) >= _SHORTEST else ""
