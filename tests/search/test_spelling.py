"""How sure a correction has to be: small handbooks in which each word stands as often as the test needs."""

from __future__ import annotations

import pytest

from handbook.search.index import Index
from handbook.search.spelling import OUTWEIGHS
from tests.helpers import handbook_of


def index_of(*texts: str) -> Index:
    """A section for each text."""
    sections = "".join(f"## S{number}\n\n{text}\n\n" for number, text in enumerate(texts))
    return Index.in_memory(handbook_of({"book.md": f"# Zzz\n\n{sections}"}))


def meant(index: Index, query: str, *, typing: bool = False) -> str:
    return index.search(query, typing=typing).suggestion


@pytest.mark.parametrize("times", [1, 2])
def test_a_word_with_a_known_stem_is_corrected_only_if_another_word_is_far_more_frequent(times: int) -> None:
    """ "Trafficing" has the stem of "traffic", and may be meant as that."""
    lights = ["Traffic lights."] * times
    enough = OUTWEIGHS * times
    assert OUTWEIGHS == 20, "agreed with what is said of it"
    assert meant(index_of(*lights, *["About trafficking."] * enough), "trafficing") == "trafficking"
    assert meant(index_of(*lights, *["About trafficking."] * (enough - 1)), "trafficing") == ""


def test_a_word_that_the_handbook_uses_is_never_corrected() -> None:
    made = index_of("A trafficing once.", *["About trafficking."] * 50)
    assert meant(made, "trafficing") == ""


def test_a_short_word_with_a_known_stem_is_never_corrected() -> None:
    made = index_of("He rides.", *["All riding."] * 50, *["Of ridings."] * 50)
    assert meant(made, "rideing") == ""


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("brothal", "brothel"),  # a letter that is wrong
        ("brothl", "brothel"),  # missing
        ("brothexl", "brothel"),  # too much
        ("borthel", "brothel"),  # swapped
        ("brathal", ""),  # two errors in a short word
        ("consaltatian", "consultation"),  # two in a long one
        ("shaltars", "shelters"),  # eight letters are long
        ("konsaltatiun", ""),  # three
        ("kot", ""),  # a word of three letters
        ("lawz", "laws"),
        ("rec4", ""),  # no such word here
        ("visa9", "visa 9"),
    ],
)
def test_errors_that_are_forgiven(typed: str, corrected: str) -> None:
    made = index_of("A brothel, its laws, shelters and a cat.", "The consultation about visa 9.", "All the field work.")
    assert meant(made, typed) == corrected


def test_behind_a_letter_the_rest_of_a_compound_is_mended() -> None:
    made = index_of("Write an e-mail.", "The e-learning of all.")
    assert meant(made, "e-mial") == "email"
    assert meant(made, "e-lerning") == "elearning"


def test_of_several_corrections_the_one_that_goes_with_the_other_words_is_chosen() -> None:
    made = index_of("A bread oven.", "A broad river.", "The river.", "The oven.")
    assert meant(made, "braad river") == "broad river"
    assert meant(made, "braad oven") == "bread oven"


def test_of_several_corrections_of_one_word_the_nearer_one_is_chosen() -> None:
    made = index_of("All consultations here.", *["One consolation."] * 5)
    assert meant(made, "consultatins") == "consultations"


def test_two_words_that_are_one_are_joined_unless_a_comma_parts_them() -> None:
    made = index_of("This grassroots group.")
    assert meant(made, "grass roots") in ("", "grassroots")
    assert meant(made, "gra ssroots") == "grassroots"
    assert meant(made, "gra, ssroots") == ""


def test_a_word_that_is_being_typed_is_left_alone_while_a_word_begins_so() -> None:
    made = index_of("This brothel.")
    assert meant(made, "broth", typing=True) == ""
    assert meant(made, "braxx", typing=True) == ""
    assert meant(made, "brath", typing=True) == "brothel"
    assert meant(made, "brathel") == "brothel"


def test_words_in_quotes_are_left_as_they_are() -> None:
    made = index_of("This brothel.")
    assert meant(made, '"brothal"') == ""
