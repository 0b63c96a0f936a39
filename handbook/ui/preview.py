"""The pages of a PDF as they will come out of the printer, drawn as they come into view.

Belongs here: showing pages. Not here: making the PDF (print_dialog.py) and its pixels (handbook/pages.py)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from handbook.pages import Document
from handbook.ui.background import Newest, Stale
from handbook.ui.theme import Theme

GAP = 18  # pixels between pages
KEPT = 24  # images kept: a screen or two on either side


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pages to draw, most wanted first, at a scale in pixels a point."""

    document: Document
    numbers: tuple[int, ...]
    scale: float


def draw(wanted: Wanted, stale: Stale) -> dict[int, QImage]:
    """Draw pages in the worker's thread; stops early when the person has scrolled on."""
    images: dict[int, QImage] = {}
    for number in wanted.numbers:
        if stale():
            break
        images[number] = to_qimage(wanted.document, number, wanted.scale)
    return images


def to_qimage(document: Document, number: int, scale: float) -> QImage:
    """A page as a QImage that owns its pixels."""
    image = document.image(number, scale)
    return QImage(image.data, image.width, image.height, image.stride, QImage.Format.Format_RGB32).copy()


class Preview(QAbstractScrollArea):
    """Pages one under another, as wide as the view."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setAccessibleName(self.tr("Preview of the pages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._document: Document | None = None
        self._sizes: list[tuple[float, float]] = []  # of each page, in points
        self._tops: list[float] = []  # upper edge of each page, in pixels from the top of all
        self._images: dict[int, QImage] = {}
        self._scale = 1.0
        self._message = ""
        self._drawing: Newest[Wanted, dict[int, QImage]] = Newest("preview", draw, self._drawn, self._not_drawn)
        self.verticalScrollBar().valueChanged.connect(self._ask)

    @property
    def message(self) -> str:
        """The sentence shown in place of pages."""
        return self._message

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._tops)

    @property
    def drawn(self) -> frozenset[int]:
        """The pages, counted from 0, whose images are ready."""
        return frozenset(self._images)

    def sizeHint(self) -> QSize:
        return QSize(560, 720)

    def show_document(self, document: Document) -> None:
        """Show another PDF; the view stays at the same page where there is one."""
        self._drawing.drop()
        old, self._document = self._document, document
        self._images.clear()
        self._message = ""
        self._lay_out()
        if old is not None:
            old.close()
        self._ask()

    def say(self, message: str) -> None:
        """Show a sentence in place of pages."""
        self._drawing.drop()
        if self._document is not None:
            self._document.close()
            self._document = None
        self._tops, self._images = [], {}
        self._message = message
        self.verticalScrollBar().setRange(0, 0)
        self.viewport().update()

    def close_document(self) -> None:
        """Let go of the thread and the PDF; call before the widget goes."""
        self._drawing.close()
        if self._document is not None:
            self._document.close()
            self._document = None

    def _lay_out(self) -> None:
        document = self._document
        if document is None:
            return
        self._sizes = [document.size(number) for number in range(len(document))]
        widest = max(width for width, _ in self._sizes)
        self._scale = max(0.1, (self.viewport().width() - 2 * GAP) / widest)
        self._tops, top = [], float(GAP)
        for _, height in self._sizes:
            self._tops.append(top)
            top += height * self._scale + GAP
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(top) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(40)

    def _box(self, number: int) -> QRectF:
        """Where a page stands in the view, in pixels."""
        width, height = (points * self._scale for points in self._sizes[number])
        left = (self.viewport().width() - width) / 2
        return QRectF(left, self._tops[number] - self.verticalScrollBar().value(), width, height)

    def _in_view(self) -> list[int]:
        view = QRectF(self.viewport().rect())
        return [number for number in range(len(self._tops)) if self._box(number).intersects(view)]

    def _ask(self) -> None:
        """Have the pages in view drawn, and the next one after them."""
        if self._document is None:
            return
        seen = self._in_view()
        after = [seen[-1] + 1] if seen and seen[-1] + 1 < len(self._tops) else []
        missing = tuple(number for number in (*seen, *after) if number not in self._images)
        if missing:
            ratio = self.devicePixelRatioF()
            self._drawing.start(Wanted(self._document, missing, self._scale * ratio))
        self.viewport().update()

    def _drawn(self, wanted: Wanted, images: dict[int, QImage]) -> None:
        if wanted.document is not self._document:
            return
        self._images.update(images)
        seen = set(self._in_view())
        for number in [number for number in self._images if number not in seen][: max(0, len(self._images) - KEPT)]:
            del self._images[number]
        self._ask()

    def _not_drawn(self, wanted: Wanted, error: Exception) -> None:
        if wanted.document is self._document:
            self.say(self.tr("The preview could not be drawn: {error}").format(error=error))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.line))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._document is None:
            painter.setPen(QColor(self._theme.text))
            area = self.viewport().rect().adjusted(30, 30, -30, -30)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)
        else:
            for number in self._in_view():
                box = self._box(number)
                painter.fillRect(box.translated(2, 3), QColor(0, 0, 0, 60))
                painter.fillRect(box, Qt.GlobalColor.white)
                if number in self._images:
                    painter.drawImage(box, self._images[number])
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._images.clear()
        self._lay_out()
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)
