"""The last queries: in order, each once, none too many; on the disk only if that is wanted, and gone when cleared."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as testing
from hypothesis import strategies as st

from handbook.ui import settings
from handbook.ui.searching.recent import MOST, RecentQueries
from handbook.ui.settings import Store


def on_disk(folder: Path) -> str:
    """The settings file."""
    file = folder / settings.FILE
    return file.read_text("utf-8") if file.exists() else ""


def test_the_newest_stands_first_and_each_once(tmp_path: Path) -> None:
    recent = RecentQueries(Store(tmp_path))
    for query in ("root causes", "shelters", "Root  Causes", " ", "x" * 300):
        recent.add(query)
    assert recent.queries == ("Root Causes", "shelters")
    for number in range(MOST + 5):
        recent.add(f"query {number}")
    assert len(recent.queries) == MOST
    assert recent.queries[0] == f"query {MOST + 4}"


@testing(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=5))
def test_any_query_comes_back_after_a_restart(tmp_path: Path, queries: list[str]) -> None:
    store = Store(tmp_path)
    recent = RecentQueries(store)
    recent.clear()
    recent.keep(wanted=True)
    for query in queries:
        recent.add(query)
    assert store.save()
    expected = list(dict.fromkeys(" ".join(query.split()).casefold() for query in queries[::-1] if query.strip()))
    assert [query.casefold() for query in RecentQueries(Store(tmp_path)).queries] == expected


def test_cleared_queries_are_off_the_disk_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    recent = RecentQueries(store)
    recent.keep(wanted=True)
    recent.add("shelters")
    store.save()
    assert "shelters" in on_disk(tmp_path)
    recent.clear()
    assert "shelters" not in on_disk(tmp_path)
    assert not recent.queries


def test_unless_they_are_wanted_they_end_with_the_window(tmp_path: Path) -> None:
    store = Store(tmp_path)
    recent = RecentQueries(store)
    assert not recent.kept
    recent.add("shelters")
    assert recent.queries == ("shelters",)
    store.save()
    assert "shelters" not in on_disk(tmp_path)
    assert RecentQueries(Store(tmp_path)).queries == ()
    recent.keep(wanted=True)  # and what was searched until then, too
    store.save()
    assert RecentQueries(Store(tmp_path)).queries == ("shelters",)


def test_what_was_kept_before_nobody_asked_for_it_goes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(settings.SEARCHES, '["shelters"]')
    assert RecentQueries(store).queries == ()
    store.save()
    assert "shelters" not in on_disk(tmp_path)


def test_switched_off_none_are_kept_and_the_old_ones_go(tmp_path: Path) -> None:
    store = Store(tmp_path)
    recent = RecentQueries(store)
    recent.keep(wanted=True)
    recent.add("shelters")
    recent.keep(wanted=False)
    assert not recent.queries
    recent.add("poverty")
    assert recent.queries == ("poverty",)
    store.save()
    again = RecentQueries(Store(tmp_path))
    assert not again.kept
    assert not again.queries
    assert "shelters" not in on_disk(tmp_path)
    assert "poverty" not in on_disk(tmp_path)
    again.keep(wanted=True)
    again.add("poverty")
    assert again.queries == ("poverty",)


@pytest.mark.parametrize("written", ["no list", "{}", '["a", 3, null, ""]', "[", "12"])
def test_a_list_written_by_another_hand_does_no_harm(written: str, tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write(settings.KEEP_SEARCHES, True)
    store.write(settings.SEARCHES, written)
    recent = RecentQueries(store)
    assert all(recent.queries)
    recent.add("shelters")
    assert recent.queries[0] == "shelters"
