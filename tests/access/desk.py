"""A desktop of its own for one window: a screen, a session bus, the bus of screen readers. Run inside dbus-run-session.

Usage: desk.py FOLDER ADDRESS COMMAND… - opens the window at ADDRESS, runs COMMAND, and writes into FOLDER/answer.json
what it said, its status and the window's. Nothing is left in a pipe: a bus that outlives this would hold it open."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

PATIENCE = 500  # seconds
BUS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


def screen() -> tuple[subprocess.Popen[bytes], str]:
    """A screen that nobody sees, on a number that is free. Without -noreset it begins anew when its last client has
    gone, and turns away who comes meanwhile."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"],  # noqa: S607
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        return server, f":{told.readline().strip()}"


def main(folder: Path, address: str, command: list[str]) -> None:
    """Open, run, close."""
    launcher = next(path for path in BUS if Path(path).exists())
    server, display = screen()
    private = folder / "run"
    private.mkdir(mode=0o700)
    environment = os.environ | {
        "DISPLAY": display,
        "HOME": str(folder),
        "HANDBOOK_HOME": str(folder / "handbook"),
        "XDG_RUNTIME_DIR": str(private),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LANG": "C.UTF-8",
    }
    bus = subprocess.Popen(
        [launcher, "--launch-immediately"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # it starts others, which end with it
    )
    log = folder / "window.log"
    with log.open("wb") as written:
        window = subprocess.Popen(
            [sys.executable, "-P", "-X", "faulthandler", "-m", "handbook", *([address] if address else [])],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=written,
        )
        try:
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
            try:
                status: int | None = window.wait(10) if "pages" in command else window.poll()
            except subprocess.TimeoutExpired:
                status = None
        finally:
            os.killpg(bus.pid, signal.SIGTERM)
            for process in (window, server):
                process.kill()
            for process in (window, bus, server):
                process.wait()
    answer = {"out": done.stdout, "err": done.stderr, "status": done.returncode, "window": status}
    (folder / "answer.json").write_text(json.dumps(answer | {"log": _told(log)}))


def _told(log: Path) -> str:
    """What the window said in its terminal, but for Qt's own remarks on what screen readers ask."""
    lines = log.read_text("utf-8", "replace").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("qt.accessibility", "QSpi")))[-3000:]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
