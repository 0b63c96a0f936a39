"""The handbook as data: what stands at an address, old ones too; whose words a chapter holds; the hash of the text."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base import dates
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from tests.content.small_handbook import MANIFEST, ONE, faults, found
from tests.helpers import handbook_of, write

# -- The real content ---------------------------------------------------------------------------------------


def test_the_statement_comes_first_and_what_is_ours_after_it(real: Handbook) -> None:
    first = real.parts[0]
    assert (first.title, [chapter.id for chapter in first.chapters]) == ("The statement", ["statement"])
    assert real.first == Address("statement")
    assert "about" in real.chapters
    assert real.faults == ()


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("r1", "1. Take on the Human Rights Approach"),
        ("r2", "2. Focus on root causes"),
        ("r3", "3. Respect and value the independence of NGOs"),
        ("r4", "4. Stop talking and drafting, start working"),
        ("b1", "Poverty, gender inequality and violence and discrimination in the countries of origin"),
        ("b2", "Lack of safe and legal migration opportunities due to restrictive immigration policies"),
        ("b3", "Demand for cheap and exploitative labour and the lack of protection for irregular workers"),
    ],
)
def test_recommendations_and_root_causes_have_addresses(real: Handbook, anchor: str, words: str) -> None:
    section = found(real, f"statement#{anchor}")
    assert section.title == words
    assert section.address == Address("statement", anchor)


@pytest.mark.parametrize(
    ("anchor", "holder"),
    [(f"p{number:02}", "") for number in (1, 2, 3)]
    + [(f"p{number:02}", "achievements") for number in (4, 5, 6, 7)]
    + [("p08", "recommendations"), ("p09", "r1"), ("p10", "r1"), ("p11", "r2")]
    + [("p12", "b1"), ("p13", "b2"), ("p14", "b3"), ("p15", "r3"), ("p16", "r4")],
)
def test_a_paragraph_is_in_the_section_around_it(real: Handbook, anchor: str, holder: str) -> None:
    assert found(real, f"statement#{anchor}").address == Address("statement", holder)


def test_the_root_causes_belong_to_the_second_recommendation(real: Handbook) -> None:
    cause = found(real, "statement#b2")
    assert cause.parent == Address("statement", "r2")
    assert cause.path == (
        "The statement",
        "Statement of 15 September 2010",
        "Recommendations",
        "2. Focus on root causes",
    )
    assert found(real, "statement#r3").parent == Address("statement", "recommendations")


def test_every_section_is_found_at_its_own_address(real: Handbook) -> None:
    for section in real.sections:
        assert real.find(section.address) is section
        assert real.find(str(section.address)) is section
        if section.parent is not None:
            holder = found(real, str(section.parent))
            assert holder.start <= section.start < section.end <= holder.end


def test_whose_words_a_chapter_holds(real: Handbook) -> None:
    statement = real.source_line(real.chapters["statement"])
    ours = real.source_line(real.chapters["about"])
    assert "La Strada International" in statement
    assert "La Strada" not in ours
    assert real.manifest.as_of is not None
    assert ours.endswith(f"as of {dates.written(real.manifest.as_of)}")


# -- What is not there, and source lines --------------------------------------------------------------------


@pytest.mark.parametrize("address", ["nothing", "page#nothing", "", "#alpha", "Page", "page#Alpha"])
def test_nothing_is_found_where_nothing_is(address: str) -> None:
    assert handbook_of({"page.md": ONE}).find(address) is None


def test_a_part_that_is_not_there_is_none(real: Handbook) -> None:
    assert real.part("nothing") is None
    assert [real.part(part.id) for part in real.parts] == list(real.parts)


def test_the_day_is_written_the_same_in_every_locale() -> None:
    assert dates.written(datetime.date(2026, 11, 24)) == "24 November 2026"
    assert dates.written(datetime.date(2010, 9, 1)) == "1 September 2010"


def test_a_source_line_without_a_manifest_is_the_folder(tmp_path: Path) -> None:
    handbook = load(write(tmp_path / "My notes", {"page.md": ONE}))
    assert handbook.source_line(handbook.chapters["page"]) == "My notes"


def test_a_source_line_is_the_publisher_and_the_day() -> None:
    files = {"handbook.toml": MANIFEST, "one.md": ONE, "two.md": '+++\nkind = "statement"\n+++\n\nTheirs.\n'}
    handbook = handbook_of(files)
    assert handbook.source_line(handbook.chapters["one"]) == "The small handbook, as of 24 November 2026"
    assert handbook.source_line(handbook.chapters["two"]) == "Someone, 2010"


# -- Groups, and addresses of before ------------------------------------------------------------------------

GROUPED = """
title = "Grouped"

