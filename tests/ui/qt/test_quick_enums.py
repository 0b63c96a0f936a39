"""Enums made in the quick way: each of Qt's is what Python makes of it, and what is not like Qt's is left to Python."""

from __future__ import annotations

import ast
import contextlib
import enum
import importlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Signal, Slot

from handbook.base.paths import Paths
from handbook.ui.qt import quick_enums
from tests.helpers import ROOT
from tests.processes import run_window

SCRIPT = """
import enum, json, pickle, sys
from handbook.ui.qt import quick_enums
if sys.argv[1] == "quick":
    quick_enums.install()
from PySide6 import QtCore, QtGui, QtWidgets

def told(one):
    members = list(one.__members__.items())
    values = [member.value for _, member in members]
    said = {
        "attributes": sorted(vars(one)),
        "members": [(name, one.name, one.value, repr(one), str(one), f"{one}") for name, one in members],
        "iterated": [member.name for member in one],
        "own": [sorted(vars(member)) for _, member in members],
        "order": [member._sort_order_ for _, member in members],
        "found": [one(value).name for value in values],
        "named": [getattr(one, name) is member is one[name] for name, member in members],
        "pickled": [pickle.loads(pickle.dumps(member)) is member for _, member in members[:3]],
        "unknown": repr(one(1 << 29)),
        "bases": [base.__name__ for base in one.__mro__],
    }
    if issubclass(one, enum.Flag):
        first, last = members[0][1], members[-1][1]
        said["flags"] = [repr(first | last), repr(first & last), repr(first ^ last), repr(~first), bool(first)]
        said["masks"] = [one._flag_mask_, one._singles_mask_, one._all_bits_, str(one._boundary_)]
    return said

found = {}
for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        held = getattr(module, name)
        inside = [held, *(vars(held).values() if isinstance(held, type) else ())]
        for one in inside:
            if isinstance(one, enum.EnumType) and one.__module__.startswith("PySide6") and one.__members__:
                found[f"{one.__module__}.{one.__qualname__}"] = told(one)
kinds = {base.__name__: kind is not None for base, kind in quick_enums._kinds.items()}
print(json.dumps({"enums": found, "kinds": kinds}))
"""


