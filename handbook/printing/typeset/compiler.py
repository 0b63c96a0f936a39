"""Typst, with its guards.

Belongs here: fonts, one run of the compiler, what it may reach, when it runs in a process of its own. Not here:
what is compiled, that process (process.py).

Content reaches the compiler only inside string literals (expressions.py), so it can hold no markup, code or
path. Should that ever fail, the compiler's root is a folder with nothing but fonts, and it has no way to a
network (offline.py): Typst would fetch a package that a document imports.

References: Typst 0.15 (https://typst.app/docs/reference), PDF/UA-1 (ISO 14289-1), PDF/A-2a (ISO 19005-2)."""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import math
import threading
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from handbook.base.errors import HandbookError
from handbook.printing.typeset import glyphs
from handbook.printing.typeset.offline import offline
from handbook.printing.typeset.process import Answer, Bounds, Cancelled, Died, NotStarted, Stale, ask, never

if TYPE_CHECKING:
    import typst

_log = logging.getLogger(__name__)
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]  # tagged for screen readers, and made to last
_ROOT = glyphs.FOLDER  # the one folder that the compiler sees
_NOWHERE = _ROOT / "packages"  # does not exist: no package that lies on this computer is read either
_running = threading.Lock()  # the environment is changed around each run, and there is one of it
_MAIN = "main.typ"  # the file that the others are brought into
_LARGE = 250_000  # letters of source, some 100 pages, from which a process's start of 0.2 s is worth it
_REMEMBERED = 30_000  # letters of source, some ten pages, from which it matters what Typst keeps of them
_IDLE_RUNS = 3  # after each such document
_WAIT = 0.05  # s between two questions whether the pages are still wanted
_PATIENCE = 2.0  # s after which pages that others are set before are not waited for any more
# The whole handbook in large print takes 0.6 GB and 8 s.
BOUNDS = Bounds(memory=2048 * 1024 * 1024, seconds=600)


class TypesetError(HandbookError):
    """The pages could not be made."""


class Compiled(NamedTuple):
    """A PDF, and the values of the document's <pages> marks, in order."""

    pdf: bytes
    told: list[dict[str, Any]]


class _Task(NamedTuple):
    """What is to be set. files: by name, _MAIN among them."""

    files: dict[str, str]
    stamp: int
    inputs: dict[str, str]
    tagged: bool

    @property
    def size(self) -> int:
        """Letters of it."""
        return sum(map(len, (*self.files.values(), *self.inputs.values())))


def timestamp(day: datetime.date | None) -> int:
    """The date a PDF bears, in seconds since 1970: that of its words. Today's would change its bytes."""
    day = day or datetime.date(1970, 1, 1)
    return max(0, int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp()))


def compile_and_ask(
    source: str,
    stamp: int,
    inputs: Mapping[str, str] | None = None,
    files: Mapping[str, str] | None = None,
    *,
    tagged: bool = True,
    cancelled: Stale = never,
) -> Compiled:
    """Run Typst on a document. `stamp` is the PDF's date, in seconds since 1970. Raises TypesetError, Cancelled.

    files: what the document may bring in, by name; there are no others.

    Typst refuses to tag a file over things that do not hinder printing, such as an accent that is in another
    font than its letter. Then the pages come without tags: paper in hand is what was asked for."""
    task = _Task({_MAIN: source, **(files or {})}, stamp, dict(inputs or {}), tagged)
    if task.size < _LARGE and _its_turn(cancelled, _PATIENCE):
        return _here(task)
    made = _elsewhere(task, cancelled)
    if made is not None:
        return made
    _its_turn(cancelled, math.inf)
    return _here(task)


def _its_turn(cancelled: Stale, patience: float) -> bool:
    """Wait till nothing else is set in this process, and keep the rest from it; False after so many seconds.

    What is set may be pages that never get done: Typst can't be interrupted."""
    end = time.monotonic() + patience
    while not cancelled():
        if _running.acquire(timeout=_WAIT):
            return True
        if time.monotonic() > end:
            return False
    raise Cancelled


def _here(task: _Task) -> Compiled:
    """Set pages in this process, whose turn it is; then it is the next one's."""
    try:
        with offline():
            made = _run(task)
    finally:
        _running.release()
    if task.size >= _REMEMBERED:
        # 20 ms that nobody waits for. No daemon: Python at its end would tear such a thread out of Typst.
        threading.Thread(target=_forget_the_oldest, name="forget").start()
    return made


