"""`handbook print`: sections or a workshop as PDF files, without a window.

Belongs here: this command's options and its messages. Not here: making the pages (printing/typeset/)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.base import bounded
from handbook.base.catalogue import ngettext, tr
from handbook.base.errors import HandbookError
from handbook.base.system_errors import reason_of
from handbook.cli import content
from handbook.cli.output import say, say_written, warn
from handbook.cli.paths import named
from handbook.content.handbook import Handbook
from handbook.handout.options import KINDS, OPTIONS, PACKETS, Declared, Flag, PrintOptions
from handbook.handout.selection import Handout, left_out
from handbook.workshop import is_file_name

if TYPE_CHECKING:
    import argparse

    from handbook.handout.options import Kind
    from handbook.marks.model import Mark
    from handbook.printing.typeset import Printed
    from handbook.workshop.model import Workshop

_ALL = "all"
_KINDS = (*KINDS, _ALL)


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("print", help=tr("make a PDF"), description=tr("Set sections, or a workshop, as PDF."))
    add_options(parser)
    content.add_option(parser)
    parser.set_defaults(run=_run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `handbook print` to its parser."""
    parser.add_argument("addresses", nargs="*", metavar="ADDRESS", help=tr("chapter or chapter#anchor"))
    parser.add_argument("--workshop", type=named, metavar="FILE", help=tr("in place of addresses: a .workshop file"))
    parser.add_argument(
        "--kind",
        choices=_KINDS,
        help=tr("of a workshop: this alone; 'all' is everything in one PDF (default: a PDF each)"),
    )
    parser.add_argument(
        "-o",
        "--output",
        type=named,
        required=True,
        metavar="FILE.pdf",
        help=tr("of a workshop: the folder for its PDFs"),
    )
    usual = PrintOptions()
    for name, option in OPTIONS.items():
        for flag, (value, text) in _flags(name, option).items():
            parser.add_argument(f"--{flag}", dest=name, action="store_const", const=value, help=tr(text))
        if not option.is_switch and not option.flags:
            values, flag = tuple(option.values), f"--{name.replace('_', '-')}"
            text = tr("{what} (default {value})").format(what=tr(option.help), value=getattr(usual, name))
            parser.add_argument(flag, dest=name, type=type(values[0]), choices=values, help=text)


def _flags(name: str, option: Declared) -> Mapping[str, Flag]:
    """The command line switches of a print option, by name without the leading hyphens."""
    return option.flags or ({name.replace("_", "-"): Flag(True, option.help)} if option.is_switch else {})


def _run(options: argparse.Namespace) -> int:
    """Make the PDFs that the command line asks for; returns the exit status."""
    workshop = next((one for one in options.addresses if is_file_name(Path(one))), "")
    if workshop:
        said = tr("'{file}' is a workshop. Write: handbook print --workshop {file} -o FOLDER")
        warn(said.format(file=workshop), "handbook print")
        return 2
    if bool(options.addresses) == (options.workshop is not None):
        warn(tr("give either addresses or --workshop FILE"), "handbook print")
        return 2
    if options.kind and options.workshop is None:
        warn(tr("--kind goes with --workshop"), "handbook print")
        return 2
    handbook = content.load(options.content)
    if options.workshop is None:
        _print_sections(handbook, options)
        say_written(options.output)
    else:
        _print_workshop(handbook, options)
    return 0


def chosen(options: argparse.Namespace, usual: PrintOptions) -> PrintOptions:
    """The print options: those that the command line sets, and the values of `usual` for the others."""
    asked = {name: value for name in OPTIONS if (value := getattr(options, name)) is not None}
    return replace(usual, **asked)


def _print_sections(handbook: Handbook, options: argparse.Namespace) -> None:
    from handbook.printing import typeset

    handout = Handout(tuple(options.addresses), chosen(options, PrintOptions()))
    typeset.save_pdf(handbook, handout, options.output)
    _warn_of_letters(typeset.missing_glyphs(handbook, handout))
    _warn_of_tables(typeset.reshaped_tables(handbook, handout), set())


