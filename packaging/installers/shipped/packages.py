"""The Python packages that are shipped, and which of their files.

Belongs here: one entry for each requirement in pyproject.toml and for what those require; the build and the tests
fail when one is missing. Versions are pyproject.toml's. A package of Python files alone needs one line:

    Package("rapidfuzz", "MIT", "https://github.com/rapidfuzz/RapidFuzz", whole("rapidfuzz")),

Not here: CPython and libraries that come in no package of their own (python.py, system.py)."""

from __future__ import annotations

from dataclasses import dataclass

from installers.project import requirement_name
from installers.shipped.rules import LINUX, PLATFORMS, WINDOWS, Rule, keep, leave
from installers.tools import BuildError


@dataclass(frozen=True)
class Package:
    """A package on the index: its licence as an SPDX expression, where its source is, and its files."""

    name: str
    licence: str
    source: str
    rules: tuple[Rule, ...]


# Asked of every package, after its own rules. `.dist-info` is not files of the program: see licences.py, tree.py.
COMMON = (leave("type hints, for checkers", "*.pyi", "*/py.typed"),)


def whole(module: str) -> tuple[Rule, ...]:
    """All of a package that is a folder of Python files, with the libraries in it where it has any."""
    return (
        leave("for PyInstaller, which is not used", f"{module}/__pyinstaller/*"),
        keep("the package", f"{module}/*.py"),
        Rule(True, "its compiled parts", (f"{module}/*.so", f"{module}/*.pyd"), PLATFORMS, must=False),
    )


