"""A chapter: its sections and their anchors, where its links lead, its plain text.

Belongs here: what follows from the lines of one chapter. Not here: reading its file (chapter_file.py), finding headings
and links in lines (headings.py), which section of a handbook an address means (handbook.py)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from handbook.content.address import Address
from handbook.content.headings import Defined, Heading, References, Scan, references, scan, slug
from handbook.content.links import Files, anchors_by, free_name, is_name, others_anchors, unquoted
from handbook.content.metadata import FrontMatter

if TYPE_CHECKING:
    from handbook.content.pictures import Picture, PictureFolder, Problem


class Section(NamedTuple):
    """A heading with everything below it, up to the next heading of the same or a higher level.

    level: 0 for the chapter itself, else the heading's 1 to 6.
    path:  titles from the part down to the section above this one.
    start, body, text_end, end: lines of the chapter, counted from 0: the heading, the first line after it,
        the end of its own text (the next heading of any level), the end with all its subsections."""

    address: Address
    title: str
    level: int
    path: tuple[str, ...]
    parent: Address | None
    start: int
    body: int
    text_end: int
    end: int

    def holds(self, other: Section) -> bool:
        """Is `other` this section, or a subsection of it?"""
        if self.address.chapter != other.address.chapter:
            return False
        return self.level == 0 or (other.level > 0 and self.start <= other.start < self.end)


class _Read(NamedTuple):
    """What a chapter is made of: see there."""

    id: str
    part: str
    part_title: str
    title: str
    front: FrontMatter
    file: str  # relative to the content folder, with "/"
    lines: tuple[str, ...]
    offset: int
    files: Files = Files()  # of the whole handbook, that its links name
    pictures: PictureFolder | None = None
    language: str = ""
    original: str = ""
    scanned: Scan | None = None


class _Named(NamedTuple):
    """The headings of a chapter and their anchors.

    opens:    the heading that is the title, None for none.
    headings: those that are sections. anchors: theirs.
    repeated: the lines and the anchors of headings whose own anchor an earlier one has."""

    opens: Heading | None
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    repeated: tuple[tuple[int, str], ...]


class Chapter(_Read):
    """One Markdown file. `lines` is its text without front matter; `offset` is the number of lines before that.

    pictures: where its pictures lie; None for a text that has no folder, such as a trainer's own page.
    language: of its words, where it is another than the handbook's: such a chapter is a translation.
    original: the id of the chapter that has the words it was translated from; "" for any other.
    scanned: its headings and anchors, if they are known from before.

    Its headings are found when they are first asked for, as a start of the program shows one chapter and not all."""

    @cached_property
    def found(self) -> Scan:
        """Its headings and anchors as written."""
        return self.scanned if self.scanned is not None else scan(self.lines)

    @cached_property
    def _named(self) -> _Named:
        opens = _opening(self.lines, self.found)
        headings = self.found.headings[1:] if opens else self.found.headings
        anchors, repeated = _anchors(headings, self.found, self.defined, self._others_names(opens, headings))
        return _Named(opens, headings, anchors, repeated)

    def _others_names(self, opens: Heading | None, headings: Sequence[Heading]) -> Sequence[str]:
        """The anchors of headings by the rule of the program that their author writes for."""
        if self.files.rule == "ours":
            return [""] * len(headings)
        titles = [title_words(one.title, self.defined) for one in ((opens,) if opens else ()) + tuple(headings)]
        return anchors_by(self.files.rule, titles)[1 if opens else 0 :]

    @property
    def repeated_of_headings(self) -> tuple[tuple[int, str], ...]:
        """The anchors of headings that an earlier heading has: the line (counted from 0) and the anchor."""
        return self._named.repeated

    @property
    def repeated_in_text(self) -> Iterator[tuple[int, str]]:
        """The anchors of paragraphs that a heading or an earlier paragraph has: the line and the anchor."""
        seen = set(self._named.anchors)
        for line, name in self.found.anchors:
            if name in seen:
                yield line, name
            seen.add(name)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The chapter itself first, then its headings in order."""
        opens, headings, anchors, _ = self._named
        top = Section(
            Address(self.id),
            self.title,
            0,
            (self.part_title,),
            None,
            opens.line if opens else 0,
            opens.body if opens else 0,
            headings[0].line if headings else len(self.lines),
            len(self.lines),
        )
        return _sections(top, headings, anchors, self.defined)

    @cached_property
    def _starts(self) -> list[int]:
        return [section.start for section in self.sections]

    @cached_property
    def anchors(self) -> Mapping[str, Section]:
        """Every anchor of the chapter and the section it is in; "" is the top."""
        known: dict[str, Section] = {section.address.anchor: section for section in self.sections}
        for line, name in self.found.anchors:
            known.setdefault(name, self.section_at(line))
        return known

    @cached_property
    def others_anchors(self) -> Mapping[str, Section]:
        """The anchors that GitHub and Python-Markdown make from its headings, where it has none of that name."""
        opens, headings = self._named.opens, self._named.headings
        titles = [title_words(one.title, self.defined) for one in ((opens,) if opens else ()) + headings]
        sections = self.sections if opens else self.sections[1:]
        known: dict[str, Section] = {}
        for number, name in others_anchors(titles):
            known.setdefault(name, sections[number])
        return known

    def resolve(self, target: str) -> Address:
        """The address that a link in this chapter leads to: `#x` is in the chapter itself, `../x.md` is a file.

        Where there is no such place, it is an address that the handbook does not have."""
        path, _, anchor = target.strip().partition("#")
        anchor = unquoted(anchor)
        if not path:
            return Address(self.id, anchor)
        found = self.files.chapter(path, self.file)
        if found is None and "/" not in path and not is_name(path):
            found = self.files.renamed(path)
        return Address(found or self.files.prefix + path, anchor)

    @cached_property
    def references(self) -> References:
        """The chapter's links and footnotes."""
        return references(self.lines)

    def section_at(self, line: int) -> Section:
        """The innermost section whose own text holds a line (counted from 0)."""
        return self.sections[max(0, bisect_right(self._starts, line) - 1)]

    def text(self, section: Section) -> str:
        """The plain text of a section, one paragraph a line, without its title and its subsections.

        Of a picture it has the caption, the alternative text and the words drawn in it."""
        from handbook.content.plain_text import plain_text  # search needs it, opening the window does not

        text = plain_text(self.lines[section.body : section.text_end], self._drawn, self.defined)
        return "\n".join(filter(None, (self._heading_beside_title(section), text)))

    def read_text(self, section: Section) -> str:
        """The same as a reader of the page has it: of a picture the caption alone."""
        from handbook.content.plain_text import plain_text

        text = plain_text(self.lines[section.body : section.text_end], None, self.defined)
        return "\n".join(filter(None, (self._heading_beside_title(section), text)))

    def _heading_beside_title(self, section: Section) -> str:
        """The words of the heading on the page, where the title that the front matter gives is another."""
        opens = self._named.opens if section.level == 0 and self.front.title else None
        words = title_words(opens.title, self.defined) if opens else ""
        return words if words != self.title else ""

    @cached_property
    def defined(self) -> Defined:
        """What its references and footnotes stand for."""
        return Defined.in_lines(self.lines)

    def picture(self, target: str) -> Picture | Problem:
        """The picture file that the chapter means by an address, or why there is none."""
        return self.pictures.find(self.file, target) if self.pictures is not None else "missing"

    def _drawn(self, target: str) -> tuple[str, ...]:
        """The words drawn in a picture."""
        return getattr(self.picture(target), "words", ())

    @cached_property
    def drawn_words(self) -> tuple[tuple[str, ...], ...]:
        """The words drawn in each of its SVG pictures, which are a part of its text."""
        if self.pictures is None or not any("![" in line and ".svg" in line.lower() for line in self.lines):
            return ()
        return tuple(self._drawn(target) for _, target in self.references.pictures)


