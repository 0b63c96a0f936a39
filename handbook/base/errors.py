"""The base class of all errors whose text is shown to the person using the program.

Belongs here: HandbookError. A module that needs a more specific type subclasses it in its own file."""


class HandbookError(Exception):
    """A failure the user can act on; str() is the sentence shown. Anything else is a bug.

    The sentence says what happened, what was kept and what to do next."""
