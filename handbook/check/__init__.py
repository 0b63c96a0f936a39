"""Checks of the content: `handbook check` lists all faults, not only the first.

Belongs here: running the checks. Each is a function that takes a handbook and gives its faults, in the module of its
subject: structure (links, anchors, headings), verbatim (the statement), facts (sources, dates, contact details),
pictures (their files, their words, our own drawings), training (session plans, exercises, screens), materials (what
they need to print), workshops, glossary, readability, translations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.check import facts, glossary, materials, pictures, structure, training, translations, verbatim, workshops
from handbook.content.handbook import Fault, Handbook

Proof = Callable[[Handbook], Iterator[Fault]]

PROOFS: tuple[Proof, ...] = (
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


def check(handbook: Handbook) -> tuple[Fault, ...]:
    """All faults of a handbook, in the order of its files."""
    found = set(handbook.faults)
    for proof in PROOFS:
        found.update(proof(handbook))
    return tuple(sorted(found))


def check_translated(handbook: Handbook) -> tuple[Fault, ...]:
    """The faults of the chapters that are translated, where the others have none."""
    found = set(handbook.faults)
    for proof in _OF_TRANSLATIONS:
        found.update(proof(handbook))
    return tuple(sorted(found))
