"""Writes the Typst document of a run of pages: its pieces in order, and the values that page.typ needs.

Belongs here: what is put before and around the text, the list of contents. Not here: a page's measures
(page_measures.py), on which page a piece begins (page_breaks.py), heads and feet (small_print.py), labels (labels.py),
the element trees (trees.py), their text (walk.py), a packet's title page (front.py), how all of it looks (the .typ
files).

A document consists of several files: how pages look, the text of each piece, and the file that puts them together.
Typst lays out only files that have changed, and what follows from them. So nothing in the first two kinds of file may
depend on which other pieces there are. One thing does: from _SURELY_LONG letters of all pieces on, `doc-cover` and
`doc-contents` say "yes" in place of "auto", and all is laid out anew when a document passes that."""

from __future__ import annotations

import datetime
import gettext
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from xml.etree.ElementTree import Element

from handbook.base import catalogue, dates
from handbook.content import markup
from handbook.content.address import Address, library_name
from handbook.content.handbook import Handbook
from handbook.content.metadata import TERMS
from handbook.content.pictures import Picture
from handbook.handout.options import SIZES, PrintOptions
from handbook.handout.selection import Piece
from handbook.printing.typeset import own_marks, page_breaks, plans, settling, small_print
from handbook.printing.typeset.expressions import Code, block, literal, string, truth
from handbook.printing.typeset.job import LOOK, Job, Written, library
from handbook.printing.typeset.labels import labels_of, names_of, places
from handbook.printing.typeset.page_breaks import PageBreaks
from handbook.printing.typeset.page_measures import Page, page_of
from handbook.printing.typeset.tables import Room
from handbook.printing.typeset.together import BREAK, FITTED_HERE
from handbook.printing.typeset.trees import TRAINER_NOTE, heading_levels, headings, is_sheet, tree
from handbook.printing.typeset.typst_values import common_settings, let
from handbook.printing.typeset.walk import ROOM, TO_FILL_IN, Walk
from handbook.printing.typeset.words import short, words_in
from handbook.workshop.packet import is_custom

_WIDE_MARGIN = 22  # mm, in which the minutes of a step have room
_CONTENTS_FROM = 3  # sections; fewer are found without a list
_CONTENTS_DEPTH = 3  # levels that the list shows at most
_CONTENTS_FULL = 14  # lines from which it shows fewer levels
_CONTENTS_LINE = 1.45  # em of a packet's list
_SURELY_LONG = 250_000  # letters of Typst that fill more than six pages, however small they are set

