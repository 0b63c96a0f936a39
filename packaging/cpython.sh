#!/bin/sh
# Compiles the CPython that the installers for Linux carry, and that build.py is started with.
#
#   sh packaging/cpython.sh SOURCE.tar.xz PREFIX     then PREFIX/bin/python3 packaging/build.py KIND...
#
# The source is python.org's Python-VERSION.tar.xz. Debian has the same file, byte for byte, in its source package, as
# python3.13_VERSION.orig.tar.xz: `apt-get source --download-only --tar-only python3.13`, of a suite that has the version.
# pyproject.toml (tool.installers) names the version and the digest. Needs gcc, make, libssl-dev, zlib1g-dev, libffi-dev,
# xz-utils. Takes some six minutes on two idle cores: CPython is compiled twice, the second time by what a run of it has counted,
# and then optimized as a whole. What comes of it is the same each time, into the same PREFIX.
set -eu

source=$(realpath "$1")
mkdir -p "$2"
prefix=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
facts=$here/../pyproject.toml

wanted=$(sed -n 's/^python-source-digest = "\([0-9a-f]*\)".*/\1/p' "$facts")
if ! echo "$wanted  $source" | sha256sum --check --quiet; then
  echo "cpython.sh: $source is not the archive that pyproject.toml names (tool.installers.python-source-digest)" >&2
  exit 1
fi

work=$prefix/cpython-build # and not any other name: it is counted in what is run
trap 'rm -rf "$work"' EXIT
rm -rf "$work"
mkdir "$work"
tar -xJf "$source" -C "$work" --strip-components=1
cd "$work"
export SOURCE_DATE_EPOCH="$(stat -c %Y configure)" # the date that CPython says it was compiled on
# No shared library: the program is linked with Python as a whole (installers/trees/linux.py). Nobody debugs it: no -g.
./configure --quiet --disable-test-modules --enable-optimizations --prefix="$prefix" --libdir="$prefix/lib" OPT="-DNDEBUG -O3 -Wall"
# In the program too, what every start imports: a file of its own for each is looked for, opened and mapped.
{
  echo '*static*'
  for name in _bisect _datetime _heapq _json _opcode _random _struct array binascii fcntl grp math unicodedata zlib; do
    grep "^$name " Modules/Setup.stdlib
  done
} > Modules/Setup.local
# As `make` does by itself, but that what is counted is only what we run, with nothing of this machine in it.
make --silent --jobs="$(nproc)" profile-gen-stamp
find . -name '*.gcda' -delete
cp "$here/cpython_profile.py" .
env -i PYTHONHASHSEED=0 setarch -R ./python -S -B ./cpython_profile.py
make --silent clean-retain-profile
touch profile-run-stamp
# As `make` does again, but with what is needed to optimize across files. Each file has a seed of its own, or names in it would
# be drawn anew each time. CPython's own programs are linked without.
across='$(PGO_PROF_USE_FLAG) -flto -ffat-lto-objects -frandom-seed=$@'
make --silent --jobs="$(nproc)" build_all CFLAGS_NODIST="$across" LDFLAGS_NODIST=-fno-lto
make --silent install CFLAGS_NODIST="$across" LDFLAGS_NODIST=-fno-lto
# Once, and here: what is linked with the library afterwards gets it as a whole.
library=$(echo libpython3.*.a)
gcc -r -nostdlib -O3 -flto="$(nproc)" -flinker-output=nolto-rel -Wl,--whole-archive "$library" -o whole.o
strip --strip-unneeded whole.o # the names of temporary files
for each in "$prefix/lib/$library" "$prefix"/lib/python3.*/config-*/"$library"; do
  rm "$each"
  ar rcsD "$each" whole.o
done
"$prefix/bin/python3" --version