def _print_workshop(handbook: Handbook, options: argparse.Namespace) -> None:
    from handbook.base import atomic_file
    from handbook.printing import typeset
    from handbook.printing.typeset import pictures
    from handbook.workshop import file, paper

    opened = file.read(options.workshop)
    # These show the logo: it is drawn once for both, and left out where it can't be.
    if options.kind in (None, _ALL, *PACKETS):
        opened = pictures.with_pixels(opened)
    workshop, remarks = opened
    for remark in remarks:
        warn(remark)
    trainer = workshop.trainer_options
    workshop = replace(
        workshop,
        options=chosen(options, workshop.options),
        trainer_options=chosen(options, trainer) if trainer else None,
    )
    own = _own_marks() if workshop.options_for("trainer").my_notes else ()
    folder = _folder(options.output)
    told: set[str] = set()
    typesetter = typeset.Typesetter()  # of all kinds: some have the same pictures
    for name, kinds in _wanted(handbook, workshop, options.kind):
        target = folder / atomic_file.file_name(workshop.title or options.workshop.stem, what=name)
        atomic_file.check(target)
        printed = typeset.print_workshop(handbook, workshop, kinds, own, typesetter)
        atomic_file.save(printed.pdf, target)
        say(target)
        counted = paper.in_words(workshop, paper.count(workshop, printed.runs))
        say(f"    {counted}")
        _warn(handbook, printed, told)


def _own_marks() -> tuple[Mark, ...]:
    """What the person marked in the window and keeps. Raises BadMarks."""
    from handbook.base.paths import find_paths
    from handbook.marks import FILE, file

    path = find_paths().data / FILE
    return file.read(path) if path.exists() else ()


def _wanted(handbook: Handbook, workshop: Workshop, kind: str | None) -> Iterator[tuple[str, tuple[Kind, ...]]]:
    """The name and the kinds of each PDF."""
    from handbook.printing import typeset

    if kind == _ALL:
        yield _ALL, KINDS
        return
    found = tuple(one for one in KINDS if one == kind) if kind else typeset.kinds_of(handbook, workshop)
    if not found:
        typeset.print_workshop(handbook, workshop)  # raises the error that says why there is nothing to print
    for one in found:
        yield one, (one,)


def _folder(path: Path) -> Path:
    if bounded.is_file(path):
        raise HandbookError(tr("'{path}' is a file. Give a folder for the workshop's PDFs.").format(path=path))
    try:
        path.mkdir(exist_ok=True)
    except OSError as exc:
        raise HandbookError(
            tr("The folder '{path}' can't be made: {error}.").format(path=path, error=reason_of(exc))
        ) from exc
    return path


def _warn(handbook: Handbook, printed: Printed, told: set[str]) -> None:
    """Print warnings about items and letters that are missing on paper; each warning once."""
    for one in printed.skipped:
        said = left_out(handbook, one.address, one.nearest)
        if said not in told:
            warn(said)
            told.add(said)
    letters = "".join(letter for letter in printed.missing if letter not in told)
    told.update(letters)
    _warn_of_letters(letters)
    _warn_of_tables(printed.reshaped, told)


def _warn_of_tables(titles: Iterable[str], told: set[str]) -> None:
    for title in titles:
        said = tr("The table in '{title}' is too wide for the page: it is turned, or set as a list.").format(
            title=title
        )
        if said not in told:
            warn(said)
            told.add(said)


def _warn_of_letters(letters: str) -> None:
    if letters:
        shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:10])
        others = max(0, len(letters) - 10)
        told = (
            ngettext(
                "no typeface here has {letters} and {n} more; an empty box stands for each",
                "no typeface here has {letters} and {n} more; an empty box stands for each",
                others,
            )
            if others
            else tr("no typeface here has {letters}; an empty box stands for each")
        )
        warn(told.format(letters=shown, n=others))
