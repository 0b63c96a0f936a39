"""Workshop files: what is written is read again, and what can't be read is told."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base import bounded
from handbook.base.atomic_file import NotSaved
from handbook.base.languages import LANGUAGES
from handbook.handout.options import OPTIONS, PrintOptions
from handbook.workshop import file, logo, model
from handbook.workshop.file import BadWorkshop
from handbook.workshop.model import CustomPage, Entry, MadeWith, NewDay, Passage, Workshop
from tests.helpers import handbook_of
from tests.pictures import SVG, png

START = 'format = 1\ntitle = "One day"\n'


# -- Written and read -----------------------------------------------------------------------------------------

texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r") | st.sampled_from("\"'\\#[]=\n\t{}"), max_size=60
)
times = st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0))
minutes = st.none() | st.integers(0, 1440)
timed = {"minutes": minutes, "start": st.none() | times, "note": texts}
items = st.lists(
    st.builds(
        Passage, texts, texts, copies=st.none() | st.integers(0, 999), trainer_only=st.booleans(), unknown=st.just(""),
        **timed,
    )
    | st.builds(CustomPage, texts, texts, trainer_only=st.booleans(), unknown=st.just(""), **timed)
    | st.builds(Entry, texts, st.integers(0, 1440), start=st.none() | times, note=texts, unknown=st.just(""))
    | st.builds(NewDay, texts, st.none() | times, st.none() | times, unknown=st.just("")),
    max_size=5,
)  # fmt: skip
options = st.builds(PrintOptions, **{name: st.sampled_from(list(option.values)) for name, option in OPTIONS.items()})
workshops = st.builds(
    Workshop,
    title=texts,
    date=st.none() | st.dates(),
    place=texts,
    trainers=st.lists(texts, max_size=3).map(tuple),
    organisation=texts,
    logo=st.none() | st.sampled_from([logo.of("ours.png", png()), logo.of("ours.svg", SVG)]),
    participants=st.integers(0, 999),
    language=st.sampled_from(LANGUAGES),
    start=times,
    end=st.none() | times,
    items=items.map(tuple),
    options=options,
    trainer_options=st.none() | options,
    made_with=st.builds(MadeWith, texts, st.none() | st.dates(), texts),
    unknown=st.just(""),
)


@given(workshops)
def test_what_is_written_is_read_again(workshop: Workshop) -> None:
    text = file.dumps(workshop)
    again, remarks = file.loads(text.encode())
    assert not remarks
    assert again == workshop
    assert file.dumps(again) == text


def test_line_ends_of_other_systems_are_read() -> None:
    text = file.dumps(Workshop(items=(CustomPage("Ours", "One\n\nTwo\n"),)))
    assert file.loads(text.replace("\n", "\r\n").encode()) == file.loads(text.encode())


def read_or_told(data: bytes) -> None:
    with contextlib.suppress(BadWorkshop):
        file.loads(data)


@given(st.binary(max_size=300) | texts.map(lambda text: (START + text).encode()))
def test_a_foreign_file_is_told_and_never_a_crash(data: bytes) -> None:
    read_or_told(data)


@given(workshops, st.data())
def test_a_file_cut_short_is_told_and_never_a_crash(workshop: Workshop, data: st.DataObject) -> None:
    whole = file.dumps(workshop).encode()
    read_or_told(whole[: data.draw(st.integers(0, len(whole)))])


def test_the_file_is_for_reading() -> None:
    workshop = Workshop(
        "A day", datetime.date(2026, 12, 1), items=(CustomPage("Ours", "One\n\nTwo\n"), Entry("Lunch", 60))
    )
    assert file.dumps(workshop) == (
        "# A workshop of the Field Handbook. It can be read and changed with any text editor.\n"
        'format = 1\ntitle = "A day"\ndate = 2026-12-01\nlanguage = "en"\nstart = 09:30:00\n\n'
        '[[items]]\npage = "Ours"\ntext = """\nOne\n\nTwo\n"""\n\n[[items]]\nentry = "Lunch"\nminutes = 60\n'
    )


def test_a_section_with_the_longest_heading_can_be_kept() -> None:
    words = "word " * 3900  # a paragraph with a line of hyphens below is a heading
    book = handbook_of({"page.md": f"# Page\n\n{words}\n---\n\nText.\n"})
    section = list(book.sections)[-1]
    assert len(str(section.address)) > 19_000
    workshop = Workshop(items=(model.passage(book, str(section.address)),))
    assert file.loads(file.dumps(workshop).encode()).workshop == workshop


# -- Faults ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("", "no 'format'", 0),
        ("format = 2\n", "newer handbook", 1),
        ("# x\nformat = true\n", "no 'format'", 2),
        ("format = -1\n", "no 'format'", 1),
        ("format = 1\ntitle = \n", "not valid TOML", 2),
        (START + "participants = -1\n", "participants must be 0 to 999", 3),
        (START + 'date = "tomorrow"\n', "'date' must be a date such as", 3),
        (START + "date = 2026-12-01T10:00:00\n", "'date' must be a date such as", 3),
        (START + 'language = "xx"\n', "'xx' is not one of en,", 3),
        (START + "items = 3\n", "'items' must be tables", 3),
        (START + "[print]\nsize = 12\n", "size must be one of 11, 14, 18, not 12", 4),
        (START + '[print]\ncard-backs = "yes"\n', "card-backs must be one of false, true, not yes", 4),
        (START + '[print]\npaper = ["a4"]\n', "paper", 4),
        (START + "print = 1\n", "'print' must be a table", 3),
        (START + "\n[[items]]\nminutes = 3\n", "an item needs one of", 4),
        (START + '[[items]]\nentry = "a"\n[[items]]\nentry = "b"\nminutes = "3"\n', "whole number", 7),
        (START + '[[items]]\nentry = "a"\nminutes = 3000\n', "minutes must be 0 to 1440", 5),
        (START + '[[items]]\npage = "a"\ntext = """\n[[items]]\nminutes = 1\n"""\nminutes = true\n', "whole number", 9),
        (START + '[logo]\nname = "a.png"\ndata = "%"\n', "not base64", 5),
        (START + '[logo]\nname = "a.png"\ndata = "aGVsbG8="\n', "no PNG, JPEG or SVG", 5),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, said: str, line: int) -> None:
    with pytest.raises(BadWorkshop) as caught:
        file.loads(text.encode(), "my.workshop")
    assert said in str(caught.value)
    assert caught.value.line == line
    assert str(caught.value).startswith("'my.workshop' can't be opened as a workshop")
    assert ("line" in str(caught.value)) is bool(line)


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(BadWorkshop, match="not text in UTF-8") as caught:
        file.loads(b"format = 1\ntitle = '\xff'")
    assert caught.value.line == 2


def test_a_missing_and_a_huge_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadWorkshop, match="can't be read"):
        file.read(tmp_path / "none.workshop")
    with (tmp_path / "huge.workshop").open("wb") as huge:
        huge.truncate(file.MOST_BYTES + 1)
    with pytest.raises(BadWorkshop, match="larger than 8 MB"):
        file.read(tmp_path / "huge.workshop")


def test_keys_of_a_newer_version_are_told_and_kept() -> None:
    text = START + 'mood = "good"\n[[items]]\naddress = "a"\ncolour = [1, 2]\n[print]\nink = "blue"\n[future]\nx = 1\n'
    workshop, remarks = file.loads(text.encode())
    assert [remark.partition(":")[0] for remark in remarks] == ["Line 8", "Line 6", "Line 3", "Line 9"]
    again = file.dumps(workshop)
    for kept in ('mood = "good"', "colour = [", "[future]\nx = 1"):
        assert kept in again
    assert file.loads(again.encode()).workshop == workshop


def test_a_table_within_an_item_is_told_and_left_out() -> None:
    text = START + '[[items]]\nentry = "Break"\nlook = {x = 1}\n'
    workshop, remarks = file.loads(text.encode())
    assert remarks == ("Line 5: 'look' is not known to this handbook. It is left out.",)
    assert file.loads(file.dumps(workshop).encode()).workshop == workshop


# -- Saving ---------------------------------------------------------------------------------------------------


def test_a_workshop_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "Vodička’s Ден.workshop"
    file.save(Workshop("One"), target)
    file.save(Workshop("Two"), target)
    assert file.read(target).workshop == Workshop("Two")
    with pytest.raises(NotSaved):
        file.save(Workshop("Three"), tmp_path / "no" / "folder.workshop")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_copy_that_is_given_up_while_it_is_read_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.keep(Workshop("One"), None, tmp_path)
    read = bounded.read

    def given_up(path: Path, most: int) -> bytes:
        path.unlink()
        return read(path, most)

    monkeypatch.setattr(bounded, "read", given_up)
    assert file.kept(tmp_path) is None


def test_a_copy_is_kept_against_a_crash(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert file.kept(data) is None
    file.keep(Workshop("One"), tmp_path / "Ден 1.workshop", data)
    assert file.kept(data) == (Workshop("One"), tmp_path / "Ден 1.workshop")
    file.keep(Workshop("Two"), None, data)
    assert file.kept(data) == (Workshop("Two"), None)
    file.recovery_file(data).write_bytes(b"\xff")
    with pytest.raises(BadWorkshop):
        file.kept(data)
    file.forget(data)
    file.forget(data)
    assert not file.recovery_file(data).exists()


def test_what_could_not_be_opened_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.workshop"
    page = CustomPage("Mine", "Words.")
    file.save(Workshop("A", items=(page,) * file.MOST_ITEMS), path)
    before = path.read_bytes()
    for workshop, why in (
        (Workshop("A", items=(page,) * (file.MOST_ITEMS + 1)), "2,001 items, and at most 2,000"),
        (Workshop("A", items=(CustomPage("Mine", "Words. " * 5_000),) * 300), "larger than 8 MB"),
    ):
        with pytest.raises(NotSaved, match=why):
            file.save(workshop, path)
        with pytest.raises(NotSaved, match=why):
            file.keep(workshop, path, tmp_path)
        assert path.read_bytes() == before
    assert len(file.read(path).workshop.items) == file.MOST_ITEMS
