"""The print window: what is ticked and shown, layouts, paper, what is told, the ways out; the view of pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from handbook.content.handbook import Handbook
from handbook.handout.options import KINDS, Kind, PrintOptions
from handbook.handout.selection import Handout
from handbook.marks.model import Mark
from handbook.printing import typeset
from handbook.printing.page_images import Document
from handbook.ui.printing import jobs, printer
from handbook.ui.printing.pages_view import PagesView
from handbook.ui.printing.preview import LARGEST, SMALLEST
from handbook.ui.printing.print_window import PrintWindow
from handbook.ui.widgets.scroll_column import ScrollColumn
from handbook.ui.widgets.theme import LIGHT
from handbook.ui.workshop.controller import WorkshopController
from handbook.workshop import model
from handbook.workshop.model import CustomPage, MadeWith, Passage, Workshop
from handbook.workshop.paper import Run
from tests.printed import Pdf
from tests.ui.conftest import OpenWindow
from tests.ui.printing.forms import choose_in
from tests.workshops import everything

WORKSHOP = Workshop(
    "One day",
    participants=24,
    items=(
        Passage("plan-opening"),
        Passage("statement"),
        Passage("cards-statements"),
        Passage("poster-ground-rules"),
        Passage("form-evaluation"),
    ),
)


Open = Callable[[Workshop], tuple[WorkshopController, PrintWindow]]


@pytest.fixture
def opened(open_window: OpenWindow, qtbot: QtBot, set_once: None) -> Open:
    """Opens the print window of a workshop and waits until all is made and the pages are in sight."""

    def open_one(workshop: Workshop) -> tuple[WorkshopController, PrintWindow]:
        controller = open_window("statement").workshop.controller
        controller.document.open(workshop, None)
        controller.print_window()
        assert controller.printing is not None
        settle(controller, qtbot)
        return controller, controller.printing

    return open_one


def test_pages_that_are_being_made_while_the_workshop_is_saved_are_its_pages(
    open_window: OpenWindow, qtbot: QtBot, set_once: None, book: Handbook, tmp_path: Path
) -> None:
    """Saving notes the handbook's edition in the workshop, and changes nothing that is printed."""
    controller = open_window("statement").workshop.controller
    controller.document.open(WORKSHOP, None)
    controller.print_window()
    controller.document.saved_as(replace(WORKSHOP, made_with=MadeWith.of(book)), tmp_path / "a.workshop")
    settle(controller, qtbot)
    window = controller.printing
    assert window is not None
    assert window.print_button.isEnabled()
    assert window.state.text() == ""
    assert "counting" not in controller.panel.summary.text()
    assert controller.panel.paper.text().startswith("24 participants: ")


def settle(controller: WorkshopController, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not controller.page_builder.busy)


def shown(window: PrintWindow, qtbot: QtBot) -> None:
    """Wait until the page in view is drawn."""
    preview = window.pages.preview
    qtbot.waitUntil(lambda: preview.page in preview.drawn)


def test_that_nothing_is_there_is_taken_back_when_something_is_set(opened: Open, qtbot: QtBot) -> None:
    controller, window = opened(Workshop("Empty"))
    assert window.pages.preview.message.startswith("There is nothing in the workshop yet.")
    with qtbot.waitSignal(controller.page_builder.begun):
        controller.document.open(WORKSHOP, None)
    assert window.pages.preview.message == ""


def test_everything_is_ticked_and_counted(opened: Open, qtbot: QtBot) -> None:
    controller, window = opened(WORKSHOP)
    assert window.ticked == KINDS
    assert window.kind == "participants"
    shown(window, qtbot)
    made = controller.page_builder.newest
    assert made is not None
    assert window.pages.preview.pages == made.printed["participants"].pages
    each = made.printed["participants"].pages
    assert window.paper.text().startswith(f"24 participants: 24 × {each} sheets, ")
    assert "of cards" in window.paper.text()
    window._list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert "participants" not in window.ticked
    assert window.paper.text().startswith("24 participants: ")
    assert f"24 × {each}" not in window.paper.text()


