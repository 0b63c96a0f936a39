"""A workshop with passages of several handbooks: kept, printed with the source of each, also when one is removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.cli.main import main
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.export.choice import Choice
from handbook.export.formats import export
from handbook.library.pack import Manifest
from handbook.library.shelf import Library
from handbook.printing import typeset
from handbook.workshop import file, model
from handbook.workshop.model import Passage, Workshop
from tests.helpers import write
from tests.printed import Pdf

MANIFEST = 'title = "{title}"\npublisher = "{title} e.V."\n[[parts]]\nid = "p"\ntitle = "P"\nchapters = ["{id}"]\n'
ROTA, COURT = "shelter:arrival#rota", "legal:court"


def manual(folder: Path, title: str, name: str, text: str) -> Path:
    return write(folder, {"handbook.toml": MANIFEST.format(title=title, id=name), f"{name}.md": text})


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path / "home" / "data")
    shelter = manual(tmp_path / "a", "Shelter", "arrival", "# Arrival\n\n## Rota {#rota}\n\nThe kitchen rota.\n")
    made.add(shelter, Manifest("shelter", "Shelter"))
    made.add(manual(tmp_path / "b", "Legal", "court", "# Court\n\nThe lawyer asks.\n"), Manifest("legal", "Legal"))
    return made


@pytest.fixture
def own(library: Library, tmp_path: Path) -> Handbook:
    """Our own handbook, which knows the library."""
    folder = manual(tmp_path / "own", "Ours", "plan", "# Plan\n\nOur own plan. Rota.\n")
    found = library.others(lambda: load(folder))("")
    assert found is not None
    return found


@pytest.fixture
def workshop(own: Handbook) -> Workshop:
    items = tuple(model.passage(own, address) for address in ("plan", ROTA, COURT))
    return Workshop("A day", items=items)


def printed(own: Handbook, workshop: Workshop) -> Pdf:
    return Pdf(typeset.print_workshop(own, workshop, ("participants",)).pdf)


def test_it_is_saved_and_read_again(workshop: Workshop, tmp_path: Path) -> None:
    file.save(workshop, tmp_path / "day.workshop")
    opened = file.read(tmp_path / "day.workshop")
    again = opened.workshop
    assert again == workshop
    assert not opened.remarks
    assert [(one.address, one.title) for one in again.items if isinstance(one, Passage)] == [
        ("plan", "Plan"),
        (ROTA, "Rota"),
        (COURT, "Court"),
    ]


def test_each_passage_is_printed_with_its_own_source(own: Handbook, workshop: Workshop) -> None:
    pdf = printed(own, workshop)
    words = pdf.body
    assert "Our own plan." in words
    assert "The kitchen rota." in words
    assert "The lawyer asks." in words
    every = " ".join(pdf.text(page, top=0, bottom=0) for page in range(len(pdf)))
    for source in ("Ours e.V.", "Shelter e.V.", "Legal e.V."):
        assert source in every


def test_without_the_library_s_handbook_its_items_stay(
    own: Handbook, workshop: Workshop, library: Library, tmp_path: Path
) -> None:
    library.remove("shelter")
    item = workshop.items[1]
    assert isinstance(item, Passage)
    assert own.lacking(ROTA) == "shelter"
    assert model.nearest_existing(own, item) is None  # our own "Rota" is another
    assert "The kitchen rota." not in printed(own, workshop).body
    assert "The lawyer asks." in printed(own, workshop).body
    done = export(own, Choice(workshop=workshop, readers="participants"), "html", tmp_path / "day.html")
    assert [(one.address, one.nearest) for one in done.skipped] == [(ROTA, "")]
    file.save(workshop, tmp_path / "day.workshop")
    assert file.read(tmp_path / "day.workshop").workshop == workshop
    library.add(
        manual(tmp_path / "c", "Shelter", "arrival", "# Arrival\n\n## Rota {#rota}\n\nA newer kitchen rota.\n"),
        Manifest("shelter", "Shelter"),
    )
    assert "A newer kitchen rota." in printed(own, workshop).body


def test_the_command_says_which_handbook_is_not_there(
    workshop: Workshop,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HANDBOOK_HOME", str(tmp_path / "home"))
    items = tuple(one for one in workshop.items if isinstance(one, Passage) and one.address != "plan")
    file.save(Workshop("Day", items=items), tmp_path / "day.workshop")
    library.remove("shelter")
    out = str(tmp_path / "out")
    assert main(["print", "--workshop", str(tmp_path / "day.workshop"), "--kind", "participants", "-o", out]) == 0
    said = capsys.readouterr().err
    assert said == (
        f"handbook: '{ROTA}' was left out: it is in the handbook 'shelter', which is not in the library. "
        "'handbook add' adds it.\n"
    )
