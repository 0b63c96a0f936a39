"""TOML from outside: looked through before it is parsed, and where its keys stand.

Belongs here: what bounds a text in TOML (its parts, how deep they are nested, how long a name or a number is), the
line of a key, what is said of a text that is none. Not here: what its keys mean.

tomllib takes some microseconds for each value, keeps every dotted name in all its lengths, follows nested arrays by
recursion, and tells no lines. So the text is cut into its signs once, in time that grows with its length and no faster:
each pattern either matches at a place, without going back on what it took, or the text is refused there.

Reference: TOML 1.0.0, https://toml.io/en/v1.0.0."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeGuard

MOST_SIGNS = 150_000  # names, numbers, brackets and so on: some 30,000 keys, and a second at most for both passes
MOST_LETTERS = 3_000_000  # within quotes, for which tomllib takes a second
_MOST_ESCAPES = 200_000  # of those; each costs as much as ten letters
_DEEPEST = 20  # arrays and tables in each other
_LONGEST_WORD = 300  # letters of a name or a number
_MOST_DOTS = 5  # in a name

# One sign of a TOML text. `++` and `*+` keep what they took: nothing is looked at twice.
_SIGN = re.compile(
    r"(?P<blank>[ \t\r]++|#[^\n]*+)"
    r"|(?P<line>\n(?:[ \t\r]*+(?:#[^\n]*+)?\n)*+)"
    r"|(?P<word>[^\s\"'#\[\]{}=,.]++)"
    r"|(?P<mark>[\[\]{}=,.])"
    r'|(?P<text>"""(?:[^"\\]|\\.|"(?!""))*+"""["]{0,2}|' + r"'''(?:[^']|'(?!''))*+'''[']{0,2}"
    r'|"(?!"")(?:[^"\\\n]|\\[^\n])*+"' + r"|'(?!'')[^'\n]*+')",
    re.DOTALL,
)


def is_table(value: object, types: Mapping[str, type]) -> TypeGuard[dict[str, Any]]:
    """Is it a table with these keys and no others, each of its type?"""
    return isinstance(value, dict) and all(key in types and isinstance(value[key], types[key]) for key in value)


class BadToml(Exception):
    """A text that is no TOML; str() says why, without an end. line: from 1, 0 for none."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.line = line


class TooMuch(BadToml):
    """Whether it is TOML or not: more than is read."""


class Toml:
    """A text of TOML: its table, and the line of each key. Raises BadToml.

    Line ends are those of Unix."""

    def __init__(self, text: str) -> None:
        self._lines = _Lines(text)
        try:
            self.table: dict[str, Any] = tomllib.loads(text)
        except (ValueError, RecursionError) as exc:
            raise _told(exc) from exc

    def line(self, key: str, table: str = "", number: int = 0) -> int:
        """The line of a key, from 1, in the table of a name, or in the n-th of its [[name]], counted from 0.

        Without the key there, that of the table's head; 0 where there is none either."""
        found = self._lines.keys
        return found.get((table, number, key)) or found.get((table, number, "")) or 0


def _told(exc: Exception) -> BadToml:
    """What tomllib says, and the line it says it of."""
    what, _, place = str(exc).rpartition(" (at ")
    line = place.removeprefix("line ").partition(",")[0]
    if line.isdecimal():
        return BadToml(what, int(line))
    return BadToml(f"{what} at its end" if place.startswith("end") else str(exc))


class _Lines:
    """Goes through a text once and notes where its keys stand: (table, its number, key) to line."""

    def __init__(self, text: str) -> None:
        self.keys: dict[tuple[str, int, str], int] = {}
        self._table, self._number = "", 0
        self._counts: dict[str, int] = {}
        self._name: list[str] = []  # of the key or the head that is being read
        self._depth = self._dots = self._letters = self._escapes = 0
        self._in_key, self._in_head = True, False
        self._line, self._lines = 1, 1  # the second without those within texts
        at = 0
        for count, found in enumerate(_SIGN.finditer(text)):
            if found.start() != at:
                break  # something there is no sign
            at = found.end()
            if count > MOST_SIGNS:
                raise TooMuch(f"it has more than {MOST_SIGNS:,} names, numbers and brackets", self._line)
            self._take(found.lastgroup, found.group())
        if at < len(text):
            raise BadToml("a text in quotes begins there and does not end", self._line)

    def _take(self, kind: str | None, sign: str) -> None:
        if kind == "line":
            if not self._depth:
                self._name, self._dots = [], 0
                self._in_key, self._in_head = True, False
            self._line += sign.count("\n")
            self._lines += sign.count("\n")
            if self._lines > MOST_SIGNS:
                raise TooMuch(f"it has more than {MOST_SIGNS:,} lines", self._line)
        elif kind == "mark":
            if self._in_key:
                self._take_in_key(sign)
            elif sign in "[{":
                self._open()
            elif sign in "]}":
                self._depth = max(0, self._depth - 1)
        elif kind == "word":
            self._take_name(sign)
        elif kind == "text":
            self._take_text(sign)

    def _take_name(self, name: str) -> None:
        if len(name) > _LONGEST_WORD:
            raise TooMuch(f"there is a name or a number of more than {_LONGEST_WORD} letters", self._line)
        if self._in_key and not self._dots:
            self._name.append(name)

    def _take_text(self, text: str) -> None:
        self._letters += len(text)
        self._escapes += text.count("\\")
        if self._letters > MOST_LETTERS or self._escapes > _MOST_ESCAPES:
            raise TooMuch(f"its texts have more than {MOST_LETTERS:,} letters", self._line)
        if self._in_key:
            self._take_name(text[1:-1])
        self._line += text.count("\n")

    def _open(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooMuch(f"there are more than {_DEEPEST} arrays or tables in each other", self._line)

    def _take_in_key(self, mark: str) -> None:
        if mark == ".":
            self._dots += 1
            if self._dots > _MOST_DOTS:
                raise TooMuch(f"there is a name of more than {_MOST_DOTS + 1} parts", self._line)
        elif mark == "[":
            self._in_head = True
        elif mark == "]" and self._in_head and self._name:
            self._begin_table("".join(self._name))
        elif mark == "=":
            self.keys.setdefault((self._table, self._number, "".join(self._name)), self._line)
            self._in_key = False

    def _begin_table(self, name: str) -> None:
        """A head has been read: [name] or [[name]]."""
        self._name = []  # so that a second bracket finds nothing to do
        self._table, self._number = name, self._counts.get(name, 0)
        self._counts[name] = self._number + 1
        self.keys.setdefault(("", 0, name), self._line)
        self.keys[name, self._number, ""] = self._line
