"""Workshop files of somebody who means harm, or of a program gone wrong: opened or refused, and soon."""

from __future__ import annotations

import datetime
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.base.atomic_file import file_name
from handbook.content.handbook import Handbook
from handbook.workshop import file
from handbook.workshop.file import BadWorkshop
from handbook.workshop.model import CustomPage, Entry, NewDay, Passage, Workshop
from handbook.workshop.timetable import timetable
from tests.helpers import PROCESSOR, ROOT

CASES = ROOT / "tests" / "cases" / "hostile-workshops"
START = 'format = 1\ntitle = "One day"\n'
REFUSED = {
    "bigint": ("a number of more than 300 letters", 1),
    "bighex_unknown": ("a number of more than 300 letters", 5),
    "nest_arr900": ("more than 20 arrays", 5),
    "items_unknown5k": ("5,000 items, and at most 2,000", 5),
}
OPENED = {
    "redos_spaces": ("Line 5: 'zzz' is not known to this handbook. It is kept.",),
    "redos_order": ("Line 6: 'zzz' is not known to this handbook. It is kept.",),
    **dict.fromkeys(("date_max", "brackets5k", "def", "ent", "lists200", "quotes50", "logo-filter"), ()),
}


def test_every_case_has_its_right_value() -> None:
    assert {*REFUSED, *OPENED} == {path.stem for path in CASES.glob("*.workshop")}


@pytest.mark.parametrize("name", REFUSED)
def test_a_case_is_refused_with_a_sentence(name: str) -> None:
    before = time.process_time()
    with pytest.raises(BadWorkshop) as caught:
        file.read(CASES / f"{name}.workshop")
    assert REFUSED[name][0] in str(caught.value)
    assert caught.value.line == REFUSED[name][1]
    assert time.process_time() - before < PROCESSOR / 5


@pytest.mark.parametrize("name", OPENED)
def test_a_case_is_opened_and_written_again(name: str) -> None:
    before = time.process_time()
    opened = file.read(CASES / f"{name}.workshop")
    assert opened.remarks == OPENED[name]
    assert file.loads(file.dumps(opened.workshop).encode()).workshop == opened.workshop
    assert time.process_time() - before < PROCESSOR / 5


def item(keys: str) -> str:
    return f'[[items]]\nentry = "a"\n{keys}\n'


HARM = {
    "blanks before each key": START + "".join(f"{' ' * 2000}k{n} = 1\n" for n in range(500)),
    "brackets before a key": START + "[" * 3 + " " * 60_000 + "zzz = 1\n",
    "blanks in a head": START + "[[" + " " * 60_000 + "items" + " " * 60_000 + "]]\nq = 1\n",
    "blanks in an error": START + f'"{" " * 250}" = 1\n"{" " * 250}" = 2\n',
    "a thousand unknown keys": START + "".join(item(f"q{n} = 1") for n in range(1000)),
    "one unknown key in all": START + item("q = 1") * 1999,
    "a table in every item": START + item("q = {a = 1}") * 1999,
    "a title without end": 'format = 1\ntitle = "' + "x" * 1001 + '"\n',
    "an address without end": START + '[[items]]\naddress = "' + "x" * 301 + '"\n',
    "a page without end": START + '[[items]]\npage = "a"\ntext = "' + "x" * 1_000_001 + '"\n',
    "too many trainers": START + "trainers = [" + '"a",' * 101 + "]\n",
    "a logo without end": START + '[logo]\nname = "a.png"\ndata = "' + "A" * 2_900_000 + '"\n',
    "a logo of blanks": START + '[logo]\nname = "a.png"\ndata = """' + " \n" * 1_400_000 + '"""\n',
    "dates": START + "x = [" + "0001-01-01T00:00:00+23:59," * 1000 + "9999-12-31T23:59:59-23:59]\n",
    "not a number": START + "x = [nan, inf, -inf, 1e400]\n",
    "many days": START + '[[items]]\nday = ""\n' * 1999,
}


@pytest.mark.parametrize("text", HARM.values(), ids=HARM)
def test_harm_is_opened_or_refused_soon(text: str, real: Handbook) -> None:
    before = time.process_time()
    try:
        opened = file.loads(text.encode())
    except BadWorkshop as exc:
        assert len(str(exc)) < 1000  # noqa: PT017 - either is right
    else:
        assert len(opened.remarks) <= 21
        assert sum(map(len, opened.remarks)) < 10_000
        assert file.loads(file.dumps(opened.workshop).encode()).workshop == opened.workshop
        timetable(real, opened.workshop)
    assert time.process_time() - before < PROCESSOR / 3


def test_a_key_that_many_items_have_is_told_once() -> None:
    _, remarks = file.loads((START + item("q = 1") * 5).encode())
    assert remarks == ("Line 5 and 4 more: 'q' is not known to this handbook. It is kept.",)


def test_of_many_unknown_keys_the_first_are_told() -> None:
    _, remarks = file.loads((START + "".join(f"k{n} = 1\n" for n in range(30))).encode())
    assert len(remarks) == 21
    assert remarks[0] == "Line 3: 'k0' is not known to this handbook. It is kept."
    assert remarks[-1] == "10 more keys are not known to this handbook."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name")
def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.workshop")
    (tmp_path / "zero.workshop").symlink_to("/dev/zero")
    (tmp_path / "folder.workshop").mkdir()
    for name, why in (("pipe", "no ordinary file"), ("zero", "no ordinary file"), ("folder", "it is a folder")):
        with pytest.raises(BadWorkshop, match=why):
            file.read(tmp_path / f"{name}.workshop")


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "\udc80"])
def test_names_that_no_system_has_are_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadWorkshop, match="can't be read"):
        file.read(tmp_path / f"{name}.workshop")


def test_days_beyond_the_calendar_have_no_date(real: Handbook) -> None:
    workshop = Workshop(date=datetime.date.max, items=(NewDay(), Entry("Lunch"), NewDay()))
    assert [day.date for day in timetable(real, workshop)] == [datetime.date.max, None, None]


def test_half_a_character_is_saved_as_a_question_mark(tmp_path: Path) -> None:
    workshop = Workshop("a\ud83db", items=(CustomPage("p", "\udc00"), Passage("x#\ud800")))
    assert file.save(workshop, tmp_path / "a.workshop")
    file.keep(workshop, tmp_path / "\udcff.workshop", tmp_path)
    for found in (file.read(tmp_path / "a.workshop").workshop, (file.kept(tmp_path) or (Workshop(),))[0]):
        assert found == replace(workshop, title="a?b", items=(CustomPage("p", "?"), Passage("x#?")))
    assert (file.kept(tmp_path) or ("", None))[1] == tmp_path / "\udcff.workshop"
    assert file_name("\ud83d")
