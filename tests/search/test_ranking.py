"""The score of sections, worked out here once more from what the ranking says of it; on a few made-up sections."""

from __future__ import annotations

import gzip
import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from handbook.search import ranking, tokens
from handbook.search.kinds import ENGLISH
from handbook.search.query import Query, Run
from handbook.search.ranking import ADDRESSED, GAP, GRAMS, K1, NEAR, QUOTED, TITLE, WHOLE, B, Postings, Ranking, Role
from handbook.search.real_words import RealWords
from handbook.search.synonyms import Synonyms
from handbook.search.vocabulary import Vocabulary, grams

NOWHERE = Path(__file__).parent / "no such folder"  # no synonyms and no other words than those of the sections


class Shelf:
    """Sections of a title and paragraphs, counted by hand (a ranking.Source)."""

    def __init__(
        self,
        *sections: tuple[str, str],
        roles: Mapping[int, Role] | None = None,
        names: Mapping[tuple[str, int], int] | None = None,
        other_names: Mapping[Run, Sequence[Run]] | None = None,
    ) -> None:
        """names: the rank of a section, by a name and its number."""
        self.other_names = other_names or {}
        self._names = names or {}
        self.roles: Sequence[Role] = [(roles or {}).get(number, "text") for number in range(len(sections))]
        self.paragraphs = [[list(tokens.forms(one)) for one in (title, *text.split("\n"))] for title, text in sections]
        within = [{form for one in paragraphs for form in one} for paragraphs in self.paragraphs]
        self.vocabulary = Vocabulary(Vocabulary.pack(Counter(form for forms in within for form in forms)))
        self.gram_sections = Counter(
            gram for forms in within for gram in {piece for form in forms for piece in grams(tokens.term(form))}
        )

    def positions(self, field: str, number: int, term: str) -> list[int]:
        """Where a term stands in a section, with a gap behind each paragraph."""
        found, at = [], 0
        for paragraph in self.paragraphs[number][: 1 if field == "title" else None]:
            found += [at + place for place, form in enumerate(paragraph) if tokens.term(form) == term]
            at += len(paragraph) + 1
        return found

    def postings(self, field: str, term: str) -> Postings:
        sections, counts, starts, places = array("I"), array("f"), array("I"), array("I")
        for number in range(len(self.paragraphs)):
            if field == "name":
                rank = self._names.get((term, number), 0)
                found = list(range(rank))
            else:
                found = self.positions(field, number, term)
            if found:
                sections.append(number)
                counts.append(len(found))
                starts.append(len(places))
                places.extend(found)
        return Postings(sections, counts, starts, places)

    def lengths(self, field: str) -> Sequence[int]:
        return [sum(map(len, one[: 1 if field == "title" else None])) for one in self.paragraphs]

    def sequence(self, number: int) -> Sequence[int]:
        found = array("I")
        for paragraph in self.paragraphs[number]:
            found.extend([self.vocabulary.forms.index(form) for form in paragraph] + [GAP])
        return found

    # -- The definition --

    def idf(self, sections: int) -> float:
        return math.log(1 + (len(self.paragraphs) - sections + 0.5) / (sections + 0.5))

    def damped(self, field: str, number: int, count: float) -> float:
        lengths = self.lengths(field)
        damping = K1 * (1 - B + B * lengths[number] / (sum(lengths) / len(lengths)))
        return count * (K1 + 1) / (count + damping)

    def bm25(self, field: str, word: str, number: int) -> float:
        term = tokens.term(word)
        having = [one for one in range(len(self.paragraphs)) if self.positions(field, one, term)]
        return self.idf(len(having)) * self.damped(field, number, len(self.positions(field, number, term)))

    def by_words(self, number: int, *words: str, title: float = TITLE[0]) -> float:
        return sum(self.bm25("all", word, number) + title * self.bm25("title", word, number) for word in words)

    def by_grams(self, number: int, *words: str, factor: float = GRAMS[0]) -> float:
        """Each gram of the query counts as a word, as often as it is asked."""
        total = 0.0
        terms = [tokens.term(form) for paragraph in self.paragraphs[number] for form in paragraph]
        for gram, times in Counter(piece for word in words for piece in grams(tokens.term(word))).items():
            count = sum(grams(term).count(gram) for term in terms)
            if count:
                total += factor * times * self.idf(self.gram_sections[gram]) * self.damped("all", number, count)
        return total


