"""The glossary's terms in English and other languages as a handbook of their own: a table, or cards to cut out.

Belongs here: which rows and cards there are, as Markdown. Not here: the file of terms (terms.py), setting pages."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.base.catalogue import tr
from handbook.base.network_languages import LANGUAGES
from handbook.content import term_lines
from handbook.content.handbook import Handbook
from handbook.content.loading import MANIFEST, load

NAME = "terms"  # of the one chapter
MOST_COLUMNS = 3  # languages beside English in a table; more are a list
_SPECIAL = str.maketrans({letter: f"\\{letter}" for letter in "\\`*_{}[]()#+-!|<>"})


def made(handbook: Handbook, languages: Sequence[str], *, cards: bool) -> Handbook:
    """A handbook of one chapter, NAME, with all terms that have an equivalent in one of the languages."""
    if cards:
        text = _cards(handbook, languages)
    else:
        text = (_table if len(languages) <= MOST_COLUMNS else _list)(handbook, languages)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{NAME}.md").write_text(text, "utf-8")
        title = json.dumps(handbook.manifest.title)  # a string of TOML too
        parts = f'[[parts]]\nid = "sheets"\ntitle = {title}\nchapters = ["{NAME}"]\n'
        (Path(folder) / MANIFEST).write_text(f"title = {title}\n{parts}", "utf-8")
        return load(Path(folder))


def _table(handbook: Handbook, languages: Sequence[str]) -> str:
    """The usual equivalents, in columns."""
    names = [tr("English"), *(tr(LANGUAGES[code].name) for code in languages)]
    lines = [*_head(), f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    for english, others in _rows(handbook, languages, usual=True):
        lines.append(f"| {' | '.join(map(_safe, (english, *others)))} |")
    return "\n".join(lines) + "\n"


def _list(handbook: Handbook, languages: Sequence[str]) -> str:
    """The usual equivalents, term by term."""
    lines = _head()
    for english, others in _rows(handbook, languages, usual=True):
        said = (
            tr("{language}: {words}").format(language=tr(LANGUAGES[code].name), words=words)
            for code, words in zip(languages, others, strict=True)
            if words
        )
        lines.append(f"**{_safe(english)}.** {_safe(' · '.join(said))}\n")
    return "\n".join(lines) + "\n"


def _head() -> list[str]:
    checked = tr("Put together for this handbook from the sources in its files; no native speaker has read it yet.")
    title = _safe(tr("Terms"))
    return [f"# {title}", "", _safe(checked), ""]


def _cards(handbook: Handbook, languages: Sequence[str]) -> str:
    title = _safe(tr("Terms"))
    lines = [f'+++\nkind = "cards"\n+++\n# {title}\n']
    for number, (english, others) in enumerate(_rows(handbook, languages), 1):
        lines += [f"## {_safe(english)} {{#term-{number}}}\n", '!!! card ""']
        lines += [f"    {_safe(words)}\n" for words in others if words]
    return "\n".join(lines) + "\n"


def _rows(handbook: Handbook, languages: Sequence[str], *, usual: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Each term in English and what it is called in each language, by the alphabet. usual: in one word only."""
    tables = [term_lines.by_anchor(handbook.folder, code) for code in languages]
    said: dict[str, list[str]] = {}
    for at, table in enumerate(tables):
        for entries in table.values():
            for entry in entries:
                row = said.setdefault(entry.english, [""] * len(languages))
                row[at] = term_lines.marked(entry, 0) if usual else term_lines.line((entry,), entry.english)
    yield from sorted(said.items(), key=lambda row: row[0].casefold())


def _safe(text: str) -> str:
    """A text of which nothing is a sign of Markdown."""
    return text.translate(_SPECIAL)
