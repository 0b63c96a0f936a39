"""run.py: what it takes for a whole .venv, what it does with one, and what it says when it cannot make one.

No test here installs anything: .venv's Python is a shell script that writes down how it was called."""

from __future__ import annotations

import ast
import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import checks
import pytest
import set_up

import run
from tests.helpers import PATIENCE

SOURCE = Path(run.__file__)
CALLED = "#!/bin/sh\nfor word; do printf '[%s]' \"$word\"; done; echo\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for .venv's Python is a shell script")


@pytest.fixture
def checkout(tmp_path: Path) -> run.Checkout:
    """A copy of what run.py needs, in a folder with a space and Cyrillic letters in its name."""
    root = tmp_path / "спроба 1"
    root.mkdir()
    shutil.copytree(SOURCE.parent / "packaging" / "locks", root / "packaging" / "locks")
    for name in ("run.py", "pyproject.toml", "packaging/set_up.py", "packaging/checks.py"):
        shutil.copy(SOURCE.parent / name, root / name)
    return run.Checkout(root)


def make_venv(checkout: run.Checkout, kind: str = run.PLAIN, python: str = CALLED) -> None:
    """Make a .venv that run.py takes for whole."""
    checkout.python.parent.mkdir(parents=True)
    checkout.python.write_text(python)
    checkout.python.chmod(0o755)
    checkout.stamp.write_bytes(checkout.stamp_for(kind))


def call(checkout: run.Checkout, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the checkout's run.py from another folder, as a person would."""
    command = [sys.executable, str(checkout.root / "run.py"), *arguments]
    return subprocess.run(
        command,
        cwd=checkout.root.parent,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,  # and no time-out: a busy machine takes longer for an empty environment than any wait may
    )


# The stamp


@pytest.mark.parametrize(
    ("made_for", "asked", "ready"),
    [
        (run.PLAIN, run.PLAIN, True),
        (run.TEST, run.TEST, True),
        (run.TEST, run.PLAIN, True),
        (run.PLAIN, run.TEST, False),
    ],
)
def test_a_venv_with_the_test_tools_also_opens_the_window_but_not_the_reverse(
    checkout: run.Checkout, made_for: str, asked: str, ready: bool
) -> None:
    make_venv(checkout, made_for)
    assert checkout.ready(asked) is ready


def lose_the_stamp(checkout: run.Checkout) -> None:
    checkout.stamp.unlink()


def cut_the_stamp(checkout: run.Checkout) -> None:
    checkout.stamp.write_bytes(checkout.stamp.read_bytes()[:30])


def change_a_pin(checkout: run.Checkout) -> None:
    with (checkout.root / "pyproject.toml").open("a") as file:
        file.write("# one more line\n")


def change_a_lock(checkout: run.Checkout) -> None:
    with checkout.locks(run.PLAIN)[0].open("a") as file:
        file.write("# one more line\n")


def use_another_python(checkout: run.Checkout) -> None:
    checkout.stamp.write_bytes(checkout.stamp.read_bytes().replace(b"python 3.", b"python 2."))


def uninstall_the_python(checkout: run.Checkout) -> None:
    checkout.python.unlink()
    checkout.python.symlink_to(checkout.root / "removed" / "python3")


@pytest.mark.parametrize(
    "damage", [lose_the_stamp, cut_the_stamp, change_a_pin, change_a_lock, use_another_python, uninstall_the_python]
)
def test_a_venv_made_for_something_else_is_not_used(
    checkout: run.Checkout, damage: Callable[[run.Checkout], None]
) -> None:
    make_venv(checkout)
    damage(checkout)
    assert not checkout.ready(run.PLAIN)


def test_a_folder_that_was_moved_gets_a_new_venv(checkout: run.Checkout) -> None:
    make_venv(checkout)
    moved = run.Checkout(checkout.root.rename(checkout.root.with_name("moved")))
    assert moved.stamp.exists()
    assert not moved.ready(run.PLAIN)


# Starting


def test_arguments_reach_the_handbook_as_they_were_typed(checkout: run.Checkout) -> None:
    make_venv(checkout)
    started = call(checkout, "search", "two words", "", "ж*", "--json")
    assert started.stdout == "[-P][-m][handbook][search][two words][][ж*][--json]\n"
    assert started.stderr == ""


def test_the_exit_status_is_the_handbooks(checkout: run.Checkout) -> None:
    make_venv(checkout, python="#!/bin/sh\nexit 7\n")
    assert call(checkout).returncode == 7


def test_the_second_start_imports_nothing_slow(checkout: run.Checkout) -> None:
    make_venv(checkout)
    # -S: what the machine's own site-packages import at every start is not ours.
    command = [sys.executable, "-S", "-X", "importtime", str(checkout.root / "run.py")]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    imported = {line.rpartition("|")[2].strip() for line in report.splitlines()}
    assert "zlib" in imported
    assert not imported & {"importlib.util", "json", "shutil", "subprocess", "tempfile", "typing", "venv"}


# Setting up


class FakeCommands:
    """Stands in for set_up.run_logged: makes what the real commands would leave, fails where told to."""

    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.done: list[str] = []

    def __call__(self, checkout: run.Checkout, what: str, *command: str) -> None:
        assert command
        self.done.append(what)
        assert not checkout.stamp.exists(), "the stamp comes last"
        if what == self.failing:
            raise set_up.SetUpError(f"{what} failed")
        checkout.python.parent.mkdir(parents=True, exist_ok=True)
        checkout.python.touch()


def test_what_a_failed_set_up_left_is_cleared_by_the_next(
    checkout: run.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up, "run_logged", FakeCommands(failing="Installing packages"))
    with pytest.raises(set_up.SetUpError):
        set_up.set_up(checkout, run.PLAIN)
    assert not checkout.ready(run.PLAIN)

    leftover = checkout.venv / "half a package"
    leftover.touch()
    commands = FakeCommands()
    monkeypatch.setattr(set_up, "run_logged", commands)
    set_up.set_up(checkout, run.PLAIN)
    assert commands.done == [
        "Making an empty environment",
        "Installing packages",
        "Installing the handbook",
        "Building the search index",
        "Compiling the translations",
    ]
    assert checkout.ready(run.PLAIN)
    assert not leftover.exists()


def test_a_fault_in_the_content_is_told_and_does_not_stop_the_set_up(
    checkout: run.Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "run_logged", FakeCommands(failing="Building the search index"))
    set_up.set_up(checkout, run.PLAIN)
    assert checkout.ready(run.PLAIN)
    assert "Building the search index failed" in capsys.readouterr().err


def test_the_second_of_two_runs_waits_and_uses_what_the_first_made(
    checkout: run.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = threading.Event()
    commands = FakeCommands()
    monkeypatch.setattr(set_up, "run_logged", commands)
    monkeypatch.setattr(set_up, "say", lambda line: waiting.set() if "waiting" in line else None)
    second = threading.Thread(target=set_up.set_up, args=(checkout, run.PLAIN))
    with set_up.locked(checkout):
        second.start()
        assert waiting.wait(PATIENCE)
        make_venv(checkout)
    second.join(PATIENCE)
    assert not second.is_alive()
    assert commands.done == []


OWNER = """
import sys
sys.path.insert(0, "packaging")
import run, set_up
checkout = run.Checkout(run.Path(sys.argv[1]))
pip = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
with set_up.locked(checkout):
    set_up.run_logged(checkout, "pip", sys.executable, "-c", pip)
"""


def test_the_lock_outlives_a_killed_run_for_as_long_as_its_pip(checkout: run.Checkout) -> None:
    checkout.venv.mkdir()
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(checkout.root)], cwd=SOURCE.parent)
    while not (checkout.log.exists() and checkout.log.read_text().endswith("\n")):
        assert owner.poll() is None
        time.sleep(0.02)
    pip = int(checkout.log.read_text())
    owner.kill()
    owner.wait()

    taken = threading.Event()

    def take() -> None:
        with set_up.locked(checkout):
            taken.set()

    next_run = threading.Thread(target=take)
    next_run.start()
    assert not taken.wait(0.5)
    os.kill(pip, signal.SIGKILL)
    assert taken.wait(PATIENCE)
    next_run.join()


