"""Where a link leads by the rules of the programs that other people write their Markdown for.

Belongs here: which file the path of a link names, as on GitHub and in MkDocs; the anchors that GitHub and
Python-Markdown make from headings. Not here: our own anchors (chapter.py), finding links in a text (headings.py)."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from handbook.content.headings import slug

SUFFIXES = (".md", ".markdown")
_PAGES = (".html", ".htm")  # what MkDocs and others make of a Markdown file
INDEXES = ("index", "readme", "_index")  # the file that stands for its folder
_LONGEST = 4000  # letters of a path


def unquoted(text: str) -> str:
    """The text with the letters that `%20` and the like stand for. Where there are none it is itself, as at a start."""
    if "%" not in text:
        return text
    from urllib.parse import unquote  # with two modules more, a hundredth of a start

    return unquote(text)


Rule = Literal["ours", "github", "mkdocs"]  # in whose manner a handbook's headings get anchors


class Files:
    """The Markdown files of a handbook and the chapters that they are.

    ids:    the name of each file below the folder, with "/", and its chapter's id.
    prefix: begins the ids of all chapters of a handbook in the library; links in it do without.
    rule:   by which headings get their anchors."""

    def __init__(self, ids: Mapping[str, str] = MappingProxyType({}), prefix: str = "", rule: Rule = "ours") -> None:
        self._ids, self.prefix, self.rule = ids, prefix, rule

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        """Chapters by the name of their file, however its capitals and accents are written.

        Where names differ in nothing else, only the exact name is taken."""
        found: dict[str, str] = {}
        twice: set[str] = set()
        for name, id_ in self._ids.items():
            key = alike(name)
            if found.setdefault(key, id_) != id_:
                twice.add(key)
        return {key: id_ for key, id_ in found.items() if key not in twice} | {
            _exact(name): id_ for name, id_ in self._ids.items()
        }

    @cached_property
    def _chapters(self) -> frozenset[str]:
        return frozenset(self._ids.values())

    def chapter(self, path: str, file: str) -> str | None:
        """The chapter that the path of a link in a file names: None where there is no such file.

        A name alone, without a folder and a suffix, may also be the id of a chapter anywhere."""
        if len(path) > _LONGEST:
            return None
        plain = unquoted(path)
        folders = [posixpath.dirname(file)]
        if self.rule != "ours" and not path.startswith("/") and not path.lower().endswith(SUFFIXES):
            folders.append(posixpath.splitext(file)[0])  # where the page stands on a web site: "page/"
        for folder in folders:
            for written in dict.fromkeys((plain, plain.partition("?")[0], path)):
                for name in _names(written, folder):
                    found = self._by_key.get(_exact(name)) or self._by_key.get(alike(name))
                    if found is not None:
                        return found
        named = (self.prefix + name for name in (path, plain) if is_name(name))
        return next((name for name in named if name in self._chapters), None)

    def renamed(self, path: str) -> str:
        """What the id of a file's chapter would be, where no chapter has it: it may be an old one of the manifest's."""
        stem = posixpath.splitext(unquoted(path))[0]
        return self.prefix + (path if self.prefix + stem in self._chapters else stem)


def is_name(path: str) -> bool:
    """Is a path a name alone, without a folder and without the suffix of a file of Markdown?"""
    return "/" not in path and not path.lower().endswith((*SUFFIXES, *_PAGES))


def _exact(name: str) -> str:
    return f"={name}"


def alike(name: str) -> str:
    """The same for names that Windows and macOS take for one: only capitals differ, or how accents are written."""
    return unicodedata.normalize("NFC", name).casefold()


def _names(path: str, folder: str) -> Iterator[str]:
    """The names of files that a path may mean, seen from a folder; the likeliest first."""
    whole = posixpath.normpath(path[1:] if path.startswith("/") else posixpath.join(folder, path))
    if whole == ".." or whole.startswith("../"):
        return
    whole = "" if whole == "." else whole
    at_folder = [posixpath.join(whole, index + suffix) for index in INDEXES for suffix in SUFFIXES]
    if path.endswith("/") or not whole:
        yield from at_folder
    if not whole:
        return
    yield whole
    page = next((whole[: -len(end)] for end in _PAGES if whole.lower().endswith(end)), None)
    yield from ((whole if page is None else page) + suffix for suffix in SUFFIXES)
    yield from at_folder
    if page is not None and posixpath.basename(page).lower() == "index":  # the page of a file, in a folder of its name
        above = posixpath.dirname(page)
        yield from (above + suffix for suffix in SUFFIXES)
        yield from (posixpath.join(above, "readme") + suffix for suffix in SUFFIXES)


# -- Anchors ------------------------------------------------------------------------------------------------


def others_anchors(titles: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Anchors that GitHub, then Python-Markdown, then we give to headings with these words: (heading's number, anchor).

    The titles are all of a file, in order, as all count those that are alike."""
    titles = list(titles)
    yield from enumerate(_githubs(titles))
    yield from enumerate(_python_markdowns(titles))
    yield from enumerate(_ours(titles))


def anchors_by(rule: Rule, titles: Sequence[str]) -> list[str]:
    """The anchor of each of a file's headings by the rule of another program; "" where it has no word in it.

    An author means that one by a link: `#example-2` is the third heading of the name on GitHub, and not the second."""
    if rule == "github":
        return list(_githubs(titles))
    if rule == "mkdocs":
        return ["" if re.fullmatch("_[0-9]+", name) else name for name in _python_markdowns(titles)]
    return [""] * len(titles)


def free_name(name: str, taken: set[str], numbers: dict[str, int]) -> str:
    """A name that is not taken yet, and is from now on: with a number added if need be.

    numbers: the last number added to each name, as thousands of headings may have the same."""
    number, candidate = numbers.get(name, 2), name
    while candidate in taken:
        candidate, number = f"{name}-{number}", number + 1
    numbers[name] = number
    taken.add(candidate)
    return candidate


def _ours(titles: Iterable[str]) -> Iterator[str]:
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for title in titles:
        yield free_name(slug(title), taken, numbers)


def _githubs(titles: Iterable[str]) -> Iterator[str]:
    taken: dict[str, int] = {}
    for title in titles:
        first = "".join(filter(_is_kept, title.strip().lower())).replace(" ", "-")
        name, number = first, taken.get(first, 0)
        while name in taken:
            number += 1
            name = f"{first}-{number}"
        taken[first] = number
        taken[name] = taken.get(name, 0)
        yield name


def _is_kept(letter: str) -> bool:
    return letter.isalnum() or letter in "_- " or unicodedata.category(letter).startswith("M")


def _python_markdowns(titles: Iterable[str]) -> Iterator[str]:
    """As markdown.extensions.toc makes them: slugify() and unique()."""
    taken: set[str] = set()
    numbers: dict[str, int] = {}  # the last number given behind a name, as thousands of headings may be alike
    for title in titles:
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
        name = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
        if name in taken or not name:
            numbered = re.fullmatch(r"(.*)_([0-9]{1,9})", name)
            stem, number = (numbered.group(1), int(numbered.group(2))) if numbered else (name, 0)
            number = max(number, numbers.get(stem, 0)) + 1
            while f"{stem}_{number}" in taken:
                number += 1
            numbers[stem] = number
            name = f"{stem}_{number}"
        taken.add(name)
        yield name
