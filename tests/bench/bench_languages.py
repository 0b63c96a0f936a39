"""How many questions in other languages find their passage: `python tests/bench/bench_languages.py`.

Success@3 by language, for each set of questions and its test half; and what the first question costs."""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from handbook.base.network_languages import LANGUAGES  # noqa: E402 - the path comes first
from handbook.content.loading import load  # noqa: E402
from handbook.search.index import Index  # noqa: E402
from tests.search.own_questions import fresh_own_questions, later_own_questions, own_questions, success  # noqa: E402


def main() -> None:
    """Measure and print the tables."""
    handbook = load(ROOT / "content" / "en")
    index = Index.in_memory(handbook)
    sets = [
        [one for one in every if one.test == test]
        for every in (own_questions(), fresh_own_questions(), later_own_questions())
        for test in (False, True)
    ]
    print(
        "| language | all | train | test | fresh | fresh test | later | later test |\n|---|---|---|---|---|---|---|---|"
    )
    for code, name in (("", "all"), *((one.code, one.name) for one in LANGUAGES.values())):
        columns = ([one for some in sets for one in some], *sets)
        shares = (success(index, [one for one in some if code in ("", one.language)]) for some in columns)
        print(f"| {name} | " + " | ".join(f"{share:.0%}" for share in shares) + " |")
    print("\n| first question of a process, after the index is open | ms |\n|---|---|")
    for text in ("residence permit", "traficking", "торгівля людьми", "handel ludzmi", "torgovlya lyudmi"):
        fresh = Index.in_memory(handbook)
        start = time.perf_counter()
        fresh.search(text)
        print(f"| {text} | {(time.perf_counter() - start) * 1000:.0f} |")


if __name__ == "__main__":
    main()
