"""What stands on the slides of a book: few words for the room, and in the notes all that the trainer has.

Belongs here: which paragraphs are on which slide, and dividing what does not fit. Not here: the file (__init__.py).

| text                    | slides                                                        |
|-------------------------|---------------------------------------------------------------|
| the statement           | each paragraph and each item of a list                        |
| cards, cases            | each card; its back or key is in the notes                    |
| session plan, exercise  | the questions of a section; the text of the others is in the notes |
| screens                 | each section whole                                            |
| any other               | the first paragraph of each section and its lists             |

A picture is on a slide of its own, footnotes are in the notes. Text is set at SIZE points at least: what has more lines
than fit is divided."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handbook.content import figures, markup
from handbook.content.chapter import Chapter
from handbook.content.metadata import SHEETS
from handbook.export.book import FRONT, Book, Text, clean
from handbook.presenting.slides import NO_INITIAL, Slide, pieces_of, slides_in
from handbook.printing.typeset import trees

SIZE = 28  # points
LETTERS, LINES = 56, 9  # that fit at this size: letters in a line, as wide letters have it, and lines
_GAP = 0.4  # of a line, between paragraphs
# Of titles and source lines: sizes in points, and how many letters fit into their place at each.
TITLE_SIZES = ((32, 80), (22, 175), (16, 330))
SOURCE_SIZES = ((12, 110), (9, 290))
_SENTENCE = re.compile(rf"(?<=[.!?…;]){NO_INITIAL}[”\"’)]*\s+")
# Sections of a plan whose questions are no questions to the room.
_FOR_THE_TRAINER = ("Background", "Materials", "Safety", "Tips", "Variations", "Ideas for action", "Follow-up")
_TO_TRAINER = frozenset(("trainer", trees.TRAINER_NOTE))  # call-outs that are no words to the room
_LISTS = ("ul", "ol", "dl", "table")


class Line(NamedTuple):
    """A paragraph. bullet: "•", "1" for a number, "" for none. level: of the list, from 0."""

    words: str
    bullet: str = ""
    level: int = 0
    number: int = 1


class Page(NamedTuple):
    """One slide.

    figure:   a picture in place of the lines.
    notes:    for the one who shows it.
    language: of its words, where it is another than the book's."""

    title: str
    lines: tuple[Line, ...]
    source: str
    notes: tuple[str, ...] = ()
    figure: Element | None = None
    is_title: bool = False
    language: str = ""


def pages_of(book: Book, text: Text) -> list[Page]:
    """The slides of a text, the first with its title."""
    made = _front(text) if text.kind == FRONT or text.chapter is None else _of_chapter(book, text, text.chapter)
    return [_with_whole_title(page._replace(language=text.language)) for page in made]


def _with_whole_title(page: Page) -> Page:
    """A page whose notes have its title and its source, where they are too long for their place."""
    places = ((page.title, TITLE_SIZES), (page.source, SOURCE_SIZES))
    cut = [words for words, sizes in places if fitted(words, sizes)[0] != words]
    return page._replace(notes=(*cut, *page.notes))


def _of_chapter(book: Book, text: Text, chapter: Chapter) -> list[Page]:
    apart = (line.words for line in _lines(text.apart)) if text.apart is not None else ()
    first = Page(text.title, (), text.source, tuple(apart), is_title=True)
    made: list[Page] = [first]
    footnotes = _footnotes(text.tree)
    for found in slides_in(book.handbook, chapter, text.tree):
        slide = found._replace(title=" ".join(clean(found.title).split()), source=text.source)
        notes = (*_notes(slide), *footnotes.pop(slide.address.anchor, ()))
        shown = list(_shown(text.kind, slide))
        if not shown:
            made[-1] = made[-1]._replace(notes=(*made[-1].notes, slide.title, *notes))
            continue
        for number, page in enumerate(shown):
            made.append(page._replace(notes=notes if number == 0 else ()))
    left = (line for lines in footnotes.values() for line in lines)  # of headings that have nothing below them
    made[-1] = made[-1]._replace(notes=(*made[-1].notes, *left))
    return made


