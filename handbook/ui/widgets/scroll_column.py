"""Room for what may be larger than a small screen.

Belongs here: scrolling by mouse and keys. Not here: dialogs (dialogs.py), which is imported when one is made."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QScrollBar, QWidget

from handbook.ui.widgets import scale


class ScrollColumn(QScrollArea):
    """Room for what may be taller, or wider, than a small screen: it scrolls only then. inside: what that is."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard, and is scrolled to

    def sizeHint(self) -> QSize:
        """Qt: as large as what is in it; Qt's own hint stops at some 24 lines."""
        inside = self.inside.sizeHint()
        return QSize(inside.width() + self.verticalScrollBar().sizeHint().width(), inside.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(scale.px(160), scale.px(60))

    def follow_keys(self, window: QWidget) -> None:
        """Let Page Up and Page Down of a window scroll here, where nothing else in it takes them."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a key that nothing in the window has taken."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            page = {
                Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
                Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
            }.get(Qt.Key(event.key()))
            if page is not None:
                self.verticalScrollBar().triggerAction(page)
                return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Qt: Tab leads on, and what it leads to comes into sight."""
        moved = super().focusNextPrevChild(following)
        focus = QApplication.focusWidget()
        if moved and focus is not None and self.isAncestorOf(focus):
            self.ensureWidgetVisible(focus)
        return moved
