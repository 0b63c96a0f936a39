"""What is damaged, missing, read-only or cut short: the window opens, says so, and loses nothing."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.marks import FILE as MARKS_FILE
from handbook.presenting import RUN_FILE
from handbook.search.index import Index, build_index
from handbook.search.index_builder import Gathered
from handbook.search.results import Answer, Hit
from handbook.ui import settings
from handbook.ui.main_window import MainWindow
from handbook.ui.searching.finder import Finder, Question
from handbook.ui.widgets.worker import Stale
from handbook.workshop.file import recovery_file
from tests.helpers import PATIENCE, Gate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.ui.conftest import OpenWindow, Write


def search_for(qtbot: QtBot, window: MainWindow, words: str) -> Hit | None:
    """Type into the field; the first hit."""
    window.searching.field.setFocus()
    qtbot.keyClicks(window.searching.field, words)
    qtbot.waitUntil(lambda: not window.searching.waiting)
    return window.searching.hits.current()


def notices(window: MainWindow, qtbot: QtBot) -> list[str]:
    """Every notice, put away one after the other."""
    seen: list[str] = []
    button = next(button for button in window.notice.findChildren(QAbstractButton) if button.text() == "OK")
    while window.notice.isVisible():
        seen.append(window.notice.text)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return seen


def below_a_file(tmp_path: Path) -> Path:
    """A folder that nobody can make, not even root: what should be above it is a file."""
    (tmp_path / "file").write_text("words", "utf-8")
    return tmp_path / "file" / "folder"


# -- Settings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"\xff\xfe garbage \x81", b"\x7fELF\x02\0\0\0", b"words, no settings\n"])
def test_a_damaged_settings_file_is_set_aside_and_told(
    data: bytes, open_window: OpenWindow, home: Paths, qtbot: QtBot
) -> None:
    home.config.mkdir(parents=True)
    (home.config / settings.FILE).write_bytes(data)
    window = open_window()
    (told,) = notices(window, qtbot)
    (aside,) = home.config.glob("settings damaged *.ini")
    assert aside.name in told
    assert "the usual settings" in told
    assert aside.read_bytes() == data
    window.open_address("statement#r2")
    window.close()
    assert open_window().address == "statement#r2"
    assert aside.read_bytes() == data


def test_a_settings_folder_that_cannot_be_made_stops_nothing(
    open_window: OpenWindow, home: Paths, tmp_path: Path, qtbot: QtBot
) -> None:
    at = home.with_(config=below_a_file(tmp_path))
    window = open_window("statement", at=at)
    window.look_commands.zoom(1)
    assert window.close()
    window = open_window(at=at)
    assert notices(window, qtbot) == []
    window.clearing.forget()
    assert window.close()


# -- Content ------------------------------------------------------------------------------------------------

FAULTY: dict[str, Mapping[str, str]] = {
    "unknown key": {"one.md": '+++\ncolour = "red"\n+++\n# One\n\nPoverty.\n'},
    "front matter that is no TOML": {"one.md": "+++\n= = =\n+++\n# One\n\nPoverty.\n"},
    "front matter without end": {"one.md": "+++\n# One\n\nPoverty.\n"},
    "a chapter without a file": {
        "handbook.toml": 'title = "H"\n[[parts]]\nid = "p"\ntitle = "P"\nchapters = ["one", "two"]\n',
        "one.md": "# One\n\nPoverty.\n",
    },
    "a manifest that is no TOML": {"handbook.toml": "title = \n", "one.md": "# One\n\nPoverty.\n"},
    "an anchor used twice": {"one.md": "# One\n\nPoverty.\n\n## A {#a}\n\nText.\n\n## B {#a}\n\nText.\n"},
}


@pytest.mark.parametrize("files", FAULTY.values(), ids=FAULTY)
def test_faults_of_the_content_are_told_and_the_rest_can_be_read(
    files: Mapping[str, str], open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    book = write(files)
    assert book.faults
    window = open_window("one", book=book)
    qtbot.waitUntil(window.notice.isVisible)
    assert str(book.faults[0]) in window.notice.text
    assert str(len(book.faults)) in window.notice.text
    assert "Poverty" in window.reader.toPlainText()
    hit = search_for(qtbot, window, "poverty")
    assert hit is not None


def test_all_faults_can_be_listed(open_window: OpenWindow, write: Write, qtbot: QtBot) -> None:
    book = write({"one.md": '+++\ncolour = "red"\nsize = 3\n+++\n# One\n\nText.\n', "two.md": "+++\n# Two\n"})
    window = open_window("one", book=book)
    listed: list[str] = []

    def read_and_close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        listed.extend(box.detailedText().splitlines())
        box.close()

    button = next(button for button in window.notice.findChildren(QAbstractButton) if button.text() == "Show all")
    QTimer.singleShot(0, read_and_close)  # runs when the box waits for an answer
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert listed == [str(fault) for fault in book.faults]
    assert len(listed) > 2
    assert not window.notice.isVisible()


LINKS = pytest.mark.parametrize("target", ["gone", ""], ids=["to nothing", "to itself"])


def link(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.symlink_to(target or path.name)
    except OSError:
        pytest.skip("no links can be made here")


@LINKS
def test_a_link_to_nothing_in_place_of_a_file_of_ours_is_set_aside_and_told(
    target: str, open_window: OpenWindow, home: Paths, qtbot: QtBot
) -> None:
    files = [home.config / settings.FILE, home.data / RUN_FILE, recovery_file(home.data), home.data / MARKS_FILE]
    for path in files:
        link(path, target)
    window = open_window()
    qtbot.waitUntil(lambda: window.workshop.is_made)
    qtbot.waitUntil(lambda: not files[-1].is_symlink())  # marks are read when the page was painted
    told = notices(window, qtbot)
    assert window.marks.marks == ()
    for path, said in zip(
        files,
        (
            "the usual settings. The old file is kept as",
            "it can't go on. The file is kept as",
            "can't be brought back: it is a link that leads to no file. The link is kept as",
            "The file of your marks could not be read. It is kept as",
        ),
        strict=True,
    ):
        (one,) = [text for text in told if said in text]
        assert "is a link that leads to no file" in one
        (aside,) = path.parent.glob(f"{path.stem} damaged *")
        assert aside.name in one
        assert aside.readlink() == Path(target or path.name)
    window.open_address("statement#r2")
    window.close()
    again = open_window()
    assert again.address == "statement#r2"
    assert not again.notice.text


def test_damaged_settings_and_faults_are_told_one_after_the_other(
    open_window: OpenWindow, home: Paths, write: Write, qtbot: QtBot
) -> None:
    home.config.mkdir(parents=True)
    (home.config / settings.FILE).write_bytes(b"\xff")
    window = open_window("one", book=write(FAULTY["unknown key"]))
    told = notices(window, qtbot)
    assert len(told) == 2
    assert "settings" in told[0]
    assert "colour" in told[1]


EXTREMES = {
    "one chapter with nothing in it": {"one.md": ""},
    "only headings": {"one.md": "# A\n## B\n### C\n# D\n"},
    "a heading of every level at once": {"one.md": "###### Six\n\nText.\n\n# One\n\nText.\n"},
    "a very long word": {"one.md": f"# {'W' * 5000}\n\n{'x' * 20000}\n"},
    "deep lists and quotes": {
        "one.md": "# A\n\n" + "".join("    " * n + "- item\n" for n in range(30)) + "> " * 30 + "q\n"
    },
    "raw HTML": {"one.md": "# A\n\n<script>alert(1)</script>\n\n<iframe src='x'></iframe><b>bold\n"},
    "right to left": {"one.md": "# الاتجار بالبشر\n\nالفقر والعمل.\n\n## עוני {#עוני}\n\nמילים.\n"},
    "bytes of another encoding": {"one.md": "# A\n\nText \ufffd \u0000 \u202e \u200b.\n"},
    "a wide table": {"one.md": "# A\n\n|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n|" + "b|" * 60 + "\n"},
}


@pytest.mark.parametrize("files", EXTREMES.values(), ids=EXTREMES)
def test_content_of_any_kind_is_shown(
    files: Mapping[str, str], open_window: OpenWindow, write: Write, qtbot: QtBot
) -> None:
    book = write(files)
    window = open_window("one", book=book)
    width = window.width()
    for _ in book.sections:
        qtbot.keyClick(window.reader, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    search_for(qtbot, window, "text")
    window.look_commands.zoom(1)
    window.looks.set_colours("dark")
    assert window.width() == width
    assert window.address.startswith("one")


# -- The index ----------------------------------------------------------------------------------------------


def truncated(folder: Path) -> None:
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def garbage(folder: Path) -> None:
    for number, file in enumerate(sorted(folder.iterdir())):
        file.write_bytes(bytes((number + at * 7) % 256 for at in range(3000)))


def foreign(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    (folder / "holiday.jpg").write_bytes(b"\xff\xd8\xff\xe0")


def missing(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def a_file(folder: Path) -> None:
    missing(folder)
    folder.write_text("no folder", "utf-8")


DAMAGES = [truncated, garbage, foreign, missing, a_file]


@pytest.mark.parametrize("damage", DAMAGES)
def test_search_works_whatever_is_in_the_index_folder(
    damage: Callable[[Path], None], open_window: OpenWindow, home: Paths, book: Handbook, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "shipped"
    build_index(book, folder)
    damage(folder)
    before = {file: file.read_bytes() for file in folder.rglob("*")}
    window = open_window("about", at=home.with_(index=folder))
    assert search_for(qtbot, window, "closed shelters") is not None
    assert {file: file.read_bytes() for file in folder.rglob("*")} == before  # never written where the program is
    assert notices(window, qtbot) == []  # mended: nothing the person needs to know
    Index.open(home.cache / "index", book)  # the next start finds it


@pytest.mark.parametrize("damage", [truncated, garbage, foreign])
def test_a_damaged_index_in_the_cache_is_mended(
    damage: Callable[[Path], None], open_window: OpenWindow, home: Paths, book: Handbook, tmp_path: Path, qtbot: QtBot
) -> None:
    build_index(book, home.cache / "index")
    damage(home.cache / "index")
    window = open_window("about", at=home.with_(index=tmp_path / "nowhere"))
    assert search_for(qtbot, window, "closed shelters") is not None
    Index.open(home.cache / "index", book)


def test_without_a_cache_search_works_and_a_notice_says_what_it_costs(
    open_window: OpenWindow, home: Paths, tmp_path: Path, qtbot: QtBot
) -> None:
    at = home.with_(index=tmp_path / "nowhere", cache=below_a_file(tmp_path))
    window = open_window("about", at=at)
    assert search_for(qtbot, window, "closed shelters") is not None
    (told,) = notices(window, qtbot)
    assert "can't be kept" in told
    window.searching.rebuild_index()
    qtbot.waitUntil(lambda: not window.searching.waiting)
    assert window.searching.hits.current() is not None
    assert not window.searching.busy.isVisible()
    assert any("can't be" in told for told in notices(window, qtbot))


def test_reading_goes_on_while_the_index_is_made_and_the_bar_says_so(
    open_window: OpenWindow, home: Paths, tmp_path: Path, slow: Gate, qtbot: QtBot
) -> None:
    window = open_window("about", at=home.with_(index=tmp_path / "nowhere"))
    window.searching.field.setFocus()
    qtbot.keyClicks(window.searching.field, "closed shelters")
    assert slow.reached.wait(PATIENCE)
    qtbot.waitUntil(window.searching.busy.isVisible)
    window.open_address("statement#r3")
    assert window.address == "statement#r3"
    slow.open.set()
    qtbot.waitUntil(lambda: not window.searching.waiting)
    assert window.searching.hits.current() is not None
    assert not window.searching.busy.isVisible()


def test_the_making_of_the_index_can_be_stopped_and_search_begun_again(
    open_window: OpenWindow, home: Paths, tmp_path: Path, slow: Gate, qtbot: QtBot
) -> None:
    window = open_window("about", at=home.with_(index=tmp_path / "nowhere"))
    window.searching.field.setFocus()
    qtbot.keyClicks(window.searching.field, "closed")
    assert slow.reached.wait(PATIENCE)
    qtbot.waitUntil(window.searching.busy.isVisible)
    stop = next(button for button in window.searching.busy.findChildren(QAbstractButton))
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    slow.open.set()
    qtbot.waitUntil(lambda: not window.searching.busy.isVisible() and not window.searching.waiting)
    assert not (home.cache / "index").exists()
    assert search_for(qtbot, window, " shelters") is not None
    qtbot.waitUntil(lambda: not window.searching.busy.isVisible())


# -- Closing while something is under way -------------------------------------------------------------------


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Holds the building of an index before each section until the gate is opened."""
    gate, real = Gate(), Gathered.add

    def add(gathered: Gathered, *arguments: object) -> None:
        gate.hold()
        real(gathered, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Gathered, "add", add)
    yield gate
    gate.open.set()


