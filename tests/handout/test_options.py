"""Options of a print: declared once, and found wherever one is asked for them; the sides of the paper."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.handout import options
from handbook.handout.options import KINDS, OPTIONS, PRINTS, PrintOptions, rows, sides_for
from handbook.workshop import paper
from tests.helpers import PATIENCE, ROOT

DECLARATION = """    throw_away: bool = option(
        False, switch(label="Throw it a&way", help="an option for a test", concerns=PRINTS)
    )

    def __post_init__(self)"""
# A fresh process in which one line more is declared; then the four places where one is asked for options.
SCRIPT = """
import contextlib, importlib.util, io, sys
from pathlib import Path
import handbook.handout
path = Path(handbook.handout.__file__).with_name("options.py")
source = path.read_text("utf-8").replace("    def __post_init__(self)", sys.argv[1], 1)
spec = importlib.util.spec_from_file_location("handbook.handout.options", path)
module = sys.modules[spec.name] = handbook.handout.options = importlib.util.module_from_spec(spec)
exec(compile(source, str(path), "exec"), module.__dict__)

from handbook.cli.main import main
help_ = io.StringIO()
with contextlib.redirect_stdout(help_), contextlib.suppress(SystemExit):
    main(["print", "--help"])
assert "--throw-away" in help_.getvalue(), help_.getvalue()
assert "an option for a test" in help_.getvalue()

from handbook.handout.options import PrintOptions
from handbook.workshop import file
from handbook.workshop.model import Workshop
target = Path(sys.argv[2])
file.save(Workshop("W", options=PrintOptions(throw_away=True)), target)
assert "throw-away = true" in target.read_text("utf-8")
assert file.read(target)[0].options.throw_away is True

from PySide6.QtWidgets import QApplication
app = QApplication(["test", "-style", "Fusion"])
from handbook.base.paths import find_paths
from handbook.content.loading import load
from handbook.ui.printing.print_dialog import PrintDialog
from handbook.ui.printing.print_window import PrintWindow
from handbook.ui.printing.print_options import OptionsForm
for prints in (("handout",), module.KINDS):
    form = OptionsForm(prints)
    tick = form.ticks["throw_away"]
    assert tick.text() == "Throw it a&way"
    tick.setChecked(True)
    assert form.options().throw_away is True
print("found in all")
"""


def test_a_new_option_is_one_declaration(tmp_path: Path) -> None:
    """The forms are those of the print dialog and the print window, which name no option themselves."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, DECLARATION, str(tmp_path / "one.workshop")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HANDBOOK_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.stdout.strip() == "found in all", done.stderr
    for name in ("print_dialog", "print_window"):
        source = (ROOT / "handbook" / "ui" / "printing" / f"{name}.py").read_text("utf-8")
        assert not [option for option in OPTIONS if f'"{option}"' in source]


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