@pytest.mark.parametrize("kind", KINDS)
def test_each_thing_can_be_looked_at(opened: Open, qtbot: QtBot, kind: Kind) -> None:
    controller, window = opened(WORKSHOP)
    window.show_kind(kind)
    made = controller.page_builder.newest
    assert made is not None
    qtbot.waitUntil(lambda: window.pages.preview.pages == made.printed[kind].pages)
    shown(window, qtbot)


def test_what_is_shown_of_the_options_is_whole_for_each_thing(opened: Open, qtbot: QtBot) -> None:
    """The trainer's packet has a choice of its own, which is longer than the others."""
    _, window = opened(WORKSHOP)
    (column,) = window.findChildren(ScrollColumn)
    narrow = column.width()
    window.resize(window.width(), 500)
    for kind in KINDS:
        window.show_kind(kind)
        qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
        QApplication.processEvents()
        assert column.horizontalScrollBar().maximum() == 0, kind
    assert column.width() > narrow


def test_what_there_is_none_of_is_said(opened: Open, qtbot: QtBot) -> None:
    _, window = opened(replace(WORKSHOP, items=WORKSHOP.items[:2]))
    window.show_kind("cards")
    assert "none" in window.pages.preview.message
    assert window.ticked == ("participants", "trainer")


def test_an_empty_workshop_says_what_to_do(opened: Open, qtbot: QtBot) -> None:
    controller, window = opened(Workshop("Empty"))
    assert "Add a passage" in window.pages.preview.message
    assert not window.save_button.isEnabled()
    controller.document.change(model.add(controller.workshop, Passage("statement#r1")), "Add")
    settle(controller, qtbot)
    assert window.save_button.isEnabled()
    shown(window, qtbot)


def test_the_page_of_what_was_just_added_is_shown(opened: Open, qtbot: QtBot) -> None:
    controller, window = opened(WORKSHOP)
    page = CustomPage("Where we meet", "In the yard.")
    controller.document.change(model.add(controller.workshop, page, 2), "Add", after=(2,))
    settle(controller, qtbot)
    made = controller.page_builder.newest
    assert made is not None
    at = made.printed["participants"].item_pages[2] - 1
    assert at > 1
    qtbot.waitUntil(lambda: window.pages.preview.page == at)
    # A poster is in another print: that is what is shown then.
    controller.document.change(model.add(controller.workshop, Passage("poster-principles")), "Add", after=(6,))
    qtbot.waitUntil(lambda: window.kind == "posters")
    settle(controller, qtbot)
    made = controller.page_builder.newest
    assert made is not None
    first = made.printed["posters"].item_pages[6] - 1  # the poster before it takes several sheets
    qtbot.waitUntil(lambda: window.pages.preview.page == first)


def test_the_newest_state_wins(opened: Open, qtbot: QtBot) -> None:
    controller, window = opened(WORKSHOP)
    for number in range(6):
        controller.document.change(model.add(controller.workshop, CustomPage(f"Page {number}", "Words.")), "Add")
        QApplication.processEvents()
    settle(controller, qtbot)
    made = controller.page_builder.newest
    assert made is not None
    assert made.workshop == controller.workshop
    qtbot.waitUntil(lambda: window.pages.preview.pages == made.printed["participants"].pages)
    assert "Page 5" in Pdf(made.printed["participants"].pdf).body


# -- Layout --------------------------------------------------------------------------------------------------


def choose(window: PrintWindow, name: str, value: object) -> None:
    """Choose an option as a person does."""
    if name in window.options.lists:
        choose_in(window.options, name, value)
    else:
        window.options.ticks[name].setChecked(bool(value))


