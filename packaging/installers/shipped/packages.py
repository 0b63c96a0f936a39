"""The Python packages that are shipped, and which of their files.

Belongs here: one entry for each requirement in pyproject.toml and for what those require; the build and the tests
fail when one is missing. Versions are pyproject.toml's. A package of Python files alone needs one line:

    Package("tomli-w", "MIT", "https://github.com/hukkin/tomli-w", whole("tomli_w")),

Not here: CPython and libraries that come in no package of their own (python.py, system.py)."""

from __future__ import annotations

from dataclasses import dataclass

from installers.project import requirement_name
from installers.shipped.rules import Rule, keep, leave
from installers.tools import BuildError


@dataclass(frozen=True)
class Package:
    """A package on the index: its licence as an SPDX expression, where its source is, and its files."""

    name: str
    licence: str
    source: str
    rules: tuple[Rule, ...]


# Asked of every package, after its own rules. `.dist-info` is not files of the program: see components.py, tree.py.
COMMON = (leave("type hints, for checkers", "*.pyi */py.typed"),)


def whole(module: str) -> tuple[Rule, ...]:
    """All of a package that is a folder of Python files."""
    return (
        leave("for PyInstaller, which is not used", f"{module}/__pyinstaller/*"),
        keep("the package", f"{module}/*.py"),
    )


PYSIDE = (
    keep("the package", "PySide6/{__init__,_config,_git_pyside_version}.py"),
    keep("what the window is made of", "PySide6/{QtCore,QtGui,QtWidgets}.{abi3.so,pyd}"),
    keep("the printer dialog, and output to a printer", "PySide6/QtPrintSupport.{abi3.so,pyd}"),
    keep("the glue of the bindings", "PySide6/libpyside6.abi3.so.* PySide6/pyside6.abi3.dll"),
    # -- Qt itself
    keep(
        "Qt behind the four bindings",
        "PySide6/Qt/lib/libQt6{Core,Gui,Widgets,PrintSupport}.so.6 PySide6/Qt6{Core,Gui,Widgets,PrintSupport}.dll",
    ),
    keep("Qt6Core is linked against it", "PySide6/Qt/lib/libicu*.so.73"),
    keep("Qt6Gui is linked against it: screen readers are spoken to by D-Bus", "PySide6/Qt/lib/libQt6DBus.so.6"),
    keep("the desktop is asked not to let the screen sleep", "PySide6/QtDBus.abi3.so"),
    keep("windows on X11", "PySide6/Qt/plugins/platforms/libqxcb.so PySide6/Qt/lib/libQt6XcbQpa.so.6"),
    keep(
        "windows on Wayland, with a frame where the desktop draws none",
        "PySide6/Qt/{plugins/platforms/libqwayland.so,lib/libQt6WaylandClient.so.6} "
        "PySide6/Qt/plugins/{wayland-shell-integration/libxdg-shell.so,wayland-decoration-client/libbradient.so}",
    ),
    keep("windows without a screen, for tests", "PySide6/Qt/plugins/platforms/libqoffscreen.so"),
    keep("windows", "PySide6/plugins/platforms/qwindows.dll"),
    keep(
        "accents and other input methods: names in eight languages are typed",
        "PySide6/Qt/plugins/platforminputcontexts/lib{compose,ibus}platforminputcontextplugin.so",
    ),
    keep("the desktop's own file dialog", "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so"),
    keep("printers", "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so"),
    keep(
        "a desktop's icons in the file and printer dialogs are SVG files",
        "PySide6/Qt/{plugins/iconengines/libqsvgicon.so,plugins/imageformats/libqsvg.so,lib/libQt6Svg.so.6}",
    ),
    # -- Left
    leave("network: the program opens no connection", "PySide6/{*Network*,*/tls/*,*/networkinformation/*}"),
    leave(
        "QML and Qt Quick: the window is made of widgets",
        "PySide6/{*Qml*,*qml*,*Quick*,*Labs*,*Lottie*,svgtoqml*,*/vectorimageformats/*,*/scenegraph/*,*/renderers/*}",
    ),
    leave("OpenGL: the window is painted by the processor", "PySide6/{*OpenGL*,*opengl32sw*,*/xcbglintegrations/*}"),
    leave("databases", "PySide6/{*Sql*,*/sqldrivers/*}"),
    leave("SVG files of its own: on Windows the program has none", "PySide6/*[Ss]vg*"),
    leave(
        "modules of Qt that no part of the program imports",
        "PySide6/{*Concurrent*,*Designer*,*/designer/*,*Help*,*DBus*,*Test.*,*UiTools*,*Xml*}",
    ),
    leave(
        "picture formats: icons and the pictures of pages come as PNG, which Qt6Gui reads by itself",
        "PySide6/*/imageformats/*",
    ),
    leave("screens without a desktop", "PySide6/{*EglFS*,*EglFs*,*/egldeviceintegrations/*,*/generic/*}"),
    leave(
        "other ways to a screen, a theme or an input method",
        "PySide6/*/{platforms,platformthemes,platforminputcontexts,styles}/* PySide6/{*Wayland*,*WlShell*,*/wayland-*}",
    ),
    keep(
        "Qt's own dialogs in our languages, as far as Qt has them",
        "PySide6/*translations/qtbase_{bg,cs,nl,pl,ru,uk}.qm",
    ),
    leave("translations into other languages, and those of other modules", "PySide6/*translations/*"),
    leave(
        "tools for developers, and what they need",
        "PySide6/{*/include,include,typesystems,glue,doc,scripts,support,resources,*metatypes,lib/cmake,*/libexec}/* "
        "PySide6/{*.lib,*.exe,*.json,assistant,designer,linguist,lrelease,lupdate,*/mkspecs/*}",
    ),
    leave("Microsoft's runtime: taken from shiboken6, put beside the program", "PySide6/{concrt,msvcp,vc}*.dll"),
)

