"""Checking a file from a stick in the window: what is said, what may be done, and that nothing else happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from handbook.library import pack
from handbook.library.shelf import Library
from handbook.ui.help import update_dialog
from handbook.ui.help.update_dialog import MOST_NEWS, UpdateDialog, Way, news_html, way
from handbook.ui.library.handbooks_dialog import HandbooksDialog
from handbook.ui.widgets.theme import LIGHT
from handbook.updates import key, offer
from handbook.updates.offer import Kind
from tests.helpers import PATIENCE, write
from tests.ui.conftest import OpenWindow
from tests.ui.test_commands import action
from tests.updates.stick import KEY, publish

NEW = "field-handbook-99.1-windows-setup.exe"
NEWS = "field-handbook-99.1-release-notes.md"
NEW_WORDS = (
    "# 99.1\n\nNew **words** are in `a.md`.\n\n- [A guide](https://example.org/guide)\n\n"
    "![A map](file:///etc/hostname)\n\nRaw <img src='x.png'> and <a href='https://example.org'>HTML</a>.[^1]\n\n"
    "[^1]: A note.\n"
)
PROGRAM = Path("/usr/lib/field-handbook/handbook")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(key, "PUBLIC_KEY", KEY)
    monkeypatch.setattr(update_dialog, "version", lambda: "1.0.0")
    folder = write(tmp_path / "shelter", {"one.md": "# One\n\nWords.\n"})
    made = tmp_path / "shelter.handbook"
    with made.open("wb") as out:
        pack.write(folder, pack.Manifest("shelter", "Shelter", "2"), out)
    files = {
        NEW: b"MZ" * 1000,
        "field-handbook_99.1_amd64.deb": b"deb",
        "field-handbook-0.0.1-windows-setup.exe": b"old",
        "shelter.handbook": made.read_bytes(),
        NEWS: NEW_WORDS.encode(),
    }
    return publish(tmp_path / "stick", files)


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are chosen, one after the other."""
    chosen: list[Path] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chosen.pop(0)) if chosen else "", ""))
    return chosen


def told(qtbot: QtBot) -> list[str]:
    """What boxes say that come up; each is closed."""
    said: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(box.text())
            box.reject()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
    return said


