"""Checks pictures: each can be shown, says in words what it shows, and is used; our own drawings are of one kind."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from handbook.base import bounded, svg
from handbook.base.catalogue import N_, ngettext, tr
from handbook.check.facts import contacts
from handbook.check.structure import line_in_file
from handbook.content import figures, markup
from handbook.content.chapter import Chapter
from handbook.content.handbook import Fault, Handbook
from handbook.content.loading import MANIFEST
from handbook.content.pictures import PALETTE, Picture, Problem, named

LONGEST_ALTERNATIVE = 300  # letters: more is read aloud in one go, and belongs into the text
LARGEST = 400_000  # bytes of a picture in a handbook that is handed over on a stick
SMALLEST_TEXT = 0.0235  # of a drawing's width: 9.5 points where the column is 142 mm
WIDTH = "2.5"  # of every stroke of ours
_NO_WORDS = re.compile(r"(?:image|picture|photo|figure|drawing|graphic)?[\s\d.-]*", re.IGNORECASE)
_WHY: dict[Problem, str] = {
    "missing": N_("the picture '{target}' is not there"),
    "outside": N_("the picture '{target}' lies, or leads, outside the content folder"),
    "network": N_("the picture '{target}' is an address in a network, which is never opened"),
    "large": N_("the picture '{target}' is larger than is shown"),
    "kind": N_("the picture '{target}' is no PNG, JPEG, GIF, WebP or SVG picture"),
    "damaged": N_("the picture '{target}' is damaged"),
}


def _line(chapter: Chapter, target: str) -> int:
    """The line in the file where a picture stands; 0 where it cannot be told."""
    found = next((line for line, written in chapter.references.pictures if written in (target, "")), None)
    return 0 if found is None else line_in_file(chapter, found)


def _figures(handbook: Handbook) -> Iterator[tuple[Chapter, Element]]:
    for chapter in handbook.chapters.values():
        if chapter.references.pictures:
            for figure in markup.parse(chapter).iter("figure"):
                yield chapter, figure


def shown(handbook: Handbook) -> Iterator[Fault]:
    """Every picture is a file in the content folder that is shown, and stands in a paragraph of its own."""
    for chapter in handbook.chapters.values():
        alone = [figure.get("src", "") for figure in markup.parse(chapter).iter("figure")] if _has(chapter) else []
        for line, target in chapter.references.pictures:
            if target in alone or (not target and alone):
                continue
            message = tr("holds a picture within other words: only its alternative text is shown")
            yield Fault(chapter.file, line_in_file(chapter, line), message)
    for chapter, figure in _figures(handbook):
        target = figure.get("src", "")
        found = chapter.picture(target)
        if not isinstance(found, Picture):
            yield Fault(chapter.file, _line(chapter, target), tr(_WHY[found]).format(target=target))
        elif _is_ours(handbook) and bounded.size(found.path) > LARGEST:
            message = tr("the picture '{target}' has more than {most} kB").format(target=target, most=LARGEST // 1000)
            yield Fault(chapter.file, _line(chapter, target), message)


def _has(chapter: Chapter) -> bool:
    return bool(chapter.references.pictures)


def described(handbook: Handbook) -> Iterator[Fault]:
    """Every picture has an alternative text that says what it shows: not its file's name, not its caption again."""
    for chapter, figure in _figures(handbook):
        target, words = figure.get("src", ""), figure.get("alt", "")
        file = PurePosixPath(target)
        if not words:
            problem = tr("the picture '{target}' has no alternative text")
        elif words.casefold() in (file.name.casefold(), file.stem.casefold()) or _NO_WORDS.fullmatch(words):
            problem = tr(
                "the picture '{target}' has '{words}' for an alternative text, which does not say what it shows"
            )
        elif words.casefold() == figures.caption_of(figure).casefold():
            problem = tr("the picture '{target}' has the same words as caption and as alternative text")
        elif len(words) > LONGEST_ALTERNATIVE:
            problem = ngettext(
                "the picture '{target}' has an alternative text of {n} letter, of {most} at most",
                "the picture '{target}' has an alternative text of {n} letters, of {most} at most",
                len(words),
            )
        else:
            continue
        yield Fault(
            chapter.file,
            _line(chapter, target),
            problem.format(target=target, words=words, n=len(words), most=LONGEST_ALTERNATIVE),
        )


