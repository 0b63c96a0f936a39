"""Python files as compiled files that are the same on any day, and take as little memory as they can.

Belongs here: compiling. Not here: which files (shipped/).

A start has some 5,600 functions. What no function needs in an installed copy is left out: descriptions of functions and
of modules, which nobody asks for, and in which columns of a line an instruction is, by which Python underlines a piece
of source in a traceback: there is no source. CPython itself leaves columns out where it was started with OPTION, as
build.py is. Classes keep their descriptions: `dataclasses`, for one, makes up another where there is none, and
python-docx looks for those of its enums. Lines keep their numbers."""

from __future__ import annotations

import ast
import importlib.util
import marshal
import os
import sys

OPTION = "no_debug_ranges"  # of -X
UNCHECKED_HASH = 0b01


def begin_anew_without_columns() -> None:
    """Start the script that is running once more, so that CPython compiles without columns; nothing where it does."""
    if OPTION not in sys._xoptions:
        os.execv(sys.executable, [sys.executable, "-X", OPTION, *sys.orig_argv[1:]])  # noqa: S606 - it takes no shell


def compile_source(source: bytes, name: str) -> bytes:
    """The .pyc of a source file, known in tracebacks as `name`.

    Its head (PEP 552) holds the source's hash in place of a time, and says that nobody need compare it: there is no
    source beside it. py_compile writes the same, but puts the path of the source on this machine in."""
    tree = _without_descriptions(ast.parse(source, name))
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little") + importlib.util.source_hash(source)
    return head + marshal.dumps(code)


def _without_descriptions(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)):
            match node.body:
                case [ast.Expr(ast.Constant(str()))] if not isinstance(node, ast.Module):
                    node.body = [ast.copy_location(ast.Pass(), node)]
                case [ast.Expr(ast.Constant(str())), *rest]:
                    node.body = rest
    return tree
