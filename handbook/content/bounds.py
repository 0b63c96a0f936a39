"""Limits the markup in a text, so that no file can make the program hang or crash.

Belongs here: the limits, and what is done to a text that exceeds them. Not here: reading files (loading.py), Markdown
itself (markup.py).

Python-Markdown takes quadratic time for thousands of opening signs in one paragraph, and a nesting of a few dozen
levels exceeds the recursion that its parser, Typst or a walk over the tree can do. Nobody writes such a text by hand.
It stays readable: where signs are too many, similar ones stand in their place, and what is nested too deeply becomes
paragraphs."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

MOST_SIGNS = 400  # of one kind in a paragraph or in a line of a table
MOST_ROWS = 1500  # of tables in a file
MOST_FENCES = 1000  # lines of a file that open or close code
DEEPEST = 8  # levels of nested lists, quotations, definitions and boxes
_INSTEAD = {"[": "(", "]": ")", "*": "·", "_": "-", "`": "'", "<": "‹", "&": "+", "\\": "/", "{": "("}
_INDENT = 4 * DEEPEST
_SUSPECT = re.compile(
    rf"(?m)^(?:[ \t]{{0,3}}>){{{DEEPEST + 1}}}|^[ \t]{{{_INDENT + 1}}}|^ {{0,3}}(?:[-*+] {{1,3}}){{{DEEPEST + 1}}}"
)
_QUOTED = re.compile(r"(?: {0,3}> ?)+")
_ITEMS = re.compile(r"( {0,32})((?:[-*+] {1,3})+)")
_CONTAINERS = frozenset(("blockquote", "ul", "ol", "dl", "div"))


def within_limits(text: str) -> tuple[str, str]:
    """The text, changed where it exceeds the limits, and a message of what was changed; "" for nothing."""
    said: list[str] = []
    if any(text.count(sign) > MOST_SIGNS for sign in _INSTEAD):
        text, signs = _fewer_signs(text)
        if signs:
            said.append(
                f"a paragraph has more than {MOST_SIGNS} signs {' '.join(sorted(signs))}: they are shown as others"
            )
    if text.count("```") + text.count("~~~") > MOST_FENCES:
        text = re.sub(r"(?m)^ {0,3}(?:`{3,}|~{3,})", "'''", text)
        said.append(f"more than {MOST_FENCES} lines open code: all is read as text")
    if text.count("|") > MOST_ROWS:
        text, beyond = _fewer_rows(text)
        if beyond:
            said.append(f"its tables have more than {MOST_ROWS} rows: the rest is read as text")
    if _SUSPECT.search(text):
        flat = "\n".join(map(_shallow, text.split("\n")))
        if flat != text:
            text = flat
            said.append(f"lists or quotations lie more than {DEEPEST} deep in each other: they are set flat")
    return text, "; ".join(said)


def _fewer_signs(text: str) -> tuple[str, set[str]]:
    blocks = re.split(r"(\n[ \t]*\n)", text)
    found: set[str] = set()
    for number, block in enumerate(blocks):
        # In a table each line counts by itself, as Markdown reads its cells one by one.
        pieces = block.split("\n") if "|" in block else [block]
        for at, piece in enumerate(pieces):
            many = [sign for sign in _INSTEAD if piece.count(sign) > MOST_SIGNS]
            if many:
                pieces[at] = piece.translate(
                    {ord(sign): _INSTEAD[sign] for sign in (*many, *("]" if "[" in many else ""))}
                )
                found.update(many)
        blocks[number] = "\n".join(pieces)
    return "".join(blocks), found


def _fewer_rows(text: str) -> tuple[str, bool]:
    lines = text.split("\n")
    rows = [number for number, line in enumerate(lines) if "|" in line]
    for number in rows[MOST_ROWS:]:
        lines[number] = lines[number].replace("|", "¦")
    return "\n".join(lines), len(rows) > MOST_ROWS


def _shallow(line: str) -> str:
    """A line of Markdown, with its nesting cut to DEEPEST levels."""
    quoted = _QUOTED.match(line)
    if quoted and quoted.group().count(">") > DEEPEST:
        line = "> " * DEEPEST + line[quoted.end() :]
    spaces = len(line) - len(line.lstrip(" \t"))
    if spaces > _INDENT:
        line = " " * _INDENT + line[spaces:]
    items = _ITEMS.match(line)
    if items and len(items.group(2).split()) > DEEPEST:
        line = items.group(1) + "- " * DEEPEST + line[items.end() :]
    return line


def flatten(root: Element) -> bool:
    """Replace containers nested deeper than DEEPEST by paragraphs; True if there were any. Does not recurse."""
    changed = False
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth >= DEEPEST:
            changed |= _lift(element)
        waiting.extend((child, depth + (child.tag in _CONTAINERS)) for child in element)
    return changed


def _lift(element: Element) -> bool:
    """Replace each container directly inside an element by a paragraph with its text."""
    deep = [child for child in element if child.tag in _CONTAINERS]
    for child in deep:
        words = _words(child)
        tail = child.tail
        child.clear()
        child.tag, child.tail, child.text = "p", tail, words
    return bool(deep)


def _words(element: Element) -> str:
    pieces: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        below: list[Element | str] = [one.text or ""]
        for child in one:
            below += [child, child.tail or ""]
        waiting.extend(reversed(below))
    return " ".join(" ".join(pieces).split())
