"""The bar above the page of a folder that is being written: what is wrong in this chapter, one fault after the other.

Belongs here: its words and buttons. Not here: finding faults (handbook/check/)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import ngettext, tr
from handbook.content.handbook import Fault
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.announce import announce
from handbook.ui.widgets.bars import SentenceBar


class FaultsBar(SentenceBar):
    """Hidden where there is no fault."""

    wanted = Signal(str, int)  # the file and the line of a fault: show where it is

    def __init__(self, parent: QWidget | None = None) -> None:
        self.go = QPushButton(tr("&Show the place"))
        self.next = QPushButton(tr("Ne&xt fault"))
        self.list = QPushButton(tr("A&ll faults…"))
        super().__init__((self.go, self.next, self.list), parent)
        self._here: tuple[Fault, ...] = ()
        self._all: tuple[Fault, ...] = ()
        self._at = 0
        self._problem = False  # does it say why the folder can't be read?
        for button, handler in ((self.go, self._go), (self.next, self._step), (self.list, self.show_all)):
            button.clicked.connect(handler)

    def show_faults(self, here: Sequence[Fault], every: Sequence[Fault]) -> None:
        """Show the faults of the chapter in view; every: of the whole folder. What is new is spoken."""
        if (tuple(here), tuple(every)) == (self._here, self._all) and not self._problem:
            return
        new = tuple(here) != self._here or self._problem
        self._problem = False
        self._here, self._all = tuple(here), tuple(every)
        self._at = min(self._at, max(0, len(self._here) - 1))
        self._tell(aloud=new)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Of the chapter in view."""
        return self._here

    def show_problem(self, text: str) -> None:
        """The folder can't be read just now."""
        self._here = self._all = ()
        self._problem = True
        self.label.setText(text)
        for button in (self.go, self.next, self.list):
            button.hide()
        self.show()
        self.arrange()
        announce(self, text)

    def _tell(self, *, aloud: bool) -> None:
        n = len(self._here)
        elsewhere = len(self._all) - n
        if n:
            fault = self._here[self._at]
            said = (
                fault.message
                if not fault.line
                else tr("line {line}: {fault}").format(line=fault.line, fault=fault.message)
            )
            text = tr("Fault {k} of {n} on this page, {fault}").format(k=self._at + 1, n=n, fault=said)
        elif elsewhere:
            text = ngettext(
                "No fault on this page, {n} in other files.",
                "No fault on this page, {n} in other files.",
                elsewhere,
            ).format(n=elsewhere)
        else:
            text = ""
        before = self.label.text()
        self.label.setText(text)
        self.setAccessibleName(text)
        self.go.setVisible(bool(n))
        self.next.setVisible(n > 1)
        self.list.setVisible(len(self._all) > 1 or (not n and bool(self._all)))
        self.setVisible(bool(text))
        self.arrange()
        if aloud and (text or before):
            announce(self.parentWidget() or self, text or tr("No fault is left."))

    def _go(self) -> None:
        if self._here:
            self.wanted.emit(self._here[self._at].file, self._here[self._at].line)

    def _step(self) -> None:
        self._at = (self._at + 1) % max(1, len(self._here))
        self._tell(aloud=True)

    def show_all(self) -> None:
        """Show every fault of the folder as a list; Enter goes to one."""
        dialog = FaultsDialog(self._all, self.window())
        if dialog.exec() and dialog.chosen is not None:
            self.wanted.emit(dialog.chosen.file, dialog.chosen.line)
        dialog.deleteLater()


class FaultsDialog(QDialog):
    """All faults of a folder."""

    def __init__(self, faults: Sequence[Fault], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Faults in the handbook's files"))
        self._faults = tuple(faults)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Faults in the handbook's files"))
        self.list.setWordWrap(True)
        self.list.addItems([str(fault) for fault in self._faults])
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _: self.accept())
        go = QPushButton(tr("&Show the place"))
        go.clicked.connect(self.accept)
        close = QPushButton(tr("&Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(go)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        geometry.resize(self, scale.px(640), scale.px(360))

    @property
    def chosen(self) -> Fault | None:
        """The fault that was chosen last."""
        row = self.list.currentRow()
        return self._faults[row] if 0 <= row < len(self._faults) else None
