"""The list of the handbooks beside our own: open, add, remove.

Belongs here: the list and its buttons. Not here: what a pack may be (handbook/library/).

A handbook is opened in the window that the list belongs to, or in one of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from handbook.base import bounded, languages
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.content.handbook import Fault, Handbook
from handbook.content.loading import load
from handbook.library import example, pack
from handbook.library.pack import SUFFIX, Manifest
from handbook.library.shelf import Added, Cancelled, Library, describe
from handbook.ui.library import another_window
from handbook.ui.widgets import geometry, scale
from handbook.ui.widgets.announce import announce
from handbook.ui.widgets.dialogs import ask, last_folder, path_to_save, press_by_enter, scroll_whole
from handbook.ui.widgets.progress import Progress, wait_for
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.ui.widgets.worker import Stale

MOST_LINES = 8  # of what came of adding, when many are added at once
NAMES = 150  # pixels of the list, in a window of its usual size, beside which there are buttons


def packs_in(urls: Sequence[Path]) -> list[Path]:
    """Those of some files and folders that can be added to the library."""
    return [one for one in urls if one.suffix.lower() == SUFFIX or bounded.is_folder(one)]


class HandbooksDialog(QDialog):
    """The library as a list, our own handbook first.

    handbook: the one that is being read, which knows the others. told_of: puts the faults of files into a sentence."""

    turned = Signal(str)  # the address of the start page of a handbook: open it in the same window

    def __init__(
        self,
        data: Path,
        handbook: Handbook,
        told_of: Callable[[Sequence[Fault]], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Handbooks"))
        self.setAcceptDrops(True)
        self._library, self._handbook, self._told_of = Library(data), handbook, told_of
        self.names = QListWidget()
        self.names.setAccessibleName(tr("Handbooks in the library"))
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.open_button = self._button(tr("&Open"), self._open)
        self.open_button.setToolTip(tr("With Ctrl in another window"))
        self.open_another = self._button(tr("Open in another &window"), self._open_another)
        self.add_pack = self._button(tr("Add a &pack…"), self._choose_pack)
        self.add_folder = self._button(tr("Add a &folder…"), self._choose_folder)
        self.open_folder = self._button(tr("Open a folder without &adding it…"), self._open_folder)
        self.new = self._button(tr("&New handbook…"), self.begin)
        self.make_pack = self._button(tr("&Make a pack…"), self._make_pack)
        self.remove = self._button(tr("&Remove…"), self._remove)
        self.close_ = self._button(tr("&Close"), self._end)
        column = QWidget()
        several = QVBoxLayout(column)
        several.setContentsMargins(0, 0, 0, 0)
        for button in (
            self.open_button,
            self.open_another,
            self.add_pack,
            self.add_folder,
            self.open_folder,
            self.new,
            self.make_pack,
            self.remove,
        ):
            several.addWidget(button)
        several.addStretch(1)
        scrolling = ScrollColumn(column)
        scrolling.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        buttons = QVBoxLayout()
        buttons.addWidget(scrolling, 1)
        buttons.addWidget(self.close_)
        narrow = geometry.is_narrow(self, column.minimumSizeHint().width() + scale.px(NAMES))
        rows = QVBoxLayout() if narrow else QHBoxLayout()
        self.names.setMinimumHeight(scale.px(90))
        rows.addWidget(self.names, 1)
        rows.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.addLayout(rows, 1)
        layout.addWidget(self.said)
        self.names.itemActivated.connect(lambda _: self._open())
        self.names.itemSelectionChanged.connect(self._update)
        scroll_whole(self)
        geometry.resize(self, scale.px(680), scale.px(440))
        self._fill("")
        hint = tr("A pack (a file that ends in .handbook) or a folder can also be dropped here.")
        self._say("\n".join([*self._library.unread(), hint]), aloud=False)

    def _button(self, text: str, handler: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        press_by_enter(button)
        button.clicked.connect(handler)
        return button

    def add_when_shown(self, *sources: Path) -> None:
        """Add packs and folders as soon as the list is in sight, and offer to open the last."""
        if sources:
            QTimer.singleShot(0, self, lambda: self._add_and_offer(sources))

    def begin_when_shown(self) -> None:
        """Ask for the folder of a new handbook as soon as the list is in sight."""
        QTimer.singleShot(0, self, self.begin)

    def _add_and_offer(self, sources: Sequence[Path]) -> None:
        self.add(sources)
        self.open_button.setFocus()

    def add(self, sources: Sequence[Path]) -> None:
        """Add packs or folders, one after the other, and say what came of each; first of those that were refused."""
        refused: list[str] = []
        told: list[str] = []
        for source in sources:
            text = tr("Adding {name}…").format(name=source.name or source)
            try:
                done = wait_for(self, text, 0, partial(self._add, source))
            except HandbookError as exc:
                refused.append(str(exc))
                continue
            if done is None:  # cancelled: the others too
                break
            self._fill(done.manifest.name)
            told.append(self._told(done, source, text))
        if refused or told:
            lines = "\n".join(refused + told).split("\n")
            self._say("\n".join(lines[:MOST_LINES] + ["…"] * (len(lines) > MOST_LINES)))

    def _told(self, done: Added, source: Path, text: str) -> str:
        """What came of a handbook that was added: in a line, and in another one what is wrong in its files."""
        faults = self._told_of(self._faults_of(source, text) or done.faults) if done.changed else ""
        if not done.left:
            return "\n".join(filter(None, (done.said, faults)))
        said = tr(
            "Saved: {file}. Left out, for a sign such as : or ? in the name, or as a link to another file: "
            "{names}. Rename or copy these files, and add the folder again."
        )
        return "\n".join(filter(None, (_without(said, done.manifest.title, done.left), faults)))

    def _faults_of(self, source: Path, text: str) -> tuple[Fault, ...]:
        """The faults that show on the pages of a folder, whose writer it may be that adds it; none of a pack."""
        if not bounded.is_folder(source):
            return ()
        from handbook import check  # only who writes needs it

        try:
            return wait_for(self, text, 0, lambda *_: check.check_pages(load(source))) or ()
        except HandbookError:  # the folder is gone by now
            return ()

    def _add(self, source: Path, progress: Progress, unwanted: Stale) -> Added:
        def step(*_: int) -> None:
            if unwanted():
                raise Cancelled

        return self._library.add(source, progress=step, may=progress.last_step)

    # -- Parts --

    def _fill(self, chosen: str) -> None:
        self.names.clear()
        own = self._handbook if not self._handbook.name else self._handbook.others("")
        if own is not None:
            item = QListWidgetItem(own.manifest.title)
            item.setData(Qt.ItemDataRole.UserRole, "")
            self.names.addItem(item)
        for one in self._library.listed():
            item = QListWidgetItem(_line(one))
            item.setData(Qt.ItemDataRole.UserRole, one.name)
            self.names.addItem(item)
            if one.name == chosen:
                self.names.setCurrentItem(item)
        if self.names.currentRow() < 0 and self.names.count():
            self.names.setCurrentRow(0)
        self._update()

    def _update(self) -> None:
        for button in (self.open_button, self.open_another):
            button.setEnabled(bool(self.names.selectedItems()))
        self.remove.setEnabled(bool(self._chosen()))

    def _chosen(self) -> str:
        """The name of the chosen handbook; "" is our own, or none."""
        chosen = self.names.selectedItems()
        return str(chosen[0].data(Qt.ItemDataRole.UserRole)) if chosen else ""

    @property
    def _address(self) -> str:
        return f"{self._chosen()}:" if self._chosen() else ""

    def _say(self, text: str, *, aloud: bool = True) -> None:
        self.said.setText(text)
        if aloud:
            announce(self.names, text)

    def _end(self) -> None:
        self.reject()

    def _open(self) -> None:
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self._open_another()
        elif self.names.selectedItems():
            address = self._address
            self.accept()
            self.turned.emit(address)

    def _open_another(self) -> None:
        if self.names.selectedItems():
            self._start([self._address] if self._address else [])

    def _start(self, arguments: list[str]) -> None:
        if not another_window.open_another(arguments):
            self._say(tr("Another window could not be opened."))

    def _open_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Open a folder of Markdown files"), str(last_folder("")))
        if folder:
            self._start(["--content", folder])

    def _choose_pack(self) -> None:
        kinds = tr("Handbooks (*{suffix})").format(suffix=SUFFIX)
        name, _ = QFileDialog.getOpenFileName(self, tr("Add a pack"), str(last_folder("")), kinds)
        if name:
            self.add([Path(name)])

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Add a folder of Markdown files"), str(last_folder("")))
        if folder:
            self.add([Path(folder)])

    def begin(self) -> None:
        """Write a handbook to write over, and open it: its first page says how."""
        usual = str(last_folder("") / tr("My handbook"))
        name, _ = QFileDialog.getSaveFileName(self, tr("A new folder for the handbook"), usual)
        if not name:
            return
        try:
            example.write(Path(name))
        except HandbookError as exc:
            self._say(str(exc))
            return
        self._start(["--content", name, example.FIRST])
        self._say(tr("Written: {folder}. Another window shows it, and says how to go on.").format(folder=name))

    def _make_pack(self) -> None:
        """Make one file of a folder, for others."""
        folder = QFileDialog.getExistingDirectory(self, tr("The folder to make a pack of"), str(last_folder("")))
        if not folder:
            return
        path = Path(folder)  # a disk has no name
        usual = path.with_name(f"{path.name}{SUFFIX}") if path.name else last_folder("") / f"handbook{SUFFIX}"
        kinds = tr("Handbooks (*{suffix})").format(suffix=SUFFIX)
        target = path_to_save(self, tr("Save the pack"), usual, kinds)
        if target is None:
            return

        def work(progress: Progress, _: Stale) -> list[str]:
            return pack.save(Path(folder), describe(Path(folder)), target, progress.last_step)

        try:
            left = wait_for(self, tr("Making the pack…"), 0, work)
        except HandbookError as exc:
            self._say(str(exc))
            return
        if left is not None:
            self._say_packed(target, left)

    def _say_packed(self, target: Path, left: Sequence[str]) -> None:
        """Say that a pack was saved, and without which files."""
        if left:
            self._say(_without(tr("Saved: {file}. Left out, as no part of a handbook: {names}."), target, left))
        else:
            self._say(tr("Saved: {file}. Whoever drops it on the program has the handbook.").format(file=target))

    def _remove(self) -> None:
        name = self._chosen()
        manifest = self._library.get(name)
        if manifest is None:
            return
        text = tr("Remove '{title}' from the library? A pack that it came from stays where it is.")
        if not ask(self, tr("Remove a handbook"), text.format(title=manifest.title), tr("&Remove")):
            return
        try:
            self._library.remove(name)
        except HandbookError as exc:
            self._say(str(exc))
            return
        self._fill("")
        self._say(tr("Removed: {title}.").format(title=manifest.title))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: packs and folders may be dropped."""
        if packs_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: they are added."""
        event.acceptProposedAction()
        dropped = packs_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        # Later: until this returns, the program that it comes from waits.
        QTimer.singleShot(0, self, lambda: self.add(dropped))


def _without(said: str, what: object, left: Sequence[str]) -> str:
    """That something was saved without these files, of which the first are named."""
    return said.format(file=what, names=", ".join(left[:5]) + (" …" if len(left) > 5 else ""))


def _line(manifest: Manifest) -> str:
    version = tr("version {version}").format(version=manifest.version)
    line = " · ".join(filter(None, (manifest.title, version, _name_of(manifest.language))))
    if manifest.translation_of:
        line = tr("{handbook}, translation of {name}").format(handbook=line, name=manifest.translation_of)
    return f"{line} · {manifest.licence}" if manifest.licence else line


def _name_of(language: str) -> str:
    """A language by its own name; by its code where nobody knows that name."""
    if language in languages.NAMES:
        return languages.NAMES[language]
    known = QLocale(language)  # "C" for one that Qt does not know
    return (known.nativeLanguageName() if known.language() != QLocale.Language.C else "") or language
