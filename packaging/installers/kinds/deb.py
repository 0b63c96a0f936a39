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
from installers.tools import fresh, need, run, write
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
    shutil.copytree(tree.folder, home, copy_function=shutil.copy)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin" / project.command).symlink_to(f"../lib/{project.name}/{tree.program}")
    for name, data in _shared(project).items():
        write(root / "usr/share" / name, data)
    write(root / "DEBIAN/control", control(project, tree.system, installed_kib(root)))
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


def _shared(project: Project) -> dict[str, str | bytes]:
    """What goes into /usr/share: for the desktop, the manual, documents."""
    from handbook.cli import main

    name = project.name
    changes = (
        f"{name} ({project.version}) stable; urgency=medium\n\n  * See CHANGELOG.md.gz beside this file.\n\n"
        f" -- {project.authors} <{project.contact}>  {email.utils.formatdate(project.epoch)}\n"
    )
    # The parsers are the command's own business, but what they say belongs in the manual.
    manual = desktop.man_page(project, main._window_parser(), main._parser())
    pictures = {f"{size}x{size}/apps/{name}.png": icons.png(project, size).read_bytes() for size in icons.SIZES}
    pictures[f"scalable/apps/{name}.svg"] = project.icon.read_bytes()
    return {
        f"applications/{name}.desktop": desktop.menu_entry(project),
        f"mime/packages/{name}.xml": desktop.mime_type(project),
        f"metainfo/{name}.metainfo.xml": desktop.catalogue_entry(project, newest_release(project.root)),
        f"man/man1/{project.command}.1.gz": _gz(manual.encode()),
        f"doc/{name}/copyright": copyright_file(project),
        f"doc/{name}/changelog.gz": _gz(changes.encode()),
        f"doc/{name}/CHANGELOG.md.gz": _gz((project.root / "CHANGELOG.md").read_bytes()),
        f"lintian/overrides/{name}": "".join(f"# {why}\n{name}: {tag}\n" for tag, why in OVERRIDES.items()),
        **{f"icons/hicolor/{place}": data for place, data in pictures.items()},
    }


def _gz(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


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
