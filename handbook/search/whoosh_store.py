"""Writes and reads the files of an index: a Whoosh index, and more files beside it.

Belongs here: all code that uses Whoosh. Not here: collecting the words of the content (index_builder.py), folders
(index_files.py), the order of hits (ranking.py).

Whoosh stores one document for each section, numbered in reading order, with the fields
    all    words of title, path and text; positions run on, with a gap between any two paragraphs
    title  words of the title
    name   what the section is called, as one term: its title; "Recommendations 4" for "4. Stop talking"
Whoosh's analysis, IndexWriter and queries are not used: postings are written term by term, and all postings of a term
are read at once (docs/benchmarks.md has how much faster that is). Beside Whoosh's files are
    words          every form with its term (vocabulary.py)
    places         the positions of all terms, one posting after the other
    starts, forms  the forms of each section in the order they stand in, and where each section begins there
    grams, names   as index_builder.py makes them
    roles          the role of each section, one byte each

Whoosh stores postings as pickles, and a pickle can call any function. A person who can write into the cache folder
could so run a program of theirs. Therefore everything is unpickled with `_Unpickler`, which calls none."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3Segment, W3TermInfo, W3TermsReader
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.formats import Format
from whoosh.index import TOC
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.search.index_builder import Gathered
from handbook.search.index_files import IndexDamaged, as_bytes, as_numbers, name_of, sealed
from handbook.search.query import Run
from handbook.search.ranking import ROLES, Postings, Role
from handbook.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from handbook.content.handbook import Handbook


class Cancelled(HandbookError):
    """Building was cancelled, and nothing was written."""

    def __init__(self) -> None:
        super().__init__(tr("The search index was not built: it was told to stop."))


_LENGTHS = tuple(map(byte_to_length, range(256)))  # which number of words a byte stands for


class Content:
    """The content of an index's files (a ranking.Source), read when first used. Raises IndexDamaged."""

    def __init__(self, name: str, sections: int, files: Mapping[str, bytes]) -> None:
        storage = _Storage(files)
        with _damage():
            self._sections, self._words = sections, files[f"{name}.words"]
            self._places = as_numbers(files[f"{name}.places"])
            self._starts = as_numbers(files[f"{name}.starts"])
            self._forms = as_numbers(files[f"{name}.forms"])
            self._grams, self._names = files[f"{name}.grams"], files[f"{name}.names"]
            self._role_numbers = files[f"{name}.roles"]
            # Of a field without a word, such as titles that are signs alone, Whoosh writes no column.
            self._lengths = {field: files.get(f"{name}_1._{field}_len.col", b"") for field in ("all", "title")}
            self._reader: Any = SegmentReader(storage, _schema(), _segment(name, sections))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All forms."""
        with _damage():
            return Vocabulary(self._words)

    @cached_property
    def gram_sections(self) -> Mapping[str, int]:
        """In how many sections each gram stands."""
        with _damage():
            pairs = (line.split("\t") for line in self._grams.decode().split("\n") if line)
            return {gram: int(count) for gram, count in pairs}

    @cached_property
    def other_names(self) -> Mapping[Run, Sequence[Run]]:
        """Short names by full ones and the other way round."""
        with _damage():
            found: dict[Run, list[Run]] = {}
            for line in self._names.decode().split("\n"):
                if line:
                    one, other = line.split("\t")
                    found.setdefault(tuple(one.split(" ")), []).append(tuple(other.split(" ")))
            return found

    @cached_property
    def roles(self) -> Sequence[Role]:
        """What each section is to the reader."""
        return [ROLES[role] for role in self._role_numbers]

    def sequence(self, number: int) -> Sequence[int]:
        """The numbers of a section's forms, in the order they stand in."""
        return self._forms[self._starts[number] : self._starts[number + 1]]

    def lengths(self, field: str) -> Sequence[int]:
        """Words in a field of each section; Whoosh keeps a number in one byte, long ones by approximation."""
        with _damage():
            # The column is a byte a section; asking Whoosh for each of them takes twenty times as long.
            column = self._lengths[field][: self._sections]
            return [_LENGTHS[byte] for byte in column] + [0] * (self._sections - len(column))

    def postings(self, field: str, term: str) -> Postings:
        """Where a term stands in a field."""
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
        """Close Whoosh's reader."""
        self._reader.close()


@contextmanager
def _damage() -> Iterator[None]:
    """Turn any exception of Whoosh into IndexDamaged: damaged bytes can make it raise anything."""
    try:
        yield
    except Exception as exc:
        raise IndexDamaged(repr(exc)) from exc


# -- Pickles of Whoosh's ----------------------------------------------------------------------------------


class _Unpickler(pickle.Unpickler):
    """Reads only pickles of numbers, texts, bytes, and tuples, lists and dictionaries of them, as in this index."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("_codecs", "encode"):  # how protocol 2 spells bytes
            return _latin1
        raise pickle.UnpicklingError(f"an index holds no {module}.{name}")


def _latin1(text: str, encoding: str) -> bytes:
    """Bytes from letters, with this codec only: other codecs of Python decompress."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"an index holds no {encoding}")
    return text.encode("latin-1")


