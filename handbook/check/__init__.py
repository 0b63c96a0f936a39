"""Checks of the content: `handbook check` lists all faults, not only the first.

Belongs here: running the checks, and which of them rest in other languages than English. Each is a function that takes
a handbook and gives its faults, in the module of its subject: structure (links, anchors, headings), verbatim (the
statement), facts (sources, dates, contact details), days (each stands once), pictures (their files, their words, our
own drawings), training (session plans, exercises, screens), materials (what they need to print), workshops, glossary,
readability, translations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from handbook.base.catalogue import N_, tr
from handbook.base.network_languages import ENGLISH
from handbook.check import (
    days,
    facts,
    glossary,
    materials,
    pictures,
    structure,
    training,
    translations,
    verbatim,
    workshops,
)
from handbook.content.handbook import Fault, Handbook

Proof = Callable[[Handbook], Iterator[Fault]]

PROOFS: tuple[Proof, ...] = (
    structure.names,
    structure.pages,
    structure.footnotes,
    structure.old_addresses,
    pictures.shown,
    pictures.described,
    pictures.used,
    pictures.drawings,
    pictures.contact_details,
    verbatim.statement,
    facts.sourced,
    facts.dated,
    facts.sources_exist,
    facts.sources_used,
    facts.contact_details,
    days.once,
    training.elements,
    training.objectives,
    training.minutes,
    training.timings,
    training.forms,
    training.screens,
    training.used_in,
    materials.exist,
    materials.linked,
    materials.used,
    glossary.form,
    glossary.found_first,
    workshops.workshops,
)


# What holds in every language: the others know English words.
_OF_TRANSLATIONS: tuple[Proof, ...] = (
    structure.pages,
    structure.footnotes,
    pictures.shown,
    facts.sources_exist,
    facts.contact_details,
    translations.translations,
)


# What knows English words, such as the titles of a plan's sections. What these checks are of is told where they rest.
_IN_ENGLISH: Mapping[Proof, str] = {
    facts.sourced: N_("facts without a footnote"),
    days.once: N_("days that stand twice"),
    training.elements: N_("session plans and exercises"),
    training.objectives: N_("session plans and exercises"),
    training.minutes: N_("session plans and exercises"),
    training.timings: N_("session plans and exercises"),
    training.forms: N_("session plans and exercises"),
    training.used_in: N_("session plans and exercises"),
    materials.linked: N_("session plans and exercises"),
    glossary.form: N_("the form of the glossary"),
}


def check(handbook: Handbook) -> tuple[Fault, ...]:
    """All faults of a handbook, in the order of its files."""
    found = set(handbook.faults)
    for proof in PROOFS:
        if is_english(handbook) or proof not in _IN_ENGLISH:
            found.update(proof(handbook))
    return tuple(sorted(found))


def is_english(handbook: Handbook) -> bool:
    """Is a handbook in English, so that every check has a form for it?"""
    return handbook.manifest.language.partition("-")[0].lower() == ENGLISH


def resting(handbook: Handbook) -> tuple[str, ...]:
    """Which kinds of check have no form for a handbook's language: a sentence for each, none for English."""
    if is_english(handbook):
        return ()
    kinds = list(_IN_ENGLISH.values())
    if any(part.readable for part in handbook.parts):
        kinds.append(N_("reading ease"))
    # Translators: language is a code, such as pl
    said = tr("Not checked: {what}. There is no form of this check for the language '{language}'.")
    language = handbook.manifest.language
    return tuple(said.format(what=tr(kind), language=language) for kind in dict.fromkeys(kinds))


def check_pages(handbook: Handbook) -> tuple[Fault, ...]:
    """The faults that whoever reads a handbook meets: links that lead nowhere, pictures that are not there."""
    return tuple(sorted({*handbook.faults, *structure.pages(handbook), *pictures.shown(handbook)}))


def check_translated(handbook: Handbook) -> tuple[Fault, ...]:
    """The faults of the chapters that are translated, where the others have none."""
    found = set(handbook.faults)
    for proof in _OF_TRANSLATIONS:
        found.update(proof(handbook))
    return tuple(sorted(found))
