"""ICU's tables in the folder for Linux, less those that no function reads which Qt calls: half of them.

Qt6Core calls ICU for converters, collation, letters' case and time zones (`nm -D --undefined-only`); what these read
stays, for every language. Belongs here: which tables are left out, and making ICU's library of them anew. Look at both
when Qt brings another ICU."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

from installers.tools import BuildError, run

ICUPKG = "/usr/sbin/icupkg"  # ICU's own tool; that folder is on root's PATH alone
LEFT = {
    "brkitr/*": "where lines and words end: Qt has rules of its own",
    "curr/*": "names of currencies",
    "lang/*": "names of languages",
    "rbnf/*": "numbers in words",
    "translit/*": "other letters for the same words",
    "unit/*": "names of units",
    "confusables.cfu": "letters that look alike",
    "unames.icu": "names of letters",
}


def lessen(library: Path, work: Path) -> None:
    """Make a library of ICU's tables (libicudata.so.NUMBER) anew in its place, with fewer of them."""
    name = f"icudt{library.name.rpartition('.')[2]}"
    symbol = f"{name}_dat"
    found = re.search(rf"^([0-9a-f]+) g +DO \.rodata\s+([0-9a-f]+) +{symbol}$", run("objdump", "-T", library), re.M)
    if found is None:
        raise BuildError(f"{library.name} has no tables called {symbol}")
    place, length = (int(number, 16) for number in found.groups())  # .rodata lies in the file as in memory
    tables = work / f"{name}l.dat"  # as the tables call themselves; l: numbers begin with their last byte
    tables.write_bytes(library.read_bytes()[place : place + length])
    leave_out(tables)
    (work / "icu.s").write_text(
        f'.section .note.GNU-stack,"",@progbits\n.section .rodata\n.balign 16\n.globl {symbol}\n'
        f'.type {symbol}, @object\n{symbol}: .incbin "{tables.name}"\n.size {symbol}, .-{symbol}\n',
        encoding="ascii",
    )
    named = f"-Wl,-soname,{library.name}"
    run("gcc", "-shared", "-nostdlib", "-s", "-Wl,--build-id=none", named, "icu.s", "-o", library, cwd=work)


def leave_out(tables: Path) -> None:
    """Take LEFT out of a file of tables; BuildError for one that is not there, or that another table needs."""
    there = run(ICUPKG, "--list", tables).split()
    if gone := [pattern for pattern in LEFT if not any(fnmatchcase(name, pattern) for name in there)]:
        raise BuildError(f"ICU has no tables such as {', '.join(gone)}")
    listed = tables.with_name("left.txt")
    listed.write_text("\n".join(LEFT) + "\n", encoding="ascii")
    run(ICUPKG, "--remove", listed, tables)
