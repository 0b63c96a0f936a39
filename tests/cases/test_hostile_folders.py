"""Folders of Markdown put together by chance from everything that Markdown can be made to do harm with.

Each goes the whole way: it is read, indexed, searched, printed and checked. Whatever is in it, nothing fails, and the
chapter without harm is found and printed."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.check import check
from handbook.content import markup
from handbook.content.html import to_html
from handbook.handout.selection import Handout
from handbook.printing.typeset import to_pdf
from handbook.search.index import Index
from tests.helpers import PROCESSOR, examples, handbook_of
from tests.markdown import BLOCK
from tests.printed import Pdf

_SIGNS = st.sampled_from(
    ["[", "]", "![", "](", "[^", "*", "**", "_", "`", "``", "<", "<a ", "</", "<!--", "-->", "{", "{: #", "}", "|",
     "\\", "&#", "&", ";", "~~~", "```", "#", ">", "- ", "1. ", ":   ", "!!! note", '!!! card ""', '!!! lines "9"',
     "---", "===", "\t", "    ", "\n", "\n\n", "\r", "\0", "\u2028", "\u202e", "\ufeff", "\u0301", "\U0001f469\u200d",
     "\ue000", "\x02wzxhzdk:0\x03", "\x02amp\x03", "x", "слово", "9" * 30, "<a id='x'></a>", "[x]: y", "[^n]: z",
     "[^n]", "+++", "title: *x", "$", "#import", "@preview", '"']
)  # fmt: skip
_NOISE = st.lists(_SIGNS, min_size=1, max_size=60).map("".join)
_AGAIN = st.builds(
    lambda piece, number: piece * number, st.lists(_SIGNS, min_size=1, max_size=4).map("".join), st.integers(2, 700)
)
_DEEP = st.builds(
    lambda prefixes, number, words: "\n".join("".join((prefixes * number)[:depth]) + words for depth in range(number)),
    st.lists(st.sampled_from(["> ", "    ", "- ", "1. ", ":   "]), min_size=1, max_size=3),
    st.integers(2, 60),
    st.sampled_from(["x", "- x", "!!! note", "# x", "| a | b |", "[^n]"]),
)
_TABLE = st.builds(
    lambda columns, rows, cell: "\n".join(
        (f"|{'a|' * columns}", f"|{'---|' * columns}", *([f"|{cell}|" * columns] * rows))
    ),
    st.integers(1, 80),
    st.integers(0, 60),
    st.sampled_from(["", "x", "[^n]", "☐", "a" * 200, "*b*", "`|`", "<br>", "<a id='c'></a>"]),
)
_PIECE = st.one_of(_NOISE, _AGAIN, _DEEP, _TABLE, BLOCK)
_TEXT = st.lists(_PIECE, min_size=1, max_size=5).map("\n\n".join)
_FRONT = st.sampled_from(
    [
        "",
        "",
        "",
        "+++\n",
        "+++\nkind = 9\n+++\n",
        "---\ntitle: x\n---\n",
        "---\nx: &a [*a]\ntitle: *a\n---\n",
        "---\n",
        "\ufeff# T\n\n",
    ]
)
_NAME = st.sampled_from(
    [
        "one.md",
        "a/index.md",
        "b/index.md",
        "a/b/c/README.md",
        "list of rooms.md",
        "зал.md",
        "100%.md",
        "x#y.md",
        "a:b.md",
        "UP.markdown",
    ]
)
_FOLDER = st.dictionaries(_NAME, st.builds("{}{}\n".format, _FRONT, _TEXT), min_size=1, max_size=3)


@given(_FOLDER)
@settings(max_examples=examples(14), suppress_health_check=list(HealthCheck))
def test_a_hostile_folder_goes_the_whole_way(files: dict[str, str]) -> None:
    before = sum(os.times()[:4])
    texts: dict[str, str | bytes] = {name: text.encode("utf-8", "surrogatepass") for name, text in files.items()}
    book = handbook_of({**texts, "harmless.md": "# Harmless\n\nNothing but quiet words, and [a link](one.md#x).\n"})
    for chapter in book.chapters.values():
        assert to_html(markup.parse(chapter), title=chapter.title)  # an empty file has its title alone
        assert chapter.title
    check(book)
    hits = Index.in_memory(book).search("quiet words").hits
    assert "harmless" in {hit.address for hit in hits}
    body = Pdf(to_pdf(book, Handout(tuple(book.chapters)))).body
    assert "Nothing but quiet words" in " ".join(body.split())
    assert sum(os.times()[:4]) - before < PROCESSOR


@pytest.mark.parametrize(
    "name", ["brackets", "footnotes in each other", "table in a cell", "surrogates", "one line", "only signs"]
)
def test_a_chapter_of_a_kind_stops_no_other(name: str) -> None:
    text = {
        "brackets": "[" * 300 + "x" + "](y)" * 300,
        "footnotes in each other": "a[^0]\n\n" + "".join(f"[^{n}]: x[^{n + 1}]\n" for n in range(300)),
        "table in a cell": "| a | b |\n|---|---|\n| " + "*_" * 200 + "x" + "_*" * 200 + " | y |",
        "surrogates": "a \ud83d b \udc69 c",
        "one line": "# " + "word " * 5000,
        "only signs": "#" * 6 + " " + "*" * 390,
    }[name]
    data = {"one.md": f"# One\n\n{text}\n".encode("utf-8", "surrogatepass"), "two.md": b"# Two\n\nOther.\n"}
    book = handbook_of(data)
    check(book)
    assert Index.in_memory(book).search("other").hits
    assert "Other." in Pdf(to_pdf(book, Handout(("one", "two")))).body


def test_footnotes_too_deep_in_others_are_named() -> None:
    book = handbook_of(
        {"one.md": "# One\n\na[^0]\n\n" + "".join(f"[^{n}]: x[^{n + 1}]\n" for n in range(20)) + "[^20]: y\n"}
    )
    (fault,) = check(book)
    assert "footnote '8' lies more than 8 deep in others" in fault.message
    assert "[8]" in Pdf(to_pdf(book, Handout(("one",)))).text(0, 0, 0)


@pytest.mark.parametrize(
    "text",
    ["☐ " * 2000, "- ☐ one\n" * 500, "|" + " a |" * 9 + "\n|" + "---|" * 9 + "\n|" + f" {'Verantwortung ' * 600}|" * 9],
    ids=["boxes to tick", "items to tick", "long words in a table"],
)
def test_many_of_what_paper_sets_in_another_way_are_printed(text: str) -> None:
    book = handbook_of({"one.md": f"# One\n\nBefore.\n\n{text}\n"})
    assert "Before." in Pdf(to_pdf(book, Handout(("one",)))).body
