"""Writes the Typst document of a run of pages: its pieces in order, and the values that page.typ needs.

Belongs here: what is put before and around the text, the order of pieces. Not here: a page's measures
(page_measures.py), the element trees (trees.py), their text (walk.py), a packet's title page (front.py), how all of it
looks (the .typ files).

Labels are made by the program and never from content: c2s1 is a heading of the handbook's second chapter, c2a1 another
place in it, c2n1 a footnote, c2b and c2e the beginning and the end of its text; a custom page has o and a checksum in
place of c2. In an all-in-one document a prefix tells the parts apart.

A document consists of several files: how pages look, the text of each piece, and the file that puts them together.
Typst lays out only files that have changed, and what follows from them. So nothing in the first two kinds of file may
depend on which other pieces there are."""

from __future__ import annotations

import datetime
import gettext
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element

from handbook.base import catalogue, dates
from handbook.content import markup
from handbook.content.address import Address, library_name
from handbook.content.callouts import Audience
from handbook.content.handbook import Handbook
from handbook.content.metadata import TERMS, FrontMatter
from handbook.content.pictures import Picture
from handbook.handout.options import AS_USUAL, SIZES, PrintOptions
from handbook.handout.selection import Handout, Piece, pieces, title_of
from handbook.printing.typeset import glyphs, own_marks, plans, settling
from handbook.printing.typeset.expressions import Code, block, literal, string, truth
from handbook.printing.typeset.page_measures import Page, page_of
from handbook.printing.typeset.tables import Room
from handbook.printing.typeset.together import BREAK, FITTED_HERE
from handbook.printing.typeset.trees import heading_levels, headings, is_sheet, tree
from handbook.printing.typeset.typst_values import common_settings, let
from handbook.printing.typeset.walk import ROOM, TO_FILL_IN, Walk
from handbook.printing.typeset.words import short, words_in
from handbook.workshop.packet import custom_source, is_custom

if TYPE_CHECKING:
    from handbook.workshop.packet import OwnMarks

_WIDE_MARGIN = 22  # mm, in which the minutes of a step have room
_CONTENTS_FROM = 3  # sections; fewer are found without a list
_CONTENTS_DEPTH = 3  # levels that the list shows at most
_CONTENTS_FULL = 14  # lines from which it shows fewer levels
_CONTENTS_LINE = 1.45  # em of a packet's list

# Kinds of chapter that need no page of their own, and the functions that the words of some kinds are put into.
_READ_ON = ("text", "statement", "glossary", "sources", "cards", "screen")
_WRAPPERS = {
    "statement": "statement",
    "poster": "poster-here",
    "session-plan": "plan",
    "exercise": "plan",
    TERMS: "terms-on-a-page",
}
# Functions that ask settling.py how close a piece's words are set.
_FITTED = ("plan", "plan-below-contents", "cards-here")
_FEW_PAGES = 15_000  # letters of what is set closer or less close to save a page
_STEP = re.compile(r"[0-9]{1,2}\. ")


class Written(NamedTuple):
    """A document, or a part of one, as Typst: its text, and the files that this brings in, by their names.

    pictures: that it shows, by the names that they have in it.
    reshaped: the heading above each table that is too wide for its page and is turned, or a list."""

    text: str
    files: Mapping[str, str] = MappingProxyType({})
    pictures: Mapping[str, Picture] = MappingProxyType({})
    reshaped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """One run of pages.

    language: of dates and page labels. audience: who may read what. front: what stands before the text, as calls
    of front.typ; "" for a line above the first page's title. notes, times, own: as trees.tree has them. places: whose
    pages are asked for. by_piece: page numbers count each piece by itself, as each is a paper of its own.
    copies: of each piece, where that is known. owner: who made the own pages. prefix: of labels; letters."""

    title: str
    pieces: tuple[Piece, ...]
    options: PrintOptions = AS_USUAL
    language: str = "en"
    audience: Audience = "all"
    front: str = ""
    notes: Mapping[Address, str] = field(default_factory=lambda: MappingProxyType({}))
    times: Mapping[Address, str] = field(default_factory=lambda: MappingProxyType({}))
    own: OwnMarks = field(default_factory=lambda: MappingProxyType({}))
    places: tuple[Address, ...] = ()
    by_piece: bool = False
    copies: tuple[int, ...] = ()
    owner: str = ""
    prefix: str = ""


