"""The countdown for the group, and times as they are shown while a workshop is run.

Belongs here: how time is written, and the countdown as a slide. Not here: the clock (run_clock.py)."""

from __future__ import annotations

import datetime
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.content.address import Address
from handbook.presenting.slides import Slide

_DIGITS = 2.5  # how much larger than other text it may be


def countdown(title: str, left: float, now: float) -> Slide:
    """How much time is left of a moment, in seconds, and until when that is."""
    digits, until = Element("p"), Element("p")
    digits.text = minutes_seconds(max(0.0, left))  # how far it is over is the trainer's business
    until.text = tr("until {time}").format(time=time_of_day(now + left))
    return Slide(Address(""), title, (digits, until), (), "", verbatim=False, largest=_DIGITS)


def minutes_seconds(seconds: float) -> str:
    """Time as 4:05; what runs over is −0:30."""
    whole = int(-(-seconds // 1)) if seconds > 0 else int(seconds)
    sign = "−" if whole < 0 else ""
    return f"{sign}{abs(whole) // 60}:{abs(whole) % 60:02}"


def time_of_day(at: float) -> str:
    """The time of the day of a second since 1970, as 09:35."""
    return datetime.datetime.fromtimestamp(at).strftime("%H:%M")
