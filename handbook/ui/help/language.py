"""The menu of languages, Qt's own texts, and what is said of a translation.

Belongs here: choosing a language, and telling how far its translation can be trusted. Not here: which language is
spoken (base/spoken.py), looking texts up (base/catalogue.py).

A language is taken when the program starts again, which is offered: every text that is on the screen, in a list or in a
window that is open was made in the old one, and half of each would be worse than a second's wait."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QMenu, QVBoxLayout, QWidget

from handbook.base import catalogue, spoken
from handbook.base.catalogue import tr
from handbook.base.languages import NAMES, SPOKEN
from handbook.base.paths import Paths, own_command
from handbook.ui import settings
from handbook.ui.qt import folders


def speak_qt(app: QApplication) -> None:
    """Let Qt's own dialogs, numbers and dates be in the language in use; where Qt has no texts of its own, ours."""
    language = catalogue.language()
    here = QLocale()
    if here.name().partition("_")[0] != language and not (language == "en" and here.language() == QLocale.Language.C):
        QLocale.setDefault(QLocale("en_GB" if language == "en" else language))
    if language != "en":
        from handbook.ui.help.qt_texts import QtTexts  # English does without

        app.installTranslator(QtTexts(app))
        texts = QTranslator(app)
        if texts.load(f"qtbase_{language}", folders.translations()):
            app.installTranslator(texts)  # Qt asks the last one first


class LanguageMenu(QMenu):
    """Each language by its own name, and that of the computer; below them, other menus that have to do with languages.

    starts_again: the person wants the program to start again; its window has been closed for that. not_kept: the
    language that was chosen, where it could not be kept for that start; else ""."""

    def __init__(self, store: settings.Store, window: QWidget, *below: QMenu) -> None:
        super().__init__(window)
        self.starts_again = False
        self.not_kept = ""
        self._below = below
        self._store, self._window = store, window
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        if self.actions():
            return
        chosen = self._store.read(settings.LANGUAGE)
        group = QActionGroup(self)
        # Translators: in the menu of languages: the one that the computer is set to
        for code, name in (("", tr("As the computer")), *((code, NAMES[code]) for code in SPOKEN)):
            action = QAction(name, self)
            action.setCheckable(True)
            action.setChecked(code == chosen)
            action.triggered.connect(partial(self.choose, code))
            group.addAction(action)
            self.addAction(action)
        for menu in self._below:
            self.addSeparator()
            self.addMenu(menu)

    def choose(self, code: str, _: bool = False) -> None:
        """Keep the choice, and offer to start again. code: of the language; "" is the system's."""
        from handbook.ui.widgets.dialogs import ask

        self._store.write(settings.LANGUAGE, code)
        self.not_kept = "" if self._store.save() else code  # as on a full disk
        said = catalogue.of(code) if code else catalogue.in_use()  # in the language that was just chosen
        title = said.gettext("Language")
        text = said.gettext("The language changes when the handbook is started again. Start it again now?")
        if ask(self._window, title, text, said.gettext("&Start again"), said.gettext("Cancel")):
            self.starts_again = True
            self.starts_again = self._window.close()  # False where a workshop is to be saved first, or not closed


def start_again(paths: Paths, language: str = "") -> None:
    """Start the program once more with the same handbook, when this one has ended its work.

    language: for that start alone; "" is the one that is kept."""
    import subprocess  # here and below: a start can do without

    folder = ("--content", str(paths.content)) if paths.is_folder_opened else ()
    command, variables = own_command(*folder)
    variables.pop(spoken.VARIABLE, None)  # or it would outweigh the choice
    if language:
        variables[spoken.VARIABLE] = language
    subprocess.Popen(command, env=variables, start_new_session=os.name == "posix")


class TranslationBox(QDialog):
    """Where the texts come from, and how they are mended."""

    def __init__(self, paths: Paths, parent: QWidget) -> None:
        from handbook.ui.widgets.dialogs import lay_out

        super().__init__(parent)
        self.setWindowTitle(tr("About the translation"))
        text = QLabel(about_text(paths))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Close"))
        buttons.rejected.connect(self.reject)
        inside = QVBoxLayout()
        inside.addWidget(text)
        lay_out(self, inside, buttons, width=590)
        close.setFocus()


def about(paths: Paths, parent: QWidget) -> None:
    """Show what is said of the language in use."""
    box = TranslationBox(paths, parent)
    box.exec()
    box.deleteLater()


def about_text(paths: Paths) -> str:
    """What is said of the language in use."""
    language = catalogue.language()
    if language == "en":
        return tr(
            "You read the program in English, in which it was written. View › Language has the others. None of the "
            "translations was read by a person whose first language it is."
        )
    theirs = spoken.own_file(paths.data, language)
    parts = [
        tr(
            "The translation into this language was made by the program's authors with a dictionary of the field, and "
            "all its texts but the newest were read a second time. No person whose first language it is has read it. "
            "Texts that are missing are in English."
        ),
        tr("A text that is wrong can be mended with a text editor or with Poedit. Copy this file:")
        + f"\n{catalogue.file_of(language)}",
        tr("Mend the copy, and put it here. It is taken before ours when the program starts:") + f"\n{theirs}",
    ]
    if theirs.is_file():
        parts.append(tr("There is such a file, and it is in use where it has a text."))
    return "\n\n".join(parts)
