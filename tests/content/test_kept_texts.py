"""Texts read before: the same handbook as reading them gives, and reading where they are not known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.base import kept_values, svg
from handbook.base.paths import find_paths
from handbook.content import chapter_file, kept_texts, translation
from handbook.content.handbook import Handbook
from handbook.content.kept_texts import KeptTexts
from handbook.content.loading import load
from tests.helpers import CONTENT, write


def as_read(book: Handbook) -> list[object]:
    """What a handbook is made of, without the folders of its pictures, and without what may be known from before."""
    chapters = [(*one[:8], one.language, one.original) for one in book.own_chapters.values()]
    parts = [(part._replace(groups=()), [group.title for group in part.groups]) for part in book.parts]
    return [book.folder, book.manifest, book.name, parts, chapters]


@pytest.fixture
def only_kept(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and no text can be read anew."""

    def refuse(*_: object, **__: object) -> object:
        raise AssertionError("read anew")

    return lambda: monkeypatch.setattr(chapter_file, "read", refuse)


@pytest.mark.parametrize("language", ["en", "uk", "pl"])
def test_the_handbook_is_the_same_and_nothing_is_read_anew(
    language: str, tmp_path: Path, only_kept: Callable[[], None]
) -> None:
    translated = translation.find(language, CONTENT, tmp_path)
    wanted = load(CONTENT, translated)
    kept_texts.write(CONTENT, tmp_path)
    only_kept()
    found = load(CONTENT, translated, kept=KeptTexts(tmp_path))
    assert as_read(found) == as_read(wanted)
    assert found.fingerprint == wanted.fingerprint
    assert found.read_faults == wanted.read_faults == ()
    assert [*found.sections] == [*wanted.sections]
    assert all(chapter.scanned == chapter.found for chapter in found.chapters.values())
    assert [chapter.found for chapter in found.chapters.values()] == [one.found for one in wanted.chapters.values()]


def test_drawings_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_texts.write(CONTENT, tmp_path)
    drawings = [file.read_bytes() for file in sorted((CONTENT / "pictures").rglob("*.svg"))]
    wanted = [svg.look(data) for data in drawings]
    assert any(one is not None and one.words for one in wanted)
    monkeypatch.setattr(kept_texts, "look", lambda _: pytest.fail("looked at anew"))
    kept = KeptTexts(tmp_path)
    assert [kept.svg(data) for data in drawings] == wanted


def test_an_unknown_or_refused_drawing_is_looked_at(tmp_path: Path) -> None:
    kept_texts.write(CONTENT, tmp_path)
    kept = KeptTexts(tmp_path)
    plain = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text x="1" y="2">New</text></svg>'
    assert kept.svg(plain) == svg.look(plain)
    assert kept.svg(b"no drawing") is None
    with pytest.raises(svg.NotTaken):
        kept.svg(b"<!ENTITY a 'b'><svg></svg>")


MANIFEST = 'title = "T"\nas_of = 2026-11-30\n[[parts]]\nid = "p"\ntitle = "P"\nchapters = ["one", "two"]\n'
FILES = {
    "en/handbook.toml": MANIFEST,
    "en/one.md": '+++\ntitle = "One"\nmaterials = [{item = "two", per = "pair", number = 3}, "tape"]\n+++\n\nWords.\n',
    "en/two.md": "# Two\n\nA line. <!-- not read -->\n\n<!--\nnor\nthis\n-->\nThe end.\n",
}


def both(files: dict[str, str | bytes], folder: Path) -> tuple[Handbook, Handbook]:
    """The handbook of files as read, and as read where all was known before that can be."""
    content = write(folder / "content", files) / "en"
    kept_texts.write(content, folder)
    return load(content), load(content, kept=KeptTexts(folder))


