"""Open the window: check the display, start Qt, show the handbook.

Belongs here: what happens once, at the start and at the end of the program."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from handbook.base import bounded, catalogue, log
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.paths import Paths
from handbook.content import kept_texts
from handbook.content.address import library_name
from handbook.content.handbook import Handbook, Others
from handbook.content.loading import load
from handbook.content.translation import of_program
from handbook.workshop import is_file_name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from handbook.library.shelf import Library

_log = logging.getLogger(__name__)

# Seconds after which the search thread lets go of Python, a tenth of the usual: typing must not wait for it.
SWITCH_INTERVAL = 0.0005
LATER = 1000  # milliseconds after the window is shown, for what nobody waits for


class _Wanted(NamedTuple):
    """What the program was started with: a handbook, an address in it, the file of a workshop, a pack."""

    handbook: Handbook
    address: str
    workshop: Path | None
    pack: Path | None


def run(paths: Paths, address: str, told: str = "") -> NoReturn:
    """Show the window at an address ("" is where reading stopped last time), and end the process when it is closed.

    In place of an address, the file of a workshop opens that, and a pack is added to the library. told: what the person
    is told first. Raises HandbookError for what must be said on the terminal: no display, no content, no such address
    or file."""
    # Making a few hundred thousand objects that stay, the collector only looks for what is not there: 15 ms.
    gc.disable()
    sys.setswitchinterval(SWITCH_INTERVAL)
    wanted = _wanted(paths, address)
    handbook = wanted.handbook
    from handbook.ui.reading import display

    display.check()
    log.keep(paths.cache)  # before Qt, whose crashes leave nothing else behind
    from PySide6.QtCore import QTimer

    from handbook.ui import crash_handler, screen_readers, settings
    from handbook.ui.help import language
    from handbook.ui.main_window import MainWindow
    from handbook.ui.qt.garbage_collection import GarbageCollection
    from handbook.ui.qt.key_positions import KeyPositions
    from handbook.ui.widgets import icon, theme

    # Ctrl+C in the terminal ends the program at once, as with any other.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    app = _application()
    app.setApplicationName("Field Handbook")
    app.setDesktopFileName("field-handbook")
    app.setWindowIcon(icon.load())
    language.speak_qt(app)
    settings.keep_qts_own(paths.cache)
    store = settings.Store(paths.config)

    def report(error: BaseException) -> str:
        from handbook.ui.help import report

        return report.report(handbook, store, error)

    crash_handler.CrashHandler(app, report).install()
    screen_readers.install()
    theme.load_fonts()  # the window gives its typeface to the application, in the size that the person wants
    window = MainWindow(handbook, paths, store, wanted.address)
    KeyPositions(app)
    window.show()
    if told:
        window.notice.show_notice(told)
    if wanted.workshop is not None:
        window.workshop.open_at_start(wanted.workshop)
    if wanted.pack is not None:
        QTimer.singleShot(0, partial(window.dialogs.show_handbooks, wanted.pack))
    if sys.platform == "darwin":
        from handbook.ui.qt.macos import open_files_with

        open_files_with(app, window.workshop.open_file)
    QTimer.singleShot(LATER, partial(_do_later, app))
    GarbageCollection(app)
    status, languages = app.exec(), window.languages
    _end(app, status, partial(language.start_again, paths, languages.not_kept) if languages.starts_again else None)


def _wanted(paths: Paths, address: str) -> _Wanted:
    """What is to be shown. Raises HandbookError for what is not there."""
    pack, address = (Path(address), "") if address.lower().endswith(".handbook") else (None, address)
    handbook, address = _opened(paths, address)
    workshop: Path | None = None
    if is_file_name(Path(address)) and handbook.find(address) is None:
        workshop, address = Path(address), ""
    _check_there(workshop, pack)
    if address and handbook.find(address) is None:
        raise unknown(handbook, address)
    return _Wanted(handbook, address, workshop, pack)


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    from handbook.ui.qt import folders

    folders.tell_qt()
    # Fusion is the one style that takes our palette whole on every platform. As an argument, because
    # setStyle() returns the style, and wrapping it costs 7 ms.
    return QApplication([*sys.argv[:1], "-style", "Fusion"])


def _opened(paths: Paths, address: str) -> tuple[Handbook, str]:
    """The handbook to show, and the address in it. That may be in the library."""
    if not library_name(address):
        own = _own(paths)
        return own.with_(others=_others(paths, own)), address
    library = _library(paths)
    name = library_name(address)
    if library.get(name) is None:
        return _own(paths), address
    found = library.others(lambda: _own(paths))(name)
    handbook = found if found is not None else library.read(name)  # which says why not
    return handbook, address.rstrip(":") if address != f"{name}:" else ""


def _others(paths: Paths, own: Handbook) -> Others:
    """The other handbooks; the library is imported when the first of them is asked for."""
    made: list[Others] = []

    def others(name: str) -> Handbook | None:
        if not made:
            made.append(_library(paths).others(lambda: own))
        return made[0](name)

    return others


def _check_there(*files: Path | None) -> None:
    """Raise HandbookError for a file that is not there; None is no file."""
    for file in files:
        if file is not None and not bounded.is_file(file):
            raise HandbookError(tr("There is no file '{file}'.").format(file=file))


def _own(paths: Paths) -> Handbook:
    """The program's own handbook, or the one in a folder that was asked for, in the person's language."""
    kept = kept_texts.of_program(paths)
    handbook = load(paths.content, of_program(paths, catalogue.language()), kept=kept)
    if kept is not None:
        kept.forget()  # what is kept of texts in other languages, too; drawings are asked for with their pages
    return handbook


def _library(paths: Paths) -> Library:
    from handbook.library.shelf import Library  # a start without one does without

    return Library(paths.data)


def _do_later(app: QApplication) -> None:
    """Load what every key on the page asks for, and write to the log which program this is, which takes 20 ms.

    When a stick was pulled out, what is not loaded by then cannot be: Ctrl alone would bring up the message that says
    so, and Ctrl+Q would never reach the window."""
    import handbook.ui.reading.page_keys  # noqa: F401 - for what its import loads
    from handbook.base.components import in_one_line
    from handbook.ui.qt.lost_screens import LostScreens

    LostScreens(app)
    _log.info("%s", log.Plain(in_one_line()))


def _end(app: QApplication, status: int, start_again: Callable[[], None] | None) -> NoReturn:
    """End the process now that the window has kept what there is to keep. start_again: starts the next one.

    Taking Python and Qt apart, object by object, takes 20 ms after reading and 75 after printing, and many times
    that on a busy machine; nobody sees what it is for. It would also tear threads out of Typst."""
    if start_again is not None:
        start_again()
    _hand_over(app)
    _log.info("ended with status %d", status)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.flush()
    os._exit(status)


def _hand_over(app: QApplication) -> None:
    """Let what was copied be pasted when this program is gone.

    `shutdown` does it by taking the application apart. While a screen reader is listening, this crashes (seen with
    PySide 6.11.2 after a dialog had been open): what tells of the widgets is deleted after them. Then only Windows is
    asked to keep it."""
    from PySide6.QtGui import QAccessible

    if not QAccessible.isActive():
        app.shutdown()
    elif sys.platform == "win32":
        import ctypes

        ctypes.windll.ole32.OleFlushClipboard()


def unknown(handbook: Handbook, address: str) -> HandbookError:
    """The error for an address that does not exist, with the nearest that does."""
    from handbook.handout.selection import hint, nearest

    return HandbookError(
        tr("There is nothing at '{address}' in this handbook. {hint}").format(
            address=address, hint=hint(nearest(handbook, address))
        )
    )


def _is_started_by_desktop() -> bool:
    """Did a desktop of Linux start the program? A terminal may have inherited what it says of that."""
    if any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return False
    by_gnome = os.environ.get("GIO_LAUNCHED_DESKTOP_FILE_PID") == str(os.getpid())
    return by_gnome or any(os.environ.get(name) for name in ("DESKTOP_STARTUP_ID", "XDG_ACTIVATION_TOKEN"))


def say(text: str) -> None:
    """Show a sentence in a box when the program was started without a terminal (a menu entry, a double click)."""
    if sys.stderr is not None and (
        sys.stderr.isatty() or not (sys.platform.startswith("win") or _is_started_by_desktop())
    ):
        return
    from handbook.ui.reading import display

    try:
        display.check()
    except HandbookError:
        return  # no box can be shown
    from PySide6.QtWidgets import QApplication, QMessageBox

    if QApplication.instance() is None:
        app = _application()  # noqa: F841 - kept while the box is shown
    QMessageBox.critical(None, "Field Handbook", text)