def title_words(text: str, defined: Defined | None = None) -> str:
    """A heading's text without Markdown signs. defined: what its chapter defines."""
    words = text.strip()
    if _MARKS.isdisjoint(words):
        return words
    bare = words.strip("*_")
    marks = words[: words.find(bare)]
    if _MARKS.isdisjoint(bare) and bare == bare.strip() and words == marks + bare + marks[::-1]:
        return bare  # all of it in italics or bold
    from handbook.content.plain_text import (
        plain_line,  # its patterns take long to compile, and few titles have signs
    )

    return plain_line(words, defined)


_MARKS = frozenset("[]*_`\\<&{~")


def _opening(lines: Sequence[str], found: Scan) -> Heading | None:
    """The heading that is the chapter's title: the one at the top, if it is of the first level or the only heading."""
    if not found.headings or "".join(lines[: found.headings[0].line]).strip():
        return None
    first = found.headings[0]
    return first if first.level == 1 or len(found.headings) == 1 else None


def _anchors(
    headings: Sequence[Heading], found: Scan, defined: Defined, others: Sequence[str]
) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """An anchor for each heading: its own, or made from its text. No two are the same.

    With them, the lines and the anchors of headings whose own anchor an earlier one has.
    others: by the rule of another program, "" for none; they come before ours."""
    taken = {name for _, name in found.anchors} | {heading.anchor for heading in headings if heading.anchor}
    named = frozenset(taken)
    given: dict[str, None] = {}  # in order
    repeated: list[tuple[int, str]] = []
    numbers: dict[str, int] = {}
    taken.update(filter(None, others))
    for heading, other in zip(headings, others, strict=True):
        anchor = heading.anchor
        if anchor in given:
            repeated.append((heading.line, anchor))
            anchor = ""
        if not anchor and other and other not in given and other not in named:
            anchor = other
        if not anchor:
            anchor = free_name(slug(title_words(heading.title, defined)), taken, numbers)
        given[anchor] = None
    return tuple(given), tuple(repeated)


def _sections(
    top: Section, headings: Sequence[Heading], anchors: Sequence[str], defined: Defined
) -> tuple[Section, ...]:
    """The sections of a chapter, the chapter itself first, each with the lines where its own text and the whole end."""
    sections = [top]
    above = [top]
    lines = [heading.line for heading in headings] + [top.end]
    for number, (heading, anchor) in enumerate(zip(headings, anchors, strict=True)):
        while above[-1].level >= heading.level:
            above.pop()
        following = range(number + 1, len(headings))
        end = next((lines[later] for later in following if headings[later].level <= heading.level), top.end)
        section = Section(
            Address(top.address.chapter, anchor),
            title_words(heading.title, defined) or anchor,
            heading.level,
            (*above[-1].path, above[-1].title),
            above[-1].address,
            heading.line,
            heading.body,
            lines[number + 1],
            end,
        )
        sections.append(section)
        above.append(section)
    return tuple(sections)
