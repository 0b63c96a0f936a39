"""Choosing an option in a form as a person does: by its row."""

from __future__ import annotations

from handbook.handout.options import PRINTS, rows
from handbook.ui.printing.print_options import OptionsForm

FORMS = {"": 0, "folded": 1, "single": 2}


def choose_in(form: OptionsForm, name: str, value: object) -> None:
    """Choose what a row's list offers for a value; for the row "form" one of FORMS."""
    row = next(row for print_ in PRINTS for row in rows(print_) if row.name == name)
    if name == "form":
        form.lists[name].setCurrentIndex(FORMS[str(value)])
        return
    form.lists[name].setCurrentIndex([choice.values[name] for choice in row.choices].index(value))
