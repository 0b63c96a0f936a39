"""A workshop as an immutable value: its title, date, participants, and its items in order.

Belongs here: frozen records and the pure functions that edit them, so that the undo history is a list of Workshops. Not
here: files (file.py), times of the day (timetable.py), paper (paper.py), which packet an item is in (packet.py).

The addresses in a workshop are not checked here, as the handbook may have changed since; whoever shows or prints a
workshop looks them up."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeGuard

from handbook.base.catalogue import tr
from handbook.content.address import Address
from handbook.content.chapter import Chapter, Section
from handbook.content.handbook import Handbook
from handbook.content.metadata import PRINTABLES, SHEETS
from handbook.handout.options import AS_USUAL, Kind, PrintOptions
from handbook.handout.selection import nearest

MOST_PARTICIPANTS = 999
MOST_MINUTES = 24 * 60  # of one item
MOST_COPIES = 999
EXERCISES_USED = "Exercises used"  # the section of a session plan that names them


@dataclass(frozen=True, slots=True)
class Passage:
    """An item that is a section or a chapter of the handbook.

    address:      "chapter#anchor"; it may no longer exist in the handbook.
    title:        the section's title when it was last found, to show when the address no longer exists.
    minutes:      in place of those in the handbook; 0 keeps the item out of the timetable (such as an exercise
                  that is part of a session plan); None takes the handbook's.
    start:        the time of the day at which it begins, even if the item before it ends earlier or later.
    copies:       of a printable, in place of what the plans and exercises of the workshop need (copies.py).
    trainer_only: not in the participants' packet. Session plans, exercises and keys never are.
    note:         the trainer's own note, printed in the trainer's packet only.
    in_hand:      addresses that this plan or exercise needs and that need not be printed, as the trainer has them.
    unknown:      keys written by a newer version of the program, as TOML; kept when the file is saved."""

    address: str
    title: str = ""
    minutes: int | None = None
    start: datetime.time | None = None
    copies: int | None = None
    trainer_only: bool = False
    note: str = ""
    in_hand: tuple[str, ...] = ()
    unknown: str = ""

    def __post_init__(self) -> None:
        _within("minutes", self.minutes, 0, MOST_MINUTES)
        _within("copies", self.copies, 0, MOST_COPIES)


@dataclass(frozen=True, slots=True)
class CustomPage:
    """A page written by the trainer; it is printed like the rest, and marked as no part of the handbook.

    text: Markdown. Raw HTML is printed as text, a picture as its alternative text. Other fields: see Passage."""

    title: str
    text: str = ""
    minutes: int | None = None
    start: datetime.time | None = None
    trainer_only: bool = False
    note: str = ""
    unknown: str = ""

    def __post_init__(self) -> None:
        _within("minutes", self.minutes, 0, MOST_MINUTES)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timetable that has no page: a break, lunch, a guest. 0 minutes is a moment, such as "Welcome"."""

    title: str
    minutes: int = 15
    start: datetime.time | None = None
    note: str = ""
    unknown: str = ""

    def __post_init__(self) -> None:
        _within("minutes", self.minutes, 0, MOST_MINUTES)


@dataclass(frozen=True, slots=True)
class NewDay:
    """The beginning of another day. The first day has none: its start and end are in Workshop.

    title: in place of "Day 2". start, end: of this day; None is as on the first."""

    title: str = ""
    start: datetime.time | None = None
    end: datetime.time | None = None
    unknown: str = ""


Item = Passage | CustomPage | Entry | NewDay


