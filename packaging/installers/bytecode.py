"""Python files as compiled files that are the same on any day, and the standard library as one zip.

Belongs here: compiling. Not here: which files (shipped/)."""

from __future__ import annotations

import importlib.util
import marshal
import zipfile
from collections.abc import Iterable
from pathlib import Path

UNCHECKED_HASH = 0b01
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def compile_source(source: bytes, name: str) -> bytes:
    """The .pyc of a source file, known in tracebacks as `name`.

    Its head (PEP 552) holds the source's hash in place of a time, and says that nobody need compare it: there is no
    source beside it. py_compile writes the same, but puts the path of the source on this machine in."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little") + importlib.util.source_hash(source)
    return head + marshal.dumps(code)


def library_zip(to: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip of compiled modules, by (path of the .pyc, data), stored: what packs it later packs it better."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for path, data in sorted(files):
            info = zipfile.ZipInfo(path, ZIP_DATE)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
