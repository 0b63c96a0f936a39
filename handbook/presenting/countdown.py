"""The countdown for the group, and times as they are shown while a workshop is run.

Belongs here: how time is written, and the countdown as a slide. Not here: the clock (run_clock.py)."""

from __future__ import annotations

import datetime
import math
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.content.address import Address
from handbook.presenting.slides import Slide

_DIGITS = 2.5  # how much larger than other text it may be


def countdown(title: str, left: float, now: float) -> Slide:
    """How much time is left of a moment, in seconds, and until when that is."""
    digits, until = Element("p"), Element("p")
    digits.text = minutes_seconds(max(0.0, left))  # how far it is over is the trainer's business
    until.text = tr("until {time}").format(time=to_the_minute(now + left))
    return Slide(Address(""), title, (digits, until), (), "", verbatim=False, largest=_DIGITS)


def minutes_seconds(seconds: float) -> str:
    """Time as 4:05; what runs over is −0:30."""
    whole = int(-(-seconds // 1)) if seconds > 0 else int(seconds)
    sign = "−" if whole < 0 else ""
    return f"{sign}{abs(whole) // 60}:{abs(whole) % 60:02}"


def nearest_minute(at: float) -> int:
    """The minute nearest to a second since 1970, counted since then."""
    return math.floor(at / 60 + 0.5)  # round() would take half a minute once up and once down


def to_the_minute(at: float) -> str:
    """When something begins or ends, as 09:35. So the day's map, the window and the countdown write the same time."""
    return time_of_day(nearest_minute(at) * 60)


def time_of_day(at: float) -> str:
    """What a clock shows at a second since 1970, as 09:35; until the next minute it shows the same."""
    return datetime.datetime.fromtimestamp(at).strftime("%H:%M")
