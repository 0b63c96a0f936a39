"""Handbooks of other people: the order, the headings and the blocks that their own programs give them."""

from __future__ import annotations

from functools import cache

import pytest

from handbook.base import catalogue
from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import to_pdf
from handbook.search.index import Index
from tests.cases import others
from tests.content.test_plain_text import plain_words
from tests.helpers import handbook_of
from tests.markdown import without_notes
from tests.printed import Pdf


@cache
def book(name: str) -> Handbook:
    return handbook_of(others.ALL[name])


def contents(handbook: Handbook) -> list[tuple[str, str, list[str]]]:
    """The titles of parts, groups and chapters."""
    groups = ((part.title, group) for part in handbook.parts for group in part.groups)
    return [(title, group.title, [one.title for one in group.chapters]) for title, group in groups]


def page(name: str, chapter: str) -> list[str]:
    """The blocks of a chapter, each with its class and its words."""
    root = markup.parse(book(name).chapters[chapter])
    names = [".".join((block.tag, *block.get("class", "").split())) for block in root]
    words = map(markup.words_of, root)
    return [f"{name}: {said}" for name, said in zip(names, words, strict=True) if name != "div.footnotes"]


@pytest.mark.parametrize("name", others.ALL)
def test_what_is_found_is_what_stands_on_the_page(name: str) -> None:
    for chapter in book(name).chapters.values():
        assert plain_words(chapter) == without_notes(markup.parse(chapter)), chapter.file


def test_the_order_of_files_is_that_of_their_program() -> None:
    assert contents(book("russian")) == [
        ("Pages", "", ["Памятка для приёмной", "Введение", "Первый разговор", "После разговора"])
    ]
    assert contents(book("polish")) == [("Pages", "", ["Podręcznik"]), ("Rozmowa", "", ["Rozmowa", "Pytania"])]
    assert contents(book("mkdocs")) == [
        ("Shelter manual", "", ["Welcome"]),
        ("Arrival", "", ["First hour", "The room: keys"]),
        ("Arrival", "Later", ["Later"]),
        ("Shelter manual", "", ["About"]),
        ("Other pages", "", ["Not in the list"]),
    ]
    assert contents(book("mdbook")) == [
        ("Field guide", "", ["Foreword"]),
        ("Before", "Plan", ["Plan", "Rooms"]),
        ("After", "", ["Notes"]),
    ]
    assert contents(book("gitbook")) == [("Pages", "", ["Start"]), ("Pages", "Two", ["Two", "Three"])]
    assert contents(book("github")) == [("Pages", "", ["Toolkit"]), ("Docs", "", ["Begin", "Use", "End"])]
    assert contents(book("hugo")) == [("Pages", "", ["First", "Second", "Third"])]
    assert contents(book("docusaurus")) == [("Pages", "", ["Intro", "Zeta", "Alpha"])]


def test_title_and_language_are_theirs() -> None:
    assert (book("mkdocs").manifest.title, book("mkdocs").manifest.language) == ("Shelter manual", "en")
    assert (book("mdbook").manifest.title, book("mdbook").manifest.language) == ("Field guide", "de")
    assert book("russian").manifest.language == "ru"


def test_no_folder_outside_is_read_for_a_contents_list() -> None:
    assert book("polish").folder.name == "Handbook"
    assert next(iter(book("polish").chapters.values())).file == "index.md"


def test_no_key_of_another_program_is_a_fault() -> None:
    assert [fault for name in ("hugo", "docusaurus", "russian") for fault in book(name).faults] == []


def test_blocks_are_those_that_their_authors_see() -> None:
    important = catalogue.of("ru").pgettext("title of a frame", "Important")
    assert page("russian", "02-разговор")[2:] == [
        f"div.admonition.important: {important} Никого не торопите.",
        "p: Шаги:",
        "ul: выслушать не перебивать записать",
    ]
    assert len(markup.parse(book("russian").chapters["02-разговор"]).findall("ul/li/ul/li")) == 1
    assert page("russian", "10-после")[1:] == ["ul: ☐ позвонить ☑ записать"]
    assert page("polish", "rozmowa-index")[1:] == ["div.admonition.note: Więcej Szczegóły1."]
    assert page("mkdocs", "about")[1:] == ["p: Line one - no list, as MkDocs has it"]
    assert page("mkdocs", "first")[1:] == ["div.admonition.note: By day Ring.", "div.admonition.note: By night Call."]
    assert page("mdbook", "plan")[1:] == ["ol: First with two Second broken line"]
    assert page("gitbook", "README")[1:] == ["div.admonition.note: Unfold me Inside."]
    assert page("github", "README")[2:] == [
        "p: Old new, H2O, press F5, see https://example.org/a_b_c.",
        "p: Table:",
        "table: a b 1 2",
    ]
    assert page("docusaurus", "intro") == [
        "div.admonition.tip: Try it Walk through once.",
        "div.admonition.note: Note Outer",
    ]
    assert page("docusaurus", "zeta")[1:] == ["p: Only a group."]
    assert page("docusaurus", "alpha")[1:] == ["div.admonition.tip: Own title One two", "p: After."]
    assert page("plain", "2-Next")[1:] == ["hr: ", "ol: Step", "pre: - [ ] code", "ol: Step"]


