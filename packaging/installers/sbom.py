"""Components as a CycloneDX 1.6 document, which tools that look for known faults can read.

Belongs here: the form, https://cyclonedx.org/docs/1.6/json/. Not here: what is shipped (components.py)."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installers.components import Component
from installers.project import Project

NAMESPACE = uuid.UUID("7b2f0f5e-3a0d-5f0c-9d4e-0a9d0c2b6f11")  # of this project's serial numbers


def document(project: Project, name: str, components: Iterable[Component], file: Path | None = None) -> dict[str, Any]:
    """The SBOM of something called `name` (an artefact's file name, or a folder's kind); `file` adds its digest.

    The serial number and the date come from the project: the same commit gives the same document."""
    whole: dict[str, Any] = {
        "type": "application",
        "bom-ref": f"pkg:generic/{project.name}@{project.version}#{name}",
        "name": project.title,
        "version": project.version,
        "description": f"{project.summary}: {name}",
        "licenses": [{"expression": project.licence}],
    }
    if file is not None:
        whole["hashes"] = [{"alg": "SHA-256", "content": digest(file)}]
    described = [_component(component) for component in components]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(NAMESPACE, f"{project.version} {project.epoch} {name}").urn,
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(project.epoch, UTC).isoformat().replace("+00:00", "Z"),
            "component": whole,
        },
        "components": described,
        "dependencies": [{"ref": whole["bom-ref"], "dependsOn": [one["bom-ref"] for one in described]}],
    }


def _component(component: Component) -> dict[str, Any]:
    described: dict[str, Any] = {
        "type": component.kind,
        "bom-ref": component.purl,
        "name": component.name,
        "version": component.version,
        "purl": component.purl,
    }
    if component.licence != "NOASSERTION":
        described["licenses"] = [{"expression": component.licence}]
    if component.source:
        described["externalReferences"] = [{"type": "distribution", "url": component.source}]
    if component.parts:
        described["components"] = [_component(part) for part in component.parts]
    return described


def write(document: dict[str, Any], to: Path) -> None:
    """Write an SBOM."""
    to.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def digest(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
