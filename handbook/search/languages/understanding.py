"""What a question in another language asks, in English.

Belongs here: which language a query is in, which of its words belong together, and the query that is searched in its
place. Not here: the words that are known (tables.py), the score of sections (search/ranking.py).

A query of words that the handbook or English has is left alone, and nothing is read for it: English questions give
the lists that they would give without this. For any other, each language reads the query: every stretch of its words
that makes a known phrase counts by how surely each word is the phrase's (its very form, another form, begun, mistyped),
and the language that reads most is taken. Its phrases are put into the query in English, and its function words left
out; other words stay, so that questions may be mixed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from handbook.base.network_languages import ENGLISH
from handbook.search import tokens
from handbook.search.languages import letters
from handbook.search.languages.inflections import Inflections
from handbook.search.languages.tables import Meaning, Slot, Table, Tables
from handbook.search.query import Query
from handbook.search.real_words import RealWords
from handbook.search.synonyms import Synonyms
from handbook.search.vocabulary import Vocabulary

# How surely a word is a phrase's.
EXACT, INFLECTED, HEARD, BEGUN, CLOSE = 1.0, 0.9, 0.8, 0.6, 0.55
TOGETHER = 0.4  # for each word more in a phrase
TERM = 0.05  # for a term of the glossary, beside an everyday word
UNFINISHED = 0.5  # how far a phrase counts whose end is not typed yet
STOP, LETTER = 0.2, 0.3  # for a function word, and for a letter that the language alone has
LEAST = 3  # letters of a word that is begun, or of one in Latin letters that is taken for another language's
MIXED = 2  # English words that may stand beside one word of another language
FRAME = 2  # function words of a language that make words its own which might be English as well
SURE = 5  # letters in all that are needed where letters or keys were changed
_ENDINGS = ("s", "ed", "ing", "ly")  # of English words that no list has
MOST_WORDS = 40  # of a query that are read


class Understood(NamedTuple):
    """Words of a query that were understood.

    typed:    as typed.
    own:      as the language writes it.
    language: its code; "en" for English words that were typed in another keyboard layout.
    english:  what was searched.
    address:  of the glossary's entry, "" if it is none of its terms.
    trap:     what else the word means, where that misleads."""

    typed: str
    own: str
    language: str
    english: str
    address: str = ""
    trap: str = ""


class Translated(NamedTuple):
    """A query in English.

    also:    (where in `text` words begin, other words that may stand in their place).
    about:   (where in `text` words begin, addresses of sections that are about what they mean).
    address: of the glossary's entry, if the query is the name of one and nothing else.
    own:     (where in `text` words begin, what was asked in the language).
    rest:    what stands beside the phrases.
    strong:  whether nothing else can be meant; else a correction of an English word goes before it."""

    text: str
    understood: tuple[Understood, ...]
    also: tuple[tuple[int, tuple[str, ...]], ...] = ()
    about: tuple[tuple[int, tuple[str, ...]], ...] = ()
    address: str = ""
    own: tuple[tuple[int, tuple[str, ...]], ...] = ()
    rest: str = ""
    strong: bool = False


class _Word(NamedTuple):
    """A word of the query: as typed, where it stands, whether it may be English, whether it may go on.

    begins: whether an English word begins so: then it is that one that is being typed.
    named:  whether it is the name of somebody or something: then it is no error of another word."""

    text: str
    start: int
    end: int
    english: bool
    grows: bool
    begins: bool = False
    named: bool = False


class _Piece(NamedTuple):
    """Words first to stop (excluded) of those that a language reads, and the phrase that they are."""

    first: int
    stop: int
    shown: str
    meaning: Meaning
    score: float
    foreign: int  # words that are not English
    least: float  # how surely the least sure of them is the phrase's


class _Reading(NamedTuple):
    """How a language reads a query: what it reads, and the places of words that are left out."""

    language: str
    score: float
    pieces: tuple[_Piece, ...]
    read: tuple[int, ...]  # the places of the words that pieces count
    stops: tuple[int, ...]
    unread: int  # words that are neither English nor read


_Look = Callable[[Table, _Word], Mapping[Slot, float]]


class Understanding:
    """Reads queries for one handbook."""

    def __init__(
        self,
        tables: Tables,
        vocabulary: Vocabulary,
        real: RealWords,
        synonyms: Synonyms,
        translated: Inflections | None = None,
    ) -> None:
        """translated: the words of chapters in another language: they need not be English."""
        self._tables, self._vocabulary, self._real, self._synonyms = tables, vocabulary, real, synonyms
        self._translated_words = translated

    def of(self, query: Query, *, loosely: bool = False) -> Translated | None:
        """The query in English; None if there is nothing to understand.

        loosely: whether typing errors are forgiven too; to be asked when English has made nothing of the query."""
        if not query.words or len(query.words) > MOST_WORDS:
            return None
        words = self._words(query)
        if all(word.english for word in words):
            return None
        if any(letters.is_cyrillic(word.text) for word in words):
            look = _loosely if loosely else _strictly
            best = self._best(words, ("uk", "ru", "be", "bg", "mk"), look)
            if best and (loosely or not best.unread):
                return self._translated(query.text, words, best)
            other = self._in_latin_layout(query)
            return other or (self._translated(query.text, words, best) if best else None)
        if loosely:  # "zuchini" is an error of an English word, and not of a Polish one
            near = [not word.english and self._real.is_near(tokens.fold(word.text)) for word in words]
            words = [word._replace(begins=word.begins or one) for word, one in zip(words, near, strict=True)]
        found = self._best(words, ("pl", "cs", "ro", "nl"), _loosely if loosely else _strictly)
        if found and not found.unread:
            return self._translated(query.text, words, found)
        if len(set(query.text)) < LEAST:  # "aaaa"
            return self._translated(query.text, words, found) if found else None
        other = self._transcribed(query, words) or self._in_other_layout(query)
        return other or (self._translated(query.text, words, found) if found else None)

    def is_unlikely(self, query: Query) -> bool:
        """Is a query in plain letters in no language surely? A quick look, for one of which English makes something."""
        if not query.text.isascii():
            return False
        return not self._tables.may_be_latin(
            [query.words[at] for at, word in enumerate(self._words(query)) if not word.english]
        )

    def _words(self, query: Query) -> list[_Word]:
        words = []
        for place, (start, end) in enumerate(query.spans):
            form, grows = query.words[place], query.grows(place)
            english = self._is_english(form, query.text[start:end], grows=grows)
            begins = grows and self._real.begins(form, name=False)
            named = not english and form.isascii() and form in self._real
            words.append(_Word(query.text[start:end], start, end, english, grows, begins, named))
        return words

    def _is_english(self, form: str, typed: str, *, grows: bool) -> bool:
        """May a word be English: is it the handbook's, or a real one, or the beginning of either?"""
        if self._translated_words and self._translated_words.holds(form) and not form.isdigit():
            return form in self._real
        if not form.isascii():
            return tokens.term(form) in self._vocabulary.terms
        if not typed.isascii() and not self._real.is_word(form):
            return False
        if not form.isalpha() or len(form) < LEAST or tokens.is_stop(form):
            return True
        if self._vocabulary.uses(form) or form in self._synonyms or self._real.is_word(form):
            return True
        if form.endswith(_ENDINGS) and tokens.term(form) in self._vocabulary.terms:
            return True
        if typed[0].isupper() and form in self._real:  # a name
            return True
        return grows and bool(self._vocabulary.completions(form))

    # -- One language --

    def _best(self, words: Sequence[_Word], languages: Iterable[str], look: _Look) -> _Reading | None:
        """The language that reads most of the words, if any is sure enough to be one of it."""
        found = [one for one in (self._read(words, self._tables.of(code), look) for code in languages) if one]
        best = max(found, key=lambda one: one.score, default=None)
        if best and best.unread and look is _strictly:  # in a language that is known, errors are forgiven
            return self._read(words, self._tables.of(best.language), _loosely) or best
        return best

    def _read(self, words: Sequence[_Word], table: Table, look: _Look) -> _Reading | None:
        heard = look is _heard
        telling = set() if heard else _of_stops(words, table)
        stops = [n for n, word in enumerate(words) if n not in telling and table.is_stop(word.text, heard=heard)]
        places = [at for at in range(len(words)) if at not in stops]
        if not places:  # "до": nothing but function words
            return None
        slots = [look(table, words[at]) for at in places]
        read = [words[at] for at in places]
        pieces = tuple(_chosen(read, slots, table))
        foreign = [at for at in stops if not words[at].english]
        if not (_is_likely(read, pieces) or _is_framed(read, pieces, len(foreign))):
            return None
        text = "".join(word.text for word in words).casefold()
        own = any(letter in text for letter in table.language.letters)
        score = sum(piece.score for piece in pieces) + STOP * len(foreign) + LETTER * own
        taken = {at for piece in pieces for at in range(piece.first, piece.stop)}
        left = [word for at, word in enumerate(read) if at not in taken]
        unread = sum(not word.english for word in left)
        return _Reading(table.language.code, score, pieces, tuple(places), tuple(stops), unread)

    def _translated(self, text: str, words: Sequence[_Word], reading: _Reading, typed: str = "") -> Translated:
        """The text with the phrases in English. typed: the text as typed, where that was read with other letters."""
        typed = typed or text
        changes: list[tuple[int, int, _Piece | None]] = [
            (words[at].start, words[at].end, None) for at in reading.stops if not tokens.is_stop(words[at].text.lower())
        ]
        understood = []
        for piece in reading.pieces:
            start, end = words[reading.read[piece.first]].start, words[reading.read[piece.stop - 1]].end
            changes = [change for change in changes if not start <= change[0] < end]
            changes.append((start, end, piece))
            meaning = piece.meaning
            understood.append(
                Understood(
                    typed[start:end], piece.shown, reading.language, meaning.english[0], meaning.address, meaning.trap
                )
            )
        out, also, about, own, at = "", [], [], [], 0
        rest = ""
        for start, end, change in sorted(changes, key=lambda one: one[0]):
            out += text[at:start]
            rest += text[at:start]
            at = end
            if change is not None:
                own.append((len(out), (text[start:end],)))
                if change.meaning.about:
                    about.append((len(out), change.meaning.about))
                if len(change.meaning.english) > 1:
                    also.append((len(out), change.meaning.english[1:]))
                out += change.meaning.english[0]
        out += text[at:]
        rest += text[at:]
        whole = len(reading.pieces) == 1 and len(reading.read) == reading.pieces[0].stop - reading.pieces[0].first
        return Translated(
            out,
            tuple(understood),
            tuple(also),
            tuple(about),
            reading.pieces[0].meaning.address if whole else "",
            tuple(own),
            rest.strip(),
            strong=_is_strong(typed, words, reading),
        )

    # -- Other letters, other keys --

    def _transcribed(self, query: Query, words: Sequence[_Word]) -> Translated | None:
        """A Cyrillic language in Latin letters: "torgovlya lyudmi"."""
        best = self._best(words, ("ru", "uk", "bg", "mk", "be"), _heard)
        return self._translated(query.text, words, best) if best and _is_sure(words, best) else None

    def _in_other_layout(self, query: Query) -> Translated | None:
        """A Cyrillic language, typed in the Latin layout: "njhujdkz" for "торговля"."""
        found: list[tuple[float, Translated]] = []
        for code in ("ru", "uk", "be", "bg", "mk"):
            for text in letters.as_typed_in(code, query.text):
                other = Query.parse(text, plain=True)
                typed = [
                    _Word(other.text[start:end], start, end, english=False, grows=other.grows(place))
                    for place, (start, end) in enumerate(other.spans)
                ]
                best = self._best(typed, (code,), _strictly)
                if best and _is_sure(typed, best):
                    found.append((best.score, self._translated(text, typed, best, query.text)))
        return max(found, key=lambda one: one[0], default=(0.0, None))[1]

    def _in_latin_layout(self, query: Query) -> Translated | None:
        """English, or a language with Latin letters, typed in a Cyrillic layout: "екфаасшлштп" for "trafficking"."""
        for text in letters.as_typed_in_latin(query.text):
            other = Query.parse(text, plain=True)
            words = self._words(other)
            if not words or letters.is_cyrillic(text) or sum(len(word.text) for word in words) < SURE - 1:
                continue
            if all(word.english for word in words):
                return Translated(text, (Understood(query.text.strip(), text.strip(), ENGLISH, text.strip()),))
            best = self._best(words, ("pl", "cs", "ro", "nl"), _strictly)
            if best and not best.unread:
                return self._translated(text, words, best, query.text)
        return None