def used(handbook: Handbook) -> Iterator[Fault]:
    """Every picture file in the content folder is named somewhere. Of one that can't be shown, shown() tells."""
    folders = {chapter.pictures for chapter in handbook.chapters.values() if chapter.pictures is not None}
    names: set[str | None] = set()
    for chapter, figure in _figures(handbook):
        names |= {figure.get("data-name"), named(chapter.file, figure.get("src", ""))[1]}
    for chapter in handbook.chapters.values():
        names.update(named(chapter.file, target)[1] for _, target in chapter.references.pictures if target)
    for folder in folders:
        for name in folder.files():
            if name not in names:
                yield Fault(name, 0, tr("no page shows this picture"))


def _is_ours(handbook: Handbook) -> bool:
    """Is it a handbook that is written for this program? Other people's drawings are shown as they are."""
    return (handbook.folder / MANIFEST).is_file()


def _drawn(handbook: Handbook) -> Iterator[Picture]:
    """The SVG drawings of a handbook that is written for this program, each once."""
    if not _is_ours(handbook):
        return
    found = {chapter.picture(figure.get("src", "")) for chapter, figure in _figures(handbook)}
    yield from sorted(one for one in found if isinstance(one, Picture) and one.kind == "svg")


def drawings(handbook: Handbook) -> Iterator[Fault]:
    """Our own drawings are plain, in the palette, of one stroke, and their words are large enough.

    So they are sharp on paper, take the colours of the theme, and can be read at half a page and from the back row."""
    for picture in _drawn(handbook):
        try:
            data = picture.read()
            found = svg.look(data)
        except (bounded.NotRead, svg.NotTaken):
            continue  # shown() says so
        if found is None or found.unplain:
            yield Fault(
                picture.name,
                0,
                tr("is no plain drawing: {why}").format(why=found.unplain if found else tr("it cannot be read")),
            )
            continue
        for colour in sorted(found.colours - set(PALETTE)):
            yield Fault(
                picture.name, 0, tr("has the colour {colour}, which is not in the palette").format(colour=colour)
            )
        root = ET.fromstring(data)  # noqa: S314 - plain, as was just seen
        for problem in dict.fromkeys(_looks(root, picture.width)):
            yield Fault(picture.name, 0, problem)


def _looks(root: Element, width: float) -> Iterator[str]:
    if not root.get("font-family", "").startswith(f"'{svg.FAMILY}',"):
        yield tr("does not name '{family}' and another typeface behind it").format(family=svg.FAMILY)
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if element.get("stroke-width", WIDTH) != WIDTH:
            yield tr("has a stroke of {found}, not of {width}").format(found=element.get("stroke-width"), width=WIDTH)
        size = element.get("font-size")
        if name == "text" and size is None:
            yield tr("the words '{words}' have no font-size").format(words=_words(element))
        elif size is not None and float(size) < SMALLEST_TEXT * width:
            yield tr("has words of {size}, smaller than {least:.1f}").format(size=size, least=SMALLEST_TEXT * width)
        if name == "text" and element.get("fill") is None:
            yield tr("the words '{words}' have no fill: they would be black in every theme").format(
                words=_words(element)
            )


def _words(text: Element) -> str:
    return " ".join("".join(text.itertext()).split())


def contact_details(handbook: Handbook) -> Iterator[Fault]:
    """No telephone number, e-mail or web address is drawn, as none is written (facts.contact_details)."""
    if not any(part.facts for part in handbook.parts):
        return
    for picture in _drawn(handbook):
        for words in picture.words:
            for found in contacts(words):
                yield Fault(
                    picture.name,
                    0,
                    tr("'{found}' looks like a telephone number, an e-mail or a web address").format(found=found),
                )
