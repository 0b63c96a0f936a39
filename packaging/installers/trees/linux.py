"""The folder for Linux on x86-64: CPython is the one that runs this build.

Belongs here: its compiled modules, the launcher, which is linked with CPython as a whole, and what is looked for in
compiled files. Not here: Debian."""

from __future__ import annotations

import platform
import re
import shutil
import sys
import sysconfig
from pathlib import Path

from installers import compiled_in, components, icu_data, start_modules, wheels
from installers.bytecode import compile_source
from installers.project import Project
from installers.shipped.python import MODULES
from installers.shipped.rules import LINUX
from installers.shipped.system import GLIBC, GLIBCXX, LINUX_SYSTEM
from installers.tools import BuildError, fresh, need, run
from installers.trees.tree import Tree, add_library, add_licences, add_packages, check_libraries

# What the launcher loads before Python asks for it. The last one is wanted on most desktops, and loads some twenty
# libraries of the system.
QT = (
    "lib/PySide6/Qt/lib/libQt6Core.so.6",
    "lib/PySide6/Qt/lib/libQt6Gui.so.6",
    "lib/PySide6/Qt/lib/libQt6Widgets.so.6",
    "lib/PySide6/QtCore.abi3.so",
    "lib/PySide6/QtGui.abi3.so",
    "lib/PySide6/QtWidgets.abi3.so",
    "lib/PySide6/Qt/plugins/platforms/libqxcb.so",
)


def make(project: Project) -> Tree:
    """Build the folder anew in build/tree/linux."""
    need("gcc", "strip", "objdump", "patchelf", "ldd", icu_data.ICUPKG)
    check_python(project)
    tree = Tree(project, LINUX, fresh(project.build / "tree" / "linux"), project.command)
    tree.lib.mkdir()
    add_packages(tree, wheels.fetch(project, LINUX))
    _add_library(tree, Path(sysconfig.get_path("stdlib")))
    _add_python(tree)
    icu_data.lessen(next(tree.lib.rglob("libicudata.so.*")), fresh(project.build / "icu"))
    _strip(tree)
    start_modules.write(tree.folder, library_zip(project))
    if gone := [name for name in QT if not (tree.folder / name).is_file()]:
        raise BuildError(
            f"the launcher would load what is not there: {', '.join(gone)} (QT in installers/trees/linux.py)"
        )
    make_launcher(project, tree.folder / tree.program)
    compiled_in.describe(tree)
    add_licences(tree)
    check_libraries(tree, needed, LINUX_SYSTEM)
    check_symbols(tree)
    for path in (tree.folder, *tree.folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.name == tree.program else 0o644)
    return tree


def check_python(project: Project) -> None:
    """BuildError when the CPython that runs this build is not the one that is shipped."""
    if platform.python_version() != project.python or platform.python_implementation() != "CPython":
        raise BuildError(
            f"this is Python {platform.python_version()}; the folder for Linux is made of the CPython that builds it, "
            f"which has to be {project.python} (tool.installers in pyproject.toml): start build.py with that"
        )
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise BuildError("the folder for Linux is built on Linux, on x86-64")


def static_library() -> Path:
    """The library that CPython's own program is linked with, too. Raises BuildError where it was not kept."""
    library = Path(sysconfig.get_config_var("LIBPL") or "", sysconfig.get_config_var("LIBRARY") or "")
    if not library.is_file():
        raise BuildError(f"{sys.executable} came without {library.name}: packaging/cpython.sh makes one with it")
    return library


def library_zip(project: Project) -> str:
    """Where the standard library is in the folder."""
    return f"lib/python{project.python_tag}.zip"


def _add_library(tree: Tree, library: Path) -> None:
    """The standard library, compiled from the source that this Python runs from."""
    names = [path.relative_to(library).as_posix() for path in library.rglob("*") if path.is_file()]
    zip_file = tree.folder / library_zip(tree.project)
    add_library(tree, zip_file, names, lambda name: compile_source((library / name).read_bytes(), name))
    licence = {"LICENSE.txt": components.text_of((library / "LICENSE.txt").read_bytes())}
    tree.components.append(components.of_others(tree.project, "Python", tree.project.python, licence))


def _add_python(tree: Tree) -> None:
    modules = Path(sysconfig.get_path("stdlib")) / "lib-dynload"
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    for name in MODULES:
        file = modules / f"{name}{suffix}"
        if file.exists():
            shutil.copy(file, tree.lib)
        elif name not in sys.builtin_module_names:
            raise BuildError(f"Python's module {name} is neither built in nor in {modules}")
    ctypes = tree.lib / f"_ctypes{suffix}"
    found = re.search(r"(libffi\.so\.\d+) => (\S+)", run("ldd", ctypes))
    if found is None:
        raise BuildError("_ctypes does not say where libffi is")
    shutil.copy(found[2], tree.lib / found[1])
    run("patchelf", "--set-rpath", "$ORIGIN", ctypes)
    version = run("dpkg-query", "-W", "-f", "${source:Upstream-Version}", "libffi8")
    tree.components.append(components.of_others(tree.project, "libffi", version))


def _strip(tree: Tree) -> None:
    """Drop what only debuggers read: 18 MB of Typst, 17 MB of CPython."""
    run("strip", "--strip-unneeded", "--enable-deterministic-archives", *tree.libraries())


def make_launcher(project: Project, to: Path) -> None:
    """Compile the program that is started, with CPython in it.

    CPython's own library would be looked through for every name that Qt's modules look for: 4 % of a start."""
    from handbook.cli import main

    source = project.root / "packaging" / "launcher" / "launcher.c"
    without_window = sorted({"-h", "--help", "--version", *main.WITHOUT_WINDOW})
    names = {"HOME_ZIP": (library_zip(project),), "QT": QT, "WITHOUT_WINDOW": without_window}
    defined = [f"-D{name}=" + ", ".join(f'"{text}"' for text in texts) for name, texts in names.items()]
    include = f"-I{sysconfig.get_path('include')}"
    whole = ("-Wl,--whole-archive", str(static_library()), "-Wl,--no-whole-archive", "-Wl,--export-dynamic")
    libraries = " ".join(sysconfig.get_config_var(name) or "" for name in ("MODLIBS", "LIBS", "SYSLIBS")).split()
    linking = (*whole, *sorted({one for one in libraries if one.startswith("-l")}))
    warnings = ("-Wall", "-Wextra", "-Werror")
    run("gcc", "-O2", "-s", *warnings, *defined, include, source, "-o", to, *linking, env=project.environment())


def needed(file: Path) -> list[str]:
    """The libraries that a compiled file names (DT_NEEDED)."""
    return run("patchelf", "--print-needed", file).split()


def check_symbols(tree: Tree) -> None:
    """BuildError when a compiled file asks for a newer glibc or libstdc++ than is promised."""
    promised = {"GLIBC": GLIBC, "GLIBCXX": GLIBCXX}
    for file in tree.libraries():
        for kind, wanted in set(re.findall(r"\b(GLIBC|GLIBCXX)_([\d.]+)\b", run("objdump", "-T", file))):
            if tuple(map(int, wanted.split("."))) > promised[kind]:
                most = ".".join(map(str, promised[kind]))
                raise BuildError(f"{file.relative_to(tree.folder)} asks for {kind}_{wanted}: more than {most}")
