"""PDF pages as pixels, for the preview and for printers. The only module that imports pypdfium2.

Belongs here: opening a PDF, drawing its pages, taking some of them out. Not here: making PDFs (typeset/), widgets and
printers (ui/).

PDFium may be used by one thread at a time, whichever documents they have open: every call into it is made
with one lock held, closing included. What a window needs at once, the number and the sizes of the pages, is
read when a document is opened and takes no lock, so a page being drawn never holds the window up."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

_pdfium = threading.Lock()  # PDFium bears one thread at a time, whatever the documents


class Cancelled(Exception):
    """The caller of Document.image() does not want the page any more. Not a failure, and never shown."""


@dataclass(frozen=True, slots=True)
class Image:
    """The pixels of a page on white paper.

    Four bytes a pixel: blue, green, red and one unused (255), rows from the top, each `stride` bytes. That is
    QImage.Format_RGB32 on the little-endian machines that Qt and PDFium are built for.
    width, height: in pixels. data: exactly stride × height bytes."""

    width: int
    height: int
    stride: int
    data: bytes


def _never() -> bool:
    return False


class Document:
    """A PDF opened for drawing. Any thread may use it; calls wait for each other.

    Use it as a context manager or call close(): left to the garbage collector it would be closed in some
    thread, without the lock. Raises pypdfium2.PdfiumError for bytes that are no PDF."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2  # 66 ms that opening the window should not wait for

        self._sizes: list[tuple[float, float]] = []
        with _pdfium:
            self._document: Any = pypdfium2.PdfDocument(pdf)
            self._sizes += (self._document.get_page_size(number) for number in range(len(self._document)))

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points; pages count from 0."""
        return self._sizes[page]

    def image(self, page: int, scale: float, *, cancelled: Callable[[], bool] = _never) -> Image:
        """Draw a page, counted from 0. `scale` is in pixels a point: 1 is 72 dpi, 600 / 72 a printer's 600.

        `cancelled` is asked before each step, none of which takes above 0.2 s at 600 dpi; it runs in the
        calling thread. Raises Cancelled when it answers True, ValueError after close()."""
        with _pdfium:
            if cancelled():
                raise Cancelled
            if self._document is None:
                raise ValueError("the document is closed")
            drawn = self._document[page]
            try:
                bitmap = drawn.render(scale=scale, prefer_bgrx=True)
            finally:
                drawn.close()
            try:
                if cancelled():
                    raise Cancelled
                return Image(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()

    def text(self, page: int) -> str:
        """The words of a page, counted from 0, in their order. Raises ValueError after close()."""
        with _pdfium:
            if self._document is None:
                raise ValueError("the document is closed")
            read = self._document[page]
            try:
                words = read.get_textpage()
                try:
                    return str(words.get_text_bounded())
                finally:
                    words.close()
            finally:
                read.close()

    def extract(self, pages: Sequence[int]) -> bytes:
        """A PDF of some of the pages, counted from 0, in the order given. Raises ValueError after close()."""
        import pypdfium2

        with _pdfium:
            if self._document is None:
                raise ValueError("the document is closed")
            made = pypdfium2.PdfDocument.new()
            try:
                made.import_pages(self._document, list(pages))
                written = io.BytesIO()
                made.save(written)
                return written.getvalue()
            finally:
                made.close()

    def close(self) -> None:
        """Give the document's memory back; waits for a page being drawn. May be called twice."""
        with _pdfium:
            if self._document is not None:
                self._document.close()
                self._document = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
