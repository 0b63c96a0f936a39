"""Python files as compiled files that are the same on any day.

Belongs here: compiling. Not here: which files (shipped/)."""

from __future__ import annotations

import importlib.util
import marshal

UNCHECKED_HASH = 0b01


def compile_source(source: bytes, name: str) -> bytes:
    """The .pyc of a source file, known in tracebacks as `name`.

    Its head (PEP 552) holds the source's hash in place of a time, and says that nobody need compare it: there is no
    source beside it. py_compile writes the same, but puts the path of the source on this machine in."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little") + importlib.util.source_hash(source)
    return head + marshal.dumps(code)
