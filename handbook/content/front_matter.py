"""Reading the front matter of a chapter: TOML between +++ above its text or, in texts of others, YAML or JSON.

Belongs here: reading it, with a sentence for every fault. Not here: what the values mean (metadata.py).

Of YAML the title, the order, the language and the kind are taken and nothing else: its keys are those of another
program. So no YAML parser is needed, and no anchor or alias can make a text grow without end. A title is a text on one
line, plain or in quotes, or one folded over lines that are indented; whatever else it may be is told."""

from __future__ import annotations

import json
import re
import reprlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from handbook.base.catalogue import tr
from handbook.base.thousands import Number
from handbook.base.toml_text import BadToml, Toml, is_table
from handbook.content.metadata import AUDIENCES, KINDS, FrontMatter, Material

Report = Callable[[int, str], None]  # line in the file, from 1 (0 is the whole file); what is wrong there
LONGEST = 1000  # lines of front matter
_KNOWN = FrontMatter._fields
_LONGEST_TITLE = 1000  # letters, of one of the materials too
_MOST_MATERIALS = 200


def read(lines: Sequence[str], report: Report, *, foreign: bool = False) -> tuple[FrontMatter, int]:
    """The front matter of a file's lines, and how many lines it takes.

    foreign: it may be that of another program, whose keys are no faults."""
    opening = lines[0].rstrip() if lines else ""
    if opening == "+++":
        return _in_toml(lines, report, foreign=foreign)
    if opening == "---":
        return _in_yaml(lines, report)
    if foreign and opening in ("{", ";;;"):
        return _in_json(lines)
    return FrontMatter(), 0


def _in_json(lines: Sequence[str]) -> tuple[FrontMatter, int]:
    """What stands in braces at the top, as Hugo has it, or between two lines of ;;;; a text if it is no JSON."""
    between = lines[0].rstrip() == ";;;"
    end = ";;;" if between else "}"
    stop = next((number for number, line in enumerate(lines[1:LONGEST], 1) if line.rstrip() == end), None)
    if stop is None:
        return FrontMatter(), 0
    found = _of_json(lines[1:stop] if between else lines[: stop + 1])
    return (found, stop + 1) if found is not None else (FrontMatter(), 0)


def _of_json(lines: Sequence[str]) -> FrontMatter | None:
    """What an object of JSON says; None where the lines are none."""
    try:
        values = json.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None
    return _of_values(values) if isinstance(values, dict) else None


def _of_values(values: Mapping[str, object]) -> FrontMatter:
    """Title and order of the keys of another program."""
    title, order = values.get("title"), next((values[key] for key in _OTHERS_ORDER if key in values), 0)
    return FrontMatter(
        title=" ".join(title.split()) if isinstance(title, str) and len(title) <= _LONGEST_TITLE else "",
        order=order if isinstance(order, int) and not isinstance(order, bool) and 0 < order < 10**6 else 0,
    )


# -- YAML ---------------------------------------------------------------------------------------------------

_KEY = re.compile(r"(?:<<|[\w$.-][\w$. /-]{0,98}|\"[^\"]{1,100}\"|'[^']{1,100}')[ \t]*+:(?:[ \t]|$)")
_TITLE = re.compile(r"(?:title|\"title\"|'title')[ \t]*+:(?:[ \t]++|$)", re.IGNORECASE)
_ALIAS = re.compile(r"[ \t-]*+(?:[^\s:]{1,100}:[ \t]++)?(?:[\[{][^#\n]{0,500}?)?[&*]\w")


