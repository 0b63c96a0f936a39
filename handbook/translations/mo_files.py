"""Compile every PO file of a folder, so that a start in another language has not to read the text again.

    python -m handbook.translations.mo_files [FOLDER]     into FOLDER; without it, beside the PO files

Belongs here: writing MO files. Not here: their form (po_file.py), which of the two is read (base/catalogue.py). run.py
calls it when it sets a checkout up, packaging/hatch_build.py when a wheel is made. MO files are never committed: one
that was made of another PO file than the one beside it is not used."""

from __future__ import annotations

import sys
from pathlib import Path

from handbook.translations import po_file

SOURCES = Path(__file__).parent


def write(into: Path, sources: Path = SOURCES) -> list[Path]:
    """Compile the PO files; the files written. Each is put in place whole, as a window may be reading the old one."""
    made = []
    for source in sorted(sources.glob("*.po")):
        text = source.read_bytes()
        target = into / f"{source.stem}.mo"
        half = target.with_suffix(".half")
        half.write_bytes(po_file.compiled(po_file.read(text.decode("utf-8")), source.stem, text))
        half.replace(target)
        made.append(target)
    return made


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCES)
