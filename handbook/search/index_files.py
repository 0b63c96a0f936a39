"""A whole index in a folder, or none: its files with the catalogue that vouches for them.

Belongs here: bytes, digests, folders. Not here: what the files hold (whoosh_store.py).

The catalogue, written last, names the files with their digests, the content's fingerprint and FORMAT. Opening
reads every file into memory and compares the digests before Whoosh sees a byte. No damage gets further than
that, and no file stays open. In case somebody forges the digests too, whoosh_store.py unpickles nothing but numbers
and letters."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.base import atomic_file, bounded, unfinished
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.paths import make_private
from handbook.base.system_errors import reason_of

if TYPE_CHECKING:
    from handbook.content.handbook import Handbook

# Of the index. To be raised with every change to what it holds, to tokens.py, or to the stemmer's version.
FORMAT = 7

_CATALOGUE = "handbook_index.json"
_MOST_BYTES = 1 << 29  # of a file; for some 100,000 sections
_OURS = ("handbook_", "_handbook_")  # begin the names of all files of an index


class IndexDamaged(HandbookError):
    """The index is missing, cut short, foreign, or of another version or content: build it anew."""

    def __init__(self, reason: str = "") -> None:
        said = (
            tr("The search index can't be used ({reason}); it is made again from the handbook's text.")
            if reason
            else tr("The search index can't be used; it is made again from the handbook's text.")
        )
        super().__init__(said.format(reason=reason))


class IndexNotWritten(HandbookError):
    """The index can't be kept in a folder, which may be read-only or full. The index there is as it was.

    reason: the folder and what is wrong, to stand in another sentence."""

    def __init__(self, folder: Path, cause: OSError) -> None:
        self.reason = f"'{folder}': {reason_of(cause)}"
        super().__init__(
            tr("The search index can't be written to {reason}. Choose a folder with room.").format(reason=self.reason)
        )


def name_of(handbook: Handbook) -> str:
    """Whoosh's name for the index, with which the names of its files begin.

    It is another for every content, so that writing one index does not touch the files of another, and always
    the same for one, where Whoosh would draw it by lot."""
    return f"handbook_{handbook.fingerprint[:16]}f{FORMAT}"


def sealed(handbook: Handbook, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with the catalogue behind them."""
    import json

    digests = {name: digest(data) for name, data in sorted(files.items())}
    catalogue = {"format": FORMAT, "content": handbook.fingerprint, "files": digests}
    return {**files, _CATALOGUE: json.dumps(catalogue, indent=1).encode()}


def digest(data: bytes) -> str:
    """A CRC-32, which sees every damage that disks and copies do; against forgers the file needs more than that."""
    return f"{zlib.crc32(data):08x}"


def write(files: Mapping[str, bytes], folder: Path, *, private: bool = False) -> None:
    """Put an index in the place of the one in a folder. The catalogue is last in `files`, and decides.

    private: whether the folder is for the person alone."""
    try:
        if private:
            make_private(folder)
        else:
            folder.mkdir(parents=True, exist_ok=True)
        with unfinished.folder_beside(folder) as beside:
            for name, data in files.items():
                (beside / name).write_bytes(data)
            for name in files:
                atomic_file.replace(beside / name, folder / name)
    except OSError as exc:
        raise IndexNotWritten(folder, exc) from exc
    _clear(folder, files)


def _clear(folder: Path, keep: Mapping[str, bytes]) -> None:
    """Remove the files of earlier indexes, and what a program left that was killed while writing one."""
    for path in list(folder.iterdir()):
        if path.name.startswith(unfinished.FOLDER):
            unfinished.remove_folder(path)
        elif path.name.startswith(_OURS) and path.name not in keep:
            with suppress(OSError):  # what stays, or what another program has just removed, does no harm
                path.unlink()


def written(folder: Path) -> float:
    """When the index in a folder was written, in seconds since 1970; 0 where there is none."""
    try:
        return (folder / _CATALOGUE).stat().st_mtime
    except OSError:
        return 0.0


def read(folder: Path, handbook: Handbook) -> dict[str, bytes]:
    """The files of the index in a folder, each as it was written. Raises IndexDamaged."""
    import json

    try:
        digests = _digests(json.loads(bounded.read(folder / _CATALOGUE, _MOST_BYTES)), handbook)
        files = {name: bounded.read(folder / name, _MOST_BYTES) for name in digests}
    except bounded.NotRead as exc:
        raise IndexDamaged(f"'{folder}': {exc}") from exc
    except (ValueError, RecursionError) as exc:
        raise IndexDamaged(f"'{folder / _CATALOGUE}': {exc}") from exc
    for name, data in files.items():
        if digest(data) != digests[name]:
            raise IndexDamaged(f"'{folder / name}' is not as it was written")
    return files


def _digests(catalogue: object, handbook: Handbook) -> dict[str, str]:
    """The digests that a catalogue states, by file. Raises ValueError if it is of another index."""
    if not isinstance(catalogue, dict) or catalogue.get("format") != FORMAT:
        raise ValueError("not the catalogue of an index of this version")
    if catalogue.get("content") != handbook.fingerprint:
        raise ValueError("the catalogue of an index of another text")
    digests = catalogue.get("files")
    if not isinstance(digests, dict) or f"{name_of(handbook)}.words" not in digests:
        raise ValueError("a catalogue without files")
    if any(name != Path(name).name for name in digests):
        raise ValueError("a catalogue of files in other folders")
    return digests


# -- Numbers -----------------------------------------------------------------------------------------------


def as_bytes(numbers: array[int]) -> bytes:
    """Numbers of four bytes each as they are in a file: little-endian, which few computers are not."""
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def as_numbers(data: bytes) -> Sequence[int]:
    """The numbers of a file, without a copy where the computer has them the same way round."""
    if sys.byteorder == "little":
        return memoryview(data).cast("I")
    numbers = array("I", data)
    numbers.byteswap()
    return numbers
