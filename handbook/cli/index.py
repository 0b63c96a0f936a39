"""`handbook index`: builds the search index, and what is kept beside it.

Belongs here: this command's options, and where the files go. Not here: the index (handbook/search/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.base.catalogue import ngettext, tr
from handbook.cli import content
from handbook.cli.output import say
from handbook.cli.paths import named

if TYPE_CHECKING:
    import argparse


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("index", help=tr("build the search index"), description=tr("Build the search index."))
    parser.add_argument("folder", nargs="?", type=named, metavar="DIR", help=tr("the content's folder"))
    parser.add_argument(
        "-o", "--output", type=named, metavar="DIR", help=tr("where to (default: index/; for another DIR the cache)")
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from handbook.base.paths import find_paths
    from handbook.content import kept_texts, parse_cache
    from handbook.search.index import build_index, cache_folder
    from handbook.search.languages import kept_tables
    from handbook.workshop import ready

    handbook = content.load(options.folder, translated=False)
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
        kept_tables.write(paths.content, folder)
    n = sum(1 for _ in handbook.sections)
    say(ngettext("{n} section: {folder}", "{n} sections: {folder}", n).format(n=n, folder=folder))
    return 0
