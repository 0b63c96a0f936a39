"""Links that lead out of the handbook: they are copied, never opened.

Belongs here: that, and the sentence that says so. Not here: links inside the handbook (window/links.py)."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication

from handbook.base.catalogue import tr


def copy_outside(href: str) -> str:
    """Copy a network address, and say that it was."""
    href = QUrl(href).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    QGuiApplication.clipboard().setText(href)
    return tr("The handbook opens no network address. It is copied: {href}").format(href=href)