def ranking_of(shelf: Shelf) -> Ranking:
    return Ranking(shelf, Synonyms(NOWHERE), RealWords(NOWHERE))


def asked(text: str) -> Query:
    return Query.parse(f"{text} ;")  # the sign behind the last word says that it is whole


def scores(shelf: Shelf, text: str, **options: object) -> dict[int, float]:
    return dict(ranking_of(shelf).best(asked(text), 10, **options).best)  # type: ignore[arg-type]


@pytest.fixture
def no_grams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "GRAMS", (0.0, 0.0))


MEALS = Shelf(
    ("Bread", "Bread is baked in the morning. Bread and butter."),
    ("Soup", "Soup is cooked with salt, and eaten with bread by whoever comes along that day."),
    ("Salt", "Salt. Pepper."),
    ("Tea", "Tea is poured."),
)


def test_one_word_counts_in_the_text_and_more_in_the_title(no_grams: None) -> None:
    found = scores(MEALS, "bread")
    assert found == pytest.approx({number: MEALS.by_words(number, "bread") for number in (0, 1)})
    assert list(found) == [0, 1]
    assert MEALS.bm25("title", "bread", 1) == 0


def test_the_pieces_of_a_word_count_a_little_beside_it() -> None:
    shelf = Shelf(
        ("One", "A baker bakes."), ("Two", "A baker and another baker, in a bakery."), ("Three", "Baked tea.")
    )
    found = scores(shelf, "baker")
    wanted = {n: shelf.by_words(n, "baker") + shelf.by_grams(n, "baker") for n in (0, 1)}
    assert found == pytest.approx(wanted)
    twice = scores(shelf, "baker baker")
    assert all(twice[number] > 1.9 * found[number] for number in (0, 1))  # each as often as it is asked


def test_of_two_words_both_are_worth_more_than_one(no_grams: None) -> None:
    shelf = Shelf(
        ("One", "Salt stands on a table. Nobody takes bread."),
        ("Two", "Salt stands on a table, and more salt."),
        ("Three", "Somebody takes bread."),
        ("Four", "Tea."),
    )
    salt, bread = shelf.idf(2), shelf.idf(2)
    found = scores(shelf, "salt bread")
    assert found == pytest.approx(
        {
            0: shelf.by_words(0, "salt", "bread") * (1 + WHOLE),
            1: shelf.by_words(1, "salt") * salt / (salt + bread),
            2: shelf.by_words(2, "bread") * bread / (salt + bread),
        }
    )


def test_a_phrase_counts_as_one_more_word_and_stands_before_all_that_are_scattered(no_grams: None) -> None:
    shelf = Shelf(
        ("One", "Sea salt is salt of the sea, sea, sea."),
        ("Two", "Salt, salt, salt, salt of the sea, sea, sea."),
        ("Three", "Tea."),
        ("Four", "Bread."),
    )
    pair = NEAR[0] * shelf.idf(2) * shelf.damped("all", 0, 1)
    whole = {number: shelf.by_words(number, "sea", "salt") * (1 + WHOLE) for number in (0, 1)}
    assert scores(shelf, "sea salt") == pytest.approx({0: whole[0] + pair + whole[1], 1: whole[1]})


