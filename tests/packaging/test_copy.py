"""What the proofs say to the process that a copy of the program starts for its pages is what that process reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from installers import project
from installers.tools import BuildError
from proofs.copy import Copy

from handbook.base.paths import own_command


def test_a_copy_serves_itself_with_pages_and_one_that_does_not_is_told(tmp_path: Path) -> None:
    command, environment = own_command()
    here = Copy(project.read(), "here", tmp_path, tmp_path / "out", command, environment)
    here.serve(command, environment)
    with pytest.raises(BuildError, match="serves itself"):
        here.serve([*command, "--version"], environment)
