"""The search index: build it, open it, ask it.

Belongs here: the index's files and what they hold. Not here: the order of hits (ranking.py), queries, marks
and snippets (query.py), what counts as one word (words.py), threads and painting (ui/).

Whoosh is the container: one document a section, numbered in reading order, with the fields
    all    words of title, path and text; positions run on, with a gap between any two paragraphs
    title  words of the title
    name   what the section is called, as one term: its title; "Recommendations 4" for "4. Stop talking"
Its analysis, its IndexWriter and its queries are passed by: postings are written term by term and read a
whole term at once (docs/benchmarks.md has what that gains).

Beside Whoosh's files lie
    words          every form with its term (lexicon.py)
    places         the positions of all terms, one posting after the other
    starts, forms  the forms of each section in the order they stand in, and where each section begins there
    grams, names   what gathered.py makes of them
and, written last, a catalogue that names the files with their digests, the content's fingerprint and FORMAT; so
a folder holds a whole index or none.
Opening reads every file into memory and compares the digests before Whoosh sees a byte. No damage gets
further than that, no file stays open, and nothing is unpickled that did not come from here (whoever forges
the digests too might as well forge the program)."""

from __future__ import annotations

import sys
import time
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handbook import glossary, words
from handbook.errors import HandbookError
from handbook.gathered import Gathered
from handbook.lexicon import Lexicon, most_alike
from handbook.marking import Marker, Matching, Tokens, plain_matching, snippet, tokens
from handbook.query import Query, Run
from handbook.ranking import Postings, Ranked, Ranking
from handbook.spelling import Correction, Speller

if TYPE_CHECKING:
    from whoosh.codec.whoosh3 import W3Segment
    from whoosh.fields import Schema

    from handbook.content import Handbook

__all__ = [
    "FORMAT",
    "Answer",
    "Cancelled",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexNotWritten",
    "build_index",
    "cache_folder",
    "matcher",
    "open_or_build",
]

# Of the index. To be raised with every change to what it holds, to words.py, or to the stemmer's version.
FORMAT = 3

_CATALOGUE = "handbook_index.json"
_OURS = ("handbook_", "_handbook_")  # begin the names of all files of an index
_BESIDE = ".handbook-index-"  # begins the name of a folder in which an index is being written


class IndexDamaged(HandbookError):
    """The index is missing, cut short, foreign, or of another version or content: build it anew."""

    def __init__(self, reason: str = "") -> None:
        why = f" ({reason})" if reason else ""
        super().__init__(f"The search index can't be used{why}; it is made again from the handbook's text.")


class IndexNotWritten(HandbookError):
    """The index can't be kept in a folder, which may be read-only or full. The index there is as it was.

    reason: the folder and what is wrong, to stand in another sentence."""

    def __init__(self, folder: Path, cause: OSError) -> None:
        self.reason = f"'{folder}': {cause.strerror or cause}"
        super().__init__(f"The search index can't be written to {self.reason}. Choose a folder with room.")


class Cancelled(HandbookError):
    """Building was told to stop, and nothing was written."""

    def __init__(self) -> None:
        super().__init__("The search index was not built: it was told to stop.")


@dataclass(frozen=True, slots=True)
class Hit:
    """A section found, ready to paint.

    address: "chapter#anchor", or "chapter" for a chapter's own text; exists in the handbook.
    path:    titles from the part down to the section above this one.
    score:   0 or more; means something within one answer only.
    snippet: a passage of one paragraph of the section's text, cut at word borders; "" if it has no text.
    marks:   (start, end) in characters of `snippet`, sorted, apart: the words that were found."""

    address: str
    title: str
    path: tuple[str, ...]
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A term of the glossary: what it means, in plain words, with the words that were found marked."""

    address: str
    title: str
    definition: str
    marks: tuple[tuple[int, int], ...] = ()


_NOTHING = Matching({})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, best first.

    ms:          how long it took, in milliseconds.
    suggestion:  the query as it was searched, where words of it were corrected; else "".
    corrections: those words, in the query's order.
    total:       sections found in all; `hits` may be fewer.
    counts:      (part's id, sections found in it) in the handbook's order, over all that were found.
    card:        the glossary's entry of the name that was asked.
    nearest:     where nothing was found: words of the handbook that look like the query's.
    terms:       where nothing was found: the glossary's nearest entries.
    loosened:    what was asked for in quotes stands nowhere, so its words were searched.
    matching:    for matcher()."""

    query: str
    hits: tuple[Hit, ...]
    ms: float
    suggestion: str
    corrections: tuple[Correction, ...] = ()
    total: int = 0
    counts: tuple[tuple[str, int], ...] = ()
    card: Card | None = None
    nearest: tuple[str, ...] = ()
    terms: tuple[Card, ...] = ()
    loosened: bool = False
    matching: Matching = _NOTHING


