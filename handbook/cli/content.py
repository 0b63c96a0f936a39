"""The handbook that a command is about: the program's own, or that of a folder.

Belongs here: the option that names it, and reading it. Not here: how a handbook is read (content/)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handbook.base import bounded, catalogue
from handbook.base.catalogue import ngettext, tr
from handbook.cli.output import warn
from handbook.cli.paths import named

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from handbook.content.handbook import Fault, Handbook


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names another handbook."""
    parser.add_argument(
        "--content", type=named, metavar="DIR", help=tr("another handbook, or any folder of Markdown files")
    )


def load(folder: Path | None, *, translated: bool = True) -> Handbook:
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

        handbook = handbook.with_(others=Library(paths.data).others(lambda: handbook))
    tell_faults(handbook.faults)
    return handbook


def tell_faults(faults: Sequence[Fault]) -> None:
    """Print the first fault in a handbook's files as a warning, and how many more there are."""
    if not faults:
        return
    others = len(faults) - 1
    said = (
        ngettext(
            "{fault} and {n} more; 'handbook check' lists all",
            "{fault} and {n} more; 'handbook check' lists all",
            others,
        )
        if others
        else tr("{fault}; 'handbook check' lists all")
    )
    warn(said.format(fault=faults[0], n=others))
