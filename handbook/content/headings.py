"""Finds headings, anchors, links and footnotes in Markdown source, line by line, without parsing it as a whole.

Belongs here: what must be fast, as chapters are scanned when the program starts, and what the index and the page
must agree on. Not here: files (loading.py) and the element tree (markup.py). The syntax is Python-Markdown's:
ATX and setext headings, attr_list `{#id}` / `{: #id }`, footnotes `[^id]`, fenced code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from handbook.base.late_patterns import late_pattern

# No pattern here goes back on what it took (`++`, `*+`), as a text may have a hundred thousand blanks in a line.
# A heading may open a list item: the statement's three root causes are list items with a lead line each.
# Hash signs may close it after a space; a title that is nothing but hash signs is none.
TITLE = (
    r"(?P<level>#{1,6})[ \t]++(?!#++[ \t]*+(?:\n|$))"
    r"(?P<header>\S++(?:[^\S\n]++(?!#++[^\S\n]*+(?:\n|$))\S++)*+)(?:[^\S\n]++#++)?+[^\S\n]*+"
)
ATX = late_pattern(r"^ {0,3}(?:(?:[-*+]|\d{1,9}\.)[ \t]++)?+" + TITLE + "$")
SETEXT = late_pattern(r"^(=++|-++)[ \t]*+$")
# A line opens fenced code only if a later line of the same signs closes it.
FENCE = late_pattern(
    r"^(`{3,}+|~{3,}+)[ ]*+"
    r"(?:\{[^\n]*\}[ ]*+|\.?+[\w#.+-]*+[ ]*+(?:hl_lines=(?:\"[^\"\n]*+\"|'[^'\n]*+')[ ]*+)?+)$"
)
_VALUE = r"(?:\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}'|[^\s},\"']{1,1000})"
_ATTRIBUTE = r"(?:[#.][\w:.-]++|[\w-]++=" + _VALUE + ")"
# All in the braces has to be attributes: other words are text, which a reader would miss.
ATTRIBUTE_LIST = r"\{:?+[ ]*+(" + _ATTRIBUTE + "(?:[ ]++" + _ATTRIBUTE + r"){0,20}+)[ ]*+\}"
ATTRIBUTES = late_pattern(r"(?<![ \t])[ \t]*+" + ATTRIBUTE_LIST)
_ID = late_pattern(r"(?:^|[ ])#([\w:.-]+)|(?:^|[ ])id=[\"']?([\w:.-]+)")
# A place that others write in HTML: <a id="x"></a>, <a name="x">Words</a>, <a name=x>.
PLACE = (
    r"<a[ ]{1,3}(?:id|name)[ ]?=[ ]?(?:\"([\w:.-]{1,200})\"|'([\w:.-]{1,200})'|([\w:.-]{1,200}))[ ]{0,3}"
    r"(?:/>|>(?:([^<\n]{0,300})</a>)?)"
)
PLACE_RE = late_pattern(PLACE, re.IGNORECASE)
# What others write within a line: small letters and keys in HTML, words struck out, an address of the network as it is.
SMALL = r"<(su[bp]|kbd)>([^<>\n]{1,300})</\1>"
STRUCK = r"(?<!~)~~(?=[^\s~])([^~]{1,1000})(?<!\s)~~(?!~)"
ADDRESS = r"(?<![\w/<\"'=:@.-])https?://[^\s<>()\[\]\"'*`\\|{}\0\x01\x02\x03]{1,2000}(?<![.,;:!?_~&])"
# A picture with its attributes, without brackets in its words or in an address that is not in "<>".
PICTURE = (
    r"!\[(?:[^\[\]\\\n]|\\.){0,2000}\]\((?:<[^<>\n]{0,2000}>[^()\n]{0,2000}|[^()\n]{0,2000})\)"
    r"(?:\{[^}\n]{0,300}\})?"
)
_SIGN = late_pattern(r"\\.|!?\[|\]", re.DOTALL)
TARGET = late_pattern(
    r"\(\s*+(?:<([^<>\n]*+)>|((?:[^\s()]|\([^\s()]*+\))*+))"
    r"(?:\s++(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|[\"'][^()]{0,1000}))?\s*+\)"
)
DEFINITION = late_pattern(
    r"^ {0,3}\[([^\[\]\n]{1,1000})\]:[ \t]*+(?:<([^<>\n]*+)>|([^\s<]\S*+))"
    r"(?:[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^)\n]*+\)))?+[ \t]*+$"
)
# A picture: its alternative text, address, title and attributes as they are written.
PICTURE = (
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]\n]*\])*+)\]"
    r"\(\s*+(?:<(?P<inside>[^>\n]*+)>|(?P<src>(?:[^\s()]|\([^\s()]*+\))*+))"
    r"(?:\s++(?:\"(?P<title>[^\"]{0,1000})\"|'(?P<title2>[^']{0,1000})'))?\s*+\)(?P<attributes>\{[^}\n]{0,1000}\})?"
)
FOOTNOTE_USE = r"\[\^([^\]\n]{1,1000})\](?!:)"
FOOTNOTE_TEXT = r"^ {0,3}\[\^([^\]\n]{1,1000})\]:[ \t]*+(.*)$"
_CONTAINER = late_pattern(
    r"[ \t]*+(?:>[ \t]*+)*+(?:(?:[-*+]|\d{1,9}\.)[ \t]++(?=\[))?+"
)  # what a line in a list or a quotation begins with


class Heading(NamedTuple):
    """A heading line: `line` counts from 0; `title` is as written, `anchor` "" where the source gives none."""

    line: int
    level: int
    title: str
    anchor: str
    body: int  # first line after the heading: 2 on for a setext heading


class Scan(NamedTuple):
    """The headings and anchors of a chapter, which opening the window needs (lines count from 0)."""

    headings: tuple[Heading, ...]
    anchors: tuple[tuple[int, str], ...]  # (line, id) of blocks that are not headings


class References(NamedTuple):
    """The links and footnotes of a chapter, which only the checks of the content need (lines count from 0)."""

    links: tuple[tuple[int, str], ...]  # (line, target) as written, also where it stands in "[name]: target"
    footnote_uses: tuple[tuple[int, str], ...]
    footnote_texts: tuple[tuple[int, str], ...]
    pictures: tuple[tuple[int, str], ...]  # (line, target) as written; "" where it stands elsewhere


class Link(NamedTuple):
    """A link or a picture in a text: where it begins, its words and its target as written."""

    start: int
    words: str
    target: str
    is_picture: bool = False


def links_of(text: str) -> Iterator[Link]:
    """The links and pictures in some text without code. Those in the words of another come before it."""
    open_: list[re.Match[str]] = []
    for sign in _SIGN.finditer(text):
        if sign.group() != "]":
            if sign.group()[0] != "\\":
                open_.append(sign)
            continue
        if not open_:
            continue
        begin = open_.pop()
        target = TARGET.match(text, sign.end())
        if target:
            words = text[begin.end() : sign.start()]
            yield Link(begin.start(), words, target.group(1) or target.group(2) or "", begin.group()[0] == "!")


class Defined(NamedTuple):
    """What a chapter says its references and footnotes stand for: their names. Without it, a sign is a text."""

    references: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()

    @classmethod
    def in_lines(cls, lines: Sequence[str]) -> Defined:
        """All that some lines define, also in lists and quotations; none of it in code."""
        found = [own for number, line in enumerate(lines) if "]:" in line and (own := _own_words(lines, number))]
        if found and any(line.startswith(("```", "~~~")) for line in lines):
            fenced = fenced_lines(lines)
            found = [
                own
                for number, line in enumerate(lines)
                if "]:" in line and not fenced[number] and (own := _own_words(lines, number))
            ]
        notes = (re.match(FOOTNOTE_TEXT, line) for line in found)
        references = (DEFINITION.match(line) for line in found)
        return cls(
            frozenset(plain_name(match.group(1)) for match in references if match and match.group(1)[0] != "^"),
            frozenset(match.group(1) for match in notes if match),
        )


def _own_words(lines: Sequence[str], number: int, written: str | None = None) -> str:
    """What a line that defines something is without the signs of the list or quotation it lies in; "" for any other.

    written: the line without its code, where that counts."""
    line = lines[number] if written is None else written
    around = _CONTAINER.match(line)
    own = line[around.end() :] if around else line
    return own if own[:1] == "[" and not is_indented_code(lines, number) else ""


def plain_name(reference: str) -> str:
    """The name of a reference, however its capitals and blanks are written."""
    return " ".join(reference.lower().split())


def without_code(text: str) -> str:
    """A paragraph with blanks in place of its code, so that nothing in it is taken for a link."""
    runs = [run for run in re.finditer("`+", text) if text[run.start() - 1 : run.start()] != "\\"]
    following: dict[int, int] = {}  # of each length, the number of the next run
    closing = [-1] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        length = len(runs[number].group())
        closing[number] = following.get(length, -1)
        following[length] = number
    pieces: list[str] = []
    at = number = 0
    while number < len(runs):
        end = closing[number]
        if end > 0:
            start, stop = runs[number].start(), runs[end].end()
            pieces += [text[at:start], "".join("\n" if letter == "\n" else " " for letter in text[start:stop])]
            at, number = stop, end
        number += 1
    return "".join((*pieces, text[at:]))


def without_comments(text: str) -> str:
    """The text without HTML comments. Line numbers stay the same; code is not changed."""
    return "\n".join(_Uncommented(text.split("\n")).lines()) if "<!--" in text else text


_COMMENT_OR_TICKS = late_pattern("<!--|`+")
_OPENS_CODE = late_pattern(r"[ \t]*+(?:>[ \t]*+)*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?+(`{3,}+|~{3,}+)(.*)$")
_HOLDS_MORE = late_pattern(r"(?:[-*+:]|\d{1,9}[.)]|!!!|\?\?\?|===|\[\^)")  # what is indented below belongs to it
_MOST_FENCES = 1000  # bounds.py lets no more through
_FAR = 200  # lines above code by indentation in which the words before it have to stand


def is_indented_code(lines: Sequence[str], number: int) -> bool:
    """Is a line code by its indentation: four blanks or more, after an empty line, in no list, box or footnote?"""
    if not lines[number].startswith(("    ", "\t")):
        return False
    for above in range(number - 1, max(-1, number - _FAR), -1):
        before = lines[above]
        if before.strip() and not before.startswith(("    ", "\t")):
            return not lines[above + 1].strip() and not _HOLDS_MORE.match(before.lstrip())
    return True


class _Uncommented:
    """Goes through lines once and leaves out comments, whichever begins first: a comment or a piece of code."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._out: list[str] = []
        self._ends = [number for number, line in enumerate(lines) if "-->" in line]
        self._fences: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}  # lines that may close code, and how well
        for number, line in enumerate(lines):
            signs = line.strip(" \t>") if "```" in line or "~~~" in line else ""
            found = self._fences.get(signs[:1])
            if found is not None and len(found) < _MOST_FENCES and signs == signs[0] * len(signs):
                found.append((number, len(signs)))

    def lines(self) -> list[str]:
        """The lines without the comments."""
        number = 0
        while number < len(self._lines):
            last = self._end_of_code(number)
            if last >= 0:
                self._out += self._lines[number : last + 1]
                number = last + 1
            elif "<!--" in self._lines[number]:
                number = self._line(number)
            else:
                self._out.append(self._lines[number])
                number += 1
        return self._out

    def _end_of_code(self, number: int) -> int:
        """The last line of the code that a line opens, wherever it lies; -1 if it opens none."""
        line = self._lines[number]
        opens = _OPENS_CODE.match(line) if "```" in line or "~~~" in line else None
        if opens is None:
            return number if "<!--" in line and is_indented_code(self._lines, number) else -1
        signs = opens.group(1)
        if signs[0] == "`" and "`" in opens.group(2):
            return -1  # a line with code in it
        fences = self._fences[signs[0]]
        return next((at for at, length in fences[bisect_left(fences, (number + 1, 0)) :] if length >= len(signs)), -1)

    def _line(self, number: int) -> int:
        """Take a line and those that a comment in it goes on to; the number of the line behind them."""
        line, at, pieces = self._lines[number], 0, []
        runs = _runs(line)
        while sign := _COMMENT_OR_TICKS.search(line, at):
            if sign.group() != "<!--":
                length = len(sign.group())
                closing = _next(runs.get(length, ()), sign.end())
                end = closing + length if closing >= 0 else sign.end()
                pieces.append(line[at:end])
                at = end
                continue
            end = line.find("-->", sign.end())
            if end < 0:
                last = _next(self._ends, number + 1)
                if last < 0:
                    break
                self._out += ["".join((*pieces, line[at : sign.start()])), *[""] * (last - number - 1)]
                number, line, pieces = last, self._lines[last], []
                runs, end = _runs(line), line.find("-->")
            else:
                pieces.append(line[at : sign.start()])
            at = end + 3
        self._out.append("".join((*pieces, line[at:])))
        return number + 1