def _never() -> bool:
    return False


def _silent() -> None:
    pass


# -- Opening ----------------------------------------------------------------------------------------------


class Index:
    """An open index, all in memory; it never changes. To be asked from one thread at a time.

    Any thread may do the asking, and matcher() may be called from others meanwhile."""

    def __init__(self, handbook: Handbook, files: Mapping[str, bytes]) -> None:
        """Takes the files as _built() and _read() give them. Raises IndexDamaged."""
        self._places = tuple(
            (chapter, section) for chapter in handbook.chapters.values() for section in chapter.sections
        )
        self._handbook = handbook
        self._content = _Content(_name(handbook), len(self._places), files)
        self._ranking = Ranking(self._content)
        self._texts: dict[int, tuple[str, Tokens]] = {}
        self._called_known = cache(self._within)

    @classmethod
    def open(cls, folder: Path, handbook: Handbook) -> Index:
        """The index in a folder. Raises IndexDamaged if it is not a whole one of this handbook and FORMAT."""
        return cls(handbook, _read(folder, handbook))

    @classmethod
    def in_memory(cls, handbook: Handbook) -> Index:
        """An index that is kept nowhere."""
        return cls(handbook, _built(handbook, _never))

    def close(self) -> None:
        """Let go of the memory; the index can't be asked any more."""
        self._content.close()
        self._ranking = Ranking(self._content)
        self._texts.clear()

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._content.lexicon, self._ranking)

    @cached_property
    def _part_of(self) -> list[str]:
        """The id of each section's part."""
        return [chapter.part for chapter, _ in self._places]

    def search(self, query: str, *, limit: int = 50, typing: bool = False, correct: bool = True) -> Answer:
        """The best sections for a query, which may be any text; equally good ones in the handbook's order.

        limit:   number of hits at most, above 0.
        typing:  whether the query's last word may be the beginning of one.
        correct: whether words that the handbook does not have are taken for others.
        Raises IndexDamaged if only now the index turns out to be none."""
        start = time.perf_counter()
        try:
            answer = self._answer(query, limit, typing=typing, correct=correct)
        except IndexError as exc:  # numbers of sections or forms that are none
            raise IndexDamaged(repr(exc)) from exc
        return replace(answer, ms=(time.perf_counter() - start) * 1000)

    def _answer(self, text: str, limit: int, *, typing: bool, correct: bool) -> Answer:
        query = Query.parse(text, typing=typing, places=self._is_place)
        suggestion, corrections = self._speller.correct(query) if correct else (text, ())
        if corrections:
            query = Query.parse(suggestion, typing=typing, places=self._is_place)
        allowed = self._allowed(query)
        loosened = allowed is not None and not allowed and bool(query.exact)
        if loosened:
            query = Query.parse(query.text, typing=typing, places=self._is_place, plain=True)
            allowed = self._allowed(query)
        ranked = self._ranking.best(query, limit, allowed)
        if not query.words and query.within:
            every = sorted(allowed or ())
            ranked = Ranked([(number, 0.0) for number in every[:limit]], every)
        matching = self._ranking.matching(query)
        marker, worth = Marker(matching), self._ranking.worth(query)
        hits = [self._hit(number, score, marker, worth) for number, score in ranked.best]
        return Answer(
            text,
            tuple(hits),
            0.0,
            suggestion if corrections else "",
            corrections,
            len(ranked.found),
            self._counts(ranked.found),
            self._card(query, marker),
            () if hits else self._speller.nearest(query),
            () if hits else self._nearest_terms(query, marker),
            loosened,
            matching,
        )

    def _hit(self, number: int, score: float, marker: Marker, worth: Mapping[int, float]) -> Hit:
        section = self._places[number][1]
        text, found = self._text(number)
        passage, marks = snippet(text, list(marker.find(text, found)), worth)
        return Hit(str(section.address), section.title, section.path, score, passage, marks)

    # -- Where to look --

    def _is_place(self, name: str) -> bool:
        return bool(self._chapters_called(name))

    def _chapters_called(self, name: str) -> frozenset[str]:
        """The chapters that are meant by the id of a part or chapter, or by the beginning of its title."""
        return self._called_known(" ".join(words.forms(name)))

    def _within(self, name: str) -> frozenset[str]:
        if not name:
            return frozenset()
        found: set[str] = set()
        for part in self._handbook.parts:
            ids = {chapter.id for chapter in part.chapters}
            if _is_called(name, part.id, part.title):
                found |= ids
        found |= {
            chapter.id for chapter in self._handbook.chapters.values() if _is_called(name, chapter.id, chapter.title)
        }
        return frozenset(found)

    def _allowed(self, query: Query) -> set[int] | None:
        """The sections that a query's signs leave, None for all."""
        if not (query.within or query.exact or query.without):
            return None
        left = set(range(len(self._places)))
        if query.within:
            chapters = frozenset().union(*map(self._chapters_called, query.within))
            left = {number for number in left if self._places[number][0].id in chapters}
        for choice in query.required:
            left &= set().union(*(self._ranking.having(run, exact=exact) for run, exact in choice))
        for run in query.without:
            left -= self._ranking.having(run, exact=False)
        return left

    def _counts(self, found: Collection[int]) -> tuple[tuple[str, int], ...]:
        counted = Counter(map(self._part_of.__getitem__, found))
        return tuple((part.id, counted[part.id]) for part in self._handbook.parts if counted[part.id])

    # -- The glossary --

    def _card(self, query: Query, marker: Marker) -> Card | None:
        for number in self._ranking.called(query):
            card = self._card_of(number, marker)
            if card is not None:
                return card
        return None

    def _card_of(self, number: int, marker: Marker) -> Card | None:
        chapter, section = self._places[number]
        definition = glossary.definition(chapter, section)
        if not definition:
            return None
        marks = tuple((mark.start, mark.end) for mark in marker.find(definition))
        return Card(str(section.address), section.title, definition, marks)

    def _nearest_terms(self, query: Query, marker: Marker) -> tuple[Card, ...]:
        """The glossary's entries whose titles look most like a query."""
        titles = {
            number: section.title.casefold()
            for number, (chapter, section) in enumerate(self._places)
            if chapter.front.kind == "glossary" and section.level == glossary.TERM_LEVEL
        }
        cards = (self._card_of(number, marker) for number in most_alike(query.text.casefold(), titles, 3))
        return tuple(card for card in cards if card is not None)

    def _text(self, number: int) -> tuple[str, Tokens]:
        """What a section's snippet is cut from, and its words, kept: the next letter asks again.

        Its text; of a glossary's entry the definition, which says more than the lists under it."""
        if number not in self._texts:
            if len(self._texts) >= 1000:  # some 4 MB
                self._texts.clear()
            chapter, section = self._places[number]
            text = glossary.definition(chapter, section) or chapter.text(section)
            self._texts[number] = text, tokens(text)
        return self._texts[number]


