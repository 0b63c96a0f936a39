"""Settings: what was kept comes back with its type, what does not fit reads as the default, nothing is lost."""

from __future__ import annotations

import itertools
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as testing
from hypothesis import strategies as st

from handbook.handout.options import OPTIONS, PrintOptions
from handbook.ui import settings
from handbook.ui.settings import Setting, Store
from tests.helpers import ROOT, examples

KEPT: tuple[tuple[Setting[Any], Any], ...] = (
    (settings.TEXT_SIZE, 21),
    (settings.LAST_ADDRESS, 'chapter-2#a,b; c="d" \\ Розділ 😀'),
    (settings.LAST_OFFSET, 4711),
    (settings.CARET, True),
    (settings.LANGUAGE, "uk"),
    (settings.COLOURS, "dark"),
    (settings.WINDOW_SIZE, 150),
    (settings.MOTION, False),
    (settings.TYPEFACE, "hyperlegible"),
    (settings.LINE_SPACING, 150),
    (settings.COLUMN_WIDTH, 95),
    (settings.PLAIN_STATEMENT, True),
    (settings.CONTENTS_SHOWN, False),
    (settings.CONTENTS_WIDTH, 271),
    (settings.GEOMETRY, "AdnQywADAAA="),
    (settings.KEEP_SEARCHES, True),
    (settings.ALL_HANDBOOKS, True),
    (settings.KEEP_MARKS, False),
    (settings.FIND_MARKS, False),
    (settings.PREVIEWS, False),
    (settings.SEARCHES, '["root causes, \\"exact\\"", "бідність; а=б"]'),
    (settings.TOOL_WORDS, "below"),
    (settings.PAPER, "letter"),
    (settings.TERM_LANGUAGES, "uk pl"),
    (settings.PRINT_SIZE, 18),
    (settings.PDF_FOLDER, "C:\\Users\\Олена\\My files, new"),
    (settings.EXPORT_FOLDER, "/home/Олена/out, new"),
    (settings.EXPORT_FORMAT, "html folder"),
    (settings.WORKSHOP_SHOWN, True),
    (settings.WORKSHOP_WIDTH, 401),
    (settings.WORKSHOP_FILE, "C:\\Users\\Олена\\one, two.workshop"),
    (settings.OTHER_WORKSHOP, "/home/Олена/manual\n/home/Олена/one, two.workshop"),
    (settings.WORKSHOP_FOLDER, "/home/Олена/plans; new"),
    (settings.RECENT_WORKSHOPS, "/a/один.workshop\n/b/two, three.workshop"),
    (settings.PRINT_WINDOW, "AdnQywADAAA="),
)
NOT_FITTING: tuple[tuple[Setting[Any], str], ...] = (
    (settings.TEXT_SIZE, "8"),
    (settings.WINDOW_SIZE, "99"),
    (settings.WINDOW_SIZE, "301"),
    (settings.TYPEFACE, "comic"),
    (settings.LINE_SPACING, "20"),
    (settings.COLUMN_WIDTH, "1"),
    (settings.TEXT_SIZE, "41"),
    (settings.TEXT_SIZE, "-13"),
    (settings.TEXT_SIZE, "thirteen"),
    (settings.TEXT_SIZE, ""),
    (settings.TEXT_SIZE, "99999999999999999999"),
    (settings.TEXT_SIZE, "14, 15"),
    (settings.TEXT_SIZE, "@Invalid()"),
    (settings.TEXT_SIZE, "@ByteArray(20)x"),
    (settings.LAST_OFFSET, "-1"),
    (settings.LAST_OFFSET, "2147483647"),
    (settings.LAST_ADDRESS, "a, b"),
    (settings.COLOURS, "purple"),
    (settings.COLOURS, "light, dark"),
    (settings.COLOURS, "@Invalid()"),
    (settings.CONTENTS_WIDTH, "0"),
    (settings.CONTENTS_WIDTH, "100000"),
    (settings.CONTENTS_SHOWN, "perhaps"),
    (settings.PAPER, "a3"),
    (settings.PRINT_SIZE, "12"),
    (settings.WORKSHOP_WIDTH, "7"),
)


def written(folder: Path, setting: Setting[Any], raw: str) -> Store:
    """Settings from a file with a value written by another hand."""
    group, _, key = setting.key.partition("/")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / settings.FILE).write_bytes(f"[{group}]\n{key}={raw}\n".encode())
    return Store(folder)


def test_every_setting_is_kept_through_a_restart_with_its_type(tmp_path: Path) -> None:
    assert {setting.key for setting, _ in KEPT} == {setting.key for setting in settings.ALL}
    store = Store(tmp_path / "one")
    for setting, value in KEPT:
        assert value != setting.default
        store.write(setting, value)
    assert store.save()
    # Under another name, as Qt remembers the types of a file it knows, and a new process does not.
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / settings.FILE).write_bytes((tmp_path / "one" / settings.FILE).read_bytes())
    again = Store(tmp_path / "two")
    for setting, value in KEPT:
        assert (setting.key, again.read(setting)) == (setting.key, value)
        assert type(again.read(setting)) is type(value)
    assert again.set_aside is None


def test_all_are_those_that_are_declared_and_there_are_no_others() -> None:
    declared = [value for value in vars(settings).values() if isinstance(value, Setting)]
    assert list(settings.ALL) == declared
    assert len({setting.key for setting in declared}) == len(declared)
    others = [path for path in (ROOT / "handbook").rglob("*.py") if path != Path(settings.__file__)]
    assert not [path for path in others if re.search(r"\bSetting\(", path.read_text("utf-8"))]


