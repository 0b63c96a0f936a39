"""A print system of its own for trials: CUPS' daemon in a folder, which answers on a socket file there alone.

Belongs here: starting and stopping it, its queues, what they would have given to a printer. Not here: what is tried
(queue.py). Nothing of the computer's own print system is touched."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0  # seconds for a job to be done
_SERVER_BIN = Path("/usr/lib/cups")
_PARTS = ("daemon", "filter", "notifier")
_DAEMON = """\
Listen {folder}/cups.sock
LogLevel info
Browsing Off
WebInterface No
DefaultAuthType None
ErrorPolicy stop-printer
MaxJobs 0
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}/etc
ServerBin {folder}/bin
DataDir /usr/share/cups
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
"""
# Keeps what a printer would get. Its address says how many seconds it needs, and whether it fails.
_BACKEND = """\
#!/bin/sh
[ $# -eq 0 ] && {{ echo 'direct keep "Unknown" "Keep"'; exit 0; }}
name={folder}/got/$1
printf '%s\\n' "$3" "$4" "$5" > "$name.txt"
cat "${{6:--}}" > "$name.part"
case "$DEVICE_URI" in
  *fails) exit 1 ;;
  *) sleep "${{DEVICE_URI##*/}}" ;;
esac
mv "$name.part" "$name.pdf"
"""
# A printer that prints on both sides, in colour, and takes PDF.
_PPD = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "KEEP.PPD"
*Manufacturer: "Trial"
*Product: "(Keep)"
*ModelName: "Keep"
*ShortNickName: "Keep"
*NickName: "Keep"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*cupsManualCopies: True
*OpenUI *Duplex/Sides: PickOne
*DefaultDuplex: None
*Duplex None/One: ""
*Duplex DuplexNoTumble/Long edge: ""
*Duplex DuplexTumble/Short edge: ""
*CloseUI: *Duplex
*OpenUI *PageSize/Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: ""
*PageSize A5/A5: ""
*PageSize Letter/Letter: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*PageRegion A5/A5: ""
*PageRegion Letter/Letter: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4: "0 0 595 842"
*ImageableArea A5: "0 0 420 595"
*ImageableArea Letter: "0 0 612 792"
*DefaultPaperDimension: A4
*PaperDimension A4: "595 842"
*PaperDimension A5: "420 595"
*PaperDimension Letter: "612 792"
*DefaultFont: Courier
*Font Courier: Standard "(1.05)" Standard ROM
"""


def is_there() -> bool:
    """Is CUPS' daemon installed, with its tools, and may it be run here?"""
    return all(map(shutil.which, ("cupsd", "lp", "lpadmin", "cancel"))) and os.geteuid() == 0


class Cups:
    """A running print system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._daemon: subprocess.Popen[bytes] | None = None
        for part in ("etc/ppd", "etc/ssl", "spool/tmp", "cache", "state", "log", "bin/backend", "got"):
            (folder / part).mkdir(parents=True)
        for part in _PARTS:
            (folder / "bin" / part).symlink_to(_SERVER_BIN / part)
        (folder / "etc/cupsd.conf").write_text(_DAEMON.format(folder=folder))
        (folder / "etc/cups-files.conf").write_text(_FILES.format(folder=folder))
        (folder / "keep.ppd").write_text(_PPD)
        keep = folder / "bin/backend/keep"
        keep.write_text(_BACKEND.format(folder=folder))
        keep.chmod(0o700)

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [
            "cupsd", "-f", "-c", str(self.folder / "etc/cupsd.conf"), "-s", str(self.folder / "etc/cups-files.conf")
        ]  # fmt: skip
        self._daemon = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not _until(lambda: (self.folder / "cups.sock").exists() and self.ask("lpstat", "-r").returncode == 0):
            raise OSError("the print system does not start")

    def stop(self) -> None:
        """End it: it is gone."""
        if self._daemon is not None:
            self._daemon.send_signal(signal.SIGCONT)
            self._daemon.terminate()
            self._daemon.wait()
            self._daemon = None

    def hold_breath(self, *, still: bool) -> None:
        """Let it answer nothing, or go on."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGSTOP if still else signal.SIGCONT)

    def ask(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run one of CUPS' commands."""
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def add(self, name: str, device: str = "keep:/0") -> None:
        """A queue that takes jobs and is the one that is meant where none is named."""
        self.ask("lpadmin", "-p", name, "-E", "-v", device, "-P", str(self.folder / "keep.ppd"))
        self.ask("lpadmin", "-d", name)

    def add_pdf_printer(self, name: str) -> bool:
        """A queue of cups-pdf; False where that is not installed."""
        backend, ppd = _SERVER_BIN / "backend/cups-pdf", Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
        if not backend.exists() or not ppd.exists():
            return False
        shutil.copy(backend, self.folder / "bin/backend/cups-pdf")
        (self.folder / "bin/backend/cups-pdf").chmod(0o700)
        self.ask("lpadmin", "-p", name, "-E", "-v", "cups-pdf:/", "-P", str(ppd))
        self.ask("lpadmin", "-d", name)
        return True

    def waiting(self) -> list[str]:
        """The jobs that are not done, by their names."""
        return [line.split()[0] for line in self.ask("lpstat", "-o").stdout.splitlines() if line.strip()]

    def done(self) -> bool:
        """Wait until no job is left."""
        return _until(lambda: not self.waiting())

    def clear(self) -> None:
        """Forget all jobs, and what was printed."""
        self.ask("cancel", "-a", "-x")
        self.done()
        for file in (self.folder / "got").iterdir():
            file.unlink()

    def got(self) -> list[Path]:
        """What has come to the printer, whole, in order."""
        return sorted((self.folder / "got").glob("*.pdf"), key=lambda path: int(path.stem))


def numbers(pdf: Path) -> list[list[int]]:
    """The page numbers that stand on each side of a PDF."""
    import pypdfium2  # here, as the proofs of installers do without it

    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [[int(number) for number in re.findall(r"page (\d+) of", text)] for text in texts]


def sizes(pdf: Path) -> set[tuple[int, int]]:
    """The sizes of a PDF's pages in points."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return {(round(page.get_width()), round(page.get_height())) for page in document}


@contextmanager
def running() -> Iterator[Cups]:
    """A print system, while the block runs; this process and its children ask this one."""
    before = os.environ.get("CUPS_SERVER")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        cups = Cups(Path(name))
        os.environ["CUPS_SERVER"] = f"{name}/cups.sock"
        cups.start()
        try:
            yield cups
        finally:
            cups.stop()
            if before is None:
                del os.environ["CUPS_SERVER"]
            else:
                os.environ["CUPS_SERVER"] = before


def _until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