def _is_called(name: str, id_: str, title: str) -> bool:
    """Is a name, in forms, that of a part or chapter, or the beginning of its title?"""
    return name == " ".join(words.forms(id_)) or f"{' '.join(words.forms(title))} ".startswith(name)


def matcher(matching: Matching | str, *, typing: bool = False) -> Callable[[str], tuple[tuple[int, int], ...]]:
    """A function that tells which stretches (start, end) of any text an answer's words match.

    The stretches are whole words or names, sorted, and never overlap: other forms and spellings of the query's
    words, corrected ones, compounds joined, split or hyphenated, short and full names and, while typing, all
    that begins with the last word. Of a query's text alone it knows no more than its own words."""
    if isinstance(matching, str):
        matching = plain_matching(Query.parse(matching, typing=typing))
    marker = Marker(matching)
    return lambda text: tuple((mark.start, mark.end) for mark in marker.find(text))


class _Content:
    """What an index's files hold (a ranking.Source), read when it is asked for. Raises IndexDamaged."""

    def __init__(self, name: str, sections: int, files: Mapping[str, bytes]) -> None:
        from whoosh.filedb.filestore import RamStorage
        from whoosh.reading import SegmentReader

        storage: Any = RamStorage()  # type: ignore[no-untyped-call]
        storage.files = dict(files)
        with _damage():
            self._sections, self._words = sections, files[f"{name}.words"]
            self._places = _little_endian(array("I", files[f"{name}.places"]))
            self._starts = _little_endian(array("I", files[f"{name}.starts"]))
            self._forms = _little_endian(array("I", files[f"{name}.forms"]))
            self._grams, self._names = files[f"{name}.grams"], files[f"{name}.names"]
            self._reader: Any = SegmentReader(storage, _schema(), _segment(name, sections))

    @cached_property
    def lexicon(self) -> Lexicon:
        with _damage():
            return Lexicon(self._words)

    @cached_property
    def gram_sections(self) -> Mapping[str, int]:
        with _damage():
            pairs = (line.split("\t") for line in self._grams.decode().split("\n") if line)
            return {gram: int(count) for gram, count in pairs}

    @cached_property
    def other_names(self) -> Mapping[Run, Sequence[Run]]:
        with _damage():
            found: dict[Run, list[Run]] = {}
            for line in self._names.decode().split("\n"):
                if line:
                    one, other = line.split("\t")
                    found.setdefault(tuple(one.split(" ")), []).append(tuple(other.split(" ")))
            return found

    def sequence(self, number: int) -> Sequence[int]:
        return self._forms[self._starts[number] : self._starts[number + 1]]

    def lengths(self, field: str) -> Sequence[int]:
        """Words in a field of each section; Whoosh keeps a number in one byte, long ones by approximation."""
        with _damage():
            return [self._reader.doc_field_length(number, field) or 0 for number in range(self._sections)]

    def postings(self, field: str, term: str) -> Postings:
        with _damage():
            return self._postings(field, term)

    def _postings(self, field: str, term: str) -> Postings:
        if (field, term.encode()) not in self._reader:
            return Postings((), (), (), ())
        sections, counts, starts = array("I"), array("f"), array("I")
        found = self._reader.postings(field, term)
        while found.is_active():
            # Asking once reads a whole block of 128; asking posting by posting takes five times as long.
            found.id(), found.weight(), found.value()
            sections.extend(found._ids)
            counts.extend(found._weights)
            starts.extend(int.from_bytes(start, "little") for start in found._values)
            found._next_block()
        return Postings(sections, counts, starts, self._places)

    def close(self) -> None:
        self._reader.close()


