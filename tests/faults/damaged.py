"""Files that are damaged by lot: workshops, indexes, logos.

Each must be read, or be refused with a sentence of ours, within seconds. A damaged index must be seen as one, or, where
somebody forged its digests too, give no error but IndexDamaged and no hit that is none."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from handbook.base.errors import HandbookError
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.handout.options import KINDS, Kind
from handbook.printing import typeset
from handbook.printing.typeset import pictures
from handbook.search import index_files
from handbook.search.index import Index, build_index
from handbook.search.index_files import IndexDamaged
from handbook.workshop import file, logo, ready_files
from handbook.workshop.file import BadWorkshop
from handbook.workshop.logo import BadLogo
from handbook.workshop.model import Workshop
from tests.faults.outcome import Outcome
from tests.faults.places import home
from tests.helpers import CONTENT, ROOT, handbook_of
from tests.pictures import SVG, png

CASES = ROOT / "tests" / "cases"
WORKSHOPS, PRINTS, INDEXES, LOGOS = 20_000, 300, 2_000, 200
SLOW = 5.0  # seconds after which a reading is taken as one that stands still
SLOW_PRINT = 120.0  # seconds for a whole print
LARGEST_SEED = 100_000  # bytes of a file that is damaged over and over
PIECES = (
    b"[[item]]\n", b"[", b"]", b'"', b"'''", b'"""', b"\\u0000", b"\\ud800", b"\x00", b"\xff\xfe", b"=", b"\n", b"#",
    b"9" * 400, b"-1", b"1e999", b"nan", b"9999-12-31", b"00:60", b"{a={a={a=1}}}", b"[[[[[[[[[[", b"a.b.c.d.e.f=1\n",
    b'kind = "page"\n', b'text = "| a | b |\\n|---|---|\\n| 1 |"\n', b"minutes = 100000\n", b"copies = -5\n",
    b'"> > > > > > > > > > - - - - - - 1. 1. 1."', "\u202e\u0661\U0001f600".encode(), b" " * 2000, b'\r', b"true",
)  # fmt: skip


