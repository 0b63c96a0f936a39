"""Printing the answer of a command, and what is said beside it.

Belongs here: letters that the terminal lacks, output that can't be written. Not here: what is said."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.late_patterns import late_pattern
from handbook.base.system_errors import reason_of

# What a terminal obeys in place of showing it: a file's name may be from anybody.
_OBEYED = late_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


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
        print(_shown(str(text), sys.stdout.encoding), end=end, flush=not text)
    except OSError as exc:
        # Otherwise Python would try to write the rest at exit, and print the error once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(exc, BrokenPipeError):
            raise
        raise HandbookError(tr("The output can't be written: {error}.").format(error=reason_of(exc))) from exc


def warn(text: object, command: str = "handbook") -> None:
    """Print a line on standard error. command: that says it."""
    if sys.stderr is not None:
        print(_shown(f"{command}: {text}", sys.stderr.encoding), file=sys.stderr)


def _shown(text: str, encoding: str | None) -> str:
    """A text with escapes in place of letters that the terminal lacks, and of those that it would obey.

    In the form of JSON, as the text may be that."""
    seen = _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return seen.encode(encoding or "utf-8", "backslashreplace").decode(encoding or "utf-8")
