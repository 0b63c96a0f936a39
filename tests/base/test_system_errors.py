"""What the system says of a failure is told in the person's language, wherever it is told."""

from __future__ import annotations

import errno
import gettext
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.base import catalogue, system_errors
from handbook.base.atomic_file import NotSaved, save
from handbook.base.system_errors import is_full, reason_of

PROGRAM = Path(system_errors.__file__).parents[1]


class Marked(gettext.NullTranslations):
    """A language whose texts are the English ones with a mark."""

    def gettext(self, message: str) -> str:
        return f"{message}°"


@pytest.fixture
def marked() -> Iterator[None]:
    before = catalogue.in_use(), catalogue.language()
    catalogue.use(Marked())
    yield
    catalogue.use(*before)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("EACCES", "there is no permission for it"),
        ("ENOSPC", "there is not enough room on the disk"),
        ("EROFS", "the disk can only be read"),
        ("ENAMETOOLONG", "the name is too long"),
        ("EISDIR", "it is a folder"),
        ("EIO", "the disk reports an error"),
    ],
)
def test_a_common_reason_has_our_words(name: str, said: str) -> None:
    number = getattr(errno, name)
    assert reason_of(OSError(number, os.strerror(number), "a")) == said


@pytest.mark.parametrize(
    ("number", "windows", "said"),
    [
        (errno.EACCES, 32, "another program is using it"),
        (errno.EACCES, 19, "the disk can only be read"),
        (errno.EACCES, 5, "there is no permission for it"),
        (errno.ENOENT, 53, "the disk is out of reach"),
        (errno.EINVAL, 39, "there is not enough room on the disk"),
    ],
)
def test_what_windows_says_more_exactly_is_told_so(number: int, windows: int, said: str) -> None:
    error = OSError(number, "said by Windows")
    error.winerror = windows  # type: ignore[attr-defined,unused-ignore]  # Windows alone has it
    assert reason_of(error) == said
    assert is_full(error) == (windows == 39)


def test_any_other_reason_has_the_systems_words() -> None:
    assert reason_of(OSError(errno.EDOM, "as the system says it")) == "as the system says it"
    assert reason_of(OSError("no number")) == "no number"
    assert reason_of(ValueError("of ours")) == "of ours"


@pytest.mark.usefixtures("marked")
def test_a_reason_is_told_in_the_persons_language(tmp_path: Path) -> None:
    assert reason_of(OSError(errno.EIO, "Input/output error")) == "the disk reports an error°"
    with pytest.raises(NotSaved, match="the name is too long°"):
        save(b"", tmp_path / ("x" * 300))


def test_no_other_module_shows_the_systems_words() -> None:
    shown = re.compile(r"(?<!\bos)\.strerror\b")  # os.strerror() makes an error, it shows none
    files = [file for file in PROGRAM.rglob("*.py") if shown.search(file.read_text(encoding="utf-8"))]
    assert files == [Path(system_errors.__file__)]
