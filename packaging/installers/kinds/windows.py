"""The Windows installer: packaging/windows/setup.nsi with the facts of this build.

Belongs here: what the script is given, and the list of files that an uninstaller may remove. Not here: what the
installer does (setup.nsi)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from installers import icons, signing
from installers.project import FileType
from installers.tools import fresh, need, run
from installers.trees.tree import Tree

GROUND = "#17606d"  # the icon's


def make(tree: Tree) -> Path:
    """Make the installer in dist/; LZMA takes two minutes."""
    need("makensis", "convert")
    project = tree.project
    work = fresh(project.build / "setup")
    (work / "remove.nsh").write_text(removal(tree.files(), tree.folders()), encoding="utf-8")
    (work / "types.nsh").write_text(every_type(project.file_types), encoding="utf-8")
    # The picture beside the last page; NSIS takes a Windows bitmap of this size.
    drawing = (icons.png(project, 128), "-gravity", "center", "-background", GROUND, "-extent", "164x314")
    run("convert", *drawing, "-flatten", f"BMP3:{work / 'panel.bmp'}")
    project.dist.mkdir(exist_ok=True)
    to = project.artefact("windows")
    facts = {
        "TITLE": project.title,
        "IDENTITY": project.identity,
        "NAME": project.name,
        "VERSION": project.version,
        "VERSION4": project.four_numbers,
        "SUMMARY": project.summary,
        "PUBLISHER": project.authors,
        "PROGRAM": tree.program,
        "KIB": str(tree.size() // 1024),
        "TREE": str(tree.folder),
        "ICON": str(project.build / "windows" / "icon.ico"),
        "PANEL": str(work / "panel.bmp"),
        "REMOVE": str(work / "remove.nsh"),
        "TYPES_FILE": str(work / "types.nsh"),
        "OUT": str(to),
    }
    packed = [tree.folder / name for name in tree.files()]
    for file in (*packed, work / "panel.bmp"):  # makensis writes their dates down
        os.utime(file, (project.epoch, project.epoch))
    defines = [f"-D{key}={value}" for key, value in facts.items()]
    script = project.root / "packaging" / "windows" / "setup.nsi"
    if project.quick:
        defines.append("-DQUICK")
    quiet = ("-V2", "-WX", "-INPUTCHARSET", "UTF8")
    run("makensis", *quiet, *defines, script, env=project.environment(), growing=to)
    signing.sign_for_windows(project, to)
    return to


def removal(files: Iterable[str], folders: Iterable[str]) -> str:
    """NSIS lines that remove what was installed and nothing else: a file that a person put there stays.

    files: relative, with slashes. folders: the same, each after those in it; only empty ones are removed."""
    lines = [rf'Delete "$INSTDIR\{_windows(name)}"' for name in files]
    lines += [rf'RMDir "$INSTDIR\{_windows(name)}"' for name in folders]
    return "\n".join(lines) + "\n"


def every_type(types: Iterable[FileType]) -> str:
    """NSIS lines: a macro that does the same with each file type. `do` is a macro that takes extension, MIME, name."""
    lines = [f'  !insertmacro ${{do}} "{kind.extension}" "{kind.mime}" "{kind.name}"' for kind in types]
    return "\n".join(["!macro EveryType do", *lines, "!macroend"]) + "\n"


def _windows(name: str) -> str:
    if any(sign in name for sign in '"$`'):
        raise ValueError(f"a file name that NSIS would read as something else: {name}")
    return name.replace("/", "\\")
