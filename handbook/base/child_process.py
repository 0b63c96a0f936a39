"""A process that this program starts to do one task.

Belongs here: giving it the task. Not here: starting it and what it answers (printing/typeset/process.py,
export/zim/)."""

from __future__ import annotations

import subprocess
from typing import IO, cast


def give(child: subprocess.Popen[bytes], task: bytes) -> None:
    """Write a task to a process, whose input stays open: by that it knows that we are there.

    It may have ended. One that got a part only would wait for the rest for ever, so it is ended; it gives no answer."""
    given = cast(IO[bytes], child.stdin)
    try:
        given.write(task)
        given.flush()
    except OSError:
        child.kill()
