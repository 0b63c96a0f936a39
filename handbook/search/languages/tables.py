"""The words of the ten languages that search understands, and what each of them is in English.

Belongs here: reading them, and looking words up. Not here: choosing among what was found (understanding.py).

Two sources. The glossary's terms lie beside the content (content/terms.py): other content has other terms. Some 400
words of everyday life and of trainings lie in words/languages/, one file for each language, and what each
is in English in concepts.tsv; function words in the files of stop words. words/README.md says how they are written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from handbook.base.network_languages import LANGUAGES
from handbook.content import terms
from handbook.search import tokens
from handbook.search.languages import letters, stems
from handbook.search.real_words import FOLDER as WORDS

FOLDER = WORDS / "languages"
_BEGINNING = 4  # letters that the forms of a word share, for a first look
LONGEST = 8  # words of a phrase that is looked for, without stop words
# Endings, as letters.sound() gives them.
_SPOKEN = frozenset(
    (
        "a",
        "e",
        "i",
        "o",
        "u",
        "am",
        "ah",
        "ami",
        "ahi",
        "om",
        "ov",
        "em",
        "im",
        "ih",
        "oh",
        "m",
        "h",
        "v",
        "ii",
        "imi",
        "omi",
        "oho",
        "omu",
        "emu",
        "eho",
        "ha",
        "ata",
        "ta",
        "te",
        "to",
        "at",
        "ot",
        "it",
        "ti",
        "t",
        "ite",
        "en",
        "eni",
        "ena",
        "eto",
        "vi",
        "ovi",
        "eve",
        "ni",
        "na",
        "ne",
        "nata",
        "niat",
    )
)
_TOO_COMMON = frozenset({"act", "means", "purpose"})  # terms that, as single words, are everybody's words


class Meaning(NamedTuple):
    """What words of another language mean.

    english: what is searched; the first is shown.
    address: of the glossary's entry, "" if it is none of its terms.
    about:   addresses of sections that are about it, the best first; they need not exist in every handbook.
    trap:    what a trainer must know of the word, see content.terms.Entry."""

    english: tuple[str, ...]
    address: str = ""
    about: tuple[str, ...] = ()
    trap: str = ""

    def with_words_of(self, other: Meaning) -> Meaning:
        """A term's meaning with the words and sections of the everyday word that is the same."""
        words = {one.lower(): one for one in (*other.english, *self.english)}
        english = dict.fromkeys((*self.english, *words.values()))
        return self._replace(english=tuple(english), about=tuple(dict.fromkeys((*self.about, *other.about))))


class Phrase(NamedTuple):
    """Words of a language: as they are shown, and those that are looked for (stop words are not)."""

    shown: str
    words: tuple[str, ...]
    meaning: Meaning


class Slot(NamedTuple):
    """A place in a phrase. Tables hold it as one number: thousands of objects take long to make."""

    phrase: int
    at: int

    @property
    def number(self) -> int:
        """As a table holds it."""
        return self.phrase * LONGEST + self.at

    @classmethod
    def of(cls, number: int) -> Slot:
        """The place of a number."""
        return cls(*divmod(number, LONGEST))


