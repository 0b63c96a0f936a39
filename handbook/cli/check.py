"""`handbook check`: the faults of the content, and what is counted in it.

Belongs here: this command's option and its answer. Not here: what is a fault (handbook/check/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.base.catalogue import ngettext, pgettext, tr
from handbook.cli.output import say
from handbook.cli.paths import named

if TYPE_CHECKING:
    import argparse

    from handbook.content.handbook import Handbook


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "check", help=tr("prove the content"), description=tr("Prove the content; list every fault.")
    )
    parser.add_argument("folder", nargs="?", type=named, metavar="DIR", help=tr("the content's folder"))
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from handbook import check
    from handbook.base.paths import find_paths
    from handbook.content import translation
    from handbook.content.loading import load

    paths = find_paths()
    handbook = load(options.folder or paths.content)
    faults = check.check(handbook)
    for fault in faults:
        say(fault)
    for language in () if options.folder else translation.languages(paths.content):
        translated = check.check_translated(load(paths.content, translation.find(language, paths.content, paths.data)))
        faults += translated
        for fault in translated:
            say(f"{language}: {fault}")
    for sentence in check.resting(handbook):
        say(sentence)
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
    say(f"{', '.join(counted)}: {found}")
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
        say(tr("reading ease: not measured, textstat is not installed"))
        return
    # Translators: the heads of three columns of numbers, of 6, 10 and 5 letters, and of one of names
    heads = (
        pgettext("head of a column", "words"),
        pgettext("head of a column", "a sentence"),
        pgettext("head of a column", "ease"),
        tr("reading ease, chapter by chapter"),
    )
    say("{:>6} {:>10} {:>5}  {}".format(*heads))
    for one in measured:
        say(f"{one.words:6} {one.mean:10.1f} {one.ease:5.0f}  {one.chapter}")
    running = sum(one.running for one in measured)
    say(
        ngettext("{n:6} running word in whole sentences", "{n:6} running words in whole sentences", running).format(
            n=running
        )
    )
    for one in measured:
        for sentence in one.long:
            say(
                tr("{chapter}: a sentence of over {longest} words: {sentence}").format(
                    chapter=one.chapter, longest=readability.LONGEST, sentence=sentence
                )
            )
