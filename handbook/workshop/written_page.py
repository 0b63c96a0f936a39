"""A page of the trainer's own as blocks that an editor can show as they look, and its Markdown again.

Belongs here: which Markdown can be shown so, and how blocks are written. Not here: the editor
(ui/workshop/page_editor.py), how a page is printed (packet.py).

What has no look in the editor is *kept*: a block that holds its Markdown as it is written. Whether a block is
understood is not guessed: it is written again and parsed, and kept if that gives another tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element, tostring

from handbook.content import markup
from handbook.content.bounds import within_limits
from handbook.workshop.model import CustomPage
from handbook.workshop.packet import custom_piece

Kind = Literal["text", "heading", "item", "number", "box", "lines", "table", "kept"]
BOX = "☐"
MOST_LINES = 40  # to write on, in one block
_LISTS = ("item", "number", "box")
_MARKS = {"item": "-   ", "number": "1.  ", "box": f"-   {BOX} "}


class Words(NamedTuple):
    """Some words that look alike. A line end in them is one on the page."""

    text: str
    bold: bool = False
    italic: bool = False


Line = tuple[Words, ...]


class Block(NamedTuple):
    """A paragraph, a heading, an item of a list, lines to write on, a table, or Markdown that is kept as it is.

    level: of a heading, from 1; of lines to write on, their number; of an item, how many lists its own is in.
    rows:  of a table, the first of which is its head.
    kept:  the Markdown."""

    kind: Kind
    words: Line = ()
    level: int = 0
    rows: tuple[tuple[Line, ...], ...] = ()
    kept: str = ""


# -- Reading ------------------------------------------------------------------------------------------------------


def read(text: str) -> tuple[Block, ...]:
    """The blocks of a page. Where they do not mean the same together, the page is one block that is kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    # Beyond the limits readers get less of it, or other signs; the trainer keeps what is there.
    if not within_limits(text)[1]:
        blocks = tuple(block for chunk in _chunks(text) for block in _read(chunk))
        if _meaning(write(blocks)) == _meaning(text):
            return blocks
    return (Block("kept", kept=text.strip("\n")),)


def _chunks(text: str) -> Iterator[str]:
    """The text between empty lines; what is indented, the rest of a list or of a fence belongs to what is above."""
    made: list[str] = []
    for chunk in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")):
        goes_on = made and (
            chunk.startswith((" ", "\t")) or _is_open(made[-1]) or (_is_item(made[-1]) and _is_item(chunk))
        )
        if goes_on:
            made[-1] += f"\n\n{chunk}"
        elif chunk.strip():
            made.append(chunk)
    yield from made


def _is_item(chunk: str) -> bool:
    return re.match(r"[-*+][ \t]|[0-9]{1,9}[.)][ \t]", chunk) is not None


def _is_open(chunk: str) -> bool:
    """Is a fence opened in it that is not closed?"""
    return len(re.findall(r"^ {0,3}(?:```|~~~)", chunk, re.MULTILINE)) % 2 == 1


def _read(chunk: str) -> list[Block]:
    made: list[Block] = []
    for element in _tree(chunk):
        blocks = _blocks(element)
        if blocks is None:
            return [Block("kept", kept=chunk)]
        made += blocks
    return made if _meaning(write(made)) == _meaning(chunk) else [Block("kept", kept=chunk)]


def _tree(text: str) -> Element:
    """The tree of a page's text, as readers get it."""
    return markup.from_markdown("\n".join(custom_piece(0, CustomPage("", text)).chapter.lines[2:]))


def _meaning(text: str) -> str:
    """A tree as text, by which two can be compared."""
    root = _tree(text)
    for element in root.iter():
        if element.tag not in ("pre", "code"):
            element.text = re.sub(r"\s+", " ", element.text or "")
        element.tail = re.sub(r"\s+", " ", element.tail or "")
    return re.sub(r"\s*(</?(?:div|p|h[1-6]|[uo]l|li|table|thead|tbody|tr|t[hd])\b[^>]*>|<br />)\s*", r"\1",
                  tostring(root, encoding="unicode"))  # fmt: skip


