"""The menu of the languages in which a glossary's terms come first: on its page, in Show, and when they are printed.

Belongs here: choosing them, and keeping the choice. Not here: the language of the program (language.py), how terms are
shown (content/term_lines.py)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handbook.base import alphabet
from handbook.base.catalogue import tr
from handbook.content import term_lines, terms
from handbook.ui import settings


class TermLanguages(QMenu):
    """Languages to tick. changed: the choice is another, and is kept."""

    changed = Signal()

    def __init__(self, store: settings.Store, folder: Path, parent: QWidget) -> None:
        super().__init__(tr("&Terms of the glossary in"), parent)
        self._store, self._folder = store, folder
        term_lines.choose(store.read(settings.TERM_LANGUAGES).split())
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        first = term_lines.wanted()
        for code in sorted(terms.languages_of(self._folder), key=lambda code: alphabet.key(term_lines.name_of(code))):
            action = QAction(term_lines.name_of(code), self)
            action.setCheckable(True)
            action.setChecked(code in first)
            action.toggled.connect(lambda on, code=code: self.tick(code, on=on))
            self.addAction(action)

    def tick(self, code: str, *, on: bool) -> None:
        """Let a language come first too, after those that do; or no more. Without any, it is the program's."""
        others = [one for one in term_lines.wanted() if one != code]
        chosen = [*others, code] if on else others
        self._store.write(settings.TERM_LANGUAGES, " ".join(chosen))
        term_lines.choose(chosen)
        self.changed.emit()
