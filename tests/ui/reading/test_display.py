"""Whether a window can be opened is asked before Qt is: the answer is a sentence, not the end of the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.ui.reading import display
from tests.helpers import PATIENCE

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt always finds a display")
UNSET = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def session(monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    """A session with these variables and no others that lead to a display."""
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the program in a session of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return subprocess.run(
        [sys.executable, "-m", "handbook", *arguments],
        cwd=Path(display.__file__).parents[2],
        env={**kept, "HANDBOOK_HOME": str(tmp_path / "home"), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@LINUX
def test_no_display_is_said_with_what_works_without(monkeypatch: pytest.MonkeyPatch) -> None:
    session(monkeypatch)
    with pytest.raises(display.NoWindow, match="no display") as caught:
        display.check()
    assert "handbook search" in str(caught.value)


@LINUX
@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600"])
def test_platforms_without_a_display_need_none(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    session(monkeypatch, QT_QPA_PLATFORM=platform)
    display.check()


@LINUX
def test_wayland_is_a_display_unless_x11_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    session(monkeypatch, WAYLAND_DISPLAY="wayland-0")
    display.check()
    session(monkeypatch, WAYLAND_DISPLAY="wayland-0", QT_QPA_PLATFORM="xcb")
    with pytest.raises(display.NoWindow):
        display.check()


@LINUX
def test_without_a_display_the_program_ends_with_one_line(tmp_path: Path) -> None:
    ended = start(tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("handbook: There is no display")
    assert ended.stderr.count("\n") == 1
    assert not (tmp_path / "home").exists()


@LINUX
@pytest.mark.parametrize("name", [":4711", "localhost:4711.0", "nonsense", ":"])
def test_a_display_that_does_not_answer_ends_with_one_line(name: str, tmp_path: Path) -> None:
    ended = start(tmp_path, DISPLAY=name)
    assert (ended.returncode, ended.stdout) == (1, "")
    # Where the machine lacks a library of Qt's plugin for X11, that comes first.
    assert f"'{name}' does not answer" in ended.stderr or "is not installed" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_an_unknown_address_ends_with_one_line(tmp_path: Path) -> None:
    ended = start(tmp_path, "statement#r22", QT_QPA_PLATFORM="offscreen")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "nothing at 'statement#r22'" in ended.stderr
    assert "The nearest is 'statement#r2'." in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("libEGL.so.1: cannot open shared object file: No such file or directory", "libEGL.so.1"),
        (
            "Cannot load library /x/libqxcb.so: libxcb-cursor.so.0: cannot open shared object file",
            "libxcb-cursor.so.0",
        ),
        ("libstdc++.so.6: version `GLIBCXX_3.4.30' not found", "libstdc++.so.6"),
        ("something else went wrong", "A library"),
    ],
)
def test_a_missing_library_is_named_with_what_to_install(said: str, name: str) -> None:
    sentence = display.missing_library(said)
    assert sentence.startswith(f"{name}, which the window needs, is not installed.")
    assert "sudo apt install " in sentence
    assert "sudo dnf install " in sentence
    assert "libxcb-cursor0" in sentence
    assert "xcb-util-cursor" in sentence
    assert "\n" not in sentence


@LINUX
def test_qt_that_cannot_be_loaded_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        """Fails to load what Qt's widgets need, as the system's loader would."""

        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "PySide6.QtWidgets":
                raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")

    session(monkeypatch, DISPLAY=":0")
    monkeypatch.delitem(sys.modules, "PySide6.QtWidgets")
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
    with pytest.raises(display.NoWindow, match=r"^libGL\.so\.1, which the window needs, is not installed"):
        display.check()


def test_on_other_systems_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    session(monkeypatch)
    monkeypatch.setattr(sys, "platform", "win32")
    display.check()
