"""What is said of the place on the page that one has come to: the title, which match of how many, the sentence there.

Belongs here: putting these words together. Not here: when they are said (window/navigation.py, matches.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QAccessible

from handbook.ui.widgets import announce

if TYPE_CHECKING:
    from handbook.ui.reading.reader import Reader

LONGEST = 400  # letters of a sentence that is read out


class SpokenPlace:
    """The places of one reader. title_of: the title of a section by its anchor, with that of its chapter."""

    def __init__(self, reader: Reader, title_of: Callable[[str], str]) -> None:
        self._reader, self._title_of = reader, title_of
        self._said = ""  # the title that was said last

    def announce(self, *, words: bool = False) -> None:
        """Say the title of the place that was opened. words: and the sentence there, as of a footnote."""
        if QAccessible.isActive():
            self._said = self._title_of(self._reader.place)
            announce.announce(self._reader, self._said)
            if words:
                announce.announce(self._reader, self._sentence(self._reader.here()))

    def with_match(self, said: str) -> str:
        """Which match it is, its sentence, and before them the title where it is another one."""
        if not QAccessible.isActive():
            return ""
        title = self._title_of(self._reader.place)
        texts = [said, self._sentence(self._reader.found.position)]
        if title != self._said:
            self._said = title
            texts.insert(0, title)
        return announce.as_one([text for text in texts if text])

    def _sentence(self, position: int) -> str:
        """The sentence around a position of the document."""
        from handbook.ui.reading.page_text import PageText  # a start can do without

        block = self._reader.document().findBlock(position)
        text = block.text()
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, text)
        finder.setPosition(min(position - block.position() + 1, len(text)))
        start = max(0, finder.toPreviousBoundary())
        finder.setPosition(start)
        end = finder.toNextBoundary()
        words = PageText(self._reader.document()).between(
            block.position() + start, block.position() + (end if end > 0 else len(text))
        )
        flat = " ".join(words.split())
        return flat if len(flat) <= LONGEST else f"{flat[:LONGEST]}…"
