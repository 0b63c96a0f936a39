"""The commands of the library: `handbook pack`, `add`, `list`, `remove`, `new`.

Belongs here: their options and what they print. Not here: the work itself (handbook/library/)."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from handbook.base import atomic_file, bounded, languages
from handbook.base.catalogue import ngettext, tr
from handbook.base.errors import HandbookError
from handbook.base.paths import find_paths
from handbook.cli.content import tell_faults
from handbook.cli.output import say, say_written, warn
from handbook.cli.paths import named
from handbook.library import example, names, pack
from handbook.library.pack import Manifest
from handbook.library.shelf import Library, describe

COMMANDS = ("pack", "add", "list", "remove", "new")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the parser."""
    packing = commands.add_parser(
        "pack", help=tr("make one file of a handbook"), description=tr("Make a pack: one handbook in one file.")
    )
    packing.add_argument("folder", type=named, metavar="DIR", help=tr("the handbook's folder"))
    packing.add_argument("-o", "--output", type=named, metavar="FILE", required=True, help=tr("where to"))
    _add_manifest(packing)
    packing.set_defaults(run=_pack)

    adding = commands.add_parser(
        "add", help=tr("add a handbook to the library"), description=tr("Add a pack or a folder to the library.")
    )
    adding.add_argument("source", type=named, metavar="FILE", help=tr("a pack, or a folder of Markdown files"))
    _add_manifest(adding)
    adding.set_defaults(run=_add)

    listing = commands.add_parser(
        "list", help=tr("list the library"), description=tr("List the handbooks in the library.")
    )
    listing.set_defaults(run=_list)

    removing = commands.add_parser(
        "remove", help=tr("remove a handbook from the library"), description=tr("Remove a handbook from the library.")
    )
    removing.add_argument("name", metavar="NAME", help=tr("its name, as 'handbook list' has it"))
    removing.set_defaults(run=_remove)

    new = commands.add_parser(
        "new", help=tr("begin a handbook"), description=tr("Write a handbook with an example of every block.")
    )
    new.add_argument("folder", type=named, metavar="DIR", help=tr("a new or empty folder"))
    new.set_defaults(run=_new)


def _add_manifest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", help=tr("by which addresses name it: small letters, digits, hyphens"))
    parser.add_argument("--title", help=tr("what people call it"))
    parser.add_argument("--edition", metavar="VERSION", help=tr("a newer one replaces an older one"))
    parser.add_argument("--language", metavar="CODE", help=tr("such as pl"))
    parser.add_argument("--licence", help=tr("who may copy it"))
    parser.add_argument("--translation-of", metavar="NAME", help=tr("the handbook that it has the same addresses as"))


def _manifest(folder: Path, options: argparse.Namespace) -> Manifest:
    keys = {"name": "name", "title": "title", "edition": "version", "language": "language", "licence": "licence"}
    given: dict[str, Any] = {
        key: pack.one_line(getattr(options, option)) for option, key in keys.items() if getattr(options, option)
    }
    if options.translation_of:
        given["translation_of"] = options.translation_of
    language = given.get("language", "")
    if language and not languages.is_code(language):
        known = ", ".join(f"{code} ({name})" for code, name in languages.NAMES.items())
        raise HandbookError(
            tr("'{code}' can't be a language: give its code, such as {languages}.").format(
                code=language, languages=known
            )
        )
    for name in (given.get("name"), given.get("translation_of")):
        if name and not names.is_library_name(name):
            raise HandbookError(
                tr("'{name}' can't be a name: use small letters, digits and hyphens.").format(name=name)
            )
    return replace(describe(folder), **given)


def _pack(options: argparse.Namespace) -> int:
    atomic_file.check(options.output, f"{Path(os.path.realpath(options.folder)).name or 'handbook'}.handbook")
    manifest = _manifest(options.folder, options)
    left = pack.save(options.folder, manifest, options.output)
    _tell_of(left)
    say_written(options.output, f"{manifest.name} {manifest.version}: {options.output}")
    return 0


def _tell_of(left: Sequence[str]) -> None:
    """Tell of files that were left out."""
    for name in left[:20]:
        warn(tr("'{name}' is no part of a handbook: left out").format(name=name))


def _add(options: argparse.Namespace) -> int:
    wanted = _manifest(options.source, options) if bounded.is_folder(options.source) else None
    added = Library(find_paths().data).add(options.source, wanted)
    _tell_of(added.left)
    tell_faults(added.faults)
    if added.there:
        say(added.said)
        return 0
    manifest = added.manifest
    said = (
        tr("Added: {title} ({name} {version}).") if added.changed else tr("There already: {title} ({name} {version}).")
    )
    say(said.format(title=manifest.title, name=manifest.name, version=manifest.version))
    return 0


def _list(_: argparse.Namespace) -> int:
    library = Library(find_paths().data)
    for said in library.unread():
        warn(said)
    listed = library.listed()
    for one in listed:
        line = f"{one.name} {one.version} [{one.language}] {one.title}"
        if one.translation_of:
            line = tr("{handbook}, translation of {name}").format(handbook=line, name=one.translation_of)
        say(f"{line} ({one.licence})" if one.licence else line)
    say(ngettext("{n} handbook in the library", "{n} handbooks in the library", len(listed)).format(n=len(listed)))
    return 0


def _remove(options: argparse.Namespace) -> int:
    say(tr("Removed: {title}.").format(title=Library(find_paths().data).remove(options.name).title))
    return 0


def _new(options: argparse.Namespace) -> int:
    example.write(options.folder)
    say(
        tr("Written: {folder}. Change its files, and look at it with: handbook --content {folder}").format(
            folder=options.folder
        )
    )
    return 0
