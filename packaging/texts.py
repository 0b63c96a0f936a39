"""Collect the texts that a person sees, and keep the translations up to date with them.

    python packaging/texts.py           messages.pot anew, and every xx.po brought up to it
    python packaging/texts.py state     how many texts each language has

Belongs here: reading the source for texts, and bringing PO files up to them, with Babel. Not here: how the program
reads them (handbook/translations/po_file.py), which languages there are (handbook/base/languages.py).

The same source gives the same bytes: texts stand in the order of the source, without dates and line numbers. A text
that changed is a new text: nothing is guessed, so nothing is fuzzy."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from babel.messages import pofile  # noqa: E402 - the project's folder has to be found first
from babel.messages.catalog import Catalog  # noqa: E402
from babel.messages.extract import extract_from_file  # noqa: E402

from handbook.base import languages  # noqa: E402
from handbook.translations import po_file  # noqa: E402

FOLDER = ROOT / "handbook" / "translations"
OTHERS = [language for language in languages.LANGUAGES if language != "en"]
_KEYWORDS = {
    "tr": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_TAG = "Translators:"
_HEAD = """\
# {what} of the Field Handbook.
# This file is distributed under the same license as the Field Handbook (MIT; see LICENSE).
#
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_UNBROKEN = 1_000_000  # letters of a line that Babel leaves whole


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; the exit status."""
    match arguments:
        case []:
            update()
        case ["state"]:
            for line in state():
                print(line)  # noqa: T201 - the answer
        case _:
            print(__doc__, file=sys.stderr)  # noqa: T201 - the usage
            return 2
    return 0


def collected() -> Catalog:
    """All texts of the source, in its order."""
    found = Catalog()
    told = _told_by_menus()
    for file in sorted((ROOT / "handbook").rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        for line, text, comments, context in extract_from_file(
            "python", file, keywords=_KEYWORDS, comment_tags=(_TAG,), strip_comment_tags=True
        ):
            first = text if isinstance(text, str) else text[0]
            more = [*told.get(first, ())] if name.endswith("ui/commands.py") else []
            joined = " ".join(part.strip() for part in comments)
            found.add(
                text, locations=[(name, line)], auto_comments=[*([joined] if joined else []), *more], context=context
            )
    return found


def _told_by_menus() -> dict[str, list[str]]:
    """What translators are told of each command: which letters must differ."""
    from handbook.ui.commands import COMMANDS, MENUS

    titles = {name: label.replace("&", "") for name, label in MENUS}
    told: dict[str, list[str]] = {
        label: ["A menu of the menu bar. No two menus of the bar may have the same letter behind the &."]
        for _, label in MENUS
    }
    for command in COMMANDS:
        said = f"In the menu {titles[command.menu]}. No two commands of a menu may have the same letter behind the &."
        told.setdefault(command.text, []).append(said)
    return told


def update() -> None:
    """Write messages.pot, and bring each xx.po up to it."""
    texts = collected()
    _write(FOLDER / "messages.pot", _HEAD.format(what="Texts"), texts)
    for language in OTHERS:
        known = existing(language)
        known.update(texts, no_fuzzy_matching=True)
        for message in known:
            if message.fuzzy:  # it was marked so, or its text has a plural now and had none, or the other way round
                message.string, message.flags = "", message.flags - {"fuzzy"}
        _write(FOLDER / f"{language}.po", head(language), known)


def head(language: str) -> str:
    """How the PO file of a language begins. Its rule for plural forms is ours, whatever a file says."""
    plurals = f'"Language: {language}\\n"\n"Plural-Forms: {po_file.PLURALS[language]}\\n"\n'
    return _HEAD.format(what=languages.NAMES[language]) + plurals


def read(language: str) -> str:
    """The PO file of a language; nothing where it has none yet."""
    file = FOLDER / f"{language}.po"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def existing(language: str) -> Catalog:
    """The translations that a language has."""
    entries = read(language).partition("\n\n")[2]
    return pofile.read_po(io.StringIO(f"{head(language)}\n{entries}"))


def _write(file: Path, begin: str, texts: Catalog) -> None:
    """Write a PO file, with a line for each place and none that is broken."""
    lines = pofile.generate_po(texts, width=_UNBROKEN, omit_header=True, include_lineno=False, ignore_obsolete=True)

    def apart(places: re.Match[str]) -> str:
        return "\n".join(f"#: {place}" for place in places[1].split())

    entries = re.sub(r"^#: (.*)", apart, "".join(lines), flags=re.MULTILINE)
    file.write_text(f"{begin}\n{entries}".removesuffix("\n"), encoding="utf-8", newline="\n")


def state() -> Iterator[str]:
    """A line for each language: how many of the texts it has."""
    total = len(collected())
    for language in OTHERS:
        known = sum(entry.is_translated for entry in po_file.read(read(language)))
        yield f"{language}: {known} of {total}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
