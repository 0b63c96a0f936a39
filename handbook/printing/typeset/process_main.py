"""What the process of process.py does: the tasks that come in by its input, one after the other.

Belongs here: reading a task, bounding this process, answering, ending. Not here: what a task is (compiler.py,
pictures.py), how both sides write (frames.py).

In: a frame for each task. Out, for each: process.BEGUN and a frame."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from handbook.printing.typeset import compiler, frames, limits, pictures
from handbook.printing.typeset.offline import environment
from handbook.printing.typeset.process import BEGUN, Answer, Bounds
from handbook.printing.typeset.settling import Endings

_IDLE = 300  # s without a task after which the process ends: nobody looks at pages any more
_LARGE = 30_000  # bytes of a document, some ten pages, from which it matters what Typst keeps of it


def _nothing(_: Mapping[str, Any], __: Sequence[bytes]) -> Answer:
    compiler.prepare()
    return Answer({}, b"")


_Work = Callable[[Mapping[str, Any], Sequence[bytes]], Answer]


def _tasks() -> Mapping[str, _Work]:
    """What this process does, and remembers from one task to the next."""
    return {"pages": partial(compiler.serve, endings=Endings()), "picture": pictures.serve, "nothing": _nothing}


class _Asked(NamedTuple):
    """A task, as it came in."""

    work: _Work
    told: Mapping[str, Any]
    parts: Sequence[bytes]
    bounds: Bounds


def serve() -> int:
    """Do what comes in. Ends the process, but for a first task that is none: that is somebody's trial, and 2."""
    os.environ.update(environment())
    tasks = _tasks()
    try:
        asked = _read(tasks)
    except frames.Broken:
        return 2
    waiting: queue.SimpleQueue[_Asked] = queue.SimpleQueue()
    threading.Thread(target=_read_on, args=(tasks, waiting), daemon=True).start()
    bounded = limits.Limits()
    status = 1  # where a task fails unforeseen
    try:
        while True:
            _do(asked, bounded)
            asked = waiting.get(timeout=_IDLE)
    except queue.Empty:
        status = 0
    finally:
        # Not by the interpreter's own end: it aborts while _read_on waits, and on Windows waits for it.
        os._exit(status)


def _read(tasks: Mapping[str, _Work]) -> _Asked:
    """The next task; waits for it. Raises frames.Broken."""
    told, parts = frames.read(sys.stdin.buffer)
    try:
        return _Asked(tasks[told["what"]], told["task"], parts, Bounds(*told["bounds"]))
    except (TypeError, LookupError) as exc:
        raise frames.Broken from exc


def _read_on(tasks: Mapping[str, _Work], waiting: queue.SimpleQueue[_Asked]) -> None:
    """Take in what comes, and end this process with the one that wants its answers, however that ends."""
    try:
        while True:
            waiting.put(_read(tasks))
    finally:
        os._exit(1)  # at once: a task may be at work


def _do(asked: _Asked, bounded: limits.Limits) -> None:
    kept = limits.taken()
    bounded.impose(*asked.bounds)
    _say(BEGUN)
    answer = asked.work(asked.told, asked.parts)
    bounded.lift()
    _say(frames.written({"answer": answer.told, "kept": kept}, [answer.data]))
    if sum(map(len, asked.parts)) >= _LARGE:
        compiler.forget_the_oldest()  # 20 ms, for which nobody waits


def _say(words: bytes) -> None:
    sys.stdout.buffer.write(words)
    sys.stdout.buffer.flush()