SHIBOKEN = (
    keep("the package", "shiboken6/*.py"),
    keep("its compiled parts", "shiboken6/{Shiboken.abi3.so,libshiboken6.abi3.so.*,Shiboken.pyd,shiboken6.abi3.dll}"),
    leave("for developers", "shiboken6/{include/*,lib/cmake/*,*.lib}"),
    leave("Microsoft's runtime: see system.py", "shiboken6/*140*.dll"),
)

LXML = (
    keep("the package", "lxml/__init__.py"),
    keep("reading and writing XML, which python-docx is made on", "lxml/{etree,_elementpath}.cp*"),
    leave("other ways to XML, which python-docx does not take", "lxml/*.{so,pyd,py}"),
    leave("its sources, and headers for compiling against it", "lxml/*.{pyx,pxd,pxi,h}"),
    leave("schemas that it can check with", "lxml/isoschematron/*"),
)

CFFI = (
    keep("PyNaCl calls libsodium through it", "_cffi_backend.*"),
    leave("making such bindings, which is done when PyNaCl is made", "cffi/*"),
)

MARKDOWN = (
    leave("for testing Markdown itself, and its command", "markdown/{test_tools,__main__}.py"),
    keep("the package", "markdown/*.py"),
)

PLATFORMDIRS = (
    leave("a command of its own", "platformdirs/__main__.py"),
    leave("another platform", "platformdirs/android.py"),
    keep("the package", "platformdirs/*.py"),
)

PYPDFIUM = (
    leave("commands of its own", "pypdfium2/__main__.py pypdfium2_cli/*"),
    keep("the package", "pypdfium2{,_cfg,_raw}/*.py"),
    keep("it reads its version there", "pypdfium2{,_raw}/version.json"),
    keep("PDFium", "pypdfium2_raw/{libpdfium.so,pdfium.dll}"),
)

NACL = (
    keep("the bindings of libsodium", "nacl/{__init__,exceptions,bindings/*}.py"),
    keep("libsodium", "nacl/_sodium.*"),
    leave("encrypting and passwords: only signatures are checked", "nacl/*.py"),
)

STEMMER = (
    keep("the stemmers of every language, in one library", "Stemmer.{cpython-*.so,*.pyd}"),
    leave("a test", "tests/*"),
)

DOCX = (
    keep("the package", "docx/*.py"),
    keep("a new document, and its header and footer", "docx/templates/default{.docx,-header.xml,-footer.xml}"),
    leave("parts of a document that are not written", "docx/templates/*"),
)

RAPIDFUZZ = (
    leave("the same once more for newer processors, which compares words no sooner", "rapidfuzz/*_avx2.*"),
    *whole("rapidfuzz"),
    keep("its compiled parts", "rapidfuzz/*.{so,pyd}"),
    keep("the runtime that its makers built it with", "rapidfuzz.libs/*.dll"),
)

TYPST = (keep("the package", "typst/*.py"), keep("the compiler and its fonts", "typst/_typst.*"))

QT = "https://code.qt.io/pyside/pyside-setup.git"
GITHUB = "https://github.com/"

PACKAGES = (
    Package("cffi", "MIT", f"{GITHUB}python-cffi/cffi", CFFI),
    Package("lxml", "BSD-3-Clause AND MIT AND Zlib AND LGPL-2.1-or-later", f"{GITHUB}lxml/lxml", LXML),
    Package("Markdown", "BSD-3-Clause", f"{GITHUB}Python-Markdown/markdown", MARKDOWN),
    Package("platformdirs", "MIT", f"{GITHUB}tox-dev/platformdirs", PLATFORMDIRS),
    Package("pypdfium2", "Apache-2.0 OR BSD-3-Clause", f"{GITHUB}pypdfium2-team/pypdfium2", PYPDFIUM),
    Package("pycparser", "BSD-3-Clause", f"{GITHUB}eliben/pycparser", (leave("see cffi", "pycparser/*"),)),
    Package("PyNaCl", "Apache-2.0 AND ISC", f"{GITHUB}pyca/pynacl", NACL),
    Package("PySide6-Essentials", "LGPL-3.0-only", QT, PYSIDE),
    Package("shiboken6", "LGPL-3.0-only", QT, SHIBOKEN),
    Package("PyStemmer", "MIT AND BSD-3-Clause", f"{GITHUB}snowballstem/pystemmer", STEMMER),
    Package("python-docx", "MIT", f"{GITHUB}python-openxml/python-docx", DOCX),
    Package("RapidFuzz", "MIT", f"{GITHUB}rapidfuzz/RapidFuzz", RAPIDFUZZ),
    Package("tomli-w", "MIT", f"{GITHUB}hukkin/tomli-w", whole("tomli_w")),
    Package(
        "typing-extensions",
        "PSF-2.0",
        f"{GITHUB}python/typing_extensions",
        (keep("python-docx imports it", "typing_extensions.py"),),
    ),
    Package("typst", "Apache-2.0", f"{GITHUB}messense/typst-py", TYPST),
    Package("whoosh3", "BSD-2-Clause", f"{GITHUB}priya-sundaram-dev/whoosh", (keep("the package", "whoosh/*.py"),)),
)


def package_of(name: str) -> Package:
    """The entry for a package; BuildError when there is none."""
    for package in PACKAGES:
        if requirement_name(package.name) == requirement_name(name):
            return package
    raise BuildError(f"{name} is required, but packaging/installers/shipped/packages.py has no rule for it")
