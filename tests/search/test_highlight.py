"""Which stretches of a text are marked, and which passage is shown; without an index: from what a query matches."""

from __future__ import annotations

import pytest

from handbook.search import tokens
from handbook.search.highlight import SNIPPET, Mark, Marker, Matching, Tokens, snippet

FILLER = "nothing of weight stands here at all " * 8  # longer than a snippet


def matching(
    *words: str,
    runs: tuple[tuple[tuple[str, ...], int], ...] = (),
    exact: tuple[tuple[tuple[str, ...], int], ...] = (),
    beginning: str = "",
    growing: int = 0,
) -> Matching:
    """What a query of these words matches, the words by their places."""
    terms = {tokens.term(word): place for place, word in enumerate(words)}
    return Matching(terms, runs, exact, beginning, growing)


def marked(text: str, found: Matching) -> list[tuple[str, int]]:
    return [(text[mark.start : mark.end], mark.place) for mark in Marker(found).find(text)]


def shown(text: str, *words: str, worth: tuple[float, ...] = (1.0, 1.0, 1.0)) -> tuple[str, list[str]]:
    """The passage of a text for a query of these words, and the words that are marked in it."""
    passage, spans = snippet(text, list(Marker(matching(*words)).find(text)), dict(enumerate(worth)))
    return passage, [passage[start:end] for start, end in spans]


# -- Marks ----------------------------------------------------------------------------------------------------


def test_of_two_runs_that_begin_alike_the_longer_one_is_marked() -> None:
    two, three = ("forc", "labour"), ("forc", "labour", "convent")
    runs = tuple((tuple(tokens.term(word) for word in run), place) for place, run in enumerate((two, three)))
    assert marked("Forc labour convents.", matching(runs=runs)) == [("Forc labour convents", 1)]
    assert marked("Forc labours only.", matching(runs=runs)) == [("Forc labours", 0)]


def test_of_two_exact_phrases_that_begin_alike_the_longer_one_is_marked() -> None:
    phrases = ((("human", "rights"), 0), (("human", "rights", "law"), 1))
    for exact in (phrases, phrases[::-1]):
        assert marked("Human rights law, and human rights.", matching(exact=exact)) == [
            ("Human rights law", 1),
            ("human rights", 0),
        ]


def test_exact_words_are_these_very_words_and_stand_in_one_paragraph() -> None:
    exact = matching(exact=((("human", "rights"), 0),))
    assert marked("Human right. Humans rights. Human\nrights. Human, rights", exact) == [("Human, rights", 0)]


def test_words_side_by_side_are_marked_as_one_in_one_paragraph_only() -> None:
    compound = matching(runs=((("watch", "dog"), 0),))
    assert marked("A watch-dog, watch dogs, watch\ndogs, a watch", compound) == [("watch-dog", 0), ("watch dogs", 0)]


def test_a_run_that_breaks_off_marks_its_first_word_if_that_is_asked_for_too() -> None:
    both = matching("labour", exact=((("labour", "law"), 1),))
    assert marked("Labour law and labour", both) == [("Labour law", 1), ("labour", 0)]


def test_marks_never_overlap() -> None:
    found = matching("rights", exact=((("human", "rights"), 1),))
    assert marked("human rights rights", found) == [("human rights", 1), ("rights", 0)]


def test_each_part_of_a_compound_is_found() -> None:
    assert marked("An e-mail with 1,500 words", matching("mail", "500")) == [("e-mail", 0), ("1,500", 1)]


def test_the_word_being_typed_marks_what_begins_so_in_either_spelling() -> None:
    text = "Organised, organizer, organ, or"
    typed = matching("labour", beginning="organiz", growing=1)
    assert marked(text, typed) == [("Organised", 1), ("organizer", 1)]
    assert marked(text, matching(beginning="organ", growing=0)) == [("Organised", 0), ("organizer", 0), ("organ", 0)]


