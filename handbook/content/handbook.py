"""The handbook as data: parts, chapters, sections, and which section an address means.

Belongs here: these classes, addresses, the hash of the text. Not here: reading files (loading.py), HTML
(html.py), ranking (search/), checks of the content (check/). No Qt, so that tests and the index builder start without a
screen."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from handbook.base import catalogue, dates
from handbook.base.catalogue import tr
from handbook.content.headings import Defined, Heading, References, Scan, references, scan, slug
from handbook.content.links import Files, anchors_by, free_name, is_name, others_anchors, unquoted

if TYPE_CHECKING:
    from handbook.content.pictures import Picture, PictureFolder, Problem

# What an address of the network may begin with without strokes behind it; no handbook in the library is called so.
SCHEMES = frozenset(
    [
        "about",
        "blob",
        "callto",
        "cid",
        "data",
        "doi",
        "facetime",
        "file",
        "ftp",
        "geo",
        "http",
        "https",
        "irc",
        "isbn",
        "javascript",
        "magnet",
        "mailto",
        "mid",
        "news",
        "nntp",
        "signal",
        "sip",
        "sips",
        "skype",
        "sms",
        "ssh",
        "tel",
        "telnet",
        "tg",
        "urn",
        "vbscript",
        "viber",
        "view-source",
        "webcal",
        "whatsapp",
        "ws",
        "wss",
        "xmpp",
    ]
)
PRINTABLES = ("cards", "poster", "worksheet", "form")  # sheets to hand out
SHEETS = ("session-plan", "exercise")  # kinds of chapter that a trainer can run as a session
KINDS = ("text", "statement", *SHEETS, *PRINTABLES, "screen", "glossary", "sources")
TERMS = "terms"  # a kind that no file has: a list of terms that the program makes, to be printed
AUDIENCES = ("everyone", "trainer")


Report = Callable[[int, str], None]  # line in the file, from 1 (0 is the whole file); what is wrong there


# Records are named tuples here: to make a dataclass takes 1 ms at every start, and its module's import 5.
class Fault(NamedTuple):
    """Something wrong in the content, for its author to correct. `line` counts from 1; 0 is the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class Address(NamedTuple):
    """`chapter#anchor`, or `chapter` for its top: the only form of address in the program."""

    chapter: str
    anchor: str = ""

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address as it is written; never fails. Handbook.find tells whether it exists."""
        chapter, _, anchor = text.strip().partition("#")
        return cls(chapter, anchor)

    def __str__(self) -> str:
        return f"{self.chapter}#{self.anchor}" if self.anchor else self.chapter


class Material(NamedTuple):
    """Something that a session plan or an exercise needs, with how many of it for how many people.

    item:   the address of a chapter to print, or a description of anything else.
    people: how many people share `number` of it: 1 is each person, 2 a pair, more a group; 0 is everybody together."""

    item: str
    people: int = 0
    number: int = 1

    def copies(self, participants: int) -> int:
        """How many are needed for a number of people; an unknown number (0) counts as one person."""
        shares = -(-max(1, participants) // self.people) if self.people else 1
        return shares * self.number


class FrontMatter(NamedTuple):
    """The front matter of a chapter: TOML between `+++` lines at its top. Every key may be left out.

    minutes:    length of a session plan or exercise, in minutes, above 0.
    group_size: the people for whom the minutes were worked out, such as "8 to 20".
    level:      1 (no experience needed) to 3.
    materials:  what the trainer brings along.
    audience:   one of AUDIENCES; a chapter for the trainer alone is not handed out.
    source:     of a translation: who made it, and when. It stands in the source line of what is copied and printed.
    order:      where it stands among the files of its folder, if there is no manifest; 0 for a file without.
    language:   of a chapter of somebody else's, such as "pl"; a folder without a manifest takes its own from it."""

    title: str = ""
    kind: str = "text"
    minutes: int = 0
    group_size: str = ""
    level: int = 0
    materials: tuple[Material, ...] = ()
    audience: str = "everyone"
    source: str = ""
    order: int = 0
    language: str = ""


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
    def _named(self) -> tuple[Heading | None, tuple[Heading, ...], tuple[str, ...], tuple[Fault, ...]]:
        """The heading that is the title, the headings that are sections, their anchors, and the faults found."""
        faults: list[Fault] = []
        opens = _opening(self.lines, self.found)
        headings = self.found.headings[1:] if opens else self.found.headings
        anchors = _anchors(
            headings,
            self.found,
            self.defined,
            lambda line, said: faults.append(Fault(self.file, line + self.offset + 1, said)),
            self._others_names(opens, headings),
        )
        return opens, headings, tuple(anchors), tuple(faults)

    def _others_names(self, opens: Heading | None, headings: Sequence[Heading]) -> Sequence[str]:
        """The anchors of headings by the rule of the program that their author writes for."""
        if self.files.rule == "ours":
            return [""] * len(headings)
        titles = [title_words(one.title, self.defined) for one in ((opens,) if opens else ()) + tuple(headings)]
        return anchors_by(self.files.rule, titles)[1 if opens else 0 :]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Anchors that occur twice."""
        return self._named[3]

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
    def anchors(self) -> Mapping[str, Section]:
        """Every anchor of the chapter and the section it is in; "" is the top."""
        known: dict[str, Section] = {section.address.anchor: section for section in self.sections}
        for line, name in self.found.anchors:
            known.setdefault(name, self.section_at(line))
        return known

    @cached_property
    def others_anchors(self) -> Mapping[str, Section]:
        """The anchors that GitHub and Python-Markdown make from its headings, where it has none of that name."""
        opens, headings, _, _ = self._named
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
        best = self.sections[0]
        for section in self.sections:
            if section.start > line:
                break
            best = section
        return best

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
        opens = self._named[0] if section.level == 0 and self.front.title else None
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


class Group(NamedTuple):
    """Chapters of a part that belong together, such as its exercises; title "" for chapters that are in no group."""

    title: str
    chapters: tuple[Chapter, ...]


class Part(NamedTuple):
    """A part of the handbook: chapters in groups, in the manifest's order.

    facts:    `handbook check` demands a source for every fact.
    readable: `handbook check` measures how easy the chapters are to read."""

    id: str
    title: str
    groups: tuple[Group, ...]
    facts: bool = False
    readable: bool = False

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All of them, in order."""
        return tuple(chapter for group in self.groups for chapter in group.chapters)