PYSIDE = (
    keep("the package", "PySide6/__init__.py", "PySide6/_config.py", "PySide6/_git_pyside_version.py"),
    keep("what the window is made of", "PySide6/QtCore.*", "PySide6/QtGui.*", "PySide6/QtWidgets.*"),
    keep("the printer dialog, and output to a printer", "PySide6/QtPrintSupport.*"),
    keep("the glue of the bindings", "PySide6/libpyside6.abi3.so.*", on=(LINUX,)),
    keep("the glue of the bindings", "PySide6/pyside6.abi3.dll", on=(WINDOWS,)),
    # -- Qt itself
    keep(
        "Qt behind the four bindings",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/lib/libQt6PrintSupport.so.6",
        on=(LINUX,),
    ),
    keep(
        "Qt behind the four bindings",
        "PySide6/Qt6Core.dll",
        "PySide6/Qt6Gui.dll",
        "PySide6/Qt6Widgets.dll",
        "PySide6/Qt6PrintSupport.dll",
        on=(WINDOWS,),
    ),
    keep("Qt6Core is linked against it", "PySide6/Qt/lib/libicu*.so.73", on=(LINUX,)),
    keep(
        "Qt6Gui is linked against it: screen readers are spoken to by D-Bus",
        "PySide6/Qt/lib/libQt6DBus.so.6",
        on=(LINUX,),
    ),
    keep("the desktop is asked not to let the screen sleep", "PySide6/QtDBus.abi3.so", on=(LINUX,)),
    keep("windows on X11", "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/lib/libQt6XcbQpa.so.6", on=(LINUX,)),
    keep(
        "windows on Wayland, with a frame where the desktop draws none",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/lib/libQt6WaylandClient.so.6",
        "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
        "PySide6/Qt/plugins/wayland-decoration-client/libbradient.so",
        on=(LINUX,),
    ),
    keep("windows without a screen, for tests", "PySide6/Qt/plugins/platforms/libqoffscreen.so", on=(LINUX,)),
    keep("windows", "PySide6/plugins/platforms/qwindows.dll", on=(WINDOWS,)),
    keep(
        "accents and other input methods: names in eight languages are typed",
        "PySide6/Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        on=(LINUX,),
    ),
    keep("the desktop's own file dialog", "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so", on=(LINUX,)),
    keep("printers", "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", on=(LINUX,)),
    keep(
        "a desktop's icons in the file and printer dialogs are SVG files",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/lib/libQt6Svg.so.6",
        on=(LINUX,),
    ),
    # -- Left
    leave(
        "network: the program opens no connection",
        *("PySide6/*Network*", "PySide6/*/tls/*", "PySide6/*/networkinformation/*"),
    ),
    leave(
        "QML and Qt Quick: the window is made of widgets",
        *(
            "PySide6/*Qml*",
            "PySide6/*qml*",
            "PySide6/*Quick*",
            "PySide6/*Labs*",
            "PySide6/*Lottie*",
            "PySide6/svgtoqml*",
        ),
        *("PySide6/*/vectorimageformats/*", "PySide6/*/scenegraph/*", "PySide6/*/renderers/*"),
    ),
    leave(
        "OpenGL: the window is painted by the processor",
        "PySide6/*OpenGL*",
        "PySide6/*opengl32sw*",
        "PySide6/*/xcbglintegrations/*",
    ),
    leave("databases", "PySide6/*Sql*", "PySide6/*/sqldrivers/*"),
    leave("SVG files of its own: on Windows the program has none", "PySide6/*[Ss]vg*"),
    leave(
        "modules of Qt that no part of the program imports",
        *("PySide6/*Concurrent*", "PySide6/*Designer*", "PySide6/*/designer/*", "PySide6/*Help*", "PySide6/*DBus*"),
        *("PySide6/*Test.*", "PySide6/*UiTools*", "PySide6/*Xml*"),
    ),
    leave(
        "picture formats: icons and the pictures of pages come as PNG, which Qt6Gui reads by itself",
        "PySide6/*/imageformats/*",
    ),
    leave(
        "screens without a desktop",
        "PySide6/*EglFS*",
        "PySide6/*EglFs*",
        "PySide6/*/egldeviceintegrations/*",
        "PySide6/*/generic/*",
    ),
    leave(
        "other ways to a screen, a theme or an input method",
        *("PySide6/*/platforms/*", "PySide6/*/platformthemes/*", "PySide6/*/platforminputcontexts/*"),
        *("PySide6/*Wayland*", "PySide6/*WlShell*", "PySide6/*/wayland-*", "PySide6/*/styles/*"),
    ),
    keep(
        "Qt's own dialogs in our languages, as far as Qt has them",
        *(f"PySide6/*translations/qtbase_{code}.qm" for code in ("bg", "cs", "nl", "pl", "ru", "uk")),
    ),
    leave("translations into other languages, and those of other modules", "PySide6/*translations/*"),
    leave(
        "tools for developers, and what they need",
        *("PySide6/*/include/*", "PySide6/include/*", "PySide6/typesystems/*", "PySide6/glue/*", "PySide6/doc/*"),
        *(
            "PySide6/scripts/*",
            "PySide6/support/*",
            "PySide6/resources/*",
            "PySide6/*metatypes/*",
            "PySide6/lib/cmake/*",
        ),
        *(
            "PySide6/*/libexec/*",
            "PySide6/*.lib",
            "PySide6/*.exe",
            "PySide6/*.json",
            "PySide6/assistant",
            "PySide6/designer",
        ),
        *("PySide6/linguist", "PySide6/lrelease", "PySide6/lupdate", "PySide6/*/mkspecs/*"),
    ),
    leave(
        "Microsoft's runtime: taken from shiboken6, put beside the program",
        *("PySide6/concrt*.dll", "PySide6/msvcp*.dll", "PySide6/vc*.dll"),
        on=(WINDOWS,),
    ),
)

SHIBOKEN = (
    keep("the package", "shiboken6/*.py"),
    keep("its compiled parts", "shiboken6/Shiboken.*", "shiboken6/libshiboken6.abi3.so.*", on=(LINUX,)),
    keep("its compiled parts", "shiboken6/Shiboken.*", "shiboken6/shiboken6.abi3.dll", on=(WINDOWS,)),
    leave("for developers", "shiboken6/include/*", "shiboken6/lib/cmake/*", "shiboken6/*.lib"),
    leave("Microsoft's runtime: see system.py", "shiboken6/*140*.dll", on=(WINDOWS,)),
)

LXML = (
    keep("the package", "lxml/__init__.py"),
    keep("reading and writing XML, which python-docx is made on", "lxml/etree.cp*", "lxml/_elementpath.cp*"),
    leave("other ways to XML, which python-docx does not take", "lxml/*.so", "lxml/*.pyd", "lxml/*.py"),
    leave("its sources, and headers for compiling against it", "lxml/*.pyx", "lxml/*.pxd", "lxml/*.pxi", "lxml/*.h"),
    leave("schemas that it can check with", "lxml/isoschematron/*"),
)

