"""The clock of a workshop that is being run: where it is, how much time is left, how far ahead or behind it is.

Belongs here: an immutable state and what follows from it at a moment of time. Not here: which moments there are
(moments.py), and keeping the state against a crash (run_file.py).

Times are seconds since 1970 as time.time() gives them: they go on while the computer sleeps, and are the same after a
crash."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from handbook.base.catalogue import tr
from handbook.presenting.countdown import nearest_minute, to_the_minute
from handbook.presenting.moments import Moment
from handbook.workshop.timetable import shared

OTHER_TIME = 2 * 3600  # seconds: who begins that far from the programme runs it at another time of the day
MOST_MINUTES = 24 * 60  # of one moment
_DAY = 24 * 3600  # seconds
_NIGHT = 6 * 3600  # seconds: less, over midnight, is an evening that goes on


class Ran(NamedTuple):
    """A moment that was run: its place among all, and when it began and ended.

    place:         -1 where the programme does not have it any more;
    what, planned: its title and minutes then."""

    place: int
    begun: float
    ended: float
    what: str = ""
    planned: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run is.

    place:   of the moment that is going on.
    minutes: of every moment, as they are planned now.
    begun:   when the run began.
    entered: when this moment began.
    counted: seconds that the countdown ran before it was last started.
    since:   when it was last started; None while it stands.
    ran:     what is over, in order.
    shift:   seconds by which the whole programme is moved, as it began at quite another time of the day."""

    place: int
    minutes: tuple[int, ...]
    begun: float
    entered: float
    counted: float = 0.0
    since: float | None = None
    ran: tuple[Ran, ...] = ()
    shift: float = 0.0

    @classmethod
    def begin(cls, moments: Sequence[Moment], now: float, place: int = 0) -> Run:
        """A run that begins now, at a place; its countdown runs.

        Who comes late to a long moment, while it lasts by the programme, is late."""
        late = now - _at(now, moments[place].start)
        is_within = 0 <= late < moments[place].minutes * 60
        shift = late if abs(late) > OTHER_TIME and not is_within else 0.0
        return cls(place, tuple(moment.minutes for moment in moments), now, now, since=now, shift=shift)

    # -- What a trainer does -----------------------------------------------------------------------------------

    def to(self, place: int, now: float) -> Run:
        """Go to another moment; its countdown begins from the start, running."""
        if not 0 <= place < len(self.minutes) or place == self.place:
            return self
        over = Ran(self.place, self.entered, now)
        return replace(self, place=place, entered=now, counted=0.0, since=now, ran=(*self.ran, over))

    def skip(self, now: float) -> Run:
        """Leave out the next moment: go to the one after it."""
        if self.place + 2 >= len(self.minutes):
            return self
        minutes = list(self.minutes)
        minutes[self.place + 1] = 0
        return replace(self, minutes=tuple(minutes)).to(self.place + 2, now)

    def toggle(self, now: float) -> Run:
        """Stop the countdown, or start it again."""
        if self.since is None:
            return replace(self, since=now)
        return replace(self, counted=self.elapsed(now), since=None)

    def more(self, minutes: int) -> Run:
        """Give this moment some minutes more, or fewer."""
        changed = list(self.minutes)
        changed[self.place] = max(0, min(MOST_MINUTES, changed[self.place] + minutes))
        return replace(self, minutes=tuple(changed))

    def planned(self, minutes: Sequence[int]) -> Run:
        """Take other minutes for all moments. Raises ValueError if there are not as many."""
        if len(minutes) != len(self.minutes):
            raise ValueError(f"{len(minutes)} lengths for {len(self.minutes)} moments")
        return replace(self, minutes=tuple(minutes))

    def resumed(self, now: float) -> Run:
        """The run taken up again. On another day the countdown of its moment begins anew, without the night between.

        Where this computer's clock was set back meanwhile, what ran comes to lie before now."""
        before = self.set_back(now - max(self.entered, self.since or 0.0))
        days = [datetime.datetime.fromtimestamp(at).date() for at in (before.entered, now)]
        is_another_day = days[0] != days[1] and now - before.entered > _NIGHT
        return replace(before, entered=now, counted=0.0, since=now) if is_another_day else before

    def set_back(self, by: float) -> Run:
        """The run when this computer's clock was set back: all that was, just so many seconds ago as before.

        by: seconds, below 0; otherwise nothing changes."""
        if by >= 0:
            return self
        ran = tuple(one._replace(begun=max(0.0, one.begun + by), ended=max(0.0, one.ended + by)) for one in self.ran)
        begun, entered = (max(0.0, at + by) for at in (self.begun, self.entered))
        since = None if self.since is None else max(0.0, self.since + by)
        return replace(self, begun=begun, entered=entered, since=since, ran=ran)

    # -- What follows ------------------------------------------------------------------------------------------

    def elapsed(self, now: float) -> float:
        """Seconds that the countdown of this moment ran."""
        return self.counted + (max(0.0, now - self.since) if self.since is not None else 0.0)

    def left(self, now: float) -> float:
        """Seconds left of this moment; below 0 it runs over."""
        return self.minutes[self.place] * 60 - self.elapsed(now)

    def ends(self, moments: Sequence[Moment], now: float) -> float:
        """When this day would end if all that follows took its planned minutes."""
        over = now + max(0.0, self.left(now))
        return max((at + self.minutes[place] * 60 for place, at in self.begins(moments, now).items()), default=over)

    def begins(self, moments: Sequence[Moment], now: float) -> dict[int, float]:
        """When each moment to come of this day would begin, by its place.

        What has free time before it does not begin before its planned time."""
        made: dict[int, float] = {}
        day = self.day_of(moments, now)
        at = now + max(0.0, self.left(now))
        for place in range(self.place + 1, len(moments)):
            one, before = moments[place], moments[place - 1]
            if one.day != moments[self.place].day:
                break
            if one.start > before.start + before.minutes:
                at = max(at, planned_start(one, day) + self.shift)
            made[place] = at
            at += self.minutes[place] * 60
        return made

    def behind(self, moments: Sequence[Moment], now: float) -> float:
        """Seconds by which the day would end later than planned; below 0 it is ahead."""
        planned = planned_end(moments, self.place, self.day_of(moments, now)) + self.shift
        return self.ends(moments, now) - planned

    def day_of(self, moments: Sequence[Moment], now: float) -> float:
        """A time on the day on this computer's calendar that this day of the programme belongs to.

        That is the day before where the programme goes past midnight, and is not about to begin."""
        same = [one for one in moments if one.day == moments[self.place].day]
        is_past_midnight = max(one.start + one.minutes for one in same) * 60 + self.shift > _DAY
        if is_past_midnight and now < planned_start(same[0], now) + self.shift - OTHER_TIME:
            return (datetime.datetime.fromtimestamp(now) - datetime.timedelta(days=1)).timestamp()
        return now


