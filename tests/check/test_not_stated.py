"""What the handbook's own words must not state: each rule looks through all of them.

Contact details are proved by `handbook check`. Here: figures of victims, counts that age, what sources disagree
about, and what nobody here has read in the primary text. Each rule is also shown sentences that it has to catch:
a pattern that catches nothing would pass for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from handbook.content.chapter import Chapter, Section
from handbook.content.handbook import Handbook


class Rule(NamedTuple):
    """What must not be said, how it looks, and sentences of that kind; `unless` are words that make it right."""

    what: str
    pattern: str
    caught: tuple[str, ...]
    unless: str = r"(?!)"

    def breaks(self, words: str) -> bool:
        found = re.search(self.pattern, words, re.IGNORECASE) is not None
        return found and re.search(self.unless, words, re.IGNORECASE) is None


MANY = (
    r"((?!(19|20)\d\d\b)\d[\d,. ]*|hundreds|thousands|dozens|millions|half|most|a (third|quarter|majority)|"
    r"(one|two|three) (in|out of) \w+)"
)
PEOPLE = r"(victims?|survivors?|trafficked|slaves|(people|persons|women|men|children|workers) (are|were) trafficked)"
NOT_READ_EU = r"\bArticles? (8|11\(3\)|18|19)\b"
EU_2011 = r"(2011/36|directive of 2011)"
LSI = r"(La Strada|LSI|the network|the platform)"
CONVENTION = r"(Council of Europe Convention|CETS|the Convention)"

RULES = (
    Rule(
        "a number or a share of victims",
        rf"\b{MANY} (of )?(all |the )?(\w+ ){{0,2}}{PEOPLE}\b|"
        r"\d\s?%|\bper ?cent\b|\b\d[\d,.]* ?(million|thousand)\b",
        (
            "There are 20,000 victims in Europe.",
            "Every year 600 000 people are trafficked.",
            "Some 2.4 million people live in forced labour.",
            "Thousands of women are trafficked.",
            "Most victims are women.",
            "One in four victims is a child.",
            "About 70 % are women.",
            "Seventy percent are women.",
        ),
    ),
    Rule(
        "profits",
        r"\b(profits?|turnover|revenues?) of\b|\bbillions?\b|[$€£] ?\d|\b\d\S* (euros?|dollars?)\b",
        ("Trafficking makes profits of 32 billion dollars.", "It is worth €150 a day.", "It earns 100 euros."),
    ),
    Rule(
        "a count of La Strada's members today",
        r"\b(2\d|3\d|(twenty|thirty)(-\w+)?) (European |national |independent |member )*(members|organisations|NGOs)\b|"
        r"\bmembers? in (\d+|twenty\S*|thirty\S*) countries\b",
        (
            "It has 22 members.",
            "La Strada has twenty-five member organisations.",
            "The platform has members in 23 countries.",
            "Today 26 European NGOs belong to it.",
        ),
    ),
    Rule(
        "the number of an instrument's articles",
        r"\b(\d+|twenty|thirty|forty) articles\b",
        ("The Protocol has 20 articles.", "It has thirty articles."),
    ),
    Rule(
        "a kind or a year of La Strada's ECOSOC status",
        rf"{LSI}.*\b(special|general|roster) (consultative )?status\b|\bECOSOC.* since (19|20)\d\d\b",
        ("La Strada International has special consultative status.", "It has had ECOSOC status since 2005."),
    ),
    Rule(
        "a seat in the EU Expert Group on our own word",
        rf"{LSI}.*\b(sat|sits|seats?|was a member|were members|are members) (in|on|of) the (EU |group|Expert)",
        ("Two people of La Strada sat on the EU Expert Group.", "LSI was a member of the Expert Group."),
        unless=r"according to the statement|Statement only",
    ),
    Rule(
        "an Italian association",
        r"\bItalian (association|NGO|organisation)\b",
        ("La Strada, an Italian association, won.",),
    ),
    Rule(
        "articles of the Protocol that were not read",
        r"Protocol,? (in )?(its )?Articles? ([678]|10|11)\b|"
        r"\bArticles? [678]\b.{0,8} of the (UN |Palermo |Trafficking )*Protocol",
        ("Article 7 of the Protocol is about stay.", "Under the Palermo Protocol, Article 6 asks this."),
    ),
    Rule(
        "articles of the Council of Europe Convention that were not read",
        rf"{CONVENTION}.*\bArticles? (5|6|19|26|35)\b|\bArticles? (5|6|19|26|35)\b.*{CONVENTION}",
        ("Article 26 of the Council of Europe Convention says so.", "The Convention has Article 19 on users."),
    ),
    Rule(
        "articles of Directive 2011/36 that were not read",
        rf"{EU_2011}.*{NOT_READ_EU}|{NOT_READ_EU}.*{EU_2011}",
        ("Article 8 of Directive 2011/36/EU.", "The directive of 2011, Article 18(4), lets states choose."),
    ),
    Rule(
        "principles that were not read",
        r"\bPrinciples? (7|8|9|1[0-7])\b|\b(seventh|eighth|ninth|tenth) principle\b",
        ("Principle 7 is on detention.", "WHO's ninth principle is on emergencies."),
    ),
    Rule(
        "instruments that were not read",
        r"\bC105\b|\bC181\b|Convention No\. (105|181)\b|\bGAATW\b|CM/Rec\(2007\)14|Human Rights Defenders|"
        r"Common Understanding|\bPICUM\b|(target|SDG) 10\.7",
        ("ILO Convention No. 181 bans fees.", "PICUM says undocumented.", "The UN Common Understanding lists them."),
    ),
    Rule(
        "dates that were not checked",
        r"\b17 November 2008\b|\b27 May 2009\b|\b1 September 2009\b",
        (
            "Poland ratified it on 17 November 2008.",
            "Macedonia ratified it on 27 May 2009.",
            "Macedonia is bound since 1 September 2009.",
        ),
    ),
    Rule(
        "a title that the text has not",
        r"\bcampaign statement\b",
        ("The campaign statement has four recommendations.",),
    ),
    Rule(
        "an answer to the statement, or a correction of it",
        r"\[sic\]|\bit should (read|say)\b|\bwe (dis)?agree with\b|"
        r"\b(wrongly|rightly|mistakenly|fortunately|unfortunately) (says?|writes?|claims?)\b|"
        r"\b(the statement|La Strada) (is|was) (right|wrong|outdated|mistaken|too|naive|correct)\b|"
        r"\b(the statement|La Strada) (exaggerates|overlooks|forgets|fails)\b",
        (
            "The statement wrongly says so.",
            "The statement is outdated.",
            "We disagree with this.",
            "The statement forgets inland trafficking.",
        ),
    ),
)


def own_sections(handbook: Handbook) -> Iterator[tuple[Chapter, Section]]:
    for chapter in handbook.chapters.values():
        if chapter.front.kind != "statement":
            yield from ((chapter, section) for section in chapter.sections)


def own_words(handbook: Handbook) -> list[tuple[Chapter, str]]:
    """Every paragraph that is the handbook's own, with its chapter."""
    return [
        (chapter, paragraph)
        for chapter, section in own_sections(handbook)
        for paragraph in (section.title, *chapter.text(section).split("\n"))
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: re.sub(r"\W+", "-", rule.what))
def test_it_is_not_stated(rule: Rule, real: Handbook) -> None:
    found = [f"{chapter.id}: {paragraph}" for chapter, paragraph in own_words(real) if rule.breaks(paragraph)]
    assert found == [], rule.what


