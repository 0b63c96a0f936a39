"""Letters written as numbers and names, also such as there are not."""

from __future__ import annotations

import pytest

from handbook.content import markup
from handbook.content.entities import unescaped
from handbook.content.plain_text import plain_line


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("&amp; &#65; &#x41; &eacute;", "& A A é"),
        ("&zzz; & &", "&zzz; & &"),
        ("&#99999999;", "\ufffd"),
        (f"a &#{'9' * 5000}; b", "a \ufffd b"),
        (f"a &#x{'f' * 5000}; b", "a \ufffd b"),
        (f"a &#{'9' * 5000} b", "a \ufffd b"),
    ],
)
def test_they_become_what_they_stand_for(text: str, letters: str) -> None:
    assert unescaped(text) == letters


@pytest.mark.parametrize("text", [f"Before &#{'9' * 5000}; after", f"Before &#x{'9' * 5000}; after"])
def test_a_number_of_thousands_of_digits_stops_no_chapter(text: str) -> None:
    root = markup.from_markdown(text)
    assert root.get(markup.PLAIN) is None
    assert markup.words_of(root).startswith("Before ")
    assert plain_line(text).startswith("Before ")
