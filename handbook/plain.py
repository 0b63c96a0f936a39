"""Markdown source as plain words: what search reads, and what a snippet is cut from.

Belongs here: taking Markdown's marks off. Not here: finding headings and links (scan.py). Apart from
scan.py because opening the window needs no plain words, and compiling these patterns takes its time."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from handbook.scan import ATTRIBUTES, ATX, FENCE, FOOTNOTE_TEXT, FOOTNOTE_USE, SETEXT, fenced_lines, may_be_setext

_FOOTNOTE, _NOTE_MARK = re.compile(FOOTNOTE_TEXT), re.compile(FOOTNOTE_USE)
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
        text = ATTRIBUTES.sub("", text)
    if "`" in text:
        text = _CODE.sub(lambda match: re.sub(r"([\\`*_\[\]<&])", r"\\\1", match.group(2)), text)
    if "[" in text:
        text = _LINK_TEXT.sub(r"\1", _NOTE_MARK.sub("", text))
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
_ADMONITION = re.compile(r"^\s*!!![ \t]+([\w-]+)[^\"]*(?:\"(.*)\")?[ \t]*$")
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
    fenced = list(fenced_lines(lines)) if has_fence else None
    for number, line in enumerate(lines):
        stripped = line.strip()
        if fenced and fenced[number]:
            flush()
            if not FENCE.match(line):
                paragraphs.extend([stripped] if stripped else [])
            continue
        if not stripped:
            flush()
            continue
        first = stripped[0]
        if first.isalnum() and line[0] == first and not first.isdigit():  # most lines: plain running text
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
        if in_footnote and line[0] in " \t":
            continue
        in_footnote = False
        if ATX.match(line) or SETEXT.match(line) or _RULE.match(line):
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
                if admonition.group(1) != "lines":  # its "title" is how many lines there are to write on
                    current.append(admonition.group(2) or "")
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
