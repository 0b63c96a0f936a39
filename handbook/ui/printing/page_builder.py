"""A workshop's pages, made in a thread: all that it prints, what is being looked at first.

Belongs here: in which order, and what need not be made again. Not here: how a page is set (typeset/)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from handbook.base import memory
from handbook.content.handbook import Handbook
from handbook.handout.options import KINDS, Kind, sides_for
from handbook.marks.model import Mark
from handbook.printing import typeset
from handbook.printing.typeset import Printed, Typesetter
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale
from handbook.workshop.model import NOTHING_YET, Passage, Workshop
from handbook.workshop.packet import packet

_log = logging.getLogger(__name__)
SOON = 5  # ms after a change: a click may make several
LATER = 350  # the same while nobody looks at the pages, only at their number


class Order(NamedTuple):
    """What to make: everything that a workshop prints, `first` before the rest. own: what the person marked."""

    number: int
    workshop: Workshop
    first: Kind | None
    own: tuple[Mark, ...]


@dataclass(frozen=True)
class Made:
    """All that a workshop prints; a kind without pages is missing. pages: of each item, by its place."""

    workshop: Workshop
    printed: Mapping[Kind, Printed]
    pages: Mapping[int, int]


class _Message(NamedTuple):
    """From the thread: one of the things that were ordered, or why it could not be made."""

    order: int
    kind: Kind
    made: Printed | Exception


class _Bridge(QObject):
    """What the thread tells goes over this: it has no parent, so the thread finds it there when the window has gone."""

    told = Signal(object)


class PageBuilder(QObject):
    """Makes what a workshop prints; the newest order wins. Signals come in the window's thread.

    own_marks: asked for what the person marked, when the trainer's packet is to have it."""

    begun = Signal()
    kind_made = Signal(str, object)  # kind, Printed: as soon as it is there
    kind_failed = Signal(str, Exception)
    made = Signal(object)  # Made, when all is there
    failed = Signal(Exception)

    def __init__(self, handbook: Handbook, typesetter: Typesetter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handbook, self.typesetter = handbook, typesetter
        self.own_marks: Callable[[], tuple[Mark, ...]] = tuple
        self._number = 0
        self._order: Order | None = None
        self._kept: dict[Kind, _Kept] = {}  # of the thread alone
        self._work: LatestOnlyWorker[Order, Made] = LatestOnlyWorker("press", self._make, self._done, self._failed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._start)
        self._bridge = _Bridge()
        self._bridge.told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        typesetter.warm_up()
        self.newest: Made | None = None  # the last that was finished; its workshop may be older than the document's

    @property
    def busy(self) -> bool:
        """Is something being made, or about to be?"""
        return self._soon.isActive() or self._work.busy

    def order(self, workshop: Workshop, first: Kind | None = None) -> None:
        """Have everything made of a workshop, `first` first; at once if somebody looks at it, else soon."""
        self._number += 1
        self._order = Order(self._number, workshop, first, self.own_of(workshop))
        self._soon.start(LATER if first is None else SOON)
        self.begun.emit()

    def own_of(self, workshop: Workshop) -> tuple[Mark, ...]:
        """What the person marked, if a workshop prints it; else nothing."""
        return self.own_marks() if workshop.options_for("trainer").my_notes else ()

    def close(self) -> None:
        """Let go of the thread."""
        self._soon.stop()
        self._work.close(wait=0)

    def _start(self) -> None:
        if self._order is not None:
            self._work.start(self._order)

    def _done(self, _: Order, made: Made) -> None:
        self.newest = made
        self.made.emit(made)

    def _failed(self, _: Order, error: Exception) -> None:
        self.failed.emit(error)

    def _pass_on(self, told: object) -> None:
        message = cast(_Message, told)
        if message.order != self._number:
            return  # the workshop was changed while this was on its way
        if isinstance(message.made, Exception):
            self.kind_failed.emit(message.kind, message.made)
        else:
            self.kind_made.emit(message.kind, message.made)

    # -- In the thread ---------------------------------------------------------------------------------------

    def _make(self, order: Order, stale: Stale) -> Made:
        found: dict[Kind, Printed] = {}
        offered = typeset.kinds_of(self._handbook, order.workshop)
        for kind in sorted(offered, key=lambda kind: kind != order.first):  # stable: the rest keeps its order
            if stale():
                break
            try:
                found[kind] = self._kind(order, kind, stale)
            except typeset.Cancelled:
                break
            except Exception as exc:  # noqa: BLE001 - told in its place; what else there is to print is printed
                if not isinstance(exc, typeset.TypesetError):
                    _log.exception("a packet could not be set")
                self._bridge.told.emit(_Message(order.number, kind, exc))
            else:
                self._bridge.told.emit(_Message(order.number, kind, found[kind]))
        memory.give_back()  # the trees, sources and pages of each change leave small pieces behind
        return Made(order.workshop, found, dict(pages_of_items(self._handbook, order.workshop, found)))

    def _kind(self, order: Order, kind: Kind, stale: Stale) -> Printed:
        workshop, own = order.workshop, order.own if kind == "trainer" else ()
        shown, places = what_it_shows(self._handbook, workshop, kind)
        key = (shown, own)
        if kind not in self._kept or self._kept[kind].key != key:
            printed = typeset.print_workshop(self._handbook, workshop, (kind,), own, self.typesetter.until(stale))
            self._kept[kind] = _Kept(key, places, printed)
            return printed
        kept = self._kept[kind]
        if kept.places == places:
            return kept.printed
        # The pages are the same, and so are their items; only these stand elsewhere among the others.
        now = dict(zip(kept.places, places, strict=True))
        pages = {now[number]: page for number, page in kept.printed.item_pages.items()}
        return replace(kept.printed, item_pages=pages)


class _Kept(NamedTuple):
    """Pages made before: what they show, and the places of their items."""

    key: tuple[Workshop, tuple[Mark, ...]]
    places: tuple[int, ...]
    printed: Printed


def what_it_shows(handbook: Handbook, workshop: Workshop, kind: Kind) -> tuple[Workshop, tuple[int, ...]]:
    """All of a workshop that the pages of a kind depend on, and the places of the items that are on them.

    The same gives the same pages: cards need not be made again when a text is added."""
    places = tuple(packet(handbook, workshop, kind).places)
    options = workshop.options_for(kind)
    bare = replace(workshop, made_with=NOTHING_YET, unknown="", options=options, trainer_options=None)
    if kind in ("participants", "trainer"):
        return bare, places
    shown = replace(bare, items=tuple(workshop.items[number] for number in places))
    return replace(shown, date=None, place="", logo=None, start=Workshop().start, end=None), places


def pages_of_items(
    handbook: Handbook, workshop: Workshop, printed: Mapping[Kind, Printed]
) -> Iterator[tuple[int, int]]:
    """The place of each item that is printed, and how many pages it takes where it is meant for people's hands.

    A printable's are those of its sheets, a text's those in the participants' packet, a plan's those in the
    trainer's. Two items that begin on one page count it both. On the sheets of a booklet pages are not in order:
    there is no telling."""
    found: dict[int, int] = {}
    for kind in sorted(KINDS, key=lambda one: one != "trainer"):  # the trainer has all of it; the others correct that
        folded = sides_for(workshop.options_for(kind), kind) == "short edge"
        if kind in printed and not folded:
            found.update(_lengths(handbook, workshop, printed[kind]))
    yield from sorted(found.items())


def _lengths(handbook: Handbook, workshop: Workshop, printed: Printed) -> Iterator[tuple[int, int]]:
    """From where each item begins to where the next one does that is no part of it."""
    found = {
        number: handbook.find(item.address) if isinstance(item := workshop.items[number], Passage) else None
        for number in printed.item_pages
    }
    for number, page in printed.item_pages.items():
        ends = [
            other_page
            for other, other_page in printed.item_pages.items()
            if other_page > page and not ((one := found[number]) and (two := found[other]) and one.holds(two))
        ]
        yield number, max(1, min([*ends, printed.pages + 1]) - page)
