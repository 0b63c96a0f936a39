"""Reads TOML that comes from outside: checks its limits before it is parsed, and finds the line of each key.

Belongs here: the limits (number of tokens, depth of nesting, length of names and numbers), the line of a key, the
messages for text that is not TOML. Not here: what the keys mean.

tomllib takes some microseconds for each value, stores every prefix of a dotted name, follows nested arrays by
recursion, and does not tell the lines of keys. So the text is first cut into tokens, once, in time proportional to its
length: a pattern either matches at a position without backtracking, or the text is refused there.

Reference: TOML 1.0.0, https://toml.io/en/v1.0.0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeGuard

from handbook.base.catalogue import N_, tr
from handbook.base.late_patterns import late_pattern
from handbook.base.thousands import Number

MOST_SIGNS = 150_000  # names, numbers, brackets and so on: some 30,000 keys, and a second at most for both passes
MOST_LETTERS = 3_000_000  # within quotes; tomllib takes a second for them
_MOST_ESCAPES = 200_000  # backslashes within quotes; each takes as long as ten letters
_DEEPEST = 20  # levels of arrays and tables in each other
_LONGEST_WORD = 300  # letters of a name or a number
_MOST_DOTS = 5  # in a name
_SHORT = 10_000  # letters of a text that is not cut into tokens unless a line is asked for

# One token of a TOML text. `++` and `*+` are possessive, so the pattern never backtracks.
_SIGN = late_pattern(
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
    """The text is not TOML; str() is the reason, without a full stop. line: counted from 1; 0 if unknown."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.line = line


class TooMuch(BadToml):
    """The text exceeds a limit; whether it is TOML was not checked."""


class Toml:
    """A parsed TOML text: its table, and the line of each key. Raises BadToml.

    text: with Unix line ends."""

    def __init__(self, text: str) -> None:
        import tomllib  # not for is_table() alone

        self._text = text
        self._found = None if _is_within_limits(text) else _Lines(text)
        try:
            self.table: dict[str, Any] = tomllib.loads(text)
        except (ValueError, RecursionError) as exc:
            if self._found is None:
                _Lines(text)  # which may know better what is wrong
            raise _told(exc) from exc

    def line(self, key: str, table: str = "", number: int = 0) -> int:
        """The line of a key, counted from 1. table, number: the key's table, or which of several [[table]], from 0.

        If the key is not there, the line of the table's head; 0 if there is no such table."""
        if self._found is None:
            self._found = _Lines(self._text)
        found = self._found.keys
        return found.get((table, number, key)) or found.get((table, number, "")) or 0


def _is_within_limits(text: str) -> bool:
    """Is a text so short and simple that it exceeds no limit, whatever its tokens are?

    The front matter of nearly every chapter is, and all of it is read when the program starts."""
    if len(text) > _SHORT or text.count("[") + text.count("{") > _DEEPEST:
        return False
    if any(len(word) > _LONGEST_WORD for word in text.split()):
        return False
    names = (line.partition("=")[0] for line in text.split("\n"))
    return all(len(name) <= _LONGEST_WORD and name.count(".") <= _MOST_DOTS for name in names)


# What tomllib says begins with one of these; what is said in its place, to people who never heard of TOML.
_SENTENCES = {
    "Expected '='": N_("there is no '=' between a name and what it is to be"),
    "Expected ']": N_("the name of a table does not end with ']'"),
    "Expected newline": N_("something follows where the line should end"),
    "Expected": N_("a text in quotes does not end"),
    "Unterminated string": N_("a text in quotes does not end"),
    "Unclosed array": N_("a list does not end with ']'"),
    "Unclosed inline table": N_("a table does not end with '}'"),
    "Invalid initial character": N_("there is no name in front of the '='"),
    "Invalid statement": N_("a line begins with what is no name"),
    "Invalid value": N_("what follows the '=' is no text in quotes, number, date, list, true or false"),
    "Invalid date": N_("there is no such date or time"),
    "Invalid hex": N_("a '\\' in a text is followed by no sign that it may stand for"),
    "Unescaped": N_("a '\\' in a text is followed by no sign that it may stand for"),
    "Escaped character": N_("a '\\' in a text is followed by no sign that it may stand for"),
    "Found invalid character": N_("there is a sign that may not stand there"),
    "Illegal character": N_("there is a sign that may not stand there"),
    "Cannot": N_("a name is given twice"),
    "Duplicate": N_("a name is given twice"),
}
_ANY = N_("something in it is not as TOML has it")


