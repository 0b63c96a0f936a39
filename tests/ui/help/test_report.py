"""The report: it says what a developer needs, and nothing of the person's."""

from __future__ import annotations

import logging
import platform
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qVersion

from handbook.base import log
from handbook.base.components import version
from handbook.base.paths import Paths
from handbook.content.handbook import Handbook
from handbook.ui import settings
from handbook.ui.help import report
from handbook.ui.settings import Store
from tests.ui.conftest import Write

NAMED = "Оксана-in-Chișinău"


@pytest.fixture
def store(home: Paths) -> Iterator[Store]:
    """Settings of a person whose every word is NAMED, and a log that was begun."""
    log.keep(home.cache)
    store = Store(home.config)
    for setting in settings.ALL:
        if isinstance(setting.default, str) and setting not in report.CHOICES:
            store.write(setting, NAMED)
    yield store
    log.stop_keeping()


def failure(folder: Path) -> Exception:
    """An exception whose message and cause quote the person."""

    def fail() -> None:
        try:
            (folder / NAMED / "no.workshop").read_text("utf-8")
        except OSError as exc:
            raise ValueError(f"no number: '{NAMED}'") from exc

    with pytest.raises(ValueError, match=NAMED) as caught:
        fail()
    return caught.value


def test_it_says_what_the_program_is_where_it_runs_and_what_failed(
    book: Handbook, store: Store, tmp_path: Path
) -> None:
    said = report.report(book, store, failure(tmp_path))
    for wanted in (version(), platform.python_version(), f"Qt {qVersion()}", "typst", book.fingerprint[:16]):
        assert wanted in said
    assert "reading/text_size = 13" in said
    assert "window/colours = system" in said
    assert "search/last = set" in said
    assert "tests/ui/help/test_report.py:" in said
    assert "FileNotFoundError (ENOENT)\n" in said
    assert "ValueError\n" in said


def test_it_says_nothing_of_the_persons(book: Handbook, store: Store, home: Paths, tmp_path: Path) -> None:
    logging.getLogger("handbook.somewhere").error("%s failed", NAMED, exc_info=failure(tmp_path))
    said = report.report(book, store, failure(tmp_path))
    assert "… failed" in said  # the log is in it
    assert NAMED not in said
    for folder in (home.config, home.cache, tmp_path, Path.home()):
        assert str(folder) not in said


def test_a_new_setting_in_words_is_not_told(book: Handbook, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    new = settings.Setting("new/name", "", lambda text: len(text) < 100)
    monkeypatch.setattr(settings, "ALL", (new,))
    store.write(new, NAMED)
    said = report.report(book, store)
    assert "new/name = set" in said
    assert NAMED not in said


def test_the_settings_told_in_words_have_few_values() -> None:
    for setting in report.CHOICES:
        assert not setting.fits(NAMED)


def test_other_peoples_texts_are_not_named(write: Write, store: Store) -> None:
    book = write({f"{NAMED}.md": f"# {NAMED}\n\n[x](#{NAMED})\n"})
    assert NAMED not in report.report(book, store)
