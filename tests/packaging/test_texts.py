"""What is generated: menu entry, catalogue, file type, manual, installer lists, resources, package record, SBOM."""

from __future__ import annotations

import configparser
import dataclasses
import hashlib
import json
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from installers import desktop, icons, project, sbom, windows_python
from installers.bytecode import compile_source
from installers.components import Component, file_version, font_version, signed_version, text_of
from installers.kinds import deb, windows, winget
from installers.tools import BuildError
from installers.trees import windows as windows_tree
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from handbook.cli import main

FACTS = project.read()
RELEASE = project.newest_release(FACTS.root)


def test_the_menu_entry_opens_workshops_and_packs_but_no_folders_and_has_the_icon() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(desktop.menu_entry(FACTS))
    values = entry["Desktop Entry"]
    assert values["Exec"] == f"{FACTS.command} %f"
    assert values["MimeType"] == "application/x-handbook-workshop;application/x-handbook-pack;"
    assert "inode/directory" not in values["MimeType"], "every folder of a bare desktop would open in the handbook"
    assert (values["Name"], values["Icon"]) == (FACTS.title, FACTS.name)


def test_the_catalogue_entry_names_version_licence_and_file_types() -> None:
    tree = ET.fromstring(desktop.catalogue_entry(FACTS, RELEASE))  # noqa: S314 - our own text
    assert tree.findtext("id") == FACTS.identifier
    assert tree.findtext("launchable") == f"{FACTS.name}.desktop"
    assert tree.findtext("project_license") == FACTS.licence
    assert [one.text for one in tree.findall("provides/mediatype")] == [kind.mime for kind in FACTS.file_types]
    release = tree.find("releases/release")
    assert release is not None
    assert release.get("version") == FACTS.version


def test_the_file_types_are_known_by_their_extensions() -> None:
    tree = ET.fromstring(desktop.mime_type(FACTS))  # noqa: S314 - our own text
    spaces = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    known = {}
    for kind in tree.findall("m:mime-type", spaces):
        glob, like = kind.find("m:glob", spaces), kind.find("m:sub-class-of", spaces)
        assert glob is not None
        assert like is not None
        known[glob.get("pattern")] = (kind.get("type"), like.get("type"))
    assert known == {
        "*.workshop": ("application/x-handbook-workshop", "text/plain"),
        "*.handbook": ("application/x-handbook-pack", "application/zip"),
    }


def test_the_manual_describes_every_command_and_option() -> None:
    page = desktop.man_page(FACTS, main._window_parser(), main._parser()).replace("\\-", "-")
    for command in main.COMMANDS:
        assert f".SS {command}\n" in page
    for option in ("--json", "--limit", "--booklet", "--version", "HANDBOOK_HOME"):
        assert option in page
    assert not [line for line in page.splitlines() if line.startswith("'")]


@given(st.text(st.characters(exclude_categories=["C"])))
def test_no_text_becomes_a_command_of_troff(text: str) -> None:
    line = desktop._roff(text)
    assert not line.startswith((".", "'"))
    assert "\n" not in line


def test_an_uninstaller_removes_files_before_their_folders_and_only_those() -> None:
    lines = windows.removal(["a/b/c.txt", "d.txt"], ["a/b", "a"]).splitlines()
    assert lines == [
        r'Delete "$INSTDIR\a\b\c.txt"',
        r'Delete "$INSTDIR\d.txt"',
        r'RMDir "$INSTDIR\a\b"',
        r'RMDir "$INSTDIR\a"',
    ]
    assert not any("/r" in line for line in lines)


@pytest.mark.parametrize("name", ['a".txt', "a$b.txt", "a`b"])
def test_a_file_name_that_nsis_would_misread_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="NSIS"):
        windows.removal([name], [])


def test_every_name_that_the_installer_script_uses_is_defined() -> None:
    script = (FACTS.root / "packaging" / "windows" / "setup.nsi").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{([A-Z0-9_]+)\}", script))
    source = (FACTS.root / "packaging" / "installers" / "kinds" / "windows.py").read_text(encoding="utf-8")
    given_names = set(re.findall(r'^        "([A-Z0-9_]+)":', source, re.MULTILINE))
    own = set(re.findall(r"!define (\w+)", script)) | {"SW_HIDE", "__LINE__"}  # NSIS' own
    assert used - own <= given_names
    assert "RequestExecutionLevel user" in script


def test_windows_is_told_name_version_and_no_wish_for_an_administrator() -> None:
    said = windows_tree.resources(FACTS, "handbook.exe")
    assert f'VALUE "ProductVersion", "{FACTS.version}"' in said
    assert f'VALUE "FileDescription", "{FACTS.title}"' in said
    assert re.search(r"FILEVERSION \d+,\d+,\d+,\d+\n", said)
    manifest = windows_tree.manifest(FACTS)
    ET.fromstring(manifest)  # noqa: S314 - our own text
    assert 'level="asInvoker"' in manifest
    assert "PerMonitorV2" in manifest


def test_pythons_version_is_compared_as_windows_states_it() -> None:
    assert windows_python.expected_version("3.13.2") == "3.13.2150"


