"""What a window finds on a real desktop and not on a bare screen: a session bus that screen readers use, a printer.

Belongs here: dbus-run-session with accessibility switched on, a CUPS of the proof's own with one printer. Not here:
what is proved with them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from installers.tools import need, run

from proofs.steps import wait_for

PRINTER = "Paper"
ACCESSIBILITY = "/usr/libexec/at-spi-bus-launcher"
USER = "lp"  # cupsd refuses to print as root

SETTINGS = """
Listen {folder}/cups.sock
Browsing Off
WebInterface No
DefaultAuthType None
PreserveJobFiles Yes
AccessLog {folder}/access.log
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES = """
FileDevice Yes
User {user}
Group {user}
ServerRoot {folder}/root
StateDir {folder}/state
CacheDir {folder}/cache
RequestRoot {folder}/spool
TempDir {folder}/temporary
ErrorLog {folder}/error.log
PageLog {folder}/page.log
"""


class Desk:
    """A desk with a printer in `folder`, which has to be new. Use it with `with`; it wants root."""

    def __init__(self, folder: Path) -> None:
        need("dbus-run-session", "cupsd", "lpadmin", "lp")
        self.folder = folder
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Desk:
        self.folder.mkdir()
        (self.folder / "runtime").mkdir(mode=0o700)
        for name in ("root", "state", "cache", "spool", "temporary"):
            (self.folder / name).mkdir()
            shutil.chown(self.folder / name, USER, USER)
        settings, files = self.folder / "cupsd.conf", self.folder / "cups-files.conf"
        settings.write_text(SETTINGS.format(folder=self.folder))
        files.write_text(FILES.format(folder=self.folder, user=USER))
        self._server = subprocess.Popen(["cupsd", "-f", "-c", str(settings), "-s", str(files)])
        wait_for((self.folder / "cups.sock").exists, "a print server")
        # Raw: what comes is put down as it is. What it printed on would be /dev/null; the job itself is kept.
        run("lpadmin", "-p", PRINTER, "-E", "-v", "file:///dev/null", "-m", "raw", env=self.environment())
        run("lpadmin", "-d", PRINTER, env=self.environment())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait()

    def environment(self) -> dict[str, str]:
        """The variables of a program at this desk."""
        return {
            "CUPS_SERVER": str(self.folder / "cups.sock"),
            "XDG_RUNTIME_DIR": str(self.folder / "runtime"),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }

    def command(self, words: Sequence[str]) -> list[str]:
        """The command line that runs a command in a session of its own, where a screen reader could listen."""
        inner = f'{ACCESSIBILITY} --launch-immediately & sleep 2; "$@"; code=$?; kill $!; exit $code'
        return ["dbus-run-session", "--", "sh", "-c", inner, "sh", *words]

    def printed(self) -> list[Path]:
        """The documents that the printer was given."""
        return sorted((self.folder / "spool").glob("d*"))