# -- How words are looked for --


def _strictly(table: Table, word: _Word) -> Mapping[Slot, float]:
    """A word in this form or another; the last one also as a beginning."""
    found = dict.fromkeys(table.inflected(word.text), INFLECTED) | dict.fromkeys(table.exact(word.text), EXACT)
    if not found and word.grows and not word.begins and len(word.text) >= LEAST:
        found = dict.fromkeys(table.begun(word.text), BEGUN)
    return found


def _loosely(table: Table, word: _Word) -> Mapping[Slot, float]:
    """A word as above, or a typing error away."""
    found = _strictly(table, word)
    return found if found or word.begins or word.named else dict.fromkeys(table.close(word.text), CLOSE)


def _heard(table: Table, word: _Word) -> Mapping[Slot, float]:
    """A word in Latin letters."""
    return {} if word.english else dict.fromkeys(table.heard(word.text), HEARD)


# -- Which words make a phrase --


def _of_stops(words: Sequence[_Word], table: Table) -> set[int]:
    """The places of function words that together say something: "не хочет"."""
    forms = [letters.loose(tokens.fold(word.text)) for word in words]
    found: set[int] = set()
    for phrase in table.of_stops:
        for first in range(len(forms) - len(phrase) + 1):
            if tuple(forms[first : first + len(phrase)]) == phrase:
                found.update(range(first, first + len(phrase)))
    return found


