"""The titles of call-outs that were written without one, in the language of their page.

Belongs here: these words, and putting them where they are missing. Not here: which kinds of call-out there are
(callouts.py), other programs' forms of them (others_forms.py). Without a title a kind's own name is shown, which is
English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import NullTranslations

from handbook.base import catalogue
from handbook.base.late_patterns import late_pattern
from handbook.content.headings import fenced_lines

_UNTITLED = late_pattern(r"[ ]*+!!! ?([\w-]+)[ ]*+$")


def with_titles(lines: Sequence[str], language: str) -> list[str]:
    """The lines of a text in our own forms, with the titles that its language has for its call-outs."""
    made = list(lines)
    if not any("!!!" in line for line in made):
        return made
    titles = _titles(catalogue.of(language))
    fenced = fenced_lines(made)
    for number, line in enumerate(made):
        untitled = _UNTITLED.match(line) if "!!!" in line and not fenced[number] else None
        kind = untitled.group(1).lower() if untitled else ""  # MkDocs takes them in capitals, too
        title = titles.get(kind, kind)
        if title.lower() != kind:
            made[number] = f'{line.rstrip()} "{title}"'
    return made


def _titles(said: NullTranslations) -> Mapping[str, str]:
    """By the kinds that GitHub has."""
    # Translators: titles of frames in a text, above a remark, an advice and so on
    return {
        "note": said.pgettext("title of a frame", "Note"),
        "tip": said.pgettext("title of a frame", "Tip"),
        "important": said.pgettext("title of a frame", "Important"),
        "warning": said.pgettext("title of a frame", "Warning"),
        "caution": said.pgettext("title of a frame", "Caution"),
    }
