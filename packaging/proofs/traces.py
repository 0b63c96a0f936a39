"""What a program did, by strace: the sockets it opened and the files it wrote; a copy of the handbook so looked at.

Belongs here: starting strace, reading what it says, comparing it with what is allowed. Not here: which folders a kind
may write into (the proofs say)."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installers.project import Project
from installers.tools import BuildError

from proofs.copy import Copy

CALLS = "trace=%network,%file,%desc"
# Calls that change a file system, but for open.
_CHANGES = "creat mkdir mkdirat mknod mknodat rename renameat renameat2 link linkat symlink symlinkat truncate"
CHANGES = _CHANGES.split()
NETWORK = ("socket", "connect", "bind", "sendto", "sendmsg")

# Sockets that a window opens on the computer itself, by their addresses.
ACCESSIBILITY, CUPS = "D-Bus for accessibility", "CUPS, when printing"
LOCAL = (
    ("X11", r'sun_path=@?"/tmp/\.X11-unix/'),
    ("Wayland", r'sun_path="[^"]*/wayland-\d'),
    (ACCESSIBILITY, r'sun_path=@?"[^"]*/at-spi'),
    ("D-Bus of the desktop", r'sun_path=@?"[^"]*(/dbus|/bus")'),
    (CUPS, r'sun_path="[^"]*/cups\.sock"'),
    ("glibc looking up a name of the system", r'sun_path="/var/run/nscd/socket"'),
)


@dataclass(frozen=True)
class Trace:
    """What was seen. sockets: lines that name an address; written: files that were opened to write or made anew."""

    sockets: list[str]
    written: list[str]

    def local_kinds(self) -> set[str]:
        """The kinds of local socket that were opened."""
        return {kind for line in self.sockets for kind, pattern in LOCAL if re.search(pattern, line)}

    def foreign(self) -> list[str]:
        """Sockets of any other kind."""
        return [line for line in self.sockets if not any(re.search(pattern, line) for _, pattern in LOCAL)]

    def outside(self, allowed: Iterable[Path | str]) -> list[str]:
        """Files written that lie in none of the folders allowed."""
        folders = [str(folder) for folder in allowed]
        return sorted({name for name in self.written if not any(name.startswith(folder) for folder in folders)})


def read(log: Path) -> Trace:
    """Read what strace wrote, once: the log goes."""
    sockets: list[str] = []
    written: list[str] = []
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
            sockets.append(line)
        elif name in ("open", "openat") and re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest):
            written.append(_opened(line))
        elif name in CHANGES:
            written += [_unescape(path) for path in re.findall(r'"((?:[^"\\]|\\.)*)"', rest)][-1:]
    return Trace(sockets, written)


def _lines(log: Path) -> Iterator[str]:
    files = sorted(log.parent.glob(f"{log.name}.*"))
    if not files:
        raise BuildError(f"strace wrote nothing to {log}")
    for file in files:
        yield from file.read_text(encoding="utf-8", errors="replace").splitlines()
        file.unlink()


def _opened(line: str) -> str:
    """The path that strace's -y gives of the file descriptor that a call returned."""
    found = re.search(r"= \d+<((?:[^<>\\]|\\.)*)>", line)
    return _unescape(found[1]) if found else line


def _unescape(text: str) -> str:
    r"""Strace writes letters that are not ASCII as \321\217."""
    return text.encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")


class Traced(Copy):
    """A copy on Linux, each of whose runs is looked at, by strace, which writes a file for each thread beside `log`.

    allowed: the folders that it may write into; not looked at when there are none. seen: of the last run."""

    def __init__(
        self,
        project: Project,
        where: str,
        program: Path,
        out: Path,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        log: Path,
    ) -> None:
        strace = ("strace", "-ff", "-qq", "-y", "-s", "300", "-e", CALLS, "-o", log)
        super().__init__(project, where, program, out, (*strace, *command), environment)
        self.log = log
        self.allowed: Sequence[Path | str] = ()
        self.seen = Trace([], [])

    def run(self, *words: str) -> str:
        """Run the command to its end, and look at what it did."""
        said = super().run(*words)
        self.seen = read(self.log)
        self.check_none(self.seen.sockets, f"'{words[0]}' opens no socket")
        self._check_written("/dev/null")
        return said

    def end(self, started: subprocess.Popen[bytes]) -> int:
        """Wait until the program has ended, and look at what it did; its exit status."""
        status = super().end(started)
        self.seen = read(self.log)
        kinds = "; ".join(sorted(self.seen.local_kinds()))
        self.check_none(self.seen.foreign(), f"no socket but {kinds}")
        self._check_written("/dev/", "/proc/self/", "/memfd:")
        return status

    def _check_written(self, *more: str) -> None:
        if self.allowed:
            self.check_none(self.seen.outside((*self.allowed, *more)), "and writes nothing outside its folders")