def _in_yaml(lines: Sequence[str], report: Report) -> tuple[FrontMatter, int]:
    """What stands between two lines of ---; without a key in it they are rules, and all of it is text."""
    stop = next((number for number, line in enumerate(lines[1:LONGEST], 1) if line.rstrip() in ("---", "...")), None)
    if stop is not None and not any(line.strip() for line in lines[1:stop]):
        return FrontMatter(), stop + 1  # Jekyll asks for the two lines, and for nothing between them
    first = next((line for line in lines[1:LONGEST] if line.strip() and line[0] != "#"), "")
    if first.strip()[:1] == "{" and stop is not None and (found := _of_json(lines[1:stop])) is not None:
        return found, stop + 1
    margin = first[: len(first) - len(first.lstrip(" "))]
    if margin and stop is not None:  # all keys may be indented
        lines = [line.removeprefix(margin) for line in lines[:stop]] + list(lines[stop:])
        first = first.removeprefix(margin)
    if not _KEY.match(first):
        return FrontMatter(), 0
    if stop is None:
        report(
            1,
            tr("front matter is opened by --- and not closed within {longest:,} lines: it is read as text").format(
                longest=Number(LONGEST)
            ),
        )
        return FrontMatter(), 0
    others = _others_keys(lines[1:stop])
    at = next((number for number in range(1, stop) if _TITLE.match(lines[number])), None)
    aliased = next((number for number in range(1, stop) if _ALIAS.match(lines[number])), None)
    if aliased is not None:
        report(
            aliased + 1, tr("front matter has anchors or aliases (& or *): they are not followed, nothing is repeated")
        )
    if at is None:
        return others, stop + 1
    title = _yaml_text(lines[at:stop])
    if title is None:
        report(at + 1, tr("the title in the front matter is no text on one line or in quotes: it was left out"))
    return others._replace(title=title or ""), stop + 1


# What the order of a file is called by MkDocs' plug-ins, Hugo, Just the Docs and Docusaurus; and its language.
_ORDER = re.compile(r"(?:order|weight|nav_order|sidebar_position|position)[ \t]*+:[ \t]++([0-9]{1,6})[ \t]*+(?:#|$)")
_LANGUAGE = re.compile(
    r"(?:lang|language|locale)[ \t]*+:[ \t]++[\"']?([A-Za-z]{2,3})(?:[-_][\w-]{1,10})?[\"']?[ \t]*+(?:#|$)"
)
_KIND = re.compile(r"kind[ \t]*+:[ \t]++[\"']?([a-z-]{1,20})[\"']?[ \t]*+(?:#|$)")


def _others_keys(lines: Sequence[str]) -> FrontMatter:
    """Order, language and kind, each a value on one line; any other is left alone."""
    found: dict[str, str] = {}
    for line in lines:
        for key, pattern in (("order", _ORDER), ("language", _LANGUAGE), ("kind", _KIND)):
            match = pattern.match(line)
            if match:
                found.setdefault(key, match.group(1))
    kind = found.get("kind", "text")
    return FrontMatter(
        order=int(found.get("order", "0")),
        language=found.get("language", "").lower(),
        kind=kind if kind in KINDS and kind != "statement" else "text",
    )


def _yaml_text(lines: Sequence[str]) -> str | None:
    """The text that a key's lines give it; None if it is none that is read here."""
    value = lines[0].partition(":")[2].strip()
    more: list[str] = []
    for line in lines[1:]:
        if line.strip() and line[0] not in " \t":
            break
        more.append(line.strip())
    if not value and more and next(filter(None, more), "").startswith(("- ", "? ")):
        return None  # a list
    if value[:1] in (">", "|") and len(value) < 4:
        value = ""
    elif value[:1] not in ("'", '"') and " #" in value:
        value = value.partition(" #")[0].rstrip()
    text = " ".join((value, *filter(None, more))).strip()
    if text in ("~", "null"):
        return ""
    if len(text) > _LONGEST_TITLE:
        return None
    return _unquoted(text)


def _unquoted(text: str) -> str | None:
    quote = text[:1]
    if quote == "'":
        found = re.match(r"'((?:[^']|'')*+)'[ \t]*+(?:#|$)", text)
        return found.group(1).replace("''", "'") if found else None
    if quote == '"':
        found = re.match(r'("(?:[^"\\]|\\.)*+")[ \t]*+(?:#|$)', text)
        try:
            value = json.loads(found.group(1)) if found else None
        except ValueError:  # an escape that only YAML has
            return None
        return value if isinstance(value, str) else None
    return None if quote in ("&", "*", "!", "{", "[", "%", "@", "`", "|", ">") else text


# -- TOML ---------------------------------------------------------------------------------------------------


