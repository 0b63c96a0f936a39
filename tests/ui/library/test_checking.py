"""The faults of a large folder are found in a process of its own, which is given up when nobody wants them any more."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from handbook import check
from handbook.base import catalogue
from handbook.base.paths import Paths
from handbook.content.handbook import Fault, Handbook
from handbook.content.loading import load
from handbook.ui.library import checking
from handbook.ui.main_window import MainWindow
from tests.helpers import PATIENCE, write

FAULT = Fault("tea.md", 3, "link to 'well' leads nowhere (well)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "manual", {"tea.md": "# Tea\n\n[Water](well).\n"})


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every handbook is taken for a large one."""
    monkeypatch.setattr(checking, "FEW", 0)


def wanted() -> bool:
    return False


def never_here(_: Handbook) -> tuple[Fault, ...]:
    raise AssertionError("checked in the window's process")


def test_a_large_folder_is_checked_in_another_process(
    folder: Path, large: None, home: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "check", never_here)
    assert checking.faults_of(load(folder), wanted) == (FAULT,)


def test_its_faults_are_told_in_the_language_of_the_window(
    folder: Path, large: None, home: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = check.check(load(folder))
    monkeypatch.setattr(catalogue, "language", lambda: "pl")
    (fault,) = checking.faults_of(load(folder), wanted)
    assert fault[:2] == here[0][:2]
    assert fault.message != here[0].message


def test_a_small_one_starts_no_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "own_command", lambda *_: pytest.fail("a process was started"))
    assert checking.faults_of(load(folder), wanted) == (FAULT,)


@pytest.mark.parametrize(
    "command", [["/no/such/program"], [sys.executable, "-c", "print([1])"], [sys.executable, "-c", ""]]
)
def test_without_a_process_or_its_answer_the_check_is_done_here(
    command: list[str], folder: Path, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "own_command", lambda *_: (command, dict(os.environ)))
    assert checking.faults_of(load(folder), wanted) == (FAULT,)


def test_a_file_that_is_saved_while_the_folder_is_checked_does_not_wait_for_that(
    folder: Path,
    large: None,
    home: Paths,
    open_window: Callable[..., MainWindow],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pids = folder.with_name("pids")
    endless = f"import os, time; open({str(pids)!r}, 'a').write(f'{{os.getpid()}}\\n'); time.sleep({10 * PATIENCE})"
    monkeypatch.setattr(checking, "own_command", lambda *_: ([sys.executable, "-c", endless], dict(os.environ)))
    window = open_window("tea", book=load(folder), at=home.with_(content=folder))
    assert window.writing is not None
    qtbot.waitUntil(lambda: pids.exists() and pids.read_text().endswith("\n"))
    (folder / "tea.md").write_text("# Tea\n\nMilk.\n")
    qtbot.waitUntil(lambda: "Milk." in window.reader.toPlainText())
    first = int(pids.read_text().split()[0])
    qtbot.waitUntil(partial(is_gone, first))
    qtbot.waitUntil(lambda: len(pids.read_text().split("\n")) > 2)
    second = int(pids.read_text().split()[1])
    window.writing.close()
    qtbot.waitUntil(partial(is_gone, second))


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    time.sleep(0.01)
    return False
