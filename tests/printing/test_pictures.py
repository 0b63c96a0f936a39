"""Pictures from outside: drawn once into pixels by a process of its own, which may die of them."""

from __future__ import annotations

import base64
import os
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.base import paths
from handbook.content.handbook import Handbook
from handbook.printing.typeset import Cancelled, TypesetError, pictures, print_workshop
from handbook.printing.typeset.process import Bounds
from handbook.workshop import logo
from handbook.workshop.logo import BadLogo
from tests import workshops
from tests.helpers import ROOT
from tests.pictures import JPEG, SVG, chunk, png, zeros
from tests.workshops import WORKSHOP

CASES = ROOT / "tests" / "cases" / "hostile-logos"


def svg(inside: str) -> bytes:
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50">'
    return f"{head}{inside}</svg>".encode()


DRAWN = {
    "png": (png(40, 20), (40, 20)),
    "wide": (png(4000, 8), (2000, 4)),
    "jpg": (JPEG, (8, 4)),
    "square": (SVG, (2000, 2000)),
    "svg": (svg('<rect width="9" height="9"/>'), (2000, 1000)),
}


@pytest.mark.parametrize(("data", "size"), DRAWN.values(), ids=DRAWN)
def test_a_picture_becomes_pixels_of_a_bounded_size(data: bytes, size: tuple[int, int]) -> None:
    made = pictures.drawn(logo.of("ours", data))
    assert (made.name, made.kind) == ("ours", "png")
    assert logo.is_drawn(made)
    assert logo.size_of(made.data) == size


def test_pixels_are_taken_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "ask", lambda *_: pytest.fail("there is nothing to draw"))
    found = logo.of("ours", png(40, 20))
    assert pictures.drawn(found) is found


def test_what_is_drawn_is_the_picture() -> None:
    made = pictures.drawn(logo.of("ours", svg('<rect width="100" height="50" fill="#ff0000"/>')))
    pixels = zlib.decompress(made.data[41 : made.data.rindex(b"IEND") - 8])
    middle = 500 * (1 + 4 * 2000)
    assert set(pixels[1 : 1 + 4]) <= {255, 0}
    assert len(pixels) > middle


def test_a_photograph_gets_smaller_until_it_has_room() -> None:
    noise = '<filter id="n"><feTurbulence baseFrequency="9"/></filter><rect width="100" height="50" filter="url(#n)"/>'
    made = pictures.drawn(logo.of("noise.svg", svg(noise)))
    assert len(made.data) <= logo.MOST_BYTES
    assert max(logo.size_of(made.data) or (2000,)) < 2000


def test_a_picture_of_many_megabytes_is_drawn() -> None:
    large = png(8, 8, chunk(b"prVt", bytes(15 * 1024 * 1024)))
    assert logo.size_of(pictures.pixels("png", large, 8)) == (8, 8)


def nested(element: str, count: int) -> bytes:
    """Masks or patterns, each drawn with the one before."""
    paint = "mask" if element == "mask" else "fill"
    size = ' width="1" height="1"' if element == "pattern" else ""
    parts = (
        f'<{element} id="p{n}"{size}><rect width="9" height="9" {paint}="url(#p{n - 1})"/></{element}>'
        for n in range(count)
    )
    return svg(f'<defs>{"".join(parts)}</defs><rect width="9" height="9" {paint}="url(#p{count - 1})"/>')


def doubled(levels: int) -> bytes:
    """A thousand million parts, by few uses of uses."""
    parts = "".join(f'<g id="u{n}"><use href="#u{n - 1}"/><use href="#u{n - 1}"/></g>' for n in range(1, levels))
    return svg(f'<defs><g id="u0"><rect width="1" height="1"/></g>{parts}</defs><use href="#u{levels - 1}"/>')


def blurred(levels: int) -> bytes:
    """Groups in each other, each of them blurred over 100 metres."""
    blur = '<filter id="f"><feGaussianBlur stdDeviation="99999"/></filter>'
    return svg(blur + '<g filter="url(#f)">' * levels + '<rect width="9" height="9"/>' + "</g>" * levels)


