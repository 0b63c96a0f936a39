"""The file of marks: whole or not at all, bounded, never written over when damaged."""

from __future__ import annotations

import datetime
import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base import atomic_file, bounded
from handbook.base.atomic_file import NotSaved
from handbook.content.handbook import Handbook
from handbook.marks import FILE, file
from handbook.marks.as_markdown import as_markdown
from handbook.marks.file import BadMarks
from handbook.marks.model import Mark, by_day, by_place, matching
from tests.helpers import handbook_of

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
marks = st.builds(
    Mark,
    st.sampled_from(["bookmark", "highlight"]),
    st.sampled_from(["page#a", "page", "other#b"]),
    title=texts,
    quote=texts.map(lambda text: f"words {text}"),
    before=texts,
    after=texts,
    note=texts,
    style=st.integers(1, 4),
    made=st.dates(datetime.date(2000, 1, 1)),
)
ONE = Mark("highlight", "page#a", "A", "some words", note="Mine", style=2, made=datetime.date(2026, 11, 28))


@given(st.lists(marks, max_size=5))
def test_what_is_written_is_read_again(some: list[Mark]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        file.save(some, folder)
        again = file.opened(folder)
        assert again.set_aside is None
        # A bookmark's style is not kept: it has no look.
        assert [mark.id for mark in again.marks] == [mark.id for mark in some]
        assert [(mark.quote, mark.note, mark.made) for mark in again.marks] == [
            (mark.quote, mark.note, mark.made) for mark in some
        ]


def test_a_section_with_the_longest_heading_can_be_marked(tmp_path: Path) -> None:
    """Otherwise none of the marks could be read at the next start."""
    words = "word " * 3900  # a paragraph with a line of hyphens below is a heading
    book = handbook_of({"page.md": f"# Page\n\n{words}\n---\n\nText.\n"})
    section = list(book.sections)[-1]
    mark = Mark("bookmark", str(section.address), section.title)
    file.save([ONE, mark], tmp_path)
    assert file.opened(tmp_path).marks == (ONE, mark)


def test_yesterdays_marks_stay_beside_todays(tmp_path: Path) -> None:
    file.save([ONE], tmp_path)
    yesterday = (datetime.datetime.now() - datetime.timedelta(days=1)).timestamp()
    os.utime(tmp_path / FILE, (yesterday, yesterday))
    file.save([], tmp_path)
    assert file.read(tmp_path / FILE) == ()
    assert file.read(tmp_path / file.YESTERDAY) == (ONE,)
    file.save([ONE], tmp_path)
    assert file.read(tmp_path / file.YESTERDAY) == (ONE,)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"null", b"[" * 100_000, b"\xff", b'{"format": 1}', b'{"format": 9, "marks": []}',
     b'{"format": 1, "marks": 3}', b'{"format": 1, "marks": [3]}', b'{"format": 1, "marks": [{}]}',
     b'{"format": 1, "marks": [{"kind": "x", "address": "a", "made": "2026-01-01", "id": "0123456789abcdef"}]}'],
)  # fmt: skip
def test_a_damaged_file_is_set_aside_and_kept(data: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(data)
    found = file.opened(tmp_path)
    assert found.marks == ()
    assert found.set_aside is not None
    assert found.set_aside.read_bytes() == data
    file.save([ONE], tmp_path)
    assert found.set_aside.read_bytes() == data


@pytest.mark.parametrize(
    "change",
    [{"style": 9}, {"style": "1"}, {"quote": ""}, {"quote": 3}, {"made": "never"}, {"id": "../../x"}, {"address": ""},
     {"note": "x" * 30_000}, {"kind": "note"}],
)  # fmt: skip
def test_a_mark_that_is_none_is_refused_with_a_sentence(change: dict[str, object], tmp_path: Path) -> None:
    table = json.loads(file.encoded([ONE]))
    table["marks"][0] |= change
    path = tmp_path / "marks.json"
    path.write_text(json.dumps(table))
    with pytest.raises(BadMarks, match="It is as it was"):
        file.read(path)


def test_everything_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"x")
    file.opened(tmp_path)
    file.save([ONE], tmp_path)
    (tmp_path / "other.txt").write_bytes(b"x")
    file.forget(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["other.txt"]


def book() -> Handbook:
    return handbook_of({"page.md": "# Page\n\n## A {#a}\n\nSome words.\n\n## B {#b}\n\nMore.\n"})


def test_lists_are_by_place_by_day_and_by_words() -> None:
    later = Mark("bookmark", "page#b", "B", made=datetime.date(2026, 11, 29))
    gone = Mark("bookmark", "gone#x", "Gone", made=datetime.date(2026, 11, 27))
    assert by_place(book(), [gone, later, ONE]) == [ONE, later, gone]
    assert ONE.quote
    whole = Mark("bookmark", ONE.address, ONE.title, made=datetime.date(2027, 1, 1))
    assert by_place(book(), [ONE, whole]) == [whole, ONE]
    text = handbook_of({"page.md": "# Page\n\n## A {#a}\n\nOne *word*, two words.\n\nThree. Two words again.\n"})
    made = [Mark("highlight", "page#a", "A", words, before) for words, before in
            (("Two words", "Three."), ("One word", ""), ("Three", ""), ("two words", "One word,"))]  # fmt: skip
    assert [one.quote for one in by_place(text, made)] == ["One word", "two words", "Three", "Two words"]
    assert by_day([gone, later, ONE]) == [later, ONE, gone]
    assert matching([gone, later, ONE], "MINE some") == [ONE]
    assert matching([gone, later, ONE], " ") == [gone, later, ONE]


def test_marks_as_a_text_to_read() -> None:
    labels = {"bookmark": "Bookmark", "highlight": "Highlighted", "note": "Note"}
    text = as_markdown(
        book(), [Mark("highlight", "page#a", "A *b*", "a_b <c>", note="#1", made=ONE.made)], "Mine", labels
    )
    assert "## A \\*b\\*" in text
    assert "> a\\_b \\<c\\>" in text
    assert "Note: \\#1" in text
    assert "28 November 2026" in text


def test_a_full_disk_leaves_yesterdays_marks_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.save([ONE], tmp_path)
    yesterday = (datetime.datetime.now() - datetime.timedelta(days=1)).timestamp()
    os.utime(tmp_path / FILE, (yesterday, yesterday))

    def full(*_: object) -> bool:
        raise NotSaved("full")

    monkeypatch.setattr(atomic_file, "save", full)
    with pytest.raises(NotSaved):
        file.save([], tmp_path)
    assert file.opened(tmp_path).marks == (ONE,)


@given(st.lists(marks, max_size=4), st.lists(marks, max_size=4), st.lists(marks, max_size=4))
def test_changes_lead_from_some_marks_to_others(first: list[Mark], then: list[Mark], others: list[Mark]) -> None:
    found = file.changes(first, first[:1] + then)
    assert set(found.made_to(first)) == {*first[:1], *then}
    assert {*others, *then} <= set(found.made_to([*others, *first]))


def test_two_windows_keep_each_others_marks(tmp_path: Path) -> None:
    """One made, one changed and one taken away in each, in turns."""
    both, ours, theirs = (replace(ONE, id=f"{n:016x}") for n in range(3))
    file.save([ONE, both], tmp_path)
    here, there = file.Shared(tmp_path), file.Shared(tmp_path)
    before = here.opened().marks
    assert there.opened().marks == before
    assert here.save((*before, ours), before).marks == (*before, ours)
    changed = replace(both, note="Theirs")
    assert set(there.save((changed, theirs), before).marks) == {changed, theirs, ours}
    last = here.save((ONE, both), (*before, ours)).marks
    assert set(last) == {changed, theirs}
    assert file.read(tmp_path / FILE) == last


def test_marks_of_another_window_stay_though_nobody_heard_that_they_are_there(tmp_path: Path) -> None:
    """The person marks more, or closes the window, before the answer of the saving before has come."""
    ours, more, theirs = (replace(ONE, id=f"{n:016x}") for n in range(3))
    file.save([ONE], tmp_path)
    here, there = file.Shared(tmp_path), file.Shared(tmp_path)
    before = here.opened().marks
    there.opened()
    there.save((ONE, theirs), before)
    here.save((ONE, ours), before)
    assert set(here.save((ours, more), (ONE, ours)).marks) == {ours, more, theirs}
    assert set(here.save((ours, more), (ours, more)).marks) == {ours, more, theirs}
    assert set(file.read(tmp_path / FILE)) == {ours, more, theirs}


def test_a_file_that_another_damaged_is_set_aside_when_marks_are_saved(tmp_path: Path) -> None:
    shared = file.Shared(tmp_path)
    before = shared.opened().marks
    (tmp_path / FILE).write_bytes(b"{")
    written = shared.save((ONE,), before)
    assert written.marks == (ONE,)
    assert written.set_aside is not None
    assert written.set_aside.read_bytes() == b"{"


def test_a_file_that_is_gone_is_written_whole(tmp_path: Path) -> None:
    file.save([ONE], tmp_path)
    shared = file.Shared(tmp_path)
    before = shared.opened().marks
    (tmp_path / FILE).unlink()
    new = replace(ONE, id="0" * 16)
    assert shared.save((*before, new), before).marks == (ONE, new)


def at_some_day_before(path: Path) -> None:
    day = (datetime.datetime.now() - datetime.timedelta(days=1)).timestamp()
    os.utime(path, (day, day))


def test_in_the_place_of_a_damaged_file_comes_the_copy_of_the_day_before(tmp_path: Path) -> None:
    """It lay beside it, unseen, and the copy of the next day was written over it."""
    today, after = (replace(ONE, id=f"{n:016x}") for n in range(2))
    file.save([ONE], tmp_path)
    at_some_day_before(tmp_path / FILE)
    file.save([ONE, today], tmp_path)
    (tmp_path / FILE).write_bytes(b"{")

    shared = file.Shared(tmp_path)
    found = shared.opened()
    assert found.marks == (ONE,)
    assert found.set_aside is not None
    assert found.set_aside.read_bytes() == b"{"
    assert file.opened(tmp_path) == ((ONE,), None)  # at the next start, though no mark was made

    assert shared.save((ONE, after), (ONE,)) == ((ONE, after), None)
    at_some_day_before(tmp_path / FILE)
    file.save([after], tmp_path)
    assert file.read(tmp_path / file.YESTERDAY) == (ONE, after)


def test_where_the_copy_is_damaged_too_the_marks_begin_anew(tmp_path: Path) -> None:
    for name in (FILE, file.YESTERDAY):
        (tmp_path / name).write_bytes(b"{")
    assert file.opened(tmp_path).marks == ()
    assert (tmp_path / file.YESTERDAY).read_bytes() == b"{"


@pytest.mark.parametrize("damaged", [False, True])
def test_a_file_that_could_not_be_read_or_renamed_is_not_written_over(
    damaged: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program has it open, as Windows has it: later it can be read, or at least be renamed."""
    ours = replace(ONE, id="0" * 16)
    file.save([ONE], tmp_path)
    if damaged:
        (tmp_path / FILE).write_bytes(b"{")
    there = (tmp_path / FILE).read_bytes()
    shared = file.Shared(tmp_path)

    def refuse(*_: object) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied")

    def unread(*_: object) -> bytes:
        raise bounded.NotRead("Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        patched.setattr(bounded, "read", unread)
        assert shared.opened() == ((), tmp_path / FILE)
        with pytest.raises(NotSaved, match=r"marks\.json' may not be written"):
            shared.save((ours,), ())
    assert (tmp_path / FILE).read_bytes() == there

    written = shared.save((ours,), ())
    assert written.marks == ((ours,) if damaged else (ONE, ours))
    assert (written.set_aside is not None) == damaged
    assert file.read(tmp_path / FILE) == written.marks
    assert shared.save((), written.marks).marks == ()
