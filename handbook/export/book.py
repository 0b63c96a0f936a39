"""The chosen texts as element trees, in order, and where a link between them leads.

Belongs here: what every format starts from. Not here: how a format writes it, which pieces are chosen (choice.py).

Whatever an XML file cannot hold (control characters, half surrogate pairs) is taken out of trees and titles here: no
format has to think of it."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handbook.base import atomic_file, catalogue
from handbook.base.errors import HandbookError
from handbook.content import markup
from handbook.content.address import Address
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.web_text import Heading
from handbook.export import front
from handbook.export.choice import Choice, Readers, chosen
from handbook.handout.selection import Piece
from handbook.printing.typeset import trees
from handbook.workshop.packet import Skipped, custom_source, is_custom

Step = Callable[[float], None]  # told how much of the work is done, 0 to 1; raises Cancelled
_PARSED = 0.4  # of the work: making the trees
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")  # as BCP 47 has it; a manifest may say anything
_INSIDE = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "td": ("tr",),
    "th": ("tr",),
    "tr": ("table", "thead", "tbody"),
    "thead": ("table",),
    "tbody": ("table",),
}
_HOLDS = {
    "ul": ("li",),
    "ol": ("li",),
    "dl": ("dt", "dd"),
    "table": ("thead", "tbody", "tr"),
    "thead": ("tr",),
    "tbody": ("tr",),
    "tr": ("th", "td"),
}
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")
_RESERVED = ("index", "search", "nav", "style", "book")  # files that formats add
_OURS = frozenset(("sheet", trees.TRAINER_NOTE))  # classes of what is not La Strada's in a statement's tree
FRONT = "front"  # the kind of the text before a workshop's


class Cancelled(Exception):
    """The person does not want the export any more. Not a failure, and never shown."""


class OneText(HandbookError):
    """More than one text, or one with pictures, does not fit into one file of a format that has but one text."""


def no_step(_: float) -> None:
    """For callers that wait to the end and show nothing."""


class Place(NamedTuple):
    """Where a link leads: a text of the book and an `id` in its tree, "" for its top."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Text:
    """A run of sections of one chapter.

    name:   of its file and its place: unique in the book whatever the case, of letters that every system takes.
    kind:   of its chapter; FRONT for what stands before a workshop's texts.
    source: whose words these are. label: a line of ours above words that are La Strada's.
    chapter: where it is from; None for FRONT.
    headings: the sections in it that have an anchor, without its own title.
    language: of its words, where it is another than the book's.
    apart:  what stands between its title and the words of La Strada: the trainer's note, and when it is on."""

    name: str
    title: str
    kind: str
    tree: Element
    source: str
    label: str = ""
    chapter: Chapter | None = None
    headings: tuple[Heading, ...] = ()
    language: str = ""
    apart: Element | None = None

    @property
    def is_statement(self) -> bool:
        """Is it La Strada's text, word for word?"""
        return self.kind == "statement"

    @property
    def has_title(self) -> bool:
        """Is its title the first heading of its tree?"""
        return not self.is_statement or not self.label


