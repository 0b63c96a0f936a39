"""Finds out how close words are set so that no part ends with a few lines on a page, and where a page ends for a note.

Belongs here: what is tried next, from the pages that came of it last; with what the next document begins. Not here: the
looks (page.typ), where a page may end (together.py), running Typst (compiler.py).

How many pages words take is only known when they are set: what stays together leaves room free, notes take some. So a
document is set again with another look for each part that ends badly, until none does, or there is no other look. Where
a note then stands on another page than its mark, as Typst set it before its paragraph went overleaf, a page ends before
that paragraph in the next try.

A packet is set at each change of its workshop, in which most parts stay as they are. A part of the same words begins as
it ended the last time, and if it comes out as it did then, nothing else is tried: pages are those of a search from the
start. A title page and contents, which a document has from some pages on, are given to one that was far longer the last
time without a layout to count its pages; if it does not come out as long again, all begins anew."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from handbook.printing.typeset.expressions import Code, literal
from handbook.printing.typeset.job import LOOK, OPENING

NAME = "settled"  # of the value that holds the looks, by the names of their parts
FILE = f"{NAME}.typ"
BRING_IN = f'#import "{FILE}": {NAME}'
_BREAK = 1  # the value of a note before whose paragraph a page ends
_LEAST = 0.27  # of a page that the last one of several holds
_LONG = 9  # pages of text from which a document is long, however its title page and contents move them; 6 are asked
_KEPT = 200  # parts of the last documents; a handbook in both packets has fewer


def arguments(name: str, pieces: Sequence[str]) -> Code:
    """The first arguments of page.typ's functions for a part; its words follow.

    pieces: those in it, by their names; none where the part depends on more than their words and the page's look."""
    return Code(f"{literal(name)}, {NAME}, of: ({''.join(f'{literal(piece)}, ' for piece in pieces)})")


def written(looks: Mapping[str, int]) -> str:
    """The file of a document that says in which look its parts are set."""
    pairs = "".join(f"{literal(name)}: {look}, " for name, look in sorted(looks.items()))
    return f"#let {NAME} = ({pairs or ':'})\n"


class Ending(NamedTuple):
    """How a part came out at last. filled: of its last page. notes: those before which a page ends, by their labels."""

    look: int
    pages: int
    filled: float
    notes: tuple[str, ...] = ()


class _Part(NamedTuple):
    """A part by all that decides how it comes out. words: a digest of its pieces' files and of the page's look."""

    name: str
    pieces: tuple[str, ...]
    words: bytes


class Endings:
    """How parts of the last documents came out. For one owner, who sets one document after the other."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Part, Ending] = OrderedDict()
        self._long: OrderedDict[bytes, None] = OrderedDict()  # digests of how documents look that were long

    def begin(self, files: Mapping[str, bytes], inputs: Mapping[str, str]) -> Settling:
        """A search for a document that begins with what is known of its parts. files, inputs: of the document."""
        digests = _Digests(files, inputs)
        known = (part for part in self._kept if digests.of(part.pieces) == part.words)
        long = [prefix for prefix, digest in digests.looks() if digest in self._long]
        return Settling({part.name: (part.pieces, self._kept[part]) for part in known}, long)

    def keep(self, search: Settling, files: Mapping[str, bytes], inputs: Mapping[str, str]) -> None:
        """Keep how a search ended, for the next documents."""
        digests = _Digests(files, inputs)
        for name, pieces, ending in search.endings():
            if (words := digests.of(pieces)) is not None:
                part = _Part(name, pieces, words)
                self._kept[part] = ending
                self._kept.move_to_end(part)
        for prefix, digest in digests.looks():
            self._long.pop(digest, None)
            if prefix in search.came_long:
                self._long[digest] = None
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        while len(self._long) > _KEPT:
            self._long.popitem(last=False)


class _Digests:
    """Of a document's pieces, each with what says how all of it looks."""

    def __init__(self, files: Mapping[str, bytes], inputs: Mapping[str, str]) -> None:
        self._files = files
        looks = sorted(name for name in files if name.endswith(LOOK) or name == OPENING)
        self._looks = _digest([repr(sorted(inputs.items())).encode(), *(files[name] for name in looks)])
        self._found: dict[tuple[str, ...], bytes | None] = {}

    def looks(self) -> Iterator[tuple[str, bytes]]:
        """The prefixes of the document's parts, each with a digest of how it looks."""
        for name, words in self._files.items():
            if name.endswith(LOOK):
                yield name.removesuffix(LOOK), _digest([words])

    def of(self, pieces: tuple[str, ...]) -> bytes | None:
        """The digest of some pieces; None if one of them is not in the document."""
        if pieces not in self._found:
            words = [self._files[name] for piece in pieces if (name := f"{piece}.typ") in self._files]
            self._found[pieces] = _digest([self._looks, *words]) if len(words) == len(pieces) else None
        return self._found[pieces]


def _digest(texts: Iterable[bytes]) -> bytes:
    found = hashlib.blake2b()
    for text in texts:
        found.update(b"%d:" % len(text))
        found.update(text)
    return found.digest()


