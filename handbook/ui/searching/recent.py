"""The last queries of which a hit was opened: kept until the window closes, and longer only if the person asks.

Belongs here: which are kept, for how long. Not here: where they are offered (controller.py)."""

from __future__ import annotations

from handbook.ui import settings

MOST = 20
LONGEST = 200  # letters: a pasted page is nothing to choose from a list


class RecentQueries:
    """The last queries of one person, the newest first. They are on the disk only if they are kept."""

    def __init__(self, store: settings.Store) -> None:
        self._store = store
        self._kept = store.read(settings.KEEP_SEARCHES)
        self._stopped = False
        self._queries: tuple[str, ...] = ()
        written = store.read(settings.SEARCHES)
        if written and self._kept:
            self._queries = _read(written)
        elif written:
            store.drop(settings.SEARCHES)

    @property
    def kept(self) -> bool:
        """Are queries kept when the window is closed?"""
        return self._kept

    @property
    def queries(self) -> tuple[str, ...]:
        """The queries that can be offered."""
        return self._queries

    def add(self, query: str) -> None:
        """A hit of this query was opened."""
        query = " ".join(query.split())
        if self._stopped or not query or len(query) > LONGEST:
            return
        others = [other for other in self._queries if other.casefold() != query.casefold()]
        self._queries = (query, *others)[:MOST]
        self._write()

    def _write(self) -> None:
        if self._kept and self._queries:
            import json

            self._store.write(settings.SEARCHES, json.dumps(self._queries, ensure_ascii=False))

    def clear(self) -> None:
        """Forget them all; they are off the disk at once."""
        self._queries = ()
        self._store.drop(settings.SEARCHES)
        self._store.save()

    def keep(self, *, wanted: bool) -> None:
        """Keep queries when the window closes, from now on or no longer; without keeping, all are forgotten."""
        self._kept = wanted
        self._store.write(settings.KEEP_SEARCHES, wanted)
        if wanted:
            self._write()
        else:
            self.clear()

    def stop(self) -> None:
        """Keep nothing more in this window; what the person chose for later is left as it is."""
        self._stopped = True
        self._queries = ()


def _read(written: str) -> tuple[str, ...]:
    """A list from the settings; one that another hand wrote wrongly is none."""
    import json

    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, list):
        return ()
    return tuple(query for query in found if isinstance(query, str) and query.strip())[:MOST]
