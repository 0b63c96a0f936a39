"""The program's icon, in the sizes that windows and task bars show. Drawn in handbook/icons by packaging/."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

FOLDER = Path(__file__).resolve().parents[2] / "icons"
SIZES = (16, 24, 32, 48, 64)  # pixels; the larger files are for desktops and installers


def load() -> QIcon:
    """The icon; one whose files are missing is empty, which Qt takes as none."""
    icon = QIcon()
    for size in SIZES:
        # With its size said, a file is read only when it is painted.
        icon.addFile(str(FOLDER / f"field-handbook-{size}.png"), QSize(size, size))
    return icon