def job_of(handbook: Handbook, handout: Handout) -> Job:
    """A plain handout as a job, with page labels in the language of its first words. Raises UnknownAddress."""
    chosen = pieces(handbook, handout)
    language = handbook.language_of(chosen[0].chapter) if chosen else handbook.manifest.language
    return Job(title_of(handbook, handout), chosen, handout.options, language)


def library(*names: str) -> str:
    """Our Typst definitions, by the names of their files."""
    folder = Path(__file__).parent
    return "\n".join((folder / f"{name}.typ").read_text(encoding="utf-8") for name in names)


def opened(written: Written, title: str, author: str, language: str) -> Written:
    """A whole document: with what the PDF says of itself before all else. author: "" for none."""
    spoken = language if re.fullmatch("[a-z]{2,3}", language) else "en"
    region = literal("GB") if spoken == "en" else "none"
    opening = f"""\
#let opening(body) = {{
  set document(title: {literal(title)}, author: {literal(author) if author else "()"}, date: auto)
  set text(lang: {literal(spoken)}, region: {region})
  body
}}
"""
    text = '#import "opening.typ": opening\n#show: opening\n' + written.text
    return Written(text, {"opening.typ": opening, **written.files}, written.pictures, written.reshaped)


def part(handbook: Handbook, job: Job) -> Written:
    """The pages of a job, in reading order, without the opening. Raises ValueError for a job without a piece."""
    if not job.pieces:
        raise ValueError("nothing to set")
    document = _Document(handbook, job)
    body = document.body()
    look = "\n".join((document.settings(), library("blocks", "page", "front")))
    text = "\n".join((document.bring_in, settling.BRING_IN, "#show: words-look", "#show: page-look", body, ""))
    files = {document.look: look, settling.FILE: settling.written({}), **document.files}
    return Written(text, files, document.pictures, document.reshaped)


def _as_of(date: datetime.date, said: gettext.NullTranslations) -> str:
    return said.gettext("as of {date}").format(date=dates.written(date, said))


def places(job: Job, marks: Mapping[Address, str]) -> Code:
    """The marks of the places whose pages are asked for, on sheets; "" for one that is not there."""
    return Code("(" + " ".join(f'"{marks.get(place, "")}",' for place in job.places) + ")")


def source_of(handbook: Handbook, job: Job, piece: Piece) -> str:
    """Whose words a piece holds, to stand on its pages."""
    if is_custom(piece.chapter):
        return custom_source(job.owner, catalogue.of(job.language))
    return handbook.source_line(piece.chapter, job.language)


# -- The document -------------------------------------------------------------------------------------------


