"""Reading the pins of the locks, and what pip says of versions."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.helpers import ROOT


@pytest.fixture(scope="module")
def newest() -> ModuleType:
    spec = importlib.util.spec_from_file_location("newest", ROOT / "packaging" / "newest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_pin_of_the_locks_is_read(newest: ModuleType) -> None:
    found = list(newest.pins(ROOT / "packaging" / "locks"))
    assert {"pyside6-essentials", "markdown", "typst"} <= {pin.package.lower() for pin in found}
    lines = [
        line
        for lock in (ROOT / "packaging" / "locks").glob("*.txt")
        for line in lock.read_text("utf-8").splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    ]
    assert len(found) == len(lines)


def test_a_pin_has_its_version_without_what_follows_it(newest: ModuleType, tmp_path: Path) -> None:
    text = 'ruff==0.14.6 \\\n    --hash=sha256:00\ntomli==2.3.0 ; python_version < "3.11"\n'
    (tmp_path / "test.txt").write_text(text, "utf-8")
    assert [tuple(pin) for pin in newest.pins(tmp_path)] == [("ruff", "0.14.6", "test"), ("tomli", "2.3.0", "test")]


def test_the_newest_version_is_taken_from_pips_answer(newest: ModuleType) -> None:
    assert newest.newest("typst (0.13.1)\nAvailable versions: 0.13.1, 0.13.0\n  INSTALLED: 0.13.0\n") == "0.13.1"
    assert newest.newest("") == ""
