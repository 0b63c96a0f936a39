"""The pages of a PDF as they will come out of the printer, drawn as they come into view.

Belongs here: showing pages, large or as thumbnails. Not here: the bar around them (pages_view.py), making the PDF
and its pixels (printing/page_images.py)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from handbook.base.catalogue import tr
from handbook.base.system_errors import reason_of
from handbook.printing.page_images import Document
from handbook.ui.widgets.theme import Theme
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

GAP = 18  # pixels between pages
MOST_BYTES = 48 * 1024 * 1024  # of images kept: a screen or two on either side
FEWEST = 4  # images kept, however large
SMALLEST, LARGEST = 0.15, 3.0  # pixels a point
FIT_WIDTH, FIT_PAGE = "width", "page"


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
    """Pages one under another, as wide as the view or as large as asked for. Does not own the document."""

    page_changed = Signal(int)  # the page in the middle of the view, from 0
    zoomed = Signal()
    replaced = Signal()  # other pages, or none
    painted = Signal()  # every page in view has come onto the screen

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.setAccessibleName(tr("Preview of the pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._document: Document | None = None
        self._sizes: list[tuple[float, float]] = []  # of each page, in points
        self._widest = self._highest = 1.0  # of these
        self._tops: list[float] = []  # upper edge of each page, in pixels from the top of all
        self._images: dict[int, QImage] = {}
        self._before: dict[int, QImage] = {}  # of the document shown before: better than white till a page is drawn
        self._scale = 1.0
        self._fit: str | None = FIT_WIDTH
        self._message = ""
        self._current = 0
        self._view = QSize(560, 720)  # of the viewport; kept here, see Reader
        self._is_settling = False  # does the scroll bar come or go while pages are being laid out?
        self._drawing: LatestOnlyWorker[Wanted, dict[int, QImage]] = LatestOnlyWorker(
            "preview", draw, self._drawn, self._not_drawn
        )
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.viewport().update())

    @property
    def message(self) -> str:
        """The sentence shown in place of pages."""
        return self._message

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._tops)

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 0."""
        return self._current

    @property
    def drawn(self) -> frozenset[int]:
        """The pages, counted from 0, whose images are ready."""
        return frozenset(self._images)

    @property
    def held(self) -> int:
        """Bytes of the pages' images that are kept."""
        return sum(image.sizeInBytes() for image in (*self._images.values(), *self._before.values()))

    @property
    def scale(self) -> float:
        """Pixels of the screen a point."""
        return self._scale

    @property
    def fit(self) -> str | None:
        """FIT_WIDTH, FIT_PAGE, or None for a size that was asked for."""
        return self._fit

    def sizeHint(self) -> QSize:
        return QSize(560, 720)

    def show_document(self, document: Document) -> None:
        """Show another PDF; the view stays at the same page where there is one."""
        self._drawing.drop()
        self._keep_for_now()
        self._document, self._images, self._message = document, {}, ""
        self._lay_out()
        self._ask()
        self._note_page(force=True)
        self.replaced.emit()

    def say(self, message: str) -> None:
        """Show a sentence in place of pages."""
        self._drawing.drop()
        self._document = None
        self._tops, self._sizes, self._images, self._before = [], [], {}, {}
        self._message = message
        self.setAccessibleDescription(message)
        self.replaced.emit()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().setRange(0, 0)
        self.horizontalScrollBar().setRange(0, 0)
        self.viewport().update()

    def stop(self) -> None:
        """Let go of the thread and the PDF; call before the widget goes."""
        self._drawing.close()
        self._document = None
        self.replaced.emit()

    def words_of(self, number: int) -> str:
        """The words of a page, for screen readers; waits for a page that is being drawn."""
        return self._document.text(number) if self._document is not None else ""

    def place_of(self, number: int) -> QRect:
        """Where a page is on the screen."""
        box = self._box(number).toRect()
        return QRect(self.viewport().mapToGlobal(box.topLeft()), box.size())

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.viewport().update()

    # -- Moving and sizing -----------------------------------------------------------------------------------

    def show_page(self, number: int) -> None:
        """Bring a page, counted from 0, to the top of the view."""
        if 0 <= number < len(self._tops):
            self.verticalScrollBar().setValue(round(self._tops[number] - GAP / 2))
            self._note_page()

    def fit_to(self, fit: str) -> None:
        """Show pages as wide as the view (FIT_WIDTH), or whole (FIT_PAGE)."""
        self._fit = fit
        self._resize(self._scale)

    def zoom(self, factor: float) -> None:
        """Show pages so many times as large as now, within what is of use."""
        self._fit = None
        self._resize(min(LARGEST, max(SMALLEST, self._scale * factor)))

    def _keep_for_now(self) -> None:
        """Keep the pages in view until they are drawn anew; those that nobody sees would pile up with every change."""
        known = {**self._before, **self._images}
        seen = self._in_view() if self._document is not None else []
        self._before = {number: known[number] for number in seen if number in known}

    def _resize(self, scale: float) -> None:
        at, bar = self._current, self.verticalScrollBar()
        within = (bar.value() - self._tops[at]) / self._scale if self._tops else 0.0
        self._scale = scale
        self._keep_for_now()
        self._images = {}
        self._lay_out()
        if self._tops and at < len(self._tops):
            bar.setValue(round(self._tops[at] + within * self._scale))
        self._ask()
        self.zoomed.emit()

    def _fitting(self, width: int) -> float:
        """The scale that fits a view of that width, with room for the gaps around."""
        scale = (width - 2 * GAP) / self._widest
        if self._fit == FIT_PAGE:
            scale = min(scale, (self._view.height() - 2 * GAP) / self._highest)
        return max(0.05, scale)

    def _below(self) -> int:
        """Pixels below a page, before the gap."""
        return 0

    def _lay_out(self) -> None:
        document = self._document
        if document is None:
            return
        sizes = [document.size(number) for number in range(len(document))]
        if sizes != self._sizes:
            self._sizes = sizes
            self._widest = max(width for width, _ in sizes)
            self._highest = max(height for _, height in sizes)
        self._settle_bar()
        if self._fit is not None:
            self._scale = self._fitting(self._view.width())
        self._tops, top = self._places(self._scale)
        view = self._view
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(top) - view.height()))
        bar.setPageStep(view.height())
        bar.setSingleStep(40)
        across = self.horizontalScrollBar()
        widest = self._widest * self._scale + 2 * GAP
        across.setRange(0, max(0, round(widest) - view.width()) if self._fit is None else 0)
        across.setPageStep(view.width())
        across.setSingleStep(40)

    def _places(self, scale: float) -> tuple[list[float], float]:
        """The upper edge of each page, and where all of them end."""
        tops, top = [], float(GAP)
        for _, height in self._sizes:
            tops.append(top)
            top += height * scale + GAP + self._below()
        return tops, top

    def _settle_bar(self) -> None:
        """Have the scroll bar if pages that fit the width without it would need it.

        Pages beside it are smaller. Where only those fit the height, Qt would show it and hide it for ever."""
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if self._fit is not None:
            width = self.maximumViewportSize().width()
            if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn:
                width += self.verticalScrollBar().sizeHint().width()
            _, end = self._places(self._fitting(width))
            always, never = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            policy = always if round(end) > self._view.height() else never
        if policy != self.verticalScrollBarPolicy():
            self._is_settling = True
            self.setVerticalScrollBarPolicy(policy)
            self._is_settling = False

    def _box(self, number: int) -> QRectF:
        """Where a page stands in the view, in pixels."""
        width, height = (points * self._scale for points in self._sizes[number])
        across = self.horizontalScrollBar()
        left = (self._view.width() + across.maximum() - width) / 2 - across.value()
        return QRectF(left, self._tops[number] - self.verticalScrollBar().value(), width, height)

    def _in_view(self) -> list[int]:
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_left(self._tops, top + self._view.height())
        return [n for n in range(first, last) if self._tops[n] + self._sizes[n][1] * self._scale > top]

    def _scrolled(self) -> None:
        self._ask()
        self._note_page()

    def _note_page(self, *, force: bool = False) -> None:
        middle = self.verticalScrollBar().value() + self._view.height() / 2
        at = max(0, bisect_right(self._tops, middle) - 1)
        if at != self._current or force:
            self._current = at
            self.setAccessibleDescription(
                tr("Page {n} of {m}").format(n=at + 1, m=len(self._tops)) if self._tops else self._message
            )
            self.page_changed.emit(at)

    # -- Drawing ---------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Have the pages in view drawn, and the next one after them."""
        if self._document is None:
            return
        seen = self._in_view()
        after = [seen[-1] + 1] if seen and seen[-1] + 1 < len(self._tops) else []
        missing = tuple(number for number in (*seen, *after) if number not in self._images)
        if missing:
            ratio = self.devicePixelRatioF()
            # One at a time, so that the first is on the screen while the second is drawn.
            self._drawing.start(Wanted(self._document, missing[:1], self._scale * ratio))
        self.viewport().update()

    def _drawn(self, wanted: Wanted, images: dict[int, QImage]) -> None:
        if wanted.document is not self._document or wanted.scale != self._scale * self.devicePixelRatioF():
            return
        self._images.update(images)
        for number in images:
            self._before.pop(number, None)
        seen = self._in_view()
        each = max((image.sizeInBytes() for image in images.values()), default=1)
        spare = len(self._images) - max(FEWEST, MOST_BYTES // each)
        for number in [number for number in self._images if number not in seen][: max(0, spare)]:
            del self._images[number]
        self._ask()

    def _not_drawn(self, wanted: Wanted, error: Exception) -> None:
        if wanted.document is self._document:
            self.say(tr("The preview could not be drawn: {error}").format(error=reason_of(error)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.desk))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._document is None:
            painter.setPen(QColor(self._theme.text))
            area = self.viewport().rect().adjusted(30, 30, -30, -30)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)
        else:
            seen = self._in_view()
            for number in seen:
                self._paint_page(painter, number, self._box(number))
            if all(number in self._images for number in seen):
                self.painted.emit()
        painter.end()

    def _paint_page(self, painter: QPainter, number: int, box: QRectF) -> None:
        painter.fillRect(box.translated(2, 3), QColor(0, 0, 0, 60))
        painter.fillRect(box, Qt.GlobalColor.white)
        if self._theme.contrast:
            painter.setPen(QPen(QColor(self._theme.edge), 2))
            painter.drawRect(box.adjusted(-1, -1, 1, 1))
        image = self._images.get(number) or self._before.get(number)
        if image is not None:
            painter.drawImage(box, image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._view = event.size()  # of the viewport: that is what a scroll area is told
        if self._document is None or self._is_settling:
            return
        if self._fit is not None:
            self._resize(self._scale)
        else:
            self._lay_out()
            self._ask()

    # -- Hands -----------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom(1.25 if event.angleDelta().y() > 0 else 0.8)
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        key = Qt.Key(event.key())
        if key in steps:
            bar.setValue(bar.value() + steps[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            way = 1 if key == Qt.Key.Key_Right else -1
            across.setValue(across.value() + way * across.singleStep())
        else:
            super().keyPressEvent(event)


class Thumbnails(Preview):
    """Small pages beside the large ones, with their numbers; a click or a key goes to one."""

    chosen = Signal(int)  # page, from 0

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("thumbnails")
        self.setAccessibleName(tr("Small pages"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._marked = 0

    def sizeHint(self) -> QSize:
        return QSize(120, 720)

    def mark(self, number: int) -> None:
        """Mark the page in the large view, and keep it in sight."""
        self._marked = number
        if 0 <= number < len(self._tops):
            box = self._box(number)
            if box.top() < 0 or box.bottom() > self.viewport().height():
                middle = self._tops[number] + box.height() / 2 - self.viewport().height() / 2
                self.verticalScrollBar().setValue(round(middle))
        self.viewport().update()

    def _below(self) -> int:
        return self.fontMetrics().height()

    def _paint_page(self, painter: QPainter, number: int, box: QRectF) -> None:
        super()._paint_page(painter, number, box)
        colour = QColor(self._theme.accent if number == self._marked else self._theme.text)
        if number == self._marked:
            painter.setPen(QPen(colour, 3))
            painter.drawRect(box.adjusted(-2, -2, 2, 2))
        painter.setPen(colour)
        below = QRectF(0, box.bottom() + 4, self.viewport().width(), self.fontMetrics().height())
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, str(number + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = next((n for n in self._in_view() if self._box(n).adjusted(-9, -9, 9, 22).contains(event.position())), -1)
        if at >= 0:
            self.chosen.emit(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QAbstractScrollArea.wheelEvent(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Down: self._marked + 1,
            Qt.Key.Key_Up: self._marked - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.pages - 1,
        }
        to = ways.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        elif 0 <= to < self.pages:
            self.chosen.emit(to)
