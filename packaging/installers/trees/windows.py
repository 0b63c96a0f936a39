"""The folder for Windows on x86-64, put together on Linux.

Belongs here: CPython's signed library from the wheel that carries it, python3.dll, the launchers. Not here: the
installer (kinds/windows.py)."""

from __future__ import annotations

import re
import sysconfig
from pathlib import Path

from installers import compiled_in, components, icons, wheels
from installers.project import Project, requirement_name
from installers.shipped.python import MODULES_WINDOWS
from installers.shipped.rules import WINDOWS
from installers.shipped.system import WINDOWS_RUNTIME, WINDOWS_SYSTEM
from installers.tools import BuildError, fresh, need, run
from installers.trees.linux import python_library
from installers.trees.tree import Tree, add_library, add_licences, add_packages, check_libraries

PREFIX = "x86_64-w64-mingw32-"
TARGET = (f"{PREFIX}gcc", "-O2", "-s", "-municode", "-Wall", "-Wextra", "-Werror", "-Wl,--no-insert-timestamp")


def make(project: Project) -> Tree:
    """Build the folder anew in build/tree/windows."""
    need(f"{PREFIX}gcc", f"{PREFIX}objdump", f"{PREFIX}dlltool", f"{PREFIX}windres")
    python_library(project)  # the standard library has to be of the same CPython
    tree = Tree(project, WINDOWS, fresh(project.build / "tree" / "windows"), f"{project.command}.exe")
    tree.lib.mkdir()
    fetched = wheels.fetch(project, WINDOWS)
    source = requirement_name(project.python_library)
    add_packages(tree, fetched, skip=[source])
    add_library(tree, Path(sysconfig.get_path("stdlib")))
    by_name = {requirement_name(wheel.name): wheel for wheel in fetched}
    _add_python(tree, by_name[source])
    _add_runtime(tree, by_name["shiboken6"])
    _make_programs(tree)
    compiled_in.describe(tree)
    add_licences(tree)
    check_libraries(tree, needed, WINDOWS_SYSTEM)
    return tree


def _add_python(tree: Tree, wheel: wheels.Wheel) -> None:
    """CPython's library beside the program, its compiled modules in lib/, and where modules are found."""
    tag = tree.project.python_tag
    library = wheel.read(f"deploy_libs/python{tag}.dll")
    version = components.file_version(library)
    if not version.startswith(f"{expected_version(tree.project.python)}."):
        raise BuildError(f"{wheel.file.name} holds Python {version}, not {tree.project.python}")
    (tree.folder / f"python{tag}.dll").write_bytes(library)
    ffi = wheel.read("deploy_libs/libffi-8.dll")
    (tree.folder / "libffi-8.dll").write_bytes(ffi)
    tree.components.append(components.of_libffi(tree.project, "3.4.4"))  # as CPython 3.11.7 was built with
    for name in MODULES_WINDOWS:
        tree.put(f"{name}.pyd", wheel.read(f"deploy_libs/{name}.pyd"))
    # Whatever stands in this file is all there is: no registry, no environment variables, no user's packages.
    (tree.folder / f"python{tag}._pth").write_text(f"python{tag}.zip\nlib\n", encoding="ascii")


def expected_version(python: str) -> str:
    """How python311.dll states "3.11.7": as 3.11.7150 (PC/python_nt_resource: the micro version times 1000 + 150)."""
    major, minor, micro = python.split(".")
    return f"{major}.{minor}.{int(micro) * 1000 + 150}"


def _add_runtime(tree: Tree, wheel: wheels.Wheel) -> None:
    for name in WINDOWS_RUNTIME:
        (tree.folder / name).write_bytes(wheel.read(f"shiboken6/{name}"))
    version = components.file_version(wheel.read("shiboken6/vcruntime140.dll"))
    tree.components.append(components.of_runtime(tree.project, version))


def _make_programs(tree: Tree) -> None:
    """python3.dll, the program with a window and the one for a command prompt."""
    project, tag = tree.project, tree.project.python_tag
    work = fresh(project.build / "windows")
    make_forwarding(project, exports(tree.folder / f"python{tag}.dll"), work, tree.folder / "python3.dll")
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


def make_forwarding(project: Project, names: list[str], work: Path, to: Path) -> None:
    """Make python3.dll, which forwards every name to python311.dll."""
    tag = project.python_tag
    forwards = "".join(f"  {name} = python{tag}.{name}\n" for name in names)
    (work / "python3.def").write_text(f"LIBRARY python3.dll\nEXPORTS\n{forwards}", encoding="ascii")
    # Its address in memory is stated: the linker would make one up from the name of the folder.
    address = "-Wl,--image-base,0x180000000"
    quiet = ("-shared", "-nostdlib", "-s", "-Wl,--no-insert-timestamp", address, "-Wl,-e,0")
    run(f"{PREFIX}gcc", *quiet, "-o", to, work / "python3.def", env=project.environment())


def exports(library: Path) -> list[str]:
    """The names of Python's interface that a library exports."""
    said = run(f"{PREFIX}objdump", "-p", library)
    return sorted(set(re.findall(r"^\s+\[\s*\d+\].*?\s(_?Py\w+)$", said, re.MULTILINE)))


def needed(file: Path) -> list[str]:
    """The libraries that a compiled file names, as Windows looks for them: in small letters."""
    said = run(f"{PREFIX}objdump", "-p", file)
    names = [name.lower() for name in re.findall(r"DLL Name: (\S+)", said)]
    # Windows' own sets of functions: each is answered by a library that is there.
    return [name for name in names if not name.startswith(("api-ms-win-", "ext-ms-win-"))]


def resources(project: Project, file: str) -> str:
    """What Windows shows of a program: icon, version, names; for windres."""
    numbers = ",".join([*project.version.split("."), "0", "0", "0", "0"][:4])
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
    numbers = ".".join([*project.version.split("."), "0", "0", "0", "0"][:4])
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <assemblyIdentity type="win32" name="{project.identity}" version="{numbers}" processorArchitecture="amd64"/>
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
