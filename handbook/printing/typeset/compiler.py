"""Typst, with its guards. The only module that imports typst.

Belongs here: fonts, one run of the compiler, what it may reach, when it runs in a process of its own. Not here:
what is compiled.

Content reaches the compiler only inside string literals (expressions.py), so it can hold no markup, code or
path. Should that ever fail, the compiler's root is a folder with nothing but fonts, and it has no way to a
network: Typst would fetch a package that a document imports.

A large document is compiled in a child process: Typst can't be interrupted, and keeps what it has laid out. A
child is ended at once, and gives its memory back.

References: Typst 0.15 (https://typst.app/docs/reference), PDF/UA-1 (ISO 14289-1), PDF/A-2a (ISO 19005-2)."""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from handbook.base.errors import HandbookError
from handbook.base.paths import own_command
from handbook.printing.typeset import glyphs

if TYPE_CHECKING:
    import typst

_log = logging.getLogger(__name__)
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]  # tagged for screen readers, and made to last
_ROOT = glyphs.FOLDER  # the one folder that the compiler sees
_NOWHERE = _ROOT / "packages"  # does not exist: no package that lies on this computer is read either
_running = threading.Lock()  # the environment is changed around each run, and there is one of it
WORKER = "typeset-worker"  # the hidden command that compile_from_pipe() serves
_MAIN = "main.typ"  # the file that the others are brought into
_LARGE = 250_000  # letters of source, some 100 pages, from which a child's start of 0.2 s is worth it
_REMEMBERED = 30_000  # letters of source, some ten pages, from which it matters what Typst keeps of them
_IDLE_RUNS = 3  # after each such document
_WAIT = 0.05  # s between two questions whether the pages are still wanted

Stale = Callable[[], bool]


class TypesetError(HandbookError):
    """The pages could not be made."""


class Cancelled(Exception):
    """The caller does not want the pages any more. Not a failure, and never shown."""


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


def never() -> bool:
    """For callers that wait to the end."""
    return False


def timestamp(day: datetime.date | None) -> int:
    """The date a PDF bears, in seconds since 1970: that of its words. Today's would change its bytes."""
    day = day or datetime.date(1970, 1, 1)
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp())


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
    if cancelled():
        raise Cancelled
    task = _Task({_MAIN: source, **(files or {})}, stamp, dict(inputs or {}), tagged)
    if task.size >= _LARGE:
        made = _in_child(task, cancelled)
        if made is not None:
            return made
    with _running, offline():
        if cancelled():
            raise Cancelled
        made = _run(task)
    if task.size >= _REMEMBERED:
        # 20 ms that nobody waits for. No daemon: Python at its end would tear such a thread out of Typst.
        threading.Thread(target=_forget_the_oldest, name="forget").start()
    return made


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

    files: Any = {name: words.encode() for name, words in task.files.items()}  # which typst's stubs do not know
    compiler = typst.Compiler(
        files,
        root=_ROOT,
        font_paths=_fonts(),
        sys_inputs=task.inputs,
        package_path=_NOWHERE,
        package_cache_path=_NOWHERE,
    )
    try:
        # Asked first, and of the same compiler, as the PDF then needs no second layout.
        told = json.loads(compiler.query("<pages>", field="value"))
        try:
            return Compiled(_pdf(compiler, files, task.stamp, _STANDARDS if task.tagged else []), told)
        except typst.TypstError as exc:
            if not task.tagged or "PDF/" not in exc.message:
                raise
            _log.warning("set without tags: %s", exc.message)
        return Compiled(_pdf(compiler, files, task.stamp, []), told)
    except (typst.TypstError, RuntimeError) as exc:
        raise TypesetError(f"The pages could not be set: {getattr(exc, 'message', exc)}.") from exc


def _pdf(compiler: typst.Compiler, files: Any, stamp: int, standards: list[typst.PDFStandard]) -> bytes:  # noqa: ANN401 - see _run
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


# -- A process of its own -------------------------------------------------------------------------------------


def _in_child(task: _Task, cancelled: Stale) -> Compiled | None:
    """The same in a child; None where there is no starting one, or it ends without an answer."""
    command, environment = own_command(WORKER)
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment | _environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
            | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),  # elsewhere the child sees to it itself
        )
    except OSError as exc:
        _log.warning("no process for Typst: %s", exc)
        return None
    answer: list[bytes] = []
    talk = threading.Thread(target=lambda: answer.append(_ask(child, task)), daemon=True)
    talk.start()
    try:
        while talk.is_alive() and not cancelled():
            talk.join(_WAIT)
    finally:  # after Ctrl+C too: nobody is left to take what the child makes
        unwanted = talk.is_alive()
        if unwanted:
            child.kill()
            talk.join()
    if unwanted:
        raise Cancelled
    head, _, pdf = answer[0].partition(b"\n") if answer else (b"", b"", b"")
    if child.returncode or not head:
        _log.warning("the process for Typst ended with %s", child.returncode)
        return None
    told = json.loads(head)
    if "error" in told:
        raise TypesetError(told["error"])
    return Compiled(pdf, told["pages"])


def _ask(child: subprocess.Popen[bytes], task: _Task) -> bytes:
    """Give a child its task, and take what it says. Its input stays open: by that it knows that we are there."""
    given, said = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
    with contextlib.suppress(OSError):  # it may have ended; then its answer is empty
        given.write(json.dumps(task._asdict()).encode() + b"\n")
        given.flush()
    answer = said.read()
    child.wait()
    with contextlib.suppress(OSError):
        given.close()
    said.close()
    return answer


def _end_with_parent(pipe: int) -> None:
    """End this process as soon as the one that wants its pages is gone, however that ended."""
    os.read(pipe, 1)  # not through sys.stdin, whose lock the interpreter would wait for at its end
    os._exit(1)


def compile_from_pipe() -> int:
    """Serve one task: the child's side of compile_and_ask(). JSON comes in, a line of JSON and the PDF go out."""
    import sys

    if hasattr(os, "nice"):
        os.nice(10)  # it uses every core; the window, which someone is using, comes first
    try:
        task = _Task(**json.loads(sys.stdin.buffer.readline()))
    except (ValueError, TypeError):
        return 2  # a person tried it out
    threading.Thread(target=_end_with_parent, args=(sys.stdin.fileno(),), daemon=True).start()
    try:
        with offline():
            made = _run(task)
    except TypesetError as exc:
        sys.stdout.buffer.write(json.dumps({"error": str(exc)}).encode() + b"\n")
    else:
        sys.stdout.buffer.write(json.dumps({"pages": made.told}).encode() + b"\n" + made.pdf)
    sys.stdout.buffer.flush()
    os._exit(0)  # not by the interpreter's own end: on Windows that waits for the thread that reads the input


# -- No network -----------------------------------------------------------------------------------------------

# Typst asks these for the way to its package server. Nobody listens at port 1; exceptions would lead around.
_NO_WAY_OUT = {"https_proxy": "http://127.0.0.1:1", "all_proxy": "http://127.0.0.1:1", "no_proxy": ""}


def _environment() -> dict[str, str]:
    return {spelt: value for name, value in _NO_WAY_OUT.items() for spelt in (name, name.upper())}


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Leave Typst no way to a network while the block runs. Not for two threads at a time.

    Afterwards the variables are as before, as a web browser started from this program would inherit them. One
    that was not set stays behind empty, which means the same: taking it out of the environment would move
    the others while another thread may be reading them in C."""
    names = _environment()
    before = {name: os.environ.get(name, "") for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        os.environ.update(before)
