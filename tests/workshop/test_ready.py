"""The list of ready workshops: the same from what was read before as from the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.base import kept_values
from handbook.workshop import file, ready, ready_files
from handbook.workshop.ready import ready_workshops
from tests.helpers import CONTENT, write


def test_the_list_is_the_same_and_no_workshop_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ready_workshops(CONTENT)
    assert len(wanted) == len(ready_files(CONTENT))
    ready.write(CONTENT, tmp_path)
    monkeypatch.setattr(file, "loads", lambda *_: pytest.fail("read anew"))
    assert ready_workshops(CONTENT, tmp_path) == wanted


def test_a_workshop_that_was_changed_since_is_read(tmp_path: Path) -> None:
    data = ready_files(CONTENT)[0].read_bytes()
    content = write(tmp_path / "content", {"workshops/one.workshop": data, "workshops/bad.workshop": "x"})
    ready.write(content, tmp_path)
    changed = data.replace(b'title = "', b'title = "Another ', 1)
    (content / "workshops" / "one.workshop").write_bytes(changed)
    assert [one.title for one in ready_workshops(content, tmp_path)] == [file.loads(changed).workshop.title]


@pytest.mark.parametrize("value", [None, 1, ("a", 1, "9:00", "", "1"), ["a", 1, "9:00", "", 1]])
def test_a_value_of_another_form_is_not_taken(value: object, tmp_path: Path) -> None:
    values = {kept_values.name_of(path.read_bytes()): value for path in ready_files(CONTENT)}
    kept_values.write(tmp_path / ready.FILE, ready.CODE, values)
    assert ready_workshops(CONTENT, tmp_path) == ready_workshops(CONTENT)
