"""What an index will hold, gathered from the content section by section.

Belongs here: names, words, positions and counts, as plain Python. Not here: files, Whoosh (whoosh_store.py)."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from handbook.base.late_patterns import late_pattern
from handbook.content import glossary
from handbook.content.chapter import Chapter, Section
from handbook.content.headings import FOOTNOTE_TEXT, links_of
from handbook.search import ranking, tokens
from handbook.search.patterns import LONGEST_NAME
from handbook.search.query import Run
from handbook.search.vocabulary import Vocabulary, grams

# Term → [(section's number, how often it stands there, where its positions begin)], ascending.
Occurrences = dict[str, list[tuple[int, int, int]]]


class Gathered:
    """What an index will hold, taken in section by section.

    postings:    of each field.
    places:      the positions of every term in every section, counted in words, one after the other.
    lengths:     field → words in it, by section.
    other_names: (short name, full name), both in terms, of the glossary's entries.
    roles:       of each section, one of ranking.ROLES."""

    def __init__(self) -> None:
        self.postings: dict[str, Occurrences] = {field: {} for field in ("all", "name", "title")}
        self.places = array("I")
        self.lengths: dict[str, list[int]] = {"all": [], "title": []}
        self.other_names: list[tuple[Run, Run]] = []
        self.roles: list[ranking.Role] = []
        self._numbers: dict[str, int] = {}  # of forms, in the order they were met
        self._sequences: list[array[int]] = []  # numbers of forms, by section
        self._grams_in: Counter[str] = Counter()
        self._sections_with_part: Counter[str] = Counter()  # of forms that are parts of words

    def add(self, chapter: Chapter, section: Section) -> None:
        """Take the next section in."""
        title = tokens.forms(section.title)
        texts = [section.title, *section.path, *glossary.own_text(chapter, section).split("\n")]
        everything, parts = list(map(tokens.forms, texts)), list(map(tokens.parts, texts))
        number = len(self.lengths["all"])
        names = dict.fromkeys(_names(section, title), _TITLE)
        names[ranking.to_the_letter(title)] = _LETTER
        if chapter.front.kind == "glossary" and section.level == glossary.TERM_LEVEL:
            variants = glossary.variants(chapter, section)
            others = (tokens.forms(variant) for variant in variants)
            known = {ranking.name_of(other): _VARIANT for other in others if other}
            names = known | {name: rank + _TERM for name, rank in names.items()}
            self.other_names += _short_and_full((section.title, *variants))
        for name, rank in names.items():
            self.postings["name"].setdefault(name, []).append((number, rank, 0))
        self.roles.append(_role(chapter, section, sum(map(len, everything[1 + len(section.path) :]))))
        self._add("title", number, [title], parts[:1])
        self._add("all", number, everything, parts)
        self._add_sequence(everything)
        self._sections_with_part.update({form for found in parts for run in found.values() for form in run})

    def _add(
        self, field: str, number: int, paragraphs: Iterable[Sequence[str]], parts: Iterable[Mapping[int, Run]]
    ) -> None:
        where: dict[str, list[int]] = {}
        position = length = 0
        for paragraph, parts_of in zip(paragraphs, parts, strict=True):
            for at, form in enumerate(paragraph):
                for one in dict.fromkeys((form, *parts_of.get(at, ()))):
                    where.setdefault(tokens.term(one), []).append(position)
                position += 1
            position += 1  # the gap: the end of one paragraph and the beginning of the next are no phrase
            length += len(paragraph)
        postings = self.postings[field]
        for term, positions in where.items():
            postings.setdefault(term, []).append((number, len(positions), len(self.places)))
            self.places.extend(positions)
        self.lengths[field].append(length)

    def _add_sequence(self, paragraphs: Iterable[Sequence[str]]) -> None:
        numbers, sequence = self._numbers, array("I")
        for paragraph in paragraphs:
            sequence.extend([numbers.setdefault(form, len(numbers)) for form in paragraph])
            sequence.append(ranking.GAP)
        self._sequences.append(sequence)
        terms = {tokens.term(form) for paragraph in paragraphs for form in paragraph}
        self._grams_in.update(set(chain.from_iterable(map(grams, terms))))

    def vocabulary(self) -> bytes:
        """All forms, as Lexicon reads them."""
        names = list(self._numbers)
        sections_with: Counter[int] = Counter()
        for sequence in self._sequences:
            sections_with.update(set(sequence))
        used = self._sections_with_part + Counter({form: sections_with[number] for number, form in enumerate(names)})
        return Vocabulary.pack(used)

    def sequences(self, vocabulary: Vocabulary) -> tuple[array[int], array[int]]:
        """Where each section's sequence begins, and all of them; forms by their number in the lexicon."""
        place = {form: number for number, form in enumerate(vocabulary.forms)}
        renamed = {number: place[form] for form, number in self._numbers.items()} | {ranking.GAP: ranking.GAP}
        starts, whole = array("I"), array("I")
        for sequence in self._sequences:
            starts.append(len(whole))
            whole.extend(map(renamed.__getitem__, sequence))
        starts.append(len(whole))
        return starts, whole

    def gram_sections(self) -> bytes:
        """Lines of gram and the number of sections it stands in."""
        return "\n".join(f"{gram}\t{count}" for gram, count in sorted(self._grams_in.items())).encode()

    def names(self) -> bytes:
        """Lines of a name and another of the same thing, in terms."""
        pairs = {pair for short, full in self.other_names for pair in ((short, full), (full, short))}
        return "\n".join(f"{' '.join(one)}\t{' '.join(other)}" for one, other in sorted(pairs)).encode()


