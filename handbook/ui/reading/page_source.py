"""What the reader shows: a chapter, the keyboard page, each as HTML without colours.

Belongs here: words and structure of pages. Not here: the start page (start_page.py), how pages look (theme.py)."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from PySide6.QtGui import QKeySequence

from handbook.base.catalogue import pgettext, tr
from handbook.content import figures, markup, term_lines
from handbook.content.handbook import Chapter, Handbook
from handbook.content.html import shown_figures, to_html
from handbook.content.parse_cache import Parsed
from handbook.content.pictures import Picture
from handbook.ui.commands import COMMANDS, MENUS
from handbook.ui.reading.sheet_facts import sheet_facts
from handbook.ui.reading.shown import Shown
from handbook.ui.reading.translation_note import translation_note

if TYPE_CHECKING:
    from handbook.ui.reading.page_pictures import PagePicture

START = ""  # the start page's address
KEYBOARD = "keyboard:"  # a scheme no chapter can have: chapter ids hold no ":" in a link


def chapter_page(handbook: Handbook, chapter: Chapter, parsed: Parsed) -> Shown:
    """A chapter as a page; the statement stands apart, under a title that is plainly ours."""
    tree = chapter_tree(handbook, chapter, parsed)
    anchors = tuple(section.address.anchor for section in chapter.sections if section.address.anchor)
    if chapter.front.kind != "statement":
        has_title = tree.find("*[@class='chapter']") is not None
        page = to_html(tree, title="" if has_title else chapter.title, not_shown=figures.not_shown)
        return Shown(chapter.title, page, anchors, tuple(_pictures(chapter, tree)))
    label = statement_label(handbook, chapter)
    page = to_html(tree, statement=True, title=chapter.title, label=label, beside=_beside(handbook, chapter))
    quoted = tr("The words of {source}").format(source=handbook.source_line(chapter))
    return Shown(chapter.title, page, anchors, quoted=quoted)


def chapter_tree(handbook: Handbook, chapter: Chapter, parsed: Parsed) -> Element:
    """A chapter as a new element tree, with our lines below its title: what kind of sheet, whether a translation.

    The statement has such lines outside its words."""
    tree = markup.parse(chapter, parsed.read)
    if chapter.front.kind == "statement":
        return tree
    if handbook.manifest.translation:
        markup.add_below_title(tree, *translation_note(handbook, chapter))
    if chapter.front.kind == "glossary":
        term_lines.add_to_page(tree, handbook.folder)
    if facts := sheet_facts(chapter.front):
        markup.add_below_title(tree, facts)
    return tree


def statement_label(handbook: Handbook, chapter: Chapter) -> str:
    """The line above La Strada's words that says whose they are."""
    if chapter.language:
        text = tr("The title is this handbook's. Below, a translation that was put in on this computer: {source}.")
    else:
        text = tr("The title is this handbook's. Below, complete and unchanged: {source}.")
    return text.format(source=handbook.source_line(chapter))


def _pictures(chapter: Chapter, tree: Element) -> Iterator[PagePicture]:
    """The pictures that are shown on a chapter's page, in order."""
    found = [(figure, depth, chapter.picture(figure.get("src", ""))) for figure, depth in shown_figures(tree)]
    if not found:
        return
    from handbook.ui.reading.page_pictures import PagePicture  # most pages have none

    for figure, depth, picture in found:
        if isinstance(picture, Picture):
            alternative, words = figure.get("alt", ""), figure.get("data-words", "")
            unseen = bool(alternative) + bool(words)
            caption = figures.caption_of(figure)
            yield PagePicture(picture, alternative, caption, *figures.width_of(figure), depth, unseen)


def _beside(handbook: Handbook, chapter: Chapter) -> dict[str, tuple[str, str]]:
    """Links in the margin of the statement: the place of the same anchor in the chapter that reads it closely."""
    reading = handbook.chapters.get(handbook.manifest.reading)
    if reading is None:
        return {}
    # "P09", as that chapter's titles begin; a recommendation's or a root cause's own words are beside it already.
    return {
        name: (tr("About {name}").format(name=name.upper()), f"{reading.id}#{name}")
        for name in chapter.anchors
        if name and name in reading.anchors
    }


def _either(keys: Sequence[str]) -> str:
    """A key, or another that does the same."""
    # Translators: {first} and {second} are keys, as "Ctrl+C or Ctrl+Ins"
    return reduce(lambda first, second: tr("{first} or {second}").format(first=first, second=second), keys)


def _pair(first: str, second: str) -> str:
    """Two keys beside each other."""
    return f"{first} · {second}"