class Table:
    """The phrases of one language."""

    def __init__(self, language: str, phrases: Iterable[tuple[str, str, Meaning]], stops: Iterable[str]) -> None:
        """phrases: how each is shown, a form of it, and its meaning."""
        self.language = LANGUAGES[language]
        self.stops = frozenset(letters.loose(tokens.fold(word)) for word in stops)
        self.phrases: list[Phrase] = []
        self.of_stops: set[tuple[str, ...]] = set()  # phrases in which function words tell
        self._numbers: dict[str, list[int]] = {}  # of the slots of a word's form or stem
        known: dict[str, tuple[str, str, Meaning]] = {}
        for shown, form, meaning in phrases:
            before = known.get(form.casefold())
            if before is None:
                known[form.casefold()] = (shown, form, meaning)
            elif before[2].address and not meaning.address:
                known[form.casefold()] = (*before[:2], before[2].with_words_of(meaning))
        for shown, form, meaning in known.values():
            self._add(shown, form, meaning)

    def _add(self, shown: str, form: str, meaning: Meaning) -> None:
        every = [form[word.start : word.end] for word in tokens.scan(form)]
        words = [word for word in every if not self.is_stop(word)]
        if not words or (len(words) == 1 < len(every) and not meaning.address):  # "не хочет", "не хочет помощи"
            words = every
            self.of_stops.add(tuple(letters.loose(tokens.fold(word)) for word in every))
        if not 0 < len(words) <= LONGEST:
            return
        number = len(self.phrases)
        self.phrases.append(Phrase(shown, tuple(words), meaning))
        for at, word in enumerate(words):
            for key in stems.keys(word, self.language.code):
                self._numbers.setdefault(key, []).append(Slot(number, at).number)

    def kept(self) -> object:
        """What of() makes the table from again, of dicts, lists, texts and numbers."""
        meanings = list(dict.fromkeys(phrase.meaning for phrase in self.phrases))
        numbers = {meaning: number for number, meaning in enumerate(meanings)}
        return [
            [(one.english, one.address, one.about, one.trap) for one in meanings],
            [(phrase.shown, phrase.words, numbers[phrase.meaning]) for phrase in self.phrases],
            sorted(self.of_stops),
            self._numbers,
            self._sounds,
        ]

    @classmethod
    def of(cls, language: str, stops: Iterable[str], kept: Any) -> Table:  # noqa: ANN401 - what was written
        """A table as it was kept. Raises TypeError or ValueError if it is none."""
        made = cls(language, (), stops)
        meanings, phrases, of_stops, made._numbers, made._sounds = kept
        known = [Meaning(*one) for one in meanings]
        made.phrases = [Phrase(shown, words, known[meaning]) for shown, words, meaning in phrases]
        made.of_stops = set(of_stops)
        return made

    def is_stop(self, word: str, *, heard: bool = False) -> bool:
        """Is a word one of those that say nothing by themselves? heard: it is written in Latin letters."""
        form = tokens.fold(word)
        return letters.sound(form) in self._stop_sounds if heard else letters.loose(form) in self.stops

    @cached_property
    def _stop_sounds(self) -> frozenset[str]:
        return frozenset(map(letters.sound, self.stops))

    def _slots(self, key: str) -> list[Slot]:
        return [Slot.of(number) for number in self._numbers.get(key, ())]

    def exact(self, word: str) -> list[Slot]:
        """Where a word stands in this very form, whatever its accents."""
        form = letters.loose(tokens.fold(word))
        return [slot for slot in self._slots(form) if self._form_at(slot) == form]  # not where it is a stem

    def _form_at(self, slot: Slot) -> str:
        return letters.loose(tokens.fold(self._word_at(slot)))

    def _word_at(self, slot: Slot) -> str:
        return self.phrases[slot.phrase].words[slot.at]

    def inflected(self, word: str) -> list[Slot]:
        """Where a word stands in any form.

        An acronym loses its last letter at most: "Grety" is a form of "GRETA", "osuce" is none of "OSCE"."""
        found = dict.fromkeys(slot for key in stems.keys(word, self.language.code) for slot in self._slots(key))
        form = letters.loose(tokens.fold(word))
        return [
            slot for slot in found if not self._word_at(slot).isupper() or form.startswith(self._form_at(slot)[:-1])
        ]

    def begun(self, beginning: str) -> list[Slot]:
        """Where a word stands that begins so."""
        start = letters.loose(tokens.fold(beginning))
        at = bisect_left(self._forms, start)
        found: list[Slot] = []
        while at < len(self._forms) and self._forms[at].startswith(start):
            found += self._slots(self._forms[at])
            at += 1
        return found

    def close(self, word: str) -> list[Slot]:
        """Where a word stands that is a typing error away: one letter, in a long word two."""
        form = letters.loose(tokens.fold(word))
        if len(form) < 5:
            return []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        errors = 2 if len(form) >= 9 else 1
        near = process.extract(
            form, self._keys, scorer=OSA.distance, processor=None, score_cutoff=errors, limit=None
        ) or process.extract(
            stems.keys(word, self.language.code)[-1],
            self._stems,
            scorer=OSA.distance,
            processor=None,
            score_cutoff=1 if len(form) > 6 else 0,
            limit=None,
        )
        return [slot for other, _, _ in near if other[0] == form[0] or len(form) > 6 for slot in self._slots(other)]

    def heard(self, word: str) -> list[Slot]:
        """Where a word stands that is written so in Latin letters, in any form of it."""
        sound = letters.sound(tokens.fold(word))
        found: list[Slot] = []
        for start, rests in self._sounds.get(sound[:3], {}).items():
            if sound == start or (len(start) > 3 and sound.startswith(start) and sound[len(start) :] in _SPOKEN):
                found += map(Slot.of, rests)
        return found

    @cached_property
    def _forms(self) -> list[str]:
        return sorted(key for key in self._numbers if "~" not in key)

    @cached_property
    def _keys(self) -> list[str]:
        return [form for form in self._forms if len(form) >= 4]

    @cached_property
    def _stems(self) -> list[str]:
        return [key for key in self._numbers if "~" in key and len(key) > 5]

    @cached_property
    def _sounds(self) -> dict[str, dict[str, list[int]]]:
        """By the first three letters of how it sounds: what a word without its ending sounds like, and where it is."""
        found: dict[str, dict[str, list[int]]] = {}
        for number, phrase in enumerate(self.phrases):
            for at, word in enumerate(phrase.words):
                sound = letters.sound(tokens.fold(word))
                start = sound.rstrip("aeiou") or sound
                start = start if len(start) > 3 else sound
                found.setdefault(start[:3], {}).setdefault(start, []).append(Slot(number, at).number)
        return found


