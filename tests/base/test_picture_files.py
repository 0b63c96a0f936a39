"""Picture files: kinds and sizes from their heads, how a camera held itself, pixels alone."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base import picture_files
from tests.pictures import GIF, JPEG, WEBP, chunk, png, turned

VP8X = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (99).to_bytes(3, "little") + (49).to_bytes(3, "little")
VP8L = b"RIFF\0\0\0\0WEBPVP8L\x0a\0\0\0\x2f" + struct.pack("<I", 99 | 49 << 14) + b"\0" * 5
VP8 = b"RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 100, 50)
HEADS = {
    "png": (png(100, 50), "png", (100, 50)),
    "jpg": (JPEG, "jpg", (8, 4)),
    "gif": (GIF, "gif", (3, 2)),
    "webp": (WEBP, "webp", (4, 4)),
    "webp, extended": (VP8X, "webp", (100, 50)),
    "webp without loss": (VP8L, "webp", (100, 50)),
    "webp with loss": (VP8, "webp", (100, 50)),
}


@pytest.mark.parametrize(("data", "kind", "size"), HEADS.values(), ids=HEADS)
def test_kind_and_size_stand_in_the_head(data: bytes, kind: picture_files.Kind, size: tuple[int, int]) -> None:
    assert picture_files.kind_of(data[: picture_files.HEAD]) == kind
    assert picture_files.size_of(io.BytesIO(data), kind) == size


@pytest.mark.parametrize(("data", "kind", "_"), HEADS.values(), ids=HEADS)
def test_a_head_that_is_cut_short_states_no_size(data: bytes, kind: picture_files.Kind, _: object) -> None:
    for end in range(9):
        assert picture_files.size_of(io.BytesIO(data[:end]), kind) is None


@given(st.binary(max_size=200), st.sampled_from(["png", "jpg", "gif", "webp", "svg"]))
def test_no_bytes_are_too_strange(data: bytes, kind: picture_files.Kind) -> None:
    for start in (b"", b"\xff\xd8", b"RIFF\0\0\0\0WEBP", b"GIF89a"):
        picture_files.kind_of(start + data)
        picture_files.size_of(io.BytesIO(start + data), kind)
        picture_files.turn_of(io.BytesIO(start + data), kind)


@pytest.mark.parametrize("turn", range(1, 9))
def test_how_a_camera_was_held_is_read(turn: int) -> None:
    assert picture_files.turn_of(io.BytesIO(turned(turn)), "jpg") == turn


def test_most_pictures_are_not_turned() -> None:
    assert picture_files.turn_of(io.BytesIO(JPEG), "jpg") == 1
    assert picture_files.turn_of(io.BytesIO(turned(99)), "jpg") == 1
    assert picture_files.turn_of(io.BytesIO(png()), "png") == 1


def test_pixels_alone_are_proved_to_the_last_byte() -> None:
    assert picture_files.drawn_size(png(40, 20)) == (40, 20)
    assert picture_files.drawn_size(png(40, 20) + b"x") is None
    assert picture_files.drawn_size(png(40, 20, chunk(b"tEXt", b"a\0b"))) is None
    assert picture_files.drawn_size(JPEG) is None


def test_nothing_on_it_is_seen() -> None:
    def rgba(pixel: bytes) -> bytes:
        head = struct.pack(">IIBBBBB", 2, 1, 8, 6, 0, 0, 0)
        rows = zlib.compress(b"\0" + pixel * 2)
        return png()[:8] + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

    assert picture_files.is_empty(rgba(b"\0\0\0\0"))
    assert not picture_files.is_empty(rgba(b"\0\0\0\xff"))
    assert not picture_files.is_empty(png())
