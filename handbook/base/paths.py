"""The folders that the program uses: its own data, and those of the person using it.

Belongs here: finding and making these folders, so that only this person can read them. Not here: what is in them.

The program's data (content, index) is in `handbook/_data` of an installed wheel, else in the folder above
the package (a checkout). A file named `portable.txt` there, or beside the program started, puts settings, data
and cache into `handbook-data` beside it, so that nothing is left on a borrowed computer."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path

APP = "field-handbook"
PORTABLE_MARKER = "portable.txt"
PORTABLE_FOLDER = "handbook-data"
LANGUAGE = "en"
LIBRARY = "library"  # the folder of the handbooks beside the program's own, in that of what the person wrote


class Paths:
    """The folders of one run of the program. They need not exist: make_private() makes them.

    content: the handbook's Markdown in one language, with handbook.toml.
    index:   the search index shipped with the program; the window never writes to it.
    config:  the person's settings.
    data:    what the person wrote, which cannot be made again.
    cache:   what can be made again: a fresh index and the log."""

    def __init__(self, content: Path, index: Path, config: Path, data: Path, cache: Path) -> None:
        self.content, self.index = content, index
        self.config, self.data, self.cache = config, data, cache

    def with_(
        self,
        *,
        content: Path | None = None,
        index: Path | None = None,
        config: Path | None = None,
        cache: Path | None = None,
    ) -> Paths:
        """The same folders but for those given."""
        return Paths(
            content or self.content, index or self.index, config or self.config, self.data, cache or self.cache
        )

    @property
    def is_folder_opened(self) -> bool:
        """Is a folder read in place of the program's own texts?"""
        return self.content != program_data() / "content" / LANGUAGE

    @property
    def own(self) -> tuple[Path, ...]:
        """The folders that the program writes for the person."""
        return self.config, self.data, self.cache


def make_private(folder: Path) -> None:
    """Make a folder, and missing ones above it, that only this person can read. An existing one is made so.

    Raises OSError if it can't be made. On a disk without permissions, such as most USB sticks, it is left as it is."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    with contextlib.suppress(OSError):
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)


def program_data() -> Path:
    """The folder that holds content/ and index/."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_data"
    return packed if (packed / "content").is_dir() else package.parent


def out_of_reach() -> bool:
    """Whether the program's own files are gone or cannot be read."""
    try:
        next((program_data() / "content").iterdir(), None)
    except OSError:
        return True
    return False


def portable_folder() -> Path | None:
    """The folder for settings, data and cache when the program runs from a USB stick; None when it is installed."""
    # In an installed program argv[0] is a module deep inside its folder, but sys.executable is at the top of it.
    started = (Path(sys.argv[0]).resolve().parent, Path(sys.executable).parent)
    for folder in (*started, program_data()):
        if (folder / PORTABLE_MARKER).is_file():
            return folder / PORTABLE_FOLDER
    return None


def find_paths(content: Path | None = None) -> Paths:
    """The folders of this run. content: used in place of the program's own texts.

    If the environment variable HANDBOOK_HOME is set, config, data and cache are in that folder. It is used by tests,
    and by people who keep two set-ups apart."""
    data = program_data()
    content, index = content or data / "content" / LANGUAGE, data / "index"
    own = os.environ.get("HANDBOOK_HOME")
    home = Path(own) if own else portable_folder()
    if home is not None:
        return Paths(content, index, home / "config", home / "data", home / "cache")
    import platformdirs  # 10 ms, and only an installed program asks

    return Paths(
        content,
        index,
        Path(platformdirs.user_config_dir(APP, appauthor=False)),
        Path(platformdirs.user_data_dir(APP, appauthor=False)),
        Path(platformdirs.user_cache_dir(APP, appauthor=False)),
    )


def own_command(*arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command line that starts this program once more, and the environment for it.

    The launcher of an installed program needs no more arguments; Python gets `-m handbook`."""
    program = Path(sys.executable)
    if not program.stem.lower().startswith("python"):
        return [str(program), *arguments], dict(os.environ)
    # PYTHONPATH names the package's folder, as this process may have found it through its working directory. With -P
    # the new process does not look there: a file of the same name in it must not be imported.
    where = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, (where, os.environ.get("PYTHONPATH"))))
    return [str(program), "-P", "-m", "handbook", *arguments], os.environ | {"PYTHONPATH": paths}
