"""Packing: the same bytes each time; the launcher for Windows compiles; what strace says is read rightly."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from installers import archives, project
from installers.tools import BuildError, need, run
from proofs import traces

FACTS = project.read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "a folder"
    (made / "lib").mkdir(parents=True)
    (made / "handbook").write_bytes(b"program")
    (made / "handbook").chmod(0o755)
    (made / "lib" / "міст.txt").write_text("text")
    return made


def test_a_zip_has_the_same_bytes_on_any_day(folder: Path, tmp_path: Path) -> None:
    made: list[bytes] = []
    for name in ("one.zip", "two.zip"):
        os.utime(folder / "handbook", (1, len(made) + 1_600_000_000))
        archives.zip_deflate(folder, tmp_path / name, 1_700_000_000)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["a folder/handbook", "a folder/lib/міст.txt"]


@pytest.mark.skipif(shutil.which("xz") is None, reason="xz is not installed")
def test_a_tar_keeps_what_can_be_run_and_names_no_person(folder: Path, tmp_path: Path) -> None:
    (folder / "handbook").chmod(0o700)
    archives.tar_xz(folder, tmp_path / "one.tar.xz", 1_700_000_000)
    with tarfile.open(tmp_path / "one.tar.xz") as archive:
        members = {member.name: member for member in archive.getmembers()}
    assert members["a folder/handbook"].mode == 0o755
    assert members["a folder/lib/міст.txt"].mode == 0o644
    assert {member.mtime for member in members.values()} == {1_700_000_000}
    assert {(member.uname, member.uid) for member in members.values()} == {("", 0)}


def test_sums_are_as_sha256sum_reads_them(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"2")
    (tmp_path / "a").write_bytes(b"1")
    sums = archives.write_sums(tmp_path, [tmp_path / "b", tmp_path / "a"]).read_text()
    assert sums.splitlines()[0] == f"{hashlib.sha256(b'1').hexdigest()}  a"


@pytest.mark.skipif(shutil.which("x86_64-w64-mingw32-gcc") is None, reason="no compiler for Windows")
@pytest.mark.parametrize("flags", [("-mwindows", "-DWINDOW"), ("-mconsole",)])
def test_the_launcher_for_windows_compiles_without_a_warning(tmp_path: Path, flags: tuple[str, ...]) -> None:
    source = FACTS.root / "packaging" / "launcher" / "windows.c"
    run(
        "x86_64-w64-mingw32-gcc",
        "-c",
        "-municode",
        "-Wall",
        "-Wextra",
        "-Werror",
        *flags,
        source,
        "-o",
        tmp_path / "a.o",
    )


def test_a_tool_that_is_missing_is_named_with_what_to_do() -> None:
    with pytest.raises(BuildError, match=r"no-such-tool-x not found.*prerequisites\.sh"):
        need("no-such-tool-x")
    with pytest.raises(BuildError, match="no-such-tool-x not found"):
        run("no-such-tool-x")


def test_a_tool_that_fails_says_its_last_lines() -> None:
    with pytest.raises(BuildError, match=r"status 3\n    the reason"):
        run(sys.executable, "-c", "import sys; print('the reason'); sys.exit(3)")


def test_a_tool_at_work_is_told_of_with_the_size_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, said = tmp_path / "told", list[str]()

    def say(line: str) -> None:
        said.append(line)
        told.touch()  # then the tool may end, however late this comes

    monkeypatch.setattr("installers.tools.PULSE", 0.05)
    monkeypatch.setattr("installers.tools.say", say)
    file = tmp_path / "packed.xz"
    file.write_bytes(b"x" * 3_000_000)
    tool = "import os, sys, time\nwhile not os.path.exists(sys.argv[1]):\n    time.sleep(0.01)\nprint('done')"
    assert run(sys.executable, "-c", tool, told, growing=file) == "done\n"
    assert said
    assert all("packed.xz: " in line and line.endswith("3 MB so far") for line in said)


TRACE = r"""
openat(AT_FDCWD, "/home/a/\321\217.txt", O_WRONLY|O_CREAT, 0666) = 3</home/a/\321\217.txt>
openat(AT_FDCWD, "/usr/lib/x", O_RDONLY) = 4</usr/lib/x>
openat(AT_FDCWD, "/nowhere", O_RDWR) = -1 ENOENT (No such file or directory)
connect(5<UNIX>, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X0"}, 20) = 0
socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 7<TCP>
connect(7<TCP>, {sa_family=AF_INET, sin_port=htons(443)}, 16) = -1 EINPROGRESS (Operation now in progress)
mkdir("/home/a/new", 0777) = 0
"""
OF_ANOTHER_THREAD = 'openat(AT_FDCWD, "/dev/null", O_RDWR) = 6</dev/null>\n'


def test_a_trace_tells_files_written_and_every_attempt_at_a_connection(tmp_path: Path) -> None:
    log = tmp_path / "log"
    (tmp_path / "log.10").write_text(TRACE)
    (tmp_path / "log.11").write_text(OF_ANOTHER_THREAD)
    sockets, written = traces.read(log)
    assert written == {"/home/a/я.txt", "/home/a/new", "/dev/null"}
    assert sockets & traces.LOCAL.keys() == {"X11"}
    assert len(sockets - traces.LOCAL.keys()) == 2
    assert traces.outside(written, ["/dev/"]) == ["/home/a/new", "/home/a/я.txt"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ('"/tmp/dbus-XGfVmLcu3X"', "D-Bus of the desktop"),
        ('"/run/user/1000/bus"', "D-Bus of the desktop"),
        ('"/run/user/1000/at-spi/bus_0"', traces.ACCESSIBILITY),
        ('"/run/cups/cups.sock"', traces.CUPS),
        ('"/tmp/business"', None),
        ('"/home/cups/x"', None),
    ],
)
def test_a_local_socket_is_known_by_its_path(path: str, kind: str | None, tmp_path: Path) -> None:
    (tmp_path / "log.10").write_text(f"connect(5, {{sa_family=AF_UNIX, sun_path={path}}}, 20) = 0\n")
    sockets, _ = traces.read(tmp_path / "log")
    assert sockets & traces.LOCAL.keys() == ({kind} if kind else set())
    assert bool(sockets - traces.LOCAL.keys()) == (kind is None)
