"""How pages are set for one window or one command: made by it, handed to all that sets its pages, ended with it.

Belongs here: what is kept from one document to the next, until when pages are wanted, and which process sets them. Not
here: one run of the compiler (compiler.py), the process that a window keeps (kept_process.py), one for a single
document (process.py)."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from handbook.base.catalogue import tr
from handbook.base.log import logger
from handbook.printing.typeset import compiler
from handbook.printing.typeset.compiler import Compiled, Document, TypesetError
from handbook.printing.typeset.kept_process import Busy, KeptProcess
from handbook.printing.typeset.offline import offline
from handbook.printing.typeset.pictures import DrawnForPaper
from handbook.printing.typeset.process import Answer, Cancelled, Died, NotStarted, Stale, Task, ask, never
from handbook.printing.typeset.settling import Endings

_log = logger(__name__)
# One run at a time in this process, whoever asks: each changes the environment of the whole process.
_running = threading.Lock()
_LARGE = 250_000  # letters of source, some 100 pages, from which a process's start of 0.2 s is worth it
_WAIT = 0.05  # s between two questions whether the pages are still wanted
_PATIENCE = 2.0  # s after which pages that others are set before are not waited for any more


@dataclass(frozen=True)
class Typesetter:
    """Sets pages for one owner, who ends it with close().

    process:   the one that a window keeps for all its pages. A command has none: it makes few documents and ends, and
               would wait for the start of that process.
    pictures:  those that were drawn last.
    endings:   of the documents that were set last in this process.
    cancelled: asked now and then while pages are set; True stops the work."""

    process: KeptProcess | None = None
    pictures: DrawnForPaper = field(default_factory=DrawnForPaper)
    endings: Endings = field(default_factory=Endings)
    cancelled: Stale = never

    def until(self, cancelled: Stale) -> Typesetter:
        """The same for pages that are wanted until `cancelled` is True."""
        return replace(self, cancelled=cancelled)

    def warm_up(self) -> None:
        """Start the process that is kept, if it does not run: it is there when the first pages are wanted."""
        if self.process is not None:
            self.process.warm_up()

    def close(self) -> None:
        """End the process that is kept, and what it is at."""
        if self.process is not None:
            self.process.close()

    def compile(
        self,
        source: str,
        stamp: int,
        inputs: Mapping[str, str] | None = None,
        files: Mapping[str, str] | None = None,
        *,
        tagged: bool = True,
    ) -> Compiled:
        """Compile a document to PDF; what its parts mean, compiler.Document says. Raises TypesetError, Cancelled."""
        document = Document({compiler.MAIN: source, **(files or {})}, stamp, dict(inputs or {}), tagged)
        if self.process is None and document.size < _LARGE and self._its_turn(_PATIENCE):
            return _here(document, self.endings)
        made = self._elsewhere(document)
        if made is not None:
            return made
        self._its_turn(math.inf)
        return _here(document, self.endings)

    def _its_turn(self, patience: float) -> bool:
        """Wait for other runs in this process and take the lock; False if that takes longer than `patience` seconds.

        Another run may never end, and Typst can't be interrupted."""
        end = time.monotonic() + patience
        while not self.cancelled():
            if _running.acquire(timeout=_WAIT):
                return True
            if time.monotonic() > end:
                return False
        raise Cancelled

    def _elsewhere(self, document: Document) -> Compiled | None:
        """Compile in another process; None if none can be started.

        A process that started and then died is an error: the same document could end this process as well."""
        if self.cancelled():
            raise Cancelled
        try:
            answer = self._asked(document.as_task())
        except NotStarted as exc:
            _log.warning("no process for Typst: %s", exc)
            return None
        except Died as exc:
            raise TypesetError(
                tr("The pages could not be set: {error}. Print fewer sections at a time.").format(error=exc)
            ) from exc
        if "error" in answer.told:
            raise TypesetError(answer.told["error"])
        return Compiled(answer.data, answer.told["pages"])

    def _asked(self, task: Task) -> Answer:
        """Ask the process that is kept, or one for this task alone if that one is busy."""
        if self.process is not None:
            with contextlib.suppress(Busy):
                return self.process.ask(task, self.cancelled)
        return ask(task, self.cancelled)


def _here(document: Document, endings: Endings) -> Compiled:
    """Compile in this process, while holding the lock; then release it."""
    try:
        with offline():
            return compiler.run(document, endings)
    finally:
        _running.release()
