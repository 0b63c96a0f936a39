"""The formats of exports, and writing a choice as one of them.

Belongs here: their names, where each may be saved, and saving. Not here: how a format is written (its own module), the
command line (cli/export.py), the dialog (ui/exporting/).

Nothing is left behind by an export that failed, was cancelled or found no room: files appear when they are whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, get_args
from xml.etree.ElementTree import Element

from handbook.base import atomic_file
from handbook.base.catalogue import N_, tr
from handbook.base.errors import HandbookError
from handbook.content.handbook import Handbook
from handbook.export.book import Book, Cancelled, Step, book_of, no_step
from handbook.export.choice import Choice, chosen
from handbook.workshop.packet import Skipped

Format = Literal["docx", "epub", "html", "pptx", "zim", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)
_BOOK = 0.4  # of the work


class Kind(NamedTuple):
    """What is said of a format.

    suffixes: of a file; the first is the usual one. folder: what it is for as a folder, "" where it is none."""

    name: str
    use: str
    suffixes: tuple[str, ...]
    folder: str = ""


KINDS: Mapping[Format, Kind] = {
    "docx": Kind("Word", N_("to adapt a handout"), (".docx",)),
    "epub": Kind("EPUB", N_("for telephones and e-readers"), (".epub",)),
    "html": Kind("HTML", N_("for a browser"), (".html", ".htm"), N_("for a web server or a stick, with a search")),
    "pptx": Kind("PowerPoint", N_("for trainers who show slides"), (".pptx",)),
    "zim": Kind("ZIM", N_("for Kiwix, on telephones and hotspots"), (".zim",)),
    "md": Kind("Markdown", N_("one chapter without pictures"), (".md",), N_("to go on writing elsewhere")),
}


class WrongTarget(HandbookError):
    """A format cannot be saved under this name."""


class Done(NamedTuple):
    """An export that was saved. skipped: items of the workshop that the handbook does not have any more."""

    path: Path
    skipped: tuple[Skipped, ...]


def missing(format_: Format) -> str:
    """What to do where a format needs a package that is not installed; "" where it can be written."""
    if format_ != "zim":
        return ""
    from handbook.export import zim

    return zim.missing()


def check_target(format_: Format, target: Path) -> None:
    """Check before the work that a format can be saved under a name. Raises WrongTarget, NeedsLibzim, NotSaved."""
    kind = KINDS[format_]
    if format_ == "zim":
        from handbook.export import zim

        zim.check()
    if _is_folder(format_, target):
        atomic_file.check_folder(target)
        return
    if not kind.folder and target.suffix.lower() not in kind.suffixes and not atomic_file.is_device(target):
        said = tr("A file of {format} has a name that ends in {suffix}: '{name}' does not.")
        raise WrongTarget(said.format(format=kind.name, suffix=kind.suffixes[0], name=target.name))
    atomic_file.check(target)


def check_choice(
    handbook: Handbook, choice: Choice, format_: Format, *, folder: bool, read: Callable[[str], Element] | None = None
) -> None:
    """Check before somebody is asked for a name that a choice can be written. Raises NothingToExport, OneText.

    folder: is it to be one? read: as in markup.parse()."""
    if format_ == "md" and not folder:
        from handbook.export import markdown

        markdown.check(handbook, choice, read)
    else:
        chosen(handbook, choice)


def _is_folder(format_: Format, target: Path) -> bool:
    """Is a folder asked for? Its name does not end as a file's of the format, and it is no pipe."""
    kind = KINDS[format_]
    return bool(kind.folder) and target.suffix.lower() not in kind.suffixes and not atomic_file.is_device(target)


def export(
    handbook: Handbook,
    choice: Choice,
    format_: Format,
    target: Path,
    *,
    read: Callable[[str], Element] | None = None,
    step: Step = no_step,
    may: Callable[[], bool] = atomic_file.always,
) -> Done:
    """Write a choice into a file or a folder.

    read: as in markup.parse(). step: told how much is done, 0 to 1; it may raise Cancelled. may: asked once, before the
    file is put in place; False cancels. Raises Cancelled and every HandbookError with a sentence; then nothing is
    left, and a file that was there is unchanged."""
    check_target(format_, target)

    def later(share: float) -> None:
        step(_BOOK + (1 - _BOOK) * share)

    try:
        book = book_of(handbook, choice, read, lambda share: step(_BOOK * share))
        saved = _save(book, format_, target, later, may)
    except OSError as exc:  # a file of the program's own can't be read, such as a template
        raise atomic_file.not_saved(target, exc) from exc
    if not saved:
        raise Cancelled
    step(1)
    return Done(target, book.skipped)


def _save(book: Book, format_: Format, target: Path, step: Step, may: Callable[[], bool]) -> bool:
    """Write a book into a file or a folder; False if it was cancelled at the end."""
    if _is_folder(format_, target):
        return atomic_file.save_folder(_folder(book, format_, step), target, may)
    if format_ == "zim":
        from handbook.export import zim

        return atomic_file.save_made(lambda made: zim.write(book, made, step), target, may)
    return atomic_file.save(_file(book, format_, step), target, may)


def _file(book: Book, format_: Format, step: Step) -> bytes:
    """A book as one file. Each module is imported when it is used: some bring large libraries."""
    if format_ == "docx":
        from handbook.export.word import word

        return word(book, step)
    if format_ == "epub":
        from handbook.export.epub import epub

        return epub(book, step)
    if format_ == "pptx":
        from handbook.export.powerpoint import powerpoint

        return powerpoint(book, step)
    if format_ == "md":
        from handbook.export import markdown

        return markdown.one_file(book, step)
    from handbook.export import web

    return web.one_file(book, step)


def _folder(book: Book, format_: Format, step: Step) -> Mapping[str, bytes]:
    if format_ == "md":
        from handbook.export import markdown

        return markdown.folder(book, step)
    from handbook.export import web

    return web.folder(book, step)
