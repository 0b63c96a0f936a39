"""What the tests of the window share: the typefaces, folders of their own, an index, windows that get closed."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partialmethod
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication
from pytestqt.logging import _QtMessageCapture  # the type of the fixture qtlog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from handbook.base.paths import Paths, find_paths
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.printing.typeset import KeptProcess, Typesetter
from handbook.search.index import build_index
from handbook.ui.main_window import MainWindow
from handbook.ui.settings import Store
from handbook.ui.widgets import theme
from tests.helpers import PATIENCE

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # as `run.py test` has it: no window in anybody's way

# What Qt says offscreen of windows and menus; it means nothing.
HARMLESS = "This plugin does not support "

_WAIT = int(PATIENCE * 1000)  # milliseconds

Write = Callable[[Mapping[str, str]], Handbook]


class OpenWindow(Protocol):
    """Opens a window and waits until it has the keyboard; it is closed when the test is over."""

    def __call__(self, address: str = "", *, book: Handbook | None = None, at: Paths | None = None) -> MainWindow: ...


class PatientQtBot(QtBot):
    """pytest-qt's robot with one patience for every wait, whatever the machine is busy with."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=_WAIT)  # noqa: N815 - pytest-qt's names
    waitSignal = partialmethod(QtBot.waitSignal, timeout=_WAIT)  # noqa: N815
    waitSignals = partialmethod(QtBot.waitSignals, timeout=_WAIT)  # noqa: N815
    waitActive = partialmethod(QtBot.waitActive, timeout=_WAIT)  # noqa: N815
    waitExposed = partialmethod(QtBot.waitExposed, timeout=_WAIT)  # noqa: N815


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The robot that types, clicks and waits; it replaces pytest-qt's own."""
    return PatientQtBot(request)


@pytest.fixture(scope="session")
def typesetter() -> Iterator[Typesetter]:
    """What sets the pages of a dialog that has no window."""
    made = Typesetter(KeptProcess())
    yield made
    made.close()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The program's own style: app.py asks for it in the same way."""
    return ["handbook", "-style", "Fusion"]


@pytest.fixture(scope="session", autouse=True)
def fonts(qapp: QApplication) -> None:
    """The bundled typefaces, as app.py loads them."""
    theme.load_fonts()
    qapp.setFont(theme.ui_font())


@pytest.fixture(autouse=True)
def garbage_is_collected_in_this_thread() -> Iterator[None]:
    """Left to itself, the collector may take Qt's objects apart in a search thread.

    That thread then waits for Python, and the window for a lock of Qt: for ever."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture(autouse=True)
def no_word_from_qt(qtlog: _QtMessageCapture) -> Iterator[None]:
    """Qt warns of what is done wrong to it (objects gone, threads left, fonts missing): a test that hears it fails."""
    yield
    assert [record.message for record in qtlog.records if not record.message.startswith(HARMLESS)] == []


@pytest.fixture(autouse=True)
def nobody_is_asked_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that is closed after a test gives its workshop up; tests of that question put their own answer here."""
    monkeypatch.setattr("handbook.ui.workshop.files.ask_before_leaving", lambda *_: "discard")


@pytest.fixture(scope="session")
def book() -> Handbook:
    """The real handbook."""
    return load(find_paths().content)


@pytest.fixture(scope="session")
def index_folder(book: Handbook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real index of the real handbook."""
    folder = tmp_path_factory.mktemp("index")
    build_index(book, folder)
    return folder


@pytest.fixture
def home(tmp_path: Path, index_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """The folders of a person who never opened the program."""
    monkeypatch.setenv("HANDBOOK_HOME", str(tmp_path / "home"))
    return find_paths().with_(index=index_folder)


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, QAccessible.AnnouncementPoliteness]]:
    """What is announced, as if a screen reader ran."""
    told: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    class Listener(QAccessible):
        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleEvent) -> None:
            if isinstance(event, QAccessibleAnnouncementEvent):
                told.append((event.message(), event.politeness()))

    for module in (
        "widgets.announce",
        "reading.spoken_place",
        "reading.caret",
        "reading.reader",
        "reading.focused_link",
    ):
        monkeypatch.setattr(f"handbook.ui.{module}.QAccessible", Listener)
    return told


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files, by name, and read them as a handbook."""

    def write_files(files: Mapping[str, str]) -> Handbook:
        folder = tmp_path / "content"
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        return load(folder)

    return write_files


@pytest.fixture
def open_window(qtbot: QtBot, book: Handbook, home: Paths) -> Iterator[OpenWindow]:
    """Opens windows as app.py does, closes them and has Qt delete them."""
    opened: list[MainWindow] = []
    real, usual = book, home

    def open_one(address: str = "", *, book: Handbook | None = None, at: Paths | None = None) -> MainWindow:
        folders = at or usual
        window = MainWindow(book or real, folders, Store(folders.config), address)
        opened.append(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    yield open_one
    if QApplication.font().pointSizeF() != theme.UI_POINTS:
        QApplication.setFont(theme.ui_font())
    for window in filter(isValid, opened):
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
