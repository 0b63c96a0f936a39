"""Finds out how close words are set so that no part ends with a few lines on a page, and where a page ends for a note.

Belongs here: what is tried next, from the pages that came of it last. Not here: the looks (page.typ), where a page may
end (together.py), running Typst (compiler.py).

How many pages words take is only known when they are set: what stays together leaves room free, notes take some. So a
document is set again with another look for each part that ends badly, until none does, or there is no other look. Where
a note then stands on another page than its mark, as Typst set it before its paragraph went overleaf, a page ends before
that paragraph in the next try."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handbook.printing.typeset.expressions import literal

NAME = "settled"  # of the value that holds the looks, by the names of their parts
FILE = f"{NAME}.typ"
BRING_IN = f'#import "{FILE}": {NAME}'
_BREAK = 1  # the value of a note before whose paragraph a page ends
_LEAST = 0.27  # of a page that the last one of several holds


def written(looks: Mapping[str, int]) -> str:
    """The file of a document that says in which look its parts are set."""
    pairs = "".join(f"{literal(name)}: {look}, " for name, look in sorted(looks.items()))
    return f"#let {NAME} = ({pairs or ':'})\n"


class Settling:
    """What is found for one document: the looks of its parts, and before which notes a page ends.

    Made for it, and used once. looks: by the names of the parts and of the notes."""

    def __init__(self) -> None:
        self.looks: dict[str, int] = {}
        self._tried: dict[str, dict[int, tuple[int, float]]] = {}
        self._given_up: set[str] = set()

    def learn(self, told: Sequence[Mapping[str, Any]]) -> bool:
        """Hear how the parts came out; True if the document is to be set again, with the looks that are then here.

        Notes wait for the parts, which a page's end before a paragraph may make longer.

        told: the values of the document's <pages> marks, as page.typ writes them."""
        changed = False
        for part in (part for mark in told for part in mark.get("fitted", ())):
            tried = self._tried.setdefault(part["name"], {})
            tried[part["look"]] = (part["pages"], part["filled"])
            ends_badly = part["pages"] > 1 and part["filled"] < _LEAST
            is_long = 0 < part.get("most", 0) < part["pages"]
            if (ends_badly or is_long) and part["name"] not in self._given_up:
                changed |= self._try_another(part, tried)
        return changed or self._end_pages(name for mark in told for name in mark.get("astray", ()))

    def _end_pages(self, notes: Iterable[str]) -> bool:
        """Let a page end before these notes, by their labels; False if that was done and did not help."""
        new = set(notes) - set(self.looks)
        self.looks |= dict.fromkeys(new, _BREAK)
        return bool(new)

    def _try_another(self, part: Mapping[str, Any], tried: Mapping[int, tuple[int, float]]) -> bool:
        look = next((one for one in _order(part) if one not in tried), None)
        if look is None:
            self._given_up.add(part["name"])
            look = min(tried, key=lambda one: (tried[one][0], -tried[one][1]))
        self.looks[part["name"]] = look
        return bool(look != part["look"])


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
