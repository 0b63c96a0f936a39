"""Folders and files as they are read, also those that are not as they should be: the rest can still be read."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base import bounded
from handbook.content.loading import ContentError, load
from tests.content.small_handbook import MANIFEST, ONE, faults, found
from tests.helpers import PROCESSOR, handbook_of, write


def test_any_folder_of_markdown_is_a_handbook(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "chapter-10.md": "# Ten\n",
        "chapter-2.md": "# Two\n",
        "Field work/visit.markdown": "A visit\n=======\n",
        "Field work/deep/er.md": "# Deeper\n",
        "picture.png": b"\x89PNG",
        ".hidden/secret.md": "# Secret\n",
        ".draft.md": "# Draft\n",
        "LOUD.MD": "# Loud\n",
    }
    handbook = load(write(tmp_path / "notes", files))
    assert handbook.manifest.title == "notes"
    assert [part.title for part in handbook.parts] == ["Pages", "Field work"]
    pages, visits = handbook.parts
    assert [chapter.title for chapter in pages.chapters] == ["Loud", "Two", "Ten"]
    assert sorted(chapter.title for chapter in visits.chapters) == ["A visit", "Deeper"]
    assert handbook.faults == ()
    assert found(handbook, "chapter-10").path == ("Pages",)


def test_a_file_name_with_spaces_is_an_address_without() -> None:
    handbook = handbook_of({"our first visit #1.md": "# Visit\n\n## Day one\n"})
    assert found(handbook, "our-first-visit-1#day-one").title == "Day one"


def test_words_of_any_script_are_read(tmp_path: Path) -> None:
    handbook = load(write(tmp_path / "ряд", {"права.md": "# Права людини\n\n## Дівчата й хлопці\n\nСлова.\n"}))
    assert found(handbook, "права#дівчата-й-хлопці").title == "Дівчата й хлопці"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"no folder .*nowhere"):
        load(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"page.md": ONE})
    with pytest.raises(ContentError, match=r"no folder .*page\.md"):
        load(tmp_path / "page.md")


def test_a_whole_disk_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        (tmp_path / str(number)).mkdir()
    (tmp_path / "page.md").write_text("# Page\n", "utf-8")
    monkeypatch.setattr(bounded, "MOST_SEEN", 4)
    with pytest.raises(ContentError, match="more than 4 files"):
        load(tmp_path)
    monkeypatch.setattr(bounded, "MOST_SEEN", 6)
    assert list(load(tmp_path).chapters) == ["page"]


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="holds no Markdown"):
        load(tmp_path)


def test_a_manifest_alone_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="holds no Markdown"):
        load(write(tmp_path, {"handbook.toml": MANIFEST}))


def test_a_broken_manifest_leaves_everything_readable() -> None:
    broken = MANIFEST.replace('title = "First part"', 'title = "First part')
    handbook = handbook_of({"handbook.toml": broken, "one.md": ONE, "two.md": "# Two\n"})
    (fault,) = handbook.faults
    assert fault.file == "handbook.toml"
    assert fault.line == broken.split("\n").index('title = "First part') + 1
    assert "not valid TOML" in fault.message
    assert set(handbook.chapters) == {"one", "two"}


def test_a_manifest_from_a_windows_editor_is_read() -> None:
    manifest = b"\xef\xbb\xbf" + MANIFEST.replace("\n", "\r\n").encode()
    handbook = handbook_of({"handbook.toml": manifest, "one.md": ONE, "two.md": "# Two\n"})
    assert handbook.faults == ()
    assert handbook.manifest.title == "Small handbook"


@pytest.mark.parametrize("manifest", [b"title = \xff", b"parts = 3", b""])
def test_no_manifest_stops_the_reading(manifest: bytes) -> None:
    handbook = handbook_of({"handbook.toml": manifest, "one.md": ONE, "two.md": "# Two\n"})
    assert set(handbook.chapters) == {"one", "two"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("as_of = 2026-11-24", 'as_of = "today"'), "'as_of' must be a date"),
        (("as_of = 2026-11-24", "as_of = 2026-11-24T10:00:00"), "'as_of' must be a date"),
        (('publisher = "The small handbook"', "publisher = 3"), "'publisher' must be text in quotes"),
        (("publisher =", "editor ="), "unknown key 'editor'"),
        (('["two", "one"]', '["two", "one", "two"]'), "chapter 'two' is listed twice"),
        (('["two", "one"]', '["two", "one", 3]'), "chapter '3' has no file"),
        (('["two", "one"]', '["two", "one", ["x"]]'), "has no file"),
        (('title = "First part"\n', ""), "each [[parts]] needs id, title and chapters"),
    ],
)
def test_a_wrong_manifest_entry_is_told_and_passed_over(change: tuple[str, str], said: str) -> None:
    manifest = MANIFEST.replace(*change)
    assert manifest != MANIFEST
    handbook = handbook_of({"handbook.toml": manifest, "one.md": ONE, "two.md": "# Two\n"})
    assert any(fault.file == "handbook.toml" and said in fault.message for fault in handbook.faults), faults(handbook)
    assert set(handbook.chapters) == {"one", "two"}


@pytest.mark.parametrize(("listed", "file"), [("3", "3.md"), ('["x"]', "['x'].md"), ("true", "True.md")])
def test_a_chapter_that_is_no_text_names_no_file(listed: str, file: str) -> None:
    manifest = MANIFEST.replace('["two", "one"]', f'["two", "one", {listed}]')
    handbook = handbook_of({"handbook.toml": manifest, "one.md": ONE, "two.md": "# Two\n", file: "# Three\n"})
    assert any("has no file" in fault.message for fault in handbook.faults), faults(handbook)
    assert len(handbook.chapters) == 3


@pytest.mark.parametrize(("folder", "language"), [("pl", "pl"), ("src", "en"), ("doc", "en"), ("manual", "en")])
def test_a_folder_of_two_letters_says_the_language_of_its_texts(folder: str, language: str, tmp_path: Path) -> None:
    manifest = MANIFEST.replace('language = "en"\n', "")
    files = {"handbook.toml": manifest, "one.md": ONE, "two.md": "# Two\n"}
    assert load(write(tmp_path / folder, files)).manifest.language == language


def test_texts_of_too_many_bytes_in_all_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack of 1 MB can hold a gigabyte of them, which was in memory at once each time that it was opened."""
    monkeypatch.setattr("handbook.content.loading._MOST_IN_ALL", 2 << 20)
    folder = write(tmp_path / "much", {f"{number}.md": "word\n" * 200_000 for number in range(3)})
    with pytest.raises(ContentError, match=r"too long to look through '.*much'"):
        load(folder)
    with pytest.raises(ContentError, match="too long to look through 'stick'"):
        load(folder, called=Path("stick"))