def _unpickled(data: bytes) -> Any:
    return _Unpickler(BytesIO(data)).load()


class _File(BufferFile):
    """A file of the index in memory."""

    def read_pickle(self) -> Any:
        return _Unpickler(self.file).load()

    def subset(self, position: int, length: int, name: str | None = None) -> BufferFile:
        return _File(self.get(position, length), name=name or self._name)


class _Storage(RamStorage):
    """The index's files, by name."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.files = dict(files)

    def open_file(self, name: str, **options: Any) -> BufferFile:
        return _File(memoryview(self.files[name]), name=name, **options)


class _Codec(W3Codec):
    """Whoosh's codec, with readers that use `_Unpickler`."""

    def terms_reader(self, storage: _Storage, segment: W3Segment) -> W3TermsReader:
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return _Terms(self, storage.open_file(name), storage.file_length(name), postings)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        if terminfo.is_inlined():
            return super().postings_reader(dbfile, terminfo, format_, term, scorer)
        offset, length = terminfo.extent()
        return _Postings(dbfile, offset, length, format_, term=term, scorer=scorer)  # type: ignore[abstract]  # copy(), in Whoosh too


class _Terms(W3TermsReader):
    """Finds the entry of a term."""

    def term_info(self, fieldname: str, tbytes: bytes) -> Any:
        data = self._tindex[self._keycoder(fieldname, tbytes)]
        if data[0]:  # a term's only posting is a pickle behind the numbers; seen to be harmless, it is left to Whoosh
            _unpickled(data[W3TermInfo._struct.size :])
        return W3TermInfo.from_bytes(data)


class _Postings(W3LeafMatcher):
    """Reads the postings of a term, block by block."""

    def _read_data(self) -> None:
        if self._compression:
            raise pickle.UnpicklingError("an index here is written without compression")
        self._data = _unpickled(self._postfile.get(self._dataoffset, self._nextoffset - self._dataoffset))


# -- Building ---------------------------------------------------------------------------------------------


def built(handbook: Handbook, cancelled: Callable[[], bool]) -> dict[str, bytes]:
    """The files of an index by name, the catalogue last."""
    gathered = Gathered()
    for chapter in handbook.chapters.values():
        for section in chapter.sections:
            if cancelled():
                raise Cancelled
            gathered.add(chapter, section)
    name = name_of(handbook)
    files = _whoosh_files(gathered, name, cancelled)
    files[f"{name}.words"] = gathered.vocabulary()
    starts, sequences = gathered.sequences(Vocabulary(files[f"{name}.words"]))
    for kind, numbers in (("places", gathered.places), ("starts", starts), ("forms", sequences)):
        files[f"{name}.{kind}"] = as_bytes(numbers)
    files[f"{name}.grams"] = gathered.gram_sections()
    files[f"{name}.names"] = gathered.names()
    files[f"{name}.roles"] = bytes(map(ROLES.index, gathered.roles))
    return sealed(handbook, files)


def _segment(name: str, sections: int) -> W3Segment:
    """Whoosh's description of the one segment.

    Without compression, as zlib's bytes differ from one version of it to another."""
    return W3Segment(_Codec(compression=0), name, doccount=sections, segid="1")


def _schema() -> Schema:
    """The fields, without analyzers: Whoosh is given words that are ready."""
    start: Any = Format()  # of each posting: where its positions begin
    start.posting_size = 4
    scored: Any = FieldType(start, None, scorable=True)  # type: ignore[arg-type]  # None is "no analyzer"
    plain: Any = FieldType(start, None, scorable=False)  # type: ignore[arg-type]  # the same
    return Schema(all=scored, name=plain, title=scored)


def _whoosh_files(gathered: Gathered, name: str, cancelled: Callable[[], bool]) -> dict[str, bytes]:
    """An ordinary Whoosh index that Whoosh can open too, written through its codec."""
    storage: Any = RamStorage()
    schema, segment = _schema(), _segment(name, len(gathered.lengths["all"]))
    _write_lengths(gathered, schema, segment.codec().per_document_writer(storage, segment))
    _write_postings(gathered, schema, segment.codec().field_writer(storage, segment), cancelled)
    TOC(schema, [segment], 1).write(storage, name)
    return {name: bytes(data) for name, data in sorted(storage.files.items())}


def _write_lengths(gathered: Gathered, schema: Schema, writer: Any) -> None:
    for number in range(len(gathered.lengths["all"])):
        writer.start_doc(number)
        for field, lengths in gathered.lengths.items():
            writer.add_field(field, schema[field], None, lengths[number])
        writer.finish_doc()
    writer.close()


def _write_postings(
    gathered: Gathered,
    schema: Schema,
    writer: Any,
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
