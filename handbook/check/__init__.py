"""Proofs of the content: `handbook check` lists every fault, not only the first.

Belongs here: running the proofs. Each is a function from a handbook to its faults, in the module of its
kind: structure (links, anchors, headings), verbatim (the statement), facts (sources, dates, what is not
stated), training (session plans, exercises, screens), materials (what they need to print), workshops, glossary,
readability."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handbook.check import facts, glossary, materials, structure, training, verbatim, workshops
from handbook.content.handbook import Fault, Handbook

Proof = Callable[[Handbook], Iterator[Fault]]

PROOFS: tuple[Proof, ...] = (
    structure.links,
    structure.footnotes,
    structure.headings,
    structure.anchors,
    structure.old_addresses,
    structure.pictures,
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


def check(handbook: Handbook) -> tuple[Fault, ...]:
    """Every fault of a handbook, in the order of its files."""
    found = set(handbook.faults)
    for proof in PROOFS:
        found.update(proof(handbook))
    return tuple(sorted(found))