def _runs(line: str) -> Mapping[int, Sequence[int]]:
    """Where backticks stand in a line, by how many stand side by side."""
    found: dict[int, list[int]] = {}
    for run in re.finditer("`+", line) if "`" in line else ():
        found.setdefault(len(run.group()), []).append(run.start())
    return found


def _next(places: Sequence[int], start: int) -> int:
    """The first of some ascending places from a start on; -1 if there is none."""
    number = bisect_left(places, start)
    return places[number] if number < len(places) else -1


def fenced_lines(lines: Sequence[str]) -> list[bool]:
    """For each line: is it part of a fenced code block (its fences included)?"""
    fenced = [False] * len(lines)
    closing: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith(("```", "~~~")):
            closing.setdefault(line.rstrip(" \t"), []).append(number)
    number = 0
    while number < len(lines):
        match = FENCE.match(lines[number]) if lines[number].startswith(("```", "~~~")) else None
        last = _next(closing.get(match.group(1), ()), number + 1) if match else -1
        if last >= 0:
            fenced[number : last + 1] = [True] * (last + 1 - number)
            number = last
        number += 1
    return fenced


def scan(lines: Sequence[str]) -> Scan:
    """Find headings and block anchors outside code blocks."""
    headings: list[Heading] = []
    anchors: list[tuple[int, str]] = []
    skip_setext = -1
    fenced = _fences(lines)
    for number, line in enumerate(lines):
        if not line or fenced[number]:
            continue
        if "<a " in line or "<A " in line:
            anchors.extend(_places(lines, number))
        if "#" in line or "{" in line:
            match = ATX.match(line)
            if match:
                title, anchor = _split_attributes(match.group(2))
                headings.append(Heading(number, len(match.group(1)), title, anchor, number + 1))
            else:
                anchors.extend((number, name) for name in _block_ids(line))
        if number > skip_setext and line[0] in "=-" and SETEXT.match(line) and may_be_setext(lines, number):
            title, anchor = _split_attributes(lines[number - 1].strip())
            level = 1 if line[0] == "=" else 2
            headings.append(Heading(number - 1, level, title, anchor, number + 1))
            skip_setext = number
    return Scan(tuple(headings), tuple(anchors))


