"""The wheel and the sdist: installed by pip, pipx and uv from dist/, and used from another folder."""

from __future__ import annotations

import sys
from pathlib import Path

from installers import wheels
from installers.project import Project
from installers.tools import fresh, run

from proofs.copy import Copy
from proofs.screen import Screen
from proofs.steps import bare_environment, check


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
        wheels.pip(folder / "bin/python", "install", file)
        copy = Installed(project, folder / "bin" / project.command, work, name)
    with Screen(work / "pictures") as screen, copy.window(screen):
        copy.use_window(screen)
    places = {"PIPX_HOME": work / "pipx", "PIPX_BIN_DIR": work / "pipx-bin", "PIPX_MAN_DIR": work / "pipx-man"}
    _install_tool(project, ("pipx", "install"), places)
    places = {"UV_TOOL_DIR": work / "uv", "UV_TOOL_BIN_DIR": work / "uv-bin", "UV_PYTHON": Path(sys.executable)}
    _install_tool(project, ("uv", "tool", "install"), places)


def _install_tool(project: Project, command: tuple[str, ...], places: dict[str, Path]) -> None:
    program, *words = command
    variables = {name: str(path) for name, path in places.items()}
    run(wheels.environment(project, "proofs") / program, *words, project.artefact("wheel"), env=variables)
    folder = next(path for name, path in places.items() if name.endswith("BIN_DIR"))
    Installed(project, folder / project.command, folder.parent, program)


class Installed(Copy):
    """A copy that a tool for Python has installed. It is asked for all that its commands do."""

    def __init__(self, project: Project, program: Path, work: Path, where: str) -> None:
        home = work / "home" / where
        environment = bare_environment(HOME=work / "person", HANDBOOK_HOME=home)
        super().__init__(project, where, program.resolve().parents[1], work / f"{where}, made", [program], environment)
        self.search()
        self.check(not home.exists(), "the index in it fits")
        self.use_commands()
