"""ICU's tables in the folder for Linux, less those that no function reads which Qt calls: half of them.

Qt6Core calls ICU for converters, collation, letters' case and time zones (`nm -D --undefined-only`); what these read
stays, for every language. Belongs here: which tables are left out, reading ICU's file of them and making it anew. Look
at both when Qt brings another ICU."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from installers.tools import BuildError, run

LEFT = {
    "brkitr/": "where lines and words end: Qt has rules of its own",
    "curr/": "names of currencies",
    "lang/": "names of languages",
    "rbnf/": "numbers in words",
    "translit/": "other letters for the same words",
    "unit/": "names of units",
    "confusables.cfu": "letters that look alike",
    "unames.icu": "names of letters",
}
_HEAD = b"\xda\x27"  # of every file of ICU's, after the length of its head


def lessen(library: Path, work: Path) -> None:
    """Make a library of ICU's tables (libicudata.so.NUMBER) anew in its place, with fewer of them."""
    symbol = f"icudt{library.name.rpartition('.')[2]}_dat"
    found = re.search(rf"^([0-9a-f]+) g +DO \.rodata\s+([0-9a-f]+) +{symbol}$", run("objdump", "-T", library), re.M)
    if found is None:
        raise BuildError(f"{library.name} has no tables called {symbol}")
    place, length = (int(number, 16) for number in found.groups())  # .rodata lies in the file as in memory
    (work / "icu.dat").write_bytes(without(library.read_bytes()[place : place + length], LEFT))
    (work / "icu.s").write_text(
        f'.section .note.GNU-stack,"",@progbits\n.section .rodata\n.balign 16\n.globl {symbol}\n'
        f'.type {symbol}, @object\n{symbol}: .incbin "icu.dat"\n.size {symbol}, .-{symbol}\n',
        encoding="ascii",
    )
    named = f"-Wl,-soname,{library.name}"
    run("gcc", "-shared", "-nostdlib", "-s", "-Wl,--build-id=none", named, "icu.s", "-o", library, cwd=work)


def without(tables: bytes, left: dict[str, str]) -> bytes:
    """ICU's file of tables without those whose name, or folder, is among `left`; BuildError for one that is not there.

    A head; how many tables there are; for each where its name is, and where it begins; names; the tables. Places are
    counted from behind the head."""
    head = int.from_bytes(tables[:2], "little")
    if tables[2:4] != _HEAD or tables[12:16] != b"CmnD":
        raise BuildError("ICU's tables are in another form than they were")
    body = memoryview(tables)[head:]
    (count,) = struct.unpack_from("<I", body)
    places = [struct.unpack_from("<II", body, 4 + 8 * number) for number in range(count)]
    ends = [begin for _, begin in places[1:]] + [len(body)]
    kept, unused = [], set(left)
    for (name_at, begin), end in zip(places, ends, strict=True):
        name = bytes(body[name_at : name_at + 100]).split(b"\0")[0]
        path = name.decode("ascii").partition("/")[2]
        key = path.partition("/")[0] + "/" if "/" in path else path
        if key in left:
            unused.discard(key)
        else:
            kept.append((name, bytes(body[begin:end])))
    if unused:
        raise BuildError(f"ICU has no tables such as {', '.join(sorted(unused))}")
    names_at = 4 + 8 * len(kept)
    data_at = names_at + sum(len(name) + 1 for name, _ in kept)
    begin = data_at + -(head + data_at) % 16
    entries, names, data = b"", b"", b"\0" * (begin - data_at)
    at = begin
    for name, table in kept:
        entries += struct.pack("<II", names_at + len(names), at)
        names += name + b"\0"
        at += len(table)
    data += b"".join(table for _, table in kept)
    return tables[:head] + struct.pack("<I", len(kept)) + entries + names + data
