"""A copy of the handbook, wherever it is and however it came there, and what each has to do by command and window.

Belongs here: what is asked and typed, and what must come of it, once for all kinds. Not here: what a copy may touch
(traces.py), how it came there (the proofs)."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from installers.project import Project

from proofs.screen import Screen
from proofs.steps import check, ended, is_tagged, output_of, pages_of, wait_for, words_of

QUERY, EXPECTED = "critical voice funding", "statement#r3"  # words of the third recommendation
WORDS = "independence of NGOs"  # of the statement
EXPORTS = ("docx", "epub", "html", "pptx", "md")
PACK = "shelter.handbook"
READY, READY_NAME = "one-day.workshop", "One day with the statement"  # one that comes with the handbook
LARGE_NAME = "All that there is to read"  # more than a hundred pages, which the program sets in a process of its own
LARGE = """plan-opening statement reading-the-statement instruments then-and-now timeline network who-is-who glossary
    names sources"""

# What the program's own window sends to the process that it starts for pages, and how the answer begins: frames, as
# handbook/printing/typeset/frames.py says.
_TEXT = b"One page."
_PAGE = {"files": ["main.typ"], "stamp": 0, "inputs": [], "tagged": False}
_TASK = [{"what": "pages", "task": _PAGE, "bounds": [1 << 30, 60]}, [len(_TEXT)]]
_ANSWER = b'[{"answer": {"pages": '


class Copy:
    """A copy. where: how lines begin that say what was seen. program: the folder it lies in. out: for what it makes.

    command: starts it. environment: all its variables, but for the screen. typed: the folder for files whose names are
    typed into a window; xdotool types ASCII letters alone reliably."""

    def __init__(
        self,
        project: Project,
        where: str,
        program: Path,
        out: Path,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
    ) -> None:
        self.project, self.where, self.program, self.out = project, where, program, out
        self.command, self.environment = command, dict(environment)
        self.title = f"{project.title}$"  # how its windows' titles end
        self.passage = rf"\S - {self.title}"  # the same, with a chapter before it
        self.typed = out
        out.mkdir(exist_ok=True)

    def run(self, *words: str) -> str:
        """Run the command to its end; what it said."""
        return output_of([*self.command, *words], self.environment).stdout

    def start(self, screen: Screen, *words: str) -> subprocess.Popen[bytes]:
        """Start it with its window, and go on."""
        return subprocess.Popen([*self.command, *words], env={**self.environment, "DISPLAY": screen.display}, cwd="/")

    def end(self, started: subprocess.Popen[bytes]) -> int:
        """Wait until the program has ended; its exit status."""
        return ended(started)

    def inside(self, path: Path) -> str:
        """How the copy's system names a path."""
        return str(path)

    def check(self, seen: object, what: str) -> None:
        """Say that `what` was seen of this copy, or end the proof."""
        check(seen, f"{self.where}: {what}")

    def check_none(self, found: object, what: str) -> None:
        """Say that nothing of the kind was found of this copy, or end the proof with what was."""
        check(not found, f"{self.where}: {what} {found or ''}".rstrip())

    # -- Commands ------------------------------------------------------------------------------------------------

    def use_commands(self) -> None:
        """Ask for the version, search, print, export, and pack a handbook of one's own."""
        out = self.out
        self.check(self.project.version in self.run("--version"), "the command says its version")
        self.search()
        self.print_statement()
        packets = out / "packets"
        self.run("print", "--workshop", self.inside(self.ready_workshop()), "-o", self.inside(packets))
        made = sorted(packets.glob("*.pdf"))
        kinds = [file.stem.removeprefix(f"{READY_NAME} - ") for file in made]
        self.check(len(made) == 5, f"the ready workshop is printed: {', '.join(kinds)}")
        for file in made:
            self.check(pages_of(file) and is_tagged(file), f"{file.name}, {pages_of(file)} pages")
        packet = next(file for file in made if "participants" in file.name)
        self.check(READY_NAME in words_of(packet), "the packet has the workshop's name")
        for kind in EXPORTS:
            self.run("export", "statement", "--format", kind, "-o", self.inside(out / f"statement.{kind}"))
        exported = [kind for kind in EXPORTS if (out / f"statement.{kind}").stat().st_size > 5_000]
        self.check(exported == list(EXPORTS), f"the statement is exported as {', '.join(exported)}")
        with zipfile.ZipFile(out / "statement.docx") as word:
            self.check(WORDS in word.read("word/document.xml").decode("utf-8"), "the Word file holds its words")
        self.run("new", self.inside(out / "shelter"))
        self.run("pack", self.inside(out / "shelter"), "-o", self.inside(out / PACK), "--name", "shelter")
        self.check((out / PACK).stat().st_size > 1_000, "a handbook of one's own is packed")

    def search(self) -> None:
        """See that a search finds the passage."""
        lines = [line for line in self.run("search", QUERY, "--json").splitlines() if line.startswith("{")]
        hits = [hit["address"] for line in lines for hit in json.loads(line)["hits"]]
        self.check(EXPECTED in hits[:5], f"a search finds {EXPECTED}, among {len(hits)} hits")

    def print_statement(self) -> None:
        """See that the statement becomes a whole PDF, in a file with a Cyrillic name."""
        pdf = self.out / "заява.pdf"
        self.run("print", "statement", "-o", self.inside(pdf))
        self.check(pdf.is_file() and pdf.stat().st_size > 10_000, "a PDF is made")
        self.check(WORDS in words_of(pdf), "the PDF holds the statement's words")
        self.check(is_tagged(pdf), "the PDF is tagged for screen readers")

    def serve(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        """See that the program sets a document for the one that starts it. Its input stays open: else it ends."""
        pipe = subprocess.PIPE
        with subprocess.Popen(
            [*command, "typeset-worker"], env=environment, stdin=pipe, stdout=pipe, stderr=pipe
        ) as it:
            given, said = cast(IO[bytes], it.stdin), cast(IO[bytes], it.stdout)
            given.write(json.dumps(_TASK).encode() + b"\n" + _TEXT)
            given.flush()
            begun, head, pdf = said.readline(), said.readline(), said.read(4)
        whole = begun == b"begun\n" and head.startswith(_ANSWER) and pdf == b"%PDF"
        self.check(whole, "it serves itself with large documents")

    def ready_workshop(self) -> Path:
        """A ready workshop in the program's folder, where it lies with the other content."""
        return next(self.program.rglob(f"content/en/workshops/{READY}"))

    # -- Windows, by keyboard ------------------------------------------------------------------------------------

    @contextmanager
    def window(self, screen: Screen, *words: str) -> Iterator[None]:
        """The program with its window, while the block runs; afterwards it is closed, and ends by itself."""
        started = self.start(screen, *words)
        yield
        screen.close(self.title)
        self.check(self.end(started) == 0, "the window ends by itself")

    def use_window(self, screen: Screen) -> None:
        """Search in a window at the start page, and save what was found as a PDF; pictures at each step."""
        screen.wait_for_window(self.title)
        screen.painted("1 opened")
        self.check(True, "the window shows a page")
        screen.key("ctrl+k")
        screen.type(QUERY)
        screen.picture("2 search")
        # The first hit, when the answer is there. Not by arrow keys, too: pressed again and again, where the answer is
        # late, they lead to another hit each time, whose words nobody knows here.
        screen.press("Return", until=lambda: screen.windows(self.passage), what=f"{self.where}: a passage is opened")
        self.check(True, "a passage that was found is opened")
        screen.picture("3 passage")
        screen.open("ctrl+p", "^Print$")
        screen.picture("4 print")
        pdf = self.save(screen, "window.pdf")
        self.check("NGO" in words_of(pdf), "a PDF of it is saved through the window")
        screen.picture("6 saved")
        screen.leave("^Print$")

    def save(self, screen: Screen, name: str) -> Path:
        """Have the dialog for printing save a PDF, and wait for it."""
        pdf = self.typed / name
        pdf.unlink(missing_ok=True)  # else it asks whether to replace it
        screen.open("alt+a", "^Save PDF$")
        screen.settle()
        screen.key("Home", "shift+End")  # not ctrl+a: the dialog may be Windows' own
        screen.type(self.inside(pdf))
        screen.picture("5 save")
        screen.press("Return", until=lambda: not screen.windows("^Save PDF$"), what=f"{self.where}: a name is taken")
        wait_for(pdf.is_file, f"{self.where}: the PDF saved in the window: {name}")
        return pdf

    def use_workshop(self, screen: Screen, name: str = READY_NAME) -> None:
        """See that the window shows the workshop called so, and save all that it prints in one PDF.

        The window for printing has the workshop's name as its title."""
        screen.wait_for_window(self.title)
        screen.painted(f"7 {name}")
        printing = f"^Print: {name}$"
        screen.open("ctrl+shift+w", printing)
        self.check(True, f"the window shows the workshop '{name}'")
        screen.key("alt+o")  # all in one PDF
        screen.picture(f"8 {name}, print", seconds=20)
        pdf = self.save(screen, f"{name}.pdf")
        words = words_of(pdf)
        self.check(name in words and "Opening" in words, f"its packets are a PDF of {pages_of(pdf)} pages")
        screen.wait_for_window(printing)
        screen.picture(f"9 {name}, saved")
        screen.leave(printing)

    def see_pack(self, screen: Screen) -> None:
        """See that a pack that was opened is added to the library in sight, and close what is open."""
        screen.wait_for_window("^Handbooks$")
        screen.picture("12 pack added")
        self.check(True, "a pack opens the list of handbooks")
        screen.leave("^Handbooks$")
        screen.close(self.title)

    def copied_workshop(self) -> Path:
        """The ready workshop among what it makes, with a blank and Cyrillic letters in its name."""
        return Path(shutil.copy(self.ready_workshop(), self.out / "Мой день 1.workshop"))


def large_workshop(to: Path) -> Path:
    """Write a workshop of more than a hundred pages."""
    head = f'format = 1\ntitle = "{LARGE_NAME}"\nparticipants = 3\nlanguage = "en"\nstart = 09:00:00\n'
    to.write_text(head + "".join(f'\n[[items]]\naddress = "{one}"\n' for one in LARGE.split()), encoding="utf-8")
    return to
