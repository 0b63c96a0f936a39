"""What small dialogs share.

Belongs here: OK and Cancel as every dialog has them, Enter on a button, how a dialog fits a small screen, a question
with two answers, noticing what is written, where a file is looked for first and where it is saved. Not here: what a
dialog asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from handbook.base import bounded
from handbook.base.catalogue import tr
from handbook.ui.widgets import geometry, scale, theme
from handbook.ui.widgets.scroll_column import ScrollColumn

_QUESTION = 500  # pixels to which Qt breaks the lines of a question
_SMALL_SCREEN = 1024  # pixels: up to here Qt lets a question be as wide as the screen


class _Enter(QObject):
    """Has Enter press the button that has the keyboard."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enters = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() != QEvent.Type.KeyPress or not enters or not isinstance(watched, QPushButton):
            return super().eventFilter(watched, event)
        watched.click()
        return True


def press_by_enter(button: QPushButton) -> None:
    """Have Enter press a button while it has the keyboard, and not from a list or a field, as Qt's "auto default"."""
    button.setAutoDefault(False)
    button.installEventFilter(_Enter(button))


def close_buttons(dialog: QDialog) -> QDialogButtonBox:
    """OK and Cancel, which accept and reject the dialog."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    names = {
        QDialogButtonBox.StandardButton.Ok: tr("OK"),
        QDialogButtonBox.StandardButton.Cancel: tr("Cancel"),
    }
    for which, name in names.items():
        buttons.button(which).setText(name)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def lay_out(dialog: QDialog, inside: QLayout, *below: QWidget, width: int) -> None:
    """Lay out a dialog so that it fits every screen: `inside` scrolls where it must, what is `below` stays in sight.

    width: of the dialog in pixels, while the window is of its usual size; wider where the
    words of a language need it, as far as the screen goes."""
    column = QWidget()
    column.setLayout(inside)
    inside.setContentsMargins(18, 16, 18, 8)
    scrolling = ScrollColumn(column)
    scrolling.follow_keys(dialog)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scrolling, 1)
    foot = QVBoxLayout()
    foot.setContentsMargins(18, 4, 18, 14)
    for widget in below:
        foot.addWidget(widget)
    layout.addLayout(foot)
    bar = scrolling.verticalScrollBar().sizeHint().width()
    if column.minimumSizeHint().width() + bar > dialog.screen().availableSize().width() - geometry.FRAME:
        for form in column.findChildren(QFormLayout):
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)  # a label above its field takes less room
    geometry.resize(dialog, max(scale.px(width), column.minimumSizeHint().width() + bar), 0)


def scroll_whole(window: QWidget) -> None:
    """Let all of a window scroll that is laid out already, where it is larger than the screen at its smallest."""
    layout = window.layout()
    room, least = window.screen().availableSize(), window.minimumSizeHint()
    if layout is None or (
        least.width() <= room.width() - geometry.FRAME and least.height() <= room.height() - geometry.TITLE
    ):
        return
    whole = QWidget()
    whole.setLayout(layout)  # takes it, and what is in it, from the window
    around = QVBoxLayout(window)
    around.setContentsMargins(0, 0, 0, 0)
    scrolling = ScrollColumn(whole)
    scrolling.follow_keys(window)
    around.addWidget(scrolling)


def answer_to(box: QMessageBox) -> int:
    """Show a question and wait for its answer.

    Its buttons stand below each other where a row has no room for their words, and its words scroll where the screen
    has none: Qt cuts the ones, and makes the others higher than the screen."""
    box.ensurePolished()
    width = max(_QUESTION, theme.question_width(scale.factor()))
    label, buttons, grid = box.findChild(QLabel, "qt_msgbox_label"), box.findChild(QDialogButtonBox), box.layout()
    if buttons.sizeHint().width() > width:
        buttons.setOrientation(Qt.Orientation.Vertical)
        # Qt makes the first button one, and then Tab passes over the second.
        buttons.setFocusProxy(None)  # type: ignore[arg-type]  # the stubs leave out that it may be None
    if isinstance(grid, QGridLayout):
        label.setWordWrap(True)
        least = _widest_question(box) - (box.sizeHint().width() - label.sizeHint().width())
        if least < width:
            width = least
            label.setStyleSheet(f"min-width: {width}px;")
        room = box.screen().availableSize().height() - geometry.TITLE
        rest = box.sizeHint().height() - label.sizeHint().height()
        if label.heightForWidth(width) + rest > room:
            row, column, rows, columns = grid.getItemPosition(grid.indexOf(label))
            scrolling = ScrollColumn(label)
            scrolling.follow_keys(box)
            bar = scrolling.verticalScrollBar().sizeHint().width()
            scrolling.setMinimumSize(width + bar, max(room - rest, scale.px(60)))
            grid.addWidget(scrolling, row, column, rows, columns)
    return box.exec()


def _widest_question(box: QMessageBox) -> int:
    """Pixels beyond which Qt cuts the words of a question."""
    screen = box.screen().availableSize().width()
    return screen if screen <= _SMALL_SCREEN else min(screen - 480, 1000)


def ask(parent: QWidget, title: str, text: str, do: str, cancel: str = "") -> bool:
    """Ask before something that can't be undone. do: the label of the button that does it. Enter and Esc cancel.

    cancel: the label of the other button, where the question is in another language than the program."""
    kinds = QMessageBox.StandardButton
    box = QMessageBox(QMessageBox.Icon.Question, title, text, kinds.Yes | kinds.Cancel, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.button(kinds.Yes).setText(do)
    box.button(kinds.Cancel).setText(cancel or tr("Cancel"))
    box.setDefaultButton(kinds.Cancel)
    box.setEscapeButton(kinds.Cancel)
    answer = answer_to(box)
    box.deleteLater()
    return answer == kinds.Yes


def path_to_save(parent: QWidget, title: str, proposed: Path, kinds: str, suffixes: Sequence[str] = ()) -> Path | None:
    """Ask where to save. A name without the suffix of the proposed one gets it; None when the person does not want to.

    suffixes: others that will do. Qt's dialog knows nothing of the suffix, so what is there already is asked about."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in (proposed.suffix, *suffixes):
        return path
    path = path.with_name(path.name + proposed.suffix)
    there = tr("There is a '{name}' already. Replace it?").format(name=path.name)
    if bounded.is_file(path) and not ask(parent, tr("Replace the file?"), there, tr("&Replace it")):
        return None
    return path


def when_edited(dialog: QDialog, handler: Callable[[], None]) -> None:
    """Call a function whenever a field of a dialog changes. Fields for numbers and times contain a line edit too."""
    for line in dialog.findChildren(QLineEdit):
        line.textChanged.connect(lambda _: handler())
    for text in dialog.findChildren(QPlainTextEdit):
        text.textChanged.connect(handler)
    for page in dialog.findChildren(QTextEdit):
        if not page.isReadOnly():
            page.textChanged.connect(handler)
    for box in dialog.findChildren(QCheckBox):
        box.toggled.connect(lambda _: handler())
    for choice in dialog.findChildren(QComboBox):
        choice.currentIndexChanged.connect(lambda _: handler())


def last_folder(last: str) -> Path:
    """Where a question for a file begins: the folder used last, else the person's documents, else their home."""
    if last and bounded.is_folder(Path(last)):
        return Path(last)
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()  # else Qt shows the folder that the program runs in
