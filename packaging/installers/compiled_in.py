"""Libraries of others that are compiled into what is shipped, with the versions that the shipped files state.

Belongs here: those whose faults matter most often, and how their version is found. Not here: parts that come as files
of their own, or that a package's own list names (components.py). A file that is gone, or that no longer states its
version as it did, stops the build, so that no list says something old or too little."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from installers.components import Component
from installers.shipped.rules import is_on
from installers.tools import BuildError
from installers.trees.tree import Tree

QT_CORE = "lib/PySide6/*Qt6Core.*"
ZLIB = ("zlib", "Zlib", "https://github.com/madler/zlib")


@dataclass(frozen=True)
class Stated:
    """A library in a file of the folder. part: what the file belongs to. pattern: finds the version, as its group 1."""

    name: str
    licence: str
    source: str
    part: str
    file: str
    pattern: bytes


STATED = (
    Stated("expat", "MIT", "https://github.com/libexpat/libexpat", "Python", "lib/pyexpat*", rb"expat_(\d+\.\d+\.\d+)"),
    Stated(*ZLIB, "Python", "python3??.dll", rb"\0(1\.[23]\.\d+)\0"),  # Linux: the system's
    Stated(*ZLIB, "lxml", "lib/lxml/etree.*", rb"inflate (1\.\d+\.\d+) Copyright"),
    Stated(*ZLIB, "pypdfium2", "lib/pypdfium2_raw/*pdfium.*", rb"\0(1\.\d+\.\d+[\w.-]*-motley)\0"),
    Stated("libxml2", "MIT", "https://gitlab.gnome.org/GNOME/libxml2", "lxml", "lib/lxml/etree.*", rb"\0(2\d{4})\0"),
    Stated("libxslt", "MIT", "https://gitlab.gnome.org/GNOME/libxslt", "lxml", "lib/lxml/etree.*", rb"\0(1\d{4})\0"),
    Stated(*ZLIB, "Qt", "lib/PySide6/Qt6Core.dll", rb"\0(1\.\d+\.\d+) \(Qt\)\0"),  # Linux: the system's
    Stated("PCRE2", "BSD-3-Clause", "https://github.com/PCRE2Project/pcre2", "Qt", QT_CORE, rb"\0(10\.\d+) 20\d\d-"),
    Stated("libpng", "libpng-2.0", "http://www.libpng.org", "Qt", "lib/PySide6/*Qt6Gui.*", rb"\0(1\.6\.\d+)\0"),
)


def describe(tree: Tree) -> None:
    """Add them to the parts of what they are compiled into."""
    files, places = tree.files(), {part.name: place for place, part in enumerate(tree.components)}
    for one in (one for one in STATED if is_on(tree.platform, one.file)):
        name = next((name for name in files if fnmatchcase(name, one.file)), None)
        if name is None or one.part not in places:
            raise BuildError(
                f"{one.part} has no file such as {one.file}, which {one.name} is compiled into: see STATED"
            )
        version = stated((tree.folder / name).read_bytes(), one, name)
        purl = f"pkg:generic/{one.name}@{version}?in={one.part.lower()}"
        found = Component(one.name, version, one.licence, one.source, purl)
        whole = tree.components[places[one.part]]
        tree.components[places[one.part]] = replace(whole, parts=(*whole.parts, found))


def stated(data: bytes, one: Stated, name: str) -> str:
    """The version that a file states."""
    said = re.search(one.pattern, data)
    if said is None:
        raise BuildError(f"{name} does not state the version of {one.name} as it did: look at it, then at STATED")
    version = said[1].decode("ascii")
    if "." not in version:  # libxml2 and libxslt: 21406 is 2.14.6
        return f"{version[0]}.{int(version[1:3])}.{int(version[3:])}"
    return version
