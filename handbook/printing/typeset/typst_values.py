"""The values that the .typ files are written for: sizes, choices, and the words that are printed by themselves.

Belongs here: what holds for every kind of page. Not here: a page's measures (page_measures.py), what follows from the
words of one document (document.py)."""

from __future__ import annotations

import gettext
from collections.abc import Mapping

from handbook.base import catalogue, quotation_marks
from handbook.handout.options import PrintOptions
from handbook.printing.typeset.expressions import literal, string, truth


def let(values: Mapping[str, str]) -> str:
    """Typst bindings, a line each."""
    return "\n".join(f"#let {name} = {value}" for name, value in values.items())


def common_settings(options: PrintOptions, language: str, *, has_front: bool) -> dict[str, str]:
    """The values that every .typ file is written for."""
    opening, closing = quotation_marks.of(language)
    return {
        "doc-size": f"{options.size}pt",
        "doc-tinted": truth(not options.saving),
        "doc-ruled": truth(options.writing == "ruled"),
        "doc-has-front": truth(has_front),
        "doc-cover": literal(options.cover),
        "doc-contents": literal(options.contents),
        "doc-quote-open": string(opening),
        "doc-quote-close": string(closing),
        **{f"word-{name}": string(words) for name, words in own_words(catalogue.of(language)).items()},
    }


def own_words(said: gettext.NullTranslations) -> dict[str, str]:
    """The words of the .typ files, by their names there without "word-"."""
    return {
        "contents": said.pgettext("head of a list", "Contents"),
        # Translators: above room to write on
        "notes": said.pgettext("room to write", "Notes"),
        # Translators: where a reference leads, in brackets behind it
        "page": said.gettext("page {number}"),
        "page-of": said.gettext("page {number} of {last}"),
        # Translators: title: the programme of a workshop's day
        "programme": said.gettext("Programme"),
        # Translators: on the strips along which the sheets of a poster are put together
        "glue": said.gettext("Glue the next sheet onto this strip"),
        "cut": said.gettext("Cut off this strip"),
        # Translators: on this page, further up; in brackets behind a reference
        "above": said.pgettext("on this page", "above"),
        # Translators: on this page, further down; in brackets behind a reference
        "below": said.pgettext("on this page", "below"),
        # Translators: behind the title of a section that the packet does not have
        "elsewhere": said.gettext("not in this packet"),
        # Translators: heads of the columns of a programme: when, how long, what
        "time": said.pgettext("head of a column", "Time"),
        "minutes": said.pgettext("head of a column", "min"),
        "what": said.pgettext("head of a column", "What"),
        # Translators: at the top of a worksheet, with room behind it to write the name of the group
        "group": said.pgettext("to fill in", "Group"),
        # Translators: at the top of a worksheet, with room behind it to write the day
        "date-of-day": said.pgettext("to fill in", "Date"),
        # Translators: before the name of a picture's file
        "no-picture": said.gettext("Picture not shown"),
    }
