"""A cache in one file: values that were made from other files, so that a start need not make them again.

Belongs here: writing and reading that file. Not here: what the values mean.

A value is kept under the length and the CRC-32 of the bytes that it was made of, so another text never gets it. The
file begins with a CRC-32 of itself, which shows damage, and one of the code that made them, so that a change there
shows at the next start. Where anything is wrong, nothing is known, and all is made as if there were no such file.

The form is that of Python's compiled modules, which is read in a moment and without importing anything. Like them it is
only read from the program's own folder: who can write there can change the program itself."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from handbook.base import bounded

_MOST_BYTES = 16 * 1024 * 1024


def write(file: Path, code: Iterable[Path], values: Mapping[str, object]) -> None:
    """Write values by the names that name_of() gives. Raises atomic_file.NotSaved; an older file is then unchanged.

    Values are dicts, lists, texts and numbers. code: the modules that made them."""
    from handbook.base import atomic_file

    # In the order of names and in a form without references, so that the same values give the same bytes.
    data = marshal.dumps(dict(sorted(values.items())), 2)
    made = (code_of(code) or b"") + b"\n" + data
    atomic_file.save(b"%08x " % zlib.crc32(made) + made, file)


def name_of(data: bytes) -> str:
    """The name under which what was made of some bytes is kept."""
    return f"{len(data):x}-{zlib.crc32(data):08x}"


def code_of(code: Iterable[Path]) -> bytes | None:
    """A hash of modules' sources; None if they are not there: installed code comes with what it has made."""
    try:
        return b"%08x" % zlib.crc32(b"\0".join(file.read_bytes() for file in code))
    except OSError:
        return None


class KeptValues:
    """The values in a file. They are read when first asked for; any thread may ask."""

    def __init__(self, file: Path, code: Iterable[Path]) -> None:
        self._file, self._code = file, code
        self._values: Mapping[str, Any] | None = None

    def get(self, data: bytes) -> Any:  # noqa: ANN401 - what was written
        """What was made of some bytes; None if that is not known. Its form is to be looked at: a file is outside."""
        values = self._values
        if values is None:
            values = self._values = self._read()
        return values.get(name_of(data))

    def forget(self) -> None:
        """Let go of the values; they are read again when one is asked for."""
        self._values = None

    def _read(self) -> Mapping[str, Any]:
        try:
            sign, _, made = bounded.read(self._file, _MOST_BYTES).partition(b" ")
            by, _, data = made.partition(b"\n")
            if sign != b"%08x" % zlib.crc32(made) or by != (code_of(self._code) or by):
                return {}
            values = marshal.loads(data)  # noqa: S302 - from the program's own folder, like its modules
        except (bounded.NotRead, ValueError, TypeError, EOFError):
            return {}
        return values if isinstance(values, dict) else {}
