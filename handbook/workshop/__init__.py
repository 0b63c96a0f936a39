"""Workshops: what a trainer puts together, saves in a file and prints.

    model.py      a workshop as an immutable value, and the functions that edit it
    file.py       reads and writes .workshop files (TOML), and the copy that is kept in case of a crash
    logo.py       checks the picture for the title page
    ready.py      the workshops that come with a handbook
    written_page.py  a page of the trainer's own as blocks, and its Markdown
    packet.py     which items go to whom: participants, trainer, cards, posters, worksheets
    copies.py     how many copies of each sheet are needed
    needs.py      what plans need and the workshop does not have
    timetable.py  when each item begins and ends, and where the day's end is passed
    paper.py      how many sheets of paper the prints take

Not here: pages (printing/), widgets (ui/).

Importing this package imports none of its modules, as some of them take time."""

from __future__ import annotations

from pathlib import Path, PurePath

SUFFIX = ".workshop"


def is_file_name(path: PurePath) -> bool:
    """Has a file the suffix of a workshop, in small letters or capitals?"""
    return path.suffix.lower() == SUFFIX


def ready_files(content: Path) -> list[Path]:
    """The files of the workshops that come with a handbook, in the folder "workshops" of its content."""
    return sorted((content / "workshops").glob(f"*{SUFFIX}"))
