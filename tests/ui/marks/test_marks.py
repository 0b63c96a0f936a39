"""Marks in the window: made, seen, listed, undone, kept, carried, forgotten."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from handbook.base import atomic_file
from handbook.base.paths import Paths
from handbook.marks import FILE, file
from handbook.marks.model import Mark
from handbook.ui.main_window import MainWindow
from handbook.ui.marks.marks_window import MarksWindow
from tests.ui.conftest import OpenWindow

Key = Qt.Key


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("glossary#consent")


def select(window: MainWindow, words: str) -> None:
    cursor = window.reader.document().find(words)
    assert not cursor.isNull()
    window.reader.setTextCursor(cursor)


def saved(window: MainWindow, qtbot: QtBot) -> tuple[Mark, ...]:
    qtbot.waitUntil(lambda: not window.marks._saving.busy)
    return file.read(window.paths.data / FILE)


def highlighted(window: MainWindow) -> list[str]:
    return [one.cursor.selectedText() for one in window.reader.extraSelections()]


def test_a_bookmark_is_set_and_taken_away_by_the_same_key(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    (mark,) = saved(window, qtbot)
    assert (mark.kind, mark.address, mark.title) == ("bookmark", "glossary#consent", "Consent")
    assert window.statusBar().currentMessage() == "Bookmark: Consent"
    qtbot.keyClick(window, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert saved(window, qtbot) == ()


def test_words_are_highlighted_and_seen_again(window: MainWindow, open_window: OpenWindow, qtbot: QtBot) -> None:
    select(window, "one of the means was used")
    window.reader.setFocus()
    qtbot.keyClick(window.reader, Key.Key_H)
    (mark,) = saved(window, qtbot)
    assert mark.quote == "one of the means was used"
    assert "one of the means was used" in highlighted(window)
    window.open_address("statement")
    assert highlighted(window) == []
    window.open_address("glossary#consent")
    assert "one of the means was used" in highlighted(window)
    again = open_window("glossary#consent")
    qtbot.waitUntil(lambda: "one of the means was used" in highlighted(again))


def test_marks_that_another_window_made_are_on_a_page_that_was_open_before(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    waiting = open_window("glossary#consent")
    other = open_window("glossary#consent")
    select(other, "one of the means was used")
    other.marks.highlight("glossary#consent")
    saved(other, qtbot)
    assert highlighted(waiting) == []
    waiting.own_marks.show_list()
    qtbot.waitUntil(lambda: "one of the means was used" in highlighted(waiting))


def test_the_four_looks_differ_by_more_than_colour(window: MainWindow) -> None:
    seen: set[QTextCharFormat.UnderlineStyle] = set()
    for _ in range(4):
        select(window, "one of the means was used")
        window.marks.highlight("glossary#consent")
        (selection,) = window.reader.extraSelections()
        seen.add(selection.format.underlineStyle())
    assert len(seen) == 4
    assert len(window.marks.marks) == 1


def test_nothing_selected_is_told(window: MainWindow) -> None:
    window.reader.setTextCursor(QTextCursor(window.reader.document()))
    assert window.marks.highlight("glossary#consent") is None
    assert window.statusBar().currentMessage() == "Select words first: they are highlighted."
    window.marks.bookmark("")
    assert "Open a chapter first" in window.statusBar().currentMessage()


def test_a_note_to_selected_words_and_to_a_section(window: MainWindow) -> None:
    select(window, "one of the means was used")
    window.marks.note("glossary#consent", lambda *_: "Ask the group")
    assert [(one.kind, one.note) for one in window.marks.marks] == [("highlight", "Ask the group")]
    window.marks.note("glossary#consent", lambda *_: None)
    assert len(window.marks.marks) == 1
    window.reader.setTextCursor(QTextCursor(window.reader.document()))
    window.marks.note("glossary#consent", lambda about, _: f"{about}!")
    assert window.marks.marks[-1].note == "Consent!"
    window.marks.undo()
    assert len(window.marks.marks) == 1


def test_other_pages_letters_before_the_words_do_not_shift_them(window: MainWindow) -> None:
    window.open_address("statement")
    select(window, "trafficked persons")
    window.marks.highlight("statement")
    assert highlighted(window)[0] == "trafficked persons"
    window.look_commands.zoom(1)
    assert highlighted(window)[0] == "trafficked persons"


def listed(window: MainWindow) -> MarksWindow:
    window.own_marks.show_list()
    found = window.findChild(MarksWindow)
    assert isinstance(found, MarksWindow)
    return found


def lines(window: MarksWindow) -> list[str]:
    return [window.list.item(row).text() for row in range(window.list.count())]


def test_the_list_is_searched_opened_changed_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    window.marks.bookmark("statement#r3")
    window.marks.bookmark("glossary#consent")
    marks = listed(window)
    assert len(lines(marks)) == 2
    assert "Respect" in lines(marks)[0]
    qtbot.keyClicks(marks.search, "consent")
    assert len(lines(marks)) == 1
    qtbot.keyClicks(marks.search, "qqq")
    assert marks.told.text() == "No mark has “consentqqq”."
    marks.search.clear()
    marks.list.setCurrentRow(0)
    marks.list.setFocus()
    qtbot.keyClick(marks.list, Key.Key_Return)
    assert window.address == "statement#r3"
    marks.activateWindow()
    qtbot.waitUntil(marks.isActiveWindow)
    marks.list.setFocus()
    marks.list.setCurrentRow(0)
    qtbot.keyClick(marks.list, Key.Key_Delete)
    assert len(lines(marks)) == 1
    window.marks.undo()
    assert len(lines(marks)) == 2


def test_a_mark_whose_words_are_gone_is_kept_and_told(window: MainWindow, qtbot: QtBot) -> None:
    gone = Mark("highlight", "glossary#consent", "Consent", "words that stood here in an earlier edition of the book")
    window.marks._put((gone, Mark("bookmark", "gone#x", "Gone")))
    marks = listed(window)
    qtbot.waitUntil(lambda: all("not found any more" in line for line in lines(marks)))
    marks.list.setCurrentRow(0)
    marks._open()
    assert "kept" in marks.told.text()
    assert len(window.marks.marks) == 2


def test_marks_are_exported_carried_and_taken_in(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.marks.bookmark("statement#r3")
    marks = listed(window)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    marks._export()
    assert "statement#r3" in (tmp_path / "out.md").read_text("utf-8")
    marks._carry()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "out.json"), ""))
    marks._take_in()
    assert marks.told.text() == "0 marks taken in."
    undo = next(button for button in marks.findChildren(QPushButton) if button.accessibleName() == "Undo")
    assert undo.isEnabled()
    window.marks.remove({one.id for one in window.marks.marks})
    marks._take_in()
    assert len(lines(marks)) == 1
    (tmp_path / "out.json").write_bytes(b"{}")
    marks._take_in()
    assert "can't be used as a file of marks" in marks.told.text()
    assert len(lines(marks)) == 1


def test_marks_that_are_not_kept_leave_no_file(window: MainWindow, qtbot: QtBot) -> None:
    window.marks.bookmark("statement#r3")
    saved(window, qtbot)
    window._actions["keep_marks"].trigger()
    assert not (window.paths.data / FILE).exists()
    window.marks.bookmark("statement#r1")
    assert len(window.marks.marks) == 2
    assert not (window.paths.data / FILE).exists()
    window._actions["keep_marks"].trigger()
    assert len(saved(window, qtbot)) == 2


def test_clearing_removes_the_marks(window: MainWindow, qtbot: QtBot) -> None:
    window.marks.bookmark("statement#r3")
    saved(window, qtbot)
    window.clearing.forget()
    assert not (window.paths.data / FILE).exists()


def test_a_damaged_file_is_told_and_kept(open_window: OpenWindow, home: Paths, qtbot: QtBot) -> None:
    home.data.mkdir(parents=True)
    (home.data / FILE).write_bytes(b"{")
    window = open_window("glossary#consent", at=home)
    qtbot.waitUntil(lambda: "marks damaged" in window.notice.text)
    assert [path.read_bytes() for path in home.data.glob("marks damaged *.json")] == [b"{"]


def test_the_marks_of_the_day_before_are_told_where_they_took_the_place_of_a_damaged_file(
    open_window: OpenWindow, home: Paths, qtbot: QtBot
) -> None:
    home.data.mkdir(parents=True)
    file.save([Mark("bookmark", "glossary#consent", "Consent")], home.data)
    (home.data / FILE).rename(home.data / file.YESTERDAY)
    (home.data / FILE).write_bytes(b"{")
    window = open_window("glossary#consent", at=home)
    qtbot.waitUntil(lambda: "Your marks are those of the copy of the day before." in window.notice.text)
    assert [mark.address for mark in window.marks.marks] == ["glossary#consent"]


def test_a_file_that_was_damaged_while_the_window_was_open_is_told_as_begun_anew(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.marks.bookmark("statement#r3")
    saved(window, qtbot)
    (window.paths.data / FILE).write_bytes(b"{")
    window.marks.bookmark("statement#r2")
    qtbot.waitUntil(lambda: "a new one is begun" in window.notice.text)  # with the marks of now, not those of a copy
    assert {mark.address for mark in saved(window, qtbot)} == {"statement#r3", "statement#r2"}


def test_marks_that_may_not_be_written_are_told_without_another_folder_to_choose(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    with monkeypatch.context() as system:
        system.setattr(atomic_file, "_write", refused)
        window.marks.bookmark("statement#r3")
        qtbot.waitUntil(lambda: "can't be kept" in window.notice.text)
    assert "They stay until the window is closed." in window.notice.text
    assert "another folder" not in window.notice.text
    assert [mark.address for mark in window.marks.marks] == ["statement#r3"]


def no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, "full")


def test_marks_that_could_not_be_kept_are_written_at_the_end_where_there_is_room_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(atomic_file, "_write", no_room)
        window.marks.bookmark("statement#r3")
        qtbot.waitUntil(lambda: "can't be kept" in window.notice.text)
    assert window.close()
    assert [mark.address for mark in file.read(window.paths.data / FILE)] == ["statement#r3"]


def test_marks_that_could_not_be_kept_are_written_when_there_is_room_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.marks._again.setInterval(50)
    tried: list[object] = []

    def no_room_yet(*given: object) -> None:
        tried.append(given)
        no_room()

    with monkeypatch.context() as full:
        full.setattr(atomic_file, "_write", no_room_yet)
        window.marks.bookmark("statement#r3")
        qtbot.waitUntil(lambda: "can't be kept" in window.notice.text)
        window.notice._next()
        qtbot.waitUntil(lambda: len(tried) > 3)
        assert not window.notice.text, "it was put away, and is told once"
        window.notice.show_notice(window.marks._complaint)
    qtbot.waitUntil(lambda: not window.notice.text)
    assert [mark.address for mark in file.read(window.paths.data / FILE)] == ["statement#r3"]


@pytest.mark.parametrize("is_told", [True, False])
def test_a_window_is_not_closed_unasked_over_marks_that_cannot_be_kept(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, is_told: bool
) -> None:
    asked: list[str] = []

    def stay(box: QMessageBox) -> int:
        asked.append(box.text())
        return QMessageBox.StandardButton.Cancel.value

    monkeypatch.setattr(QMessageBox, "exec", stay)
    with monkeypatch.context() as full:
        full.setattr(atomic_file, "_write", no_room)
        window.marks.bookmark("statement#r3")
        if is_told:
            qtbot.waitUntil(lambda: "can't be kept" in window.notice.text)
        assert not window.close()
    assert "can't be kept" in asked[0]
    assert "Without saving they are lost." in asked[0]
    window.marks.bookmark("statement#r2")
    assert [mark.address for mark in saved(window, qtbot)] == ["statement#r3", "statement#r2"]
    assert window.close()
    assert len(asked) == 1


def test_a_window_is_closed_over_marks_that_cannot_be_kept_where_the_person_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _: QMessageBox.StandardButton.Yes.value)
    monkeypatch.setattr(atomic_file, "_write", no_room)
    window.marks.bookmark("statement#r3")
    assert window.close()


def test_marks_are_not_on_what_is_shown_to_the_room(window: MainWindow, qtbot: QtBot) -> None:
    window.marks.bookmark("glossary#consent")
    qtbot.keyClick(window, Key.Key_F5)
    show = window.room.show
    assert show is not None
    assert "Bookmark" not in show.window.accessibleDescription()
    show.end()


def test_thousands_of_marks_are_listed_by_and_by_with_the_choice_kept(window: MainWindow, qtbot: QtBot) -> None:
    many = tuple(Mark("highlight", "glossary#consent", "Consent", f"Saying yes {n}", note=str(n)) for n in range(1000))
    window.marks._put(many)
    marks = listed(window)
    assert 0 < marks.list.count() < 1000
    qtbot.waitUntil(lambda: marks.list.count() == 1000)
    marks.list.setCurrentRow(999)
    chosen = marks._chosen()
    marks.refresh()
    qtbot.waitUntil(lambda: marks.list.count() == 1000)
    assert marks._chosen() == chosen
    assert marks.told.text() == "1000 marks"


def test_two_windows_see_each_others_marks_and_undo_only_their_own(
    window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    assert not window.marks.marks
    other = open_window("statement")
    other.marks.bookmark("statement")
    saved(other, qtbot)
    window.marks.bookmark("glossary#consent")
    saved(window, qtbot)
    assert {mark.address for mark in window.marks.marks} == {"statement", "glossary#consent"}
    window.marks.undo()
    assert [mark.address for mark in saved(window, qtbot)] == ["statement"]


def test_marks_that_are_being_written_are_forgotten_all_the_same(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, begun, may_go_on = atomic_file.save, threading.Event(), threading.Event()

    def slow(data: bytes, path: Path) -> bool:
        begun.set()
        may_go_on.wait(10)
        return write(data, path)

    monkeypatch.setattr(atomic_file, "save", slow)
    window.marks.bookmark("glossary#consent")
    assert begun.wait(10)
    threading.Timer(0.2, may_go_on.set).start()
    window.marks.keep(kept=False)
    window.marks._saving.close(10)
    assert not (window.paths.data / FILE).exists()
