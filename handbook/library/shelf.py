"""The library: the handbooks on this computer beside our own, in the person's data folder.

Belongs here: adding, listing, removing, reading. Not here: what a pack may be (pack.py).

Each handbook has a folder with its content in a folder of its own, named by the digest, and a file that names that:
`library/NAME/handbook.json`. That file is written last and replaced in one step, so a program that is killed leaves
the library as it was; what it had written lies there unnamed until the next change removes it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from handbook.base import alphabet, atomic_file, bounded, locks, unfinished
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.paths import LIBRARY, make_private
from handbook.base.system_errors import is_full, reason_of
from handbook.content.handbook import Fault, Handbook, Others
from handbook.content.loading import load
from handbook.library import names, pack
from handbook.library.pack import Manifest, PackRefused, Progress

_POINTER, _LOCK = "handbook.json", "library.lock"
_MOST_POINTER = 64 * 1024
_MOST_LISTED = 500  # handbooks
_OUT_OF_REACH = -1


class Cancelled(Exception):
    """Adding was called off in time; nothing has changed."""


class Added(NamedTuple):
    """What adding a handbook came to.

    changed: it is another state than was there.
    there:   the version in whose place it was put; "" where there was none.
    left:    the texts and pictures of a folder that were left out for their names, or as links to other files.
    faults:  of the files that were put in place."""

    manifest: Manifest
    changed: bool
    there: str = ""
    left: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def said(self) -> str:
        """That in a sentence."""
        form = tr("Added: {title}.") if self.changed else tr("It is in the library already: {title}.")
        if self.there:
            form = tr("Added: {title}, version {version}, in the place of version {there}.")
        return form.format(title=self.manifest.title, version=self.manifest.version, there=self.there)


class Library:
    """The handbooks in a folder of the person's data. Any thread may ask."""

    def __init__(self, data: Path) -> None:
        self._folder = data / LIBRARY

    def listed(self) -> list[Manifest]:
        """All handbooks, by title. One whose files are gone, or that can't be read, is left out."""
        found = (self._manifest(one.name) for one in self._folders())
        there = [one for one in found if one is not None and bounded.is_folder(self.content(one))]
        return sorted(there, key=lambda one: (alphabet.key(one.title), one.name))

    def unread(self) -> list[str]:
        """Of each handbook that is there but can't be read, what is wrong, in a sentence."""
        found: list[str] = []
        for one in self._folders():
            try:
                self._pointed(one.name)
            except PackRefused as exc:
                found.append(str(exc))
        return found

    def get(self, name: str) -> Manifest | None:
        """What a handbook says of itself; None if there is none of that name."""
        return self._manifest(name) if names.is_library_name(name) else None

    def content(self, manifest: Manifest) -> Path:
        """The folder of a handbook's files."""
        return self._folder / manifest.name / _content_name(manifest)

    def read(self, name: str) -> Handbook:
        """A handbook, with addresses that begin with its name. Raises HandbookError."""
        manifest = self.get(name)
        if manifest is None:
            raise HandbookError(tr("There is no handbook '{name}' in the library.").format(name=name))
        read = load(self.content(manifest), name=name, language=manifest.language)
        return read.with_(manifest=read.manifest._replace(title=manifest.title))

    def others(self, own: Callable[[], Handbook | None]) -> Others:
        """A function that gives the handbooks by name: read when first asked for, and again when replaced.

        One that was removed is gone; of a stick that was pulled, what was read stays.
        own: reads the program's own, which has the name ""."""
        read: dict[str, tuple[int, Handbook | None]] = {}
        reading = threading.RLock()

        def other(name: str) -> Handbook | None:
            with reading:
                stamp = self._stamp(name) if name else 0
                if name not in read or stamp not in (read[name][0], _OUT_OF_REACH):
                    try:
                        found = self.read(name) if name else own()
                    except HandbookError:
                        found = None
                    read[name] = stamp, found.with_(others=other) if found is not None else None
                return read[name][1]

        return other

    def beside(self, name: str) -> list[str]:
        """The names of the other handbooks, seen from the one of a name: our own first, then those added, by title.

        From one that was removed our own is seen too."""
        names = [one.name for one in self.listed()]
        return [one for one in ("", *names) if one != name] if names or name else []

    def _stamp(self, name: str) -> int:
        """Changes when another handbook is put into the place of one; 0 where there is none."""
        try:
            return (self._folder / name / _POINTER).stat().st_mtime_ns
        except (OSError, ValueError):  # a name that no file can have
            return 0 if self._folder.is_dir() else _OUT_OF_REACH

    def add(
        self,
        source: Path,
        wanted: Manifest | None = None,
        progress: Progress = pack.silent,
        may: Callable[[], bool] = atomic_file.always,
    ) -> Added:
        """Add a pack, or a folder.

        wanted: of a folder, what it says of itself; by default made from its name and its handbook.toml.
        progress: may raise Cancelled. may: asked once, before it is put in place; False cancels.
        Raises PackRefused, Cancelled; then nothing has changed and nothing is left behind."""
        if bounded.is_folder(source):
            wanted = wanted or self._apart(describe(source))
        elif not bounded.is_file(source):
            raise PackRefused(
                tr(
                    "There is no file and no folder '{name}'. Give a pack (a file that ends in .handbook), or the "
                    "folder with a handbook's Markdown files."
                ).format(name=source)
            )
        elif source.suffix.lower() in (".md", ".markdown"):
            raise PackRefused(
                tr("'{name}' is one page, not a handbook. Give the folder that it lies in.").format(name=source.name)
            )
        try:
            with self._changing(), unfinished.folder_beside(self._folder) as beside:
                content = beside / "content"
                content.mkdir()
                manifest, left = (
                    _copied(source, wanted, content, progress)
                    if wanted
                    else (pack.unpack(source, content, progress), ())
                )
                there = self._there(manifest)
                if there is not None and not self._is_newer(manifest, there):
                    return Added(manifest, changed=False, left=left)
                faults = load(content, called=source).faults  # raises where there is nothing to read in it
                if not may():
                    raise Cancelled
                self._put(manifest, content)
                replaced = there.version if there is not None else ""
                return Added(manifest, changed=True, there=replaced, left=left, faults=faults)
        except OSError as exc:
            raise PackRefused(_sentence(source, exc)) from exc

    def remove(self, name: str) -> Manifest:
        """Take a handbook out of the library. Raises PackRefused."""
        try:
            with self._changing():
                manifest = self.get(name)
                if manifest is None:
                    raise PackRefused(tr("There is no handbook '{name}' in the library.").format(name=name))
                (self._folder / name / _POINTER).unlink()
                shutil.rmtree(self._folder / name, ignore_errors=True)
                return manifest
        except OSError as exc:
            raise PackRefused(
                tr("'{name}' could not be removed: {why}.").format(name=name, why=reason_of(exc))
            ) from exc

    # -- Files --

    def _folders(self) -> list[Path]:
        try:
            return sorted(one for one in self._folder.iterdir() if names.is_library_name(one.name))[:_MOST_LISTED]
        except OSError:
            return []

    def _manifest(self, name: str) -> Manifest | None:
        try:
            return self._pointed(name)
        except PackRefused:
            return None

    def _pointed(self, name: str) -> Manifest | None:
        """What the file of a handbook says; None where there is none. Raises PackRefused if it can't be read."""
        pointer = self._folder / name / _POINTER
        try:
            found = pack.read_manifest(bounded.read(pointer, _MOST_POINTER), name)
        except bounded.NotRead as exc:
            if not os.path.lexists(pointer):
                return None
            raise PackRefused(pack.unread(pointer, exc)) from exc
        if found.name != name or not re.fullmatch("[0-9a-f]{64}", found.digest):
            raise PackRefused(pack.no_manifest(name))
        return found

    def _apart(self, described: Manifest) -> Manifest:
        """A folder with a name that no other handbook has: many have one in a folder called docs."""
        there = self._there(described)
        if there is None or there.title == described.title:
            return described
        return replace(described, name=f"{described.name[:54]}-{names.checksum(described.title)}")

    def _there(self, manifest: Manifest) -> Manifest | None:
        """The handbook in whose place another one would be put; None where there is none that can be read."""
        there = self._manifest(manifest.name)
        return there if there is not None and bounded.is_folder(self.content(there)) else None

    @staticmethod
    def _is_newer(manifest: Manifest, there: Manifest) -> bool:
        """Has a handbook to be put into the place of the one there? Raises PackRefused if it may not."""
        if there.digest == manifest.digest:
            return False
        if _order(manifest.version) > _order(there.version):
            return True
        raise PackRefused(
            tr(
                "There is a handbook '{name}' in the library already, of version {there}. This one is of version "
                "{version}, which is not newer, so nothing was changed. Remove the other one first."
            ).format(name=manifest.name, there=there.version, version=manifest.version)
        )

    def _put(self, manifest: Manifest, content: Path) -> None:
        home = self._folder / manifest.name
        make_private(home)
        target = home / _content_name(manifest)
        if target.exists():  # of a program that was killed
            shutil.rmtree(target)
        try:
            atomic_file.replace(content, target)
            atomic_file.save(manifest.to_json(), home / _POINTER)
        except atomic_file.NotSaved as exc:
            shutil.rmtree(target, ignore_errors=True)
            self._clear(home)
            raise PackRefused(str(exc)) from exc
        self._clear(home)

    def _clear(self, home: Path) -> None:
        """Remove from a handbook's folder what its file does not name; nothing where that can't be read.

        It may be of a later version of the program, or out of reach for now."""
        try:
            manifest = self._pointed(home.name)
        except PackRefused:
            return
        kept = _content_name(manifest) if manifest is not None else ""
        for one in list(home.iterdir()) if home.is_dir() else ():
            if one.is_dir() and one.name != kept:
                shutil.rmtree(one, ignore_errors=True)
        with contextlib.suppress(OSError):
            home.rmdir()  # only if nothing is left

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the library's lock; what killed programs left is removed first."""
        make_private(self._folder)
        lock = locks.take(self._folder / _LOCK)
        if lock is None:
            raise PackRefused(tr("Another window is changing the library. Wait until it is done, and try again."))
        try:
            for left in self._folder.glob(f"{unfinished.FOLDER}*"):
                unfinished.remove_folder(left)
            for home in self._folders():
                self._clear(home)
            yield
        finally:
            lock.release()


