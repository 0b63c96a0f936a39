"""Markdown source as lines: headings, anchors, links and plain words, without rendering.

Belongs here: what must be fast (a whole handbook is scanned at every start) and what the index and the
page must agree on. Not here: files (content.py) and HTML (render.py). The forms are Python-Markdown's:
ATX and setext headings, attr_list `{#id}` / `{: #id }`, footnotes `[^id]`, fenced code."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A heading may open a list item: the statement's three root causes are list items with a lead line each.
_ATX = re.compile(r"^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(#{1,6})[ \t]+(\S.*?)[ \t]*#*[ \t]*$")
_SETEXT = re.compile(r"^(=+|-+)[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ ]*((?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s}]+))(?:[ ]+[^}\n]*)?)\}")
_ID = re.compile(r"(?:^|[ ])#([\w:.-]+)|(?:^|[ ])id=[\"']?([\w:.-]+)")
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]\\]|\\.|\[[^\]]*\])*\]\(\s*<?([^)\s>]*)>?(?:\s+[\"'][^)]*)?\)")
_FOOTNOTE_USE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_FOOTNOTE_TEXT = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: `line` counts from 0; `anchor` is "" where the source gives none."""

    line: int
    level: int
    title: str
    anchor: str
    body: int  # first line after the heading: 2 on for a setext heading


@dataclass(frozen=True, slots=True)
class Scan:
    """What one chapter's source holds, found in one pass over its lines (lines count from 0)."""

    headings: tuple[Heading, ...]
    anchors: tuple[tuple[int, str], ...]  # (line, id) of blocks that are not headings
    links: tuple[tuple[int, str], ...]  # (line, target) as written
    footnote_uses: tuple[tuple[int, str], ...]
    footnote_texts: tuple[tuple[int, str], ...]


def without_comments(text: str) -> str:
    """The text without HTML comments, every line still on its own number; fenced code is left alone."""
    if "<!--" not in text:
        return text
    fenced = [line for line in _fenced(text.split("\n"))]
    if not any(fenced):
        return _COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    lines = text.split("\n")
    out: list[str] = []
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and fenced[stop] == fenced[start]:
            stop += 1
        piece = "\n".join(lines[start:stop])
        out.append(piece if fenced[start] else _COMMENT.sub(lambda m: "\n" * m.group().count("\n"), piece))
        start = stop
    return "\n".join(out)


def _fenced(lines: Iterable[str]) -> Iterator[bool]:
    """For each line: is it part of a fenced code block (its fences included)?"""
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        if fence:
            yield True
            if match and match.group(1).startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif match:
            fence = match.group(1)
            yield True
        else:
            yield False


def scan(lines: Sequence[str]) -> Scan:
    """Find headings, block anchors, links and footnotes; code blocks are passed over."""
    headings: list[Heading] = []
    anchors: list[tuple[int, str]] = []
    links: list[tuple[int, str]] = []
    uses: list[tuple[int, str]] = []
    texts: list[tuple[int, str]] = []
    skip_setext = -1
    has_fence = any(line.lstrip().startswith(("```", "~~~")) for line in lines)
    fenced = list(_fenced(lines)) if has_fence else [False] * len(lines)
    for number, line in enumerate(lines):
        if not line or fenced[number]:
            continue
        if "#" in line or "{" in line:
            match = _ATX.match(line)
            if match:
                title, anchor = _split_attributes(match.group(2))
                headings.append(Heading(number, len(match.group(1)), plain_line(title), anchor, number + 1))
            else:
                anchors.extend((number, name) for name in _block_ids(line))
        if number > skip_setext and line[0] in "=-" and _SETEXT.match(line) and _may_be_setext(lines, number):
            title, anchor = _split_attributes(lines[number - 1].strip())
            level = 1 if line[0] == "=" else 2
            headings.append(Heading(number - 1, level, plain_line(title), anchor, number + 1))
            skip_setext = number
        if "[" in line:
            links.extend((number, match.group(1)) for match in _LINK.finditer(line))
            text = _FOOTNOTE_TEXT.match(line)
            if text:
                texts.append((number, text.group(1)))
            uses.extend((number, match.group(1)) for match in _FOOTNOTE_USE.finditer(line))
    return Scan(tuple(headings), tuple(anchors), tuple(links), tuple(uses), tuple(texts))


def _may_be_setext(lines: Sequence[str], number: int) -> bool:
    """Is the line above an underline a title of its own, as Python-Markdown sees it?"""
    if number == 0 or not lines[number - 1].strip() or (number > 1 and lines[number - 2].strip()):
        return False
    above = lines[number - 1]
    return not above.startswith(("    ", "\t", "|", ">")) and not _ATX.match(above)


def _split_attributes(title: str) -> tuple[str, str]:
    """A heading's words and the id in its attribute list, "" when there is none."""
    match = None
    for match in _ATTRIBUTES.finditer(title):
        pass
    if match is None or match.end() != len(title):
        return title, ""
    found = _ID.search(match.group(1))
    return title[: match.start()], (found.group(1) or found.group(2)) if found else ""