def test_of_a_long_question_words_are_added_up_alone(no_grams: None) -> None:
    shelf = Shelf(
        ("Sea", "Salt butter bread soup pepper tea."),
        ("Two", "Salt and then butter, bread. Sea soup."),
        ("Three", "Pepper. Milk."),
        ("Four", "Tea."),
    )
    words = ("salt", "butter", "bread", "soup", "pepper", "tea")
    found = scores(shelf, "salt butter bread soup pepper tea")
    near = dict.fromkeys(range(4), 0.0)
    for left, right in (
        ("salt", "butter"),
        ("butter", "bread"),
        ("bread", "soup"),
        ("soup", "pepper"),
        ("pepper", "tea"),
    ):
        idf = (idf_of(shelf, left) + idf_of(shelf, right)) / 2
        near[0] += NEAR[1] * idf * shelf.damped("all", 0, 1)
        near[1] += NEAR[1] * idf * shelf.damped("all", 1, 1) * ((left, right) == ("butter", "bread"))
    wanted = {n: shelf.by_words(n, *words, title=TITLE[1]) + near[n] for n in range(4)}
    assert found == pytest.approx(wanted)
    assert scores(shelf, "sea butter bread soup pepper tea")[0] == pytest.approx(
        shelf.by_words(0, "sea", "butter", "bread", "soup", "pepper", "tea", title=TITLE[1])
        + sum(
            NEAR[1] * (idf_of(shelf, left) + idf_of(shelf, right)) / 2 * shelf.damped("all", 0, 1)
            for left, right in (("butter", "bread"), ("bread", "soup"), ("soup", "pepper"), ("pepper", "tea"))
        )
    )


def idf_of(shelf: Shelf, word: str) -> float:
    return shelf.idf(len(shelf.postings("all", tokens.term(word)).sections))


def test_what_a_text_rests_on_counts_half_and_is_not_lifted_by_a_phrase(no_grams: None) -> None:
    texts = (("One", "Sea salt."), ("Two", "Sea salt."), ("Three", "The sea has salt."), ("Four", "Tea."))
    plain, weighed = scores(Shelf(*texts), "sea salt"), scores(Shelf(*texts, roles={1: "sources"}), "sea salt")
    shelf = Shelf(*texts, roles={1: "sources"})
    scattered = shelf.by_words(2, "sea", "salt") * (1 + WHOLE)
    pair = NEAR[0] * shelf.idf(3) * shelf.damped("all", 1, 1)
    assert plain[0] == pytest.approx(plain[1]) == pytest.approx(weighed[0])
    assert weighed[1] == pytest.approx(0.5 * shelf.by_words(1, "sea", "salt") * (1 + WHOLE) + pair)
    assert weighed[0] == pytest.approx(shelf.by_words(0, "sea", "salt") * (1 + WHOLE) + pair + scattered)
    assert scores(Shelf(*texts, roles={2: "links"}), "sea")[2] == pytest.approx(plain_half(Shelf(*texts)))


def plain_half(shelf: Shelf) -> float:
    return 0.5 * shelf.by_words(2, "sea")


def test_what_is_called_so_comes_before_what_says_it_by_its_rank(no_grams: None) -> None:
    names = {("tea", 3): 1, ("=tea", 3): 2, ("tea", 2): 1}
    shelf = Shelf(("One", "Tea, tea, tea."), ("Two", "Tea."), ("Three", "Milk."), ("Four", "Milk."), names=names)
    top = max(shelf.by_words(number, "tea") for number in (0, 1))
    found = ranking_of(shelf).best(asked("tea"), 10)
    assert dict(found.best) == pytest.approx({3: 3 * top, 2: top, 0: top, 1: shelf.by_words(1, "tea")})
    assert [number for number, _ in found.best] == [3, 0, 2, 1]  # equal ones in reading order
    assert set(found.found) == {0, 1, 2, 3}
    assert ranking_of(shelf).called(asked("tea")) == [3, 2]
    assert ranking_of(shelf).called(asked("tea"), {2}) == [2]
    assert ranking_of(shelf).called(asked("milk")) == []
    assert set(scores(shelf, "tea", allowed={0, 2})) == {0, 2}


