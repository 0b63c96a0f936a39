"""The portable copy for Windows, in Wine: unpacked at a path with a space and Cyrillic letters, used, nothing left."""

from __future__ import annotations

import zipfile
from functools import partial

from installers.project import Project
from installers.tools import fresh

from proofs.commands import Commands, use_commands
from proofs.screen import Screen
from proofs.steps import READY_NAME, check, files_in, ready_workshop
from proofs.window import close_windows, use_window, use_workshop
from proofs.wine import Wine, remove

DATA = "handbook-data"


def prove(project: Project) -> None:
    """Unpack and use it; then look at what it left."""
    work = fresh(project.build / "proof" / "portable-windows")
    where = "portable in Wine"
    with Screen(work / "pictures") as screen:
        wine = Wine(project, work / "wine", screen.display)
        try:
            stick = wine.system / "Моя флешка 1"
            stick.mkdir()
            with zipfile.ZipFile(project.artefact("portable-windows")) as archive:
                archive.extractall(stick)
            folder = stick / project.stem
            before = set(files_in(wine.home))
            command = folder / f"{project.command}.com"
            out = wine.system / "out"
            out.mkdir()
            run_one = partial(wine.call, "wine", command)
            use_commands(project, Commands(where, run_one, folder, out, wine.windows_path))
            ready = ready_workshop(folder)
            check(not files_in(folder / DATA), f"{where}: commands leave nothing beside the program")
            wine.start("wine", folder / f"{project.command}.exe", "statement")
            title = rf"\S - {project.title}$"
            saved = wine.system / "window.pdf"
            use_window(screen, title, where, saved, wine.windows_path(saved))
            close_windows(screen, title)
            wine.wait()
            wine.start("wine", folder / f"{project.command}.exe", wine.windows_path(ready))
            title, saved = f"{project.title}$", wine.system / "workshop.pdf"
            use_workshop(screen, title, READY_NAME, where, saved, wine.windows_path(saved))
            close_windows(screen, title)
            wine.wait()
            check(files_in(folder / DATA), f"{where}: settings lie beside the program: {files_in(folder / DATA)}")
            new = sorted(set(files_in(wine.home)) - before)
            # The list of files opened last is the file dialog's, which is Windows' own: not the handbook's to keep.
            new = [name for name in new if "/Recent/" not in name]
            check(not new, f"{where}: nothing new in the person's folder {new or ''}")
            key = rf"HKCU\Software\{project.title}"
            check(not wine.registry(key), f"{where}: nothing in the registry under its name")
        finally:
            wine.close()
            remove(wine.folder)
