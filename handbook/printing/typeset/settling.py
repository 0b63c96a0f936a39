"""Finds out how close plans, cases and short chapters are set, so that none ends with a few lines on a page.

Belongs here: which look is tried next, from the pages that came of the last one. Not here: the looks (page.typ),
running Typst (compiler.py).

How many pages words take is only known when they are set: what stays together leaves room free, notes take some. So a
document is set again with another look for each part that ends badly, until none does, or there is no other look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handbook.printing.typeset.expressions import literal

NAME = "settled"  # of the value that holds the looks, by the names of their parts
FILE = f"{NAME}.typ"
BRING_IN = f'#import "{FILE}": {NAME}'
_LEAST = 0.27  # of a page that the last one of several holds


def written(looks: Mapping[str, int]) -> str:
    """The file of a document that says in which look its parts are set."""
    pairs = "".join(f"{literal(name)}: {look}, " for name, look in sorted(looks.items()))
    return f"#let {NAME} = ({pairs or ':'})\n"


class Settling:
    """The looks of one document's parts, while they are looked for. Made for it, and used once."""

    def __init__(self) -> None:
        self.looks: dict[str, int] = {}
        self._tried: dict[str, dict[int, tuple[int, float]]] = {}
        self._given_up: set[str] = set()

    def learn(self, told: Iterable[Mapping[str, Any]]) -> bool:
        """Hear how the parts came out; True if the document is to be set again, with the looks that are then here.

        told: the values of the document's <pages> marks, as page.typ writes them."""
        changed = False
        for part in (part for mark in told for part in mark.get("fitted", ())):
            tried = self._tried.setdefault(part["name"], {})
            tried[part["look"]] = (part["pages"], part["filled"])
            ends_badly = part["pages"] > 1 and part["filled"] < _LEAST
            is_long = 0 < part.get("most", 0) < part["pages"]
            if (ends_badly or is_long) and part["name"] not in self._given_up:
                changed |= self._try_another(part, tried)
        return changed

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
