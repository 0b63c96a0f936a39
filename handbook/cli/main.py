"""The `handbook` command: the window, and what batch work, tests and packaging need without one.

Belongs here: reading arguments, printing answers, exit codes (0 done, 1 a clear line on standard error, 2 bad
usage). Not here: the work itself. Each command imports what it needs when it runs, so that none waits for
the libraries of another."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from handbook.base import bounded, catalogue
from handbook.base.catalogue import ngettext, pgettext, tr
from handbook.base.errors import HandbookError
from handbook.base.network_languages import LANGUAGES
from handbook.cli.paths import named

if TYPE_CHECKING:
    import argparse

    from handbook.cli.search_all import Every
    from handbook.content.handbook import Handbook
    from handbook.search.index import Index
    from handbook.search.results import Answer

_WORKER = "typeset-worker"  # a hidden command: the program starts itself with it to typeset in a process of its own
_ZIM_WORKER = "zim-worker"  # and with this one to write a ZIM file in one
_INDEX_WORKER = "library-index"  # and with this one and a name to make a search index in one
LIBRARY = ("pack", "add", "list", "remove", "new")  # cli/library.py
COMMANDS = ("search", "print", "export", "terms", "check", "index", *LIBRARY)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = _begin_log(arguments)
        told = _begin_to_speak() if arguments not in ([_WORKER], [_ZIM_WORKER]) else ""
        if arguments and arguments[0] in COMMANDS:
            options = _parsed(arguments)
            status = int(options.run(options))
            _say(end="")
            _note("ended with status %d", status)
            return status
        return _open_window(arguments, told)
    except HandbookError as exc:
        _note("failed, which was told", error=exc)
        print(f"handbook: {exc}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the program that read our output has ended (`handbook search x | head`)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as exc:
        _note("failed", error=exc)
        raise


def window() -> int:
    """Open the window. The system's menu starts this: there is no terminal on which to print an error."""
    try:
        arguments = _begin_log(sys.argv[1:])
        return _open_window(arguments, _begin_to_speak() if arguments not in ([_WORKER], [_ZIM_WORKER]) else "")
    except HandbookError as exc:
        from handbook.ui import app

        print(f"handbook: {exc}", file=sys.stderr)
        app.say(str(exc))
        return 1


def _begin_log(arguments: list[str]) -> list[str]:
    """Start the log if the arguments begin with -v or --log FILE; returns the arguments after these."""
    verbose, file = False, None
    while arguments:
        if arguments[0] in ("-v", "--verbose"):
            verbose, arguments = True, arguments[1:]
        elif arguments[0] == "--log" and len(arguments) > 1:
            file, arguments = Path(arguments[1]), arguments[2:]
        elif arguments[0].startswith("--log="):
            file, arguments = Path(arguments[0].removeprefix("--log=")), arguments[1:]
        else:
            break
    if verbose or file is not None:
        _log_to(file, verbose=verbose)
    return arguments


def _begin_to_speak() -> str:
    """Speak the person's language; what is wrong with an office's own translation is a warning, returned too."""
    from handbook.base import spoken
    from handbook.base.paths import find_paths

    paths = find_paths()
    told = spoken.begin(paths.config / spoken.SETTINGS, paths.data)
    if told:
        print(f"handbook: {told}", file=sys.stderr)
    return told


def _log_to(file: Path | None, *, verbose: bool) -> None:
    from handbook.base import log  # with Python's logging: 5 ms that a command without a log does without
    from handbook.base.components import in_one_line

    log.begin(file, verbose=verbose)
    _note("%s", log.Plain(in_one_line()))


def _note(message: str, *values: object, error: Exception | None = None) -> None:
    """Write to the log, if one was started."""
    if "handbook.base.log" in sys.modules:
        import logging

        logging.getLogger(__name__).info(message, *values, exc_info=error)


