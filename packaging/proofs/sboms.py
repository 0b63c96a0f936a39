"""The SBOMs and checksums beside the artefacts: valid by CycloneDX's own schema, and of these very files."""

from __future__ import annotations

import json

from installers import wheels
from installers.archives import SUMS
from installers.project import Project
from installers.sbom import digest
from installers.tools import BuildError, run

from proofs.steps import check

STRICT = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
for name in sys.argv[1:]:
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(name, encoding="utf-8").read())
    if fault is not None:
        sys.exit(f"{name}: {fault}")
"""


def prove(project: Project) -> None:
    """Validate every SBOM in dist/, and compare digests."""
    files = sorted(project.dist.glob("*.cdx.json"))
    check(files, f"{len(files)} SBOMs lie beside the artefacts")
    run(wheels.environment(project, "proofs") / "python", "-c", STRICT, *files)
    check(True, "each is valid CycloneDX 1.6, by the strict schema")
    for file in files:
        document = json.loads(file.read_text(encoding="utf-8"))
        artefact = file.with_name(file.name.removesuffix(".cdx.json"))
        if not artefact.exists():
            raise BuildError(f"{file.name} is in dist/ without {artefact.name}: remove it, or make that")
        said, parts = document["metadata"]["component"]["hashes"][0]["content"], len(document["components"])
        check(said == digest(artefact), f"{artefact.name}: its SBOM has its digest, and {parts} parts")
    sums = project.dist / SUMS
    if not sums.exists():
        raise BuildError("no SHA256SUMS yet: python3 packaging/build.py checksums")
    run("sha256sum", "--check", "--quiet", SUMS, cwd=project.dist)
    check(True, "SHA256SUMS holds")
