"""What the reader shows of a chapter, as HTML without colours.

Belongs here: words and structure of such pages. Not here: the start page (start_page.py), the keyboard page
(keyboard_page.py), how pages look (theme.py)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.content import figures, markup, term_lines
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.html import shown_figures, to_html
from handbook.content.parse_cache import Parsed
from handbook.content.pictures import Picture
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
    titles = {section.address.anchor: section.title for section in chapter.sections}
    return {
        name: (tr("About {name}").format(name=_called(name, titles)), f"{reading.id}#{name}")
        for name in chapter.anchors
        if name and name in reading.anchors
    }


def _called(name: str, titles: dict[str, str]) -> str:
    """Its number, as in the titles of the close reading ("P09"); where it has none, its own title."""
    return name.upper() if name[-1].isdecimal() else titles.get(name, name)
