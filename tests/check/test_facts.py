"""The proofs of facts, training sheets, glossary and readability: each fails when what it proves is broken."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest

from handbook.check import check, readability
from handbook.content.glossary import terms
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.search.index import Index
from tests.helpers import handbook_of, write

MANIFEST = """
title = "Small"
was = { "roles" = "cards-roles#judge" }

[[parts]]
id = "understanding"
title = "Understanding"
facts = true
readable = true
chapters = ["page"]

[[parts]]
id = "training"
title = "Training"
chapters = ["screens"]

[[parts.groups]]
title = "To run"
chapters = ["plan", "ex-walk"]

[[parts.groups]]
title = "Cards"
chapters = ["cards-roles"]

[[parts]]
id = "reference"
title = "Reference"
facts = true
chapters = ["glossary", "sources"]
"""
PAGE = """# Page

The treaty was opened in 2005.[^coe]

!!! as-of "As of 23 November 2026"
    48 states are bound.

[^coe]: [The Convention](sources#coe).
"""
SOURCES = """+++
kind = "sources"
+++
# Sources

## All sources

### The Convention {#coe}

Opened for signature in 2005. Official text.
"""
GLOSSARY = """+++
kind = "glossary"
+++
# Glossary

## Demand {#demand}

A wish for cheap work or services.

-   Also: demands
-   Related: [root causes](#root-causes)
-   In the statement: not used

## Root causes {#root-causes}

What lies behind trafficking.

-   Also: root cause, roots causes
-   In the statement: not used
"""
SCREENS = """+++
kind = "screen"
+++
# Screens

For the room.

## One

A few words.

### Below

More.
"""
PARTS = ("Aim", "Objectives", "Background")
FORMS = "".join(
    f"-   *{form}:* people do the very same thing in a way that all of them can follow.\n"
    for form in ("Online", "Low literacy", "Mixed languages", "Seated")
)
DEBRIEFING = """
## Debriefing {#debriefing}

### What happened

-   What did you see?

### What it means

-   Why was it so?

### What we take with us

-   What will you do?
"""


def sheet(kind: str, *, materials: str, needed: str, extra: str) -> str:
    safety = "\n## Safety\n\nNobody has to speak.\n" if kind == "exercise" else ""
    start = "".join(f"\n## {title}\n\n{'-   Name a cause' if title == 'Objectives' else 'Text.'}\n" for title in PARTS)
    rest = (
        "\n## Tips\n\nText.\n\n## Variations\n\n" + FORMS + "\n## Ideas for action\n\nText.\n\n## Follow-up\n\nText.\n"
    )
    return f"""+++
kind = "{kind}"
minutes = 30
group_size = "8 to 20"
level = 1
materials = {materials}
+++
# A {kind}
{start}
## Materials

{needed}

## Steps

### 1. Begin (10 minutes)
<!-- timing: 8: 8 names x 0.5 min = 4; 20: 20 names x 0.5 min = 10 -->

Begin.

### 2. Debriefing (20 minutes)
<!-- timing: fixed -->

Talk.
{DEBRIEFING}{safety}{rest}
{extra}

## Related

Text.
"""


FILES = {
    "handbook.toml": MANIFEST,
    "page.md": PAGE,
    "plan.md": sheet(
        "session-plan",
        materials='["flip chart", { item = "cards-roles#judge", per = "pair" }]',
        needed="[The judge](cards-roles#judge), for each pair.",
        extra="## Exercises used\n\n-   [Walk](ex-walk)",
    ),
    "ex-walk.md": sheet(
        "exercise",
        materials='["cards-roles"]',
        needed="The [Role cards](cards-roles).",
        extra="## Used in\n\n-   [Plan](plan)",
    ),
    "cards-roles.md": '+++\nkind = "cards"\n+++\n# Role cards\n\n## A judge {#judge}\n\n!!! card ""\n    You judge.\n',
    "screens.md": SCREENS,
    "glossary.md": GLOSSARY,
    "sources.md": SOURCES,
}


def faults(**changed: tuple[str, str]) -> list[str]:
    """The faults of the small handbook after a replacement in a file (named without .md, "-" as "_")."""
    files = dict(FILES)
    for name, (old, new) in changed.items():
        file = "handbook.toml" if name == "manifest" else f"{name.replace('_', '-')}.md"
        assert old in files[file]
        files[file] = files[file].replace(old, new, 1)
    with tempfile.TemporaryDirectory() as folder:  # files are looked at again
        return [str(fault) for fault in check(load(write(Path(folder), files)))]


def test_the_small_handbook_has_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"page": ("2005.[^coe]", "2005. A word.[^coe]\n\nIt is in force since 2008.")}, "'2008' has no footnote"),
        ({"page": ("2005.[^coe]", "2005.[^coe]\n\nSee Directive 2011/36/EU.")}, "has no footnote"),
        ({"page": ("2005.[^coe]", "2005.[^coe]\n\nArticle 12 says more.")}, "'Article 1' has no footnote"),
        ({"page": ("2005.[^coe]", "2005.[^coe]\n\n| a | b |\n|---|---|\n| 46 states | x |")}, "'46 states' has no"),
        ({"page": ('!!! as-of "As of 23 November 2026"', '!!! note "Note"')}, "'48 states' has no footnote"),
        ({"page": ("(sources#coe)", "(glossary#demand)")}, "leads to no entry of the sources"),
        ({"sources": ("### The Convention", "### Another {#other}\n\nText.\n\n### The Convention")}, "is never used"),
        ({"page": ("2005.[^coe]", "2005.[^coe]\n\nA text of the 1990s.")}, "'1990s' has no footnote"),
        ({"page": ("2005.[^coe]", "2005.[^coe]\n\n57 participating states.")}, "'57 participating states' has no"),
        ({"page": ("2005.[^coe]", "2005.[^coe]\n\nIt binds forty-two states.")}, "'forty-two states' has no"),
        ({"page": ("2005.[^coe]", "2005.[^coe]\n\nConvention C189 says more.")}, "'C189' has no footnote"),
        ({"page": ("2005.[^coe]", "2005.[^coe]\n\n-   In 2008:\n    -   one\n    -   two")}, "'2008' has no footnote"),
        ({"page": ('!!! as-of "As of 23 November 2026"', '!!! as-of "Of late"')}, "has no date in its title"),
        ({"page": ("2005.[^coe]", "2005.[^coe] Write to help@example.org.")}, "e-mail"),
        ({"plan": ('["flip chart"', '["tel. 0612345678"')}, "telephone number"),
        ({"plan": ("-   Name a cause", "Name a cause")}, "the objectives are no list"),
        ({"plan": ("-   Name a cause", "-   Understanding of causes")}, "does not begin with a verb"),
        ({"plan": ("-   Name a cause", "-   Participants know a cause")}, "does not begin with a verb"),
        ({"plan": ("## Tips", "## Hints")}, "has no section 'Tips'"),
        ({"plan": ("## Exercises used", "## Exercises")}, "has no section 'Exercises used'"),
        ({"ex_walk": ("## Safety", "## Care")}, "has no section 'Safety'"),
        ({"plan": ('group_size = "8 to 20"\n', "")}, "has no 'group_size'"),
        ({"plan": ("### What it means", "### Meaning")}, "three tiers"),
        ({"plan": ("## Tips\n\nText.", "## Tips\n")}, "'Tips' is empty"),
        ({"plan": ("(10 minutes)", "(15 minutes)")}, "the steps take 35 minutes, the front matter says 30"),
        ({"plan": ("(10 minutes)", "")}, "does not end in its minutes"),
        ({"ex_walk": ('["cards-roles"]', '["cards-rolls"]')}, "name 'cards-rolls', which does not exist"),
        ({"ex_walk": ('"cards-roles"', '"cards-roles#king"')}, "name 'cards-roles#king', which does not exist"),
        ({"ex_walk": ('["cards-roles"]', '["pens"]')}, "a link to 'cards-roles', which the materials do not name"),
        ({"plan": ("[The judge](cards-roles#judge)", "A judge")}, "name 'cards-roles#judge', to which the section"),
        ({"plan": ("## Background", "## Back")}, "has no section 'Background'"),
        ({"plan": ("## Ideas for action", "## Ideas")}, "has no section 'Ideas for action'"),
        ({"plan": ("## Tips", "## Ideas for action\n\nText.\n\n## Tips")}, "not in the order"),
        ({"plan": ("*Seated:*", "*Standing:*")}, "plan.md:56: the variations have no 'Seated'"),
        ({"plan": ("*Online:* people do the very same thing", "*Online:* the same")}, "'Online' with 11 words, of 12"),
        ({"plan": ("<!-- timing: fixed -->\n", "")}, "step '2. Debriefing (20 minutes)' has no comment right below"),
        ({"plan": ("<!-- timing: fixed -->\n", "\n<!-- timing: fixed -->\n")}, "has no comment right below it"),
        ({"plan": ("<!-- timing: fixed -->", "<!-- about 20 -->")}, "has no comment right below it"),
        ({"plan": ("<!-- timing: fixed -->", "<!-- timing: 20 -->")}, "neither 'fixed' nor of the form"),
        ({"plan": ("timing: fixed", f"timing: {'8' * 5000}: x = 5")}, "neither 'fixed' nor of the form"),
        ({"plan": ("0.5 min = 10", "0.5 min = ten")}, "neither 'fixed' nor of the form '8: … = 6; 20: … = 12': '20:"),
        (
            {"plan": ("timing: 8:", "timing: 6:")},
            "worked out for groups of 6, 20, not for groups of 8, 20 as in 'group_size'",
        ),
        ({"plan": ("; 20: 20 names x 0.5 min = 10", "")}, "worked out for groups of 8, not for groups of 8, 20"),
        ({"plan": ("0.5 min = 10", "0.5 min + 1 = 10.5")}, "needs 10.5 minutes as they are worked out"),
        ({"screens": ("A few words.", "word " * 58)}, "'One' has 61 words, more than 60 for a screen"),
        ({"manifest": ('"roles" =', '"page" =')}, "'was' names 'page', which is there"),
        ({"manifest": ("cards-roles#judge", "cards-roles#king")}, "'was' leads 'roles' to 'cards-roles#king', which"),
        ({"cards_roles": ('kind = "cards"', 'kind = "text"')}, "its kind is 'text'"),
        ({"ex_walk": ("[Plan](plan)", "none")}, "'Used in' does not name plan"),
        ({"plan": ("[Walk](ex-walk)", "none")}, "'Exercises used' does not name ex-walk"),
        ({"glossary": ("A wish for cheap work or services.\n", "")}, "'Demand' has no definition"),
        ({"glossary": ("-   In the statement: not used\n\n## Root", "\n## Root")}, "has no line 'In the statement:'"),
        ({"glossary": ("Also: demands", "Also: root cause")}, "is a variant of"),
        ({"glossary": ("Also: demands", "Also: …")}, "a search for '…' does not find 'Demand'"),
        ({"glossary": ("(#root-causes)", "(#no-term)")}, "leads nowhere"),
        ({"manifest": ("facts = true", "fact = true")}, "each [[parts]] needs"),
    ],
)
def test_each_proof_sees_what_it_is_for(changed: dict[str, tuple[str, str]], said: str) -> None:
    assert any(said in fault for fault in faults(**changed)), faults(**changed)


@pytest.mark.parametrize(
    "words",
    [
        "In Amsterdam: +31 20 688 1414.",
        "From abroad 0031 20 6881414",
        "020 688 1414",
        "(020) 6881414",
        "020-6881414",
        "06 12 34 56 78",
        "22\u00a0628\u00a099\u00a099",
        "0800 20 20 04, free of charge",
        "Call the free hotline of La Strada Belarus, 113",
        "The number is 7113.",
        "In danger dial 112.",
        "Police: 112 (at any time)",
        "116 123 or 116016",
        "Send an SMS to 8777",
        "text 8777",
        "WhatsApp 0612345678",
        "tel. 628-99-99",
        "[call](tel:+31206881414)",
        "help@example.org",
        "[write](mailto:help@example.org)",
        "help (at) example org",
        "help[at]example.org",
        "www.example.org",
        "https://example.org/help",
        "See example.org.",
    ],
)
def test_whatever_reaches_somebody_is_found(words: str) -> None:
    found = faults(page=("2005.[^coe]", f"2005.[^coe] {words}"))
    assert any("looks like a telephone number" in fault for fault in found), found


@pytest.mark.parametrize(
    "words",
    [
        "Directive 2011/36/EU; OJ L 101, 15.4.2011, p. 1–11",
        "Application no. 25965/04, 7 January 2010",
        "UNTS vol. 2220, p. 3; E/2002/68/Add.1; HR/PUB/10/2; COM(2010) 95 final; CM/Res(2008)7",
        "12–15 December 2000, and from 2005–2010",
        "Decision No. 557, resolution 64/293, number 197 in its series",
        "students of 18 to 20 and pupils of 13 to 16 (5 + 8 + 5 minutes)",
        "After the call, 45 minutes; call it 30 days; a text of 2008",
        "the [number](#page) of parties[^coe]",
    ],
)
def test_dates_and_the_numbers_of_laws_reach_nobody(words: str) -> None:
    found = faults(page=("2005.[^coe]", f"2005.[^coe] {words}"))
    assert not any("looks like a telephone number" in fault for fault in found), found


def test_the_statements_own_date_needs_no_note() -> None:
    assert faults(page=("2005.[^coe]", "2005.[^coe]\n\nThe statement of 15 September 2010 came later.")) == []


def test_a_printable_that_nothing_uses_is_found() -> None:
    files = {
        **FILES,
        "plan.md": FILES["plan.md"].replace("cards-roles#judge", "page"),
        "ex-walk.md": FILES["ex-walk.md"].replace("cards-roles", "page"),
        "cards-roles.md": FILES["cards-roles.md"] + "\nSee [the judge](#judge).\n",  # nor does it use itself
    }
    assert "cards-roles.md: nothing uses this printable" in [str(fault) for fault in check(handbook_of(files))]


def test_a_screen_of_sixty_words_is_none_too_long() -> None:
    assert faults(screens=("A few words.", "word " * 57)) == []


def test_a_term_that_the_index_lacks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Index.in_memory
    without = handbook_of({**FILES, "glossary.md": GLOSSARY[: GLOSSARY.index("## Root causes")]})
    monkeypatch.setattr(Index, "in_memory", lambda _: whole(without))
    assert any("a search for 'Root causes' finds" in fault for fault in faults())


def test_a_term_is_read_with_all_that_belongs_to_it() -> None:
    first, second = terms(handbook_of(FILES).chapters["glossary"])
    assert (first.title, first.definition) == ("Demand", "A wish for cheap work or services.")
    assert str(first.related[0]) == "glossary#root-causes"
    assert second.variants == ("root cause", "roots causes")
    assert second.used_in == ()


def test_readability_counts_what_is_hard_to_read() -> None:
    hard = " ".join(
        ["Notwithstanding the aforementioned considerations concerning interinstitutional coordination"] * 5
    )
    (easy,) = readability.measure(handbook_of(FILES))
    (harder,) = readability.measure(handbook_of({**FILES, "page.md": f"# Page\n\n{hard}.\n"}))
    assert easy.ease > readability.HARDEST > harder.ease
    assert easy.long == ()
    assert len(harder.long) == 1
    assert (easy.running, harder.running) == (10, 35)


# -- The real content -----------------------------------------------------------------------------------------


def test_the_real_content_is_easy_enough_to_read(real: Handbook) -> None:
    training = {chapter.id for part in real.parts if part.id == "training" for chapter in part.chapters}
    for one in readability.measure(real):
        assert one.long == (), f"{one.chapter} has sentences of over {readability.LONGEST} words"
        if one.chapter in training:
            assert one.ease >= readability.HARDEST, one


def test_the_real_content_has_its_size(real: Handbook) -> None:
    """Room for all that a training needs, and no more than can be read."""
    kinds = Counter(chapter.front.kind for chapter in real.chapters.values())
    assert kinds["session-plan"] >= 9
    assert kinds["exercise"] >= 14
    assert all(kinds[kind] for kind in ("cards", "worksheet", "poster", "form"))
    assert 45_000 <= sum(one.running for one in readability.measure(real)) <= readability.MOST
    assert sum(1 for _ in real.sections) >= 150


def test_every_plan_of_a_recommendation_leads_to_its_paragraphs(real: Handbook) -> None:
    named = {
        str(target)
        for chapter in real.chapters.values()
        if chapter.front.kind == "session-plan"
        for _, target in chapter.references.links
    }
    assert {f"statement#p{number:02}" for number in range(9, 17)} <= named


def test_the_real_glossary_has_the_statements_words(real: Handbook) -> None:
    glossary = real.chapters.get("glossary")
    if glossary is None:
        pytest.skip("there is no glossary yet")
    entries = terms(glossary)
    assert len(entries) >= 70
    names = {name.casefold() for term in entries for name in (term.title, *term.variants)}
    assert {"anti-trafficking", "watch dog", "roots causes", "hrba"} <= names