def _block_ids(line: str) -> Iterator[str]:
    for match in _ATTRIBUTES.finditer(line):
        found = _ID.search(match.group(1))
        if found:
            yield found.group(1) or found.group(2)


def slug(title: str) -> str:
    """An anchor made from a title: its words in lower case, joined by hyphens, in any script."""
    return "-".join(re.findall(r"\w+", title.replace("'", "").replace("\u2019", "").lower())) or "section"


_INLINE = re.compile(r"[\[\]*_`\\<&{]")
_CODE = re.compile(r"(?<!\\)(`+)(.+?)(?<!`)\1(?!`)")
_LINK_TEXT = re.compile(r"!?\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^>\s]+|[^>\s@]+@[^>\s]+)>")
_TAG = re.compile(r"</?[A-Za-z][^>\n]*>")
_STARS = re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.*?[^\s\\])\1")
_UNDERSCORES = re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.*?[^\s\\])\1(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!|~-])")


def plain_line(text: str) -> str:
    """One line's words without Markdown's marks, as a reader sees them."""
    if not _INLINE.search(text):
        return text.strip()
    if "{" in text:
        text = _ATTRIBUTES.sub("", text)
    if "`" in text:
        text = _CODE.sub(lambda match: re.sub(r"([\\`*_\[\]<&])", r"\\\1", match.group(2)), text)
    if "[" in text:
        text = _LINK_TEXT.sub(r"\1", _FOOTNOTE_USE.sub("", text))
    if "<" in text:
        text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    if "*" in text:
        text = _STARS.sub(r"\2", _STARS.sub(r"\2", text))
    if "_" in text:
        text = _UNDERSCORES.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return html.unescape(text).strip() if "&" in text else text.strip()


_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_QUOTE = re.compile(r"^\s*(?:>[ \t]?)+")
_TABLE_RULE = re.compile(r"^\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_ADMONITION = re.compile(r"^\s*!!![ \t]+[\w-]+[^\"]*(?:\"(.*)\")?[ \t]*$")
_DEFINITION = re.compile(r"^\s{0,3}:[ \t]{1,3}")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:[ \t]*\S+")
_RULE = re.compile(r"^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")


def plain_text(lines: Sequence[str]) -> str:
    """The words of some lines of Markdown as paragraphs, one a line; footnotes and marks are left out.

    Headings are passed over: a section's title is not part of its text."""
    paragraphs: list[str] = []
    current: list[str] = []
    in_footnote = False

    def flush() -> None:
        # Inline marks may cross a line's end, so they are taken off the whole paragraph.
        if current:
            words = plain_line(" ".join(current))
            if words:
                paragraphs.append(words)
            current.clear()

    has_fence = any(line.lstrip().startswith(("```", "~~~")) for line in lines)
    fenced = list(_fenced(lines)) if has_fence else None
    for number, line in enumerate(lines):
        stripped = line.strip()
        if fenced and fenced[number]:
            flush()
            if not _FENCE.match(line):
                paragraphs.extend([stripped] if stripped else [])
            continue
        if not stripped:
            flush()
            continue
        first = stripped[0]
        if first.isalnum() and line[0] == first and not first.isdigit():  # most lines: plain running text
            in_footnote = False
            if number + 1 < len(lines) and _SETEXT.match(lines[number + 1]) and _may_be_setext(lines, number + 1):
                continue
            if "|" in line and (_is_table_line(lines, number)):
                flush()
                current.append(_cells(stripped))
                flush()
            else:
                current.append(stripped)
            continue
        if _FOOTNOTE_TEXT.match(line):
            flush()
            in_footnote = True
            continue
        if in_footnote and line[0] in " \t":
            continue
        in_footnote = False
        if _ATX.match(line) or _SETEXT.match(line) or _RULE.match(line):
            flush()
            continue
        if first == "|" or ("|" in stripped and _is_table_line(lines, number)):
            flush()
            if not _TABLE_RULE.match(stripped):
                current.append(_cells(stripped))
                flush()
            continue
        if first == "!":
            admonition = _ADMONITION.match(line)
            if admonition:
                flush()
                current.append(admonition.group(1) or "")
                flush()
                continue
        if first == "[" and _REFERENCE.match(line):
            flush()
            continue
        if first == ">":
            stripped = _QUOTE.sub("", stripped)
        elif first == ":" and _DEFINITION.match(line):
            flush()
            stripped = _DEFINITION.sub("", line).strip()
        item = _ITEM.match(stripped)
        if item:
            flush()
            stripped = stripped[item.end() :]
        if stripped:
            current.append(stripped)
    flush()
    return "\n".join(paragraphs)


def _is_table_line(lines: Sequence[str], number: int) -> bool:
    """Does the line stand in a block that has a table's rule as its second line?"""
    top = number
    while top > 0 and lines[top - 1].strip():
        top -= 1
    return top + 1 < len(lines) and "|" in lines[top] and bool(_TABLE_RULE.match(lines[top + 1]))


def _cells(row: str) -> str:
    return " · ".join(cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip("|")) if cell.strip())
