"""A folder as one file, with the same bytes each time: tar.xz and zip; and the digests of what is handed over.

Belongs here: archive formats. Not here: what is in them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from installers.sbom import digest
from installers.tools import need, run

SUMS = "SHA256SUMS"

# By name, and nothing of who packs it or when.
SAME = ("--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX", "--format=pax")
HEADERS = "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime"


def tar_xz(folder: Path, to: Path, epoch: int, *, quick: bool = False) -> None:
    """Write a folder into a .tar.xz; xz at -9 takes minutes."""
    need("tar", "xz")
    # By one thread: more pack in blocks, each by itself, and what is in lib/ twice (start_modules.py) would be so here.
    packed = f"--use-compress-program=xz {'-1' if quick else '-9'} --threads=1"
    place = ("-C", folder.parent, folder.name)
    run("tar", "-cf", to, packed, *SAME, HEADERS, f"--mtime=@{epoch}", *place, growing=to)


def zip_deflate(folder: Path, to: Path, epoch: int, *, quick: bool = False) -> None:
    """Write a folder into a .zip that Windows unpacks by itself."""
    files = (path for path in folder.rglob("*") if path.is_file())
    entries = ((path.relative_to(folder.parent).as_posix(), path.read_bytes()) for path in files)
    write_zip(to, entries, epoch, compresslevel=1 if quick else 9)


def write_zip(to: Path, entries: Iterable[tuple[str, bytes]], epoch: int, *, compresslevel: int | None = None) -> None:
    """Write a .zip of (path, data), sorted; without a level they are stored, which a later packing packs better."""
    date = datetime.fromtimestamp(epoch, UTC).timetuple()[:6]
    with zipfile.ZipFile(to, "w") as archive:
        for path, data in sorted(entries):
            info = zipfile.ZipInfo(path, date)
            info.create_system = 0  # the same, wherever it is made
            kind = zipfile.ZIP_STORED if compresslevel is None else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, kind, compresslevel)


def sums(folder: Path, names: Iterable[str]) -> str:
    """The digests of files in a folder, sorted by name, as `sha256sum` prints them."""
    return "".join(f"{digest(folder / name)}  {name}\n" for name in sorted(names))


def write_sums(folder: Path, files: Iterable[Path]) -> Path:
    """Write SHA256SUMS, as `sha256sum --check` reads it."""
    (folder / SUMS).write_text(sums(folder, (file.name for file in files)), encoding="ascii")
    return folder / SUMS
