"""What the program is made of: the name, version and licence of each part, and where the licence's text lies.

Belongs here: reading that, from the folder `licences` of an installed program, else from the records of the
installed packages. Not here: which parts are shipped (packaging/), and showing them (ui/)."""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

NAME = "field-handbook"
LIST = "parts.cdx.json"  # CycloneDX; written by packaging/installers/trees/tree.py


class Component(NamedTuple):
    """One part; `texts` are files with its licence, which may be none."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def version(name: str = NAME) -> str:
    """The version of an installed package, "unknown" when its record is missing."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "unknown"


def in_one_line() -> str:
    """The versions of the program and of Python, and the system: for the head of a log."""
    return f"Field Handbook {version()}, Python {sys.version.split()[0]}, {sys.platform}"


def components(folder: Path | None = None) -> list[Component]:
    """Every part, the handbook first, then by name. Never fails: what cannot be read is left out.

    folder: the licences of an installed program; without it, those beside the program started."""
    folder = folder or Path(sys.executable).parent / "licences"
    try:
        found = list(_listed(json.loads((folder / LIST).read_text(encoding="utf-8")), folder))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        found = list(_required())
    return found[:1] + sorted(found[1:], key=lambda component: component.name.lower())


def _listed(document: dict[str, Any], folder: Path) -> list[Component]:
    """The parts of a CycloneDX document, and below them those that have licence texts of their own."""
    found = []
    for one in document["components"]:
        for component in (one, *one.get("components", ())):
            texts = tuple(sorted(path for path in (folder / component["name"]).rglob("*") if path.is_file()))
            if component is one or (texts and component["name"] != one["name"]):
                licence = " AND ".join(entry["expression"] for entry in component.get("licenses", ()))
                found.append(Component(component["name"], component["version"], licence, texts))
    return found


def _required() -> list[Component]:
    """The handbook and the packages that its record requires."""
    try:
        required = metadata.requires(NAME) or []
    except metadata.PackageNotFoundError:
        return []
    names = [re.split(r"[\s=<>!~;\[]", line, maxsplit=1)[0] for line in required if "extra ==" not in line]
    return [_recorded(name) for name in (NAME, *names)]


def _recorded(name: str) -> Component:
    try:
        record = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return Component(name, "unknown", "", ())
    said = record.metadata
    (licence, *_) = said.get_all("License-Expression") or said.get_all("License") or [""]
    # In `licenses`, or, before PEP 639, beside the record.
    files = [file for file in record.files or () if "licenses" in file.parts or file.name.startswith("LICEN")]
    texts = [Path(str(file.locate())) for file in files]
    return Component(said["Name"], record.version, licence.split("\n")[0], tuple(sorted(filter(Path.is_file, texts))))