class Settling:
    """What is found for one document: the looks of its parts, and before which notes a page ends.

    Made for it, and used once. known: with what it begins, by the names of the parts: of which pieces each was, and how
    it came out. long: the prefixes of what is taken to be long. looks: by the names of the parts and of the notes."""

    def __init__(
        self, known: Mapping[str, tuple[tuple[str, ...], Ending]] | None = None, long: Iterable[str] = ()
    ) -> None:
        self._known = dict(known or {})
        self._long = set(long)
        self.came_long: set[str] = set()  # what was long the last time
        self.looks: dict[str, int] = {}
        for name, (_, ending) in self._known.items():
            self.looks |= {name: ending.look} | dict.fromkeys(ending.notes, _BREAK)
        self._tried: dict[str, dict[int, tuple[int, float]]] = {}
        self._done: set[str] = set()  # parts for which nothing else is tried
        self._searched_again: set[str] = set()
        self._last: list[Mapping[str, Any]] = []

    def learn(self, told: Sequence[Mapping[str, Any]]) -> bool:
        """Hear how the parts came out; True if the document is to be set again, with the looks that are then here.

        Notes wait for the parts, which a page's end before a paragraph may make longer.

        told: the values of the document's <pages> marks, as page.typ writes them."""
        self._last = [part for mark in told for part in mark.get("fitted", ())]
        self.came_long = {mark["part"] for mark in told if mark.get("text", 0) >= _LONG}
        if not self._long <= self.came_long:
            self._begin_anew()
            return True
        changed = self._compare()
        for part in self._last:
            if self.looks.get(part["name"], 0) != part["look"]:
                continue  # it is searched from the start
            came = (part["pages"], part["filled"])
            tried = self._tried.setdefault(part["name"], {})
            if part["name"] in self._done and tried.get(part["look"], came) != came:
                self._search_again(part["name"], tried)
            tried[part["look"]] = came
            ends_badly = part["pages"] > 1 and part["filled"] < _LEAST
            is_long = 0 < part.get("most", 0) < part["pages"]
            if (ends_badly or is_long) and part["name"] not in self._done:
                changed |= self._try_another(part, tried)
        return changed or self._end_pages(name for mark in told for name in mark.get("astray", ()))

    def _begin_anew(self) -> None:
        """Know nothing: what was heard is of pages with a title page and contents that they should not have."""
        self._known.clear()
        self._long.clear()
        self._tried.clear()
        self._done.clear()
        self._searched_again.clear()
        self.looks.clear()

    def inputs(self) -> dict[str, str]:
        """What page.typ takes to be long, as inputs of the document."""
        return {f"long{prefix}": "yes" for prefix in self._long}

    def endings(self) -> Iterator[tuple[str, tuple[str, ...], Ending]]:
        """How parts came out that are not in their usual look, or had to be tried in others, with their pieces."""
        for part in self._last:
            name, pieces = part["name"], tuple(part.get("of", ()))
            notes = tuple(note for note in self.looks if _piece_of(note) in pieces and note != name)
            if pieces and (part["look"] or name in self._done or notes):
                yield name, pieces, Ending(part["look"], part["pages"], part["filled"], notes)

    def _compare(self) -> bool:
        """Let parts be that came out as they are known to, and search for the others from the start.

        The first time only. True if one of these is to be set again."""
        changed = False
        came = {part["name"]: part for part in self._last}
        for name, (pieces, ending) in self._known.items():
            part = came.get(name)
            as_known = part and (tuple(part["of"]), part["pages"], part["filled"])
            if as_known == (pieces, ending.pages, ending.filled):
                self._done.add(name)
                continue
            for begun in (name, *ending.notes):
                changed |= self.looks.pop(begun, 0) != 0
        self._known.clear()
        return changed

    def _search_again(self, name: str, tried: dict[int, tuple[int, float]]) -> None:
        """Let a part that no look helped be tried in all of them once more: a page's end before a note moved its words.

        Once: where parts move each other there would be no end."""
        if name not in self._searched_again:
            self._searched_again.add(name)
            self._done.discard(name)
            tried.clear()

    def _end_pages(self, notes: Iterable[str]) -> bool:
        """Let a page end before the first of these notes in each piece, by their labels; False if that did not help.

        The first alone: where the words behind it stand on other pages, their notes may be where they belong."""
        first: dict[str, str] = {}
        for name in notes:
            if name not in self.looks:
                first.setdefault(_piece_of(name), name)
        self.looks |= dict.fromkeys(first.values(), _BREAK)
        return bool(first)

    def _try_another(self, part: Mapping[str, Any], tried: Mapping[int, tuple[int, float]]) -> bool:
        look = next((one for one in _order(part) if one not in tried), None)
        if look is None:
            self._done.add(part["name"])
            look = min(tried, key=lambda one: (tried[one][0], -tried[one][1]))
        self.looks[part["name"]] = look
        return bool(look != part["look"])


def _piece_of(note: str) -> str:
    """The piece that a note is in, by its label (labels.py)."""
    return note.rpartition("n")[0]


def _order(part: Mapping[str, Any]) -> list[int]:
    """The looks of a part, the most promising first.

    That is the least close that seems to save a page, then one that seems to fill the last page, then the others."""
    high: Sequence[float] = part["high"]
    full = part["pages"] - 1
    seem = [(full + part["filled"]) * one / high[part["look"]] for one in high]
    saving = [at for at, pages in enumerate(seem) if pages <= full]
    filling = [at for at, pages in enumerate(seem) if full + _LEAST <= pages <= full + 1]
    rest = [at for at in range(len(high)) if at not in saving and at not in filling]
    return [
        *sorted(saving, key=seem.__getitem__, reverse=True),
        *sorted(filling, key=seem.__getitem__),
        *sorted(rest, key=seem.__getitem__),
    ]
