"""The pages for people who carry the handbook on: what they point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers import ROOT

PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md")), *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = (ROOT, ROOT / "handbook", ROOT / "packaging", ROOT / "packaging" / "installers")  # that a file is named from


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    text = re.sub(r"`[^`]*`", "", page.read_text("utf-8"))
    links = [link for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_are_there(page: Path) -> None:
    named = re.findall(r"`([\w.-]+/[\w./*-]+\.(?:py|md|typ|toml|sh|txt|c))`", page.read_text("utf-8"))
    assert [name for name in named if not any(list(folder.glob(name)) for folder in FOLDERS)] == []
