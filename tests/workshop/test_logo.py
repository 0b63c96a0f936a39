"""Logos: what is taken as a picture by its head, and what is proved to be pixels alone."""

from __future__ import annotations

import os
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.workshop import logo
from handbook.workshop.model import Logo
from tests.helpers import PROCESSOR
from tests.pictures import JPEG, SVG, chunk, png, zeros


def test_pictures_are_known_by_what_they_are(tmp_path: Path) -> None:
    assert logo.of("a", png()).kind == "png"
    assert logo.of("a", JPEG).kind == "jpg"
    assert logo.of("a", SVG).kind == "svg"
    (tmp_path / "Logo.JPG").write_bytes(png())
    assert logo.read(tmp_path / "Logo.JPG").kind == "png"


@pytest.mark.parametrize(
    "inside",
    [
        '<rect fill="url(#a)"/>',
        "<rect fill=\"url( '#a' )\"/>",
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        "<style>rect { fill: url(#a) }" + " " * 20_000 + "</style>",
        '<g id="a"><use href="#b"/></g><use href="#a"/>',
    ],
)
def test_what_stays_inside_an_svg_is_taken(inside: str) -> None:
    assert logo.of("a", f"<svg>{inside}</svg>".encode()).kind == "svg"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no PNG, JPEG or SVG"),
        (b"<html>", "no PNG, JPEG or SVG"),
        (b"<html><svg/></html>", "no PNG, JPEG or SVG"),
        (png()[:-20], "damaged"),
        (png(4001, 1), "4000 pixels"),
        (JPEG[:30], "damaged"),
        (b"<svg", "damaged"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "entities"),
        (b'<svg><image href="/etc/hostname"/></svg>', "other files"),
        (b'<svg><image href="file:///etc/hostname"/></svg>', "other files"),
        (b'<svg xmlns:x="http://www.w3.org/1999/xlink"><use x:href="http://a/b.svg#c"/></svg>', "other files"),
        (b'<svg><rect style="fill: url(http://a/b)"/></svg>', "other files"),
        (b"<svg><style>" + b"a" * 9000 + b" @import 'a.css';</style></svg>", "other files"),
        (b"x" * (logo.MOST_BYTES + 1), "larger than 1 MB"),
    ],
)
def test_what_is_no_closed_picture_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(logo.BadLogo, match=said):
        logo.of("ours", data)


@pytest.mark.parametrize(
    "inside",
    [
        "<g>" * 140_000 + "</g>" * 140_000,
        "<g/>" * 250_000,
        "".join(f'<g id="i{n}"><use href="#i{n}"/></g>' for n in range(6000)),
        "<style>" + "url(#a)" * 100_000 + "</style>",
        "<style>url(#" + " " * 900_000 + "</style>",
        '<rect fill="' + "url(#" * 150_000 + '"/>',
    ],
    ids=["nested", "many", "uses", "urls", "blanks", "attribute"],
)
def test_looking_at_an_svg_takes_no_time(inside: str) -> None:
    before = time.process_time()
    logo.of("ours", f"<svg>{inside}</svg>".encode())
    assert time.process_time() - before < PROCESSOR


def test_a_logo_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(logo.BadLogo, match="cannot be read"):
        logo.read(tmp_path / "none.png")
    with pytest.raises(logo.BadLogo, match="Choose a file"):
        logo.read(tmp_path / "text.txt")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(logo.BadLogo, match="it is a folder"):
        logo.read(tmp_path / "folder.png")
    with pytest.raises(logo.BadLogo, match="cannot be read"):
        logo.read(tmp_path / f"{'x' * 300}.png")
    with pytest.raises(logo.BadLogo, match="cannot be read"):
        logo.read(tmp_path / "a\0b.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name")
def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "zero.png").symlink_to("/dev/zero")
    for name in ("pipe.png", "zero.png"):
        with pytest.raises(logo.BadLogo, match="no ordinary file"):
            logo.read(tmp_path / name)


# -- Pixels alone ---------------------------------------------------------------------------------------------


def is_drawn(data: bytes) -> bool:
    return logo.is_drawn(Logo("a", "png", data))


def test_plain_pixels_are_known() -> None:
    assert is_drawn(png(7, 5))
    assert is_drawn(png(2000, 1))


PROFILE = chunk(b"iCCP", b"a\0\0" + zeros(100))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        JPEG,
        SVG,
        png(2001, 1),
        png(0, 1),
        png(2, 2, PROFILE),
        png(2, 2, chunk(b"tEXt", b"a\0b")),
        png(depth=16),
        png(interlaced=1),
        png()[:-1],
        png() + b"x",
        png()[:40] + b"x" + png()[41:],
        png(3, 3).replace(png(3, 3)[16:24], b"\0\0\0\x03\0\0\0\x04", 1),
        png()[:8] + png()[33:],
    ],
)
def test_whatever_is_more_or_less_than_plain_pixels_is_none(data: bytes) -> None:
    assert not is_drawn(data)


def test_pixels_that_unfold_into_more_than_they_state_are_none() -> None:
    bomb = png().replace(chunk(b"IEND", b""), b"")
    bomb = bomb[:33] + chunk(b"IDAT", zeros(50)) + chunk(b"IEND", b"")
    assert len(bomb) < logo.MOST_BYTES
    assert not is_drawn(bomb)
    wrong_filter = bomb[:33] + chunk(b"IDAT", zlib.compress(b"\x05\xff\xff" * 2)) + chunk(b"IEND", b"")
    assert not is_drawn(wrong_filter)


@given(st.binary(max_size=200), st.integers(0, 90), st.integers(0, 3))
def test_no_damage_is_taken_for_pixels(bytes_: bytes, at: int, kept: int) -> None:
    data = png(3, 3)
    damaged = data[:at] + bytes_ + data[at + len(bytes_) - kept :]
    assert not is_drawn(damaged) or damaged == data
