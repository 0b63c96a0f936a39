"""Every command of the window, declared once: menus, shortcuts and the keyboard page read this table.

Belongs here: names, texts, keys. Not here: what a command does (main_window.py)."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


class Command(NamedTuple):
    """One command. `text` has the menu's "&"; `keys` are in QKeySequence's portable form, the first is shown."""

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    checkable: bool = False
    separator: bool = False  # a line above it in the menu

    @property
    def label(self) -> str:
        """The text in the person's language, with its "&"."""
        return QCoreApplication.translate("Command", self.text)


MENUS = (
    ("file", QT_TRANSLATE_NOOP("Menu", "&File")),
    ("edit", QT_TRANSLATE_NOOP("Menu", "&Edit")),
    ("go", QT_TRANSLATE_NOOP("Menu", "&Go")),
    ("view", QT_TRANSLATE_NOOP("Menu", "&View")),
    ("workshop", QT_TRANSLATE_NOOP("Menu", "&Workshop")),
    ("tools", QT_TRANSLATE_NOOP("Menu", "&Tools")),
    ("help", QT_TRANSLATE_NOOP("Menu", "&Help")),
)

COMMANDS = (
    Command("workshop_new", "file", QT_TRANSLATE_NOOP("Command", "&New workshop"), ("Ctrl+N",)),
    Command("workshop_open", "file", QT_TRANSLATE_NOOP("Command", "&Open workshop…"), ("Ctrl+O",)),
    Command("workshop_recent", "file", QT_TRANSLATE_NOOP("Command", "Open &recent workshop")),
    Command("workshop_save", "file", QT_TRANSLATE_NOOP("Command", "&Save workshop"), ("Ctrl+S",)),
    Command("workshop_save_as", "file", QT_TRANSLATE_NOOP("Command", "Save wor&kshop as…"), ("Ctrl+Shift+S",)),
    Command("print", "file", QT_TRANSLATE_NOOP("Command", "&Print…"), ("Ctrl+P",), separator=True),
    Command("print_hit", "file", QT_TRANSLATE_NOOP("Command", "Print the chosen p&assage…"), ("Ctrl+Alt+P",)),
    Command("print_hits", "file", QT_TRANSLATE_NOOP("Command", "Print the &list of passages…"), ("Ctrl+Shift+P",)),
    Command("quit", "file", QT_TRANSLATE_NOOP("Command", "&Quit"), ("Ctrl+Q",), separator=True),
    Command("workshop_undo", "edit", QT_TRANSLATE_NOOP("Command", "&Undo in the workshop"), ("Ctrl+Z",)),
    Command("workshop_redo", "edit", QT_TRANSLATE_NOOP("Command", "&Redo in the workshop"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("copy", "edit", QT_TRANSLATE_NOOP("Command", "&Copy"), ("Ctrl+C", "Ctrl+Ins"), separator=True),
    Command("copy_source", "edit", QT_TRANSLATE_NOOP("Command", "Copy with s&ource"), ("Ctrl+Shift+C",)),
    Command("copy_address", "edit", QT_TRANSLATE_NOOP("Command", "Copy a&ddress of this section")),
    Command("select_all", "edit", QT_TRANSLATE_NOOP("Command", "Select &all"), ("Ctrl+A",)),
    Command("bookmark", "edit", QT_TRANSLATE_NOOP("Command", "&Bookmark this section"), ("Ctrl+D",), separator=True),
    Command("highlight", "edit", QT_TRANSLATE_NOOP("Command", "Hi&ghlight the selected words"), ("Ctrl+Shift+H",)),
    Command("note", "edit", QT_TRANSLATE_NOOP("Command", "Write a no&te…"), ("Ctrl+M",)),
    Command("marks", "edit", QT_TRANSLATE_NOOP("Command", "M&y marks"), ("Ctrl+Shift+D",)),
    Command(
        "search",
        "edit",
        QT_TRANSLATE_NOOP("Command", "&Search the handbook"),
        ("Ctrl+K", "/"),
        separator=True,
    ),
    Command(
        "search_here",
        "edit",
        QT_TRANSLATE_NOOP("Command", "Search in this c&hapter only"),
        ("Ctrl+Shift+K",),
    ),
    Command("find", "edit", QT_TRANSLATE_NOOP("Command", "&Find in this page"), ("Ctrl+F",)),
    Command("next_match", "edit", QT_TRANSLATE_NOOP("Command", "&Next match"), ("F3", "Ctrl+G")),
    Command(
        "previous_match",
        "edit",
        QT_TRANSLATE_NOOP("Command", "Pre&vious match"),
        ("Shift+F3", "Ctrl+Shift+G"),
    ),
    Command("back", "go", QT_TRANSLATE_NOOP("Command", "&Back"), ("Alt+Left", "Back")),
    Command("forward", "go", QT_TRANSLATE_NOOP("Command", "&Forward"), ("Alt+Right", "Forward")),
    Command(
        "previous_section",
        "go",
        QT_TRANSLATE_NOOP("Command", "&Previous section"),
        ("Alt+Up",),
        separator=True,
    ),
    Command("next_section", "go", QT_TRANSLATE_NOOP("Command", "&Next section"), ("Alt+Down",)),
    Command("previous_chapter", "go", QT_TRANSLATE_NOOP("Command", "Previous &chapter"), ("Ctrl+PgUp",)),
    Command("next_chapter", "go", QT_TRANSLATE_NOOP("Command", "Next c&hapter"), ("Ctrl+PgDown",)),
    Command("start_page", "go", QT_TRANSLATE_NOOP("Command", "&Start page"), ("Alt+Home",), separator=True),
    Command("to_contents", "go", QT_TRANSLATE_NOOP("Command", "To the c&ontents"), ("F6",)),
    Command("to_page", "go", QT_TRANSLATE_NOOP("Command", "To the pa&ge"), ("F7",)),
    Command("larger", "view", QT_TRANSLATE_NOOP("Command", "&Larger text"), ("Ctrl++", "Ctrl+=")),
    Command("smaller", "view", QT_TRANSLATE_NOOP("Command", "&Smaller text"), ("Ctrl+-",)),
    Command("normal_size", "view", QT_TRANSLATE_NOOP("Command", "&Normal text size"), ("Ctrl+0",)),
    Command("contents", "view", QT_TRANSLATE_NOOP("Command", "&Contents"), ("F9",), checkable=True, separator=True),
    Command("workshop", "view", QT_TRANSLATE_NOOP("Command", "&Workshop"), ("Shift+F8",), checkable=True),
    Command("show", "view", QT_TRANSLATE_NOOP("Command", "S&how to the room"), ("F5",)),
    Command("browser", "view", QT_TRANSLATE_NOOP("Command", "Read in the &browser"), ("Ctrl+B",)),
    Command("show_hit", "view", QT_TRANSLATE_NOOP("Command", "Show the chosen &passage to the room"), ("Shift+F5",)),
    Command("full_screen", "view", QT_TRANSLATE_NOOP("Command", "&Full screen"), ("F11",), checkable=True),
    Command(
        "colours_system",
        "view",
        QT_TRANSLATE_NOOP("Command", "Colours as the co&mputer"),
        checkable=True,
        separator=True,
    ),
    Command("colours_light", "view", QT_TRANSLATE_NOOP("Command", "L&ight colours"), checkable=True),
    Command("colours_dark", "view", QT_TRANSLATE_NOOP("Command", "&Dark colours"), checkable=True),
    Command("to_workshop", "workshop", QT_TRANSLATE_NOOP("Command", "To the &workshop"), ("F8",)),
    Command(
        "workshop_add",
        "workshop",
        QT_TRANSLATE_NOOP("Command", "&Add what is being read"),
        ("Ctrl+Shift+A",),
        separator=True,
    ),
    Command(
        "workshop_add_hit",
        "workshop",
        QT_TRANSLATE_NOOP("Command", "Add the chosen &passage found"),
        ("Ctrl+Alt+A",),
    ),
    Command("workshop_add_chapter", "workshop", QT_TRANSLATE_NOOP("Command", "Add the whole &chapter")),
    Command(
        "workshop_custom_page",
        "workshop",
        QT_TRANSLATE_NOOP("Command", "Add a page of your &own…"),
        separator=True,
    ),
    Command("workshop_entry", "workshop", QT_TRANSLATE_NOOP("Command", "Add a &break or other entry…")),
    Command("workshop_day", "workshop", QT_TRANSLATE_NOOP("Command", "B&egin another day")),
    Command(
        "workshop_details",
        "workshop",
        QT_TRANSLATE_NOOP("Command", "&Title, date, people, logo…"),
        separator=True,
    ),
    Command("workshop_print", "workshop", QT_TRANSLATE_NOOP("Command", "P&review and print…"), ("Ctrl+Shift+W",)),
    Command("run", "workshop", QT_TRANSLATE_NOOP("Command", "R&un by the clock"), ("Ctrl+F5",)),
    Command("rebuild_index", "tools", QT_TRANSLATE_NOOP("Command", "&Rebuild the search index")),
    Command(
        "keep_searches",
        "tools",
        QT_TRANSLATE_NOOP("Command", "&Keep the last searches after closing"),
        checkable=True,
        separator=True,
    ),
    Command("clear_searches", "tools", QT_TRANSLATE_NOOP("Command", "&Forget the last searches")),
    Command("keep_marks", "tools", QT_TRANSLATE_NOOP("Command", "Keep my &marks"), checkable=True),
    Command("clear_stored", "tools", QT_TRANSLATE_NOOP("Command", "&Clear what is stored…")),
    Command("keyboard", "help", QT_TRANSLATE_NOOP("Command", "&Keyboard"), ("F1",)),
    Command("about_content", "help", QT_TRANSLATE_NOOP("Command", "About this &handbook")),
    Command("about", "help", QT_TRANSLATE_NOOP("Command", "&About the program")),
)


def label_of(name: str) -> str:
    """The label of a command by its name."""
    return next(command.label for command in COMMANDS if command.name == name)