def _chosen(words: Sequence[_Word], slots: Sequence[Mapping[Slot, float]], table: Table) -> list[_Piece]:
    """The phrases that together count most, none in another's place, in order."""
    best: list[tuple[float, list[_Piece]]] = [(0.0, [])]
    at_stop: dict[int, list[_Piece]] = {}
    for first in range(len(words)):
        for piece in _phrases(words, slots, table, first):
            at_stop.setdefault(piece.stop, []).append(piece)
    for stop in range(1, len(words) + 1):
        found = best[stop - 1]
        for piece in at_stop.get(stop, ()):
            before = best[piece.first]
            if before[0] + piece.score > found[0]:
                found = (before[0] + piece.score, [*before[1], piece])
        best.append(found)
    return best[-1][1]


def _phrases(
    words: Sequence[_Word], slots: Sequence[Mapping[Slot, float]], table: Table, first: int
) -> Iterator[_Piece]:
    """The phrases that begin at a word: in their order, in another (adjectives go before or behind), or unfinished."""
    for number in dict.fromkeys(slot.phrase for slot in slots[first]):
        phrase = table.phrases[number]
        size = len(phrase.words)
        stop = min(first + size, len(words))
        worths = _fitting([slots[at] for at in range(first, stop)], number, size)
        if worths is None:
            continue
        weight = 1.0
        if stop - first < size:
            typed = sum(len(word.text) for word in words[first:stop]) - (INFLECTED in worths)
            if not (words[-1].grows and phrase.meaning.address) or typed < SURE or CLOSE in worths:
                continue
            weight = UNFINISHED
        score = weight * (sum(worths) + TOGETHER * (len(worths) - 1)) + TERM * bool(phrase.meaning.address)
        foreign = sum(not word.english for word in words[first:stop])
        yield _Piece(first, stop, phrase.shown, phrase.meaning, score, foreign, min(worths))


