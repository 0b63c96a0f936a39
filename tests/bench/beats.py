"""How long a window is deaf: the times between two beats of a timer of 1 ms."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def beats() -> Iterator[list[float]]:
    """The seconds between two beats, in order, while the block runs; a QApplication is there."""
    from PySide6.QtCore import Qt, QTimer

    gaps: list[float] = []
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    clock = QTimer()
    clock.setTimerType(Qt.TimerType.PreciseTimer)
    clock.timeout.connect(beat)
    clock.start(1)
    last[0] = time.perf_counter()
    yield gaps
    clock.stop()
