"""The wheel and the sdist: installed by pip, pipx and uv from dist/, and used from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from installers import wheels
from installers.project import Project
from installers.tools import fresh, run, say

from proofs.commands import Commands, use_commands
from proofs.sboms import tools
from proofs.steps import QUERY, check, check_search


def prove(project: Project) -> None:
    """Install in each way, and use what came of it."""
    work = fresh(project.build / "proof" / "wheel")
    wheel, sdist = project.artefact("wheel"), project.artefact("sdist")
    first = wheel.read_bytes()
    wheels.build(project)
    check(wheel.read_bytes() == first, "made again, the wheel has the same bytes")
    for name, file in (("pip, wheel", wheel), ("pip, sdist", sdist)):
        folder = work / name
        run(sys.executable, "-m", "venv", folder)
        run(folder / "bin/pip", "--disable-pip-version-check", "install", "--quiet", file)
        _use(project, folder / "bin" / project.command, work, name)
    bin_folder = tools(project)
    places = {"PIPX_HOME": work / "pipx", "PIPX_BIN_DIR": work / "pipx-bin", "PIPX_MAN_DIR": work / "pipx-man"}
    run(bin_folder / "pipx", "install", wheel, env={name: str(path) for name, path in places.items()})
    _use(project, work / "pipx-bin" / project.command, work, "pipx")
    places = {"UV_TOOL_DIR": work / "uv", "UV_TOOL_BIN_DIR": work / "uv-bin", "UV_PYTHON": Path(sys.executable)}
    run(bin_folder / "uv", "tool", "install", wheel, env={name: str(path) for name, path in places.items()})
    _use(project, work / "uv-bin" / project.command, work, "uv tool")


def _use(project: Project, program: Path, work: Path, where: str) -> None:
    home = work / "home" / where
    environment = {**os.environ, "HANDBOOK_HOME": str(home)}

    def handbook(*arguments: str) -> str:
        command = [str(program), *arguments]
        return subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=True).stdout

    check_search(handbook("search", QUERY, "--json"), where)
    check(not home.exists(), f"{where}: the index in it fits")
    out = work / f"{where}, made"
    out.mkdir()
    use_commands(project, Commands(where, handbook, program.resolve().parents[1], out))
    say("")
