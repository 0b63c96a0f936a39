"""The workshop's place in the window: made when it is first wanted, shown and hidden, opened by file and by drop.

Belongs here: what the window would have to know of it before it is there. Not here: the workshop (ui/workshop/)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handbook.content import Handbook
from handbook.places import Places
from handbook.ui import settings
from handbook.ui.columns import Columns
from handbook.ui.theme import Theme
from handbook.workshop import SUFFIX, is_file_name

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from handbook.ui.workshop.desk import Desk


class Beside(QObject):
    """The workshop in the right column of a window.

    place: says where the person is, as an address; "" on a page of the program's own."""

    reading_wanted = Signal(str)  # an address to be shown
    said = Signal(str, int)  # for the status bar, and for how many ms
    told = Signal(str)  # a sentence that stays until it is put away
    outdated = Signal(str)  # such a sentence holds no more
    left = Signal()  # the keyboard goes back to the page

    def __init__(
        self, handbook: Handbook, places: Places, store: settings.Store, columns: Columns, place: Callable[[], str]
    ) -> None:
        super().__init__(columns)
        self._handbook, self._places, self._store = handbook, places, store
        self._columns, self._place = columns, place
        self._theme: Theme | None = None
        self._actions: Mapping[str, QAction] = {}
        self._forgotten = False

    def take(self, window: QWidget, actions: Mapping[str, QAction], theme: Theme) -> None:
        """Get to know the window and its commands, as soon as they are there."""
        self._actions, self._theme = actions, theme
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        recent = QMenu(window)
        recent.setToolTipsVisible(True)
        recent.aboutToShow.connect(lambda: self.desk.fill_recent(recent))
        actions["workshop_recent"].setMenu(recent)
        for name in ("new", "save", "save_as", "undo", "redo", "print"):
            actions[f"workshop_{name}"].setEnabled(False)
        QTimer.singleShot(0, self, self._begin)

    @cached_property
    def desk(self) -> Desk:
        """The workshop; made now if it was not there."""
        from handbook.ui.workshop.desk import Desk  # brings in the form of its files: not for the start

        assert self._theme is not None  # noqa: S101 - take() comes first
        desk = Desk(self._handbook, self._places, self._store, self._theme, self._actions, self._window)
        self._columns.add_right(desk.panel, self._store.read(settings.WORKSHOP_WIDTH))
        desk.reading_wanted.connect(self.reading_wanted)
        desk.said.connect(self.said)
        desk.told.connect(self.told)
        desk.outdated.connect(self.outdated)
        desk.shown.connect(self.show)
        desk.left.connect(self.left)
        return desk

    @property
    def is_made(self) -> bool:
        """Was a workshop wanted since the start?"""
        return "desk" in self.__dict__

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What each command does."""

        def on_desk(deed: Callable[[Desk], object]) -> Callable[[], object]:
            return lambda: deed(self.desk)  # made then, and not before

        return {
            "workshop_new": on_desk(lambda desk: desk.new()),
            "workshop_open": on_desk(lambda desk: desk.ask_open()),
            "workshop_recent": lambda: None,  # opens its list
            "workshop_save": on_desk(lambda desk: desk.save()),
            "workshop_save_as": on_desk(lambda desk: desk.save_as()),
            "workshop_undo": on_desk(lambda desk: desk.undo()),
            "workshop_redo": on_desk(lambda desk: desk.redo()),
            "to_workshop": self.enter,
            "workshop": lambda: self.show(self._actions["workshop"].isChecked()),
            "workshop_add": lambda: self.add(self._place()),
            "workshop_add_chapter": lambda: self.add(self._place().partition("#")[0]),
            "workshop_own_page": on_desk(lambda desk: desk.editing.add_own_page()),
            "workshop_entry": on_desk(lambda desk: desk.editing.add_entry()),
            "workshop_day": on_desk(lambda desk: desk.editing.add_day()),
            "workshop_details": on_desk(lambda desk: desk.editing.details()),
            "workshop_print": on_desk(lambda desk: desk.print_window()),
        }

    def add(self, address: str) -> None:
        """Add a passage to the workshop."""
        if address:
            self.desk.editing.add(address)

    def open_file(self, path: Path) -> None:
        """Open a workshop's file."""
        self.desk.open_file(path)

    def enter(self) -> None:
        """Put the keyboard into the workshop, showing it if it was hidden."""
        self.show(True)
        self.desk.panel.take_keyboard()

    def show(self, wanted: bool) -> None:
        """Show the panel, or put it away."""
        if not (wanted or self.is_made):
            return
        self._actions["workshop"].setChecked(wanted)
        panel = self.desk.panel
        focus = cast(QWidget | None, self._window.focusWidget())  # the stubs forget that it may be nobody
        held = focus is not None and panel.isAncestorOf(focus)
        self._columns.want_right(wanted)
        if held and not wanted:
            self.left.emit()

    def restyle(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        if self.is_made:
            self.desk.restyle(theme)

    # -- Beginning and end -----------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Bring back the panel, or what a crash left behind; a start without either makes nothing."""
        if self.is_made or self._forgotten:
            return
        data = self._places.data
        left = any(data.glob(f"unsaved{SUFFIX}")) or any(data.glob(f"*/unsaved{SUFFIX}"))
        if left or self._store.read(settings.WORKSHOP_SHOWN):
            self.show(True)
            self.desk.begin()

    def may_close(self) -> bool:
        """Ask about changes that are not saved; False when the person wants to stay."""
        return not self.is_made or self.desk.may_leave()

    def close(self) -> None:
        """The window closes."""
        if self.is_made:
            self.desk.close()

    def keep(self) -> None:
        """Write down what was open, for the next start."""
        if self.is_made:
            self._store.write(settings.WORKSHOP_SHOWN, self._actions["workshop"].isChecked())
            if self.desk.panel.isVisible():
                self._store.write(settings.WORKSHOP_WIDTH, self._columns.widths[1])
            self.desk.note_state()

    def forget(self) -> None:
        """Keep nothing on this computer from now on, and remove the copies kept against a crash."""
        from handbook.ui.workshop import keeper

        self._forgotten = True
        if self.is_made:
            self.desk.forget()
        keeper.clear(self._places.data)

    # -- Files dragged onto the window -----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragEnter:
            entering: QDragEnterEvent = event  # type: ignore[assignment]  # by its type
            if _workshop_file(entering.mimeData().urls()) is not None:
                entering.acceptProposedAction()
                return True
        elif event.type() == QEvent.Type.Drop:
            drop: QDropEvent = event  # type: ignore[assignment]  # by its type
            path = _workshop_file(drop.mimeData().urls())
            if path is not None:
                drop.acceptProposedAction()
                # Later: a question must not hold up the program from which it was dragged.
                QTimer.singleShot(0, self, lambda: self.open_file(path))
                return True
        return False


def _workshop_file(urls: Iterable[QUrl]) -> Path | None:
    """The workshop among files that are dragged onto the window."""
    paths = (Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return next((path for path in paths if is_file_name(path)), None)
