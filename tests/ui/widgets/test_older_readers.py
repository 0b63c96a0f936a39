"""Screen readers that know no announcements are told by a notification; a registry that is slow silences nobody."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QAccessibleEvent
from pytestqt.qtbot import QtBot

from handbook.ui.widgets import older_readers
from handbook.ui.widgets.accessible import Text
from handbook.ui.widgets.older_readers import Notifier


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QAccessibleEvent]:
    heard: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", heard.append)
    return heard


@pytest.mark.parametrize(("answers", "told", "asked"), [([True], 3, 1), ([False], 0, 1), ([None, None, False], 2, 3)])
def test_who_knows_no_announcements_is_told(
    answers: list[bool | None],
    told: int,
    asked: int,
    qtbot: QtBot,
    shown: list[QAccessibleEvent],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questions: list[int] = []

    def ask() -> bool | None:
        questions.append(1)
        return answers[min(len(questions), len(answers)) - 1]

    monkeypatch.setattr(older_readers, "nobody_hears_announcements", ask)
    notifier = Notifier()
    for text in ("one", "two", "three"):
        notifier.tell(text)
    assert len(shown) == told
    assert [event.accessibleInterface().text(Text.Name) for event in shown] == ["one", "two", "three"][:told]
    assert len(questions) == asked
