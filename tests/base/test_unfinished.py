"""Files that are being written: locked from the first moment, and removed when a killed program left them."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from handbook.base import atomic_file, unfinished
from handbook.base.paths import find_paths

if sys.platform == "win32":
    pytest.skip("Windows removes no file that is open, and needs no lock", allow_module_level=True)

import fcntl


@pytest.fixture
def at_the_first_lock(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Functions that are called once, just before a file is locked, as another program may be at work then."""
    calls: list[object] = []
    lock = fcntl.flock

    def flock(file: int, how: int) -> None:
        if calls:
            call = calls.pop()
            assert callable(call)
            call()
        lock(file, how)

    monkeypatch.setattr("fcntl.flock", flock)
    return calls


def test_a_folder_is_never_seen_unlocked(tmp_path: Path, at_the_first_lock: list[object]) -> None:
    def look() -> None:
        for folder in tmp_path.iterdir():
            unfinished.remove_folder(folder)

    at_the_first_lock.append(look)
    with unfinished.folder_beside(tmp_path) as beside:
        (beside / "file").write_bytes(b"1")
        look()
        assert (beside / "file").read_bytes() == b"1"
    assert not at_the_first_lock
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_seen_unlocked(at_the_first_lock: list[object]) -> None:
    paths = find_paths()
    paths.data.mkdir(parents=True, exist_ok=True)
    part = paths.data / unfinished.part_name()
    at_the_first_lock.append(lambda: unfinished.remove_left(paths))
    with unfinished.create(part) as file:
        file.write(b"1")
        unfinished.remove_left(paths)
        assert part.exists()
    unfinished.remove_left(paths)  # as another start does when this program is gone
    assert not part.exists()


def test_the_note_is_there_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = find_paths().data / unfinished.NOTES

    def killed(_: Path) -> object:
        assert len(list(notes.iterdir())) == 1
        raise KeyboardInterrupt

    monkeypatch.setattr(unfinished, "create", killed)
    with pytest.raises(KeyboardInterrupt):
        atomic_file.save(b"data", tmp_path / "file")
    assert not notes.exists()


def test_a_folder_that_could_not_be_removed_is_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as disturbed:
        disturbed.setattr(shutil, "rmtree", lambda *_, **__: None)
        atomic_file.save_folder({"a.md": b"words"}, tmp_path / "book")
    assert list(tmp_path.glob("*.part"))
    left = next(tmp_path.glob("*.part"))
    os.utime(left, (0, 0))
    note = next((find_paths().data / unfinished.NOTES).iterdir())
    os.utime(note, (0, 0))
    unfinished.remove_left(find_paths())
    assert [one.name for one in tmp_path.iterdir()] == ["book"]


def test_a_note_of_a_moment_ago_is_left_to_who_wrote_it(tmp_path: Path) -> None:
    paths = find_paths()
    with unfinished.noted(tmp_path / unfinished.part_name()):
        (note,) = (paths.data / unfinished.NOTES).iterdir()
        unfinished.remove_left(paths)
        assert note.exists()
        long_ago = time.time() - 3600
        os.utime(note, (long_ago, long_ago))
        unfinished.remove_left(paths)
        assert not note.exists()


def test_a_file_that_was_never_locked_is_removed_a_moment_later() -> None:
    paths = find_paths()
    paths.data.mkdir(parents=True, exist_ok=True)
    unnamed = paths.data / f"{unfinished.part_name()}-new"
    unnamed.touch()
    unfinished.remove_left(paths)
    assert unnamed.exists()  # another program may be about to lock it
    long_ago = time.time() - 3600
    os.utime(unnamed, (long_ago, long_ago))
    unfinished.remove_left(paths)
    assert not unnamed.exists()


def test_what_cannot_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        unfinished.create(tmp_path / unfinished.part_name())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_its_lock_may_have_been_made_a_moment_ago(tmp_path: Path) -> None:
    folder = tmp_path / f"{unfinished.FOLDER}x"
    folder.mkdir()
    unfinished.remove_folder(folder)
    assert folder.exists()
    long_ago = time.time() - 2 * 3600
    os.utime(folder, (long_ago, long_ago))
    unfinished.remove_folder(folder)
    assert not folder.exists()


def test_a_folder_in_the_making_is_left_alone_and_removed_when_its_maker_is_gone(tmp_path: Path) -> None:
    paths = find_paths()
    with unfinished.folder_for(tmp_path / "target") as part:
        (part / "made").mkdir()
        (part / "made" / "file").write_bytes(b"1")
        unfinished.remove_left(paths)
        assert (part / "made" / "file").exists()
        left = tmp_path / unfinished.part_name()
        part.rename(left)  # as if it had been killed: nothing holds the lock below this name
        note = paths.data / unfinished.NOTES / left.stem
        note.write_bytes(os.fsencode(left))
    assert not part.exists()
    unfinished.remove_left(paths)
    assert not left.exists()
    assert not note.exists()
