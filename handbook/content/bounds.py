"""Limits the markup in a text, so that no file can make the program hang or crash.

Belongs here: the limits, and what is done to a text that exceeds them. Not here: reading files (loading.py), Markdown
itself (markup.py).

Python-Markdown takes quadratic time for thousands of opening signs in one paragraph; Qt lays out thousands of headings
or items, and a word without end, in quadratic time; a nesting of a few dozen levels exceeds the recursion that the
parser, Typst or a walk over the tree can do. Nobody writes such a text by hand. It stays readable: extra signs are
escaped, paragraphs without end are divided, blocks nested too deeply become paragraphs. Only what is longer than any
book's chapter is cut, and says so at its end.

All of it takes time that grows with the length of the text and no faster; so do the patterns here, each of which
either is bounded or never goes back on what it took (`++`, `*+`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.base.late_patterns import late_pattern
from handbook.base.thousands import Number
from handbook.content.headings import ATX, SETEXT, fenced_lines

MOST_LETTERS = 500_000  # of a chapter: a book of 250 pages
MOST_BLOCKS = 5000  # paragraphs, items and terms of a chapter
MOST_HEADINGS = 2000  # of a chapter
MOST_LINES = 50_000  # of a chapter: also empty ones are gone through again and again
MOST_SIGNS = 400  # of one kind in a paragraph, an item or a line of a table
MOST_IN_ALL = {
    "[": 1000,
    "<": 200,
    "*": 2000,
    "_": 2000,
    "`": 2000,
    "&": 2000,
}  # in a chapter, that open and do not close
MOST_CLOSED = 8000  # of one kind in a chapter, that do
MOST_ROWS = 1500  # of tables in a file
MOST_CELLS = 6000  # of those: Qt lays out all of a table at once, on the screen's thread
MOST_COLUMNS = 60
_OTHERS = 20  # lines of a paragraph that were rows
MOST_FENCES = 1000  # lines of a file that open or close code
DEEPEST = 8  # levels of lists, quotations, definitions and boxes in each other
_LONGEST_PARAGRAPH = 20_000  # letters
_LONGEST_WITH_SIGNS = 5000  # letters of one with a hundred signs: each is looked for in all that follows
_LONGEST_WORD = 2000  # letters; a longer one is divided after each _SYLLABLE
_SYLLABLE = 25  # so long that the typesetter may break it: no line begins with a slash, even after a space
_LONGEST_TITLE = 1000  # letters
_INSTEAD = {"[": "(", "]": ")", "*": "·", "_": "-", "`": "'", "<": "‹", "&": "+", "\\": "/", "{": "("}
_INDENT = 4 * DEEPEST
# Of lines, each behind its "\n": by a letter that must come first a text is searched three times as fast as by `^`.
_SUSPECT = late_pattern(
    rf"\n(?:(?:[ \t]{{0,3}}>){{{DEEPEST + 1}}}|[ \t]{{{_INDENT + 1}}}| {{0,3}}(?:[-*+] {{1,3}}){{{DEEPEST + 1}}})"
)
_QUOTED = late_pattern(r"(?: {0,3}> ?)+")
_ITEMS = late_pattern(r"( {0,32})((?:[-*+] {1,3})+)")
_CONTAINERS = frozenset(("blockquote", "ul", "ol", "dl", "div"))
_EMPHASIS, _DEEPEST_EMPHASIS = frozenset(("em", "strong")), 16  # in each other: nobody can see more
_PICTURE_DATA = late_pattern(r"data:[\w/+.;=-]{0,100}+,[\w+/=%-]{100,}+")  # pictures are not shown
_WORD_WITHOUT_END = late_pattern(rf"\S{{{_LONGEST_WORD + 1},}}+")
_SYLLABLES = late_pattern(rf"\S{{{_SYLLABLE}}}(?=\S)")
_MOST_BLANKS = 100  # in a row
_BLANKS_WITHOUT_END = late_pattern(rf"(?<=[^ \t\n])[ \t]{{{_MOST_BLANKS},}}+")
_ITEM = late_pattern(r"[ \t>]{0,40}(?:[-*+:]|\d{1,9}[.)]|\[\^?[^\[\]\n]{1,200}\]:)[ \t]")
_BLOCK = late_pattern(r"[ \t>]{0,40}(?:[-*+:]|\d{1,9}[.)]|#{1,6}|\[\^?[^\]]{1,200}\]:)(?:[ \t]|$)")
_PAIR = late_pattern(r"\[[^\[\]\n]{0,300}\](?:[(\[][^()\[\]\s]{0,300}[)\]]|(?![(\[]))")
_WHOLE = {  # signs that open what is closed close by; they cost little
    "[": _PAIR,
    "*": late_pattern(r"\*{1,3}[^\s*](?:[^*\n]{0,300}[^\s*])?\*{1,3}"),
    "_": late_pattern(r"(?<=\w)_+|_{1,3}[^\s_](?:[^_\n]{0,300}[^\s_])?_{1,3}"),
    "{": late_pattern(r"\{[^{}\n]{1,300}\}"),
    "]": _PAIR,
    "<": late_pattern(r"<(?:[^<>]{0,1000}>|(?![A-Za-z/!?]))"),
    "&": late_pattern(r"&[a-z]{2,8};"),
    "`": late_pattern(r"(?<!`)`[^`\n]{1,300}`(?!`)"),
}


def within_limits(text: str) -> tuple[str, str]:
    """The text, changed where it exceeds the limits, and a message of what was changed; "" for nothing.

    Lines keep their numbers, unless a paragraph or a table is divided."""
    said: list[str] = []
    if "data:" in text:
        text = _PICTURE_DATA.sub("data:,", text)
    text, why = _cut(text)
    if why:
        said.append(tr("has {why}: the rest is left out").format(why=why))
    text, divided = _divided(text)
    if divided:
        said.append(tr("has {divided}: divided into shorter ones").format(divided=divided))
    if any(text.count(sign) > min(MOST_SIGNS, MOST_IN_ALL.get(sign, MOST_SIGNS)) for sign in _INSTEAD):
        text, signs = _fewer_signs(text)
        if signs:
            said.append(
                tr("it has too many of the signs {signs}: some are shown as others").format(
                    signs=" ".join(sorted(signs))
                )
            )
    if text.count("```") + text.count("~~~") > MOST_FENCES:
        text = re.sub(r"(?m)^ {0,3}(?:`{3,}+|~{3,}+)", "'''", text)
        said.append(tr("more than {most} lines open code: all is read as text").format(most=MOST_FENCES))
    if text.count("|") > MOST_COLUMNS:
        text, beyond = _fewer_rows(text)
        if beyond:
            said.append(beyond)
    if _SUSPECT.search(f"\n{text}"):
        flat = _flat_lines(text.split("\n"))
        if flat != text:
            text = flat
            said.append(
                tr("lists or quotations lie more than {deepest} deep in each other: they are set flat").format(
                    deepest=DEEPEST
                )
            )
    return text, "; ".join(said)


# -- Length -------------------------------------------------------------------------------------------------


def _cut(text: str) -> tuple[str, str]:
    """The text as far as a chapter may go, with a note where that is not all; and what it has too much of."""
    if len(text) <= MOST_LETTERS and text.count("\n") <= min(MOST_BLOCKS, MOST_HEADINGS):
        return text, ""
    lines = text[: 2 * MOST_LETTERS].split("\n")
    letters = blocks = headings = 0
    empty = True
    for number, line in enumerate(lines):
        letters += len(line) + 1
        if letters > MOST_LETTERS:
            return _with_note(lines[:number], line, tr("more than {most:,} letters").format(most=Number(MOST_LETTERS)))
        if number >= MOST_LINES:
            return _with_note(lines[:number], "", tr("more than {most:,} lines").format(most=Number(MOST_LINES)))
        if not line or line.isspace():
            empty = True
            continue
        headings += line.lstrip()[:1] == "#" or (line[0] in "=-" and bool(SETEXT.match(line)))
        blocks += empty or bool(_BLOCK.match(line))
        empty = False
        if blocks > MOST_BLOCKS:
            return _with_note(
                lines[:number], "", tr("more than {most:,} paragraphs and items").format(most=Number(MOST_BLOCKS))
            )
        if headings > MOST_HEADINGS:
            return _with_note(lines[:number], "", tr("more than {most:,} headings").format(most=Number(MOST_HEADINGS)))
    if len(text) > 2 * MOST_LETTERS:
        return _with_note(lines, "", tr("more than {most:,} letters").format(most=Number(MOST_LETTERS)))
    return text, ""


def _with_note(lines: Sequence[str], last: str, why: str) -> tuple[str, str]:
    """Lines with a note below them. last: a line of which there is room for some."""
    room = MOST_LETTERS - sum(map(len, lines)) - len(lines)
    kept = [*lines, last[: max(0, room)]] if last else lines
    title = tr("Not all of this file")
    note = tr("It has {why}. The rest of it is left out here.").format(why=why)
    return "\n".join((*kept, "", f'!!! note "{title}"\n    {note}', "")), why


def _divided(text: str) -> tuple[str, str]:
    """The text with no word, line or paragraph without end, and what of these it had."""
    found: list[str] = []
    longest = max(map(len, text.split("\n")))  # most texts are short in all, which is seen sooner than any word in them
    if longest > _LONGEST_WORD and _WORD_WITHOUT_END.search(text):
        text = _WORD_WITHOUT_END.sub(lambda word: _SYLLABLES.sub(r"\g<0> ", word.group()), text)
        found.append(tr("words of more than {longest:,} letters").format(longest=Number(_LONGEST_WORD)))
    if ("\t" in text or " " * _MOST_BLANKS in text) and _BLANKS_WITHOUT_END.search(text):
        text = _BLANKS_WITHOUT_END.sub(" ", text)
        found.append(tr("lines with more than a hundred blanks in a row"))
    if longest > _LONGEST_TITLE or any(len(piece) > _LONGEST_WITH_SIGNS - 4 for piece in text.split("\n\n")):
        blocks = list(_blocks(text))
        if any(len(block) > _LONGEST_TITLE and _is_long(block) for block in blocks):
            text = "".join(map(_shorter, blocks))
            found.append(tr("a paragraph or a title of too many letters"))
    return text, " and ".join(found)


def _blocks(text: str) -> Iterator[str]:
    """The text in pieces that end with the empty lines behind a paragraph."""
    at = 0
    for end in re.finditer(r"\n[ \t]*+\n", text):
        yield text[at : end.end()]
        at = end.end()
    yield text[at:]


def _is_long(block: str) -> bool:
    return any(len(part) > _most(part) for part in _parts(block)) or any(
        len(line) > _LONGEST_TITLE and ATX.match(line) for line in block.split("\n")
    )


def _most(part: str) -> int:
    """The most letters that a paragraph, an item or a line of a table may have."""
    has_signs = len(part) > _LONGEST_WITH_SIGNS and any(part.count(sign) > MOST_SIGNS // 4 for sign in _INSTEAD)
    return _LONGEST_WITH_SIGNS if has_signs else _LONGEST_PARAGRAPH


def _parts(block: str) -> Iterator[str]:
    """What of a block is read as one: the lines of a table, the items of a list, else all of it."""
    lines = block.split("\n")
    if "|" in block:
        yield from lines
    elif _ITEM.match(lines[0]):
        at = 0
        for number in range(1, len(lines)):
            if _ITEM.match(lines[number]):
                yield "\n".join(lines[at:number])
                at = number
        yield "\n".join(lines[at:])
    else:
        yield block


def _shorter(block: str) -> str:
    """A block, divided into paragraphs where it is too long."""
    return "\n".join(map(_divided_part, _parts(block))) if _is_long(block) else block


def _divided_part(part: str) -> str:
    out: list[str] = []
    filled, room = 0, _most(part)
    for line in part.split("\n"):
        most = min(room, _LONGEST_TITLE) if len(line) > _LONGEST_TITLE and ATX.match(line) else room
        for number, piece in enumerate(_pieces(line, most)):
            if out and (number or filled + len(piece) > room):
                out.append("")
                filled = 0
            out.append(piece)
            filled += len(piece) + 1
    return "\n".join(out)


def _pieces(line: str, most: int) -> Iterator[str]:
    """A line in pieces of a length at most, divided at blanks where it has some."""
    while len(line) > most:
        end = line.rfind(" ", most // 2, most)
        end = most if end < 0 else end
        yield line[:end]
        line = line[end:].lstrip()
    yield line


# -- Signs --------------------------------------------------------------------------------------------------


def _fewer_signs(text: str) -> tuple[str, set[str]]:
    found: set[str] = set()
    # Signs of which the whole text has no more than may open need not be counted block by block.
    counted = [sign for sign, most in MOST_IN_ALL.items() if text.count(sign) > most]
    in_all, closed = dict.fromkeys(counted, 0), dict.fromkeys(counted, 0)
    often = [sign for sign in _INSTEAD if text.count(sign) > MOST_SIGNS]
    blocks = list(_blocks(text))
    for number, block in enumerate(blocks):
        if not any(block.count(sign) > MOST_SIGNS for sign in often) and not any(map(block.count, in_all)):
            continue
        parts = list(_parts(block))
        for at, part in enumerate(parts):
            many = {sign for sign in _INSTEAD if part.count(sign) > MOST_SIGNS and _opening(part, sign) > MOST_SIGNS}
            for sign in in_all:
                opening = _opening(part, sign)
                in_all[sign] += opening
                closed[sign] += part.count(sign) - opening
                if sign in part and (in_all[sign] > MOST_IN_ALL[sign] or closed[sign] > MOST_CLOSED):
                    many.add(sign)
            if many & {"[", "]"}:
                many |= {"[", "]"}
            if many:
                parts[at] = part.translate({ord(sign): _INSTEAD[sign] for sign in many})
                found |= many
        blocks[number] = "\n".join(parts)
    return "".join(blocks), found


def _opening(part: str, sign: str) -> int:
    """How many signs of a kind a text has that open something and do not close it."""
    whole = _WHOLE.get(sign)
    return whole.sub("", part).count(sign) if whole is not None and sign in part else part.count(sign)


def _fewer_rows(text: str) -> tuple[str, str]:
    """The text with no more rows than may be, and what of them it had too much of.

    The others are a line of text each, in paragraphs of their own, or they would still be rows."""
    out: list[str] = []
    rows = cells = others = 0
    said = ""
    for line in text.split("\n"):
        columns = line.count("|")
        rows += columns > 0
        cells += columns
        if columns and (columns > MOST_COLUMNS or rows > MOST_ROWS or cells > MOST_CELLS):
            if columns > MOST_COLUMNS:
                said = said or tr("a table has more than {most} columns: it is read as text").format(most=MOST_COLUMNS)
            else:
                said = tr(
                    "its tables have more than {most_rows:,} rows or {most_cells:,} cells: the rest is read as text"
                ).format(most_rows=Number(MOST_ROWS), most_cells=Number(MOST_CELLS))
            out += ["", line.replace("|", "¦")] if others % _OTHERS == 0 else [line.replace("|", "¦")]
            others += 1
        else:
            others = 0
            out.append(line)
    return "\n".join(out), said


# -- Depth --------------------------------------------------------------------------------------------------


def _flat_lines(lines: Sequence[str]) -> str:
    """Lines with no more signs of nesting than may be; code is left as it is."""
    fenced = fenced_lines(lines)
    return "\n".join(line if in_code else _shallow(line) for line, in_code in zip(lines, fenced, strict=True))


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
    """Replace containers nested deeper than DEEPEST by paragraphs; True if there were any. Does not recurse.

    Emphasis that lies as deep in emphasis becomes words."""
    changed = False
    _flatten_emphasis(root)
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth >= DEEPEST:
            changed |= _lift(element)
        waiting.extend((child, depth + (child.tag in _CONTAINERS)) for child in element)
    return changed


def _flatten_emphasis(root: Element) -> None:
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        depth = depth + 1 if element.tag in _EMPHASIS else 0
        if depth >= _DEEPEST_EMPHASIS:
            words, tail = _words(element), element.tail
            element.clear()
            element.tag, element.text, element.tail = "em", words, tail
        waiting.extend((child, depth) for child in element)


def _lift(element: Element) -> bool:
    """Replace each container directly inside an element by a paragraph with its text."""
    deep = [child for child in element if child.tag in _CONTAINERS]
    for child in deep:
        words = _words(child)
        tail = child.tail
        child.clear()
        child.tag, child.tail, child.text = "p", tail, words
    return bool(deep)


_INLINE = frozenset(("a", "code", "del", "em", "img", "kbd", "span", "strong", "sub", "sup"))


def _words(element: Element) -> str:
    """The words of an element, with a space only where a block or a line ends. A picture's are its alternative text.

    Numbers of footnotes are left out: without their link they would be a part of the word before."""
    pieces: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        if one.get("class") == "footnote-ref":
            continue
        apart = "" if one.tag in _INLINE else " "
        below: list[Element | str] = [apart, one.get("alt", "") if one.tag == "img" else one.text or ""]
        for child in one:
            below += [child, child.tail or ""]
        waiting.extend(reversed([*below, apart]))
    return " ".join("".join(pieces).split())
