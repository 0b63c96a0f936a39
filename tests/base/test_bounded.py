"""A pipe, a device or a folder in the place of an input file is refused at once, and nothing waits for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.base import atomic_file, bounded
from handbook.content import parse_cache
from handbook.content.loading import load
from handbook.search.index import Index, build_index
from handbook.search.index_files import IndexDamaged
from handbook.ui import settings
from tests.helpers import handbook_of, write

Put = Callable[[Path], object]


def symlink_to_zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


KINDS: list[Put] = [Path.mkdir]
if os.name != "nt":
    KINDS += [os.mkfifo, symlink_to_zeros]
every_kind = pytest.mark.parametrize("put", KINDS, ids=lambda put: put.__name__)


@every_kind
def test_it_is_not_read(put: Put, tmp_path: Path) -> None:
    put(tmp_path / "it")
    with pytest.raises(bounded.NotRead):
        bounded.read(tmp_path / "it", 100)


@pytest.mark.parametrize(("size", "fits"), [(0, True), (100, True), (101, False), (10_000_000, False)])
def test_no_more_is_read_than_may_be(size: int, fits: bool, tmp_path: Path) -> None:
    (tmp_path / "it").write_bytes(b"x" * size)
    if fits:
        assert len(bounded.read(tmp_path / "it", 100)) == size
    else:
        with pytest.raises(bounded.TooLarge):
            bounded.read(tmp_path / "it", 100)


@pytest.mark.parametrize(("grown", "fits"), [(90, True), (100, True), (101, False)])
def test_what_a_file_has_grown_by_is_read_as_far_as_it_may(
    grown: int, fits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"x" * 10)
    opened = os.open

    def grow(file: Path, flags: int) -> int:
        path.write_bytes(b"x" * grown)
        return opened(file, flags)

    monkeypatch.setattr("handbook.base.bounded.os.open", grow)
    if fits:
        assert bounded.read(path, 100) == b"x" * grown
    else:
        with pytest.raises(bounded.TooLarge):
            bounded.read(path, 100)


@every_kind
@pytest.mark.parametrize("name", ["bad.md", "handbook.toml"])
def test_content_is_read_without_it(put: Put, name: str, tmp_path: Path) -> None:
    write(tmp_path, {"good.md": "# Good\n\nWords.\n"})
    put(tmp_path / name)
    handbook = load(tmp_path)
    assert list(handbook.chapters) == ["good"]
    if (tmp_path / name).is_dir() and name == "bad.md":
        assert handbook.faults == ()  # folders may be called anything
    else:
        assert [fault.file for fault in handbook.faults] == [name]


@every_kind
def test_settings_are_set_aside(put: Put, tmp_path: Path) -> None:
    put(tmp_path / settings.FILE)
    store = settings.Store(tmp_path)
    assert store.set_aside is not None
    assert store.read(settings.TEXT_SIZE) == settings.TEXT_SIZE.default
    store.write(settings.TEXT_SIZE, 20)
    assert store.save()
    assert settings.Store(tmp_path).read(settings.TEXT_SIZE) == 20
    store.remove()


@every_kind
def test_settings_that_can_not_be_set_aside_are_not_read(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / settings.FILE)
    monkeypatch.setattr(atomic_file, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
    store = settings.Store(tmp_path)
    assert store.set_aside is None
    assert store.read(settings.TEXT_SIZE) == settings.TEXT_SIZE.default
    store.write(settings.TEXT_SIZE, 20)
    store.save()


@every_kind
def test_an_index_with_it_is_damaged(put: Put, tmp_path: Path) -> None:
    handbook = handbook_of({"page.md": "# Page\n\nWords.\n"})
    build_index(handbook, tmp_path)
    for file in sorted(tmp_path.iterdir()):
        data = file.read_bytes()
        file.unlink()
        put(file)
        with pytest.raises(IndexDamaged):
            Index.open(tmp_path, handbook)
        file.rmdir() if file.is_dir() else file.unlink()
        file.write_bytes(data)
    assert Index.open(tmp_path, handbook).search("words").hits


@every_kind
def test_a_page_is_parsed_without_it(put: Put, tmp_path: Path) -> None:
    put(tmp_path / parse_cache.FILE)
    assert "".join(parse_cache.Parsed(tmp_path).read("Words.").itertext()).strip() == "Words."


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_to_nothing_or_to_itself_leads_nowhere(tmp_path: Path) -> None:
    file, to_file, to_nothing, to_itself = (tmp_path / name for name in ("file", "to file", "to nothing", "to itself"))
    file.write_bytes(b"")
    to_file.symlink_to(file)
    to_nothing.symlink_to(tmp_path / "gone")
    to_itself.symlink_to(to_itself)
    assert bounded.leads_nowhere(to_nothing)
    assert bounded.leads_nowhere(to_itself)
    for other in (file, to_file, tmp_path, tmp_path / "gone", Path("a\0name")):
        assert not bounded.leads_nowhere(other), other
