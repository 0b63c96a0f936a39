"""What processes of ours say to each other is whole, or nothing."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.printing.typeset import frames


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.lists(st.binary()))
def test_frames_come_as_they_were_written(told: dict[str, object], parts: list[bytes]) -> None:
    written = frames.written(told, parts)
    stream = io.BytesIO(written * 2)
    assert [frames.read(stream), frames.read(stream)] == [(told, parts)] * 2
    with pytest.raises(frames.Broken):
        frames.read(stream)


@given(st.data())
def test_a_part_of_a_frame_is_none(data: st.DataObject) -> None:
    written = frames.written({"a": "ü\n"}, [b"\n", b"two"])
    with pytest.raises(frames.Broken):
        frames.read(io.BytesIO(written[: data.draw(st.integers(0, len(written) - 1))]))


@pytest.mark.parametrize(
    "line",
    ["", "{}", "[1, 2, 3]", "[[], []]", "[{}, [-1]]", "[{}, [true]]", "[{}, 1]", f"[{{}}, [{2**40}]]", "[" * 100_000],
)
def test_what_is_no_frame_is_not_read(line: str) -> None:
    with pytest.raises(frames.Broken):
        frames.read(io.BytesIO(line.encode() + b"\nmore"))
