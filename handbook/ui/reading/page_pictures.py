"""The pictures of the page in view: their room in the column, drawing them in a thread, painting them.

Belongs here: how a page's pictures get from files to the screen. Not here: which pictures a page has (page_source.py),
the larger view (picture_window.py), pixels (printing/typeset/pictures.py).

A picture's room is known before it is drawn, so that no line moves when it comes. It is drawn when it is first painted,
that is, when it comes into view, one picture at a time and at the size that it has there. Kept are those of this page
that were painted last, within a bound; a page with hundreds of photographs takes no more than that."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPyTextObject, QTextDocument, QTextFormat

from handbook.base.catalogue import tr
from handbook.content.html import PICTURE
from handbook.ui.widgets.theme import Theme, drawing_colours
from handbook.ui.widgets.worker import LatestOnlyWorker, Stale

if TYPE_CHECKING:
    from handbook.content.pictures import Picture

INSET = 48  # pixels that a list or a box takes from the width of what is in it
_TALLEST = 1.25  # heights of a picture to the column's width, at most
_KEPT = 48 * 1024 * 1024  # bytes of pixels
_PAUSE = 60  # ms, in which a window that is being made larger has no picture drawn for each of its sizes
_RING = 3.0  # pixels


class PagePicture(NamedTuple):
    """A picture as it stands on a page.

    share, pixels: its width as part of the column (0 to 1), or else in pixels; the other is 0. depth: of lists and
    boxes around it. unseen: the paragraphs below it that hold its alternative text and the words in it."""

    picture: Picture
    alternative: str
    caption: str
    share: float
    pixels: float
    depth: int
    unseen: int


class Wanted(NamedTuple):
    """What is to be drawn. side: the longer one, in pixels. number: of the picture on its page."""

    number: int
    picture: Picture
    side: int
    colours: tuple[tuple[str, str], ...]


def image_of(wanted: Wanted, stale: Stale) -> QImage:
    """Draw a picture; for a thread. Raises NotDrawn, process.Cancelled."""
    from handbook.printing.typeset import pictures  # brings in Typst: not for the start

    data = pictures.pixels_of(wanted.picture, wanted.side, dict(wanted.colours), stale)
    image = QImage()
    if not image.loadFromData(data, "PNG"):  # type: ignore[arg-type]  # it takes text, and no bytes
        raise pictures.NotDrawn(tr("what came of it is no picture"))
    return image


def colours_for(picture: Picture, theme: Theme) -> tuple[tuple[str, str], ...]:
    """The colours that a drawing of ours has in a theme; none for any other picture, and where they are its own."""
    colours: Mapping[str, str] = drawing_colours(theme)
    return tuple(sorted(colours.items())) if picture.plain and picture.colours <= colours.keys() else ()


def needs_card(picture: Picture, theme: Theme) -> bool:
    """Is something light needed behind a picture, whose dark lines may stand on nothing?"""
    return theme.dark and picture.kind != "jpg" and not colours_for(picture, theme)


def _is_good_for(drawn: Wanted, wanted: Wanted) -> bool:
    """Has a picture that was drawn the colours that are wanted now, and nearly the size?"""
    return drawn.colours == wanted.colours and abs(drawn.side - wanted.side) <= 1


class _PictureObject(QPyTextObject):
    """Tells Qt's text how large a picture is, and paints it."""

    def __init__(self, pictures: PagePictures) -> None:
        super().__init__()
        self._pictures = pictures

    def intrinsicSize(self, document: QTextDocument, position: int, form: QTextFormat) -> QSizeF:
        return self._pictures.size(_number(form))

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, form: QTextFormat
    ) -> None:
        self._pictures.paint(painter, QRectF(rect), _number(form))


def _number(form: QTextFormat) -> int:
    name = form.toImageFormat().name().removeprefix(PICTURE)
    return int(name) if name.isdecimal() else -1


