"""What a program did, by strace: the sockets it opened and the files it wrote.

Belongs here: starting strace and reading what it says. Not here: what is allowed for a kind (the proofs say)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from installers.tools import BuildError

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


def traced(command: Sequence[str | Path], log: Path) -> list[str]:
    """The command line that runs a command and writes what it did to `log`, a file for each of its threads."""
    return ["strace", "-ff", "-qq", "-y", "-s", "300", "-e", CALLS, "-o", str(log), *map(str, command)]


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
    return re.sub(r"(?:\\\d{1,3})+", lambda octal: _bytes(octal[0]), text)


def _bytes(escaped: str) -> str:
    return bytes(int(number, 8) for number in escaped.split("\\")[1:]).decode("utf-8", "replace")
