"""The text of a step as the trainer's window shows it.

Belongs here: which words these are. Not here: what the group sees of them (show.py)."""

from __future__ import annotations

from handbook.base.escape import escape
from handbook.content import figures, markup
from handbook.content.address import Address
from handbook.content.bounds import within_limits
from handbook.content.handbook import Handbook
from handbook.content.html import to_html
from handbook.presenting.moments import Moment


def step_html(handbook: Handbook, moment: Moment) -> str:
    """The trainer's own text of a step, else that of the handbook, else the step's title. Pictures are words."""
    if moment.text:
        words = markup.from_markdown(within_limits(moment.text)[0])
        figures.as_words(words)
        return to_html(words)
    address = Address.parse(moment.address)
    chapter, section = handbook.chapter(address), handbook.find(address)
    if not moment.address or chapter is None or section is None:
        return f"<p>{escape(moment.title)}</p>"
    anchors = {one.address.anchor for one in chapter.sections if section.holds(one)}
    root = markup.cut(markup.parse(chapter), anchors)
    figures.as_words(root)
    return to_html(root)
