"""The workshop panel in the window: created on first use, shown and hidden, opened by file and by drop.

Belongs here: what the window needs before the panel exists. Not here: the workshop itself (controller.py)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handbook.base.catalogue import tr
from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.ui import settings
from handbook.ui.widgets.columns import Columns
from handbook.ui.widgets.theme import Theme
from handbook.workshop import SUFFIX, is_file_name

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from handbook.marks.model import Mark
    from handbook.printing.typeset import Typesetter
    from handbook.ui.workshop.controller import WorkshopController


class WorkshopDock(QObject):
    """The workshop panel in the right column of a window.

    place: returns the address that commands act on; "" on a page of the program's own, such as the start page.
    typesetter: returns what sets the window's pages."""

    reading_wanted = Signal(str)  # an address to be shown
    said = Signal(str, int)  # a message for the status bar, and for how many ms
    added = Signal(str)  # a message about an addition, shown with an Undo button; "": remove it
    told = Signal(str)  # a message that stays until the person closes it
    outdated = Signal(str)  # a message sent by `told` that is no longer true
    offered = Signal(str, object)  # a message with buttons: pairs of a label and a function
    left = Signal()  # Esc: the keyboard focus goes back to the page
    titled = Signal(str, bool)  # the workshop's title, "" for a blank one; is there something to save?

    def __init__(
        self,
        handbook: Handbook,
        paths: Paths,
        store: settings.Store,
        columns: Columns,
        place: Callable[[], str],
        typesetter: Callable[[], Typesetter],
    ) -> None:
        super().__init__(columns)
        self._handbook, self._paths, self._store = handbook, paths, store
        self._columns, self._place, self._typesetter = columns, place, typesetter
        self.own_marks: Callable[[], tuple[Mark, ...]] = tuple  # what the person marked; the window puts it
        self._theme: Theme | None = None
        self._actions: Mapping[str, QAction] = {}
        self._forgotten = False
        self._given: Path | None = None  # the file that the program was started with

    def take(self, window: QWidget, actions: Mapping[str, QAction], theme: Theme) -> None:
        """Take the window's theme and commands; call this once, before the panel is used."""
        self._actions, self._theme = actions, theme
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        recent = QMenu(window)
        recent.setToolTipsVisible(True)
        recent.aboutToShow.connect(lambda: self.controller.fill_recent(recent))
        actions["workshop_recent"].setMenu(recent)
        for name in ("new", "save", "save_as", "undo", "redo", "print"):
            actions[f"workshop_{name}"].setEnabled(False)
        QTimer.singleShot(0, self, self._begin)

    @property
    def index(self) -> Path:
        """The folder of the search index, beside which is kept what the ready workshops are."""
        return self._paths.index

    @cached_property
    def controller(self) -> WorkshopController:
        """The workshop controller; created on first use."""
        from handbook.ui.workshop.controller import (
            WorkshopController,  # imports much that the start of the program does not need
        )

        assert self._theme is not None  # noqa: S101 - take() comes first
        controller = WorkshopController(
            self._handbook, self._paths, self._store, self._theme, self._actions, self._window, self._typesetter
        )
        controller.own_marks = self.own_marks
        self._columns.add_right(controller.panel, self._store.read(settings.WORKSHOP_WIDTH))
        controller.reading_wanted.connect(self.reading_wanted)
        controller.said.connect(self.said)
        controller.added.connect(self.added)
        controller.told.connect(self.told)
        controller.outdated.connect(self.outdated)
        controller.offered.connect(self.offered)
        controller.shown.connect(self.show)
        controller.left.connect(self.left)
        controller.titled.connect(self.titled)
        return controller

    def marks_changed(self) -> None:
        """What the person marked is different."""
        if self.is_made:
            self.controller.marks_changed()

    @property
    def is_made(self) -> bool:
        """Has the controller been created?"""
        return "controller" in self.__dict__

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The function of each workshop command, by the command's name."""

        def on_controller(handler: Callable[[WorkshopController], object]) -> Callable[[], object]:
            return lambda: handler(self.controller)  # the controller is created when the command is used

        return {
            "workshop_new": on_controller(lambda controller: controller.new()),
            "workshop_open": on_controller(lambda controller: controller.ask_open()),
            "workshop_recent": lambda: None,  # only opens its submenu
            "workshop_save": on_controller(lambda controller: controller.save()),
            "workshop_save_as": on_controller(lambda controller: controller.save_as()),
            "workshop_undo": on_controller(lambda controller: controller.undo()),
            "workshop_redo": on_controller(lambda controller: controller.redo()),
            "to_workshop": self.enter,
            "workshop": self._toggle,
            "workshop_add": lambda: self.add(self._place()),
            "workshop_add_chapter": lambda: self.add(self._place().partition("#")[0]),
            "workshop_custom_page": on_controller(lambda controller: controller.editing.add_custom_page()),
            "workshop_entry": on_controller(lambda controller: controller.editing.add_entry()),
            "workshop_day": on_controller(lambda controller: controller.editing.add_day()),
            "workshop_details": on_controller(lambda controller: controller.editing.details()),
            "workshop_print": on_controller(lambda controller: controller.print_window()),
        }

    def add(self, address: str) -> None:
        """Add a passage to the workshop."""
        if address:
            self.controller.editing.add(address)

    def open_at_start(self, path: Path) -> None:
        """Open a file when the window is there, in place of the workshop that was open last."""
        self._given = path

    def open_file(self, path: Path) -> None:
        """Open a workshop's file."""
        self.controller.open_file(path)

    def enter(self) -> None:
        """Move the keyboard focus into the panel; show the panel if it is hidden."""
        self.show(True)
        self.controller.panel.take_keyboard()

    def _toggle(self) -> None:
        hidden = self.is_made and self.controller.panel.isHidden()  # wanted before, but the contents had its room
        self.show(hidden or self._actions["workshop"].isChecked())

    def show(self, wanted: bool) -> None:
        """Show or hide the panel."""
        if not (wanted or self.is_made):
            return
        self._actions["workshop"].setChecked(wanted)
        panel = self.controller.panel
        focus = cast(QWidget | None, self._window.focusWidget())  # the stubs leave out that it may be None
        held = focus is not None and panel.isAncestorOf(focus)
        self._columns.want_right(wanted=wanted)
        if held and not wanted:
            self.left.emit()

    def restyle(self, theme: Theme) -> None:
        """Change to the colours of a theme."""
        self._theme = theme
        if self.is_made:
            self.controller.restyle(theme)

    # -- Beginning and end -----------------------------------------------------------------------------------

    def _begin(self) -> None:
        if not (self.is_made or self._forgotten):
            self._begin_again()
        if self._given is not None:
            self.open_file(self._given)  # what is asked then stands over the window

    def _begin_again(self) -> None:
        """Show the panel again if it was shown last time, or restore a workshop after a crash; else create nothing."""
        data = self._paths.data
        # As file.is_kept and autosave.folders say it, without these modules: a start without a copy needs none of them.
        left = any(os.path.lexists(place / f"unsaved{SUFFIX}") for place in (data, *data.glob("window *")))
        if left or self._store.read(settings.WORKSHOP_SHOWN):
            self.show(True)
            self.controller.begin(with_last=self._given is None)

    def may_close(self) -> bool:
        """Ask about changes that are not saved; False when the person wants to stay."""
        return not self.is_made or self.controller.may_leave()

    def close(self) -> None:
        """Close what belongs to the workshop, because the window closes."""
        if self.is_made:
            self.controller.close()

    def keep(self) -> None:
        """Write to the settings what is open, for the next start."""
        if self.is_made:
            self._store.write(settings.WORKSHOP_SHOWN, self._actions["workshop"].isChecked())
            if self.controller.panel.isVisible():
                self._store.write(settings.WORKSHOP_WIDTH, self._columns.widths[1])
            self.controller.note_state()

    def forget(self) -> None:
        """Remove the copies kept against a crash, and write no more of them."""
        from handbook.ui.workshop import autosave

        self._forgotten = True
        if self.is_made:
            self.controller.forget()
        autosave.clear(self._paths.data)

    # -- Files dragged onto the window -----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragEnter:
            entering: QDragEnterEvent = event  # type: ignore[assignment]  # by its type
            if _workshop_files(entering.mimeData().urls()):
                entering.acceptProposedAction()
                return True
        elif event.type() == QEvent.Type.Drop:
            drop: QDropEvent = event  # type: ignore[assignment]  # by its type
            paths = _workshop_files(drop.mimeData().urls())
            if paths:
                drop.acceptProposedAction()
                # Later: while a message box is open, the program from which the file was dragged would hang.
                QTimer.singleShot(0, self, lambda: self._open_dropped(paths))
                return True
        return False

    def _open_dropped(self, paths: Sequence[Path]) -> None:
        """Open the first of some files, and say that the others are not."""
        if self.controller.open_file(paths[0]) and len(paths) > 1:
            text = tr("Only '{name}' was opened: a window holds one workshop.")
            self.told.emit(text.format(name=paths[0].name))


def _workshop_files(urls: Iterable[QUrl]) -> list[Path]:
    """The workshop files among files that are dragged onto the window."""
    paths = (Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return [path for path in paths if is_file_name(path)]
