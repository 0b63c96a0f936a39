"""Dialogs and message boxes for opening, saving and closing a workshop.

Belongs here: message boxes, file dialogs, the list of files used last. Not here: the format of a file
(handbook/workshop/file.py), which workshop is open (document.py)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from handbook.base import bounded
from handbook.base.atomic_file import NotSaved, file_name
from handbook.base.catalogue import tr
from handbook.content.handbook import Handbook
from handbook.ui import settings
from handbook.ui.widgets.dialogs import answer_to, ask, last_folder, path_to_save
from handbook.ui.widgets.progress import Progress, wait_for
from handbook.ui.widgets.worker import Stale
from handbook.ui.workshop.rows import rows
from handbook.workshop import SUFFIX, file
from handbook.workshop.file import BadWorkshop, Mark, Opened
from handbook.workshop.logo import is_drawn
from handbook.workshop.model import MadeWith, Workshop

MOST_RECENT = 8
Answer = Literal["save", "discard", "cancel"]


class Found(NamedTuple):
    """A workshop read from a file, what the person should be told of it, and the file's mark."""

    workshop: Workshop
    remarks: tuple[str, ...]
    mark: Mark | None


class Saved(NamedTuple):
    """A workshop as it was saved, and the mark of its file."""

    workshop: Workshop
    mark: Mark | None


# -- Reading ------------------------------------------------------------------------------------------------


def read(parent: QWidget, handbook: Handbook, path: Path) -> Found | None:
    """Read a workshop file behind a progress box. None if it was cancelled, or cannot be read: then says why."""

    def work(_: Progress, stale: Stale) -> Found:
        mark = file.mark(path)  # before it is read: what is written in between is asked about when it is saved
        opened = _with_pixels(file.read(path), stale)
        rows(handbook, opened.workshop, {})  # scans the chapters that it names now, in this thread
        return Found(*opened, mark)

    try:
        return wait_for(parent, tr("Opening '{name}'…").format(name=path.name), 0, work)
    except BadWorkshop as exc:
        QMessageBox.warning(parent, tr("Not opened"), str(exc))
        return None


def drawn(parent: QWidget, opened: Opened) -> Opened:
    """A workshop with its logo as pixels, behind a progress box; when cancelled, the workshop without its logo."""
    if opened.workshop.logo is None or is_drawn(opened.workshop.logo):
        return opened
    found = wait_for(parent, tr("Opening '{name}'…").format(name=""), 0, lambda _, stale: _with_pixels(opened, stale))
    return found or Opened(replace(opened.workshop, logo=None), opened.remarks)


def _with_pixels(opened: Opened, stale: Stale) -> Opened:
    if opened.workshop.logo is None or is_drawn(opened.workshop.logo):
        return opened
    from handbook.printing.typeset import pictures  # late, because it imports the typesetter

    return pictures.with_pixels(opened, stale)