def within(picture: bytes) -> bytes:
    """A picture in a picture."""
    data = base64.b64encode(picture).decode()
    return svg(f'<image width="9" height="9" href="data:image/svg+xml;base64,{data}"/>')


HOSTILE = {
    **{path.stem: path.read_bytes() for path in sorted(CASES.glob("*.svg"))},
    "nested masks": nested("mask", 4000),
    "nested patterns": nested("pattern", 4000),
    "uses of uses": doubled(30),
    "blurred": blurred(90),
    "within": within(doubled(30)),
    "crash within": within((CASES / "feimage.svg").read_bytes()),
    "no size": b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>',
    "a size beyond all": b'<svg xmlns="http://www.w3.org/2000/svg" width="1e38" height="1e-38"/>',
    "broken pixels": png()[:41] + b"xxxx" + png()[45:],
}
PROFILE = chunk(b"iCCP", b"a\0\0" + zeros(300))


@pytest.mark.slow
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_no_picture_takes_the_program_down(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "BOUNDS", pictures.BOUNDS._replace(seconds=2))
    try:
        assert logo.is_drawn(pictures.drawn(logo.of("theirs.svg", data)))
    except BadLogo as exc:
        assert "'theirs.svg'" in str(exc)  # noqa: PT017 - either is right


def test_a_logo_on_which_nothing_is_to_be_seen_is_refused() -> None:
    page = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject>Words</foreignObject></svg>'
    with pytest.raises(BadLogo, match="can't be drawn: nothing is to be seen on it"):
        pictures.drawn(logo.of("page.svg", page))


@pytest.mark.parametrize("name", ["feimage", "filter_morph", "masks", "patterns", "text", "usecycle"])
def test_the_cases_are_refused_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "BOUNDS", pictures.BOUNDS._replace(seconds=2))
    with pytest.raises(BadLogo, match=f"'{name}.svg'"):
        pictures.drawn(logo.read(CASES / f"{name}.svg"))


def test_a_colour_profile_is_left_behind() -> None:
    made = pictures.drawn(logo.of("ours.png", png(3, 3, chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 500)))))
    assert b"iCCP" not in made.data


def test_a_profile_that_unfolds_without_end_is_bounded() -> None:
    try:
        assert logo.is_drawn(pictures.drawn(logo.of("ours.png", png(3, 3, PROFILE))))
    except BadLogo as exc:
        assert "'ours.png'" in str(exc)  # noqa: PT017 - either is right


def test_drawing_can_be_cancelled() -> None:
    asked = iter([False] * 3)
    with pytest.raises(Cancelled):
        pictures.drawn(logo.read(CASES / "patterns.svg"), lambda: next(asked, True))


def test_without_a_process_nothing_is_drawn_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "own_command", lambda *_: ([str(tmp_path / "none")], dict(os.environ)))
    with pytest.raises(BadLogo, match="could not be started"):
        pictures.drawn(logo.of("ours.svg", SVG))


# -- In a packet ----------------------------------------------------------------------------------------------


@pytest.fixture
def small() -> Handbook:
    return workshops.small()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hostile pictures get a second."""
    monkeypatch.setattr(pictures, "BOUNDS", Bounds(pictures.BOUNDS.memory, 1))


@pytest.mark.parametrize("name", ["feimage", "patterns"])
def test_a_packet_with_a_hostile_logo_is_an_error_that_names_it(small: Handbook, quick: None, name: str) -> None:
    workshop = replace(WORKSHOP, logo=logo.read(CASES / f"{name}.svg"))
    with pytest.raises(TypesetError, match=rf"The picture '{name}\.svg' can't be drawn: (it|the process) "):
        print_workshop(small, workshop, ["trainer"])
    assert print_workshop(small, workshop, ["cards"]).pdf
    assert print_workshop(small, replace(workshop, logo=None), ["trainer"]).pdf  # and the next prints
