"""Turns Markdown source into plain text, which search indexes and cuts snippets from.

Belongs here: removing Markdown's signs. Not here: finding headings and links (headings.py), which is a module of its
own because opening the window needs it, but no plain text, and compiling the patterns below takes time."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence

from handbook.content.callouts import CALLOUTS
from handbook.content.figures import BETWEEN
from handbook.content.headings import (
    ATTRIBUTES,
    ATX,
    FENCE,
    FOOTNOTE_TEXT,
    FOOTNOTE_USE,
    PICTURE,
    SETEXT,
    fenced_lines,
    may_be_setext,
)

_FOOTNOTE, _NOTE_MARK = re.compile(FOOTNOTE_TEXT), re.compile(FOOTNOTE_USE)
_INLINE = re.compile(r"[\[\]*_`\\<&{]")
_LITERAL = re.compile(r"\\([\\`*_{}\[\]()>#+.!|-])|(?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`)")
_KEPT = re.compile("\0([0-9]+)\0")
_LINK_TEXT = re.compile(r"!?\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\])")
_PICTURE = re.compile(r"(?<!\\)" + PICTURE)
_ALT = re.compile(r"""\balt=(?:"([^"]*)"|'([^']*)')""")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^>\s]+|[^>\s@]+@[^>\s]+)>")
_BREAK = re.compile(r"<br\s*/?>")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9A-Za-z]+);")
_STARS = re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.*?[^\s\\])\1")
_UNDERSCORES = re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.*?[^\s\\])\1(?!\w)")