@dataclass(frozen=True, slots=True)
class MadeWith:
    """The content that a workshop was last saved with: the manifest's edition and day, and the fingerprint."""

    edition: str = ""
    as_of: datetime.date | None = None
    fingerprint: str = ""

    @classmethod
    def of(cls, handbook: Handbook) -> MadeWith:
        """The content of a handbook. Takes time, as the fingerprint reads every chapter."""
        return cls(handbook.manifest.edition, handbook.manifest.as_of, handbook.fingerprint)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the title page. It is part of the workshop's file, so that it cannot be left behind.

    name: the file that it came from. kind: the format of `data`. logo.py makes it, and checks its size."""

    name: str
    kind: Literal["png", "jpg", "svg"]
    data: bytes


NOTHING_YET = MadeWith()


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop. To change it, make another one: `dataclasses.replace` for a field, the functions below for items.

    date:         of the first day; None: no date is printed.
    participants: 0 to MOST_PARTICIPANTS; 0: not known yet.
    language:     of dates and page labels, one of handbook.labels.LANGUAGES.
    start, end:   of the first day; without an end there is no warning that it is passed.
    options:      of everything that is printed; for the trainer's packet `trainer_options`, if there are any.
    made_with:    the content it was last saved with.
    unknown:      keys of a newer version as TOML; kept for it.
    Raises ValueError for a number out of its bounds."""

    title: str = ""
    date: datetime.date | None = None
    place: str = ""
    trainers: tuple[str, ...] = ()
    organisation: str = ""
    logo: Logo | None = None
    participants: int = 0
    language: str = "en"
    start: datetime.time = datetime.time(9, 30)
    end: datetime.time | None = None
    items: tuple[Item, ...] = ()
    options: PrintOptions = AS_USUAL
    trainer_options: PrintOptions | None = None
    made_with: MadeWith = NOTHING_YET
    unknown: str = ""

    def __post_init__(self) -> None:
        _within("participants", self.participants, 0, MOST_PARTICIPANTS)

    def options_for(self, kind: Kind) -> PrintOptions:
        """The print options of one kind of print."""
        return self.trainer_options if kind == "trainer" and self.trainer_options else self.options


class OutOfRange(ValueError):
    """A number of a workshop that is too small or too large. name: which one, as in a workshop's file."""

    def __init__(self, name: str, value: int, least: int, most: int) -> None:
        super().__init__(
            tr("{name} must be {least} to {most}, not {value}").format(name=name, least=least, most=most, value=value)
        )
        self.name = name


