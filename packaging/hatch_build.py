"""Called by hatchling: builds the search index and puts content and index where each package wants them.

Belongs here: what a wheel or an sdist holds that does not lie in the tree, or lies elsewhere in it. Not here:
how an index is made (handbook/search/), installers, and Qt, which is not there when a package is built.

The same commit gives the same bytes, so the index is built from the content in an empty folder, by a process
of its own whose sets and dicts are ordered as in every other such process (PYTHONHASHSEED)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataHook(BuildHookInterface[BuilderConfig]):
    """Adds content/ and a fresh index; hatchling finds this class by its base."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a package is made: build the index and name what to include; CalledProcessError on failure.

        version: "editable" when a checkout is installed as it stands; content/ and index/ are used in place
        then, and nothing is added."""
        if version == "editable":
            return
        root = Path(self.root)
        # Outside the tree: the index/ of a checkout may be in use, and may be of other content than this.
        self._scratch = TemporaryDirectory(prefix="handbook-index-")
        index = Path(self._scratch.name, "index")
        self._call("handbook", "index", "-o", str(index))
        if self.target_name == "wheel":
            texts = Path(self._scratch.name, "texts")
            texts.mkdir()
            self._call("handbook.translations.mo_files", str(texts))
            build_data["force_include"][str(texts)] = "handbook/translations"
            build_data["force_include"][str(root / "content")] = "handbook/_data/content"
            build_data["force_include"][str(index)] = "handbook/_data/index"
        else:  # an sdist keeps the tree's own layout, and has content/ already
            build_data["force_include"][str(index)] = "index"

    def _call(self, *module: str) -> None:
        """Run a module of the tree, which `python -m` looks for first in the folder that it is started in."""
        home = str(Path(self._scratch.name, "home"))  # nothing of the person who builds is looked for or written
        environment = {**os.environ, "PYTHONHASHSEED": "0", "HANDBOOK_HOME": home, "HANDBOOK_LANGUAGE": "en"}
        subprocess.run([sys.executable, "-m", *module], cwd=self.root, env=environment, check=True)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """After a package is made: remove the folder that the index was built in."""
        if version != "editable":
            self._scratch.cleanup()
