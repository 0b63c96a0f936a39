"""`handbook terms`: the glossary's terms in English and other languages as a PDF.

Belongs here: this command's options. Not here: the terms (content/), making the pages (printing/typeset/)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.network_languages import LANGUAGES
from handbook.cli import content
from handbook.cli.output import say_written
from handbook.cli.paths import named
from handbook.content import term_sheets, terms
from handbook.handout.options import OPTIONS, PrintOptions
from handbook.handout.selection import Handout

if TYPE_CHECKING:
    import argparse

_ALL, _MAIN = "all", "main"


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "terms",
        help=tr("print the terms in other languages"),
        description=tr("Set the glossary's terms in English and other languages as PDF: a table, or cards."),
    )
    add_options(parser)
    content.add_option(parser)
    parser.set_defaults(run=_run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `handbook terms` to its parser."""
    text = tr("languages beside English: {codes}, or all").format(codes=", ".join(LANGUAGES))
    parser.add_argument("languages", nargs="+", choices=(*LANGUAGES, _ALL), metavar="LANGUAGE", help=text)
    parser.add_argument("--cards", action="store_true", help=tr("cards to cut out in place of a table"))
    which = tr("which terms: the main ones (the default for a table in two languages beside English at most), or all")
    parser.add_argument("--terms", choices=(_MAIN, _ALL), help=which)
    parser.add_argument("--paper", choices=tuple(OPTIONS["paper"].values), default="a4", help=tr("the paper"))
    parser.add_argument("-o", "--output", type=named, required=True, metavar="FILE.pdf", help=tr("the PDF"))


def _run(options: argparse.Namespace) -> int:
    """Make the PDF that the command line asks for; returns the exit status."""
    from handbook.printing import typeset

    handbook = content.load(options.content)
    there = terms.languages_of(handbook.folder)
    asked = tuple(LANGUAGES) if _ALL in options.languages else tuple(dict.fromkeys(options.languages))
    chosen = tuple(code for code in asked if code in there)
    if not chosen:
        raise HandbookError(tr("This handbook has no terms in that language: there is no file for it in 'terms'."))
    only = terms.main_terms(handbook.folder) or None
    if (options.terms or _usual(chosen, cards=options.cards)) == _ALL:
        only = None
    sheets = term_sheets.made(handbook, chosen, cards=options.cards, only=only)
    handout = Handout((term_sheets.NAME,), PrintOptions(paper=options.paper))
    typeset.save_pdf(sheets, handout, options.output)
    say_written(options.output)
    return 0


def _usual(languages: Sequence[str], *, cards: bool) -> str:
    """Which terms are printed where nothing is said: as many as a page has room for, where it is to be one."""
    return _MAIN if term_sheets.is_a_page(languages, cards=cards) else _ALL
