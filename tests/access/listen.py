"""What Orca says while keys are pressed; its speech is read from the file that it writes for finding faults.

Usage: listen.py FOLDER - prints as JSON, for each step, its keys, the words that were expected, and whether they came.

Each step waits for its words before the next, for as long as a busy machine may take. The words are such as no other
step brings: what is said twice must not be taken for the answer to the next key."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

SYSTEM_PYTHON = "/usr/bin/python3"  # which has what Orca needs
PATIENCE = 30.0  # seconds for one step
SILENCE = 0.3  # seconds in which Orca writes nothing
# Orca writes down what it says, and needs no voice: a voice without a sound card may never come to an end.
MUTE = {"SPEECHD_CMD": "/bin/false", "SPEECHD_ADDRESS": "unix_socket:/nonexistent/speechd"}
AT_ONCE = 4  # letters written without a pause
DAMAGED = "damaged.workshop"  # is cut off in its first line
BACK = "back from "  # begins a step from a dialog to the window: no window manager gives it the keyboard
TYPED = "type "  # begins a step that writes words
# Orca's command ends every other Orca of this person, also one on the desktop of another run of these tests.
ALONE = """
import sys
from pathlib import Path
orca = {"__name__": "orca_command"}
exec(compile(Path(sys.argv[1]).read_text(), sys.argv[1], "exec"), orca)
orca["otherOrcas"] = list
orca["setProcessName"] = str
sys.argv[1:] = sys.argv[2:]
sys.exit(orca["main"]())
"""
WINDOW = ["search", "--sync", "--onlyvisible", "--name", "Field Handbook$", "windowfocus", "--sync"]
STEPS = (
    ("F7", "The caret is on the page"),
    ("Down", "The first talk with a person who may have been exploited"),
    ("shift+Right", "selected"),
    ("Left", "unselected"),
    ("h", "Before. Heading of level 2"),
    ("2", "The first ten minutes. Heading of level 2"),
    ("ctrl+d", "Bookmark: "),
    ("ctrl+shift+a", "Added to the workshop: "),
    ("ctrl+z", "Undone: "),
    ("alt+Down", "notification First contact. "),
    ("ctrl+k", "Search the handbook"),
    (f"{TYPED}zzxqy", "Nothing found"),
    ("ctrl+a", ""),
    (f"{TYPED}in:nowhere law", "No part or chapter is called “nowhere”"),
    ("ctrl+a", ""),
    (f"{TYPED}closed shelters", "Passages found"),
    ("Down", " 2 of "),
    ("Return", "Match "),
    ("F3", "Match "),
    ("F3", "Match "),
    ("alt+Left", "notification First contact. Say and leave"),
    ("F5", "F1: all keys"),
    ("b", "The screen is blank."),
    ("b", "The page is shown."),
    ("Escape", "document frame"),
    ("ctrl+shift+a", "Added to the workshop: Say and leave"),
    ("alt+Down", "notification First contact. What this talk is not"),
    ("ctrl+shift+a", "Added to the workshop: What this talk is not"),
    ("F8", "What this talk is not. 1 page."),
    ("alt+Up", "Moved: "),
    ("ctrl+z", "Undone: Move"),
    ("ctrl+s", "File name"),
    ("ctrl+a", ""),
    (f"{TYPED}/sys/training.workshop", ""),  # where nobody may write
    ("Return", "'/sys/training.workshop' "),
    ("Return", ""),
    (f"{BACK}Not saved", "Workshop without a title* - Field Handbook frame"),
    ("ctrl+s", "File name"),
    ("ctrl+a", ""),
    (f"{TYPED}training.workshop", ""),
    ("Return", "Saved: "),
    (f"{BACK}Save the workshop", "training - Field Handbook frame"),
    ("ctrl+o", "Open a workshop dialog"),
    (f"{TYPED}{DAMAGED}", ""),
    ("Return", f"'{DAMAGED}' can't be opened as a workshop: it is not valid TOML"),
)


def said(log: Path) -> list[str]:
    """All that was said so far."""
    text = log.read_text("utf-8", "replace") if log.exists() else ""
    return re.findall(r"SPEECH OUTPUT: '(.*)' ?\{", text)


def wait(log: Path, words: str, after: int) -> bool:
    """Was it said after so many sentences?"""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if any(words in one for one in said(log)[after:]):
            return True
        time.sleep(0.1)
    return False


def wait_until_silent(log: Path) -> None:
    """Wait until Orca is done with what was pressed: while it lags behind, it leaves sentences out."""
    end = time.monotonic() + PATIENCE
    size = -1
    while time.monotonic() < end and size != log.stat().st_size:
        size = log.stat().st_size
        time.sleep(SILENCE)


def wait_for_end_of(dialog: str) -> None:
    """Wait until no dialog of that name is on the screen."""
    search = ["xdotool", "search", "--onlyvisible", "--name", f"^{dialog}$"]
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and subprocess.run(search, capture_output=True, check=False).stdout:
        time.sleep(0.1)


def xdotool(*arguments: str) -> None:
    """Have keys pressed."""
    subprocess.run(["xdotool", *arguments], check=True, timeout=PATIENCE)  # noqa: S607


def press(keys: str, log: Path) -> None:
    """Press keys as a person does, one after the other.

    Qt asks a screen reader about each key and goes on when it answers. Keys that come all at once can come back in
    another order: Alt is then up before the arrow is down, and opens the menu."""
    *held, last = keys.split("+")
    for key in held:
        xdotool("keydown", key)
        wait_until_silent(log)
    xdotool("key", last)
    for key in reversed(held):
        wait_until_silent(log)
        xdotool("keyup", key)


def write(words: str, log: Path) -> None:
    """Write words with pauses: of more than fifty events at once Orca leaves some out, also sentences that it has not
    said yet."""
    for begin in range(0, len(words), AT_ONCE):
        xdotool("type", words[begin : begin + AT_ONCE])
        wait_until_silent(log)


def main(folder: Path) -> None:
    """Press the keys, one step after the other."""
    log = folder / "orca.log"
    (folder / DAMAGED).write_text("title = ", "utf-8")
    own = folder / "data" / "orca" / "orca-customizations.py"  # Orca runs it when it starts
    own.parent.mkdir(parents=True)
    own.write_text("import orca.debug\norca.debug.debugFile.reconfigure(line_buffering=True)\n")
    orca = subprocess.Popen(
        [SYSTEM_PYTHON, "-c", ALONE, str(shutil.which("orca")), f"--debug-file={log}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | MUTE,
    )
    try:
        wait(log, "Screen reader on", 0)
        xdotool(*WINDOW)
        found = [("", "document frame", wait(log, "document frame", 0))]
        for keys, words in STEPS:
            before = len(said(log))
            if keys.startswith(BACK):
                wait_for_end_of(keys.removeprefix(BACK))
                xdotool(*WINDOW)
            elif keys.startswith(TYPED):
                write(keys.removeprefix(TYPED), log)
            else:
                press(keys, log)
            found.append((keys, words, wait(log, words, before) if words else True))
            if not found[-1][2]:
                break  # what follows would be said of another place
        print(json.dumps({"steps": found, "said": said(log)}))
    finally:
        orca.kill()
        orca.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
