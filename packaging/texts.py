"""Collect the texts that a person sees, and keep the translations up to date with them.

    python packaging/texts.py                       messages.pot anew, and every xx.po brought up to it
    python packaging/texts.py list NUMBERS.json     the texts with numbers, for translating with other tools
    python packaging/texts.py put xx FILE.json NUMBERS.json     translations by number into xx.po
    python packaging/texts.py state                 how many texts each language has

Belongs here: reading the source for texts, with Babel, and writing PO files. Not here: how the program reads them
(handbook/translations/po_file.py), which languages there are (handbook/base/languages.py).

The same source gives the same bytes: texts stand in the order of the source, without dates and line numbers. A text
that changed is a new text: nothing is guessed, so nothing is fuzzy. In NUMBERS.json a text keeps its number for ever;
new ones get the next."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from babel.messages import pofile  # noqa: E402 - the project's folder has to be found first
from babel.messages.catalog import Catalog, Message  # noqa: E402
from babel.messages.extract import extract_from_file  # noqa: E402

from handbook.base import languages  # noqa: E402
from handbook.translations import po_file  # noqa: E402

FOLDER = ROOT / "handbook" / "translations"
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
#"""


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; the exit status."""
    match arguments:
        case []:
            update()
        case ["list", numbers]:
            write_list(Path(numbers))
        case ["put", language, file, numbers]:
            put(language, Path(file), Path(numbers))
        case ["state"]:
            for line in state():
                print(line)  # noqa: T201 - the answer
        case _:
            print(__doc__, file=sys.stderr)  # noqa: T201 - the usage
            return 2
    return 0


def collected() -> Catalog:
    """All texts of the source, in its order."""
    found = Catalog(project="Field Handbook", charset="utf-8", fuzzy=False)
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
    _write(FOLDER / "messages.pot", texts, "Texts")
    for language in languages.LANGUAGES:
        if language != "en":
            _write(FOLDER / f"{language}.po", _merged(texts, _existing(language), language), languages.NAMES[language])


def _existing(language: str) -> dict[tuple[str | None, str], tuple[str, ...]]:
    file = FOLDER / f"{language}.po"
    if not file.is_file():
        return {}
    entries = po_file.read(file.read_text(encoding="utf-8"))
    return {(one.context, one.text): one.forms for one in entries if not one.fuzzy}


def _merged(texts: Catalog, known: Mapping[tuple[str | None, str], tuple[str, ...]], language: str) -> Catalog:
    """The texts with the translations that are known; those of texts that are gone are left out."""
    made = Catalog(locale=None, project="Field Handbook", charset="utf-8", fuzzy=False)
    number = po_file.forms_of(language)
    for message in _messages(texts):
        first = _first(message)
        wanted = 1 if isinstance(message.id, str) else number
        forms = known.get((message.context, first), ())
        if len(forms) != wanted:
            forms = ("",) * wanted
        made.add(
            message.id,
            forms if wanted > 1 or not isinstance(message.id, str) else forms[0],
            locations=message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return made


def _messages(texts: Catalog) -> Iterator[Message]:
    return (message for message in texts if message.id)


def _first(message: Message) -> str:
    """The text itself, or its form for one."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _write(file: Path, texts: Catalog, what: str) -> None:
    language = file.stem if file.suffix == ".po" else ""
    lines = [_HEAD.format(what=what), 'msgid ""', 'msgstr ""']
    lines += ['"MIME-Version: 1.0\\n"', '"Content-Type: text/plain; charset=utf-8\\n"']
    lines += ['"Content-Transfer-Encoding: 8bit\\n"']
    if language:
        lines += [f'"Language: {language}\\n"', f'"Plural-Forms: {po_file.PLURALS[language]}\\n"']
    out: list[str] = ["\n".join(lines) + "\n"]
    number = po_file.forms_of(language) if language else 2
    out += [_block(message, number) for message in _messages(texts)]
    file.write_text("\n".join(out), encoding="utf-8", newline="\n")


def _block(message: Message, number: int) -> str:
    lines = [f"#. {comment}" for comment in dict.fromkeys(message.auto_comments)]
    lines += [f"#: {name}" for name in dict.fromkeys(name for name, _ in message.locations)]
    plural = not isinstance(message.id, str)
    first = _first(message)
    if "python-brace-format" in message.flags or "{" in first:
        lines.append("#, python-brace-format")
    elif "python-format" in message.flags:
        lines.append("#, python-format")
    if message.context is not None:
        lines.append(f"msgctxt {pofile.normalize(message.context, width=0)}")
    lines.append(f"msgid {pofile.normalize(first, width=0)}")
    if plural:
        lines.append(f"msgid_plural {pofile.normalize(message.id[1], width=0)}")
        forms = tuple(message.string) if isinstance(message.string, (tuple, list)) else ()
        forms = (*forms, *[""] * number)[:number]
        lines += [f"msgstr[{at}] {pofile.normalize(form, width=0)}" for at, form in enumerate(forms)]
    else:
        lines.append(f"msgstr {pofile.normalize(message.string if isinstance(message.string, str) else '', width=0)}")
    return "\n".join(lines) + "\n"


def write_list(file: Path) -> None:
    """Write the texts with numbers; those that have one keep it."""
    old = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    numbers = {(one["context"], one["msgid"], one["plural"]): one["id"] for one in old}
    following = max(numbers.values(), default=0) + 1
    listed = []
    for message in _messages(collected()):
        plural = not isinstance(message.id, str)
        first, many = _first(message), message.id[1] if plural else None
        key = (message.context, first, many)
        if key not in numbers:
            numbers[key], following = following, following + 1
        where = list(dict.fromkeys(name for name, _ in message.locations))
        comment = " ".join(dict.fromkeys(message.auto_comments)) or None
        one = {"id": numbers[key], "msgid": first, "plural": many, "context": message.context}
        listed.append(one | {"where": where, "comment": comment})
    file.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def put(language: str, file: Path, numbers: Path) -> None:
    """Put translations, by number, into a language's PO file. What is there and not in the file stays."""
    keys = {one["id"]: (one["context"], one["msgid"]) for one in json.loads(numbers.read_text(encoding="utf-8"))}
    known = _existing(language)
    for number, words in json.loads(file.read_text(encoding="utf-8")).items():
        if int(number) in keys:
            known[keys[int(number)]] = (words,) if isinstance(words, str) else tuple(words)
    texts = collected()
    _write(FOLDER / f"{language}.po", _merged(texts, known, language), languages.NAMES[language])


def state() -> Iterator[str]:
    """A line for each language: how many of the texts it has."""
    total = sum(1 for _ in _messages(collected()))
    for language in languages.LANGUAGES:
        if language != "en":
            known = _existing(language)
            yield f"{language}: {sum(1 for forms in known.values() if forms and all(forms))} of {total}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
