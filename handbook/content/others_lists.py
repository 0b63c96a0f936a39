"""Lists, tables and breaks by the rules of CommonMark (GitHub, mdBook), rewritten for Python-Markdown.

Belongs here: where a list may begin and how far what is in it is indented. Not here: call-outs and the like
(others_forms.py).

CommonMark takes what stands below the first letter of an item as the item's own: two blanks below `- `. To
Python-Markdown it is four, whatever the sign. A list, and a table, may follow a paragraph without an empty line there.
A folder with a handbook.toml or a mkdocs.yml was written for Python-Markdown, and is not changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handbook.content.headings import ATX, fenced_lines, without_code
from handbook.content.others_html import HtmlBlocks

_ITEM = re.compile(r"([-*+]|(\d{1,9})\.)([ ]{1,4}(?=\S)|[ ](?=[ ]{4})|$)")
_RULE = re.compile(r"([-*_])[ ]*+(?:\1[ ]*+){2,}$")
_BOX = re.compile(r"!!![ ]?[\w-]")
_TABLE_RULE = re.compile(r"[ ]{0,3}\|?[ ]*+:?-+:?[ ]*+(?:\|[ ]*+:?-+:?[ ]*+)*+\|?[ ]*+$")
_MEANING = re.compile(r"[ ]{0,3}:[ ]{1,3}\S")
_BREAK = re.compile(r"(?<!\\)\\$")
_EMPTY = "&nbsp;"  # what an item without words holds, as Python-Markdown knows none
# What CommonMark lets a stroke stand before, and Python-Markdown does not; a text shows the stroke there.
_ESCAPED = re.compile(r"\\\\|\\([\"$%&',/:;<=?@^~])")
_DEFINES = re.compile(
    r"([ ]{0,3}\[)([^\[\]^\n][^\[\]\n]{0,500})\]:[ \t]*+(?:(<[^<>\n]{0,2000}>|[^\s<]\S{0,2000}+)[ \t]*+(.*))?$"
)
_LINK_TITLE = re.compile(r"[ \t]*+(?:\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}'|\([^()\n]{0,1000}\))[ \t]*+$")
_NO_PARAGRAPH = ("#", ">", "|", "<", "```", "~~~", "!!!", "[^", ":   ")


def as_commonmark(lines: Sequence[str]) -> list[str]:
    """The lines as CommonMark reads them. Some get an empty line above them."""
    lines = list(lines)
    fenced = fenced_lines(lines)
    _join_definitions(lines, fenced)
    return _Reader(lines, fenced).lines()


def _join_definitions(lines: list[str], fenced: Sequence[bool]) -> None:
    """Write what a reference stands for on one line and without blanks, as Python-Markdown reads it.

    In its name blanks count once, its address and title may stand on lines of their own."""
    for number, line in enumerate(lines):
        defines = _DEFINES.match(line) if "]:" in line and not fenced[number] else None
        if defines is None:
            continue
        indent, name, target, title = defines.groups()
        if target is None:
            below = lines[number + 1].strip() if number + 1 < len(lines) else ""
            defines = _DEFINES.match(f"[x]: {below}") if below[:1] not in ("", "[") else None
            if defines is None or defines.group(3) is None:
                continue
            target, title = defines.group(3), defines.group(4)
            lines[number + 1] = ""
        elif not title and number + 1 < len(lines) and _LINK_TITLE.match(lines[number + 1]):
            title, lines[number + 1] = lines[number + 1].strip(), ""
        if target == "<>" or (title and not _LINK_TITLE.match(title)):
            continue
        target = target[1:-1].replace(" ", "%20") if target[0] == "<" else target
        lines[number] = f"{indent}{' '.join(name.split())}]: {target}{' ' * bool(title)}{title or ''}".rstrip()


class _Items:
    """The items of lists that a line stands in, from the outermost in."""

    def __init__(self) -> None:
        self._begin: list[int] = []  # where the words of each item begin
        self._numbered: list[bool] = []

    @property
    def depth(self) -> int:
        """How many there are."""
        return len(self._begin)

    def depth_of(self, indent: int) -> int:
        """How many of them an indentation lies in."""
        return sum(1 for begin in self._begin if begin <= indent)

    def inner_of(self, indent: int) -> int:
        """Where the words begin of the innermost item that an indentation lies in; 0 for none."""
        return max((begin for begin in self._begin if begin <= indent), default=0)

    def is_of_other_kind(self, depth: int, *, numbered: bool) -> bool:
        """Is the item at a depth numbered where another one is not, or the other way round?"""
        return depth < self.depth and self._numbered[depth] != numbered

    def add(self, begin: int, *, numbered: bool = False) -> None:
        """An item inside them."""
        self._begin.append(begin)
        self._numbered.append(numbered)

    def add_box(self) -> None:
        """A call-out, in which lines stand four blanks further in, as in an item."""
        self.add((self._begin[-1] if self._begin else 0) + 4)

    def leave(self, indent: int) -> None:
        """End the items that a line of this indentation does not stand in any more."""
        while self._begin and self._begin[-1] > indent:
            self._begin.pop()
            self._numbered.pop()

    def indented(self, indent: int, words: str) -> str:
        """A line as Python-Markdown has it in the innermost item."""
        own = indent - (self._begin[-1] if self._begin else 0)
        return " " * (4 * self.depth + max(0, own)) + words


class _Reader:
    """Goes through the lines once, and knows in which items each stands."""

    def __init__(self, lines: Sequence[str], fenced: Sequence[bool]) -> None:
        self._lines, self._fenced = lines, fenced
        self._out: list[str] = []
        self._items = _Items()
        self._in_paragraph = False  # is the line above one of running words?
        self._as_is = False  # in a list of definitions, which CommonMark does not have
        self._opens_item = False  # is that the first paragraph of an item?
        self._in_table = self._in_quote = False  # is the line above part of one?
        self._html = HtmlBlocks()

    def lines(self) -> list[str]:
        """All lines."""
        for number, line in enumerate(self._lines):
            if self._fenced[number]:
                if self._in_table or self._in_quote:
                    self._apart()
                self._items, self._in_paragraph = _Items(), False
                self._out.append(line)
            elif not line.strip():
                self._html.end()
                self._empty()
            else:
                self._line(number, line.replace("\t", "    ") if line[0] in " \t" else line)
        return self._out

    def _empty(self) -> None:
        """An empty line ends all but items."""
        self._in_paragraph = self._in_table = self._in_quote = False
        self._out.append("")

    def _line(self, number: int, line: str) -> None:
        line = self._without_html(line)
        if not line.strip():
            self._empty()
            return
        if "\\" in line:
            line = _unescaped(line)
        stripped = line.lstrip(" ")
        indent = len(line) - len(stripped)
        self._as_is = bool(_MEANING.match(line)) or (self._as_is and indent > 0)
        if self._as_is:
            self._out.append(line)
            self._in_paragraph = False
        else:
            self._words(number, indent, stripped)

    def _words(self, number: int, indent: int, stripped: str) -> None:
        """A line by what it begins with."""
        is_rule = bool(_RULE.match(stripped))
        item = None if is_rule else _ITEM.match(stripped.rstrip())
        begins = is_rule or bool(item) or stripped.startswith((">", "#"))
        if begins and (self._in_table or (self._in_quote and stripped[0] != ">")):
            self._apart()
        self._in_quote = stripped[0] == ">"
        if "|" in stripped and not self._in_table:
            self._in_table = bool(_TABLE_RULE.match(stripped)) and number > 0 and "|" in self._lines[number - 1]
        if is_rule and (stripped[0] != "-" or " " in stripped.rstrip() or not self._in_paragraph):
            self._items.leave(indent)
            if self._out and self._out[-1].strip():  # or the line above would be a heading
                self._out.append("")
            self._put(indent, stripped)
            self._in_paragraph = False
        elif _BOX.match(stripped):
            self._items.leave(indent)
            self._put(indent, stripped)
            self._items.add_box()
            self._in_paragraph = False
        elif item and indent - self._items.inner_of(indent) < 4 and self._may_begin(item):
            self._item(number, indent, stripped, item)
        elif self._in_paragraph and not ATX.match(stripped):
            self._put_lazy(number, indent, stripped)
        else:
            self._items.leave(indent)
            self._put(indent, stripped)
            self._in_paragraph = not stripped.startswith(_NO_PARAGRAPH) and not ATX.match(stripped)
            self._opens_item = False
            if self._in_paragraph:
                self._break(number)

    def _without_html(self, line: str) -> str:
        """A line as it is read where it lies in a block of HTML; any other line as it is."""
        if "<" not in line and not self._html.is_open:
            return line
        read = self._html.line(line, in_paragraph=self._in_paragraph)
        if read is None or not read.strip():
            return line if read is None else ""
        if not self._html.goes_on:
            self._apart()
        indent = len(read) - len(read.lstrip(" "))
        return " " * min(indent, self._items.inner_of(indent)) + read.lstrip(" ")

    def _apart(self) -> None:
        """Put an empty line before the line that follows, so that it is not a part of what is above."""
        if self._out and self._out[-1].strip():
            self._out.append("")
        self._in_paragraph = self._in_table = self._in_quote = False

    def _put(self, indent: int, words: str) -> None:
        self._out.append(self._items.indented(indent, words))

    def _put_lazy(self, number: int, indent: int, words: str) -> None:
        """A line of a paragraph that goes on, however far it is indented; a table may begin with it."""
        is_table = (
            "|" in words and number + 1 < len(self._lines)
            and "|" in self._lines[number + 1] and _TABLE_RULE.match(self._lines[number + 1].lstrip())
            and "|" not in self._lines[number - 1]
        )  # fmt: skip
        if is_table:
            self._out.append("")
            self._in_paragraph = False
            self._items.leave(indent)
            self._put(indent, words)
            return
        if words[0] in ">|:=-" or words.startswith(("```", "~~~", "<")):  # Python-Markdown's own rules
            self._out.append(" " * indent + words)
            return
        self._out.append(" " * 4 * self._items.depth + words)
        self._break(number)

    def _break(self, number: int) -> None:
        """A stroke at the end of a line is a break."""
        following = self._lines[number + 1] if number + 1 < len(self._lines) else ""
        if following.strip() and _BREAK.search(self._out[-1]):
            self._out[-1] = self._out[-1][:-1] + "  "

    def _may_begin(self, item: re.Match[str]) -> bool:
        """May an item stand here? Within a paragraph outside lists only one with words, and of numbers 1."""
        if not self._in_paragraph or self._items.depth:
            return True
        return bool(item.group(3)) and item.group(2) in (None, "1")

    def _item(self, number: int, indent: int, stripped: str, item: re.Match[str]) -> None:
        numbered = item.group(2) is not None
        depth = self._items.depth_of(indent)
        if self._in_paragraph and (self._items.is_of_other_kind(depth, numbered=numbered) or not self._opens_item):
            self._out.append("")
        self._items.leave(indent)
        own = indent if not self._items.depth else 0
        if item.end() == len(stripped.rstrip()):
            stripped = f"{stripped.rstrip()} {_EMPTY}"
        self._out.append(" " * (4 * depth + own) + stripped)
        self._items.add(indent + item.end(), numbered=numbered)
        self._in_paragraph, self._opens_item = item.end() < len(stripped), True
        if self._in_paragraph:
            self._break(number)
        inside = _ITEM.match(stripped[item.end() :])
        if inside:
            self._items.add(indent + item.end() + inside.end(), numbered=inside.group(2) is not None)


def _unescaped(line: str) -> str:
    """A line with the signs as entities that CommonMark lets a stroke stand before, but in code."""
    plain = without_code(line)
    pieces: list[str] = []
    at = 0
    for found in _ESCAPED.finditer(plain):
        if found.group(1):
            pieces += [line[at : found.start()], f"&#{ord(found.group(1))};"]
            at = found.end()
    return "".join((*pieces, line[at:]))
