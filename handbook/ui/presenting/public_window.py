"""The window that the group sees: it paints a page, and nothing else is ever on it.

Belongs here: painting, the pointer, the size of the window. Not here: what is shown, and what keys do (show.py)."""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from handbook.content import figures, markup
from handbook.content.pictures import Picture
from handbook.ui.presenting import page
from handbook.ui.presenting.page import Look, Sizes
from handbook.ui.reading.page_pictures import Wanted, colours_for, image_of, needs_card
from handbook.ui.widgets.announce import announce
from handbook.ui.widgets.theme import DARK, LIGHT, SANS
from handbook.ui.widgets.worker import LatestOnlyWorker

_log = logging.getLogger(__name__)

POINTER_RESTS = 3000  # ms after which a pointer that does not move is hidden
HINT_STAYS = 4000  # ms


class Shown(NamedTuple):
    """A page as it is painted.

    position: such as "2 of 3"; "" for a slide of one page.
    size:     of the text, in pixels.
    picture:  what is shown in place of blocks, which are then one figure."""

    title: str
    blocks: tuple[Element, ...]
    size: int
    source: str
    position: str
    verbatim: bool
    picture: Picture | None = None


class PublicWindow(QWidget):
    """Shows a page to the room. It takes the keyboard, and hands every key on."""

    key_pressed = Signal(QKeyEvent)
    resized = Signal()
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(480, 270)
        self._look = look
        self._shown: Shown | None = None
        self._image: tuple[Wanted, QImage] | None = None
        self._drawing: LatestOnlyWorker[Wanted, QImage] = LatestOnlyWorker(
            "shown picture", image_of, self._drawn, self._not_drawn
        )
        self._blank = ""
        self._pointer = QTimer(self, singleShot=True, interval=POINTER_RESTS)
        self._pointer.timeout.connect(lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        self._pointer.start()
        self._hint = ""
        self._hinting = QTimer(self, singleShot=True, interval=HINT_STAYS)
        self._hinting.timeout.connect(lambda: self.hint(""))

    def hint(self, words: str) -> None:
        """Tell the trainer something in the last row for a moment; "" takes it away."""
        self._hint = words
        self.update()
        if words:
            self._hinting.start()
            announce(self, words)

    @property
    def shown(self) -> Shown | None:
        """The page that is painted when the screen is not blank."""
        return self._shown

    @property
    def blank(self) -> str:
        """The colour that covers the page, "" for none."""
        return self._blank

    @property
    def sizes(self) -> Sizes:
        """The measures of the window without any wish for larger text."""
        return Sizes.of(self.width(), self.height())

    def room(self, title: str) -> tuple[int, int]:
        """The width and height for blocks under a title."""
        sizes = self.sizes
        width = self.width() - 2 * sizes.margin
        return width, self.height() - self._top(title) - 3 * sizes.foot

    def show_page(self, shown: Shown, *, quietly: bool = False) -> None:
        """Paint another page, and have it read out, unless quietly."""
        self._shown = shown
        words = markup.words_of(_around(shown.blocks)) if shown.picture is None else figures.words_of(shown.blocks[0])
        self.setAccessibleName(shown.title or self.windowTitle())
        self.setAccessibleDescription(words)
        self.update()
        if not quietly:
            announce(self, ". ".join(filter(None, (shown.title, shown.position, words))))

    def cover(self, colour: str) -> None:
        """Cover the page with a colour; "" shows it again."""
        self._blank = colour
        self.update()

    def set_look(self, look: Look) -> None:
        """Take other colours."""
        self._look = look
        self.update()

    # -- Painting ------------------------------------------------------------------------------------------------

    def _font(self, pixels: int, *, bold: bool = False) -> QFont:
        font = QFont(SANS)
        font.setPixelSize(pixels)
        font.setBold(bold)
        return font

    def _title_lines(self, title: str) -> list[str]:
        """A title in two lines at most."""
        width = self.width() - 2 * self.sizes.margin
        metrics = QFontMetrics(self._font(self.sizes.title, bold=True))
        words, first = title.split(), ""
        while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
            first = f"{first} {words.pop(0)}".strip()
        rest = metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)
        return [line for line in (first, rest) if line]

    def _top(self, title: str) -> int:
        """Where the blocks begin, below the title."""
        sizes = self.sizes
        lines = len(self._title_lines(title))
        return round(sizes.title * (0.9 + 1.3 * lines + (0.5 if lines else 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(self.rect(), QColor(self._blank or self._look.ground))
        if self._shown is not None and not self._blank:
            self._paint(painter, self._shown)
        painter.end()

    def _paint(self, painter: QPainter, shown: Shown) -> None:
        sizes, look = self.sizes, self._look
        painter.setPen(QColor(look.title))
        painter.setFont(self._font(sizes.title, bold=True))
        for number, line in enumerate(self._title_lines(shown.title)):
            painter.drawText(QPointF(sizes.margin, sizes.title * (1.7 + 1.3 * number)), line)
        width, height = self.room(shown.title)
        top = self._top(shown.title)
        if shown.picture is not None:
            self._paint_picture(painter, shown.picture, QRectF(sizes.margin, top, width, height))
            self._paint_foot(painter, shown)
            return
        made = page.document(shown.blocks, shown.size, width, look, verbatim=shown.verbatim)
        if shown.verbatim:
            pad = sizes.margin // 2
            ground = QRectF(sizes.margin - pad, top - pad / 4, width + 2 * pad, height + pad / 2)
            painter.fillRect(ground, QColor(look.statement))
            painter.fillRect(QRectF(ground.left(), ground.top(), max(4, pad / 5), ground.height()), QColor(look.bar))
        painter.save()
        painter.translate(sizes.margin, top + max(0.0, (height - made.size().height()) / 2.6))
        made.drawContents(painter)
        painter.restore()
        self._paint_foot(painter, shown)

    def _paint_picture(self, painter: QPainter, picture: Picture, room: QRectF) -> None:
        """Paint a picture as large as it fits; it is drawn in a thread when it is first painted at that size."""
        scale = min(room.width() / picture.width, room.height() / picture.height)
        width, height = picture.width * scale, picture.height * scale
        place = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
        colours = DARK if self._look.dark else LIGHT
        side = max(1, round(max(width, height) * self.devicePixelRatioF()))
        wanted = Wanted(0, picture, side, colours_for(picture, colours))
        if needs_card(picture, colours):
            painter.fillRect(place, QColor(Qt.GlobalColor.white))
        if self._image is not None and self._image[0].picture == picture:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image[1])
        if (self._image is None or self._image[0] != wanted) and self._wanted != wanted:
            self._wanted = wanted
            self._drawing.start(wanted)

    _wanted: Wanted | None = None

    def _drawn(self, wanted: Wanted, image: QImage) -> None:
        self._image = (wanted, image)
        self.update()

    def _not_drawn(self, _: Wanted, error: Exception) -> None:
        """Show the words of a picture that can't be drawn."""
        if self._shown is not None and self._shown.picture is not None:
            _log.info("a picture was not drawn", exc_info=error)
            around = _around(copy.deepcopy(self._shown.blocks))
            figures.as_words(around)
            self._shown = self._shown._replace(picture=None, blocks=tuple(around), size=self.sizes.smallest)
            self.update()

    def _paint_foot(self, painter: QPainter, shown: Shown) -> None:
        """Paint whose words these are, and which page of how many this is."""
        sizes, look = self.sizes, self._look
        width, _ = self.room(shown.title)
        painter.setPen(QColor(look.faint))
        painter.setFont(self._font(sizes.foot))
        metrics = QFontMetrics(painter.font())
        right = metrics.horizontalAdvance(shown.position)
        base = self.height() - sizes.foot
        source = metrics.elidedText(
            self._hint or shown.source, Qt.TextElideMode.ElideRight, width - right - 2 * sizes.foot
        )
        painter.drawText(QPointF(sizes.margin, base), source)
        painter.drawText(QPointF(self.width() - sizes.margin - right, base), shown.position)

    # -- What Qt tells -------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_pressed.emit(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.unsetCursor()
        self._pointer.start()

    def event(self, event: QEvent) -> bool:
        # Tab is a key like any other here: there is nothing to go to.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            self.key_pressed.emit(event)
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._drawing.close(wait=0)
        self.closed.emit()
        super().closeEvent(event)


def _around(blocks: Sequence[Element]) -> Element:
    root = Element("div")
    root.extend(blocks)
    return root
