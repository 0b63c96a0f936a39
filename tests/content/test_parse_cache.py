"""Chapters parsed beforehand: the same trees as parsing gives, and parsing where there are none."""

from __future__ import annotations

import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handbook.content import figures, markup, parse_cache
from handbook.content.handbook import Handbook
from handbook.content.loading import load


def text(xml: ET.Element) -> str:
    return ET.tostring(xml, "unicode")


@pytest.fixture
def only_kept(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and Markdown is out of reach."""

    def refuse(source: str) -> ET.Element:
        raise AssertionError(f"parsed anew: {source[:40]!r}")

    return lambda: monkeypatch.setattr(markup, "from_markdown", refuse)


def test_every_chapter_is_read_back_as_it_was_parsed(
    real: Handbook, tmp_path: Path, only_kept: Callable[[], None]
) -> None:
    parse_cache.write(real, tmp_path)
    wanted = {name: text(markup.parse(chapter)) for name, chapter in real.chapters.items()}
    only_kept()
    kept = parse_cache.Parsed(tmp_path)
    assert {name: text(markup.parse(chapter, kept.read)) for name, chapter in real.chapters.items()} == wanted


def test_another_text_is_parsed(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\nWords.\n")
    parse_cache.write(load(tmp_path), tmp_path)
    source = "# One\n\nOther words.\n"
    assert text(parse_cache.Parsed(tmp_path).read(source)) == text(markup.from_markdown(source))


@pytest.mark.parametrize("damage", ["none", "empty", "cut", "bytes", "not XML", "a folder"])
def test_what_cannot_be_read_is_parsed(damage: str, tmp_path: Path) -> None:
    source = "# One\n\nWords *with stress*.\n"
    (tmp_path / "one.md").write_text(source)
    handbook = load(tmp_path)
    parse_cache.write(handbook, tmp_path)
    file = tmp_path / parse_cache.FILE
    data = file.read_bytes()
    if damage == "not XML":
        with zipfile.ZipFile(file) as archive:
            (name,) = archive.namelist()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, "<div>")
    elif damage == "bytes":
        file.write_bytes(data[:60] + bytes(byte ^ 0x55 for byte in data[60:90]) + data[90:])
    elif damage in ("none", "a folder"):
        file.unlink()
        if damage == "a folder":
            file.mkdir()
    else:
        file.write_bytes(data[: len(data) // 2] if damage == "cut" else b"")
    wanted = text(markup.parse(handbook.chapters["one"]))
    assert text(markup.parse(handbook.chapters["one"], parse_cache.Parsed(tmp_path).read)) == wanted


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6))
@example([(7, 8), (30, 128)])  # a name in other letters than zipfile was told
def test_no_damage_stops_a_page_or_changes_it(changes: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "one.md").write_text("# One\n\nWords *with stress*.\n")
        handbook = load(folder)
        parse_cache.write(handbook, folder)
        data = bytearray((folder / parse_cache.FILE).read_bytes())
        for place, value in changes:
            data[place % len(data)] = value
        (folder / parse_cache.FILE).write_bytes(data)
        chapter = handbook.chapters["one"]
        assert text(markup.parse(chapter, parse_cache.Parsed(folder).read)) == text(markup.parse(chapter))


@given(st.text(max_size=60))
def test_any_text_comes_back_or_is_parsed(words: str) -> None:
    """Control characters and odd line ends have no place in XML: such chapters are left out of the file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "one.md").write_bytes(f"# One\n\n{words}\n".encode("utf-8", "replace"))
        handbook = load(folder)
        parse_cache.write(handbook, folder)
        chapter = handbook.chapters["one"]
        wanted = markup.parse(chapter)
        assert markup.words_of(markup.parse(chapter, parse_cache.Parsed(folder).read)) == markup.words_of(wanted)
        assert text(markup.parse(chapter, parse_cache.Parsed(folder).read)) == text(wanted)


def test_same_content_same_bytes(real: Handbook, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        parse_cache.write(real, tmp_path / name)
    assert (tmp_path / "a" / parse_cache.FILE).read_bytes() == (tmp_path / "b" / parse_cache.FILE).read_bytes()


@pytest.mark.parametrize(
    ("where", "name"), [(markup, "__file__"), (figures, "__file__"), (parse_cache, "_PYTHON_MARKDOWN")]
)
def test_a_change_of_the_code_that_parses_is_seen(
    where: ModuleType, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.md").write_text("# One\n\nWords.\n")
    chapter = load(tmp_path).chapters["one"]
    parse_cache.write(load(tmp_path), tmp_path)
    edited = tmp_path / "edited.py"
    edited.write_bytes(Path(getattr(where, name)).read_bytes() + b"# another line\n")
    monkeypatch.setattr(markup, "from_markdown", lambda _: ET.Element("div", {"class": "anew"}))
    assert markup.parse(chapter, parse_cache.Parsed(tmp_path).read).get("class") is None
    monkeypatch.setattr(where, name, str(edited))
    assert markup.parse(chapter, parse_cache.Parsed(tmp_path).read).get("class") == "anew"


def test_without_sources_what_was_shipped_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_kept: Callable[[], None]
) -> None:
    (tmp_path / "one.md").write_text("# One\n\nWords.\n")
    parse_cache.write(load(tmp_path), tmp_path)
    monkeypatch.setattr(markup, "__file__", str(tmp_path / "none.py"))
    only_kept()
    assert "Words." in text(markup.parse(load(tmp_path).chapters["one"], parse_cache.Parsed(tmp_path).read))
