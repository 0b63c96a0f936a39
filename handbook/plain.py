"""Markdown source as plain words: what search reads, and what a snippet is cut from.

Belongs here: taking Markdown's marks off. Not here: finding headings and links (scan.py). Apart from
scan.py because opening the window needs no plain words, and compiling these patterns takes its time."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from handbook.scan import (
    ATTRIBUTES,
    ATX,
    FENCE,
    FOOTNOTE_TEXT,
    FOOTNOTE_USE,
    SETEXT,
    fenced_lines,
    may_be_setext,
)

_FOOTNOTE, _NOTE_MARK = re.compile(FOOTNOTE_TEXT), re.compile(FOOTNOTE_USE)
_INLINE = re.compile(r"[\[\]*_`\\<&{]")
_LITERAL = re.compile(r"\\([\\`*_{}\[\]()>#+.!|-])|(?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`)")
_KEPT = re.compile("\0([0-9]+)\0")
_LINK_TEXT = re.compile(r"!?\[((?:[^\[\]\\]|\\.|\[[^\]]*\])*)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^>\s]+|[^>\s@]+@[^>\s]+)>")
_BREAK = re.compile(r"<br\s*/?>")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9A-Za-z]+);")
_STARS = re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.*?[^\s\\])\1")
_UNDERSCORES = re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.*?[^\s\\])\1(?!\w)")


def plain_line(text: str) -> str:
    """One line's words without Markdown's marks, as a reader sees them; raw HTML is words, as on the page."""
    if not _INLINE.search(text):
        return text.strip()
    literal: list[str] = []  # code and escaped signs, out of the way of the patterns below
    if "`" in text or "\\" in text:

        def keep(match: re.Match[str]) -> str:
            literal.append(match.group(1) or match.group(3).strip())
            return f"\0{len(literal) - 1}\0"

        text = _LITERAL.sub(keep, text.replace("\0", ""))
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


def plain_text(lines: Sequence[str]) -> str:
    """The words of some lines of Markdown as paragraphs, one a line; footnotes and marks are left out.

    Headings are passed over: a section's title is not part of its text."""
    paragraphs: list[str] = []
    current: list[str] = []
    in_footnote = in_list = False
    fence = ""
    boxes = 0

    def flush() -> None:
        # Inline marks may cross a line's end, so they are taken off the whole paragraph.
        if current:
            words = plain_line(" ".join(current))
            if words:
                paragraphs.append(words)
            current.clear()

    has_fence = any(line.startswith(("```", "~~~")) for line in lines)
    fenced = fenced_lines(lines) if has_fence else None
    after_blank = True
    for number, line in enumerate(lines):
        stripped = line.strip()
        if fenced and fenced[number]:
            flush()
            opens = FENCE.match(line) if not fence else None
            if opens:
                fence = opens.group(1)
            elif stripped == fence:
                fence = ""
            elif stripped:
                paragraphs.append(stripped)
            continue
        if not stripped:
            flush()
            after_blank, in_list = True, False
            continue
        lazy = in_footnote and not after_blank  # a footnote's text goes on to the next empty line
        after_blank = False
        first = stripped[0]
        if first.isalnum() and line[0] == first and not first.isdigit():  # most lines: plain running text
            if lazy:
                continue
            in_footnote = False
            if number + 1 < len(lines) and SETEXT.match(lines[number + 1]) and may_be_setext(lines, number + 1):
                continue
            if "|" in line and (_is_table_line(lines, number)):
                flush()
                current.append(_cells(stripped))
                flush()
            else:
                current.append(stripped)
            continue
        if _FOOTNOTE.match(line):
            flush()
            in_footnote = True
            continue
        if ATX.match(line) or SETEXT.match(line) or _RULE.match(line):
            in_footnote = False
            flush()
            continue
        if in_footnote and (lazy or line[0] in " \t"):
            continue
        in_footnote = False
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
                kind, title = admonition.groups()
                if kind != "lines":  # its "title" is how many lines there are to write on
                    current.append(kind.capitalize() if title is None else title)
                flush()
                continue
        if first == "[" and _REFERENCE.match(line):
            flush()
            continue
        if first == "<" and (_BOX.match(line) or (boxes and _BOX_END.match(line))):
            flush()
            boxes += -1 if stripped.startswith("</") else 1
            continue
        if first == ">":
            stripped = _QUOTE.sub("", stripped)
            if not stripped:
                flush()
                in_list = False
        elif first == ":" and _DEFINITION.match(line):
            flush()
            stripped = _DEFINITION.sub("", line).strip()
        # Inside a paragraph a line may begin with "2010." and be no item.
        item = _ITEM.match(stripped) if in_list or not current else None
        if item:
            flush()
            in_list = True
            stripped = stripped[item.end() :]
        stripped = _INNER_HEADING.sub("", stripped) if stripped[:1] == "#" else stripped
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
    row = _CELL_END.sub(lambda match: match.group(1) or "\0", row.strip("|"))
    return " · ".join(cell.strip() for cell in row.split("\0") if cell.strip())
