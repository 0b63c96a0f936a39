"""Values of files made before: only those of these bytes, of this code and of a whole file are taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.base import kept_values
from handbook.base.kept_values import KeptValues, name_of

VALUE = {"title": "Wörds", "numbers": [1, 2], "nothing": None}


@pytest.fixture
def code(tmp_path: Path) -> list[Path]:
    """The modules that made the values."""
    files = [tmp_path / "one.py", tmp_path / "two.py"]
    for file in files:
        file.write_text(f"# {file.name}\n")
    return files


def test_a_value_comes_back_for_its_bytes_alone(code: list[Path], tmp_path: Path) -> None:
    kept_values.write(tmp_path / "kept", code, {name_of(b"text"): VALUE})
    kept = KeptValues(tmp_path / "kept", code)
    assert kept.get(b"text") == VALUE
    assert kept.get(b"texts") is None


def test_values_of_other_code_are_not_taken(code: list[Path], tmp_path: Path) -> None:
    kept_values.write(tmp_path / "kept", code, {name_of(b"text"): VALUE})
    code[1].write_text("# changed\n")
    assert KeptValues(tmp_path / "kept", code).get(b"text") is None


def test_where_the_code_has_no_source_its_values_are_taken(code: list[Path], tmp_path: Path) -> None:
    kept_values.write(tmp_path / "kept", code, {name_of(b"text"): VALUE})
    code[0].unlink()  # as installed
    assert KeptValues(tmp_path / "kept", code).get(b"text") == VALUE


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:-3],
    "other letters": lambda data: data.replace(b"rds", b"RDS"),
    "empty": lambda _: b"",
    "zeros": lambda _: b"\0" * 100,
    "no values": lambda _: b"00000000 ",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_of_a_damaged_file_nothing_is_known(damage: str, code: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "kept"
    kept_values.write(file, code, {name_of(b"text"): VALUE})
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    assert KeptValues(file, code).get(b"text") is None


def test_where_there_is_no_file_nothing_is_known(code: list[Path], tmp_path: Path) -> None:
    assert KeptValues(tmp_path / "none", code).get(b"text") is None
    assert KeptValues(tmp_path, code).get(b"text") is None


def test_the_same_values_are_the_same_bytes(code: list[Path], tmp_path: Path) -> None:
    word = "".join(["wo", "rd"])  # one object twice, which is no reason for other bytes
    kept_values.write(tmp_path / "a", code, {"one": [word, word], "two": [word]})
    kept_values.write(tmp_path / "b", code, {"two": ["word"], "one": ["wor" + "d"[:], "word"]})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_values_that_were_let_go_of_are_read_again(code: list[Path], tmp_path: Path) -> None:
    kept_values.write(tmp_path / "kept", code, {name_of(b"text"): VALUE})
    kept = KeptValues(tmp_path / "kept", code)
    assert kept.get(b"text") == VALUE
    kept_values.write(tmp_path / "kept", code, {name_of(b"text"): "another"})
    assert kept.get(b"text") == VALUE
    kept.forget()
    assert kept.get(b"text") == "another"
