"""The keyboard page: every command and its keys, and what keys do where they are no commands.

Belongs here: its words. Not here: which commands there are (ui/commands.py), what the page does with its keys
(page_keys.py)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from PySide6.QtGui import QKeySequence

from handbook.base.catalogue import pgettext, tr
from handbook.base.escape import escape
from handbook.ui.commands import COMMANDS, MENUS
from handbook.ui.reading.shown import Shown

Rows = Sequence[tuple[str, str]]  # keys, and what they do


def keyboard_page() -> Shown:
    """Every command and its keys, menu by menu; then the keys of each place."""
    title = tr("Keyboard")
    sections = (
        f"<h2>{escape(heading, quote=False)}</h2>{_table(rows)}" for heading, rows in (*_of_commands(), *_of_places())
    )
    return Shown(title, "".join([f"<h1>{escape(title)}</h1>", *sections]))


def _of_commands() -> Iterator[tuple[str, Rows]]:
    for name, label in MENUS:
        rows = [
            (_either([native(key) for key in command.keys]), command.label)
            for command in COMMANDS
            if command.menu == name and command.keys
        ]
        if rows:
            yield tr(label).replace("&", ""), rows


def _of_places() -> Iterator[tuple[str, Rows]]:
    up, down, enter, esc = _list_keys()
    tab, space = pgettext("key", "Tab"), pgettext("key", "Space")
    yield (
        tr("While searching"),
        [
            (_pair(up, down), tr("choose a passage in the list")),
            (enter, tr("open it; your words are marked on the page")),
            (tr("Down in the empty field"), tr("the last searches")),
            (
                tab + ", " + _pair(pgettext("key", "Left"), pgettext("key", "Right")),
                tr("to the chips under the field; Space switches one"),
            ),
            (esc, tr("go back to reading")),
        ],
    )
    yield (
        tr("While finding in the page"),
        [
            (_pair(enter, pgettext("key", "Shift+Enter")), tr("to the next match, the one before")),
            (esc, tr("put the bar away; the page stays where it is")),
        ],
    )
    yield (
        tr("On the page"),
        [
            (_pair(space, pgettext("key", "Shift+Space")), tr("a screen down, up")),
            (_pair(tab, enter), tr("to the next link or picture; open it, show it larger")),
            (native("F7"), tr("to the page; there, the caret on or off: arrows move it, with Shift they select")),
            ("H · Shift+H", tr("to the next heading, the one before; H highlights words that are selected")),
            (tr("1 to 4"), tr("to the next heading of that level")),
            ("K · T", tr("to the next link, the next table; with Shift to the one before")),
            (tr("Ctrl+Enter, Ctrl and a click"), tr("open a link beside the page, in a second window")),
            (tr("Ctrl and the mouse wheel"), tr("larger or smaller text")),
        ],
    )
    yield (
        tr("While showing to the room"),
        [
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
        ],
    )
    yield (
        tr("In the list of the workshop"),
        [
            (f"{native('Alt+Up')} · {native('Alt+Down')}", tr("move the chosen items up, down")),
            (enter, tr("minutes, start, copies and note of an item; the text of a page of your own")),
            (native("Del"), tr("take the chosen items out")),
            (native("Shift+F10"), tr("all that can be done with them")),
            (esc, tr("go back to the page")),
        ],
    )
    yield (
        tr("In the preview of a print"),
        [
            (f"{native('Ctrl++')} · {native('Ctrl+-')}", tr("larger, smaller pages")),
            (f"{native('Ctrl+0')} · {native('Ctrl+9')}", tr("as wide as the view; whole pages")),
            (f"{native('Alt+PgUp')} · {native('Alt+PgDown')}", tr("to the page before, after")),
        ],
    )


def _either(keys: Sequence[str]) -> str:
    """A key, or another that does the same."""
    # Translators: {first} and {second} are keys, as "Ctrl+C or Ctrl+Ins"
    return reduce(lambda first, second: tr("{first} or {second}").format(first=first, second=second), keys)


def _pair(first: str, second: str) -> str:
    """Two keys beside each other."""
    return f"{first} · {second}"


def _list_keys() -> tuple[str, str, str, str]:
    """Keys as they are called: those of lists."""
    return pgettext("key", "Up"), pgettext("key", "Down"), pgettext("key", "Enter"), pgettext("key", "Esc")


def _table(rows: Rows) -> str:
    cells = "".join(
        f'<tr><td class="shortcut">{escape(key)}</td><td class="does">{escape(does.replace("&", ""))}</td></tr>'
        for key, does in rows
    )
    return f"<table>{cells}</table>"


def native(key: str) -> str:
    """A key as it is called on this system."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
