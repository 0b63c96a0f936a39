"""Passages on their way from one list to another by drag and drop.

Belongs here: the form they have on the way. Not here: who lets them be dragged, and who takes them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData

MIME = "application/x-field-handbook-addresses"  # addresses as UTF-8, a line each


def as_mime(addresses: Iterable[str]) -> QMimeData:
    """Addresses to be dragged; any other program gets them as text."""
    lines = "\n".join(addresses)
    data = QMimeData()
    data.setData(MIME, lines.encode())
    data.setText(lines)
    return data


def of_mime(data: QMimeData) -> tuple[str, ...]:
    """The addresses that are dropped; none where something else is."""
    lines = bytes(data.data(MIME).data()).decode(errors="replace").split("\n")
    return tuple(line for line in lines if line)
