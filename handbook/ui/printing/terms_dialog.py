"""The choice before the glossary's terms are printed in English and other languages: which ones, a table or cards.

Belongs here: the choice. Not here: the pages made of it (content/term_sheets.py), their preview (print_dialog.py)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from handbook.base import alphabet
from handbook.base.catalogue import tr
from handbook.content import term_lines
from handbook.content.term_sheets import MOST_COLUMNS, is_a_page
from handbook.ui.widgets.dialogs import lay_out
from handbook.ui.widgets.spoken_label import SpokenLabel


class TermsDialog(QDialog):
    """Asks for languages and a form. languages: those that the handbook has terms in, one or more.

    main: the main terms; none where the handbook does not say which they are.
    used: the terms that the open workshop's passages use; None where no workshop with passages is open."""

    def __init__(
        self,
        languages: Sequence[str],
        parent: QWidget | None = None,
        *,
        main: frozenset[str] = frozenset(),
        used: frozenset[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Print terms in two languages"))
        self._box = QGroupBox(tr("English, and"))
        column = QVBoxLayout(self._box)
        first = term_lines.wanted()
        named = sorted(languages, key=lambda code: alphabet.key(term_lines.name_of(code)))
        self.boxes = {code: QCheckBox(term_lines.name_of(code)) for code in named}
        for code, box in self.boxes.items():
            column.addWidget(box)
            box.setChecked(code in first)
            box.toggled.connect(self._changed)
        forms = QGroupBox(tr("As"))
        self.table = QRadioButton(tr("a &table or list"))
        self.cards = QRadioButton(tr("&cards to cut out"))
        self.table.setChecked(True)
        self.table.toggled.connect(self._changed)
        rows = QVBoxLayout(forms)
        rows.addWidget(self.table)
        rows.addWidget(self.cards)
        which = self._which(main, used)
        self.told = SpokenLabel()
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(self.fontMetrics().lineSpacing() * 2)
        buttons = QDialogButtonBox()
        self.print_button = QPushButton(tr("P&review and print…"))
        buttons.addButton(self.print_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        inside = QVBoxLayout()
        inside.addWidget(self._box)
        inside.addWidget(forms)
        inside.addWidget(which)
        lay_out(self, inside, self.told, buttons, width=480)
        self.print_button.setDefault(True)  # now that it is in the dialog, which else forgets it
        self._changed()
        next((box for box in self.boxes.values() if box.isChecked()), next(iter(self.boxes.values()))).setFocus()

    def _which(self, main: frozenset[str], used: frozenset[str] | None) -> QGroupBox:
        """The choice of terms. Until the person has chosen, a list for one page has the main ones."""
        self._terms: dict[QRadioButton, frozenset[str] | None] = {}
        box = QGroupBox(tr("Terms"))
        column = QVBoxLayout(box)
        self.only_main = QRadioButton(tr("the &main terms ({n})").format(n=len(main)))
        self.all_terms = QRadioButton(tr("&all terms"))
        self.only_used = QRadioButton(
            tr("only terms that the &workshop's passages use ({n})").format(n=len(used or ()))
        )
        for button, some in ((self.only_main, main), (self.all_terms, None), (self.only_used, used)):
            self._terms[button] = some
            column.addWidget(button)
            button.clicked.connect(self._has_chosen)
        self.only_main.setVisible(bool(main))
        self.only_used.setVisible(used is not None)
        self.only_used.setEnabled(bool(used))
        self._chose_terms = False
        self.all_terms.setChecked(True)
        if not main and used is None:
            box.hide()
        return box

    def _has_chosen(self) -> None:
        self._chose_terms = True

    def only(self) -> frozenset[str] | None:
        """The English words of the terms that are wanted; None for all."""
        return next(some for button, some in self._terms.items() if button.isChecked())

    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that are ticked: those that come first elsewhere do here."""
        first = term_lines.wanted()
        ticked = [code for code, box in self.boxes.items() if box.isChecked()]
        return tuple(sorted(ticked, key=lambda code: first.index(code) if code in first else len(first)))

    def _changed(self) -> None:
        chosen = self.languages()
        is_page = bool(chosen) and is_a_page(chosen, cards=self.cards.isChecked())
        if not self._chose_terms and self._terms[self.only_main]:
            (self.only_main if is_page else self.all_terms).setChecked(True)
        self.print_button.setEnabled(bool(chosen))
        if not chosen:
            said = tr("Tick a language.")
        elif self.table.isChecked() and len(chosen) > MOST_COLUMNS:
            said = tr("So many languages are printed as a list, term by term.")
        elif is_page:
            said = tr("Printed small, to be on one page or one sheet. The next window has larger letters.")
        else:
            said = ""
        self.told.setText(said)
