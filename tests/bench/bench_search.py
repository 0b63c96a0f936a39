"""How well and how fast the index answers: `python tests/bench/bench_search.py`.

Finding: the judged questions (tests/search), and titles of which a few words are asked, as they are and with an
error. Speed: building, opening, a letter typed, a question of 15 words. Memory: what a process takes on.

The large sets are made of the handbook's own sentences, drawn with a fixed seed, so that their words are as
frequent as in the real text. The measure for every figure is Whoosh as it comes, taken in the same run on the
same texts: its stemming analyzer and IndexWriter, and its OR query by BM25F with a prefix for the last word.
Hits come with snippets here and without there."""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from handbook.content.chapter import Chapter, Section  # noqa: E402 - the path comes first
from handbook.content.handbook import Handbook  # noqa: E402
from handbook.content.loading import load  # noqa: E402
from handbook.search.index import Index, build_index  # noqa: E402
from tests.search.judged import asked, questions, typed  # noqa: E402
from tests.search.known_items import joined, split, titles, typo  # noqa: E402

if TYPE_CHECKING:
    from whoosh.searching import Searcher

TYPED = 200  # queries, each typed letter by letter
SEED = 20100915


def main() -> None:
    """Measure and print the table."""
    if len(sys.argv) == 3 and sys.argv[1] == "memory":
        tell_memory(Path(sys.argv[2]))
        return
    bundled = load(ROOT / "content" / "en")
    sentences = sentences_of(bundled)
    measure_finding(bundled)
    measure_typing(bundled)
    print("| measure | here | Whoosh as it comes | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sets = {"bundled": bundled}
        for number in (2000, 14000):
            sets[f"{number:,} sections"] = recombined(sentences, folder / str(number), sections=number, words=60)
        for name, handbook in sets.items():
            measure_building(name, handbook, folder / f"index {name}")
            measure_asking(name, handbook, folder / f"index {name}")
            measure_memory(name, handbook, folder / f"index {name}" / "ours")


def sentences_of(handbook: Handbook) -> list[str]:
    """Every sentence of the handbook."""
    texts = (chapter.text(section) for chapter in handbook.chapters.values() for section in chapter.sections)
    return [sentence for text in texts for sentence in re.split(r"(?<=[.!?])\s+", text) if sentence]


def recombined(sentences: Sequence[str], folder: Path, *, sections: int, words: int, in_chapter: int = 100) -> Handbook:
    """A handbook of so many sections with about so many words each."""
    chance = random.Random(SEED)  # noqa: S311 - sentences, no secrets
    folder.mkdir()
    chapters: dict[int, list[str]] = {}
    for number in range(sections):
        title = " ".join(chance.choice(sentences).split()[:5])
        text: list[str] = []
        while len(text) < words:
            text += chance.choice(sentences).split()
        chapters.setdefault(number // in_chapter, []).append(f"## {title}\n\n{' '.join(text[:words])}\n")
    for number, parts in chapters.items():
        (folder / f"chapter-{number}.md").write_text(f"# Chapter {number}\n\n" + "\n".join(parts), "utf-8")
    return load(folder)


def measure_finding(bundled: Handbook) -> None:
    """The judged questions, and titles with errors."""
    index = Index.in_memory(bundled)
    every = questions()
    print("| questions | number | nDCG@10 | first | in the first three |\n|---|---|---|---|---|")
    for kind in ("all", *sorted({question.kind for question in every})):
        some = [question for question in every if kind in ("all", question.kind)]
        found = asked(index, some)
        print(f"| {kind} | {len(some)} | {found.ndcg:.3f} | {found.first:.0%} | {found.three:.0%} |")
    print("\n| titles of the handbook | in the first three |\n|---|---|")
    known = titles(bundled)
    for name, damage in (
        ("as they are", None),
        ("a typing error", typo),
        ("two words joined", joined),
        ("one split", split),
    ):
        chance = random.Random(SEED)  # noqa: S311 - errors, no secrets
        hits = 0
        for address, words in known:
            query = damage(words, chance) if damage else " ".join(words)
            hits += address in [hit.address for hit in index.search(query, limit=3).hits]
        print(f"| {name} | {hits / len(known):.1%} |")
    print()


def measure_typing(bundled: Handbook) -> None:
    """How steady the list is while a question is typed: every fourth of those for choosing, and the others."""
    index = Index.in_memory(bundled)
    some = [question for question in questions() if not question.test]
    print(
        "| questions, typed | number | letters | the first three change | lost and found again |\n|---|---|---|---|---|"
    )
    for name, part in (("every fourth", some[::4]), ("the others", [one for n, one in enumerate(some) if n % 4])):
        found = typed(index, part)
        share = found.changes / found.letters
        print(f"| {name} | {len(part)} | {found.letters} | {share:.1%} | {len(found.lost)} |")
    print()


def measure_building(name: str, handbook: Handbook, folder: Path) -> None:
    """Written to disk; words are counted as a person counts them."""
    words = sum(len(f"{section.title} {chapter.text(section)}".split()) for chapter, section in sections_of(handbook))
    build_index(handbook, folder / "ours")  # imports
    ours = min(timed(lambda: build_index(handbook, folder / "ours")) for _ in range(2))
    theirs = timed(lambda: whoosh_built(handbook, folder / "theirs"))
    row(f"{name}: building, words/s", words / ours, words / theirs)


def measure_memory(name: str, handbook: Handbook, folder: Path) -> None:
    """In a process of its own: over one that has the handbook, and no search."""
    command = [sys.executable, __file__, "memory", str(folder)]
    environment = {**os.environ, "HANDBOOK_CONTENT": str(handbook.folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    row(f"{name}: memory, MiB", float(done.stdout), None)


def tell_memory(folder: Path) -> None:
    """MiB that opening an index and two hundred queries add."""
    handbook = load(Path(os.environ["HANDBOOK_CONTENT"]))
    _ = handbook.fingerprint, list(handbook.sections)
    before = resident()
    index = Index.open(folder, handbook)
    for query in queries_typed(handbook)[:200]:
        index.search(query, limit=30, typing=True)
    print(resident() - before)


def resident() -> float:
    """The process's memory, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def queries_typed(handbook: Handbook) -> list[str]:
    """Beginnings of titles, letter by letter."""
    chance = random.Random(SEED)  # noqa: S311 - sentences, no secrets
    titles = [section.title for _, section in sections_of(handbook)]
    return [query[: end + 1] for query in chance.choices(titles, k=TYPED) for end in range(len(query[:25]))]


def measure_asking(name: str, handbook: Handbook, folder: Path) -> None:
    """Opening, and queries letter by letter, cold and warm, and of 15 words."""
    import whoosh.index

    opened = statistics.median(timed(lambda: Index.open(folder / "ours", handbook)) for _ in range(7))
    theirs_opened = statistics.median(
        timed(lambda: whoosh.index.open_dir(str(folder / "theirs")).searcher()) for _ in range(7)
    )
    row(f"{name}: opening, ms", opened * 1000, theirs_opened * 1000)
    index = Index.open(folder / "ours", handbook)
    searcher = whoosh.index.open_dir(str(folder / "theirs")).searcher()
    chance = random.Random(SEED)  # noqa: S311 - sentences, no secrets
    typed = queries_typed(handbook)
    long = [" ".join(words_at_random(handbook, chance, 15)) for _ in range(100)]
    first = timed(lambda: index.search("labour rights", typing=True))
    row(f"{name}: first query, ms", first * 1000, None)
    compare(
        f"{name}: a letter typed", typed, lambda text: index.search(text, limit=30, typing=True), searcher, prefix=True
    )
    compare(f"{name}: 15 words", long, index.search, searcher, prefix=False)


def words_at_random(handbook: Handbook, chance: random.Random, number: int) -> list[str]:
    """Words that follow each other somewhere: a question in the handbook's own words."""
    chapter, section = chance.choice([pair for pair in sections_of(handbook) if pair[0].text(pair[1])])
    return chapter.text(section).split()[:number]


def compare(
    name: str, queries: Sequence[str], ours: Callable[[str], object], searcher: Searcher, *, prefix: bool
) -> None:
    """Rows with median and 95th percentile of the same queries here and in Whoosh."""
    mine = sorted(timed(partial(ours, query)) * 1000 for query in queries)
    some = queries[:: max(1, len(queries) // 60)]
    other = sorted(timed(partial(whoosh_search, searcher, query, prefix=prefix)) * 1000 for query in some)
    for label, part in (("median", 0.5), ("95 %", 0.95)):
        row(f"{name}, {label}, ms", mine[int(len(mine) * part)], other[int(len(other) * part)])


def sections_of(handbook: Handbook) -> list[tuple[Chapter, Section]]:
    """Chapter and section, in reading order."""
    return [(chapter, section) for chapter in handbook.chapters.values() for section in chapter.sections]


def whoosh_built(handbook: Handbook, folder: Path) -> None:
    """Whoosh's index of the same texts."""
    import whoosh.fields
    import whoosh.index
    from whoosh.analysis.analyzers import StemmingAnalyzer

    folder.mkdir(parents=True, exist_ok=True)
    analyzer = StemmingAnalyzer()
    text: Any = whoosh.fields.TEXT(analyzer=analyzer)
    schema: Any = whoosh.fields.Schema(title=text, all=text)
    writer: Any = whoosh.index.create_in(str(folder), schema).writer()
    for chapter, section in sections_of(handbook):
        everything = "\n".join((section.title, *section.path, chapter.text(section)))
        writer.add_document(title=section.title, all=everything)
    writer.commit()


def whoosh_search(searcher: Searcher, text: str, *, prefix: bool) -> object:
    """Whoosh's fifty best for any of the words."""
    from whoosh.query.compound import Or
    from whoosh.query.terms import Prefix, Term

    words = [token.text for token in searcher.schema["all"].analyzer(text)]
    terms: list[Any] = [Term(field, word) for word in words for field in ("title", "all")]
    if prefix and words:
        terms.append(Prefix("all", words[-1]))
    return searcher.search(Or(terms), limit=50)


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def row(name: str, ours: float, theirs: float | None) -> None:
    """A line of the table."""
    cells: Iterable[str] = ("", "") if theirs is None else (f"{theirs:,.1f}", f"{ours / theirs:.2f} ×")
    print(f"| {name} | {ours:,.1f} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
