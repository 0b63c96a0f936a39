"""Gives memory back to the system: after a layout was dropped, after pages were made for the window, and now and then.

Belongs here: what a system needs to be told for that. Not here: when there is some (printing/typeset/compiler.py,
ui/printing/page_builder.py, ui/qt/garbage_collection.py).

The C library of most Linux systems (glibc) keeps what was freed, as Typst's threads have used it in small pieces: of a
window with a packet of 400 pages that are some 200 MiB."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Give back what is free. Does nothing where the C library does so itself."""
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)
