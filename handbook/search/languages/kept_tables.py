"""The tables of the languages as they were made, kept beside the index: a word that may be any language's needs nine.

Belongs here: writing and reading that file (base/kept_values.py says why it is never out of date). Not here: making a
table (tables.py)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import Stemmer

from handbook.base import bounded, kept_values
from handbook.base.network_languages import LANGUAGES
from handbook.base.paths import LANGUAGE, program_data
from handbook.content import terms
from handbook.search.languages.tables import FOLDER, Table, Tables, lines_of

FILE = "languages.kept"
_HERE = Path(__file__).parent
CODE = (  # the modules by which a table is made
    *(_HERE / f"{name}.py" for name in ("kept_tables", "letters", "stems", "tables")),
    _HERE.parent / "tokens.py",
    *(_HERE.parents[1] / place for place in ("base/network_languages.py", "content/terms.py")),
)
_MOST_BYTES = 1024 * 1024  # of a file of words


def write(content: Path, folder: Path) -> None:
    """Write the tables of the program's content into a folder. Raises atomic_file.NotSaved."""
    tables = Tables(content)
    codes = [one.code for one in LANGUAGES.values() if (FOLDER / f"{one.code}.tsv").is_file()]
    values = {kept_values.name_of(_sources(content, code)): tables.of(code).kept() for code in codes}
    kept_values.write(folder / FILE, CODE, values)


def of_program(content: Path) -> Callable[[str], Table | None] | None:
    """Gives the tables that were kept; None for the content of others, which could have the checksum of ours."""
    if content != program_data() / "content" / LANGUAGE:
        return None
    values = kept_values.KeptValues(program_data() / "index" / FILE, CODE)

    def table(language: str) -> Table | None:
        kept = values.get(_sources(content, language))
        try:
            return Table.of(language, lines_of(FOLDER / f"stop-{language}.txt"), kept)
        except (TypeError, ValueError, IndexError):
            return None

    return table


def _sources(content: Path, language: str) -> bytes:
    """All that a table is made of."""
    words = (FOLDER / f"{language}.tsv", FOLDER / f"stop-{language}.txt", FOLDER / "concepts.tsv")
    found = [f"{language} {Stemmer.version()}".encode()]
    for path in (*words, terms.file_of(content, language)):
        try:
            found.append(bounded.read(path, _MOST_BYTES))
        except bounded.NotRead:
            found.append(b"")
    return b"\0".join(found)
