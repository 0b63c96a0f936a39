"""What compiled files hold beside instructions: the numbers of lines, and no more than is asked for."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from types import CodeType
from typing import Any

from installers.bytecode import compile_source

FAR = "\n" * 3000  # a difference that takes several bytes
SOURCE = f'''"""Of the module."""
from __future__ import annotations

class Kept:
    """Of the class."""
    def bare(self):
        """Of a function that does nothing."""

    async def later(self, x):
        """Of one that does something."""{FAR}
        def inner():
            return [{"x + 1," * 60}
                1 / x]
        for one in inner():{FAR}
            yield one; \\
                yield x
'''


def test_compiled_files_tell_the_lines_as_python_does_and_no_columns() -> None:
    found = list(_parts(_code()))
    usual = list(_parts(compile(SOURCE, "f.py", "exec")))
    assert [one.co_name for one in found] == [one.co_name for one in usual]
    # The description of a module is an instruction of its own.
    assert [list(one.co_lines()) for one in found[1:]] == [list(one.co_lines()) for one in usual[1:]]
    assert {place[2:] for one in found for place in one.co_positions()} == {(None, None)}


def test_only_classes_keep_their_descriptions() -> None:
    made: dict[str, Any] = {}
    exec(_code(), made)  # noqa: S102 - the source above
    kept = made["Kept"]
    assert (made.get("__doc__"), kept.__doc__) == (None, "Of the class.")
    assert (kept.bare.__doc__, kept.later.__doc__, kept().bare()) == (None, None, None)


def _code() -> CodeType:
    code: CodeType = marshal.loads(compile_source(SOURCE.encode(), "f.py")[16:])  # noqa: S302 - just made
    return code


def _parts(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _parts(one)
