"""What the program keeps on the computer: putting it in order at the start, and clearing it when asked.

Belongs here: the files that are no window's own. Not here: writing any of them."""

from __future__ import annotations

import shutil

from handbook.base import atomic_file, log, unfinished
from handbook.base.catalogue import tr
from handbook.base.paths import Paths, make_private
from handbook.presenting import RUN_FILE
from handbook.ui import settings
from handbook.ui.widgets.worker import LatestOnlyWorker


def about_clearing() -> str:
    """What would be cleared, as the question before it."""
    return tr(
        "The program keeps your settings, the place you were reading, your last searches if you want that, the "
        "names of workshops you opened, your marks and notes, copies of workshops that are not saved, chapters for "
        "the browser, a search index and a log on this computer. Clear them? The handbook and the workshops you "
        "saved stay."
    )


def remove(paths: Paths, store: settings.Store) -> None:
    """Remove the settings, the log, the cache and what was left unfinished; a window's parts forget the rest."""
    from handbook.presenting import lead  # for runs alone: a start can do without

    log.stop_keeping()
    lead.clear(paths.data)
    atomic_file.forget_set_aside(paths.data / RUN_FILE)
    store.remove()
    shutil.rmtree(paths.cache, ignore_errors=True)
    unfinished.remove_left(paths)
    shutil.rmtree(paths.data / unfinished.NOTES, ignore_errors=True)


class Tidying:
    """Puts the person's folders in order, in a thread of its own."""

    def __init__(self, paths: Paths, store: settings.Store) -> None:
        self._paths, self._store = paths, store
        self._worker: LatestOnlyWorker[None, None] = LatestOnlyWorker(
            "tidy", lambda *_: self._tidy(), lambda *_: None, self._failed
        )

    def start(self) -> None:
        """Begin."""
        self._worker.start(None)

    def close(self) -> None:
        """End without waiting."""
        self._worker.close(wait=0)

    def _tidy(self) -> None:
        """In a thread: remove what killed programs left, and let nobody else look into the person's folders."""
        unfinished.remove_left(self._paths)
        self._store.remove_left()
        for folder in self._paths.own:
            if folder.is_dir():
                make_private(folder)

    @staticmethod
    def _failed(_: None, error: Exception) -> None:
        if not isinstance(error, OSError):  # a folder out of reach can stay as it is
            raise error
