"""The forms of one word that content in another language than English has.

Belongs here: which of the handbook's words are forms of a query's word, and the function words of the content's
language. Not here: endings (stems.py), questions that are put into English (understanding.py).

The index holds such content's words as they are written, and a query's word is brought together with its other forms
when it is asked: so one index serves chapters in several languages, and English content is untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice, product

from handbook.base.network_languages import LANGUAGES
from handbook.search import tokens
from handbook.search.languages import letters, stems
from handbook.search.languages.tables import FOLDER, lines_of

SHORTEST = 3  # letters of a word that has other forms
MOST_RUNS = 50  # ways to inflect the words of one name


class Inflections:
    """The words of content in one language, looked through when a query first asks."""

    def __init__(self, language: str, forms: Callable[[], Iterable[str]]) -> None:
        """forms: gives the content's words, folded; asked when a word is first looked up."""
        self._language, self._forms = language, forms
        self.others = lru_cache(maxsize=1 << 12)(self._others)

    @cached_property
    def stops(self) -> frozenset[str]:
        """The language's function words, folded."""
        return frozenset(tokens.fold(word) for word in lines_of(FOLDER / f"stop-{self._language}.txt"))

    def holds(self, form: str) -> bool:
        """Does the content have a word in this very form?"""
        return form in self._all

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(self._forms())

    def has(self, form: str) -> bool:
        """Does the content have a word in this or another form?"""
        return bool(self.others(form))

    def runs(self, forms: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Words side by side, in terms, with each in all its forms; as they are first, and not more than MOST_RUNS."""
        choices = [dict.fromkeys((tokens.term(form), *self.others(form))) for form in forms]
        yield from islice(product(*choices), MOST_RUNS)

    def _others(self, form: str) -> tuple[str, ...]:
        """The terms of all forms of a word that the content has, in the order of their letters."""
        if len(form) < SHORTEST or not form.isalpha():
            return ()
        found = {term for key in stems.keys(form, self._language) for term in self._terms.get(key, ())}
        return tuple(sorted(found))

    @cached_property
    def _terms(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        cyrillic = LANGUAGES[self._language].script == "Cyrillic"
        for form in sorted(self._all):
            if len(form) >= SHORTEST and form.isalpha() and letters.is_cyrillic(form) == cyrillic:
                for key in stems.keys(form, self._language):
                    found.setdefault(key, []).append(tokens.term(form))
        return found