@pytest.mark.parametrize(("rule", "words"), [(rule, words) for rule in RULES for words in rule.caught])
def test_it_would_be_seen(rule: Rule, words: str) -> None:
    assert rule.breaks(words)


def test_an_article_that_was_not_read_is_not_named_under_its_instrument(real: Handbook) -> None:
    """A paragraph need not repeat the name of the instrument that its section is about."""
    for address, pattern in (
        ("instruments#coe-convention", r"\bArticles? (5|6|19|26|35)\b"),
        ("instruments#palermo-protocol", r"\bArticles? ([678]|10|11)\b"),
        ("instruments#eu-directive-2011", NOT_READ_EU),
    ):
        section = real.find(address)
        assert section is not None, address
        assert re.search(pattern, real.chapters["instruments"].text(section)) is None, address


def test_a_country_outside_the_list_is_left_as_the_sources_have_it(real: Handbook) -> None:
    """Sources disagree on Bosnia and Herzegovina: the handbook says so, also where a date of its own is given."""
    section = real.find("network#bosnia-and-herzegovina")
    assert section is not None
    text = real.chapters["network"].text(section)
    assert re.search(r"disagree|differ|not agree", text)
    for year in ("2001", "2008", "2010", "2012"):
        assert year in text


COUNT = re.compile(
    r"\b(\d+|(twenty|thirty|forty|fifty|sixty)(-\w+)?) ((participating|member|European|EU) )?"
    r"(parties|states|countries)\b",
    re.IGNORECASE,
)
BOX = re.compile(r'^!!! [\w-]+ "(.*)"')


def undated_counts(chapter: Chapter) -> Iterator[str]:
    """Lines that count states and have no year, in themselves or in the title of their call-out."""
    title = ""
    for line in chapter.lines:
        box = BOX.match(line)
        if box:
            title = box.group(1)
        elif line and not line.startswith(" "):
            title = ""
        if COUNT.search(line) and not re.search(r"\b(19|20)\d\d\b", line + title):
            yield line


def test_counts_of_states_have_a_date(real: Handbook) -> None:
    for chapter in real.chapters.values():
        if chapter.front.kind != "statement":
            assert list(undated_counts(chapter)) == [], chapter.id


def test_an_organisation_in_the_list_is_no_address_of_help(real: Handbook) -> None:
    whole = " ".join(paragraph for chapter, paragraph in own_words(real) if chapter.id == "network")
    assert re.search(r"not a referral|no referral", whole)


def test_our_words_say_trafficked_person(real: Handbook) -> None:
    """ "Victim" stands only where it is a term of law, a quotation or the word itself is spoken of."""
    allowed = {"glossary", "names", "sources", "instruments", "cards-cases"}
    found = [
        f"{chapter.id}: {paragraph}"
        for chapter, paragraph in own_words(real)
        if chapter.id not in allowed and re.search(r"(?<!\")\bvictims?\b(?!\")", paragraph, re.IGNORECASE)
    ]
    assert found == []
