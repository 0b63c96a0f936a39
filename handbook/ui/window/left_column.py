"""The column at the left of the main window: the contents of the handbook that is being read, or the hits of a search.

Belongs here: which of them is shown, and whether the column is. Not here: the contents (reading/contents_panel.py), the
hits (searching/hits_panel.py), how columns share the window (widgets/columns.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from handbook.content.handbook import Handbook
from handbook.ui.reading.contents_panel import ContentsColumn, ContentsPanel
from handbook.ui.widgets.columns import Columns
from handbook.ui.widgets.theme import Theme


class LeftColumn(QStackedWidget):
    """Has a list of contents for each handbook that was read.

    columns: gives the columns of the window. actions: the commands, of which "contents" says whether it is wanted."""

    chosen = Signal(str)  # the address of a row
    escaped = Signal()  # Esc: back to the page
    menu_wanted = Signal(str, QPoint)  # for the address of a row; where, on the screen

    def __init__(
        self,
        handbook: Handbook,
        theme: Callable[[], Theme],
        columns: Callable[[], Columns],
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._theme, self._columns, self._actions = theme, columns, actions
        self._contents: dict[str, ContentsColumn] = {}
        self._name = handbook.name  # of the handbook that is being read
        self._make(handbook)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each command for this column does."""
        return {"contents": self._toggle, "to_contents": self.to_contents, "filter_contents": self.filter_contents}

    @property
    def contents(self) -> ContentsPanel:
        """The contents of the handbook that is being read."""
        return self.contents_column.tree

    @property
    def contents_column(self) -> ContentsColumn:
        """The same, with the filter above them."""
        return self._contents[self._name]

    def turn_to(self, handbook: Handbook, *, anew: bool) -> None:
        """Another handbook is being read. anew: its contents are others than before."""
        before = self.contents_column
        self._name = handbook.name
        if anew or handbook.name not in self._contents:
            self._make(handbook)
        if self.currentWidget() is before:
            self.setCurrentWidget(self.contents_column)

    def _make(self, handbook: Handbook) -> None:
        """Make the contents of a handbook; older ones of it give them their place."""
        old = self._contents.pop(handbook.name, None)
        new = self._contents[handbook.name] = ContentsColumn(handbook, self._theme())
        self.addWidget(new)
        new.tree.chosen.connect(self.chosen)
        new.tree.escaped.connect(self.escaped)
        new.tree.menu_wanted.connect(self.menu_wanted)
        if old is not None:
            if self.currentWidget() is old:
                self.setCurrentWidget(new)
            self.removeWidget(old)
            old.deleteLater()

    def restyle(self) -> None:
        """Take the colours of now."""
        for column in self._contents.values():
            column.tree.restyle(self._theme())

    def show_panel(self, panel: QWidget) -> None:
        """Show the contents or the hits; these also where the column is not wanted otherwise."""
        self.setCurrentWidget(panel)
        found = panel is not self.contents_column
        self._columns().want_left(wanted=found or self._actions["contents"].isChecked(), first=found)

    def show_contents(self) -> None:
        """Show the contents, if the column is wanted."""
        self.show_panel(self.contents_column)

    def _toggle(self) -> None:
        if self.isHidden():  # it was wanted before, but the workshop had its room
            self._actions["contents"].setChecked(True)
        self.show_panel(self.currentWidget())
        self._columns().put_left_first()

    def to_contents(self) -> None:
        """Put the keyboard into the contents, showing them if they were hidden."""
        self._actions["contents"].setChecked(True)
        self.show_contents()
        self._columns().put_left_first()
        self.contents.setFocus()

    def filter_contents(self) -> None:
        """Open the filter above the contents, showing them if they were hidden."""
        self.to_contents()
        self.contents_column.to_filter()
