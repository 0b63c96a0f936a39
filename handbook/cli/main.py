"""The `handbook` command: the window, and what batch work, tests and packaging need without one.

Belongs here: which command is meant, the log, exit codes (0 done, 1 a clear line on standard error, 2 bad usage). Not
here: a command's options and its answer (the module of its name). Each command imports what it needs when it runs, so
that none waits for the libraries of another."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.base import catalogue
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.cli.output import say, warn
from handbook.cli.paths import named

if TYPE_CHECKING:
    import argparse


_WORKER = "typeset-worker"  # a hidden command: the program starts itself with it to typeset in a process of its own
_ZIM_WORKER = "zim-worker"  # and with this one to write a ZIM file in one
_INDEX_WORKER = "library-index"  # and with this one and a name to make a search index in one
_CHECK_WORKER = "check-worker"  # and with this one and a folder to check that in one
LIBRARY = ("pack", "add", "list", "remove", "new")  # cli/library.py
COMMANDS = ("search", "print", "export", "terms", "check", "index", *LIBRARY)
# Where one of these stands among the arguments, behind `--log FILE` too, no window is wanted.
_WORKERS = frozenset((_WORKER, _ZIM_WORKER, _INDEX_WORKER, _CHECK_WORKER))
WITHOUT_WINDOW = _WORKERS.union(COMMANDS)
_FOLDER_FIRST = ("check", "index", "pack")  # commands whose first argument is the folder that --content names elsewhere


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = _command_first(_begin_log(arguments))
        told = _begin_to_speak() if arguments not in ([_WORKER], [_ZIM_WORKER]) else ""
        if arguments and arguments[0] in COMMANDS:
            options = _parsed(arguments)
            status = int(options.run(options))
            say(end="")
            _note("ended with status %d", status)
            return status
        return _open_window(arguments, told)
    except HandbookError as exc:
        _note("failed, which was told", error=exc)
        warn(exc)
        if WITHOUT_WINDOW.isdisjoint(arguments):  # the window was wanted, perhaps by a double click
            from handbook.ui import app

            app.say(str(exc))
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
        warn(exc)
        if _WORKERS.isdisjoint(sys.argv[1:]):
            from handbook.ui import app

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
        _log_to(file, verbose=verbose, command=next((one for one in COMMANDS if one in arguments[:1]), "window"))
    return arguments


def _command_first(arguments: list[str]) -> list[str]:
    """The arguments with the command before `--content DIR`, which people also write in front of it."""
    match arguments:
        case ["--content", folder, command, *rest] if command in COMMANDS:
            pass
        case [option, command, *rest] if option.startswith("--content=") and command in COMMANDS:
            folder = option.removeprefix("--content=")
        case _:
            return arguments
    return [command, folder if command in _FOLDER_FIRST else f"--content={folder}", *rest]


def _begin_to_speak() -> str:
    """Speak the person's language; what is wrong with an office's own translation is a warning, returned too."""
    from handbook.base import spoken
    from handbook.base.paths import find_paths

    paths = find_paths()
    told = spoken.begin(paths.config / spoken.SETTINGS, paths.data)
    if told:
        warn(told)
    return told


def _log_to(file: Path | None, *, verbose: bool, command: str) -> None:
    from handbook.base import log  # with Python's logging: 5 ms that a command without a log does without
    from handbook.base.components import in_one_line

    log.begin(file, verbose=verbose)
    _note("%s: %s", log.Plain(in_one_line()), log.Plain(command))


def _note(message: str, *values: object, error: Exception | None = None) -> None:
    """Write to the log, if one was started."""
    if "handbook.base.log" in sys.modules:
        import logging

        logging.getLogger(__name__).info(message, *values, exc_info=error)


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a command. Beside words that it does not know its own usage is told, not that of all commands."""
    command = arguments[0]
    commands: dict[str, argparse.ArgumentParser] = {}
    parser = _parser(command, commands)
    if command == "search":
        from handbook.cli.search import with_words_left_out

        arguments = with_words_left_out(arguments)
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        commands[command].error(tr("unrecognized arguments: %s") % " ".join(unknown))
    return options


def _parser(command: str = "", made: dict[str, argparse.ArgumentParser] | None = None) -> argparse.ArgumentParser:
    """The parser of a command, or of all of them for "".

    made: takes the parser of each command, by its name.
    Others are not made, as that takes their libraries: a search would wait for them longer than for its answer."""
    import argparse

    from handbook.cli import argparse_words

    argparse_words.take_over(argparse)
    parser = argparse.ArgumentParser(prog="handbook", description=tr("An offline field handbook: read, find, print."))
    # For the usage line: before a command it is an argument of the window's, and behind one it is none.
    parser.add_argument("--version", action="version", version="handbook")
    commands = parser.add_subparsers(metavar="COMMAND")
    if command in ("", "search"):
        from handbook.cli import search

        search.add_command(commands)
    if command in ("", "print"):
        from handbook.cli import print as print_command

        print_command.add_command(commands)
    if command in ("", "export"):
        from handbook.cli import export

        export.add_command(commands)
    if command in ("", "terms"):
        from handbook.cli import terms

        terms.add_command(commands)
    if command in ("", "check"):
        from handbook.cli import check

        check.add_command(commands)
    if command in ("", "index"):
        from handbook.cli import index

        index.add_command(commands)
    if command in ("", *LIBRARY):
        from handbook.cli import library

        library.add_commands(commands)
    if made is not None:
        made.update(commands.choices)
    return parser


def _window_parser() -> argparse.ArgumentParser:
    import argparse

    from handbook.cli import argparse_words, content

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
    content.add_option(parser)
    return parser


def _parsed_for_window(arguments: Sequence[str]) -> argparse.Namespace:
    parser = _window_parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        command = next((one for one in arguments if one in COMMANDS), "")
        if command:  # with options of its own before it
            parser.error(
                tr("Write the command first, and its options behind it: handbook {command} …").format(command=command)
            )
        parser.error(tr("unrecognized arguments: %s") % " ".join(unknown))
    return options


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
    if len(arguments) == 2 and arguments[0] == _CHECK_WORKER:
        from handbook.check import process_main as check_main

        return check_main.serve(Path(arguments[1]))
    address, folder = "", None
    if len(arguments) == 1 and not arguments[0].startswith("-"):
        address = arguments[0]  # the usual starts save the 12 ms of argparse
    elif arguments:
        options = _parsed_for_window(arguments)
        address, folder = options.address, options.content
        if options.verbose or options.log:
            _log_to(options.log, verbose=options.verbose, command="window")
    from handbook.base.paths import find_paths
    from handbook.ui import app

    return app.run(find_paths(folder), address, told)


# -- search ---------------------------------------------------------------------------------------------------
