"""Letters written as numbers or names (`&#65;`, `&amp;`), replaced by the letters themselves.

Belongs here: which text is one. Not here: where a text may have them (plain_text.py, markup.py, others_forms.py)."""

from __future__ import annotations

from handbook.base.late_patterns import late_pattern

_ENTITY = late_pattern(r"&(?:#[0-9]{1,10}|#[xX][0-9a-fA-F]{1,8}|[0-9A-Za-z]{1,40});")
# No letter has so many digits, and Python refuses to read a number of thousands of them.
_BEYOND = late_pattern(r"&#(?:[0-9]{11,}+|[xX][0-9a-fA-F]{9,}+);?")


def unescaped(text: str) -> str:
    """The text with all such letters replaced, as `html.unescape` does; a number that is none becomes U+FFFD."""
    if "&" not in text:
        return text
    import html  # with a table of all names

    return html.unescape(_BEYOND.sub("\ufffd", text))


def without_entities(text: str) -> str:
    """The text with those replaced that end as they should."""
    return _ENTITY.sub(lambda match: unescaped(match.group()), text) if "&" in text else text
