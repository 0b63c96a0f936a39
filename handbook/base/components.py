"""The components of the program (libraries, Qt, Python): name, version, licence, and the files with the licence's text.

Belongs here: reading them, from the folder `licences` of an installed program, or else from the metadata of the
installed packages. Not here: which components are shipped (packaging/), and showing them (ui/)."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

NAME = "field-handbook"
LIST = "parts.cdx.json"  # in CycloneDX format; written by packaging/installers/trees/tree.py


class Component(NamedTuple):
    """One component. texts: files with its licence; may be empty."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def version(name: str = NAME) -> str:
    """The version of an installed package; "unknown" when its metadata is missing."""
    from importlib import metadata  # brings in email and socket, 2 MiB that only a list of components needs

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "unknown"


def _by_folder(name: str) -> str:
    """The version that the name of a package's metadata folder tells; "" if there is none, or more than one."""
    begin, end = name.replace("-", "_") + "-", ".dist-info"
    found = set()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            found |= {one.name for one in Path(folder).glob(f"{begin}*{end}")}
    return found.pop()[len(begin) : -len(end)] if len(found) == 1 else ""


def in_one_line() -> str:
    """The versions of the program, of Python and of the system in one line: for the beginning of a log."""
    return f"Field Handbook {_by_folder(NAME) or version()}, Python {sys.version.split()[0]}, {sys.platform}"


def components(folder: Path | None = None) -> list[Component]:
    """All components, the handbook first, the others sorted by name. Never fails: what cannot be read is left out.

    folder: where the licences of an installed program are; by default next to the executable."""
    folder = folder or Path(sys.executable).parent / "licences"
    try:
        found = list(_listed(json.loads((folder / LIST).read_text(encoding="utf-8")), folder))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        found = list(_required())
    return found[:1] + sorted(found[1:], key=lambda component: component.name.lower())


def _listed(document: dict[str, Any], folder: Path) -> list[Component]:
    """The components of a CycloneDX document, with their own components that have licence texts."""
    found = []
    for one in document["components"]:
        for component in (one, *one.get("components", ())):
            texts = tuple(sorted(path for path in (folder / component["name"]).rglob("*") if path.is_file()))
            if component is one or (texts and component["name"] != one["name"]):
                licence = " AND ".join(entry["expression"] for entry in component.get("licenses", ()))
                found.append(Component(component["name"], component["version"], licence, texts))
    return found


def _required() -> list[Component]:
    """The handbook and the packages that its metadata requires."""
    from importlib import metadata

    try:
        required = metadata.requires(NAME) or []
    except metadata.PackageNotFoundError:
        return []
    names = [re.split(r"[\s=<>!~;\[]", line, maxsplit=1)[0] for line in required if "extra ==" not in line]
    return [_recorded(name) for name in (NAME, *names)]


def _recorded(name: str) -> Component:
    from importlib import metadata

    try:
        record = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return Component(name, "unknown", "", ())
    said = record.metadata
    (licence, *_) = said.get_all("License-Expression") or said.get_all("License") or [""]
    # In the folder `licenses`, or, before PEP 639, next to the metadata.
    files = [file for file in record.files or () if "licenses" in file.parts or file.name.startswith("LICEN")]
    texts = [Path(str(file.locate())) for file in files]
    return Component(said["Name"], record.version, licence.split("\n")[0], tuple(sorted(filter(Path.is_file, texts))))
