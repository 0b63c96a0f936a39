"""The handbook as data: the manifest, parts of chapters, and which section an address means.

Belongs here: these classes, finding by address, the hash of the text. Not here: one chapter and its sections
(chapter.py), reading files (loading.py), HTML (html.py), ranking (search/), checks of the content (check/)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from handbook.base import catalogue, dates
from handbook.base.catalogue import tr
from handbook.content.address import Address, library_name
from handbook.content.chapter import Chapter, Section

_MOST_MOVES = 100  # of an address, one after the other: each link of a page is looked for


# Records are named tuples here: to make a dataclass takes 1 ms at every start, and its module's import 5.
class Fault(NamedTuple):
    """Something wrong in the content, for its author to correct. `line` counts from 1; 0 is the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


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
        return tuple(
            sorted({*self.read_faults, *(fault for one in self.chapters.values() for fault in _repeated_anchors(one))})
        )

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
        for _ in islice(was, _MOST_MOVES):  # an old address may lead to another old one, and all of them in a circle
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


def _repeated_anchors(chapter: Chapter) -> Iterator[Fault]:
    """A fault for each anchor that a chapter has a second time."""
    first = chapter.offset + 1
    for line, anchor in (*chapter.repeated_of_headings, *chapter.repeated_in_text):
        said = tr("anchor '#{anchor}' is used twice in this file").format(anchor=anchor)
        yield Fault(chapter.file, first + line, said)