def references(lines: Sequence[str]) -> References:
    """Find links and footnotes outside code blocks."""
    links: list[tuple[int, str]] = []
    uses: list[tuple[int, str]] = []
    texts: list[tuple[int, str]] = []
    pictures: list[tuple[int, str]] = []
    for first, paragraph in _paragraphs_with_links(lines):
        text = without_code(paragraph) if "`" in paragraph else paragraph
        starts = [0, *(found.end() for found in re.finditer("\n", text))]
        for link in links_of(text):
            line = first + bisect_right(starts, link.start) - 1
            if link.is_picture:
                pictures.append((line, link.target))
            else:
                links.append((line, link.target))
        for number, written in enumerate(text.split("\n"), first):
            if "[" not in written:
                continue
            line_text = (_own_words(lines, number, written) if "]:" in written else "") or written
            note = re.match(FOOTNOTE_TEXT, line_text)
            if note:
                texts.append((number, note.group(1)))
            elif defined := DEFINITION.match(line_text):
                links.append((number, defined.group(2) or defined.group(3) or ""))
            if re.search(r"(?<!\\)!\[[^\[\]]{0,1000}\]\[", line_text):
                pictures.append((number, ""))
            uses.extend((number, match.group(1)) for match in re.finditer(FOOTNOTE_USE, line_text))
    return References(tuple(sorted(links, key=_line)), tuple(uses), tuple(texts), tuple(sorted(pictures, key=_line)))


