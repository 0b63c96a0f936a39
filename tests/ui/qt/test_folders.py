"""Qt's plugins and texts are found, whatever the folder is called that the program lies in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest
import shiboken6

import handbook

STARTS = """
from PySide6.QtGui import QGuiApplication
from handbook.ui.qt import folders
folders.tell_qt()
print(QGuiApplication([]).platformName(), folders.translations())
"""


@pytest.mark.parametrize("name", ["Doe, Anna", "now; later", 'a "good" one', r"back\slash"])
def test_the_program_starts_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    packages = tmp_path / name
    packages.mkdir()
    for package in (PySide6, shiboken6):
        (packages / package.__name__).symlink_to(package.__path__[0])
    path = os.pathsep.join([str(packages), str(Path(handbook.__path__[0]).parent)])
    environment = {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", STARTS], env=environment, capture_output=True, text=True, check=False
    )
    translations = packages / "PySide6" / "Qt" / "translations"
    assert (done.stdout.strip(), done.returncode) == (f"offscreen {translations}", 0), done.stderr