class Manifest(NamedTuple):
    """What handbook.toml says about the handbook as a whole.

    as_of:     the day on which the handbook's own texts were last checked; None in a folder without a manifest.
    publisher: who is responsible for the handbook's own texts, for the source line of copies and prints.
    statement: the source line of the statement's text.
    reading:   the chapter that explains the statement; it has the same anchors as the statement.
    was:       old addresses, of sections or of whole chapters, and where they lead now.
    translation: the language that some of the chapters are translated into; "" for none.
    own_title, own_subtitle: in the handbook's own language, where title and subtitle are in that of the translation."""

    title: str
    subtitle: str = ""
    edition: str = ""
    as_of: datetime.date | None = None
    language: str = "en"
    publisher: str = ""
    statement: str = ""
    reading: str = ""
    was: Mapping[str, str] = MappingProxyType({})
    translation: str = ""
    own_title: str = ""
    own_subtitle: str = ""

    def named_in(self, language: str) -> tuple[str, str]:
        """The title and the subtitle, on paper whose words are in a language."""
        if not self.translation or language == self.translation:
            return self.title, self.subtitle
        return self.own_title or self.title, self.own_subtitle or self.subtitle


Others = Callable[[str], "Handbook | None"]  # a handbook by its name; "" is the program's own


def _alone(_: str) -> Handbook | None:
    return None


