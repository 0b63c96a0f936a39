"""What a built folder is made of: each part with its version, licence, source and licence texts.

Belongs here: describing parts. The versions are read from what is shipped. Not here: the SBOM's form (sbom.py)."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from installers.project import Project
from installers.shipped.packages import package_of
from installers.shipped.rules import LINUX
from installers.tools import BuildError
from installers.wheels import Wheel

LGPL = "LGPL-3.0-only"
# Parts of what is installed that come in no package of their own: licence, source.
OTHERS = {
    "Python": ("PSF-2.0", "https://www.python.org/ftp/python/{version}/"),
    "Qt": (LGPL, "https://download.qt.io/official_releases/qt/"),
    "ICU": ("Unicode-3.0", "https://github.com/unicode-org/icu"),
    "libffi": ("MIT", "https://github.com/libffi/libffi"),
    "Microsoft Visual C++ runtime": (
        "LicenseRef-Microsoft-Visual-Cpp-Runtime",
        "https://learn.microsoft.com/visualstudio/releases/2022/redistribution",
    ),
}
# In the handbook's own package: typefaces, with their folder, and the sources of word lists, as in their README.md.
FONTS = (
    ("Source Sans 3", "fonts", "https://github.com/adobe-fonts/source-sans"),
    ("Source Serif 4", "fonts", "https://github.com/adobe-fonts/source-serif"),
    ("Atkinson Hyperlegible Next", "reading_fonts", "https://github.com/googlefonts/atkinson-hyperlegible-next"),
)
WORDS = (
    ("SCOWL", "2020.12.07", "LicenseRef-SCOWL", "https://github.com/en-wl/wordlist"),
    ("WordNet", "3.0", "LicenseRef-WordNet", "https://wordnet.princeton.edu"),
    ("GeoNames", "2026", "CC-BY-4.0", "https://www.geonames.org"),
    ("Faker", "40.63.0", "MIT", "https://github.com/joke2k/faker"),
)


@dataclass(frozen=True)
class Component:
    """One part. licence: an SPDX expression. purl: its package URL, unique in a folder. texts: name → licence text.

    parts: what is compiled into it, for which no texts are kept apart."""

    name: str
    version: str
    licence: str
    source: str
    purl: str
    kind: str = "library"
    texts: dict[str, str] = field(default_factory=dict, compare=False)
    parts: tuple[Component, ...] = ()


def text_of(data: bytes) -> str:
    """A licence text as it should be: UTF-8, with the line ends of Unix; some are Latin-1."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n")


def kept_texts(project: Project, folder: str) -> dict[str, str]:
    """The texts in packaging/licences/<folder>, for parts that bring none of their own."""
    files = sorted((project.root / "packaging" / "licences" / folder).glob("*.txt"))
    if not files:
        raise BuildError(f"packaging/licences/{folder} holds no licence text")
    return {file.name: text_of(file.read_bytes()) for file in files}


def of_project(project: Project, wheel: Wheel) -> Iterator[Component]:
    """The handbook itself, its typefaces by the version that their files state, and what its word lists stand on."""
    text = text_of(wheel.read(f"{wheel.info}/licenses/LICENSE"))
    purl = f"pkg:pypi/{project.name}@{project.version}"
    yield Component(project.title, project.version, project.licence, "", purl, "application", {"LICENSE": text})
    for name, folder, source in FONTS:
        file = name.replace(" ", "")
        version = font_version(wheel.read(f"handbook/{folder}/{file}-Regular.ttf"))
        texts = {"OFL.md": text_of(wheel.read(f"handbook/fonts/LICENSE-{file}.md"))}
        yield _generic(name, version, "OFL-1.1", source, texts, "data")
    for name, version, licence, source in WORDS:
        texts = {"LICENSE.txt": text_of(wheel.read(f"handbook/search/words/LICENSE-{name}.txt"))}
        yield _generic(name, version, licence, source, texts, "data")


