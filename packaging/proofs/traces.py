"""A copy of the handbook looked at by strace: the sockets that it opens, and the files that it writes.

Belongs here: starting strace, reading what it says, comparing it with what is allowed. Not here: which folders a kind
may write into (the proofs say)."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from installers.tools import BuildError

from proofs.copy import Copy
from proofs.steps import check_none, files_in

CALLS = "trace=%network,%file,%desc"
# Calls that change a file system, but for open.
_CHANGES = "creat mkdir mkdirat mknod mknodat rename renameat renameat2 link linkat symlink symlinkat truncate"
CHANGES = _CHANGES.split()
NETWORK = ("socket", "connect", "bind", "sendto", "sendmsg")

# Sockets that a window opens on the computer itself, by their addresses.
ACCESSIBILITY, CUPS = "D-Bus for accessibility", "CUPS, when printing"
LOCAL = {
    "X11": r'sun_path=@?"/tmp/\.X11-unix/',
    "Wayland": r'sun_path="[^"]*/wayland-\d',
    ACCESSIBILITY: r'sun_path=@?"[^"]*/at-spi',
    "D-Bus of the desktop": r'sun_path=@?"[^"]*(/dbus|/bus")',
    CUPS: r'sun_path="[^"]*/cups\.sock"',
    "glibc looking up a name of the system": r'sun_path="/var/run/nscd/socket"',
}


class Traced(Copy):
    """A copy on Linux, each of whose runs is looked at, by strace, which writes a file for each thread beside `log`.

    allowed: the folders that it may write into; not looked at when there are none. empty: those in which it may leave
    nothing. sockets: of the last run, their kinds, and the whole call of one that is of no kind allowed."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.log = self.out.with_name("strace.log")
        self.command = ("strace", "-ff", "-qq", "-y", "-s", "300", "-e", CALLS, "-o", self.log, *self.command)
        self.allowed: Sequence[Path] = ()
        self.empty: Sequence[Path] = ()

    def run(self, *words: str | Path) -> str:
        """Run the command to its end, and look at what it did."""
        said = super().run(*words)
        self._look("/dev/null")
        check_none(self.sockets, f"'{words[0]}' opens no socket")
        return said

    def end(self, started: subprocess.Popen[bytes]) -> int:
        """Wait until the program has ended, and look at what it did; its exit status."""
        status = super().end(started)
        self._look("/dev/", "/proc/self/", "/memfd:")
        check_none(self.sockets - LOCAL.keys(), f"no socket but {'; '.join(sorted(self.sockets & LOCAL.keys()))}")
        return status

    def _look(self, *more: str) -> None:
        """Read the log; see what was written, beside what the system has for everybody."""
        self.sockets, written = read(self.log)
        if self.allowed:
            check_none(outside(written, (*self.allowed, *more)), "nothing is written outside its folders")
        for folder in self.empty:
            check_none(files_in(folder), f"nothing is left in {folder.name}")


def outside(written: Iterable[str], allowed: Iterable[Path | str]) -> list[str]:
    """Files written that lie in none of the folders allowed."""
    folders = tuple(map(str, allowed))
    return sorted(name for name in written if not name.startswith(folders))


def read(log: Path) -> tuple[set[str], set[str]]:
    """The sockets and the files written, by what strace wrote; once: the log goes."""
    sockets, written = set(), set()
    for line in _lines(log):
        call = re.match(r"(\w+)\((.*)", line)
        if call is None:
            continue
        name, rest = call[1], call[2]
        if name not in NETWORK and re.search(r"= -1 E\w+", line):
            continue  # no file came of it; of a connection even the attempt counts
        if (name == "socket" and "AF_UNIX" not in rest and "AF_NETLINK" not in rest) or (
            name in NETWORK and "sa_family=" in rest
        ):
            sockets.add(next((kind for kind, address in LOCAL.items() if re.search(address, line)), line))
        elif name in ("open", "openat") and re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest):
            opened = re.search(r"= \d+<((?:[^<>\\]|\\.)*)>", line)  # -y names the file of a descriptor
            written.add(_unescape(opened[1]) if opened else line)
        elif name in CHANGES:
            written.update(_unescape(path) for path in re.findall(r'"((?:[^"\\]|\\.)*)"', rest)[-1:])
    return sockets, written


def _lines(log: Path) -> Iterator[str]:
    files = sorted(log.parent.glob(f"{log.name}.*"))
    if not files:
        raise BuildError(f"strace wrote nothing to {log}")
    for file in files:
        yield from file.read_text(encoding="utf-8", errors="replace").splitlines()
        file.unlink()


def _unescape(text: str) -> str:
    r"""Strace writes letters that are not ASCII as \321\217."""
    return text.encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
