"""What the program says that it is made of, installed in a folder or from packages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.base import components


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The licences of an installed program with three parts, one of them within another."""
    (tmp_path / "Qt").mkdir()
    (tmp_path / "Qt" / "LGPL-3.txt").write_text("the library licence")
    (tmp_path / "ICU").mkdir()
    (tmp_path / "ICU" / "LICENSE.txt").write_text("the Unicode licence")
    inner = {"name": "ICU", "version": "73", "licenses": [{"expression": "Unicode-3.0"}]}
    silent = {"name": "adler2", "version": "2.0.1"}
    listed = [
        {"name": "Handbook", "version": "1", "licenses": [{"expression": "MIT"}]},
        {"name": "zlib", "version": "1.3"},
        {
            "name": "Qt",
            "version": "6",
            "licenses": [{"expression": "LGPL-3.0-only"}],
            "components": [inner, silent, {"name": "Qt", "version": "6.0"}],  # a part of the same name
        },
    ]
    (tmp_path / components.LIST).write_text(json.dumps({"components": listed}))
    return tmp_path


def test_the_folder_of_an_installed_program_names_its_parts_and_their_texts(folder: Path) -> None:
    found = components.components(folder)
    assert [component.name for component in found] == ["Handbook", "ICU", "Qt", "zlib"]  # the handbook first
    by_name = {component.name: component for component in found}
    assert by_name["Qt"] == ("Qt", "6", "LGPL-3.0-only", (folder / "Qt" / "LGPL-3.txt",))
    assert by_name["ICU"].texts == (folder / "ICU" / "LICENSE.txt",)
    assert by_name["zlib"].licence == ""


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"components": 3}', '{"components": [{}]}'])
def test_a_damaged_list_falls_back_to_the_packages(folder: Path, damage: str) -> None:
    (folder / components.LIST).write_text(damage)
    assert next(component.name for component in components.components(folder)) == components.NAME


def test_a_checkout_names_what_pyproject_requires_with_licence_texts(tmp_path: Path) -> None:
    found = {component.name.replace("_", "-"): component for component in components.components(tmp_path)}
    assert {"field-handbook", "PySide6-Essentials", "whoosh3", "Markdown", "typst"} <= set(found)
    assert "BSD" in found["whoosh3"].texts[0].read_text(encoding="utf-8") or found["whoosh3"].licence == "BSD-2-Clause"
    assert all(component.version != "unknown" for component in found.values())


def test_an_unknown_package_has_no_version() -> None:
    assert components.version("no-such-package-anywhere") == "unknown"
