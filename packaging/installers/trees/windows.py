"""The folder for Windows on x86-64, put together on Linux.

Belongs here: what is taken of python.org's CPython, the launchers. Not here: where that CPython comes from
(windows_python.py), the installer (kinds/windows.py)."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from installers import compiled_in, components, icons, signing, wheels, windows_python
from installers.project import Project, requirement_name
from installers.shipped.python import MODULES_WINDOWS
from installers.shipped.rules import WINDOWS
from installers.shipped.system import WINDOWS_RUNTIME, WINDOWS_SYSTEM
from installers.tools import fresh, need, run
from installers.trees.tree import Tree, add_library, add_licences, add_packages, check_libraries

PREFIX = "x86_64-w64-mingw32-"
TARGET = (f"{PREFIX}gcc", "-O2", "-s", "-municode", "-Wall", "-Wextra", "-Werror", "-Wl,--no-insert-timestamp")


def make(project: Project) -> Tree:
    """Build the folder anew in build/tree/windows."""
    need(f"{PREFIX}gcc", f"{PREFIX}objdump", f"{PREFIX}dlltool", f"{PREFIX}windres")
    python = windows_python.folder(project)
    tree = Tree(project, WINDOWS, fresh(project.build / "tree" / "windows"), f"{project.command}.exe")
    tree.lib.mkdir()
    fetched = wheels.fetch(project, WINDOWS)
    add_packages(tree, fetched)
    _add_python(tree, python)
    _add_runtime(tree, next(wheel for wheel in fetched if requirement_name(wheel.name) == "shiboken6"))
    _make_programs(tree)
    compiled_in.describe(tree)
    add_licences(tree)
    check_libraries(tree, needed, WINDOWS_SYSTEM)
    return tree


def _add_python(tree: Tree, python: Path) -> None:
    """CPython's libraries beside the program, its compiled modules in lib/, and where modules are found."""
    tag = tree.project.python_tag
    with zipfile.ZipFile(python / f"python{tag}.zip") as library:
        names = [re.sub(r"\.pyc$", ".py", name) for name in library.namelist() if not name.endswith("/")]
        add_library(tree, tree.folder / f"python{tag}.zip", names, lambda name: library.read(f"{name}c"))
    licence = {"LICENSE.txt": components.text_of((python / "LICENSE.txt").read_bytes())}
    version = tree.project.windows_python.version
    tree.components.append(components.of_others(tree.project, "Python", version, licence))
    for name in (f"python{tag}.dll", "python3.dll", "libffi-8.dll"):
        shutil.copyfile(python / name, tree.folder / name)
    version = components.signed_version((python / "libffi-8.dll").read_bytes(), "libffi")
    tree.components.append(components.of_others(tree.project, "libffi", version))
    for name in MODULES_WINDOWS:
        tree.put(f"{name}.pyd", (python / f"{name}.pyd").read_bytes())
    # Whatever stands in this file is all there is: no registry, no environment variables, no user's packages.
    (tree.folder / f"python{tag}._pth").write_text(f"python{tag}.zip\nlib\n", encoding="ascii")


def _add_runtime(tree: Tree, wheel: wheels.Wheel) -> None:
    for name in WINDOWS_RUNTIME:
        (tree.folder / name).write_bytes(wheel.read(f"shiboken6/{name}"))
    version = components.file_version(wheel.read("shiboken6/vcruntime140.dll"))
    tree.components.append(components.of_others(tree.project, "Microsoft Visual C++ runtime", version))


def _make_programs(tree: Tree) -> None:
    """The program with a window and the one for a command prompt."""
    project, tag = tree.project, tree.project.python_tag
    work = fresh(project.build / "windows")
    (work / f"python{tag}.def").write_text(f"LIBRARY python{tag}.dll\nEXPORTS\n  Py_Main\n", encoding="ascii")
    imports = work / f"libpython{tag}.a"
    run(f"{PREFIX}dlltool", "-d", work / f"python{tag}.def", "-l", imports, env=project.environment())
    icons.ico(project, work / "icon.ico")
    for name, flags in (
        (f"{project.command}.exe", ("-mwindows", "-DWINDOW")),
        (f"{project.command}.com", ("-mconsole",)),
    ):
        (work / "program.rc").write_text(resources(project, name), encoding="utf-8")
        (work / "program.manifest").write_text(manifest(project), encoding="utf-8")
        run(f"{PREFIX}windres", "--codepage=65001", "program.rc", "program.o", cwd=work, env=project.environment())
        source = project.root / "packaging" / "launcher" / "windows.c"
        run(*TARGET, *flags, "-o", tree.folder / name, source, work / "program.o", imports, env=project.environment())
        signing.sign_for_windows(project, tree.folder / name)


def needed(file: Path) -> list[str]:
    """The libraries that a compiled file names, as Windows looks for them: in small letters."""
    said = run(f"{PREFIX}objdump", "-p", file)
    names = [name.lower() for name in re.findall(r"DLL Name: (\S+)", said)]
    # Windows' own sets of functions: each is answered by a library that is there.
    return [name for name in names if not name.startswith(("api-ms-win-", "ext-ms-win-"))]


def resources(project: Project, file: str) -> str:
    """What Windows shows of a program: icon, version, names; for windres."""
    numbers = project.four_numbers.replace(".", ",")
    strings = {
        "CompanyName": project.authors,
        "FileDescription": project.title,
        "FileVersion": project.version,
        "InternalName": project.name,
        "LegalCopyright": f"{project.authors}; see the folder licences",
        "OriginalFilename": file,
        "ProductName": project.title,
        "ProductVersion": project.version,
    }
    values = "\n".join(f'      VALUE "{key}", "{value}"' for key, value in strings.items())
    return f"""1 ICON "icon.ico"
1 24 "program.manifest"
1 VERSIONINFO
FILEVERSION {numbers}
PRODUCTVERSION {numbers}
FILEOS 0x40004
FILETYPE 1
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904B0"
    BEGIN
{values}
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 0x4B0
  END
END
"""


def manifest(project: Project) -> str:
    """What the program tells Windows: no administrator, sharp on every screen, long paths, Windows 10."""
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <assemblyIdentity type="win32" name="{project.identity}" version="{project.four_numbers}"
    processorArchitecture="amd64"/>
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security>
      <requestedPrivileges><requestedExecutionLevel level="asInvoker" uiAccess="false"/></requestedPrivileges>
    </security>
  </trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application><supportedOS Id="{{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}}"/></application>
  </compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2</dpiAwareness>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
    </windowsSettings>
  </application>
</assembly>
"""
