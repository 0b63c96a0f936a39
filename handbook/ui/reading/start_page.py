"""The start page: what can be done here, where to go on, what there is, as HTML without colours.

Belongs here: its words and structure. Not here: what its links do (window/start_ways.py), other pages
(page_source.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from handbook.base import dates
from handbook.base.catalogue import pgettext, tr
from handbook.base.escape import escape
from handbook.content.handbook import Group, Handbook
from handbook.content.metadata import FrontMatter
from handbook.ui.commands import COMMANDS
from handbook.ui.reading.keyboard_page import native
from handbook.ui.reading.page_source import KEYBOARD
from handbook.ui.reading.shown import Shown

# Schemes of links that only this page has: a command by its name, a workshop by its place in a list.
# A handbook by its name.
COMMAND, READY, RECENT, LIBRARY, RUN = "command:", "ready:", "recent:", "handbook:", "run:"
MOST_HANDBOOKS = 12  # in one line
FIRST_STEPS, SAFETY, SCREENS = "first-steps", "safety", "screens"  # chapters of our handbook; another may lack them


class GoOn(NamedTuple):
    """Where the person was.

    last:      the address read last time, "" for none.
    workshops: the names of the workshops used last, the newest first.
    ready:     (title, how long) of each workshop that comes with the handbook.
    marks:     has the person marked something?
    run:       the workshop whose run was not ended, in words, "" for none.
    others:    (name, title) of each other handbook."""

    last: str = ""
    workshops: Sequence[str] = ()
    ready: Sequence[tuple[str, str]] = ()
    marks: bool = False
    others: Sequence[tuple[str, str]] = ()
    run: str = ""


def start_page(handbook: Handbook, go_on: GoOn) -> Shown:
    """The tasks first, so that they are in view without scrolling; then where to go on, and what is here."""
    manifest = handbook.manifest
    out = [f"<h1>{escape(manifest.title)}</h1>"]
    about = _about(handbook)
    if about:
        out.append(f'<p class="lead">{escape(about)}</p>')
    out.append(_tasks(handbook))
    out.extend(_for_the_first_time(handbook))
    out.extend(_go_on(handbook, go_on))
    out.extend(_library(go_on.others))
    out.append(_head(tr("What is here")))
    for part in handbook.parts:
        out.append(f"<h3>{escape(part.title)}</h3>")
        out.extend(line for group in part.groups for line in _chapters(group))
    if manifest.edition or manifest.as_of:
        facts = [tr("Edition {edition}").format(edition=manifest.edition)] if manifest.edition else []
        if manifest.as_of:
            facts.append(tr("our own texts as of {day}").format(day=dates.written(manifest.as_of)))
        out.append(f'<p class="label">{escape(", ".join(facts))}</p>')
    return Shown(manifest.title, "".join(out))


def _about(handbook: Handbook) -> str:
    """What this handbook is; of another one than ours, only its subtitle is known."""
    manifest = handbook.manifest
    if not manifest.statement:
        return manifest.subtitle
    return tr(
        "{subtitle}. For trainers in NGOs that work against trafficking in human beings: the text, what it means, and "
        "all that a training with it needs."
    ).format(subtitle=manifest.subtitle.removesuffix("."))  # "2010 r." has one of its own


def _tasks(handbook: Handbook) -> str:
    """What can be done here, each with a link that begins it."""
    find = tr("Press {key} and type two or three words you remember, in your own language too.")
    read = tr("{key} shows the contents beside the page.")
    show = tr("Open what the group should see, and press {key}: it fills the screen.")
    plan = tr("{key} opens the workshop: begin with a ready one, add what you read, see when each part begins.")
    paper = tr("{key} prints what you read, {workshop} the whole workshop for everyone.")
    statement = next((one.id for one in handbook.chapters.values() if one.front.kind == "statement"), "")
    first = statement or next(iter(handbook.chapters), "")
    rows = [
        (COMMAND + "search", tr("Find a passage"), find.format(key=_key("search"))),
        (first, tr("Read the statement") if statement else tr("Read"), read.format(key=_key("contents"))),
        (SCREENS if SCREENS in handbook.own_chapters else first, tr("Show to the room"), show.format(key=_key("show"))),
        (COMMAND + "to_workshop", tr("Plan a workshop"), plan.format(key=_key("to_workshop"))),
        (COMMAND + "print", tr("Print"), paper.format(key=_key("print"), workshop=_key("workshop_print"))),
    ]
    cells = "".join(
        f'<tr><td class="task">{_link(to, words)}</td><td class="about">{escape(does)}</td></tr>'
        for to, words, does in rows
        if to
    )
    return f'<table class="tasks">{cells}</table>'


def _for_the_first_time(handbook: Handbook) -> Iterator[str]:
    lines = []
    for chapter, said in (
        # Translators: {link} is the title of a chapter, "First steps"
        (FIRST_STEPS, tr("New here? {link}, in ten minutes.")),
        # Translators: {link} is the title of a chapter, "Safety in short"
        (SAFETY, tr("Before a training: {link}.")),
    ):
        found = handbook.own_chapters.get(chapter)
        if found is not None:
            lines.append(escape(said).format(link=_link(found.id, found.title)))
    lines.append(_link(KEYBOARD, tr("All keys")))
    yield f"<p>{' '.join(lines)}</p>"


def _go_on(handbook: Handbook, go_on: GoOn) -> Iterator[str]:
    section = handbook.find(go_on.last) if go_on.last else None
    ways = [_link(RUN, go_on.run)] if go_on.run else []
    ways += [_link(str(section.address), section.title)] if section is not None else []
    ways += [_link(f"{RECENT}{number}", name) for number, name in enumerate(go_on.workshops)]
    if go_on.marks:
        ways.append(_link(COMMAND + "marks", tr("My marks")))
    for head, links in (
        (tr("Go on with"), ways),
        (
            tr("Ready workshops"),
            [
                f"{_link(f'{READY}{number}', title)} ({escape(about)})"
                for number, (title, about) in enumerate(go_on.ready)
            ],
        ),
    ):
        if links:
            yield f"<p><b>{escape(head)}:</b> {' · '.join(links)}</p>"


def _library(others: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The other handbooks, and the way to the list in which they are added."""
    if others:
        links = [_link(LIBRARY + name, title) for name, title in others[:MOST_HANDBOOKS]]
        links.append(_link(COMMAND + "handbooks", tr("All handbooks…")))
        head = tr("Other handbooks")
        yield f"<p><b>{escape(head)}:</b> {' · '.join(links)}</p>"


