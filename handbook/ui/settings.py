"""Every setting of the window, declared once with its default and its range, and the file they are kept in.

Belongs here: names, defaults, ranges, reading and writing. Not here: what a setting does."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar, cast

from PySide6.QtCore import QSettings

from handbook.base import atomic_file, bounded
from handbook.base.paths import make_private

T = TypeVar("T", bool, int, str)
FILE = "settings.ini"
_WRITTEN_WITHIN = 60.0  # seconds: a file of Qt's beside ours that is older than that was left behind
MOST_BYTES = 1024 * 1024  # of it; it has some 4 KB


class Setting(NamedTuple, Generic[T]):
    """One setting; `fits` says which values can be used, and anything else reads as the default."""

    key: str
    default: T
    fits: Callable[[T], bool] = lambda _: True


def _is_offered(option: str, value: object) -> bool:
    """Is it a value of a print option?"""
    from handbook.handout.options import OPTIONS  # when something is printed: a start needs none of it

    return value in OPTIONS[option].values


COLOUR_NAMES = ("system", "light", "dark", "black_on_white", "white_on_black")
SMALLEST, LARGEST = 9, 40  # points; 40 is readable from the back row
TEXT_SIZE = Setting("reading/text_size", 13, lambda points: SMALLEST <= points <= LARGEST)
LAST_ADDRESS = Setting("reading/address", "")  # "chapter#anchor"; "" is the start page
LAST_OFFSET = Setting("reading/offset", 0, lambda pixels: 0 <= pixels <= 10_000_000)  # below that anchor, at TEXT_SIZE
CARET = Setting("reading/caret", False)  # is there a caret on the page, that the arrows move?
LANGUAGE = Setting("window/language", "")  # a code of base/languages.py; "" is the system's
TERM_LANGUAGES = Setting("reading/term_languages", "")  # codes with spaces between; "" is that of the program
COLOURS = Setting("window/colours", "system", lambda name: name in COLOUR_NAMES)
WINDOW_SIZE = Setting(
    "window/size", 0, lambda percent: percent == 0 or 100 <= percent <= 300
)  # 0: as the system has it
MOTION = Setting("window/motion", default=True)
TYPEFACE = Setting("reading/typeface", "usual", lambda name: name in ("usual", "sans", "serif", "hyperlegible"))
LINE_SPACING = Setting("reading/line_spacing", 118, lambda percent: 100 <= percent <= 200)
WIDEST_COLUMN = 1000  # letters: as wide as any window
COLUMN_WIDTH = Setting("reading/column", 70, lambda letters: 40 <= letters <= WIDEST_COLUMN)  # letters in a line
PREVIEWS = Setting("reading/previews", default=True)  # of a link that the pointer rests on
PLAIN_STATEMENT = Setting("reading/plain_statement", default=False)
TOOL_WORDS = Setting("window/tool_words", "beside", lambda where: where in ("beside", "below", "none"))
CONTENTS_SHOWN = Setting("window/contents_shown", default=True)
CONTENTS_WIDTH = Setting("window/contents_width", 330, lambda pixels: 120 <= pixels <= 2000)
GEOMETRY = Setting("window/geometry", "")  # as widgets/geometry.py has it
KEEP_SEARCHES = Setting("search/keep", default=False)  # when the window is closed
SEARCHES = Setting("search/last", "")  # a JSON list, the newest first; see recent.py
ALL_HANDBOOKS = Setting("search/all_handbooks", default=False)  # are those of the library searched too?
FIND_MARKS = Setting("marks/find", default=True)  # does the search offer the person's marks?
KEEP_MARKS = Setting("marks/keep", default=True)
PAPER = Setting("print/paper", "a4", lambda name: _is_offered("paper", name))
PRINT_SIZE = Setting("print/size", 11, lambda points: _is_offered("size", points))
PDF_FOLDER = Setting("print/folder", "")  # where the last PDF was saved
EXPORT_FOLDER = Setting("export/folder", "")  # where the last export was saved
EXPORT_FORMAT = Setting("export/format", "docx")  # of the last export: its name, and "folder" behind it for one
WORKSHOP_SHOWN = Setting("workshop/shown", default=False)
WORKSHOP_WIDTH = Setting("workshop/width", 360, lambda pixels: 120 <= pixels <= 2000)
WORKSHOP_FILE = Setting("workshop/file", "")  # that was open last; "" is none
# The last folder that was read in place of our texts, and on a second line the workshop that was open with it.
OTHER_WORKSHOP = Setting("workshop/other", "")
WORKSHOP_FOLDER = Setting("workshop/folder", "")  # where the last one was saved
RECENT_WORKSHOPS = Setting("workshop/recent", "")  # files, the newest first, a line each
PRINT_WINDOW = Setting("workshop/print_window", "")  # its geometry, as above

# All that is declared above: a new setting is one line.
ALL: tuple[Setting[Any], ...] = tuple(value for value in globals().values() if isinstance(value, Setting))


class Store:
    """The settings file of one person. Reading never fails; a file that can't be read is set aside.

    set_aside: the new name of a damaged file that was found, or None: the window tells the person."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self.set_aside = _set_aside_if_damaged(self.file)
        # Where it could not be set aside, the file is neither read nor written: a pipe would never let Qt go.
        file = self.file if self.file.is_file() or not os.path.lexists(self.file) else folder / f"{FILE}.{os.getpid()}"
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)
        self._known: dict[str, object] = {}  # the values that this window read or wrote last
        self._ground = next((above for above in self.file.parents if above.is_dir()), folder)

    def read(self, setting: Setting[T]) -> T:
        """The value kept, or the default when there is none that fits."""
        # type= is needed: the INI form gives text back after a restart, and 'false' is true.
        try:
            value = cast(T, self._settings.value(setting.key, setting.default, type=type(setting.default)))
        except (TypeError, ValueError, OverflowError):  # a number was expected and letters are there
            value = setting.default
        self._known[setting.key] = value = value if setting.fits(value) else setting.default
        return value

    def write(self, setting: Setting[T], value: T) -> None:
        """Keep a value; it reaches the disk with `save`.

        What this window has not changed is left as another window may have written it.
        Where the stick with the folder is gone, no folder is made on the computer in its place: nothing is kept."""
        if self._known.get(setting.key) == value:
            return
        if self._ground.is_dir():
            self._known[setting.key] = value
            with contextlib.suppress(OSError):  # what can't be made can't be written: saving says so
                make_private(self.file.parent)
            self._settings.setValue(setting.key, value)

    def drop(self, setting: Setting[Any]) -> None:
        """Keep no value of a setting."""
        self._known.pop(setting.key, None)
        self._settings.remove(setting.key)

    def save(self) -> bool:
        """Write the file (Qt does it atomically); False when the folder does not take it, or is gone."""
        if not self._ground.is_dir():
            return False
        self._settings.sync()
        return self._settings.status() == QSettings.Status.NoError

    def remove(self) -> None:
        """Forget everything, damaged files that were set aside too, as far as the folder lets go of it."""
        self._known.clear()
        self._settings.clear()
        self._settings.sync()
        self.remove_left()
        for file in self.file.parent.glob(f"{self.file.stem}*{self.file.suffix}"):
            with contextlib.suppress(OSError):
                file.unlink()

    def remove_left(self) -> None:
        """Remove what was left beside the file by a program that was killed while Qt wrote it.

        By its age: taking Qt's own lock here, in a thread, would stop the window for ever if it saved just then."""
        for file in self.file.parent.glob(f"{FILE}.{'[A-Za-z]' * 6}"):
            with contextlib.suppress(OSError):
                if time.time() - file.stat().st_mtime > _WRITTEN_WITHIN:
                    file.unlink()


def _set_aside_if_damaged(file: Path) -> Path | None:
    """Rename a settings file that is not one, so that it is neither lost nor read."""
    return atomic_file.set_aside(file) if _is_damaged(file) else None


def _is_damaged(file: Path) -> bool:
    try:
        data = bounded.read(file, MOST_BYTES)
    except bounded.TooLarge:
        return True
    except bounded.NotRead:  # none yet, out of reach (QSettings then starts from the defaults), or no file at all
        return os.path.lexists(file) and not file.is_file()
    if b"\0" in data:
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    found = QSettings(str(file), QSettings.Format.IniFormat)
    found.allKeys()  # has Qt read the whole file: it puts that off until something is asked
    return found.status() != QSettings.Status.NoError


def keep_qts_own(cache: Path) -> None:
    """Have Qt's file dialog keep the folders it has shown in our cache, which Clear what is stored empties.

    Left alone it writes them to QtProject.conf among the person's settings, portable or not. Only where Qt draws
    the dialog itself, as on Linux without a desktop portal."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(cache / "qt"))
