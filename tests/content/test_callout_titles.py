"""Call-outs without a title have one in the language of their page, where the program has it."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

import pytest

from handbook.base import catalogue
from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.library.pack import Manifest
from handbook.library.shelf import Library
from tests.helpers import write

PAGE = """# Page

> [!WARNING]
> A.

> [!NOTE] Own
> B.

!!! tip
    C.

    > [!NOTE]
    > D.

!!! danger
    E.

```
!!! tip
```
"""


class Translated(NullTranslations):
    """Each text in angle brackets, as if that were its translation."""

    def pgettext(self, context: str, message: str) -> str:
        return f"<{message}>"


@pytest.fixture(autouse=True)
def _translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "of", lambda language: Translated() if language == "ru" else NullTranslations())


def titles(handbook: Handbook) -> list[str]:
    (chapter,) = handbook.chapters.values()
    page = markup.parse(chapter).iter("p")
    return [markup.words_of(one) for one in page if one.get("class") == "admonition-title"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ru", ["<Warning>", "Own", "<Tip>", "<Note>", "Danger"]),
        ("sw", ["Warning", "Own", "Tip", "Note", "Danger"]),
        ("en", ["Warning", "Own", "Tip", "Note", "Danger"]),
    ],
)
def test_the_page_and_its_plain_text_have_them(tmp_path: Path, language: str, expected: list[str]) -> None:
    handbook = load(write(tmp_path / "manual", {"page.md": f"---\nlang: {language}\n---\n{PAGE}"}))
    assert titles(handbook) == expected
    (chapter,) = handbook.chapters.values()
    words = chapter.text(chapter.sections[0]).split("\n")
    assert [one for one in words if len(one) > 2] == [*expected, "!!! tip"]


def test_a_kind_in_capitals_has_its_title_and_one_that_we_lack_stops_nothing(tmp_path: Path) -> None:
    """As MkDocs takes them. A folder in another language than English had not opened with one of these."""
    page = "---\nlang: ru\n---\n# Page\n\n!!! Note\n    A.\n\n!!! Seealso\n    B.\n"
    assert titles(load(write(tmp_path / "manual", {"page.md": page}))) == ["<Note>", "Seealso"]


def test_a_handbook_of_the_library_has_the_language_of_its_pack(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    library.add(write(tmp_path / "manual", {"page.md": PAGE}), Manifest("ours", "Ours", language="ru"))
    read = library.read("ours")
    assert read.manifest.language == "ru"
    assert titles(read)[0] == "<Warning>"
