"""The log: what stands in it, what never does, and how large it gets."""

from __future__ import annotations

import ast
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.base import log
from handbook.base.errors import HandbookError
from tests.helpers import PATIENCE, ROOT

LOGGER = logging.getLogger("handbook.test")
NAMED = "Оксана"


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """The program's logger is as it was when the test is over."""
    top = logging.getLogger("handbook")
    level, handlers = top.level, list(top.handlers)
    yield
    for handler in list(top.handlers):
        if handler not in handlers:
            top.removeHandler(handler)
            handler.close()
    top.setLevel(level)


def lines(folder: Path) -> list[str]:
    return (folder / log.FILE).read_text("utf-8").splitlines()


def fail() -> None:
    raise ValueError(f"no number: '{NAMED}'")


# -- What stands in it --------------------------------------------------------------------------------------


def test_numbers_and_words_of_the_program_are_written(tmp_path: Path) -> None:
    log.keep(tmp_path)
    LOGGER.info("%s took %d ms, %.1f pages, %s", log.Plain("print"), 12, 1.5, True)
    (line,) = lines(tmp_path)
    assert line.endswith("MainThread handbook.test: print took 12 ms, 1.5 pages, True")


def test_other_words_are_left_out(tmp_path: Path) -> None:
    log.keep(tmp_path)
    LOGGER.info("opened %s and %s", NAMED, Path("/home", NAMED))
    LOGGER.info("%(name)s", {"name": NAMED})
    LOGGER.warning("because of %s", ValueError(NAMED))
    assert [line.rpartition(": ")[2] for line in lines(tmp_path)] == [
        "opened … and …",
        "%(name)s",
        "because of ValueError",
    ]


def test_of_an_exception_the_type_and_the_lines_are_written(tmp_path: Path) -> None:
    log.keep(tmp_path)
    try:
        fail()
    except ValueError as exc:
        LOGGER.info("failed", exc_info=exc)
    said = "\n".join(lines(tmp_path))
    assert "tests/base/test_log.py:" in said
    assert "raise ValueError" in said  # the line of code
    assert said.endswith("\nValueError")
    assert NAMED not in said
    assert str(ROOT) not in said


def test_the_exception_behind_an_exception_is_told_first() -> None:
    try:
        try:
            (ROOT / "no such file").read_text("utf-8")
        except OSError as exc:
            raise HandbookError(NAMED) from exc
    except HandbookError as exc:
        told = log.traceback_of(exc).splitlines()
    kinds = [line for line in told if not line.startswith(" ")]
    assert kinds == ["FileNotFoundError (ENOENT)", "handbook.base.errors.HandbookError"]


def test_a_deep_traceback_is_cut() -> None:
    def deeper() -> None:
        deeper()

    try:
        deeper()
    except RecursionError as exc:
        told = log.traceback_of(exc).splitlines()
    assert len(told) == log.DEEPEST + 2
    assert told[0].endswith(" calls")


def test_what_is_missing_is_named() -> None:
    assert log.kind_of(AttributeError(NAMED, name="width", obj=None)) == "AttributeError (width)"
    assert log.kind_of(ImportError(NAMED, name="typst")) == "ImportError (typst)"
    assert log.kind_of(KeyError(NAMED)) == "KeyError"


def test_every_message_is_a_constant() -> None:
    """What is put into a message before it gets here could not be left out."""
    calls = 0
    for file in (ROOT / "handbook").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("debug", "info", "warning", "error", "exception", "critical")
                and "log" in ast.unparse(node.func.value).lower().replace("catalogue", "")
            ):
                calls += 1
                where = f"{file}:{node.lineno}"
                assert isinstance(node.args[0], ast.Constant) or node.args[0].id == "message", where  # type: ignore[attr-defined]
    assert calls > 5


# -- Where and how large ------------------------------------------------------------------------------------


def test_there_are_two_files_of_a_megabyte_at_most(tmp_path: Path) -> None:
    log.keep(tmp_path)
    LOGGER.info("the first line")
    for number in range(1_500):
        LOGGER.info("%s %d", log.Plain("x" * 2_000), number)
    files = {file.name: file.stat().st_size for file in tmp_path.iterdir()}
    assert set(files) == {log.FILE, log.OLDER}
    assert max(files.values()) <= log.LARGEST
    assert lines(tmp_path)[-1].endswith(" 1499")
    older = (tmp_path / log.OLDER).read_text("utf-8")
    assert "the first line" not in older
    assert int(older.split()[-1]) + 1 == int(lines(tmp_path)[0].split()[-1])  # nothing is lost between them


def test_two_windows_write_to_one_log(tmp_path: Path) -> None:
    log.keep(tmp_path)
    other = log.LogFile(tmp_path / log.FILE, tmp_path / log.OLDER)
    for number in range(600):
        LOGGER.info("%s %d", log.Plain("x" * 2_000), number)
        other.handle(logging.LogRecord("handbook", logging.INFO, "", 0, "other %d", (number,), None))
    other.close()
    whole = (tmp_path / log.OLDER).read_text("utf-8").splitlines() + lines(tmp_path)
    numbers = [int(line.split()[-1]) for line in whole if ": other" in line]
    assert numbers == list(range(numbers[0], 600))


def test_a_folder_that_takes_no_file_is_no_matter(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    log.keep(tmp_path / "file" / "cache")
    LOGGER.error("failed")
    assert capfd.readouterr().err == ""
    assert log.last_lines(9) == []


def test_a_folder_that_goes_away_is_no_matter_and_does_not_come_back(tmp_path: Path) -> None:
    log.keep(tmp_path / "cache")
    (tmp_path / "cache" / log.FILE).unlink()
    (tmp_path / "cache").rmdir()
    LOGGER.error("failed")
    assert not (tmp_path / "cache").exists()


def test_after_clearing_nothing_is_written(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log.keep(tmp_path)
    log.stop_keeping()
    (tmp_path / log.FILE).unlink()
    LOGGER.error("failed")
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr().err == ""


def test_a_file_that_was_asked_for_takes_the_place_of_the_kept_one(tmp_path: Path) -> None:
    log.begin(tmp_path / "mine.log", verbose=False)
    log.keep(tmp_path / "cache")
    LOGGER.info("done")
    log.stop_keeping()  # clearing what is stored does not concern it
    LOGGER.info("more")
    assert (tmp_path / "mine.log").read_text("utf-8").count("\n") == 2
    assert not (tmp_path / "cache").exists()


def test_verbose_says_everything_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    log.begin(None, verbose=True)
    LOGGER.debug("opened %s", NAMED)
    assert f"opened {NAMED}" in capsys.readouterr().err


# -- A crash ------------------------------------------------------------------------------------------------

CRASH = """
import sys
from pathlib import Path
from handbook.base import log
log.keep(Path(sys.argv[1]))
import ctypes
ctypes.string_at(0)
"""


@pytest.mark.skipif(os.name == "nt", reason="a crash there asks the person")
def test_a_crash_of_a_library_leaves_its_lines_in_the_log(tmp_path: Path) -> None:
    command = [sys.executable, "-c", CRASH, str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=PATIENCE)
    assert ended.returncode < 0
    said = "\n".join(lines(tmp_path))
    assert "Segmentation fault" in said
    assert "string_at" in said
    log.keep(tmp_path)
    told = "\n".join(log.last_lines(50))
    assert "string_at" in told
    assert 'File "ctypes/__init__.py"' in told
