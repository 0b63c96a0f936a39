"""The search index as the window uses it: opened when first needed, mended when damaged.

Belongs here: which index answers. Not here: threads (worker.py) and lists (hits_panel.py)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from handbook.base.log import Plain
from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.ui.widgets.worker import Stale

if TYPE_CHECKING:
    from handbook.search.index import Index
    from handbook.search.results import Answer


_log = logging.getLogger(__name__)
MOST_HITS = 30  # nobody reads further


class OwnMarks(Protocol):
    """The person's marks, to be asked from the search thread."""

    def count(self, words: str) -> int:
        """How many have the words."""

    def answer(self, words: str, most: int) -> Answer:
        """Those that have the words, as hits; all of them without words."""


class Question(NamedTuple):
    """What to find. `rebuild` makes the index anew first; without words only the index is got ready.

    correct: whether words that the handbook does not have may be replaced by those that were meant.
    most:    hits wanted; each costs its snippet.
    every:   whether all handbooks are asked, and not only the one being read.
    own:     finds the person's marks; None while they are not to be found."""

    words: str
    rebuild: bool = False
    correct: bool = True
    most: int = MOST_HITS
    every: bool = False
    own: OwnMarks | None = None


class Finder:
    """Answers questions, from any thread but that of the window; calls wait for each other.

    tell:     called there with a sentence for the person when search works less well than it should.
    building: called there with True when an index is being made, and False when it is done."""

    def __init__(
        self,
        handbook: Handbook,
        paths: Paths,
        tell: Callable[[str], None],
        building: Callable[[bool], None],
    ) -> None:
        self.handbook, self._paths = handbook, paths
        self._tell, self._building = tell, building
        self._index: Index | None = None
        self._stop = self._outdated = False
        self._asking = threading.Lock()  # an index is asked from one thread at a time

    def stop(self) -> None:
        """Give up an index build under way; called from the GUI thread."""
        self._stop = True

    def outdated(self) -> None:
        """The handbook has another text: the next question needs another index."""
        self._outdated = True

    def open_ready(self) -> bool:
        """Open the index if there is one; nothing is made."""
        from handbook.search.index import open_ready

        with self._asking:
            self._index = open_ready(self.handbook, self._paths.index, self._paths.cache)
            return self._index is not None

    def answer(self, question: Question, stale: Stale) -> Answer | None:
        """The hits, or None when the person has typed on or stopped the building of the index."""
        with self._asking:
            return self._answer(question, stale)

    def _answer(self, question: Question, stale: Stale) -> Answer | None:
        from handbook.search.index import Index
        from handbook.search.index_files import (  # with Whoosh, when the first question comes
            IndexDamaged,
        )

        if question.rebuild or self._index is None or self._outdated:
            self._outdated = False
            self._open(anew=question.rebuild)
        if stale() or self._index is None:
            return None
        try:
            if not question.words.strip():
                self._index.prepare(stale)
            return self._ask(self._index, question)
        except IndexDamaged:
            # Found out while reading it: what is in memory can't be damaged by a disk.
            self._index = Index.in_memory(self.handbook)
            self._tell(str(IndexDamaged()))
            return self._ask(self._index, question)

    def _ask(self, index: Index, question: Question) -> Answer:
        return index.search(question.words, limit=question.most, typing=True, correct=question.correct)

    def _open(self, *, anew: bool) -> None:
        """Open the index, or make it anew in the person's cache: the program's own folder is never written."""
        from handbook.search.index import open_or_build
        from handbook.search.whoosh_store import Cancelled

        self._stop = False
        begin = time.perf_counter()
        try:
            index, message = open_or_build(
                self.handbook,
                self._paths.index,
                self._paths.cache,
                anew=anew,
                building=lambda: self._building(True),
                cancelled=lambda: self._stop,
            )
        except Cancelled:
            return  # what was open stays open
        finally:
            self._building(False)
        self._index = index
        way = Plain("made anew" if anew else "ready")
        _log.info("the search index is %s after %d ms", way, (time.perf_counter() - begin) * 1000)
        if message:
            _log.warning("it can't be kept")
            self._tell(message)

    def close(self) -> None:
        """Let go of the files."""
        if self._index is not None:
            self._index.close()
            self._index = None
