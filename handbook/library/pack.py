"""A pack: one handbook in one file (`.handbook`), a zip with a manifest and the content.

Belongs here: writing one, and reading one within bounds. Not here: where it is kept (shelf.py), names (names.py).

A zip states how many files it has and how large they are in its last bytes and in its directory: both are looked at
before zipfile reads anything, and each file is read no further than it states. Nothing is written outside the folder
that is given, as every name is checked first and every file is made anew."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import IO

from handbook.base import atomic_file, bounded
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.system_errors import reason_of
from handbook.library import names

SUFFIX = ".handbook"
FORMAT = 1
MANIFEST, CONTENT = "pack.json", "content/"
MOST_FILES = 20_000
MOST_BYTES = 1024 * 1024 * 1024  # unpacked
MOST_OF_FILE = 32 * 1024 * 1024
_MOST_MANIFEST = 64 * 1024
# Ends of lines, what terminals obey, and halves of letters: as such Python reads names of files that are no UTF-8.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MOST_DIRECTORY = MOST_FILES * 400  # bytes of a zip's list of its files
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_DATE = (1980, 1, 1, 0, 0, 0)  # a fixed date: the same content gives the same bytes
_PIECE = 1024 * 1024
_COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others take memory that the archive states

Progress = Callable[[int, int], None]  # files done, files in all; may raise to give up


class PackRefused(HandbookError):
    """A pack cannot be taken; str() says why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack says of itself.

    name:           by which addresses name it (`name:chapter#anchor`).
    translation_of: the name of the handbook that it has the same addresses as; "" for none.
    digest:         of all this and of every file."""

    name: str
    title: str
    version: str = "1"
    language: str = "en"
    licence: str = ""
    translation_of: str = ""
    digest: str = ""
    format: int = FORMAT

    def to_json(self) -> bytes:
        """As it stands in the pack."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


def silent(done: int, of: int) -> None:
    """Nobody watches."""


# -- Writing ----------------------------------------------------------------------------------------------------


def files_of(folder: Path) -> tuple[dict[str, Path], list[str]]:
    """The files of a folder that go into a pack, by name, and the names of those that do not."""
    found: dict[str, Path] = {}
    left: list[str] = []
    size = 0

    def unlisted(exc: OSError) -> None:  # a pack without it would look whole
        raise PackRefused(unread(Path(exc.filename), reason_of(exc))) from exc

    try:
        for top, folders, inside in bounded.walk(folder, unlisted):
            folders[:] = sorted(one for one in folders if one[0] != "." and not (top / one).is_symlink())
            for one in sorted(inside):
                path = top / one
                name = path.relative_to(folder).as_posix()
                if one[0] == ".":
                    continue
                if path.is_symlink() or not path.is_file() or not names.is_wanted(name) or not names.is_safe(name):
                    left.append(name)
                    continue
                found[name] = path
                length = bounded.size(path)
                size += length
                if length > MOST_OF_FILE:
                    raise PackRefused(unread(path, tr("it is too large")))
            if len(found) > MOST_FILES:
                raise PackRefused(bounded.too_many_files(folder, MOST_FILES))
            if size > MOST_BYTES:
                raise PackRefused(_too_large(folder))
    except bounded.TooMuch as exc:
        raise PackRefused(str(exc)) from exc
    twice = names.clash(found)
    if twice:
        raise PackRefused(
            tr("Two files differ only in capitals or accents: '{name}'. Rename one of them.").format(name=twice)
        )
    return found, left


def write(folder: Path, manifest: Manifest, out: IO[bytes], progress: Progress = silent) -> list[str]:
    """Write a folder as a pack; the names of files that were left out. The same files give the same bytes."""
    found, left = files_of(folder)
    digests: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=False) as archive:
        for number, name in enumerate(sorted(found)):
            progress(number, len(found))
            data = _read(found[name])
            digests[name] = hashlib.sha256(data).hexdigest()
            archive.writestr(_info(CONTENT + name), data)
        archive.writestr(_info(MANIFEST), replace(manifest, digest=digest(manifest, digests)).to_json())
    return left


def save(folder: Path, manifest: Manifest, target: Path, may: Callable[[], bool] = atomic_file.always) -> list[str]:
    """Save a folder as a pack, whole or not at all, one file of it in memory; the names of those that were left out.

    may: as atomic_file has it."""
    left: list[str] = []

    def make(path: Path) -> None:
        with path.open("wb") as out:
            left.extend(write(folder, manifest, out))

    atomic_file.save_made(make, target, may)
    return left


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return info


def _read(path: Path) -> bytes:
    try:
        return bounded.read(path, MOST_OF_FILE)
    except bounded.NotRead as exc:
        raise PackRefused(unread(path, exc)) from exc


def unread(path: Path, why: object) -> str:
    """That a file or folder can't be read, as a sentence."""
    return tr("'{name}' can't be read: {why}.").format(name=path, why=why)


def digest(manifest: Manifest, digests: Mapping[str, str]) -> str:
    """The digest of a manifest and of the digests of all files."""
    whole = hashlib.sha256(replace(manifest, digest="").to_json())
    for name in sorted(digests):
        whole.update(f"\n{name}\0{digests[name]}".encode())
    return whole.hexdigest()


# -- Reading ----------------------------------------------------------------------------------------------------


def unpack(pack: Path, folder: Path, progress: Progress = silent) -> Manifest:
    """Write the files of a pack into an empty folder. Raises PackRefused, or OSError where that can't be written."""
    try:
        with pack.open("rb") as file:
            _look_at_end(pack, file)
            with zipfile.ZipFile(file) as archive:
                return _unpacked(pack, archive, folder, progress)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as exc:
        raise PackRefused(
            tr("'{name}' is damaged or cut short, so it was not added. Copy it again from where it came.").format(
                name=pack.name
            )
        ) from exc
    except _SourceGone as exc:
        raise PackRefused(
            tr("'{name}' could not be read to its end, so nothing was added. Is the stick still there?").format(
                name=pack.name
            )
        ) from exc


