"""The kinds of terms that may answer a word of a query, and what an occurrence of each counts.

Belongs here: the kinds, in one table. Not here: which terms they are (patterns.py, synonyms.py), how occurrences add up
(ranking.py)."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """What a term is to the word it answers. Kinds are ordered by their worth.

    worth:      what one occurrence counts, beside one of the word itself.
    own:        is it taken for the word itself? How rare a word is goes by these, and they alone are marked.
    in_phrases: may it stand for the word side by side with others?
    cover:      how much of the word a section has that has nothing better."""

    worth: float
    own: bool
    in_phrases: bool
    cover: float


ITSELF = Kind(1.0, own=True, in_phrases=True, cover=1.0)  # in any spelling, with its full and short names
INFLECTED = Kind(0.9, own=True, in_phrases=True, cover=1.0)  # another form, in other languages than English
COMPLETION = Kind(0.6, own=True, in_phrases=True, cover=1.0)  # the likeliest word that the last one may become
# Of the others that it may become little counts: what comes first must not change with every letter.
OTHER_COMPLETION = Kind(0.25, own=False, in_phrases=True, cover=1.0)
LONGER = Kind(0.22, own=False, in_phrases=False, cover=0.22)  # begins with a word that the handbook has as it is
SAID = Kind(0.5, own=False, in_phrases=False, cover=1.0)  # what the trainers' table gives for it
ENGLISH = Kind(0.2, own=False, in_phrases=False, cover=0.2)  # a synonym of WordNet's
