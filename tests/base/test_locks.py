"""A file that is held while its program runs, and no longer, wherever it lies afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from handbook.base import locks

HOLDING = """
import sys, time
from pathlib import Path
from handbook.base import locks
held = locks.take(Path(sys.argv[1]))
print(held is not None, flush=True)
sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "True"
    return child


def test_one_holds_it_and_no_other(tmp_path: Path) -> None:
    held = locks.take(tmp_path / "lock")
    assert held is not None
    assert locks.take(tmp_path / "lock") is None
    held.release()
    assert not (tmp_path / "lock").exists()
    again = locks.take(tmp_path / "lock")
    assert again is not None
    again.release()


def test_another_program_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    child = holder(tmp_path / "lock")
    assert locks.take(tmp_path / "lock") is None
    child.kill()
    child.communicate()
    assert (tmp_path / "lock").exists()
    held = locks.take(tmp_path / "lock")
    assert held is not None
    held.release()


def test_a_file_from_another_computer_is_held_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("4711\nhandbook\noffice-laptop\nm1\nb1\n", "utf-8")
    held = locks.take(tmp_path / "lock")
    assert held is not None
    assert held.is_ours
    held.release()


def test_a_file_in_its_place_is_not_ours_and_is_left(tmp_path: Path) -> None:
    """As after a stick was pulled out, and another start took the folder."""
    held = locks.take(tmp_path / "lock")
    assert held is not None
    (tmp_path / "lock").unlink()
    assert not held.is_ours
    other = locks.take(tmp_path / "lock")
    assert other is not None
    held.release()
    assert (tmp_path / "lock").exists()
    assert other.is_ours
    other.release()
