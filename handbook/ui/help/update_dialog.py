"""A file from a stick: whether it is what was published, what is new in it, and what to do with it.

Belongs here: choosing the file, the dialog, starting an installer. Not here: checking (handbook/updates/), adding a
handbook (ui/library/)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from handbook.base.catalogue import tr
from handbook.base.components import version
from handbook.base.paths import Paths, portable_folder
from handbook.content import figures, markup
from handbook.content.bounds import within_limits
from handbook.content.html import to_html
from handbook.ui.widgets import scale
from handbook.ui.widgets.announce import announce
from handbook.ui.widgets.dialogs import answer_to, last_folder, lay_out
from handbook.ui.widgets.progress import Progress, wait_for
from handbook.ui.widgets.theme import UI_POINTS, Theme, page_style
from handbook.updates import key
from handbook.updates.offer import SUFFIXES, Kind, Offer, Step, UpdateRefused, check, check_key, clear, is_own, take

Add = Callable[[Path], object]
MOST_NEWS = 40_000  # letters of what is new that are shown: Qt lays all of them out before the dialog comes up
HUNDREDTHS = 100  # of a file, as progress is shown


class Way(Enum):
    """How a published file is taken into use on this computer."""

    INSTALL = auto()
    ADMINISTRATOR = auto()  # it is installed for everybody
    PACKAGE = auto()
    UNPACK = auto()
    ELSEWHERE = auto()  # it is for another system, or another kind of copy
    ADD = auto()


def way(kind: Kind, platform: str, program: Path, *, portable: bool) -> Way:
    """What is to be done with a file. platform: as sys.platform; program: the file that is running."""
    if kind is Kind.HANDBOOK:
        return Way.ADD
    if portable:
        fitting = Kind.WINDOWS_PORTABLE if platform == "win32" else Kind.LINUX_PORTABLE
        return Way.UNPACK if kind is fitting else Way.ELSEWHERE
    if platform == "win32" and kind is Kind.WINDOWS:
        everybody = [Path(folder) for name in ("ProgramFiles", "ProgramW6432") if (folder := os.environ.get(name))]
        return Way.ADMINISTRATOR if any(program.is_relative_to(one) for one in everybody) else Way.INSTALL
    return Way.PACKAGE if platform == "linux" and kind is Kind.DEBIAN else Way.ELSEWHERE


def choose_and_check(paths: Paths, theme: Theme, close: Callable[[], object], add: Add, parent: QWidget) -> None:
    """Let a file be chosen, check it, and show what it is.

    close: ends the program, when an installer was started. add: adds a pack to the library."""
    try:
        check_key(key.PUBLIC_KEY)  # before a file is looked for in vain
    except UpdateRefused as exc:
        _say_no(str(exc), parent)
        return
    kinds = tr("Installers and handbooks ({suffixes})").format(suffixes=" ".join(f"*{one}" for one in SUFFIXES))
    name, _ = QFileDialog.getOpenFileName(parent, tr("Choose the file to check"), str(last_folder("")), kinds)
    if name:
        check_file(Path(name), paths, theme, close, add, parent)


def check_file(path: Path, paths: Paths, theme: Theme, close: Callable[[], object], add: Add, parent: QWidget) -> None:
    """Check a file and show what it is, or why it is not taken."""

    def work(progress: Progress, unwanted: Callable[[], bool]) -> tuple[Offer, str]:
        offer = check(path, version(), key.PUBLIC_KEY, _steps(progress, unwanted))
        return offer, news_html(offer.news)

    try:
        checked = wait_for(parent, tr("Checking {name}…").format(name=path.name), HUNDREDTHS, work)
    except UpdateRefused as exc:
        _say_no(str(exc), parent)
        return
    if checked is not None:
        offer, news = checked
        dialog = UpdateDialog(offer, news, theme, parent)
        if dialog.exec():
            _act(offer, paths, close if dialog.way is Way.INSTALL else None, add, parent)
        dialog.deleteLater()


class _GivenUp(Exception):
    """The person cancelled; nobody waits for an answer any more."""


def _steps(progress: Progress, unwanted: Callable[[], bool]) -> Step:
    def step(done: int, size: int) -> None:
        if unwanted():
            raise _GivenUp
        progress.done = HUNDREDTHS * done // max(1, size)

    return step


def news_html(news: str) -> str:
    """What is new, in Markdown, as a page is shown: without pictures, and with no link that could be followed."""
    if len(news) > MOST_NEWS:
        beginning = news[:MOST_NEWS]
        news = (beginning.rpartition("\n")[0] or beginning) + "\n\n…"
    tree = markup.from_markdown(within_limits(news)[0])
    figures.as_words(tree)
    for element in tree.iter():
        if element.tag == "a":
            element.tag = "span"
            element.attrib.clear()
        element.attrib.pop("data-note", None)  # else the mark of a note is a link
    return to_html(tree)


class UpdateDialog(QDialog):
    """What a file is, that was found to be as it was published; accepted when it is to be taken into use.

    news: what is new, as `news_html` makes it."""

    def __init__(self, offer: Offer, news: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Check a file for an update"))
        self.way = way(offer.kind, sys.platform, Path(sys.executable), portable=portable_folder() is not None)
        self._offer = offer
        self.said = QLabel(self._sentences())
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        inside = QVBoxLayout()
        inside.addWidget(self.said)
        if news:
            heading = QLabel(tr("&What is new:"))
            self.news = QTextBrowser()
            self.news.setOpenLinks(False)
            self.news.document().setDefaultStyleSheet(page_style(theme, round(UI_POINTS * scale.factor())))
            self.news.setHtml(news)
            self.news.setTabChangesFocus(True)
            self.news.setAccessibleName(tr("What is new"))
            heading.setBuddy(self.news)
            inside.addWidget(heading)
            inside.addWidget(self.news)
        self.copied = QLabel(tr("The command is copied."))
        self.copied.hide()
        inside.addWidget(self.copied)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        buttons.rejected.connect(self.reject)
        self.act = None
        label = {
            Way.INSTALL: tr("Close the handbook and &install"),
            Way.ADD: tr("&Add to the handbooks"),
            Way.PACKAGE: tr("&Copy the command"),
        }.get(self.way)
        if label:
            self.act = buttons.addButton(label, QDialogButtonBox.ButtonRole.ActionRole)
            self.act.clicked.connect(self._copy_command if self.way is Way.PACKAGE else self.accept)
        lay_out(self, inside, buttons, width=590)

    def _sentences(self) -> str:
        offer, own = self._offer, version()
        told = [
            tr("'{name}' is genuine: it is as those who make this program published it.").format(name=offer.path.name)
        ]
        if offer.version:
            if is_own(offer, own):
                told.append(tr("It is version {version}, the one you have.").format(version=offer.version))
            else:
                told.append(tr("It is version {version}; you have {own}.").format(version=offer.version, own=own))
        told.append(self._advice())
        return "\n\n".join(told)

    def _advice(self) -> str:
        everything = tr("Your settings, marks, workshops and handbooks stay.")
        return {
            Way.INSTALL: tr("The installer puts it in the place of the version you have.") + " " + everything,
            Way.ADMINISTRATOR: tr(
                "The handbook is installed for everybody who uses this computer: an administrator starts the file at a "
                "command prompt with /ALLUSERS."
            )
            + " "
            + everything,
            Way.PACKAGE: tr("Install it with this command, or open it with your system's program for packages:")
            + f"\n{self._command()}\n"
            + everything,
            Way.UNPACK: tr(
                "Unpack it beside the folder that you have, and copy the folder handbook-data from the old one into "
                "the new one. The old folder stays as it is: to go back, start that."
            ),
            Way.ELSEWHERE: tr(
                "It is for another system, or for another kind of copy than this one. You can take it there."
            ),
            Way.ADD: tr("It is a handbook. Added, it stands beside the others under File › Handbooks."),
        }[self.way]

    def _command(self) -> str:
        path = self._offer.path
        # Not with the whole path: of one with a colon in it apt does nothing, and says nothing of it.
        return f"cd {_quoted(path.parent)} && sudo apt install ./{path.name}"

    def _copy_command(self) -> None:
        QGuiApplication.clipboard().setText(self._command())
        self.copied.show()
        announce(self, self.copied.text())


def _quoted(folder: Path) -> str:
    """A folder's name for a shell: what cannot be seen in it is written as bytes, not pasted into a terminal."""
    name = str(folder)
    if name.isprintable():
        return "'" + name.replace("'", "'\\''") + "'"
    seen = (
        chr(byte) if 32 <= byte < 127 and chr(byte) not in "'\\" else f"\\x{byte:02x}" for byte in os.fsencode(name)
    )
    return f"$'{''.join(seen)}'"


def _act(offer: Offer, paths: Paths, close: Callable[[], object] | None, add: Add, parent: QWidget) -> None:
    """Take a file into use, from a copy of our own that was compared once more. close: None for a pack."""

    def work(progress: Progress, unwanted: Callable[[], bool]) -> Path:
        return take(offer, paths.cache, _steps(progress, unwanted))

    try:
        copy = wait_for(parent, tr("Copying {name}…").format(name=offer.path.name), HUNDREDTHS, work)
    except UpdateRefused as exc:
        _say_no(str(exc), parent)
        return
    if copy is None:
        return
    if close is None:
        add(copy)
        clear(paths.cache)
    elif start(copy):
        close()
    else:
        _say_no(tr("Windows did not start '{name}'. Nothing was changed.").format(name=copy.name), parent)


def start(installer: Path) -> bool:
    """Start an installer; it waits until this program has ended."""
    return bool(QProcess.startDetached(str(installer), [])[0])


def _say_no(text: str, parent: QWidget) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, tr("Check a file for an update"), text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.addButton(tr("Close"), QMessageBox.ButtonRole.RejectRole)
    answer_to(box)
    box.deleteLater()