def in_dialog(found: list[str], press: str = "") -> None:
    """Read the dialog that comes up, then press the button with this text, or close it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, UpdateDialog):
            QTimer.singleShot(20, look)
            return
        found.append(dialog.said.text())
        found.append(dialog.news.toPlainText() if hasattr(dialog, "news") else "")
        found.append(dialog.news.toHtml() if hasattr(dialog, "news") else "")
        found.extend(button.text() for button in dialog.findChildren(QPushButton))
        if press:
            assert dialog.act is not None
            assert press in dialog.act.text()
            dialog.act.click()
            found.append(dialog.copied.text() if dialog.copied.isVisible() else "")
        if press not in ("install", "Add"):
            dialog.reject()

    QTimer.singleShot(0, look)


@pytest.mark.parametrize(
    ("kind", "platform", "portable", "expected"),
    [
        (Kind.WINDOWS, "win32", False, Way.INSTALL),
        (Kind.WINDOWS, "win32", True, Way.ELSEWHERE),
        (Kind.WINDOWS_PORTABLE, "win32", True, Way.UNPACK),
        (Kind.WINDOWS, "linux", False, Way.ELSEWHERE),
        (Kind.DEBIAN, "linux", False, Way.PACKAGE),
        (Kind.DEBIAN, "linux", True, Way.ELSEWHERE),
        (Kind.LINUX_PORTABLE, "linux", True, Way.UNPACK),
        (Kind.LINUX_PORTABLE, "linux", False, Way.ELSEWHERE),
        (Kind.HANDBOOK, "win32", True, Way.ADD),
    ],
)
def test_what_is_to_be_done_depends_on_the_file_and_the_copy(
    kind: Kind, platform: str, portable: bool, expected: Way
) -> None:
    assert way(kind, platform, PROGRAM, portable=portable) is expected


def test_a_copy_for_everybody_is_renewed_by_an_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "ProgramFiles", "/usr/lib")
    assert way(Kind.WINDOWS, "win32", PROGRAM, portable=False) is Way.ADMINISTRATOR


def test_a_newer_version_is_shown_with_what_is_new_and_nothing_is_done(
    stick: Path, choose: list[Path], open_window: OpenWindow
) -> None:
    window = open_window()
    choose.append(stick / "field-handbook_99.1_amd64.deb")
    found: list[str] = []
    in_dialog(found)
    action(window, "check_update").trigger()
    assert "is genuine" in found[0]
    assert "version 99.1; you have" in found[0]
    assert found[1].startswith("99.1\nNew words are in a.md.\nA guide\n")
    assert "Raw <img src='x.png'> and <a href='https://example.org'>HTML</a>." in found[1]  # raw HTML is text
    assert "font-weight:700" in found[2]
    assert not re.search(r"<img|<a [^>]*href", found[2])
    assert not (window.paths.cache / offer.FOLDER).exists()


def test_of_very_much_that_is_new_the_beginning_is_shown() -> None:
    shown = news_html("- One of many.\n" * 10_000)
    assert MOST_NEWS < len(shown) < 2 * MOST_NEWS
    assert shown.endswith("<p>…</p>")
    on_one_line = news_html("Words. " * 10_000)
    assert len(on_one_line) > MOST_NEWS
    assert on_one_line.endswith("<p>…</p>")


def test_a_copy_without_a_key_says_so_before_a_file_is_chosen(
    choose: list[Path],
    open_window: OpenWindow,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    announced: list[tuple[str, object]],
) -> None:
    monkeypatch.setattr(key, "PUBLIC_KEY", "")
    choose.append(Path("never asked for"))
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    action(open_window(), "check_update").trigger()
    assert len(said) == 1
    assert "made without a key" in said[0]
    assert choose
    qtbot.wait(1)
    assert not [words for words, _ in announced if words in said]  # a screen reader reads a box that comes by itself


def test_the_command_for_a_package_is_copied(stick: Path, choose: list[Path], open_window: OpenWindow) -> None:
    window = open_window()
    choose.append(stick / "field-handbook_99.1_amd64.deb")
    found: list[str] = []
    in_dialog(found, "command")
    action(window, "check_update").trigger()
    assert found[-1] == "The command is copied."
    assert QGuiApplication.clipboard().text() == (f"cd '{stick}' && sudo apt install ./field-handbook_99.1_amd64.deb")


@pytest.mark.skipif(sys.platform != "linux", reason="a package for Debian")
@pytest.mark.parametrize(
    "name", ["a b", 'it\'s "here"', "Schlüssel ß", "at 10:30", "$HOME `x` & ; \\ [*]", "\x03x\n\x1b[201~"]
)
def test_the_command_for_a_package_works_wherever_the_stick_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(update_dialog, "way", lambda *_, **__: Way.PACKAGE)
    stick = write(tmp_path / name, {"x.deb": "a package"})
    said = write(tmp_path / "bin", {"sudo": '#!/bin/sh\necho "$@"; cat "$3"\n'}) / "sudo"
    said.chmod(0o755)
    dialog = UpdateDialog(offer.Offer(stick / "x.deb", Kind.DEBIAN, "99.1", "", ""), "", LIGHT)
    qtbot.addWidget(dialog)
    assert dialog.act is not None
    dialog.act.click()
    command = QGuiApplication.clipboard().text()
    assert command.isprintable()  # what a terminal would take for keys is not pasted
    path = f"{said.parent}:{os.environ['PATH']}"
    ran = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=True, env={"PATH": path})
    assert ran.stdout == "apt install ./x.deb\na package"


def test_an_installer_is_started_from_a_copy_and_the_window_closed(
    stick: Path, choose: list[Path], open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    monkeypatch.setattr(update_dialog, "way", lambda *_, **__: Way.INSTALL)
    started: list[tuple[Path, bytes]] = []

    def start(file: Path) -> bool:
        started.append((file, file.read_bytes()))
        return True

    monkeypatch.setattr(update_dialog, "start", start)
    choose.append(stick / NEW)
    in_dialog([], "install")
    action(window, "check_update").trigger()
    assert started == [(window.paths.cache / "updates" / NEW, b"MZ" * 1000)]
    assert not window.isVisible()


def test_an_installer_that_does_not_start_is_told_and_the_window_stays(
    stick: Path, choose: list[Path], open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = open_window()
    monkeypatch.setattr(update_dialog, "way", lambda *_, **__: Way.INSTALL)
    monkeypatch.setattr(update_dialog, "start", lambda _: False)
    choose.append(stick / NEW)
    in_dialog([], "install")
    said = told(qtbot)
    action(window, "check_update").trigger()
    assert "did not start" in said[0]
    assert window.isVisible()


def test_a_handbook_is_added_to_the_library(
    stick: Path, choose: list[Path], open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    choose.append(stick / "shelter.handbook")
    in_dialog([], "Add")
    listed: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, HandbooksDialog) and dialog.said.text() == "Added: Shelter.":
            listed.append(dialog.names.item(1).text())
            dialog.reject()
        else:
            QTimer.singleShot(20, look)

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, UpdateDialog):
            QTimer.singleShot(20, take)
        else:
            look()

    QTimer.singleShot(50, take)
    action(window, "check_update").trigger()
    assert listed == ["Shelter · version 2 · English"]
    assert [one.name for one in Library(window.paths.data).listed()] == ["shelter"]
    assert not (window.paths.cache / offer.FOLDER).exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("field-handbook-0.0.1-windows-setup.exe", "which is older than yours"),
        ("SHA256SUMS", "is not in the list"),
    ],
)
def test_what_is_refused_is_told(
    name: str, words: str, stick: Path, choose: list[Path], open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    choose.append(stick / name)
    said = told(qtbot)
    action(window, "check_update").trigger()
    assert words in said[0]
    assert window.isVisible()


def test_checking_can_be_cancelled(
    stick: Path, choose: list[Path], open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = open_window()
    ended: list[str] = []

    def endless(path: Path, own: str, key: str, step: offer.Step) -> offer.Offer:
        try:
            while True:
                step(1, 100)
        finally:
            ended.append("ended")

    monkeypatch.setattr(update_dialog, "check", endless)
    choose.append(stick / NEW)

    def cancel() -> None:
        boxes = [box for box in window.findChildren(QProgressDialog) if box.isVisible()]
        if boxes:
            qtbot.mouseClick(boxes[0].findChild(QPushButton), Qt.MouseButton.LeftButton)
        else:
            QTimer.singleShot(20, cancel)

    QTimer.singleShot(0, cancel)
    action(window, "check_update").trigger()
    qtbot.waitUntil(lambda: ended == ["ended"], timeout=int(PATIENCE * 1000))
    assert window.findChild(UpdateDialog) is None
