"""Checks session plans and exercises (their elements, their minutes) and the length of texts to show on a screen.

Not here: the materials that they need (materials.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handbook.base.catalogue import ngettext, tr
from handbook.check.structure import line_in_file
from handbook.content.chapter import Chapter, Section
from handbook.content.handbook import Fault, Handbook

_BEFORE = ("Aim", "Objectives", "Background", "Materials", "Steps", "Debriefing")
_AFTER = ("Tips", "Variations", "Ideas for action", "Follow-up")
ELEMENTS = {
    "session-plan": (*_BEFORE, *_AFTER, "Exercises used", "Related"),
    "exercise": (*_BEFORE, "Safety", *_AFTER, "Used in", "Related"),
}
FORMS = ("Online", "Low literacy", "Mixed languages", "Seated")  # of a sheet, named in its variations
LEAST_OF_A_FORM = 12  # words: instructions, and no hint
LONGEST_SCREEN = 60  # words
TIERS = ("What happened", "What it means", "What we take with us")
_MINUTES = re.compile(r"\((\d+) minutes?\)$")
_ITEM = re.compile(r"^[-*+][ \t]+(.*)$")
# What an objective may not begin with: it says what people can do, so it begins with a verb.
_NO_VERB = re.compile(
    r"(?:the|an?|to|how|what|why|that|participants?|people|they|\w+(?:ing|ion|ness|ment))\b", re.IGNORECASE
)
_TIMING = re.compile(r"<!-- timing: ([^\n]*\S) -->")
_SIZE = re.compile(r"[0-9]{1,4}")
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,20})?")


def sheets(handbook: Handbook) -> Iterator[Chapter]:
    """The session plans and exercises."""
    for chapter in handbook.chapters.values():
        if chapter.front.kind in ELEMENTS:
            yield chapter


def _under(chapter: Chapter, title: str) -> list[Section]:
    """The sections right under the one of a title."""
    above = next((section for section in chapter.sections if section.title == title), None)
    return [section for section in chapter.sections if above is not None and section.parent == above.address]


def elements(handbook: Handbook) -> Iterator[Fault]:
    """Every element exists, in order; the front matter is complete; objectives are a list; the debriefing has tiers."""
    for chapter in sheets(handbook):
        wanted = ELEMENTS[chapter.front.kind]
        found = [section.title for section in chapter.sections if section.level == 2]
        for title in wanted:
            if title not in found:
                yield Fault(
                    chapter.file,
                    0,
                    tr("has no section '{title}', which every {kind} has").format(title=title, kind=chapter.front.kind),
                )
        if [title for title in found if title in wanted] != [title for title in wanted if title in found]:
            yield Fault(
                chapter.file, 0, tr("its sections are not in the order {names}").format(names=", ".join(wanted))
            )
        for key in ("minutes", "group_size", "level", "materials"):
            if not getattr(chapter.front, key):
                yield Fault(chapter.file, 1, tr("the front matter has no '{key}'").format(key=key))
        if [section.title for section in _under(chapter, "Debriefing")] != list(TIERS):
            yield Fault(
                chapter.file, 0, tr("the debriefing has not the three tiers {names}").format(names=", ".join(TIERS))
            )
        for section in chapter.sections[1:]:
            if section.end - section.body == 0 or not any(chapter.lines[section.body : section.end]):
                yield Fault(
                    chapter.file,
                    line_in_file(chapter, section.start),
                    tr("'{title}' is empty").format(title=section.title),
                )


def objectives(handbook: Handbook) -> Iterator[Fault]:
    """Objectives are a list, and each begins with a verb."""
    for chapter in sheets(handbook):
        section = next((section for section in chapter.sections if section.title == "Objectives"), None)
        if section is None:
            continue  # elements() says so
        lines = list(enumerate(chapter.lines[section.body : section.text_end], section.body))
        items = [(number, found.group(1)) for number, line in lines if (found := _ITEM.match(line))]
        if not items:
            yield Fault(chapter.file, line_in_file(chapter, section.start), tr("the objectives are no list"))
        for number, item in items:
            if _NO_VERB.match(item):
                message = tr("objective '{item}' does not begin with a verb").format(item=item)
                yield Fault(chapter.file, line_in_file(chapter, number), message)


def minutes(handbook: Handbook) -> Iterator[Fault]:
    """The minutes of the steps add up to the total in the front matter."""
    for chapter in sheets(handbook):
        total = 0
        for step in _under(chapter, "Steps"):
            found = _MINUTES.search(step.title)
            if found:
                total += int(found.group(1))
            else:
                message = tr("step '{title}' does not end in its minutes, as '(10 minutes)'").format(title=step.title)
                yield Fault(chapter.file, line_in_file(chapter, step.start), message)
        if total != chapter.front.minutes:
            yield Fault(
                chapter.file,
                1,
                tr("the steps take {total} minutes, the front matter says {minutes}").format(
                    total=total, minutes=chapter.front.minutes
                ),
            )


def timings(handbook: Handbook) -> Iterator[Fault]:
    """Below each step a comment says how its minutes were worked out, for the smallest and the largest group."""
    for chapter in sheets(handbook):
        lines = _lines_with_comments(handbook, chapter)
        sizes = set(map(int, re.findall(r"\d+", chapter.front.group_size)))
        for step in _under(chapter, "Steps"):
            found = _timing_below(chapter, step, lines)
            if found is None:
                problem = tr(
                    "step '{title}' has no comment right below it that says how its minutes were worked out"
                ).format(title=step.title)
            else:
                problem = _timing_problem(found.group(1), sizes, step)
            if problem:
                yield Fault(
                    chapter.file,
                    line_in_file(chapter, step.start),
                    problem,
                )


def timings_of(handbook: Handbook, chapter: Chapter) -> dict[str, str]:
    """The comments of a chapter that say how the minutes of its steps were worked out, by the steps' anchors."""
    lines = _lines_with_comments(handbook, chapter)
    found = {step.address.anchor: _timing_below(chapter, step, lines) for step in chapter.sections}
    return {anchor: comment[0] for anchor, comment in found.items() if comment is not None}