def trials(seed: int, share: float) -> list[Outcome]:
    """Damage files of each kind and have them read."""
    handbook = load(CONTENT)
    return [
        _workshops(random.Random(seed), max(20, round(WORKSHOPS * share))),
        _prints(random.Random(seed + 1), handbook, max(2, round(PRINTS * share))),
        _indexes(random.Random(seed + 2), max(10, round(INDEXES * share))),
        _logos(random.Random(seed + 3), max(4, round(LOGOS * share))),
    ]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight changes: flipped, cut, doubled, moved, or with a piece put in."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(found) + 1)
        to = min(len(found), at + chance.choice((1, 2, 10, 100, 1000)))
        how = chance.randrange(6)
        if how == 0 and at < len(found):
            found[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            del found[at:to]
        elif how == 2:
            found[at:at] = found[at:to] * chance.choice((1, 2, 30))
        elif how == 3:
            found[at:at] = chance.choice(PIECES)
        elif how == 4:
            other = chance.randrange(len(found) + 1)
            found[other:other] = found[at:to]
        elif chance.random() < 0.1:
            del found[at:]
    return bytes(found)


def _tried(outcome: Outcome, name: str, run: Callable[[], object], told: type[Exception], slow: float) -> None:
    """Run one try; anything but a result or what may be told is lost."""
    outcome.tried += 1
    started = time.monotonic()
    try:
        run()
    except told as exc:
        if not str(exc).strip():
            outcome.lost.append(f"{name}: an error without a sentence")
    except BaseException as exc:  # noqa: BLE001 - whatever it is, it is told in the table
        outcome.lost.append(f"{name}: {type(exc).__name__}: {str(exc)[:200]}")
    if (took := time.monotonic() - started) > slow:
        outcome.lost.append(f"{name}: took {took:.0f} s")


def _seeds() -> list[bytes]:
    """Whole workshops, and those that once did harm."""
    files = [*ready_files(CONTENT), *sorted(CASES.glob("*/*.workshop"))]
    return [data for data in (path.read_bytes() for path in files) if len(data) <= LARGEST_SEED]


def _workshops(chance: random.Random, times: int) -> Outcome:
    outcome, seeds = Outcome("damaged workshops, read"), _seeds()
    for number in range(times):
        data = damaged(chance.choice(seeds), chance)
        _tried(outcome, f"number {number}", lambda data=data: file.loads(data), BadWorkshop, SLOW)  # type: ignore[misc]
    return outcome


def _prints(chance: random.Random, handbook: Handbook, times: int) -> Outcome:
    outcome, seeds = Outcome("damaged workshops, printed"), [path.read_bytes() for path in ready_files(CONTENT)]
    while outcome.tried < times:
        try:
            workshop = file.loads(damaged(chance.choice(seeds), chance)).workshop
        except BadWorkshop:
            continue
        kind = chance.choice(KINDS)

        def run(workshop: Workshop = workshop, kind: Kind = kind) -> object:
            return typeset.print_workshop(handbook, workshop, (kind,))

        _tried(outcome, f"number {outcome.tried}", run, HandbookError, SLOW_PRINT)
    return outcome


def _indexes(chance: random.Random, times: int) -> Outcome:
    """Half of them with digests that fit the damage."""
    outcome = Outcome("damaged indexes, opened and searched")
    book = handbook_of({f"page{number}.md": _page(number, chance) for number in range(12)})
    addresses = {str(section.address) for chapter in book.chapters.values() for section in chapter.sections}
    with home() as folder:
        build_index(book, folder)
        whole = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        files = index_files.read(folder, book)
        for number in range(times):
            name = chance.choice(sorted(files))
            changed = {**files, name: damaged(files[name], chance)}
            forged = number % 2 == 0

            def run(changed: dict[str, bytes] = changed, forged: bool = forged) -> None:
                written = index_files.sealed(book, changed) if forged else {**whole, **changed}
                for one, data in written.items():
                    (folder / one).write_bytes(data)
                _search(folder, book, addresses)

            _tried(outcome, f"number {number}, {name}", run, IndexDamaged, SLOW)
    return outcome


def _page(number: int, chance: random.Random) -> str:
    words = ("labour", "law", "rights", "work", "home", "road", "river", "stone", "paper", "light", "water", "bread")
    parts = (" ".join(chance.choices(words, k=30)).capitalize() + "." for _ in range(6))
    return f"# Page {number}\n\n" + "\n\n".join(f"## Part {one}\n\n{text}" for one, text in enumerate(parts))


def _search(folder: Path, book: Handbook, addresses: set[str]) -> None:
    index = Index.open(folder, book)
    for query in ("labour rights", "watr", "ro", '"stone paper"', "-light law"):
        hits: Sequence[str] = [hit.address for hit in index.search(query, typing=True).hits]
        if not set(hits) <= addresses or len(set(hits)) != len(hits):
            raise AssertionError(f"hits that are none for {query}: {hits}")
    index.close()


def _logos(chance: random.Random, times: int) -> Outcome:
    outcome = Outcome("damaged logos, taken and drawn")
    seeds = [png(), png(40, 30), SVG, *(path.read_bytes() for path in sorted(CASES.glob("hostile-logos/*.svg")))]
    seeds = [data for data in seeds if len(data) <= LARGEST_SEED]
    for number in range(times):
        data = damaged(chance.choice(seeds), chance)

        def run(data: bytes = data) -> None:
            drawn = pictures.drawn(logo.of("logo", data))
            if not logo.is_drawn(drawn):
                raise AssertionError("what was drawn is no picture")

        _tried(outcome, f"number {number}", run, BadLogo, SLOW_PRINT)
    return outcome
