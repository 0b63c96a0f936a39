"""Footnotes in Word: a part of the document of their own.

Belongs here: collecting them, and writing that part. Not here: their words (walk.py)."""

from __future__ import annotations

SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


class Notes:
    """The footnotes of a document, in order. Each is set at the first place that refers to it."""

    def __init__(self) -> None:
        self._xml: list[str] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, text: str, note: str) -> int | None:
        """The number of a note that is set already."""
        return self._numbers.get((text, note))

    def reserve(self, text: str, note: str) -> int:
        """A number for a note, before its words are written: they may refer to other notes."""
        self._xml.append("")
        self._numbers[text, note] = len(self._xml)
        return len(self._xml)

    def write(self, number: int, paragraphs: str) -> None:
        """The words of a note."""
        self._xml[number - 1] = f'<w:footnote w:id="{number}">{paragraphs}</w:footnote>'

    def xml(self, namespaces: str) -> str:
        """The part of the document that holds them."""
        return f"<w:footnotes {namespaces}>{SEPARATORS}{''.join(self._xml)}</w:footnotes>"