def plain_line(text: str) -> str:
    """The text of one line without Markdown's signs, as the page shows it. Raw HTML stays, as the page shows it too."""
    if not _INLINE.search(text):
        return text.strip()
    literal: list[str] = []  # code and escaped signs, taken out so that the patterns below do not change them
    if "`" in text or "\\" in text:

        def keep(match: re.Match[str]) -> str:
            literal.append(match.group(1) or match.group(3).strip())
            return f"\0{len(literal) - 1}\0"

        text = _LITERAL.sub(keep, text.replace("\0", ""))
    if "![" in text:
        text = _PICTURE.sub(_alternative, text)
    if "{" in text:
        text = ATTRIBUTES.sub("", text)
    if "[" in text:
        text = _LINK_TEXT.sub(r"\1", _NOTE_MARK.sub("", text))
    if "<" in text:
        text = _BREAK.sub(" ", _AUTOLINK.sub(r"\1", text))
    if "*" in text:
        text = _STARS.sub(r"\2", _STARS.sub(r"\2", text))
    if "_" in text:
        text = _UNDERSCORES.sub(r"\2", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    if literal:
        text = _KEPT.sub(lambda match: literal[int(match.group(1))], text)
    return text.strip()


def _alternative(picture: re.Match[str]) -> str:
    """The alternative text of a picture."""
    given = _ALT.search(picture["attributes"] or "")
    return (given.group(1) or given.group(2) or "") if given else picture["alt"]


def pictures_alone(text: str) -> list[re.Match[str]]:
    """The pictures of a paragraph that has nothing else; none where it has."""
    found: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        match = _PICTURE.match(text, at)
        if match is None:
            return []
        found.append(match)
        at = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    return found


_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}\.)[ \t]+")
_INNER_HEADING = re.compile(r"^#{1,6}[ \t]+")  # in a quotation or a box, where it makes no section
_QUOTE = re.compile(r"^\s*(?:>[ \t]?)+")
_TABLE_RULE = re.compile(r"^\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_ADMONITION = re.compile(r"^\s*!!! ?([\w-]+)(?: +[\w-]+)*(?: +\"(.*?)\")? *$")
_BOX = re.compile(r"^\s*<\w+[^>]*\smarkdown(?:=[^>]*)?>\s*$")  # HTML that holds Markdown is no words
_BOX_END = re.compile(r"^\s*</\w+>\s*$")
_CELL_END = re.compile(r"((?<!`)(`+)(?!`).*?(?<!`)\2(?!`)|\\\|)|\|")
_DEFINITION = re.compile(r"^\s{0,3}:[ \t]{1,3}")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?[ \t]*$")
_RULE = re.compile(r"^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")


Drawn = Callable[[str], Sequence[str]]  # the words drawn in a picture, by its address as it is written


def plain_text(lines: Sequence[str], drawn: Drawn | None = None) -> str:
    """The plain text of some lines of Markdown, one paragraph a line, without footnotes and headings.

    A picture is its caption, its alternative text and the words drawn in it, each a paragraph. With `drawn` None it is
    its caption alone, as a reader of the page has it."""
    return "\n".join(_Passage(lines, drawn).paragraphs())


class _Passage:
    """Reads some lines one by one; how a line is read depends on those before it."""

    def __init__(self, lines: Sequence[str], drawn: Drawn | None) -> None:
        self._lines, self._drawn = lines, drawn
        self._done: list[str] = []
        self._current: list[str] = []  # lines of the paragraph being read
        self._in_footnote = self._in_list = False
        self._lazy = False  # in a footnote whose lines need no indentation before the next empty line
        self._after_blank = True
        self._fence = ""
        self._boxes = 0

    def paragraphs(self) -> list[str]:
        """All paragraphs, in order."""
        has_fence = any(line.startswith(("```", "~~~")) for line in self._lines)
        fenced = fenced_lines(self._lines) if has_fence else None
        for number, line in enumerate(self._lines):
            stripped = line.strip()
            if fenced and fenced[number]:
                self._read_code(line, stripped)
            elif not stripped:
                self._flush()
                self._after_blank, self._in_list = True, False
            else:
                self._lazy = self._in_footnote and not self._after_blank
                self._after_blank = False
                if stripped[0].isalpha() and line[0] == stripped[0]:
                    self._read_running(number, line, stripped)  # the usual case
                else:
                    self._read_marked(number, line, stripped)
        self._flush()
        return self._done

    def _flush(self) -> None:
        # Inline marks may cross a line's end, so they are taken off the whole paragraph.
        if self._current:
            text = " ".join(self._current)
            self._current.clear()
            alone = pictures_alone(text) if text.startswith("![") else []
            words = [piece for one in alone for piece in self._pieces(one)] if alone else [plain_line(text)]
            self._done.extend(filter(None, words))

    def _pieces(self, picture: re.Match[str]) -> Iterator[str]:
        """The caption of a picture, its alternative text, the words in it."""
        yield " ".join((picture["title"] or picture["title2"] or "").split())
        if self._drawn is not None:
            yield plain_line(_alternative(picture))
            yield BETWEEN.join(self._drawn(picture["inside"] or picture["src"] or ""))

    def _alone(self, words: str) -> None:
        """End the paragraph being read, and add a text, if there is one, as a paragraph of its own."""
        self._flush()
        if words:
            self._current.append(words)
            self._flush()

    def _read_code(self, line: str, stripped: str) -> None:
        self._flush()
        opens = FENCE.match(line) if not self._fence else None
        if opens:
            self._fence = opens.group(1)
        elif stripped == self._fence:
            self._fence = ""
        elif stripped:
            self._done.append(stripped)

    def _read_running(self, number: int, line: str, stripped: str) -> None:
        """Read a line that begins with a letter, without indentation: running text, a table row, a setext heading."""
        if self._lazy:
            return
        self._in_footnote = False
        following = number + 1
        if (
            following < len(self._lines)
            and SETEXT.match(self._lines[following])
            and may_be_setext(self._lines, following)
        ):
            return
        if "|" in line and _is_table_line(self._lines, number):
            self._alone(_cells(stripped))
        else:
            self._current.append(stripped)

    def _read_marked(self, number: int, line: str, stripped: str) -> None:
        """Read a line that begins with a sign, a digit or a space."""
        if _FOOTNOTE.match(line):
            self._flush()
            self._in_footnote = True
        elif ATX.match(line) or SETEXT.match(line) or _RULE.match(line):
            self._flush()
            self._in_footnote = False
        elif self._in_footnote and (self._lazy or line[0] in " \t"):
            pass
        else:
            self._in_footnote = False
            if not self._read_block(number, line, stripped):
                self._read_text(line, stripped)

    def _read_block(self, number: int, line: str, stripped: str) -> bool:
        """Read a table row, a call-out's title, a link definition or a line of HTML; False if it is none of them."""
        first = stripped[0]
        if first == "|" or ("|" in stripped and _is_table_line(self._lines, number)):
            self._alone("" if _TABLE_RULE.match(stripped) else _cells(stripped))
            return True
        admonition = _ADMONITION.match(line) if first == "!" else None
        if admonition:
            kind, title = admonition.groups()
            known = CALLOUTS.get(kind)
            titled = known is None or known.titled
            self._alone("" if not titled else kind.capitalize() if title is None else title)
            return True
        if first == "[" and _REFERENCE.match(line):
            self._flush()
            return True
        if first == "<" and (_BOX.match(line) or (self._boxes and _BOX_END.match(line))):
            self._flush()
            self._boxes += -1 if stripped.startswith("</") else 1
            return True
        return False

    def _read_text(self, line: str, stripped: str) -> None:
        """Read the text after the sign of a quotation, a definition or a list item."""
        if stripped[0] == ">":
            stripped = _QUOTE.sub("", stripped)
            if not stripped:
                self._flush()
                self._in_list = False
        elif stripped[0] == ":" and _DEFINITION.match(line):
            self._flush()
            stripped = _DEFINITION.sub("", line).strip()
        # Inside a paragraph a line may begin with "2010." and be no item.
        item = _ITEM.match(stripped) if self._in_list or not self._current else None
        if item:
            self._flush()
            self._in_list = True
            stripped = stripped[item.end() :]
        stripped = _INNER_HEADING.sub("", stripped) if stripped[:1] == "#" else stripped
        if stripped:
            self._current.append(stripped)


def _is_table_line(lines: Sequence[str], number: int) -> bool:
    """Is the line part of a table, that is, of a block whose second line is the rule below a table's head?"""
    top = number
    while top > 0 and lines[top - 1].strip():
        top -= 1
    return top + 1 < len(lines) and "|" in lines[top] and bool(_TABLE_RULE.match(lines[top + 1]))


def _cells(row: str) -> str:
    row = _CELL_END.sub(lambda match: match.group(1) or "\0", row.strip("|"))
    return " · ".join(cell.strip() for cell in row.split("\0") if cell.strip())
