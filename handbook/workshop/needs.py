"""What the plans and exercises of a workshop need and nobody has answered for: neither is it there, nor is it in hand.

Belongs here: which needs are open, and noting that something is in hand. Not here: what a plan needs
(model.companions), what comes along for the trainer by itself (packet.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handbook.content.handbook import Handbook
from handbook.workshop.model import Passage, Workshop, companions, put, run_by_themselves

MOST = 100  # plans that are looked at: the list of items is made anew after each change


def open_needs(handbook: Handbook, workshop: Workshop) -> Mapping[int, tuple[Passage, ...]]:
    """What each item still needs, by its position; items that need nothing are left out.

    An exercise that is part of a plan of the workshop needs nothing of its own."""
    sections = {
        place: section
        for place, item in enumerate(workshop.items)
        if isinstance(item, Passage) and (section := handbook.find(item.address)) is not None
    }
    run = {chapter.id for chapter in run_by_themselves(handbook, workshop)}
    found: dict[int, tuple[Passage, ...]] = {}
    for place, section in sections.items():
        name = section.address.chapter
        if name not in run or len(found) >= MOST:
            continue
        run.discard(name)  # twice in a workshop, it is asked about once
        item = workshop.items[place]
        in_hand = item.in_hand if isinstance(item, Passage) else ()
        needed = tuple(
            one
            for one in companions(handbook, str(section.address))
            if one.address not in in_hand
            and (other := handbook.find(one.address)) is not None
            and not any(there.holds(other) for there in sections.values())
        )
        if needed:
            found[place] = needed
    return found


def have(handbook: Handbook, workshop: Workshop, place: int) -> Workshop:
    """The workshop with a note that what an item needs is in hand."""
    item = workshop.items[place]
    needed = open_needs(handbook, workshop).get(place, ())
    if not isinstance(item, Passage) or not needed:
        return workshop
    return put(workshop, place, replace(item, in_hand=(*item.in_hand, *(one.address for one in needed))))


def not_there(handbook: Handbook, workshop: Workshop) -> tuple[Passage, ...]:
    """All that is needed and open, each once, in the order of the items."""
    found = {one.address: one for needed in open_needs(handbook, workshop).values() for one in needed}
    return tuple(found.values())
