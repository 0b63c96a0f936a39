"""How many questions in other languages find their passage: `python tests/bench/bench_languages.py`.

Success@3 by language, for the words' own half and the test half; and what the first question costs."""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from handbook.base.network_languages import LANGUAGES  # noqa: E402 - the path comes first
from handbook.content.loading import load  # noqa: E402
from handbook.search.index import Index  # noqa: E402
from tests.search.own_questions import own_questions, success  # noqa: E402


def main() -> None:
    """Measure and print the tables."""
    handbook = load(ROOT / "content" / "en")
    index = Index.in_memory(handbook)
    every = own_questions()
    print("| language | all | train | test |\n|---|---|---|---|")
    for code, name in (("", "all"), *((one.code, one.name) for one in LANGUAGES.values())):
        some = [one for one in every if code in ("", one.language)]
        shares = (success(index, [one for one in some if one.test in half]) for half in ((0, 1), (0,), (1,)))
        print(f"| {name} | " + " | ".join(f"{share:.0%}" for share in shares) + " |")
    print("\n| first question of a process, after the index is open | ms |\n|---|---|")
    for text in ("residence permit", "traficking", "торгівля людьми", "handel ludzmi", "torgovlya lyudmi"):
        fresh = Index.in_memory(handbook)
        start = time.perf_counter()
        fresh.search(text)
        print(f"| {text} | {(time.perf_counter() - start) * 1000:.0f} |")


if __name__ == "__main__":
    main()
