"""Where links lead: by the path of a file, as on GitHub and in MkDocs, and to each anchor that others make."""

from __future__ import annotations

import pytest
from markdown.extensions.toc import slugify, unique

from handbook.content import markup
from handbook.content.address import Address
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.links import others_anchors
from handbook.handout.selection import Handout
from handbook.printing.typeset import to_pdf
from tests.helpers import chapter_of, handbook_of
from tests.printed import Pdf

FILES = {
    "start.md": "# Start\n",
    "README.md": "# Welcome\n",
    "list of rooms.md": "# Rooms\n\n## Upstairs\n",
    "зал.md": "# Зал\n\n## Велика кімната\n",
    "annex/index.md": "# Annex\n",
    "annex/rooms.md": "# More rooms\n",
    "garden/README.md": "# Garden\n",
    "garden/rooms.md": "# Beds\n",
    "garden/only here.md": "# Here\n",
    "100%25.md": "# Odd\n",
    "Shed.md": "# Shed\n",
    "a/Twin.md": "# Twin\n",
    "a/twin.md": "# The other\n",
}


@pytest.fixture(scope="module")
def book() -> Handbook:
    return handbook_of(FILES)


def leads(book: Handbook, file: str, target: str) -> str:
    """The file and the section that a link in a file leads to, "" for none."""
    chapter = next(one for one in book.chapters.values() if one.file == file)
    section = book.find(chapter.resolve(target))
    if section is None:
        return ""
    return book.chapters[section.address.chapter].file + (
        f"#{section.address.anchor}" if section.address.anchor else ""
    )


@pytest.mark.parametrize(
    ("file", "target", "to"),
    [
        ("start.md", "", "start.md"),
        ("start.md", "list%20of%20rooms.md", "list of rooms.md"),
        ("start.md", "list of rooms.md", "list of rooms.md"),
        ("start.md", "./list%20of%20rooms.md#upstairs", "list of rooms.md#upstairs"),
        ("start.md", "%D0%B7%D0%B0%D0%BB.md", "зал.md"),
        ("start.md", "зал.md#%D0%B2%D0%B5%D0%BB%D0%B8%D0%BA%D0%B0-кімната", "зал.md#велика-кімната"),
        ("start.md", "annex/", "annex/index.md"),
        ("start.md", "annex", "annex/index.md"),
        ("start.md", "annex/index.html", "annex/index.md"),
        ("start.md", "annex/rooms.html", "annex/rooms.md"),
        ("start.md", "annex/rooms/", "annex/rooms.md"),
        ("start.md", "annex/rooms/index.html", "annex/rooms.md"),
        ("start.md", "annex/rooms.md?plain=1#x", ""),
        ("start.md", "annex/rooms.md?plain=1", "annex/rooms.md"),
        ("start.md", "garden/", "garden/README.md"),
        ("start.md", "/garden/rooms.md", "garden/rooms.md"),
        ("start.md", ".", "README.md"),
        ("start.md", "shed.md", "Shed.md"),
        ("start.md", "a/Twin.md", "a/Twin.md"),
        ("start.md", "a/twin.md", "a/twin.md"),
        ("start.md", "a/TWIN.md", ""),
        ("start.md", "100%2525.md", "100%25.md"),
        ("start.md", "100%25.md", "100%25.md"),
        ("annex/index.md", "rooms.md", "annex/rooms.md"),
        ("annex/index.md", "rooms", "annex/rooms.md"),
        ("annex/index.md", "../garden/rooms.md", "garden/rooms.md"),
        ("annex/index.md", "..", "README.md"),
        ("annex/index.md", "../../start.md", ""),
        ("annex/index.md", "start.md", ""),
        ("annex/index.md", "start", "start.md"),  # the id of a chapter
        ("annex/index.md", "../start.md#nowhere", ""),
        ("start.md", "only%20here.md", ""),
        ("start.md", "annex-rooms", "annex/rooms.md"),
        ("start.md", "rooms.md", ""),
        ("start.md", "rooms", ""),
        ("start.md", "hall.pdf", ""),
        ("start.md", "x" * 10_000 + ".md", ""),
        ("start.md", "%ff%zz.md", ""),
    ],
)  # fmt: skip
def test_a_link_goes_by_its_path(book: Handbook, file: str, target: str, to: str) -> None:
    assert leads(book, file, target) == to


