"""Several handbooks in one window: searching in all of them, reading on in another one, and back."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handbook.base import catalogue, spoken
from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.library.pack import Manifest
from handbook.library.shelf import Library
from handbook.search.index import build_index, cache_folder
from handbook.ui import settings
from handbook.ui.library import another_window
from handbook.ui.main_window import MainWindow
from handbook.ui.searching import index_processes
from handbook.ui.searching.index_processes import AT_ONCE, IndexProcesses
from handbook.workshop import file, model
from handbook.workshop.model import Workshop
from tests.helpers import write
from tests.ui.conftest import OpenWindow

ARRIVAL = "# Arrival\n\nThe first night: ask about safety.\n\n## Kitchen rota\n\nThe kitchen rota hangs in the hall.\n"
COURT = "# Court\n\nThe lawyer asks for a kitchen rota too.\n"


@pytest.fixture
def library(home: Paths, tmp_path: Path) -> Library:
    """Two handbooks beside our own."""
    made = Library(home.data)
    made.add(write(tmp_path / "a", {"arrival.md": ARRIVAL}), Manifest("shelter", "Shelter manual"))
    made.add(write(tmp_path / "b", {"court.md": COURT}), Manifest("legal", "Legal aid"))
    return made


@pytest.fixture
def window(open_window: OpenWindow, book: Handbook, library: Library) -> MainWindow:
    others = library.others(lambda: book)
    return open_window(book=book.with_(others=others))


def in_all(window: MainWindow, qtbot: QtBot, words: str) -> None:
    """Search in all handbooks and wait until each has answered."""
    search = window.searching
    search.field.setFocus()
    qtbot.keyClicks(search.field, words)
    qtbot.waitUntil(lambda: not search.waiting)
    qtbot.mouseClick(search.chips.all_handbooks, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not search.every.said and not search.waiting)


def addresses(window: MainWindow) -> list[str]:
    return [hit.address for hit in window.searching.hits.hits]


def test_the_choice_is_there_only_beside_other_handbooks(open_window: OpenWindow) -> None:
    window = open_window()
    window.searching.enter()
    chips = window.searching.chips
    assert chips.all_handbooks not in chips.chips
    assert chips.all_handbooks.isHidden()


def test_hits_of_all_say_whose_they_are_and_open_in_their_handbook(window: MainWindow, qtbot: QtBot) -> None:
    in_all(window, qtbot, "kitchen rota")
    assert addresses(window)[:2] == ["shelter:arrival#kitchen-rota", "legal:court"]
    assert [hit.path[0] for hit in window.searching.hits.hits[:2]] == ["Shelter manual", "Legal aid"]
    qtbot.keyClick(window.searching.field, Qt.Key.Key_Return)
    assert window.address == "shelter:arrival#kitchen-rota"
    assert window.windowTitle() == "Arrival - Shelter manual"
    assert window.path.words() == "Shelter manual › Pages › Arrival › Kitchen rota"
    assert window.contents.model().rowCount() == 1
    assert addresses(window)[:2] == ["shelter:arrival#kitchen-rota", "legal:court"]  # the hits stay


def test_the_choice_is_remembered_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    in_all(window, qtbot, "kitchen rota")
    search = window.searching
    assert window.store.read(settings.ALL_HANDBOOKS)
    assert search.chips.all_handbooks.isChecked()
    assert not search.chips.this_handbook.isChecked()
    qtbot.mouseClick(search.chips.this_handbook, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not search.waiting)
    assert not any(":" in address for address in addresses(window))
    assert not window.store.read(settings.ALL_HANDBOOKS)


def test_a_query_kept_to_a_part_is_for_the_handbook_that_is_read(window: MainWindow, qtbot: QtBot) -> None:
    in_all(window, qtbot, "kitchen rota")
    search = window.searching
    search.ask("in:training rota")
    qtbot.waitUntil(lambda: not search.waiting)
    assert not any(":" in address for address in addresses(window))
    assert search.chips.this_handbook.isChecked()
    qtbot.mouseClick(search.chips.all_handbooks, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not search.waiting)
    assert search.field.text() == "rota"
    assert "legal:court" in addresses(window)


def test_where_nothing_is_found_the_search_in_all_is_offered(window: MainWindow, qtbot: QtBot) -> None:
    search = window.searching
    search.field.setFocus()
    qtbot.keyClicks(search.field, "rotas in:statement")
    qtbot.waitUntil(lambda: not search.waiting)
    panel = search.hits
    assert panel.count.text() == "Nothing found"
    assert "Search all handbooks" in panel.nothing.text()
    panel.nothing.linkActivated.emit("all:")
    qtbot.waitUntil(lambda: not search.every.said and not search.waiting)
    assert search.chips.all_handbooks.isChecked()
    assert "legal:court" in addresses(window)
    search.ask("zzgrmpf")
    qtbot.waitUntil(lambda: not search.waiting)
    assert panel.count.text() == "Nothing found"
    assert "all handbooks" not in panel.nothing.text()  # they were searched


def test_alone_no_other_handbooks_are_offered(open_window: OpenWindow, qtbot: QtBot) -> None:
    search = open_window().searching
    search.field.setFocus()
    search.ask("zzgrmpf")
    qtbot.waitUntil(lambda: not search.waiting)
    assert search.hits.count.text() == "Nothing found"
    assert "all handbooks" not in search.hits.nothing.text()


def test_back_leads_to_the_handbook_before_with_its_contents(window: MainWindow, qtbot: QtBot) -> None:
    own = window.contents
    window.open_address("statement")
    window.open_address("shelter:")
    assert "Arrival" in window.reader.toPlainText()
    assert window.contents is not own
    window._actions["back"].trigger()
    assert window.address.startswith("statement")
    assert window.contents is own
    assert own.isVisible()
    window._actions["forward"].trigger()
    window._actions["start_page"].trigger()
    assert window.address == "shelter:"


def test_the_start_page_lists_the_others_and_opens_them(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Other handbooks: Legal aid · Shelter manual · All handbooks…" in window.reader.toPlainText()
    window.links.follow("handbook:shelter")
    assert window.address == "shelter:"
    assert "Other handbooks: Field Handbook · Legal aid" in window.reader.toPlainText()
    window.links.follow("handbook:")
    assert window.address == ""
    started: list[list[str]] = []
    monkeypatch.setattr(another_window, "open_another", started.append)
    window.links.follow_beside("handbook:legal")
    assert (started, window.address) == ([["legal:"]], "")


def test_a_handbook_that_was_replaced_or_removed_is_another_one(
    window: MainWindow, library: Library, tmp_path: Path
) -> None:
    window.open_address("shelter:arrival")
    window.open_address("")
    newer = Manifest("shelter", "Shelter manual", version="2")
    library.add(write(tmp_path / "c", {"arrival.md": "# Arrival\n\nAnother text.\n"}), newer)
    window.open_address("shelter:arrival")
    assert "Another text." in window.reader.toPlainText()
    window.open_address("")
    library.remove("shelter")
    window.open_address("shelter:arrival")
    assert window.address == ""


def test_from_a_handbook_that_was_removed_there_is_a_way_back(window: MainWindow, library: Library) -> None:
    window.open_address("shelter:")
    library.remove("shelter")
    library.remove("legal")
    window.navigation.renew()  # the page is made anew
    assert "Other handbooks: Field Handbook" in window.reader.toPlainText()
    window.links.follow("handbook:")
    assert window.address == ""


def test_an_index_is_made_by_a_process_that_tells_how_far_it_is(home: Paths, library: Library, qtbot: QtBot) -> None:
    processes = IndexProcesses()
    with qtbot.waitSignals([processes.made, processes.made]):
        for name in ("shelter", "legal"):
            processes.want(name)
        assert len(processes.percent) <= AT_ONCE
    assert (home.cache / "index-shelter" / "handbook_index.json").is_file()
    assert not processes.percent


def test_a_process_that_is_killed_leaves_the_index_as_it_was(home: Paths, library: Library, qtbot: QtBot) -> None:
    shelter = library.read("shelter")
    folder = cache_folder(home.cache, shelter)
    build_index(shelter, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    processes = IndexProcesses()
    processes.want("shelter")
    processes.stop()
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_an_index_that_cannot_be_kept_is_said(home: Paths, library: Library, qtbot: QtBot) -> None:
    home.cache.write_text("in the way of the folder")
    processes = IndexProcesses()
    processes.want("shelter")
    qtbot.waitUntil(lambda: "shelter" in processes.failed)
    assert "can't be written" in processes.failed["shelter"]


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("os.kill(os.getpid(), 9)", "the system stopped the process that does it, most likely as memory was short"),
        ("os.abort()", "the process that does it broke off, most likely as it needs too much memory"),
        ("{}['x']", "the process that does it ended without saying why"),  # its traceback is for nobody
    ],
)
def test_how_a_process_ended_is_told_in_words(
    end: str, said: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    command = [sys.executable, "-c", f"import os; {end}"]
    monkeypatch.setattr(index_processes, "own_command", lambda *_: (command, dict(os.environ)))
    processes = IndexProcesses()
    processes.want("shelter")
    qtbot.waitUntil(lambda: "shelter" in processes.failed)
    assert processes.failed["shelter"] == said


def test_an_index_is_made_of_the_handbook_in_the_language_of_the_window(
    home: Paths, library: Library, qtbot: QtBot
) -> None:
    """Another one may have been chosen since, for the next start."""
    catalogue.use(catalogue.of("pl"), "pl")
    processes = IndexProcesses()
    processes.want("")
    assert processes._running[0].process.processEnvironment().value(spoken.VARIABLE) == "pl"
    processes.stop()


def test_an_index_that_is_missing_however_often_it_is_made_is_given_up(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun: list[str] = []

    def does_nothing(_: str, name: str) -> tuple[list[str], dict[str, str]]:
        begun.append(name)
        return [sys.executable, "-c", ""], dict(os.environ)

    monkeypatch.setattr(index_processes, "own_command", does_nothing)
    every = window.searching.every
    every.look()
    every.prepare()
    qtbot.waitUntil(lambda: "can't be searched" in every.said and not every.busy)
    assert sorted(begun) == ["legal"] * 3 + ["shelter"] * 3


def test_a_handbook_that_is_gone_meanwhile_is_no_handbook(home: Paths, library: Library, qtbot: QtBot) -> None:
    processes = IndexProcesses()
    library.remove("legal")
    processes.want("legal")
    qtbot.waitUntil(lambda: "legal" in processes.failed)
    assert "no handbook 'legal'" in processes.failed["legal"]


def test_a_workshop_keeps_the_passages_of_a_handbook_that_was_removed(
    window: MainWindow, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "day.workshop"
    items = tuple(model.passage(window.handbook, address) for address in ("statement#r2", "shelter:arrival"))
    file.save(Workshop("Day", items=items), path)
    library.remove("shelter")
    controller = window.workshop.controller
    assert controller.open_file(path)
    assert "has passages of the handbook 'shelter', which is not among yours" in window.notice.text
    assert "'Arrival' is in the handbook 'shelter'" in controller.panel.offer.text.text()
    assert "In the handbook 'shelter', which is not among yours" in controller.panel.model.rows[1].warning
    assert controller.save()
    assert file.read(path).workshop.items == items


def leave_at(address: str, home: Paths) -> None:
    """Keep an address as the place where reading stopped."""
    store = settings.Store(home.config)
    store.write(settings.LAST_ADDRESS, address)
    store.save()


def test_a_handbook_of_the_library_opens_at_its_own_start(
    open_window: OpenWindow, home: Paths, book: Handbook, library: Library
) -> None:
    leave_at("statement#r2", home)
    shelter = library.others(lambda: book)("shelter")
    assert shelter is not None
    window = open_window(book=shelter)
    assert (window.address, window.windowTitle()) == ("shelter:", "Shelter manual")
    assert "First steps" not in window.reader.toPlainText()
    window.open_address("statement#r2")
    assert window.contents.model().rowCount() > 1


def test_reading_goes_on_in_the_handbook_where_it_stopped(
    open_window: OpenWindow, home: Paths, book: Handbook, library: Library
) -> None:
    leave_at("shelter:arrival", home)
    window = open_window(book=book.with_(others=library.others(lambda: book)))
    assert (window.address, window.contents.model().rowCount()) == ("shelter:arrival", 1)


def test_from_another_handbook_ours_is_found_too(
    open_window: OpenWindow, book: Handbook, library: Library, qtbot: QtBot
) -> None:
    shelter = library.others(lambda: book)("shelter")
    assert shelter is not None
    window = open_window(book=shelter)
    in_all(window, qtbot, "root causes")
    assert "statement#r2" in addresses(window)
    hit = next(one for one in window.searching.hits.hits if one.address == "statement#r2")
    assert hit.path[0] == "Field Handbook"
    window.searching.open_hit("statement#r2")
    assert window.windowTitle().endswith("Field Handbook")
    assert window._actions["back"].isEnabled()
