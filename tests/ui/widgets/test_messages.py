"""Every message of the window goes through one function, which shows it and has it read out."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers import ROOT
from tests.ui.conftest import OpenWindow

MESSAGES = ROOT / "handbook" / "ui" / "widgets" / "messages.py"


def uses(path: Path, name: str) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == name for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


def test_nothing_else_writes_into_the_status_bar() -> None:
    assert uses(MESSAGES, "showMessage")
    others = [path for path in (ROOT / "handbook").rglob("*.py") if path != MESSAGES]
    assert [path.name for path in others if uses(path, "showMessage")] == []


def test_whatever_is_said_is_shown_and_announced(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("handbook.ui.widgets.announce.announce", lambda _, text: told.append(text))
    window = open_window("about")
    speakers: tuple[Any, ...] = (window.searching, window.matches, window.workshop, window.marks)
    for number, speaker in enumerate(speakers):
        speaker.said.emit(f"message {number}", 1000)
        assert window.statusBar().currentMessage() == f"message {number}"
    assert told[-len(speakers) :] == [f"message {number}" for number in range(len(speakers))]
    window.outputs.copy_address()
    assert told[-1] == "Copied: about"
    window.open_address("nowhere")
    assert "nowhere" in told[-1]