TITLES = [
    "Start",
    "What's new?",
    "Set-up & go",
    "Set-up & go",
    "C++ (a_b)",
    "Вправа 1",
    "2. Do: this",
    "Día  two",
    "",
    "x 1",
]


def test_anchors_of_python_markdown_are_as_it_makes_them() -> None:
    taken: set[str] = set()
    theirs = [unique(slugify(title, "-"), taken) for title in TITLES]
    assert [name for _, name in others_anchors(TITLES)][len(TITLES) : 2 * len(TITLES)] == theirs


@pytest.mark.parametrize(
    ("anchor", "ours"),
    [
        ("set-up--go", "set-up--go"),
        ("set-up--go-1", "set-up--go-1"),
        ("set-up-go_1", "set-up--go-1"),
        ("set-up-go-2", "set-up--go-1"),
        ("whats-new", "whats-new"),
        ("c-a_b", "c-a_b"),
        ("вправа-1--для-всіх", "вправа-1--для-всіх"),
        ("вправа-1-для-всіх", "вправа-1--для-всіх"),
        ("1-_1", ""),
        ("Own", ""),
        ("own", "own"),
        ("start", "page"),
        ("place", "c-a_b"),
        ("below", "below-the-place"),
        ("in-title", "in"),
    ],
)
def test_each_anchor_of_others_leads_to_its_section(anchor: str, ours: str) -> None:
    source = (
        "# Start\n\n## What's new?\n\n## Set-up & go\n\n## Set-up & go\n\n## C++ (a_b)\n\n<a id='place'></a>It.\n\n"
        '## Вправа 1 – для всіх\n\n## Own {#own}\n\n<a name="below"></a>\n\n## Below the place\n\n'
        '## <a id="in-title"></a>In\n'
    )
    book = handbook_of({"page.md": source})
    section = book.find(Address("page", anchor))
    assert (section.address.anchor or "page" if section else "") == ours
    if section is not None and anchor not in book.chapters["page"].anchors:
        assert book.current(Address("page", anchor)) == section.address


def test_places_in_html_are_no_words_and_stand_where_they_lead() -> None:
    chapter = chapter_of(
        '# T\n\n<a id="x"></a>\n\n## Title\n\nSome <a name="y">words</a>, `<a id="z">`, <a href="u">go</a>.\n'
    )
    root = markup.parse(chapter)
    assert markup.words_of(root) == 'T Title Some words, <a id="z">, go.'
    heading = root.find("h2")
    assert heading is not None
    assert heading.find("span[@id='x']") is not None
    assert {name: section.title for name, section in chapter.anchors.items()} == {
        "": "T", "title": "Title", "x": "Title", "y": "Title",
    }  # fmt: skip


def test_links_to_places_in_html_are_printed_with_their_page() -> None:
    book = handbook_of(
        {
            "a.md": "# A\n\nSee [this](b.md#x), [that](b.md#y), [the cell](b.md#z) and [more](b.md#set-up--go).\n",
            "b.md": '# B\n\n<a id="x"></a>\n\n## Set-up & go\n\nSome <a id="y">words</a>.\n\n'
            '| <a id="h"></a>a | b |\n|---|---|\n| <a id="z"></a>c | d |\n\n[h](#h)\n\n## Three\n\n## Four\n',
        }
    )
    body = " ".join(Pdf(to_pdf(book, Handout(("a", "b")))).body.split())
    assert "See this (below), that (below), the cell (below) and more (below)." in body


def test_a_page_of_ones_own_links_by_ids() -> None:
    chapter = Chapter("own page 1", "", "", "", chapter_of("x").front, "", ("x",), 0)
    assert [str(chapter.resolve(target)) for target in ("rooms", "rooms.md#x", "#x")] == [
        "rooms",
        "rooms#x",
        "own page 1#x",
    ]
