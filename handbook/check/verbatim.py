"""Checks that the statement is word for word its source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from handbook.base.catalogue import tr
from handbook.content import markup
from handbook.content.handbook import Fault, Handbook

STATEMENT_DIGEST = "statement.sha256"  # beside handbook.toml


def statement(handbook: Handbook) -> Iterator[Fault]:
    """The words on the statement's page have the SHA-256 digest in the file next to the manifest."""
    chapters = [chapter for chapter in handbook.chapters.values() if chapter.front.kind == "statement"]
    wanted = _kept_digest(handbook.folder)
    if not chapters:
        if wanted is not None:
            yield Fault(STATEMENT_DIGEST, 0, tr("no chapter is of the kind 'statement', so there is none to prove"))
    elif wanted is None:
        message = tr("is missing: nothing proves that the statement is word for word its source")
        yield Fault(STATEMENT_DIGEST, 0, message)
    elif statement_digest(handbook) != wanted:
        yield Fault(chapters[0].file, 0, tr("the statement is not word for word its source"))


def statement_digest(handbook: Handbook) -> str:
    """SHA-256 of the statement's words in order, one space between them, as the page shows them."""
    words = [
        markup.words_of(markup.parse(chapter))
        for chapter in handbook.chapters.values()
        if chapter.front.kind == "statement"
    ]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def _kept_digest(folder: Path) -> str | None:
    try:
        return (folder / STATEMENT_DIGEST).read_text(encoding="ascii").split()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        return None