def _say(text: object = "", end: str = "\n") -> None:
    """Print a line of the answer; without a text, flush the output. Letters that the terminal lacks become escapes.

    Raises BrokenPipeError, or HandbookError when the output can't be written, for example to a full disk."""
    if sys.stdout is None:
        return
    try:
        encoding = sys.stdout.encoding or "utf-8"
        print(str(text).encode(encoding, "backslashreplace").decode(encoding), end=end, flush=not text)
    except OSError as exc:
        # Otherwise Python would try to write the rest at exit, and print the error once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(exc, BrokenPipeError):
            raise
        raise HandbookError(tr("The output can't be written: {error}.").format(error=exc.strerror or exc)) from exc


def _with_words_left_out(arguments: Sequence[str]) -> list[str]:
    """Put a blank before each "-word" of a search, so that argparse takes it for a part of the query.

    argparse takes no argument with a blank in it for an option. Options such as "-h" have one letter only."""
    if arguments[0] != "search":
        return list(arguments)
    return [f" {one}" if len(one) > 2 and one[0] == "-" and one[1] not in "-0123456789" else one for one in arguments]


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a command. Beside words that it does not know its own usage is told, not that of all commands."""
    command = arguments[0]
    commands: dict[str, argparse.ArgumentParser] = {}
    options, unknown = _parser(command, commands).parse_known_args(_with_words_left_out(arguments))
    if unknown:
        commands[command].error(tr("unrecognized arguments: %s") % " ".join(unknown))
    return options


def _parser(command: str = "", made: dict[str, argparse.ArgumentParser] | None = None) -> argparse.ArgumentParser:
    """The parser of a command, or of all of them for "".

    made: takes the parser of each command, by its name.
    Others are not made where that takes their libraries: a search would wait for them longer than for its answer."""
    import argparse

    from handbook.cli import argparse_words

    argparse_words.take_over(argparse)
    parser = argparse.ArgumentParser(prog="handbook", description=tr("An offline field handbook: read, find, print."))
    # For the usage line: before a command it is an argument of the window's, and behind one it is none.
    parser.add_argument("--version", action="version", version="handbook")
    commands = parser.add_subparsers(metavar="COMMAND")

    search = commands.add_parser("search", help=tr("find passages"), description=tr("Find passages; best first."))
    search.add_argument("query", nargs="*", metavar="QUERY", help=tr("the words to find"))
    search.add_argument(
        "--queries", type=named, metavar="FILE.jsonl", help=tr('many at once: a line {"id", "text"} each')
    )
    search.add_argument("--limit", type=_positive, default=10, metavar="N", help=tr("at most N hits (default 10)"))
    search.add_argument("--json", action="store_true", help=tr("one JSON object a query"))
    search.add_argument("--all", action="store_true", help=tr("in the handbooks of the library too"))
    _add_content(search)
    search.set_defaults(run=_search)

    if command in ("", "print"):
        printing = commands.add_parser(
            "print", help=tr("make a PDF"), description=tr("Set sections, or a workshop, as PDF.")
        )
        from handbook.cli import print as print_command

        print_command.add_options(printing)
        _add_content(printing)
        printing.set_defaults(run=_print)

    if command in ("", "export"):
        exporting = commands.add_parser(
            "export",
            help=tr("make files of other programs"),
            description=tr("Write sections, chapters, a workshop or everything in the format of another program."),
        )
        from handbook.cli import export as export_command

        export_command.add_options(exporting)
        _add_content(exporting)
        exporting.set_defaults(run=_export)

    if command in ("", "terms"):
        terms = commands.add_parser(
            "terms",
            help=tr("print the terms in other languages"),
            description=tr("Set the glossary's terms in English and other languages as PDF: a table, or cards."),
        )
        from handbook.cli import terms as terms_command

        terms_command.add_options(terms)
        _add_content(terms)
        terms.set_defaults(run=_terms)

    check = commands.add_parser(
        "check", help=tr("prove the content"), description=tr("Prove the content; list every fault.")
    )
    check.add_argument("folder", nargs="?", type=named, metavar="DIR", help=tr("the content's folder"))
    check.set_defaults(run=_check)

    index = commands.add_parser("index", help=tr("build the search index"), description=tr("Build the search index."))
    index.add_argument("folder", nargs="?", type=named, metavar="DIR", help=tr("the content's folder"))
    index.add_argument(
        "-o", "--output", type=named, metavar="DIR", help=tr("where to (default: index/; for another DIR the cache)")
    )
    index.set_defaults(run=_index)
    if command in ("", *LIBRARY):
        from handbook.cli import library

        library.add_commands(commands, _say)
    if made is not None:
        made.update(commands.choices)
    return parser


def _window_parser() -> argparse.ArgumentParser:
    import argparse

    from handbook.cli import argparse_words

    argparse_words.take_over(argparse)
    parser = argparse.ArgumentParser(
        prog="handbook",
        description=tr("An offline field handbook. Without a command it opens the window, at ADDRESS if one is given."),
        epilog=tr(
            "Commands: search, print, export, terms, check, index, pack, add, list, remove, new; "
            "'handbook COMMAND --help' says more. "
            "-v and --log FILE may stand before a command too."
        ),
    )
    parser.add_argument("-v", "--verbose", action="store_true", help=tr("say on the terminal what is being done"))
    parser.add_argument(
        "--log", type=named, metavar="FILE", help=tr("write what is being done to FILE, none of your words")
    )
    parser.add_argument("address", nargs="?", default="", metavar="ADDRESS", help=tr("chapter or chapter#anchor"))
    parser.add_argument("--version", action="version", version=f"handbook {_version()}")
    _add_content(parser)
    return parser


def _add_content(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content", type=named, metavar="DIR", help=tr("another handbook, or any folder of Markdown files")
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text[:9]):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(tr("'{text}' is not a whole number above 0").format(text=text))
    return int(text[:9])


def _version() -> str:
    from handbook.base.components import version

    return version()


def _open_window(arguments: Sequence[str], told: str = "") -> int:
    if list(arguments) == [_WORKER]:  # also here, as the installed program starts itself and has no console
        from handbook.base import spoken
        from handbook.printing.typeset import process_main

        catalogue.use(catalogue.of(os.environ.get(spoken.VARIABLE, "en")))
        return process_main.serve()
    if list(arguments) == [_ZIM_WORKER]:
        from handbook.export.zim import process_main as zim_main

        return zim_main.serve()
    if len(arguments) == 2 and arguments[0] == _INDEX_WORKER:
        from handbook.library import index_process

        return index_process.serve(arguments[1])
    address, folder = "", None
    if len(arguments) == 1 and not arguments[0].startswith("-"):
        address = arguments[0]  # the usual starts save the 12 ms of argparse
    elif arguments:
        options = _window_parser().parse_args(arguments)
        address, folder = options.address, options.content
        if options.verbose or options.log:
            _log_to(options.log, verbose=options.verbose)
    from handbook.base.paths import find_paths
    from handbook.ui import app

    return app.run(find_paths(folder), address, told)


def _load(folder: Path | None, *, translated: bool = True) -> Handbook:
    """Load the handbook in a folder, or the program's own; faults in its files are printed as warnings.

    translated: with chapters in the person's language, where there are some."""
    from handbook.base.paths import LIBRARY, find_paths
    from handbook.content import kept_texts
    from handbook.content.loading import load
    from handbook.content.translation import of_program

    paths = find_paths(folder)
    translation = of_program(paths, catalogue.language()) if translated else None
    handbook = load(paths.content, translation, kept=kept_texts.of_program(paths))
    if folder is None and bounded.is_folder(paths.data / LIBRARY):
        from handbook.library.shelf import Library

        handbook = replace(handbook, others=Library(paths.data).others(lambda: handbook))
    if handbook.faults:
        others = len(handbook.faults) - 1
        said = (
            ngettext(
                "{fault} and {n} more; 'handbook check' lists all",
                "{fault} and {n} more; 'handbook check' lists all",
                others,
            )
            if others
            else tr("{fault}; 'handbook check' lists all")
        )
        print(f"handbook: {said.format(fault=handbook.faults[0], n=others)}", file=sys.stderr)
    return handbook


