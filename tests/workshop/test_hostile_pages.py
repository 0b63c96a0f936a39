"""Pages of a trainer's own with more signs than any text has: set, shown and written again within the same bounds as a
chapter, and nothing of them is lost from the workshop."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.content import bounds, markup
from handbook.printing.typeset import print_workshop
from handbook.workshop import file, written_page
from handbook.workshop.model import CustomPage, Workshop
from handbook.workshop.packet import custom_piece
from tests.helpers import PATIENCE, ROOT, handbook_of

CASES = ROOT / "tests" / "cases" / "hostile-workshops"
HARM = {
    "brackets": "[" * 5000,
    "pictures": "![a](" * 5000,
    "stars": "*a " * 5000,
    "fences": "```\n" * 5000,
    "cells": "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n",
    "no end": "x" * 900_000,
}


@pytest.mark.parametrize("harm", HARM)
def test_a_page_is_kept_within_the_limits_of_a_chapter(harm: str) -> None:
    bounded, said = bounds.within_limits(HARM[harm])
    assert said
    lines = custom_piece(0, CustomPage("Ours", HARM[harm])).chapter.lines[2:]
    assert [line.rstrip() for line in lines] == [line.rstrip() for line in bounded.split("\n")]


@pytest.mark.parametrize("harm", HARM)
def test_the_editor_keeps_what_it_cannot_show(harm: str) -> None:
    blocks = written_page.read(HARM[harm])
    assert written_page.write(blocks) == HARM[harm].strip("\n")


@pytest.mark.parametrize("name", ["brackets5k", "def", "ent", "lists200", "quotes50"])
def test_a_case_is_printed_and_nothing_is_left_unparsed(name: str, caplog: pytest.LogCaptureFixture) -> None:
    workshop = file.read(CASES / f"{name}.workshop").workshop
    with caplog.at_level(logging.WARNING, markup.__name__):
        assert print_workshop(handbook_of({"a.md": "# A\n\nx\n"}), workshop, ("participants",)).pdf
    assert caplog.messages == []


def test_a_page_that_cannot_be_parsed_puts_no_traceback_on_the_terminal(tmp_path: Path) -> None:
    target = tmp_path / "day.workshop"
    file.save(Workshop("Day", items=(CustomPage("Ours", "Words."),)), target)
    broken = (
        "import sys; from handbook.content import python_markdown; from handbook.cli.main import main\n"
        "python_markdown.convert = lambda _: 1 / 0\n"
        "raise SystemExit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", broken, "print", "--workshop", str(target), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, "")
