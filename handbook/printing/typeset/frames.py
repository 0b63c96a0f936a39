"""The messages between this program and a process of its own: frames, each of which begins with its length.

Belongs here: writing and reading a frame, and what is read of one at most. Not here: what a frame says, and who starts
the process (process.py, process_main.py).

A frame is a line of JSON, [what is told, [bytes of each part]], and the parts one behind the other. Parts are not in
the JSON because pictures are many megabytes, which would be quoted letter by letter."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import IO, Any, NamedTuple

_LONGEST_LINE = 16 * 1024 * 1024  # bytes: what is told of 400 pages takes 40 kB
_LARGEST = 1024 * 1024 * 1024  # bytes of all parts


class Broken(Exception):
    """What came is no frame, or a part of one only."""


class Frame(NamedTuple):
    """told: a table. parts: what goes with it."""

    told: dict[str, Any]
    parts: list[bytes]


def written(told: Mapping[str, Any], parts: Sequence[bytes] = ()) -> bytes:
    """A frame as bytes."""
    return b"".join((json.dumps([told, [len(part) for part in parts]]).encode(), b"\n", *parts))


def read(stream: IO[bytes]) -> Frame:
    """The next frame of a stream; waits for it. Raises Broken, also at the stream's end."""
    line = stream.readline(_LONGEST_LINE)
    try:
        told, sizes = json.loads(line)
        if not isinstance(told, dict) or any(type(size) is not int or size < 0 for size in sizes):
            raise Broken
    except (ValueError, TypeError, RecursionError) as exc:
        raise Broken from exc
    if sum(sizes) > _LARGEST:
        raise Broken
    parts = [stream.read(size) for size in sizes]
    if [len(part) for part in parts] != sizes:
        raise Broken
    return Frame(told, parts)
