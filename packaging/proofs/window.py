"""Using the handbook's windows as a person does, by keyboard: searching, a PDF, a workshop and its packets.

Belongs here: what is typed, and pictures at each step. Not here: how the program came there, and the screen itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from installers.tools import run

from proofs.screen import Screen
from proofs.steps import check, pages_of, wait_for


def use_window(screen: Screen, title: str, where: str, pdf: Path, typed: str = "") -> None:
    """Search and make a PDF through the window; pictures at each step.

    pdf: where the PDF is to go; typed: its name as the program's system says it, where that is another."""
    screen.wait_for_window(title)
    picture = screen.picture("1 opened")
    check(screen.colours(picture) > 100, f"{where}: the window shows a page")
    screen.key("ctrl+k")
    screen.type("critical voice funding")
    screen.picture("2 search")
    steps = ("Down", "Down", "Down", "Down", "Return")  # into the hits; then a chapter's title is in the window's
    press(screen, steps, lambda: screen.windows(r"\S - "), f"{where}: a passage that was found is opened")
    screen.picture("3 passage")
    open_window(screen, "ctrl+p", "^Print$")
    screen.picture("4 print")
    save(screen, where, pdf, typed)
    check(pdf.stat().st_size > 5_000, f"{where}: a PDF is saved through the window")
    screen.picture("6 saved")
    leave(screen, "^Print$")


def press(screen: Screen, keys: Sequence[str], brought: Callable[[], object], what: str) -> None:
    """Press keys until what they bring is there.

    A button may be grey for a while; on a busy machine a window is in sight before it takes keys, which are lost."""

    def there() -> object:
        if not brought():
            screen.key(*keys)
            screen.settle()
        return brought()

    wait_for(there, what, 90)


def open_window(screen: Screen, keys: str, title: str) -> None:
    """Press keys that open a window, until it is there and has the keyboard."""
    press(screen, [keys], lambda: screen.windows(title), f"a window titled '{title}' after {keys}")
    screen.wait_for_window(title)


def leave(screen: Screen, title: str) -> None:
    """Close a dialog, if it did not close by itself."""
    if screen.windows(title):
        screen.wait_for_window(title)
        press(screen, ["Escape"], lambda: not screen.windows(title), f"the window titled '{title}' closed")
        screen.wait_without(title)


def save(screen: Screen, where: str, pdf: Path, typed: str = "") -> None:
    """Have the dialog for printing save a PDF, say where to, and wait for it; pdf, typed: as of use_window()."""
    open_window(screen, "alt+a", "^Save PDF$")
    screen.settle()
    screen.key("Home", "shift+End")  # not ctrl+a: the dialog may be Windows' own
    screen.type(typed or str(pdf))
    screen.picture("5 save")
    screen.key("Return")
    wait_for(pdf.is_file, f"{where}: the PDF saved in the window: {pdf.name}", 90)


def print_on_paper(screen: Screen, title: str, where: str) -> None:
    """Print the section that the window shows on the printer that the system offers first."""
    screen.wait_still(title)
    open_window(screen, "ctrl+p", "^Print$")
    screen.settle()
    both = "the system's dialog for printing, over ours"
    press(screen, ["alt+n"], lambda: len(screen.windows("^Print$")) == 2, f"{where}: {both}")
    screen.picture("10 printer")
    screen.key("Return")
    screen.wait_for_fewer("^Print$", 2)
    screen.picture("11 printed")
    leave(screen, "^Print$")


def use_workshop(screen: Screen, title: str, name: str, where: str, pdf: Path, typed: str = "") -> None:
    """See that the window shows the workshop called `name`, and save all that it prints in one PDF.

    The window for printing has the workshop's name as its title. Pictures and pdf: as in use_window()."""
    screen.wait_for_window(title)
    screen.picture(f"7 {name}")
    printing = f"^Print: {name}$"
    open_window(screen, "ctrl+shift+w", printing)
    check(True, f"{where}: the window shows the workshop '{name}'")
    screen.key("alt+o")  # all in one PDF
    screen.picture(f"8 {name}, print", seconds=20)
    save(screen, where, pdf, typed)
    text = " ".join(run("pdftotext", pdf, "-").split())
    check(name in text and "Opening" in text, f"{where}: its packets are a PDF of {pages_of(pdf)} pages")
    screen.wait_for_window(printing)
    screen.picture(f"9 {name}, saved")
    leave(screen, printing)


def add_pack(screen: Screen, title: str, where: str) -> None:
    """See that a pack that was opened is added to the library in sight, and close what is open."""
    screen.wait_for_window("^Handbooks$")
    screen.picture("12 pack added")
    check(True, f"{where}: a pack opens the list of handbooks")
    leave(screen, "^Handbooks$")
    close_windows(screen, title)


def close_windows(screen: Screen, title: str) -> None:
    """Close the handbook's windows with the keyboard."""

    def fewer(than: int) -> bool:
        return len(screen.windows(title)) < than

    screen.wait_for_window(title)
    while left := len(screen.windows(title)):
        screen.wait_still(title)
        press(screen, ["ctrl+q"], partial(fewer, left), f"a window titled '{title}' closed")
        screen.wait_for_fewer(title, left)