@contextmanager
def _damage() -> Iterator[None]:
    """Whoosh raises whatever wrong bytes lead it to; all of it means that the index is damaged."""
    try:
        yield
    except Exception as exc:
        raise IndexDamaged(repr(exc)) from exc


def _little_endian(numbers: array[int]) -> array[int]:
    """The numbers as they are in a file, from or for memory: the other way round on few computers."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def open_or_build(
    handbook: Handbook,
    shipped: Path,
    cache: Path,
    *,
    building: Callable[[], None] = _silent,
    cancelled: Callable[[], bool] = _never,
) -> tuple[Index, str]:
    """An index of the handbook, whatever the folders hold, and a sentence for the person, "" if all is well.

    The shipped index if it is good, else the one in the cache, else a fresh one: building() is called first.
    That is kept in the cache or, where it can't be, in memory only, and then the sentence says so.
    Raises Cancelled when cancelled() says so."""
    for folder in (shipped, cache_folder(cache, handbook)):
        try:
            return Index.open(folder, handbook), ""
        except IndexDamaged:
            continue
    building()
    files = _built(handbook, cancelled)
    index = Index(handbook, files)
    try:
        _write(files, cache_folder(cache, handbook))
    except IndexNotWritten as exc:
        return index, f"Search works, but its index can't be kept and is made at every start: {exc.reason}."
    return index, ""


def cache_folder(cache: Path, handbook: Handbook) -> Path:  # noqa: ARG001 - callers need not know that one is for all
    """Where in a person's cache the index is: a single one, of the content that was last built there."""
    return cache / "index"


