"""SVG files: their size, their words, and which of them are plain."""

from __future__ import annotations

import pytest

from handbook.base import svg
from tests.helpers import CONTENT, ROOT
from tests.pictures import drawing

CASES = sorted((ROOT / "tests" / "cases" / "hostile-logos").glob("*.svg"))


def found(data: bytes) -> svg.Svg:
    seen = svg.look(data)
    assert seen is not None
    return seen


def svg_of(inside: str, attributes: str = 'viewBox="0 0 400 200"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


@pytest.mark.parametrize(
    ("attributes", "size", "fills"),
    [
        ('viewBox="0 0 400 200"', (400, 200), True),
        ('width="100" height="50px"', (100, 50), False),
        ('width="1in" viewBox="0 0 2 1"', (96, 48), False),
        ('width="100%" viewBox="0 0 30 20"', (30, 20), False),
        ('viewBox="0 0 0 200"', svg.USUAL_SIZE, True),
        ('viewBox="a b c d"', svg.USUAL_SIZE, True),
        ("", svg.USUAL_SIZE, False),
    ],
)
def test_the_size_is_what_is_stated(attributes: str, size: tuple[float, float], fills: bool) -> None:
    seen = found(svg_of("", attributes))
    assert (seen.size, seen.fills) == (size, fills)


def test_the_words_of_a_text_are_one_whole_over_its_lines() -> None:
    inside = "<text>Council of <tspan>Europe</tspan></text><text/><g><text> 2005 </text></g><title>no</title>"
    assert found(svg_of(inside)).words == ("Council of Europe", "2005")


def test_a_plain_drawing_says_its_colours() -> None:
    seen = found(drawing())
    assert not seen.unplain
    assert seen.colours == {"#22252a", "#e4eff0"}


@pytest.mark.parametrize("file", sorted((CONTENT / "pictures").glob("*.svg")), ids=lambda file: file.stem)
def test_our_drawings_are_plain(file: object) -> None:
    assert not found(file.read_bytes()).unplain  # type: ignore[attr-defined]  # a path


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_what_takes_programs_down_is_not_plain(file: object) -> None:
    assert found(file.read_bytes()).unplain  # type: ignore[attr-defined]  # a path


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<script/>", "holds <script>"),
        ("<style>a</style>", "holds <style>"),
        ('<image href="data:image/png;base64,AAAA"/>', "holds <image>"),
        ("<defs/>", "holds <defs>"),
        ('<rect style="fill:red"/>', "has 'style' in <rect>"),
        ('<rect onclick="a"/>', "has 'onclick' in <rect>"),
        ('<rect x="1e9"/>', 'has x="1e9"'),
        ('<rect x="123456"/>', "has x="),
        ('<rect fill="red"/>', "has fill="),
        ('<rect fill="url(#a)"/>', "has fill="),
        ('<text font-size="99999">a</text>', "has font-size="),
        ('<path d="M0 0 e9"/>', "has d="),
        ('<g transform="scale(9)"/>', "has transform="),
        ("<g>" * 9 + "</g>" * 9, "in each other"),
        ("<g/>" * 900, "more than 800 parts"),
        (f"<text>{'a' * 7000}</text>", "letters"),
    ],
)
def test_what_is_not_plain_is_named(inside: str, why: str) -> None:
    assert why in found(svg_of(inside)).unplain


def test_no_plain_drawing_is_without_a_view_box() -> None:
    assert "viewBox" in found(svg_of("", 'width="9"')).unplain
