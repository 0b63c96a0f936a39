"""A large document is set by a process of its own, which ends at once when nobody wants its pages any more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import pytest

from handbook.base import paths
from handbook.base.paths import own_command
from handbook.printing.typeset import Cancelled, TypesetError, Typesetter, compiler, limits, process, typesetter
from handbook.printing.typeset.process import Bounds, Died, NotStarted, Task
from tests.helpers import PATIENCE

ONE = '#set document(title: "One")\nOne page.\n#metadata((part: "", last: 1)) <pages>\n'
NOTHING = Task("nothing", {}, compiler.BOUNDS)
# A list of all these numbers, or what is made of each, would soon be more memory than a document may take.
_LOOPS = "#for a in range(10000) { for b in range(10000) { for c in range(10000) { let x = str(c) } } }"
FOREVER = f'#set document(title: "x")\n{_LOOPS}\n'
HUNGRY = '#set document(title: "x")\n#for x in range(100000000) { str(x) }\n'


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document is large."""
    monkeypatch.setattr(typesetter, "_LARGE", 0)


def in_this_process(*_: object, **__: object) -> None:
    pytest.fail("it was to be set by a child")


def test_a_child_gives_the_same_bytes(always: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as only_child:
        only_child.setattr(compiler, "run", in_this_process)
        made = Typesetter().compile(ONE, 0)
    assert made.told == [{"part": "", "last": 1}]
    monkeypatch.setattr(typesetter, "_LARGE", 10**9)
    assert Typesetter().compile(ONE, 0) == made


def test_one_whose_task_fails_unforeseen_ends_at_once_and_does_not_abort() -> None:
    without_its_inputs = Task("pages", {"files": ["main.typ"]}, compiler.BOUNDS, [ONE.encode()])
    with pytest.raises(Died, match=r"^the process that does it ended without saying why$"):
        process.ask(without_its_inputs)


def test_its_errors_are_told(always: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "run", in_this_process)
    with pytest.raises(TypesetError, match="could not be set"):
        Typesetter().compile("#panic()", 0)


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
def test_a_child_is_ended_when_its_pages_are_not_wanted(always: None) -> None:
    before = children()
    asked = iter([False, False, False, True])

    def cancelled() -> bool:
        return next(asked, True)

    with pytest.raises(Cancelled):
        Typesetter(cancelled=cancelled).compile(FOREVER, 0)
    assert children() == before


# Has a child set a document that takes long, says which process that is, and is killed without a word.
KILLED = """
import os, sys, threading, time
from pathlib import Path
from typing import cast
from handbook.printing.typeset import KeptProcess, Typesetter, typesetter
typesetter._LARGE = 0
threading.Thread(target=Typesetter().compile, args=(sys.argv[1], 0), daemon=True).start()
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


def test_the_time_that_the_computer_slept_is_not_counted(always: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop that was closed while pages were set: on Windows Python's clock goes on meanwhile."""
    slept = 0.0
    clock = time.monotonic

    def nights() -> bool:
        nonlocal slept
        slept += 8 * 3600
        return False

    monkeypatch.setattr(time, "monotonic", lambda: clock() + slept)
    assert Typesetter(cancelled=nights).compile(ONE, 0).told == [{"part": "", "last": 1}]


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_one_that_does_nothing_is_given_up() -> None:
    child = process.Child()
    try:
        os.kill(child.process.pid, signal.SIGSTOP)
        talk = child.begin(NOTHING._replace(bounds=Bounds(compiler.BOUNDS.memory, 0.05)))
        with pytest.raises(Died, match="longer than"):
            talk.answer(process.never)
    finally:
        child.end()


def test_what_is_not_wanted_any_more_is_not_begun() -> None:
    with pytest.raises(Cancelled):
        Typesetter(cancelled=lambda: True).compile(ONE, 0)


def program(monkeypatch: pytest.MonkeyPatch, *command: str) -> None:
    """Have another command run in place of the program itself."""
    monkeypatch.setattr(paths, "own_command", lambda *_: (list(command), dict(os.environ)))


def script(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """The same with a line of Python."""
    program(monkeypatch, sys.executable, "-c", f"import os, sys; out = sys.stdout.buffer; {code}")


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_of_a_child_that_says_something_else_only_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, "out.write(bytes(1 << 20)); out.flush(); sys.stdin.read()")
    with pytest.raises(Died, match=r"^the process that does it gave no answer$"):  # ended by us, and not waited for
        process.ask(NOTHING._replace(bounds=Bounds(compiler.BOUNDS.memory, 1)))


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SIGKILL", "the system stopped the process that does it, most likely as memory was short"),
        ("SIGABRT", "the process that does it broke off, most likely as it needs too much memory"),
        ("SIGTERM", "the process that does it was stopped from outside"),
        ("SIGXCPU", "the process that does it took longer than the system allows"),
        ("SIGSEGV", "the process that does it crashed"),
    ],
)
def test_how_a_child_ended_is_told_in_words(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, f"import signal; sys.stdin.buffer.readline(); os.kill(os.getpid(), signal.{name})")
    with pytest.raises(Died, match=f"^{said}$"):
        process.ask(NOTHING)


