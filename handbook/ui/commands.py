"""Every command of the window, declared once: menus, shortcuts and the keyboard page read this table.

Belongs here: names, texts, keys. Not here: what a command does (window/)."""

from __future__ import annotations

from typing import NamedTuple

from handbook.base.catalogue import N_, tr


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
        return tr(self.text)


MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("go", N_("&Go")),
    ("view", N_("&View")),
    ("workshop", N_("&Workshop")),
    ("tools", N_("&Tools")),
    ("help", N_("&Help")),
)

COMMANDS = (
    Command("workshop_new", "file", N_("&New workshop"), ("Ctrl+N",)),
    Command("workshop_open", "file", N_("&Open workshop…"), ("Ctrl+O",)),
    Command("workshop_recent", "file", N_("Open &recent workshop")),
    Command("workshop_save", "file", N_("&Save workshop"), ("Ctrl+S",)),
    Command("workshop_save_as", "file", N_("Save wor&kshop as…"), ("Ctrl+Shift+S",)),
    Command("print", "file", N_("&Print…"), ("Ctrl+P",), separator=True),
    Command("print_hit", "file", N_("Print the chosen p&assage…"), ("Ctrl+Shift+O",)),
    Command("print_hits", "file", N_("Print the &list of passages…"), ("Ctrl+Shift+P",)),
    Command("print_terms", "file", N_("Print &terms in two languages…")),
    Command("export", "file", N_("E&xport…"), ("Ctrl+E",)),
    Command("handbooks", "file", N_("Hand&books…"), separator=True),
    Command("quit", "file", N_("&Quit"), ("Ctrl+Q",), separator=True),
    Command("workshop_undo", "edit", N_("&Undo in the workshop"), ("Ctrl+Z",)),
    Command("workshop_redo", "edit", N_("&Redo in the workshop"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("copy", "edit", N_("&Copy"), ("Ctrl+C", "Ctrl+Ins"), separator=True),
    Command("copy_source", "edit", N_("Copy with s&ource"), ("Ctrl+Shift+C",)),
    Command("copy_address", "edit", N_("Copy a&ddress of this section")),
    Command("select_all", "edit", N_("Select &all"), ("Ctrl+A",)),
    Command("bookmark", "edit", N_("&Bookmark this section"), ("Ctrl+D",), separator=True),
    Command("highlight", "edit", N_("Hi&ghlight the selected words"), ("Ctrl+Shift+H",)),
    Command("note", "edit", N_("Write a no&te…"), ("Ctrl+M",)),
    Command("marks", "edit", N_("M&y marks"), ("Ctrl+Shift+D",)),
    Command(
        "search",
        "edit",
        N_("&Search the handbook"),
        ("Ctrl+K", "/"),
        separator=True,
    ),
    Command(
        "search_here",
        "edit",
        N_("Search in this c&hapter only"),
        ("Ctrl+Shift+K",),
    ),
    Command("find", "edit", N_("&Find in this page"), ("Ctrl+F",)),
    Command("next_match", "edit", N_("&Next match"), ("F3", "Ctrl+G")),
    Command(
        "previous_match",
        "edit",
        N_("Pre&vious match"),
        ("Shift+F3", "Ctrl+Shift+G"),
    ),
    Command("back", "go", N_("&Back"), ("Alt+Left", "Back")),
    Command("forward", "go", N_("&Forward"), ("Alt+Right", "Forward")),
    Command(
        "previous_section",
        "go",
        N_("&Previous section"),
        ("Alt+Up",),
        separator=True,
    ),
    Command("next_section", "go", N_("&Next section"), ("Alt+Down",)),
    Command("previous_chapter", "go", N_("Previous &chapter"), ("Ctrl+PgUp",)),
    Command("next_chapter", "go", N_("Next c&hapter"), ("Ctrl+PgDown",)),
    Command("start_page", "go", N_("&Start page"), ("Alt+Home",), separator=True),
    Command("beside", "go", N_("Op&en beside"), ("Ctrl+Shift+N",), separator=True),
    Command("beside_hit", "go", N_("Open the chosen passage bes&ide")),
    Command("beside_original", "go", N_("Original or tr&anslation beside"), ("Ctrl+Shift+B",)),
    Command("preview", "go", N_("Pre&view of the link"), ("Ctrl+I",)),
    Command("to_contents", "go", N_("To the c&ontents"), ("F6",)),
    Command("to_page", "go", N_("To the pa&ge"), ("F7",)),
    Command("larger", "view", N_("&Larger text"), ("Ctrl++", "Ctrl+=")),
    Command("smaller", "view", N_("&Smaller text"), ("Ctrl+-",)),
    Command("normal_size", "view", N_("&Normal text size"), ("Ctrl+0",)),
    Command("window_larger", "view", N_("Whole window l&arger"), ("Ctrl+Shift++",)),
    Command("window_smaller", "view", N_("Whole window s&maller"), ("Ctrl+Shift+-",)),
    Command("window_usual", "view", N_("Whole window as &usual"), ("Ctrl+Shift+Backspace",)),
    Command("reading", "view", N_("&Reading…")),
    Command("contents", "view", N_("&Contents"), ("F9",), checkable=True, separator=True),
    Command("filter_contents", "view", N_("Filter plans and e&xercises"), ("Ctrl+Shift+F",)),
    Command("tool_words", "view", N_("Displa&y of the buttons")),
    Command("caret", "view", N_("Care&t on the page"), checkable=True),
    Command("workshop", "view", N_("&Workshop"), ("Shift+F8",), checkable=True),
    Command("show", "view", N_("S&how to the room"), ("F5",)),
    Command("browser", "view", N_("Read in the &browser"), ("Ctrl+B",)),
    Command("show_hit", "view", N_("Show the chosen &passage to the room"), ("Shift+F5",)),
    Command("full_screen", "view", N_("&Full screen"), ("F11",), checkable=True),
    Command(
        "language",
        "view",
        # Translators: put the English word in brackets behind it, for who is lost: "Język (Language)"
        N_("Lan&guage"),
        separator=True,
    ),
    Command(
        "colours_system",
        "view",
        N_("C&olours as the computer"),
        checkable=True,
    ),
    Command("colours_light", "view", N_("L&ight colours"), checkable=True),
    Command("colours_dark", "view", N_("&Dark colours"), checkable=True),
    Command("colours_black_on_white", "view", N_("Blac&k on white, high contrast"), checkable=True),
    Command("colours_white_on_black", "view", N_("Whit&e on black, high contrast"), checkable=True),
    Command("to_workshop", "workshop", N_("To the &workshop"), ("F8",)),
    Command(
        "workshop_add",
        "workshop",
        N_("&Add what is being read"),
        ("Ctrl+Shift+A",),
        separator=True,
    ),
    Command(
        "workshop_add_hit",
        "workshop",
        N_("Add the chosen &passage found"),
        ("Ctrl+Shift+I",),
    ),
    Command("workshop_add_chapter", "workshop", N_("Add the whole &chapter")),
    Command(
        "workshop_custom_page",
        "workshop",
        N_("Add a page of your &own…"),
        separator=True,
    ),
    Command("workshop_entry", "workshop", N_("Add a &break or other entry…")),
    Command("workshop_day", "workshop", N_("B&egin another day")),
    Command(
        "workshop_details",
        "workshop",
        N_("&Title, date, people, logo…"),
        separator=True,
    ),
    Command("workshop_print", "workshop", N_("P&review and print…"), ("Ctrl+Shift+W",)),
    Command("run", "workshop", N_("R&un by the clock"), ("Ctrl+F5",)),
    Command("rebuild_index", "tools", N_("&Rebuild the search index")),
    Command(
        "keep_searches",
        "tools",
        N_("&Keep the last searches after closing"),
        checkable=True,
        separator=True,
    ),
    Command("clear_searches", "tools", N_("&Forget the last searches")),
    Command("keep_marks", "tools", N_("Keep my &marks"), checkable=True),
    Command("find_marks", "tools", N_("F&ind my marks too"), checkable=True),
    Command("clear_stored", "tools", N_("&Clear what is stored…")),
    Command("keyboard", "help", N_("&Keyboard"), ("F1",)),
    Command("first_steps", "help", N_("&First steps")),
    Command("write_handbook", "help", N_("&Write a handbook…")),
    Command("check_update", "help", N_("&Check a file for an update…"), separator=True),
    Command("about_content", "help", N_("About this &handbook")),
    Command("about_translation", "help", N_("About the &translation")),
    Command("about", "help", N_("&About the program")),
)


def label_of(name: str) -> str:
    """The label of a command by its name."""
    return next(command.label for command in COMMANDS if command.name == name)
