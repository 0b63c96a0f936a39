"""Pictures of an export: plain drawings are drawn together, and come out as if each was drawn by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.export import pictures
from handbook.export.book import book_of
from handbook.export.choice import Choice
from handbook.printing.typeset import pictures as drawing
from tests.helpers import write

PLAIN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {high}">'
    '<circle cx="80" cy="80" r="{high}" fill="#e4eff0"/></svg>\n'
)
NOT_PLAIN = PLAIN.replace("<circle", '<filter id="f"/><circle')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {f"{n}.svg": PLAIN.format(high=90 + n) for n in range(5)}
    files["text.md"] = "# Text\n\n" + "\n\n".join(f"![Circle {n}]({n}.svg)" for n in range(5)) + "\n"
    return write(tmp_path / "content", files)


def drawn(handbook: Handbook) -> list[bytes]:
    book = book_of(handbook, Choice(("text",)))
    return [one.data for one in pictures.pictures_of(book, drawings=False).files]


def one_by_one(handbook: Handbook) -> list[bytes]:
    chapter = handbook.chapters["text"]
    found = [chapter.picture(f"{n}.svg") for n in range(5)]
    return [drawing.pixels_of(one, 1600) for one in found if not isinstance(one, str)]


def test_drawn_together_they_are_what_each_is_by_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handbook = load(folder)
    wanted = one_by_one(handbook)
    assert len(set(wanted)) == 5
    monkeypatch.setattr(drawing, "pixels_of", None)  # none is drawn by itself
    assert drawn(handbook) == wanted


def test_one_that_is_plain_no_more_has_each_drawn_by_itself(folder: Path) -> None:
    handbook = load(folder)
    book = book_of(handbook, Choice(("text",)))
    chapter = handbook.chapters["text"]
    found = [chapter.picture(f"{n}.svg") for n in range(5)]
    plain = [one for one in found if not isinstance(one, str)]
    (folder / "3.svg").write_text(NOT_PLAIN.format(high=93))
    assert drawing.pixels_of_plain(plain, 1600) is None
    assert len(pictures.pictures_of(book, drawings=False).files) == 5
