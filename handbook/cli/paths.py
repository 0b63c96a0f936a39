"""Files and folders that a command line names.

Belongs here: what is a name and what is none. Not here: the files (base/bounded.py reads, base/atomic_file.py
writes)."""

from __future__ import annotations

from pathlib import Path

from handbook.base.catalogue import tr


def named(text: str) -> Path:
    """The path that an argument names, for argparse.

    An empty one names nothing: `Path("")` would be the folder that the person happens to be in."""
    if not text.strip():
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(tr("no file and no folder was named"))
    return Path(text)
