"""The manifest by which winget installs the program, for whoever puts the installer where people download it.

Belongs here: its three files. They name the installer's digest, so they are made after it; winget's own `validate` was
not to be had here, the form is that of version 1.6 of its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from installers.project import Project
from installers.sbom import digest
from installers.tools import BuildError, fresh

VERSION = "1.6.0"


def make(project: Project) -> list[Path]:
    """Write the files into dist/winget."""
    setup = project.artefact("windows")
    if not setup.exists():
        raise BuildError("there is no installer for Windows yet: python3 packaging/build.py windows")
    name = f"{project.identifier.rsplit('.', 1)[0]}.{project.identity}"
    file = {
        "Architecture": "x64",
        "InstallerUrl": project.download + setup.name,
        "InstallerSha256": digest(setup).upper(),
    }
    scopes = [{**file, "Scope": "user"}, {**file, "Scope": "machine", "InstallerSwitches": {"Custom": "/ALLUSERS"}}]
    described = {
        "PackageLocale": "en-US",
        "Publisher": project.authors,
        "PackageName": project.title,
        "License": project.licence,
        "ShortDescription": project.summary,
    }
    files: dict[str, tuple[str, dict[str, Any]]] = {
        f"{name}.yaml": ("version", {"DefaultLocale": "en-US"}),
        f"{name}.installer.yaml": ("installer", {"InstallerType": "nullsoft", "Installers": scopes}),
        f"{name}.locale.en-US.yaml": ("defaultLocale", described),
    }
    folder = fresh(project.dist / "winget")
    for file_name, (kind, facts) in files.items():
        head = {"PackageIdentifier": name, "PackageVersion": project.version}
        whole = {**head, **facts, "ManifestType": kind, "ManifestVersion": VERSION}
        # JSON is YAML.
        (folder / file_name).write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return sorted(folder.iterdir())
