"""ICU's tables: those that nothing reads are left out, the others stay as they were."""

import struct

import pytest
from installers import icu_data
from installers.tools import BuildError

TABLES = {"curr/pl.res": b"zloty" * 9, "nb/x.icu": b"x" * 21, "pl.res": b"p" * 16, "unames.icu": b"n" * 33}


def written(tables: dict[str, bytes]) -> bytes:
    """Tables in ICU's form, each from a multiple of 16 on."""
    head = struct.pack("<H", 48) + b"\xda\x27" + bytes(8) + b"CmnD" + bytes(32)
    names = [f"icudt73l/{name}".encode() + b"\0" for name in tables]
    names_at = 4 + 8 * len(names)
    at = names_at + sum(map(len, names))
    entries, data = b"", b""
    for number, table in enumerate(tables.values()):
        gap = -(48 + at + len(data)) % 16
        data += bytes(gap)
        entries += struct.pack("<II", names_at + sum(map(len, names[:number])), at + len(data))
        data += table
    return head + struct.pack("<I", len(names)) + entries + b"".join(names) + data


def read(file: bytes) -> dict[str, bytes]:
    """Each table from where it begins, as ICU finds it."""
    (count,) = struct.unpack_from("<I", file, 48)
    found = {}
    for number in range(count):
        name, begin = struct.unpack_from("<II", file, 52 + 8 * number)
        assert (48 + begin) % 16 == 0, "ICU reads numbers of its tables in place"
        found[file[48 + name :].split(b"\0")[0].decode().removeprefix("icudt73l/")] = file[48 + begin :]
    return found


def test_tables_that_nothing_reads_are_left_out() -> None:
    found = read(icu_data.without(written(TABLES), {"curr/": "", "unames.icu": ""}))
    assert list(found) == ["nb/x.icu", "pl.res"]
    assert all(data.startswith(TABLES[name]) for name, data in found.items())


def test_another_icu_is_not_taken_for_this_one() -> None:
    with pytest.raises(BuildError, match="no tables such as lang/"):
        icu_data.without(written(TABLES), {"lang/": ""})
    with pytest.raises(BuildError, match="another form"):
        icu_data.without(b"\x7fELF" + written(TABLES), {})