class _Document:
    """Writes one job. Made for it, and used once: the walk takes its trees apart."""

    def __init__(self, handbook: Handbook, job: Job) -> None:
        self._handbook, self._job, self._options = handbook, job, job.options
        # Beside larger text, and on half a sheet, the margins are too narrow for words.
        margin = job.options.size == SIZES[0] and not job.options.booklet and job.options.notes != "column"
        self._pieces = [
            (piece, tree(piece, job.audience, job.notes, job.times, job.language, job.own, margin=margin))
            for piece in job.pieces
        ]
        self._names = [job.prefix + name for name in _names(handbook, job.pieces)]
        self.look = f"{job.prefix}look.typ"
        self.bring_in = f'#import "{self.look}": *'
        self.files: dict[str, str] = {}  # the words of each piece; body() writes them
        self._sheets = sheets = all(map(is_sheet, job.pieces))
        self._page = page_of(job.options, sheets=sheets)
        sections = sum(1 for _, root in self._pieces for _ in headings(root))
        self._has_contents = sections >= _CONTENTS_FROM and not sheets
        # A first heading that is ours and says what the title says stands as the title.
        piece, root = self._pieces[0]
        ours = not _is_statement(piece) or _is_editorial(root[0])
        self._starts_with_title = words_in(next(headings(root))) == " ".join(job.title.split())
        stands_first = root[0].tag in markup.HEADINGS
        alone = len(job.pieces) == 1 and not job.front
        self._merged = ours and stands_first and self._starts_with_title and alone
        height = self._page.height - self._page.top - self._page.bottom
        room = Room(self._page.text_width / 25.4 * 72, height / 25.4 * 72, job.options.size)
        self._labels = _labels(self._pieces, self._names, job.places)
        for _, root in self._pieces:
            plans.leave_out_terms(root, self._labels)
        self._groups = self._grouped()
        wide_margin = self._page.edge >= _WIDE_MARGIN
        self._walk = Walk(
            handbook,
            self._labels,
            room,
            wide_margin=wide_margin,
            may_turn=True,
            notes_below=job.options.booklet and job.options.size > SIZES[0],
            language=job.language,
        )

    @property
    def reshaped(self) -> tuple[str, ...]:
        """The heading above each table that body() found too wide."""
        return tuple(self._walk.reshaped)

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """The pictures that the body shows, by their names in it."""
        return self._walk.pictures

    def settings(self) -> str:
        """The values that the .typ files are written for; none follows from which words there are."""
        manifest, job = self._handbook.manifest, self._job
        title, subtitle = manifest.named_in(job.language)
        values = common_settings(job.options, job.language, has_front=bool(job.front)) | {
            "doc-shown-title": string(job.title),
            "doc-short-title": string(short(job.title)),
            "doc-handbook": string("" if job.title in (title, manifest.title) else title),
            "doc-subtitle": string(subtitle),
            "doc-as-of": string(_as_of(manifest.as_of, catalogue.of(job.language)) if manifest.as_of else ""),
            "doc-prefix": literal(job.prefix),
            "doc-contents-top": str(1 + self._merged),
            "doc-source": _in_one_line(self._own_source()),
            "doc-by-piece": truth(job.by_piece),
            "doc-sheets": truth(self._sheets),
            "page-two-sided": truth(self._two_sided()),
            **{f"page-{item.name}": f"{getattr(self._page, item.name):g}mm" for item in fields(Page)},
        }
        return let(values)

    def _two_sided(self) -> bool:
        # With ruled pages between, every page of text is a right-hand one.
        return self._options.facing_pages and self._options.notes != "pages"

    def _depth(self) -> int:
        """How many levels a list of contents shows: as many as stay readable, the first at least."""
        levels = [level - self._merged for _, root in self._pieces for level in heading_levels(root)]
        fitting = (
            d for d in range(_CONTENTS_DEPTH, 1, -1) if sum(0 < level <= d for level in levels) <= _CONTENTS_FULL
        )
        return next(fitting, 1) + self._merged

    def _grouped(self) -> dict[str, list[str]]:
        """The labels that a packet's contents list, by the kinds of things. Of sheets only the titles are listed."""
        said = catalogue.of(self._job.language)
        # Translators: the groups of a packet's contents: what is read, done and cut out in its sessions
        sessions, reading = said.gettext("Sessions"), said.pgettext("texts to read", "Reading")
        # Translators: a group of a packet's contents
        exercises, cards = said.gettext("Exercises"), said.gettext("Cards")
        # Translators: a group of a packet's contents: pages that the trainer wrote
        own = said.gettext("Own pages")
        deepest: dict[str, list[str]] = {}
        for depth in range(_CONTENTS_DEPTH, 0, -1):
            found: dict[str, list[str]] = {sessions: [], reading: [], exercises: [], own: [], cards: []}
            for piece, root in self._pieces:
                kind = piece.chapter.front.kind
                is_sheet = kind in (*plans.KINDS, "cards")
                group = {"session-plan": sessions, "exercise": exercises, "cards": cards}.get(kind)
                named = [heading for heading in headings(root) if heading.get("id") is not None]
                listed = zip(named, heading_levels(root), strict=True)
                found[own if is_custom(piece.chapter) else group or reading] += [
                    self._labels[Address(piece.chapter.id, heading.get("id", ""))]
                    for number, (heading, level) in enumerate(listed)
                    if number == 0 or (level <= depth and not is_sheet)
                ]
            deepest = {name: some for name, some in found.items() if some}
            if self._is_a_page(deepest):
                break
        return deepest

    def _is_a_page(self, groups: Mapping[str, Sequence[str]]) -> bool:
        """Does a packet's list of contents fit on a page?"""
        lines = sum(len(some) + 2 for some in groups.values()) + 2
        room = (self._page.height - self._page.top - self._page.bottom) / 25.4 * 72
        return lines * _CONTENTS_LINE * self._options.size < room

    def _front_contents(self) -> Code:
        groups = (
            f"({string(name)}, ({' '.join(f'{literal(label)},' for label in some)}))"
            for name, some in self._groups.items()
        )
        return Code(f"front-contents(({', '.join(groups)},))")

    def _small_print_fits(self) -> bool:
        """Is there surely room for every head and foot at their usual size? Letters count 0.6em, as wide ones do."""
        letter = 0.82 * 0.6 * self._options.size / 72 * 25.4  # mm
        line = 0.82 * 1.3 * self._options.size / 72 * 25.4
        width = self._page.width - 2 * self._page.edge - self._page.gutter - self._page.notes - 2 * letter

        def lines(left: int, right: int) -> float:
            """Lines of the left words beside the right ones; at least 2 letters wide, as words break unevenly."""
            return max(1.0, 1.3 * left * letter / max(2 * letter, width - right * letter))

        longest = max((len(words) for _, words in self._walk.heads), default=0)
        source = max(len(self._source(piece)) for piece, _ in self._pieces)
        head = lines(min(len(self._job.title), 60), longest) * line + 3
        foot = line + 3
        fits = head <= self._page.top - 13 and foot <= self._page.bottom - 12
        return fits and lines(source, 22) <= 1.0

    def _own_source(self) -> str:
        """The source line of the handbook's own words, for pages that hold nothing else."""
        return self._handbook.source_line(
            self._job.pieces[0].chapter._replace(part="", front=FrontMatter()), self._job.language
        )

    def _source(self, piece: Piece) -> str:
        return source_of(self._handbook, self._job, piece)

    def _sources(self) -> str:
        """For each piece where its words begin and end, and whose they are."""
        items = (
            f"(first: <{name}b>, last: <{name}e>, title: {string(short(piece.chapter.title))}, "
            f"source: {_in_one_line(self._source(piece))}),"
            for name, (piece, _) in zip(self._names, self._pieces, strict=True)
        )
        return f"({' '.join(items)})"

    def _heads(self) -> str:
        """The label and the words of each heading, in order, for the running head; whether it is a step of a plan."""
        items = (
            f'(name: "{name}", words: {string(words)}, step: {truth(bool(_STEP.match(words)))}),'
            for name, words in self._walk.heads
        )
        return f"({' '.join(items)})"

    def _places(self) -> str:
        """The labels of the places whose pages are asked for; "" for one that is not set."""
        return "(" + " ".join(f'"{self._labels.get(place, "")}",' for place in self._job.places) + ")"

    def body(self) -> str:
        """The words, in calls of page.typ's functions."""
        front = self._job.front
        out = [Code(front)] if front else [] if self._job.by_piece else [Code("masthead")]
        runs_begin, runs_end = self._runs()
        for number, (piece, root) in enumerate(self._pieces, 1):
            before = self._pieces[number - 2][0] if number > 1 else None
            breaks = self._breaks(number)
            out += breaks
            name = self._names[number - 1]
            if look := runs_begin.get(number):
                out.append(Code(f'{look}("{name}r", {settling.NAME}, {{'))
            self._walk.begin(piece, root, name)
            top = self._top(piece, root, goes_on=before is not None and not breaks and _are_neighbours(before, piece))
            is_below_front = number == 1 and not front and not self._job.by_piece
            out += self._with_front(top) if is_below_front else top
            after = self._pieces[number][0] if number < len(self._pieces) else None
            ends_page = after is None or bool(self._break_before(after, piece))
            below_contents = is_below_front and self._has_contents and not self._merged
            out.append(self._set(piece, root, name, ends_page=ends_page, below_contents=below_contents))
            if number in runs_end:
                out.append(Code("})"))
        start = Code(f"part-start({self._heads()}, {self._sources()}, {truth(self._small_print_fits())})")
        return "#" + block([start, *self._with_contents(out), Code(f"part-end({self._places()})")])

    def _runs(self) -> tuple[dict[int, str], set[int]]:
        """The pieces that are set together, so that the last of their pages is worth its paper; pieces count from 1.

        With which piece each run of them begins, and the function of page.typ for it; with which pieces runs end."""
        begin: dict[int, str] = {}
        end: set[int] = set()
        look, letters = "", 0
        for number, (piece, root) in enumerate(self._pieces, 1):
            own, length = self._set_together(piece, root)
            letters += length
            if own and own == look and letters < _FEW_PAGES and not self._breaks(number):
                end.remove(number - 1)
            elif own:
                begin[number], letters = own, length
            if own:
                end.add(number)
            look = own
        return begin, end

    def _set_together(self, piece: Piece, root: Element) -> tuple[str, int]:
        """The function for a packet's run of pieces like this one, "" for none, and how many letters count in it."""
        if self._is_deck(piece):
            return "decks", 0
        length = len(words_in(root))
        is_read = self._job.front and piece.chapter.front.kind == "text" and length < _FEW_PAGES
        return "to-read" if is_read else "", length

    def _is_deck(self, piece: Piece) -> bool:
        """Is a piece cards that a packet holds to look things up in?"""
        return bool(self._job.front) and piece.chapter.front.kind == "cards"

    def _breaks(self, number: int) -> list[Code]:
        """What parts a piece from the one before it; the first one from a packet's front. They count from 1."""
        if number == 1 and not self._job.front:
            return []
        before = self._pieces[number - 2][0] if number > 1 else None
        return self._break_before(self._pieces[number - 1][0], before)

    def _set(self, piece: Piece, root: Element, name: str, *, ends_page: bool, below_contents: bool) -> Code:
        """Put a piece's words into a file of their own; the call that brings them in.

        ends_page: whether the next piece, if there is one, begins on a new page. below_contents: whether they begin
        below a list of contents."""
        kind = piece.chapter.front.kind
        words = self._between_marks(root, name)
        spoken = f"#set text(lang: {literal(piece.chapter.language)}, region: none);" if piece.chapter.language else ""
        settled = f"{settling.BRING_IN};" if FITTED_HERE in words or BREAK in words else ""
        # The semicolon ends the line: a line's end would be a space before the words.
        if kind in TO_FILL_IN:
            self.files[f"{name}.typ"] = f"{self.bring_in};{settled}{spoken}#let words({ROOM}) = {words}"
            head = "group-and-date" if kind == "worksheet" else "none"
            return Code(f'sheet-to-fill({head}, {ROOM} => {{ import "{name}.typ": words; words({ROOM}) }})')
        self.files[f"{name}.typ"] = f"{self.bring_in};{settled}{spoken}#{words}"
        brought = f'include "{name}.typ"'
        wrapper = _WRAPPERS.get(kind, "")
        if wrapper == "plan" and below_contents:
            wrapper = "plan-below-contents"
        elif self._is_deck(piece):
            pass  # body() has a call for all decks
        elif kind == "cards" and ends_page:
            wrapper = "cards-here"
        if wrapper in _FITTED:
            return Code(f'{wrapper}("{name}", {settling.NAME}, {brought})')
        return Code(f"{wrapper}({brought})" if wrapper else brought)

    def _with_contents(self, out: list[Code]) -> list[Code]:
        """With a front, the contents follow it, before the first page of text."""
        if self._job.front and self._has_contents:
            return [out[0], self._front_contents(), *out[1:]]
        return out

    def _break_before(self, piece: Piece, before: Piece | None) -> list[Code]:
        """What parts a piece from the one before it; None for what stands before the first one."""
        kind = piece.chapter.front.kind
        starts = piece.sections[0].level == 0
        if self._options.chapters_right and self._two_sided():
            return [Code("right-hand-page")] if starts or before is None else []
        on_two_pages = self._options.size == SIZES[0] and not self._options.booklet
        if self._job.front and kind in plans.KINDS and self._two_sided() and on_two_pages:  # both are in view
            return [Code("left-hand-page")]
        if before is None:
            return [Code(f"first-page({truth('programme(' in self._job.front)})")]
        if self._job.front and kind == before.chapter.front.kind == "cards":
            return []
        if self._job.front and kind == "cards":
            return [Code("new-page")]
        apart = kind == "screen" != before.chapter.front.kind  # screens share a page with each other alone
        if self._job.by_piece or kind not in _READ_ON or apart or (starts and self._job.front):
            return [Code("right-hand-page" if self._job.by_piece and self._two_sided() else "new-page")]
        return []

    def _between_marks(self, root: Element, name: str) -> Code:
        """A piece's words with marks where they begin and end."""
        self._walk.opening = f"{name}b"
        words = [self._walk.flow(root), Code(f'piece-end("{name}e")')]
        if self._walk.opening:  # no line of text: the mark may stay a page behind, and better so than missing
            words.insert(0, Code(f'piece-start("{self._walk.opening}")'))
            self._walk.opening = ""
        return block(words)

    def _with_front(self, top: list[Code]) -> list[Code]:
        """What stands on the first page before the text, around the top of the first piece."""
        contents = f"contents({self._depth()})"
        if self._merged:
            return [*top, Code(contents)] if self._has_contents else top
        titled = Code("title(doc-shown-title)")
        if self._has_contents and self._starts_with_title:  # the heading says it, unless the list stands between
            return [Code(f"context if shown(doc-contents) {{ {titled}; {contents} }}"), *top]
        if self._has_contents:
            return [titled, Code(contents), *top]
        return top if self._starts_with_title else [titled, *top]

    def _top(self, piece: Piece, root: Element, *, goes_on: bool) -> list[Code]:
        """A piece's heading where it stands outside its words, and a line on their origin.

        goes_on: whether it follows another one of the same place, of which that line is said."""
        first = root[0]
        out: list[Code] = []
        if self._merged or _is_editorial(first) or is_custom(piece.chapter):
            root.remove(first)
            out.append(self._walk.heading(first, outlined=not self._merged))
        lines: list[str] = []
        said = catalogue.of(self._job.language)
        above = piece.sections[0].path[1:]  # without the part
        if above and words_in(first) != above[-1] and not goes_on:
            # Translators: above a section that is printed without what stands around it: the titles above it
            lines.append(said.gettext("From: {titles}").format(titles=" › ".join(above)))
        if _is_statement(piece):
            source = self._handbook.source_line(piece.chapter, self._job.language)
            # Translators: {source} is said to be quoted exactly where a line stands in the margin
            verbatim = said.gettext("Word for word beside the line: {source}.").format(source=source)
            ours = said.gettext("The title is this handbook’s own.")
            lines.append(f"{ours} {verbatim}" if _is_editorial(first) else verbatim)
            lines.append(said.gettext("The numbers in the margin are this handbook’s."))
        if is_custom(piece.chapter):
            lines.append(self._source(piece))
        elif library_name(piece.chapter.id) != self._handbook.name:  # each handbook's words have their own source
            lines.append(self._handbook.source_line(piece.chapter, self._job.language))
        if lines:
            shown = ", ".join(map(string, lines))
            if out or _is_statement(piece) or root[0].tag not in markup.HEADINGS:
                out.append(Code(f"label-apart({shown})"))
            else:
                self._walk.above = Code(f"label-line({shown})")
        if _is_statement(piece):  # the trainer's words stand apart from La Strada's
            apart = {"trainer-note", own_marks.NOTE}
            notes = [box for box in root.iter("div") if not apart.isdisjoint(box.get("class", "").split())]
            for box in notes:
                parent = next(one for one in root.iter() if box in list(one))
                parent.remove(box)
                out.append(self._walk.flow_block(box))
        return out


