"""What is published is signed by minisign, and the program takes that signature and no other."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from installers import project, signing
from installers.project import Project
from installers.tools import BuildError

from handbook.updates import minisign

needs_minisign = pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")


def facts(root: Path, key: Path | None) -> Project:
    return replace(project.read(), root=root, key_file=key)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout, as far as keys go."""
    module = tmp_path / "checkout" / signing.PUBLIC
    module.parent.mkdir(parents=True)
    shutil.copy(project.ROOT / signing.PUBLIC, module)
    (tmp_path / "checkout" / "dist").mkdir()
    (tmp_path / "checkout" / "dist" / "SHA256SUMS").write_text("00  x\n")
    return tmp_path / "checkout"


def keys(folder: Path, name: str) -> tuple[Path, str]:
    secret, public = folder / name, folder / f"{name}.pub"
    program = shutil.which("minisign") or ""
    subprocess.run([program, "-G", "-W", "-p", public, "-s", secret], check=True, capture_output=True)
    return secret, public.read_text(encoding="utf-8").splitlines()[1]


def put(root: Path, key: str) -> None:
    module = root / signing.PUBLIC
    lines = module.read_text(encoding="utf-8").splitlines(keepends=True)  # a checkout may have a key of its own
    lines = [f'PUBLIC_KEY = "{key}"\n' if line.startswith("PUBLIC_KEY") else line for line in lines]
    assert max(len(line.rstrip()) for line in lines) <= 120, "as ruff wants it in a checkout with a key, too"
    module.write_text("".join(lines), encoding="utf-8")


@needs_minisign
def test_a_signed_list_is_what_the_program_takes(root: Path, tmp_path: Path) -> None:
    secret, public = keys(tmp_path, "key")
    put(root, public)
    sums = root / "dist" / "SHA256SUMS"
    (signature,) = signing.sign(facts(root, secret), sums)
    said = minisign.check(sums.read_bytes(), signature.read_text(encoding="utf-8"), minisign.public_key(public))
    assert said == f"{project.read().title} {project.read().version}"


@needs_minisign
def test_a_key_that_is_not_the_programs_signs_nothing(root: Path, tmp_path: Path) -> None:
    put(root, keys(tmp_path, "old")[1])
    with pytest.raises(BuildError, match="is not the other half"):
        signing.sign(facts(root, keys(tmp_path, "new")[0]), root / "dist" / "SHA256SUMS")
    assert not list((root / "dist").glob("*.minisig"))


@needs_minisign
def test_without_a_key_in_the_program_nothing_is_signed(root: Path, tmp_path: Path) -> None:
    if '= ""' not in (root / signing.PUBLIC).read_text(encoding="utf-8"):
        pytest.skip("this program has a key")
    with pytest.raises(BuildError, match="has no key"):
        signing.sign(facts(root, keys(tmp_path, "key")[0]), root / "dist" / "SHA256SUMS")


@needs_minisign
def test_a_release_begins_with_a_look_at_its_key(root: Path, tmp_path: Path) -> None:
    secret, public = keys(tmp_path, "key")
    put(root, public)
    assert signing.ready(facts(root, secret)) == public
    with pytest.raises(BuildError, match="there is no secret key"):
        signing.ready(facts(root, tmp_path / "gone"))


@needs_minisign
def test_a_key_that_copies_have_is_not_replaced(root: Path, tmp_path: Path) -> None:
    put(root, "RWQ")
    with pytest.raises(BuildError, match="has a key already"):
        signing.make_key(facts(root, tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_a_program_for_windows_is_signed_by_the_command_that_is_given(root: Path, tmp_path: Path) -> None:
    program = tmp_path / "a program.exe"
    program.write_text("MZ")
    signing.sign_for_windows(facts(root, None), program)
    assert program.read_text() == "MZ"
    command = ("sh", "-c", 'printf " and $0" >> "$1"', "signed")
    signing.sign_for_windows(replace(facts(root, None), sign_windows=command), program)
    assert program.read_text() == "MZ and signed"
    with pytest.raises(BuildError, match="false did not do it"):
        signing.sign_for_windows(replace(facts(root, None), sign_windows=("false",)), program)


def test_without_a_secret_key_an_old_signature_goes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = root / "dist" / "SHA256SUMS.minisig"
    old.write_text("old")
    assert signing.sign(facts(root, None), root / "dist" / "SHA256SUMS") == []
    assert not old.exists()
    assert "not signed" in capsys.readouterr().out


@needs_minisign
def test_a_secret_key_inside_the_folder_is_refused(root: Path) -> None:
    with pytest.raises(BuildError, match="has to lie elsewhere"):
        signing.make_key(facts(root, root / "secret"))
