"""Typst, with its guards. The only module that imports typst.

Belongs here: fonts, one run of the compiler, what it may reach. Not here: what is compiled.

Content reaches the compiler only inside string literals (expressions.py), so it can hold no markup, code or
path. Should that ever fail, the compiler's root is a folder with nothing but fonts, and it has no way to a
network: Typst would fetch a package that a document imports.

References: Typst 0.15 (https://typst.app/docs/reference), PDF/UA-1 (ISO 14289-1), PDF/A-2a (ISO 19005-2)."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from handbook.errors import HandbookError
from handbook.typeset import glyphs

if TYPE_CHECKING:
    import typst

_log = logging.getLogger(__name__)
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]  # tagged for screen readers, and made to last
_ROOT = glyphs.FOLDER  # the one folder that the compiler sees
_NOWHERE = _ROOT / "packages"  # does not exist: no package that lies on this computer is read either
_running = threading.Lock()  # the environment is changed around each run, and there is one of it


class TypesetError(HandbookError):
    """The pages could not be made."""


def compile_pdf(source: str, stamp: int, inputs: Mapping[str, str] | None = None, *, tagged: bool = True) -> bytes:
    """Run Typst on a document. `stamp` is the PDF's date, in seconds since 1970. Raises TypesetError.

    Typst refuses to tag a file over things that do not hinder printing, such as an accent that is in another
    font than its letter. Then the pages come without tags: paper in hand is what was asked for."""
    import typst  # 14 ms that opening the window should not wait for; so also below

    with _running, offline():
        try:
            return _run(source, stamp, inputs or {}, _STANDARDS if tagged else [])
        except typst.TypstError as exc:
            if not tagged or "PDF/" not in exc.message:
                raise TypesetError(f"The pages could not be set: {exc.message}.") from exc
            _log.warning("set without tags: %s", exc.message)
        try:
            return _run(source, stamp, inputs or {}, [])
        except typst.TypstError as exc:
            raise TypesetError(f"The pages could not be set: {exc.message}.") from exc


def page_count(source: str) -> int:
    """How many pages a document has. Typst remembers its layout: after compile_pdf() this costs little."""
    import typst

    with _running, offline():
        document = typst.Compiler(source.encode(), root=_ROOT, font_paths=_fonts(), package_path=_NOWHERE)
        return int(document.query("<pages>", field="value", one=True))


def _run(source: str, stamp: int, inputs: Mapping[str, str], standards: list[typst.PDFStandard]) -> bytes:
    pdf, warnings = _compiler().compile_with_warnings(
        source.encode(), format="pdf", timestamp=stamp, sys_inputs=dict(inputs), pdf_standards=standards
    )
    for warning in warnings:
        _log.warning("Typst: %s", warning.message)
    if not isinstance(pdf, bytes):  # a list is what formats of one file a page give
        raise TypeError(f"Typst gave {type(pdf)} for a PDF")
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FOLDER])


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    import typst

    return typst.Compiler(root=_ROOT, font_paths=_fonts(), package_path=_NOWHERE, package_cache_path=_NOWHERE)


# Typst asks these for the way to its package server. Nobody listens at port 1; exceptions would lead around.
_NO_WAY_OUT = {"https_proxy": "http://127.0.0.1:1", "all_proxy": "http://127.0.0.1:1", "no_proxy": ""}


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Leave Typst no way to a network while the block runs. Not for two threads at a time.

    Afterwards the variables are as before, as a web browser started from this program would inherit them. One
    that was not set stays behind empty, which means the same: taking it out of the environment would move
    the others while another thread may be reading them in C."""
    names = {spelt: value for name, value in _NO_WAY_OUT.items() for spelt in (name, name.upper())}
    before = {name: os.environ.get(name, "") for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        os.environ.update(before)