# Keys by which front matter in TOML is that of Hugo or Zola; without one of them it is ours, and a wrong key a fault.
_HUGO = frozenset(
    [
        "aliases",
        "author",
        "authors",
        "categories",
        "date",
        "description",
        "draft",
        "extra",
        "keywords",
        "lastmod",
        "layout",
        "menu",
        "params",
        "path",
        "publishDate",
        "slug",
        "tags",
        "taxonomies",
        "template",
        "toc",
        "type",
        "url",
        "weight",
    ]
)
_OTHERS_ORDER = ("weight", "nav_order", "sidebar_position")


def _in_toml(lines: Sequence[str], report: Report, *, foreign: bool) -> tuple[FrontMatter, int]:
    stop = next((number for number in range(1, len(lines)) if lines[number].rstrip() == "+++"), None)
    if stop is None:
        report(1, tr("front matter is opened by +++ and never closed"))
        return FrontMatter(), 1
    try:
        toml = Toml("\n".join(lines[1:stop]))
    except BadToml as exc:
        report(exc.line + 1, tr("front matter is not valid TOML, so it was left out: {error}").format(error=exc))
        return FrontMatter(), stop + 1
    values: dict[str, Any] = {}
    foreign = foreign and not _HUGO.isdisjoint(toml.table)
    for key, value in toml.table.items():
        if foreign and (key not in _KNOWN or _front_problem(key, value)):
            if key in _OTHERS_ORDER and not _front_problem("order", value):
                values["order"] = value
            continue
        problem = _front_problem(key, value)
        if problem:
            report(toml.line(key) + 1, problem)
        else:
            values[key] = tuple(_material(one) for one in value) if key == "materials" else value
    if "title" in values:
        values["title"] = " ".join(values["title"].split())
    return FrontMatter(**values), stop + 1


def _front_problem(key: str, value: object) -> str:
    """Why a key of the front matter can't be taken, or "" when it can."""
    if key not in _KNOWN:
        known = ", ".join(_KNOWN)
        return tr("unknown key '{key}' in the front matter (known: {known})").format(key=key, known=known)
    if key == "kind" and value not in KINDS:
        return tr("'kind' must be one of {names}").format(names=", ".join(KINDS))
    if key == "audience" and value not in AUDIENCES:
        return tr("'audience' must be one of {names}").format(names=", ".join(AUDIENCES))
    if key in ("title", "kind", "group_size", "audience", "source", "language"):
        fits = isinstance(value, str) and len(value) <= _LONGEST_TITLE
        return (
            ""
            if fits
            else tr("'{key}' must be text in quotes, {longest:,} letters at most").format(
                key=key, longest=Number(_LONGEST_TITLE)
            )
        )
    if key == "materials":
        if not isinstance(value, list) or len(value) > _MOST_MATERIALS:
            return tr(
                "'materials' must be a list of texts in quotes, or of tables with item, per and number, {most} at most"
            ).format(most=_MOST_MATERIALS)
        return next((found for found in map(_material, value) if isinstance(found, str)), "")
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        return tr("'{key}' must be a whole number above 0").format(key=key)
    return tr("'level' must be 1, 2 or 3") if key == "level" and value > 3 else ""


_PER = re.compile(r"group of ([1-9][0-9]{0,2})")
_PEOPLE = {"one": 0, "each": 1, "pair": 2}  # that share what is counted `per` one of these


def _material(value: object) -> Material | str:
    """One of the materials, or why it can't be taken."""
    if isinstance(value, str) and len(value) <= _LONGEST_TITLE:
        return Material(value)
    if (
        not is_table(value, {"item": str, "per": str, "number": int})
        or not 0 < len(value.get("item", "")) <= _LONGEST_TITLE
    ):
        return tr("one of the 'materials' is no text in quotes, nor a table with item, per and number: {value}").format(
            value=reprlib.repr(value)
        )
    item, per, number = value["item"], value.get("per", "one"), value.get("number", 1)
    group = _PER.fullmatch(per)
    people = int(group.group(1)) if group else _PEOPLE.get(per)
    if people is None:
        return tr("'per' of '{item}' must be each, pair, group of a number, or one").format(item=item)
    if isinstance(number, bool) or number < 1:
        return tr("'number' of '{item}' must be a whole number above 0").format(item=item)
    return Material(item, people, number)
