"""A file that somebody brought: is it one that was published, of which version, for which system, and what is new?

Belongs here: comparing the file with the signed list beside it, and taking a copy that stays as it was compared. Not
here: signatures (minisign.py), what is done with the file (ui/help/update_dialog.py).

The list is SHA256SUMS, as `sha256sum` and the release write it, with minisign's signature in SHA256SUMS.minisig.
What is said of the file (its version, its kind) is taken from its name in that list, which is signed; the text of what
is new is a file in the same list."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import IO

from handbook.base import bounded
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.paths import make_private
from handbook.base.system_errors import reason_of
from handbook.updates import minisign

LIST, SIGNATURE = "SHA256SUMS", "SHA256SUMS.minisig"
MOST_BYTES = 1024 * 1024 * 1024  # the largest installer has 50 MB
FOLDER = "updates"  # in the person's cache
_MOST_LIST, _MOST_SIGNATURE, _MOST_NOTES = 256 * 1024, 4 * 1024, 256 * 1024
_PIECE = 1024 * 1024
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([A-Za-z0-9][A-Za-z0-9._+-]{0,150})")
_NUMBER = r"(\d{1,6}(?:\.\d{1,6}){0,3})"


class Kind(Enum):
    """What a published file is."""

    WINDOWS = auto()
    WINDOWS_PORTABLE = auto()
    DEBIAN = auto()
    LINUX_PORTABLE = auto()
    HANDBOOK = auto()  # a pack for the library


_KINDS = (
    (Kind.WINDOWS, re.compile(rf"field-handbook-{_NUMBER}-windows-setup\.exe")),
    (Kind.WINDOWS_PORTABLE, re.compile(rf"field-handbook-{_NUMBER}-windows-portable\.zip")),
    (Kind.DEBIAN, re.compile(rf"field-handbook_{_NUMBER}_amd64\.deb")),
    (Kind.LINUX_PORTABLE, re.compile(rf"field-handbook-{_NUMBER}-linux-portable\.tar\.xz")),
    (Kind.HANDBOOK, re.compile(r".+\.handbook()")),
)
SUFFIXES = (".exe", ".zip", ".deb", ".tar.xz", ".handbook")


class UpdateRefused(HandbookError):
    """A file is not taken; str() says why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that is what was published.

    version: "" of a handbook, whose own manifest has it. digest: SHA-256. news: what is new, as Markdown; may be ""."""

    path: Path
    kind: Kind
    version: str
    digest: str
    news: str


Step = Callable[[int, int], None]  # bytes done, bytes in all; may raise to give up


def check(path: Path, own_version: str, key: str, step: Step) -> Offer:
    """Compare a file with the signed list beside it. Raises UpdateRefused."""
    listed = _list_beside(path, key)
    digest = listed.get(path.name)
    if digest is None:
        raise UpdateRefused(
            tr("'{name}' is not in the list of what was published. Was it renamed? Nothing was changed.").format(
                name=path.name
            )
        )
    kind, version = _kind_of(path.name)
    if version and _order(version) < _order(own_version):
        text = tr(
            "'{name}' is version {version}, which is older than yours ({own}). Nothing was changed. To go back to it, "
            "install it as you would any program: settings, marks and workshops stay."
        )
        raise UpdateRefused(text.format(name=path.name, version=version, own=own_version))
    _compare(path, digest, step)
    return Offer(path, kind, version, digest, _news(path.parent, listed, version))


def check_key(key: str) -> minisign.PublicKey:
    """The public key that files are checked with. Raises UpdateRefused where this copy has none."""
    try:
        return minisign.public_key(key)
    except minisign.BadKey as exc:
        raise UpdateRefused(
            tr(
                "This copy of the program was made without a key, so it cannot check files. Nothing was changed. If "
                "you trust where the file comes from, install it as you would any program: settings, marks and "
                "workshops stay."
            )
        ) from exc


def is_own(offer: Offer, own_version: str) -> bool:
    """Is it the version that is running?"""
    return bool(offer.version) and _order(offer.version) == _order(own_version)


def take(offer: Offer, cache: Path, step: Step) -> Path:
    """A copy in the person's own folder, compared while it was written: a stick may change, or be pulled out.

    Raises UpdateRefused; then no copy is left behind."""
    folder = cache / FOLDER
    copy = folder / offer.path.name
    try:
        clear(cache)
        make_private(folder)
        with copy.open("xb") as file:
            _compare(offer.path, offer.digest, step, file)
            file.flush()
            os.fsync(file.fileno())
    except OSError as exc:
        clear(cache)
        raise UpdateRefused(
            tr("'{name}' could not be copied to '{folder}': {why}. Nothing was changed.").format(
                name=offer.path.name, folder=folder, why=reason_of(exc)
            )
        ) from exc
    except BaseException:
        clear(cache)
        raise
    return copy


def clear(cache: Path) -> None:
    """Remove the copies of earlier times."""
    shutil.rmtree(cache / FOLDER, ignore_errors=True)


# -- The list ---------------------------------------------------------------------------------------------------


def _list_beside(path: Path, key: str) -> dict[str, str]:
    """Name → digest of what the list beside a file names, after its signature was checked."""
    own = check_key(key)
    if not bounded.is_file(path):
        raise UpdateRefused(tr("There is no file '{name}'.").format(name=path))
    try:
        text = bounded.read(path.with_name(LIST), _MOST_LIST)
        signature = bounded.read(path.with_name(SIGNATURE), _MOST_SIGNATURE)
    except bounded.NotRead as exc:
        raise UpdateRefused(
            tr(
                "The list of what was published is missing, or can't be read. Copy the files {list} and {signature} "
                "from where '{name}' came into the same folder, and check again. Nothing was changed."
            ).format(list=LIST, signature=SIGNATURE, name=path.name)
        ) from exc
    try:
        minisign.check(text, signature.decode("utf-8", "replace"), own)
    except minisign.NotSigned as exc:
        raise UpdateRefused(
            tr(
                "The list beside '{name}' was not signed by those who make this program, or was changed afterwards. "
                "Do not use the file; get it again from where you trust. Nothing was changed."
            ).format(name=path.name)
        ) from exc
    found = map(_LINE.fullmatch, text.decode("ascii", "replace").splitlines())
    return {one[2]: one[1] for one in found if one is not None}


def _kind_of(name: str) -> tuple[Kind, str]:
    for kind, pattern in _KINDS:
        if found := pattern.fullmatch(name):
            return kind, found[1]
    raise UpdateRefused(tr("'{name}' is neither an installer nor a handbook. Nothing was changed.").format(name=name))


def _order(version: str) -> tuple[int, ...]:
    """A version as what can be compared: 0.10 comes after 0.9, and 1.0 is 1."""
    numbers = [int(number) for number in re.findall(r"\d+", version)]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _news(folder: Path, listed: dict[str, str], version: str) -> str:
    """What is new in a version: a file beside the list, if it is as it was published."""
    name = f"field-handbook-{version}-release-notes.md"
    try:
        text = bounded.read(folder / name, _MOST_NOTES) if name in listed else b""
    except bounded.NotRead:
        return ""
    return text.decode("utf-8", "replace") if hashlib.sha256(text).hexdigest() == listed.get(name) else ""


# -- The file ---------------------------------------------------------------------------------------------------


def _compare(path: Path, digest: str, step: Step, copy: IO[bytes] | None = None) -> None:
    """Raises UpdateRefused if the file has another digest; writes what was read into `copy`."""
    size = bounded.size(path)
    if size > MOST_BYTES:
        raise UpdateRefused(
            tr("'{name}' is larger than anything that was published. Nothing was changed.").format(name=path.name)
        )
    found, done = hashlib.sha256(), 0
    for piece in _pieces(path):
        done += len(piece)
        if done > MOST_BYTES:
            break
        step(done, size)
        found.update(piece)
        if copy is not None:
            copy.write(piece)
    if found.hexdigest() != digest:
        raise UpdateRefused(
            tr(
                "'{name}' is not as it was published: it is damaged or cut short, or somebody changed it. Copy it "
                "again. Nothing was changed."
            ).format(name=path.name)
        )


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as exc:
        raise UpdateRefused(
            tr("'{name}' could not be read to its end. Is the stick still there? Nothing was changed.").format(
                name=path.name
            )
        ) from exc
