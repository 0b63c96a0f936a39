"""The icon in the sizes and forms that platforms want, from the one drawing.

Belongs here: drawing sizes, the .ico. The PNG files lie in the program's own folder, because its window shows them;
they are kept in git, so that a checkout needs no tool to draw them."""

from __future__ import annotations

from pathlib import Path

from installers.project import Project
from installers.tools import BuildError, need, run

SIZES = (16, 24, 32, 48, 64, 128, 256)  # pixels; handbook/ui/widgets/icon.py loads what it finds


def png(project: Project, size: int) -> Path:
    """The file of one size."""
    return project.icon.with_name(f"{project.icon.stem}-{size}.png")


def draw(project: Project) -> list[Path]:
    """Draw every size anew; for a change of the drawing."""
    need("rsvg-convert", "optipng")
    files = [png(project, size) for size in SIZES]
    for size, file in zip(SIZES, files, strict=True):
        run("rsvg-convert", "-w", str(size), "-h", str(size), "-o", file, project.icon)
        run("optipng", "-quiet", "-strip", "all", "-o5", file)
    return files


def ico(project: Project, to: Path) -> None:
    """Write the icon of a Windows program; the largest size stays PNG, as Windows wants it."""
    need("icotool")
    missing = [size for size in SIZES if not png(project, size).exists()]
    if missing:
        raise BuildError(f"the icon is not drawn in {missing}: python3 packaging/build.py icons")
    small = [png(project, size) for size in SIZES if size < 256]
    run("icotool", "--create", "--output", to, *small, f"--raw={png(project, 256)}")
