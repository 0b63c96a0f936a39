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
BLOCK = 112 * 1024 * 1024  # half of what is packed; xz takes each for itself

# By name, and nothing of who packs it or when.
SAME = ("--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX", "--format=pax")
HEADERS = "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime"


def tar_xz(folder: Path, to: Path, epoch: int, *, quick: bool = False) -> None:
    """Write a folder into a .tar.xz; xz at -9 takes minutes."""
    need("tar", "xz")
    plain = to.with_suffix("")  # .tar
    run("tar", "-cf", plain, *SAME, HEADERS, f"--mtime=@{epoch}", "-C", folder.parent, folder.name)
    to.unlink(missing_ok=True)
    # In blocks of a fixed size, by two threads: the same bytes on a machine of any number of cores.
    level = "-1" if quick else "-9"
    run("xz", level, "--threads=2", f"--block-size={BLOCK}", plain, growing=to)


def zip_deflate(folder: Path, to: Path, epoch: int, *, quick: bool = False) -> None:
    """Write a folder into a .zip that Windows unpacks by itself."""
    date = datetime.fromtimestamp(epoch, UTC).timetuple()[:6]
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1 if quick else 9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), date)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # made for Windows, wherever it is made
            archive.writestr(info, path.read_bytes())


def write_sums(folder: Path, files: Iterable[Path]) -> Path:
    """Write SHA256SUMS, as `sha256sum --check` reads it."""
    sums = folder / SUMS
    sums.write_text("".join(f"{digest(file)}  {file.name}\n" for file in sorted(files)), encoding="ascii")
    return sums
