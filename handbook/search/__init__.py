"""The search index: build it, open it, ask it.

    index.py     an open index and its questions; which index is used
    answer.py    what comes back
    gathered.py  what an index will hold, from the content
    store.py     the same as a Whoosh index and files beside it (the only module that imports whoosh)
    files.py     a whole index in a folder, or none

Not here: the order of hits (ranking.py), queries (query.py), typing errors (spelling.py), marks and snippets
(marking.py), what counts as one word (words.py), threads and painting (ui/)."""

from handbook.search.answer import Answer, Card, Hit
from handbook.search.files import IndexDamaged, IndexNotWritten
from handbook.search.index import Index, build_index, cache_folder, matcher, open_or_build
from handbook.search.store import Cancelled
from handbook.spelling import Correction

__all__ = [
    "Answer",
    "Cancelled",
    "Card",
    "Correction",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexNotWritten",
    "build_index",
    "cache_folder",
    "matcher",
    "open_or_build",
]
