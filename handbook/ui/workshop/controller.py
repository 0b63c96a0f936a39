"""Connects the open workshop with its panel, its file and the print window.

Belongs here: what happens when a workshop is opened, saved, printed, restored. Not here: changing it (editing.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handbook.base import bounded
from handbook.base.catalogue import ngettext, tr
from handbook.base.paths import Paths
from handbook.base.system_errors import reason_of
from handbook.content.handbook import Handbook
from handbook.ui import settings
from handbook.ui.printing import jobs
from handbook.ui.widgets.theme import Theme
from handbook.ui.workshop import files
from handbook.ui.workshop.autosave import Autosave
from handbook.ui.workshop.document import WorkshopDocument
from handbook.ui.workshop.editing import Editing
from handbook.ui.workshop.panel import Panel, Start
from handbook.ui.workshop.rows import hours, rows, summary
from handbook.workshop import file, ready_files
from handbook.workshop.file import Opened
from handbook.workshop.model import Passage, Workshop, bare, is_gone
from handbook.workshop.ready import ready_workshops
from handbook.workshop.timetable import timetable

if TYPE_CHECKING:
    from handbook.marks.model import Mark
    from handbook.printing.typeset import Typesetter
    from handbook.ui.printing.page_builder import Made, PageBuilder
    from handbook.ui.printing.print_window import PrintWindow


LONGEST_NAME = 60  # average letters of a file's name in a menu


class WorkshopController(QObject):
    """The open workshop; one at a time. Created when a workshop is first used.

    Signals without a remark are handed on by WorkshopDock, which says what each is."""

    reading_wanted = Signal(str)
    said = Signal(str, int)
    added = Signal(str)
    told = Signal(str)
    outdated = Signal(str)
    offered = Signal(str, object)
    shown = Signal(bool)  # show or hide the panel
    left = Signal()
    titled = Signal(str, bool)

    def __init__(
        self,
        handbook: Handbook,
        paths: Paths,
        store: settings.Store,
        theme: Theme,
        actions: Mapping[str, QAction],
        window: QWidget,
        typesetter: Callable[[], Typesetter],
    ) -> None:
        super().__init__(window)
        self._handbook, self._store, self._theme = handbook, store, theme
        self._actions, self._window, self._index = actions, window, paths.index
        self._typesetter = typesetter
        self._folder = paths.content if paths.is_folder_opened else None  # that is read in place of our own texts
        self.document = WorkshopDocument(self)
        self._autosave = Autosave(self.document, paths.data, self)
        self.own_marks: Callable[[], tuple[Mark, ...]] = tuple  # what the person marked
        self._page_builder: PageBuilder | None = None
        self._printing: PrintWindow | None = None
        self._pages: Made | None = None
        self._from: Path | None = None  # the ready workshop that this one began as
        self._remarks: list[str] = []  # messages about the open workshop
        self._wanted: Path | None = None  # the file that was asked for last
        self._recovered = ""  # the message that it was restored after a crash; it ends when the workshop is saved
        self._showing = False  # is a recovered workshop being shown for the first time?
        self.panel = Panel(theme, actions)
        self.editing = Editing(handbook, self.document, self.panel, store, window)
        self.editing.theme = theme
        self._connect()
        self._show()
        self._show_file()

    def _connect(self) -> None:
        self._autosave.told.connect(self.told)
        self._autosave.outdated.connect(self.outdated)
        self.document.changed.connect(self._changed)
        self.document.filed.connect(self._show_file)
        self.panel.closed.connect(lambda: self.shown.emit(False))
        self.panel.escaped.connect(self.left)
        self.panel.items.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.editing.drafted.connect(self._autosave.draft)
        self.editing.shown.connect(self.shown)
        self.editing.said.connect(self.said)
        self.editing.added.connect(self.added)
        self.editing.reading_wanted.connect(self.reading_wanted)

    @property
    def workshop(self) -> Workshop:
        """The workshop as it is now."""
        return self.document.workshop

    # -- Showing ---------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._show()
        self._show_file()  # its title may be another
        self.added.emit("")
        self._order()

    def _order(self) -> None:
        """Have the pages made: at once if the print window shows them, else soon, for the page count."""
        if not self.workshop.items and self._printing is None:
            return
        self.page_builder.order(self.workshop, self._printing.kind if self._printing is not None else None)

    def marks_changed(self) -> None:
        """What the person marked is different: have the pages made again that show it."""
        if self.workshop.options_for("trainer").my_notes:
            self._order()

    @property
    def page_builder(self) -> PageBuilder:
        """Makes the pages. Created on first use, because it imports Typst."""
        if self._page_builder is None:
            from handbook.ui.printing.page_builder import PageBuilder

            self._page_builder = PageBuilder(self._handbook, self._typesetter(), self)
            self._page_builder.own_marks = lambda: self.own_marks()  # noqa: PLW0108 - the window may put it later
            self._page_builder.made.connect(self._counted)
            self._page_builder.failed.connect(self._not_counted)
        return self._page_builder

    def _counted(self, made: Any) -> None:
        self._pages = made
        self._show()
        self._has_shown()

    def _not_counted(self, error: Any) -> None:
        self.panel.say_paper(tr("The pages could not be set: {error}").format(error=reason_of(error)))
        self._has_shown()

    def _show(self) -> None:
        """Update the panel."""
        workshop, panel = self.workshop, self.panel
        known = self._pages if self._pages is not None and bare(self._pages.workshop) == bare(workshop) else None
        # While the pages are counted again, items that did not change keep their page numbers.
        pages = known.pages if known is not None else self._guessed_pages()
        found = rows(self._handbook, workshop, pages)
        panel.model.show_rows(found)
        blank = self.document.is_blank
        if blank:
            panel.offer_starts(*self._starts())
        panel.show_blank(is_blank=blank)
        days = timetable(self._handbook, workshop)
        number = workshop.participants
        people = ngettext("{n} participant", "{n} participants", number).format(n=number)
        date = hours(days[0])
        if workshop.date is not None:
            day = QDate(workshop.date.year, workshop.date.month, workshop.date.day)
            date = f"{QLocale().toString(day, 'd MMM yyyy')}, {date}"
        facts = [date, workshop.place, people if number else ""]
        panel.facts.setText(" · ".join(fact for fact in facts if fact))
        panel.facts.setVisible(not blank)
        if not blank:
            count = sum(one.pages for one in known.printed.values()) if known is not None else None
            panel.summary.setText(summary(self._handbook, workshop, count if workshop.items else 0))
            panel.say_paper(jobs.paper_line(workshop, known.printed) if known is not None else panel.paper.text())
        self.editing.show_offer()
        self._enable()

    def _guessed_pages(self) -> dict[int, int]:
        if self._pages is None:
            return {}
        before = {item: self._pages.pages.get(n, 0) for n, item in enumerate(self._pages.workshop.items)}
        return {n: before[item] for n, item in enumerate(self.workshop.items) if before.get(item)}

    def _show_file(self) -> None:
        document = self.document
        blank = document.is_blank
        # Translators: a workshop that has no title, and its list in the window
        title = tr("Workshop") if blank else self._title()
        mark = "\N{NO-BREAK SPACE}*" if document.needs_saving else ""  # never alone in a line
        self.panel.title.setText(title + mark)
        self.titled.emit("" if blank else title, document.needs_saving)
        path = document.path
        about = str(path) if path is not None else ""
        if document.needs_saving:
            about = tr("{file}: not saved yet").format(file=about) if about else tr("Not saved yet")
        self.panel.title.setToolTip(about)
        self.panel.title.setAccessibleDescription(about)
        self._enable()

    def _title(self) -> str:
        path = self.document.path
        return self.workshop.title.strip() or (path.stem if path is not None else tr("Workshop without a title"))

    def _enable(self) -> None:
        """Enable the commands and buttons that can be used now; disable the others."""
        actions, blank = self._actions, self.document.is_blank
        for name in ("new", "save", "save_as", "print"):
            actions[f"workshop_{name}"].setEnabled(not blank)
        for name, text, label in (
            ("undo", self.document.undo_text, tr("&Undo: {what}")),
            ("redo", self.document.redo_text, tr("&Redo: {what}")),
        ):
            action = actions[f"workshop_{name}"]
            action.setEnabled(bool(text))
            plain = tr("&Undo in the workshop") if name == "undo" else tr("&Redo in the workshop")
            action.setText(label.format(what=text.replace("&", "&&")) if text else plain)
        self.panel.enable_tools(self.panel.items.chosen, len(self.workshop.items))

    def restyle(self, theme: Theme) -> None:
        """Change to the colours of a theme."""
        self._theme = self.editing.theme = theme
        self.panel.restyle(theme)
        if self._printing is not None:
            self._printing.restyle(theme)

    def undo(self) -> None:
        """Undo the last change."""
        what = self.document.undo_text
        self._choose(self.document.undo())
        self.said.emit(tr("Undone: {what}").format(what=what), 3000)

    def _choose(self, places: tuple[int, ...]) -> None:
        """Select the items that an undone change was about; if none of them exists, keep the selection."""
        if places:
            self.panel.items.choose(places)

    def redo(self) -> None:
        """Redo the change that was undone last."""
        what = self.document.redo_text
        self._choose(self.document.redo())
        self.said.emit(tr("Done again: {what}").format(what=what), 3000)

    # -- Printing --------------------------------------------------------------------------------------------

    def print_window(self) -> None:
        """Open the print window, which shows the pages and prints them."""
        if self._printing is None:
            from handbook.ui.printing.print_window import PrintWindow

            self._printing = PrintWindow(self._handbook, self.document, self.page_builder, self._store, self._theme)
            self._printing.closed.connect(self._printing_closed)
            self._printing.show()
            self._order()
        self._printing.raise_()
        self._printing.activateWindow()

    @property
    def printing(self) -> PrintWindow | None:
        """The print window, while it is open."""
        return self._printing

    def _printing_closed(self) -> None:
        if self._printing is not None:
            self._printing.deleteLater()
            self._printing = None

    # -- Files -----------------------------------------------------------------------------------------------

    def _starts(self) -> tuple[list[Start], list[Start]]:
        """What an empty panel offers: the ready workshops, and the files used last."""
        recent = [
            Start(path.stem, str(path.parent), partial(self.open_file, path)) for path in files.recent(self._store)
        ]
        return self._ready, recent

    @cached_property
    def _ready(self) -> list[Start]:
        """The workshops that come with the handbook, shortest first."""
        return [
            Start(one.title, one.about, partial(self.open_ready, one.path))
            for one in ready_workshops(self._handbook.folder, self._index)
        ]

    def new(self) -> None:
        """Begin a new, empty workshop."""
        if self.may_leave():
            self._take(Workshop(), None)
            self.shown.emit(True)

    def ask_open(self) -> None:
        """Ask for a file, and open it."""
        path = files.ask_open(self._window, self._store)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> bool:
        """Open a file. First asks about unsaved changes. If it cannot be opened, says why and changes nothing.

        Another one that is asked for while this one is read is opened in place of it."""
        self.shown.emit(True)
        if not self.may_leave():
            return False
        self._wanted = path
        opened = files.read(self._window, self._handbook, path)
        if opened is None or self._wanted != path:
            return False
        self._take(opened.workshop, path, opened.mark)
        files.remember(self._store, path)
        for remark in opened.remarks:
            self._tell(remark)
        passages = [item for item in opened.workshop.items if is_gone(item, self._handbook)]
        lacking = dict.fromkeys(filter(None, (self._handbook.lacking(one.address) for one in passages)))
        for name in lacking:
            text = tr(
                "'{title}' has passages of the handbook '{name}', which is not among yours. They stay in the workshop, "
                "and are left out when you print. File › Handbooks adds a handbook."
            )
            self._tell(text.format(title=self._title(), name=name))
        gone = sum(not self._handbook.lacking(one.address) for one in passages)
        if gone and all(self._is_elsewhere(item) for item in opened.workshop.items if isinstance(item, Passage)):
            text = tr(
                "None of the passages of '{title}' is in this handbook: it seems to be made with another one. They "
                "stay in the workshop, and are left out when you print."
            )
            self._tell(text.format(title=self._title()))
        elif gone:
            text = ngettext(
                "{n} passage of '{title}' is not in this handbook any more. It is marked in the list, and left out "
                "when you print.",
                "{n} passages of '{title}' are not in this handbook any more. They are marked in the list, and "
                "left out when you print.",
                gone,
            )
            self._tell(text.format(n=gone, title=self._title()))
        return True

    def _is_elsewhere(self, passage: Passage) -> bool:
        """Has this handbook not even the chapter of a passage?"""
        return self._handbook.find(passage.address.partition("#")[0]) is None

    def _tell(self, text: str) -> None:
        """Show a message about the open workshop; it is removed when another workshop is opened."""
        self._remarks.append(text)
        self.told.emit(text)

    def open_ready(self, path: Path) -> None:
        """Open one of the ready workshops as a new one: saving asks for a name."""
        if self.may_leave() and self._take_ready(path):
            self.panel.take_keyboard()

    def open_copy(self, copy: Opened) -> bool:
        """Open a copy of a workshop whose file is gone or never was: it is not saved. First asks about changes."""
        if not self.may_leave():
            return False
        opened = files.drawn(self._window, copy)
        self._take(opened.workshop, None, unsaved=True)
        self.shown.emit(True)
        for remark in opened.remarks:
            self._tell(remark)
        return True

    def _take_ready(self, path: Path) -> bool:
        opened = files.read(self._window, self._handbook, path)
        if opened is None:
            return False
        self._take(opened.workshop, None)
        self._from = path
        return True

    def _take(
        self, workshop: Workshop, path: Path | None, mark: file.Mark | None = None, *, unsaved: bool = False
    ) -> None:
        self.editing.begin()
        for remark in self._remarks:
            self.outdated.emit(remark)
        self._remarks, self._recovered = [], ""
        self._pages = None
        self._from = None
        self.panel.say_paper("")
        self.document.open(workshop, path, mark=mark, unsaved=unsaved)
        self.panel.items.choose(())
        self.panel.items.scrollToTop()

    def save(self) -> bool:
        """Save to its file; asks for a name if it has no file yet. False when it is not saved."""
        path = self.document.path
        return self._write(path) if path is not None else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file, and save to it. False when it is not saved."""
        path = files.ask_save(self._window, self._store, self.workshop, self.document.path)
        return path is not None and self._write(path, chosen=True)

    def _write(self, path: Path, *, chosen: bool = False) -> bool:
        saved = files.write(self._window, self._handbook, self.workshop, path, self.document.mark, chosen=chosen)
        if saved is None:
            return False
        self.document.saved_as(saved.workshop, path, saved.mark)
        self.outdated.emit(self._recovered)
        files.remember(self._store, path)
        self.said.emit(tr("Saved: {file}").format(file=path), 4000)
        return True

    def may_leave(self) -> bool:
        """Ask about changes that are not saved; False when the person wants to stay."""
        if not self.document.needs_saving:
            return True
        answer = files.ask_before_leaving(self._window, self._title())
        return self.save() if answer == "save" else answer == "discard"

    def fill_recent(self, menu: QMenu) -> None:
        """List the files used last in a menu."""
        menu.clear()
        for path in files.recent(self._store):
            metrics = menu.fontMetrics()
            room = metrics.averageCharWidth() * LONGEST_NAME
            name = metrics.elidedText(path.name, Qt.TextElideMode.ElideMiddle, room)
            action = menu.addAction(name.replace("&", "&&"))
            action.setToolTip(str(path))
            action.setStatusTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self.open_file(path))
        if menu.isEmpty():
            menu.addAction(tr("None yet")).setEnabled(False)

    # -- Beginning and end -----------------------------------------------------------------------------------

    def begin(self, *, with_last: bool = True) -> None:
        """Restore the workshop that a crash left behind, or else, if that is wanted, open the one that was open last.

        If the program crashed while it showed one of them at an earlier start, the person is asked first."""
        found = self._autosave.recover()
        mark = self._autosave.recovered_mark
        if found is None:
            if with_last:
                self._open_last()
        elif self._autosave.did_harm:
            self._offer(*found, mark)
        else:
            self._take_recovered(*found, mark)
        for path, what in self._autosave.damaged:
            text = (
                tr(
                    "A copy of work that was not saved can't be brought back: it is a link that leads to no file. The "
                    "link is kept as '{path}'. The workshop's own file is as it was saved last."
                )
                if bounded.leads_nowhere(path)
                else tr(
                    "A copy of work that was not saved can't be brought back: {what}. It is kept as '{path}', which a "
                    "text editor may open. The workshop's own file is as it was saved last."
                )
            )
            self.told.emit(text.format(what=what, path=path))

    def _open_last(self) -> None:
        last = files.opened_last(self._store, self._folder)
        if last is None:
            return
        files.note_last(self._store, self._folder, None)  # note_state() writes it again if nothing crashes
        ready = [one.absolute() for one in ready_files(self._handbook.folder)]
        if last in ready:
            self._take_ready(last)
        elif bounded.is_file(last):
            self.open_file(last)
        else:
            # The program itself may have been moved, as on a stick, with its ready workshops.
            # They are told by LANGUAGE/workshops/NAME: a person's own folder may be called "workshops" as well.
            moved = [one for one in ready if one.parts[-3:] == last.parts[-3:]]
            if moved:
                self._take_ready(moved[0])
            else:
                self._tell_of_missing(last)

    def _tell_of_missing(self, path: Path) -> None:
        text = tr(
            "The workshop '{name}', which was open last, is no longer in '{folder}', so none was opened. If it is on a "
            "stick, put that in again; if it was moved, look for it. File › Open workshop opens it."
        )
        self.told.emit(text.format(name=path.name, folder=path.parent))

    def _take_recovered(self, workshop: Workshop, path: Path | None, mark: file.Mark | None) -> None:
        opened = files.drawn(self._window, Opened(workshop, ()))
        self._showing = True
        self._take(opened.workshop, path, mark, unsaved=True)
        self.shown.emit(True)
        self._recovered = tr(
            "The program ended before '{title}' was saved. It is here as it was; save it, or begin a new "
            "workshop to give it up."
        ).format(title=self._title())
        self._tell(self._recovered)
        for remark in opened.remarks:
            self._tell(remark)
        if not self.workshop.items:  # no pages will be made, so nothing more can fail
            QTimer.singleShot(0, self, self._has_shown)

    def _has_shown(self) -> None:
        if self._showing:
            self._showing = False
            self._autosave.shown()

    def _offer(self, workshop: Workshop, path: Path | None, mark: file.Mark | None) -> None:
        """Ask what to do with a recovered workshop that made the program crash at an earlier start."""
        title = workshop.title.strip() or tr("Workshop without a title")
        text = tr(
            "The program ended while it brought back '{title}', which was not saved. It is kept, and was not opened "
            "this time: that may end the program again."
        ).format(title=title)

        def open_it() -> None:
            if self.may_leave():
                self._autosave.open_offered()
                self._take_recovered(workshop, path, mark)
            else:
                self._offer(workshop, path, mark)

        self.offered.emit(text, ((tr("Open it"), open_it), (tr("Put it aside"), self._put_aside)))

    def _put_aside(self) -> None:
        try:
            path = self._autosave.put_aside()
        except OSError as exc:
            self.told.emit(tr("It could not be put aside: {error}.").format(error=reason_of(exc)))
            return
        self.told.emit(tr("It is kept as '{path}'. File › Open workshop opens it.").format(path=path))

    def note_state(self) -> None:
        """Write to the settings which file is open, for the next start; or a ready workshop that was not changed."""
        path = self.document.path
        if path is None and not self.document.needs_saving:
            path = self._from
        files.note_last(self._store, self._folder, path)

    def forget(self) -> None:
        """Remove the copies kept against a crash, and write no more of them."""
        self._autosave.stop_keeping()

    def close(self) -> None:
        """Close what belongs to the workshop, because the window closes."""
        if self._printing is not None:
            self._printing.close()
        if self._page_builder is not None:
            self._page_builder.close()
        self._autosave.close()
