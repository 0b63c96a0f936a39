"""Numbering of lists in Word: bullets, numbers that begin again with each list, boxes to tick.

Belongs here: the definitions of the lists and their indents. Not here: the paragraphs (walk.py)."""

from __future__ import annotations

BULLETS, NUMBERS, BOXES = 1, 2, 3  # the kinds of list; each list of numbers is one of its own
STEP = 425  # twentieths of a point by which each level is indented
_LEVELS = 9
_SIGNS = ("•", "–", "▪")
_FORMATS = (("decimal", "%{}."), ("lowerLetter", "%{}."), ("lowerRoman", "%{}."))


class Lists:
    """The lists of a document, as they are asked for."""

    def __init__(self) -> None:
        self._numbered: list[tuple[int, int, int]] = []  # number, level, start

    def numbers(self, level: int, start: int) -> int:
        """The number of a new list that counts. level: from 0."""
        number = BOXES + 1 + len(self._numbered)
        self._numbered.append((number, level, start))
        return number

    def xml(self, namespaces: str) -> str:
        """The part of the document that defines the lists."""
        kinds = (
            _kind(BULLETS, [("bullet", _SIGNS[level % 3]) for level in range(_LEVELS)]),
            _kind(NUMBERS, [(form, sign.format(level + 1)) for level, (form, sign) in _levels()]),
            _kind(BOXES, [("none", "")] * _LEVELS),
        )
        plain = "".join(
            f'<w:num w:numId="{one}"><w:abstractNumId w:val="{one}"/></w:num>' for one in (BULLETS, NUMBERS, BOXES)
        )
        counted = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{NUMBERS}"/><w:lvlOverride w:ilvl="{level}">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for number, level, start in self._numbered
        )
        return f"<w:numbering {namespaces}>{''.join(kinds)}{plain}{counted}</w:numbering>"


def _levels() -> list[tuple[int, tuple[str, str]]]:
    return [(level, _FORMATS[level % 3]) for level in range(_LEVELS)]


def _kind(number: int, levels: list[tuple[str, str]]) -> str:
    suffix = '<w:suff w:val="nothing"/>' if number == BOXES else ""  # the box is in the paragraph, and hangs
    rows = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'{suffix}<w:lvlText w:val="{sign}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{STEP * (level + 1)}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
        for level, (form, sign) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>{rows}</w:abstractNum>'
    )