def _head(words: str) -> str:
    return f"<h2>{html.escape(words, quote=False)}</h2>"


def _list_keys() -> tuple[str, str, str, str]:
    """Keys as they are called: those of lists."""
    return pgettext("key", "Up"), pgettext("key", "Down"), pgettext("key", "Enter"), pgettext("key", "Esc")


def keyboard_page() -> Shown:
    """Every command and its keys, menu by menu."""
    title = tr("Keyboard")
    up, down, enter, esc = _list_keys()
    tab, space = pgettext("key", "Tab"), pgettext("key", "Space")
    out = [f"<h1>{html.escape(title)}</h1>"]
    for name, label in MENUS:
        rows = [
            (_either([native(key) for key in command.keys]), command.label)
            for command in COMMANDS
            if command.menu == name and command.keys
        ]
        if rows:
            heading = tr(label).replace("&", "")
            out.append(f"<h2>{html.escape(heading)}</h2>{_keys(rows)}")
    rows = [
        (_pair(up, down), tr("choose a passage in the list")),
        (enter, tr("open it; your words are marked on the page")),
        (tr("Down in the empty field"), tr("the last searches")),
        (
            tab + ", " + _pair(pgettext("key", "Left"), pgettext("key", "Right")),
            tr("to the chips under the field; Space switches one"),
        ),
        (esc, tr("go back to reading")),
    ]
    out.append(_head(tr("While searching")) + _keys(rows))
    rows = [
        (_pair(enter, pgettext("key", "Shift+Enter")), tr("to the next match, the one before")),
        (esc, tr("put the bar away; the page stays where it is")),
    ]
    out.append(_head(tr("While finding in the page")) + _keys(rows))
    rows = [
        (_pair(space, pgettext("key", "Shift+Space")), tr("a screen down, up")),
        (_pair(tab, enter), tr("to the next link or picture; open it, show it larger")),
        (native("F7"), tr("to the page; there, the caret on or off: arrows move it, with Shift they select")),
        ("H · Shift+H", tr("to the next heading, the one before; H highlights words that are selected")),
        (tr("1 to 4"), tr("to the next heading of that level")),
        ("K · T", tr("to the next link, the next table; with Shift to the one before")),
        (tr("Ctrl+Enter, Ctrl and a click"), tr("open a link beside the page, in a second window")),
        (tr("Ctrl and the mouse wheel"), tr("larger or smaller text")),
    ]
    out.append(_head(tr("On the page")) + _keys(rows))
    rows = [
        (
            _pair(pgettext("key", "Page Down"), pgettext("key", "Page Up")),
            tr("the next page, the one before; a presenter's remote does it too"),
        ),
        (space, tr("the next piece by itself: a paragraph, an item, a table")),
        ("K", tr("the back of a card, the key to a case")),
        ("B · W", tr("a black screen, a white screen, and back")),
        ("+ · − · 0", tr("larger, smaller, as large as fits")),
        ("C", tr("black on white, or white on black")),
        ("/", tr("search, in one large line")),
        ("S · F", tr("the other screen; an ordinary window, for a video call")),
        ("F1 · " + esc, tr("these keys; the end")),
    ]
    out.append(_head(tr("While showing to the room")) + _keys(rows))
    rows = [
        (f"{native('Alt+Up')} · {native('Alt+Down')}", tr("move the chosen items up, down")),
        (enter, tr("minutes, start, copies and note of an item; the text of a page of your own")),
        (native("Del"), tr("take the chosen items out")),
        (native("Shift+F10"), tr("all that can be done with them")),
        (esc, tr("go back to the page")),
    ]
    out.append(_head(tr("In the list of the workshop")) + _keys(rows))
    rows = [
        (f"{native('Ctrl++')} · {native('Ctrl+-')}", tr("larger, smaller pages")),
        (f"{native('Ctrl+0')} · {native('Ctrl+9')}", tr("as wide as the view; whole pages")),
        (f"{native('Alt+PgUp')} · {native('Alt+PgDown')}", tr("to the page before, after")),
    ]
    out.append(_head(tr("In the preview of a print")) + _keys(rows))
    return Shown(title, "".join(out))


def _keys(rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str:
    cells = "".join(
        f'<tr><td class="shortcut">{html.escape(key)}</td>'
        f'<td class="does">{html.escape(does.replace("&", ""))}</td></tr>'
        for key, does in rows
    )
    return f"<table>{cells}</table>"


def native(key: str) -> str:
    """A key as it is called on this system."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
