"""The terms in other languages, as lines for a glossary's page and its slides.

Belongs here: where such a line stands in the element tree, and its words. Not here: the file of terms (terms.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from handbook.base import alphabet, catalogue
from handbook.base.catalogue import tr
from handbook.base.network_languages import LANGUAGES
from handbook.content import terms
from handbook.content.terms import Entry

_TITLE = "h2"  # of an entry


class _Chosen:
    """The languages that the person wants terms in: one choice for the process, as with the program's own language."""

    codes: tuple[str, ...] = ()


def choose(codes: Sequence[str]) -> None:
    """Let terms be in these languages first from now on, in this order; without any, in the program's."""
    _Chosen.codes = tuple(dict.fromkeys(code for code in codes if code in LANGUAGES))


def wanted() -> tuple[str, ...]:
    """The languages that come first: those chosen, else the one that the program speaks; none for English alone."""
    own = catalogue.in_use().info().get("language", "").partition("_")[0] or catalogue.language()
    return _Chosen.codes or ((own,) if own in LANGUAGES else ())


def languages(folder: Path) -> tuple[str, ...]:
    """The languages for which a handbook has terms: those that come first, the others by their names."""
    there = terms.languages_of(folder)
    first = [code for code in wanted() if code in there]
    others = sorted((code for code in there if code not in first), key=lambda code: alphabet.key(name_of(code)))
    return (*first, *others)


def name_of(code: str) -> str:
    """What a language is called."""
    return tr(LANGUAGES[code].name)


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
    """Below each definition of a glossary: the term in each language that comes first, the others on a line."""
    every = {code: by_anchor(folder, code) for code in languages(folder)}
    if not every:
        return
    first = wanted()
    anchor, title, last = "", "", None
    for block in list(root):
        if block.tag == _TITLE:
            anchor, title, last = block.get("id", ""), "".join(block.itertext()), block
        elif block.tag == "p" and last is not None:
            last = block
        elif block.tag == "ul" and last is not None:
            made = _paragraphs(every, anchor, title, first)
            at = list(root).index(block)
            for number, one in enumerate(made):
                root.insert(at + number, one)
            last = None


def _paragraphs(
    every: Mapping[str, Mapping[str, tuple[Entry, ...]]], anchor: str, title: str, first: Sequence[str]
) -> list[Element]:
    said = {code: table[anchor] for code, table in every.items() if anchor in table}
    made = []
    for code in first:
        if code in said:
            text = _named(code, said[code], title)
            made.append(" ".join((text, *traps(said[code]))))
    rest = " · ".join(_named(code, entries, title) for code, entries in said.items() if code not in first)
    if rest:
        made.append(rest)
    paragraphs = [Element("p", {"class": "label"}) for _ in made]
    for paragraph, text in zip(paragraphs, made, strict=True):
        paragraph.text = text
    return paragraphs


def _named(code: str, entries: Sequence[Entry], title: str) -> str:
    return tr("{language}: {words}").format(language=name_of(code), words=line(entries, title))