def _chapters(group: Group) -> Iterator[str]:
    """Links to a group's chapters: those that take their time in a table that says how long, for how many people."""
    timed = [chapter for chapter in group.chapters if chapter.front.minutes]
    links = " · ".join(_link(chapter.id, chapter.title) for chapter in group.chapters if chapter not in timed)
    title = escape(group.title)
    if timed:
        # Translators: head of a column: how long a session takes
        heads = (
            title or tr("To run"),
            pgettext("head of a column", "minutes"),
            pgettext("head of a column", "people"),
            pgettext("head of a column", "level"),
        )
        rows = [[_link(one.id, one.title), *map(escape, _figures(one.front))] for one in timed]
        yield f'<table class="sheets">{_row("th", heads)}{"".join(_row("td", row) for row in rows)}</table>'
    if links:
        yield f"<p><b>{title}:</b> {links}</p>" if title and not timed else f"<p>{links}</p>"


def _figures(front: FrontMatter) -> tuple[str, str, str]:
    return str(front.minutes), front.group_size, str(front.level or "")


def _row(tag: str, cells: Iterable[str]) -> str:
    shown = (f'<{tag} class="sheets" align="left">{cell}</{tag}>' for cell in cells)
    return f"<tr>{''.join(shown)}</tr>"


def _head(words: str) -> str:
    return f"<h2>{escape(words, quote=False)}</h2>"


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _key(name: str) -> str:
    command = next(command for command in COMMANDS if command.name == name)
    return native(command.keys[0])
