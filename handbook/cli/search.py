"""`handbook search`: passages that answer a query, without a window.

Belongs here: this command's options, and printing an answer. Not here: searching (handbook/search/), several handbooks
(search_all.py)."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.network_languages import LANGUAGES
from handbook.base.system_errors import reason_of
from handbook.cli import content
from handbook.cli.output import say, warn
from handbook.cli.paths import named

if TYPE_CHECKING:
    import argparse

    from handbook.cli.search_all import Every
    from handbook.search.index import Index
    from handbook.search.results import Answer

_MADE = 200_000  # objects after which garbage is looked for: more than a search makes
_LONGEST_LINE = 1024 * 1024  # characters of a line of --queries


def with_words_left_out(arguments: Sequence[str]) -> list[str]:
    """Put a blank before each "-word" of a search, so that argparse takes it for a part of the query.

    argparse takes no argument with a blank in it for an option. Options such as "-h" have one letter only."""
    return [f" {one}" if len(one) > 2 and one[0] == "-" and one[1] not in "-0123456789" else one for one in arguments]


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    search = commands.add_parser("search", help=tr("find passages"), description=tr("Find passages; best first."))
    search.add_argument("query", nargs="*", metavar="QUERY", help=tr("the words to find"))
    search.add_argument(
        "--queries", type=named, metavar="FILE.jsonl", help=tr('many at once: a line {"id", "text"} each')
    )
    search.add_argument("--limit", type=_positive, default=10, metavar="N", help=tr("at most N hits (default 10)"))
    search.add_argument("--json", action="store_true", help=tr("one JSON object a query"))
    search.add_argument("--all", action="store_true", help=tr("in the handbooks of the library too"))
    content.add_option(search)
    search.set_defaults(run=_run)


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text[:9]):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(tr("'{text}' is not a whole number above 0").format(text=text))
    return int(text[:9])


def _run(options: argparse.Namespace) -> int:
    query = " ".join(word[1:] if word.startswith(" -") else word for word in options.query)
    if bool(query) == (options.queries is not None):
        warn(tr("give either a QUERY or --queries FILE"), "handbook search")
        return 2
    # Making a few hundred thousand objects that stay, the collector would look again and again for what is not there.
    gc.set_threshold(_MADE)
    from handbook.base.paths import find_paths
    from handbook.search.index import open_or_build

    handbook = content.load(options.content)
    paths = find_paths(options.content)
    index: Index | Every
    if options.all:
        from handbook.cli.search_all import Every

        index = Every(handbook, paths)
    else:
        index, message = open_or_build(handbook, paths.index, paths.cache)
        if message:
            warn(message)
    try:
        if options.queries is None:
            _print_answer(index.search(query, limit=options.limit), as_json=options.json)
        else:
            _search_many(index, options)
    finally:
        index.close()
    return 0


def _search_many(index: Index | Every, options: argparse.Namespace) -> None:
    try:
        with options.queries.open(encoding="utf-8-sig") as lines:
            for id_, text in _queries(lines, options.queries):
                _print_answer(index.search(text, limit=options.limit), {"id": id_}, as_json=options.json)
    except BrokenPipeError:  # who reads the answers has enough
        raise
    except UnicodeDecodeError as exc:
        raise HandbookError(
            tr("The file '{file}' can't be read: it is not text in UTF-8.").format(file=options.queries)
        ) from exc
    except OSError as exc:
        raise HandbookError(
            tr("The file '{file}' can't be read: {error}.").format(file=options.queries, error=reason_of(exc))
        ) from exc


def _queries(lines: TextIO, name: Path) -> Iterator[tuple[Any, str]]:
    """The id and the text of each line. The id can be any JSON value; the answer repeats it."""
    import json

    # A piece of a longer line is no JSON, so it is refused like one.
    for number, line in enumerate(iter(lambda: lines.readline(_LONGEST_LINE), ""), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            id_, text = item["id"], item["text"]
        except (ValueError, KeyError, TypeError, RecursionError):
            text = None
        if not isinstance(text, str):
            raise HandbookError(
                tr('{name}:{number}: is not a line such as {{"id": 1, "text": "words"}}').format(
                    name=name, number=number
                )
            )
        yield id_, text


def _print_answer(answer: Answer, named: Mapping[str, Any] | None = None, *, as_json: bool) -> None:
    """Print an answer. named: with --queries, the id of the query as {"id": …}, which is put into its answer."""
    named = named or {}
    if as_json:
        import json

        utf8 = (sys.stdout.encoding or "utf-8").lower() in ("utf-8", "utf8") if sys.stdout else True
        say(json.dumps({**named, **_as_table(answer)}, ensure_ascii=not utf8))
        return
    if named:
        say(f"== {named['id']}: {answer.query}")
    for line in _how_understood(answer):
        say(line)
    for hit in answer.hits:
        say(f"{hit.address}\n    {' > '.join((*hit.path, hit.title))}\n    {hit.snippet}")
    if not answer.hits:
        near = ", ".join(answer.nearest)
        say(
            tr("Nothing found. Words of the handbook that look alike: {near}.").format(near=near)
            if near
            else tr("Nothing found.")
        )


def _as_table(answer: Answer) -> dict[str, Any]:
    """An answer for other programs."""
    hits = [
        {
            "address": hit.address,
            "title": hit.title,
            "path": list(hit.path),
            "score": round(hit.score, 6),
            "snippet": hit.snippet,
        }
        for hit in answer.hits
    ]
    found = {"query": answer.query, "ms": round(answer.ms, 3), "suggestion": answer.suggestion, "hits": hits}
    if answer.understood:
        found["understood"] = [
            {"typed": one.typed, "own": one.own, "language": one.language, "english": one.english}
            for one in answer.understood
        ]
    return found


def _how_understood(answer: Answer) -> Iterator[str]:
    """What the query was taken for, where that is another than was typed."""
    for word in answer.understood:
        language = LANGUAGES.get(word.language)
        name = tr(language.name) if language else tr("English")
        text = tr("{own} ({language}): {english}")
        yield text.format(own=word.own, language=name, english=word.english)
        if word.trap:
            yield word.trap
    for one in answer.corrections:
        text = tr('Showing {meant}. For {typed} itself, search "{typed}", with the quotes.')
        yield text.format(meant=one.meant, typed=one.typed)
    if answer.loosened:
        yield tr("Nothing has just these words together; this is what has the words.")
    for sign in answer.idle:
        said = (
            tr("'{sign}' was searched as words: no part or chapter is called so.")
            if sign.startswith("in:")
            else tr("'{sign}' was searched as words: there is nothing else to look for.")
        )
        yield said.format(sign=sign)
    for unknown in answer.missing if answer.hits else ():
        yield tr('No passage has "{word}".').format(word=unknown)
