"""The glossary's terms in English and other languages as a handbook of their own: a table, or cards to cut out.

Belongs here: which rows and cards there are, as Markdown. Not here: the file of terms (terms.py), setting pages."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.base import alphabet
from handbook.base.catalogue import tr
from handbook.base.network_languages import LANGUAGES
from handbook.content import term_lines, terms
from handbook.content.handbook import Group, Handbook
from handbook.content.loading import MANIFEST, load
from handbook.content.metadata import TERMS
from handbook.content.terms import Entry

NAME = "terms"  # of the one chapter
MOST_ON_A_PAGE = 2  # languages beside English in a list of one page
MOST_COLUMNS = 3  # in a table; more are a list of some pages
OFFICIAL, UNSURE = "*", "?"  # behind a word on that page
Row = tuple[str, list[str]]  # an English term, and what it is in each language
_SPECIAL = str.maketrans({letter: f"\\{letter}" for letter in "\\`*_{}[]()#+-!|<>"})


def used_in(handbook: Handbook, addresses: Sequence[str]) -> frozenset[str]:
    """The English terms that stand in some sections, in the singular or the plural."""
    words = []
    for address in addresses:
        section = handbook.find(address)
        if section is not None:
            chapter = handbook.chapters[section.address.chapter]
            words += [f"{one.title} {chapter.text(one)}" for one in chapter.sections if section.holds(one)]
    text = " ".join(" ".join(words).casefold().split())
    tables = [terms.read(handbook.folder, code).entries for code in terms.languages_of(handbook.folder)]
    there = {entry.english for entries in tables for entry in entries}
    return frozenset(one for one in there if re.search(rf"\b{re.escape(one.casefold())}(?:s|es)?\b", text))


def is_a_page(languages: Sequence[str], *, cards: bool) -> bool:
    """Is this a list to have at hand, on one page?"""
    return not cards and len(languages) <= MOST_ON_A_PAGE


def made(handbook: Handbook, languages: Sequence[str], *, cards: bool, only: frozenset[str] | None = None) -> Handbook:
    """A handbook of one chapter, NAME, with all terms that have an equivalent in one of the languages.

    only: these English terms alone."""
    signs = len(languages) <= MOST_ON_A_PAGE
    rows = [row for row in _rows(handbook, languages, usual=not cards, signs=signs) if only is None or row[0] in only]
    form = _page if is_a_page(languages, cards=cards) else _table if len(languages) <= MOST_COLUMNS else _list
    text = _cards(rows) if cards else form(rows, languages)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{NAME}.md").write_text(text, "utf-8")
        title = json.dumps(handbook.manifest.title)  # a string of TOML too
        parts = f'[[parts]]\nid = "sheets"\ntitle = {title}\nchapters = ["{NAME}"]\n'
        (Path(folder) / MANIFEST).write_text(f"title = {title}\n{parts}", "utf-8")
        read = load(Path(folder))
    if not is_a_page(languages, cards=cards):
        return read
    chapter = read.chapters[NAME]
    special = chapter._replace(front=chapter.front._replace(kind=TERMS))
    return read.with_(parts=(read.parts[0]._replace(groups=(Group("", (special,)),)),))


def _page(rows: Sequence[Row], languages: Sequence[str]) -> str:
    """The usual equivalents behind their terms, with signs in place of remarks: all of them on one page."""
    lines = _head()
    names = " · ".join(term_lines.name_of(code) for code in languages)
    # Translators: explains two signs behind words; {official} and {unsure} are the signs
    signs = tr("{official} official text, {unsure} not certain").format(official=OFFICIAL, unsure=UNSURE)
    lines += [_safe(f"{names}. {signs}."), ""]
    lines += [f"**{_safe(english)}** {_safe(' · '.join(others))}\n" for english, others in rows]
    return "\n".join(lines) + "\n"


def _table(rows: Sequence[Row], languages: Sequence[str]) -> str:
    """The usual equivalents, in columns."""
    names = [tr("English"), *(tr(LANGUAGES[code].name) for code in languages)]
    lines = [*_head(), f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    for english, others in rows:
        lines.append(f"| {' | '.join(map(_safe, (english, *others)))} |")
    return "\n".join(lines) + "\n"


def _list(rows: Sequence[Row], languages: Sequence[str]) -> str:
    """The usual equivalents, term by term."""
    lines = _head()
    for english, others in rows:
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


def _cards(rows: Sequence[Row]) -> str:
    title = _safe(tr("Terms"))
    lines = [f'+++\nkind = "cards"\n+++\n# {title}\n']
    for number, (english, others) in enumerate(rows, 1):
        lines += [f"## {_safe(english)} {{#term-{number}}}\n", '!!! card ""']
        lines += [f"    {_safe(words)}\n" for words in others if words]
    return "\n".join(lines) + "\n"


def _rows(handbook: Handbook, languages: Sequence[str], *, usual: bool = False, signs: bool = False) -> Iterator[Row]:
    """Each term in English and what it is called in each language, by the alphabet.

    usual: in one word only. signs: with signs in place of remarks."""
    tables = [term_lines.by_anchor(handbook.folder, code) for code in languages]
    said: dict[str, list[str]] = {}
    for at, table in enumerate(tables):
        for entries in table.values():
            for entry in entries:
                row = said.setdefault(entry.english, [""] * len(languages))
                if not usual:
                    row[at] = term_lines.line((entry,), entry.english)
                else:
                    row[at] = _with_sign(entry) if signs else term_lines.marked(entry, 0)
    yield from sorted(said.items(), key=lambda row: alphabet.key(row[0], "en"))


def _with_sign(entry: Entry) -> str:
    """The usual equivalent; a sign says how far it can be trusted."""
    one = entry.equivalents[0]
    unsure = one.unsure or entry.status == "unsure"
    return one.words + (UNSURE if unsure else OFFICIAL if entry.status == "official" else "")


def _safe(text: str) -> str:
    """A text of which nothing is a sign of Markdown."""
    return text.translate(_SPECIAL)
