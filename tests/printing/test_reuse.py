"""What did not change is not laid out again, and nobody can tell from the pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.handout.options import Kind
from handbook.printing.typeset import Typesetter, compiler, print_workshop, typesetter
from handbook.workshop import model
from handbook.workshop.model import CustomPage, Item, Passage, Workshop
from tests.printed import made

CONTENT = Path(__file__).resolve().parents[2] / "content" / "en"
DAY = Workshop("A day", items=(Passage("statement#r1"), Passage("timeline"), CustomPage("Mine", "My words.")))
NEW: tuple[Item, ...] = (
    CustomPage("Another", "Other words, and a [link](timeline)."),
    CustomPage("Mine", "My words."),  # just as the one that is there
    Passage("numbers"),  # no link leads to it or from it, as that would get the number of a page
)


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return load(CONTENT)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """The files of each document that is set, in order; the one that brings them together is not among them."""
    found: list[dict[str, str]] = []
    whole = Typesetter.compile

    def compile_it(
        self: Typesetter,
        source: str,
        stamp: int,
        inputs: dict[str, str],
        files: dict[str, str],
        **options: object,
    ) -> compiler.Compiled:
        found.append(dict(files))
        return whole(self, source, stamp, inputs, files, **options)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Typesetter, "compile", compile_it)
    return found


@pytest.mark.parametrize("kind", ["participants", "trainer"])
@pytest.mark.parametrize("new", NEW, ids=["own-page", "same-page", "chapter"])
def test_no_file_is_another_because_of_what_was_added(
    handbook: Handbook, given: list[dict[str, str]], new: Item, kind: Kind
) -> None:
    print_workshop(handbook, DAY, [kind])
    for place in range(len(DAY.items) + 1):
        print_workshop(handbook, model.add(DAY, new, place), [kind])
    before, *after = given
    assert len(before) >= 2 + len(DAY.items)  # how it all looks, and each piece
    for files in after:
        assert {name: files.get(name) for name in before} == before
        assert len(files) == len(before) + 1


def test_pages_are_the_same_to_the_byte_whatever_was_set_before(
    handbook: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = replace(DAY, items=(*DAY.items, Passage("then-and-now"), Passage("reading-the-statement")))
    steps = [many]
    for number, new in enumerate(NEW):
        steps.append(model.add(steps[-1], new, 2 * number))
    steps += [model.remove(steps[-1], [0]), many]
    kept = Typesetter()
    again = [print_workshop(handbook, step, ["participants"], (), kept) for step in steps]
    monkeypatch.setattr(typesetter, "_LARGE", 0)  # each by a process of its own, which knows of no other
    for step, printed in zip(steps, again, strict=True):
        assert print_workshop(handbook, step, ["participants"]) == printed


def test_after_a_change_what_had_to_be_tried_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tries: list[object] = []
    make = compiler._compiler

    def counted(*given: object) -> object:
        tries.append(given)
        return make(*given)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(compiler, "_compiler", counted)
    monkeypatch.setattr(compiler, "_forget", lambda _: None)  # it compiles nothing, which is not counted
    most = 0
    for count in range(10, 60, 7):
        folder = tmp_path / str(count)
        folder.mkdir()
        source = made(folder, one="# One\n\n" + "\n\n".join(["Say what you see, and let the others ask. " * 4] * count))
        kept, day = Typesetter(), Workshop("A day", items=(NEW[1], Passage("one")))
        print_workshop(source, day, ["participants"], (), kept)
        most = max(most, len(tries))
        tries.clear()
        print_workshop(source, model.add(day, NEW[0], 1), ["participants"], (), kept)
        assert len(tries) == 1
        tries.clear()
    assert most > 1
