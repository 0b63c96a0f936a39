"""What a window finds on a real desktop and not on a bare screen: a session bus that screen readers use, a printer.

Belongs here: dbus-run-session with accessibility switched on. Not here: the print system, which the trials of faults
have, too (tests/faults/cups.py); what is proved with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installers.tools import need

from tests.faults.cups import Cups, running

ACCESSIBILITY = "/usr/libexec/at-spi-bus-launcher"


@dataclass(frozen=True)
class Desk:
    """A desk; `printers` keeps what they would print."""

    folder: Path
    printers: Cups

    def environment(self) -> dict[str, str]:
        """The variables of a program at this desk."""
        return {
            "CUPS_SERVER": str(self.printers.folder / "cups.sock"),
            "XDG_RUNTIME_DIR": str(self.folder),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }

    def command(self, words: Sequence[str]) -> list[str]:
        """The command line that runs a command in a session of its own, where a screen reader could listen."""
        inner = f'{ACCESSIBILITY} --launch-immediately & sleep 2; "$@"; code=$?; kill $!; exit $code'
        return ["dbus-run-session", "--", "sh", "-c", inner, "sh", *words]


@contextmanager
def at_desk(folder: Path) -> Iterator[Desk]:
    """A desk with one printer, while the block runs; `folder` has to be new. It wants root."""
    need("dbus-run-session", "cupsd", "lpadmin", "lp")
    folder.mkdir(mode=0o700)
    with running() as printers:
        printers.add("Paper")
        yield Desk(folder, printers)
