"""The chapter in view as a file that the system opens in a web browser, for people whose screen reader knows it best.

Belongs here: writing that file into the cache folder, and having it opened. Not here: what the file says
(content/web_page.py)."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from handbook.base import atomic_file
from handbook.base.bounded import NotRead
from handbook.base.catalogue import tr
from handbook.base.paths import make_private
from handbook.base.system_errors import reason_of
from handbook.content.chapter import Chapter
from handbook.content.figures import not_shown
from handbook.content.handbook import Handbook
from handbook.content.parse_cache import Parsed
from handbook.content.pictures import Picture
from handbook.content.web_page import Page, headings_of, name_of, web_page
from handbook.content.web_text import Words
from handbook.ui.reading.page_source import chapter_tree, statement_label
from handbook.ui.widgets.progress import wait_for

FOLDER = "browser"  # inside the cache folder
MOST_PICTURES = 8 << 20  # bytes of all pictures in one file; of the others the words are there
_TYPES = {"svg": "svg+xml", "jpg": "jpeg"}


def chapter_file(handbook: Handbook, chapter: Chapter, parsed: Parsed) -> str:
    """The HTML of a chapter, with its pictures in it."""
    tree = chapter_tree(handbook, chapter, parsed)
    statement = chapter.front.kind == "statement"
    source = handbook.source_line(chapter)
    page = Page(
        tree,
        chapter.id,
        handbook.language_of(chapter),
        chapter.title,
        tree.find("*[@class='chapter']") is not None and not statement,
        headings_of((section.address, section.title, section.level) for section in chapter.sections),
        source,
        statement,
        statement_label(handbook, chapter) if statement else "",
    )
    words = Words(
        contents=tr("On this page"),
        theirs=tr("The words of {source}").format(source=source),
        notes=tr("Notes"),
        note=tr("Note"),
        back=tr("Back to the text"),
        room=tr("Room to write"),
    )
    return web_page(page, words, _pictures_of(chapter), not_shown)


def _pictures_of(chapter: Chapter) -> Callable[[Element], str]:
    """Each figure's picture as an address that holds its bytes, until they are MOST_PICTURES."""
    left = MOST_PICTURES

    def address(figure: Element) -> str:
        nonlocal left
        found = chapter.picture(figure.get("src", ""))
        if not isinstance(found, Picture):
            return ""
        with contextlib.suppress(NotRead):
            data = found.read()
            if len(data) <= left:
                left -= len(data)
                kind = _TYPES.get(found.kind, found.kind)
                return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
        return ""

    return address


def write(handbook: Handbook, chapter: Chapter, parsed: Parsed, cache: Path) -> Path:
    """Write a chapter's file; its path. Raises OSError or atomic_file.NotSaved."""
    folder = cache / FOLDER
    make_private(folder)
    target = folder / name_of(chapter.title)
    atomic_file.save(chapter_file(handbook, chapter, parsed).encode("utf-8", "replace"), target)
    return target


def read_in_browser(window: QWidget, handbook: Handbook, chapter: Chapter, parsed: Parsed, cache: Path) -> str:
    """Write a chapter's file and have it opened; what became of it, as a sentence."""
    try:
        path = wait_for(
            window, tr("Writing the page for the browser…"), 0, lambda *_: write(handbook, chapter, parsed, cache)
        )
    except (OSError, atomic_file.NotSaved) as problem:
        return tr("The page for the browser could not be written: {why}").format(why=reason_of(problem))
    if path is None:
        return tr("Cancelled.")
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return tr("Handed to the browser: {title}").format(title=chapter.title)
    return tr("Nothing on this computer opened the page. It is in the file {path}").format(path=path)