def _role(chapter: Chapter, section: Section, count: int) -> ranking.Role:
    """What a section of so many words is to the reader: a text, an entry of the sources, or mostly links."""
    if chapter.front.kind == "sources":
        return "sources"
    lines = chapter.lines[section.body : section.text_end]
    text = "\n".join(line for line in lines if not re.match(FOOTNOTE_TEXT, line))
    linked = sum(len(tokens.forms(link.words)) for link in links_of(text) if not link.is_picture)
    return "links" if 2 * linked > count and section.level and chapter.front.kind != "glossary" else "text"


_SHORT = late_pattern(r"[A-Z][A-Za-z]{0,3}[A-Z]{1,6}s?$")
_BRACKETS = late_pattern(r"\s*\(([^()]*)\)\s*")


def _short_and_full(names: Iterable[str]) -> list[tuple[Run, Run]]:
    """Pairs of a short name ("NGO", "CoE", "ECtHR") and a full one of two words or more, from one entry's names.

    "Trafficking in human beings (THB)" is both."""
    every = [piece for name in names for piece in (_BRACKETS.sub(" ", name).strip(), *_BRACKETS.findall(name))]
    short = [name.strip() for name in every if _SHORT.match(name.strip())]
    full = [name for name in every if " " in name.strip() and name[:1].isalpha()]
    runs = [tuple(map(tokens.term, tokens.forms(name))) for name in full]
    return [
        ((tokens.term(tokens.forms(name)[0]),), run)
        for name in short
        for run in runs
        if 1 < len(run) <= LONGEST_NAME and tokens.forms(name)
    ]


# What a name is worth, as the number of its occurrences: a title to the letter comes before one whose words
# only have the same stems, a term's own entry before a section that happens to be called so, and that before
# a term of which it is another spelling.
_VARIANT, _TITLE, _TERM, _LETTER = 1, 2, 3, 4
_NUMBERED = late_pattern(r"\s*\d+[.):]\s")


def _names(section: Section, title: Sequence[str]) -> set[str]:
    """What a section is called: its title, and for a numbered one two names more.

    "4. Stop talking" under "Recommendations" is also "Stop talking", and "Recommendations 4": who types
    "recommendation 4" means that."""
    names = [title]
    if _NUMBERED.match(section.title):
        names += [title[1:], [*tokens.forms(section.path[-1]), title[0]]]
    return {ranking.name_of(name) for name in names if name}