def of_wheel(project: Project, wheel: Wheel) -> Component:
    """A package from the index, with what is known of the parts compiled into it."""
    package = package_of(wheel.name)
    purl = f"pkg:pypi/{wheel.name.lower()}@{wheel.version}"
    if package.licence == LGPL:  # Qt's wheels hold no text of it
        texts = kept_texts(project, "Qt")
    else:
        texts = {name: text_of(wheel.read(place)) for name, place in wheel.licences.items()}
    if not texts:
        raise BuildError(f"the wheel of {wheel.name} holds no licence text; put one into packaging/licences")
    crates = [crate for name in wheel.sboms for crate in json.loads(wheel.read(name)).get("components", [])]
    if crates:  # compiled from Rust: typst
        texts |= kept_texts(project, package.name) | {"parts.txt": "".join(map(_crate_line, crates))}
    parts = (*map(_of_crate, crates), *_pdfium(wheel))
    return Component(package.name, wheel.version, package.licence, package.source, purl, "library", texts, parts)


def _of_crate(crate: dict[str, Any]) -> Component:
    """A crate that a wheel's own SBOM names (PEP 770)."""
    return Component(crate["name"], crate["version"], _licence(crate), "", crate.get("purl", "").split("?")[0])


def _crate_line(crate: dict[str, Any]) -> str:
    return f"{crate['name']} {crate['version']}: {_licence(crate)}\n    {crate.get('author', 'its authors')}\n"


def _licence(crate: dict[str, Any]) -> str:
    licences = [one.get("expression") or one["license"].get("id") for one in crate.get("licenses", [])]
    return " ".join(" AND ".join(filter(None, licences)).split()) or "NOASSERTION"


def _pdfium(wheel: Wheel) -> tuple[Component, ...]:
    """PDFium in pypdfium2: its licences, and those of its parts, are among the wheel's texts."""
    if wheel.name != "pypdfium2":
        return ()
    said = json.loads(wheel.read("pypdfium2_raw/version.json"))
    version = ".".join(str(said[key]) for key in ("major", "minor", "build", "patch"))
    source = "https://pdfium.googlesource.com/pdfium"
    return (Component("PDFium", version, "BSD-3-Clause AND Apache-2.0", source, f"pkg:generic/pdfium@{version}"),)


def of_others(project: Project, name: str, version: str, texts: dict[str, str] | None = None) -> Component:
    """A part of OTHERS; its texts are kept here where it brings none."""
    licence, source = OTHERS[name]
    return _generic(name, version, licence, source, kept_texts(project, name) if texts is None else texts)


def of_qt(project: Project, version: str, platform: str) -> Component:
    """Qt's libraries, which PySide6's wheel brings."""
    icu = (of_others(project, "ICU", "73"),) if platform == LINUX else ()
    return replace(of_others(project, "Qt", version), parts=icu)


def _generic(
    name: str, version: str, licence: str, source: str, texts: dict[str, str], kind: str = "library"
) -> Component:
    """A part that comes from no package index."""
    purl = f"pkg:generic/{quote(name.replace(' ', '-').lower())}@{version}"
    return Component(name, version, licence, source.format(version=version), purl, kind, texts)


def font_version(font: bytes) -> str:
    """The version that a TrueType file's `head` table states (fontRevision, 16.16), as "3.052"."""
    for at in range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16):
        if font[at : at + 4] == b"head":
            start = int.from_bytes(font[at + 8 : at + 12], "big")
            return f"{int.from_bytes(font[start + 4 : start + 8], 'big') / 65536:.3f}"
    raise BuildError("a font has no `head` table")


def file_version(library: bytes) -> str:
    """The version that a Windows library states in its resources (VS_FIXEDFILEINFO), as "14.44.35112.1"."""
    at = library.find(b"\xbd\x04\xef\xfe")
    if at < 0:
        raise BuildError("a Windows library states no version")
    minor, major, revision, build = struct.unpack_from("<4H", library, at + 8)
    return f"{major}.{minor}.{build}.{revision}"


def signed_version(library: bytes, name: str) -> str:
    """The version that a Windows library states in its signature alone, as "LibFFI for Python (libffi-3.4.4)"."""
    found = re.search(rf"{name}-(\d+(\.\d+)+)".encode(), library.replace(b"\0", b""))  # there it is UTF-16
    if found is None:
        raise BuildError(f"the signature of {name} states no version")
    return found[1].decode("ascii")
