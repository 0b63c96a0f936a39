"""A run that goes on with a changed programme: an item was removed, moved, renamed, or has other minutes.

Belongs here: which moment of the old programme is which of the new one, and what the run becomes. Not here: the clock
itself (run_clock.py)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handbook.presenting.moments import Moment
from handbook.presenting.run_clock import Ran, Run


def carried(run: Run, old: Sequence[Moment], new: Sequence[Moment], now: float) -> Run:
    """The run with another programme, which has at least one moment.

    What is going on goes on, wherever it stands now; where it was removed, what follows it begins. A moment keeps the
    minutes that the trainer gave it in the run, unless the programme now has others for it. What is over stays noted,
    also what the programme does not have any more."""
    places = same(old, new)
    back = {after: before for before, after in places.items()}
    minutes = tuple(_minutes(run, old, one, back.get(at)) for at, one in enumerate(new))
    ran = tuple(_ran(one, old, places) for one in run.ran)
    if run.place in places:
        return replace(run, place=places[run.place], minutes=minutes, ran=ran)
    over = _ran(Ran(run.place, run.entered, now), old, places)
    place = _nearest(run.place, places, len(new))
    return replace(run, place=place, minutes=minutes, ran=(*ran, over), entered=now, counted=0.0, since=now)


def is_alike(run: Run, old: Sequence[Moment], new: Sequence[Moment]) -> bool:
    """Is a programme the one of a run, if changed? Half of it is still there, and what was going on."""
    places = same(old, new)
    return run.place in places and 2 * len(places) >= len(old)


def same(old: Sequence[Moment], new: Sequence[Moment]) -> Mapping[int, int]:
    """The places of moments in the new programme, by their places in the old one; those that are gone are left out."""
    before, after = [_name(one) for one in old], [_name(one) for one in new]
    opcodes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found: dict[int, int] = {}
    for what, i, i_end, j, j_end in opcodes:
        if what == "equal":
            found.update(zip(range(i, i_end), range(j, j_end), strict=True))
    taken = set(found.values())
    free = [at for at in range(len(new)) if at not in taken]
    for at, name in enumerate(before):  # what was moved
        to = next((one for one in free if after[one] == name), None) if at not in found else None
        if to is not None:
            found[at] = to
            free.remove(to)
    for what, i, i_end, j, j_end in opcodes:  # what was renamed stands where it stood
        if what == "replace" and i_end - i == j_end - j:
            for at, to in zip(range(i, i_end), range(j, j_end), strict=True):
                if at not in found and to in free and old[at].is_break == new[to].is_break:
                    found[at] = to
                    free.remove(to)
    return found


def _name(moment: Moment) -> tuple[str, str, bool]:
    return moment.address.partition("#")[0] or moment.item, moment.step, moment.is_break


def _minutes(run: Run, old: Sequence[Moment], moment: Moment, before: int | None) -> int:
    if before is None or old[before].minutes != moment.minutes:
        return moment.minutes
    return run.minutes[before]


def _ran(one: Ran, old: Sequence[Moment], places: Mapping[int, int]) -> Ran:
    if one.place in places:
        return one._replace(place=places[one.place])
    if one.place < 0:  # gone before
        return one
    return one._replace(place=-1, what=old[one.place].whole_title, planned=old[one.place].minutes)


def _nearest(place: int, places: Mapping[int, int], count: int) -> int:
    """Where a run stands whose moment was removed: at what followed it, or else at what was before it."""
    later = [places[at] for at in sorted(places) if at > place]
    earlier = [places[at] for at in sorted(places) if at < place]
    return later[0] if later else earlier[-1] if earlier else min(place, count - 1)