def _front(text: Text) -> list[Page]:
    lines = [Line(words) for block in text.tree if block.tag == "p" and (words := markup.words_of(block))]
    first, *made = list(_divided(text.title, lines, text.source)) or [Page(text.title, (), text.source)]
    made.insert(0, first._replace(is_title=True))
    title = text.title
    for block in text.tree:
        if block.tag in ("h2", "h3"):
            title = markup.words_of(block)
        elif block.tag == "table":
            made += _divided(title, list(_lines(block)), text.source)
    return made


def _shown(kind: str, slide: Slide) -> Iterator[Page]:
    """The slides of a section."""
    blocks = list(slide.blocks)
    pictures = [one for block in blocks for one in block.iter("figure") if figures.is_shown(one)]
    words = [block for block in blocks if block.tag != "figure" and _TO_TRAINER.isdisjoint(trees.classes(block))]
    if kind == "statement":
        for piece in pieces_of(words):
            yield from _divided(slide.title, list(_lines(piece)), slide.source)
    elif kind in SHEETS:
        lines = [line for block in words for line in _lines(block) if slide.title not in _FOR_THE_TRAINER]
        asked = [line._replace(words=one) for line in lines for one in _questions(line.words)]
        if asked:
            yield from _divided(slide.title, asked, slide.source)
    elif kind in ("screen", "cards"):
        yield from _divided(slide.title, [line for block in words for line in _lines(block)], slide.source)
    else:
        first = next((block for block in words if block.tag == "p"), None)
        kept = [block for block in words if block is first or block.tag in _LISTS[:3]]
        yield from _divided(slide.title, [line for block in kept for line in _lines(block)], slide.source)
    for figure in pictures:
        yield Page(slide.title, (), slide.source, figure=figure)