@pytest.mark.parametrize("code", ["sys.exit(3)", "print()", "sys.stdin.readline()"], ids=["fails", "says", "reads"])
def test_where_a_child_cannot_be_had_the_pages_are_set_here(
    always: None, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    script(monkeypatch, code)
    with pytest.raises(NotStarted):
        process.ask(NOTHING)
    assert Typesetter().compile(ONE, 0).pdf.startswith(b"%PDF")


@pytest.mark.skipif(sys.platform == "win32", reason="there a pipe takes what is written to it")
def test_a_child_that_got_half_of_its_task_does_not_wait_for_the_rest(
    always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = subprocess.Popen

    def started(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        child = start(command, **options)  # type: ignore[call-overload]
        pipe = child.stdin

        class Broken:
            def write(self, task: bytes) -> None:
                pipe.write(task[:10])
                pipe.flush()
                raise OSError(28, "No space left on device")

            close = pipe.close

        child.stdin = Broken()
        return cast("subprocess.Popen[bytes]", child)

    monkeypatch.setattr(subprocess, "Popen", started)
    with pytest.raises(Died):
        process.ask(NOTHING)


def test_without_a_program_to_start_the_pages_are_set_here(
    always: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program(monkeypatch, str(tmp_path / "none"))
    assert Typesetter().compile(ONE, 0).pdf.startswith(b"%PDF")


# -- Children that die ---------------------------------------------------------------------------------------

HALF = r"""out.write(b'begun\n[{\"answer\": {}, \"kept\": 1}, [9]]\nhalf'); out.flush()"""
DEATHS = {
    "killed before it began": "os.kill(os.getpid(), 9)",
    "killed": "out.write(b'begun\\n'); out.flush(); os.kill(os.getpid(), 11)",
    "half an answer": HALF,
    "no answer": "out.write(b'begun\\n'); out.flush(); sys.exit(1)",
    "too much memory": f"out.write(b'begun\\n'); out.flush(); os._exit({limits.MEMORY_OVER})",
    "too much time": f"out.write(b'begun\\n'); out.flush(); os._exit({limits.TIME_OVER})",
}


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("code", DEATHS.values(), ids=DEATHS)
def test_what_took_a_child_down_is_never_done_in_the_window(
    always: None, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    script(monkeypatch, code)
    monkeypatch.setattr(compiler, "run", in_this_process)
    with pytest.raises(TypesetError, match=r"could not be set: .*fewer sections"):
        Typesetter().compile(ONE, 0)


def test_a_child_that_takes_too_much_memory_or_time_is_ended_and_told() -> None:
    told = {"files": ["main.typ"], "stamp": 0, "inputs": [], "tagged": False}
    with pytest.raises(Died, match="more than 200 MB"):
        process.ask(Task("pages", told, Bounds(200 << 20, 600), [HUNGRY.encode()]))
    slow = b"#for x in range(10000) { for y in range(10000) { let z = str(y) } }"
    with pytest.raises(Died, match="longer than 1 seconds"):
        process.ask(Task("pages", told, Bounds(compiler.BOUNDS.memory, 1), [slow]))


def test_a_child_that_does_nothing_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, "import time; out.write(b'begun\\n'); out.flush(); time.sleep(600)")
    with pytest.raises(Died, match="longer"):
        process.ask(Task("nothing", {}, Bounds(compiler.BOUNDS.memory, 0.05)))


def test_a_panic_of_the_library_is_an_error_like_others(monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    def panics(*_: object, **__: object) -> None:
        raise panic("index out of bounds")

    monkeypatch.setattr(compiler, "_pdf", panics)
    with pytest.raises(TypesetError, match="index out of bounds"):
        Typesetter().compile(ONE, 0)
    monkeypatch.setattr(compiler, "_pdf", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        Typesetter().compile(ONE, 0)


# -- Pages that hold others up --------------------------------------------------------------------------------


def test_pages_that_never_get_done_do_not_keep_others_from_being_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetter, "_PATIENCE", 0.0)
    assert typesetter._running.acquire(timeout=PATIENCE)  # as a document holds it that Typst sets for ever
    try:
        assert Typesetter().compile(ONE, 0).pdf.startswith(b"%PDF")
        with pytest.raises(Cancelled):
            Typesetter(cancelled=lambda: True).compile(ONE, 0)
    finally:
        typesetter._running.release()


def test_the_program_starts_itself_from_any_folder(tmp_path: Path) -> None:
    for name in ("__init__.py", "__main__.py"):  # a package of the same name, where the person happens to be
        another = tmp_path / "handbook" / name
        another.parent.mkdir(exist_ok=True)
        another.write_text("print('another')")
    command, environment = own_command("--version")
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("handbook ")


def test_an_installed_launcher_is_started_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(Path("/opt/field-handbook/bin/handbook")))
    assert own_command("typeset-worker")[0] == [str(Path("/opt/field-handbook/bin/handbook")), "typeset-worker"]


def test_the_program_without_a_console_serves_it_too(always: None, monkeypatch: pytest.MonkeyPatch) -> None:
    # On Windows the window's program has an entry of its own, and is the one that starts itself.
    _, environment = own_command(process.COMMAND)
    command = [sys.executable, "-P", "-c", "import sys; from handbook.cli.main import window; sys.exit(window())"]
    monkeypatch.setattr(paths, "own_command", lambda *words: ([*command, *words], environment))
    monkeypatch.setattr(compiler, "run", in_this_process)
    assert Typesetter().compile(ONE, 0).told == [{"part": "", "last": 1}]


@pytest.mark.parametrize("task", ["", "{}", "[1]", "no"])
def test_the_hidden_command_takes_nothing_but_its_task(task: str) -> None:
    command, environment = own_command(process.COMMAND)
    done = subprocess.run(command, env=environment, input=task, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")
