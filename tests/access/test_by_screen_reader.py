"""The three jobs with the screen off, through AT-SPI alone; many pages under a screen reader; what Orca says.

Where something is missing, the line that skips says what to install. docs/accessibility.md tells of the results."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import ROOT

HERE = Path(__file__).parent
PYTHON = "/usr/bin/python3"  # the system's, which has the bindings of AT-SPI


def missing() -> str:
    """What a desktop for screen readers lacks here, "" for nothing."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI is Linux's"
    for program, package in (("Xvfb", "xvfb"), ("dbus-run-session", "dbus")):
        if shutil.which(program) is None:
            return f"apt install {package}"
    if not any(Path(path).exists() for path in ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core")):
        return "apt install at-spi2-core"
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if not Path(PYTHON).exists() or subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode:
        return "apt install python3-gi gir1.2-atspi-2.0"
    return ""


pytestmark = [
    pytest.mark.skipif(bool(missing()), reason=f"the window is not tried with screen readers: {missing()}"),
    pytest.mark.slow,
]


def at_desk(folder: Path, address: str, *command: str) -> dict[str, Any]:
    """Run a command beside the window, on a desktop of its own."""
    folder.mkdir()
    run = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(HERE / "desk.py"), str(folder), address, *command],  # noqa: S607
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    assert run.returncode == 0
    answer: dict[str, Any] = json.loads((folder / "answer.json").read_text())
    assert "Fatal Python error" not in answer["log"], answer["log"]
    assert "Traceback" not in answer["log"], answer["log"]
    assert answer["status"] == 0, "\n".join(f"{name}: {said}" for name, said in answer.items())
    return answer


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "HANDBOOK_", "DBUS_"))}
    return kept | {"PYTHONPATH": str(ROOT)}


def client(folder: Path, address: str, *arguments: str) -> tuple[dict[str, Any], dict[str, Any]]:
    answer = at_desk(folder, address, PYTHON, str(HERE / "client.py"), *arguments)
    return json.loads(answer["out"]), answer


def test_open_and_read_search_and_print_through_at_spi_alone(tmp_path: Path) -> None:
    target = tmp_path / "handout.pdf"
    found, _ = client(tmp_path / "desk", "first-contact", "jobs", str(target))
    assert {"heading", "paragraph", "link"} <= set(found["roles"])
    assert found["headings"][0] == ["Reading the statement", "1"]
    assert found["text"].startswith("Reading the statement\n")
    assert (found["editable"], found["unchanged"]) == (False, True)
    assert (found["caret"], found["selection"]) == (30, [3, 9])
    assert "Passages found" in found["count"]
    assert ". Match " in found["match"]
    assert found["match"].startswith(found["hit"].split(".")[0].split(":")[0])  # the title of what was opened
    assert found["marks"]
    assert found["printed"].strip()
    assert found["waited"] < 5  # a dialog that opens keeps nobody waiting
    assert target.read_bytes().startswith(b"%PDF-")
    assert "handout.pdf" in found["saved"]


def test_fifty_pages_in_a_row_while_their_parts_are_read_and_the_end(tmp_path: Path) -> None:
    found, answer = client(tmp_path / "desk", "first-contact", "pages", "50")
    assert found["read"] > 200
    assert found["pages"] > 25
    assert answer["window"] == 0


@pytest.mark.skipif(
    not all(map(shutil.which, ("orca", "xdotool"))), reason="Orca is not listened to: apt install orca xdotool"
)
def test_what_orca_says_of_reading_searching_marks_and_the_workshop(tmp_path: Path) -> None:
    # A key goes from Qt over Orca and back, and on a busy machine Orca may lose one. What this program does wrong, it
    # does in each of the two tries.
    heard = []
    for number in ("first", "second"):
        desk = tmp_path / number
        answer = at_desk(desk, "first-contact", sys.executable, str(HERE / "listen.py"), str(desk))
        told = json.loads(answer["out"])
        unsaid = [step for step in told["steps"] if not step[2]]
        if not unsaid:
            return
        heard.append("\n".join([f"{number} try, not said: {unsaid}", *told["said"][-20:]]))
    pytest.fail("\n\n".join(heard))