def test_what_is_kept_of_a_print_is_what_its_options_offer() -> None:
    for setting, name in ((settings.PAPER, "paper"), (settings.PRINT_SIZE, "size")):
        assert setting.default == getattr(PrintOptions(), name)
        assert all(setting.fits(value) for value in OPTIONS[name].values)  # type: ignore[arg-type]  # of its type


def test_without_a_file_everything_has_its_default_and_no_file_is_made(tmp_path: Path) -> None:
    store = Store(tmp_path / "config")
    for setting in settings.ALL:
        assert store.read(setting) == setting.default
    assert not (tmp_path / "config").exists()


@pytest.mark.parametrize(("setting", "raw"), NOT_FITTING, ids=lambda value: getattr(value, "key", None) or repr(value))
def test_what_does_not_fit_reads_as_the_default(setting: Setting[Any], raw: str, tmp_path: Path) -> None:
    assert written(tmp_path, setting, raw).read(setting) == setting.default


numbers = itertools.count()


@pytest.mark.parametrize("setting", settings.ALL, ids=lambda setting: setting.key)
@given(raw=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
@example(raw="@Variant(\\0\\0\\0\\t\\xff\\xff\\xff\\xff)")
@example(raw="@Size(1 2)")
@example(raw="%U041")
@example(raw="NaN")
@testing(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_in_the_file_gives_a_value_that_cannot_be_used(setting: Setting[Any], raw: str, tmp_path: Path) -> None:
    value = written(tmp_path / str(next(numbers)), setting, raw).read(setting)
    assert type(value) is type(setting.default)
    assert setting.fits(value)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00garbage\x80\x81",
        b"\x7fELF\x02\x01\x01\0\0\0",
        bytes(range(256)) * 40,
        b"[reading]\ntext_size=14\n\0\0\0\0",
        b"no settings at all, only words\nin two lines\n",
    ],
    ids=["not utf-8", "program", "every byte", "zeros at the end", "words"],
)
def test_a_damaged_file_is_set_aside_whole_and_a_new_one_begun(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / settings.FILE
    file.write_bytes(data)
    store = Store(tmp_path)
    assert store.set_aside is not None
    assert re.fullmatch(r"settings damaged \d{4}-\d\d-\d\d \d{6}\.ini", store.set_aside.name)
    assert store.set_aside.read_bytes() == data
    assert all(store.read(setting) == setting.default for setting in settings.ALL)
    store.write(settings.TEXT_SIZE, 20)
    assert store.save()
    assert store.set_aside.read_bytes() == data
    assert Store(tmp_path).set_aside is None


@pytest.mark.parametrize("data", [b"", b"\n\n", b"; a comment\n", b"\xef\xbb\xbf[reading]\ntext_size=14\n"])
def test_an_empty_or_commented_file_is_no_damage(data: bytes, tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_bytes(data)
    assert Store(tmp_path).set_aside is None


def test_settings_of_a_later_program_are_left_in_the_file(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text("[later]\nnew=1\n", "utf-8")
    store = Store(tmp_path)
    store.write(settings.TEXT_SIZE, 20)
    assert store.save()
    assert "new=1" in (tmp_path / settings.FILE).read_text("utf-8")


def test_a_place_that_takes_no_file_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words", "utf-8")
    store = Store(tmp_path / "file" / "config")
    assert store.read(settings.TEXT_SIZE) == settings.TEXT_SIZE.default
    store.write(settings.TEXT_SIZE, 20)
    assert store.read(settings.TEXT_SIZE) == 20
    assert not store.save()
    store.remove()


def test_what_qt_left_of_a_file_is_removed_once_it_is_old(tmp_path: Path) -> None:
    left, others = tmp_path / f"{settings.FILE}.dDGoAF", tmp_path / f"{settings.FILE}.backup1"
    for file in (left, others):
        file.write_bytes(b"[reading]\n")
    store = Store(tmp_path)
    store.remove_left()
    assert left.exists()  # it may be being written now
    for file in (left, others):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    store.remove_left()
    assert [path.name for path in tmp_path.iterdir()] == [others.name]


@pytest.mark.skipif(os.name == "nt", reason="rights of Unix")
def test_the_folder_of_the_settings_is_the_persons_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "home" / "config")
    store.write(settings.TEXT_SIZE, 20)
    assert store.save()
    assert stat.S_IMODE((tmp_path / "home" / "config").stat().st_mode) == 0o700


def test_a_stick_pulled_out_gets_no_folder_in_its_place(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    store = Store(stick / "handbook-data" / "config")
    stick.rmdir()
    store.write(settings.TEXT_SIZE, 21)
    assert not store.save()
    del store  # QSettings writes what waits when it goes
    assert list(tmp_path.iterdir()) == []


def test_two_windows_keep_what_each_has_changed(tmp_path: Path) -> None:
    here, there = Store(tmp_path), Store(tmp_path)
    for store in (here, there):
        assert (store.read(settings.TEXT_SIZE), store.read(settings.LAST_OFFSET)) == (13, 0)
    here.write(settings.TEXT_SIZE, 20)
    here.write(settings.LAST_OFFSET, 0)
    assert here.save()
    there.write(settings.TEXT_SIZE, 13)
    there.write(settings.LAST_OFFSET, 7)
    assert there.save()
    again = Store(tmp_path)
    assert (again.read(settings.TEXT_SIZE), again.read(settings.LAST_OFFSET)) == (20, 7)