def test_a_chapter_whose_file_is_missing() -> None:
    handbook = handbook_of({"handbook.toml": MANIFEST, "one.md": ONE})
    assert faults(handbook) == ["handbook.toml: chapter 'two' has no file two.md that can be read"]
    assert list(handbook.chapters) == ["one"]


def test_a_file_that_the_manifest_does_not_name_stands_last() -> None:
    handbook = handbook_of({"handbook.toml": MANIFEST, "one.md": ONE, "two.md": "# 2\n", "extra.md": "# Extra\n"})
    assert faults(handbook) == ["extra.md: is not listed in handbook.toml"]
    assert list(handbook.chapters) == ["two", "one", "extra"]


@pytest.mark.parametrize("id_", ["p", "P"])
def test_two_parts_of_one_id_are_told_and_can_both_be_read(id_: str) -> None:
    parts = ("p", "First", "one"), (id_, "Second", "two")
    manifest = "".join(
        f'[[parts]]\nid = "{id_}"\ntitle = "{title}"\nchapters = ["{chapter}"]\n' for id_, title, chapter in parts
    )
    handbook = handbook_of({"handbook.toml": manifest, "one.md": "# One\n", "two.md": "# Two\n"})
    said = f"part id '{id_}' is taken by 'First': give one of the parts another"
    assert faults(handbook) == [f"handbook.toml: {said}"]
    assert [handbook.steps_to(found(handbook, name))[0] for name in ("one", "two")] == [
        ("First", "one"),
        ("Second", "two"),
    ]


def test_files_that_are_not_listed_are_in_a_part_of_their_own_whatever_the_others_are_called() -> None:
    manifest = '[[parts]]\nid = "other"\ntitle = "P"\nchapters = ["one"]\n'
    handbook = handbook_of({"handbook.toml": manifest, "one.md": "# One\n", "two.md": "# Two\n"})
    assert faults(handbook) == ["two.md: is not listed in handbook.toml"]
    assert handbook.steps_to(found(handbook, "two"))[0] == ("Other pages", "two")


def test_two_files_of_one_id_can_both_be_read() -> None:
    manifest = '[[parts]]\nid = "p"\ntitle = "P"\nchapters = ["page"]\n'
    handbook = handbook_of({"handbook.toml": manifest, "a/page.md": "# First\n", "b/page.md": "# Second\n"})
    assert "b/page.md: chapter id 'page' is taken by a/page.md: rename one of the files" in faults(handbook)
    assert {section.title for section in handbook.sections} == {"First", "Second"}
    assert found(handbook, "page").title == "First"


