"""The log: what the program did and what failed, for whoever has to find out why.

Belongs here: where it is written, how large it gets, what it may tell. Not here: what is logged, which each module says
itself through `logging.getLogger(__name__)`, the program's own logger or one below it.

Nothing that a person typed, wrote or named gets into a log file: no query, text, address, workshop or folder. A
message is a constant with places (`"%d pages"`); numbers and `Plain` words are put into them, anything else is left
out. Of an exception its type and the lines of code are written, not its message, which may quote anything. On the
terminal, with -v, everything is shown."""

from __future__ import annotations

import contextlib
import copy
import errno
import faulthandler
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from handbook.base.errors import HandbookError

FILE, OLDER = "handbook.log", "handbook.1.log"
LARGEST = 1_000_000  # bytes of each of the two
CRASH = 100_000  # of these, kept free for what faulthandler writes
DEEPEST = 40  # calls of one traceback that are told, the last ones
LEFT_OUT = "…"

_logger = logging.getLogger("handbook")


class Plain(str):
    """A word of the program's own (a thread, a command, a kind of thing), which a log file may tell."""

    __slots__ = ()


# -- Where it is written --------------------------------------------------------------------------------------


def begin(file: Path | None, *, verbose: bool) -> None:
    """Log as the command line asks: into a file, and with `verbose` more, and on the terminal. Raises HandbookError."""
    _logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    if verbose and sys.stderr is not None:
        terminal = logging.StreamHandler(sys.stderr)
        terminal.setFormatter(logging.Formatter("%(asctime)s %(threadName)s %(name)s: %(message)s"))
        _logger.addHandler(terminal)
    if file is not None:
        try:
            _logger.addHandler(LogFile(file, None))
        except OSError as exc:
            raise HandbookError(f"The log '{file}' can't be written: {exc.strerror or exc}.") from exc


def keep(folder: Path) -> None:
    """Log into a folder, unless `begin` was given a file; where the folder takes none, there is no log."""
    if _log_file() is not None:
        return
    if _logger.level == logging.NOTSET:
        _logger.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _logger.addHandler(LogFile(folder / FILE, folder / OLDER))
    except OSError:
        _logger.addHandler(logging.NullHandler())  # without any, Python writes warnings to the terminal


def stop_keeping() -> None:
    """Write no more into the folder given to `keep`, which is about to be cleared."""
    handler = _log_file()
    if handler is not None and handler.older is not None:
        _logger.removeHandler(handler)
        handler.close()
        _logger.addHandler(logging.NullHandler())


def last_lines(number: int) -> list[str]:
    """The last lines of the log file, with no folder in them."""
    handler = _log_file()
    if handler is None:
        return []
    try:
        lines = handler.file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [_without_folder(line) for line in lines[-number:]]


def _log_file() -> LogFile | None:
    return next((handler for handler in _logger.handlers if isinstance(handler, LogFile)), None)


class LogFile(logging.Handler):
    """Writes each line to a file that it opens and closes again, as several windows may write to one.

    With `older`, what does not fit into LARGEST goes there first. It is copied, not renamed: Windows renames no file
    that another window has open. Raises OSError when the file can't be opened; later faults are passed over, as
    nobody is helped by a message about a log."""

    def __init__(self, file: Path, older: Path | None) -> None:
        super().__init__()
        self.file, self.older = file, older
        self.setFormatter(_WithoutWords())
        self._crashes = file.open("ab", buffering=0)
        if not faulthandler.is_enabled():  # a debugger or a test may have its own
            faulthandler.enable(self._crashes)
            self._owns_crashes = True

    _owns_crashes = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        line = (self.format(record) + "\n").encode("utf-8", "backslashreplace")
        with contextlib.suppress(OSError):
            if self.older is not None and self.file.stat().st_size + len(line) > LARGEST - CRASH:
                self.older.write_bytes(self.file.read_bytes()[-LARGEST:])
                os.truncate(self.file, 0)
            with self.file.open("ab") as file:
                file.write(line)

    def close(self) -> None:
        """Let go of the file."""
        if self._owns_crashes:
            faulthandler.disable()
        self._crashes.close()
        super().close()


# -- What it may tell -----------------------------------------------------------------------------------------


class _WithoutWords(logging.Formatter):
    """A line of the file: of what stands in a message's places, numbers and Plain words only."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(process)d %(levelname)s %(threadName)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the lines of an exception under it."""
        told = copy.copy(record)
        told.args = tuple(map(_told, record.args)) if isinstance(record.args, tuple) else ()
        told.exc_text = None  # another handler may have left the whole traceback there
        return super().format(told)

    def formatException(self, ei: tuple[type[BaseException], BaseException, object] | tuple[None, None, None]) -> str:  # noqa: N802 - logging's name
        """The lines of an exception."""
        return traceback_of(ei[1]) if ei[1] is not None else ""


def _told(value: object) -> object:
    if isinstance(value, BaseException):
        return kind_of(value)
    return value if isinstance(value, (int, float, Plain)) else LEFT_OUT


def kind_of(error: BaseException) -> str:
    """An exception's type, with what is known of its cause apart from its message."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} ({errno.errorcode.get(error.errno, error.errno)})"
    if isinstance(error, (ImportError, AttributeError, NameError)) and error.name:
        return f"{name} ({error.name})"
    return name


def traceback_of(error: BaseException) -> str:
    """Where an exception came from: types and lines of code, the first cause first."""
    return "\n".join(_lines_of(error))


def _lines_of(error: BaseException) -> Iterator[str]:
    import traceback

    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and cause not in chain:
        chain.append(cause)
    for one in reversed(chain):
        frames = traceback.extract_tb(one.__traceback__)
        if len(frames) > DEEPEST:
            yield f"  {len(frames) - DEEPEST} calls"
        for frame in frames[-DEEPEST:]:
            yield f"  {short(frame.filename)}:{frame.lineno} {frame.name}: {frame.line or ''}".rstrip(": ")
        yield kind_of(one)


def short(file: str) -> str:
    """A file of code by its name in the program or in a package: the folder above may be named after a person."""
    path = Path(file)
    if not path.is_absolute():
        return file if file.startswith("<") else path.name
    roots = (str(Path(__file__).parents[2]), *sys.path)
    fitting = [root for root in roots if root and path.is_relative_to(root)]
    return str(path.relative_to(max(fitting, key=len))) if fitting else path.name


def _without_folder(line: str) -> str:
    """A line as faulthandler writes it, `  File "/home/anna/handbook/x.py", line 7 in f`, with the short name."""
    before, quote, rest = line.partition('File "')
    name, end, after = rest.rpartition('"')
    return f"{before}{quote}{short(name)}{end}{after}" if quote and end else line
