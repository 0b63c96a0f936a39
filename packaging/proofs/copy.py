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
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from installers.project import Project
from installers.tools import BuildError

from proofs.screen import Screen
from proofs.steps import PATIENCE, check, facts_of, output_of, wait_for, words_of

QUERY, EXPECTED = "critical voice funding", "statement#r3"  # words of the third recommendation
WORDS = "independence of NGOs"  # of the statement
EXPORTS = ("docx", "epub", "html", "pptx", "md")
PACK = "shelter.handbook"
READY, READY_NAME = "one-day.workshop", "One day with the statement"  # one that comes with the handbook

# What the program's own window sends to the process that it starts for pages, and how the answer begins: frames, as
# handbook/printing/typeset/frames.py says.
_TEXT = b"One page."
_PAGE = {"files": ["main.typ"], "stamp": 0, "inputs": [], "tagged": False}
_TASK = [{"what": "pages", "task": _PAGE, "bounds": [1 << 30, 60]}, [len(_TEXT)]]
_ANSWER = b'[{"answer": {"pages": '


@dataclass
class Copy:
    """A copy. screen: where its windows open. program: the folder it lies in. out: for what it makes.

    command: starts it. environment: all its variables, but for the screen, of which commands are not told. itself: as
    which it starts itself once more. typed: the folder for files whose names are typed into a window, in ASCII letters:
    xdotool types no others reliably."""

    project: Project
    screen: Screen
    program: Path
    out: Path
    command: Sequence[str | Path]
    environment: dict[str, str]

    def __post_init__(self) -> None:
        self.title = f"{self.project.title}$"  # how its windows' titles end
        self.passage = rf"\S - {self.title}"  # the same, with a chapter before it
        self.itself = self.command  # as which a program with its window starts itself once more
        self.typed = self.out
        self.out.mkdir(exist_ok=True)

    def run(self, *words: str | Path) -> str:
        """Run the command to its end; what it said."""
        return output_of([*self.command, *self.told(words)], self.environment).stdout

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start it with its window, and go on."""
        variables = {**self.environment, "DISPLAY": self.screen.display}
        return subprocess.Popen([*self.command, *self.told(words)], env=variables, cwd="/")

    def end(self, started: subprocess.Popen[bytes]) -> int:
        """Wait until the program has ended; its exit status."""
        try:
            return started.wait(PATIENCE)
        except subprocess.TimeoutExpired as exc:
            started.kill()
            raise BuildError("the program did not end after its window was closed") from exc

    def told(self, words: Sequence[str | Path]) -> list[str]:
        """Arguments, with paths as the copy's system names them."""
        return [self.inside(word) if isinstance(word, Path) else word for word in words]

    def inside(self, path: Path) -> str:
        """How the copy's system names a path."""
        return str(path)

    # -- Commands ------------------------------------------------------------------------------------------------

    def use_commands(self) -> None:
        """Ask for the version, search, print, export, pack a handbook of one's own, and have a page set."""
        out = self.out
        check(self.project.version in self.run("--version"), "the command says its version")
        self.search()
        self.print_statement()
        packets = out / "packets"
        self.run("print", "--workshop", self.ready_workshop(), "-o", packets)
        made = sorted(packets.glob("*.pdf"))
        kinds = [file.stem.removeprefix(f"{READY_NAME} - ") for file in made]
        check(len(made) == 5, f"the ready workshop is printed: {', '.join(kinds)}")
        for file in made:
            facts = facts_of(file)
            check(int(facts["Pages"]) and facts["Tagged"] == "yes", f"{file.name}, {facts['Pages']} pages, tagged")
        packet = next(file for file in made if "participants" in file.name)
        check(READY_NAME in words_of(packet), "the packet has the workshop's name")
        for kind in EXPORTS:
            self.run("export", "statement", "--format", kind, "-o", out / f"statement.{kind}")
        exported = [kind for kind in EXPORTS if (out / f"statement.{kind}").stat().st_size > 5_000]
        check(exported == list(EXPORTS), f"the statement is exported as {', '.join(exported)}")
        with zipfile.ZipFile(out / "statement.docx") as word:
            check(WORDS in word.read("word/document.xml").decode("utf-8"), "the Word file holds its words")
        self.run("new", out / "shelter")
        self.run("pack", out / "shelter", "-o", out / PACK, "--name", "shelter")
        check((out / PACK).stat().st_size > 1_000, "a handbook of one's own is packed")
        check(sets_pages(self.itself, self.environment), "it serves itself with large documents")

    def search(self) -> None:
        """See that a search finds the passage."""
        lines = [line for line in self.run("search", QUERY, "--json").splitlines() if line.startswith("{")]
        hits = [hit["address"] for line in lines for hit in json.loads(line)["hits"]]
        check(EXPECTED in hits[:5], f"a search finds {EXPECTED}, among {len(hits)} hits")

    def print_statement(self) -> None:
        """See that the statement becomes a whole PDF, in a file with a Cyrillic name."""
        pdf = self.out / "заява.pdf"
        self.run("print", "statement", "-o", pdf)
        check(pdf.is_file() and pdf.stat().st_size > 10_000, "a PDF is made")
        check(WORDS in words_of(pdf), "the PDF holds the statement's words")
        check(facts_of(pdf)["Tagged"] == "yes", "the PDF is tagged for screen readers")

    def ready_workshop(self) -> Path:
        """A ready workshop in the program's folder, where it lies with the other content."""
        return next(self.program.rglob(f"content/en/workshops/{READY}"))

    def copied_workshop(self, folder: Path) -> Path:
        """The ready workshop in another folder, with a blank and Cyrillic letters in its name."""
        return Path(shutil.copy(self.ready_workshop(), folder / "Мой день 1.workshop"))

    # -- Windows, by keyboard ------------------------------------------------------------------------------------

    @contextmanager
    def window(self, *words: str | Path) -> Iterator[None]:
        """The program with its window, while the block runs; afterwards it is closed, and ends by itself."""
        started = self.start(*words)
        self.screen.wait_for_window(self.title)
        yield
        self.close()
        check(self.end(started) == 0, "the window ends by itself")

    def close(self) -> None:
        """Close all of the program's windows."""
        self.screen.wait_for_window(self.title)
        self.screen.leave(self.title, "ctrl+q")

    def use_window(self) -> None:
        """Search in a window at the start page, and save what was found as a PDF; pictures at each step."""
        screen = self.screen
        screen.wait_for_window(self.title)
        screen.painted("1 opened")
        check(True, "the window shows a page")
        screen.key("ctrl+k")
        screen.type(QUERY)
        screen.picture("2 search")
        # The first hit, when the answer is there. Not by arrow keys, too: pressed again and again, where the answer is
        # late, they lead to another hit each time, whose words nobody knows here.
        screen.press("Return", until=lambda: screen.windows(self.passage), what="a passage is opened")
        check(True, "a passage that was found is opened")
        screen.picture("3 passage")
        screen.open("ctrl+p", "^Print$")
        screen.picture("4 print")
        check("NGO" in words_of(self.save("window.pdf")), "a PDF of it is saved through the window")
        screen.picture("6 saved")
        screen.leave("^Print$")

    def save(self, name: str) -> Path:
        """Have the dialog for printing save a PDF, and wait for it."""
        screen, pdf = self.screen, self.typed / name
        pdf.unlink(missing_ok=True)  # else it asks whether to replace it
        screen.open("alt+a", "^Save PDF$")
        screen.key("Home", "shift+End")  # not ctrl+a: the dialog may be Windows' own
        screen.type(self.inside(pdf))
        screen.picture("5 save")
        screen.press("Return", until=lambda: not screen.windows("^Save PDF$"), what="a name is taken")
        wait_for(pdf.is_file, f"the PDF saved in the window: {name}")
        return pdf

    def use_workshop(self, name: str = READY_NAME) -> None:
        """See that the window shows the workshop called so, and save all that it prints in one PDF.

        The window for printing has the workshop's name as its title."""
        screen, printing = self.screen, f"^Print: {name}$"
        screen.wait_for_window(self.title)
        screen.painted(f"7 {name}")
        screen.open("ctrl+shift+w", printing)
        check(True, f"the window shows the workshop '{name}'")
        screen.key("alt+o")  # all in one PDF
        screen.picture(f"8 {name}, print", seconds=20)
        pdf = self.save(f"{name}.pdf")
        words = words_of(pdf)
        check(name in words and "Opening" in words, f"its packets are a PDF of {facts_of(pdf)['Pages']} pages")
        screen.wait_for_window(printing)
        screen.picture(f"9 {name}, saved")
        screen.leave(printing)

    def see_pack(self) -> None:
        """See that a pack that was opened is added to the library in sight, and close what is open."""
        self.screen.wait_for_window("^Handbooks$")
        self.screen.picture("12 pack added")
        check(True, "a pack opens the list of handbooks")
        self.screen.leave("^Handbooks$")
        self.close()


def sets_pages(command: Sequence[str | Path], environment: Mapping[str, str]) -> bool:
    """Whether a program sets a document for the one that starts it. Its input stays open: else it ends."""
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, "typeset-worker"], env=environment, stdin=pipe, stdout=pipe, stderr=pipe) as it:
        given, said = cast(IO[bytes], it.stdin), cast(IO[bytes], it.stdout)
        given.write(json.dumps(_TASK).encode() + b"\n" + _TEXT)
        given.flush()
        begun, head, pdf = said.readline(), said.readline(), said.read(4)
    return begun == b"begun\n" and head.startswith(_ANSWER) and pdf == b"%PDF"
