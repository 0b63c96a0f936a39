"""What the handbook's own words must not state: each rule looks through all of them.

Contact details are proved by `handbook check`. Here: figures of victims, counts that age, what sources disagree
about, and what nobody here has read in the primary text."""

from __future__ import annotations

import re

import pytest

from handbook.content import Chapter, Handbook


def own_words(handbook: Handbook) -> list[tuple[Chapter, str]]:
    """Every paragraph that is the handbook's own, with its chapter."""
    return [
        (chapter, paragraph)
        for chapter in handbook.chapters.values()
        if chapter.front.kind != "statement"
        for section in chapter.sections
        for paragraph in (section.title, *chapter.text(section).split("\n"))
    ]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a number of victims", r"\b\d[\d,.]*\s+(million|thousand|victims|trafficked (persons|people)|survivors)\b"),
        ("a percentage", r"\d\s?%|\bper ?cent\b"),
        ("profits", r"\b(profits?|turnover) of\b|\bbillion\b"),
        ("a count of La Strada's members today", r"\b2[0-9] (members|member organisations|organisations)\b"),
        ("the number of the Protocol's articles", r"\b(20|30|twenty|thirty) articles\b"),
        ("a kind or a year of the ECOSOC status", r"\b(special|general) consultative status\b"),
        ("an Italian association", r"\bItalian association\b"),
        ("articles that were not read: Protocol 6 to 8", r"Protocol,? Article [678]\b"),
        ("articles that were not read: Directive 2011/36", r"2011/36/EU,? Article (8|11|18|19)\b"),
        ("principles that were not read", r"\bPrinciples? [78]\b(?! and later)"),
        ("instruments that were not read", r"\bC105\b|\bC181\b"),
        ("a correction of the statement", r"\[sic\]|\bit should (read|say)\b|\bwrongly says\b"),
    ],
    ids=lambda value: re.sub(r"\W+", "-", value)[:24],
)
def test_it_is_not_stated(what: str, pattern: str, real: Handbook) -> None:
    found = [
        f"{chapter.id}: {paragraph}"
        for chapter, paragraph in own_words(real)
        if re.search(pattern, paragraph, re.IGNORECASE)
    ]
    assert found == [], what


def test_a_country_outside_the_list_is_left_as_the_sources_have_it(real: Handbook) -> None:
    """Sources disagree on Bosnia and Herzegovina: the handbook says so."""
    section = real.find("network#bosnia-and-herzegovina")
    assert section is not None
    text = real.chapters["network"].text(section)
    assert re.search(r"disagree|differ|not the same", text)


def test_counts_of_states_have_a_date(real: Handbook) -> None:
    """A count of the states bound by a treaty says when it was so."""
    for chapter, paragraph in own_words(real):
        if chapter.front.kind != "sources" and re.search(r"\b\d+ (parties|states are bound)\b", paragraph):
            assert re.search(r"\b(19|20)\d\d\b|as of|now|today", paragraph, re.IGNORECASE), f"{chapter.id}: {paragraph}"


def test_an_organisation_in_the_list_is_no_address_of_help(real: Handbook) -> None:
    whole = " ".join(paragraph for chapter, paragraph in own_words(real) if chapter.id == "network")
    assert re.search(r"not a referral|no referral", whole)


def test_our_words_say_trafficked_person(real: Handbook) -> None:
    """ "Victim" stands only where it is a term of law, a quotation or the word itself is spoken of."""
    allowed = {
        "glossary",
        "abbreviations",
        "names",
        "sources",
        "instruments",
        "network",
        "timeline",
        "who-is-who",
        "cards-cases",
    }
    found = [
        f"{chapter.id}: {paragraph}"
        for chapter, paragraph in own_words(real)
        if chapter.id not in allowed and re.search(r"(?<!\")\bvictims?\b(?!\")", paragraph, re.IGNORECASE)
    ]
    assert found == []