def _elsewhere(task: _Task, cancelled: Stale) -> Compiled | None:
    """Set pages in a process of its own; None where there is no starting one.

    One that began and died is an error: what took it down would take this process down as well."""
    if cancelled():
        raise Cancelled
    try:
        answer = ask("pages", task._asdict(), BOUNDS, cancelled)
    except NotStarted as exc:
        _log.warning("no process for Typst: %s", exc)
        return None
    except Died as exc:
        raise TypesetError(f"The pages could not be set: {exc}. Print fewer sections at a time.") from exc
    if "error" in answer.told:
        raise TypesetError(answer.told["error"])
    return Compiled(answer.data, answer.told["pages"])


def serve(task: Mapping[str, Any]) -> Answer:
    """The process's side of it."""
    try:
        made = _run(_Task(**task))
    except TypesetError as exc:
        return Answer({"error": str(exc)}, b"")
    return Answer({"pages": made.told}, made.pdf)


def _forget_the_oldest() -> None:
    """Have Typst give back the layouts that were of no use of late: it keeps what ten runs have not used.

    What did not change from one document to the next is not laid out again, and takes a third of the time. But with
    two packets set by turns, ten runs are five changes, and what only those had has filled 450 MiB. With runs
    of nothing in between it is two changes, 240 MiB, and 180 if nothing at all is kept."""
    import typst

    with _running:
        empty = typst.Compiler(b" ", root=_ROOT, font_paths=_fonts(), package_path=_NOWHERE)
        for _ in range(_IDLE_RUNS):
            empty.compile(b"", format="pdf")


def _run(task: _Task) -> Compiled:
    import typst  # 14 ms that opening the window should not wait for

    files = _as_bytes(task.files)
    with _faults_told("The pages could not be set: {}."):
        compiler = _compiler(files, task.inputs)
        # Asked first, and of the same compiler, as the PDF then needs no second layout.
        told = json.loads(compiler.query("<pages>", field="value"))
        try:
            return Compiled(_pdf(compiler, files, task.stamp, _STANDARDS if task.tagged else []), told)
        except typst.TypstError as exc:
            if not task.tagged or "PDF/" not in exc.message:
                raise
            _log.warning("set without tags: %s", exc.message)
        return Compiled(_pdf(compiler, files, task.stamp, []), told)


def pixels(source: str, inputs: dict[str, str]) -> bytes:
    """A document's one page as PNG, a pixel for each point. Only for a process that may die. Raises TypesetError."""
    files = _as_bytes({_MAIN: source})
    with _faults_told("{}"):
        png = _compiler(files, inputs).compile(files, format="png", ppi=72.0)
        if not isinstance(png, bytes):
            raise TypeError(f"Typst gave {type(png)} for a PNG")
        return png


def _as_bytes(files: Mapping[str, str]) -> Any:  # noqa: ANN401 - typst's stubs do not know of several files
    return {name: words.encode() for name, words in files.items()}


def _compiler(files: Any, inputs: dict[str, str]) -> typst.Compiler:  # noqa: ANN401 - see _as_bytes
    import typst

    return typst.Compiler(
        files,
        root=_ROOT,
        font_paths=_fonts(),
        sys_inputs=inputs,
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
    )


@contextlib.contextmanager
def _faults_told(sentence: str) -> Iterator[None]:
    """Let what goes wrong in Typst be a TypesetError, its panics too, which are no Exception for Python."""
    try:
        yield
    except BaseException as exc:
        if not isinstance(exc, RuntimeError) and type(exc).__module__ != "pyo3_runtime":
            raise
        raise TypesetError(sentence.format(getattr(exc, "message", exc))) from exc


def _pdf(compiler: typst.Compiler, files: Any, stamp: int, standards: list[typst.PDFStandard]) -> bytes:  # noqa: ANN401 - see _as_bytes
    pdf, warnings = compiler.compile_with_warnings(files, format="pdf", timestamp=stamp, pdf_standards=standards)
    for warning in warnings:
        _log.warning("Typst: %s", warning.message)
    if not isinstance(pdf, bytes):  # a list is what formats of one file a page give
        raise TypeError(f"Typst gave {type(pdf)} for a PDF")
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FOLDER])