class Tables:
    """The tables of all languages for the handbook in a folder, each made when it is first needed.

    kept: gives the table of a language as it was made before, None where there is none."""

    def __init__(self, content: Path, words: Path = FOLDER, kept: Callable[[str], Table | None] | None = None) -> None:
        self._content, self._words, self._kept = content, words, kept
        self._known: dict[str, Table] = {}

    def of(self, language: str) -> Table:
        """The table of a language."""
        if language not in self._known:
            self._known[language] = (self._kept(language) if self._kept else None) or self._made(language)
        return self._known[language]

    def _made(self, language: str) -> Table:
        stops = lines_of(self._words / f"stop-{language}.txt")
        return Table(language, (*self._terms(language), *self._everyday(language)), stops)

    def may_be_latin(self, forms: Sequence[str]) -> bool:
        """May forms be words of a language in Latin letters? Told by a look at its files, which reads no table.

        One form has to stand there as it is; of several, each has to begin as a word there does."""
        if len(forms) == 1:
            return f" {forms[0]} " in self._latin
        return all(f" {form[:_BEGINNING]}" in self._latin for form in forms)

    @cached_property
    def _latin(self) -> str:
        """The words of all languages in Latin letters, folded, with blanks between."""
        codes = [one.code for one in LANGUAGES.values() if one.script == "Latin"]
        lines = [line for code in codes for line in lines_of(self._words / f"{code}.tsv")]
        said = [entry for code in codes for entry in terms.read(self._content, code).entries]
        lines += [words for entry in said for words in entry.searched]
        return f" {' '.join(tokens.forms(' '.join(lines)))} "

    def _terms(self, language: str) -> Iterator[tuple[str, str, Meaning]]:
        for entry in terms.read(self._content, language).entries:
            address = str(entry.address)
            meaning = Meaning((entry.english,), address, (address,), entry.trap)
            for words in entry.searched:
                if " " in words or entry.english.lower() not in _TOO_COMMON:
                    yield words, words, meaning

    def _everyday(self, language: str) -> Iterator[tuple[str, str, Meaning]]:
        for line in lines_of(self._words / f"{language}.tsv"):
            key, _, words = line.partition("\t")
            meaning = self._concepts.get(key)
            for one in words.split(";") if meaning else ():
                shown, _, others = one.partition("+")
                for form in (shown, *others.split(",")):
                    if form.strip() and meaning:
                        yield shown.strip(), form.strip(), meaning

    @cached_property
    def _concepts(self) -> Mapping[str, Meaning]:
        found = {}
        for line in lines_of(self._words / "concepts.tsv"):
            key, english, about, *_ = (*line.split("\t"), "", "")
            words = tuple(one.strip() for one in english.split(",") if one.strip())
            found[key] = Meaning(words, about=tuple(about.split()))
        return found


def lines_of(path: Path) -> list[str]:
    """The lines of a file of ours without remarks; none, if it is missing: search works without it, less well."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [line for line in lines if line.strip() and not line.startswith("#")]