def _told(exc: Exception) -> BadToml:
    """An error of tomllib's as BadToml: our sentence for it, with the line that its message names."""
    what, _, place = str(exc).rpartition(" (at ")
    sentence = next((ours for begins, ours in _SENTENCES.items() if what.startswith(begins)), _ANY)
    line = place.removeprefix("line ").partition(",")[0]
    if line.isdecimal():
        return BadToml(tr(sentence), int(line))
    # Translators: {fault} is a clause such as "a list does not end with ']'"; "its" is the file's.
    return BadToml(tr("{fault}, at its end").format(fault=tr(sentence)) if place.startswith("end") else tr(sentence))


class _Lines:
    """Reads a text token by token and notes the line of each key, by (table, its number, key)."""

    def __init__(self, text: str) -> None:
        self.keys: dict[tuple[str, int, str], int] = {}
        self._table, self._number = "", 0
        self._counts: dict[str, int] = {}
        self._name: list[str] = []  # parts of the key or table head that is being read
        self._depth = self._dots = self._letters = self._escapes = 0
        self._in_key, self._in_head = True, False
        self._line, self._lines = 1, 1  # `_lines` leaves out line ends inside quoted text
        at = 0
        for count, found in enumerate(_SIGN.finditer(text)):
            if found.start() != at:
                break  # not a token of TOML
            at = found.end()
            if count > MOST_SIGNS:
                raise TooMuch(
                    tr("it has more than {most:,} names, numbers and brackets").format(most=Number(MOST_SIGNS)),
                    self._line,
                )
            self._take(found.lastgroup, found.group())
        if at < len(text):
            raise BadToml(tr("a text in quotes begins there and does not end"), self._line)

    def _take(self, kind: str | None, sign: str) -> None:
        if kind == "line":
            if not self._depth:
                self._name, self._dots = [], 0
                self._in_key, self._in_head = True, False
            self._line += sign.count("\n")
            self._lines += sign.count("\n")
            if self._lines > MOST_SIGNS:
                raise TooMuch(tr("it has more than {most:,} lines").format(most=Number(MOST_SIGNS)), self._line)
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
            raise TooMuch(
                tr("there is a name or a number of more than {longest} letters").format(longest=_LONGEST_WORD),
                self._line,
            )
        if self._in_key and not self._dots:
            self._name.append(name)

    def _take_text(self, text: str) -> None:
        self._letters += len(text)
        self._escapes += text.count("\\")
        if self._letters > MOST_LETTERS or self._escapes > _MOST_ESCAPES:
            raise TooMuch(tr("its texts have more than {most:,} letters").format(most=Number(MOST_LETTERS)), self._line)
        if self._in_key:
            self._take_name(text[1:-1])
        self._line += text.count("\n")

    def _open(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooMuch(
                tr("there are more than {deepest} arrays or tables in each other").format(deepest=_DEEPEST), self._line
            )

    def _take_in_key(self, mark: str) -> None:
        if mark == ".":
            self._dots += 1
            if self._dots > _MOST_DOTS:
                raise TooMuch(tr("there is a name of more than {most} parts").format(most=_MOST_DOTS + 1), self._line)
        elif mark == "[":
            self._in_head = True
        elif mark == "]" and self._in_head and self._name:
            self._begin_table("".join(self._name))
        elif mark == "=":
            self.keys.setdefault((self._table, self._number, "".join(self._name)), self._line)
            self._in_key = False

    def _begin_table(self, name: str) -> None:
        """Note a table head that has been read: [name] or [[name]]."""
        self._name = []  # so that the second closing bracket does nothing
        self._table, self._number = name, self._counts.get(name, 0)
        self._counts[name] = self._number + 1
        self.keys.setdefault(("", 0, name), self._line)
        self.keys[name, self._number, ""] = self._line
