"""Signatures over the list of what is published, and in programs for Windows.

By the first the program knows files that come on a stick. Belongs here: calling minisign, which makes keys and
signatures, and the command that signs for Windows. Not here: checking them (handbook/updates/). minisign's secret key
lies in a file of whoever releases, outside this folder; the public one in handbook/updates/key.py."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from installers.project import Project
from installers.tools import BuildError, need, run, say

PUBLIC = "handbook/updates/key.py"
_LINE = re.compile(r'^PUBLIC_KEY = "(.*?)"', re.MULTILINE)


def make_key(project: Project) -> Path:
    """Make a pair: the secret half into the file that --sign names, the public one into the program."""
    need("minisign")
    secret = _outside(project)
    if secret.exists():
        raise BuildError(f"{secret} is there already: nobody could be told that its key is no longer used")
    if public_key(project):
        raise BuildError(
            f"{PUBLIC} has a key already, and copies that have it take nothing that is signed with another: "
            "to have another all the same, make that one empty first"
        )
    public = secret.with_name(f"{secret.name}.pub")
    _ask("minisign", "-G", "-p", public, "-s", secret)
    key = public.read_text(encoding="utf-8").splitlines()[1]
    module = project.root / PUBLIC
    module.write_text(_LINE.sub(f'PUBLIC_KEY = "{key}"', module.read_text(encoding="utf-8")), encoding="utf-8")
    say(f"      commit {PUBLIC}, and keep {secret} where nobody else comes: lost, no copy trusts your next release")
    return module


def sign(project: Project, sums: Path) -> list[Path]:
    """Sign the list of checksums; nothing without a key."""
    to = signature(sums)
    to.unlink(missing_ok=True)
    if project.key_file is None:
        say("      not signed (no --sign FILE): the program refuses to take these files from a stick")
        return []
    public = ready(project)
    comment = f"{project.title} {project.version}"
    _ask("minisign", "-S", "-s", _outside(project), "-m", sums, "-x", to, "-t", comment)
    said = run("minisign", "-V", "-P", public, "-m", sums, "-x", to, accept=(0, 1))
    if comment not in said:
        to.unlink()
        raise BuildError(f"{project.key_file} is not the other half of the key in {PUBLIC}")
    return [to]


def signature(sums: Path) -> Path:
    """The file of the list's signature."""
    return sums.with_name(f"{sums.name}.minisig")


def sign_for_windows(project: Project, file: Path) -> None:
    """Sign a program for Windows in its place; nothing where no command was given."""
    if project.sign_windows:
        need(project.sign_windows[0])
        _ask(*project.sign_windows, file)


def ready(project: Project) -> str:
    """The program's own public key; BuildError where it has none, or there is no secret one."""
    need("minisign")
    if not _outside(project).is_file():
        raise BuildError(f"there is no secret key {project.key_file}")
    public = public_key(project)
    if not public:
        raise BuildError(f"{PUBLIC} has no key: python3 packaging/build.py key --sign FILE makes a pair")
    return public


def public_key(project: Project) -> str:
    """The program's own public key; "" where it has none."""
    found = _LINE.search((project.root / PUBLIC).read_text(encoding="utf-8"))
    return found[1] if found else ""


def _outside(project: Project) -> Path:
    """The file of the secret key; BuildError if it would lie where it can be committed or packed."""
    if project.key_file is None:
        raise BuildError("say where the secret key is, or is to be: --sign FILE")
    if project.key_file.resolve().is_relative_to(project.root.resolve()):
        raise BuildError(f"{project.key_file} is inside this folder: a secret key has to lie elsewhere")
    return project.key_file


def _ask(*command: str | Path) -> None:
    """Run a program that asks for a key's password at the terminal."""
    if subprocess.call([str(word) for word in command]) != 0:
        raise BuildError(f"{command[0]} did not do it")
