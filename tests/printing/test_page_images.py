"""Pages as pixels. The PDFs come from the handbook's own printing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from handbook.content.loading import load
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.page_images import Cancelled, Document, Image
from handbook.printing.typeset import to_pdf
from tests.helpers import PATIENCE

A4 = (595.28, 841.89)  # points


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("content")
    (folder / "one.md").write_text("# One\n\n" + "Words on a page.\n\n" * 60, encoding="utf-8")
    return to_pdf(load(folder), Handout(("one",)))


def pixel(image: Image, x: int, y: int) -> tuple[int, ...]:
    """Blue, green, red and the unused byte."""
    start = y * image.stride + 4 * x
    return tuple(image.data[start : start + 4])


def test_pages_and_their_sizes(pdf: bytes) -> None:
    with Document(pdf) as document:
        assert len(document) == 2
        assert [document.size(page) for page in range(2)] == [pytest.approx(A4, abs=0.01)] * 2


@pytest.mark.parametrize("scale", [0.25, 1.0, 2.5])
def test_an_image_is_the_page_at_the_scale(pdf: bytes, scale: float) -> None:
    with Document(pdf) as document:
        image = document.image(0, scale)
    assert (image.width, image.height) == pytest.approx((A4[0] * scale, A4[1] * scale), abs=1)
    assert image.stride >= 4 * image.width
    assert len(image.data) == image.stride * image.height


def test_the_paper_is_white_and_the_print_black(pdf: bytes) -> None:
    with Document(pdf) as document:
        image = document.image(1, 2)
    assert pixel(image, 5, 5) == (255, 255, 255, 255)
    assert min(image.data[0::4]) == min(image.data[1::4]) == min(image.data[2::4]) == 0


def test_no_page_is_like_another(pdf: bytes) -> None:
    with Document(pdf) as document:
        assert document.image(0, 1) == document.image(0, 1)
        assert document.image(0, 1) != document.image(1, 1)


def test_a_cancelled_page_is_not_drawn(pdf: bytes) -> None:
    answers = iter([False, True])
    with Document(pdf) as document:
        with pytest.raises(Cancelled):
            document.image(0, 1, cancelled=lambda: True)
        with pytest.raises(Cancelled):
            document.image(0, 1, cancelled=lambda: next(answers))
        assert document.image(0, 1).width  # and the document still works


def test_a_closed_document_says_so_and_still_knows_its_sizes(pdf: bytes) -> None:
    document = Document(pdf)
    document.close()
    document.close()
    with pytest.raises(ValueError, match="closed"):
        document.image(0, 1)
    assert document.size(0) == pytest.approx(A4, abs=0.01)


def test_many_threads_may_draw_at_once(pdf: bytes) -> None:
    expected: dict[int, Image] = {}
    with Document(pdf) as document:
        expected = {page: document.image(page, 1) for page in range(2)}
    drawn: list[bool] = []

    def draw() -> None:
        with Document(pdf) as own:
            drawn.extend(own.image(page % 2, 1) == expected[page % 2] for page in range(6))

    threads = [threading.Thread(target=draw) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [True] * 36


def test_sizes_need_no_lock(pdf: bytes) -> None:
    with Document(pdf) as document:
        sizes: list[object] = []

        def ask() -> bool:  # asked while the lock is held, as a window's thread might
            reader = threading.Thread(target=lambda: sizes.append((len(document), document.size(1))))
            reader.start()
            reader.join(PATIENCE)
            return False

        document.image(0, 1, cancelled=ask)
        assert len(sizes) == 2


def test_a_booklet_is_drawn_with_its_pages(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\nWords.\n", encoding="utf-8")
    with Document(to_pdf(load(tmp_path), Handout(("one",), PrintOptions(booklet=True)))) as document:
        image = document.image(0, 1)
    half = 4 * (image.width // 2)
    rows = [image.data[y * image.stride : (y + 1) * image.stride] for y in range(image.height)]
    assert min(min(row[half : 4 * image.width]) for row in rows) == 0  # the first page, on the right
    assert min(min(row[: half - 8]) for row in rows) == 255  # a blank one beside it
