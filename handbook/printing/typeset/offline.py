"""No network for Typst: it holds an HTTPS client, and would fetch a package that a document imports.

Belongs here: the environment variables that give it a closed port as its proxy. Not here: that no document
imports a package (expressions.py)."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

# Typst asks these for the way to its package server. Nobody listens at port 1; exceptions would lead around.
_NO_WAY_OUT = {"https_proxy": "http://127.0.0.1:1", "all_proxy": "http://127.0.0.1:1", "no_proxy": ""}


def environment() -> dict[str, str]:
    """What leaves Typst no way to a network, for the environment of the process that it runs in."""
    return {spelt: value for name, value in _NO_WAY_OUT.items() for spelt in (name, name.upper())}


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Leave Typst no way to a network while the block runs. Not for two threads at a time.

    Afterwards the variables are as before, as a web browser started from this program would inherit them. One
    that was not set stays behind empty, which means the same: taking it out of the environment would move
    the others while another thread may be reading them in C."""
    names = environment()
    before = {name: os.environ.get(name, "") for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        os.environ.update(before)
