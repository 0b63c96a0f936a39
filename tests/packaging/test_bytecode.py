"""What compiled files hold beside instructions: the numbers of lines, and no more than is asked for."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from installers import project
from installers.bytecode import compile_source

FACTS = project.read()

SOURCE = '''"""Of the module."""
from __future__ import annotations

class Kept:
    """Of the class."""
    def bare(self):
        """Of a function that does nothing."""

    async def later(self, x):
        """Of one that does something."""
        yield (x +
            1 / x)
'''
# What build.py does first, and then the places of a function's instructions: lines and columns.
SCRIPT = f"""
from installers import bytecode
bytecode.begin_anew_without_columns()
import marshal
made = marshal.loads(bytecode.compile_source({SOURCE!r}.encode(), "f.py")[16:])
kept = next(one for one in made.co_consts if getattr(one, "co_name", "") == "Kept")
later = next(one for one in kept.co_consts if getattr(one, "co_name", "") == "later")
lines = {{place[0] for place in later.co_positions()}} - {{None}}  # CPython 3.13 adds instructions of no line
print(sorted(lines), {{place[2:] for place in later.co_positions()}})
"""


def test_compiled_files_tell_lines_and_no_columns(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    place = {**os.environ, "PYTHONPATH": str(FACTS.root / "packaging")}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, env=place)
    assert done.stdout == "[9, 11, 12] {(None, None)}\n"


def test_only_classes_keep_their_descriptions() -> None:
    made: dict[str, Any] = {}
    exec(marshal.loads(compile_source(SOURCE.encode(), "f.py")[16:]), made)  # noqa: S102, S302 - the source above
    kept = made["Kept"]
    assert (made.get("__doc__"), kept.__doc__) == (None, "Of the class.")
    assert (kept.bare.__doc__, kept.later.__doc__, kept().bare()) == (None, None, None)