def test_a_layout_is_a_change_of_the_workshop(opened: Open, qtbot: QtBot) -> None:
    controller, window = opened(WORKSHOP)
    choose(window, "size", 18)
    choose(window, "form", "folded")
    settle(controller, qtbot)
    assert controller.workshop.options == PrintOptions(size=18, booklet=True)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert controller.workshop.options == PrintOptions()  # choices one after the other are one step
    assert window.options.options() == PrintOptions()


def test_the_trainers_packet_may_have_a_layout_of_its_own(opened: Open, qtbot: QtBot) -> None:
    controller, window = opened(WORKSHOP)
    window.show_kind("trainer")
    qtbot.mouseClick(window.own_layout, Qt.MouseButton.LeftButton, pos=QPoint(8, window.own_layout.height() // 2))
    choose(window, "size", 18)
    assert controller.workshop.options_for("trainer").size == 18
    assert controller.workshop.options_for("participants").size == 11
    window.show_kind("participants")
    assert window.options.options().size == 11
    assert not window.own_layout.isVisible()
    window.show_kind("trainer")
    window.own_layout.setChecked(False)
    assert controller.workshop.options_for("trainer").size == 11


def test_only_options_that_mean_something_are_offered(
    opened: Open,
) -> None:
    _, window = opened(WORKSHOP)
    for kind, there, gone in (
        ("cards", "cards", "notes"),
        ("posters", "poster", "size"),
        ("worksheets", "writing", "cards"),
        ("trainer", "notes", "writing"),
    ):
        window.show_kind(kind)  # type: ignore[arg-type]
        widgets: dict[str, QWidget] = {**window.options.lists, **window.options.ticks}
        assert widgets[there].isVisibleTo(window)
        assert not widgets[gone].isVisibleTo(window)


def test_the_trainer_can_have_her_own_notes_in_her_packet(opened: Open, qtbot: QtBot) -> None:
    controller, window = opened(WORKSHOP)
    noted = Mark("bookmark", "plan-opening", "Opening", note="Bring Iveta's lamp.")
    controller.own_marks = lambda: (noted,)

    def printed() -> set[str]:
        settle(controller, qtbot)
        made = controller.page_builder.newest
        assert made is not None
        return {kind for kind, one in made.printed.items() if "lamp" in Pdf(one.pdf).body}

    assert printed() == set()
    assert not window.options.ticks["my_notes"].isVisibleTo(window)
    window.show_kind("trainer")
    choose(window, "my_notes", value=True)
    assert printed() == {"trainer"}
    controller.own_marks = tuple
    controller.marks_changed()
    assert printed() == set()


def test_participants_change_the_paper(opened: Open, qtbot: QtBot) -> None:
    controller, window = opened(WORKSHOP)
    window.participants.setValue(7)
    settle(controller, qtbot)
    assert controller.workshop.participants == 7
    assert window.paper.text().startswith("7 participants: 7 × ")


def test_what_is_left_out_and_missing_letters_are_told(
    opened: Open,
) -> None:
    gone, page = Passage("statement#r77", "Old title"), CustomPage("Letters", "漢 and 字")
    _, window = opened(replace(WORKSHOP, items=(*WORKSHOP.items, gone, page)))
    assert "'Old title' is not in this handbook any more" in window.told.text()
    assert "漢 (U+6F22)" in window.told.text()
    assert window.told.isVisible()


def test_what_is_not_in_the_packet_and_large_posters_are_told(opened: Open) -> None:
    plan, poster = Passage("plan-opening"), Passage("poster-ground-rules")
    _, window = opened(replace(WORKSHOP, items=(*WORKSHOP.items, plan, poster)))
    assert "Not in the packet: Where do you stand?" in window.told.text()
    assert "A poster takes " in window.told.text()
    assert "can be read from 5 metres" in window.told.text()


# -- Ways out ------------------------------------------------------------------------------------------------


def test_each_thing_is_saved_as_its_own_pdf(
    opened: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    controller, window = opened(WORKSHOP)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.save_pdf()
    made = controller.page_builder.newest
    assert made is not None
    for kind in KINDS:
        path = tmp_path / f"One day - {kind}.pdf"
        assert path.read_bytes() == made.printed[kind].pdf
        assert path.read_bytes() == typeset.print_workshop(controller._handbook, WORKSHOP, (kind,)).pdf
    assert "5 files saved" in window.state.text()
    opened_folders: list[str] = []

    def open_folder(url: QUrl) -> bool:
        opened_folders.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_folder)
    assert window.folder.isVisible()
    window.folder.click()
    assert opened_folders == [str(tmp_path)]
    asked: list[str] = []

    def no(*args: object) -> bool:
        asked.append(str(args[2]))
        return False

    monkeypatch.setattr("handbook.ui.printing.print_window.ask", no)
    (tmp_path / "One day - cards.pdf").write_text("kept", "utf-8")
    window.save_pdf()
    assert "One day - cards.pdf" in asked[0]
    assert (tmp_path / "One day - cards.pdf").read_text("utf-8") == "kept"


def test_all_is_saved_in_one_pdf(
    opened: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    controller, window = opened(WORKSHOP)
    window.one_file.setChecked(True)
    proposed: list[str] = []

    def answer(*args: object) -> tuple[str, str]:
        proposed.append(Path(str(args[2])).name)
        return str(tmp_path / "all"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    window.save_pdf()
    assert proposed == ["One day.pdf"]
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    window.folder.click()
    assert window.folder.text() == "No program here opens folders"
    read = Pdf((tmp_path / "all.pdf").read_bytes())
    made = controller.page_builder.newest
    assert made is not None
    assert len(read) == sum(one.pages for one in made.printed.values())
    words = " ".join(everything(read).split())
    for wanted in ("Participants’ packet", "Trainer’s packet", "Our ground rules", "Please fold the paper"):
        assert wanted in words


def test_a_folder_that_takes_no_file_is_told(
    opened: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, window = opened(WORKSHOP)
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: told.append(args[2]))
    assert not window.save_each(tmp_path / "none")
    assert "no folder" in told[0]
    assert not window.save_one(tmp_path / "none" / "a.pdf")
    assert len(told) == 2


def test_without_a_printer_the_way_to_pdf_is_told(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: [])
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda *args: told.append(args[2]))
    _, window = opened(WORKSHOP)
    window.print_pages()
    assert "no printer" in told[0]


def test_each_thing_goes_out_as_often_as_it_is_needed(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    going: list[printer.Job] = []

    def note(wanted: list[printer.Job], _: QWidget) -> bool:
        going.extend(wanted)
        return True

    monkeypatch.setattr(printer, "print_jobs", note)
    controller, window = opened(WORKSHOP)
    window.print_pages()
    assert [(job.copies, job.title) for job in going] == [
        (24, "One day - Participants' packet"),
        (1, "One day - Trainer's packet"),
        (1, "One day - Cards"),
        (1, "One day - Posters"),
        (24, "One day - Worksheets"),
    ]
    made = controller.page_builder.newest
    assert made is not None
    assert [job.pdf for job in going] == [made.printed[kind].pdf for kind in KINDS]


@pytest.mark.parametrize(
    ("both", "runs", "wanted"),
    [
        (False, [(2, 1), (3, 1)], [(range(5), 1)]),
        (False, [(2, 1), (3, 9), (1, 9)], [(range(2), 1), (range(2, 6), 9)]),
        (True, [(1, 1), (2, 9), (1, 9)], [(range(1), 1), (range(2, 5), 9)]),
        (False, [(2, 0), (3, 1)], [(range(2, 5), 1)]),
        (False, [], []),
    ],
)
def test_pages_that_are_as_often_needed_go_out_together(
    both: bool, runs: list[tuple[int, int]], wanted: list[tuple[range, int]]
) -> None:
    assert list(jobs.batches([Run(*run) for run in runs], both_sides=both)) == wanted


def test_closing_while_pages_are_made_ends_quietly(open_window: OpenWindow) -> None:
    window = open_window("statement")
    controller = window.workshop.controller
    controller.document.open(WORKSHOP, None)
    controller.print_window()
    assert controller.printing is not None
    controller.printing.close()
    assert controller.printing is None
    controller.print_window()
    window.close()


# -- The view of pages ---------------------------------------------------------------------------------------


@pytest.fixture
def view(qtbot: QtBot, book: Handbook, set_once: None) -> PagesView:
    """Eight pages or so."""
    made = PagesView(LIGHT)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.close_document())
    made.resize(700, 600)
    with qtbot.waitActive(made):
        made.show()
    made.show_document(Document(typeset.to_pdf(book, Handout(("statement", "then-and-now")))))
    qtbot.waitUntil(lambda: 0 in made.preview.drawn)
    return made


def test_thumbnails_lead_to_pages_and_follow_them(view: PagesView, qtbot: QtBot) -> None:
    view.thumbnails.chosen.emit(3)
    assert view.preview.page == 3
    assert view.number.value() == 4
    view.thumbnails.setFocus()
    qtbot.keyClick(view.thumbnails, Qt.Key.Key_Down)
    assert view.preview.page == 4
    qtbot.keyClick(view.thumbnails, Qt.Key.Key_End)
    assert view.preview.page == view.preview.pages - 1
    qtbot.waitUntil(lambda: view.preview.page in view.thumbnails.drawn)
    assert view.preview.accessibleDescription() == f"Page {view.preview.pages} of {view.preview.pages}"


def test_a_click_on_a_small_page_goes_there(view: PagesView, qtbot: QtBot) -> None:
    box = view.thumbnails._box(2)
    qtbot.mouseClick(view.thumbnails.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert view.preview.page == 2


def test_zooming_stays_at_the_page_and_within_bounds(view: PagesView, qtbot: QtBot) -> None:
    view.show_page(2)
    wide = view.preview.scale
    for _ in range(30):
        qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.preview.scale == LARGEST
    assert view.preview.page == 2
    assert view.preview.horizontalScrollBar().maximum() > 0
    qtbot.waitUntil(lambda: 2 in view.preview.drawn)
    for _ in range(30):
        view.preview.zoom(0.5)
    assert view.preview.scale == SMALLEST
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.preview.scale == pytest.approx(wide, rel=0.1)
    qtbot.keyClick(view, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    box = view.preview._box(view.preview.page)
    assert box.height() <= view.preview.viewport().height()


def test_the_wheel_with_control_zooms(view: PagesView) -> None:
    before = view.preview.scale
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    view.preview.wheelEvent(event)
    assert view.preview.scale > before


def test_a_page_number_is_gone_to(view: PagesView) -> None:
    view.number.setValue(3)
    assert view.preview.page == 2


def test_another_document_leaves_the_view_where_it_was(view: PagesView, qtbot: QtBot, book: Handbook) -> None:
    view.show_page(2)
    view.show_document(Document(typeset.to_pdf(book, Handout(("then-and-now", "statement")))))
    assert view.preview.page == 2
    qtbot.waitUntil(lambda: 2 in view.preview.drawn)


def test_every_control_has_a_name(opened: Open) -> None:
    _, window = opened(WORKSHOP)
    for box in window.findChildren(QCheckBox):
        assert box.text() or box.accessibleName()
    from PySide6.QtWidgets import QComboBox, QSpinBox, QToolButton

    for kind in (QComboBox, QToolButton):
        for widget in window.findChildren(kind):
            if not widget.objectName().startswith("qt_"):
                assert widget.accessibleName(), widget
    assert all(spin.accessibleName() or spin is window.participants for spin in window.findChildren(QSpinBox))
