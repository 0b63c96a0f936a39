"""A file is written whole or not at all, and what a killed program left of it is removed at the next start."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.base import atomic_file, unfinished
from handbook.base.atomic_file import NotSaved, check, check_folder, file_name, not_saved, save, save_folder, save_made
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


# -- Names ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2. Focus on root causes", "2. Focus on root causes.pdf"),
        ("a/b\\c: d?", "a b c d.pdf"),
        ("...", "handout.pdf"),
        ("Права людини", "Права людини.pdf"),
        ("x" * 300, f"{'x' * 80}.pdf"),
        ("(1) Who, when - where.", "(1) Who, when - where.pdf"),
        ("Xenia X", "Xenia X.pdf"),
    ],
)
def test_a_title_becomes_a_name_for_every_system(title: str, name: str) -> None:
    assert file_name(title) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("con", "con_.pdf"),
        ("NUL.", "NUL_.pdf"),
        ("Aux.notes", "Aux_.notes.pdf"),
        ("LPT9", "LPT9_.pdf"),
        ("com¹", "com¹_.pdf"),
    ],
)
def test_no_name_is_that_of_a_device_of_windows(title: str, name: str) -> None:
    assert file_name(title) == name


@pytest.mark.parametrize("title", ["Contents", "COM", "COM0", "LPT10", "console"])
def test_a_name_that_only_begins_like_a_device_stays(title: str) -> None:
    assert file_name(title) == f"{title}.pdf"


def test_what_tells_files_apart_is_in_the_name_whole() -> None:
    assert file_name("Day", ".workshop", "cards") == "Day - cards.workshop"
    assert file_name("con", what="cards") == "con - cards.pdf"
    assert file_name("Con. The end", what="cards") == "Con_. The end - cards.pdf"
    name = file_name("x" * 300, what="cards")
    assert name == f"{'x' * 72} - cards.pdf"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("word " * 20, "word " * 15 + "word"),  # cut behind a space
        ("word " * 16 + "longer", "word " * 15 + "word"),
        ("word " * 15 + "longer words", "word " * 14 + "word"),
        ("word " * 15 + "words words", "word " * 15 + "words"),  # cut before a space
        (f"A {'x' * 100}", f"A {'x' * 78}"),  # more is kept than one letter
    ],
)
def test_a_long_title_ends_after_a_word(title: str, name: str) -> None:
    assert file_name(title) == f"{name}.pdf"


@pytest.mark.parametrize("title", ["हिन्दी कार्यशाला", "ការប្រជុំ", "ورشةٌ عمل", "วันแรกที่"])
def test_marks_of_letters_are_in_the_name(title: str) -> None:
    assert file_name(title) == f"{title}.pdf"


def test_a_letter_and_its_mark_are_one_letter_and_marks_of_pictures_are_none() -> None:
    assert file_name("cafe\u0301") == "caf\u00e9.pdf"
    assert file_name("A \u2764\ufe0f day 1\ufe0f\u20e3") == "A day 1.pdf"


@pytest.mark.parametrize("letter", ["x", "\u0436", "\u8a9e", "\U0001d416"])
def test_a_long_name_has_room_on_every_disk(letter: str, tmp_path: Path) -> None:
    target = tmp_path / file_name(letter * 300, ".workshop", "participants")
    target.write_bytes(b"")
    assert len(target.name.encode()) <= 220


def test_words_that_are_longer_than_a_name_may_be_leave_nothing_of_the_title() -> None:
    assert file_name("Title", ".pdf", "\u0436" * 200).startswith("handout - \u0436")


def test_a_name_that_is_cut_does_not_end_with_a_dot() -> None:
    assert file_name("x" * 79 + ". Words", "") == "x" * 79


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
    with pytest.raises(NotADirectoryError) as told:
        make_private(tmp_path / "file")
    assert (told.value.errno, told.value.filename) == (errno.ENOTDIR, str(tmp_path / "file"))
    assert told.value.strerror == os.strerror(errno.ENOTDIR)


def test_a_disk_without_rights_leaves_a_folder_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loose = tmp_path / "loose"
    loose.mkdir(mode=0o755)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "no rights here")

    monkeypatch.setattr(Path, "chmod", refuse)
    make_private(loose)
    assert loose.is_dir()


def test_two_programs_may_make_a_folder_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    with monkeypatch.context() as seen:
        seen.setattr(Path, "exists", lambda _: False)  # as before the other program made it
        make_private(folder)
    assert folder.is_dir()


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


def test_what_is_called_off_while_a_scanner_holds_the_file_is_not_written(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(1.0, monkeypatch)
    assert not save(b"new", written, lambda: held.now < 100.5)
    assert (written.read_bytes(), parts(written.parent)) == (b"old", [])


def test_a_file_that_stays_open_elsewhere_is_told(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(1000, monkeypatch)
    with pytest.raises(NotSaved, match="close it there"):
        save(b"new", written)
    assert held.now == pytest.approx(100 + atomic_file.PATIENCE, abs=0.06)
    assert (written.read_bytes(), parts(written.parent)) == (b"old", [])


# -- What goes wrong ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "There is not enough room on the disk for '{}'. Make room, or choose another disk."),
        (errno.EFBIG, "There is not enough room on the disk for '{}'. Make room, or choose another disk."),
        (
            errno.EROFS,
            "'{}' may not be written. If it is open in another program, close it there; "
            "else choose another folder or name.",
        ),
        (errno.EIO, "'{}' could not be written: the disk reports an error."),
    ],
)
def test_a_disk_that_fails_leaves_the_old_file_and_nothing_beside_it(
    written: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotSaved) as told:
        save(b"new", written)
    assert str(told.value) == said.format(written)
    assert (written.read_bytes(), parts(written.parent)) == (b"old", [])


def test_a_new_file_is_written_too(written: Path) -> None:
    assert save(b"new", written.parent / "new.pdf") is True
    assert (written.parent / "new.pdf").read_bytes() == b"new"
    assert (written.read_bytes(), parts(written.parent)) == (b"old", [])


def test_who_thinks_better_of_it_keeps_the_old_file(written: Path) -> None:
    assert save(b"new", written, lambda: False) is False
    assert (written.read_bytes(), parts(written.parent)) == (b"old", [])
    assert save(b"new", written, lambda: True) is True
    assert written.read_bytes() == b"new"


def test_it_is_asked_when_the_data_is_on_the_disk(written: Path) -> None:
    seen: list[tuple[bytes, bytes]] = []

    def may() -> bool:
        (part,) = parts(written.parent)
        seen.append((written.read_bytes(), (written.parent / part).read_bytes()))
        return True

    save(b"new", written, may)
    assert seen == [(b"old", b"new")]


def test_a_folder_and_a_file_in_no_folder_are_refused_before_the_work(written: Path) -> None:
    with pytest.raises(NotSaved, match=r"is a folder\. Add a file name, such as '.*folder.handout\.pdf'\.$"):
        check(written.parent)
    with pytest.raises(NotSaved, match=r"^There is no folder '.*none'\. Make it first, or choose another\.$"):
        check(written.parent / "none" / "a.pdf")
    with pytest.raises(NotSaved, match=r"could not be written: the name is too long\.$"):
        check(written.parent / ("x" * 5000) / "a.pdf")
    with pytest.raises(NotSaved, match=rf"^'{written.parent}.xxx"):
        check(written.parent / ("x" * 5000) / "a.pdf")
    check(written)
    check(written.parent / "new.pdf")


def test_a_file_that_is_protected_from_writing_stays(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = written.read_bytes()
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (written, os.W_OK))  # root may write it
    for write in (lambda: save(b"new", written), lambda: save_made(lambda made: made.touch(), written)):
        with pytest.raises(NotSaved, match=r"may not be written\.") as refused:
            write()
        assert refused.value.is_refused
    assert (written.read_bytes(), parts(written.parent)) == (old, [])


@posix
def test_a_link_stays_and_what_it_leads_to_is_written(written: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.workshop"
    link.symlink_to(written)
    save(b"new", link)
    assert link.is_symlink()
    assert (written.read_bytes(), parts(tmp_path)) == (b"new", [])


@posix
def test_a_pipe_that_nobody_reads_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_file, "PATIENCE", 0.0)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(NotSaved, match="could not be written"):
        save(b"new", pipe)

    def make(path: Path) -> None:
        path.write_bytes(b"made")

    with pytest.raises(NotSaved, match="could not be written"):
        save_made(make, pipe)
    assert pipe.is_fifo()


@posix
@pytest.mark.parametrize("made", [False, True])
def test_a_pipe_whose_reader_stands_still_is_given_up(
    tmp_path: Path, home: Path, made: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_file, "STALLED", 0.1)
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    data = bytes(1 << 20)
    try:
        with pytest.raises(NotSaved, match=r"took nothing more for 0 seconds, so only a part was written\.$"):
            save_made(lambda path: void(path.write_bytes(data)), pipe) if made else save(data, pipe)
    finally:
        os.close(reader)
    assert [one.name for one in tmp_path.iterdir()] == ["pipe.pdf"]


def void(_: object) -> None:
    """What a library's function gives back."""


