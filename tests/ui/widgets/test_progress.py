"""Work that is waited for: its box, cancelling it, and what cannot be cancelled any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from handbook.ui.widgets import progress
from handbook.ui.widgets.progress import Progress, wait_for
from handbook.ui.widgets.worker import Stale, Stopped
from tests.helpers import PATIENCE


@pytest.fixture
def parent(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    """A window whose boxes appear at once."""
    monkeypatch.setattr(progress, "APPEARS", 0)
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def let_go() -> Iterator[threading.Event]:
    """Holds work up until the test lets it go on."""
    event = threading.Event()
    yield event
    event.set()


def box() -> QProgressDialog | None:
    found = QApplication.activeModalWidget()
    return found if isinstance(found, QProgressDialog) else None


def when_shown(qtbot: QtBot, press: object) -> QTimer:
    """Call something with the box as soon as it is there."""
    clock = QTimer()

    def look() -> None:
        shown = box()
        if shown is not None and shown.isVisible():
            clock.stop()
            assert callable(press)
            press(shown)

    clock.timeout.connect(look)
    clock.start(10)
    return clock


def cancel(shown: QProgressDialog) -> None:
    button = shown.findChild(QPushButton)
    assert button is not None
    button.click()


def test_the_answer_comes_back(parent: QWidget) -> None:
    assert wait_for(parent, "Counting…", 0, lambda *_: 42) == 42


def test_what_went_wrong_is_raised_here(parent: QWidget) -> None:
    def work(_: Progress, stale: Stale) -> None:
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        wait_for(parent, "Counting…", 0, work)


def test_what_is_no_exception_is_raised_here_too(parent: QWidget) -> None:
    def work(_: Progress, stale: Stale) -> None:
        raise SystemExit("a library gave up")

    with pytest.raises(Stopped, match="SystemExit: a library gave up"):
        wait_for(parent, "Counting…", 0, work)


def test_cancelling_waits_for_nothing(parent: QWidget, qtbot: QtBot, let_go: threading.Event) -> None:
    told: list[bool] = []
    begun, ended = threading.Event(), threading.Event()

    def work(asked: Progress, stale: Stale) -> str:
        begun.set()
        let_go.wait(PATIENCE)  # as a library does that cannot be interrupted
        told.extend((stale(), asked.cancelled, asked.last_step()))
        ended.set()
        return "late"

    def press(shown: QProgressDialog) -> None:
        assert begun.wait(PATIENCE)  # or on a busy machine the work would never be begun
        cancel(shown)

    clock = when_shown(qtbot, press)
    assert wait_for(parent, "Counting…", 0, work) is None
    assert not ended.is_set()  # it did not wait for it
    assert box() is None
    let_go.set()
    assert ended.wait(PATIENCE)
    assert told == [True, True, False]
    clock.stop()


def press_escape(shown: QProgressDialog) -> None:
    for shortcut in shown.findChildren(QShortcut):
        assert shortcut.key() == QKeySequence(QKeySequence.StandardKey.Cancel)
    (shortcut,) = shown.findChildren(QShortcut)  # two would be ambiguous, and neither would act
    shortcut.activated.emit()


@pytest.mark.parametrize("press", [QProgressDialog.close, press_escape], ids=["close", "escape"])
def test_closing_the_box_and_escape_cancel(
    parent: QWidget, qtbot: QtBot, let_go: threading.Event, press: Callable[[QProgressDialog], object]
) -> None:
    clock = when_shown(qtbot, press)
    assert wait_for(parent, "Counting…", 0, lambda *_: let_go.wait(PATIENCE)) is None
    clock.stop()


def test_the_last_step_is_not_cancelled_and_says_so(parent: QWidget, qtbot: QtBot, let_go: threading.Event) -> None:
    reached = threading.Event()
    seen: list[tuple[bool, bool, str]] = []

    def work(asked: Progress, stale: Stale) -> str:
        assert asked.last_step()
        reached.set()
        assert let_go.wait(PATIENCE)
        return "done"

    def press(shown: QProgressDialog) -> None:
        assert reached.wait(PATIENCE)
        cancel(shown)
        button = shown.findChild(QPushButton)
        assert button is not None
        seen.append((shown.isVisible(), button.isEnabled(), shown.labelText()))
        let_go.set()

    clock = when_shown(qtbot, press)
    assert wait_for(parent, "Saving…", 0, work) == "done"
    clock.stop()
    assert [one[:2] for one in seen] == [(True, False)]
    assert "too late" in seen[0][2]


@pytest.mark.parametrize("first", ["cancel", "last_step"])
def test_either_the_cancelling_or_the_last_step_comes_first(first: str) -> None:
    asked = Progress()
    assert getattr(asked, first)()
    assert not (asked.last_step() if first == "cancel" else asked.cancel())
    assert asked.cancelled is (first == "cancel")


@pytest.mark.parametrize(("steps", "further"), [(4, "Making pages… 50 of 100"), (0, "Making pages…")])
def test_how_far_it_is_is_told_again_and_again(
    steps: int, further: str, parent: QWidget, let_go: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To whoever cannot see the box: what is done, and every few seconds how far it is."""
    heard: list[str] = []

    def hear(_: QWidget, text: str) -> None:
        heard.append(text)
        if heard.count(further) >= 3:
            let_go.set()

    monkeypatch.setattr("handbook.ui.widgets.announce.announce", hear)
    monkeypatch.setattr(progress, "SPOKEN", 20)

    def work(asked: Progress, _: Stale) -> str:
        asked.done = 2
        assert let_go.wait(PATIENCE)
        return "pages"

    assert wait_for(parent, "Making pages…", steps, work) == "pages"
    assert heard[0] == "Making pages…"
    assert set(heard[1:]) == {further}


def test_it_is_told_every_five_seconds() -> None:
    assert progress.SPOKEN == 5000