class Group(NamedTuple):
    """Texts of one part of the handbook; title "" where the book has no parts."""

    title: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Book:
    """What is exported, ready to be written.

    language: of the texts, as in BCP 47. said: the program's words in it, or in a workshop's.
    date: of the texts, "2026-11-28".
    identity: tells this book from others and is the same for the same content. about: a line on whose it is."""

    handbook: Handbook
    title: str
    subtitle: str
    language: str
    said: gettext.NullTranslations
    date: str
    identity: str
    publisher: str
    readers: Readers
    groups: tuple[Group, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def texts(self) -> tuple[Text, ...]:
        """All texts in order."""
        return tuple(text for group in self.groups for text in group.texts)

    @cached_property
    def _places(self) -> Mapping[Address, Place]:
        found: dict[Address, Place] = {}
        for text in self.texts:
            if text.chapter is not None:
                for element in text.tree.iter():
                    if (anchor := element.get("id")) is not None:
                        found.setdefault(Address(text.chapter.id, anchor), Place(text.name, anchor))
                if not text.has_title:
                    found.setdefault(Address(text.chapter.id), Place(text.name, ""))
        return found

    def place(self, target: str) -> Place | None:
        """Where a link to an address of the handbook leads in this book; None if that is not in it."""
        address = Address.parse(target)
        found = self._places.get(address) or self._places.get(self.handbook.current(address))
        if found is None and (section := self.handbook.find(address)) is not None:
            found = self._places.get(section.address)
        return found


def book_of(
    handbook: Handbook, choice: Choice, read: Callable[[str], Element] | None = None, step: Step = no_step
) -> Book:
    """The book of a choice. read: as in markup.parse(). Raises UnknownAddress, NothingToExport, Cancelled."""
    found = chosen(handbook, choice)
    manifest = handbook.manifest
    title = clean(found.title)
    texts: list[tuple[str, Text]] = []
    names = _Names()
    languages = [_language_of(piece.chapter, handbook, choice) for piece in found.pieces]
    translated = set(languages)
    spoken = (translated.pop() if len(translated) == 1 else "") or manifest.language  # of translations alone: theirs
    said = catalogue.of(choice.workshop.language if choice.workshop is not None else spoken)
    if choice.workshop is not None:
        tree = _clean(front.tree(handbook, choice.workshop, trainer=choice.readers == "trainer"))
        source = clean(manifest.publisher or manifest.title)
        own_language = choice.workshop.language if choice.workshop.language != spoken else ""
        headings = _headings(tree, "")
        texts.append(("", Text(names.new("front"), title, FRONT, tree, source, "", None, headings, own_language)))
    own = _owner(choice)
    language = choice.workshop.language if choice.workshop is not None else manifest.language
    for number, piece in enumerate(found.pieces):
        step(_PARSED * number / len(found.pieces))
        parsed = markup.parse(piece.chapter, read)
        tree = _clean(trees.as_written(piece, parsed, choice.readers, found.notes, found.times, language))
        part = clean(piece.chapter.part_title) if choice.is_everything else ""
        text = _text(handbook, piece, tree, names, own, said)
        texts.append((part, replace(text, language=languages[number])))
    return Book(
        handbook=handbook,
        title=title,
        subtitle=clean(manifest.subtitle) if choice.is_everything else "",
        language=spoken if _LANGUAGE.fullmatch(spoken) else "en",
        said=said,
        date=manifest.as_of.isoformat() if manifest.as_of else "2000-01-01",
        identity=_identity(handbook, title, [text for _, text in texts], choice.readers),
        publisher=clean(manifest.publisher or manifest.title),
        readers=choice.readers,
        groups=tuple(_groups(texts)),
        skipped=found.skipped,
    )


def _text(
    handbook: Handbook, piece: Piece, tree: Element, names: _Names, own: str, said: gettext.NullTranslations
) -> Text:
    chapter, title = piece.chapter, piece.sections[0].title
    label, apart = "", None
    source = own if is_custom(chapter) else handbook.source_line(chapter)
    if chapter.front.kind == "statement":
        apart = _taken_apart(tree)
        editorial = tree[0] if len(tree) else None
        if editorial is not None and "editorial" in editorial.get("class", ""):
            tree.remove(editorial)  # the title is ours: each format writes it apart from their words
            words = said.gettext("The title is this handbook's. Below, complete and unchanged: {source}.")
            label = words.format(source=source)
        elif editorial is not None and editorial.tag in markup.HEADINGS:
            title = _words(editorial)
    headings = _headings(tree, "" if label else piece.sections[0].address.anchor)
    title, source, label = " ".join(clean(title).split()), clean(source), clean(label)
    name, kind = names.new(chapter.id), chapter.front.kind
    return Text(name, title, kind, tree, source, label, chapter, headings, apart=apart)


def _taken_apart(tree: Element) -> Element | None:
    """What the trainer and the program have put between La Strada's words, taken out of them; None for nothing."""
    apart = Element("div")
    for parent in list(tree.iter()):
        for child in list(parent):
            if not _OURS.isdisjoint(trees.classes(child)):
                parent.remove(child)
                apart.append(child)
    return apart if len(apart) else None


def _language_of(chapter: Chapter, handbook: Handbook, choice: Choice) -> str:
    """The language of a translation, and of a page of the trainer's own; "" for one in the handbook's."""
    if is_custom(chapter) and choice.workshop is not None:
        own = choice.workshop.language
        return own if own != handbook.manifest.language else ""
    return chapter.language if _LANGUAGE.fullmatch(chapter.language) else ""


def _owner(choice: Choice) -> str:
    """The source line of pages that the trainer wrote."""
    if choice.workshop is None:
        return ""
    owner = choice.workshop.organisation or ", ".join(choice.workshop.trainers)
    return custom_source(owner, catalogue.of(choice.workshop.language))


def _groups(texts: list[tuple[str, Text]]) -> Iterator[Group]:
    """Texts of one part that follow each other together."""
    waiting: list[Text] = []
    last = ""
    for part, text in texts:
        if waiting and part != last:
            yield Group(last, tuple(waiting))
            waiting = []
        waiting.append(text)
        last = part
    yield Group(last, tuple(waiting))


def _headings(tree: Element, first: str) -> tuple[Heading, ...]:
    """The headings of a tree that begin a section, without the one that is the text's own title."""
    found = (element for element in tree.iter() if element.tag in markup.HEADINGS and element.get("id"))
    return tuple(Heading(int(one.tag[1]), _words(one), one.get("id", "")) for one in found if one.get("id") != first)


def _words(heading: Element) -> str:
    """A heading's words without the marks of footnotes."""
    pieces = [heading.text or ""]
    for child in heading:
        if child.get("data-note") is None:
            pieces.append(markup.words_of(child) if len(child) else child.text or "")
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


class _Names:
    """Names of texts: a chapter's id where every system takes it as a file's name, else a number."""

    def __init__(self) -> None:
        self._taken = set(_RESERVED)

    def new(self, id_: str) -> str:
        base = id_.replace(" ", "-")
        base = base if _PLAIN.fullmatch(base) and not atomic_file.is_of_device(base) else "text"
        number, name = 2, base
        while name.lower() in self._taken:
            name, number = f"{base}-{number}", number + 1
        self._taken.add(name.lower())
        return name


def _clean(tree: Element) -> Element:
    """A tree without what XML cannot hold, and without what is no HTML, as HTML with Markdown in it may make it.

    That is parts of lists and tables that stand by themselves, lists and tables of something else, and paragraphs and
    titles with blocks in them."""
    for element in tree.iter():
        if not _may_hold_its_children(element):
            element.tag = "div"
        for child in element:
            if str(element.tag) not in _INSIDE.get(str(child.tag), (str(element.tag),)):
                child.tag = "div"
        if element.text:
            element.text = clean(element.text)
        if element.tail:
            element.tail = clean(element.tail)
        for name, value in element.items():
            if _NO_XML.search(value):
                element.set(name, clean(value))
    return tree


def _may_hold_its_children(element: Element) -> bool:
    inside = [str(child.tag) for child in element]
    if element.tag == "p" or element.tag in markup.HEADINGS:
        return markup.BLOCKS.isdisjoint(inside)
    if element.tag not in _HOLDS:
        return True
    words = (element.text, *(child.tail for child in element))
    if any((text or "").strip() for text in words) or not set(inside) <= set(_HOLDS[str(element.tag)]):
        return False
    return element.tag != "dl" or inside[:1] + inside[-1:] in ([], ["dt", "dd"])


def clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text) if _NO_XML.search(text) else text


def _identity(handbook: Handbook, title: str, texts: list[Text], readers: Readers) -> str:
    """A UUID made from what a book says, so that the same content has the same, and other content another."""
    import hashlib
    import uuid

    digest = hashlib.sha256(repr((title, readers, handbook.manifest.edition)).encode("utf-8", "replace"))
    for text in texts:
        words = [markup.words_of(tree) for tree in (text.apart, text.tree) if tree is not None]
        digest.update(repr((text.name, text.title, *words)).encode("utf-8", "replace"))
    return str(uuid.UUID(bytes=digest.digest()[:16], version=5))
