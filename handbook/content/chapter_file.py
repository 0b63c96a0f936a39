"""What the file of one chapter says: front matter, title, text in our own forms and within the limits.

Belongs here: making that of a file's bytes. Not here: which files there are (loading.py), what a chapter is
(chapter.py). A start of the program imports none of it where all texts are known from before (kept_texts.py)."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from handbook.base.catalogue import tr
from handbook.base.late_patterns import late_pattern
from handbook.content import front_matter
from handbook.content.bounds import within_limits
from handbook.content.chapter import title_words
from handbook.content.front_matter import Report
from handbook.content.headings import Defined, scan, without_comments
from handbook.content.kept_texts import ChapterText
from handbook.content.metadata import FrontMatter
from handbook.content.others_forms import in_our_forms
from handbook.content.others_lists import as_commonmark
from handbook.content.others_tags import without_tags

_NEAR_TOP = 12  # lines
_HEAD = 64  # bytes of a file by which its encoding is known
_MOST_ALPHABETS = 0x20  # the first bytes in UTF-16 of letters in all alphabets are below it
_MOST_FRONT = 64 * 1024  # bytes that front matter is looked for in
_CONTROL = late_pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202d\u202e]"
)  # all but tabs and line ends; what turns all text after it round


def read(
    data: bytes, report: Report, *, foreign: bool = False, loose: bool = False, language: str = "en"
) -> ChapterText:
    """Read a file's bytes.

    foreign:  its front matter may have keys of other programs.
    loose:    its lists are those of CommonMark.
    language: its handbook's."""
    lines = _lines(data, report)
    front, offset = front_matter.read(lines, report, foreign=foreign)
    body = tuple(_body(lines[offset:], report, foreign=foreign, loose=loose, language=language))
    return ChapterText(front.title or _first_title(body), front, body, offset)


def front_of(data: bytes) -> FrontMatter:
    """The front matter of a file, read for its order alone."""
    if not data[:16].lstrip(b"\xef\xbb\xbf\xff\xfe\x00").startswith((b"-", b"+", b"{", b";")):
        return FrontMatter()
    lines = data[:_MOST_FRONT].decode(_encoding_of(data) or "utf-8-sig", "replace").splitlines()
    return front_matter.read(lines, lambda *_: None, foreign=True)[0]


def _first_title(lines: Sequence[str]) -> str:
    """The text of the first heading. It is looked for near the top first, as it is nearly always there."""
    for passage in (lines[:_NEAR_TOP], lines):
        headings = scan(passage).headings
        if headings:
            title = headings[0].title
            return title_words(title, Defined.in_lines(lines) if "[" in title else None)
    return ""


def _lines(data: bytes, report: Report) -> list[str]:
    """A file's text as lines, for any kind of line ends."""
    encoding = _encoding_of(data)
    try:
        text = data.decode("utf-8-sig") if not encoding else data.decode(encoding, "replace").lstrip("\ufeff")
    except UnicodeDecodeError as exc:
        report(data[: exc.start].count(b"\n") + 1, tr("is not UTF-8 text; unreadable letters are shown as \ufffd"))
        text = data.decode("utf-8", "replace")
    text = text.replace("\ufeff", "")  # a mark of the encoding, left between files that were put together
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):  # no file of another program can hold them, and a terminal would obey them
        text = text.replace("\v", " ").replace("\f", " ")
        first = _CONTROL.search(text)
        if first:
            report(
                text.count("\n", 0, first.start()) + 1,
                tr("has control characters, which are no text; they are shown as \ufffd"),
            )
        text = _CONTROL.sub("\ufffd", text)
    return text.split("\n")


def _encoding_of(data: bytes) -> str:
    """UTF-16 or UTF-32, as other editors save a text; "" for UTF-8 and whatever else it may be.

    Without a mark at its beginning a text is taken for UTF-16 where every second byte of its first letters is that of
    an alphabet, and zero for signs."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:_HEAD]
    if len(head) < 4 or b"\0" not in head:
        return ""
    for encoding, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if 0 in zeros and 0 not in letters and max(zeros) < _MOST_ALPHABETS:
            return encoding
    return ""


def _body(lines: Sequence[str], report: Report, *, foreign: bool, loose: bool, language: str) -> list[str]:
    """A chapter's text in our own forms, without comments, and within the limits."""
    plain, said = within_limits(without_comments("\n".join(lines)))
    body = plain.split("\n")
    if foreign and "<" in plain:
        body = without_tags(body)
    body = in_our_forms(body)
    if language != "en":
        from handbook.content.callout_titles import with_titles  # with the texts of a language, for a few handbooks

        body = with_titles(body, language)
    text = "\n".join(as_commonmark(body) if loose else body)
    if text != plain:
        text, more = within_limits(text)
        said = said or more
    if said:
        report(0, said)
    return text.split("\n")
