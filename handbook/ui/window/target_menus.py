"""Menus that name what they will act on: the page's and the contents' context menus, and entries with a title in them.

Belongs here: which entries there are, and putting a title into them. Not here: what a command does (outputs.py, …)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handbook.base.catalogue import N_, tr
from handbook.content.chapter import Section
from handbook.ui import commands
from handbook.ui.window.menus import name_target

# Commands for the chosen hit, as the menu of the list has them.
HIT_COMMANDS = ("workshop_add_hit", "beside_hit", "show_hit", "print_hit", "print_hits")

Handler = Callable[[str], object]  # takes an address

_ON_PAGE = (
    ("copy", "copy_source", "copy_address", "select_all"),
    ("find", "print", "browser", "workshop_add", "show"),
    ("bookmark", "highlight", "note"),
    ("back", "forward"),
)
_SECTION = {
    "bookmark": N_("&Bookmark: {title}"),
    "note": N_("Write a no&te: {title}…"),
    "copy_source": N_("Copy with s&ource: {title}"),
    "copy_address": N_("Copy a&ddress: {title}"),
    "print": N_("&Print: {title}…"),
    "show": N_("S&how to the room: {title}"),
    "workshop_add": N_("&Add: {title}"),
}
_CHAPTER = {"workshop_add_chapter": N_("Add the whole &chapter: {title}")}
_HIT = {
    "workshop_add_hit": N_("Add the &passage: {title}"),
    "print_hit": N_("Print the p&assage: {title}…"),
    "show_hit": N_("Show the &passage to the room: {title}"),
}


def name_section(actions: Mapping[str, QAction], section: Section | None, chapter: str) -> None:
    """Put the title of the section that commands act on, and that of its chapter, into their entries."""
    _name(actions, _SECTION, section.title if section is not None else "")
    _name(actions, _CHAPTER, chapter if section is not None else "")


def name_hit(actions: Mapping[str, QAction], section: Section | None, *, there: bool) -> None:
    """Put the title of the chosen hit into the entries that act on it. there: is one chosen?"""
    for name in HIT_COMMANDS:
        actions[name].setEnabled(there)
    _name(actions, _HIT, section.title if section is not None else "")


def _name(actions: Mapping[str, QAction], labels: Mapping[str, str], title: str) -> None:
    for name, label in labels.items():
        name_target(actions[name], tr(label) if title else commands.label_of(name), title)


def fill_page_menu(
    menu: QMenu, actions: Mapping[str, QAction], link: Section | None, open_: Handler, open_beside: Handler
) -> None:
    """Fill the context menu of the page. link: the section that the link under the pointer leads to."""
    menu.setToolTipsVisible(True)
    if link is not None:
        _add(menu, link, ((tr("&Open: {title}"), open_), (tr("Open b&eside: {title}"), open_beside)))
        menu.addSeparator()
    for group in _ON_PAGE:
        if group is not _ON_PAGE[0]:
            menu.addSeparator()
        menu.addActions([actions[name] for name in group])


def show_contents_menu(contents: QWidget, section: Section, at: QPoint, entries: Sequence[tuple[str, Handler]]) -> None:
    """Show the context menu of a row in the contents. entries: (label with {title}, handler)."""
    menu = QMenu(contents)
    menu.setToolTipsVisible(True)
    _add(menu, section, entries)
    menu.exec(at)
    menu.deleteLater()


def _add(menu: QMenu, section: Section, entries: Sequence[tuple[str, Handler]]) -> None:
    address = str(section.address)
    for label, handler in entries:
        entry = menu.addAction("")
        name_target(entry, label, section.title)
        entry.triggered.connect(lambda _=False, handler=handler: handler(address))