def test_what_is_asked_by_its_address_comes_before_everything_the_nearest_first(no_grams: None) -> None:
    top = max(MEALS.by_words(number, "bread") for number in (0, 1))
    found = scores(MEALS, "bread", addressed=(2, 3))
    assert list(found) == [2, 3, 0, 1]
    assert found[2] == pytest.approx(2 * ADDRESSED * top)
    assert found[3] == pytest.approx(ADDRESSED * top)
    assert list(scores(MEALS, "bread", addressed=(2, 3), allowed={0, 3})) == [3, 0]


def test_what_is_known_to_be_about_it_counts_beside_the_best_score(no_grams: None) -> None:
    top = max(MEALS.by_words(number, "bread") for number in (0, 1))
    found = ranking_of(MEALS).best(asked("bread"), 10, favoured={3: 0.5, 1: 0.25})
    assert dict(found.best) == pytest.approx({0: top, 3: 0.5 * top, 1: MEALS.by_words(1, "bread") + 0.25 * top})
    assert set(found.found) == {0, 1, 3}
    assert scores(MEALS, "milk", favoured={3: 0.5}) == {3: 0.5}  # where nothing has a score
    assert set(scores(MEALS, "bread", favoured={3: 0.5}, allowed={0, 1})) == {0, 1}


@pytest.mark.parametrize(
    ("text", "share"),
    [("soup is cooked", QUOTED), ("soup cooked", 1.0), ("salt pepper", 1.0), ("cooked soup salt", 1.0)],
)
def test_what_is_known_counts_less_where_a_section_has_three_words_as_they_are(
    no_grams: None, text: str, share: float
) -> None:
    alone = scores(MEALS, text)
    assert scores(MEALS, text, favoured={3: 0.5})[3] == pytest.approx(0.5 * share * max(alone.values()))


def test_only_sections_that_are_allowed_are_scored_as_if_all_were(no_grams: None) -> None:
    found = ranking_of(MEALS).best(asked("bread"), 10, {1, 2})
    assert dict(found.best) == pytest.approx({1: MEALS.by_words(1, "bread")})
    assert set(found.found) == {1}


def test_a_few_of_the_best_are_given_and_all_are_counted() -> None:
    shelf = Shelf(*((f"Number {number}", "Bread. " * (1 + number % 3)) for number in range(9)))
    found = ranking_of(shelf).best(asked("bread"), 4)
    assert [number for number, _ in found.best] == [2, 5, 8, 1]
    assert set(found.found) == set(range(9))


def test_what_was_worked_out_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {text: scores(MEALS, text) for text in ("bread", "bread and butter", "salt soup")}
    monkeypatch.setattr(ranking, "_KEPT", 1)
    again = ranking_of(MEALS)
    for _ in range(2):
        assert {text: dict(again.best(asked(text), 10).best) for text in wanted} == wanted


def test_words_are_worth_their_idf_and_exact_ones_their_sum() -> None:
    made = ranking_of(MEALS)
    assert made.worth(asked("bread butter")) == pytest.approx({0: idf_of(MEALS, "bread"), 1: idf_of(MEALS, "butter")})
    both = idf_of(MEALS, "bread") + idf_of(MEALS, "butter")
    exact = made.worth(Query.parse('"bread butter" tea'))
    assert exact[0] == pytest.approx(both)
    assert exact[2] == pytest.approx(idf_of(MEALS, "tea"))
    assert made.worth(Query.parse('"bread and butter"'))[0] >= both * 0.999


def test_the_evidence_of_some_words_is_their_score_alone() -> None:
    made = ranking_of(MEALS)
    assert made.evidence(asked("bread salt tea"), [0, 2]) == pytest.approx(
        {number: MEALS.by_words(number, "bread", "tea") for number in (0, 1, 3)}
    )
    shares = {n: MEALS.by_words(n, "bread", "salt") / 2 for n in range(3)}
    assert made.best_with(("bread", "salt"), {}) == pytest.approx(max(shares.values()))
    assert made.best_with(("bread", "salt"), {2: 100.0}) == pytest.approx(100 + shares[2])
    assert made.best_with(("bread", "salt"), {3: 100.0}) == pytest.approx(max(shares.values()))
    assert made.best_with(("milk",), {0: 5.0}) == 0