def planned_start(moment: Moment, now: float) -> float:
    """When a moment was planned to begin, as a time of the day of `now` on this computer's clock."""
    return _at(now, moment.start)


def planned_end(moments: Sequence[Moment], place: int, now: float) -> float:
    """When the day of a moment was planned to end, as a time of the day of `now` on this computer's clock."""
    day = moments[place].day
    last = max(one.start + one.minutes for one in moments if one.day == day)
    return _at(now, last)


def _at(now: float, minutes: int) -> float:
    """When the clock of this computer shows so many minutes from midnight, on the day of a time.

    Counted on the clock's face: on the day when summer time begins, nine o'clock is eight hours after midnight."""
    midnight = datetime.datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + datetime.timedelta(minutes=minutes)).timestamp()


def place_at(moments: Sequence[Moment], now: float, day: int = 1) -> int:
    """The moment that the programme of a day has for a time of the day; the first before it begins, the last after."""
    at = datetime.datetime.fromtimestamp(now)
    minute = at.hour * 60 + at.minute
    places = [number for number, one in enumerate(moments) if one.day == day]
    begun = [number for number in places if moments[number].start <= minute]
    return begun[-1] if begun else places[0] if places else 0


def day_at(date: datetime.date | None, days: int, now: float) -> int:
    """The number of the day of a workshop that a time falls on; the first where that is not known.

    date: of its first day."""
    number = (datetime.datetime.fromtimestamp(now).date() - date).days + 1 if date is not None else 1
    return number if 1 <= number <= days else 1


def shortened(run: Run, moments: Sequence[Moment], now: float) -> tuple[int, ...]:
    """Minutes for all moments so that the day ends as planned: what is to come is shortened in proportion.

    Breaks keep theirs, and each other moment at least one minute; unchanged where there is nothing to gain."""
    over = -(-int(run.behind(moments, now)) // 60)
    day = moments[run.place].day
    later = [
        at
        for at in range(run.place + 1, len(moments))
        if moments[at].day == day and not moments[at].is_break and run.minutes[at]
    ]
    total = sum(run.minutes[at] for at in later)
    if over <= 0 or not later:
        return run.minutes
    new = shared([run.minutes[at] for at in later], max(len(later), total - over))
    made = list(run.minutes)
    for at, minutes in zip(later, new, strict=True):
        made[at] = min(minutes, made[at])
    return tuple(made)


def as_text(run: Run, moments: Sequence[Moment], title: str, now: float) -> str:
    """What was run and when, to be kept by the trainer: a line for each moment, with planned and real minutes."""
    lines = [title, ""]
    for one in (*run.ran, Ran(run.place, run.entered, now)):
        what, planned = one.what, one.planned
        if one.place >= 0:
            what, planned = moments[one.place].whole_title, moments[one.place].minutes
        begun, ended = nearest_minute(one.begun), nearest_minute(one.ended)
        day = datetime.datetime.fromtimestamp(begun * 60).date()
        # Translators: "min" is short for minutes; so many were planned
        spent = tr("{minutes} min (planned {planned})").format(minutes=ended - begun, planned=planned)
        lines.append(f"{day} {to_the_minute(one.begun)} - {to_the_minute(one.ended)}\t{spent}\t{what}")
    return "\n".join(lines) + "\n"