def _blocks(element: Element) -> list[Block] | None:
    """The blocks of an element; None where it has no look in the editor."""
    tag = element.tag
    if tag == "p":
        return _of_words("text", element)
    if re.fullmatch(r"h[1-6]", tag):
        return _of_words("heading", element, int(tag[1]))
    if tag in ("ul", "ol"):
        return _items(element)
    if tag == "table":
        return _table(element)
    if element.get("data-lines"):
        inner = list(element)
        number = int(element.get("data-lines", "0"))
        if not inner:
            return [Block("lines", (), number)]
        return _of_words("lines", inner[0], number) if len(inner) == 1 and inner[0].tag == "p" else None
    return None


def _of_words(kind: Kind, element: Element, level: int = 0) -> list[Block] | None:
    words = _words(element)
    return None if words is None else [Block(kind, words, level)]


def _items(element: Element, level: int = 0) -> list[Block] | None:
    made: list[Block] = []
    for item in element:
        below = [child for child in item if child.tag in ("ul", "ol")]
        own = Element("li")
        own.text = item.text
        own.extend(child for child in item if child not in below)
        words = _words(own)
        if words is None or element.get("start", "1") != "1" or list(item)[len(own) :] != below:
            return None
        kind: Kind = "number" if element.tag == "ol" else "item"
        if kind == "item" and words and words[0].text.startswith(f"{BOX} "):
            kind = "box"
            words = _joined((words[0]._replace(text=words[0].text[2:]), *words[1:]))
        made.append(Block(kind, words, level))
        for inner in below:
            items = _items(inner, level + 1)
            if items is None:
                return None
            made += items
    return made


def _table(element: Element) -> list[Block] | None:
    rows: list[tuple[Line, ...]] = []
    for row in element.iter("tr"):
        cells = [_words(cell) for cell in row]
        if any(cell is None for cell in cells):
            return None
        rows.append(tuple(cell or () for cell in cells))
    return [Block("table", rows=tuple(rows))] if rows and len({len(row) for row in rows}) == 1 else None


def _words(element: Element, *, bold: bool = False, italic: bool = False) -> Line | None:
    """The words of an element; None where something in it has no look in the editor."""
    made = [Words(element.text or "", bold, italic)]
    for child in element:
        if child.tag == "br":
            made.append(Words("\n", bold, italic))
        elif child.tag in ("strong", "em") and not child.attrib:
            inner = _words(child, bold=bold or child.tag == "strong", italic=italic or child.tag == "em")
            if inner is None:
                return None
            made += inner
        else:
            return None
        made.append(Words(child.tail or "", bold, italic))
    clean: list[Words] = []
    for one in made:  # in a source a line end is a space, unless it is one on the page
        before = clean[-1].text[-1:] if clean else ""
        text = one.text if one.text == "\n" else re.sub(r"\s+", " ", one.text)
        clean.append(one._replace(text=text.lstrip(" ") if before == "\n" else text))
        clean = [each for each in clean if each.text]
    return _stripped(_joined(clean))


def _joined(words: Iterable[Words]) -> Line:
    """Neighbours that look alike as one."""
    made = []
    for (bold, italic), some in groupby(words, lambda one: (one.bold, one.italic)):
        text = "".join(one.text for one in some)
        if text:
            made.append(Words(text, bold, italic))
    return tuple(made)


def _stripped(words: Line) -> Line:
    made = list(words)
    while made and not made[0].text.lstrip():
        made.pop(0)
    while made and not made[-1].text.rstrip():
        made.pop()
    if made:
        made[0] = made[0]._replace(text=made[0].text.lstrip())
        made[-1] = made[-1]._replace(text=made[-1].text.rstrip())
    return tuple(made)


# -- Writing ------------------------------------------------------------------------------------------------------


def write(blocks: Sequence[Block]) -> str:
    """The Markdown of blocks. Empty paragraphs are left out."""
    made: list[str] = []
    open_: list[_Open] = []  # the lists that the last block is in
    for block in settled(blocks):
        text = _written(block._replace(level=0) if block.kind in _LISTS else block)
        if not text:
            continue
        gap = "\n\n" if made else ""
        if block.kind in _LISTS:
            numbered = block.kind == "number"
            goes_on = block.level < len(open_) and (open_[block.level].numbered == numbered)
            below = 0 < block.level == len(open_)
            number = open_[block.level].number + 1 if goes_on else 1
            open_ = [*open_[: block.level], _Open(numbered, number)]
            if numbered:
                text = f"{number}.".ljust(4) + text.removeprefix(_MARKS["number"])
            indent = "    " * block.level
            text = indent + text.replace("\n", f"\n{indent}")
            gap = "\n" if goes_on or below else gap
        else:
            open_ = []
        made.append(gap + text)
    return "".join(made)


