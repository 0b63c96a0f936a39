"""The memory and the time that a process of our own may take, and how it ends when it takes more.

Belongs here: what bounds this very process on each system. Not here: which process, and what it does
(process.py, process_main.py).

The system itself refuses memory beyond a bound: Linux by RLIMIT_DATA, Windows by a job object. Short of that bound,
and on every system, a thread of this process looks at what it has taken and ends it; so it also does when the
time is over. It counts the processor's time, so that a computer that does something else meanwhile does not make a
picture bad. That Typst runs without Python's lock is what lets the thread look.

References: https://man7.org/linux/man-pages/man2/setrlimit.2.html,
https://learn.microsoft.com/windows/win32/procthread/job-objects."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from pathlib import Path

MEMORY_OVER, TIME_OVER = 77, 78  # how a process ends that took more than it may
_LOOK = 0.02  # s between two looks, in which some 40 MB may be taken
_BEYOND = 1.5  # times the memory that it may take is where the system steps in: also what was only asked for counts


class Limits:
    """What this process may take for the task that it does; begins with none."""

    def __init__(self) -> None:
        self._memory = 0
        self._end = 0.0  # of the processor's time for this process
        self._at_work = threading.Event()
        self._is_watched = False

    def impose(self, memory: int, seconds: float) -> None:
        """Bound this process. memory: bytes that may be in use. seconds: of the processor's time, from now."""
        if memory != self._memory:
            with contextlib.suppress(OSError, ValueError):  # a lower limit holds: a person's own, or one set before
                _bound_by_system(int(memory * _BEYOND))
        self._memory, self._end = memory, time.process_time() + seconds
        self._at_work.set()
        if not self._is_watched:
            self._is_watched = True
            threading.Thread(target=self._watch, name="limits", daemon=True).start()

    def lift(self) -> None:
        """The task is done: until the next one nothing is counted, and the processor can sleep."""
        self._at_work.clear()

    def _watch(self) -> None:
        while self._at_work.wait():
            if most_taken() > self._memory:
                os._exit(MEMORY_OVER)
            if time.process_time() > self._end:
                os._exit(TIME_OVER)
            time.sleep(_LOOK)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PROCESS_MEMORY, _DIE_ON_UNHANDLED_EXCEPTION = 0x100, 0x400  # the second: no box that tells of the crash
    _EXTENDED_LIMITS = 9

    class _Basic(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = (
            ("process_time", wintypes.LARGE_INTEGER),
            ("job_time", wintypes.LARGE_INTEGER),
            ("flags", wintypes.DWORD),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("basic", _Basic),
            ("input_and_output", ctypes.c_ulonglong * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS."""

        _fields_ = (
            ("size", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            ("sizes", ctypes.c_size_t * 7),
            ("peak_pagefile", ctypes.c_size_t),
        )

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
    _kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    _kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)

    def _bound_by_system(memory: int) -> None:
        limits = _Extended()
        limits.basic.flags = _PROCESS_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION
        limits.process_memory = memory
        job = _kernel.CreateJobObjectW(None, None)  # never closed: it lasts as long as the process in it
        _kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        _kernel.AssignProcessToJobObject(job, _kernel.GetCurrentProcess())

    def _counted() -> _Counters:
        counters = _Counters()
        counters.size = ctypes.sizeof(counters)
        _kernel.K32GetProcessMemoryInfo(_kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size)
        return counters

    def most_taken() -> int:
        """The most bytes of memory that this process has held; on Linux, those that it holds now."""
        return int(_counted().peak_pagefile)

    def taken() -> int:
        """The bytes of memory that this process holds now; on macOS, the most that it has held."""
        return int(_counted().sizes[6])

else:
    import resource

    _STATM = Path("/proc/self/statm")
    _PAGE = resource.getpagesize()

    def _bound_by_system(memory: int) -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no file as large as its memory when it crashes
        # Not RLIMIT_AS: what each thread sets aside without using it would count. macOS takes it and does nothing.
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))

    def taken() -> int:
        """The bytes of memory that this process holds now; on macOS, the most that it has held."""
        try:
            return int(_STATM.read_bytes().split()[1]) * _PAGE
        except (OSError, ValueError, IndexError):  # macOS, where the most that was ever taken is counted in bytes
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    most_taken = taken
