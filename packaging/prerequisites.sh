#!/bin/sh
# Installs, on Debian or Ubuntu, what packaging/build.py and packaging/test.py call. Run it as root, once.
#
# Beyond this they need CPython 3.13 with its library for linking (tool.installers in pyproject.toml says which; cpython.sh
# compiles it), and for the first build a package index that pip reaches.
set -eu

building="gcc make libssl-dev zlib1g-dev libffi-dev binutils patchelf xz-utils dpkg-dev librsvg2-bin optipng icoutils icu-devtools imagemagick gcc-mingw-w64-x86-64 nsis minisign"
checking="lintian man-db desktop-file-utils appstream"
trying="mmdebstrap strace xvfb openbox xdotool poppler-utils wine wine64 locales
  dbus-daemon at-spi2-core cups-daemon cups-client cups-filters"
# A desktop for screen readers, and one of them: a release does without no test of it.
listening="python3-gi gir1.2-atspi-2.0 orca"
# What Qt's windows need of X11; a desktop has it.
windows="libegl1 libgl1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
  libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1"
# The programs that exports are opened with in the tests; without one its test is skipped, and says so.
exports="libreoffice-writer libreoffice-impress default-jre-headless chromium zim-tools"

wait=DPkg::Lock::Timeout=600 # seconds, where another apt is at work
apt-get update
# shellcheck disable=SC2086 - lists of words
DEBIAN_FRONTEND=noninteractive apt-get -o $wait install --yes --no-install-recommends $building $checking $trying $listening $windows $exports
