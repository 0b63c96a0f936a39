"""Pictures on the page: drawn when seen, in both themes, within bounds, larger on a click, said in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.content.pictures import PALETTE, Picture
from handbook.printing.typeset import pictures
from handbook.ui.main_window import MainWindow
from handbook.ui.reading import page_pictures
from handbook.ui.reading.page_pictures import PagePicture, Wanted
from handbook.ui.reading.picture_window import PictureWindow
from handbook.ui.widgets import theme
from tests.helpers import ROOT, write
from tests.pictures import JPEG, drawing, png

if TYPE_CHECKING:
    from tests.ui.conftest import OpenWindow

PAGE = """# Page

Words before the picture.

![Two boxes](pictures/a.svg "A caption")

Words after it.

![White](b.png "White {width}")
"""
FILES: dict[str, str | bytes] = {
    "page.md": PAGE,
    "other.md": "# Other\n\nNo picture.\n",
    "pictures/a.svg": drawing(),
    "b.png": png(40, 20),
    "c.jpg": JPEG,
    "hostile.svg": (ROOT / "tests" / "cases" / "hostile-logos" / "feimage.svg").read_bytes(),
}


@pytest.fixture
def shelf(tmp_path: Path) -> Callable[..., Handbook]:
    """A handbook of FILES; pages may be others."""

    def of(**pages: str) -> Handbook:
        files = FILES | {f"{name}.md": text for name, text in pages.items()}
        return load(write(tmp_path / "content", files))

    return of


def image(window: MainWindow, number: int) -> QImage | None:
    return window.reader.pictures.image(number)


def wait_for(qtbot: QtBot, window: MainWindow, number: int = 0) -> QImage:
    qtbot.waitUntil(lambda: image(window, number) is not None)
    return cast(QImage, image(window, number))


def middle(window: MainWindow, number: int = 0) -> QPoint:
    """The middle of a picture, in the viewport."""
    reader = window.reader
    block = reader.document().begin()
    while block.isValid():
        form = block.begin().fragment().charFormat() if block.length() > 1 else None
        if form is not None and form.isImageFormat() and form.toImageFormat().name() == f"picture:{number}":
            top = reader.document().documentLayout().blockBoundingRect(block)
            size = reader.pictures.size(number)
            left = reader.document().rootFrame().frameFormat().leftMargin()
            down = top.top() + size.height() / 2 - reader.verticalScrollBar().value()
            return QPoint(round(left + size.width() / 2), round(down))
        block = block.next()
    raise AssertionError(f"no picture {number}")


def colour_at(window: MainWindow, point: QPoint) -> str:
    return window.reader.viewport().grab().toImage().pixelColor(point).name()


# -- Drawing --------------------------------------------------------------------------------------------------


def test_a_picture_fills_the_column_and_is_drawn_at_that_size(
    qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook]
) -> None:
    window = open_window("page", book=shelf())
    made = wait_for(qtbot, window)
    size = window.reader.pictures.size(0)
    assert size.height() == pytest.approx(size.width() / 2)
    assert abs(made.width() - size.width()) <= 1
    assert 0 < size.width() <= window.reader.viewport().width()
    assert wait_for(qtbot, window, 1).width() == 40  # pixels are not enlarged


def test_its_room_is_there_before_it_is_drawn(
    qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook]
) -> None:
    window = open_window("page", book=shelf())
    before = window.reader.document().size()
    assert image(window, 0) is None
    wait_for(qtbot, window)
    assert window.reader.document().size() == before


def test_a_drawing_of_ours_takes_the_colours_of_the_theme(
    qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook]
) -> None:
    window = open_window("page", book=shelf())
    window.looks.set_colours("light")
    wait_for(qtbot, window)
    spot = middle(window) + QPoint(0, 60)
    qtbot.waitUntil(lambda: colour_at(window, spot) == "#e4eff0")
    window.looks.set_colours("dark")
    dark = theme.drawing_colours(theme.DARK)["#e4eff0"]
    qtbot.waitUntil(lambda: colour_at(window, middle(window) + QPoint(0, 60)) == dark)


def test_every_colour_of_ours_has_one_in_the_dark() -> None:
    dark = theme.drawing_colours(theme.DARK)
    assert set(dark) == set(PALETTE)
    assert len(set(dark.values())) == len(PALETTE)
    assert not theme.drawing_colours(theme.LIGHT)


def test_a_picture_of_others_stands_on_white_in_the_dark(
    qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook]
) -> None:
    book = shelf(page="# Page\n\n![Lines](f.svg)\n")
    write(book.folder, {"f.svg": b'<svg viewBox="0 0 40 20"><path d="M0 0L40 0" stroke="red"/></svg>'})
    window = open_window("page", book=book)
    window.looks.set_colours("dark")
    wait_for(qtbot, window)
    qtbot.waitUntil(lambda: colour_at(window, middle(window)) == "#ffffff")


def test_only_what_is_seen_is_drawn(qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook]) -> None:
    far = "Words.\n\n" * 200
    window = open_window("page", book=shelf(page=f"# Page\n\n![One](pictures/a.svg)\n\n{far}![Two](b.png)\n"))
    wait_for(qtbot, window)
    qtbot.waitUntil(lambda: not window.reader.pictures.busy)
    assert image(window, 1) is None
    window.reader.verticalScrollBar().setValue(window.reader.verticalScrollBar().maximum())
    wait_for(qtbot, window, 1)


def test_another_page_lets_go_of_the_pictures(
    qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook]
) -> None:
    window = open_window("page", book=shelf())
    wait_for(qtbot, window)
    window.open_address("other")
    assert window.reader.pictures.kept == 0


def test_many_pictures_take_no_more_memory_than_a_few(
    qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_pictures, "_KEPT", 3_000_000)

    made: list[int] = []

    def quick(wanted: Wanted, _: object) -> QImage:
        made.append(wanted.number)
        drawn = QImage(wanted.side, wanted.side, QImage.Format.Format_ARGB32)
        drawn.fill(QColor("red"))
        return drawn

    monkeypatch.setattr(page_pictures, "image_of", quick)
    source = "\n\n".join(f"![Number {number}](pictures/a.svg)" for number in range(30))
    window = open_window("page", book=shelf(page=f"# Page\n\n{source}\n"))
    bar = window.reader.verticalScrollBar()
    for number in range(0, 30, 3):
        bar.setValue(bar.maximum() * number // 29)
        qtbot.waitUntil(lambda number=number: len(set(made)) > number // 3)  # type: ignore[misc]  # mypy: a default in a lambda
    assert 0 < window.reader.pictures.kept <= 3_000_000
    assert len(set(made)) * 400 * 400 * 4 > 2 * 3_000_000


def test_a_picture_that_cannot_be_drawn_says_so(
    qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "BOUNDS", pictures.BOUNDS._replace(seconds=2))
    said: list[str] = []
    monkeypatch.setattr(
        page_pictures.PagePictures, "_paint_frame", lambda self, *_: said.append(self._failed.get(0, ""))
    )
    window = open_window("page", book=shelf(page="# Page\n\n![A map](hostile.svg)\n\nThe rest.\n"))
    qtbot.waitUntil(lambda: any(one.startswith("This picture can't be drawn: ") for one in said))
    assert "The rest." in window.reader.toPlainText()


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("no.png", "The picture 'no.png' is not shown: there is no such file."),
        ("../secret.png", "The picture 'secret.png' is not shown: it lies, or leads, outside the handbook's folder."),
        ("https://example.org/a.png", "The picture 'a.png' is not shown: the handbook opens no network address."),
        ("page.md", "The picture 'page.md' is not shown: it is no PNG, JPEG, GIF, WebP or SVG picture."),
    ],
)
def test_the_page_says_what_is_not_shown(
    open_window: OpenWindow, shelf: Callable[..., Handbook], target: str, said: str
) -> None:
    window = open_window("page", book=shelf(page=f"# Page\n\n![A map]({target})\n"))
    assert f"{said}\nA map" in window.reader.toPlainText()


def test_a_list_leaves_a_picture_less_room(open_window: OpenWindow, shelf: Callable[..., Handbook]) -> None:
    pieces = (
        "# Page",
        "![One](pictures/a.svg)",
        "-   item",
        "    ![Two](pictures/a.svg)",
        "![Half](pictures/a.svg){width=50%}",
    )
    source = "\n\n".join(pieces)
    shown = open_window("page", book=shelf(page=source)).reader.pictures
    assert shown.size(1).width() == pytest.approx(shown.size(0).width() - page_pictures.INSET)
    assert shown.size(2).width() == pytest.approx(shown.size(0).width() / 2)


# -- Words ----------------------------------------------------------------------------------------------------


def test_what_is_drawn_is_found_and_framed(
    qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook]
) -> None:
    window = open_window("page", book=shelf())
    wait_for(qtbot, window)
    window.matches.find()
    qtbot.keyClicks(window.matches.find_bar.field, "means")
    assert window.reader.found.count == 1
    assert list(window.reader.pictures.rings) == [0]
    corner = middle(window) - QPoint(round(window.reader.pictures.size(0).width() / 2) - 1, 0)
    qtbot.waitUntil(lambda: colour_at(window, corner) == window._theme.tick)
    window.matches.find_bar.field.clear()
    assert not window.reader.pictures.rings


def test_a_search_leads_to_the_section_of_a_picture(
    qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook]
) -> None:
    from handbook.search.index import Index

    book = shelf(page=f"# Page\n\n{'Words.' * 20}\n\n## Here {{#here}}\n\n![Two boxes](pictures/a.svg)\n")
    index = Index.in_memory(book)
    for query in ("means", "boxes"):
        assert [hit.address for hit in index.search(query, limit=5).hits] == ["page#here"]
    index.close()


def test_selected_words_hold_those_of_the_picture(open_window: OpenWindow, shelf: Callable[..., Handbook]) -> None:
    window = open_window("page", book=shelf())
    window.reader.selectAll()
    window.outputs.copy_with_source(window.reader)
    copied = QGuiApplication.clipboard().text()
    assert "Words before the picture.\nTwo boxes\nAct and means\nA caption\nWords after it." in copied
    assert "\ufffc" not in copied


# -- Larger ---------------------------------------------------------------------------------------------------


def opened(window: MainWindow, act: Callable[[], object], seen: Callable[[PictureWindow], object]) -> list[bool]:
    """Do what opens the larger view, look at it, and close it with Esc; whether it was there."""
    there: list[bool] = []

    clock = QTimer()

    def look() -> None:
        shown = QApplication.activeModalWidget()
        if shown is None:
            return  # not yet
        clock.stop()
        there.append(isinstance(shown, PictureWindow))
        if isinstance(shown, PictureWindow):
            seen(shown)
            from PySide6.QtTest import QTest

            QTest.keyClick(shown, Qt.Key.Key_Escape)

    clock.timeout.connect(look)
    clock.start(20)
    act()
    clock.stop()
    return there


def test_a_click_shows_a_picture_larger(qtbot: QtBot, open_window: OpenWindow, shelf: Callable[..., Handbook]) -> None:
    window = open_window("page", book=shelf())
    names: list[tuple[str, str, str]] = []

    def seen(shown: PictureWindow) -> None:
        names.append((shown.view.accessibleName(), shown.view.accessibleDescription(), shown.windowTitle()))
        qtbot.waitUntil(lambda: shown.view.image is not None)
        assert shown.view.image is not None
        assert shown.view.image.width() > 620

    spot = middle(window)
    viewport = window.reader.viewport()
    assert opened(window, lambda: qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=spot), seen) == [True]
    assert names == [("Two boxes", "A caption", "A caption")]
    assert QApplication.activeModalWidget() is None


def test_the_keyboard_comes_to_a_picture_and_shows_it_larger(
    qtbot: QtBot,
    open_window: OpenWindow,
    shelf: Callable[..., Handbook],
    announced: list[tuple[str, QAccessible.AnnouncementPoliteness]],
) -> None:
    window = open_window("page", book=shelf())
    window.reader.setFocus()
    announced.clear()
    qtbot.keyClick(window.reader, Qt.Key.Key_Tab)
    assert list(window.reader.pictures.rings) == [0]
    qtbot.waitUntil(lambda: [words for words, _ in announced] == ["Picture: Two boxes. Enter shows it larger."])
    qtbot.waitUntil(window.reader.hasFocus)
    assert opened(window, lambda: qtbot.keyClick(window.reader, Qt.Key.Key_Return), lambda _: None) == [True]
    qtbot.keyClick(window.reader, Qt.Key.Key_Tab)
    assert list(window.reader.pictures.rings) == [1]


def test_the_larger_view_says_why_there_is_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    picture = Picture("gone.png", tmp_path / "gone.png", "png", 40, 20)
    shown = PictureWindow(PagePicture(picture, "A map", "", 1, 0, 0, 1), theme.LIGHT, 14)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: bool(shown.view.said))
    assert shown.view.said.startswith("This picture can't be drawn: its file cannot be read")
    assert shown.view.accessibleName() == "A map"
    shown.close()


def test_a_forged_link_shows_nothing(open_window: OpenWindow, shelf: Callable[..., Handbook]) -> None:
    window = open_window("page", book=shelf())
    for number in ("9", "x", "-1", ""):
        window.links.show_picture(number)
    assert QApplication.activeModalWidget() is None


# -- Our own --------------------------------------------------------------------------------------------------


def test_the_words_of_our_drawings_stay_inside(book: Handbook) -> None:
    """Of every text: within the drawing, and within the box that it stands in."""
    import xml.etree.ElementTree as ET

    def width(words: str, size: float, bold: bool, italic: bool) -> float:
        font = QFont(theme.SANS)
        font.setPixelSize(100)
        font.setBold(bold)
        font.setItalic(italic)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return QFontMetricsF(font).horizontalAdvance(words) * size / 100

    for file in sorted((book.folder / "pictures").glob("*.svg")):
        root = ET.fromstring(file.read_bytes())  # noqa: S314 - our own
        whole = [float(side) for side in root.get("viewBox", "").split()]
        boxes = [
            [float(rect.get(side, "0")) for side in ("x", "y", "width", "height")]
            for rect in root.iter("{http://www.w3.org/2000/svg}rect")
        ]
        for text in root.iter("{http://www.w3.org/2000/svg}text"):
            size, x, y = (float(text.get(name, "0")) for name in ("font-size", "x", "y"))
            bold, italic = text.get("font-weight") == "700", text.get("font-style") == "italic"
            lines = [(text.text or "").strip(), *((span.text or "").strip() for span in text)]
            for words in lines:
                wide = width(words, size, bold, italic)
                left = {"middle": x - wide / 2, "end": x - wide}.get(text.get("text-anchor", ""), x)
                assert 0 <= left <= left + wide <= whole[2], f"{file.name}: {words}"
                around = [box for box in boxes if box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]]
                if around:
                    box = min(around, key=lambda one: one[2] * one[3])
                    assert box[0] <= left <= left + wide <= box[0] + box[2], f"{file.name}: '{words}' leaves its box"


def test_every_page_with_drawings_shows_them(
    qtbot: QtBot, open_window: OpenWindow, book: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    count = 0
    for chapter in book.chapters.values():
        if chapter.references.pictures:
            window.open_address(chapter.id)
            assert len(window.reader.shown.pictures) == len(chapter.references.pictures)
            count += len(window.reader.shown.pictures)
    assert 12 + 6 <= count <= 16 + 6  # six are of First steps
