"""A folder as one file, with the same bytes each time: tar.xz and zip; and the digests of what is handed over.

Belongs here: archive formats. Not here: what is in them."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from installers.sbom import digest
from installers.tools import need, run

SUMS = "SHA256SUMS"
BLOCK = 112 * 1024 * 1024  # half of what is packed; xz takes each for itself


def tar_xz(folder: Path, to: Path, top: str, extra: Mapping[str, bytes], epoch: int, *, quick: bool = False) -> None:
    """Write `folder` as `top`/… into a .tar.xz; `extra` are files more, by name. xz at -9 takes minutes."""
    need("xz")
    plain = to.with_suffix("")  # .tar
    with tarfile.open(plain, "w", format=tarfile.PAX_FORMAT) as archive:

        def add(name: str, mode: int, data: bytes | None) -> None:
            info = tarfile.TarInfo(name)
            info.mtime, info.mode = epoch, mode
            info.type = tarfile.DIRTYPE if data is None else tarfile.REGTYPE
            info.size = 0 if data is None else len(data)
            archive.addfile(info, None if data is None else io.BytesIO(data))

        add(top, 0o755, None)
        for name, path in _entries(folder, extra):
            if path is None:
                add(f"{top}/{name}", 0o644, extra[name])
            elif path.is_dir():
                add(f"{top}/{name}", 0o755, None)
            else:
                mode = 0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644
                add(f"{top}/{name}", mode, path.read_bytes())
    to.unlink(missing_ok=True)
    # In blocks of a fixed size, by two threads: the same bytes on a machine of any number of cores.
    level = "-1" if quick else "-9"
    run("xz", level, "--threads=2", f"--block-size={BLOCK}", plain, growing=to)


def zip_deflate(
    folder: Path, to: Path, top: str, extra: Mapping[str, bytes], epoch: int, *, quick: bool = False
) -> None:
    """Write `folder` as `top`/… into a .zip that Windows unpacks by itself."""
    date = datetime.fromtimestamp(epoch, UTC).timetuple()[:6]
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1 if quick else 9) as archive:
        for name, path in _entries(folder, extra):
            if path is None or not path.is_dir():
                info = zipfile.ZipInfo(f"{top}/{name}", date)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 0  # made for Windows, wherever it is made
                archive.writestr(info, extra[name] if path is None else path.read_bytes())


def _entries(folder: Path, extra: Mapping[str, bytes]) -> list[tuple[str, Path | None]]:
    """(name in the archive, path, or None for an extra one), sorted by name."""
    found: list[tuple[str, Path | None]] = [(path.relative_to(folder).as_posix(), path) for path in folder.rglob("*")]
    return sorted(found + [(name, None) for name in extra])


def write_sums(folder: Path, files: Iterable[Path]) -> Path:
    """Write SHA256SUMS, as `sha256sum --check` reads it."""
    sums = folder / SUMS
    sums.write_text("".join(f"{digest(file)}  {file.name}\n" for file in sorted(files)), encoding="ascii")
    return sums