def _fitting(slots: Sequence[Mapping[Slot, float]], phrase: int, size: int) -> list[float] | None:
    """How surely words are those of a phrase, or None if they are not."""
    orders = permutations(range(size)) if len(slots) == size <= 3 else (tuple(range(size)),)
    best: list[float] | None = None
    for order in orders:
        worths = [one.get(Slot(phrase, at), 0.0) for one, at in zip(slots, order, strict=False)]
        if all(worths) and (best is None or sum(worths) > sum(best)):
            best = worths
    return best


def _is_likely(words: Sequence[_Word], pieces: Sequence[_Piece]) -> bool:
    """May words be a language's? One of them has to be, for sure; if it is only like one, or begun, with no English."""
    foreign = [piece for piece in pieces if piece.foreign]
    read = sum(piece.stop - piece.first for piece in foreign)
    if foreign and all(_is_a_name(words, piece) or _is_short(words, piece) for piece in foreign):
        return False  # "nokia", "éurope éurope", "afe house"
    if any(piece.least > BEGUN for piece in foreign):
        phrased = {at for piece in pieces if piece.stop - piece.first > 1 for at in range(piece.first, piece.stop)}
        other = sum(word.english and word.text.isalpha() for at, word in enumerate(words) if at not in phrased)
        return read > 1 or other <= MIXED or any(not word.text.isascii() for word in words)
    return read == len(words) and sum(len(word.text) for word in words) > LEAST