def test_every_enum_of_qt_is_what_python_makes(home: Paths) -> None:
    ended = {way: run_window(home, SCRIPT, way) for way in ("quick", "usual")}
    for one in ended.values():
        assert one.returncode == 0, one.stderr
    quick, usual = (json.loads(ended[way].stdout) for way in ("quick", "usual"))
    assert len(usual["enums"]) > 400
    assert quick["kinds"] == dict.fromkeys(("Enum", "IntEnum", "Flag", "IntFlag"), True)
    assert not usual["kinds"]
    assert quick["enums"] == usual["enums"]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the enums that are made in the quick way."""
    names: list[str] = []
    make = quick_enums._make_late
    monkeypatch.setattr(enum.EnumType, "_create_", enum.EnumType._create_)  # type: ignore[attr-defined]  # put back after the test

    def noted(*given: Any) -> Any:  # noqa: ANN401 - as enum takes and gives it
        names.append(given[1])
        return make(*given)

    monkeypatch.setattr(quick_enums, "_make_late", noted)
    quick_enums.install()
    return names


def keeping(name: str, items: Any) -> Any:  # noqa: ANN401 - as enum takes and gives it
    """An enum as PySide asks for one."""
    base: Any = enum.IntEnum
    return base(name, items, boundary=enum.KEEP)


def test_whole_numbers_under_plain_names_are_made_here(made: list[str]) -> None:
    assert keeping("Plain", [("One", 1), ("Two", 2)])(2).name == "Two"
    assert "Plain" in made


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: one.Two,
        lambda one: one(2),
        lambda one: one["Two"],
        lambda one: next(reversed(one)),
        lambda one: list(one)[1],
        lambda one: one.__members__["Two"],
        lambda one: one._member_map_["Two"],
        lambda one: one._value2member_map_[len(one)],
        lambda one: "Two" in dir(one) and one.__dict__["Two"],
    ],
    ids=["name", "value", "item", "reversed", "list", "members", "map", "length", "dir"],
)
def test_members_are_made_when_one_is_wanted(made: list[str], ask: Callable[[Any], enum.IntEnum]) -> None:
    late = keeping("Late", [("One", 1), ("Two", 2)])
    late.__module__ = "here"
    assert late.__name__ == "Late"
    assert type(late) is quick_enums._Late
    two = ask(late)
    assert (two.name, two.value, two is late(2), type(late)) == ("Two", 2, True, enum.EnumType)
    assert late not in quick_enums._unmade
    with pytest.raises(AttributeError):
        _ = late.Three


@pytest.mark.parametrize(
    "items",
    [[("name", 1)], [("_private", 1)], [("real", 1)], [("Text", "1")], [("Truth", True)], {"Named": 1}, ["One", "Two"]],
)
def test_what_means_something_to_python_is_left_to_it(made: list[str], items: object) -> None:
    with contextlib.suppress(TypeError, ValueError):  # as Python answers
        keeping("Other", items)
    assert "Other" not in made


def test_a_name_given_twice_is_refused_as_ever(made: list[str]) -> None:
    with pytest.raises(TypeError, match="already defined"):
        keeping("Twice", [("One", 1), ("One", 2)])
    assert "Twice" not in made


def test_enums_of_others_are_left_to_python(made: list[str]) -> None:
    base: Any = enum.Enum
    assert base("Colour", [("Red", 1)])(1).name == "Red"
    assert "Colour" not in made


def test_a_python_with_other_enums_makes_them_all(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    usual = quick_enums._usual

    def newer(cls: type, *given: Any, **options: Any) -> Any:  # noqa: ANN401 - as enum takes and gives it
        one = usual(cls, *given, **options)
        for member in one:
            member._told_by_a_later_version_ = True
        return one

    monkeypatch.setattr(quick_enums, "_kinds", {})
    monkeypatch.setattr(quick_enums, "_usual", newer)
    assert keeping("Newer", [("One", 1)])(1).name == "One"
    assert "Newer" not in made


def of_pyside(tree: ast.Module) -> dict[str, object]:
    """What a module imports from PySide, by the names it has there."""
    return {
        alias.asname or alias.name: getattr(importlib.import_module(node.module or ""), alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6.")
        for alias in node.names
    }


def found_in(node: ast.AST, names: dict[str, object]) -> object:
    """What of PySide's an expression such as Qt.Key is; None if it is nothing of it."""
    if isinstance(node, ast.Attribute):
        return getattr(found_in(node.value, names), node.attr, None)
    return names.get(node.id) if isinstance(node, ast.Name) else None


def enums_in_signals(source: str) -> list[str]:
    """The enums of Qt that a module names as types of its signals and slots."""
    tree = ast.parse(source)
    names = of_pyside(tree)
    return [
        ast.unparse(part)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and found_in(call.func, names) in (Signal, Slot)
        for part in ast.walk(call)
        if isinstance(found_in(part, names), enum.EnumType)
    ]


def test_no_signal_names_an_enum_which_it_may_not_know() -> None:
    imports = "from PySide6.QtCore import Qt, QEvent, Signal, Slot\n"
    assert enums_in_signals(f"{imports}one = Signal(int, Qt.Key)\n") == ["Qt.Key"]
    assert enums_in_signals(f"{imports}@Slot(str, result=QEvent.Type)\ndef one(): ...\n") == ["QEvent.Type"]
    assert not enums_in_signals(f"{imports}one = Signal(Qt, int)\n")
    named = {path.name: enums_in_signals(path.read_text("utf-8")) for path in (ROOT / "handbook").rglob("*.py")}
    assert not {name: found for name, found in named.items() if found}


def test_what_is_tried_is_made_as_qts_are(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    filled = quick_enums._fill

    def wrong(one: type, *given: Any) -> None:  # noqa: ANN401 - as enum takes and gives it
        filled(one, *given)
        type.__setattr__(one, "_of_late_ones_", 1)

    monkeypatch.setattr(quick_enums, "_kinds", {})
    monkeypatch.setattr(quick_enums, "_fill", wrong)
    assert keeping("Differing", [("One", 1)])(1).name == "One"
    assert made == ["Trial"]