def _within(name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise OutOfRange(name, value, least, most)


def bare(workshop: Workshop) -> Workshop:
    """The workshop without the note that saving adds: which version of the content it was made with."""
    return replace(workshop, made_with=NOTHING_YET)


# -- Editing --------------------------------------------------------------------------------------------------


def add(workshop: Workshop, item: Item, at: int | None = None) -> Workshop:
    """The workshop with an item before the one at `at`, or at the end."""
    items = list(workshop.items)
    items.insert(len(items) if at is None else at, item)
    return replace(workshop, items=tuple(items))


def remove(workshop: Workshop, at: Iterable[int]) -> Workshop:
    """The workshop without the items at these positions, counted from 0. Raises IndexError."""
    gone = {_place(workshop, one) for one in at}
    return replace(workshop, items=tuple(item for n, item in enumerate(workshop.items) if n not in gone))


def move(workshop: Workshop, at: Iterable[int], before: int) -> Workshop:
    """The workshop with some items moved, in their order, to before the item that is now at the position `before`.

    before: 0 to the number of items, which is the end. Raises IndexError."""
    moved = sorted({_place(workshop, one) for one in at})
    if not 0 <= before <= len(workshop.items):
        raise IndexError(f"there is no place {before} among {len(workshop.items)} items")
    rest = [n for n in range(len(workshop.items)) if n not in moved]
    cut = sum(1 for n in rest if n < before)
    return replace(workshop, items=tuple(workshop.items[n] for n in (*rest[:cut], *moved, *rest[cut:])))


def put(workshop: Workshop, at: int, item: Item) -> Workshop:
    """The workshop with another item in the place of the one at `at`. Raises IndexError."""
    items = list(workshop.items)
    items[_place(workshop, at)] = item
    return replace(workshop, items=tuple(items))


def _place(workshop: Workshop, at: int) -> int:
    if not 0 <= at < len(workshop.items):
        raise IndexError(f"there is no item {at} among {len(workshop.items)}")
    return at


# -- The handbook behind it -----------------------------------------------------------------------------------


def passage(handbook: Handbook, address: str) -> Passage:
    """An item for a section of the handbook, with its present title. Raises KeyError for an unknown address.

    For the address of a paragraph, the item is the section that contains it."""
    section = handbook.find(address)
    if section is None:
        raise KeyError(address)
    return Passage(str(section.address), section.title)


def companions(handbook: Handbook, address: str) -> tuple[Passage, ...]:
    """The other chapters that a session plan or an exercise needs: its exercises, and what it says is printed.

    Each once, exercises first; empty for any other section. A dialog offers them when a plan is added. Exercises are
    given 0 minutes, as their time is part of the plan's. What exercises need themselves is not added: the plan names
    what it uses of that. A passage of a text is included when every participant is to have it."""
    chapter = handbook.chapters.get(handbook.current(Address.parse(address)).chapter)
    if chapter is None or chapter.front.kind not in SHEETS:
        return ()
    needed = (
        section.address
        for material in chapter.front.materials
        if (section := handbook.find(material.item)) is not None
        and (material.people == 1 or handbook.chapters[section.address.chapter].front.kind in PRINTABLES)
    )
    return (
        *(replace(passage(handbook, one.id), minutes=0) for one in dict.fromkeys(exercises_used(handbook, chapter))),
        *(passage(handbook, str(one)) for one in dict.fromkeys(needed)),
    )


def missing(handbook: Handbook, workshop: Workshop, address: str) -> tuple[Passage, ...]:
    """The companions of an address that the workshop does not have yet, neither as an item nor inside one."""
    there = [section for item in workshop.items if (section := _section(handbook, item)) is not None]
    return tuple(
        one
        for one in companions(handbook, address)
        if (needed := handbook.find(one.address)) is not None and not any(section.holds(needed) for section in there)
    )


def _section(handbook: Handbook, item: Item) -> Section | None:
    return handbook.find(item.address) if isinstance(item, Passage) else None


def exercises_used(handbook: Handbook, plan: Chapter) -> Iterator[Chapter]:
    """The exercises that a session plan says it uses."""
    for line, target in plan.references.links:
        other = handbook.chapters.get(handbook.current(plan.resolve(target)).chapter)
        used = plan.section_at(line).title == EXERCISES_USED
        if used and other is not None and other.front.kind == "exercise":
            yield other


def run_by_themselves(handbook: Handbook, workshop: Workshop) -> Iterator[Chapter]:
    """The session plans and exercises of a workshop, each once, without the exercises that are part of a plan."""
    there: dict[str, bool] = {}  # by chapter: does it take no time of its own?
    for item in workshop.items:
        section = handbook.find(item.address) if isinstance(item, Passage) else None
        if section is not None:
            name = section.address.chapter
            there[name] = there.get(name, True) and isinstance(item, Passage) and item.minutes == 0
    sheets = [handbook.chapters[name] for name in there if handbook.chapters[name].front.kind in SHEETS]
    held = {one.id for chapter in sheets for one in exercises_used(handbook, chapter)}
    yield from (chapter for chapter in sheets if not (there[chapter.id] and chapter.id in held))


def nearest_existing(handbook: Handbook, item: Passage) -> Section | None:
    """The section to offer in place of one that no longer exists; None if there is no similar one.

    A section of the same title, as the title is what the person chose by; else one with a similar address. None for one
    of a handbook that is not in the library: that can be added again."""
    if handbook.lacking(item.address):
        return None
    named = (section for section in handbook.sections if item.title and section.title == item.title)
    return next(named, None) or handbook.find(nearest(handbook, item.address))


def is_gone(item: Item, handbook: Handbook) -> TypeGuard[Passage]:
    """Is an item a passage that the handbook does not have (any more)?"""
    return isinstance(item, Passage) and handbook.find(item.address) is None
