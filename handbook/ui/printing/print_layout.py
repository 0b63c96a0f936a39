"""What every window that prints has alike: options on the left, their pages on the right, and where a PDF goes.

Belongs here: how the two halves are laid out, asking for a PDF's place, opening its folder. Not here: what is printed
(print_dialog.py, print_window.py), the options (print_options.py), the pages (pages_view.py)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from handbook.base.catalogue import tr
from handbook.ui import settings
from handbook.ui.printing.pages_view import PagesView
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.dialogs import last_folder, path_to_save, press_by_enter
from handbook.ui.widgets.scroll_column import ScrollColumn

PAGES = 150  # pixels of the pages' width, in a window of its usual size, below which they go under the options


def lay_out(window: QWidget, side: QWidget, width: int, pages: PagesView, size: tuple[int, int]) -> None:
    """Put options and pages beside each other, edge to edge; where both have no room, below each other, to be scrolled.

    width: of the options, size: of the window, in pixels while the window is of its usual size; on a small screen both
    are smaller. Where the words on the buttons need more, the options are wider."""
    for button in side.findChildren(QPushButton):
        button.ensurePolished()  # before that it does not know how large it is
    for part in side.findChildren(QLayout):
        part.invalidate()
    least = side.minimumSizeHint().width()
    room = window.screen().availableSize()
    if geometry.is_narrow(window, least + max(scale.px(PAGES), pages.minimumSizeHint().width())):
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(side)
        rows.addWidget(pages)
        pages.setMinimumHeight(room.height() * 2 // 3)
        whole: QHBoxLayout | QVBoxLayout = QVBoxLayout(window)
        column = ScrollColumn(inside)
        column.follow_keys(window)
        whole.addWidget(column)
    else:
        whole = QHBoxLayout(window)
        whole.addWidget(side)
        whole.addWidget(pages, 1)
        most = geometry.widest_side(window)
        side.setFixedWidth(max(least, min(scale.px(width), most)))
        for options in side.findChildren(ScrollColumn):
            _SideWidener(options, side, most)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    geometry.resize(window, scale.px(size[0]), scale.px(size[1]))


class _SideWidener(QObject):
    """Widens options that need more than they have: which of them are shown changes with what is printed."""

    def __init__(self, options: ScrollColumn, side: QWidget, most: int) -> None:
        super().__init__(side)
        self._options, self._side, self._most = options, side, most
        options.inside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: options were shown, or hidden."""
        if event.type() == QEvent.Type.LayoutRequest:
            bar = self._options.verticalScrollBar().sizeHint().width()
            needed = min(self._most, self._options.inside.minimumSizeHint().width() + bar)
            if needed > self._side.minimumWidth():
                self._side.setFixedWidth(needed)
        return False


def pdf_folder(store: settings.Store) -> Path:
    """Where the last PDF went, else the person's documents."""
    return last_folder(store.read(settings.PDF_FOLDER))


def ask_for_pdf(window: QWidget, store: settings.Store, name: str) -> Path | None:
    """Ask where a PDF is to be saved; None when the person does not want to. name: of the file, as offered."""
    return path_to_save(window, tr("Save PDF"), pdf_folder(store) / name, tr("PDF files (*.pdf)"))


class FolderButton(QPushButton):
    """Opens the folder in which files were saved, in the computer's file manager; hidden until then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Open &folder"), parent)
        self.setObjectName("link")
        press_by_enter(self)
        self.clicked.connect(self._open)
        self._folder: Path | None = None
        self.hide()

    def offer(self, folder: Path | None) -> None:
        """Show the button for a folder, or hide it."""
        self._folder = folder
        self.setToolTip(str(folder) if folder is not None else "")
        self.setVisible(folder is not None)

    def _open(self) -> None:
        if self._folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.setText(tr("No program here opens folders"))
            self.setEnabled(False)
