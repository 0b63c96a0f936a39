"""ICU's tables: those that nothing reads are left out, the others stay as they were."""

import shutil
import struct
from pathlib import Path

import pytest
from installers import icu_data
from installers.tools import BuildError, run

pytestmark = pytest.mark.skipif(shutil.which(icu_data.ICUPKG) is None, reason="icupkg is not installed")
NAMES = [name.replace("*", "x.res") for name in icu_data.LEFT]
KEPT = ["coll/pl.res", "nb.cnv"]
# What each of ICU's tables begins with: its length; a mark; of what kind it is.
HEAD = struct.pack("<H2sHHBBBx4s8x4x", 32, b"\xda\x27", 20, 0, 0, 0, 2, b"Test")


def packed(folder: Path, names: list[str]) -> Path:
    """Tables in ICU's form."""
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(HEAD + name.encode())
    (folder / "all.txt").write_text("\n".join(names))
    file = folder / "icudt73l.dat"
    run(icu_data.ICUPKG, "-tl", "--sourcedir", folder, "--add", folder / "all.txt", "new", file)
    return file


def test_tables_that_nothing_reads_are_left_out(tmp_path: Path) -> None:
    file = packed(tmp_path, [*NAMES, *KEPT])
    icu_data.leave_out(file)
    assert run(icu_data.ICUPKG, "--list", file).split() == KEPT
    assert all(HEAD + name.encode() in file.read_bytes() for name in KEPT)


def test_another_icu_is_not_taken_for_this_one(tmp_path: Path) -> None:
    file = packed(tmp_path, [*NAMES[1:], *KEPT])
    with pytest.raises(BuildError, match="no tables such as brkitr"):
        icu_data.leave_out(file)
    file.write_bytes(b"\x7fELF" + file.read_bytes())
    with pytest.raises(BuildError, match="icupkg"):
        icu_data.leave_out(file)
