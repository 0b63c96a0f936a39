"""On which sides of the paper a job goes out, as the printer dialog shows it and a printer is told.

Belongs here: QPrinter's and lp's words for the sides, and whether the person chose others in the dialog. Not here: what
is made for which sides (handbook/handout/options.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox, QRadioButton, QWidget

from handbook.handout.options import Sides

DUPLEX: Mapping[Sides, QPrinter.DuplexMode] = {
    "one": QPrinter.DuplexMode.DuplexNone,
    "long edge": QPrinter.DuplexMode.DuplexLongSide,
    "short edge": QPrinter.DuplexMode.DuplexShortSide,
}
IN_LP: Mapping[Sides, str] = {
    "one": "one-sided",
    "long edge": "two-sided-long-edge",
    "short edge": "two-sided-short-edge",
}
# Of Qt's own dialog (QPrintDialog on Linux); those of Windows and macOS have none that can be seen from here.
_BUTTONS: Mapping[Sides, str] = {"one": "noDuplex", "long edge": "duplexLong", "short edge": "duplexShort"}
_PRINTERS = "printers"


class SidesAsked:
    """Shows in the printer dialog what sides are meant, and knows whether the person chose others.

    Qt's dialog takes over the sides of each printer that is looked at: left alone, a booklet sent to another printer
    than the usual one would come out on one side. Make it before the dialog is shown."""

    def __init__(self, dialog: QWidget, printer: QPrinter, meant: Sides) -> None:
        self._printer, self._meant = printer, meant
        self._before = printer.duplex()
        self._clicked = False
        self._buttons = {
            sides: button for sides, name in _BUTTONS.items() for button in dialog.findChildren(QRadioButton, name)
        }
        for button in self._buttons.values():
            button.clicked.connect(self._click)
        for printers in dialog.findChildren(QComboBox, _PRINTERS):
            printers.currentIndexChanged.connect(self._show)

    def of(self, own: Sequence[Sides]) -> list[Sides]:
        """The sides that jobs go out on: their own, or what was chosen in the dialog. Ask after the dialog.

        One side holds for all; an edge for those that are made for both sides, where there are any."""
        chosen = self._chosen()
        if chosen is None:
            return list(own)
        some = chosen != "one" and any(sides != "one" for sides in own)
        return [sides if some and sides == "one" else chosen for sides in own]

    def _chosen(self) -> Sides | None:
        """What the person chose; None for nothing, or for the printer's own way."""
        now = self._printer.duplex()
        chose = self._clicked if self._buttons else now != self._before
        return next((sides for sides, mode in DUPLEX.items() if mode == now), None) if chose else None

    def _click(self) -> None:
        self._clicked = True

    def _show(self) -> None:
        """Another printer is looked at: what is meant stays meant, where the printer does it."""
        button = self._buttons.get(self._meant)
        if button is not None and button.isEnabled() and not self._clicked:
            button.setChecked(True)
