"""Work off the GUI thread: who wins, who is told, where answers arrive, and how it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from handbook.ui.widgets.worker import LatestOnlyWorker, Stale, Stopped
from tests.helpers import PATIENCE, Gate

Make = Callable[[Callable[[str, Stale], str]], "Job"]


class Job:
    """A worker and all that it delivered."""

    def __init__(self, work: Callable[[str, Stale], str]) -> None:
        self.done: list[tuple[str, str]] = []
        self.failed: list[tuple[str, Exception]] = []
        self.threads: set[threading.Thread] = set()
        self.newest: LatestOnlyWorker[str, str] = LatestOnlyWorker("test", work, self._done, self._failed)

    def _done(self, request: str, answer: str) -> None:
        self.threads.add(threading.current_thread())
        self.done.append((request, answer))

    def _failed(self, request: str, error: Exception) -> None:
        self.threads.add(threading.current_thread())
        self.failed.append((request, error))


@pytest.fixture
def make() -> Iterator[Make]:
    """Makes workers and closes them."""
    made: list[Job] = []

    def make_one(work: Callable[[str, Stale], str]) -> Job:
        made.append(Job(work))
        return made[-1]

    yield make_one
    for job in made:
        job.newest.close()


def running(name: str = "test") -> list[threading.Thread]:
    """The threads of workers that have not ended."""
    return [thread for thread in threading.enumerate() if thread.name == name]


def replace(job: Job, old: str, gate: Gate, new: str, qtbot: QtBot) -> None:
    """Ask for one thing, and for another while the gate holds the first; until nothing is under way."""
    job.newest.start(old)
    assert gate.reached.wait(PATIENCE)
    job.newest.start(new)
    gate.open.set()
    qtbot.waitUntil(lambda: not job.newest.busy)


def test_an_answer_arrives_in_the_gui_thread(make: Make, qtbot: QtBot) -> None:
    workers: list[threading.Thread] = []

    def work(request: str, stale: Stale) -> str:
        workers.append(threading.current_thread())
        return request.upper()

    job = make(work)
    assert not job.newest.busy
    assert not running()  # no thread before there is work
    job.newest.start("a")
    assert job.newest.busy
    qtbot.waitUntil(lambda: not job.newest.busy)
    assert job.done == [("a", "A")]
    assert job.threads == {threading.main_thread()}
    assert threading.main_thread() not in workers


def test_the_newest_wins_and_what_waited_is_never_begun(make: Make, qtbot: QtBot) -> None:
    begun: list[str] = []
    gate = Gate()

    def work(request: str, stale: Stale) -> str:
        begun.append(request)
        gate.hold()
        return request.upper()

    job = make(work)
    job.newest.start("first")
    assert gate.reached.wait(PATIENCE)
    for request in ("second", "third", "fourth"):
        job.newest.start(request)
    gate.open.set()
    qtbot.waitUntil(lambda: not job.newest.busy)
    assert job.done == [("fourth", "FOURTH")]
    assert begun == ["first", "fourth"]


def test_work_under_way_is_told_that_nobody_waits_for_it(make: Make, qtbot: QtBot) -> None:
    answers: list[bool] = []
    gate = Gate()

    def work(request: str, stale: Stale) -> str:
        answers.append(stale())
        if request == "old":
            gate.hold()
            answers.append(stale())
        return request

    job = make(work)
    replace(job, "old", gate, "new", qtbot)
    assert answers == [False, True, False]


def test_an_answer_in_the_queue_is_dropped_when_something_newer_is_asked(make: Make, qtbot: QtBot) -> None:
    worked = threading.Event()

    def work(request: str, stale: Stale) -> str:
        if request == "new":
            assert worked.wait(PATIENCE)
        return request

    job = make(work)
    sent = threading.Event()
    job.newest._bridge.finished.connect(lambda *_: sent.set(), Qt.ConnectionType.DirectConnection)
    job.newest.start("old")
    assert sent.wait(PATIENCE)  # without the event loop: nothing is delivered meanwhile
    job.newest.start("new")
    worked.set()
    qtbot.waitUntil(lambda: not job.newest.busy)
    assert job.done == [("new", "new")]


def test_an_error_is_carried_over_and_the_next_request_works(make: Make, qtbot: QtBot) -> None:
    def work(request: str, stale: Stale) -> str:
        if request == "bad":
            raise LookupError("no such thing")
        return request

    job = make(work)
    job.newest.start("bad")
    qtbot.waitUntil(lambda: not job.newest.busy)
    ((request, error),) = job.failed
    assert request == "bad"
    assert isinstance(error, LookupError)
    assert str(error) == "no such thing"
    assert job.threads == {threading.main_thread()}
    job.newest.start("good")
    qtbot.waitUntil(lambda: bool(job.done))
    assert job.done == [("good", "good")]


class Panic(BaseException):
    """What a library written in Rust raises when it panics."""


@pytest.mark.parametrize("kind", [Panic, SystemExit, KeyboardInterrupt, GeneratorExit])
def test_what_is_no_exception_is_told_and_a_new_thread_goes_on(
    make: Make, qtbot: QtBot, kind: type[BaseException]
) -> None:
    threads: list[threading.Thread] = []

    def work(request: str, stale: Stale) -> str:
        threads.append(threading.current_thread())
        if request == "bad":
            raise kind("index out of bounds")
        return request

    job = make(work)
    job.newest.start("bad")
    qtbot.waitUntil(lambda: not job.newest.busy)
    ((request, error),) = job.failed
    assert (request, type(error.__cause__)) == ("bad", kind)
    assert isinstance(error, Stopped)
    assert f"{kind.__name__}: index out of bounds" in str(error)
    job.newest.start("good")
    qtbot.waitUntil(lambda: bool(job.done))
    assert job.done == [("good", "good")]
    assert threads[0] is not threads[1]
    assert len(running()) == 1


def test_what_waited_behind_a_panic_is_done(make: Make, qtbot: QtBot) -> None:
    gate = Gate()

    def work(request: str, stale: Stale) -> str:
        if request == "bad":
            gate.hold()
            raise Panic
        return request

    job = make(work)
    replace(job, "bad", gate, "good", qtbot)
    assert (job.done, job.failed) == ([("good", "good")], [])


def test_where_the_system_gives_no_thread_that_is_the_answer(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make(lambda request, _: request)

    def no_more(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", no_more)
        job.newest.start("first")
    qtbot.waitUntil(lambda: not job.newest.busy)
    assert [str(error) for _, error in job.failed] == ["can't start new thread"]
    job.newest.start("second")
    qtbot.waitUntil(lambda: not job.newest.busy)
    assert job.done == [("second", "second")]


def test_an_error_of_old_work_is_not_told(make: Make, qtbot: QtBot) -> None:
    gate = Gate()

    def work(request: str, stale: Stale) -> str:
        if request == "bad":
            gate.hold()
            raise LookupError("no such thing")
        return request

    job = make(work)
    replace(job, "bad", gate, "good", qtbot)
    assert job.failed == []
    assert job.done == [("good", "good")]


def test_what_is_dropped_is_not_delivered(make: Make) -> None:
    gate = Gate()

    def work(request: str, stale: Stale) -> str:
        gate.hold()
        return request

    job = make(work)
    job.newest.start("a")
    assert gate.reached.wait(PATIENCE)
    job.newest.drop()
    assert not job.newest.busy
    gate.open.set()
    job.newest.close()  # the thread has ended: what it sent is in the queue
    QApplication.processEvents()
    assert (job.done, job.failed) == ([], [])


def test_closing_tells_work_under_way_and_waits_for_it(make: Make) -> None:
    reached = threading.Event()
    told = threading.Event()

    def work(request: str, stale: Stale) -> str:
        reached.set()
        while not stale():
            pass
        told.set()
        return request

    job = make(work)
    job.newest.start("a")
    assert reached.wait(PATIENCE)
    job.newest.close()
    assert told.is_set()
    assert not running()
    job.newest.start("b")  # too late: nothing begins
    QApplication.processEvents()
    assert not running()
    assert not job.newest.busy
    assert (job.done, job.failed) == ([], [])
    job.newest.close()


def test_closing_does_not_wait_for_ever(make: Make) -> None:
    gate = Gate()

    def work(request: str, stale: Stale) -> str:
        gate.hold()
        return request

    job = make(work)
    job.newest.start("a")
    assert gate.reached.wait(PATIENCE)
    job.newest.close(wait=0.01)
    (thread,) = running()
    assert thread.daemon  # so that the program can end
    gate.open.set()
    thread.join(PATIENCE)
    assert not running()
    QApplication.processEvents()
    assert job.done == []


def test_what_waits_when_it_closes_is_never_begun(make: Make) -> None:
    begun: list[str] = []
    gate = Gate()

    def work(request: str, stale: Stale) -> str:
        begun.append(request)
        gate.hold()
        return request

    job = make(work)
    job.newest.start("runs")
    assert gate.reached.wait(PATIENCE)
    (thread,) = running()
    job.newest.start("waits")
    job.newest.close(wait=0.01)
    gate.open.set()
    thread.join(PATIENCE)
    assert not running()
    assert begun == ["runs"]


def test_work_that_ends_after_the_window_is_gone_ends_in_silence(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate()
    faults: list[object] = []
    monkeypatch.setattr(threading, "excepthook", faults.append)

    def work(request: str, stale: Stale) -> str:
        gate.hold()
        return request

    job = make(work)
    job.newest.start("a")
    assert gate.reached.wait(PATIENCE)
    (thread,) = running()
    delete(job.newest._bridge)  # as Qt does when the program ends
    gate.open.set()
    thread.join(PATIENCE)
    assert not running()
    assert faults == []


def test_no_answer_reaches_an_owner_that_is_gone(qtbot: QtBot) -> None:
    owner, sent = QObject(), threading.Event()
    heard: list[object] = []
    runner: LatestOnlyWorker[str, str] = LatestOnlyWorker(
        "owned", lambda *_: "answer", lambda *_: heard.append("done"), lambda *_: heard.append("failed")
    )
    runner._bridge.finished.connect(lambda *_: sent.set(), Qt.ConnectionType.DirectConnection)
    runner.end_with(owner)
    runner.start("a")
    assert sent.wait(PATIENCE)  # the answer is in the queue
    delete(owner)
    QApplication.processEvents()
    assert heard == []
    qtbot.waitUntil(lambda: running("owned") == [])


def test_closing_what_never_began_does_nothing(make: Make) -> None:
    job = make(lambda request, _: request)
    job.newest.close()
    assert not running()


def test_a_thousand_answers_arrive(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 aborts after some 590 signals sent from Python."""
    seen: list[int] = []

    def done(request: int, answer: int) -> None:
        seen.append(answer)
        if request < 999:
            newest.start(request + 1)

    newest: LatestOnlyWorker[int, int] = LatestOnlyWorker("test", lambda request, _: request, done, lambda *_: None)
    newest.start(0)
    qtbot.waitUntil(lambda: len(seen) == 1000)
    newest.close()
    assert seen == list(range(1000))


def test_a_thousand_signals_of_every_kind_arrive() -> None:
    class Sender(QObject):
        sent = Signal(bool, int, str, object)

    seen: list[tuple[bool, int, str, object]] = []
    sender = Sender()
    sender.sent.connect(lambda *values: seen.append(values))
    for number in range(1000):
        sender.sent.emit(number % 2 == 0, number, str(number), None)
    assert len(seen) == 1000
    assert seen[-1] == (False, 999, "999", None)
