"""The room below a page: as much that its last section can be scrolled to the upper edge too.

Belongs here: the range of the page's scroll bar. Not here: to which value a page is scrolled (page_places.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from handbook.ui.reading.reader import Reader


class RoomBelow:
    """That of one reader. Call forget() when its text changes."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._bar = reader, reader.verticalScrollBar()
        self._most = 0  # the maximum of the scroll bar, with the room
        self._soon = QTimer(reader)  # later, as the range changes while Qt lays the page out
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.keep)
        self._bar.rangeChanged.connect(self._range_changed)

    def forget(self) -> None:
        """Have none, as another page comes."""
        self._most = 0

    def foot(self) -> int:
        """The scroll value at which the end of the page is at the lower edge of the view."""
        return max(0, round(self._reader.document().size().height()) - self._reader.view_height)

    def keep(self) -> None:
        """Extend the scroll bar's range by the room."""
        self._most = max(self.foot(), round(self._reader.places.sections.last_top) - self._reader.points)
        self._bar.setMaximum(self._most)

    def _range_changed(self, _: int, maximum: int) -> None:
        if maximum < self._most:  # Qt knows nothing of the room: without it, the page would be scrolled up now
            self._bar.setMaximum(self._most)
        if maximum != self._most:
            self._soon.start()