class Chapters(Mapping[str, Chapter]):
    """The chapters of a handbook by id, in reading order; by its whole id, one of another handbook is found too."""

    def __init__(self, own: Mapping[str, Chapter], name: str, others: Others) -> None:
        self._own, self._name, self._others = own, name, others

    def __getitem__(self, id_: str) -> Chapter:
        found = self._own.get(id_)
        if found is not None:
            return found
        name = library_name(id_)
        other = self._others(name) if name != self._name else None
        if other is None:
            raise KeyError(id_)
        return other.own_chapters[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def library_name(id_: str) -> str:
    """The name of the handbook in the library that a chapter's id or an address begins with; "" is our own."""
    return id_.partition("#")[0].rpartition(":")[0]


class Handbook:
    """A handbook: its manifest and its parts, in reading order.

    name:   of a handbook in the library, with which its chapters' ids begin; "" for our own or any folder.
    others: the other handbooks by name, of which addresses are found too. They are read when first asked for."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        parts: tuple[Part, ...],
        read_faults: tuple[Fault, ...] = (),  # met while reading; see `faults`
        name: str = "",
        others: Others = _alone,
    ) -> None:
        self.folder, self.manifest, self.parts, self.read_faults = folder, manifest, parts, read_faults
        self.name, self.others = name, others

    def with_(
        self,
        *,
        manifest: Manifest | None = None,
        parts: tuple[Part, ...] | None = None,
        others: Others | None = None,
    ) -> Handbook:
        """The same handbook with another manifest, other parts, or other handbooks beside it."""
        return Handbook(
            self.folder,
            self.manifest if manifest is None else manifest,
            self.parts if parts is None else parts,
            self.read_faults,
            self.name,
            self.others if others is None else others,
        )

    @cached_property
    def own_chapters(self) -> dict[str, Chapter]:
        """Its own chapters by id, in reading order."""
        return {chapter.id: chapter for part in self.parts for chapter in part.chapters}

    @cached_property
    def translations(self) -> Mapping[str, str]:
        """The chapter that is the translation of a chapter, by ids; the first one, if there are several."""
        return {one.original: one.id for one in reversed(self.own_chapters.values()) if one.original}

    @cached_property
    def chapters(self) -> Mapping[str, Chapter]:
        """Its own chapters by id, in reading order; one of another handbook is found by its id too."""
        return Chapters(self.own_chapters, self.name, self.others)

    def of(self, address: Address | str) -> Handbook:
        """The handbook that an address is in; this one if no other has it."""
        name = library_name(str(address))
        other = self.others(name) if name != self.name and str(address) else None
        return other if other is not None else self

    def renew(self, read: Handbook) -> None:
        """Take what was read again of the same folder: whoever holds this handbook has the new text from now on."""
        self.folder, self.manifest, self.parts, self.read_faults = (
            read.folder,
            read.manifest,
            read.parts,
            read.read_faults,
        )
        for name, kept in vars(Handbook).items():
            if isinstance(kept, cached_property):  # it was worked out of the old text
                vars(self).pop(name, None)

    def lacking(self, address: Address | str) -> str:
        """The name of the handbook that an address is in, where the library has none of that name; "" else."""
        name = library_name(str(address))
        return name if name and name != self.name and self.others(name) is None else ""

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """All faults in the files. The first call scans every chapter."""
        return tuple(sorted({*self.read_faults, *(fault for one in self.chapters.values() for fault in one.faults)}))

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the whole text. A search index stores it, to tell whether it was built from this text.

        Line ends are left out of it, as git may change them."""
        import hashlib  # brings in OpenSSL, 3 MiB that only a search needs

        digest = hashlib.blake2b(digest_size=16)
        digest.update(repr([(part.id, part.title) for part in self.parts]).encode("utf-8", "replace"))
        rules = {chapter.files.rule for chapter in self.own_chapters.values()} - {"ours"}
        digest.update("".join(sorted(rules)).encode())  # the addresses of sections follow from it
        for chapter in self.chapters.values():
            head = repr((chapter.id, chapter.part, chapter.title, chapter.front, len(chapter.lines)))
            digest.update(head.encode("utf-8", "replace"))
            digest.update("\n".join(chapter.lines).encode("utf-8", "replace"))
            if chapter.drawn_words:
                digest.update(repr(chapter.drawn_words).encode("utf-8", "replace"))
        return digest.hexdigest()

    @property
    def sections(self) -> Iterator[Section]:
        """All sections in reading order."""
        for chapter in self.chapters.values():
            yield from chapter.sections

    @property
    def first(self) -> Address:
        """The first section."""
        return Address(next(iter(self.chapters)))

    def chapter(self, address: Address) -> Chapter | None:
        """The chapter of an address; its anchor need not exist."""
        return self.chapters.get(address.chapter)

    def find(self, address: Address | str) -> Section | None:
        """The section at an address, or the section that contains the anchor; None if there is none."""
        if isinstance(address, str):
            address = Address.parse(address)
        found = self._at(address)
        return found if found is not None else self._at(self.current(address))

    def current(self, address: Address) -> Address:
        """The address of today for an old one, or for one with an anchor of GitHub's; any other address unchanged.

        An anchor that a translation lacks is that of its original."""
        address = self._renamed(address)
        if address.anchor and self._at(address) is None and (chapter := self.chapters.get(address.chapter)):
            section = chapter.others_anchors.get(address.anchor)
            if section is None and address.anchor.startswith("user-content-"):  # GitHub's pages have it in front
                return self.current(Address(address.chapter, address.anchor.removeprefix("user-content-")))
            if section is None and chapter.original:  # a translation may lack it: then the original's words are meant
                section = self._at(Address(chapter.original, address.anchor))
            return section.address if section is not None else address
        return address

    def _renamed(self, address: Address) -> Address:
        """The new address for an old one of the manifest's."""
        was = self.of(address).manifest.was
        for _ in was:  # an old address may lead to another old one, and a list of them may be circular
            if self._at(address) is not None:
                break
            to = was.get(str(address))
            if to is not None:
                address = Address.parse(to)
            elif address.chapter in was:
                address = self._moved(address, Address.parse(was[address.chapter]))
            else:
                break
        return address

    def _moved(self, old: Address, now: Address) -> Address:
        """The new address of an anchor in a chapter that was renamed, or became a section of another."""
        kept = Address(now.chapter, old.anchor) if old.anchor else now
        around, section = self._at(now), self._at(kept)
        if around is None or not now.anchor:
            return kept
        return kept if section is not None and around.holds(section) else now

    def _at(self, address: Address) -> Section | None:
        chapter = self.chapters.get(address.chapter)
        return chapter.anchors.get(address.anchor) if chapter else None

    def language_of(self, chapter: Chapter) -> str:
        """The language of a chapter's words."""
        return chapter.language or self.manifest.language

    def part(self, id_: str) -> Part | None:
        """The part with an id."""
        return next((part for part in self.parts if part.id == id_), None)

    def steps_to(self, section: Section) -> list[tuple[str, str]]:
        """(title, address) from the part down to a section; a part leads to its first chapter.

        In a handbook of the library, that handbook comes before the part."""
        steps: list[tuple[str, str]] = []
        at: Section | None = section
        while at is not None:
            steps.append((at.title, str(at.address)))
            at = self.find(at.parent) if at.parent else None
        part = self.part(self.chapters[section.address.chapter].part)
        if part is not None:
            steps.append((part.title, part.chapters[0].id))
        if self.name:  # not the program's own
            steps.append((self.manifest.title, f"{self.name}:"))
        return steps[::-1]

    def source_line(self, chapter: Chapter, language: str = "") -> str:
        """The source line of a chapter, for copies and prints: whose text it is, and the as-of date of our own.

        language: that of the words around it; by default the handbook's own."""
        manifest = self.of(chapter.id).manifest
        if chapter.front.kind == "statement" and manifest.statement:
            return ". ".join(filter(None, (manifest.statement, chapter.front.source)))
        line = manifest.publisher or manifest.title
        if manifest.as_of is None:
            return line
        said = catalogue.of(language or manifest.language)
        # Translators: {source} is an organisation or the title of a handbook
        form = said.gettext("{source}, as of {date}")
        return form.format(source=line, date=dates.written(manifest.as_of, said))


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
    headings: Sequence[Heading], found: Scan, defined: Defined, report: Report, others: Sequence[str]
) -> list[str]:
    """An anchor for each heading: its own, or made from its text. No two are the same.

    others: by the rule of another program, "" for none; they come before ours."""
    taken = {name for _, name in found.anchors} | {heading.anchor for heading in headings if heading.anchor}
    named = frozenset(taken)
    given: dict[str, int] = {}
    numbers: dict[str, int] = {}
    taken.update(filter(None, others))
    for heading, other in zip(headings, others, strict=True):
        anchor = heading.anchor
        if anchor in given:
            report(heading.line, tr("anchor '#{anchor}' is used twice in this file").format(anchor=anchor))
            anchor = ""
        if not anchor and other and other not in given and other not in named:
            anchor = other
        if not anchor:
            anchor = free_name(slug(title_words(heading.title, defined)), taken, numbers)
        given[anchor] = heading.line
    seen = set(given)
    for line, name in found.anchors:
        if name in seen:
            report(line, tr("anchor '#{name}' is used twice in this file").format(name=name))
        seen.add(name)
    return list(given)


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