# The functions that the words of some kinds are put into.
_WRAPPERS = {
    "statement": "statement",
    "poster": "poster-here",
    "session-plan": "plan",
    "exercise": "plan",
    TERMS: "terms-on-a-page",
}
# Functions that ask settling.py how close a piece's words are set.
_FITTED = ("plan", "plan-below-contents", "cards-here")


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
        self._breaks = PageBreaks(job, self._pieces)
        self._names = [job.prefix + name for name in names_of(handbook, job.pieces)]
        self.look = f"{job.prefix}{LOOK}"
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
        self._labels = labels_of(self._pieces, self._names, job.places)
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
        """The values that the .typ files are written for; of the words, only whether they are many counts."""
        manifest, job = self._handbook.manifest, self._job
        title, subtitle = manifest.named_in(job.language)
        values = common_settings(self._decided(), job.language, has_front=bool(job.front)) | {
            "doc-shown-title": string(job.title),
            "doc-short-title": string(short(job.title)),
            "doc-handbook": string("" if job.title in (title, manifest.title) else title),
            "doc-subtitle": string(subtitle),
            "doc-as-of": string(_as_of(manifest.as_of, catalogue.of(job.language)) if manifest.as_of else ""),
            "doc-prefix": literal(job.prefix),
            "doc-contents-top": str(1 + self._merged),
            "doc-source": small_print.own_source(self._handbook, job),
            "doc-by-piece": truth(job.by_piece),
            "doc-sheets": truth(self._sheets),
            "page-two-sided": truth(page_breaks.is_two_sided(job)),
            **{f"page-{item.name}": f"{getattr(self._page, item.name):g}mm" for item in fields(Page)},
        }
        return let(values)

    def _decided(self) -> PrintOptions:
        """The options, with what a long document has in any case: to count its pages Typst lays it out once more."""
        options = self._options
        if sum(map(len, self.files.values())) < _SURELY_LONG:
            return options
        cover, contents = ("yes" if wish == "auto" else wish for wish in (options.cover, options.contents))
        return replace(options, cover=cover, contents=contents)

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

    def body(self) -> str:
        """The words, in calls of page.typ's functions."""
        front = self._job.front
        out = [Code(front)] if front else [] if self._job.by_piece else [Code("masthead")]
        runs_begin, runs_end = self._breaks.runs()
        for number, (piece, root) in enumerate(self._pieces, 1):
            before = self._pieces[number - 2][0] if number > 1 else None
            breaks = self._breaks.before(number)
            out += breaks
            name = self._names[number - 1]
            run = self._run_from(number, runs_begin, runs_end)
            is_below_front = number == 1 and not front and not self._job.by_piece
            if not is_below_front:
                out += run
            self._walk.begin(piece, root, name)
            top = self._top(piece, root, goes_on=before is not None and not breaks and _are_neighbours(before, piece))
            out += [*self._with_front(top), *run] if is_below_front else top
            ends_page = self._breaks.ends_page(number)
            below_contents = is_below_front and self._has_contents and not self._merged
            out.append(self._set(piece, root, name, ends_page=ends_page, below_contents=below_contents))
            if number in runs_end:
                out.append(Code("})"))
        return "#" + block([self._start(), *self._with_contents(out), self._end()])

    def _run_from(self, number: int, begin: Mapping[int, str], end: Collection[int]) -> list[Code]:
        """How the call begins for the pieces that are set together from this one on; [] where none does."""
        if number not in begin:
            return []
        last = min(one for one in end if one >= number)
        # Without a packet's front, they begin where what is above them ends.
        pieces = self._names[number - 1 : last] if self._job.front else ()
        return [Code(f"{begin[number]}({settling.arguments(f'{self._names[number - 1]}r', pieces)}, {{")]

    def _start(self) -> Code:
        """What stands before all words: of heads and feet, which are known when they have been written."""
        handbook, job, heads = self._handbook, self._job, self._walk.heads
        sources = small_print.sources(handbook, job, self._names)
        fits = truth(small_print.fits(handbook, job, self._page, heads))
        return Code(f"part-start({small_print.heads(heads)}, {sources}, {fits})")

    def _end(self) -> Code:
        return Code(f"part-end({places(self._job, self._labels)})")

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
        elif self._breaks.is_deck(piece):
            pass  # body() has a call for all decks
        elif kind == "cards" and ends_page:
            wrapper = "cards-here"
        if wrapper in _FITTED:
            of = () if below_contents else (name,)  # how long the list is decides, too
            return Code(f"{wrapper}({settling.arguments(name, of)}, {brought})")
        return Code(f"{wrapper}({brought})" if wrapper else brought)

    def _with_contents(self, out: list[Code]) -> list[Code]:
        """With a front, the contents follow it, before the first page of text."""
        if self._job.front and self._has_contents:
            return [out[0], self._front_contents(), *out[1:]]
        return out

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
            lines.append(small_print.source_of(self._handbook, self._job, piece))
        elif library_name(piece.chapter.id) != self._handbook.name:  # each handbook's words have their own source
            lines.append(self._handbook.source_line(piece.chapter, self._job.language))
        if lines:
            shown = ", ".join(map(string, lines))
            if out or _is_statement(piece) or root[0].tag not in markup.HEADINGS:
                out.append(Code(f"label-apart({shown})"))
            else:
                self._walk.above = Code(f"label-line({shown})")
        if _is_statement(piece):  # the trainer's words stand apart from La Strada's
            apart = {TRAINER_NOTE, own_marks.NOTE}
            notes = [box for box in root.iter("div") if not apart.isdisjoint(box.get("class", "").split())]
            for box in notes:
                parent = next(one for one in root.iter() if box in list(one))
                parent.remove(box)
                out.append(self._walk.flow_block(box))
        return out


def _are_neighbours(before: Piece, piece: Piece) -> bool:
    """Do two pieces come from one place, under the same titles?"""
    same = before.chapter.id == piece.chapter.id and before.sections[0].path == piece.sections[0].path
    return same and not _is_statement(piece)


def _is_statement(piece: Piece) -> bool:
    return piece.chapter.front.kind == "statement"


def _is_editorial(element: Element) -> bool:
    return "editorial" in element.get("class", "")
