"""A file is written whole or not at all, and what a killed program left of it is removed at the next start."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.base import atomic_file, unfinished
from handbook.base.atomic_file import NotSaved, save
from handbook.base.paths import find_paths, make_private
from tests.helpers import PATIENCE, ROOT

# Writes, and stands still when the data is to reach the disk.
WRITER = """
import os, sys, time
from pathlib import Path
from handbook.base import atomic_file, unfinished

def stand_still(*_):
    print("writing", flush=True)
    time.sleep(1000)

os.fsync = stand_still
target = Path(sys.argv[1])
if target.suffix:
    atomic_file.save(b"new", target)
else:
    with unfinished.folder_beside(target) as folder:
        (folder / "index").write_bytes(b"new")
        stand_still()
"""

posix = pytest.mark.skipif(os.name == "nt", reason="rights and signals of Unix")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A file that is there already."""
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "a.workshop"
    target.write_bytes(b"old")
    return target


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith((".handout", ".handbook"))]


@pytest.fixture
def writing(request: pytest.FixtureRequest) -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that are ended when the test is over."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.wait(PATIENCE)
        if process.stdout is not None:
            process.stdout.close()


def start(target: Path, writing: list[subprocess.Popen[str]]) -> subprocess.Popen[str]:
    """A process that is in the middle of writing."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(target)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    writing.append(process)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


# -- Rights ---------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o400])
def test_a_file_stays_readable_for_those_who_could_read_it(written: Path, mode: int) -> None:
    written.chmod(mode)
    save(b"new", written)
    assert (written.read_bytes(), stat.S_IMODE(written.stat().st_mode)) == (b"new", mode)


@posix
def test_what_only_some_may_read_is_never_there_for_others(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written.chmod(0o600)
    seen: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: seen.append(stat.S_IMODE(os.fstat(file).st_mode)))
    save(b"new", written)
    assert seen == [0o600]


@posix
def test_folders_of_the_person_are_theirs_alone(tmp_path: Path) -> None:
    make_private(tmp_path / "a" / "b")
    loose = tmp_path / "loose"
    loose.mkdir(mode=0o755)
    make_private(loose)
    for folder in (tmp_path / "a", tmp_path / "a" / "b", loose):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="directory"):
        make_private(tmp_path / "file")


# -- Windows, where another program may hold a file ---------------------------------------------------------


class Held:
    """Stands in for a folder in which a scanner holds a file for so many seconds."""

    def __init__(self, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.seconds = 100.0, seconds
        real = Path.replace
        monkeypatch.setattr(atomic_file, "HELD_UP", (PermissionError,))
        monkeypatch.setattr(time, "monotonic", lambda: self.now)
        monkeypatch.setattr(time, "sleep", self._sleep)

        def replace(source: Path, target: Path) -> Path:
            if self.now < 100 + self.seconds:
                raise PermissionError(13, "held by a scanner")
            return real(source, target)

        monkeypatch.setattr(Path, "replace", replace)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds


def test_a_scanner_is_waited_for(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Held(1.9, monkeypatch)
    save(b"new", written)
    assert written.read_bytes() == b"new"


def test_a_file_that_stays_open_elsewhere_is_told(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(1000, monkeypatch)
    with pytest.raises(NotSaved, match="close it there"):
        save(b"new", written)
    assert held.now == pytest.approx(100 + atomic_file.PATIENCE, abs=0.1)
    assert (written.read_bytes(), parts(written.parent)) == (b"old", [])


# -- What is left -----------------------------------------------------------------------------------------------


def test_nothing_is_left_beside_a_file_nor_at_home(written: Path, home: Path) -> None:
    save(b"new", written)
    assert parts(written.parent) == []
    assert not list(home.rglob("*")) or all(path.is_dir() for path in home.rglob("*"))
    assert not (find_paths().data / unfinished.NOTES).exists()


@posix
def test_what_a_killed_program_left_is_removed_at_the_next_start(
    written: Path, writing: list[subprocess.Popen[str]]
) -> None:
    process = start(written, writing)
    unfinished.remove_left(find_paths())
    assert len(parts(written.parent)) == 1, "it is being written"
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)
    assert len(parts(written.parent)) == 1
    unfinished.remove_left(find_paths())
    assert parts(written.parent) == []
    assert written.read_bytes() == b"old"
    assert not list((find_paths().data / unfinished.NOTES).iterdir())


@posix
@pytest.mark.parametrize("folder", ["cache/index", "cache", "data", "data/window 2"])
def test_so_is_what_it_left_in_the_folders_of_the_program(
    folder: str, home: Path, writing: list[subprocess.Popen[str]]
) -> None:
    where = home / folder
    make_private(where)
    processes = [start(where / "unsaved.workshop", writing)]
    if folder.startswith("cache"):
        processes.append(start(where, writing))
    unfinished.remove_left(find_paths())
    assert len(parts(where)) == len(processes)
    for process in processes:
        process.kill()
        process.wait(PATIENCE)
    unfinished.remove_left(find_paths())
    assert parts(where) == []


@posix
def test_a_note_waits_for_a_stick_that_is_not_there(
    written: Path, writing: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    process = start(written, writing)
    process.kill()
    process.wait(PATIENCE)
    away = written.parent.rename(tmp_path / "pulled out")
    unfinished.remove_left(find_paths())
    away.rename(written.parent)
    assert len(parts(written.parent)) == 1
    unfinished.remove_left(find_paths())
    assert parts(written.parent) == []


@pytest.mark.parametrize("name", ["precious.txt", ".handout-precious.part", ".handout-0123456789ab.part.txt"])
def test_a_note_leads_to_no_file_of_others(name: str, tmp_path: Path) -> None:
    precious = tmp_path / name
    precious.write_bytes(b"precious")
    notes = find_paths().data / unfinished.NOTES
    make_private(notes)
    (notes / "one").write_bytes(os.fsencode(precious))
    (notes / "two").write_bytes(b"\0")
    (notes / "three").mkdir()
    unfinished.remove_left(find_paths())
    assert precious.read_bytes() == b"precious"
    assert [path.name for path in notes.iterdir()] == ["three"]


def test_a_home_that_cant_be_written_hinders_no_saving(written: Path, home: Path) -> None:
    home.parent.mkdir(exist_ok=True, parents=True)
    home.write_bytes(b"no folder")
    save(b"new", written)
    assert written.read_bytes() == b"new"
    unfinished.remove_left(find_paths())