def test_the_package_depends_on_what_its_files_name() -> None:
    record = deb.control(FACTS, {"libc.so.6", "libm.so.6", "libcups.so.2"}, 1234)
    fields = dict(line.split(": ", 1) for line in record.splitlines() if not line.startswith(" "))
    assert fields["Depends"] == "libc6 (>= 2.35), libcups2 | libcups2t64"
    assert (fields["Package"], fields["Version"]) == (FACTS.name, FACTS.version)
    assert len(fields["Description"]) < 80
    assert record.splitlines()[-1].startswith(" ")


def test_every_override_of_lintian_has_its_reason() -> None:
    assert all(len(why) > 20 for why in deb.OVERRIDES.values())


def test_an_sbom_has_the_form_of_cyclonedx_and_unique_names(tmp_path: Path) -> None:
    inner = Component("PDFium", "159", "BSD-3-Clause", "", "pkg:generic/pdfium@159")
    outer = Component("pypdfium2", "5", "Apache-2.0", "https://x.example", "pkg:pypi/pypdfium2@5", parts=(inner,))
    artefact = tmp_path / "a.deb"
    artefact.write_bytes(b"abc")
    document = sbom.document(FACTS, artefact.name, [outer], artefact)
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", document["serialNumber"])
    assert document["metadata"]["component"]["version"] == FACTS.version
    assert document["metadata"]["component"]["hashes"][0]["content"].startswith("ba7816bf")
    assert document["components"][0]["components"][0]["name"] == "PDFium"
    refs = re.findall(r'"bom-ref": "([^"]+)"', json.dumps(document))
    assert len(refs) == len(set(refs)) == 3
    assert document == sbom.document(FACTS, artefact.name, [outer], artefact)


def test_versions_are_read_from_what_is_shipped() -> None:
    fixed = b"\xbd\x04\xef\xfe" + struct.pack("<III", 0x10000, 14 << 16 | 44, 35112 << 16 | 1)
    assert file_version(b"MZ" + fixed) == "14.44.35112.1"
    with pytest.raises(BuildError):
        file_version(b"MZ")
    font = (FACTS.root / "handbook" / "fonts" / "SourceSans3-Regular.ttf").read_bytes()
    assert re.fullmatch(r"\d\.\d{3}", font_version(font))
    signed = b"MZ libffi-8.dll\0" + "LibFFI for Python (libffi-3.4.4)".encode("utf-16-be")
    assert signed_version(signed, "libffi") == "3.4.4"
    with pytest.raises(BuildError, match="the signature of libffi states no version"):
        signed_version(b"MZ libffi-8.dll\0", "libffi")


def test_licence_texts_become_utf8() -> None:
    assert text_of("Bj\xf6rn\r\n".encode("latin-1")) == "Björn\n"


def test_every_part_without_a_text_of_its_own_has_one_here() -> None:
    folder = FACTS.root / "packaging" / "licences"
    assert {path.name for path in folder.iterdir()} == {"ICU", "Microsoft Visual C++ runtime", "Qt", "libffi", "typst"}
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (folder / "Qt" / "LGPL-3.txt").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (folder / "Qt" / "GPL-3.txt").read_text(encoding="utf-8")


def test_compiled_files_hold_no_path_and_no_time() -> None:
    source = b"def f():\n    return 'x'\n"
    data = compile_source(source, "handbook/f.py")
    assert data == compile_source(source, "handbook/f.py")
    assert data[4:8] == b"\x01\0\0\0"  # by hash, and not compared
    assert b"handbook/f.py" in data


@pytest.mark.parametrize("size", icons.SIZES)
def test_each_size_of_the_icon_is_drawn_from_the_drawing(size: int) -> None:
    drawn = QImage(str(icons.png(FACTS, size)))
    assert (drawn.width(), drawn.height()) == (size, size)
    expected = QImage(size, size, QImage.Format.Format_ARGB32)
    expected.fill(0)
    painter = QPainter(expected)
    QSvgRenderer(str(FACTS.icon)).render(painter)
    painter.end()
    middle, quarter = size // 2, size // 4
    for x, y in ((middle, middle), (quarter, quarter), (size - quarter, int(size * 0.42))):
        here, there = drawn.pixelColor(x, y), expected.pixelColor(x, y)
        assert abs(here.lightness() - there.lightness()) < 40, (x, y)


def test_winget_is_told_of_both_ways_to_install(tmp_path: Path) -> None:
    facts = dataclasses.replace(FACTS, root=tmp_path)
    with pytest.raises(BuildError, match="no installer for Windows yet"):
        winget.make(facts)
    facts.dist.mkdir()
    facts.artefact("windows").write_bytes(b"MZ")
    told = {json.loads(file.read_text(encoding="utf-8"))["ManifestType"]: file for file in winget.make(facts)}
    assert set(told) == {"version", "installer", "defaultLocale"}
    installers = json.loads(told["installer"].read_text(encoding="utf-8"))["Installers"]
    assert {one["Scope"] for one in installers} == {"user", "machine"}
    assert {one["InstallerSha256"] for one in installers} == {hashlib.sha256(b"MZ").hexdigest().upper()}
    assert [one["InstallerSwitches"]["Custom"] for one in installers if one["Scope"] == "machine"] == ["/ALLUSERS"]
