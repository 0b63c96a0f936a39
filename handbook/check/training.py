"""Session plans and exercises have every element, their minutes add up, and what they need is there to print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.check.structure import line_in_file
from handbook.content.handbook import PRINTABLES, Chapter, Fault, Handbook, Section

_ELEMENTS = ("Aim", "Objectives", "Materials", "Steps", "Debriefing", "Tips", "Variations", "Follow-up", "Related")
ELEMENTS = {
    "session-plan": (*_ELEMENTS[:-1], "Exercises used", "Related"),
    "exercise": (*_ELEMENTS[:5], "Safety", *_ELEMENTS[5:-1], "Used in", "Related"),
}
TIERS = ("What happened", "What it means", "What we take with us")
_MINUTES = re.compile(r"\((\d+) minutes?\)$")
_ITEM = re.compile(r"^[-*+][ \t]+(.*)$")
# What an objective may not begin with: it says what people can do, so it begins with a verb.
_NO_VERB = re.compile(
    r"(?:the|an?|to|how|what|why|that|participants?|people|they|\w+(?:ing|ion|ness|ment))\b", re.IGNORECASE
)
_PRINTABLE_ID = re.compile(rf"^({'|'.join(PRINTABLES)})-[\w-]+$")


def _sheets(handbook: Handbook) -> Iterator[Chapter]:
    for chapter in handbook.chapters.values():
        if chapter.front.kind in ELEMENTS:
            yield chapter


def _under(chapter: Chapter, title: str) -> list[Section]:
    """The sections right under the one of a title."""
    above = next((section for section in chapter.sections if section.title == title), None)
    return [section for section in chapter.sections if above is not None and section.parent == above.address]


def elements(handbook: Handbook) -> Iterator[Fault]:
    """Every element is there, in order; the front matter is whole; objectives are a list; the debriefing has tiers."""
    for chapter in _sheets(handbook):
        wanted = ELEMENTS[chapter.front.kind]
        found = [section.title for section in chapter.sections if section.level == 2]
        for title in wanted:
            if title not in found:
                yield Fault(chapter.file, 0, f"has no section '{title}', which every {chapter.front.kind} has")
        if [title for title in found if title in wanted] != [title for title in wanted if title in found]:
            yield Fault(chapter.file, 0, f"its sections are not in the order {', '.join(wanted)}")
        for key in ("minutes", "group_size", "level", "materials"):
            if not getattr(chapter.front, key):
                yield Fault(chapter.file, 1, f"the front matter has no '{key}'")
        if [section.title for section in _under(chapter, "Debriefing")] != list(TIERS):
            yield Fault(chapter.file, 0, f"the debriefing has not the three tiers {', '.join(TIERS)}")
        for section in chapter.sections[1:]:
            if section.end - section.body == 0 or not any(chapter.lines[section.body : section.end]):
                yield Fault(chapter.file, line_in_file(chapter, section.start), f"'{section.title}' is empty")


def objectives(handbook: Handbook) -> Iterator[Fault]:
    """Objectives are a list, and each begins with a verb."""
    for chapter in _sheets(handbook):
        section = next((section for section in chapter.sections if section.title == "Objectives"), None)
        if section is None:
            continue  # elements() says so
        lines = list(enumerate(chapter.lines[section.body : section.text_end], section.body))
        items = [(number, found.group(1)) for number, line in lines if (found := _ITEM.match(line))]
        if not items:
            yield Fault(chapter.file, line_in_file(chapter, section.start), "the objectives are no list")
        for number, item in items:
            if _NO_VERB.match(item):
                message = f"objective '{item}' does not begin with a verb"
                yield Fault(chapter.file, line_in_file(chapter, number), message)


def minutes(handbook: Handbook) -> Iterator[Fault]:
    """The minutes of the steps add up to the total in the front matter."""
    for chapter in _sheets(handbook):
        total = 0
        for step in _under(chapter, "Steps"):
            found = _MINUTES.search(step.title)
            if found:
                total += int(found.group(1))
            else:
                message = f"step '{step.title}' does not end in its minutes, as '(10 minutes)'"
                yield Fault(chapter.file, line_in_file(chapter, step.start), message)
        if total != chapter.front.minutes:
            yield Fault(
                chapter.file, 1, f"the steps take {total} minutes, the front matter says {chapter.front.minutes}"
            )


def materials(handbook: Handbook) -> Iterator[Fault]:
    """Every printable that is named exists, is one, and is used by something."""
    used: set[str] = set()
    for chapter in handbook.chapters.values():
        for name in chapter.front.materials:
            used.add(name)
            if _PRINTABLE_ID.match(name) and name not in handbook.chapters:
                yield Fault(chapter.file, 1, f"the materials name '{name}', which does not exist")
        used.update(target.partition("#")[0] for _, target in chapter.references.links)
    for chapter in handbook.chapters.values():
        if chapter.front.kind in PRINTABLES and chapter.id not in used:
            yield Fault(chapter.file, 0, "nothing uses this printable")
        if _PRINTABLE_ID.match(chapter.id) and chapter.front.kind not in PRINTABLES:
            yield Fault(chapter.file, 1, f"its id says it is printable, its kind is '{chapter.front.kind}'")


def used_in(handbook: Handbook) -> Iterator[Fault]:
    """An exercise names the session plans that use it, and they name the exercise."""
    links = {
        (chapter.id, section.title, target.partition("#")[0])
        for chapter in _sheets(handbook)
        for section in chapter.sections
        for line, target in chapter.references.links
        if section.body <= line < section.text_end
    }
    for plan, title, exercise in links:
        if title == "Exercises used" and (exercise, "Used in", plan) not in links:
            chapter = handbook.chapters.get(exercise)
            if chapter is not None and chapter.front.kind == "exercise":
                yield Fault(chapter.file, 0, f"'Used in' does not name {plan}, which uses it")
    for exercise, title, plan in links:
        if title == "Used in" and plan in handbook.chapters and (plan, "Exercises used", exercise) not in links:
            yield Fault(handbook.chapters[plan].file, 0, f"'Exercises used' does not name {exercise}")
