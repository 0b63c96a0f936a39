"""Saving an export: whole or not at all, and nothing is left of one that failed or was cancelled."""

from __future__ import annotations

import errno
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handbook.base import atomic_file
from handbook.base.errors import HandbookError
from handbook.content.handbook import Handbook
from handbook.export.book import Cancelled
from handbook.export.choice import Choice
from handbook.export.formats import FORMATS, KINDS, Format, WrongTarget, export
from tests.exported import handbook_in


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    return handbook_in(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


def targets(folder: Path, format_: Format) -> list[Path]:
    kind = KINDS[format_]
    return [folder / f"a{kind.suffixes[0]}", *([folder / "a folder"] if kind.folder else [])]


def some(format_: Format, target: Path) -> Choice:
    """Everything; one text where the format takes no more."""
    return Choice(("plan",)) if format_ == "md" and target.suffix else Choice()


@pytest.mark.parametrize("format_", FORMATS)
def test_each_format_is_saved_and_leaves_nothing_else(handbook: Handbook, folder: Path, format_: Format) -> None:
    seen: list[float] = []
    for target in targets(folder, format_):
        done = export(handbook, some(format_, target), format_, target, step=seen.append)
        assert done.path == target
        assert target.exists()
    assert sorted(folder.iterdir()) == sorted(targets(folder, format_))
    assert seen[-1] == 1
    assert all(0 <= one <= 1 for one in seen)
    assert len(seen) > 2


@pytest.mark.parametrize("format_", FORMATS)
def test_a_cancelled_export_leaves_what_was_there(handbook: Handbook, folder: Path, format_: Format) -> None:
    def stop(share: float) -> None:
        if share > 0.6:
            raise Cancelled

    target = targets(folder, format_)[0]
    target.write_bytes(b"old")
    with pytest.raises(Cancelled):
        export(handbook, some(format_, target), format_, target, step=stop)
    with pytest.raises(Cancelled):
        export(handbook, some(format_, target), format_, target, may=lambda: False)
    assert target.read_bytes() == b"old"
    for new in targets(folder, format_)[1:]:
        with pytest.raises(Cancelled):
            export(handbook, Choice(), format_, new, may=lambda: False)
    assert [path.name for path in folder.iterdir()] == [target.name]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_full_disk_is_said_and_nothing_is_left(
    handbook: Handbook, folder: Path, format_: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    first = targets(folder, format_)[0]
    first.write_bytes(b"old")
    monkeypatch.setattr("os.fsync", full)
    for target in targets(folder, format_):
        with pytest.raises(atomic_file.NotSaved, match="not enough room"):
            export(handbook, some(format_, target), format_, target)
    assert first.read_bytes() == b"old"
    assert [path.name for path in folder.iterdir()] == [first.name]


@pytest.mark.parametrize(("format_", "name"), [("docx", "a.docx"), ("html", "a folder")])
def test_a_file_of_the_program_that_cannot_be_read_is_a_sentence(
    handbook: Handbook, folder: Path, format_: Format, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Path, *_: object, **__: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(self))

    monkeypatch.setattr(Path, "read_bytes", broken)
    monkeypatch.setattr(Path, "read_text", broken)
    with pytest.raises(HandbookError, match="could not be written: the disk reports an error"):
        export(handbook, Choice(), format_, folder / name)
    assert not list(folder.iterdir())


@pytest.mark.parametrize("format_", ["docx", "epub"])
def test_a_name_of_another_kind_is_refused_before_the_work(handbook: Handbook, folder: Path, format_: Format) -> None:
    with pytest.raises(WrongTarget, match=rf"ends in \.{format_}"):
        export(handbook, Choice(("nowhere",)), format_, folder / "a.pdf")


def test_a_folder_with_something_in_it_is_left_as_it_is(handbook: Handbook, folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "file").write_bytes(b"mine")
    with pytest.raises(HandbookError, match="already"):
        export(handbook, Choice(), "html", folder / "mine")
    assert [path.name for path in (folder / "mine").iterdir()] == ["file"]
    (folder / "empty").mkdir()
    export(handbook, Choice(), "html", folder / "empty")
    assert (folder / "empty" / "index.html").is_file()


def test_where_there_is_no_folder_nothing_is_made(handbook: Handbook, folder: Path) -> None:
    for name in ("no/a.html", "no/a folder"):
        with pytest.raises(HandbookError, match="There is no folder"):
            export(handbook, Choice(), "html", folder / name)
    assert not list(folder.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes with names")
@pytest.mark.parametrize("format_", ["docx", "epub", "html", "pptx"])
def test_a_pipe_takes_any_format(handbook: Handbook, folder: Path, format_: Format) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        export(handbook, Choice(("plan",)), format_, pipe)
        data = read.result()
    file = folder / f"plan.{format_}"
    export(handbook, Choice(("plan",)), format_, file)
    assert data == file.read_bytes()
