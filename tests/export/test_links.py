"""Which links out of the handbook stay links in an export, and that those are valid."""

from __future__ import annotations

import pytest

from handbook.export.links import live


@pytest.mark.parametrize(
    ("written", "valid"),
    [
        ("https://example.org/a?b=1&c=%41#d", "https://example.org/a?b=1&c=%41#d"),
        ("https://example.org/#/#room:example.org", "https://example.org/#/%23room:example.org"),
        ("https://example.org/##", "https://example.org/#%23"),
        ("https://example.org/a|b[c]?{d}^`\\\\%zz", "https://example.org/a%7Cb%5Bc%5D?%7Bd%7D%5E%60%5C%5C%25zz"),
        ("http://me:word@example.org:8080", "http://me:word@example.org:8080"),
        ("mailto:a@example.org?subject=A|B", "mailto:a@example.org?subject=A%7CB"),
    ],
)
def test_an_address_is_written_as_it_is_valid(written: str, valid: str) -> None:
    assert live(written) == valid
    assert live(valid) == valid


@pytest.mark.parametrize(
    "written",
    [
        "javascript:x",
        "file:///x",
        "mailto:",
        "https://",
        "https:///x",
        "https://.../x",
        "https://{{host}}/x",
        "http://localhost:PORT/",
        "https://example.org/a b",
        "https://example.org/\u0430",
        "https://example.org/\n",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_of_any_other_the_words_are_left(written: str) -> None:
    assert live(written) == ""
