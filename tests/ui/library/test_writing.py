"""A folder that is being written: the page follows what is saved, faults stand above it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Fault
from handbook.content.loading import load
from handbook.ui.library.faults_bar import FaultsBar, FaultsDialog
from handbook.ui.main_window import MainWindow
from tests.helpers import write

TEXT = "# Rooms\n\n" + "".join(f"## Room {n}\n\nWords about room {n}.\n\n" for n in range(60))
FAULTY = TEXT.replace("Words about room 40.", "Words about [a room](nowhere).")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "manual", {"rooms.md": TEXT, "tea.md": "# Tea\n\nWater.\n"})


@pytest.fixture
def window(open_window: Callable[..., MainWindow], home: Paths, folder: Path) -> MainWindow:
    made = open_window("rooms", book=load(folder), at=home.with_(content=folder))
    assert made.writing is not None
    return made


def is_shown(window: MainWindow, words: str) -> bool:
    return words in window.reader.toPlainText()


def test_no_other_handbook_is_watched(open_window: Callable[..., MainWindow]) -> None:
    assert open_window().writing is None


def test_the_page_is_renewed_at_its_place_when_its_file_is_saved(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    window.open_address("rooms#room-30")
    assert "Room 30" in window.path.words()
    (folder / "rooms.md").write_text(TEXT.replace("room 31.", "room 31, which is new.") + "## Cellar\n\nDark.\n")
    qtbot.waitUntil(lambda: "which is new" in window.reader.toPlainText())
    assert window.address == "rooms#room-30"
    assert window.handbook.find("rooms#cellar") is not None
    (folder / "attic.md").write_text("# Attic\n\nDust.\n")
    qtbot.waitUntil(lambda: window.handbook.find("attic") is not None)
    window.open_address("attic")
    assert "Dust" in window.reader.toPlainText()


def test_an_editor_that_replaces_the_file_is_followed_twice(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    for version in ("the first", "the second"):
        (folder / "new").write_text(TEXT.replace("room 0.", f"room 0, {version}."))
        (folder / "new").replace(folder / "rooms.md")
        qtbot.waitUntil(partial(is_shown, window, version))


def test_the_index_is_that_of_the_new_text(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    search = window.searching
    for word in ("water", "zeppelin"):
        if word == "zeppelin":
            (folder / "tea.md").write_text("# Tea\n\nNo water: a zeppelin.\n")
            qtbot.waitUntil(lambda: "zeppelin" in "\n".join(window.handbook.chapters["tea"].lines))
        search.ask(word)
        qtbot.waitUntil(lambda: not search.waiting)
        assert [hit.address for hit in search.hits.hits] == ["tea"]


def test_faults_stand_above_the_page_and_lead_to_their_place(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    assert window.writing is not None
    bar = window.writing.bar
    assert bar.isHidden()
    (folder / "rooms.md").write_text(FAULTY)
    qtbot.waitUntil(bar.isVisible)
    assert bar.label.text().startswith("Fault 1 of 1 on this page, line 165: link to 'nowhere' leads nowhere")
    bar.go.click()
    assert window.reader.place == "room-40"
    assert window.reader.textCursor().block().text() == "Words about a room."
    window.open_address("tea")
    assert bar.label.text() == "No fault on this page, 1 in other files."
    (folder / "rooms.md").write_text(TEXT)
    qtbot.waitUntil(bar.isHidden)


def test_the_list_of_all_faults_leads_to_one(
    window: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.writing is not None
    bar = window.writing.bar
    (folder / "rooms.md").write_text(FAULTY)
    (folder / "tea.md").write_text("# Tea\n\n[Water](well).\n\n[Sugar](shop).\n")
    qtbot.waitUntil(lambda: len(bar._all) == 3)
    monkeypatch.setattr(FaultsDialog, "exec", lambda dialog: dialog.list.setCurrentRow(2) or True)
    bar.show_all()
    assert window.address == "tea"
    bar.next.click()
    assert bar.label.text().startswith("Fault 2 of 2 on this page, line 5:")


def test_a_folder_that_cannot_be_read_keeps_the_page(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    assert window.writing is not None
    bar = window.writing.bar
    qtbot.waitUntil(lambda: window.writing is not None and bool(window.writing._live._watcher.files()))
    for file in folder.iterdir():
        file.unlink()
    qtbot.waitUntil(bar.isVisible)
    assert str(folder) in bar.label.text()
    assert "Words about room 3" in window.reader.toPlainText()
    (folder / "rooms.md").write_text(TEXT)
    qtbot.waitUntil(bar.isHidden)


def test_the_buttons_of_the_faults_give_way_to_the_words_on_a_narrow_page(qtbot: QtBot) -> None:
    bar = FaultsBar()
    qtbot.addWidget(bar)
    bar.show_faults((Fault("rooms.md", 3, "link leads nowhere. " * 3),) * 2, ())
    bar.resize(1200, 80)
    qtbot.waitUntil(lambda: bar.go.mapTo(bar, bar.go.rect().topLeft()).x() > bar.label.geometry().right())
    bar.resize(bar.minimumSizeHint().width() + 40, 200)
    qtbot.waitUntil(lambda: bar.go.mapTo(bar, bar.go.rect().topLeft()).y() >= bar.label.geometry().bottom())


def test_a_folder_that_is_renamed_is_told_and_followed_when_it_is_there_again(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    assert window.writing is not None
    bar, live = window.writing.bar, window.writing._live
    qtbot.waitUntil(lambda: str(folder) in live._watcher.directories())
    folder.rename(folder.with_name("elsewhere"))
    qtbot.waitUntil(bar.isVisible)
    assert bar.label.text() == f"The folder '{folder}' is not there any more. What you read here is as it was."
    window.open_address("tea")
    assert "Water." in window.reader.toPlainText()
    assert bar.isVisible()
    write(folder, {"rooms.md": TEXT, "tea.md": "# Tea\n\nMilk.\n"})  # another folder of that name
    qtbot.waitUntil(partial(is_shown, window, "Milk."))
    qtbot.waitUntil(bar.isHidden)
    (folder / "tea.md").write_text("# Tea\n\nSugar.\n")
    qtbot.waitUntil(partial(is_shown, window, "Sugar."))


def test_a_folder_above_that_is_renamed_is_told(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    assert window.writing is not None
    bar, live = window.writing.bar, window.writing._live
    qtbot.waitUntil(lambda: str(folder) in live._watcher.directories())
    inner = folder.parent
    inner.rename(inner.with_name(inner.name + "-moved"))
    qtbot.waitUntil(bar.isVisible)
    inner.with_name(inner.name + "-moved").rename(inner)
    qtbot.waitUntil(bar.isHidden)
