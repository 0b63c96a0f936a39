"""Searching in all handbooks: which there are, which can be asked, and how far the others are.

Belongs here: opening their indexes in a thread, having missing ones made. Not here: making them (index_processes.py),
putting answers together (search/merged.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from handbook.base import bounded, child_process
from handbook.base.catalogue import ngettext, tr
from handbook.base.paths import LIBRARY, Paths
from handbook.content.handbook import Handbook
from handbook.ui.searching import query_text
from handbook.ui.searching.finder import Finder, Question
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

if TYPE_CHECKING:
    from handbook.library.shelf import Library
    from handbook.search.results import Answer
    from handbook.ui.searching.index_processes import IndexProcesses

MOST_TRIES = 3  # at the index of one handbook
Names = tuple[tuple[str, str], ...]  # (name, title) of handbooks


class EveryHandbook(QObject):
    """The finders of all handbooks; `current` is that of the one being read.

    tell, building: as Finder has them."""

    changed = Signal()  # another one is being prepared, or is further
    ready = Signal()  # another one can be asked: ask again

    def __init__(
        self,
        handbook: Handbook,
        paths: Paths,
        tell: Callable[[str], None],
        building: Callable[[bool], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._paths, self._tell, self._building = paths, tell, building
        self._handbook = handbook
        self.current = Finder(handbook, paths, tell, building)
        self._finders: dict[str, Finder] = {}  # of the others that can be asked; the opening thread puts them there
        self._gone: tuple[str, ...] = ()  # that cannot be read
        self._opener: LatestOnlyWorker[Names, list[str]] = LatestOnlyWorker(
            "library", self._open, self._opened, lambda _, error: self._not_opened(error)
        )
        self._processes: IndexProcesses | None = None  # when one was first wanted
        self._in_vain: dict[str, int] = {}  # how often an index was made that is still missing, by the handbook's name
        self.others: Names = ()

    # -- In the window's thread --------------------------------------------------------------------------------

    def look(self) -> Names:
        """See which other handbooks there are now."""
        if not bounded.is_folder(self._paths.data / LIBRARY):
            self.others = ()
            return ()
        from handbook.library.shelf import Library  # a person without one does without

        library = Library(self._paths.data)
        self.others = tuple((name, self._title(name, library)) for name in library.beside(self._handbook.name))
        return self.others

    def _title(self, name: str, library: Library) -> str:
        manifest = library.get(name) if name else None
        if manifest is not None:
            return manifest.title
        own = self._handbook.others("")
        return own.manifest.title if own is not None else tr("Field Handbook")

    def prepare(self) -> None:
        """Have the others opened, and what is missing of them made. Returns at once."""
        if self.others and not self._opener.busy:
            self._opener.start(self.others)

    def turn_to(self, handbook: Handbook) -> None:
        """Another handbook is being read."""
        if handbook.name == self._handbook.name:
            return
        kept = self._finders.pop(handbook.name, None)
        self._finders[self._handbook.name] = self.current
        self._handbook = handbook
        self.current = kept or Finder(handbook, self._paths, self._tell, self._building)
        self.look()

    @property
    def busy(self) -> bool:
        """Is another one being opened, or its index made?"""
        return self._opener.busy or (self._processes is not None and bool(self._processes.percent))

    @property
    def said(self) -> str:
        """What is still to come, for the person; "" where all can be asked."""
        processes = self._processes
        failed = processes.failed if processes is not None else {}
        for name, title in self.others:
            if name in failed:
                return tr("{title} can't be searched: {why}").format(title=title, why=failed[name])
        waiting = [(name, title) for name, title in self.others if name not in self._finders and name not in self._gone]
        if not waiting:
            return ""
        if len(waiting) > 1:
            n = len(waiting)
            return ngettext("{n} handbook is still being prepared", "{n} handbooks are still being prepared", n).format(
                n=n
            )
        name, title = waiting[0]
        percent = processes.percent.get(name, 0) if processes is not None else 0
        if percent:
            return tr("{title} is still being prepared: {n} %").format(title=title, n=percent)
        return tr("{title} is still being prepared").format(title=title)

    def stop(self) -> None:
        """Nobody wants the others any more: end what is being made of them."""
        if self._processes is not None:
            self._processes.stop()

    def close(self) -> None:
        """Let go of threads, processes and indexes."""
        self.stop()
        self._opener.close()
        for finder in (self.current, *self._finders.values()):
            finder.close()

    def _opened(self, asked: Names, missing: list[str]) -> None:
        self._in_vain = {name: n for name, n in self._in_vain.items() if name in missing}
        for name in missing:
            self._make(name)
        self.changed.emit()
        if {name for name, _ in asked} - set(missing):
            self.ready.emit()

    def _not_opened(self, error: Exception) -> None:
        raise error

    def _make(self, name: str) -> None:
        if self._processes is None:
            from handbook.ui.searching.index_processes import IndexProcesses

            self._processes = IndexProcesses(self)
            self._processes.changed.connect(self.changed)
            self._processes.made.connect(self._made)
        if self._in_vain.get(name, 0) < MOST_TRIES:
            self._processes.want(name)
        else:  # the process reads another handbook than this window: its files were changed since
            self._processes.failed.setdefault(name, child_process.how_it_ended(0))

    def _made(self, name: str) -> None:
        self._in_vain[name] = self._in_vain.get(name, 0) + 1
        self._opener.start(self.others)

    # -- In threads --------------------------------------------------------------------------------------------

    def _open(self, asked: Names, stale: Stale) -> list[str]:
        """Open what is there; the names of those whose index has to be made first."""
        missing, gone = [], []
        for name, _ in asked:
            if stale():
                break
            handbook = self._handbook.others(name)
            finder = self._finders.get(name)
            if handbook is None:
                self._finders.pop(name, None)
                gone.append(name)
            elif finder is None or finder.handbook.fingerprint != handbook.fingerprint:
                made = Finder(handbook, self._paths, self._tell, self._building)
                if made.open_ready():
                    self._finders[name] = made
                else:
                    self._finders.pop(name, None)
                    missing.append(name)
        self._gone = tuple(gone)
        return missing

    def answer(self, question: Question, stale: Stale) -> Answer | None:
        """The hits of the handbook being read or, if asked for, of all that can be asked; None as Finder has it.

        A question that is kept to a chapter or a part is for the handbook that has these."""
        current = self.current
        mine = current.answer(question, stale)
        if mine is None or not question.every or query_text.scope_of(question.words):
            return mine
        from handbook.search.merged import Found, merged

        found = [Found(current.handbook.name, "", mine)]
        for name, title in self.others:
            finder = self._finders.get(name)
            if finder is None:
                continue
            if stale():
                return None
            answer = finder.answer(question._replace(rebuild=False), stale)
            if answer is not None:
                found.append(Found(name, title, answer))
        return merged(found, question.most)