def test_a_word_that_begins_like_the_one_being_typed_is_marked_as_itself() -> None:
    assert marked("Labour lawyers", matching("labour", beginning="law", growing=1)) == [("Labour", 0), ("lawyers", 1)]


def test_words_of_a_text_that_are_known_are_taken_as_they_are() -> None:
    text = "labour and labour"
    first = Tokens([0], [6], ["labour"], {})
    assert [mark.start for mark in Marker(matching("labour")).find(text, first)] == [0]


# -- Passages -------------------------------------------------------------------------------------------------


def test_two_different_words_beat_one_word_many_times() -> None:
    text = f"{'labour ' * 9}{FILLER}cheap labour {FILLER}"
    _, words = shown(text, "labour", "cheap")
    assert words == ["cheap", "labour"]


def test_of_the_same_words_the_passage_with_more_of_them_is_shown() -> None:
    text = f"labour {FILLER}labour and labour {FILLER}labour {FILLER}"
    _, words = shown(text, "labour")
    assert words == ["labour", "labour"]


def test_of_equal_passages_the_first_is_shown() -> None:
    text = f"A first demand. {FILLER}A second demand. {FILLER}"
    passage, words = shown(text, "demand")
    assert passage.startswith("A first demand.")
    assert words == ["demand"]


def test_a_telling_word_beats_two_that_say_little() -> None:
    text = f"cheap work {FILLER}trafficking {FILLER}"
    _, words = shown(text, "cheap", "work", "trafficking", worth=(0.2, 0.2, 5.0))
    assert words == ["trafficking"]


def test_words_weigh_what_they_are_worth_and_repeated_a_tenth_of_it() -> None:
    sum_is_less = f"cheap work {FILLER}trafficking {FILLER}"
    assert shown(sum_is_less, "cheap", "work", "trafficking", worth=(0.8, 0.6, 1.5))[1] == ["trafficking"]
    assert shown(sum_is_less, "cheap", "work", "trafficking", worth=(0.8, 0.8, 1.5))[1] == ["cheap", "work"]
    repeated = f"cheap work work {FILLER}trafficking {FILLER}"
    assert shown(repeated, "cheap", "work", "trafficking", worth=(0.5, 0.5, 1.2))[1] == ["trafficking"]


def test_words_of_neighbouring_paragraphs_do_not_count_together_whatever_follows() -> None:
    text = f"cheap\nlabour\n{FILLER}\ncheap labour\nThe end.\n"
    assert shown(text, "cheap", "labour") == ("cheap labour", ["cheap", "labour"])


def test_the_paragraph_of_the_match_is_shown_between_others() -> None:
    text = "One.\nTwo.\nA demand here.\nFour.\nFive."
    assert shown(text, "demand") == ("A demand here.", ["demand"])
    assert shown("A\ndemand.", "demand") == ("demand.", ["demand"])
    assert shown("\ndemand.", "demand") == ("demand.", ["demand"])


def test_words_count_together_only_within_a_paragraph_and_a_passage() -> None:
    apart = f"cheap\nlabour {FILLER}cheap labour"
    _, words = shown(apart, "cheap", "labour")
    assert words == ["cheap", "labour"]
    passage, _ = shown(apart, "cheap", "labour")
    assert passage.endswith("cheap labour")
    far = f"cheap {'x' * SNIPPET[0]} labour {FILLER}" + "labour so cheap"
    assert shown(far, "cheap", "labour")[0].endswith("labour so cheap")


def test_a_text_without_a_match_shows_its_beginning() -> None:
    text = f"The first sentence. {FILLER}{FILLER}"
    passage, words = shown(text, "demand")
    assert (passage.startswith("The first sentence."), words) == (True, [])
    assert SNIPPET[0] <= len(passage) <= SNIPPET[1]