PACKAGES = (
    Package(
        "cffi",
        "MIT",
        "https://github.com/python-cffi/cffi",
        (
            keep("PyNaCl calls libsodium through it", "_cffi_backend.*"),
            leave("making such bindings, which is done when PyNaCl is made", "cffi/*"),
        ),
    ),
    Package("lxml", "BSD-3-Clause AND MIT AND Zlib AND LGPL-2.1-or-later", "https://github.com/lxml/lxml", LXML),
    Package(
        "Markdown",
        "BSD-3-Clause",
        "https://github.com/Python-Markdown/markdown",
        (
            leave("for testing Markdown itself, and its command", "markdown/test_tools.py", "markdown/__main__.py"),
            keep("the package", "markdown/*.py"),
        ),
    ),
    Package(
        "platformdirs",
        "MIT",
        "https://github.com/tox-dev/platformdirs",
        (
            leave("a command of its own", "platformdirs/__main__.py"),
            leave("another platform", "platformdirs/android.py"),
            keep("the package", "platformdirs/*.py"),
        ),
    ),
    Package(
        "pypdfium2",
        "Apache-2.0 OR BSD-3-Clause",
        "https://github.com/pypdfium2-team/pypdfium2",
        (
            leave("commands of its own", "pypdfium2/__main__.py", "pypdfium2_cli/*"),
            keep("the package", "pypdfium2/*.py", "pypdfium2_cfg/*.py", "pypdfium2_raw/*.py"),
            keep("it reads its version there", "pypdfium2/version.json", "pypdfium2_raw/version.json"),
            keep("PDFium", "pypdfium2_raw/libpdfium.so", on=(LINUX,)),
            keep("PDFium", "pypdfium2_raw/pdfium.dll", on=(WINDOWS,)),
        ),
    ),
    Package("pycparser", "BSD-3-Clause", "https://github.com/eliben/pycparser", (leave("see cffi", "pycparser/*"),)),
    Package(
        "PyNaCl",
        "Apache-2.0 AND ISC",
        "https://github.com/pyca/pynacl",
        (
            keep("the bindings of libsodium", "nacl/__init__.py", "nacl/exceptions.py", "nacl/bindings/*.py"),
            keep("libsodium", "nacl/_sodium.*"),
            leave("encrypting and passwords: only signatures are checked", "nacl/*.py"),
        ),
    ),
    Package("PySide6-Essentials", "LGPL-3.0-only", "https://code.qt.io/pyside/pyside-setup.git", PYSIDE),
    Package("shiboken6", "LGPL-3.0-only", "https://code.qt.io/pyside/pyside-setup.git", SHIBOKEN),
    Package(
        "PyStemmer",
        "MIT AND BSD-3-Clause",
        "https://github.com/snowballstem/pystemmer",
        (
            keep("the stemmers of every language, in one library", "Stemmer.cpython-*.so", on=(LINUX,)),
            keep("the stemmers of every language, in one library", "Stemmer.*.pyd", on=(WINDOWS,)),
            leave("a test", "tests/*"),
        ),
    ),
    Package(
        "python-docx",
        "MIT",
        "https://github.com/python-openxml/python-docx",
        (
            keep("the package", "docx/*.py"),
            keep(
                "a new document, and its header and footer",
                *("docx/templates/default.docx", "docx/templates/default-header.xml"),
                "docx/templates/default-footer.xml",
            ),
            leave("parts of a document that are not written", "docx/templates/*"),
        ),
    ),
    Package(
        "RapidFuzz",
        "MIT",
        "https://github.com/rapidfuzz/RapidFuzz",
        (*whole("rapidfuzz"), keep("the runtime that its makers built it with", "rapidfuzz.libs/*.dll", on=(WINDOWS,))),
    ),
    Package("tomli-w", "MIT", "https://github.com/hukkin/tomli-w", whole("tomli_w")),
    Package(
        "typing-extensions",
        "PSF-2.0",
        "https://github.com/python/typing_extensions",
        (keep("python-docx imports it", "typing_extensions.py"),),
    ),
    Package(
        "typst",
        "Apache-2.0",
        "https://github.com/messense/typst-py",
        (
            keep("the package", "typst/*.py"),
            keep("the compiler and its fonts", "typst/_typst.*"),
        ),
    ),
    Package(
        "whoosh3", "BSD-2-Clause", "https://github.com/priya-sundaram-dev/whoosh", (keep("the package", "whoosh/*.py"),)
    ),
)


def package_of(name: str) -> Package:
    """The entry for a package; BuildError when there is none."""
    for package in PACKAGES:
        if requirement_name(package.name) == requirement_name(name):
            return package
    raise BuildError(f"{name} is required, but packaging/installers/shipped/packages.py has no rule for it")
