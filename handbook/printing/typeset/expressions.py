r"""Writes Python values as Typst literals and expressions. All content gets into a document through this module.

Belongs here: escaping, joining. Not here: what is written (walk.py, document.py).

A document is written in Typst's code mode, with text as string literals: `par({"See "; emph("this")})`.
Nothing in a string literal is read as markup, and only `\` and `"` need escaping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from handbook.content.markup import TICK
from handbook.printing.typeset import glyphs

_NO_CHARACTER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")  # not \s: a no-break space is meant
# A place to break a long word: no character, which would come along with copied words. No line breaks at 0pt,
# nor before a stroke or the like: there the character stays.
_BREAK, _MAY_BREAK = re.compile(glyphs.BREAK + r"(?=\w)"), "h(0.001pt)"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class Code(str):
    """A Typst expression, as opposed to a plain str, which is text of the content."""

    __slots__ = ()


NOTHING = Code("")
LINE_BREAK = Code("linebreak()")


def literal(text: str) -> Code:
    """A text as a string literal. Control characters and halves of surrogate pairs become U+FFFD."""
    return Code('"' + _NO_CHARACTER.sub("\ufffd", text).translate(_ESCAPES) + '"')


def string(text: str) -> Code:
    """A string literal for the page: no double spaces, and only characters that the fonts have."""
    parts = _BREAK.split(glyphs.printable(_SPACES.sub(" ", text)))
    return braced(between(map(_with_ticks, parts), _MAY_BREAK))


def _with_ticks(text: str) -> Code:
    """A string literal; a box to tick in it is a call: Typst gives up on some hundred matches of a show rule."""
    if TICK not in text:
        return literal(text)
    pieces = re.split(f"({TICK})", text)
    return braced([Code("large-tick") if piece == TICK else literal(piece) for piece in pieces if piece])


def lines(text: str) -> Code:
    """A string literal of code: its line ends and spaces are kept."""
    return literal("\n".join(glyphs.printable(line.expandtabs(4)) for line in text.split("\n")))


def line(tokens: Iterable[str], *, strip: bool = True) -> Code:
    """Text and expressions of one line as one expression; NOTHING if there is nothing to print.

    strip: without the spaces at both ends."""
    joined: list[str] = []
    for token in tokens:
        if joined and joined[-1] == LINE_BREAK and not isinstance(token, Code):
            token = token.lstrip()  # noqa: PLW2901 - the source's own line end, which the break stands for
        if joined and not isinstance(token, Code) and not isinstance(joined[-1], Code):
            joined[-1] += token
        elif token:
            joined.append(token)
    if strip and joined:
        joined[0] = joined[0] if isinstance(joined[0], Code) else joined[0].lstrip()
        joined[-1] = joined[-1] if isinstance(joined[-1], Code) else joined[-1].rstrip()
    return braced([token if isinstance(token, Code) else string(token) for token in joined if token])


def braced(expressions: Sequence[Code]) -> Code:
    """Expressions, one after the other, as one; those that are NOTHING are left out."""
    expressions = [one for one in expressions if one]
    if len(expressions) <= 1:
        return expressions[0] if expressions else NOTHING
    return Code("{" + "; ".join(expressions) + "}")


def block(expressions: Sequence[Code]) -> Code:
    """The same with each expression on a line of its own."""
    return Code("\n".join(("{", *expressions, "}")))


def between(items: Iterable[Code], separator: str) -> list[Code]:
    """Expressions with a separating expression between each two."""
    out: list[Code] = []
    for item in items:
        out += [Code(separator), item] if out else [item]
    return out


def array(items: Iterable[str]) -> str:
    """Expressions as a Typst array."""
    return f"({' '.join(item + ',' for item in items)})"


def labelled(notes: Mapping[str, Code]) -> str:
    """Notes by their labels as a Typst array of pairs, for the functions that set notes below something."""
    return array(f'("{label}", {text})' for label, text in notes.items())


def truth(value: bool) -> str:
    """Typst's word for a truth value."""
    return "true" if value else "false"