def ask_open(parent: QWidget, store: settings.Store) -> Path | None:
    """Ask for a file to open."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, tr("Open a workshop"), str(_folder(store)), tr("Workshops (*{suffix})").format(suffix=SUFFIX)
    )
    return Path(chosen) if chosen else None


# -- Writing ------------------------------------------------------------------------------------------------


def write(
    parent: QWidget, handbook: Handbook, workshop: Workshop, path: Path, known: Mark | None, *, chosen: bool = False
) -> Saved | None:
    """Save to a file; the workshop as it was saved. None if it was cancelled, or failed: then says why.

    After None the file is as it was before. known: the file's mark when it was read or saved last. If the file is
    another now, the person is asked before it is replaced. chosen: do not ask, the person has just chosen the file."""

    def work_if(*, may_be_another: bool) -> Saved | Mark | None:
        def work(progress: Progress, _: Stale) -> Saved | Mark | None:
            if not may_be_another and file.is_another(path, known):
                return file.mark(path)
            marked = replace(workshop, made_with=MadeWith.of(handbook))  # slow: reads every chapter
            if not file.save(marked, path, progress.last_step):
                return None
            return Saved(marked, file.mark_of_saved(marked, path))

        return wait_for(parent, tr("Saving '{name}'…").format(name=path.name), 0, work)

    try:
        outcome = work_if(may_be_another=chosen)
        if isinstance(outcome, Mark):
            outcome = work_if(may_be_another=True) if may_replace(parent, path) else None
    except NotSaved as exc:
        QMessageBox.warning(parent, tr("Not saved"), str(exc))
        return None
    return outcome if isinstance(outcome, Saved) else None


def ask_save(parent: QWidget, store: settings.Store, workshop: Workshop, path: Path | None) -> Path | None:
    """Ask where to save; a name without the suffix of workshop files gets it."""
    # Translators: a workshop that has no title, and its list in the window
    name = file_name(workshop.title.strip() or tr("Workshop"), SUFFIX)
    start = path if path is not None else _folder(store) / name
    kinds = tr("Workshops (*{suffix})").format(suffix=SUFFIX)
    return path_to_save(parent, tr("Save the workshop"), start if start.suffix else start.with_suffix(SUFFIX), kinds)


def may_replace(parent: QWidget, path: Path) -> bool:
    """Ask whether to replace a file that another program has changed since it was opened."""
    text = tr("'{name}' was changed by another program since you opened it. Replace it with what is here?")
    return ask(parent, tr("Changed by another program"), text.format(name=path.name), tr("&Replace it"))


def ask_before_leaving(parent: QWidget, title: str) -> Answer:
    """Ask whether to save the unsaved changes, discard them, or stay."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Not saved yet"))
    box.setText(tr("Save the changes to '{title}'?").format(title=title))
    box.setInformativeText(tr("Without saving they are lost."))
    kinds = QMessageBox.StandardButton
    box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
    for kind, text in (
        (kinds.Save, tr("&Save")),
        (kinds.Discard, tr("&Don't save")),
        (kinds.Cancel, tr("Cancel")),
    ):
        box.button(kind).setText(text)
    box.setDefaultButton(kinds.Save)
    chosen = QMessageBox.StandardButton(answer_to(box))
    box.deleteLater()
    answers: dict[QMessageBox.StandardButton, Answer] = {kinds.Save: "save", kinds.Discard: "discard"}
    return answers.get(chosen, "cancel")


def _folder(store: settings.Store) -> Path:
    return last_folder(store.read(settings.WORKSHOP_FOLDER))


# -- Used last ----------------------------------------------------------------------------------------------


def recent(store: settings.Store) -> list[Path]:
    """The files used last that are still there, the newest first."""
    paths = (Path(line) for line in store.read(settings.RECENT_WORKSHOPS).split("\n") if line)
    return [path for path in paths if bounded.is_file(path)]


def remember(store: settings.Store, path: Path) -> None:
    """Put a file first in the list of files used last."""
    path = path.absolute()
    others = [other for other in recent(store) if other != path]
    store.write(settings.RECENT_WORKSHOPS, "\n".join(str(one) for one in [path, *others][:MOST_RECENT]))
    store.write(settings.WORKSHOP_FOLDER, str(path.parent))


def opened_last(store: settings.Store, folder: Path | None) -> Path | None:
    """The workshop that was open last in our own handbook, or in that of a folder; None if there was none.

    Its file may be gone meanwhile."""
    if folder is None:
        name = store.read(settings.WORKSHOP_FILE)
    else:
        whose, _, name = store.read(settings.OTHER_WORKSHOP).partition("\n")
        name = name if whose == str(folder.absolute()) else ""
    return Path(name) if name else None


def note_last(store: settings.Store, folder: Path | None, path: Path | None) -> None:
    """Note which workshop is open, for the next start with the same handbook; None for none.

    In another handbook it would be in the way there, and its passages would be gone."""
    name = str(path.absolute()) if path is not None else ""
    if folder is None:
        store.write(settings.WORKSHOP_FILE, name)
    else:
        store.write(settings.OTHER_WORKSHOP, f"{folder.absolute()}\n{name}" if name else "")
