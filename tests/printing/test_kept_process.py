"""The window's pages are set by one process that is kept: what it may take, how it ends, what follows then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from handbook.base import paths
from handbook.base.paths import own_command
from handbook.printing.typeset import Cancelled, TypesetError, Typesetter, compiler, kept_process, process, typesetter
from handbook.printing.typeset.kept_process import KeptProcess
from handbook.printing.typeset.process import Bounds, Child, Task
from tests.helpers import PATIENCE
from tests.printing.test_typesetting_process import FOREVER, HUNGRY, KILLED, ONE, runs

CRASH = Task("no such task", {}, compiler.BOUNDS)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[KeptProcess]:
    """A kept process; nothing is set in this one."""
    made = KeptProcess()
    monkeypatch.setattr(typesetter, "_here", lambda *_: pytest.fail("it was to be set by the kept process"))
    yield made
    for thread in threading.enumerate():
        if thread.name == "warm up":
            thread.join()
    made.close()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that are started from now on."""
    found: list[int] = []
    start = Child.__init__

    def noted(child: Child, **options: bool) -> None:
        start(child, **options)
        found.append(child.process.pid)

    monkeypatch.setattr(Child, "__init__", noted)
    return found


def wait_for(true: Callable[[], bool]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        threading.Event().wait(0.01)


def has_ended(pid: int) -> bool:
    """Has a process ended that is ours?"""
    return not runs(pid)


def test_one_process_sets_one_document_after_the_other(kept: KeptProcess, started: list[int]) -> None:
    made = [Typesetter(kept).compile(ONE + "#pagebreak()\n" * n, 0) for n in range(3)]
    assert all(one.told == [{"part": "", "last": 1}] for one in made)
    assert len({one.pdf for one in made}) == 3
    assert len(started) == 1


def test_its_pages_are_those_of_this_process(kept: KeptProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ONE + '#import "other.typ": word\n#word #sys.inputs.name'
    files, inputs = {"other.typ": '#let word = "Wörter"'}, {"name": "\x00ÿ\n€"}
    there = Typesetter(kept).compile(text, 0, inputs, files)
    monkeypatch.undo()
    assert Typesetter().compile(text, 0, inputs, files) == there


def test_its_errors_are_told_and_it_goes_on(kept: KeptProcess, started: list[int]) -> None:
    with pytest.raises(TypesetError, match="could not be set"):
        Typesetter(kept).compile("#panic()", 0)
    assert Typesetter(kept).compile(ONE, 0).pdf.startswith(b"%PDF")
    assert len(started) == 1


def test_what_takes_it_down_is_an_error_and_the_next_pages_get_another(
    kept: KeptProcess, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    Typesetter(kept).compile(ONE, 0)
    with monkeypatch.context() as small:
        small.setattr(compiler, "BOUNDS", Bounds(200 << 20, 600))
        with pytest.raises(TypesetError, match=r"more than 200 MB .*fewer sections"):
            Typesetter(kept).compile(HUNGRY, 0)
    assert has_ended(started[0])
    assert Typesetter(kept).compile(ONE, 0).pdf.startswith(b"%PDF")
    assert len(started) == 2


def test_time_is_counted_anew_for_each_document(kept: KeptProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "BOUNDS", Bounds(compiler.BOUNDS.memory, 1))
    slow = "#for x in range(10000) { for y in range(10000) { let z = str(y) } }"
    with pytest.raises(TypesetError, match="longer than 1 seconds"):
        Typesetter(kept).compile(slow, 0)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_one_that_was_killed_while_it_had_nothing_to_do_is_replaced(kept: KeptProcess, started: list[int]) -> None:
    Typesetter(kept).compile(ONE, 0)
    os.kill(started[0], signal.SIGKILL)
    wait_for(lambda: has_ended(started[0]))
    assert Typesetter(kept).compile(ONE, 0).pdf.startswith(b"%PDF")
    assert len(started) == 2


def test_one_that_ended_because_nobody_used_it_is_replaced(
    kept: KeptProcess, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, environment = own_command(process.COMMAND)
    at_once = "from handbook.printing.typeset import process_main as main; main._IDLE = 0; main.serve()"
    monkeypatch.setattr(paths, "own_command", lambda *_: ([sys.executable, "-P", "-c", at_once], environment))
    for number in range(2):
        assert Typesetter(kept).compile(ONE, 0).pdf.startswith(b"%PDF")
        wait_for(lambda number=number: has_ended(started[number]))  # type: ignore[misc]  # mypy: a default in a lambda
    assert len(started) == 2


def test_what_is_cancelled_is_ended(kept: KeptProcess, started: list[int]) -> None:
    asked = iter([False, False, False])
    with pytest.raises(Cancelled):
        Typesetter(kept, cancelled=lambda: next(asked, True)).compile(FOREVER, 0)
    wait_for(lambda: has_ended(started[0]))
    assert Typesetter(kept).compile(ONE, 0).pdf.startswith(b"%PDF")
    assert len(started) == 2


def test_what_is_cancelled_and_soon_done_leaves_the_process(
    kept: KeptProcess, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_process, "_GRACE", PATIENCE)
    Typesetter(kept).compile(ONE, 0)
    asked = iter([False])  # before it is given to the process
    slow = ONE + "#let x = range(300000).map(str)"
    with pytest.raises(Cancelled):
        Typesetter(kept, cancelled=lambda: next(asked, True)).compile(slow, 0)
    monkeypatch.setattr(kept_process, "_PATIENCE", PATIENCE)
    assert Typesetter(kept).compile(ONE, 0).told == [{"part": "", "last": 1}]
    assert len(started) == 1


@pytest.mark.parametrize(("limit", "value"), [("_MOST_KEPT", 0), ("_MOST_TASKS", 1)])
def test_one_that_holds_much_or_did_much_is_replaced(
    kept: KeptProcess, started: list[int], monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(kept_process, limit, value)
    Typesetter(kept).compile(ONE, 0)
    monkeypatch.setattr(kept_process, limit, 1 << 40)
    assert Typesetter(kept).compile(ONE, 0).pdf.startswith(b"%PDF")
    assert len(started) == 2
    assert has_ended(started[0])


def test_pages_that_never_get_done_do_not_hold_others_up(
    kept: KeptProcess, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_process, "_PATIENCE", 0)
    over = threading.Event()
    asked = threading.Event()

    def cancelled() -> bool:
        asked.set()
        return over.is_set()

    def forever() -> None:
        with pytest.raises(Cancelled):
            Typesetter(kept, cancelled=cancelled).compile(FOREVER, 0)

    other = threading.Thread(target=forever)
    other.start()
    assert asked.wait(PATIENCE)
    wait_for(lambda: bool(started))
    assert Typesetter(kept).compile(ONE, 0).pdf.startswith(b"%PDF")
    over.set()
    other.join()
    assert len(started) == 2


def test_it_is_started_before_it_is_needed(kept: KeptProcess, started: list[int]) -> None:
    Typesetter(kept).warm_up()
    Typesetter(kept).warm_up()
    wait_for(lambda: bool(started))
    assert Typesetter(kept).compile(ONE, 0).pdf.startswith(b"%PDF")
    assert len(started) == 1


def test_it_ends_with_its_owner(kept: KeptProcess, started: list[int]) -> None:
    Typesetter(kept).compile(ONE, 0)
    Typesetter(kept).close()
    assert has_ended(started[0])
    Typesetter(kept).warm_up()
    with pytest.raises(Cancelled):
        Typesetter(kept).compile(ONE, 0)
    assert len(started) == 1


def test_it_ends_with_its_owner_also_while_it_sets_pages(kept: KeptProcess, started: list[int]) -> None:
    asked = threading.Event()
    ended: list[BaseException] = []

    def cancelled() -> bool:
        asked.set()
        return False

    def forever() -> None:
        try:
            Typesetter(kept, cancelled=cancelled).compile(FOREVER, 0)
        except Cancelled as exc:
            ended.append(exc)

    other = threading.Thread(target=forever)
    other.start()
    assert asked.wait(PATIENCE)
    wait_for(lambda: bool(started))
    Typesetter(kept).close()
    other.join(PATIENCE)
    assert ended
    wait_for(lambda: has_ended(started[0]))


def test_a_task_that_it_does_not_know_is_no_task(kept: KeptProcess, started: list[int]) -> None:
    with pytest.raises(process.NotStarted):
        kept.ask(CRASH)
    Typesetter(kept).compile(ONE, 0)
    with pytest.raises(process.NotStarted):
        kept.ask(CRASH)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux lists them")
def test_it_ends_with_a_window_that_is_killed() -> None:
    command, environment = own_command()
    code = KILLED.replace("Typesetter()", "Typesetter(KeptProcess())")
    done = subprocess.run(
        [*command[: command.index("-m")], "-c", code, FOREVER],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -9, done.stderr
    wait_for(lambda: has_ended(int(done.stdout)))
