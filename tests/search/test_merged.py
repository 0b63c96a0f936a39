"""One answer of several handbooks: order, whose hits are listed, what is said."""

from __future__ import annotations

from handbook.content.handbook import Handbook
from handbook.search.index import Index
from handbook.search.merged import Found, merged
from handbook.search.results import Answer
from tests.helpers import handbook_of

FILLER = {f"other-{n}.md": f"# Other {n}\n\nWords about cooking, rooms and tea. Number {n}.\n" for n in range(30)}
LARGE = handbook_of({**FILLER, "kitchen.md": "# Kitchen\n\nThe rota hangs there. Nobody speaks of residence.\n"})
SMALL = handbook_of({"rota.md": "# Kitchen rota\n\nThe kitchen rota hangs in the hall.\n"})
ELSEWHERE = handbook_of({"permit.md": "# Permit\n\nA residence permit.\n"})


def asked(handbook: Handbook, query: str) -> Answer:
    return Index.in_memory(handbook).search(query)


def test_a_small_handbook_with_the_better_passage_comes_before_a_large_one() -> None:
    query = "kitchen rota"
    answer = merged([Found("", "", asked(LARGE, query)), Found("small", "Small", asked(SMALL, query))], 10)
    assert [hit.address for hit in answer.hits[:2]] == ["rota", "kitchen"]
    assert [hit.path[0] for hit in answer.hits[:2]] == ["Small", "Pages"]
    assert answer.total == asked(LARGE, query).total + asked(SMALL, query).total
    assert [name for name, _ in answer.found_in] == ["", "small"]


def test_no_more_hits_than_asked_for() -> None:
    found = [Found("", "", asked(LARGE, "tea")), Found("small", "Small", asked(LARGE, "tea"))]
    answer = merged(found, 3)
    assert len(answer.hits) == 3
    assert answer.hits[0].path[0] == "Pages"  # of equal ones, that of the handbook being read


def test_words_that_one_handbook_has_are_not_corrected_for_another() -> None:
    first, second = asked(SMALL, "permit"), asked(ELSEWHERE, "permit")
    answer = merged([Found("", "", first), Found("b", "B", second)], 10)
    assert [hit.address for hit in answer.hits] == ["permit"]
    assert (answer.missing, answer.corrections) == ((), ())
    mended = asked(handbook_of({"one.md": "# Permission\n\nPermission permission.\n"}), "permissiom")
    assert mended.corrections
    exact = asked(handbook_of({"two.md": "# Two\n\nThe word permissiom.\n"}), "permissiom")
    answer = merged([Found("", "", mended), Found("b", "B", exact)], 10)
    assert [hit.address for hit in answer.hits] == ["two"]
    assert not answer.corrections


def test_where_no_handbook_has_anything_the_first_says_what_to_try() -> None:
    first = asked(SMALL, "zzz")
    answer = merged([Found("", "", first), Found("b", "B", asked(ELSEWHERE, "zzz"))], 10)
    assert not answer.hits
    assert answer.missing == first.missing


def test_one_handbook_alone_gives_the_list_that_it_gave() -> None:
    answer = asked(LARGE, "tea rooms")
    assert merged([Found("", "", answer)], 50).hits == answer.hits


PLANS = handbook_of({"plan.md": "+++\nkind = 'session-plan'\nminutes = 20\n+++\n# Tea\n\nWe talk about tea.\n"})


def test_limits_are_limits_in_a_handbook_without_plans_too() -> None:
    query = "tea minutes:30"
    for handbooks in ((LARGE, PLANS), (PLANS, LARGE)):
        answer = merged([Found(str(n), "", asked(one, query)) for n, one in enumerate(handbooks)], 10)
        assert [hit.address for hit in answer.hits] == ["plan"]
    assert merged([Found("", "", asked(LARGE, query)), Found("b", "B", asked(SMALL, query))], 10).hits  # words


def test_a_question_that_is_kept_to_a_place_is_for_the_handbooks_that_have_it() -> None:
    query = "in:other-3 tea"
    for handbooks in ((LARGE, PLANS), (PLANS, LARGE)):
        answer = merged([Found(str(n), "", asked(one, query)) for n, one in enumerate(handbooks)], 10)
        assert [hit.address for hit in answer.hits] == ["other-3"]
        assert not answer.idle
