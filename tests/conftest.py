"""For every test: nothing of the person who runs it is read or written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from tests.helpers import CONTENT

# A shared computer may take any time over one example.
settings.register_profile("handbook", deadline=None)
settings.load_profile("handbook")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of the person's own settings and cache; it is not made before something is kept."""
    folder = tmp_path_factory.mktemp("home") / "handbook"
    monkeypatch.setenv("HANDBOOK_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def real() -> Handbook:
    """The handbook's own content."""
    return load(CONTENT)