def test_files_of_one_name_in_several_folders_are_no_fault_without_a_manifest() -> None:
    files = ("a/index.md", "b/c/index.md", "index.md", "other.md")
    handbook = handbook_of({name: f"# {name}\n" for name in files})
    assert not handbook.faults
    assert {chapter.file: chapter.id for chapter in handbook.chapters.values()} == {
        "a/index.md": "a-index",
        "b/c/index.md": "b-c-index",
        "index.md": "index",
        "other.md": "other",
    }


def test_a_file_that_is_not_utf8() -> None:
    handbook = handbook_of({"page.md": "# Café\n\nfirst\n\nséance\n".encode("latin-1"), "other.md": "# Other\n"})
    (fault,) = handbook.faults
    assert (fault.file, fault.line) == ("page.md", 1)
    assert "not UTF-8" in fault.message
    assert found(handbook, "page").title == "Caf\ufffd"
    assert found(handbook, "other").title == "Other"


def test_signs_that_a_terminal_would_obey_are_shown_as_others() -> None:
    handbook = handbook_of({"page.md": "# A\x1b[31mB\x07\n\na\x0cb\tc\x9bd\n"})
    assert found(handbook, "page").title == "A\ufffd[31mB\ufffd"
    assert "a b\tc\ufffdd" in handbook.chapters["page"].lines


def test_the_line_of_the_first_letter_that_is_not_utf8() -> None:
    assert handbook_of({"page.md": b"# Title\n\nwords\n\ns\xe9ance\n"}).faults[0].line == 5


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, {"page.md": ONE})
    if sys.platform.startswith("win"):
        pytest.skip("links need rights there")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    handbook = load(tmp_path)
    (fault,) = handbook.faults
    assert fault.file == "gone.md"
    assert "cannot be read" in fault.message
    assert list(handbook.chapters) == ["page"]


def test_a_folder_named_like_a_file_is_a_folder() -> None:
    handbook = handbook_of({"odd.md/inside.md": "# Inside\n", "page.md": ONE})
    assert set(handbook.chapters) == {"inside", "page"}


def test_a_manifest_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "handbook.toml").mkdir()
    handbook = load(write(tmp_path, {"page.md": ONE}))
    assert [fault.file for fault in handbook.faults] == ["handbook.toml"]
    assert list(handbook.chapters) == ["page"]


@given(st.binary(max_size=200) | st.text("# \n+=-`~{}[]()<>!:|*_\\a1.\t", max_size=80).map(str.encode))
def test_any_file_can_be_read(data: bytes) -> None:
    handbook = handbook_of({"page.md": data})
    chapter = handbook.chapters["page"]
    anchors = [section.address.anchor for section in chapter.sections]
    assert len(set(anchors)) == len(anchors)
    for section in chapter.sections:
        assert handbook.find(section.address) is section
        assert section.start <= section.body <= section.text_end <= section.end <= len(chapter.lines)
        chapter.text(section)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("x = " + "9" * 5000, "a name or a number of more than 300 letters"),
        ("x = " + "[" * 300 + "]" * 300, "more than 20 arrays or tables in each other"),
        ("".join(f"a.b{n}.c = 1\n" for n in range(50_000)), "more than 150,000 names"),
        ('title = "\\ud83d"', "is not valid TOML"),
        ("title = " + '"' * 1_000_000, "is not valid TOML"),
        (f"[[parts]]\nid = 1\ntitle = {'[' * 15}{']' * 15}\nchapters = [{'1,' * 9000}]", "each [[parts]] needs id"),
    ],
)
@pytest.mark.parametrize("place", ["manifest", "front matter"])
def test_toml_that_does_harm_is_told_in_a_sentence(toml: str, said: str, place: str) -> None:
    front = f"+++\n{toml}\n+++\n" if place == "front matter" else ""
    files: dict[str, str | bytes] = {"one.md": f"{front}# One\n"}
    if not front:
        files["handbook.toml"] = toml
    before = time.process_time()
    handbook = handbook_of(files)
    assert time.process_time() - before < PROCESSOR / 10
    assert list(handbook.chapters) == ["one"]
    told = faults(handbook)
    assert any(said in fault for fault in told) or (place == "front matter" and "unknown key 'parts'" in told[0])
    assert max(map(len, told)) < 600


def test_the_last_day_of_the_calendar_is_a_date() -> None:
    handbook = handbook_of({"handbook.toml": "as_of = 9999-12-31\n", "one.md": "# One\n"})
    assert handbook.source_line(handbook.chapters["one"]).endswith("31 December 9999")
