"""What a footnote says of a source, so that it stands alone on paper: publisher, short title, year.

Belongs here: reading these from an entry of the sources, which begins with who published it. Not here: which note
stands where (walk.py), whether an entry is as it should be (check/facts.py)."""

from __future__ import annotations

import re

from handbook.content.chapter import Section
from handbook.content.handbook import Handbook

_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_SIGNS = re.compile(r"[*_\[\]]")
_SMALL = 4  # letters of a word that need no capital: of, and, for, with
_LONGEST = 80  # letters of a publisher; more is no name
_UNDATED = "without a date"


def of_source(handbook: Handbook, section: Section) -> str:
    """A source as a note cites it; "" for a section that is no entry of the sources."""
    chapter = handbook.chapters[section.address.chapter]
    if chapter.front.kind != "sources" or not section.level:
        return ""
    entry = " ".join(line.strip() for line in chapter.lines[section.body : section.end]).strip()
    entry = _SIGNS.sub("", entry)
    publisher, _, rest = entry.partition(",")
    said, title = rest.partition(". ")[0], section.title
    years = set(_YEAR.findall(said.partition(":")[0])) or set(_YEAR.findall(said))
    dated = years.pop() if len(years) == 1 else _UNDATED if _UNDATED in said else ""
    if _YEAR.search(title):
        dated = ""
    names = [publisher] if _is_name(publisher) and not _names(title, publisher) else []
    return ", ".join((*names, title, *filter(None, [dated])))


def _is_name(words: str) -> bool:
    """Is it the name of a body, and no beginning of a sentence? Then all words but the small ones have capitals."""
    if not 0 < len(words) <= _LONGEST:
        return False
    return all(len(word) <= _SMALL or word[0] == "(" or word[0].isupper() for word in words.split())


def _names(title: str, publisher: str) -> bool:
    """Does a title say who published it? By its name, or by the short form that stands behind it."""
    short = re.search(r"\(([A-Z]{2,})\)", publisher)
    whole = re.sub(r"\s*\(.*\)", "", publisher)
    return whole.casefold() in title.casefold() or (short is not None and short.group(1) in title)
