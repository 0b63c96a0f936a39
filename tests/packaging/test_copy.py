"""What the proofs say to the process that a copy of the program starts for its pages is what that process reads."""

from __future__ import annotations

from proofs.copy import sets_pages

from handbook.base.paths import own_command


def test_a_copy_serves_itself_with_pages_and_one_that_does_not_is_seen() -> None:
    command, environment = own_command()
    assert sets_pages(command, environment)
    assert not sets_pages([*command, "--version"], environment)
