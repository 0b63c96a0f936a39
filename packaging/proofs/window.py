"""Using the handbook's windows as a person does, by keyboard: searching, a PDF, a workshop and its packets.

Belongs here: what is typed, and pictures at each step. Not here: how the program came there, and the screen itself."""

from __future__ import annotations

from pathlib import Path

from installers.tools import run

from proofs.screen import Screen
from proofs.steps import check, pages_of, wait_for


def use_window(screen: Screen, title: str, where: str, pdf: Path, typed: str = "") -> None:
    """Search and make a PDF through the window; pictures at each step.

    pdf: where the PDF is to go; typed: its name as the program's system says it, where that is another."""
    screen.wait_for_window(title)
    screen.settle()
    picture = screen.picture("1 opened")
    check(screen.colours(picture) > 100, f"{where}: the window shows a page")
    screen.key("ctrl+k")
    screen.type("critical voice funding")
    screen.settle()
    screen.picture("2 search")

    def opened() -> bool:
        """Whether a chapter's title is in the window's; on a busy machine the hits come late."""
        screen.key("Down", "Down", "Down", "Down", "Return")
        screen.settle()
        return bool(screen.windows(r"\S - "))

    wait_for(opened, f"{where}: a passage that was found is opened", 60)
    screen.picture("3 passage")
    screen.key("ctrl+p")
    screen.wait_for_window("^Print$")
    screen.settle()
    screen.picture("4 print")
    screen.key("alt+a")
    save(screen, pdf, typed)
    check(pdf.stat().st_size > 5_000, f"{where}: a PDF is saved through the window")
    screen.settle()
    screen.picture("6 saved")
    if screen.windows("^Print$"):
        screen.wait_for_window("^Print$")
        screen.key("Escape")
        screen.wait_without("^Print$")


def save(screen: Screen, pdf: Path, typed: str = "") -> None:
    """Answer the question where a PDF is to go, and wait for it; arguments as of use_window()."""
    screen.wait_for_window("^Save PDF$")
    screen.settle()
    screen.key("Home", "shift+End")  # not ctrl+a: the dialog may be Windows' own
    screen.type(typed or str(pdf))
    screen.settle()
    screen.picture("5 save")
    screen.key("Return")
    wait_for(pdf.is_file, f"the PDF saved in the window: {pdf.name}", 90)


def print_on_paper(screen: Screen, title: str, where: str) -> None:
    """Print the section that the window shows on the printer that the system offers first."""
    screen.wait_for_window(title)
    screen.settle()
    screen.key("ctrl+p")
    screen.wait_for_window("^Print$")
    screen.settle()
    screen.key("alt+n")
    wait_for(lambda: len(screen.windows("^Print$")) == 2, f"{where}: the system's dialog for printing")
    screen.settle()
    screen.picture("10 printer")
    screen.key("Return")
    screen.wait_for_fewer("^Print$", 2)
    screen.settle()
    screen.picture("11 printed")
    if screen.windows("^Print$"):
        screen.wait_for_window("^Print$")
        screen.key("Escape")
        screen.wait_without("^Print$")


def use_workshop(screen: Screen, title: str, name: str, where: str, pdf: Path, typed: str = "") -> None:
    """See that the window shows the workshop called `name`, and save all that it prints in one PDF.

    The window for printing has the workshop's name as its title. Pictures and pdf: as in use_window()."""
    screen.wait_for_window(title)
    screen.settle()
    screen.picture(f"7 {name}")
    screen.key("ctrl+shift+w")
    printing = f"^Print: {name}$"
    screen.wait_for_window(printing)
    check(True, f"{where}: the window shows the workshop '{name}'")
    screen.key("alt+o")  # all in one PDF

    def asked() -> bool:
        """Whether it asks where to; the button is grey until all pages are there."""
        screen.key("alt+a")
        return bool(screen.windows("^Save PDF$"))

    screen.settle(20)
    screen.picture(f"8 {name}, print")
    wait_for(asked, f"{where}: the pages of '{name}'", 90)
    save(screen, pdf, typed)
    text = " ".join(run("pdftotext", pdf, "-").split())
    check(name in text and "Opening" in text, f"{where}: its packets are a PDF of {pages_of(pdf)} pages")
    screen.wait_for_window(printing)
    screen.settle()
    screen.picture(f"9 {name}, saved")
    screen.key("Escape")
    screen.wait_without(printing)


def add_pack(screen: Screen, title: str, where: str) -> None:
    """See that a pack that was opened is added to the library in sight, and close what is open."""
    screen.wait_for_window("^Handbooks$")
    screen.settle()
    screen.picture("12 pack added")
    check(True, f"{where}: a pack opens the list of handbooks")
    screen.key("Escape")
    screen.wait_without("^Handbooks$")
    close_windows(screen, title)


def close_windows(screen: Screen, title: str) -> None:
    """Close the handbook's windows with the keyboard."""
    screen.wait_for_window(title)
    while left := len(screen.windows(title)):
        screen.wait_for_window(title)
        screen.settle()
        screen.key("ctrl+q")
        screen.wait_for_fewer(title, left)