# -- search ---------------------------------------------------------------------------------------------------


def _search(options: argparse.Namespace) -> int:
    query = " ".join(word[1:] if word.startswith(" -") else word for word in options.query)
    if bool(query) == (options.queries is not None):
        print("handbook search: " + tr("give either a QUERY or --queries FILE"), file=sys.stderr)
        return 2
    from handbook.base.paths import find_paths
    from handbook.search.index import open_or_build

    handbook = _load(options.content)
    paths = find_paths(options.content)
    index: Index | Every
    if options.all:
        from handbook.cli.search_all import Every

        index = Every(handbook, paths)
    else:
        index, message = open_or_build(handbook, paths.index, paths.cache)
        if message:
            print(f"handbook: {message}", file=sys.stderr)
    try:
        if options.queries is None:
            _print_answer(index.search(query, limit=options.limit), as_json=options.json)
        else:
            _search_many(index, options)
    finally:
        index.close()
    return 0


_LONGEST_LINE = 1024 * 1024  # characters of a line of --queries


def _search_many(index: Index | Every, options: argparse.Namespace) -> None:
    try:
        with options.queries.open(encoding="utf-8-sig") as lines:
            for id_, text in _queries(lines, options.queries):
                _print_answer(index.search(text, limit=options.limit), {"id": id_}, as_json=options.json)
    except UnicodeDecodeError as exc:
        raise HandbookError(
            tr("The file '{file}' can't be read: it is not text in UTF-8.").format(file=options.queries)
        ) from exc
    except OSError as exc:
        raise HandbookError(
            tr("The file '{file}' can't be read: {error}.").format(file=options.queries, error=exc.strerror or exc)
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
        found = {
            "query": answer.query,
            "ms": round(answer.ms, 3),
            "suggestion": answer.suggestion,
            "hits": hits,
        }
        if answer.understood:
            found["understood"] = [
                {"typed": one.typed, "own": one.own, "language": one.language, "english": one.english}
                for one in answer.understood
            ]
        utf8 = (sys.stdout.encoding or "utf-8").lower() in ("utf-8", "utf8") if sys.stdout else True
        _say(json.dumps({**named, **found}, ensure_ascii=not utf8))
        return
    if named:
        _say(f"== {named['id']}: {answer.query}")
    for word in answer.understood:
        language = LANGUAGES.get(word.language)
        name = tr(language.name) if language else tr("English")
        text = tr("{own} ({language}): {english}")
        _say(text.format(own=word.own, language=name, english=word.english))
        if word.trap:
            _say(word.trap)
    for one in answer.corrections:
        _say(
            tr('Showing {meant}. For {typed} itself, search "{typed}", with the quotes.').format(
                meant=one.meant, typed=one.typed
            )
        )
    if answer.loosened:
        _say(tr("Nothing has just these words together; this is what has the words."))
    for sign in answer.idle:
        said = (
            tr("'{sign}' was searched as words: no part or chapter is called so.")
            if sign.startswith("in:")
            else tr("'{sign}' was searched as words: there is nothing else to look for.")
        )
        _say(said.format(sign=sign))
    for unknown in answer.missing if answer.hits else ():
        _say(tr('No passage has "{word}".').format(word=unknown))
    for hit in answer.hits:
        _say(f"{hit.address}\n    {' > '.join((*hit.path, hit.title))}\n    {hit.snippet}")
    if not answer.hits:
        near = ", ".join(answer.nearest)
        _say(
            tr("Nothing found. Words of the handbook that look alike: {near}.").format(near=near)
            if near
            else tr("Nothing found.")
        )


def _terms(options: argparse.Namespace) -> int:
    from handbook.cli import terms as terms_command

    return terms_command.run(options, _load, _say)


# -- print ----------------------------------------------------------------------------------------------------


def _print(options: argparse.Namespace) -> int:
    from handbook.cli import print as print_command

    return print_command.run(options, _load, _say)


# -- export ---------------------------------------------------------------------------------------------------


def _export(options: argparse.Namespace) -> int:
    from handbook.cli import export as export_command

    return export_command.run(options, _load, _say)


# -- check and index ------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from handbook import check
    from handbook.base.paths import find_paths
    from handbook.content import translation
    from handbook.content.loading import load

    paths = find_paths()
    handbook = load(options.folder or paths.content)
    faults = check.check(handbook)
    for fault in faults:
        _say(fault)
    for language in () if options.folder else translation.languages(paths.content):
        translated = check.check_translated(load(paths.content, translation.find(language, paths.content, paths.data)))
        faults += translated
        for fault in translated:
            _say(f"{language}: {fault}")
    for sentence in check.resting(handbook):
        _say(sentence)
    if check.is_english(handbook):
        _print_readability(handbook)
    chapters = handbook.chapters.values()
    sections = sum(1 for _ in handbook.sections)
    words = sum(len(chapter.text(section).split()) for chapter in chapters for section in chapter.sections)
    counted = (
        _counted(ngettext("{n} chapter", "{n} chapters", len(chapters)), len(chapters)),
        _counted(ngettext("{n} section", "{n} sections", sections), sections),
        _counted(ngettext("{n} word", "{n} words", words), words),
    )
    found = _counted(ngettext("{n} fault", "{n} faults", len(faults)), len(faults)) if faults else tr("no fault")
    _say(f"{', '.join(counted)}: {found}")
    return 1 if faults else 0


def _counted(form: str, n: int) -> str:
    return form.format(n=n)


def _print_readability(handbook: Handbook) -> None:
    """Print the reading ease of each chapter, if handbook.toml asks for it and the package textstat is installed."""
    from handbook.check import readability

    if not any(part.readable for part in handbook.parts):
        return
    try:
        measured = list(readability.measure(handbook))
    except ImportError:
        _say(tr("reading ease: not measured, textstat is not installed"))
        return
    # Translators: the heads of three columns of numbers, of 6, 10 and 5 letters, and of one of names
    heads = (
        pgettext("head of a column", "words"),
        pgettext("head of a column", "a sentence"),
        pgettext("head of a column", "ease"),
        tr("reading ease, chapter by chapter"),
    )
    _say("{:>6} {:>10} {:>5}  {}".format(*heads))
    for one in measured:
        _say(f"{one.words:6} {one.mean:10.1f} {one.ease:5.0f}  {one.chapter}")
    running = sum(one.running for one in measured)
    _say(
        ngettext("{n:6} running word in whole sentences", "{n:6} running words in whole sentences", running).format(
            n=running
        )
    )
    for one in measured:
        for sentence in one.long:
            _say(
                tr("{chapter}: a sentence of over {longest} words: {sentence}").format(
                    chapter=one.chapter, longest=readability.LONGEST, sentence=sentence
                )
            )


def _index(options: argparse.Namespace) -> int:
    from handbook.base.paths import find_paths
    from handbook.content import kept_texts, parse_cache
    from handbook.search.index import build_index, cache_folder
    from handbook.workshop import ready

    handbook = _load(options.folder, translated=False)
    paths = find_paths()
    # The index of another handbook goes into the cache folder, where opening it looks for it. It must never replace
    # the index of the program's own texts.
    own = cache_folder(paths.cache, handbook) if options.folder else paths.index
    folder = options.output or own
    build_index(handbook, folder)
    parse_cache.write(handbook, folder)
    if not options.folder:
        kept_texts.write(paths.content, folder)
        ready.write(paths.content, folder)
    n = sum(1 for _ in handbook.sections)
    _say(ngettext("{n} section: {folder}", "{n} sections: {folder}", n).format(n=n, folder=folder))
    return 0
