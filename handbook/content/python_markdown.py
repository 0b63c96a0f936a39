"""Python-Markdown with the extensions that a handbook's Markdown needs. The only module that imports markdown.

Belongs here: what of Markdown is read, and as which element. Not here: what becomes of the tree (markup.py), the kinds
of call-outs (callouts.py)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor, isheader
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra, MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import Delimiter, DelimiterProcessor, InlineProcessor, SubstituteTagInlineProcessor
from markdown.util import AtomicString

from handbook.content.headings import ADDRESS, ATTRIBUTE_LIST, PLACE, SMALL, STRUCK, TITLE

_HEADING = re.compile(r"(?:^|\n) {0,3}" + TITLE + r"(?:\n|$)")
_SHARP, _KEPT_SHARP = re.compile(r"(?<!\s)#(?=#*[ ]+\{)"), "\ue0ff"


def convert(source: str) -> tuple[Element, list[str]]:
    """Markdown.convert() without its last step, which would turn the tree into text.

    The second value is what Python-Markdown replaced by placeholders (its stash), by the number of the placeholder.
    The converter keeps the text that it reads, so only one thread may convert at a time."""
    converter = _converter()
    try:
        root = _parsed(converter, source)
    except Exception:
        _converter.cache_clear()  # it may still be in the middle of a list
        raise
    stash = converter.htmlStash.rawHtmlBlocks
    return root, [item if isinstance(item, str) else ET.tostring(item, "unicode") for item in stash]


def _parsed(converter: Markdown, source: str) -> Element:
    converter.reset()
    lines = source.split("\n")
    for preprocessor in converter.preprocessors:
        lines = preprocessor.run(lines)
    root = cast("Element", converter.parser.parseDocument(lines).getroot())
    for treeprocessor in converter.treeprocessors:
        changed = treeprocessor.run(root)
        root = root if changed is None else changed
    return root


@lru_cache(maxsize=1)
def _converter() -> Markdown:
    # Extension instances, not names: names are looked up in package data that a frozen program lacks.
    made = Markdown(
        extensions=[
            AttrListExtension(),
            AdmonitionExtension(),
            TableExtension(),
            DefListExtension(),
            FootnoteExtension(),
            MarkdownInHtmlExtension(),
            FencedCodeExtension(),
            SaneListExtension(),
        ]
    )
    made.preprocessors.register(_HtmlBlocks(made), "html_block", 20)  # in place of the extension's own
    made.treeprocessors.register(_Attributes(made), "attr_list", 8)  # in place of the extension's own
    # The same rule for headings as in headings.py: a space follows the "#", so that "#5" remains text.
    made.parser.blockprocessors["hashheader"].RE = _HEADING  # type: ignore[attr-defined]  # the stubs name only its base
    made.inlinePatterns.register(SubstituteTagInlineProcessor(r"(?i:<br\s*/?>)", "br"), "br", 95)  # before raw HTML
    made.inlinePatterns.register(_Place(f"(?i:{PLACE})"), "place", 94)
    made.inlinePatterns.register(_Small(f"(?i:{SMALL})"), "small", 93)
    made.inlinePatterns.register(_BareAddress(ADDRESS), "address", 92)  # before its underscores are read
    made.inlinePatterns.register(_Struck(STRUCK), "struck", 65)
    emphasis = _Emphasis("*", "strong,em", made)
    emphasis.add("_", "strong,em", smart=True)
    made.inlinePatterns.register(emphasis, "em_strong", 60)  # in place of Python-Markdown's own
    return made


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Keeps the words of HTML with Markdown in it that is never closed."""

    def run(self, lines: list[str]) -> list[str]:
        """As the extension has it; that ends the innermost of tags of one name, and all of the outer ones was lost."""
        parser = HTMLExtractorExtra(self.md)
        parser.feed("\n".join(lines))
        parser.close()
        open_: list[str] = parser.mdstack  # type: ignore[attr-defined]  # the stubs lack it
        for _ in range(len(open_)):  # no more often: in raw HTML a tag may end nothing
            if open_:
                parser.handle_endtag(open_[0])
        return "".join(parser.cleandoc).split("\n")


class _Place(InlineProcessor):
    """`<a id="x"></a>` and `<a name="x">words</a>`, as others write a place that links lead to."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        element = Element("span", {"id": m.group(1) or m.group(2) or m.group(3)})
        element.text = m.group(4)
        return element, m.start(), m.end()


class _Small(InlineProcessor):
    """`<sub>`, `<sup>` and `<kbd>`; a key is set as code is."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        tag = m.group(1).lower()
        element = Element("code" if tag == "kbd" else tag)
        element.text = AtomicString(m.group(2).strip()) if tag == "kbd" else m.group(2)
        return element, m.start(), m.end()


class _Struck(InlineProcessor):
    """`~~words~~`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        element = Element("del")
        element.text = m.group(1)
        return element, m.start(), m.end()


class _BareAddress(InlineProcessor):
    """An address of the network that stands in a text as it is."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        element = Element("a", {"href": m.group()})
        element.text = AtomicString(m.group())
        return element, m.start(), m.end()


class _Emphasis(DelimiterProcessor):
    """Stars and underscores around words; only these end emphasis, and no letter."""

    _data = ""

    # Its name and its two kinds of results are Python-Markdown's; the stubs know one of these.
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802 - as above
        self._data = data
        return super().handleMatch(m, data)

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:
        """As Python-Markdown has it; in "*a**b*cd" that took "*c" for the end of "**b", and the letter was lost."""
        if self._data[c:d] == delim.token * size:
            super().add_region(delim, a, b, c, d, size)


class _Attributes(AttrListTreeprocessor):
    """Attributes in braces, which have to be attributes: whatever else stands in braces is text."""

    HEADER_RE = re.compile(rf"[ ]+{ATTRIBUTE_LIST}[ ]*$")  # type: ignore[misc]  # the stubs call them final
    BLOCK_RE = re.compile(rf"\n[ ]*{ATTRIBUTE_LIST}[ ]*$")  # type: ignore[misc]  # the stubs call them final
    INLINE_RE = re.compile(f"^{ATTRIBUTE_LIST}")  # type: ignore[misc]  # the stubs call them final

    def run(self, doc: Element) -> None:
        """Give attributes to their elements; in "C# {#c}" the sign behind the letter is a part of the title."""
        titles = [element for element in doc.iter() if isheader(element)]
        for element in titles:
            _set_end(element, _SHARP.sub(_KEPT_SHARP, _end_of(element)))
        super().run(doc)
        for element in titles:
            _set_end(element, _end_of(element).replace(_KEPT_SHARP, "#"))


def _end_of(element: Element) -> str:
    """The text at the end of an element."""
    return (element[-1].tail if len(element) else element.text) or ""


def _set_end(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = text
    else:
        element.text = text