@posix
@pytest.mark.parametrize("by_the_shell", [False, True])
def test_a_pipe_that_is_read_slowly_gets_all(
    tmp_path: Path, by_the_shell: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the shell has opened, as for `| less` and `>(less)`, is waited for however long it takes nothing."""
    pipe, data, found = tmp_path / "pipe", os.urandom(1 << 20), bytearray()
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    writer = os.open(pipe, os.O_WRONLY)
    monkeypatch.setattr(atomic_file, "STALLED", 0.0 if by_the_shell else PATIENCE)

    def read() -> None:
        while piece := os.read(reader, 5000):
            found.extend(piece)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        assert save(data, Path(f"/dev/fd/{writer}") if by_the_shell else pipe) is True
    finally:
        os.close(writer)
        thread.join(PATIENCE)
        os.close(reader)
    assert bytes(found) == data


@posix
def test_in_a_window_what_the_shell_opened_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_file, "STALLED", 0.1)
    reader, writer = os.pipe()
    told: list[str] = []

    def in_a_thread() -> None:
        with pytest.raises(NotSaved) as refused:
            save(bytes(1 << 20), Path(f"/dev/fd/{writer}"))
        told.append(str(refused.value))

    thread = threading.Thread(target=in_a_thread)
    thread.start()
    thread.join(PATIENCE)
    os.close(reader)
    os.close(writer)
    assert "took nothing more" in told[0]


@posix
def test_a_device_is_written_to_unless_one_thinks_better_of_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert save(b"new", pipe, lambda: False) is False
        assert save(b"new", pipe) is True
        assert os.read(reader, 100) == b"new"
        assert pipe.is_fifo()
    finally:
        os.close(reader)


@posix
def test_what_a_library_makes_is_written_into_a_pipe(tmp_path: Path, home: Path) -> None:
    pipe = tmp_path / "pipe.handbook"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def make(path: Path) -> None:
        path.write_bytes(b"made")

    try:
        assert save_made(make, pipe, lambda: False) is False
        assert save_made(make, pipe) is True
        assert os.read(reader, 100) == b"made"
        assert pipe.is_fifo()
    finally:
        os.close(reader)
    assert [one.name for one in tmp_path.iterdir()] == ["pipe.handbook"]
    assert not list(home.rglob("*.handbook"))


def test_a_whole_disk_is_no_file(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_block_device", lambda self: self == written)
    with pytest.raises(NotSaved, match="is a disk and no file"):
        save(b"new", written)
    with pytest.raises(NotSaved, match="is a disk and no file"):
        save_made(lambda _: None, written)
    assert written.read_bytes() == b"old"


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


# -- A folder ---------------------------------------------------------------------------------------------------


def test_a_folder_appears_whole_with_its_files(tmp_path: Path) -> None:
    files = {"a.txt": b"one", "deep/er/b.txt": b"two", "deep/c.txt": b""}
    assert save_folder(files, tmp_path / "new") is True
    made = {
        file.relative_to(tmp_path / "new").as_posix(): file.read_bytes() for file in (tmp_path / "new").rglob("*.txt")
    }
    assert made == files
    assert [one.name for one in tmp_path.iterdir()] == ["new"]


def test_an_empty_folder_is_filled_and_a_cancelled_one_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert save_folder({"a.txt": b"one"}, tmp_path / "empty", lambda: False) is False
    assert not list((tmp_path / "empty").iterdir())
    assert save_folder({"a.txt": b"one"}, tmp_path / "new", lambda: False) is False
    assert [one.name for one in tmp_path.iterdir()] == ["empty"]
    assert save_folder({"a.txt": b"one"}, tmp_path / "empty")
    assert (tmp_path / "empty" / "a.txt").read_bytes() == b"one"


@pytest.mark.parametrize("windows", [False, True])
def test_an_empty_folder_is_still_there_when_it_could_not_be_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: bool
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir(mode=0o750)
    refused, renamed = OSError(errno.EIO, os.strerror(errno.EIO)), Path.rename

    def refuse(*_: object) -> None:
        raise refused

    monkeypatch.setattr(atomic_file, "replace", refuse)
    if windows:  # as there, and on disks that rename nothing over a folder
        monkeypatch.setattr(Path, "rename", lambda self, to: refuse() if to == empty else renamed(self, to))
        with pytest.raises(NotSaved, match="the disk reports an error"):
            save_folder({"a.txt": b"one"}, empty)
        assert not [*empty.iterdir()]
    else:
        assert save_folder({"a.txt": b"one"}, empty)
        assert (empty / "a.txt").read_bytes() == b"one"
    assert [one.name for one in tmp_path.iterdir()] == ["empty"]


def test_a_folder_that_a_link_leads_to_is_filled_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link"
    try:
        link.symlink_to("there", target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert save_folder({"a.txt": b"one"}, link)
    assert link.is_symlink()
    assert (tmp_path / "there" / "a.txt").read_bytes() == b"one"


def test_where_no_folder_can_be_made_it_is_said_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_bytes(b"mine")
    for name, said in (
        ("file", f"'{tmp_path / 'file'}' is a file. Choose the name of a new folder."),
        ("full", f"There is something in the folder '{tmp_path / 'full'}' already, and it was left as it is."),
        ("no/new", f"There is no folder '{tmp_path / 'no'}'. Make it first, or choose another."),
        ("x" * 300, f"'{tmp_path / ('x' * 300)}' could not be written: the name is too long"),
    ):
        for attempt in (check_folder, lambda target: save_folder({"a.txt": b"one"}, target)):
            with pytest.raises(NotSaved, match=re.escape(said)):
                attempt(tmp_path / name)
    assert (tmp_path / "full" / "mine.txt").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "There is not enough room on the disk for 'a'. Make room, or choose another disk."),
        (errno.EACCES, "'a' may not be written."),
        (errno.EROFS, "'a' may not be written."),
        (errno.EIO, "'a' could not be written: the disk reports an error."),
    ],
)
def test_why_something_was_not_saved_is_said_with_its_name(number: int, said: str) -> None:
    assert str(not_saved(Path("a"), OSError(number, os.strerror(number)))).startswith(said)


def test_what_a_library_makes_is_put_in_its_place_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"

    def make(path: Path) -> None:
        assert (path.suffix, path.parent == tmp_path, target.exists()) == (".pdf", False, False)
        path.write_bytes(b"made")

    assert save_made(make, target, lambda: False) is False
    assert save_made(make, target) is True
    assert target.read_bytes() == b"made"

    def no_room(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(NotSaved, match=r"not enough room on the disk for '.*a\.pdf'"):
        save_made(no_room, target)
    assert target.read_bytes() == b"made"
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_what_is_saved_where_links_lead_in_a_loop_is_told(tmp_path: Path) -> None:
    target = tmp_path / "loop.pdf"
    target.symlink_to(target.name)
    with pytest.raises(NotSaved, match="it is a link that leads to no file"):
        save(b"new", target)
    with pytest.raises(NotSaved, match="it is a link that leads to no file"):
        save_made(lambda path: path.touch(), target)
    assert target.readlink() == Path(target.name)