def _line(found: tuple[int, str]) -> int:
    return found[0]


def _paragraphs_with_links(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Lines without an empty one between them, outside code blocks: the number of the first, and their text."""
    fenced = _fences(lines)
    first = 0
    for number, line in enumerate((*lines, "")):
        if number < len(lines) and line.strip() and not fenced[number]:
            continue
        text = "\n".join(lines[first:number])
        if "[" in text:
            yield first, text
        first = number + 1


def _fences(lines: Sequence[str]) -> list[bool]:
    if any(line.startswith(("```", "~~~")) for line in lines):
        return fenced_lines(lines)
    return [False] * len(lines)


def may_be_setext(lines: Sequence[str], number: int) -> bool:
    """Can the line above an underline be a setext heading, by Python-Markdown's rules?"""
    if number == 0 or not lines[number - 1].strip():
        return False
    if number > 1 and lines[number - 2].strip() and not ATX.match(lines[number - 2]):
        return False
    above = lines[number - 1]
    return not above.startswith(("    ", "\t", "|", ">")) and not ATX.match(above)


def _split_attributes(title: str) -> tuple[str, str]:
    """A heading's text, and the id in its attribute list; "" when there is none."""
    match = next(
        (found for found in ATTRIBUTES.finditer(title) if found.end() == len(title) and title[found.start()] in " \t"),
        None,
    )
    if match is None:
        return title, ""
    found = _ID.search(match.group(1))
    return title[: match.start()], (found.group(1) or found.group(2)) if found else ""


def _block_ids(line: str) -> Iterator[str]:
    for match in ATTRIBUTES.finditer(line):
        found = _ID.search(match.group(1))
        if found:
            yield found.group(1) or found.group(2)


def _places(lines: Sequence[str], number: int) -> list[tuple[int, str]]:
    """The places in HTML in a line. Those that stand alone above a heading are the heading's."""
    text = without_code(lines[number])
    names = [found.group(1) or found.group(2) or found.group(3) for found in PLACE_RE.finditer(text)]
    if names and not PLACE_RE.sub("", text).strip():
        below = next((later for later in range(number + 1, len(lines)) if lines[later].strip()), number)
        under = below + 1 < len(lines) and SETEXT.match(lines[below + 1]) and may_be_setext(lines, below + 1)
        if under or ("#" in lines[below] and ATX.match(lines[below])):
            number = below
    return [(number, name) for name in names]


def slug(title: str) -> str:
    """An anchor made from a title in any script: its words in lower case, joined by hyphens."""
    return "-".join(re.findall(r"\w+", title.replace("'", "").replace("\u2019", "").lower())) or "section"
