"""A screen of its own to open windows on, with a keyboard and a camera.

Belongs here: the screen, a window manager, xdotool, screenshots. Not here: what is typed (copy.py)."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from installers.tools import need, run

from proofs.steps import wait_for
from tests.access import desk

PAGE = 800  # colours: a black window with its title has some 370, one with a page more than 1,400


class Screen:
    """A virtual screen; pictures go to `folder`. Use it with `with`."""

    def __init__(self, folder: Path) -> None:
        need("Xvfb", "openbox", "xdotool", "import")
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Screen:
        server, self.display = desk.screen()
        quiet = subprocess.DEVNULL
        manager = subprocess.Popen(["openbox"], env=self.environment(), stdout=quiet, stderr=quiet)
        self._started = (manager, server)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.picture("at the failure", seconds=0)
        for process in self._started:
            process.terminate()
            process.wait()

    def environment(self) -> dict[str, str]:
        """The variables of a program that opens windows here."""
        own = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        return {**own, "DISPLAY": self.display}

    # -- Windows, by their titles: regular expressions ---------------------------------------------------------

    def windows(self, title: str) -> list[str]:
        """The numbers of the windows in sight."""
        return self._xdotool("search", "--onlyvisible", "--name", title, accept=(0, 1)).split()

    def wait_for_window(self, title: str, but: Sequence[str] = ()) -> None:
        """Wait until a window is there and has the keyboard; one beside those that are not meant, by their numbers."""

        def active() -> bool:
            there = [window for window in self.windows(title) if window not in but]
            if self._xdotool("getactivewindow", accept=(0, 1)).strip() in there:
                return True  # by its title alone it may not be in sight yet
            for window in there:
                self._xdotool("windowactivate", window, accept=(0, 1))
            return False

        wait_for(active, f"a window titled '{title}' with the keyboard")

    def wait_still(self, title: str) -> None:
        """Wait until a window is there, has the keyboard, and is painted."""
        self.wait_for_window(title)
        self.settle()

    def wait_for_fewer(self, title: str, than: int = 1) -> None:
        """Wait until fewer such windows are left."""

        def fewer() -> bool:
            """Twice in a row: while windows come and go, xdotool may see none at all."""
            if len(self.windows(title)) >= than:
                return False
            time.sleep(0.5)
            return len(self.windows(title)) < than

        wait_for(fewer, f"the window titled '{title}' closed")

    def open(self, keys: str, title: str) -> None:
        """Press keys that open a window, until it is there and has the keyboard."""
        self.press(keys, until=lambda: self.windows(title), what=f"a window titled '{title}' after {keys}")
        self.wait_for_window(title)

    def leave(self, title: str, keys: str = "Escape") -> None:
        """Close a dialog, if it did not close by itself."""
        if self.windows(title):
            self.wait_for_window(title)
            self.press(keys, until=lambda: not self.windows(title), what=f"the window titled '{title}' closed")
            self.wait_for_fewer(title)

    def close(self, title: str) -> None:
        """Close all of the program's windows."""

        def fewer(than: int) -> bool:
            return len(self.windows(title)) < than

        self.wait_for_window(title)
        while left := len(self.windows(title)):
            self.wait_still(title)
            self.press("ctrl+q", until=partial(fewer, left), what=f"a window titled '{title}' closed")
            self.wait_for_fewer(title, left)

    # -- Keyboard ------------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Type letters into the window that has the keyboard."""
        self._xdotool("type", "--delay", "40", text)

    def key(self, *keys: str) -> None:
        """Press keys, such as ctrl+k."""
        self._xdotool("key", "--delay", "60", *keys)

    def press(self, *keys: str, until: Callable[[], object], what: str) -> None:
        """Press keys until what they bring is there.

        A button may be grey for a while; on a busy machine a window is in sight before it takes keys, and they are
        lost."""

        def there() -> object:
            if not until():
                self.key(*keys)
                self.settle()
            return until()

        wait_for(there, what)

    # -- Camera --------------------------------------------------------------------------------------------------

    def settle(self, seconds: float = 10) -> None:
        """Wait until the picture has been the same for two seconds, or so long."""
        end, before, same = time.monotonic() + seconds, b"", 0
        while same < 8 and time.monotonic() < end:
            now = subprocess.run(
                ["import", "-window", "root", "rgb:-"], env=self.environment(), capture_output=True, check=True
            ).stdout
            same, before = (same + 1, before) if now == before else (0, now)
            time.sleep(0.25)

    def picture(self, name: str, seconds: float = 10) -> Path:
        """Take a picture of the whole screen, when it has settled."""
        self.settle(seconds)
        file = self.folder / f"{name}.png"
        run("import", "-window", "root", file, env={"DISPLAY": self.display})
        return file

    def painted(self, name: str) -> None:
        """Take a picture as soon as a page is on it. A window may stay black for longer than settle() waits."""

        def many_colours() -> bool:
            return int(run("identify", "-format", "%k", self.picture(name))) > PAGE

        wait_for(many_colours, f"a page on the screen: {name}")

    def _xdotool(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> str:
        return run("xdotool", *arguments, env={"DISPLAY": self.display}, accept=accept)
