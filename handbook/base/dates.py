"""Dates in words.

Belongs here: how a day is written in a language. Not here: times of day, and dates that are typed (Qt's widgets).

Names of months and the order of a date come from the catalogue, as every other word; a test compares them with Qt's
copy of the Unicode CLDR. The names are those of the "format" form (the genitive, where a language has one):
https://cldr.unicode.org."""

from __future__ import annotations

import datetime
import gettext

from handbook.base import catalogue


def written(date: datetime.date, said: gettext.NullTranslations | None = None) -> str:
    """A day in words: 24 November 2026. said: the translations to use; those in use if it is None."""
    said = said or catalogue.in_use()
    return form(said).format(day=date.day, month=months(said)[date.month - 1], year=date.year)


def form(said: gettext.NullTranslations) -> str:
    """The order of a date, with the signs between: "{day} {month} {year}"."""
    # Translators: how a date is written, as 24 November 2026
    return said.pgettext("date", "{day} {month} {year}")


def months(said: gettext.NullTranslations) -> tuple[str, ...]:
    """The names of the months as they stand in a date."""
    # Translators: the names of months as they stand after a day's number (in the genitive, if a language has one)
    return (
        said.pgettext("in a date", "January"),
        said.pgettext("in a date", "February"),
        said.pgettext("in a date", "March"),
        said.pgettext("in a date", "April"),
        said.pgettext("in a date", "May"),
        said.pgettext("in a date", "June"),
        said.pgettext("in a date", "July"),
        said.pgettext("in a date", "August"),
        said.pgettext("in a date", "September"),
        said.pgettext("in a date", "October"),
        said.pgettext("in a date", "November"),
        said.pgettext("in a date", "December"),
    )
