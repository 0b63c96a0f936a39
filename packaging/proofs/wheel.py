"""The wheel and the sdist: installed by pip, pipx and uv from dist/, and used from another folder."""

from __future__ import annotations

import sys
from pathlib import Path

from installers import wheels
from installers.project import Project
from installers.tools import fresh, run, say

from proofs.copy import Copy
from proofs.screen import Screen
from proofs.steps import bare_environment, check


def prove(project: Project) -> None:
    """Install in each way, and use what came of it."""
    work = fresh(project.build / "proof" / "wheel")
    wheel, sdist = project.artefact("wheel"), project.artefact("sdist")
    again = wheels.build(project, "wheel", work)
    check(again.read_bytes() == wheel.read_bytes(), "made again, the wheel has the same bytes")
    tools = wheels.environment(project, "proofs")
    with Screen(work / "pictures") as screen:
        for name, file in (("pip, wheel", wheel), ("pip, sdist", sdist)):
            run(sys.executable, "-m", "venv", work / name)
            wheels.pip(work / name / "bin/python", "install", file)
            copy = _used(project, screen, work, name, work / name / "bin")
        with copy.window():
            copy.use_window()
        places = {"PIPX_HOME": work / "pipx", "PIPX_BIN_DIR": work / "pipx-bin", "PIPX_MAN_DIR": work / "pipx-man"}
        run(tools / "pipx", "install", wheel, env={name: str(path) for name, path in places.items()})
        _used(project, screen, work, "pipx", work / "pipx-bin")
        places = {"UV_TOOL_DIR": work / "uv", "UV_TOOL_BIN_DIR": work / "uv-bin", "UV_PYTHON": Path(sys.executable)}
        run(tools / "uv", "tool", "install", wheel, env={name: str(path) for name, path in places.items()})
        _used(project, screen, work, "uv", work / "uv-bin")


def _used(project: Project, screen: Screen, work: Path, how: str, programs: Path) -> Copy:
    """A copy that a tool for Python has installed, asked for all that its commands do."""
    say(f"  --  {how}")
    home, program = work / "home" / how, programs / project.command
    environment = bare_environment(HOME=work / "person", HANDBOOK_HOME=home)
    copy = Copy(project, screen, program.resolve().parents[1], work / f"{how}, made", [program], environment)
    copy.search()
    check(not home.exists(), "the index in it fits")
    copy.use_commands()
    return copy
