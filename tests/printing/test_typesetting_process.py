"""A large document is set by a process of its own, which ends at once when nobody wants its pages any more."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.base import paths
from handbook.base.paths import own_command
from handbook.printing.typeset import Cancelled, TypesetError, compiler
from tests.helpers import PATIENCE

ONE = '#set document(title: "One")\nOne page.\n#metadata((part: "", last: 1)) <pages>\n'
ENDLESS = '#set document(title: "x")\n#let x = 0\n#while true { x += 1 }\n'
FOREVER = '#set document(title: "x")\n#for x in range(100000000) { str(x) }\n'


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document is large."""
    monkeypatch.setattr(compiler, "_LARGE", 0)


def in_this_process(*_: object, **__: object) -> None:
    pytest.fail("it was to be set by a child")


def test_a_child_gives_the_same_bytes(always: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as only_child:
        only_child.setattr(compiler, "_run", in_this_process)
        made = compiler.compile_and_ask(ONE, 0)
    assert made.told == [{"part": "", "last": 1}]
    monkeypatch.setattr(compiler, "_LARGE", 10**9)
    assert compiler.compile_and_ask(ONE, 0) == made


def test_its_errors_are_told(always: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "_run", in_this_process)
    with pytest.raises(TypesetError, match="could not be set"):
        compiler.compile_and_ask("#panic()", 0)


def children() -> set[int]:
    """The processes that this one has started and that still run."""
    found: set[int] = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = status.read_text().rpartition(")")
        except OSError:
            continue
        state, parent = rest.split()[:2]
        if int(parent) == os.getpid() and state != "Z":
            found.add(int(name.split()[0]))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes where Linux lists them")
@pytest.mark.parametrize("source", [ENDLESS, FOREVER], ids=["endless", "long"])
def test_a_child_is_ended_when_its_pages_are_not_wanted(always: None, source: str) -> None:
    before = children()
    asked = iter([False, False, False, True])

    def cancelled() -> bool:
        return next(asked, True)

    with pytest.raises(Cancelled):
        compiler.compile_and_ask(source, 0, cancelled=cancelled)
    assert children() == before


# Has a child set a document that takes long, says which process that is, and is killed without a word.
KILLED = """
import os, sys, threading, time
from pathlib import Path
from handbook.printing.typeset import compiler
compiler._LARGE = 0
threading.Thread(target=compiler.compile_and_ask, args=(sys.argv[1], 0), daemon=True).start()
mine = Path(f"/proc/{os.getpid()}/task/")
found = []
while not found:
    time.sleep(0.05)
    found = [pid for task in mine.iterdir() for pid in (task / "children").read_text().split()]
time.sleep(1)
print(found[0], flush=True)
os.kill(os.getpid(), 9)
"""


def runs(pid: int) -> bool:
    """Is there such a process, and not just its name?"""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes where Linux lists them")
def test_a_child_ends_with_the_program_however_that_ends() -> None:
    command, environment = own_command()
    python = [*command[: command.index("-m")], "-c", KILLED, FOREVER]
    done = subprocess.run(python, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    child = int(done.stdout)
    end = time.monotonic() + PATIENCE
    while runs(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not runs(child)


def test_what_is_not_wanted_any_more_is_not_begun() -> None:
    with pytest.raises(Cancelled):
        compiler.compile_and_ask(ONE, 0, cancelled=lambda: True)


def failing(folder: Path) -> Iterator[list[str]]:
    script = folder / "program"
    script.write_text("#!/bin/sh\nexit 3\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    yield [str(folder / "none")]
    yield [str(script)]
    yield [sys.executable, "-c", "print()"]


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for the program")
@pytest.mark.parametrize("number", range(3), ids=["no-program", "fails", "says-nothing"])
def test_without_a_child_the_pages_are_set_here(
    always: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int
) -> None:
    command = list(failing(tmp_path))[number]
    monkeypatch.setattr(paths, "own_command", lambda *_: (command, dict(os.environ)))
    assert compiler.compile_and_ask(ONE, 0).pdf.startswith(b"%PDF")


def test_the_program_starts_itself_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "__main__.py").write_text("print('another')")
    command, environment = own_command("--version")
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("handbook ")


def test_an_installed_launcher_is_started_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(Path("/opt/field-handbook/bin/handbook")))
    assert own_command("typeset-worker")[0] == [str(Path("/opt/field-handbook/bin/handbook")), "typeset-worker"]


def test_the_program_without_a_console_serves_it_too(always: None, monkeypatch: pytest.MonkeyPatch) -> None:
    # On Windows the window's program has an entry of its own, and is the one that starts itself.
    _, environment = own_command(compiler.WORKER)
    command = [sys.executable, "-P", "-c", "import sys; from handbook.cli.main import window; sys.exit(window())"]
    monkeypatch.setattr(paths, "own_command", lambda *words: ([*command, *words], environment))
    monkeypatch.setattr(compiler, "_run", in_this_process)
    assert compiler.compile_and_ask(ONE, 0).told == [{"part": "", "last": 1}]


@pytest.mark.parametrize("task", ["", "{}", "[1]", "no"])
def test_the_hidden_command_takes_nothing_but_its_task(task: str) -> None:
    command, environment = own_command(compiler.WORKER)
    done = subprocess.run(command, env=environment, input=task, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")
