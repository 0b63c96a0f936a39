"""Qt's own texts where Qt has none in a language: for Belarusian, Macedonian and Romanian it has no file at all.

Belongs here: which texts these are, and handing Qt their translations out of our catalogue. Not here: the
files that Qt brings (language.py).

They are the texts that this program can show: buttons, menus of fields and pages, choosing a file, choosing a printer.
Written as Qt has them, letter by letter: what Qt asks for is looked up in this list."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from handbook.base import catalogue
from handbook.base.catalogue import N_

_BUTTONS = (
    N_("OK"),
    N_("&Yes"),
    N_("&No"),
    N_("Cancel"),
    N_("Close"),
    N_("Save"),
    N_("Discard"),
    N_("Open"),
    N_("Apply"),
    N_("Reset"),
    N_("Retry"),
    N_("Ignore"),
    N_("Abort"),
    N_("Help"),
)
_MENUS = (
    # Translators: menu of a text or a field, as the next nine
    N_("&Undo"),
    N_("&Redo"),
    N_("Cu&t"),
    N_("&Copy"),
    N_("Copy &Link Location"),
    N_("&Paste"),
    N_("Delete"),
    N_("Select All"),
    N_("&Select All"),
    # Translators: menu of a field with a number, as the next
    N_("&Step up"),
    N_("Step &down"),
    # Translators: menu of a scroll bar, as the next twelve
    N_("Scroll here"),
    N_("Top"),
    N_("Bottom"),
    N_("Left edge"),
    N_("Right edge"),
    N_("Page up"),
    N_("Page down"),
    N_("Page left"),
    N_("Page right"),
    N_("Scroll up"),
    N_("Scroll down"),
    N_("Scroll left"),
    N_("Scroll right"),
)
_FILES = (
    # Translators: Qt's dialog that asks for a file or a folder, as all texts to "%1 is write protected"
    N_("&Look in:"),
    N_("Directory:"),
    N_("Directories"),
    N_("File &name:"),
    N_("Files of &type:"),
    N_("&Open"),
    N_("&Save"),
    N_("&Choose"),
    N_("Save As"),
    N_("Back"),
    N_("Forward"),
    N_("Go back"),
    N_("Go forward"),
    N_("Parent Directory"),
    N_("Go to the parent directory"),
    N_("Create New Folder"),
    N_("Create a New Folder"),
    N_("New Folder"),
    N_("&New Folder"),
    N_("List View"),
    N_("Change to list view mode"),
    N_("Detail View"),
    N_("Change to detail view mode"),
    N_("List of places and bookmarks"),
    N_("Sidebar"),
    N_("Files"),
    N_("Show &hidden files"),
    N_("&Rename"),
    N_("&Delete"),
    N_("Remove"),
    N_("All Files (*)"),
    N_("Computer"),
    N_("Drive"),
    N_("Folder"),
    # Translators: head of a column in a list of files, as the next three
    N_("Name"),
    N_("Size"),
    N_("Type"),
    N_("Date Modified"),
    N_("%1 bytes"),
    N_("%1 KB"),
    N_("%1 MB"),
    N_("%1 GB"),
    N_("%1 already exists.\nDo you want to replace it?"),
    N_("%1\nFile not found.\nPlease verify the correct file name was given."),
    N_("%1\nDirectory not found.\nPlease verify the correct directory name was given."),
    N_("Are you sure you want to delete '%1'?"),
    N_("'%1' is write protected.\nDo you want to delete it anyway?"),
    N_("Could not delete directory."),
)
_PRINTER = (
    # Translators: Qt's dialog that asks for a printer, as all texts that follow
    N_("Print"),
    N_("&Print"),
    N_("&Options >>"),
    N_("&Options <<"),
    N_("Printer"),
    N_("&Name:"),
    N_("P&roperties"),
    N_("Printer Properties"),
    N_("Location:"),
    N_("Type:"),
    N_("Preview"),
    N_("Copies"),
    N_("Copies:"),
    N_("Collate"),
    N_("Reverse"),
    N_("Print range"),
    N_("Print all"),
    N_("Pages from"),
    # Translators: between two numbers of pages
    N_("to"),
    N_("Current Page"),
    N_("Selection"),
    N_("Pages"),
    N_("Page &Set:"),
    N_("All Pages"),
    N_("Odd Pages"),
    N_("Even Pages"),
    N_("Options"),
    N_("Output Settings"),
    N_("Color Mode"),
    N_("Color"),
    N_("Grayscale"),
    N_("Double Sided Printing"),
    # Translators: no printing on both sides
    N_("Off"),
    N_("Long side binding"),
    N_("Short side binding"),
    N_("Job Options"),
    N_("Page"),
    N_("Advanced"),
    N_("There are conflicts in some options. Please fix them."),
    N_("Paper"),
    N_("Page size:"),
    N_("Paper source:"),
    N_("Width:"),
    N_("Height:"),
)
TEXTS = frozenset((*_BUTTONS, *_MENUS, *_FILES, *_PRINTER))


class QtTexts(QTranslator):
    """Answers Qt out of the program's catalogue."""

    def isEmpty(self) -> bool:
        """Qt installs no translator without texts."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # type: ignore[override]  # None is Qt's null text: it asks the next translator
        """The translation; None where there is none, or a place of Qt's got lost in it."""
        if source not in TEXTS:
            return None
        text = catalogue.tr(source)
        return text if text != source and text.count("%1") == source.count("%1") else None
