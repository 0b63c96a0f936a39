"""Turns Markdown source into plain text, which search indexes and cuts snippets from.

Belongs here: removing Markdown's signs. Not here: finding headings and links (headings.py), which is a module of its
own because opening the window needs it, but no plain text, and compiling the patterns below takes time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from handbook.base.late_patterns import late_pattern
from handbook.content.callouts import CALLOUTS
from handbook.content.entities import without_entities
from handbook.content.figures import BETWEEN
from handbook.content.headings import (
    ADDRESS,
    ATTRIBUTE_LIST,
    ATTRIBUTES,
    ATX,
    DEFINITION,
    FENCE,
    FOOTNOTE_TEXT,
    FOOTNOTE_USE,
    PICTURE,
    PLACE_RE,
    SETEXT,
    SMALL,
    STRUCK,
    TARGET,
    Defined,
    fenced_lines,
    may_be_setext,
    plain_name,
)

_FOOTNOTE, _NOTE_MARK = late_pattern(FOOTNOTE_TEXT), late_pattern(FOOTNOTE_USE)
_INLINE = late_pattern(r"[\[\]*_`\\<&{\n~]")
_LITERAL = late_pattern(r"\\([\\`*_{}\[\]()>#+.!|-])|(?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`)", re.DOTALL)
_KEPT = late_pattern("\0([0-9]+)\0")
_SIGN = late_pattern(r"!?\[|\]")
_NAMED = late_pattern(r"\s?\[([^\[\]]{0,1000})\]")
_ALT = late_pattern(r"[ {]alt=(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\s}]+))")
# Of a link, of code and so on. Behind a sign of emphasis it may be a formula: a_{i=0}.
_AFTER = late_pattern(f"(?:(?<=[\1\0>])|(?<=[*_])(?=\\{{:?[ ]*[#.])){ATTRIBUTE_LIST}")
_BELOW = late_pattern(rf"(?:^|\n)[ \t]*+{ATTRIBUTE_LIST}[ \t]*+$")  # of a paragraph
_AT_END = late_pattern(rf"(?<![ \t])[ \t]++{ATTRIBUTE_LIST}[ \t]*+$")  # of a cell or a term
_AUTOLINK = late_pattern(r"<((?:https?|ftp|mailto):[^<>\s]+|[^<>\s@]+@[^<>\s]+)>")
_BREAK = late_pattern(r"<br[ ]{0,3}/?>", re.IGNORECASE)
_SMALL, _STRUCK, _BARE = late_pattern(SMALL, re.IGNORECASE), late_pattern(STRUCK), late_pattern(ADDRESS)
_PICTURE = late_pattern(r"(?<!\\)" + PICTURE)
_STARS = late_pattern(r"(?<!\\)(\*{1,3})(?![\s*])(.*?[^\s\\])\1")
_UNDERSCORES = late_pattern(r"(?<![\w\\])(_{1,3})(?![\s_])(.*?[^\s\\_])\1(?!\w)")


def plain_line(text: str, defined: Defined | None = None) -> str:
    """The text of a paragraph without Markdown's signs, as on the page. Raw HTML stays, as it is text there too.

    defined: what references and footnotes there are; without it, all that look like one are taken for one."""
    if not _INLINE.search(text):
        return text.strip()
    literal: list[str] = []  # code, escaped signs and so on, out of the way of the patterns below

    def kept(words: str) -> str:
        literal.append(words)
        return f"\0{len(literal) - 1}\0"

    text = text.replace("\0", "").replace("\1", "")
    if "`" in text or "\\" in text:
        text = _LITERAL.sub(lambda match: kept(match.group(1) or match.group(3).strip()), text)
    if "[" in text:
        text = _without_links(_NOTE_MARK.sub(lambda mark: _mark(mark, defined), text), defined, kept)
    if "{" in text:
        text = _AFTER.sub("", _BELOW.sub("", text))
    if "<" in text:
        text = _BREAK.sub(
            " ", _AUTOLINK.sub(lambda match: kept(match.group(1).removeprefix("mailto:")), PLACE_RE.sub(r"\4", text))
        )
        text = _SMALL.sub(
            lambda match: kept(match.group(2).strip()) if match.group(1)[0] in "kK" else match.group(2), text
        )
    if "://" in text:
        text = _BARE.sub(lambda match: kept(match.group()), text)
    if "~~" in text:
        text = _STRUCK.sub(r"\1", text)
    text = text.replace("\1", "").replace("\n", " ")
    if "*" in text:
        text = _STARS.sub(r"\2", _STARS.sub(r"\2", text))
    if "_" in text:
        text = _UNDERSCORES.sub(r"\2", text)
    text = without_entities(text)
    while literal and "\0" in text:  # words of a picture may have code in them
        text = _KEPT.sub(lambda match: literal[int(match.group(1))], text)
    return text.strip()


def _mark(mark: re.Match[str], defined: Defined | None) -> str:
    """What is left of the mark of a footnote: all of it where there is no such note."""
    return "" if defined is None or mark.group(1) in defined.notes else mark.group()


def _without_links(text: str, defined: Defined | None, kept: Callable[[str], str]) -> str:
    """The text with the words of links and pictures in their place, and a sign behind each."""
    out: list[str] = []
    open_: list[tuple[int, int]] = []  # places in `out` and in `text`
    at = 0
    taken = 0  # what stood before it as the name of a reference that is not defined begins none itself
    while sign := _SIGN.search(text, at):
        out += [text[at : sign.start()], sign.group()]
        at = sign.end()
        if sign.group() != "]":
            open_.append((len(out) - 1, sign.start()))
        elif open_:
            begin, start = open_.pop()
            words = "".join(out[begin + 1 : -1])
            end = _end_of_link(text, at, words, defined, full=start >= taken)
            if end < 0:
                named = _NAMED.match(text, at) if start >= taken else None
                taken = named.end() if named else taken
                continue
            if out[begin] == "![":
                attributes = ATTRIBUTES.match(text, end)
                alt = _ALT.search(attributes.group()) if attributes else None
                words = kept(words if alt is None else next(filter(None, alt.groups()), ""))
            out[begin:] = [words, "\1"]
            at = end
    return "".join((*out, text[at:]))


def _end_of_link(text: str, at: int, words: str, defined: Defined | None, *, full: bool) -> int:
    """Where a link ends whose words end at a place in a text; -1 if it is none.

    full: whether the name of a reference may follow the words."""
    target = TARGET.match(text, at)
    if target:
        return target.end()
    named = _NAMED.match(text, at) if full else None
    if named and (defined is None or plain_name(named.group(1) or words) in defined.references):
        return named.end()
    return at if defined is not None and plain_name(words) in defined.references else -1


def _alternative(picture: re.Match[str]) -> str:
    """The alternative text of a picture."""
    given = _ALT.search(picture["attributes"] or "")
    return next(filter(None, given.groups()), "") if given else picture["alt"]


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


def _apart(text: str) -> list[str]:
    """A paragraph in parts: pictures that stand in lines of their own apart from its words."""
    if text.startswith("![") and pictures_alone(text):
        return [text]
    parts: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        words = _BREAK.sub("", line).strip()
        alone = words.startswith("![") and bool(pictures_alone(words))
        if not parts or parts[-1][0] != alone:
            parts.append((alone, []))
        parts[-1][1].append(words if alone else line)
    return ["\n".join(lines) for _, lines in parts]


_ITEM = late_pattern(r"^\s*(?:[-*+]|\d{1,9}\.)[ \t]+")
_INNER_HEADING = late_pattern(r"^#{1,6}[ \t]+")  # in a quotation or a box, where it makes no section
_QUOTE = late_pattern(r"^\s*(?:>[ \t]?)+")
_TABLE_RULE = late_pattern(r"^\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_ADMONITION = late_pattern(r"^\s*!!! ?([\w-]+)(?: +[\w-]+)*(?: +\"(.*?)\")? *$")
_BOX = late_pattern(r"^\s*<\w+(?=[^>]*\smarkdown[=>])[^>]*>\s*$")  # HTML that holds Markdown is no words
_BOX_END = late_pattern(r"^\s*</\w+>\s*$")
_CELL_END = late_pattern(r"((?<!`)(`+)(?!`).*?(?<!`)\2(?!`)|\\\|)|\|")
_DEFINITION = late_pattern(r"^\s{0,3}:[ \t]{1,3}")
_REFERENCE = late_pattern(r"^ {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?[ \t]*$")
_RULE = late_pattern(r"^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")


Drawn = Callable[[str], Sequence[str]]  # the words drawn in a picture, by its address as it is written


def plain_text(lines: Sequence[str], drawn: Drawn | None = None, defined: Defined | None = None) -> str:
    """The plain text of some lines of Markdown, one paragraph a line, without footnotes and headings.

    A picture is its caption, its alternative text and the words drawn in it, each a paragraph. With `drawn` None it is
    its caption alone, as a reader of the page has it.
    defined: what the whole chapter defines, if that is more than these lines do."""
    return "\n".join(_Passage(lines, drawn, Defined.in_lines(lines) if defined is None else defined).paragraphs())


class _Passage:
    """Reads some lines one by one; how a line is read depends on those before it."""

    def __init__(self, lines: Sequence[str], drawn: Drawn | None, defined: Defined) -> None:
        self._lines, self._drawn, self._defined = lines, drawn, defined
        self._done: list[str] = []
        self._current: list[str] = []  # lines of the paragraph being read
        self._in_footnote = self._in_list = False
        self._lazy = False  # in a footnote whose lines need no indentation before the next empty line
        self._after_blank = True
        self._fence = ""
        self._boxes = 0
        self._code_below: list[bool] = []  # once it was asked for
        self._rows = _rows_of(lines) if any("|" in line for line in lines) else {}

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
            text = "\n".join(self._current)
            self._current.clear()
            if "![" not in text:
                self._done.extend(filter(None, (plain_line(text, self._defined),)))
                return
            for part in _apart(text):
                alone = pictures_alone(part) if part.startswith("![") else []
                words = [piece for one in alone for piece in self._pieces(one)]
                words = words if alone else [plain_line(part, self._defined)]
                self._done.extend(filter(None, words))

    def _pieces(self, picture: re.Match[str]) -> Iterator[str]:
        """The caption of a picture, its alternative text, the words in it."""
        yield " ".join((picture["title"] or picture["title2"] or "").split())
        if self._drawn is not None:
            yield " ".join(_alternative(picture).split())
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
        if "|" in line and number in self._rows:
            self._alone(_cells(stripped, self._rows[number]))
        else:
            self._current.append(stripped)

    def _read_marked(self, number: int, line: str, stripped: str) -> None:
        """Read a line that begins with a sign, a digit or a space."""
        if _FOOTNOTE.match(line) or ("]:" in line and self._is_footnote_inside(number, line)):
            self._flush()
            self._in_footnote = True
        elif ATX.match(line) or self._is_underline(number, line) or _RULE.match(line):
            self._flush()
            self._in_footnote = False
        elif self._in_footnote and (self._lazy or line.startswith(("    ", "\t"))):
            pass
        elif self._is_indented_code(number, line):
            self._in_footnote = False
            self._done.append(stripped)
        else:
            self._in_footnote = False
            if not self._read_block(number, line, stripped):
                self._read_text(line, stripped)

    def _is_footnote_inside(self, number: int, line: str) -> bool:
        """Does the text of a footnote begin there within a list or a quotation?"""
        return bool(_FOOTNOTE.match(_ITEM.sub("", _QUOTE.sub("", line)).lstrip())) and not self._is_indented_code(
            number, line
        )

    def _is_underline(self, number: int, line: str) -> bool:
        return bool(SETEXT.match(line)) and (line[0] == "-" or may_be_setext(self._lines, number))

    def _is_indented_code(self, number: int, line: str) -> bool:
        """Is a line code by its indentation: far from the margin, after an empty line or more code, in no list or box?

        Within a list or a box what is indented is usually its text, and is read as that."""
        if self._current or not line.startswith(("    ", "\t")):
            return False
        if not self._code_below:
            self._code_below = _code_below(self._lines)
        return self._code_below[number]

    def _read_block(self, number: int, line: str, stripped: str) -> bool:
        """Read a table row, a call-out's title, a link definition or a line of HTML; False if it is none of them."""
        first = stripped[0]
        if "|" in stripped and number in self._rows:
            self._in_list = False
            self._alone(_cells(_QUOTE.sub("", stripped), self._rows[number]))
            return True
        admonition = _ADMONITION.match(line) if first == "!" else None
        if admonition:
            kind, title = admonition.groups()
            known = CALLOUTS.get(kind)
            titled = known is None or known.titled
            self._alone("" if not titled else kind.capitalize() if title is None else title)
            return True
        if "]:" in line and DEFINITION.match(_QUOTE.sub("", line).lstrip()) and "[^" not in stripped[:9]:
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
            elif stripped[0] == ":" and _DEFINITION.match(stripped):
                self._flush()
                stripped = _DEFINITION.sub("", stripped).strip()
        elif stripped[0] == ":" and _DEFINITION.match(line):
            self._flush()
            stripped = _DEFINITION.sub("", line).strip()
        # Inside a paragraph a line may begin with "2010." and be no item.
        item = _ITEM.match(stripped) if self._in_list or not self._current else None
        if item:
            self._flush()
            self._in_list = True
            stripped = _QUOTE.sub("", stripped[item.end() :])
        stripped = _INNER_HEADING.sub("", stripped) if stripped[:1] == "#" else stripped
        if stripped:
            self._current.append(stripped)


