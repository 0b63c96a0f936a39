"""Options of a print: declared once, and found wherever one is asked for them; the sides of the paper."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.base.paths import find_paths
from handbook.handout import options
from handbook.handout.options import KINDS, OPTIONS, PRINTS, PrintOptions, rows, sides_for
from handbook.workshop import paper
from tests.helpers import ROOT
from tests.processes import run_window

DECLARATION = """    throw_away: bool = option(
        False, switch(label="Throw it a&way", help="an option for a test", concerns=PRINTS)
    )
    thrown: str = option(
        "never",
        Declared(
            label="Thro&wn",
            values={"never": "Never", "often": "Often"},
            concerns=("handout", "posters"),
            help="how often",
        ),
    )

    def __post_init__(self)"""
# A fresh process in which two options more are declared; then the four places where one is asked for options.
SCRIPT = """
import argparse, importlib.util, sys
from pathlib import Path
import handbook.handout
path = Path(handbook.handout.__file__).with_name("options.py")
source = path.read_text("utf-8").replace("    def __post_init__(self)", sys.argv[1], 1)
spec = importlib.util.spec_from_file_location("handbook.handout.options", path)
module = sys.modules[spec.name] = handbook.handout.options = importlib.util.module_from_spec(spec)
exec(compile(source, str(path), "exec"), module.__dict__)
WANTED = module.PrintOptions(throw_away=True, thrown="often")

from handbook.cli import print as command
parser = argparse.ArgumentParser()
command.add_options(parser)
help_ = " ".join(parser.format_help().split())
assert "--throw-away an option for a test" in help_, help_
assert "--thrown {never,often} how often (default never)" in help_, help_
asked = parser.parse_args(["statement", "-o", "out.pdf", "--throw-away", "--thrown", "often"])
assert command.chosen(asked, module.PrintOptions()) == WANTED

from handbook.workshop import file
from handbook.workshop.model import Workshop
target = Path(sys.argv[2])
file.save(Workshop("W", options=WANTED), target)
assert "throw-away = true" in target.read_text("utf-8")
assert 'thrown = "often"' in target.read_text("utf-8")
assert file.read(target)[0].options == WANTED

from PySide6.QtWidgets import QApplication
app = QApplication(["test", "-style", "Fusion"])
from handbook.base.paths import find_paths
from handbook.content.loading import load
from handbook.printing.typeset import Typesetter
from handbook.ui.printing.page_builder import PageBuilder
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.printing.print_window import PrintWindow
from handbook.ui.settings import Store
from handbook.ui.widgets.theme import LIGHT
from handbook.ui.workshop.document import WorkshopDocument
paths = find_paths()
book, store = load(paths.content), Store(paths.config)

def choose(form):
    tick, box = form.ticks["throw_away"], form.lists["thrown"]
    assert tick.text() == "Throw it a&way"
    assert box.accessibleName() == "Thrown"
    assert [box.itemText(n) for n in range(box.count())] == ["Never", "Often"]
    tick.setChecked(True)
    box.setCurrentIndex(1)

typesetter = Typesetter()
dialog = PrintDialog(book, typesetter, store, "statement#r1", LIGHT)
choose(dialog.options)
assert dialog.handout().options == WANTED
dialog.done(0)

document, builder = WorkshopDocument(), PageBuilder(book, typesetter)
document.open(Workshop("W"), None)
window = PrintWindow(book, document, builder, store, LIGHT)
choose(window.options)
assert document.workshop.options == WANTED
window.show_kind("posters")
assert not window.options.lists["thrown"].isHidden()
window.show_kind("cards")
assert window.options.lists["thrown"].isHidden()
assert not window.options.ticks["throw_away"].isHidden()
window.close()
builder.close()
print("found in all")
"""


def test_a_new_option_is_one_declaration(tmp_path: Path) -> None:
    """A switch and a list, found on the command line, in the workshop's file, the print dialog and the print window."""
    done = run_window(find_paths(), SCRIPT, DECLARATION, str(tmp_path / "one.workshop"))
    assert done.stdout.strip() == "found in all", done.stderr


@pytest.mark.parametrize("name", ["cli/print", "workshop/file", "ui/printing/print_dialog", "ui/printing/print_window"])
def test_who_asks_for_options_names_none(name: str) -> None:
    source = (ROOT / "handbook" / f"{name}.py").read_text("utf-8")
    assert not [option for option in OPTIONS if f'"{option}"' in source or f'"--{option}"' in source]


def test_every_option_has_words_and_a_print_that_it_concerns() -> None:
    for name, option in OPTIONS.items():
        assert option.label.strip("&"), name
        assert option.help or option.flags, name
        assert set(option.concerns) <= set(PRINTS), name
        assert option.concerns, name
        assert any(name in choice.values for row in rows(option.concerns[0]) for choice in row.choices) or any(
            row.name == name for row in rows(option.concerns[0])
        )


@pytest.mark.parametrize(("name", "value"), [("paper", "a3"), ("size", 12), ("saving", 1), ("size", True)])
def test_a_value_that_is_not_offered_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"{name} must be one of"):
        replace(PrintOptions(), **{name: value})  # type: ignore[arg-type]  # what is tried


SIDES = [
    dict(zip(("booklet", "single", "double_sided", "chapters_right", "card_backs"), flags, strict=True))
    for flags in itertools.product((False, True), repeat=5)
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "chosen", SIDES, ids=lambda chosen: "-".join(name for name, on in chosen.items() if on) or "none"
)
def test_the_sides_of_the_paper_are_those_that_are_counted(kind: options.Kind, chosen: dict[str, bool]) -> None:
    wanted = PrintOptions(**chosen)  # type: ignore[arg-type]  # switches
    sides = sides_for(wanted, kind)
    assert (paper.sheets(2, wanted, kind) == 1) is (sides != "one")
    if kind == "posters":
        assert sides == "one"
    elif kind in ("cards", "worksheets"):
        assert sides != "short edge"  # nothing of them is folded
    elif wanted.booklet and not wanted.single:
        assert sides == "short edge"
