"""A workshop as a value: what it is called, who comes, and its items in order.

Belongs here: frozen records and the pure functions that edit them, so that undoing is a list of Workshops. Not
here: files (file.py), clock times (timetable.py), paper (paper.py), who gets which item (workshop/packet.py).

An address need not exist: a workshop keeps what it was given, and whoever shows or prints it asks the handbook."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeGuard

from handbook.content.handbook import PRINTABLES, SHEETS, Address, Chapter, Handbook, Section
from handbook.handout.options import AS_USUAL, Kind, PrintOptions
from handbook.handout.selection import nearest

MOST_PARTICIPANTS = 999
MOST_MINUTES = 24 * 60  # of one item
MOST_COPIES = 999
EXERCISES_USED = "Exercises used"  # the section of a session plan that names them


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in the handbook: a section, a chapter or a printable.

    address:      "chapter#anchor"; it may be gone from the handbook since.
    title:        of that place when it was last seen, to show when it is gone.
    minutes:      in place of those that the handbook has for it; 0 keeps it out of the timetable (an exercise
                  that a session plan holds, say); None is as the handbook says.
    start:        begins at this time of the day, whatever stood before it.
    copies:       of a printable, in place of what the plans and exercises of the workshop need (copies.py).
    trainer_only: left out of what participants get. Session plans, exercises and keys always are.
    note:         the trainer's own, printed in the trainer's packet alone.
    unknown:      keys of a newer version as TOML; kept for it, and of no meaning here."""

    address: str
    title: str = ""
    minutes: int | None = None
    start: datetime.time | None = None
    copies: int | None = None
    trainer_only: bool = False
    note: str = ""
    unknown: str = ""

    def __post_init__(self) -> None:
        _within("minutes", self.minutes, 0, MOST_MINUTES)
        _within("copies", self.copies, 0, MOST_COPIES)


@dataclass(frozen=True, slots=True)
class CustomPage:
    """A page of the trainer's own, in Markdown; printed like the rest, and told apart from the handbook.

    text: Markdown. Raw HTML is the text it is; a picture is its words. The other fields are as in Passage."""

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
    """Here another day begins. The first day needs none: Workshop has its start and end.

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
        """That of a handbook; its fingerprint reads every chapter."""
        return cls(handbook.manifest.edition, handbook.manifest.as_of, handbook.fingerprint)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the title page, whole in the workshop, so that it travels with the file.

    name: the file it came from. kind: what `data` is; made and bounded by logo.py."""

    name: str
    kind: Literal["png", "jpg", "svg"]
    data: bytes


NOTHING_YET = MadeWith()


@dataclass(frozen=True, slots=True)
class Workshop:
    """A whole workshop; a change makes another: `dataclasses.replace` for a field, the functions below for items.

    date:         of the first day; None prints none.
    participants: 0 to MOST_PARTICIPANTS; 0 is not known yet.
    language:     of dates and page labels, one of handbook.labels.LANGUAGES.
    start, end:   of the first day; without an end none is run over.
    options:      of all that is printed; `trainer_options`, where there are any, are those of the trainer's packet.
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
        """The print options of one of the things that this workshop prints."""
        return self.trainer_options if kind == "trainer" and self.trainer_options else self.options


def _within(name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise ValueError(f"{name} must be {least} to {most}, not {value}")


# -- Editing --------------------------------------------------------------------------------------------------


def add(workshop: Workshop, item: Item, at: int | None = None) -> Workshop:
    """The workshop with an item before the one at `at`, or at the end."""
    items = list(workshop.items)
    items.insert(len(items) if at is None else at, item)
    return replace(workshop, items=tuple(items))


def remove(workshop: Workshop, at: Iterable[int]) -> Workshop:
    """The workshop without the items at these places, counted from 0. Raises IndexError for a place that is not."""
    gone = {_place(workshop, one) for one in at}
    return replace(workshop, items=tuple(item for n, item in enumerate(workshop.items) if n not in gone))


def move(workshop: Workshop, at: Iterable[int], before: int) -> Workshop:
    """The workshop with some items, in their order, moved to before the one that now stands at `before`.

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
    """A place of the handbook as an item, its title as it is now. Raises KeyError if there is none.

    The address of a paragraph is that of the section around it."""
    section = handbook.find(address)
    if section is None:
        raise KeyError(address)
    return Passage(str(section.address), section.title)


def companions(handbook: Handbook, address: str) -> tuple[Passage, ...]:
    """What a session plan or an exercise needs beside itself: the exercises it uses, and what it says that it prints.

    Each once, exercises first, and nothing for other places; for a dialog to offer when a plan is added.
    Exercises come without minutes, as the plan's own hold theirs, and without what they need by themselves, as the
    plan names what it uses of that. A passage of a text comes where each person is to have it."""
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
    """The companions of a place that the workshop has neither by themselves nor in a passage around them."""
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
        other = handbook.chapters.get(handbook.current(Address.parse(target)).chapter)
        used = plan.section_at(line).title == EXERCISES_USED
        if used and other is not None and other.front.kind == "exercise":
            yield other


def run_by_themselves(handbook: Handbook, workshop: Workshop) -> Iterator[Chapter]:
    """The session plans and exercises of a workshop, each once, but for the exercises that a plan holds."""
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
    """The place to offer for one that is gone; None where there is none like it.

    One of the same title, as that is what the person chose; else one whose address is alike."""
    named = (section for section in handbook.sections if item.title and section.title == item.title)
    return next(named, None) or handbook.find(nearest(handbook, item.address))


def is_gone(item: Item, handbook: Handbook) -> TypeGuard[Passage]:
    """Is it a passage that the handbook does not have?"""
    return isinstance(item, Passage) and handbook.find(item.address) is None
