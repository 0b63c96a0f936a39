"""The terms in other languages, as lines for a glossary's page and its slides.

Belongs here: where such a line stands in the element tree, and its words. Not here: the file of terms (terms.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from handbook.base import catalogue
from handbook.base.catalogue import tr
from handbook.base.network_languages import LANGUAGES
from handbook.content import terms
from handbook.content.terms import Entry

_TITLE = "h2"  # of an entry


def languages(folder: Path) -> tuple[str, ...]:
    """The languages for which a handbook has terms, that of the program's texts first."""
    own = catalogue.in_use().info().get("language", "").partition("_")[0]
    return tuple(sorted(terms.languages_of(folder), key=lambda code: code != own))


def by_anchor(folder: Path, language: str) -> Mapping[str, tuple[Entry, ...]]:
    """The terms in a language by the anchor of the glossary's entry; an entry can have several."""
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in terms.read(folder, language).entries:
        found[entry.address.anchor] = (*found.get(entry.address.anchor, ()), entry)
    return found


def line(entries: Sequence[Entry], title: str) -> str:
    """What an entry's terms are called in a language, with what is to be known of each.

    title: of the glossary's entry; of another term, its own English name is said."""
    return "; ".join(_one(entry, title) for entry in entries)


def _one(entry: Entry, title: str) -> str:
    words = ", ".join(marked(entry, number) for number in range(len(entry.equivalents)))
    return words if entry.english == title else f"{entry.english}: {words}"


def marked(entry: Entry, number: int) -> str:
    """One equivalent with its remark. A source vouches for the usual one alone."""
    one = entry.equivalents[number]
    words = one.words + (f" ({one.remark})" if one.remark else "")
    if one.unsure or (number == 0 and entry.status == "unsure"):
        return tr("{words} [not certain]").format(words=words)
    if number == 0 and entry.status == "official":
        return tr("{words} [official text]").format(words=words)
    return words


def traps(entries: Sequence[Entry]) -> list[str]:
    """What else the words mean, where that misleads."""
    return list(dict.fromkeys(entry.trap for entry in entries if entry.trap))


def add_to_page(root: Element, folder: Path) -> None:
    """Below each definition of a glossary: the term in the program's language, then in the others, on a line."""
    every = {code: by_anchor(folder, code) for code in languages(folder)}
    if not every:
        return
    own = catalogue.in_use().info().get("language", "").partition("_")[0]
    anchor, title, last = "", "", None
    for block in list(root):
        if block.tag == _TITLE:
            anchor, title, last = block.get("id", ""), "".join(block.itertext()), block
        elif block.tag == "p" and last is not None:
            last = block
        elif block.tag == "ul" and last is not None:
            made = _paragraphs(every, anchor, title, own)
            at = list(root).index(block)
            for number, one in enumerate(made):
                root.insert(at + number, one)
            last = None


def _paragraphs(
    every: Mapping[str, Mapping[str, tuple[Entry, ...]]], anchor: str, title: str, own: str
) -> list[Element]:
    said = {code: table[anchor] for code, table in every.items() if anchor in table}
    made = []
    if own in said:
        text = _named(own, said[own], title)
        made.append(" ".join((text, *traps(said[own]))))
    rest = " · ".join(_named(code, entries, title) for code, entries in said.items() if code != own)
    if rest:
        made.append(rest)
    paragraphs = [Element("p", {"class": "label"}) for _ in made]
    for paragraph, text in zip(paragraphs, made, strict=True):
        paragraph.text = text
    return paragraphs


def _named(code: str, entries: Sequence[Entry], title: str) -> str:
    return tr("{language}: {words}").format(language=tr(LANGUAGES[code].name), words=line(entries, title))
