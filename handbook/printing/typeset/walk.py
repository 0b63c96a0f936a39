"""Writes parsed Markdown as Typst, in one walk over the element tree of markup.py.

Belongs here: which function of page.typ is called for which element. Not here: how it looks (page.typ), which of these
calls share a page (together.py), what a table becomes (table_text.py), a picture (figure.py), a link (links.py), where
footnotes stand (footnotes.py), what is printed around the text (document.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar
from xml.etree.ElementTree import Element

from handbook.base import catalogue
from handbook.content import markup
from handbook.content.address import Address
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.pictures import Picture
from handbook.handout.selection import Piece
from handbook.printing.typeset import (
    figure,
    footnotes,
    lists,
    notes,
    own_marks,
    plans,
    quotes,
    table_text,
    tables,
    together,
)
from handbook.printing.typeset.expressions import (
    LINE_BREAK,
    NOTHING,
    Code,
    between,
    block,
    braced,
    line,
    lines,
    literal,
    string,
    truth,
)
from handbook.printing.typeset.footnotes import Footnotes
from handbook.printing.typeset.links import Links, is_numbered
from handbook.printing.typeset.tables import Room
from handbook.printing.typeset.together import BOX_PART, KEPT_BOX, NEW_PAGE, NOTE, OWN_NOTE, SHORT_PARAGRAPH, SMALL_BOX
from handbook.printing.typeset.trees import CARD_LIST
from handbook.printing.typeset.words import short, words_in

LONGEST = 24  # letters of a word that is not broken (glyphs.py)
_REGULAR = 0.88  # of the width of bold words (tables.py)
_SIX_LINES = 480  # letters of a box that stays with the paragraph above it
_MOST_OF_LINE, _HALF = 0.94, 0.42  # of a page's width, that an item of a list has for its words, and one of two columns
_DEEPEST = 6  # PDF/UA-1 knows the heading levels H1 to H6
TO_FILL_IN = ("worksheet", "form")  # kinds of chapter whose writing lines fill the page
ROOM = "room"  # the name of the parameter by which a sheet's words are given the room to write
_MOST_WHOLE = 1.5  # of a page's letters that a part of a box takes as Typst, up to which it stays whole
_LONG_BOX = 900  # letters from which a box may go on overleaf
_SHORT_KEY, _LINE = 0.35, 1.42  # of a page, up to which a key stays whole; em of a line
_LONG_FACT = 480  # letters from which a row of a plan's box may do so
_NOTES = ("note(", "note-again(", "note-number(", "table-note(")  # how the calls for a footnote begin
_SEEN_WITH_NAME = 24  # letters up to which a cell is made as wide as its words with the names behind its links
_BREAKABLE = ("div", "blockquote")  # elements in which a page may end, if they are no boxes
_STEP_MINUTES = re.compile(r"\s*\(\d+ minutes?\)$")
_SPANS = {"em": "emph", "strong": "strong", "sub": "sub", "sup": "super", "del": "strike", "s": "strike"}


class Walk:
    """Writes the pieces of one handout, one after the other, in order.

    labels: the places in this handout that can be linked to, including all headings.
    room:   the width and height of a page's text.
    wide_margin: whether there is room for the minutes of a step in the margin.
    above:       set it to a line that stands on the page of the next heading.
    opening:     set it to the label of the next line of text; it is "" once that has been written.
    pictures:    those written, by the names that Typst knows them by.
    language:    of the words that the program adds, such as "min".
    notes_below: whether notes stand below their paragraphs: on a small page, Typst's footnotes may go overleaf.
    may_turn:    whether a table that is too wide may stand on a turned page.
    reshaped:    the heading above each table that was turned or made a list, as it is too wide.
    heads:       the label and the text of each heading written, in order, for the running head."""

    def __init__(
        self,
        handbook: Handbook,
        labels: Mapping[Address, str],
        room: Room,
        *,
        wide_margin: bool = False,
        may_turn: bool = False,
        notes_below: bool = False,
        language: str = "en",
    ) -> None:
        self._said = catalogue.of(language)
        self.above = NOTHING
        self.opening = ""
        self.heads: list[tuple[str, str]] = []
        self.pictures: dict[str, Picture] = {}
        self._source: Chapter | None = None  # the chapter of the piece
        self._handbook, self._labels, self._room = handbook, labels, room
        self.reshaped: list[str] = []
        self._wide_margin, self._may_turn = wide_margin, may_turn
        self._chapter = self._name = ""
        self._levels: list[int] = []  # of the headings around this place, as the source counts them
        self._shift = 0  # added to those, it says how prominent a heading looks
        self._in_heading = self._numbered = self._tight = self._in_key = False
        self._writing = "usual-room"
        self._notes = Footnotes(room, self._note_words, below=notes_below)
        self._links = Links(handbook, labels)

    def begin(self, piece: Piece, root: Element, name: str) -> None:
        """Begin a new piece: heading levels and footnotes start again. name: the prefix of its footnotes' labels."""
        self._chapter, self._name = piece.chapter.id, name
        self._source = piece.chapter
        self._numbered = piece.chapter.front.kind == "statement"
        self._tight = piece.chapter.front.kind in plans.KINDS
        self._writing = ROOM if piece.chapter.front.kind in TO_FILL_IN else "usual-room"
        if not self._numbered:
            quotes.curve(root)
        self._levels.clear()
        top = piece.sections[0].level
        self._shift = 2 - top if top else 0  # a section looks like one, also where it is the first level
        self._notes.begin(root, name)
        self._links.begin()

    # -- Blocks -------------------------------------------------------------------------------------------

    def flow(self, element: Element) -> Code:
        """The blocks in an element, one below the other; text between blocks becomes a paragraph.

        If there are no blocks, as in a short list item or a cell, only the text."""
        marks = self._spot(element)
        out: list[Code] = []
        run: list[str] = [(element.text or "").lstrip()]
        letters = self._notes.letters(element)
        gathers = self._notes.gather(element, letters)
        for child in element:
            if child.tag in markup.BLOCKS:
                out += [*self._notes.noted(self._paragraph(run), gathers=gathers), *self._block(child)]
                run = [child.tail or ""]
                gathers = self._notes.gather(element, letters)
            else:
                self._add_span(run, child)
        if out:
            out += self._notes.noted(self._paragraph(run), gathers=gathers)
            kept = together.kept(out, self._room, is_tight=self._tight, is_statement=self._numbered)
            if self._writing == ROOM:
                kept = list(together.by_sections(kept))
            is_breakable = element.tag in _BREAKABLE and "admonition" not in element.get("class", "")
            if is_breakable or any(code.startswith(BOX_PART) for code in kept):
                kept = list(together.with_breaks(kept))
            return block([*marks, *(together.fitted(kept, self._name) if NEW_PAGE in kept else kept)])
        words = line(run)
        whole = braced([*marks, words if element.tag == "th" else self._opened(words)]) or Code("{}")
        return self._notes.noted([whole], gathers=gathers)[0]

    def _paragraph(self, run: Sequence[str]) -> list[Code]:
        words = line(run)
        if not words:
            return []
        # A note that finds no room takes its line overleaf, and would leave the one above it alone.
        keep = NOTE in words and sum(map(len, run)) < SHORT_PARAGRAPH
        start = f"kept({notes.room_for(words, self._room)}, " if keep else "par("
        return [Code(f"{start}{self._opened(words)})")]

    def _opened(self, words: Code) -> Code:
        """A line, with the piece's opening label if it is the first."""
        if not words or not self.opening:
            return words
        mark, self.opening = Code(f'piece-start("{self.opening}")'), ""
        return braced([mark, words])

    def heading(self, element: Element, *, outlined: bool = True) -> Code:
        """A heading; one that begins no section, such as one in a quotation, is a bold line.

        outlined: whether it is in the list of contents."""
        self._in_heading = True
        tokens = self._tokens(element)
        minutes = element.get("data-minutes", "") if self._wide_margin else ""
        if minutes:  # they stand in the margin
            tokens[-1] = _STEP_MINUTES.sub("", tokens[-1])
        words = line(tokens) or literal("")
        self._in_heading = False
        name = element.get("id")
        if name is None:
            return Code(f"minor-head({words})")
        level = 0 if "chapter" in element.get("class", "").split() else int(element.tag[1])
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        options = "" if outlined else "outlined: false, "
        if mark := self._number(name) or (self._said.gettext("{n} min").format(n=minutes) if minutes else ""):
            options += f"mark: {string(mark)}, "
        options += "tight: true, " if self._tight else ""
        if self.above and outlined:
            options += f"above: {self.above}, "
            self.above = NOTHING
        shown, rank = min(len(self._levels), _DEEPEST), max(1, level + self._shift)
        label = self._labels[Address(self._chapter, name)]
        self.heads.append((label, short(words_in(element))))
        return Code(f'head({shown}, {rank}, "{label}", {options}{words})')

    def _block(self, element: Element) -> list[Code]:
        if element.tag in markup.HEADINGS:
            heading = self.heading(element)
            return [NEW_PAGE, heading] if element.get("data-own-page") else [heading]
        write = self._WRITERS.get(str(element.tag))
        return write(self, element) if write else [self.flow(element)]

    def _spot(self, element: Element) -> list[Code]:
        """The label at an element that a link in this handout leads to."""
        name = element.get("id")
        label = self._labels.get(Address(self._chapter, name)) if name else None
        return [Code(f'spot("{label}")')] if label else []

    def _p(self, element: Element) -> list[Code]:
        if plans.RUN_IN in element.get("class", "").split():
            words = line(self._tokens(element))
            return [*self._spot(element), Code(f"run-in({words})")] if words else []
        gathers = self._notes.gather(element, self._notes.letters(element))
        first, *rest = self._tokens(element)
        mark = self._number(element.get("id", ""))
        marks = [Code(f"margin-mark({string(mark)})")] if mark else []
        paragraph = self._paragraph([*self._spot(element), *marks, first.lstrip(), *rest])
        return self._notes.noted(paragraph, gathers=gathers)

    def _number(self, anchor: str) -> str:
        """The number of a paragraph or a heading of the statement (P04, R2, B1), from its anchor; "" for others."""
        return anchor.upper() if self._numbered and is_numbered(anchor) else ""

    def _list(self, element: Element) -> list[Code]:
        kind = "enum" if element.tag == "ol" else "list"
        number = element.get("start", "")
        start = re.fullmatch("[0-9]{1,9}", number)
        boxes = [item for item in element if (item.text or "").lstrip().startswith(markup.TICK)]
        marker = "marker: [], " if markup.is_tick_list(element) else ""
        if kind == "list" and len(boxes) == sum(1 for item in element if item.tag == "li"):
            marker = "marker: tick-box, "  # in place of the bullet, not behind it
            for item in boxes:
                item.text = (item.text or "").lstrip().removeprefix(markup.TICK).lstrip()
        children = [item for item in element if item.tag == "li"]
        made = lists.Items(
            kind,
            int(number) if start else 1,
            marker,
            not any(child.tag == "p" for item in element for child in item),
            [self.flow(item) for item in children],
            [self._lines(words_in(item)) for item in children],
            len(words_in(element)),
            any(item.find(".//li") is not None for item in children),
        )
        if self._in_key and kind == "list":
            narrow = [self._lines(words_in(item), _HALF) for item in children]
            if two := lists.in_two_columns(made, narrow):
                return [*self._spot(element), two]
        return [*self._spot(element), *lists.written(made, self._room)]

    def _lines(self, words: str, share: float = _MOST_OF_LINE) -> int:
        """About how many lines some words take. share: of the page's width that they have."""
        return max(1, -(-int(tables.width(words) * _REGULAR * self._room.size) // int(self._room.width * share)))

    def _definitions(self, element: Element) -> list[Code]:
        """Terms and what they mean: several terms may share a meaning, and one may have several."""
        entries: list[tuple[list[Code], list[Code]]] = []
        for child in element:
            if child.tag == "dt":
                if not entries or entries[-1][1]:
                    entries.append(([], []))
                entries[-1][0].append(self.flow(child))
            elif child.tag == "dd" and entries:
                has_blocks = any(inner.tag in markup.BLOCKS for inner in child)
                entries[-1][1].append(self.flow(child) if has_blocks else Code(f"par({self.flow(child)})"))
        pairs = (f"({braced(between(terms, LINE_BREAK))}, {braced(meanings) or '{}'})" for terms, meanings in entries)
        return [*self._spot(element), Code(f"definitions({', '.join(pairs)})")]

    def _quotation(self, element: Element) -> list[Code]:
        return [Code(f"quotation({self.flow(element)})")]

    def _source_code(self, element: Element) -> list[Code]:
        return [Code(f"code-block({lines(''.join(element.itertext()).strip(chr(10)))})")]

    def _rule(self, _: Element) -> list[Code]:
        return [Code("rule")]

    def _div(self, element: Element) -> list[Code]:
        classes = element.get("class", "").split()
        if "footnotes" in classes:
            return []  # each is set where it is referred to
        if plans.FACTS in classes:
            return [Code(f"fact-box({', '.join(map(self._fact, element))})")]
        if plans.ENDING in classes:
            return [Code(f"ending-box({', '.join(map(self._fact, element))})")]
        if "lines" in classes:
            height = int(element.get("data-height", "24"))
            return [Code(f"writing-room({self._writing}, {height}mm, {self.flow(element)})")]
        if CARD_LIST in classes:
            return [Code(f"card-list({', '.join(self._listed(card) for card in element)})")]
        if "cards" in classes:
            return [Code(f"card-sheet({', '.join(self._card(card) for card in element)})")]
        if own_marks.NOTE in classes:
            box = [Code(f"{OWN_NOTE}{string(element.get('data-number', ''))}, {self.flow(element)})")]
        elif "trainer-note" in classes:
            box = [Code(f"trainer-note({self.flow(element)})")]
        else:
            box = self._box(element) if "admonition" in classes else [self.flow(element)]
        return [NEW_PAGE, *box] if element.get("data-own-page") else box

    def _fact(self, row: Element) -> str:
        """A row of the box of a session plan: its name, whether it may go on overleaf, its text."""
        may_break = truth(len(words_in(row)) > _LONG_FACT)
        return f"({string(row.get('data-label', ''))}, {may_break}, {self.flow(row)})"

    def _listed(self, card: Element) -> str:
        """A card in the trainer's list: its title, its words, whether they are the back of the one before."""
        is_back = "back" in card.get("class", "").split()
        caption = self._caption(card)
        return f"({'none' if is_back else caption or 'none'}, {self.flow(card)}, {truth(is_back)})"

    def flow_block(self, element: Element) -> Code:
        """One block of a tree by itself."""
        return braced(self._block(element))

    def _card(self, element: Element) -> Code:
        caption = self._caption(element)
        return Code(f"card({caption or 'none'}, {self.flow(element)})")

    def card(self, element: Element, mark: str = "") -> Code:
        """A card as values for cards.typ: its caption or none, its words, the letters of its longest word.

        mark: a label for where it comes to stand."""
        plain = markup.words_of(element).split()  # its title is no part of the first word below it
        longest = max((min(len(word), LONGEST) for word in plain), default=1)
        caption = self._caption(element)
        words = braced([Code(f'spot("{mark}")') if mark else NOTHING, self.flow(element)])
        return Code(f"({caption or 'none'}, {words}, {longest})")

    def _caption(self, element: Element) -> Code:
        """The title of a call-out, taken off it."""
        if not len(element) or element[0].get("class") != "admonition-title":
            return NOTHING
        caption = line(self._tokens(element[0]))
        element.remove(element[0])
        return caption

    def _box(self, element: Element) -> list[Code]:
        self._in_key = "key" in element.get("class", "").split()
        codes = self._framed(element, self._caption(element))
        self._in_key = False
        return codes

    def _framed(self, element: Element, caption: Code) -> list[Code]:
        length, has_notes = len(words_in(element)), any(True for _ in element.iter("sup"))
        if self._in_key and not self._notes.below and self._is_short(element):
            words = self.flow(element)
            return [Code(f"{KEPT_BOX}{notes.room_for(words, self._room)}, {caption or 'none'}, {words})")]
        if has_notes and length > _SIX_LINES and not self._notes.below and not (element.text or "").strip():
            return self._box_in_parts(caption, element)
        most = min(_LONG_BOX, footnotes.MOST_OF_PAGE * self._room.letters / (1 + (has_notes and self._notes.below)))
        breakable = truth(length > most)
        name = SMALL_BOX if length <= _SIX_LINES else "box-framed("
        return [Code(f"{name}{breakable}, {caption or 'none'}, {self.flow(element)})")]

    def _is_short(self, key: Element) -> bool:
        """Is a key one that stays whole with its notes? A longer one would leave too much of a page white."""
        said = (words_in(one) for one in key.iter() if one.tag in ("p", "li"))
        return sum(map(self._lines, said)) * _LINE * self._room.size < _SHORT_KEY * self._room.height

    def _box_in_parts(self, caption: Code, element: Element) -> list[Code]:
        """A box with notes, each of its blocks a part of its own: of one box the notes may stand on another page."""
        blocks = [code for child in element for code in self._block(child)]
        blocks[0] = braced([*self._spot(element), blocks[0]])
        blocks = [block for block in blocks if block]
        near = [truth(lists.goes_on(block)) for block in [*blocks, NOTHING]]  # with what is above it
        if caption and blocks:
            blocks[0] = braced([Code(f"box-caption({caption})"), blocks[0]])
        ends = ((truth(at == 0), truth(at + 1 == len(blocks))) for at in range(len(blocks)))
        return [
            Code(f"{BOX_PART}{first}, {last}, {self._room_for_part(body)}, {above}, {below}, {body})")
            for (first, last), (above, below), body in zip(ends, pairwise(near), blocks, strict=True)
        ]

    def _room_for_part(self, body: Code) -> str:
        """For how many lines of notes a part of a box asks room; none for one that has to go on overleaf."""
        return "none" if len(body) > _MOST_WHOLE * self._room.letters else str(notes.room_for(body, self._room))

    def _table(self, element: Element) -> list[Code]:
        writer = table_text.Writer(self.flow, self._said_in, self._notes.of_row, self._writing)
        spot, above = self._spot(element), self.heads[-1][1] if self.heads else ""
        codes, is_reshaped = table_text.written(element, self._room, writer, may_turn=self._may_turn)
        if is_reshaped:
            self.reshaped.append(above)
        return [*spot, *codes] if codes else []

    def _said_in(self, cell: Element) -> str:
        """Roughly the words of a cell on paper, where the name of its target may be printed behind a link."""
        words = words_in(cell)
        names = " ".join(filter(None, map(self._links.name_behind, cell.iter("a"))))
        return f"{words} {names[: max(0, _SEEN_WITH_NAME - len(words))]}".strip()

    def _figure(self, element: Element) -> list[Code]:
        spot = self._spot(element)
        found = self._source.picture(element.get("src", "")) if self._source is not None else "missing"
        if isinstance(found, Picture):
            self.pictures[figure.name_of(found)] = found
        return [*spot, figure.written(element, found, self._room)]

    _WRITERS: ClassVar[Mapping[str, Callable[[Walk, Element], list[Code]]]] = {
        "p": _p,
        "ul": _list,
        "ol": _list,
        "dl": _definitions,
        "blockquote": _quotation,
        "pre": _source_code,
        "hr": _rule,
        "div": _div,
        "figure": _figure,
        "table": _table,
    }

    # -- Within a line ------------------------------------------------------------------------------------

    def _tokens(self, element: Element) -> list[str]:
        """The text of an element with its inline elements, in order."""
        tokens = [element.text or ""]
        for child in element:
            self._add_span(tokens, child)
        return tokens

    def _add_span(self, run: list[str], child: Element) -> None:
        """Add an inline element and the text after it, with a comma between the numbers of two footnotes."""
        span = self._span(child)
        if span.startswith(_NOTES) and len(run) > 1 and not run[-1].strip() and run[-2].startswith(_NOTES):
            run[-1] = Code("note-comma")  # in place of a space between them
        run += [span, child.tail or ""]

    def _span(self, element: Element) -> Code:
        tag = str(element.tag)
        if tag == "br":
            return LINE_BREAK
        if tag == "a":
            return self._link(element)
        if tag == "code":
            return Code(f"code-words({lines(words_in(element))})")
        if tag == "sup" and element.get("data-note") is not None:
            return self._notes.reference(element.get("data-note", ""))
        words = line(self._tokens(element), strip=False)
        if tag == "mark" and words:
            if element.get("class") == own_marks.NUMBER:
                note = braced(between(map(string, element.get(own_marks.ASIDE, "").split("\n")), LINE_BREAK))
                return Code(
                    f"own-aside({words}, {note})" if own_marks.ASIDE in element.attrib else f"own-number({words})"
                )
            return Code(f"own-words({element.get('data-style', '1')}, {words})")
        if tag in _SPANS and words:
            words = Code(f"{_SPANS[tag]}({words})")
        # In a heading, which may stand in the contents too, the heading's own label is the place.
        return words if self._in_heading else braced([*self._spot(element), words])

    def _note_words(self, item: Element) -> Code:
        """The words of a footnote. Paragraphs without par(), as the first has to stand beside the number."""
        opening, self.opening = self.opening, ""  # a note is not where a piece begins
        parts = (line(self._tokens(part)) if part.tag == "p" else braced(self._block(part)) for part in item)
        words = braced(between((part for part in parts if part), "parbreak()"))
        self.opening = opening
        return words

    def _link(self, element: Element) -> Code:
        """A link on paper; in a heading, only its text."""
        words = line(self._tokens(element), strip=False)
        return (
            words if self._in_heading or not words else self._links.written(element, words, in_note=self._notes.in_one)
        )