def test_pictures_in_html_are_pictures() -> None:
    figure = markup.parse(book("github").chapters["README"]).find("figure")
    assert figure is not None
    assert (figure.get("src"), figure.get("alt"), figure.get("width")) == ("logo.png", "A lamp", "50%")
    figure = markup.parse(book("mkdocs").chapters["index"]).find("figure")
    assert figure is not None
    assert (figure.get("width"), figure.findtext("figcaption")) == ("300", "The blue door")


def test_links_lead_to_their_files() -> None:
    (link,) = markup.parse(book("russian").chapters["README"]).iter("a")
    assert book("russian").find(link.get("href", "")) is not None
    (link,) = markup.parse(book("mkdocs").chapters["index"]).findall("p/a")
    assert link.get("href") == "room"


def test_a_large_one_is_whole_found_and_printed() -> None:
    handbook = handbook_of(others.large(900))
    assert len(handbook.chapters) == 900
    assert [part.title for part in handbook.parts] == [
        f"0{number} part"[3:].capitalize() for number in range(9)
    ] or len(handbook.parts) == 9
    chapter = next(iter(handbook.chapters.values()))
    assert plain_words(chapter) == without_notes(markup.parse(chapter))
    assert Index.in_memory(handbook_of(others.large(40))).search("two of 37").hits[0].title.startswith("Page 37")
    ids = list(handbook.chapters)[:2]
    assert "two of 1" in Pdf(to_pdf(handbook, Handout(tuple(ids), PrintOptions()))).body


CODE = """\
1. Step

    ```rust,ignore title="x"
    - code
    ````

    Of the first step.

    * inner

        ~~~
        deep
        ~~~
    * last
2. Next

> Said
>
> ```sh
> $ run *this*
> ```
> more
"""


@pytest.mark.parametrize("files", [{"page.md": CODE}, {"mkdocs.yml": "nav: []\n", "docs/page.md": CODE}])
def test_code_in_lists_and_quotations_is_code_and_what_follows_it_is_none(files: dict[str, str]) -> None:
    chapter = handbook_of(files).chapters["page"]
    assert plain_words(chapter) == without_notes(markup.parse(chapter))
    blocks = [(block.tag, markup.words_of(block)) for block in markup.parse(chapter)]
    assert blocks == [
        ("ol", "Step"),
        ("pre", "- code"),
        ("p", "Of the first step."),
        ("ul", "inner"),
        ("pre", "deep"),
        ("ul", "last"),
        ("ol", "Next"),
        ("blockquote", "Said"),
        ("pre", "$ run *this*"),
        ("blockquote", "more"),
    ]


def test_fences_that_hold_fences_and_code_in_a_line_stay_what_they_are() -> None:
    chapter = handbook_of({"page.md": "````md\n```rust,ignore\n```\n````\n\n```one``` line\n\nwords ```\n"}).chapters[
        "page"
    ]
    blocks = [(block.tag, markup.words_of(block)) for block in markup.parse(chapter)]
    assert blocks == [("pre", "```rust,ignore ```"), ("p", "one line"), ("p", "words ```")]


def test_a_picture_that_only_leads_to_itself_in_large_is_a_picture() -> None:
    source = (
        '[![A *b*](small.png "Cap")](big.png)\n\n[![C](c.png)](https://example.org){: .x }\n\n'
        "[![Go](go.png)](next.md)\n\nWords [![Go](go.png)](big.png)\n\n- [![D](d.png)](big.png)\n"
    )
    chapter = handbook_of({"page.md": source, "next.md": "# Next\n"}).chapters["page"]
    root = markup.parse(chapter)
    assert [(one.get("src"), one.findtext("figcaption")) for one in root.iter("figure")] == [
        ("small.png", "Cap"),
        ("c.png", None),
        ("d.png", None),
    ]
    assert [link.get("href") for link in root.iter("a")] == ["next", "big.png"]
    assert plain_words(chapter) == without_notes(markup.parse(chapter))
