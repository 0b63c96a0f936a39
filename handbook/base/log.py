"""The log: what the program did and what failed, for the person who looks for a fault.

Belongs here: where the log is written, its largest size, and what it may contain. Not here: the messages; each module
logs its own through `logging.getLogger(__name__)`; what works without a window too takes `logger(__name__)`.

Nothing that a person typed, wrote or named gets into a log file: no query, text, address, workshop or folder. A
message is a constant with placeholders (`"%d pages"`). Numbers and `Plain` words are filled in; any other value is
replaced by LEFT_OUT. Of an exception only its type and the lines of code are written, because its message may quote
anything. On the terminal, with -v, everything is shown."""

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

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.system_errors import reason_of

FILE, OLDER = "handbook.log", "handbook.1.log"
LARGEST = 1_000_000  # bytes of each of the two files
CRASH = 100_000  # the part of LARGEST that is kept free for what faulthandler writes
DEEPEST = 40  # how many calls of a traceback are written, the last ones
LEFT_OUT = "…"

_logger = logging.getLogger("handbook")
_logger.addHandler(logging.NullHandler())  # without any handler, Python writes warnings to the terminal


def logger(name: str) -> logging.Logger:
    """The logger of a module. While there is no log, its warnings go nowhere, not to the terminal."""
    return logging.getLogger(name)


class Plain(str):
    """A word of the program's own, such as the name of a thread or a command, which a log file may contain."""

    __slots__ = ()


# -- Where it is written --------------------------------------------------------------------------------------


def begin(file: Path | None, *, verbose: bool) -> None:
    """Start the log that the command line asks for. Raises HandbookError.

    file: where to write it. verbose: write more, and also to the terminal."""
    _logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    if verbose and sys.stderr is not None:
        terminal = logging.StreamHandler(sys.stderr)
        terminal.setFormatter(logging.Formatter("%(asctime)s %(threadName)s %(name)s: %(message)s"))
        _logger.addHandler(terminal)
    if file is not None:
        try:
            _logger.addHandler(LogFile(file, None))
        except OSError as exc:
            raise HandbookError(
                tr("The log '{file}' can't be written: {error}.").format(file=file, error=reason_of(exc))
            ) from exc


def keep(folder: Path) -> None:
    """Log into a folder, unless `begin` was given a file. If the folder cannot be written to, there is no log."""
    if _log_file() is not None:
        return
    if _logger.level == logging.NOTSET:
        _logger.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _logger.addHandler(LogFile(folder / FILE, folder / OLDER))
    except OSError:
        return


def stop_keeping() -> None:
    """Stop writing into the folder given to `keep`, as it is about to be cleared."""
    handler = _log_file()
    if handler is not None and handler.older is not None:
        _logger.removeHandler(handler)
        handler.close()


def last_lines(number: int) -> list[str]:
    """The last lines of the log file, without the names of folders."""
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


def _at_once(name: str, flags: int) -> int:
    """Open a file that may be a pipe: one that nobody reads, or reads on, is an error. It would hold the window up."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0), 0o666)


class LogFile(logging.Handler):
    """Writes each line to a file. The file is opened and closed for each, as several windows may write to the same one.

    older: when `file` would exceed LARGEST, its text is moved there; None for no limit. The text is copied, as Windows
    cannot rename a file that another window has open.

    Raises OSError when the file can't be opened. Later errors are ignored: a message about the log helps nobody."""

    def __init__(self, file: Path, older: Path | None) -> None:
        super().__init__()
        self.file, self.older = file, older
        self.setFormatter(_WithoutWords())
        self._crashes = open(file, "ab", buffering=0, opener=_at_once)  # noqa: SIM115 - closed in close()
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
            with open(self.file, "ab", opener=_at_once) as file:
                file.write(line)

    def close(self) -> None:
        """Close the file."""
        if self._owns_crashes:
            faulthandler.disable()
        self._crashes.close()
        super().close()


# -- What it may contain --------------------------------------------------------------------------------------


class _WithoutWords(logging.Formatter):
    """Formats a line of the log file; of the values in a message, only numbers and Plain words are written."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(process)d %(levelname)s %(threadName)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the lines of an exception under it."""
        told = copy.copy(record)
        told.args = tuple(map(_told, record.args)) if isinstance(record.args, tuple) else ()
        told.exc_text = None  # another handler may have stored the whole traceback there
        return super().format(told)

    def formatException(self, ei: tuple[type[BaseException], BaseException, object] | tuple[None, None, None]) -> str:  # noqa: N802 - logging's name
        """The lines of an exception."""
        return traceback_of(ei[1]) if ei[1] is not None else ""


def _told(value: object) -> object:
    if isinstance(value, BaseException):
        return kind_of(value)
    return value if isinstance(value, (int, float, Plain)) else LEFT_OUT


def kind_of(error: BaseException) -> str:
    """An exception's type, with the number of a system error or the name of what was not found; never its message."""
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
    """The path of a file of code below the program's or a package's folder; folders above may name a person."""
    path = Path(file)
    if not path.is_absolute():
        return file if file.startswith("<") else path.name
    roots = (str(Path(__file__).parents[2]), *sys.path)
    fitting = [root for root in roots if root and path.is_relative_to(root)]
    return str(path.relative_to(max(fitting, key=len))) if fitting else path.name


def _without_folder(line: str) -> str:
    """Shorten the file name in a line by faulthandler, such as `  File "/home/anna/handbook/x.py", line 7 in f`."""
    before, quote, rest = line.partition('File "')
    name, end, after = rest.rpartition('"')
    return f"{before}{quote}{short(name)}{end}{after}" if quote and end else line
