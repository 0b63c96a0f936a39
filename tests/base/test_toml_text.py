"""TOML from outside: bounded before it is parsed, and the lines of its keys."""

from __future__ import annotations

import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base.toml_text import MOST_LETTERS, MOST_SIGNS, BadToml, Toml, TooMuch
from tests.helpers import PATIENCE

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
TOO_MUCH = {
    "digits": "a = " + "9" * 5000,
    "hexadecimal": "a = 0x" + "f" * 5000,
    "a long name": "a" * 301 + " = 1",
    "a long name in quotes": f'"{"a" * 301}" = 1',
    "nested arrays": "a = " + "[" * 300 + "]" * 300,
    "nested tables": "a = " + "{b = " * 300 + "1" + "}" * 300,
    "dotted names": ".".join("a" * 50_000) + " = 1",
    "dotted heads": "[" + ".".join("a" * 50_000) + "]",
    "dotted keys": "\n".join(f"a.b{n} = 1" for n in range(50_000)),
    "keys": "\n".join(f"k{n} = 1" for n in range(500_000)),
    "heads": "[[a]]\n" * 500_000,
    "numbers": "a = [" + "1," * (MEGABYTES // 2) + "]",
    "opening": "[" * MEGABYTES,
    "closing": "]" * MEGABYTES,
    "points": "a = " + "." * MEGABYTES,
    "quotes": '"' * MEGABYTES,
    "apostrophes": "'" * MEGABYTES,
    "lines": "\n" * MEGABYTES,
    "comments": "#\n" * (MEGABYTES // 2),
    "letters": f'a = "{"x" * MEGABYTES}"',
    "escapes": 'a = "' + "\\n" * (MEGABYTES // 2) + '"',
}
NO_TOML = {
    "never closed": 'a = """' + '\\"""\n' * (MEGABYTES // 6),
    "never closed in a line": 'a = "' + '\\"' * (MEGABYTES // 2),
    "a pair too many": '""' + '"a' * (MEGABYTES // 2),
    "returns": "\r" * MEGABYTES,
    "one letter": "x" * 200,
}


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_more_than_is_read_is_refused_soon(text: str) -> None:
    before = time.process_time()
    with pytest.raises(TooMuch) as caught:
        Toml(text)
    assert caught.value.line >= 1
    assert time.process_time() - before < PATIENCE / 10


@pytest.mark.parametrize("text", NO_TOML.values(), ids=NO_TOML)
def test_what_is_no_toml_is_refused_soon(text: str) -> None:
    before = time.process_time()
    with pytest.raises(BadToml):
        Toml(text)
    assert time.process_time() - before < PATIENCE / 10


AS_MUCH_AS_GOES = {
    "letters": f'a = """{"word " * (MOST_LETTERS // 5 - 10)}"""',
    "quotes": f'a = """{"x" + chr(34)}{("x" + chr(34)) * (MOST_LETTERS // 2 - 100)} """',
    "keys": "\n".join(f"k{n} = 1" for n in range(MOST_SIGNS // 6)),
    "items": "[[items]]\na = 1\n" * (MOST_SIGNS // 12),
    "heads": "\n".join(f"[a.b.c.d.e.f{n}]" for n in range(MOST_SIGNS // 15)),
    "blanks": " " * MEGABYTES,
    "a comment": "#" * MEGABYTES,
}


@pytest.mark.parametrize("text", AS_MUCH_AS_GOES.values(), ids=AS_MUCH_AS_GOES)
def test_what_is_read_is_read_soon(text: str) -> None:
    before = time.process_time()
    Toml(text)
    assert time.process_time() - before < PATIENCE / 5


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("a = ", "Invalid value at its end", 0),
        ("a = 1\nb = = 2\n", "Invalid value", 2),
        ("a = 1\na = 2\n", "Cannot overwrite a value", 2),
        ("a = 1\nb = 'x\n", "a text in quotes begins there and does not end", 2),
        ('a = "\n"', "a text in quotes begins there and does not end", 1),
        ("a = 2026-02-30", "Invalid", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, what: str, line: int) -> None:
    with pytest.raises(BadToml) as caught:
        Toml(text)
    assert str(caught.value).startswith(what)
    assert caught.value.line == line
    assert not isinstance(caught.value, TooMuch)


@given(st.text(st.sampled_from("ab.=[]{},'\"\\\n #1-"), max_size=60))
def test_what_tomllib_takes_is_taken_and_nothing_else(text: str) -> None:
    try:
        wanted = tomllib.loads(text)
    except ValueError:
        with pytest.raises(BadToml):
            Toml(text)
        return
    assert Toml(text).table == wanted
