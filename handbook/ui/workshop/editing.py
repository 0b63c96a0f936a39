"""Changes the workshop: adds, moves, removes and edits items, and offers changes that take one click.

Belongs here: what a key, a drop or a menu entry does to the workshop. Not here: files and pages (controller.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from handbook.base.catalogue import ngettext, tr
from handbook.content.address import Address
from handbook.content.chapter import Section
from handbook.content.handbook import Handbook
from handbook.ui import settings
from handbook.ui.widgets.dialogs import when_edited
from handbook.ui.widgets.theme import LIGHT
from handbook.ui.workshop.document import WorkshopDocument
from handbook.ui.workshop.panel import Panel
from handbook.ui.workshop.rows import Row
from handbook.workshop import model, needs
from handbook.workshop.model import CustomPage, Entry, Item, NewDay, Passage, Workshop
from handbook.workshop.timetable import title_of


class Editing(QObject):
    """Changes a document as the person asks in its panel. theme: for dialogs that show pages."""

    reading_wanted = Signal(str)  # an address to be shown
    said = Signal(str, int)  # a message for the status bar, and for how many ms
    added = Signal(str)  # a message about an addition, shown with an Undo button; "": remove it
    shown = Signal(bool)  # show or hide the panel
    drafted = Signal(object)  # a function that returns the workshop with what is being written; None: dialog closed

    def __init__(
        self, handbook: Handbook, document: WorkshopDocument, panel: Panel, store: settings.Store, window: QWidget
    ) -> None:
        super().__init__(panel)
        self._handbook, self.document, self.panel = handbook, document, panel
        self._store, self._window = store, window
        self.theme = LIGHT
        self._left_alone: set[str] = set()  # offers that the person declined
        self._plan = ""  # the address added last; if it is a plan, what it needs is offered
        panel.dropped.connect(self.add_many)
        panel.model.moved.connect(self._move)
        panel.items.step.connect(self._step)
        panel.items.remove.connect(self.remove)
        panel.items.edit_wanted.connect(self.edit)
        panel.items.read_wanted.connect(self.read)
        panel.items.menu_wanted.connect(self._menu)

    @property
    def workshop(self) -> Workshop:
        """The workshop as it is now."""
        return self.document.workshop

    def begin(self) -> None:
        """Forget which offers were declined, because another workshop was opened."""
        self._left_alone.clear()
        self._plan = ""

    # -- Offers ----------------------------------------------------------------------------------------------

    def show_offer(self) -> None:
        """Show at most one offer: to replace an item whose address is gone, or to add what a plan needs."""
        panel = self.panel
        for place, row in enumerate(panel.model.rows):
            if row.gone and f"gone {row.title}" not in self._left_alone:
                self._offer_for_gone(place, row)
                return
        if not self._offer_companions():
            panel.offer.hide()

    def _offer_for_gone(self, place: int, row: Row) -> None:
        """Offer to replace an item whose address is gone by the nearest passage, or to remove it if none is near."""
        near = self._handbook.find(row.nearest) if row.nearest else None
        item = self.workshop.items[place]
        lacking = self._handbook.lacking(item.address) if isinstance(item, model.Passage) else ""
        if lacking:
            text = tr("'{title}' is in the handbook '{name}', which is not among yours. File › Handbooks adds it.")
            handler = (tr("Take it out"), partial(self._take_out, (place,)))
        elif near is not None:
            text = tr("'{title}' is not in this handbook any more. The nearest is '{nearest}' ({address}).")
            handler = (tr("Replace it"), partial(self.replace_gone, place))
        else:
            text = tr("'{title}' is not in this handbook any more, and nothing is like it.")
            handler = (tr("Take it out"), partial(self._take_out, (place,)))
        self.panel.offer.make(
            text.format(
                title=row.title, name=lacking, nearest=near.title if near is not None else "", address=row.nearest
            ),
            handler,
            (tr("Leave it"), partial(self._leave, f"gone {row.title}")),
        )

    def _leave(self, what: str) -> None:
        self._left_alone.add(what)
        self.panel.offer.hide()
        self.show_offer()

    def replace_gone(self, place: int) -> None:
        """Replace an item whose address is gone by the nearest passage."""
        item = self.workshop.items[place]
        if not model.is_gone(item, self._handbook):
            return
        near = model.nearest_existing(self._handbook, item)
        if near is None:
            return
        text = tr("Replace '{title}'").format(title=item.title or item.address)
        changed = replace(item, address=str(near.address), title=near.title)
        self._change(model.put(self.workshop, place, changed), text, (place,), (place,))

    def _offer_companions(self) -> bool:
        """Offer to add what the plan added last needs; False when nothing is missing."""
        section = self._handbook.find(self._plan)
        found = needs.open_needs(self._handbook, self.workshop)
        place = next((place for place in found if self._section_at(place) == section), None)
        if section is None or place is None:
            return False
        missing = found[place]
        names = ", ".join(one.title for one in missing[:3])
        others = len(missing) - 3
        said = (
            ngettext("'{title}' needs {names} and {n} more.", "'{title}' needs {names} and {n} more.", others)
            if others > 0
            else tr("'{title}' needs {names}.")
        )
        self.panel.offer.make(
            said.format(title=section.title, names=names, n=others),
            (tr("Add them"), partial(self.add_needed, place)),
            (tr("I have them"), partial(self.have_needed, place)),
        )
        return True

    def _section_at(self, place: int) -> Section | None:
        item = self.workshop.items[place]
        return self._handbook.find(item.address) if isinstance(item, Passage) else None

    def add_needed(self, place: int) -> None:
        """Add what an item needs and the workshop does not have."""
        chosen = self.panel.items.chosen
        workshop = self.workshop
        for one in needs.open_needs(self._handbook, workshop).get(place, ()):
            workshop = model.add(workshop, one)  # at the end: they are handed out, and take no time of their own
        self._change(workshop, tr("Add what is needed"), (len(workshop.items) - 1,))
        self.panel.items.choose(chosen)

    def have_needed(self, place: int) -> None:
        """Note that what an item needs need not be printed."""
        workshop = needs.have(self._handbook, self.workshop, place)
        self._change(workshop, tr("Note what is in hand"), (place,), (place,))

    # -- Changing --------------------------------------------------------------------------------------------

    def _change(self, workshop: Workshop, text: str, chosen: Sequence[int], before: Sequence[int] = ()) -> None:
        """Make a change, and select the items that it was about. before: their positions before it, if any."""
        self.document.change(workshop, text, before=tuple(before), after=tuple(chosen))
        self.panel.items.choose(tuple(chosen))

    def add(self, address: str) -> None:
        """Add a passage after the selected items, or at the end."""
        self.add_many((address,), self._place())

    def add_many(self, addresses: Any, before: int) -> None:
        """Add passages before the item at a position; a passage that is there already is selected, not added again."""
        there = self._addresses()
        new: list[Passage] = []
        for address in addresses:
            section = self._handbook.find(address)
            if section is not None and str(section.address) not in (*there, *(one.address for one in new)):
                new.append(model.passage(self._handbook, address))
        self.shown.emit(True)
        if not new:
            self._tell_known(addresses)
            return
        workshop = self.workshop
        for number, passage in enumerate(new):
            workshop = model.add(workshop, passage, before + number)
        self._plan = new[-1].address
        n, title = len(new), new[0].title
        what = tr("Add '{title}'") if n == 1 else ngettext("Add {n} passage", "Add {n} passages", n)
        self._change(workshop, what.format(title=title, n=n), range(before, before + n))
        said = (
            tr("Added to the workshop: {title}")
            if n == 1
            else ngettext("Added to the workshop: {n} passage", "Added to the workshop: {n} passages", n)
        )
        self.added.emit(said.format(title=title, n=n))

    def _tell_known(self, addresses: Sequence[str]) -> None:
        for address in addresses:
            section = self._handbook.find(address)
            if section is not None and str(section.address) in self._addresses():
                places = [
                    n
                    for n, item in enumerate(self.workshop.items)
                    if isinstance(item, Passage) and self._handbook.find(item.address) == section
                ]
                self.panel.items.choose(tuple(places))
                self.said.emit(tr("'{title}' is in the workshop already.").format(title=section.title), 4000)
                return

    def _addresses(self) -> set[str]:
        """The current addresses of the passages in the workshop."""
        passages = [item for item in self.workshop.items if isinstance(item, Passage)]
        return {str(self._handbook.current(Address.parse(item.address))) for item in passages}

    def _place(self) -> int:
        """The position for new items: after the selected ones, else at the end."""
        chosen = self.panel.items.chosen
        return chosen[-1] + 1 if chosen else len(self.workshop.items)

    def remove(self) -> None:
        """Remove the selected items."""
        if self.panel.items.chosen:
            self._take_out(self.panel.items.chosen)

    def _take_out(self, chosen: tuple[int, ...]) -> None:
        workshop = model.remove(self.workshop, chosen)
        name = title_of(self._handbook, self.workshop.items[chosen[0]])
        text = tr("Remove '{title}'").format(title=name) if len(chosen) == 1 else tr("Remove items")
        self.document.change(workshop, text, before=chosen)
        self.said.emit(
            tr("Taken out: {title}").format(title=name)
            if len(chosen) == 1
            else ngettext("{n} item taken out", "{n} items taken out", len(chosen)).format(n=len(chosen)),
            4000,
        )
        left = len(workshop.items)
        self.panel.items.choose((min(chosen[0], left - 1),) if left else ())

    def _move(self, places: Any, before: int) -> None:
        moved = sorted(set(places))
        if not moved or not all(0 <= place < len(self.workshop.items) for place in moved):
            return
        first = before - sum(1 for place in moved if place < before)
        workshop = model.move(self.workshop, moved, before)
        title = title_of(self._handbook, self.workshop.items[moved[0]])
        text = tr("Moved: {title}, now {k} of {n}")
        self.said.emit(text.format(title=title, k=first + 1, n=len(workshop.items)), 4000)
        # Translators: name of a step that can be undone: items were moved
        self._change(workshop, tr("Move"), range(first, first + len(moved)), moved)

    def _step(self, way: int) -> None:
        """Move the selected items up or down by one."""
        chosen = self.panel.items.chosen
        if not chosen:
            return
        before = chosen[0] - 1 if way < 0 else chosen[-1] + 2
        if 0 <= before <= len(self.workshop.items):
            self._move(chosen, before)

    def edit(self) -> None:
        """Edit the selected item in a dialog."""
        chosen = self.panel.items.chosen
        if len(chosen) != 1:
            return
        item = self.workshop.items[chosen[0]]
        name = title_of(self._handbook, item)
        self._edit(chosen[0], tr("Change '{title}'").format(title=name), page=isinstance(item, CustomPage))

    def read(self) -> None:
        """Open the chosen item in the window; what is no passage of the handbook is edited."""
        chosen = self.panel.items.chosen
        item = self.workshop.items[chosen[0]] if len(chosen) == 1 else None
        if isinstance(item, Passage) and self._handbook.find(item.address) is not None:
            self.reading_wanted.emit(item.address)
        else:
            self.edit()

    def edit_settings(self) -> None:
        """Edit minutes, start and note of an own page in a dialog (F2 opens the editor of its text)."""
        chosen = self.panel.items.chosen
        if len(chosen) == 1:
            self._edit(chosen[0], tr("Change an item"), page=False)

    def _edit(self, place: int, text: str, *, page: bool) -> None:
        """Change an item in a dialog. page: the text of an own page; otherwise minutes, start and note."""
        item = self.workshop.items[place]

        def put(changed: Item) -> Workshop:
            return model.put(self.workshop, place, changed)

        with self._drafts():
            changed = self._write_page(item, put) if page and isinstance(item, CustomPage) else self._ask(item, put)
            if changed is not None and changed != item:
                self._change(put(changed), text, (place,), (place,))

    @contextmanager
    def _drafts(self) -> Iterator[None]:
        """While a dialog is open, the recovery copy contains what is written in it; later only what was accepted."""
        try:
            yield
        finally:
            self.drafted.emit(None)

    def _ask(self, item: Item, put: Callable[[Item], Workshop]) -> Item | None:
        from handbook.ui.workshop.item_dialog import ItemDialog

        dialog = ItemDialog(self._handbook, self.workshop, item, self._window)
        when_edited(dialog, lambda: self.drafted.emit(lambda: put(dialog.item())))
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.item() if accepted else None

    def _write_page(self, page: CustomPage, put: Callable[[CustomPage], Workshop]) -> CustomPage | None:
        from handbook.ui.workshop.custom_page import CustomPageDialog

        points = self._store.read(settings.TEXT_SIZE)
        dialog = CustomPageDialog(page, self.theme, points, self._window)
        when_edited(dialog, lambda: self.drafted.emit(lambda: put(dialog.page())))
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.page() if accepted else None

    def _put_in(self, item: Item) -> Workshop:
        """The workshop with an item added at the usual place."""
        return model.add(self.workshop, item, self._place())

    def _add_item(self, item: Item | None, text: str) -> None:
        if item is not None:
            self.shown.emit(True)
            at = self._place()
            self._change(self._put_in(item), text, (at,))

    def add_custom_page(self) -> None:
        """Let the trainer write a page, and add it."""
        with self._drafts():
            page = self._write_page(CustomPage(""), self._put_in)
            if page is not None and not page.title and not page.text.strip():
                page = None
            if page is not None and not page.title:
                page = replace(page, title=tr("My page"))
            self._add_item(page, tr("Add a page of your own"))

    def add_entry(self) -> None:
        """Add a break or another entry of the timetable."""
        with self._drafts():
            # Translators: the first name of an entry in a programme: coffee, lunch
            self._add_item(self._ask(Entry(tr("Break")), self._put_in), tr("Add an entry"))

    def add_day(self) -> None:
        """Add the beginning of another day."""
        self._add_item(NewDay(), tr("Begin another day"))

    def details(self) -> None:
        """Edit title, date, people and logo in a dialog."""
        from handbook.ui.workshop.details_dialog import DetailsDialog

        dialog = DetailsDialog(self.workshop, self._window)
        when_edited(dialog, lambda: self.drafted.emit(dialog.workshop))
        with self._drafts():
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self.shown.emit(True)
                self.document.change(dialog.workshop(), tr("Change the details"))
        dialog.deleteLater()

    def _menu(self, at: Any) -> None:
        menu = self.menu()
        menu.exec(at)
        menu.deleteLater()

    def menu(self) -> QMenu:
        """The menu for the selected items, with what can be added."""
        menu = QMenu(self.panel)
        menu.setToolTipsVisible(True)
        chosen = self.panel.items.chosen
        item = self.workshop.items[chosen[0]] if len(chosen) == 1 else None
        entries: list[tuple[str, Callable[[], object], bool]] = []
        if isinstance(item, Passage):
            there = self._handbook.find(item.address) is not None
            entries.append((tr("Read it"), partial(self.reading_wanted.emit, item.address), there))
            if not there:
                near = model.nearest_existing(self._handbook, item) is not None
                entries.append((tr("Replace it by the nearest"), partial(self.replace_gone, chosen[0]), near))
            if chosen[0] in needs.open_needs(self._handbook, self.workshop):
                entries.append((tr("Add what it needs"), partial(self.add_needed, chosen[0]), True))
                entries.append((tr("I have what it needs"), partial(self.have_needed, chosen[0]), True))
        if isinstance(item, CustomPage):
            entries.append((tr("Write…"), self.edit, True))
        if item is not None:
            entries.append((tr("Minutes, start, note…"), self.edit_settings, True))
        if chosen:
            entries.append((tr("Move up"), partial(self._step, -1), chosen[0] > 0))
            entries.append((tr("Move down"), partial(self._step, 1), chosen[-1] + 1 < len(self.workshop.items)))
            # Translators: take the chosen items out of the workshop
            entries.append((tr("Remove"), self.remove, True))
        for text, handler, possible in entries:
            action = menu.addAction(text)
            action.setEnabled(possible)
            action.triggered.connect(lambda _=False, handler=handler: handler())
        if entries:
            menu.addSeparator()
        menu.addActions(self.panel.add_menu.actions())
        return menu