# -- Building ---------------------------------------------------------------------------------------------


def build_index(handbook: Handbook, folder: Path, *, cancelled: Callable[[], bool] = _never) -> None:
    """Write the index of a handbook to a folder, in place of the one there; other files are left alone.

    The same content gives the same bytes, on any day and computer.
    Raises IndexNotWritten, or Cancelled when cancelled() says so."""
    _write(_built(handbook, cancelled), folder)


def _built(handbook: Handbook, cancelled: Callable[[], bool]) -> dict[str, bytes]:
    """The files of an index by name, the catalogue last."""
    gathered = Gathered()
    for chapter in handbook.chapters.values():
        for section in chapter.sections:
            if cancelled():
                raise Cancelled
            gathered.add(chapter, section)
    name = _name(handbook)
    files = _whoosh_files(gathered, name, cancelled)
    files[f"{name}.words"] = gathered.lexicon()
    starts, sequences = gathered.sequences(Lexicon(files[f"{name}.words"]))
    for kind, numbers in (("places", gathered.places), ("starts", starts), ("forms", sequences)):
        files[f"{name}.{kind}"] = _little_endian(numbers).tobytes()
    files[f"{name}.grams"] = gathered.gram_sections()
    files[f"{name}.names"] = gathered.names()
    return files | {_CATALOGUE: _catalogue(handbook, files)}


def _name(handbook: Handbook) -> str:
    """Whoosh's name for the index, with which the names of its files begin.

    It is another for every content, so that writing one index does not touch the files of another, and always
    the same for one, where Whoosh would draw it by lot."""
    return f"handbook_{handbook.fingerprint[:16]}f{FORMAT}"


def _catalogue(handbook: Handbook, files: Mapping[str, bytes]) -> bytes:
    import json

    digests = {name: _digest(data) for name, data in sorted(files.items())}
    catalogue = {"format": FORMAT, "content": handbook.fingerprint, "files": digests}
    return json.dumps(catalogue, indent=1).encode()


def _digest(data: bytes) -> str:
    from hashlib import blake2b  # brings in OpenSSL, which the window's start can do without

    return blake2b(data, digest_size=16).hexdigest()


# -- Whoosh's files ---------------------------------------------------------------------------------------


def _segment(name: str, sections: int) -> W3Segment:
    """Whoosh's description of the one segment.

    Without compression, as zlib's bytes differ from one version of it to another."""
    from whoosh.codec.whoosh3 import W3Codec, W3Segment

    return W3Segment(W3Codec(compression=0), name, doccount=sections, segid="1")  # type: ignore[no-untyped-call]


def _schema() -> Schema:
    """The fields, without analyzers: Whoosh is given words that are ready."""
    from whoosh.fields import FieldType, Schema
    from whoosh.formats import Format

    start: Any = Format()  # of each posting: where its positions begin
    start.posting_size = 4
    scored: Any = FieldType(start, None, scorable=True)  # type: ignore[arg-type]
    plain: Any = FieldType(start, None, scorable=False)  # type: ignore[arg-type]
    return Schema(all=scored, name=plain, title=scored)


def _whoosh_files(gathered: Gathered, name: str, cancelled: Callable[[], bool]) -> dict[str, bytes]:
    """An ordinary Whoosh index that Whoosh can open too, written through its codec."""
    from whoosh.filedb.filestore import RamStorage
    from whoosh.index import TOC

    storage: Any = RamStorage()  # type: ignore[no-untyped-call]
    schema, segment = _schema(), _segment(name, len(gathered.lengths["all"]))
    _write_lengths(gathered, schema, segment.codec().per_document_writer(storage, segment))  # type: ignore[no-untyped-call]
    _write_postings(gathered, schema, segment.codec().field_writer(storage, segment), cancelled)  # type: ignore[no-untyped-call]
    TOC(schema, [segment], 1).write(storage, name)  # type: ignore[no-untyped-call]
    return {name: bytes(data) for name, data in sorted(storage.files.items())}


