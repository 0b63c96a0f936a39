"""Can a window be opened at all? Asked before Qt is, because Qt ends the process with an abort when it can't.

Belongs here: what a missing display or library means, and what to install. Imports no Qt until it is safe."""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.ui.qt import quick_pyside

# What the platform plugin needs beyond what every desktop has, by the package names of two families.
_DEBIAN = (
    "libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
)
_FEDORA = (
    "mesa-libEGL mesa-libGL dbus-libs fontconfig glib2 libxkbcommon-x11 libX11-xcb xcb-util-cursor xcb-util-wm "
    "xcb-util-image xcb-util-keysyms xcb-util-renderutil"
)


class NoWindow(HandbookError):
    """No window can be opened here; the sentence says what to install or do."""


def check() -> None:
    """Load Qt; raise NoWindow if it could not open a window in this session."""
    if not sys.platform.startswith("linux"):
        quick_pyside.load()
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    _check_libraries()
    _wait_for_launcher()
    if platform in ("offscreen", "minimal", "vnc", "linuxfb", "eglfs"):
        return
    if os.environ.get("WAYLAND_DISPLAY") and platform in ("", "wayland"):
        return
    if not os.environ.get("DISPLAY"):
        raise NoWindow(
            tr(
                "There is no display to open a window on. Start the handbook from a desktop session; "
                "'handbook search' and 'handbook print' work without one."
            )
        )
    _check_plugin()
    _check_server()


def missing_library(error: str) -> str:
    """One sentence about a shared library that could not be loaded, from the loader's message."""
    library = r"(lib[\w.+-]+\.so[\w.]*)"
    # Qt's message begins with the plugin that could not be loaded; what it lacks comes after.
    found = re.search(library + ": cannot open", error) or re.search(library, error)
    name = found.group(1) if found else tr("A library")
    return tr(
        "{name}, which the window needs, is not installed. On Debian or Ubuntu: sudo apt install "
        "{debian} - on Fedora: sudo dnf install {fedora}"
    ).format(name=name, debian=_DEBIAN, fedora=_FEDORA)


def _check_libraries() -> None:
    try:
        quick_pyside.load()
    except ImportError as exc:
        if ".so" in str(exc):
            raise NoWindow(missing_library(str(exc))) from exc
        raise


def _wait_for_launcher() -> None:
    """Installed, a thread of the launcher loads the same libraries from the first (packaging/launcher/launcher.c)."""
    if "launcher" in sys.builtin_module_names:
        import_module("launcher").wait()


def _check_plugin() -> None:
    """Load the X11 plugin as Qt would: what it lacks is then an exception and not the end of the process."""
    package = find_spec("PySide6")
    if package is None or not package.submodule_search_locations:
        return
    plugin = Path(package.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if plugin.exists():
        from PySide6.QtCore import QLibrary

        library = QLibrary(str(plugin))
        if not library.load():
            raise NoWindow(missing_library(library.errorString()))


def _is_served(number: str) -> bool:
    """Does the X server that locked a display's number still run? Its socket may outlive it."""
    try:
        os.kill(int(Path(f"/tmp/.X{number}-lock").read_text("ascii")), 0)  # noqa: S108 - where X servers write
    except PermissionError:
        return True  # somebody else's, and alive
    except (OSError, ValueError):
        return False
    return True


def _check_server() -> None:
    """Ask the X server for a connection: a stale DISPLAY would make Qt abort."""
    host, _, number = os.environ["DISPLAY"].rpartition(":")
    if not host and _is_served(number.partition(".")[0]):
        return  # the usual case, answered without loading ctypes
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return  # then Qt has its own way
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if failed:
        raise NoWindow(
            tr(
                "The display '{display}' does not answer. Start the handbook from a desktop session; 'handbook "
                "search' and 'handbook print' work without one."
            ).format(display=os.environ.get("DISPLAY"))
        )
