"""What every part of a main window may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from handbook.base.paths import Paths
from handbook.content.parse_cache import Parsed
from handbook.ui import settings
from handbook.ui.reading.reader import Reader
from handbook.ui.widgets.messages import Messages
from handbook.ui.window.looks import Looks
from handbook.ui.window.navigation import Navigation


class Shared(NamedTuple):
    """The window, its page and its place. actions: of the commands, by their names; filled after the parts are made."""

    window: QMainWindow
    paths: Paths
    store: settings.Store
    parsed: Parsed
    looks: Looks
    messages: Messages
    actions: Mapping[str, QAction]
    reader: Reader
    navigation: Navigation
