"""Checks that the statement is word for word its source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from handbook.base import bounded
from handbook.base.catalogue import tr
from handbook.content import markup
from handbook.content.handbook import Fault, Handbook

STATEMENT_DIGEST = "statement.sha256"  # beside handbook.toml
_MOST_BYTES = 64 * 1024


def statement(handbook: Handbook) -> Iterator[Fault]:
    """The words on the statement's page have the SHA-256 digest in the file next to the manifest."""
    chapters = [chapter for chapter in handbook.chapters.values() if chapter.front.kind == "statement"]
    wanted = kept_digest(handbook.folder)
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
    chapters = [chapter for chapter in handbook.chapters.values() if chapter.front.kind == "statement"]
    return digest_of(map(markup.parse, chapters))


def digest_of(trees: Iterable[Element]) -> str:
    """The same of trees."""
    return hashlib.sha256(" ".join(map(markup.words_of, trees)).encode()).hexdigest()


def kept_digest(folder: Path) -> str | None:
    """The digest that stands in a handbook's folder; None where there is none."""
    try:
        return bounded.read(folder / STATEMENT_DIGEST, _MOST_BYTES).decode("ascii").split()[0]
    except (bounded.NotRead, UnicodeDecodeError, IndexError):
        return None
