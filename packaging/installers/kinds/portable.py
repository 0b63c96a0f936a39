"""The folder as an archive to unpack on a stick, with the marker that keeps everything beside the program.

Belongs here: what a portable copy has beyond the folder. Not here: what the marker does (handbook/base/paths.py)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from installers import archives
from installers.shipped.rules import WINDOWS
from installers.tools import fresh
from installers.trees.tree import PORTABLE, Tree

MARKER = """{title} {version}, portable.

Start it with {program}. Nothing has to be installed, and nothing is left on the computer: settings and what can be
made again go into the folder handbook-data beside this file. Where that folder cannot be written, nothing is kept.

This file is what makes it portable. Without it the program keeps its settings where the system wants them.
"""


def make(tree: Tree) -> Path:
    """Pack the folder into dist/."""
    project, windows = tree.project, tree.platform == WINDOWS
    to = project.artefact("portable-windows" if windows else "portable-linux")
    project.dist.mkdir(exist_ok=True)
    folder = fresh(project.build / f"portable-{tree.platform}") / project.stem
    shutil.copytree(tree.folder, folder, copy_function=os.link)
    text = MARKER.format(title=project.title, version=project.version, program=tree.program)
    (folder / PORTABLE).write_text(text, encoding="utf-8", newline="\r\n" if windows else "\n")
    pack = archives.zip_deflate if windows else archives.tar_xz
    pack(folder, to, project.epoch, quick=project.quick)
    return to
