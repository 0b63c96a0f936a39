"""The handbook's commands, as every copy of it has to answer them, wherever it is and however it came there.

Belongs here: what is asked, and what must come of it. Not here: how a copy is started (the proofs)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from installers.project import Project

from proofs.steps import QUERY, check, check_packets, check_pdf, check_search, ready_workshop

EXPORTS = ("docx", "epub", "html", "pptx", "md")
WORDS = "independence of NGOs"


def nothing(command: str) -> None:
    """Nothing is looked at after a command."""


@dataclass(frozen=True)
class Commands:
    """A copy's command.

    run: runs it with arguments; what it said. program: the folder that it lies in. out: a folder for what it makes.
    inside: how the copy's system names a path. after: looks at what a command did, by its name."""

    where: str
    run: Callable[..., str]
    program: Path
    out: Path
    inside: Callable[[Path], str] = str
    after: Callable[[str], None] = nothing

    def ask(self, *words: str) -> str:
        """Run it, and look at what it did."""
        said = self.run(*words)
        self.after(words[0])
        return said


def use_commands(project: Project, copy: Commands) -> None:
    """Ask for the version, search, print, export, and pack a handbook of one's own."""
    where, inside = copy.where, copy.inside
    check(project.version in copy.ask("--version"), f"{where}: the command says its version")
    check_search(copy.ask("search", QUERY, "--json"), where)
    pdf = copy.out / "заява.pdf"
    copy.ask("print", "statement", "-o", inside(pdf))
    check_pdf(pdf, where)
    packets = copy.out / "packets"
    copy.ask("print", "--workshop", inside(ready_workshop(copy.program)), "-o", inside(packets))
    check_packets(packets, where)
    for kind in EXPORTS:
        copy.ask("export", "statement", "--format", kind, "-o", inside(copy.out / f"statement.{kind}"))
    made = [kind for kind in EXPORTS if (copy.out / f"statement.{kind}").stat().st_size > 5_000]
    check(made == list(EXPORTS), f"{where}: the statement is exported as {', '.join(made)}")
    with zipfile.ZipFile(copy.out / "statement.docx") as word:
        check(WORDS in word.read("word/document.xml").decode("utf-8"), f"{where}: the Word file holds its words")
    copy.ask("new", inside(copy.out / "shelter"))
    copy.ask("pack", inside(copy.out / "shelter"), "-o", inside(copy.out / PACK), "--name", "shelter")
    check((copy.out / PACK).stat().st_size > 1_000, f"{where}: a handbook of one's own is packed")


PACK = "shelter.handbook"
