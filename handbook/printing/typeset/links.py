"""What a link is on paper: its words, and the page, the name or the address of where it leads.

Belongs here: which of these. Not here: how they look (blocks.typ), the words (walk.py)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from handbook.content import markup
from handbook.content.address import Address
from handbook.content.chapter import Section
from handbook.content.handbook import Handbook
from handbook.printing.typeset import citations, quotes
from handbook.printing.typeset.expressions import Code, braced, literal, string
from handbook.printing.typeset.words import words_in

_LONG_LINK = 2000  # letters; Typst refuses links that no PDF reader would open
_DIRECTIONS = ("above", "below")  # as words of a link
_NUMBERED = re.compile("[pr][0-9]{1,2}|b[0-9]")
_LIVE_LINK = re.compile(r"(https?://|mailto:)[!-~]+")


def is_numbered(anchor: str) -> bool:
    """Is an anchor that of a paragraph or a heading of the statement, which has a number (P04, R2, B1)?"""
    return _NUMBERED.fullmatch(anchor) is not None


class Links:
    """The links of one handout. labels: the places in it that can be linked to."""

    def __init__(self, handbook: Handbook, labels: Mapping[Address, str]) -> None:
        self._handbook, self._labels = handbook, labels
        self._named: set[Address] = set()  # places outside that this piece has called by their names

    def begin(self) -> None:
        """Begin a new piece: places outside are called by their names again."""
        self._named.clear()

    def written(self, element: Element, words: Code, *, in_note: bool) -> Code:
        """A link with its words. in_note: of a footnote, where the title of a source is its citation."""
        target, plain = element.get("href", ""), words_in(element)
        if markup.is_external(target):
            return _external(words, plain, target)
        address, section, label = self._found(target)
        if in_note and section is not None and _same(plain, section.title):
            words = string(quotes.curved(cited)) if (cited := citations.of_source(self._handbook, section)) else words
        if label:
            return Code(f'{self._goto(address, section, plain)}("{label}", {words})')
        if section is None or not (name := self._name_behind(address, section, plain)):
            return words
        self._named.add(section.address)  # once is enough: the paper in hand does not lead there
        return Code(f"elsewhere({words}, {string(name)})")

    def name_behind(self, element: Element) -> str:
        """The name that a link would now have behind its words, as what it leads to is not in this handout; or ""."""
        target = element.get("href", "")
        if markup.is_external(target):
            return ""
        address, section, label = self._found(target)
        return "" if label or section is None else self._name_behind(address, section, words_in(element))

    def _found(self, target: str) -> tuple[Address, Section | None, str | None]:
        """Where a link leads: the address, its section, and the label if that is in this handout."""
        address = Address.parse(target)
        section = self._handbook.find(address)
        return address, section, self._labels.get(address) or (self._labels.get(section.address) if section else None)

    def _name_behind(self, address: Address, section: Section, plain: str) -> str:
        if section.address in self._named or _says(plain, section.title):
            return ""
        return "" if _same(plain, address.anchor) else quotes.curved(section.title)  # "P07" is what it is called

    def _goto(self, address: Address, section: Section | None, plain: str) -> str:
        """The call for a reference to a place in this document."""
        chapter = self._handbook.chapter(address)
        if chapter is not None and chapter.front.kind == "statement" and is_numbered(address.anchor):
            return "goto-number"
        if plain.casefold() in _DIRECTIONS:
            return "goto-there"
        return "goto-named" if section is not None and _same(section.title, plain) else "goto"


def _external(words: Code, plain: str, target: str) -> Code:
    """A link out of the handbook: its text, and the address for readers of the paper."""
    address = target.removeprefix("mailto:")
    shown = words if _same(plain, address) else braced([words, string(f" ({address})")])
    is_live = len(target) < _LONG_LINK and _LIVE_LINK.fullmatch(target)
    return Code(f"link({literal(target)}, {shown})") if is_live else shown


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _says(words: str, title: str) -> bool:
    """Does the text of a link name its target?"""
    words, title = _plain(words), _plain(title)
    return words in title or title in words


def _plain(text: str) -> str:
    """A text to be compared: small letters, straight quotation marks, single spaces."""
    return quotes.straight(" ".join(text.split()).casefold())
