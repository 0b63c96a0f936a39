"""Rules that say of a file in a wheel or in CPython whether it is shipped, each with its reason.

Belongs here: the form of the lists and how they are matched. Not here: the lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from installers.tools import BuildError

LINUX, WINDOWS = "linux", "windows"


@dataclass(frozen=True)
class Rule:
    """Files that are kept or left, and why; the first rule that matches a file holds.

    patterns: of paths with slashes; `*` also matches a slash."""

    kept: bool
    why: str
    patterns: tuple[str, ...]


def keep(why: str, patterns: str) -> Rule:
    """These files are shipped. patterns: with blanks between them; "a/{b,c}" is short for "a/b a/c"."""
    return Rule(True, why, _each(patterns))


def leave(why: str, patterns: str) -> Rule:
    """These files are left out; patterns as of keep()."""
    return Rule(False, why, _each(patterns))


def _each(patterns: str) -> tuple[str, ...]:
    if found := re.search(r"(\S*)\{(.*?)\}(\S*)", patterns):
        each = " ".join(f"{found[1]}{one}{found[3]}" for one in found[2].split(","))
        return _each(f"{patterns[: found.start()]}{each}{patterns[found.end() :]}")
    return tuple(patterns.split())


def is_on(platform: str, pattern: str) -> bool:
    """Whether a platform has such files: libraries are called .so on Linux, .dll or .pyd on Windows."""
    of_linux, of_windows = re.search(r"\.so(\.|$)", pattern), pattern.endswith((".dll", ".pyd"))
    return not (of_linux if platform == WINDOWS else of_windows)


def choose(what: str, files: Iterable[str], rules: Sequence[Rule], platform: str) -> list[str]:
    """The files that are shipped.

    Raises BuildError for a file that no rule names and for a pattern to keep that names no file: either means
    that `what`, the thing the files are of, has changed and its list has to be looked at."""
    here = [replace(rule, patterns=tuple(one for one in rule.patterns if is_on(platform, one))) for rule in rules]
    unused = {pattern for rule in here if rule.kept for pattern in rule.patterns}
    kept: list[str] = []
    nameless: list[str] = []
    for file in sorted(files):
        matches = ((rule, one) for rule in here for one in rule.patterns if fnmatchcase(file, one))
        rule, pattern = next(matches, (None, ""))
        unused.discard(pattern)
        if rule is None:
            nameless.append(file)
        elif rule.kept:
            kept.append(file)
    if nameless:
        more = f" and {len(nameless) - 3} more" if len(nameless) > 3 else ""
        raise BuildError(f"{what}: no rule says whether to ship {', '.join(nameless[:3])}{more}")
    if unused:
        raise BuildError(f"{what}: has no file such as {', '.join(sorted(unused))}, which a rule keeps")
    return kept