def _timing_below(chapter: Chapter, step: Section, lines: Sequence[str]) -> re.Match[str] | None:
    """The comment right below a heading, where it is one on minutes."""
    line = line_in_file(chapter, step.body)
    return _TIMING.fullmatch(lines[line - 1].strip()) if line <= len(lines) else None


def _lines_with_comments(handbook: Handbook, chapter: Chapter) -> list[str]:
    """The lines of a chapter's file with the comments, which are left out when a handbook is loaded."""
    try:
        text = (handbook.folder / chapter.file).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.split("\n")  # every kind of line end has become this one


def _timing_problem(words: str, sizes: set[int], step: Section) -> str:
    """What is wrong with how the minutes of a step were worked out: "8: 4 pairs x 1 min + 2 = 6; 20: … = 12"."""
    if words == "fixed":
        return ""
    worked: dict[int, float] = {}
    for part in words.split(";"):
        size, _, sum_ = part.partition(":")
        minutes = sum_.rpartition("=")[2].strip()
        if not _SIZE.fullmatch(size.strip()) or not _NUMBER.fullmatch(minutes):
            return tr(
                "step '{title}' has a timing that is neither 'fixed' nor of the form '8: … = 6; 20: … = 12': '{value}'"
            ).format(title=step.title, value=part.strip())
        worked[int(size)] = float(minutes)
    if set(worked) != sizes:
        return tr(
            "step '{title}' is worked out for groups of {found}, not for groups of {wanted} as in 'group_size'"
        ).format(title=step.title, found=", ".join(map(str, sorted(worked))), wanted=", ".join(map(str, sorted(sizes))))
    found = _MINUTES.search(step.title)
    longest = max(worked.values())
    if found and longest > int(found.group(1)):
        return tr("step '{title}' needs {longest:g} minutes as they are worked out").format(
            title=step.title, longest=longest
        )
    return ""


def forms(handbook: Handbook) -> Iterator[Fault]:
    """The variations hold instructions for every form in which people may take part."""
    for chapter in sheets(handbook):
        section = next((section for section in chapter.sections if section.title == "Variations"), None)
        if section is None:
            continue  # elements() says so
        items = dict(line.split(": ", 1) for line in chapter.text(section).splitlines() if ": " in line)
        for form in FORMS:
            count = len(items.get(form, "").split())
            if count < LEAST_OF_A_FORM:
                said = (
                    ngettext(
                        "the variations have '{form}' with {n} word, of {least} at the least",
                        "the variations have '{form}' with {n} words, of {least} at the least",
                        count,
                    )
                    if count
                    else tr("the variations have no '{form}'")
                )
                yield Fault(
                    chapter.file,
                    line_in_file(chapter, section.start),
                    said.format(form=form, n=count, least=LEAST_OF_A_FORM),
                )


def screens(handbook: Handbook) -> Iterator[Fault]:
    """Each section that is shown on a screen is short enough to fit on it, its title counted."""
    for chapter in handbook.chapters.values():
        if chapter.front.kind != "screen":
            continue
        for section in chapter.sections:
            if section.level != 2:
                continue
            parts = [one for one in chapter.sections if section.holds(one)]
            count = sum(len(f"{one.title} {chapter.read_text(one)}".split()) for one in parts)
            if count > LONGEST_SCREEN:
                message = ngettext(
                    "'{title}' has {n} word, more than {most} for a screen",
                    "'{title}' has {n} words, more than {most} for a screen",
                    count,
                ).format(title=section.title, n=count, most=LONGEST_SCREEN)
                yield Fault(chapter.file, line_in_file(chapter, section.start), message)


def used_in(handbook: Handbook) -> Iterator[Fault]:
    """An exercise names the session plans that use it, and they name the exercise."""
    links = {
        (chapter.id, section.title, chapter.resolve(target).chapter)
        for chapter in sheets(handbook)
        for section in chapter.sections
        for line, target in chapter.references.links
        if section.body <= line < section.text_end
    }
    for plan, title, exercise in links:
        if title == "Exercises used" and (exercise, "Used in", plan) not in links:
            chapter = handbook.chapters.get(exercise)
            if chapter is not None and chapter.front.kind == "exercise":
                yield Fault(chapter.file, 0, tr("'Used in' does not name {plan}, which uses it").format(plan=plan))
    for exercise, title, plan in links:
        if title == "Used in" and plan in handbook.chapters and (plan, "Exercises used", exercise) not in links:
            yield Fault(
                handbook.chapters[plan].file,
                0,
                tr("'Exercises used' does not name {exercise}").format(exercise=exercise),
            )
