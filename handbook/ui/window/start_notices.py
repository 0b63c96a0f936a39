"""What a person is told above the page at the start: a settings file set aside, faults of the handbook's files.

Belongs here: the words, and when they are shown. Not here: the bar (widgets/bars.py), finding the faults."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from handbook.base import atomic_file
from handbook.base.catalogue import ngettext, tr
from handbook.content.handbook import Fault, Handbook
from handbook.ui import settings
from handbook.ui.widgets.bars import NoticeBar


class StartNotices:
    """Shows them in the bar of one window. faults: those too; else they stand elsewhere."""

    def __init__(
        self, window: QWidget, handbook: Handbook, store: settings.Store, notice: NoticeBar, *, faults: bool = True
    ) -> None:
        self._window, self._handbook, self._notice = window, handbook, notice
        if store.set_aside is not None:
            self._notice.show_notice(
                tr(
                    "Your settings file could not be read, so the program starts with the usual settings. "
                    "The old file is kept as '{name}'."
                ).format(name=store.set_aside.name)
                + atomic_file.told_of_link(store.set_aside, store.file)
            )
        if not faults:
            return
        # Looking through every chapter can wait for the page, unless it is known that something is wrong.
        QTimer.singleShot(0 if handbook.read_faults else 100, window, lambda: self._tell_faults())  # noqa: PLW0108 - Qt holds no reference to a method

    @staticmethod
    def told_of(faults: Sequence[Fault]) -> str:
        """Faults of a handbook's files in a sentence, with the first of them; "" for none."""
        if not faults:
            return ""
        return ngettext(
            "The handbook's files have {n} fault; what can be read is shown: {fault}",
            "The handbook's files have {n} faults; what can be read is shown. The first: {fault}",
            len(faults),
        ).format(n=len(faults), fault=faults[0])

    def _tell_faults(self) -> None:
        if self._handbook.faults:
            self._notice.show_notice(self.told_of(self._handbook.faults), tr("Show all"), self._show_faults)

    def _show_faults(self) -> None:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle(tr("Faults in the handbook's files"))
        box.setText(tr("'handbook check' lists these for whoever writes the handbook:"))
        box.setDetailedText("\n".join(str(fault) for fault in self._handbook.faults))
        box.exec()
        box.deleteLater()
