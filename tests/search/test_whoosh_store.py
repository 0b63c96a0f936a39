"""What stands in an index's files is data, whoever wrote them: nothing in them is run."""

from __future__ import annotations

import codecs
import os
import pickle
from array import array
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import whoosh.codec.whoosh3
from whoosh.filedb.structfile import StructFile

from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.search import whoosh_store
from handbook.search.index import Index, build_index
from handbook.search.index_files import IndexDamaged, name_of
from tests.helpers import handbook_of

WORDS = "labour trafficking once"


class Trap:
    """Calls a function when it is unpickled."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._call = (function, arguments)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._call


@pytest.fixture
def book() -> Handbook:
    """With a word that stands once, one in two sections, and one in more than a block of postings holds."""
    sections = "".join(f"## Section {n}\n\n{'Labour' if n < 2 else 'And'} trafficking.\n\n" for n in range(200))
    return handbook_of({"page.md": f"# Page\n\nOnce.\n\n{sections}"})


def blocks(trap: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a pickle in the place of those that hold postings."""
    monkeypatch.setattr(whoosh.codec.whoosh3, "dumps", lambda *_: trap)


def second_of_a_block(trap: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for the second pickle of a block of postings, behind an ordinary first one."""
    real = pickle.dumps
    monkeypatch.setattr(
        whoosh.codec.whoosh3, "dumps", lambda data, protocol: real(data, protocol) if len(data) == 6 else trap
    )


def tables(trap: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for what a table of terms holds beside them."""
    monkeypatch.setattr(StructFile, "write_pickle", lambda self, *_: self.file.write(trap))


@pytest.mark.parametrize("where", [blocks, second_of_a_block, tables])
@pytest.mark.parametrize("words", WORDS.split())
def test_a_crafted_index_runs_nothing(
    where: Callable[[bytes, pytest.MonkeyPatch], None],
    words: str,
    book: Handbook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    where(pickle.dumps(Trap(os.mkdir, str(tmp_path / "ran")), 2), monkeypatch)
    build_index(book, tmp_path / "index")
    with pytest.raises(IndexDamaged, match="mkdir"):
        Index.open(tmp_path / "index", book).search(words, correct=False)
    assert not (tmp_path / "ran").exists()


TRAPS: dict[str, object] = {
    "eval": Trap(eval, "1"),
    "getattr": Trap(getattr, "", "join"),
    "decode": Trap(codecs.decode, b"", "latin1"),
    "rot13": Trap(codecs.encode, "x", "rot13"),
    "array": Trap(array, "I", [1]),
    "a class": Address,
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_nothing_is_unpickled_but_numbers_and_letters(
    trap: str, protocol: int, book: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks(pickle.dumps(TRAPS[trap], protocol), monkeypatch)
    held = whoosh_store.built(book, lambda: False)
    with pytest.raises(IndexDamaged, match="an index holds no"):
        Index(book, held).search(WORDS)


def test_whoosh_unpickles_by_itself_only_what_was_seen_to_be_harmless(
    book: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = whoosh_store.built(book, lambda: False)
    checked: list[bytes] = []
    real = whoosh_store._Unpickler

    def noted(file: BytesIO) -> pickle.Unpickler:
        checked.append(file.getvalue()[file.tell() :])
        return real(file)

    monkeypatch.setattr(whoosh_store, "_Unpickler", noted)

    def loads(data: bytes) -> object:
        assert data in checked
        return pickle.loads(data)  # noqa: S301 - of this test

    def load(_: object) -> None:
        pytest.fail("unpickled without being looked at")

    monkeypatch.setattr(whoosh.codec.whoosh3, "loads", loads)
    monkeypatch.setattr("whoosh.filedb.structfile.load", load)
    index = Index(book, held)
    assert [len(index.search(word).hits) for word in WORDS.split()] == [2, 50, 1]
    assert checked


def test_lengths_are_those_that_whoosh_itself_would_give(book: Handbook) -> None:
    content = whoosh_store.Content(name_of(book), 201, whoosh_store.built(book, lambda: False))
    for field in ("all", "title"):
        length = content._reader._perdoc.doc_field_length_reader(field)
        assert list(content.lengths(field)) == [length(number) or 0 for number in range(201)]
    assert max(content.lengths("all")) > 1
