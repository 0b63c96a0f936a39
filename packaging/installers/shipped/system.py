"""Libraries that come in no Python package: what is shipped of them, and what is left to the system.

Belongs here: names of libraries with their reason. trees/ fails when a shipped file needs a library that is neither
shipped nor named here; the Depends of the .deb are made from this list."""

from __future__ import annotations

# -- Linux: libraries that shipped files name (DT_NEEDED), by the Debian package that has them.
# All are on any desktop; those of X11 are what Qt's own wheel leaves to the system.
_OF_PACKAGES = {
    "libc6": "ld-linux-x86-64.so.2 libc.so.6 libdl.so.2 libm.so.6 libpthread.so.0 librt.so.1 libutil.so.1",
    "libgl1": "libGL.so.1 libGLX.so.0",
    "libglib2.0-0": "libglib-2.0.so.0 libgthread-2.0.so.0",
    "zlib1g": "libz.so.1",
}
# The others are in packages that are called after them, with the number of their interface.
_OTHERS = """libgcc_s.so.1 libstdc++.so.6 libzstd.so.1 libEGL.so.1 libOpenGL.so.0 libcups.so.2 libdbus-1.so.3
    libfontconfig.so.1 libfreetype.so.6 libwayland-client.so.0 libwayland-cursor.so.0 libX11-xcb.so.1 libX11.so.6
    libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0 libxcb-keysyms.so.1 libxcb-randr.so.0 libxcb-render-util.so.0
    libxcb-render.so.0 libxcb-shape.so.0 libxcb-shm.so.0 libxcb-sync.so.1 libxcb-util.so.1 libxcb-xfixes.so.0
    libxcb-xkb.so.1 libxcb.so.1 libxkbcommon-x11.so.0 libxkbcommon.so.0"""


def _package(library: str) -> str:
    """The package of a library by Debian's rule: libX11.so.6 is in libx11-6, libxcb-xkb.so.1 in libxcb-xkb1."""
    name, number = library.lower().replace("_", "-").split(".so.")
    return f"{name}-{number}" if name[-1].isdigit() else f"{name}{number}"


LINUX_SYSTEM = {name: package for package, names in _OF_PACKAGES.items() for name in names.split()}
LINUX_SYSTEM |= {name: _package(name) for name in _OTHERS.split()}

# How a package is written in Depends where its bare name is not enough. Ubuntu 24.04 renamed some (t64).
DEBIAN_DEPENDS = {
    "libc6": "libc6 (>= {glibc})",
    "libcups2": "libcups2 | libcups2t64",
    "libglib2.0-0": "libglib2.0-0 (>= 2.66) | libglib2.0-0t64",
    "libstdc++6": "libstdc++6 (>= 11)",
}

# The oldest system that is promised: Ubuntu 22.04. The build fails when a shipped file asks for more.
GLIBC = (2, 35)
GLIBCXX = (3, 4, 30)

# -- Windows
# Microsoft's C++ runtime, from shiboken6's wheel: what Qt, PDFium and CPython were made with.
WINDOWS_RUNTIME = ("msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll", "vcruntime140.dll", "vcruntime140_1.dll")

# Libraries of Windows 10 that shipped files name.
_WINDOWS = """advapi32.dll authz.dll bcrypt.dll bcryptprimitives.dll combase.dll comdlg32.dll crypt32.dll d3d11.dll
    d3d12.dll d3d9.dll dwmapi.dll dwrite.dll dxgi.dll gdi32.dll icuuc.dll imm32.dll kernel32.dll mpr.dll
    msvcrt.dll netapi32.dll ntdll.dll ole32.dll oleaut32.dll secur32.dll setupapi.dll shell32.dll shlwapi.dll
    uiautomationcore.dll user32.dll userenv.dll uxtheme.dll version.dll winmm.dll winspool.drv ws2_32.dll
    wtsapi32.dll"""
WINDOWS_SYSTEM = frozenset(_WINDOWS.split())
