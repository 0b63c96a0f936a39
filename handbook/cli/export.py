"""The command `handbook export`: its options, and writing the files that they ask for.

Belongs here: what follows `export` on the command line. Not here: formats (handbook/export/)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.cli import content
from handbook.cli.output import say_written, warn
from handbook.cli.paths import named
from handbook.export.choice import ALL, Choice, Readers
from handbook.export.formats import FORMATS, KINDS, Format, export
from handbook.handout.selection import left_out

_WORKSHOP = ".workshop"


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "export",
        help=tr("make files of other programs"),
        description=tr("Write sections, chapters, a workshop or everything in the format of another program."),
    )
    add_options(parser)
    content.add_option(parser)
    parser.set_defaults(run=_run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `handbook export` to a parser."""
    parser.add_argument(
        "choice",
        nargs="+",
        metavar="CHOICE",
        help=tr("addresses of chapters and sections in order, one workshop file, or the word '{all}'").format(all=ALL),
    )
    uses = "; ".join(f"{name}: {kind.name}" for name, kind in KINDS.items())
    # Translators: {formats} is a list such as "docx: Word; epub: EPUB"
    said = tr("by default what FILE ends in. {formats}").format(formats=uses)
    parser.add_argument("--format", dest="format", choices=FORMATS, help=said)
    parser.add_argument(
        "-o",
        "--output",
        type=named,
        required=True,
        metavar="FILE",
        help=tr("the file to write; of html also a new folder"),
    )
    who = parser.add_mutually_exclusive_group()
    who.add_argument(
        "--participants",
        dest="readers",
        action="store_const",
        const="participants",
        help=tr("without what is for trainers alone (with a workshop: the default)"),
    )
    who.add_argument(
        "--trainer",
        dest="readers",
        action="store_const",
        const="trainer",
        help=tr("a workshop with all that its trainer needs"),
    )


def _run(options: argparse.Namespace) -> int:
    """Write the file or the folder that the command line asks for; returns the exit status."""
    try:
        format_ = options.format or _format_of(options.output)
        choice = _choice(options.choice, options.readers)
    except ValueError as exc:
        warn(exc, "handbook export")
        return 2
    handbook = content.load(options.content)
    done = export(handbook, choice, format_, options.output, read=_read_parsed(options.content))
    for one in done.skipped:
        warn(left_out(handbook, one.address, one.nearest))
    say_written(done.path)
    return 0


def _format_of(target: Path) -> Format:
    """The format of a file's name. Raises ValueError where that says none."""
    for name, kind in KINDS.items():
        if target.suffix.lower() in kind.suffixes:
            return name
    uses = {name: tr(kind.use) for name, kind in KINDS.items()}
    formats = ", ".join(f"{name} ({kind.name}, {uses[name]})" for name, kind in KINDS.items())
    said = tr(
        "say in which format: let the file's name end in it, such as {file}.epub, or add --format. There are: {formats}"
    )
    raise ValueError(said.format(file=target.name, formats=formats))


def _choice(words: list[str], readers: Readers | None) -> Choice:
    """The choice that the words of the command line mean. Raises ValueError for words that do not go together."""
    workshops = [word for word in words if word.lower().endswith(_WORKSHOP)]
    if workshops:
        if len(words) > 1:
            raise ValueError(tr("give one workshop file, or addresses"))
        from handbook.workshop import file

        workshop, remarks = file.read(Path(workshops[0]))
        for remark in remarks:
            warn(remark)
        return Choice(workshop=workshop, readers=readers or "participants")
    if ALL in words and len(words) > 1:
        raise ValueError(tr("'{all}' is everything: give it alone").format(all=ALL))
    if readers == "trainer":
        raise ValueError(tr("--trainer goes with a workshop file"))
    return Choice(() if words == [ALL] else tuple(words), readers=readers or "all")


def _read_parsed(folder: Path | None) -> Callable[[str], Element]:
    from handbook.base.paths import find_paths
    from handbook.content.parse_cache import Parsed

    return Parsed(find_paths(folder).index).read