class _SourceGone(Exception):
    """The pack itself can't be read any more."""


def _look_at_end(pack: Path, file: IO[bytes]) -> None:
    """Refuse what says in its last bytes that it has more files than may be; zipfile would read all their names."""
    try:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - (1 << 16) - 42))
        tail = file.read()
        file.seek(0)
    except OSError as exc:
        raise _SourceGone from exc
    at = len(tail) - 22 if tail[-22:-18] == _END and tail[-2:] == b"\0\0" else tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile
    count, directory = (
        int.from_bytes(tail[at + 10 : at + 12], "little"),
        int.from_bytes(tail[at + 12 : at + 16], "little"),
    )
    if count > MOST_FILES or directory > _MOST_DIRECTORY or tail[max(0, at - 20) : max(0, at - 16)] == _END_64:
        raise PackRefused(bounded.too_many_files(pack.name, MOST_FILES))


def _unpacked(pack: Path, archive: zipfile.ZipFile, folder: Path, progress: Progress) -> Manifest:
    infos = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    manifest = _manifest_in(pack, archive, infos.get(MANIFEST), len(archive.infolist()))
    wanted = {name.removeprefix(CONTENT): info for name, info in infos.items() if name != MANIFEST}
    bad = next((name for name, info in infos.items() if name != MANIFEST and not _may_be(name, info)), "")
    bad = bad or names.clash(wanted)
    if bad or len(infos) != sum(1 for info in archive.infolist() if not info.is_dir()):
        raise PackRefused(
            tr("'{pack}' holds a file that no handbook has ('{name}'), so it was not added.").format(
                pack=pack.name, name=bad or "?"
            )
        )
    if sum(info.file_size for info in infos.values()) > MOST_BYTES:
        raise PackRefused(_too_large(pack))
    digests: dict[str, str] = {}
    for number, (name, info) in enumerate(sorted(wanted.items())):
        progress(number, len(wanted))
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        digests[name] = _copy(archive, info, target)
    if digest(manifest, digests) != manifest.digest:
        raise PackRefused(
            tr("'{name}' is not as it was made: its digest is another. It was not added.").format(name=pack.name)
        )
    return manifest


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> str:
    """Write a file of the archive; its digest."""
    found, left = hashlib.sha256(), info.file_size
    with archive.open(info) as source, target.open("xb") as file:
        for piece in _pieces(source):
            left -= len(piece)
            if left < 0:
                raise zipfile.BadZipFile
            found.update(piece)
            file.write(piece)
    if left:
        raise zipfile.BadZipFile
    return found.hexdigest()


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while True:
        try:
            piece = source.read(_PIECE)
        except OSError as exc:
            raise _SourceGone from exc
        if not piece:
            return
        yield piece


def _may_be(name: str, info: zipfile.ZipInfo) -> bool:
    """May a pack have this file?"""
    kind = stat.S_IFMT(info.external_attr >> 16)
    inner = name.removeprefix(CONTENT)
    return (
        name.startswith(CONTENT)
        and info.orig_filename == name
        and kind in (0, stat.S_IFREG)
        and not info.flag_bits & 1
        and info.compress_type in _COMPRESSED
        and info.file_size <= MOST_OF_FILE
        and names.is_safe(inner)
        and names.is_wanted(inner)
    )


def _manifest_in(pack: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, count: int) -> Manifest:
    if (
        info is None
        or info.file_size > _MOST_MANIFEST
        or count > MOST_FILES
        or info.flag_bits & 1
        or info.compress_type not in _COMPRESSED
    ):
        raise PackRefused(
            tr("'{name}' is no handbook: it says nothing of itself. It was not added.").format(name=pack.name)
        )
    with archive.open(info) as file:
        data = b"".join(_pieces(file))
    return read_manifest(data, pack.name)


def one_line(text: str) -> str:
    """A text as a manifest may have it: in one line."""
    return " ".join(_CONTROL.sub(" ", text).split())


def read_manifest(data: bytes, name: str) -> Manifest:
    """What a manifest says. name: of the file that it is in. Raises PackRefused."""
    try:
        table = json.loads(data)
    except (ValueError, RecursionError) as exc:
        raise PackRefused(no_manifest(name)) from exc
    known = {one.name for one in fields(Manifest)}
    if isinstance(table, dict) and isinstance(table.get("format"), int) and table["format"] > FORMAT:
        raise PackRefused(
            tr("'{name}' was made for a later version of this program. Get that first; nothing was changed.").format(
                name=name
            )
        )
    texts = {key: value for key, value in table.items() if key != "format"} if isinstance(table, dict) else {}
    good = (
        isinstance(table, dict)
        and table.keys() <= known
        and all(isinstance(one, str) and len(one) <= 1000 and not _CONTROL.search(one) for one in texts.values())
        and names.is_library_name(texts.get("name", ""))
        and (not texts.get("translation_of") or names.is_library_name(texts["translation_of"]))
        and bool(texts.get("title", "").strip())
    )
    if not good:
        raise PackRefused(no_manifest(name))
    return Manifest(**table)


def no_manifest(name: str) -> str:
    """That what a handbook says of itself is none, as a sentence."""
    return tr("'{name}' says nothing of itself that can be read.").format(name=name)


def _too_large(path: Path) -> str:
    return tr("'{name}' has more than {n} MB, so it is not taken.").format(name=path.name or path, n=MOST_BYTES >> 20)
