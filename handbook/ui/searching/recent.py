"""The last queries of which a hit was opened: kept on this computer, unless the person wants none kept.

Belongs here: which are kept, for how long. Not here: where they are offered (searching.py)."""

from __future__ import annotations

from handbook.ui import settings

MOST = 20
LONGEST = 200  # letters: a pasted page is nothing to choose from a list


class RecentQueries:
    """The last queries of one person, the newest first. What is cleared is off the disk at once."""

    def __init__(self, store: settings.Store) -> None:
        self._store = store
        self._kept = store.read(settings.KEEP_SEARCHES)

    @property
    def kept(self) -> bool:
        """Are queries kept at all?"""
        return self._kept

    @property
    def queries(self) -> tuple[str, ...]:
        """Those that are kept; a list that another hand wrote wrongly is none."""
        if not self._kept:
            return ()
        import json

        try:
            found = json.loads(self._store.read(settings.SEARCHES) or "[]")
        except ValueError:
            return ()
        if not isinstance(found, list):
            return ()
        return tuple(query for query in found if isinstance(query, str) and query.strip())[:MOST]

    def add(self, query: str) -> None:
        """A hit of this query was opened."""
        query = " ".join(query.split())
        if not self._kept or not query or len(query) > LONGEST:
            return
        import json

        others = [other for other in self.queries if other.casefold() != query.casefold()]
        self._store.write(settings.SEARCHES, json.dumps([query, *others][:MOST], ensure_ascii=False))

    def clear(self) -> None:
        """Forget them all."""
        self._store.drop(settings.SEARCHES)
        self._store.save()

    def keep(self, wanted: bool) -> None:
        """Keep queries from now on, or none: then those that were kept go as well."""
        self._kept = wanted
        self._store.write(settings.KEEP_SEARCHES, wanted)
        if not wanted:
            self.clear()

    def stop(self) -> None:
        """Keep nothing more in this window; what the person chose for later is left as it is."""
        self._kept = False