def _questions(words: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(words):
        if sentence.rstrip('”"’)').endswith("?"):
            whole = sentence.removesuffix('"')  # what stands before the mark introduces the question
            yield (whole.rpartition('"')[2] if whole.count('"') % 2 else whole).strip()


def _notes(slide: Slide) -> tuple[str, ...]:
    """All that a section says, and what is covered."""
    lines = [line for block in (*slide.blocks, *slide.covered) for line in _lines(block)]
    return tuple(f"{line.bullet} {line.words}".strip() if line.bullet == "•" else line.words for line in lines)


def _footnotes(tree: Element) -> dict[str, list[str]]:
    """The footnotes of a text, by the anchor of the section that refers to them first."""
    items = {item.get("data-note", ""): item for item in tree.iterfind("div[@class='footnotes']/ol/li")}
    found: dict[str, list[str]] = {}
    anchor = ""
    for block in tree:
        if block.tag in markup.HEADINGS and block.get("id") is not None:
            anchor = block.get("id", "")
        for mark in block.iter("sup"):
            item = items.pop(mark.get("data-note", ""), None)
            if item is not None:
                words = " ".join(line.words for line in _lines(item))
                found.setdefault(anchor, []).append(f"{markup.words_of(mark)}. {words}")
    return found


def _lines(block: Element, level: int = 0) -> Iterator[Line]:
    """A block as paragraphs."""
    if block.tag in ("ul", "ol"):
        start = block.get("start", "1")
        first = int(start) if re.fullmatch("[0-9]{1,5}", start) else 1
        for number, item in enumerate(block, first):
            bullet = "1" if block.tag == "ol" else "" if markup.is_tick_list(block) else "•"
            yield from _item(item, bullet, level, number)
    elif block.tag == "table":
        for row in block.iter("tr"):
            words = " – ".join(filter(None, (markup.words_of(cell) for cell in row)))
            if words:
                yield Line(words)
    elif block.tag == "figure":
        said = figures.words_of(block)
        if said:
            yield Line(said)
    elif any(child.tag in markup.BLOCKS for child in block):
        if (block.text or "").strip():
            yield Line(" ".join((block.text or "").split()))
        for child in block:
            yield from _lines(child, level)
    elif words := markup.words_of(block):
        yield Line(words)


def _item(item: Element, bullet: str, level: int, number: int) -> Iterator[Line]:
    own = Element("p")
    own.text = item.text
    inner: list[Element] = []
    for child in item:
        (inner if child.tag in markup.BLOCKS else own).append(child)
    words = markup.words_of(own)
    if words:
        yield Line(words, bullet, level, number)
    for child in inner:
        for line in _lines(child, level + 1):
            yield line if line.bullet or words else line._replace(bullet=bullet, level=level, number=number)
            words = words or line.words


# -- Dividing -------------------------------------------------------------------------------------------------


def _divided(title: str, lines: Sequence[Line], source: str) -> Iterator[Page]:
    """As many slides as the lines need."""
    waiting: list[Line] = []
    filled = 0.0
    for line in _short(lines):
        high = height(line)
        if waiting and filled + high > LINES:
            yield Page(title, tuple(waiting), source)
            waiting, filled = [], 0.0
        waiting.append(line)
        filled += high
    if waiting:
        yield Page(title, tuple(waiting), source)


def height(line: Line) -> float:
    """How many lines of a slide a paragraph takes."""
    return -(-room(line.words) // (LETTERS - 4 * (line.level + bool(line.bullet)))) + _GAP


def room(words: str) -> int:
    """As how many letters words are wide: a sign of East Asia takes the room of two."""
    return len(words) + (0 if words.isascii() else sum(unicodedata.east_asian_width(sign) in "WF" for sign in words))


def fitted(words: str, sizes: Sequence[tuple[int, int]]) -> tuple[str, int]:
    """Words for a place that does not grow, and their size; cut where they do not fit at the smallest."""
    wide = room(words)
    for size, most in sizes:
        if wide <= most:
            return words, size
    size, most = sizes[-1]
    return f"{words[: most * len(words) // wide - 1].rstrip()}…", size


def _short(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of which each fits on a slide: a long one is divided behind sentences, else behind words."""
    for line in lines:
        if height(line) <= LINES:
            yield line
            continue
        part = ""
        for piece in _sentences(line):
            joined = f"{part}{piece}"
            if part and height(line._replace(words=joined.strip())) > LINES:
                yield line._replace(words=part.strip())
                part = piece
                line = line._replace(bullet="", level=0)  # noqa: PLW2901 - what follows is the same item
            else:
                part = joined
        if part.strip():
            yield line._replace(words=part.strip())


def _sentences(line: Line) -> Iterator[str]:
    """The sentences of a paragraph with the space behind each; of one that does not fit, parts of about one length."""
    for sentence in _SENTENCES.findall(line.words):
        high = height(line._replace(words=sentence, bullet="•"))
        if high <= LINES:
            yield sentence
            continue
        parts = -(-int(high + 1) // LINES)
        part = ""
        for word in _WORDS.findall(sentence):
            longer = line._replace(words=part + word, bullet="•")
            is_due = parts > 1 and len(longer.words) > len(sentence) / parts
            if part and (is_due or height(longer) > LINES):
                yield part
                sentence, part, parts = sentence[len(part) :], word, max(1, parts - 1)  # noqa: PLW2901 - what is left of it
            else:
                part = longer.words
        if part:
            yield part


_SENTENCES = re.compile(r"\S(?:[^.!?…;]|(?<=\b[^\W\d_])\.|[.!?…;](?![”\"’)]*(?:\s|$)))*+(?:[.!?…;][”\"’)]*)?+\s*")
_WORDS = re.compile(r"[\u2e80-\uffef]\s*|[^\s\u2e80-\uffef]{1,100}\s*")  # East Asia has no spaces between words