def _name_of(chapter: str, numbers: Mapping[str, int]) -> str:
    """What the labels of a chapter begin with; one of another handbook has no number in this."""
    return f"c{numbers[chapter]}" if chapter in numbers else f"x{zlib.crc32(chapter.encode()):08x}"


def _names(handbook: Handbook, chosen: Iterable[Piece]) -> Iterator[str]:
    """What each piece is called in labels and files, whatever stands before it.

    A chapter by its place in the handbook; an own page, which has none, by a number drawn from its words."""
    numbers = {name: number for number, name in enumerate(handbook.chapters, 1)}
    seen: Counter[str] = Counter()
    for piece in chosen:
        chapter = piece.chapter
        own = zlib.crc32("\n".join((chapter.title, *chapter.lines)).encode("utf-8", "replace"))
        name = f"o{own:08x}" if is_custom(chapter) else _name_of(chapter.id, numbers)
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _labels(
    chosen: Iterable[tuple[Piece, Element]], names: Iterable[str], places: Iterable[Address]
) -> dict[Address, str]:
    """A label for each heading, and for each other place that a link of this handout leads to or that is asked for."""
    chosen = list(chosen)
    wanted = {link.get("href", "") for _, root in chosen for link in root.iter("a")} | set(map(str, places))
    found: dict[Address, str] = {}
    for name, (piece, root) in zip(names, chosen, strict=True):
        anchored = (element for element in root.iter() if element.get("id") is not None)
        for number, element in enumerate(anchored, 1):
            address, is_heading = Address(piece.chapter.id, element.get("id", "")), element.tag in markup.HEADINGS
            if is_heading:  # it has one label: it stands in the contents too, where another would be there twice
                label = found.setdefault(address, f"{name}s{number}")
                for inner in element.iterfind(".//*[@id]"):
                    found.setdefault(Address(piece.chapter.id, inner.get("id", "")), label)
            elif str(address) in wanted:
                found.setdefault(address, f"{name}a{number}")
    return found


def _in_one_line(words: str) -> Code:
    """Words as a Typst string that has no places to break it: what is too long for a foot is cut."""
    return literal(glyphs.printable(" ".join(words.split())).replace(glyphs.BREAK, ""))


def _are_neighbours(before: Piece, piece: Piece) -> bool:
    """Do two pieces come from one place, under the same titles?"""
    same = before.chapter.id == piece.chapter.id and before.sections[0].path == piece.sections[0].path
    return same and not _is_statement(piece)


def _is_statement(piece: Piece) -> bool:
    return piece.chapter.front.kind == "statement"


def _is_editorial(element: Element) -> bool:
    return "editorial" in element.get("class", "")