def test_a_short_paragraph_is_shown_whole_and_alone() -> None:
    text = "Before it.\nA short one with demand in it.\nBehind it."
    assert shown(text, "demand") == ("A short one with demand in it.", ["demand"])
    exactly = "demand" + "y" * (SNIPPET[1] - 6)
    assert snippet(exactly, [Mark(0, 6, 0)], {0: 1.0})[0] == exactly
    assert len(snippet(f"demand {exactly}", [Mark(0, 6, 0)], {0: 1.0})[0]) <= SNIPPET[1]


def test_a_passage_begins_with_the_sentence_if_that_is_near() -> None:
    text = f"{FILLER}end. Here the sentence begins and demand is named. {FILLER}"
    passage, _ = shown(text, "demand")
    assert passage.startswith("Here the sentence begins")


def test_a_passage_begins_with_the_match_where_that_begins_a_sentence() -> None:
    passage, _ = shown(f"{FILLER}end. Demand is named. {FILLER}", "demand")
    assert passage.startswith("Demand is named.")


@pytest.mark.parametrize("length", [190, SNIPPET[1]])
def test_a_paragraph_that_fits_is_shown_whole_wherever_it_stands(length: int) -> None:
    first = "The first sentence of it says nothing of weight, and goes on for a line or so. "
    paragraph = f"{first}Then demand is named ".ljust(length - 1, "n") + "."
    assert len(paragraph) == length
    assert shown(f"{FILLER}\n{FILLER}\n{paragraph}\nBehind it.", "demand")[0] == paragraph


def test_a_passage_begins_and_ends_with_a_word() -> None:
    text = f"{FILLER}{FILLER}demand {FILLER}{FILLER}".strip()
    passage, words = shown(text, "demand")
    assert words == ["demand"]
    assert f" {passage} " in f" {text} "
    assert SNIPPET[0] <= len(passage) <= SNIPPET[1]


@pytest.mark.parametrize(("word", "before", "length"), [("trafficked", 21, SNIPPET[1]), ("exploitation", 20, 217)])
def test_a_passage_without_a_sentence_begins_with_the_first_word_from_the_middle_of_what_may_stand_before(
    word: str, before: int, length: int
) -> None:
    text = f"{'word ' * 100}{word} {'word ' * 100}"
    middle = 500 - (SNIPPET[1] - len(word)) // 2
    passage, _ = shown(text, word)
    assert passage.split().index(word) == before == (500 - middle) // 5
    assert len(passage) == length  # a word that ends at the limit is the last
    assert f" {passage} " in f" {text} "


def test_a_passage_goes_on_to_the_end_of_its_paragraph_where_there_is_room() -> None:
    text = f"{FILLER}{FILLER}demand and the last words.\nBehind it stands more of it."
    assert shown(text, "demand")[0].endswith("demand and the last words.")
    exactly = "Then demand is named ".ljust(SNIPPET[1] - 7, "n") + " again."
    assert shown(f"{FILLER}end. {exactly}\nBehind it.", "demand")[0] == exactly


@pytest.mark.parametrize("text", [f"{'y' * 400}-demand {FILLER}", f"{FILLER}{FILLER}demand-{'y' * 400}"])
def test_a_match_beside_a_text_without_spaces_is_shown(text: str) -> None:
    passage, words = shown(text, "demand")
    assert words == ["demand"]
    assert len(passage) <= SNIPPET[1]


def test_a_match_at_the_end_has_the_words_before_it() -> None:
    text = f"{FILLER}{FILLER}demand"
    passage, words = shown(text, "demand")
    assert words == ["demand"]
    assert passage.endswith("demand")
    assert len(passage) >= SNIPPET[0] - len("demand")  # up to the border of a word
    assert f" {passage} " in f" {text} "


@pytest.mark.parametrize("length", [SNIPPET[1], 1000])
def test_a_text_without_spaces_is_cut_where_it_has_to_be(length: int) -> None:
    text = "y" * length + "z" * length
    passage, marks = snippet(text, [Mark(length, length + 3, 0)], {0: 1.0})
    assert [passage[start:end] for start, end in marks] == ["zzz"]
    assert len(passage) <= SNIPPET[1]
