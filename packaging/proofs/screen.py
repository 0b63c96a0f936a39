"""A screen of its own to open windows on, with a keyboard and a camera.

Belongs here: the screen, a window manager, xdotool, screenshots. Not here: what is typed (copy.py)."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from installers.tools import BuildError, need, run

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
        quiet, variables = subprocess.DEVNULL, {**os.environ, "DISPLAY": self.display}
        self._started = (subprocess.Popen(["openbox"], env=variables, stdout=quiet, stderr=quiet), server)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            with suppress(BuildError):  # the failure is what is to be told
                self.picture("at the failure", seconds=0)
        for process in self._started:
            process.terminate()
            process.wait()

    # -- Windows, by their titles: regular expressions ---------------------------------------------------------

    def windows(self, title: str) -> list[str]:
        """The numbers of the windows in sight."""
        return self._run("xdotool", "search", "--onlyvisible", "--name", title, accept=(0, 1)).split()

    def fewer(self, title: str, than: int = 1) -> bool:
        """Whether fewer such windows are left, twice in a row: while some come and go, xdotool may see none at all."""
        if len(self.windows(title)) >= than:
            return False
        time.sleep(0.5)
        return len(self.windows(title)) < than

    def wait_for_window(self, title: str, but: Sequence[str] = ()) -> None:
        """Wait until a window is there, has the keyboard, and is painted; one beside others, by their numbers."""

        def active() -> bool:
            there = [window for window in self.windows(title) if window not in but]
            if self._run("xdotool", "getactivewindow", accept=(0, 1)).strip() in there:
                return True  # by its title alone it may not be in sight yet
            for window in there:
                self._run("xdotool", "windowactivate", window, accept=(0, 1))
            return False

        wait_for(active, f"a window titled '{title}' with the keyboard")
        self.settle()

    def open(self, keys: str, title: str) -> None:
        """Press keys that open a window, until it is there and has the keyboard."""
        self.press(keys, until=lambda: self.windows(title), what=f"a window titled '{title}' after {keys}")
        self.wait_for_window(title)

    def leave(self, title: str, keys: str = "Escape") -> None:
        """Close all such windows, as far as they did not close by themselves."""
        while left := len(self.windows(title)):
            self.wait_for_window(title)
            self.press(keys, until=partial(self.fewer, title, left), what=f"a window titled '{title}' closed")

    # -- Keyboard ------------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Type letters into the window that has the keyboard."""
        self._run("xdotool", "type", "--delay", "40", text)

    def key(self, *keys: str) -> None:
        """Press keys, such as ctrl+k."""
        self._run("xdotool", "key", "--delay", "60", *keys)

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
        end, before, same = time.monotonic() + seconds, "", 0
        while same < 8 and time.monotonic() < end:
            now = self._run("import", "-window", "root", "-format", "%#", "info:")  # a digest of the picture
            same, before = (same + 1, before) if now == before else (0, now)
            time.sleep(0.25)

    def picture(self, name: str, seconds: float = 10) -> Path:
        """Take a picture of the whole screen, when it has settled."""
        self.settle(seconds)
        file = self.folder / f"{name}.png"
        self._run("import", "-window", "root", str(file))
        return file

    def painted(self, name: str) -> None:
        """Take a picture as soon as a page is on it. A window may stay black for longer than settle() waits."""

        def many_colours() -> bool:
            return int(self._run("identify", "-format", "%k", str(self.picture(name)))) > PAGE

        wait_for(many_colours, f"a page on the screen: {name}")

    def _run(self, *command: str, accept: Sequence[int] = (0,)) -> str:
        return run(*command, env={"DISPLAY": self.display}, accept=accept)
