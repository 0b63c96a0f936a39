"""Finds headings, anchors, links and footnotes in Markdown source, line by line, without parsing it as a whole.

Belongs here: what must be fast, as chapters are scanned when the program starts, and what the index and the page
must agree on. Not here: files (loading.py) and the element tree (markup.py). The syntax is Python-Markdown's:
ATX and setext headings, attr_list `{#id}` / `{: #id }`, footnotes `[^id]`, fenced code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# A heading may open a list item: the statement's three root causes are list items with a lead line each.
# Hash signs may close it after a space; a title that is nothing but hash signs is none.
TITLE = r"(?P<level>#{1,6})[ \t]+(?!#+[ \t]*(?:\n|$))(?P<header>\S.*?)(?:[ \t]+#+)?[ \t]*"
ATX = re.compile(r"^ {0,3}(?:(?:[-*+]|\d{1,9}\.)[ \t]+)?" + TITLE + "$")
SETEXT = re.compile(r"^(=+|-+)[ \t]*$")
# A line opens fenced code only if a later line of the same signs closes it.
FENCE = re.compile(r"^(`{3,}|~{3,})[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=(?:\"[^\"\n]*\"|'[^'\n]*'))?[ ]*)$")
ATTRIBUTES = re.compile(r"[ \t]*\{:?[ ]*((?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s}]+))(?:[ ]+[^}\n]*)?)\}")
_ID = re.compile(r"(?:^|[ ])#([\w:.-]+)|(?:^|[ ])id=[\"']?([\w:.-]+)")
# Only the checks of the content use these: they are compiled when first used, so that the program starts quickly.
LINK = r"(?<!!)\[(?:[^\[\]\\]|\\.|\[[^\]]*\])*\]\(\s*<?([^)\s>]*)>?(?:\s+[\"'][^)]*)?\s*\)"
# A picture: its alternative text, address, title and attributes as they are written.
PICTURE = (
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]\n]*\])*)\]"
    r"\(\s*(?:<(?P<inside>[^>\n]*)>|(?P<src>[^)\s]*))"
    r"(?:\s+(?:\"(?P<title>[^\"]*)\"|'(?P<title2>[^']*)'))?\s*\)(?P<attributes>\{[^}\n]*\})?"
)
FOOTNOTE_USE = r"\[\^([^\]\s]+)\](?!:)"
FOOTNOTE_TEXT = r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)$"
CODE = r"(?<!`)(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`)"
_CODE_OR_COMMENT = r"(?ms)" + FENCE.pattern + r"\n.*?^\1[ \t]*$|" + CODE + "|<!--.*?-->"


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

    links: tuple[tuple[int, str], ...]  # (line, target) as written
    footnote_uses: tuple[tuple[int, str], ...]
    footnote_texts: tuple[tuple[int, str], ...]
    pictures: tuple[tuple[int, str], ...]  # (line, target) as written; "" where it stands elsewhere


def without_comments(text: str) -> str:
    """The text without HTML comments. Line numbers stay the same; code is not changed."""
    if "<!--" not in text:
        return text

    def emptied(match: re.Match[str]) -> str:
        found = match.group()
        return "\n" * found.count("\n") if found.startswith("<!--") else found

    return re.sub(_CODE_OR_COMMENT, emptied, text)


def fenced_lines(lines: Sequence[str]) -> list[bool]:
    """For each line: is it part of a fenced code block (its fences included)?"""
    fenced = [False] * len(lines)
    unclosed: set[str] = set()
    number = 0
    while number < len(lines):
        match = FENCE.match(lines[number])
        fence = match.group(1) if match else ""
        if fence and fence not in unclosed:
            for last in range(number + 1, len(lines)):
                if lines[last].rstrip(" \t") == fence:
                    fenced[number : last + 1] = [True] * (last + 1 - number)
                    number = last
                    break
            else:
                unclosed.add(fence)
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
    fenced = _fences(lines)
    for number, line in enumerate(lines):
        if "[" not in line or fenced[number]:
            continue
        line = re.sub(CODE, "", line) if "`" in line else line  # noqa: PLW2901 - code points at nothing
        links.extend((number, match.group(1)) for match in re.finditer(LINK, line))
        found = [match["inside"] or match["src"] or "" for match in re.finditer(r"(?<!\\)" + PICTURE, line)]
        if not found and re.search(r"(?<!\\)!\[[^\]]*\][(\[]", line):
            found = [""]
        pictures.extend((number, target) for target in found)
        text = re.match(FOOTNOTE_TEXT, line)
        if text:
            texts.append((number, text.group(1)))
        uses.extend((number, match.group(1)) for match in re.finditer(FOOTNOTE_USE, line))
    return References(tuple(links), tuple(uses), tuple(texts), tuple(pictures))


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
    match = next((found for found in ATTRIBUTES.finditer(title) if found.end() == len(title)), None)
    if match is None:
        return title, ""
    found = _ID.search(match.group(1))
    return title[: match.start()], (found.group(1) or found.group(2)) if found else ""


def _block_ids(line: str) -> Iterator[str]:
    for match in ATTRIBUTES.finditer(line):
        found = _ID.search(match.group(1))
        if found:
            yield found.group(1) or found.group(2)


def slug(title: str) -> str:
    """An anchor made from a title in any script: its words in lower case, joined by hyphens."""
    return "-".join(re.findall(r"\w+", title.replace("'", "").replace("\u2019", "").lower())) or "section"
