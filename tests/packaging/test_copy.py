"""What the proofs say to the process that a copy of the program starts for its pages is what that process reads."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from installers import project
from installers.tools import BuildError
from proofs.copy import Copy

from handbook.base.paths import own_command


class Here(Copy):
    """The program in this checkout, of which only the process for pages is asked."""

    def run(self, *words: str) -> NoReturn:
        raise NotImplementedError(words)

    def start(self, *words: object) -> NoReturn:
        raise NotImplementedError(words)

    def end(self, started: object) -> NoReturn:
        raise NotImplementedError(started)


def test_a_copy_serves_itself_with_pages_and_one_that_does_not_is_told(tmp_path: Path) -> None:
    here = Here(project.read(), "here", tmp_path, tmp_path / "out")
    command, environment = own_command()
    here.serve(command, environment)
    with pytest.raises(BuildError, match="serves itself"):
        here.serve([*command, "--version"], environment)
