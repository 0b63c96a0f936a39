"""Python files as compiled files that are the same on any day, and take as little memory as they can.

Belongs here: compiling. Not here: which files (shipped/).

A start has some 5,600 functions. What no function needs in an installed copy is left out: descriptions of functions and
of modules, which nobody asks for, and in which columns of a line an instruction is, by which Python underlines a piece
of source in a traceback: there is no source. Classes keep their descriptions: `dataclasses`, for one, makes up another
where there is none, and python-docx looks for those of its enums. Lines keep their numbers."""

from __future__ import annotations

import ast
import importlib.util
import marshal
from collections.abc import Iterator
from types import CodeType

UNCHECKED_HASH = 0b01

# Of CPython's table of locations (its InternalDocs/code_objects.md): kinds of entries, and how long one may be.
_NO_COLUMNS, _NO_LINE = 13, 15
_MOST_UNITS, _UNIT = 8, 2  # a unit is two bytes of instructions


def compile_source(source: bytes, name: str) -> bytes:
    """The .pyc of a source file, known in tracebacks as `name`.

    Its head (PEP 552) holds the source's hash in place of a time, and says that nobody need compare it: there is no
    source beside it. py_compile writes the same, but puts the path of the source on this machine in."""
    tree = _without_descriptions(ast.parse(source, name))
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little") + importlib.util.source_hash(source)
    return head + marshal.dumps(_without_columns(code))


def _without_descriptions(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)):
            match node.body:
                case [ast.Expr(ast.Constant(str()))] if not isinstance(node, ast.Module):
                    node.body = [ast.copy_location(ast.Pass(), node)]
                case [ast.Expr(ast.Constant(str())), *rest]:
                    node.body = rest
    return tree


def _without_columns(code: CodeType) -> CodeType:
    constants = tuple(_without_columns(one) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=b"".join(_lines(code)))


def _lines(code: CodeType) -> Iterator[bytes]:
    """The table that says which instructions are of which line."""
    before = code.co_firstlineno
    for start, end, line in code.co_lines():
        units = (end - start) // _UNIT
        while units:
            length = min(units, _MOST_UNITS)
            kind = _NO_LINE if line is None else _NO_COLUMNS
            yield bytes([0x80 | kind << 3 | length - 1])
            if line is not None:
                yield _signed(line - before)
                before = line
            units -= length


def _signed(value: int) -> bytes:
    """A whole number as the table has it: the sign in the last bit, six bits in a byte, the lowest first."""
    rest = -value << 1 | 1 if value < 0 else value << 1
    found = []
    while rest >= 0x40:
        found.append(0x40 | rest & 0x3F)
        rest >>= 6
    return bytes([*found, rest])
