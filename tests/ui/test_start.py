"""A start takes only what it shows: the large libraries wait until they are asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.base.paths import Paths
from handbook.content import parse_cache
from handbook.content.handbook import Handbook
from tests.processes import run_window

LATER = {"markdown", "whoosh", "Stemmer", "rapidfuzz", "typst", "pypdfium2"}
SCRIPT = """
import dataclasses, json, sys
from pathlib import Path
from handbook.content.loading import load
from handbook.base.paths import find_paths
from handbook.ui.main_window import MainWindow
from handbook.ui.settings import Store
from PySide6.QtWidgets import QApplication

app = QApplication(["handbook", "-style", "Fusion"])
places = dataclasses.replace(find_paths(), index=Path(sys.argv[2]))
window = MainWindow(load(places.content), places, Store(places.config), sys.argv[1])
window.show()
app.processEvents()
print(json.dumps({"loaded": sorted(sys.modules), "words": window.reader.toPlainText()}))
"""


def start(home: Paths, address: str, index: Path) -> tuple[set[str], str]:
    """The modules that a start at an address loads, and what the page says."""
    ended = run_window(home, SCRIPT, address, str(index))
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout)
    return set(seen["loaded"]), seen["words"]


@pytest.mark.parametrize("address", ["", "statement", "glossary"])
def test_the_large_libraries_wait(address: str, home: Paths, real: Handbook, tmp_path: Path) -> None:
    parse_cache.write(real, tmp_path)
    loaded, words = start(home, address, tmp_path)
    assert not loaded & LATER
    assert words


def test_without_what_was_parsed_the_page_is_the_same(home: Paths, real: Handbook, tmp_path: Path) -> None:
    parse_cache.write(real, tmp_path)
    quick = start(home, "glossary", tmp_path)
    slow = start(home, "glossary", tmp_path / "none")
    assert slow[1] == quick[1]
    assert "markdown" in slow[0]
