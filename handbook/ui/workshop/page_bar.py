"""The bar above a page that is written as it looks: what the words and paragraphs shall be, with keys, and templates.

Belongs here: the buttons and the templates' texts. Not here: what a button does to the page (page_editor.py)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton

from handbook.base.catalogue import tr
from handbook.ui.widgets.button_flow import ButtonFlow
from handbook.ui.widgets.theme import OPENS
from handbook.ui.workshop.page_editor import PageEditor


class PageBar(ButtonFlow):
    """Buttons that follow the caret: what is on is pressed."""

    never_cut = True
    template_wanted = Signal(str, str)  # a title, and Markdown

    def __init__(self, editor: PageEditor) -> None:
        super().__init__()
        self._editor = editor
        self.bold = self._add(tr("Bold"), tr("Bold words"), "Ctrl+B", editor.toggle_bold)
        # Translators: button: lean letters
        self.italic = self._add(tr("Italic"), tr("Italic words"), "Ctrl+I", editor.toggle_italic)
        self.heading = self._add(tr("Heading"), tr("Heading"), "Ctrl+2", lambda: editor.toggle("heading"))
        self.item = self._add(tr("List"), tr("List"), "Ctrl+Shift+8", lambda: editor.toggle("item"))
        # Translators: button: a list with numbers
        self.number = self._add(tr("1. 2. 3."), tr("Numbered list"), "Ctrl+Shift+7", lambda: editor.toggle("number"))
        self.box = self._add(tr("Box to tick"), tr("Boxes to tick"), "Ctrl+Shift+9", lambda: editor.toggle("box"))
        self._add(tr("Lines to write on"), tr("Put in lines to write on"), "Ctrl+Shift+L", editor.put_lines, on=False)
        self._add(tr("Table"), tr("Put in a table"), "Ctrl+Shift+T", editor.put_table, on=False)
        self.add(self._templates())
        editor.looks_changed.connect(self._follow)

    def _add(self, text: str, name: str, key: str, handler: Callable[[], None], *, on: bool = True) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(on)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{name} ({shown})")
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _=False: self._do(handler))
        shortcut = QShortcut(QKeySequence(key), self._editor, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(lambda: self._do(handler))
        self.add(button)
        return button

    def _do(self, handler: Callable[[], None]) -> None:
        handler()
        self._follow()

    def _follow(self) -> None:
        """Press the buttons of what the caret stands in."""
        kind = self._editor.kind
        self.bold.setChecked(self._editor.fontWeight() > 500 and kind != "heading")
        self.italic.setChecked(self._editor.fontItalic())
        for name, button in (
            ("heading", self.heading), ("item", self.item), ("number", self.number), ("box", self.box)
        ):  # fmt: skip
            button.setChecked(kind == name)

    def _templates(self) -> QToolButton:
        button = QToolButton()
        # Translators: button: a menu of pages that are begun already
        button.setText(" ".join((tr("Begin with"), OPENS)))
        button.setAccessibleName(tr("Begin with a template"))
        button.setToolTip(tr("Begin with a template"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        for title, text in templates():
            menu.addAction(title.replace("&", "&&")).triggered.connect(
                lambda _=False, title=title, text=text: self.template_wanted.emit(title, text)
            )
        button.setMenu(menu)
        return button


def templates() -> tuple[tuple[str, str], ...]:
    """Pages that are begun already: their titles and Markdown."""
    rules = (
        tr("We begin and end on time."),
        tr("What is said here stays here."),
        tr("One person speaks at a time."),
        tr("Everyone may pass, and may leave the room without a reason."),
    )
    head = (tr("Name"), tr("Organisation"), tr("Telephone, e-mail"))
    times = (tr("Time"), tr("What we do"))
    hours = (("09:00", tr("Welcome")), ("10:30", tr("Break")), ("12:30", tr("Lunch")), ("16:30", tr("End")))
    return (
        (tr("House rules"), "\n".join(f"-   {rule}" for rule in rules) + '\n\n!!! lines "4"'),
        (tr("Contacts"), _table(head, *(("",) * len(head),) * 6)),
        # Translators: title of a page: the programme of the day
        (tr("Agenda"), _table(times, *hours)),
    )


def _table(*rows: tuple[str, ...]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
