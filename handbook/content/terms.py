"""The glossary's terms in other languages, as data beside the content: `terms/xx.tsv`, one file for each language.

Belongs here: how such a file is written (docs/writing.md), and its limits. Not here: the glossary itself (glossary.py),
how the terms are shown, printed or searched.

A line has columns with one TAB between them:
    address, English term, equivalents, status, source, trap, words for the search alone
Equivalents are separated by "; ", the usual one first: what may stand on a page, a card or a screen. A remark in
brackets at the end of one is shown and not searched; a "?" at its end marks it alone as unsure. What people type for
a term and nobody should print (a loose word, another order of its words, a short form) stands in the last column. A
line that begins with # is a remark.

`terms/main.txt` has the English words of the main ones, one on a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from handbook.base import bounded
from handbook.base.catalogue import tr
from handbook.base.network_languages import LANGUAGES
from handbook.content.address import Address
from handbook.content.handbook import Fault

FOLDER = "terms"
_MAIN = "main.txt"
MOST_BYTES = 1024 * 1024  # of a file
MOST_LINES = 2000
MOST_LETTERS = 2000  # of a line's cell
Status = Literal["official", "usage", "unsure"]
STATUSES: tuple[Status, ...] = get_args(Status)


class Equivalent(NamedTuple):
    """What a term is called in another language; a remark on it, and whether it is not certain."""

    words: str
    remark: str = ""
    unsure: bool = False


class Entry(NamedTuple):
    """A term in another language.

    address: of the glossary's entry; that of a wider one, if the term has none of its own.
    status:  "official": it stands so in an official translation or a law that `source` names; "usage": people say
             so; "unsure": to be checked before it is printed.
    trap:    a sentence on what the word also means, where that misleads; "" if there is nothing to say.
    typed:   what else people type for it, which is never shown."""

    address: Address
    english: str
    equivalents: tuple[Equivalent, ...]
    status: Status
    source: str = ""
    trap: str = ""
    typed: tuple[str, ...] = ()

    @property
    def searched(self) -> tuple[str, ...]:
        """All words that mean it."""
        return (*(one.words for one in self.equivalents), *self.typed)

    @property
    def first(self) -> str:
        """The usual equivalent."""
        return self.equivalents[0].words


class Terms(NamedTuple):
    """The terms in one language, in the file's order, and what is wrong in the file."""

    language: str
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()


def languages_of(folder: Path) -> tuple[str, ...]:
    """The codes of the languages for which a handbook's folder has terms, in the order of base.network_languages."""
    return tuple(code for code in LANGUAGES if bounded.is_file(file_of(folder, code)))


def read(folder: Path, language: str) -> Terms:
    """The terms of a handbook's folder in a language. What can't be read is left out and noted in `faults`."""
    path = file_of(folder, language)
    name = f"{FOLDER}/{path.name}"
    try:
        text = bounded.read(path, MOST_BYTES).decode("utf-8-sig")
    except bounded.NotRead as exc:
        return Terms(language, (), (Fault(name, 0, tr("cannot be read: {error}").format(error=exc)),))
    except UnicodeDecodeError:
        return Terms(language, (), (Fault(name, 0, tr("cannot be read: it is not text in UTF-8")),))
    entries: list[Entry] = []
    faults: list[Fault] = []
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        faults.append(
            Fault(
                name,
                MOST_LINES,
                tr("has more than {most_lines} lines: the rest was left out").format(most_lines=MOST_LINES),
            )
        )
    for number, line in enumerate(lines[:MOST_LINES], 1):
        if line.strip() and not line.startswith("#"):
            found = _entry(line.split("\t"))
            if isinstance(found, str):
                faults.append(Fault(name, number, found))
            else:
                entries.append(found)
    return Terms(language, tuple(entries), tuple(faults))


def main_terms(folder: Path) -> frozenset[str]:
    """The English words of the main terms of a handbook's folder; none where it does not say which they are."""
    path = folder / FOLDER / _MAIN
    if not bounded.is_file(path):
        return frozenset()
    try:
        lines = bounded.read(path, MOST_BYTES).decode("utf-8-sig").splitlines()[:MOST_LINES]
    except (bounded.NotRead, UnicodeDecodeError):
        return frozenset()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def file_of(folder: Path, language: str) -> Path:
    """The file of the terms in a language."""
    return folder / FOLDER / f"{language}.tsv"


def _entry(cells: Sequence[str]) -> Entry | str:
    """The entry of a line, or what is wrong with it."""
    if len(cells) < 4 or any(len(cell) > MOST_LETTERS for cell in cells):
        return tr("is no line of address, English term, equivalents and status, with a TAB between them")
    address, english, equivalents, status, source, trap, typed = (cell.strip() for cell in (*cells, "", "", "")[:7])
    found = tuple(one for one in map(_equivalent, equivalents.split(";")) if one is not None)
    if not address or not english or not found:
        return tr("has no address, no English term or no equivalent")
    if status not in STATUSES:
        return tr("has the status '{status}': it has to be one of {names}").format(
            status=status[:20], names=", ".join(STATUSES)
        )
    others = tuple(words for one in typed.split(";") if (words := one.strip()))
    return Entry(Address.parse(address), english, found, status, source, trap, others)


def _equivalent(text: str) -> Equivalent | None:
    words, remark = text.strip(), ""
    unsure = words.endswith("?")
    words = words.removesuffix("?").rstrip()
    if words.endswith(")") and "(" in words:
        words, _, remark = words[:-1].rpartition("(")
    words = words.strip()
    return Equivalent(words, remark.strip(), unsure) if words else None