def test_the_package_is_found_by_a_path_in_ascii(checkout: run.Checkout) -> None:
    folder = checkout.venv / "lib" / "python3.11" / "site-packages"
    folder.mkdir(parents=True)
    pth = folder / "_editable_impl_field_handbook.pth"
    pth.write_text(str(checkout.root), encoding="utf-8")
    set_up.name_checkout_by_relative_path(checkout)
    named = pth.read_text(encoding="ascii").removesuffix("\n")
    assert (folder / named).resolve() == checkout.root.resolve()


@pytest.mark.slow
def test_without_a_package_index_it_says_so_in_one_line_and_leaves_nothing_in_use(
    checkout: run.Checkout,
) -> None:
    started = call(checkout, PIP_CONFIG_FILE=os.devnull, PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    assert started.returncode == 1
    assert "no package index answered" in started.stderr.splitlines()[-1]
    assert str(checkout.log) in started.stderr
    assert not checkout.ready(run.PLAIN)


def test_a_failed_command_is_told_with_its_last_lines_and_the_log(checkout: run.Checkout) -> None:
    checkout.venv.mkdir()
    noisy = "for n in range(99): print('line', n)\nraise SystemExit(3)"
    with pytest.raises(set_up.SetUpError) as failure:
        set_up.run_logged(checkout, "Installing packages", sys.executable, "-c", noisy)
    told = str(failure.value).splitlines()
    assert told[0] == "Installing packages failed:"
    assert told[-2] == "    line 98"
    assert str(checkout.log) in told[-1]
    assert len(told) == set_up.LINES_SHOWN + 2


class Terminal(io.StringIO):
    """Standard error that a person looks at. go_on: made when the line that is waited for is seen."""

    def __init__(self, waited_for: str, go_on: Path) -> None:
        super().__init__()
        self._waited_for, self.go_on = waited_for, go_on

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._waited_for in text:
            self.go_on.touch()
        return super().write(text)


class LogFile(Terminal):
    """Standard error that nobody looks at. go_on: made when it was asked whether somebody does."""

    def isatty(self) -> bool:
        self.go_on.touch()
        return False


def install(checkout: run.Checkout, monkeypatch: pytest.MonkeyPatch, error: Terminal) -> str:
    """Run a command that says what it does and goes on until it was seen; what stood on standard error."""
    checkout.venv.mkdir()
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.setattr(set_up, "SHOWN_EVERY", 0.01)
    said = "print('  Downloading big.whl \\x1b(98 MB)', flush=True)"
    waits = f"import os, time\n{said}\nwhile not os.path.exists({str(error.go_on)!r}): time.sleep(0.01)"
    set_up.run_logged(checkout, "Installing packages", sys.executable, "-c", waits)
    return error.getvalue()


def test_a_person_at_a_terminal_sees_what_a_long_command_is_doing(
    checkout: run.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = install(checkout, monkeypatch, Terminal("Downloading big.whl (98 MB)", checkout.root / "seen"))
    lines = seen.split("\r")
    assert lines[0] == "Installing packages\n"
    assert lines[-2:] == [" " * len(lines[-2]), ""]  # nothing of it is left
    assert seen.count("\n") == 1


def test_who_does_not_look_at_a_terminal_gets_the_lines_alone(
    checkout: run.Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert install(checkout, monkeypatch, LogFile("no such words", checkout.root / "seen")) == "Installing packages\n"


# What a bare computer lacks


def test_an_old_python_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 8))
    monkeypatch.setattr(run, "OLDEST_PYTHON", (3, 99))
    assert run.main([]) == 1
    told = capsys.readouterr().err
    assert "needs Python 3.99 or later" in told
    assert told.count("\n") == 1


def test_the_oldest_python_is_the_one_in_pyproject() -> None:
    oldest = ".".join(map(str, run.OLDEST_PYTHON))
    assert f'requires-python = ">={oldest}"' in SOURCE.with_name("pyproject.toml").read_text(encoding="utf-8")


NO_EGL = """#!/bin/sh
case "$*" in
  *display.check*) echo 'handbook: libEGL.so.1 is not installed: sudo apt install libegl1' >&2; exit 1;;
esac
echo "$*"
"""


def test_a_missing_library_ends_the_tests_with_the_command_that_brings_it(checkout: run.Checkout) -> None:
    make_venv(checkout, run.TEST, python=NO_EGL)
    tested = call(checkout, "test")
    assert (tested.returncode, tested.stdout) == (1, "== Qt\n")
    assert tested.stderr.splitlines()[-1].endswith("sudo apt install libegl1")


def test_what_qt_lacks_is_said_in_one_line() -> None:
    without = """
import sys
class Missing:
    def find_spec(self, name, path, target=None):
        if name == "PySide6.QtWidgets":
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
sys.meta_path.insert(0, Missing())
"""
    command = [sys.executable, "-c", without + checks.QT_CHECK]
    checked = subprocess.run(command, cwd=SOURCE.parent, capture_output=True, text=True, check=False)
    assert checked.returncode == 1
    (line,) = checked.stderr.splitlines()
    assert line.startswith("handbook: libEGL.so.1")
    assert "sudo apt install libegl1" in line
    assert "sudo dnf install mesa-libEGL" in line


def test_nothing_is_installed_into_the_system() -> None:
    source = SOURCE.read_text(encoding="utf-8") + Path(set_up.__file__).read_text(encoding="utf-8")
    assert not [tool for tool in ("apt", "dnf", "sudo", "geteuid") if tool in source]


# Testing

STEPS = """#!/bin/sh
case "$*" in
  *"$FAILING"*) echo "$FAILING found something"; exit 3;;
  *pytest*) echo "args: $* on $QT_QPA_PLATFORM"; echo "=== 5 passed in 0.1s ===";;
esac
"""


def test_the_tests_run_after_the_checks_and_have_the_last_word(checkout: run.Checkout) -> None:
    make_venv(checkout, run.TEST, python=STEPS)
    tested = call(checkout, "test", "-k", "foo bar", FAILING="nothing", QT_QPA_PLATFORM="wayland")
    assert tested.returncode == 0
    assert tested.stdout.splitlines() == [
        "== Qt",
        "== ruff check",
        "== ruff format",
        "== mypy",
        "== lint-imports",
        "== handbook check",
        "== pytest",
        "args: -P -m pytest -k foo bar on offscreen",
        "=== 5 passed in 0.1s ===",
    ]


def test_the_first_check_that_fails_is_the_last_to_run(checkout: run.Checkout) -> None:
    make_venv(checkout, run.TEST, python=STEPS)
    tested = call(checkout, "test", FAILING="mypy")
    assert tested.returncode == 3
    assert tested.stdout.splitlines()[-2:] == ["== mypy", "mypy found something"]
