"""A whole handout as a Typst document.

Belongs here: the page's measures, what stands before and around the words, the order of pieces. Not here: the
words (walk.py), how all of it looks (page.typ).

Labels are our own and never made of content: s1 a heading, a1 another place, n1 a footnote, b1 and e1 where
the words of a piece begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from handbook import render
from handbook.content import PRINTABLES, Address, FrontMatter, Handbook, day
from handbook.handout import Handout, Paper, Piece, PrintOptions, pieces, title_of
from handbook.typeset.expressions import Code, block, literal, string
from handbook.typeset.walk import Walk, headings, short, words_in

_PAGE_TYP = Path(__file__).with_name("page.typ")
_CONTENTS_FROM = 3  # sections; fewer are found without a list
_CONTENTS_DEPTH = 3  # levels that the list shows at most
_CONTENTS_FULL = 14  # lines from which it shows fewer levels

# What a page says in the handbook's own words.
_WORDS = {"contents": "Contents", "notes": "Notes", "page": "page", "of": "of"}
_AS_OF, _FROM = "as of {}", "From: {}"
_OUR_TITLE = "The title is this handbook’s own."
_MINUTES, _GROUP, _LEVEL = "{} minutes", "{} people", "level {} of 3"
_OWN_PAGE = frozenset(("case", "key"))  # call-outs for some of the people in the room
_READ_ON = ("text", "statement", "glossary", "sources")  # kinds of chapter that need no page of their own
_VERBATIM = "Word for word beside the line: {}."


def write(handbook: Handbook, handout: Handout) -> str:
    """The Typst document of a handout's pages, in reading order.

    Raises ValueError for a handout without a section, UnknownAddress."""
    chosen = pieces(handbook, handout)
    if not chosen:
        raise ValueError("a handout needs a section")
    document = _Document(handbook, handout, chosen)
    body = document.body()
    return "\n".join((document.settings(), _PAGE_TYP.read_text(encoding="utf-8"), body, ""))


def tree(piece: Piece) -> Element:
    """A piece's words as an element tree in which its first section has a heading.

    A chapter whose text has no title of its own gets one from us, of class "editorial"."""
    root = render.cut(render.parse(piece.chapter), {section.address.anchor for section in piece.sections})
    first = piece.sections[0]
    if not any(heading.get("id") == first.address.anchor for heading in headings(root)):
        title = Element("h1", {"id": first.address.anchor, "class": "chapter editorial"})
        title.text = first.title
        root.insert(0, title)
    if first.level == 0:
        facts = _facts(piece.chapter.front)
        if facts:
            render.add_below_title(root, facts)
    _gather_cards(root)
    own_pages = [child for child in root if not _OWN_PAGE.isdisjoint(child.get("class", "").split())]
    for child in own_pages[1:]:  # the first may stand below the title
        child.set("data-own-page", "yes")
    return root


def _facts(front: FrontMatter) -> str:
    """What a trainer has to know of a sheet at once: its length, the group, how hard it is."""
    facts = (
        _MINUTES.format(front.minutes) if front.minutes else "",
        _GROUP.format(front.group_size) if front.group_size else "",
        _LEVEL.format(front.level) if front.level else "",
    )
    return " · ".join(fact for fact in facts if fact)


def _gather_cards(root: Element) -> None:
    """Put cards that follow one another into one element, as they share their sheets."""
    sheet: Element | None = None
    for child in list(root):
        if "card" not in child.get("class", "").split():
            sheet = None
            continue
        if sheet is None:
            sheet = Element("div", {"class": "cards"})
            root.insert(list(root).index(child), sheet)
        root.remove(child)
        sheet.append(child)


# -- The page's measures ------------------------------------------------------------------------------------

SHEETS: Mapping[Paper, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}  # mm, upright


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's measures in millimetres; `notes` is the width of the ruled column, 0 for none."""

    width: float
    height: float
    top: float
    bottom: float
    edge: float
    gutter: float = 0
    notes: float = 0

    @property
    def text_width(self) -> float:
        """What the edges and the ruled column leave for the text, in millimetres."""
        return self.width - 2 * self.edge - self.gutter - self.notes


def _page(options: PrintOptions) -> _Page:
    """The page of some options: half a sheet for a booklet; with notes, its outer third is ruled.

    The edges leave lines of some 65 to 80 letters at 11 points, which is what reads well."""
    width, height = SHEETS[options.paper]
    if options.booklet:
        width, height = height / 2, width
    top, bottom = (21, 21) if options.booklet else (27, 27)
    if options.notes == "column":
        edge, gutter = (11, 5) if options.booklet else (18, 8)
        return _Page(width, height, top, bottom, edge, gutter, width / 3 - edge)
    return _Page(width, height, top, bottom, 16 if options.booklet else 34)


# -- The document -------------------------------------------------------------------------------------------