def _is_a_name(words: Sequence[_Word], piece: _Piece) -> bool:
    """Is a phrase one word that is a name as it is, and only another form of the language's?"""
    return piece.stop - piece.first == 1 and piece.least < EXACT and words[piece.first].named


def _is_short(words: Sequence[_Word], piece: _Piece) -> bool:
    """Is a phrase one word of so few letters, and not as the language has it, that it may be an error of any word?"""
    word = words[piece.first].text
    return piece.stop - piece.first == 1 and piece.least < EXACT and len(word) <= LEAST and word.isascii()


def _is_framed(words: Sequence[_Word], pieces: Sequence[_Piece], foreign: int) -> bool:
    """Are words that might be English as well a language's by the function words around them?

    "Als een journalist belt": the first two are no English.

    foreign: function words that are not English."""
    read = sum(piece.stop - piece.first for piece in pieces)
    return foreign >= FRAME and read == len(words) and all(piece.least > BEGUN for piece in pieces)


def _is_strong(typed: str, words: Sequence[_Word], reading: _Reading) -> bool:
    """Can words be nothing but a language's? By their letters, or by being two, or one that is just so."""
    if not typed.isascii():
        return True
    if any(piece.foreign and piece.least == EXACT and _is_in_order(words, reading, piece) for piece in reading.pieces):
        return True  # "date personale"
    foreign = sum(piece.foreign for piece in reading.pieces if piece.least > BEGUN)
    if foreign > 1:
        return not reading.unread
    piece = reading.pieces[0]
    word = words[reading.read[piece.first]].text
    return len(reading.read) == 1 and piece.least == EXACT and len(word) >= SURE and word in typed


def _is_in_order(words: Sequence[_Word], reading: _Reading, piece: _Piece) -> bool:
    """Are several words a phrase's, one after the other as the language has them?"""
    following = iter(tokens.forms(piece.shown))
    typed = [tokens.fold(words[reading.read[at]].text) for at in range(piece.first, piece.stop)]
    return len(typed) > 1 and all(form in following for form in typed)


def _is_sure(words: Sequence[_Word], reading: _Reading) -> bool:
    """Are enough letters read, where letters or keys were changed?"""
    places = [reading.read[at] for piece in reading.pieces for at in range(piece.first, piece.stop)]
    return not reading.unread and sum(len(words[at].text) for at in places) >= SURE
