"""Printing the answer of a command.

Belongs here: letters that the terminal lacks, output that can't be written. Not here: what is said."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.system_errors import reason_of


def say_written(path: Path, text: str = "") -> None:
    """Name a file that was written, or say a text that does; not behind its own bytes, where it is this output."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or none
        if os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno())):
            return
    say(text or path)


def say(text: object = "", end: str = "\n") -> None:
    """Print a line of the answer; without a text, flush the output. Letters that the terminal lacks become escapes.

    Raises BrokenPipeError, or HandbookError when the output can't be written, for example to a full disk."""
    if sys.stdout is None:
        return
    try:
        encoding = sys.stdout.encoding or "utf-8"
        print(str(text).encode(encoding, "backslashreplace").decode(encoding), end=end, flush=not text)
    except OSError as exc:
        # Otherwise Python would try to write the rest at exit, and print the error once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(exc, BrokenPipeError):
            raise
        raise HandbookError(tr("The output can't be written: {error}.").format(error=reason_of(exc))) from exc
