"""Garbage is collected in the GUI thread, whichever thread made it."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from handbook.base import memory
from handbook.ui.qt import garbage_collection
from handbook.ui.qt.garbage_collection import GarbageCollection


class Node:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def owner() -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()
    gc.unfreeze()


def test_what_a_thread_leaves_is_collected_in_the_gui_thread(qtbot: QtBot, owner: QObject) -> None:
    freed: set[int] = set()

    def work() -> None:
        for _ in range(50_000):  # the collector of Python would run here more than once
            node = Node()
            weakref.finalize(node, lambda: freed.add(threading.get_ident()))

    GarbageCollection(owner, interval=1)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(freed))
    assert freed == {threading.get_ident()}


def test_now_and_then_memory_is_given_back(qtbot: QtBot, owner: QObject, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(memory, "give_back", lambda: given.append(1))
    collection = GarbageCollection(owner, interval=10**6)
    kept = []
    due = 2 * gc.get_threshold()[0]  # more than the limit, of which Python's versions have several
    for _ in range(2 * garbage_collection.GIVE_BACK):
        kept.append([Node() for _ in range(due)])
        collection._collect()
    assert given == [1, 1]
    del kept
    for _ in range(2 * garbage_collection.GIVE_BACK):
        collection._collect()  # nothing was done meanwhile
    assert given == [1, 1]


def test_old_garbage_goes_too(qtbot: QtBot, owner: QObject) -> None:
    node = Node()
    gone = weakref.ref(node)
    GarbageCollection(owner, interval=1)
    gc.unfreeze()  # in the oldest generation now, as what has outlived many collections
    del node

    def make_garbage() -> bool:
        for _ in range(2 * gc.get_threshold()[0]):
            Node()
        return gone() is None

    qtbot.waitUntil(make_garbage)
