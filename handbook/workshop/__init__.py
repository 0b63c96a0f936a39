"""Workshops: what a trainer composes, keeps in a file and prints.

    model.py      a workshop as a value, and the functions that edit it
    file.py       a workshop as a .workshop file (TOML), and the copy kept against a crash
    logo.py       a picture for the title page, checked and bounded
    packet.py     who gets what of it: participants, trainer, cards, posters, worksheets
    timetable.py  when each item begins and ends, and where it runs over
    paper.py      how many sheets it all takes

Not here: pages (printing/), widgets (ui/).

Importing this package imports nothing of it: what takes time is imported where it is wanted."""

from __future__ import annotations

from pathlib import PurePath

SUFFIX = ".workshop"


def is_file_name(path: PurePath) -> bool:
    """Is it, by its name, the file of a workshop? Windows may write that in capitals."""
    return path.suffix.lower() == SUFFIX