def test_words_side_by_side_are_found_in_any_form_or_as_they_are() -> None:
    shelf = Shelf(
        ("One", "Closed doors."),
        ("Two", "A closed door."),
        ("Three", "Closed\ndoors."),
        ("Four", "Doors closed. A door closes doors; closed closed doors."),
        ("Five", "Doors."),
    )
    made = ranking_of(shelf)
    assert made.having(("closed", "doors"), exact=True) == {0, 3}
    assert made.having(("closed", "doors"), exact=False) == {0, 1, 3}
    assert made.having(("doors",), exact=True) == {0, 2, 3, 4}
    assert made.having(("door",), exact=True) == {1, 3}
    assert made.having(("door",), exact=False) == {0, 1, 2, 3, 4}
    assert made.having(("closed", "windows"), exact=True) == set()
    assert made.having(("closed", "windows"), exact=False) == set()


def test_what_is_marked_is_what_the_words_stand_for() -> None:
    made = ranking_of(MEALS)
    found = made.matching(asked("salt bread"))
    assert (dict(found.terms), found.runs, found.exact, found.beginning, found.growing) == (
        {"salt": 0, "bread": 1}, (), (), "", -1,
    )  # fmt: skip
    typed = made.matching(Query.parse("salt brea"))
    assert (typed.beginning, typed.growing, typed.terms["salt"], typed.terms["bread"]) == ("brea", 1, 0, 1)
    first = made.matching(Query.parse("brea"))
    assert (first.beginning, first.growing) == ("brea", 0)
    exact = made.matching(Query.parse('"salt bread" tea'))
    assert exact.exact == ((("salt", "bread"), 0),)
    assert set(exact.terms) == {"tea"}
    assert set(made.matching(Query.parse('"salt bread" bread')).terms) == {"bread"}


def test_a_short_name_stands_for_a_full_one_where_that_stands(no_grams: None) -> None:
    run = tuple(map(tokens.term, ("morning", "meal")))
    shelf = Shelf(
        ("One", "The morning meal."),
        ("Two", "A meal in the morning."),
        ("Three", "Tea."),
        other_names={("mm",): [run]},
    )
    found = scores(shelf, "mm")
    assert found == pytest.approx({0: shelf.idf(1) * shelf.damped("all", 0, 1)})
    assert ranking_of(shelf).matching(asked("mm")).runs == ((run, 0),)


def test_a_synonym_is_searched_beside_the_word_but_not_found_for_it_alone(tmp_path: Path, no_grams: None) -> None:
    line = f"{tokens.term('bread')}\t{tokens.term('loaf')}\n"
    (tmp_path / "synonyms.txt.gz").write_bytes(gzip.compress(line.encode()))
    shelf = Shelf(
        ("One", "Bread stands there. Nobody takes salt."),
        ("Two", "A loaf, and behind it salt."),
        ("Three", "A loaf."),
        ("Four", "Tea."),
    )
    made = Ranking(shelf, Synonyms(tmp_path), RealWords(NOWHERE))
    assert set(dict(made.best(asked("bread"), 10).best)) == {0}
    assert set(made.matching(asked("bread")).terms) == {tokens.term("bread")}
    bread, salt = shelf.idf(1), shelf.idf(2)
    found = dict(made.best(asked("bread salt"), 10).best)
    there = bread * shelf.damped("all", 1, ENGLISH.worth) + shelf.by_words(1, "salt")
    assert found[1] == pytest.approx(there * (bread * ENGLISH.cover + salt) / (bread + salt))
    assert set(found) == {0, 1}
    without = Shelf(("One", "A loaf."), ("Two", "Tea."))
    only = Ranking(without, Synonyms(tmp_path), RealWords(NOWHERE))
    assert set(dict(only.best(asked("bread"), 10).best)) == {0}
    assert set(only.matching(asked("bread")).terms) == {tokens.term("bread"), tokens.term("loaf")}