class _Open(NamedTuple):
    """A list that is being written, and the number of its last item."""

    numbered: bool
    number: int


def settled(blocks: Iterable[Block]) -> list[Block]:
    """Blocks with items only as deep as there are items for them to be under, and each list below of one kind."""
    made: list[Block] = []
    kinds: list[Kind] = []  # of the lists that the last block is in
    for block in blocks:
        if block.kind not in _LISTS:
            kinds = []
            made.append(block)
            continue
        level = min(block.level, len(kinds))
        kind = block.kind
        if 0 < level < len(kinds) and (kinds[level] == "number") != (kind == "number"):
            kind = kinds[level]
        kinds = [*kinds[:level], kind]
        made.append(block._replace(kind=kind, level=level))
    return made


@lru_cache(maxsize=4096)
def _written(block: Block) -> str:
    if block.kind == "kept":
        return block.kept
    if block.kind == "lines":
        prompt = " ".join(_line(block.words).split("\n"))
        number = min(max(1, block.level), MOST_LINES)
        return f'!!! lines "{number}"' + (f"\n    {prompt}" if prompt else "")
    if block.kind == "table":
        return _table_written(block)
    words = _stripped(block.words)
    if not words and block.kind not in _LISTS:
        return ""
    for hard in (False, True):  # signs that would mean something are masked; where that is not enough, all are
        text = _with_mark(block, _line(words, hard=hard))
        if _read_back(text) == [block._replace(words=_joined(words))]:
            return text
    plain = "".join(one.text for one in words)  # looks that stand too close: the words count
    return _with_mark(block, _line((Words(plain),), hard=True))


def _read_back(text: str) -> list[Block]:
    found = [_blocks(element) for element in _tree(text)]
    return [block for some in found for block in some or ()]


def _with_mark(block: Block, text: str) -> str:
    if block.kind == "heading":
        return f"{'#' * block.level} {' '.join(text.split(chr(10)))}"
    if block.kind in _LISTS:
        return _MARKS[block.kind] + text.replace("\n", "\n    ")
    return text


def _table_written(block: Block) -> str:
    lines = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in block.rows]
    lines.insert(1, "|" + "---|" * len(block.rows[0]))
    return "\n".join(lines)


def _cell(cell: Line) -> str:
    return " ".join(_line(_stripped(cell), hard=any(set(one.text) & set("|`<&") for one in cell)).split())


def _line(words: Line, *, hard: bool = False) -> str:
    """Words as Markdown. hard: every sign that is no letter or digit is written by its number."""
    made = []
    for text, bold, italic in words:
        sign = "*" * (2 * bold + italic)
        # Signs stand beside letters: a space between would make them stars.
        for piece in re.split(r"(\n)", text):
            inner = piece.strip(" ")
            left = piece[: len(piece) - len(piece.lstrip(" "))] if inner else piece
            right = piece[len(piece.rstrip(" ")) :] if inner else ""
            masked = _hard(inner) if hard else _masked(inner)
            made.append(f"{left}{sign}{masked}{sign}{right}" if inner and inner != "\n" else piece)
    return "".join(made)


def _masked(text: str) -> str:
    text = re.sub(r"([\\`*_{}\[\]])", r"\\\1", text)
    text = text.replace("&", "&amp;") if re.search(r"&[#\w]+;", text) else text
    return re.sub(r"^(#|\+|-|>|~|=|:|\||!)|^([0-9]{1,9})([.)])", _at_start, text)


def _at_start(found: re.Match[str]) -> str:
    """A sign that would begin a block, at the beginning of a line."""
    return f"{found[2]}&#{ord(found[3])};" if found[2] else f"&#{ord(found[1])};"


def _hard(text: str) -> str:
    return "".join(sign if sign.isalnum() or sign == " " or ord(sign) > 126 else f"&#{ord(sign)};" for sign in text)
