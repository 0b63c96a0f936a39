"""The footnotes of a piece: each is set at the first reference to it, in one of the places that there are for them.

Belongs here: which place that is, and what later references say. Not here: the words of a note (walk.py), for how many
notes room is kept (notes.py), how they look (blocks.typ)."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from handbook.content.bounds import DEEPEST
from handbook.printing.typeset.expressions import NOTHING, Code, labelled, string
from handbook.printing.typeset.tables import Room
from handbook.printing.typeset.words import words_in

MOST_OF_PAGE = 0.6  # of a page's letters, up to which a paragraph has its notes below it


class Footnotes:
    """The footnotes of one handout, piece by piece.

    below: whether they stand below their paragraphs: on a small page, Typst's own may go overleaf.
    write: gives the words of a note."""

    def __init__(self, room: Room, write: Callable[[Element], Code], *, below: bool) -> None:
        self._room, self._write = room, write
        self.below = below
        self._name = ""
        self._waiting: dict[str, Element] = {}  # the piece's notes that are still to be set
        self._labels: dict[str, str] = {}  # and those that are
        self._count = 0
        self._around = 0  # notes in each other, around this place
        # Of the row of a table that is being written, or of a paragraph whose notes stand below it; else None.
        self._gathered: dict[str, Code] | None = None
        self._below: dict[str, Code] = {}  # all that stand below tables and paragraphs

    def begin(self, root: Element, name: str) -> None:
        """Begin a new piece. name: the prefix of its notes' labels."""
        self._name, self._count = name, 0
        items = (item for child in root if child.get("class") == "footnotes" for item in child.iter("li"))
        self._waiting = {item.get("data-note", ""): item for item in items}
        self._labels.clear()

    @property
    def in_one(self) -> bool:
        """Are the words of a note being written?"""
        return self._around > 0

    def letters(self, element: Element) -> int:
        """How many letters of an element's own words gather() has to find room for; 0 where it needs none."""
        return len(words_in(element)) if self.below else 0

    def gather(self, element: Element, letters: int) -> bool:
        """Begin to gather the notes of an element's own words, where they are to stand below these.

        They stay on one page with them, so there must not be more than a page holds."""
        most = MOST_OF_PAGE * self._room.letters
        if not self.below or self._gathered is not None or self.in_one or letters > most:
            return False
        said = (self._waiting.get(one.get("data-note", "")) for one in element.iter("sup"))
        if letters + sum(len(words_in(note)) for note in said if note is not None) > most:
            return False
        self._gathered = {}
        return True

    def noted(self, codes: list[Code], *, gathers: bool) -> list[Code]:
        """A paragraph with the notes that were gathered of it, if gather() began that."""
        if not gathers:
            return codes
        found, self._gathered = self._gathered, None
        if not found or not codes:
            return codes
        return [Code(f"noted({codes[0]}, {labelled(found)})")]

    def of_row(self, write: Callable[[], list[Code]]) -> tuple[list[Code], dict[str, Code]]:
        """What a call writes, and the notes that this refers to, by their labels: they stand below a table."""
        self._gathered = {}
        written = write()
        found, self._gathered = self._gathered, None
        return written, found

    def reference(self, name: str) -> Code:
        """A footnote at the first reference to it; at the later ones its number."""
        if name in self._labels:
            label = self._labels[name]
            if self._gathered is not None and label in self._below:
                self._gathered[label] = self._below[label]
            return Code(f'{"note-number" if label in self._below else "note-again"}("{label}")')
        if self._around >= DEEPEST:
            return string(f"[{name}]")
        item = self._waiting.pop(name, None)
        if item is None:
            return NOTHING  # a note that refers to itself, or is not there
        self._count += 1
        label = f"{self._name}n{self._count}"
        self._around += 1
        words = self._write(item)
        self._around -= 1
        self._labels[name] = label
        if self._gathered is not None:  # a footnote in a table may come to stand a page before or behind its row
            self._gathered[label] = self._below[label] = words or Code("{}")
            return Code(f'table-note("{label}")')
        return Code(f'note("{label}", {words or "{}"})')