def test_lines_without_comments_materials_and_days_come_back(tmp_path: Path) -> None:
    read, known = both(dict(FILES), tmp_path)
    assert as_read(known) == as_read(read)
    assert "not read" not in "\n".join(known.chapters["two"].lines)
    assert known.chapters["one"].front.materials[0].people == 2
    assert str(known.manifest.as_of) == "2026-11-30"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("en/two.md", "# Two\r\n\r\nWindows.\r\n"),
        ("en/two.md", "\ufeff# Two\n\nA mark of the encoding.\n"),
        ("en/two.md", "# Two\n\nA sign\x07.\n"),
        ("en/two.md", "# Two\n\n" + "word " * 30_000),  # divided, which is told
        ("en/two.md", "+++\nkind = 3\n+++\n\n# Two\n"),
        ("en/two.md", b"# Two\n\nNot UTF-8: \xff.\n"),
        ("en/handbook.toml", MANIFEST + '[was]\n"old" = "one"\n'),
        ("en/handbook.toml", MANIFEST + "made = 2026-11-30T10:00:00\n"),
        ("en/handbook.toml", "not = TOML"),
    ],
)
def test_a_text_that_is_changed_or_told_of_while_it_is_read_is_the_same(
    file: str, text: str | bytes, tmp_path: Path
) -> None:
    read, known = both({**FILES, file: text}, tmp_path)
    assert as_read(known) == as_read(read)
    assert known.faults == read.faults


def test_a_text_that_was_changed_since_is_read(tmp_path: Path) -> None:
    content = write(tmp_path / "content", FILES) / "en"
    kept_texts.write(content, tmp_path)
    (content / "two.md").write_text("# Other\n\nThe end.\n")
    (content / "handbook.toml").write_text(MANIFEST.replace("T", "U"))
    assert as_read(load(content, kept=KeptTexts(tmp_path))) == as_read(load(content))


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        "text",
        [],
        ["a", 1, 2],
        ["a", {"no": 1}, 0, {}, [], []],
        ["a", {}, 0, {"99": "x"}, [], []],
        ["a", {}, 0, {}, [[1]], []],
    ],
)
def test_a_value_of_another_form_is_not_taken(value: object, tmp_path: Path) -> None:
    content = write(tmp_path / "content", FILES) / "en"
    values = {kept_values.name_of(file.read_bytes()): value for file in content.iterdir()}
    kept_values.write(tmp_path / kept_texts.FILE, kept_texts.CODE, values)
    assert as_read(load(content, kept=KeptTexts(tmp_path))) == as_read(load(content))


def test_the_front_matter_of_another_program_is_never_taken_from_what_is_known(tmp_path: Path) -> None:
    text = "+++\ntitle = 'One'\n+++\n\nA list:\n- one\n- two\n"
    content = (
        write(tmp_path / "content", {"en/handbook.toml": MANIFEST, "en/one.md": text, "en/two.md": "# T\n"}) / "en"
    )
    kept_texts.write(content, tmp_path)
    (content / "handbook.toml").unlink()
    assert as_read(load(content, kept=KeptTexts(tmp_path))) == as_read(load(content))


def test_the_file_is_the_same_each_time(tmp_path: Path) -> None:
    for name in "a", "b":
        (tmp_path / name).mkdir()
        kept_texts.write(CONTENT, tmp_path / name)
    assert (tmp_path / "a" / kept_texts.FILE).read_bytes() == (tmp_path / "b" / kept_texts.FILE).read_bytes()


def test_only_the_programs_own_texts_are_taken_from_what_is_known(tmp_path: Path) -> None:
    paths = find_paths()
    assert kept_texts.of_program(paths) is not None
    assert kept_texts.of_program(paths.with_(content=tmp_path)) is None


def test_what_an_office_translated_is_read(tmp_path: Path, only_kept: Callable[[], None]) -> None:
    kept_texts.write(CONTENT, tmp_path)
    office = tmp_path / translation.FOLDER / "pl"
    write(office, {"safety.md": (CONTENT.parent / "pl" / "safety.md").read_bytes()})
    found = translation.find("pl", CONTENT, tmp_path)
    only_kept()
    with pytest.raises(AssertionError, match="read anew"):
        load(CONTENT, found, kept=KeptTexts(tmp_path))


def test_texts_that_were_let_go_of_are_read_again(tmp_path: Path) -> None:
    one, two = b"# One\n", b"# Two\n"
    content = write(tmp_path / "content", {"en/handbook.toml": MANIFEST, "en/one.md": one}) / "en"
    kept_texts.write(content, tmp_path)
    kept = KeptTexts(tmp_path)
    assert kept.chapter(one) is not None
    write(content, {"one.md": two})
    kept_texts.write(content, tmp_path)
    assert kept.chapter(two) is None
    kept.forget()
    found = kept.chapter(two)
    assert found is not None
    assert found.title == "Two"
    assert kept.chapter(one) is None
