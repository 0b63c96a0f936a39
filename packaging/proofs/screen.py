"""A screen of its own to open windows on, with a keyboard and a camera.

Belongs here: Xvfb, a window manager, xdotool, screenshots. Not here: what is typed."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

from installers.tools import need, run

from proofs.steps import wait_for


class Screen:
    """A virtual screen; pictures go to `folder`. Use it with `with`."""

    def __init__(self, folder: Path, size: str = "1280x900x24") -> None:
        need("Xvfb", "openbox", "xdotool", "import")
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self._size = size
        self._started: list[subprocess.Popen[bytes]] = []
        self.display = ""

    def __enter__(self) -> Screen:
        with tempfile.TemporaryFile() as told:
            command = [
                "Xvfb",
                "-displayfd",
                str(told.fileno()),
                "-screen",
                "0",
                self._size,
                "-nolisten",
                "tcp",
                "-noreset",
            ]
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            self._started.append(subprocess.Popen(command, pass_fds=[told.fileno()], **quiet))  # type: ignore[call-overload]

            def number() -> bytes:
                told.seek(0)
                return told.read().strip()

            wait_for(number, "a virtual screen")
            self.display = f":{number().decode('ascii')}"
        self._started.append(subprocess.Popen(["openbox"], env=self.environment(), **quiet))  # type: ignore[call-overload]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and self.display:
            self.picture("at the failure", seconds=0)
        for process in reversed(self._started):
            process.terminate()
            process.wait()

    def environment(self) -> dict[str, str]:
        """The variables of a program that opens windows here."""
        own = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        return {**own, "DISPLAY": self.display}

    def windows(self, title: str) -> list[str]:
        """The numbers of the windows in sight with such a title (a regular expression)."""
        return self._xdotool("search", "--onlyvisible", "--name", title, accept=(0, 1)).split()

    def wait_for_window(self, title: str, seconds: float = 40) -> str:
        """Wait until a window is there and has the keyboard; its number."""
        found = ""

        def active() -> bool:
            nonlocal found
            there = self.windows(title)
            found = self._xdotool("getactivewindow", accept=(0, 1)).strip()
            if found in there:  # by its title alone it may not be in sight yet
                return True
            for window in there:
                self._xdotool("windowactivate", window, accept=(0, 1))
            return False

        wait_for(active, f"a window titled '{title}' with the keyboard", seconds)
        return found

    def wait_still(self, title: str) -> None:
        """Wait until a window is there, has the keyboard, and is painted."""
        self.wait_for_window(title)
        self.settle()

    def wait_without(self, title: str) -> None:
        """Wait until no such window is left."""
        self.wait_for_fewer(title, 1)

    def wait_for_fewer(self, title: str, than: int) -> None:
        """Wait until fewer such windows are left."""

        def fewer() -> bool:
            """Twice in a row: while windows come and go, xdotool may see none at all."""
            if len(self.windows(title)) >= than:
                return False
            time.sleep(0.5)
            return len(self.windows(title)) < than

        wait_for(fewer, f"the window titled '{title}' closed")

    def type(self, text: str) -> None:
        """Type letters into the window that has the keyboard."""
        self._xdotool("type", "--delay", "40", text)

    def key(self, *keys: str) -> None:
        """Press keys, such as ctrl+k."""
        self._xdotool("key", "--delay", "60", *keys)

    def settle(self, seconds: float = 10) -> None:
        """Wait until the picture has been the same for two seconds."""
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

    def colours(self, file: Path) -> int:
        """How many colours a picture has: a blank window has few."""
        return int(re.sub(r"\D", "", run("identify", "-format", "%k", file)) or 0)

    def _xdotool(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> str:
        return run("xdotool", *arguments, env={"DISPLAY": self.display}, accept=accept)
