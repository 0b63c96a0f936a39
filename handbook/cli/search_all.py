"""`handbook search --all`: one answer of our own handbook and of those in the library.

Belongs here: reading them and opening their indexes, one after the other. Not here: printing the answer (search.py)."""

from __future__ import annotations

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.paths import Paths
from handbook.cli.output import warn
from handbook.content.handbook import Handbook
from handbook.library.shelf import Library
from handbook.search.index import Index, open_or_build
from handbook.search.merged import Found, merged
from handbook.search.results import Answer


class Every:
    """The indexes of several handbooks, to be asked like one. What can't be read is a warning."""

    def __init__(self, own: Handbook, paths: Paths) -> None:
        self._indexes: list[tuple[Handbook, Index]] = []
        library = Library(paths.data)
        self._add(own, paths)
        for manifest in library.listed():
            try:
                self._add(library.read(manifest.name), paths)
            except HandbookError as exc:
                warn(exc)

    def _add(self, handbook: Handbook, paths: Paths) -> None:
        said = tr("Making the search index of {title}…").format(title=handbook.manifest.title)
        index, message = open_or_build(handbook, paths.index, paths.cache, building=lambda: warn(said))
        if message:
            warn(message)
        self._indexes.append((handbook, index))

    def search(self, query: str, *, limit: int) -> Answer:
        """The best passages of all. A query that is kept to a part or chapter is for the handbooks that have it."""
        found = [
            Found(handbook.name, handbook.manifest.title if number else "", index.search(query, limit=limit))
            for number, (handbook, index) in enumerate(self._indexes)
        ]
        return merged(found, limit)

    def close(self) -> None:
        """Let go of the memory."""
        for _, index in self._indexes:
            index.close()
