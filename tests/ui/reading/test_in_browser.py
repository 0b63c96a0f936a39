"""Reading in the browser, with the window and the system's answer made up."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from handbook.ui.reading import in_browser
from tests.ui.conftest import OpenWindow


@pytest.mark.parametrize("opens", [True, False])
def test_the_chapter_is_written_opened_and_cleared(
    opens: bool, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url)
        return opens

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    window = open_window("statement#r2")
    window._actions["browser"].trigger()
    (url,) = asked
    assert url.isLocalFile()
    path = Path(url.toLocalFile())
    assert path.parent == window.paths.cache / in_browser.FOLDER
    if sys.platform != "win32":
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    text = path.read_text(encoding="utf-8")
    assert 'lang="en"' in text
    assert "The words of La Strada International" in text
    assert text.count("<main>") == 1
    said = window.statusBar().currentMessage()
    assert ("Handed to the browser" in said) if opens else (str(path) in said)
    window.clearing.forget()
    assert not path.exists()


def test_there_is_nothing_to_read_on_the_start_page(open_window: OpenWindow) -> None:
    window = open_window()
    assert not window._actions["browser"].isEnabled()


def test_a_folder_that_takes_no_file_is_told(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window("statement")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: pytest.fail("nothing was written"))
    window.paths.cache.mkdir(parents=True, exist_ok=True)
    (window.paths.cache / in_browser.FOLDER).write_text("a file in the way")
    window.outputs.read_in_browser(window.paths.cache)
    assert "could not be written" in window.statusBar().currentMessage()
