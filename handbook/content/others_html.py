"""Blocks of HTML by the rules of CommonMark, in a form that Python-Markdown does not take whole.

Belongs here: which lines are a block of HTML, and what of them is shown. Not here: what unfolds, pictures in HTML
(others_forms.py).

To CommonMark such a block ends with an empty line, and what follows is Markdown again; to Python-Markdown it goes on to
the tag that closes it, or to the end of the file. So the lines of a block are written as text here. A line of tags that
only group or place what is in them is left out; a heading becomes one of Markdown."""

from __future__ import annotations

import re

from handbook.content.headings import PICTURE

_AROUND = "div|center|section|article|main|header|footer|aside|nav|p"
_OTHERS = (
    "address|base|basefont|blockquote|body|caption|col|colgroup|dd|details|dialog|dir|dl|dt|fieldset|figcaption|figure|"
    "form|frame|frameset|h[1-6]|head|hr|html|iframe|legend|li|link|menu|menuitem|noframes|ol|optgroup|option|param|"
    "search|summary|table|tbody|td|template|tfoot|th|thead|title|tr|track|ul|audio|canvas|hgroup|map|math|noscript|"
    "object|output|progress|video|svg|select|del|ins|area|embed"
)
_ATTRIBUTES = r"(?:[ \t][^<>\n]{0,500})?"
_BEGINS = re.compile(rf"[ ]*+(?:[-*+][ ]+)?</?(?:{_AROUND}|{_OTHERS})(?:[ \t/>]|$)", re.IGNORECASE)
_GROUPS = re.compile(rf"</?(?:{_AROUND}|span|picture|h[1-6]){_ATTRIBUTES}/?>|<source{_ATTRIBUTES}/?>", re.IGNORECASE)
_HEADING = re.compile(rf"[ ]*+<h([1-6])({_ATTRIBUTES})>(.{{1,1000}}?)</h\1>[ \t]*+$", re.IGNORECASE)
_ID = re.compile(r"\sid[ ]?=[ ]?[\"']?([\w:.-]{1,200})")
_TAG = re.compile(r"<(?=/?[A-Za-z][^<>]{0,500}>?)")
_SIGN = re.compile(r"[\\`*_\[\]{}]")
_PICTURES = re.compile(rf"(?:{PICTURE}[ ]*+)++")
_MARKDOWN = re.compile(r"[ ]*+<(\w+)[ \t][^<>\n]{0,500}?\bmarkdown\b", re.IGNORECASE)


class HtmlBlocks:
    """Knows, line by line, whether a block of HTML is open."""

    def __init__(self) -> None:
        self.is_open = False  # is the line above one of a block?
        self.goes_on = False  # did the line before lie in the same block?
        self._markdown: list[str] = []  # names of tags that hold Markdown by their own word: nothing in them is changed

    def end(self) -> None:
        """An empty line."""
        self.is_open = False

    def line(self, line: str, *, in_paragraph: bool) -> str | None:
        """A line of a block as it is to be read; None if it lies in none. in_paragraph: it goes on above the line."""
        if self._holds_markdown(line):
            return None
        self.goes_on = self.is_open
        if not self.is_open:
            if not _BEGINS.match(line) or (in_paragraph and line.startswith("    ")):
                return None
            self.is_open = True
        heading = _HEADING.match(line)
        if heading:
            named = _ID.search(heading.group(2))
            words = _GROUPS.sub("", re.sub(r"</?[A-Za-z][^<>]{0,300}>", "", heading.group(3))).strip()
            self.goes_on = False
            if words:
                return f"{'#' * int(heading.group(1))} {words}{f' {{#{named.group(1)}}}' if named else ''}"
        places = "".join(f'<a id="{name}"></a>' for tag in _GROUPS.findall(line) for name in _ID.findall(tag))
        rest = _GROUPS.sub(" ", line).strip()
        if rest and not _PICTURES.fullmatch(rest):
            shown = line.strip() if line.startswith("    ") else rest  # what is indented may be code
            rest = _SIGN.sub(r"\\\g<0>", _TAG.sub("&lt;", shown))
        return f"{' ' * (len(line) - len(line.lstrip(' ')))}{places}{rest}"

    def _holds_markdown(self, line: str) -> bool:
        """Does a line lie in a tag with `markdown`, or begin or end one?"""
        if begins := _MARKDOWN.match(line):
            self._markdown.append(begins.group(1).lower())
        elif not self._markdown:
            return False
        if f"</{self._markdown[-1]}>" in line.lower():
            self._markdown.pop()
        return True