def searching() -> list[threading.Thread]:
    """The search threads that have not ended."""
    return [thread for thread in threading.enumerate() if thread.name == "search"]


def test_closing_while_an_index_is_made_ends_it_and_leaves_no_half(
    open_window: OpenWindow, home: Paths, tmp_path: Path, slow: Gate, qtbot: QtBot
) -> None:
    window = open_window("about", at=home.with_(index=tmp_path / "nowhere"))
    window.searching.field.setFocus()
    qtbot.keyClicks(window.searching.field, "closed shelters")
    assert slow.reached.wait(PATIENCE)
    (thread,) = searching()
    # The window closes in this thread; the work may go on once it has been told to stop.
    finder_stop = window.searching.finder.stop

    def stop_and_let_go() -> None:
        finder_stop()
        slow.open.set()

    window.searching.finder.stop = stop_and_let_go  # type: ignore[method-assign]
    assert window.close()
    assert not thread.is_alive()
    QApplication.processEvents()
    assert not (home.cache / "index").exists()
    assert not list(home.cache.rglob("*")) if home.cache.exists() else True


def test_closing_while_a_search_hangs_does_not_hang_and_its_answer_goes_nowhere(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    gate = Gate()
    real = Finder.answer

    def hang(finder: Finder, question: Question, stale: Stale) -> Answer | None:
        if question.words:
            gate.hold()
        return real(finder, question, stale)

    monkeypatch.setattr(Finder, "answer", hang)
    window = open_window("statement#r2")
    close = window.searching._runner.close
    monkeypatch.setattr(window.searching._runner, "close", lambda: close(wait=0.05))  # in place of two seconds
    window.searching.field.setFocus()
    qtbot.keyClicks(window.searching.field, "poverty")
    assert gate.reached.wait(PATIENCE)
    (thread,) = searching()
    assert window.close()
    assert thread.is_alive()
    window.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete: Qt has taken the window away
    gate.open.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    QApplication.processEvents()
    assert open_window().address == "statement#r2"  # the place was kept all the same


def test_closing_at_once_after_opening(open_window: OpenWindow) -> None:
    window = open_window()
    window.searching.enter()
    window.close()
    QApplication.processEvents()
    assert searching() == []
