"""A screen reader's side: goes through the window by AT-SPI alone, and says as JSON what it found.

Run by the system's own Python, which has the bindings of AT-SPI (gi); nothing of the project is imported.
Usage: client.py SCENARIO [ARGUMENT…]"""

from __future__ import annotations

import contextlib
import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

warnings.simplefilter("ignore")  # old names of functions that both old and new libraries have
PATIENCE = 60.0  # seconds; never a measure of speed
heard: list[str] = []
Found = TypeVar("Found")


def turn() -> None:
    """Let events come in."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def wait(what: Callable[[], Found | None], told: str) -> Found:
    """What a function gives as soon as it gives something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        turn()
        try:
            found = what()
        except GLib.GError:  # gone while it was looked at
            found = None
        if found:
            return found
        time.sleep(0.05)
    raise SystemExit(f"waited in vain: {told}; heard {heard}")


def inside(element: Any, deep: int = 16) -> Iterator[Any]:
    """An element and all in it."""
    yield element
    if deep:
        for number in range(element.get_child_count()):
            child = element.get_child_at_index(number)
            if child is not None:
                yield from inside(child, deep - 1)


def application() -> Any:
    desktop = Atspi.get_desktop(0)
    every = (desktop.get_child_at_index(number) for number in range(desktop.get_child_count()))
    return next((one for one in every if one and one.get_name() == "Field Handbook" and one.get_child_count()), None)


def find(role: str, name: str, root: Any = None, *, exact: bool = False) -> Any:
    def look() -> Any:
        for one in inside(root or app):
            fits = one.get_name() == name if exact else name in one.get_name()
            if one.get_role_name() == role and fits:
                return one
        return None

    return wait(look, f"{role} {name!r}")


def press(element: Any) -> float:
    names = [element.get_action_name(number) for number in range(element.get_n_actions())]
    before = time.monotonic()
    element.do_action(names.index("Press"))
    return time.monotonic() - before


def title() -> str:
    return str(app.get_child_at_index(0).get_name())


def words(element: Any) -> str:
    return str(Atspi.Text.get_text(element, 0, Atspi.Text.get_character_count(element)))


def hears(text: str) -> str:
    return wait(lambda: next((one for one in heard if text in one), None), f"to hear {text!r}")


def jobs(target: str) -> dict[str, Any]:
    """Open and read, search, print."""
    found: dict[str, Any] = {}
    press(find("table cell", "Reading the statement"))
    wait(lambda: title().startswith("Reading the statement"), "the chapter")
    page = find("document frame", "Page")
    found["opened"] = hears("Reading the statement")
    found["roles"] = sorted({one.get_role_name() for one in inside(page)})
    headings = [one for one in inside(page) if one.get_role_name() == "heading"]
    found["headings"] = [(one.get_name(), one.get_attributes().get("level")) for one in headings[:2]]
    found["text"] = words(page)[:200]
    found["editable"] = page.get_editable_text_iface() is not None
    with contextlib.suppress(GLib.GError):
        Atspi.EditableText.insert_text(page, 0, "XX", 2)
    found["unchanged"] = words(page)[:200] == found["text"]
    Atspi.Text.set_caret_offset(page, 30)
    found["caret"] = Atspi.Text.get_caret_offset(page)
    Atspi.Text.add_selection(page, 3, 9)
    range_ = Atspi.Text.get_selection(page, 0)
    found["selection"] = [range_.start_offset, range_.end_offset]
    link = next(one for one in inside(page) if one.get_role_name() == "link" and not one.get_name().isdigit())
    press(link)
    wait(lambda: not title().startswith("Reading the statement") or len(heard) > 1, "the link")

    field = find("text", "Search the handbook")
    Atspi.EditableText.set_text_contents(field, "closed shelters")
    hits = find("list", "Passages found")
    wait(lambda: hits.get_child_count() > 3, "hits")
    found["count"] = hears("Passages found")
    hit = hits.get_child_at_index(1)
    found["hit"] = hit.get_name()
    del heard[:]
    press(hit)
    found["match"] = hears("Match ")
    found["marks"] = [one.get_name() for one in inside(page) if "match" in one.get_description().lower()]

    button = find("push button", "Print…", exact=True)
    found["waited"] = press(button)
    dialog = find("dialog", "Print")
    sheet = find("section", "Page 1 of", root=dialog)
    found["printed"] = wait(lambda: words(sheet), "the page's words")[:60]
    save = find("push button", "Save PDF", root=dialog)
    wait(lambda: save.get_state_set().contains(Atspi.StateType.ENABLED), "saving")
    press(save)
    name = wait(
        lambda: next(
            (
                one
                for number in range(app.get_child_count())
                for one in inside(app.get_child_at_index(number))
                if one.get_role_name() == "text" and one.get_name().startswith("File name")
            ),
            None,
        ),
        "the name of the file",
    )
    Atspi.EditableText.set_text_contents(name, target)
    press(find("push button", "Save", exact=True))
    found["saved"] = hears("Saved:")
    press(find("push button", "Close", root=dialog, exact=True))
    return found


def pages(count: str) -> dict[str, Any]:
    """Many pages in a row while their parts are being read; then the end."""
    page = find("document frame", "Page")
    following, read, gone = find("menu item", "Next chapter"), 0, 0
    old: list[Any] = []
    seen: set[str] = set()
    for _ in range(int(count)):
        press(following)
        for one in old[:6]:  # of a page that is no more
            try:
                one.get_role_name()
                one.get_child_count()
                Atspi.Text.get_text(one, 0, 5)
            except GLib.GError:
                gone += 1
        old = []
        try:
            for one in inside(page):
                old.append(one)
                one.get_name()
                read += 1
                if len(old) > 40:
                    break
        except GLib.GError:
            gone += 1
        seen.add(title())
    press(find("menu item", "Quit"))
    return {"read": read, "gone": gone, "pages": len(seen)}


app = wait(application, "the window")
listener = Atspi.EventListener.new(lambda event: heard.append(str(event.any_data)))
listener.register("object:announcement")
print(json.dumps({"jobs": jobs, "pages": pages}[sys.argv[1]](*sys.argv[2:])))
