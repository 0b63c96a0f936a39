"""Imports PySide without what its import does for tools, and for a way of writing that this program does not use.

Belongs here: that alone, once, before anything else of Qt. PySide compiles three large patterns, with which it writes
stubs and tells of a wrong call's arguments: a quarter of its import. Here they are compiled when they are used. And it
puts itself in front of every later import, to look in each module's source for `snake_case` names: that is undone. Its
enums are made in less work (quick_enums.py)."""

from __future__ import annotations

import builtins
import re
import sys

from handbook.base.late_patterns import late_pattern
from handbook.ui.qt import quick_enums

_FOR_TOOLS = "shibokensupport."  # the modules that the patterns are in


def load() -> None:
    """Import PySide's widgets; does nothing the second time. Raises ImportError as that does."""
    if "PySide6.QtWidgets" in sys.modules:
        return
    quick_enums.install()
    at_once = re.compile

    def later(text: str, flags: int = 0) -> re.Pattern[str]:
        asks = str(sys._getframe(1).f_globals.get("__name__"))
        return late_pattern(text, flags) if asks.startswith(_FOR_TOOLS) else at_once(text, flags)

    re.compile = later  # type: ignore[assignment]  # it takes the one kind of pattern that PySide's tools give
    try:
        import PySide6.QtWidgets  # noqa: F401 - it is the loading that is wanted
    finally:
        re.compile = at_once
    before = getattr(builtins, "__orig_import__", None)
    if before is not None:
        builtins.__import__ = before
