"""The preview keeps the pages near the view, and no others, however many it has shown."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handbook.content.handbook import Handbook
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing import typeset
from handbook.printing.page_images import Document
from handbook.ui.printing import preview as module
from handbook.ui.printing.preview import FIT_PAGE, FIT_WIDTH, Preview, Thumbnails
from handbook.ui.widgets.theme import LIGHT


@pytest.fixture(scope="module")
def pdf(book: Handbook) -> bytes:
    return typeset.to_pdf(book, Handout(("glossary",), PrintOptions(size=18)))


def test_pages_that_were_scrolled_past_are_let_go(qtbot: QtBot, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 8 * 1024 * 1024)
    view = Preview(LIGHT)
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    with Document(pdf) as document:
        view.show_document(document)
        for page in range(0, view.pages, 3):
            view.show_page(page)
            qtbot.waitUntil(lambda page=page: page in view.drawn)  # type: ignore[misc]  # mypy: a default in a lambda
        each = view.held / max(1, len(view.drawn))
        assert view.held <= max(8 * 1024 * 1024, module.FEWEST * each) + 3 * each  # those in view, and the next
        view.stop()


def test_what_is_kept_is_bounded_for_an_old_laptop() -> None:
    assert module.MOST_BYTES <= 48 * 1024 * 1024


def test_a_document_after_another_keeps_no_page_of_those_before(qtbot: QtBot, pdf: bytes) -> None:
    view = Preview(LIGHT)
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    documents = [Document(pdf) for _ in range(12)]
    held = []
    for number, document in enumerate(documents):
        view.show_document(document)
        view.show_page((5 * number) % view.pages)
        qtbot.waitUntil(lambda: view.page in view.drawn)
        held.append(view.held)
    view.stop()
    for document in documents:
        document.close()
    assert max(held[6:]) <= 1.5 * max(held[:3])


@pytest.mark.parametrize("kind", [Preview, Thumbnails])
@pytest.mark.parametrize("fit", [FIT_WIDTH, FIT_PAGE])
def test_pages_that_fit_only_beside_a_scroll_bar_are_drawn(
    kind: type[Preview], fit: str, qtbot: QtBot, book: Handbook
) -> None:
    """The bar made them smaller, so that it went, so that it came again: for ever, and no small page was drawn."""
    view = kind(LIGHT)
    qtbot.addWidget(view)
    view.resize(160, 300)
    view.show()
    with Document(typeset.to_pdf(book, Handout(("statement",)))) as document:
        view.fit_to(fit)
        view.show_document(document)
        resized: list[int] = []

        def again() -> None:
            resized.append(1)
            if len(resized) > 99:
                view.stop()  # or the test would not end either

        view.zoomed.connect(again)
        for height in range(300, 1200, 9):
            resized.clear()
            view.resize(160, height)
            qtbot.waitUntil(lambda: view.page in view.drawn or len(resized) > 99)
            QApplication.processEvents()
            assert len(resized) < 6
        view.zoom(2)
        view.resize(160, 400)
        assert view.verticalScrollBar().maximum() > 0
        qtbot.waitUntil(view.verticalScrollBar().isVisible)
        view.stop()
