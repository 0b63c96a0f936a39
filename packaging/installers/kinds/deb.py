"""The Debian package.

Belongs here: where files go on Debian, the package's own records. Not here: the folder itself (trees/linux.py)."""

from __future__ import annotations

import email.utils
import gzip
import shutil
import textwrap
from pathlib import Path

from installers import desktop, icons
from installers.project import Project, newest_release
from installers.shipped.system import DEBIAN_DEPENDS, GLIBC, LINUX_SYSTEM
from installers.tools import fresh, need, run
from installers.trees import linux
from installers.trees.tree import Tree

RECOMMENDS = "fonts-dejavu-core | fonts-liberation, cups-client, xdg-utils"

# What lintian would have otherwise, and why it is as it is.
OVERRIDES = {
    "embedded-library": "the folder brings the Qt it was tested with, on every distribution",
    "package-installs-python-bytecode": "there is no source beside it: it is the same on every system",
    "custom-library-search-path": "libraries are found beside the program, wherever the folder is",
    "shared-library-lacks-prerequisites": "stand-alone libraries, as their makers built them",
    "package-contains-documentation-outside-usr-share-doc": "the window shows the licences in the folder",
    "library-not-linked-against-libc": "stand-alone libraries, as their makers built them",
}


def make(tree: Tree) -> Path:
    """Make the package in dist/."""
    need("dpkg-deb")
    project = tree.project
    root = fresh(project.build / "deb")
    home = root / "usr" / "lib" / project.name
    home.parent.mkdir(parents=True)
    shutil.copytree(tree.folder, home, copy_function=shutil.copy)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin" / project.command).symlink_to(f"../lib/{project.name}/{tree.program}")
    _add_desktop(project, root / "usr/share")
    _add_documents(project, root / "usr/share")
    (root / "DEBIAN").mkdir()
    _write(root / "DEBIAN/control", control(project, linux.depends(tree), installed_kib(root)))
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    project.dist.mkdir(exist_ok=True)
    to = project.artefact("deb")
    to.unlink(missing_ok=True)
    level = "-z1" if project.quick else "-z9"
    build = ("dpkg-deb", "--root-owner-group", "-Zxz", level, "--threads-max=1", "--build", root, to)
    run(*build, env=project.environment(), growing=to)
    return to


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_gz(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def _add_desktop(project: Project, share: Path) -> None:
    from handbook.cli import main

    _write(share / f"applications/{project.name}.desktop", desktop.menu_entry(project))
    _write(share / f"mime/packages/{project.name}.xml", desktop.mime_type(project))
    catalogue = desktop.catalogue_entry(project, newest_release(project.root))
    _write(share / f"metainfo/{project.name}.metainfo.xml", catalogue)
    # The parsers are the command's own business, but what they say belongs in the manual.
    manual = desktop.man_page(project, main._window_parser(), main._parser())
    _write_gz(share / f"man/man1/{project.command}.1.gz", manual)
    themes = share / "icons/hicolor"
    for size in icons.SIZES:
        to = themes / f"{size}x{size}/apps/{project.name}.png"
        to.parent.mkdir(parents=True)
        shutil.copy(icons.png(project, size), to)
    scalable = themes / f"scalable/apps/{project.name}.svg"
    scalable.parent.mkdir(parents=True)
    shutil.copy(project.icon, scalable)


def _add_documents(project: Project, share: Path) -> None:
    documents = share / "doc" / project.name
    _write(documents / "copyright", copyright_file(project))
    date = email.utils.formatdate(project.epoch)
    changes = (
        f"{project.name} ({project.version}) stable; urgency=medium\n\n  * See CHANGELOG.md.gz beside this file.\n\n"
        f" -- {project.authors} <{project.contact}>  {date}\n"
    )
    _write_gz(documents / "changelog.gz", changes)
    _write_gz(documents / "CHANGELOG.md.gz", (project.root / "CHANGELOG.md").read_text(encoding="utf-8"))
    lines = [f"# {why}\n{project.name}: {tag}" for tag, why in OVERRIDES.items()]
    _write(share / "lintian/overrides" / project.name, "\n".join(lines) + "\n")


def installed_kib(root: Path) -> int:
    """What the files take, in KiB, as Installed-Size counts."""
    return sum(-(-path.lstat().st_size // 1024) for path in root.rglob("*") if not path.is_dir())


def control(project: Project, libraries: set[str], kib: int) -> str:
    """The package's record; `libraries` are those of the system that it needs."""
    packages = sorted({LINUX_SYSTEM[name] for name in libraries})
    glibc = ".".join(map(str, GLIBC))
    depends = ", ".join(DEBIAN_DEPENDS.get(name, name).format(glibc=glibc) for name in packages)
    description = textwrap.fill(project.description, 78, initial_indent=" ", subsequent_indent=" ")
    summary = project.summary[:1].lower() + project.summary[1:]
    return f"""Package: {project.name}
Version: {project.version}
Architecture: amd64
Maintainer: {project.authors} <{project.contact}>
Installed-Size: {kib}
Depends: {depends}
Recommends: {RECOMMENDS}
Section: education
Priority: optional
Description: {summary.removeprefix("an ")}
{description}
"""


def copyright_file(project: Project) -> str:
    """Whose work it is; the texts lie in the program's folder."""
    licence = (project.root / "LICENSE").read_text(encoding="utf-8")
    return f"""This package is made from the sources of the {project.name}, version {project.version}.

It contains CPython, Qt and other libraries. Their licences, and the list of all parts with their versions and where
their sources are, lie in /usr/lib/{project.name}/licences. The LGPL, version 3, under which Qt and PySide6 are used,
is also in /usr/share/common-licenses/LGPL-3; their notice is in the folder's Qt/README.txt.

{licence}"""