def _code_below(lines: Sequence[str]) -> list[bool]:
    """For each line: would it be code by its indentation, by the last line above it that is not indented?"""
    found: list[bool] = []
    code = False  # below a heading, which may itself be in a list
    for number, line in enumerate(lines):
        found.append(code)
        if line.strip() and not line.startswith(("    ", "\t")):
            if _ITEM.match(line) or _ADMONITION.match(line) or _DEFINITION.match(line):
                code = False
            elif not number or not lines[number - 1].strip():  # the first line of a paragraph, which ends a list
                code = True
    return found


def _rows_of(lines: Sequence[str]) -> dict[int, int]:
    """The lines that are rows of tables, each with the number of columns of its table; 0 for the rule below the head.

    A table begins a paragraph, has a rule as its second line and as many columns in that as in its head."""
    found: dict[int, int] = {}
    at = 0
    while at + 1 < len(lines):
        if "|" not in lines[at + 1] and "|" not in lines[at]:
            at += 1
            continue
        head, rule = _QUOTE.sub("", lines[at]).strip(), _QUOTE.sub("", lines[at + 1]).strip()
        above = _QUOTE.sub("", lines[at - 1]).strip() if at else ""
        begins = head and (
            not above or above.startswith(("```", "~~~")) or ATX.match(above) or _ADMONITION.match(above)
        )
        if not begins or not _TABLE_RULE.match(rule) or "|" not in head or len(_split(head)) != len(_split(rule)):
            at += 1
            continue
        columns, first = len(_split(head)), at
        while at < len(lines) and _QUOTE.sub("", lines[at]).strip():
            found[at] = columns if at != first + 1 else 0
            at += 1
    return found


def _split(row: str) -> list[str]:
    row = _CELL_END.sub(lambda match: match.group(1) or "\0", row)
    return row.removeprefix("\0").removesuffix("\0").split("\0")


def _cells(row: str, columns: int) -> str:
    """The words of a row's cells. What is beyond the columns of the head is not on the page."""
    cells = (_AT_END.sub("", cell.rstrip()) if "{" in cell else cell for cell in _split(row.strip())[:columns])
    return " · ".join(cell.strip() for cell in cells if cell.strip())
