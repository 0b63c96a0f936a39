"""Stretches of a text: counted as Qt counts and as Python does, found by letters alone, found by what was typed.

Belongs here: functions of texts. Not here: anything of a document or a widget (reader.py, page_text.py)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

Spans = tuple[tuple[int, int], ...]  # (start, end) in a text, end excluded


def as_qt_counts(text: str, spans: Spans) -> Spans:
    """Stretches of a text by Qt's count, in which a letter beyond U+FFFF, such as an emoji, is two."""
    if not spans or text.isascii() or max(text) <= "\uffff":
        return spans
    extra = (0, *accumulate(letter > "\uffff" for letter in text))
    return tuple((start + extra[start], end + extra[end]) for start, end in spans)


def as_python_counts(text: str, position: int) -> int:
    """A position by Qt's count as an index of the text; the opposite of as_qt_counts()."""
    if text.isascii() or max(text) <= "\uffff":
        return position
    return len(text.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))


def letters_of(text: str) -> tuple[str, list[int]]:
    """The letters of a text, folded, and the place of each by Qt's count."""
    folded: list[str] = []
    places: list[int] = []
    at = 0
    for letter in text:
        if letter.isalpha():
            folded.append(_folded(letter))
            places.append(at)
        at += 2 if letter > "\uffff" else 1
    return "".join(folded), places


def _folded(text: str) -> str:
    # casefold() may lengthen a text (ß), so positions are only right letter by letter.
    return "".join(letter.casefold() if len(letter.casefold()) == 1 else letter for letter in text)


def spans_of_words(needle: str) -> Callable[[str], Spans]:
    """A marker for the find bar: the very letters that were typed, in capitals or not."""
    wanted = _folded(needle)

    def spans(text: str) -> Spans:
        folded = _folded(text)
        found: list[tuple[int, int]] = []
        start = folded.find(wanted) if wanted else -1
        while start >= 0:
            found.append((start, start + len(wanted)))
            start = folded.find(wanted, start + len(wanted))
        return tuple(found)

    return spans
