"""Which language the program speaks, and beginning to speak it.

Belongs here: what the person chose, what the computer is set to, an office's own translation. Not here: looking texts
up (catalogue.py), the menu (ui/help/language.py).

The first of these that names one of our languages: HANDBOOK_LANGUAGE, the choice in the window, the system's. A
translation in the person's data folder is taken before ours, text by text, so that an office can mend what is wrong."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from handbook.base import bounded, catalogue
from handbook.base.catalogue import tr
from handbook.base.languages import SPOKEN

VARIABLE = "HANDBOOK_LANGUAGE"
SETTINGS, KEY = "settings.ini", ("window", "language")  # file, and group and name in it, as ui/settings.py has them
FOLDER = "translations"  # in the data folder
MOST_BYTES = 4 << 20  # of an office's file; ours have 0.3 MB
_MOST_SETTINGS = 1 << 20


def begin(settings: Path, data: Path) -> str:
    """Speak the language that is wanted from now on; returns what is to be told, "" for nothing.

    settings: the window's settings file. data: the person's data folder."""
    language = wanted(settings, os.environ)
    ours = catalogue.of(language)
    catalogue.use(ours, language)  # what is wrong with theirs is said in it, too
    if language == "en":
        return ""
    theirs, fault = _theirs(own_file(data, language), language)
    if theirs is not None:
        theirs.add_fallback(ours)
        catalogue.use(theirs, language)
    if not fault:
        return ""
    said = tr("'{file}' can't be used as a translation ({error}). The program's own is used; the file is as it was.")
    return said.format(file=own_file(data, language), error=fault)


def wanted(settings: Path, environ: Mapping[str, str]) -> str:
    """The code of the language to speak."""
    for said in (environ.get(VARIABLE, ""), _chosen(settings)):
        if (code := _code(said)) in SPOKEN:
            return code
    return _of_system(environ)


def own_file(data: Path, language: str) -> Path:
    """Where an office's translation is looked for."""
    return data / FOLDER / f"{language}.po"


def _code(name: str) -> str:
    """The language of a locale: "pl" of "pl_PL.UTF-8"."""
    return name.replace("-", "_").partition("_")[0].partition(".")[0].partition("@")[0].lower()


def _of_system(environ: Mapping[str, str]) -> str:
    if sys.platform == "win32":
        import ctypes
        import locale

        names = [locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")]
    else:
        here = next(filter(None, (environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
        # As gettext has it: LANGUAGE, a list, counts where the locale is not C.
        names = [*environ.get("LANGUAGE", "").split(":"), here] if _code(here) not in ("", "c", "posix") else []
    return next((code for code in map(_code, names) if code in SPOKEN), "en")


def _chosen(settings: Path) -> str:
    """The setting, read without Qt: the command line has none."""
    group = ""
    try:
        lines = bounded.read(settings, _MOST_SETTINGS).decode("utf-8", "replace").splitlines()
    except bounded.NotRead:
        return ""
    for line in lines:
        if line.startswith("["):
            group = line.strip("[] ")
        elif group == KEY[0] and line.startswith(f"{KEY[1]}="):
            return line.partition("=")[2].strip()
    return ""


def _theirs(file: Path, language: str) -> tuple[gettext.NullTranslations | None, str]:
    """An office's translation, None for none; and what is wrong with its file."""
    if not bounded.is_file(file):
        return None, ""
    from handbook.translations import po_file

    try:
        text = bounded.read(file, MOST_BYTES).decode("utf-8")
        return po_file.catalogue(po_file.read(text), language), ""
    except UnicodeDecodeError:
        return None, tr("it is not text in UTF-8")
    except po_file.Malformed as exc:
        return None, tr("line {line} is not in the form of a PO file").format(line=exc.line)
    except bounded.NotRead as exc:
        return None, str(exc)
