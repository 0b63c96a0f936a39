"""TOML from outside: bounded before it is parsed, and the lines of its keys."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base.toml_text import _SENTENCES, MOST_LETTERS, MOST_SIGNS, BadToml, Toml, TooMuch
from tests.helpers import PROCESSOR

EVERYTHING = '''# A comment with [brackets] and "quotes
one = 1
"two words" = "a # b = [c]"  # and "more"
'three' = 'C:\\path'
dotted.name = 1.5
four = """
[[items]]
five = "no key" \\""" and ""two"" quotes"""
five = \'\'\'
it's = 'here\'\'\'\'
six = [
    1, # one
    { seven = 2, eight = [3, 4] },
]
nine = {ten = 1}
[table]
one = 2
eleven = 1979-05-27T07:32:00Z

[[items]]
one = 3
[[items]]
[[items]]
two = 4
[ "quoted head" ]
x = -inf
[deep.er]
y = """"five quotes"""""
'''


def test_keys_have_their_lines() -> None:
    toml = Toml(EVERYTHING)
    assert toml.table == tomllib.loads(EVERYTHING)
    assert [toml.line(key) for key in ("one", "two words", "three", "dotted", "four", "five", "six", "nine")] == [
        *(2, 3, 4, 5, 6, 9, 11, 15)
    ]
    assert [toml.line(key) for key in ("table", "items", "quoted head", "deep", "none")] == [16, 20, 25, 27, 0]
    assert [toml.line(key, "table") for key in ("one", "eleven", "none", "")] == [17, 18, 16, 16]
    assert [toml.line("one", "items"), toml.line("two", "items", 1), toml.line("two", "items", 2)] == [21, 22, 24]
    assert toml.line("x", "quoted head") == 26
    assert toml.line("y", "nowhere") == 0


MEGABYTES = 8 * 1024 * 1024
Made = Callable[[], str]  # many megabytes, made for the one test that reads them
TOO_MUCH: dict[str, Made] = {
    "digits": lambda: "a = " + "9" * 5000,
    "hexadecimal": lambda: "a = 0x" + "f" * 5000,
    "a long name": lambda: "a" * 301 + " = 1",
    "a long name in quotes": lambda: f'"{"a" * 301}" = 1',
    "nested arrays": lambda: "a = " + "[" * 300 + "]" * 300,
    "nested tables": lambda: "a = " + "{b = " * 300 + "1" + "}" * 300,
    "dotted names": lambda: ".".join("a" * 50_000) + " = 1",
    "dotted heads": lambda: "[" + ".".join("a" * 50_000) + "]",
    "dotted keys": lambda: "\n".join(f"a.b{n} = 1" for n in range(50_000)),
    "keys": lambda: "\n".join(f"k{n} = 1" for n in range(500_000)),
    "heads": lambda: "[[a]]\n" * 500_000,
    "numbers": lambda: "a = [" + "1," * (MEGABYTES // 2) + "]",
    "opening": lambda: "[" * MEGABYTES,
    "closing": lambda: "]" * MEGABYTES,
    "points": lambda: "a = " + "." * MEGABYTES,
    "quotes": lambda: '"' * MEGABYTES,
    "apostrophes": lambda: "'" * MEGABYTES,
    "lines": lambda: "\n" * MEGABYTES,
    "comments": lambda: "#\n" * (MEGABYTES // 2),
    "letters": lambda: f'a = "{"x" * MEGABYTES}"',
    "escapes": lambda: 'a = "' + "\\n" * (MEGABYTES // 2) + '"',
}
NO_TOML: dict[str, Made] = {
    "never closed": lambda: 'a = """' + '\\"""\n' * (MEGABYTES // 6),
    "never closed in a line": lambda: 'a = "' + '\\"' * (MEGABYTES // 2),
    "a pair too many": lambda: '""' + '"a' * (MEGABYTES // 2),
    "returns": lambda: "\r" * MEGABYTES,
    "one letter": lambda: "x" * 200,
}


@pytest.mark.parametrize("made", TOO_MUCH.values(), ids=TOO_MUCH)
def test_more_than_is_read_is_refused_soon(made: Made) -> None:
    text = made()
    before = time.process_time()
    with pytest.raises(TooMuch) as caught:
        Toml(text)
    assert caught.value.line >= 1
    assert time.process_time() - before < PROCESSOR / 10


@pytest.mark.parametrize("made", NO_TOML.values(), ids=NO_TOML)
def test_what_is_no_toml_is_refused_soon(made: Made) -> None:
    text = made()
    before = time.process_time()
    with pytest.raises(BadToml):
        Toml(text)
    assert time.process_time() - before < PROCESSOR / 10


AS_MUCH_AS_GOES: dict[str, Made] = {
    "letters": lambda: f'a = """{"word " * (MOST_LETTERS // 5 - 10)}"""',
    "quotes": lambda: f'a = """{"x" + chr(34)}{("x" + chr(34)) * (MOST_LETTERS // 2 - 100)} """',
    "keys": lambda: "\n".join(f"k{n} = 1" for n in range(MOST_SIGNS // 6)),
    "items": lambda: "[[items]]\na = 1\n" * (MOST_SIGNS // 12),
    "heads": lambda: "\n".join(f"[a.b.c.d.e.f{n}]" for n in range(MOST_SIGNS // 15)),
    "blanks": lambda: " " * MEGABYTES,
    "a comment": lambda: "#" * MEGABYTES,
}


@pytest.mark.parametrize("made", AS_MUCH_AS_GOES.values(), ids=AS_MUCH_AS_GOES)
def test_what_is_read_is_read_soon(made: Made) -> None:
    text = made()
    before = time.process_time()
    Toml(text)
    assert time.process_time() - before < PROCESSOR / 5


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("a = ", "what follows the '=' is no text in quotes, number, date, list, true or false, at its end", 0),
        ("a = 1\nb = = 2\n", "what follows the '='", 2),
        ("a = 1\na = 2\n", "a name is given twice", 2),
        ("a = {b = 1, b = 2}", "a name is given twice", 1),
        ("[a]\n[a]\n", "a name is given twice", 2),
        ("a = 1\nb\n", "there is no '=' between a name and what it is to be", 2),
        ("a = 1 2\n", "something follows where the line should end", 1),
        ("[a\n", "the name of a table does not end with ']'", 1),
        ("[[a]\n", "the name of a table does not end with ']'", 1),
        ("= 1\n", "a line begins with what is no name", 1),
        ("a. = 1\n", "there is no name in front of the '='", 1),
        ("a = [1 2]\n", "a list does not end with ']'", 1),
        ("a = {b = 1 c = 2}\n", "a table does not end with '}'", 1),
        ('a = "\\q"\n', "a '\\' in a text is followed by no sign", 1),
        ('a = "\\uZZZZ"\n', "a '\\' in a text is followed by no sign", 1),
        ("a = '\x07'\n", "there is a sign that may not stand there", 1),
        ("a = 1\nb = 'x\n", "a text in quotes begins there and does not end", 2),
        ('a = "\n"', "a text in quotes begins there and does not end", 1),
        ("a = 2026-02-30", "there is no such date or time", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, what: str, line: int) -> None:
    with pytest.raises(BadToml) as caught:
        Toml(text)
    assert str(caught.value).startswith(what)
    assert caught.value.line == line
    assert not isinstance(caught.value, TooMuch)


def test_no_sentence_of_tomllib_is_left_as_it_is() -> None:
    """Each of those that the library's own source can say has a sentence of ours."""
    source = Path(tomllib._parser.__file__).read_text("utf-8")  # type: ignore[attr-defined]
    said = re.findall(r'suffixed_err\(\s*src,\s*\w+,\s*f?"([^"]+)', source)
    assert len(said) > 15
    assert [one for one in said if not any(one.startswith(begins) for begins in _SENTENCES)] == []


@given(st.text(st.sampled_from("ab.=[]{},'\"\\\n #1-"), max_size=60))
def test_what_tomllib_takes_is_taken_and_nothing_else(text: str) -> None:
    try:
        wanted = tomllib.loads(text)
    except ValueError:
        with pytest.raises(BadToml):
            Toml(text)
        return
    assert Toml(text).table == wanted
