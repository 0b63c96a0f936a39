"""What argparse itself says, so that `--help` and faults of usage are in the person's language too.

Belongs here: its texts, as they stand in the standard library, and putting our catalogue in place of its own. Not
here: the commands and their options (main.py, print.py). argparse has imported gettext's two functions for the
whole process by name, which look for files in the folders of the system; they are replaced in it."""

from __future__ import annotations

from types import ModuleType

from handbook.base import catalogue
from handbook.base.catalogue import N_

WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    # Translators: head of a list in the help of the command line
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)


def take_over(argparse: ModuleType) -> None:
    """Let argparse look its texts up in our catalogue."""
    for name, function in (("_", catalogue.tr), ("ngettext", catalogue.ngettext)):
        if hasattr(argparse, name):
            setattr(argparse, name, function)