class _Document:
    """Writes one handout. Made for it, and used once: the walk takes its trees apart."""

    def __init__(self, handbook: Handbook, handout: Handout, chosen: Sequence[Piece]) -> None:
        self._handbook, self._options = handbook, handout.options
        self._title = title_of(handbook, handout)
        self._pieces = [(piece, tree(piece)) for piece in chosen]
        self._page = _page(handout.options)
        sections = sum(1 for _, root in self._pieces for _ in headings(root))
        self._has_contents = sections >= _CONTENTS_FROM and not all(_is_sheet(piece) for piece in chosen)
        # A first heading that is ours and says what the title says stands as the title.
        piece, root = self._pieces[0]
        ours = not _is_statement(piece) or _is_editorial(root[0])
        self._starts_with_title = words_in(next(headings(root))) == " ".join(self._title.split())
        stands_first = root[0].tag in render.HEADINGS
        self._merged = ours and stands_first and self._starts_with_title and len(chosen) == 1
        room = self._page.text_width / 25.4 * 72 / handout.options.size
        self._walk = Walk(handbook, _labels(self._pieces), room)

    def settings(self) -> str:
        """The values that page.typ is written for."""
        manifest = self._handbook.manifest
        language = manifest.language if re.fullmatch("[a-z]{2,3}", manifest.language) else "en"
        values = {
            "doc-title": literal(self._title),
            "doc-shown-title": string(self._title),
            "doc-short-title": string(short(self._title)),
            "doc-handbook": string("" if manifest.title == self._title else manifest.title),
            "doc-subtitle": string(manifest.subtitle),
            "doc-as-of": string(_AS_OF.format(day(manifest.as_of)) if manifest.as_of else ""),
            "doc-language": literal(language),
            "doc-region": literal("GB") if language == "en" else "none",
            "doc-size": f"{self._options.size}pt",
            "doc-contents-top": str(1 + self._merged),
            "doc-contents-depth": str(self._contents_depth() + self._merged),
            "doc-source": string(self._own_source()),
            "doc-pieces": self._sources(),
            "page-two-sided": "true" if self._options.booklet else "false",
            **{f"page-{item.name}": f"{getattr(self._page, item.name):g}mm" for item in fields(_Page)},
            **{f"word-{name}": string(word) for name, word in _WORDS.items()},
        }
        return "\n".join(f"#let {name} = {value}" for name, value in values.items())

    def _contents_depth(self) -> int:
        """How many levels the contents show: as many as stay readable, the first at least."""
        ranks: list[int] = []
        for _, root in self._pieces:
            levels = [0 if "chapter" in item.get("class", "").split() else int(item.tag[1]) for item in headings(root)]
            ranks += [level - min(levels) + 1 - self._merged for level in levels]
        fitting = (d for d in range(_CONTENTS_DEPTH, 1, -1) if sum(0 < r <= d for r in ranks) <= _CONTENTS_FULL)
        return next(fitting, 1)

    def _own_source(self) -> str:
        """The source line of the handbook's own words, for pages that hold nothing else."""
        return self._handbook.source_line(replace(self._pieces[0][0].chapter, front=FrontMatter()))

    def _sources(self) -> str:
        """For each piece where its words begin and end, and whose they are."""
        sources = (string(self._handbook.source_line(piece.chapter)) for piece, _ in self._pieces)
        items = (f"(first: <b{n}>, last: <e{n}>, source: {source})," for n, source in enumerate(sources, 1))
        return f"({' '.join(items)})"

    def body(self) -> str:
        """The words, in calls of page.typ's functions."""
        out = [Code("masthead")]
        for number, (piece, root) in enumerate(self._pieces, 1):
            if number > 1 and piece.chapter.front.kind not in _READ_ON:
                out.append(Code("new-page"))
            self._walk.begin(piece, root)
            top = self._top(piece, root)
            out += self._with_front(top) if number == 1 else top
            words = self._between_marks(root, number)
            wrapper = {"statement": "statement", "poster": "poster"}.get(piece.chapter.front.kind)
            out.append(Code(f"{wrapper}({words})") if wrapper else words)
        return "#" + block([*out, Code("last-page")])

    def _between_marks(self, root: Element, number: int) -> Code:
        """A piece's words with marks where they begin and end."""
        self._walk.opening = f"b{number}"
        words = [self._walk.flow(root), Code(f'spot("e{number}")')]
        if self._walk.opening:  # no line of text: the mark may stay a page behind, and better so than missing
            words.insert(0, Code(f'spot("{self._walk.opening}")'))
        return block(words)

    def _with_front(self, top: list[Code]) -> list[Code]:
        """What stands on the first page before the text, around the top of the first piece."""
        contents = [Code("contents")] if self._has_contents else []
        if self._merged:
            return [*top, *contents]
        if contents or not self._starts_with_title:
            return [Code("title(doc-shown-title)"), *contents, *top]
        return top

    def _top(self, piece: Piece, root: Element) -> list[Code]:
        """A piece's heading where it stands outside its words, and a line on their origin."""
        first = root[0]
        out: list[Code] = []
        if self._merged or _is_editorial(first):
            root.remove(first)
            out.append(self._walk.heading(first, outlined=not self._merged))
        lines: list[str] = []
        above = piece.sections[0].path[1:]  # without the part
        if above:
            lines.append(_FROM.format(" › ".join(above)))
        if _is_statement(piece):
            source = _VERBATIM.format(self._handbook.source_line(piece.chapter))
            lines.append(f"{_OUR_TITLE} {source}" if _is_editorial(first) else source)
        if lines:
            self._walk.below_label = not out  # below a heading of ours, the next one is far off
            out.append(Code(f"label-line({', '.join(map(string, lines))})"))
        return out


def _labels(chosen: Iterable[tuple[Piece, Element]]) -> dict[Address, str]:
    """A label for each heading, and for each other place that a link of this handout leads to."""
    places = [
        (Address(piece.chapter.id, element.get("id", "")), element.tag in render.HEADINGS)
        for piece, root in chosen
        for element in root.iter()
        if element.get("id") is not None
    ]
    wanted = {link.get("href", "") for _, root in chosen for link in root.iter("a")}
    labels: dict[Address, str] = {}
    for address, is_heading in places:
        if is_heading or str(address) in wanted:
            labels.setdefault(address, f"{'s' if is_heading else 'a'}{len(labels) + 1}")
    return labels


def _is_statement(piece: Piece) -> bool:
    return piece.chapter.front.kind == "statement"


def _is_sheet(piece: Piece) -> bool:
    return piece.chapter.front.kind in PRINTABLES


def _is_editorial(element: Element) -> bool:
    return "editorial" in element.get("class", "")