class PagePictures:
    """The pictures of one reader's page.

    column: the width of its text, in pixels. repaint: asks for painting the page again. ratio: device pixels of one.
    said: a sentence in place of a picture, from why it could not be drawn.
    rings: by a picture's number, the colour of a frame around it: the keyboard is on it, or it holds a match."""

    def __init__(
        self,
        document: QTextDocument,
        column: Callable[[], float],
        repaint: Callable[[], None],
        ratio: Callable[[], float],
        said: Callable[[str], str],
    ) -> None:
        self._column, self._repaint, self._ratio, self._said = column, repaint, ratio, said
        self._theme: Theme | None = None
        self._shown: tuple[PagePicture, ...] = ()
        self._images: OrderedDict[int, tuple[Wanted, QImage]] = OrderedDict()  # those painted last stand last
        self._failed: dict[int, str] = {}
        self._wanted: dict[int, Wanted] = {}
        self._running: Wanted | None = None
        self.rings: dict[int, QColor] = {}
        self._worker: LatestOnlyWorker[Wanted, QImage] = LatestOnlyWorker(
            "pictures", image_of, self._drawn, self._not_drawn
        )
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._next)
        self._object = _PictureObject(self)
        document.documentLayout().registerHandler(QTextFormat.ObjectTypes.ImageObject.value, self._object)

    def show(self, pictures: tuple[PagePicture, ...], theme: Theme) -> None:
        """Take the pictures of a page that is about to be shown, and let go of those before.

        Where the page is the same in another size, what is drawn stays till it is drawn anew."""
        same = pictures == self._shown
        self._shown, self._theme = pictures, theme
        for number, (wanted, _) in list(self._images.items()):
            if not same or wanted.colours != colours_for(wanted.picture, theme):
                del self._images[number]
        self._failed.clear()
        self._wanted.clear()
        self.rings.clear()
        self._running = None
        self._timer.stop()
        self._worker.drop()

    def close(self) -> None:
        """Draw no more; before the window goes."""
        self._timer.stop()
        self._worker.close(wait=0)

    @property
    def kept(self) -> int:
        """Bytes of the pixels in memory."""
        return sum(image.sizeInBytes() for _, image in self._images.values())

    @property
    def busy(self) -> bool:
        """Is a picture in view still being drawn?"""
        return self._timer.isActive() or self._worker.busy

    def image(self, number: int) -> QImage | None:
        """A picture's pixels, once they are there."""
        found = self._images.get(number)
        return found[1] if found else None

    def size(self, number: int) -> QSizeF:
        """The room of a picture, in pixels."""
        if not 0 <= number < len(self._shown):
            return QSizeF(1, 1)
        shown = self._shown[number]
        column = max(40.0, self._column() - INSET * shown.depth)
        width = min(column, shown.share * column if shown.share else shown.pixels)
        height = width * shown.picture.height / shown.picture.width
        tallest = column * _TALLEST
        if height > tallest:
            width, height = width * tallest / height, tallest
        return QSizeF(max(1.0, width), max(1.0, height))

    # -- Painting --------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, rect: QRectF, number: int) -> None:
        """Paint a picture, or its frame while it is being drawn; and have it drawn."""
        if not 0 <= number < len(self._shown) or self._theme is None:
            return
        shown = self._shown[number]
        wanted = self._wanted_at(number, rect)
        found = self._images.get(number)
        painter.save()
        if found is not None:
            self._images.move_to_end(number)
            if needs_card(shown.picture, self._theme):
                painter.fillRect(rect, QColor(Qt.GlobalColor.white))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, found[1])
        else:
            self._paint_frame(painter, rect, number)
        if number in self.rings:
            painter.setPen(QPen(self.rings[number], _RING))
            painter.drawRect(rect.adjusted(_RING / 2, _RING / 2, -_RING / 2, -_RING / 2))
        painter.restore()
        if (found is None or not _is_good_for(found[0], wanted)) and number not in self._failed:
            self._wanted[number] = wanted
            if self._running is None and not self._timer.isActive():
                self._timer.start()

    def _paint_frame(self, painter: QPainter, rect: QRectF, number: int) -> None:
        theme, said = self._theme, self._failed.get(number, "")
        if theme is None:
            return
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        if said:
            painter.setPen(QColor(theme.faint))
            inside = rect.adjusted(12, 12, -12, -12)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(inside, flags, f"{said}\n\n{self._shown[number].alternative}")

    def _wanted_at(self, number: int, rect: QRectF) -> Wanted:
        picture = self._shown[number].picture
        side = round(max(rect.width(), rect.height()) * self._ratio())
        colours = colours_for(picture, self._theme) if self._theme is not None else ()
        return Wanted(number, picture, max(1, side), colours)

    # -- Drawing ---------------------------------------------------------------------------------------------

    def _next(self) -> None:
        """Have the next picture drawn that was painted without its pixels; one that is being drawn is waited for."""
        if self._wanted and self._running is None:
            self._running = next(iter(self._wanted.values()))
            self._worker.start(self._running)

    def _drawn(self, wanted: Wanted, image: QImage) -> None:
        self._images[wanted.number] = (wanted, image)
        self._images.move_to_end(wanted.number)
        while len(self._images) > 1 and self.kept > _KEPT:
            self._images.popitem(last=False)
        self._done()

    def _not_drawn(self, wanted: Wanted, error: Exception) -> None:
        from handbook.printing.typeset.pictures import NotDrawn

        if not isinstance(error, NotDrawn):
            raise error
        self._failed[wanted.number] = self._said(str(error))
        self._done()

    def _done(self) -> None:
        self._running = None
        self._wanted.clear()  # it may be out of view by now: painting asks again for what is in it
        self._repaint()
