"""Checks of pictures: each fault is told once, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.check import check
from handbook.content.loading import load
from tests.helpers import write
from tests.pictures import drawing, png

MANIFEST = '[[parts]]\nid = "a"\ntitle = "A"\nchapters = ["page"]\nfacts = true\n'


def faults(folder: Path, source: str, files: dict[str, str | bytes], *, ours: bool = True) -> list[str]:
    manifest = {"handbook.toml": MANIFEST} if ours else {}
    write(folder, {"page.md": f"# Page\n\n{source}\n", **manifest, **files})
    return [str(fault) for fault in check(load(folder))]


def test_a_good_picture_has_no_fault(tmp_path: Path) -> None:
    source = '![Two boxes](pictures/a.svg "A caption")'
    assert faults(tmp_path, source, {"pictures/a.svg": drawing()}) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("![A map](no.png)", "page.md:3: the picture 'no.png' is not there"),
        ("![A map](../no.png)", "page.md:3: the picture '../no.png' lies, or leads, outside the content folder"),
        ("![A map](page.md)", "page.md:3: the picture 'page.md' is no PNG, JPEG, GIF, WebP or SVG picture"),
        ("![](a.png)", "page.md:3: the picture 'a.png' has no alternative text"),
        ("![a.png](a.png)", "page.md:3: the picture 'a.png' has 'a.png' for an alternative text, which does not say"),
        ("![A](a.png)", "page.md:3: the picture 'a.png' has 'A' for an alternative text"),
        ("![Picture 1](a.png)", "page.md:3: the picture 'a.png' has 'Picture 1' for an alternative text"),
        ('![A map](a.png "a map")', "page.md:3: the picture 'a.png' has the same words as caption and as alternative"),
        (f"![{'long ' * 70}](a.png)", "page.md:3: the picture 'a.png' has an alternative text of 349 letters"),
        ("See ![A map](a.png) here.", "page.md:3: holds a picture within other words"),
        ("None.", "a.png: no page shows this picture"),
    ],
)
def test_a_fault_of_a_picture_is_found(tmp_path: Path, source: str, fault: str) -> None:
    found = faults(tmp_path, source, {"a.png": png()})
    assert any(one.startswith(fault) for one in found), found


@pytest.mark.parametrize(
    ("source", "data", "fault"),
    [
        ("![A map](a.png)", png(60_000, 2), "page.md:3: the picture 'a.png' is larger than is shown"),
        ("![A map](a.png)", b"GIF8", "page.md:3: the picture 'a.png' is no PNG, JPEG, GIF, WebP or SVG picture"),
        ("See ![A map](a.png) here.", png(), "page.md:3: holds a picture within other words: only its alternative"),
    ],
)
def test_of_a_picture_that_is_named_but_not_shown_one_thing_is_said(
    tmp_path: Path, source: str, data: bytes, fault: str
) -> None:
    (found,) = faults(tmp_path, source, {"a.png": data})
    assert found.startswith(fault)


def test_a_picture_that_makes_a_stick_full_is_a_fault(tmp_path: Path) -> None:
    data = png()[:-12] + b"\0" * 500_000
    assert any("more than 400 kB" in one for one in faults(tmp_path, "![A map](a.png)", {"a.png": data}))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"<text ", b"<use/><text ", "a.svg: is no plain drawing: it holds <use>"),
        (b"#e4eff0", b"#ff0000", "a.svg: has the colour #ff0000, which is not in the palette"),
        (b'stroke-width="2.5"', b'stroke-width="4"', "a.svg: has a stroke of 4, not of 2.5"),
        (b'font-size="30"', b'font-size="8"', "a.svg: has words of 8, smaller than 9.4"),
        (b' font-size="30"', b"", "a.svg: the words 'Act and means' have no font-size"),
        (b"'Source Sans 3', sans-serif", b"Arial", "a.svg: is no plain drawing: it has font-family"),
        (b"', sans-serif", b"'", "a.svg: does not name 'Source Sans 3' and another typeface behind it"),
        (b'font-size="30" fill="#22252a"', b'font-size="30"', "a.svg: the words 'Act and means' have no fill"),
        (b"Act and means", b"write to a@b.org", "a.svg: 'a@b.org' looks like"),
    ],
)
def test_a_fault_of_a_drawing_is_found(tmp_path: Path, old: bytes, new: bytes, fault: str) -> None:
    assert old in drawing()
    found = faults(tmp_path, "![Two boxes](a.svg)", {"a.svg": drawing().replace(old, new)})
    assert any(one.startswith(fault) for one in found), found


def test_other_peoples_drawings_are_as_they_are(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.svg": b'<svg viewBox="0 0 9 9"><style>a</style></svg>'}
    assert faults(tmp_path, "![Two boxes](a.svg)", files, ours=False) == []