def _write_lengths(gathered: Gathered, schema: Schema, writer: Any) -> None:  # noqa: ANN401 - Whoosh has no types here
    for number in range(len(gathered.lengths["all"])):
        writer.start_doc(number)
        for field, lengths in gathered.lengths.items():
            writer.add_field(field, schema[field], None, lengths[number])
        writer.finish_doc()
    writer.close()


def _write_postings(
    gathered: Gathered,
    schema: Schema,
    writer: Any,  # noqa: ANN401 - as above
    cancelled: Callable[[], bool],
) -> None:
    """Fields, terms and sections in ascending order, as the codec requires."""
    for field, postings in sorted(gathered.postings.items()):
        lengths = gathered.lengths.get(field)
        writer.start_field(field, schema[field])
        for number, term in enumerate(sorted(postings)):
            if number % 1000 == 0 and cancelled():
                raise Cancelled
            writer.start_term(term.encode())
            for section, count, start in postings[term]:
                length = lengths[section] if lengths else 0
                writer.add(section, float(count), start.to_bytes(4, "little"), length)
            writer.finish_term()
        writer.finish_field()
    writer.close()


# -- Files on disk ----------------------------------------------------------------------------------------


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Put an index in the place of the one in a folder. The catalogue is last in `files`, and decides."""
    from tempfile import TemporaryDirectory  # not at the window's start: it imports a good deal

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=_BESIDE, dir=folder, ignore_cleanup_errors=True) as beside:
            for name, data in files.items():
                Path(beside, name).write_bytes(data)
            for name in files:
                Path(beside, name).replace(folder / name)
    except OSError as exc:
        raise IndexNotWritten(folder, exc) from exc
    _clear(folder, files)


def _clear(folder: Path, keep: Mapping[str, bytes]) -> None:
    """Remove the files of earlier indexes, and what a program left that was killed while writing one."""
    from shutil import rmtree  # as above

    an_hour_ago = time.time() - 3600  # younger ones may belong to another program that is writing now
    for path in list(folder.iterdir()):
        with suppress(OSError):  # what stays, or what another program has just removed, does no harm
            if path.name.startswith(_BESIDE) and path.stat().st_mtime < an_hour_ago:
                rmtree(path)
            elif path.name.startswith(_OURS) and path.name not in keep:
                path.unlink()


def _read(folder: Path, handbook: Handbook) -> dict[str, bytes]:
    """The files of the index in a folder, each as it was written. Raises IndexDamaged."""
    import json

    try:
        digests = _digests(json.loads((folder / _CATALOGUE).read_bytes()), handbook)
        files = {name: (folder / name).read_bytes() for name in digests}
    except OSError as exc:
        raise IndexDamaged(f"'{exc.filename or folder}': {exc.strerror or exc}") from exc
    except (ValueError, RecursionError) as exc:
        raise IndexDamaged(f"'{folder / _CATALOGUE}': {exc}") from exc
    for name, data in files.items():
        if _digest(data) != digests[name]:
            raise IndexDamaged(f"'{folder / name}' is not as it was written")
    return files


def _digests(catalogue: object, handbook: Handbook) -> dict[str, str]:
    """The digests that a catalogue states, by file. Raises ValueError if it is of another index."""
    if not isinstance(catalogue, dict) or catalogue.get("format") != FORMAT:
        raise ValueError("not the catalogue of an index of this version")
    if catalogue.get("content") != handbook.fingerprint:
        raise ValueError("the catalogue of an index of another text")
    digests = catalogue.get("files")
    if not isinstance(digests, dict) or f"{_name(handbook)}.words" not in digests:
        raise ValueError("a catalogue without files")
    if any(name != Path(name).name for name in digests):
        raise ValueError("a catalogue of files in other folders")
    return digests