def describe(folder: Path) -> Manifest:
    """What a folder says of itself: title, edition and language, and a name made from the title or the folder's.

    Raises HandbookError; what no pack may hold is refused before any text is read."""
    if bounded.is_folder(folder):
        pack.files_of(folder)
    manifest = load(folder).manifest
    called = folder.resolve().name
    name = names.library_name_of(called) or names.library_name_of(manifest.title) or names.library_name_without(called)
    return Manifest(
        name, pack.one_line(manifest.title), pack.one_line(manifest.edition) or "1", pack.one_line(manifest.language)
    )


def _copied(source: Path, wanted: Manifest, content: Path, progress: Progress) -> tuple[Manifest, tuple[str, ...]]:
    """A folder through a pack, so that both ways have the same checks; and the texts and pictures left out."""
    made = content.parent / "made.handbook"
    with made.open("wb") as file:
        left = pack.write(source, wanted, file, progress)
    found = pack.unpack(made, content, progress)
    made.unlink()
    return found, tuple(filter(names.is_wanted, left))


def _content_name(manifest: Manifest) -> str:
    return f"content-{manifest.digest[:16]}"


def _order(version: str) -> tuple[int, ...]:
    """A version as numbers, of which 1.10 is above 1.9."""
    numbers = [int(piece[:9]) for piece in re.findall("[0-9]+", version)]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _sentence(source: Path, exc: OSError) -> str:
    name = source.name or source  # a disk has no name
    if is_full(exc):
        return tr("There is not enough room on the disk for '{name}'. Nothing was added.").format(name=name)
    return tr("'{name}' could not be added: {why}. Nothing was changed.").format(name=name, why=reason_of(exc))
