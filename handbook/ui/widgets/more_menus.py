"""The button at the end of a menu bar that has no room for all its menus.

Belongs here: giving Qt's own button the room to be seen and hit. Not here: the menus (window/menus.py)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenuBar, QToolButton, QWidget

from handbook.base.catalogue import tr
from handbook.ui.widgets import scale

ROOM = 20  # pixels that the bar keeps free for the button beside Qt's 12, in a window of its usual size
_PLACED = (QEvent.Type.Show, QEvent.Type.Move, QEvent.Type.Resize)


class _Room(QWidget):
    def sizeHint(self) -> QSize:
        return QSize(scale.px(ROOM), 1)


class MoreMenus(QObject):
    """Keeps Qt's button as wide as its sign: Qt makes it 12 pixels wide, and nothing was seen of it."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar, self._room = bar, _Room(bar)
        self._room.hide()
        bar.setCornerWidget(self._room)
        bar.installEventFilter(self)
        self._button = bar.findChild(QToolButton, "qt_menubar_ext_button")
        if self._button is not None:
            self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            self._button.setText("»")
            self._button.setAccessibleName(tr("More"))
            self._button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the bar has another width, or has put the button somewhere."""
        if event.type() in _PLACED:
            if watched is self._bar:
                self._make_room(shown=event.type() == QEvent.Type.Show)
            elif watched is self._button:
                self._widen(self._button)
        return super().eventFilter(watched, event)

    def _make_room(self, *, shown: bool) -> None:
        """Keep room for the button only where it is needed: without it one more menu may have its place."""
        menus = self._bar.sizeHint().width() - self._room.sizeHint().width()  # which Qt adds, shown or not
        self._room.setHidden(menus <= self._bar.width())
        if shown and not self._room.isHidden():  # Qt counted no room as long as the window was not shown
            size = self._bar.size()
            QCoreApplication.postEvent(self._bar, QResizeEvent(size, size))

    def _widen(self, button: QToolButton) -> None:
        bar, now = self._bar.rect(), button.geometry()
        whole = QRect(now.left(), 0, bar.width() - now.left(), bar.height())
        if self._bar.isRightToLeft():
            whole = QRect(0, 0, now.right() + 1, bar.height())
        if now != whole:
            button.setGeometry(whole)
