"""A new handbook that shows every block, for its author to write over.

Belongs here: its files. Not here: what the blocks mean (docs/writing.md)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from handbook.base import atomic_file
from handbook.base.catalogue import tr
from handbook.base.errors import HandbookError
from handbook.base.system_errors import reason_of

_MANIFEST = """# What the handbook says of itself. A line that begins with # is for you alone.
title = "My handbook"
edition = "1"
language = "en"
publisher = "Your organisation"

# Parts, and the chapters in them: the names of files without .md, in the order in which they are read.
[[parts]]
id = "first"
title = "First part"
chapters = ["start", "blocks", "cards"]
"""
_START = """# Start here

<!-- This is a comment: nobody sees it but you. -->

This is a handbook to write over: a folder with files of plain text, one for each page. No other program is needed
than the one for plain text that every computer has (Notepad, TextEdit, gedit).

1.  Open `start.md` in it: that is this page. Change a word and save the file. The page here follows at once.
2.  What is wrong stands above the page, with a button that shows the place.
3.  For a new page, save a new file beside this one with a name such as `rooms.md`. Write its name, without `.md`, into
    the list of `handbook.toml`, where the title of the handbook stands too. The page that `blocks.md` holds shows
    everything that can be written.
4.  When it is good, choose *File › Handbooks* and *Add a folder*: it stands beside the other handbooks then, is found
    by a search, and is printed with them.
5.  For colleagues, choose *Make a pack* there. They drop that one file on their program.

## How words are written

An empty line ends a paragraph. *Words between stars* are in italics, **between two** in bold.

A [link to the next chapter](blocks), and one to [a place in it](blocks#lists). What is to be cut out needs a page that
says what it is for, such as this one of the [cards](cards).

## A section

What stands under a heading is a section: it is found, linked to and printed by itself.
"""
_BLOCKS = """# Every block

## Lists {#lists}

-   An item.
-   Another, with one inside it:

    -   Four blanks in.

1.  First.
2.  Second.

- [ ] A box to tick.
- [x] One that is ticked.

## Boxes

!!! note "What stands above the box"
    Four blanks in.

!!! safety "For safety"
    Something to mind.

!!! trainer "For the trainer"
    In no participants' packet.

!!! lines "4"
    A question with four lines to write on.

## A table

| Who | Does what |
|-----|-----------|
| we  | listen    |

## Terms

Term
:   What it means.

## Others

> A quotation.

Words with a footnote.[^one] ~~Struck out.~~ H<sub>2</sub>O. Press <kbd>F1</kbd>.

![What is to be seen in the picture](pictures/circle.svg "The words below it")

```
Text that is shown as it is typed.
```

[^one]: What the footnote says.
"""
_CARDS = """+++
kind = "cards"
+++

# Cards

## First card

!!! card ""
    What stands on the card.

## Second card

!!! card ""
    What stands on the other.
"""
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 200" '
    "font-family=\"'Source Sans 3', Arial, sans-serif\">"
    '<circle cx="360" cy="100" r="80" fill="#e4eff0" stroke="#17606d" stroke-width="2.5"/></svg>\n'
)
FIRST = "start"  # the chapter that says how to go on
FILES = {
    "handbook.toml": _MANIFEST,
    "start.md": _START,
    "blocks.md": _BLOCKS,
    "cards.md": _CARDS,
    "pictures/circle.svg": _PICTURE,
}


def write(folder: Path) -> None:
    """Write the example into a new or empty folder. Raises HandbookError, and then leaves nothing of it there."""
    try:
        was_there = folder.exists()
        if was_there and (not folder.is_dir() or any(folder.iterdir())):
            raise HandbookError(
                tr("'{name}' is there already and is not empty. Choose a new folder.").format(name=folder)
            )
        (folder / "pictures").mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise HandbookError(tr("'{name}' could not be made: {why}.").format(name=folder, why=reason_of(exc))) from exc
    try:
        for name, text in FILES.items():
            atomic_file.save(text.encode(), folder / name)
    except HandbookError:
        _take_back(folder, whole=not was_there)
        raise


def _take_back(folder: Path, *, whole: bool) -> None:
    """Remove what was written, so that the same folder can be given again. whole: the folder too."""
    with suppress(OSError):  # what is said is why it could not be written
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        (folder / "pictures").rmdir()
        if whole:
            folder.rmdir()
