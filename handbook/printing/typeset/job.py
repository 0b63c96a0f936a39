"""What is set: the pieces of a run of pages, for whom, and what comes with them; and the Typst that is made of it.

Belongs here: these values. Not here: writing the Typst (document.py, cards.py, posters.py), which job a kind of print
is (packets.py)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from handbook.content.address import Address
from handbook.content.callouts import Audience
from handbook.content.handbook import Handbook
from handbook.content.pictures import Picture
from handbook.handout.options import AS_USUAL, PrintOptions
from handbook.handout.selection import Handout, Piece, pieces, title_of
from handbook.printing.typeset.expressions import literal

if TYPE_CHECKING:
    from handbook.workshop.packet import OwnMarks

OPENING = "opening.typ"  # the file with what the PDF says of itself
LOOK = "look.typ"  # how the name ends of a file with our definitions, and the values that they are written for


@dataclass(frozen=True)
class Job:
    """One run of pages.

    language: of dates and page labels. audience: who may read what. front: what stands before the text, as calls
    of front.typ; "" for a line above the first page's title. notes, times, own: as trees.tree has them. places: whose
    pages are asked for. by_piece: page numbers count each piece by itself, as each is a paper of its own.
    copies: of each piece, where that is known. owner: who made the own pages. prefix: of labels; letters."""

    title: str
    pieces: tuple[Piece, ...]
    options: PrintOptions = AS_USUAL
    language: str = "en"
    audience: Audience = "all"
    front: str = ""
    notes: Mapping[Address, str] = field(default_factory=lambda: MappingProxyType({}))
    times: Mapping[Address, str] = field(default_factory=lambda: MappingProxyType({}))
    own: OwnMarks = field(default_factory=lambda: MappingProxyType({}))
    places: tuple[Address, ...] = ()
    by_piece: bool = False
    copies: tuple[int, ...] = ()
    owner: str = ""
    prefix: str = ""


def job_of(handbook: Handbook, handout: Handout) -> Job:
    """A plain handout as a job, with page labels in the language of its first words. Raises UnknownAddress."""
    chosen = pieces(handbook, handout)
    language = handbook.language_of(chosen[0].chapter) if chosen else handbook.manifest.language
    return Job(title_of(handbook, handout), chosen, handout.options, language)


class Written(NamedTuple):
    """A document, or a part of one, as Typst: its text, and the files that this brings in, by their names.

    pictures: that it shows, by the names that they have in it.
    reshaped: the heading above each table that is too wide for its page and is turned, or a list."""

    text: str
    files: Mapping[str, str] = MappingProxyType({})
    pictures: Mapping[str, Picture] = MappingProxyType({})
    reshaped: tuple[str, ...] = ()


def library(*names: str) -> str:
    """Our Typst definitions, by the names of their files."""
    folder = Path(__file__).parent
    return "\n".join((folder / f"{name}.typ").read_text(encoding="utf-8") for name in names)


def opened(written: Written, title: str, author: str, language: str) -> Written:
    """A whole document: with what the PDF says of itself before all else. author: "" for none."""
    spoken = language if re.fullmatch("[a-z]{2,3}", language) else "en"
    region = literal("GB") if spoken == "en" else "none"
    opening = f"""\
#let opening(body) = {{
  set document(title: {literal(title)}, author: {literal(author) if author else "()"}, date: auto)
  set text(lang: {literal(spoken)}, region: {region})
  body
}}
"""
    text = f'#import "{OPENING}": opening\n#show: opening\n' + written.text
    return Written(text, {OPENING: opening, **written.files}, written.pictures, written.reshaped)
