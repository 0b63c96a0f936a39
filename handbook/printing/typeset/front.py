"""The first pages of a packet: its title page and its programme.

Belongs here: writing them as calls of the functions in front.typ. Not here: how they look (front.typ), the table of
contents (Typst makes it from the headings)."""

from __future__ import annotations

import gettext
import sys
from collections.abc import Iterator

from handbook.base import catalogue, dates
from handbook.base.catalogue import N_
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.handout.options import Kind
from handbook.printing.typeset.expressions import Code, braced, literal, string
from handbook.workshop.model import Logo, Passage, Workshop
from handbook.workshop.timetable import Day, clock, steps, timetable

_NUMBERS = N_("P01, P02 and so on are the paragraphs of the statement. The numbers stand in its margin.")
_FOR_PARTICIPANTS = N_("It goes with the sessions of the programme, and it is yours: write in it.")
_FOR_TRAINERS = N_(
    "Each session plan and each exercise begins with its facts: time, group, what to print and to bring. "
    "The minutes of a step stand in the margin. Cards, posters and worksheets are printed by themselves."
)
# Translators: {mark} are the words "not in this packet", as they stand behind the title of a section
_ELSEWHERE = N_("What is “{mark}” stands in the handbook.")
# (longest title in letters, its size in relation to the text): longer titles are smaller.
_TITLE_SCALES = ((60, "2.7"), (120, "2.1"), (240, "1.6"), (sys.maxsize, "1.2"))
LOGO = "logo"  # the name of the compiler's input that holds the picture


def front(handbook: Handbook, workshop: Workshop, kind: Kind) -> str:
    """The Typst calls for the first pages of a participants' or a trainer's packet."""
    days = timetable(handbook, workshop)
    calls = [_title_page(handbook, workshop, kind)]
    if any(day.rows for day in days):
        shown = (_day(handbook, workshop, day, by_minute=kind == "trainer") for day in days if day.rows)
        calls.append(Code(f"programme(({', '.join(shown)},))"))
    return braced(calls)


def words(handbook: Handbook, workshop: Workshop, kind: Kind) -> Iterator[str]:
    """All texts of the first pages, to check them for characters that no font has."""
    yield from (workshop.title, workshop.place, workshop.organisation, *workshop.trainers)
    for day in timetable(handbook, workshop):
        yield day.title
        yield from (row.title for row in day.rows)
    if kind == "trainer":
        yield from (getattr(item, "note", "") for item in workshop.items)


def title(handbook: Handbook, workshop: Workshop) -> str:
    """The title of the packet."""
    return " ".join(workshop.title.split()) or handbook.manifest.title


def logo_input(logo: Logo | None) -> dict[str, str]:
    """The compiler inputs with the logo; an input can only be text. The logo is pixels (workshop/logo.is_drawn)."""
    return {LOGO: logo.data.decode("latin-1")} if logo is not None else {}


def _title_page(handbook: Handbook, workshop: Workshop, kind: Kind) -> Code:
    said = catalogue.of(workshop.language)
    label = said.gettext("Trainer’s packet") if kind == "trainer" else said.gettext("Participants’ packet")
    date = dates.written(workshop.date, said) if workshop.date else ""
    lines = [string(line) for line in (date, workshop.place, workshop.organisation) if line.strip()]
    trainers = ", ".join(name for name in workshop.trainers if name.strip())
    manifest = handbook.manifest
    edition = f" {manifest.edition}" if manifest.edition else ""
    as_of = f", {dates.written(manifest.as_of, said)}" if manifest.as_of else ""
    imprint = [f"{manifest.named_in(workshop.language)[0]}{edition}{as_of}"]
    for_whom = _FOR_TRAINERS if kind == "trainer" else _FOR_PARTICIPANTS
    use = [said.gettext(for_whom)]
    if _has_statement(handbook, workshop):
        imprint.append(manifest.statement)
        use.append(said.gettext(_NUMBERS))
    use.append(said.gettext(_ELSEWHERE).format(mark=said.gettext("not in this packet")))
    arguments = (
        string(label),
        string(title(handbook, workshop)),
        next(scale for letters, scale in _TITLE_SCALES if len(title(handbook, workshop)) <= letters),
        f"({''.join(f'{line}, ' for line in lines)})",
        string(said.gettext("Trainers: {names}").format(names=trainers)) if trainers else "none",
        _logo(workshop.logo, workshop.organisation) if workshop.logo else "none",
        string(" · ".join(filter(None, imprint))),
        string(said.gettext("How to use this packet")),
        string(" ".join(use)),
    )
    return Code(f"title-page({', '.join(arguments)})")


def _has_statement(handbook: Handbook, workshop: Workshop) -> bool:
    passages = (Address.parse(one.address) for one in workshop.items if isinstance(one, Passage))
    found = (handbook.chapter(handbook.current(address)) for address in passages)
    return any(chapter is not None and chapter.front.kind == "statement" for chapter in found)


def _logo(logo: Logo, organisation: str) -> str:
    data = f"bytes(sys.inputs.{LOGO}.codepoints().map(str.to-unicode))"
    alt = literal(organisation or logo.name)
    return f'image({data}, format: "{logo.kind}", height: 100%, fit: "contain", alt: {alt})'


def _day(handbook: Handbook, workshop: Workshop, day: Day, *, by_minute: bool) -> str:
    said = catalogue.of(workshop.language)
    many = sum(1 for item in timetable(handbook, workshop) if item.rows) > 1
    named = [day.title.strip() or (said.gettext("Day {number}").format(number=day.number) if many else "")]
    if day.date is not None and many:
        named.append(dates.written(day.date, said))
    name = " · ".join(part for part in named if part)
    rows: list[str] = []
    for row in day.rows:
        item = workshop.items[row.item]
        minutes = _minutes(row.end - row.start, said) if by_minute and row.end > row.start else ""
        span = clock(row.start) if row.end == row.start else f"{clock(row.start)}–{clock(row.end)}"
        note = getattr(item, "note", "").strip() if by_minute and row.is_break else ""
        rows.append(_row(span, minutes, row.title, "break" if row.is_break else "session", note))
        at = row.start
        for step, length in steps(handbook, item) if by_minute else ():
            rows.append(_row(f"{clock(at)}–{clock(at + length)}", _minutes(length, said), step, "step", ""))
            at += length
    return f"({string(name) if name else 'none'}, ({', '.join(rows)},))"


def _minutes(length: int, said: gettext.NullTranslations) -> str:
    # Translators: "min" is short for minutes
    return said.gettext("{n} min").format(n=length)


def _row(time: str, minutes: str, words_: str, kind: str, below: str) -> str:
    shown = (f"{key}: {string(value)}" for key, value in (("time", time), ("minutes", minutes), ("words", words_)))
    return f'({", ".join(shown)}, kind: "{kind}", below: {string(below) if below else "none"})'
