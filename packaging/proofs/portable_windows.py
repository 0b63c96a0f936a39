"""The portable copy for Windows, in Wine: in a folder with a blank, a comma and Cyrillic letters; nothing is left."""

from __future__ import annotations

import zipfile

from installers.project import Project
from installers.tools import fresh

from proofs.portable import DATA, settings_beside
from proofs.screen import Screen
from proofs.steps import files_in
from proofs.wine import InWine, Wine


def prove(project: Project) -> None:
    """Unpack and use it; then look at what it left."""
    work = fresh(project.build / "proof" / "portable-windows")
    with Screen(work / "pictures") as screen, Wine(project, work / "wine", screen) as wine:
        stick = wine.system / "Моя флешка, 1"
        with zipfile.ZipFile(project.artefact("portable-windows")) as archive:
            archive.extractall(stick)
        copy = InWine(wine, "portable in Wine", stick / project.stem, wine.system / "out")
        before = set(files_in(wine.home))
        copy.use_commands()
        copy.check_none(files_in(copy.program / DATA), "commands leave nothing beside the program")
        with copy.window(screen):
            copy.use_window(screen)
        with copy.window(screen, wine.windows_path(copy.ready_workshop())):
            copy.use_workshop(screen)
        settings_beside(copy)
        # The list of files opened last is the file dialog's, which is Windows' own: not the handbook's to keep.
        new = sorted(name for name in set(files_in(wine.home)) - before if "/Recent/" not in name)
        copy.check_none(new, "nothing new in the person's folder")
        copy.check_none(wine.registry(rf"HKCU\Software\{project.title}"), "nothing in the registry under its name")
