"""What is downloaded is held to digests: the locks fit pyproject.toml, and a changed byte stops a build."""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from installers import locks
from installers.tools import BuildError, run

from tests.helpers import ROOT

FACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(text: str) -> dict[str, str]:
    """Name → version of what a lock's text holds; names in small letters, with a hyphen between their words."""
    found = (line.split()[0].partition("==") for line in text.splitlines() if "==" in line and not line[:1].isspace())
    return {re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower(): version for name, _, version in found}


@pytest.mark.parametrize("name", locks.inputs(FACTS))
def test_a_lock_has_every_version_that_is_wanted_with_digests_and_no_address(name: str) -> None:
    text = locks.file(ROOT, name).read_text("utf-8")
    wanted = pins("\n".join(locks.inputs(FACTS)[name]))
    found = pins(text)
    assert {package: found.get(package) for package in wanted} == wanted, "python3 packaging/build.py locks"
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]
    assert "://" not in text


def wheel(folder: Path) -> Path:
    """A wheel of a package that does nothing."""
    file = folder / "nothing_there-1.0-py3-none-any.whl"
    texts = {
        "METADATA": "Metadata-Version: 2.1\nName: nothing-there\nVersion: 1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("nothing_there.py", "")
        for name, text in texts.items():
            archive.writestr(f"nothing_there-1.0.dist-info/{name}", text)
    return file


def test_a_wheel_with_one_changed_byte_is_refused(tmp_path: Path) -> None:
    made = wheel(tmp_path)
    lock = locks.file(tmp_path, "program")
    lock.parent.mkdir(parents=True)
    lock.write_text(f"nothing-there==1.0 --hash=sha256:{hashlib.sha256(made.read_bytes()).hexdigest()}\n")
    pip = (sys.executable, "-m", "pip", "--isolated", "download", "--quiet", "--no-index", "--find-links", tmp_path)
    run(*pip, "--dest", tmp_path / "good", *locks.pip_options(tmp_path, "program"))
    assert (tmp_path / "good" / made.name).exists()
    data = bytearray(made.read_bytes())
    data[30] ^= 1
    made.write_bytes(data)
    with pytest.raises(BuildError, match="DO NOT MATCH THE HASHES"):
        run(*pip, "--dest", tmp_path / "bad", *locks.pip_options(tmp_path, "program"))
    assert not (tmp_path / "bad" / made.name).exists()
