"""A picture as large as the screen: for looking closely, and for showing it to a room.

Belongs here: the window that a click on a picture opens. Not here: pictures on a page (page_pictures.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from handbook.base.catalogue import tr
from handbook.ui.reading.page_pictures import PagePicture, Wanted, colours_for, image_of, needs_card
from handbook.ui.widgets.theme import Theme
from handbook.ui.widgets.worker import LatestOnlyWorker

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_LARGEST = 4000  # pixels of a side
_PAUSE = 120  # ms
_BY_SIDE = 40  # pixels left free beside it


class PictureWindow(QDialog):
    """One picture with its caption; Esc closes it."""

    def __init__(self, shown: PagePicture, theme: Theme, points: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureWindow")
        # Translators: title of a window with a picture
        self.setWindowTitle(shown.caption or tr("Picture"))
        self.view = _View(shown, theme, self)
        rows = QVBoxLayout(self)
        rows.addWidget(self.view, 1)
        foot = QHBoxLayout()
        caption = QLabel(shown.caption)
        caption.setTextFormat(Qt.TextFormat.PlainText)
        caption.setWordWrap(True)
        font = caption.font()
        font.setPointSizeF(points)
        caption.setFont(font)
        foot.addWidget(caption, 1)
        close = QPushButton(tr("Close"))
        close.setAccessibleName(close.text())
        close.clicked.connect(self.accept)
        close.setDefault(True)
        foot.addWidget(close, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        rows.addLayout(foot)
        room = (parent or self).screen().availableSize()
        self.resize(round(room.width() * 0.95), round(room.height() * 0.9))
        self.view.setFocus()

    def done(self, result: int) -> None:
        self.view.close_view()
        super().done(result)


class _View(QWidget):
    """The picture itself, as large as fits."""

    def __init__(self, shown: PagePicture, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown, self._theme = shown, theme
        self.image: QImage | None = None
        self.said = ""  # why it could not be drawn
        # Translators: title of a window with a picture
        self.setAccessibleName(shown.alternative or shown.caption or tr("Picture"))
        self.setAccessibleDescription(shown.caption)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._worker: LatestOnlyWorker[Wanted, QImage] = LatestOnlyWorker(
            "picture", image_of, lambda _, image: self._take(image), lambda _, error: self._fail(error)
        )
        self._worker.end_with(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._draw)

    def close_view(self) -> None:
        """Draw no more."""
        self._timer.stop()
        self._worker.close(wait=0)

    def sizeHint(self) -> QSize:
        return QSize(900, 600)

    def _place(self) -> QRectF:
        """Where the picture stands: as large as fits, in the middle."""
        picture = self._shown.picture
        wide, high = max(1, self.width() - _BY_SIDE), max(1, self.height() - _BY_SIDE // 2)
        scale = min(wide / picture.width, high / picture.height)
        if picture.kind != "svg":  # pixels get no clearer beyond twice their size
            scale = min(scale, 2.0)
        width, height = picture.width * scale, picture.height * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _draw(self) -> None:
        place, ratio = self._place(), self.devicePixelRatioF()
        side = min(_LARGEST, round(max(place.width(), place.height()) * ratio))
        picture = self._shown.picture
        self._worker.start(Wanted(0, picture, max(1, side), colours_for(picture, self._theme)))

    def _take(self, image: QImage) -> None:
        self.image = image
        self.update()

    def _fail(self, error: Exception) -> None:
        from handbook.printing.typeset.pictures import NotDrawn

        if not isinstance(error, NotDrawn):
            raise error
        self.said = tr("This picture can't be drawn: {why}.").format(why=error)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.page))
        place = self._place()
        if self.image is not None:
            if needs_card(self._shown.picture, self._theme):
                painter.fillRect(place, QColor(Qt.GlobalColor.white))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.image)
        else:
            painter.setPen(QColor(self._theme.line))
            painter.drawRect(place)
            if self.said:
                painter.setPen(QColor(self._theme.faint))
                painter.drawText(
                    place.adjusted(12, 12, -12, -12),
                    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
                    f"{self.said}\n\n{self._shown.alternative}",
                )
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            edge = self._theme.thick
            painter.setPen(QPen(QColor(self._theme.accent), edge))
            painter.drawRect(self.rect().adjusted(edge // 2, edge // 2, -edge + edge // 2, -edge + edge // 2))
        painter.end()