[was]
"gone" = "one#alpha"
"renamed" = "one"
"older" = "gone"
"one#lost" = "two"

[[parts]]
id = "all"
title = "All"
chapters = ["two"]

[[parts.groups]]
title = "Sheets"
chapters = ["one", "three"]

[[parts.groups]]
title = "None yet"
chapters = []
"""
THREE = {"one.md": ONE, "two.md": "# Two\n", "three.md": "# Three\n"}


def test_a_part_has_its_chapters_in_groups() -> None:
    handbook = handbook_of(THREE | {"handbook.toml": GROUPED})
    (part,) = handbook.parts
    assert faults(handbook) == []
    assert [(group.title, [one.id for one in group.chapters]) for group in part.groups] == [
        ("", ["two"]),
        ("Sheets", ["one", "three"]),
    ]
    assert [chapter.id for chapter in part.chapters] == ["two", "one", "three"]
    assert list(handbook.chapters) == ["two", "one", "three"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Sheets"\n', "", "each [[parts.groups]] title and chapters"),
        ('chapters = ["one", "three"]', 'chapters = "one"', "each [[parts.groups]] title and chapters"),
        ('title = "Sheets"', 'title = "Sheets"\nlevel = 1', "each [[parts.groups]] title and chapters"),
        ('["one", "three"]', '["one", "two", "three"]', "chapter 'two' is listed twice"),
        ('["one", "three"]', '["one", "three", "four"]', "chapter 'four' has no file four.md"),
        ('["one", "three"]', '["one"]', "is not listed in handbook.toml"),
        ('"older" = "gone"', '"older" = 3', "'was' must be a table of old addresses"),
    ],
)
def test_a_wrong_group_and_a_wrong_old_address_are_told(old: str, new: str, said: str) -> None:
    handbook = handbook_of(THREE | {"handbook.toml": GROUPED.replace(old, new, 1)})
    assert any(said in fault for fault in faults(handbook)), faults(handbook)
    assert {"one", "two", "three"} <= set(handbook.chapters)  # whatever the manifest says, all can be read


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("gone", "one#alpha"),
        ("gone#inside", "one#inside"),  # it went along: it stands in that section
        ("gone#marked", "one#inside"),
        ("gone#beta", "one#alpha"),  # of that name there is one, but in another section
        ("gone#nothing", "one#alpha"),
        ("renamed", "one"),
        ("renamed#beta", "one#beta"),
        ("older#inside", "one#inside"),
        ("one#lost", "two"),
        ("one#beta", "one#beta"),
    ],
)
def test_an_address_of_before_leads_to_where_its_words_are_now(address: str, leads_to: str) -> None:
    assert str(found(handbook_of(THREE | {"handbook.toml": GROUPED}), address).address) == leads_to


@pytest.mark.parametrize("address", ["renamed#nothing", "never", "one#never", ""])
def test_an_address_that_never_was_leads_nowhere(address: str) -> None:
    assert handbook_of(THREE | {"handbook.toml": GROUPED}).find(address) is None


def test_addresses_that_lead_to_each_other_lead_nowhere() -> None:
    ring = GROUPED.replace('"gone" = "one#alpha"', '"gone" = "older"')
    assert handbook_of(THREE | {"handbook.toml": ring}).find("gone") is None


class _Counted(dict[str, str]):
    """Old addresses that count how often one of them is asked for."""

    asked = 0

    def get(self, address: str, default: Any = None) -> Any:  # noqa: ANN401 - as a dict has it
        self.asked += 1
        return super().get(address, default)


def test_in_a_large_ring_of_addresses_a_link_is_not_followed_for_long() -> None:
    """A page of some thousand links into a ring of 20,000 took minutes to be checked."""
    ring = _Counted({f"a{number}": f"a{(number + 1) % 5000}" for number in range(5000)})
    handbook = handbook_of(THREE)
    handbook = handbook.with_(manifest=handbook.manifest._replace(was=ring))
    assert handbook.find("a0#x") is None
    assert ring.asked < 500


# -- The same text in other files ---------------------------------------------------------------------------

FRONT = '+++\ntitle = "Own"\n+++\n'


@pytest.mark.parametrize(
    "written",
    [
        (FRONT + ONE).replace("\n", "\r\n").encode(),
        (FRONT + ONE).replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + (FRONT + ONE).encode(),
        b"\xef\xbb\xbf" + (FRONT + ONE).replace("\n", "\r\n").encode(),
    ],
    ids=["windows", "old-mac", "byte-order-mark", "both"],
)
def test_line_ends_and_byte_order_marks_make_no_other_content(written: bytes) -> None:
    plain, other = handbook_of({"page.md": FRONT + ONE}), handbook_of({"page.md": written})
    assert list(other.sections) == list(plain.sections)
    assert other.chapters["page"].front == plain.chapters["page"].front
    assert [part.title for part in plain.parts] == [part.title for part in other.parts]
    assert other.fingerprint == plain.fingerprint
    assert other.faults == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Words of beta", "Words of Beta"),
        ("beta.", "beta"),
        ("## Beta", "### Beta"),
        ("# One", "# Two"),
        ("{#alpha}", ""),
    ],
)
def test_the_fingerprint_changes_with_every_word(old: str, new: str) -> None:
    changed = ONE.replace(old, new)
    assert changed != ONE
    assert handbook_of({"page.md": ONE}).fingerprint != handbook_of({"page.md": changed}).fingerprint


def test_the_fingerprint_knows_names_order_and_front_matter() -> None:
    files: dict[str, str | bytes] = {"handbook.toml": MANIFEST, "one.md": ONE, "two.md": "# Two\n"}
    prints = {
        handbook_of(files).fingerprint,
        handbook_of({**files, "handbook.toml": MANIFEST.replace('"two", "one"', '"one", "two"')}).fingerprint,
        handbook_of({**files, "handbook.toml": MANIFEST.replace("First part", "Part one")}).fingerprint,
        handbook_of({**files, "two.md": "+++\nlevel = 1\n+++\n# Two\n"}).fingerprint,
        handbook_of({**files, "three.md": "# Three\n"}).fingerprint,
    }
    assert len(prints) == 5
    assert handbook_of(files).fingerprint in prints


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_word_moved_to_the_next_file_is_other_content(first: str, second: str) -> None:
    def fingerprint(one: str, two: str) -> str:
        return handbook_of({"a.md": one.encode("utf-8", "replace"), "b.md": two.encode("utf-8", "replace")}).fingerprint

    assert fingerprint("x" + first, second) != fingerprint(first, "x" + second)


# -- Several handbooks ------------------------------------------------------------------------------------------


@pytest.fixture
def others(tmp_path: Path) -> dict[str, Handbook]:
    """Our own handbook and two of the library, which know each other by name."""
    made: dict[str, Handbook] = {}
    for name in ("", "shelter", "legal"):
        title = name or "ours"
        manifest = f'title = "{title}"\n[[parts]]\nid = "p"\ntitle = "Part"\nchapters = ["plan", "more"]\n'
        text = f"# Plan of {title}\n\n## Steps {{#steps}}\n\n### First {{#first}}\n\nWords.\n"
        files = {"handbook.toml": manifest, "plan.md": text, "more.md": "# More\n"}
        made[name] = load(write(tmp_path / title, files), name=name).with_(others=made.get)
    return made


def test_chapters_of_others_are_found_by_their_addresses(others: dict[str, Handbook]) -> None:
    own, shelter = others[""], others["shelter"]
    assert own.chapters["shelter:plan"] is shelter.own_chapters["shelter:plan"]
    assert shelter.chapters["plan"] is own.own_chapters["plan"]
    assert "shelter:plan" not in own.own_chapters
    for id_ in ("shelter:none", "none:plan", "none"):
        with pytest.raises(KeyError, match=id_):
            own.chapters[id_]
    assert own.of("shelter:plan#steps") is shelter.of("shelter:plan") is shelter
    assert shelter.of("plan") is own.of("none:plan") is own
    assert shelter.of("") is shelter  # no address is in no other
    assert [own.lacking(one) for one in ("plan", "shelter:plan", "none:plan#a")] == ["", "", "none"]
    assert shelter.lacking("shelter:none") == ""


def test_the_steps_to_a_section_lead_down_from_its_part(others: dict[str, Handbook]) -> None:
    section = others[""].find("plan#first")
    assert section is not None
    down = [("Plan of ours", "plan"), ("Steps", "plan#steps"), ("First", "plan#first")]
    assert others[""].steps_to(section) == [("Part", "plan"), *down]
    section = others["shelter"].find("shelter:more")
    assert section is not None
    assert others["shelter"].steps_to(section) == [
        ("shelter", "shelter:"),
        ("Part", "shelter:plan"),
        ("More", "shelter:more"),
    ]


def test_a_handbook_with_something_else_is_the_same_otherwise(others: dict[str, Handbook]) -> None:
    own = others[""]
    for changed, what in (
        (own.with_(manifest=others["legal"].manifest), "manifest"),
        (own.with_(parts=()), "parts"),
        (own.with_(others=lambda _: None), "others"),
        (own.with_(), ""),
    ):
        for name in ("folder", "manifest", "parts", "read_faults", "name", "others"):
            assert (getattr(changed, name) == getattr(own, name)) is (name != what), (what, name)
