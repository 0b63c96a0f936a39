"""Element trees as Word's paragraphs, tables and runs, in one walk.

Belongs here: which style each element has, links, bookmarks, footnotes, pictures, boxes to tick. Not here: how a style
looks (styles.py), the numbering of lists (lists.py)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from xml.etree.ElementTree import Element

from handbook.base.direction import direction_of, has_letters_to_left
from handbook.base.escape import escape
from handbook.content import figures, markup
from handbook.content.callouts import of_classes
from handbook.content.markup import TICK, TICKED
from handbook.export.book import Book, Text
from handbook.export.links import live
from handbook.export.pictures import Pictures
from handbook.export.word import notes
from handbook.export.word.lists import BOXES, BULLETS, STEP, Lists
from handbook.export.word.styles import MARGIN, NAMESPACES, PAGE, WIDTH, text_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part as Part_

_EMU = 635  # of Word's units for pictures in a twentieth of a point
_PIXEL = 15  # twentieths of a point in a pixel
_HIGHEST = (PAGE[1] - 2 * MARGIN) * 6 // 10
_BOX = 320  # twentieths of a point that the edges of a call-out take
_SPACE = re.compile("[ \t\n\r]+")
_TEXT = re.compile("<w:t(?: [^>]*)?>([^<]*)")  # of a run
_ENTITY = re.compile("&[^;]*;")
_DEEPEST = 8  # the last level of lists that Word has
_LOOKS = {"em": "Emphasis", "strong": "Strong", "code": "CodeText"}
_MARKS = {  # in the order that Word demands
    "strong": "<w:b/>",
    "em": "<w:i/>",
    "del": "<w:strike/>",
    "s": "<w:strike/>",
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
}


class _Here(NamedTuple):
    """Where a block stands.

    width:  of its column, in twentieths of a point.
    lists:  how many it is in.
    style:  of a plain paragraph.
    theirs: is it La Strada's?
    looks:  the inline tags around it, such as "em".
    link:   is it inside a link?"""

    width: int
    lists: int = 0
    style: str = "Normal"
    theirs: bool = False
    looks: tuple[str, ...] = ()
    link: bool = False

    def inside(self, **changes: object) -> _Here:
        return self._replace(**changes)  # type: ignore[arg-type]  # any of its fields


class Walk:
    """Writes the texts of one document, in order; finish() adds what lies outside its body."""

    def __init__(self, book: Book, document: Document, pictures: Pictures) -> None:
        self._book, self._document, self._pictures = book, document, pictures
        self._lists, self._notes = Lists(), notes.Notes()
        self._part: Part_ = document.part  # whose links are written: the body's or the footnotes'
        self._note_part = _new_part(document)
        self._bookmarks: dict[tuple[str, str], str] = {}
        self._set: set[str] = set()  # bookmarks that have been written
        self._bookmark_count = self._drawings = 0
        self._text: Text | None = None
        self._items: Mapping[str, Element] = {}  # the footnotes of the text
        self._above: list[int] = []  # the levels of the headings above this place, as the source has them
        self._level = 1  # of the text's first heading in the document
        self._in_note = False
        self._waiting = ""  # the properties that make the next paragraph the first of an item

    # -- Around the texts ---------------------------------------------------------------------------------

    def title_page(self) -> str:
        """The title of a document of several texts."""
        book = self._book
        lines = [book.subtitle] if book.subtitle else []
        own = next((text.source for text in book.texts if not text.is_statement), "")
        return "".join(
            (
                _paragraph("Title", _run(book.title)),
                *(_paragraph("Subtitle", _run(line)) for line in lines),
                _paragraph("SourceLine", _run(own)) if own else "",
            )
        )

    def contents(self, lines: Sequence[tuple[int, str, str, str]]) -> str:
        """The list of contents: links now, with page numbers as soon as the person lets Word update it."""
        deepest = min(3, max(level for level, *_ in lines))
        made = [_paragraph("TOCHeading", _run(self._book.said.pgettext("head of a list", "Contents")))]
        begin = (
            f'{_field("begin")}<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{deepest}" \\h \\z \\u </w:instrText>'
            f"</w:r>{_field('separate')}"
        )
        for number, (level, title, text, anchor) in enumerate(lines):
            link = f'<w:hyperlink w:anchor="{self._bookmark(text, anchor)}" w:history="1">{_run(title)}</w:hyperlink>'
            end = _field("end") if number == len(lines) - 1 else ""
            made.append(_paragraph(f"TOC{min(level, 6)}", f"{begin}{link}{end}"))
            begin = ""
        return "".join(made)

    def part(self, title: str) -> str:
        """The heading of a part of the handbook."""
        return _on_new_page(_paragraph("Heading1", self._mark("", title) + _run(title)))

    def text(self, text: Text, *, level: int, new_page: bool, with_source: bool) -> str:
        """A text with its title at a level of headings, and the line that says whose it is."""
        self._text, self._above, self._level = text, [], level
        listed = (item for child in text.tree if child.get("class") == "footnotes" for item in child.iter("li"))
        self._items = {item.get("data-note", ""): item for item in listed}
        here = _Here(WIDTH, style="StatementText" if text.is_statement else "Normal", theirs=text.is_statement)
        out: list[str] = []
        if not text.has_title:
            out.append(_paragraph(f"Heading{level}", self._mark(text.name, "") + _run(text.title)))
            out.append(_paragraph("Label", _run(text.label)))
            self._level += 1
        if text.apart is not None:
            out += self._flow(text.apart, _Here(WIDTH))
        out += self._flow(text.tree, here)
        if with_source:
            out.append(_paragraph("SourceLine", _run(text.source)))
        if new_page and out:
            out[0] = _on_new_page(out[0])
        return _spoken("".join(out), text.language)

    def finish(self) -> None:
        """Write numbering and footnotes into the document."""
        from docx.oxml import parse_xml

        numbering = self._document.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        for child in list(parse_xml(self._lists.xml(NAMESPACES))):
            numbering.append(child)
        self._note_part._blob = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + self._notes.xml(NAMESPACES)
        ).encode()

    # -- Blocks -------------------------------------------------------------------------------------------

    def _flow(self, element: Element, here: _Here) -> list[str]:
        """The blocks in an element; text between them becomes paragraphs."""
        out: list[str] = []
        run = [self._words(element.text, here, first=True)]
        for child in element:
            if child.tag in markup.BLOCKS:
                out += [*self._plain(run, here), *self._block(child, here)]
                run = [self._words(child.tail, here, first=True)]
            else:
                run += [self._inline(child, here), self._words(child.tail, here)]
        return [*out, *self._plain(run, here)]

    def _plain(self, runs: Iterable[str], here: _Here) -> list[str]:
        words = "".join(runs)
        if "<" not in words:
            return []
        return [self._styled(words, here)]

    def _styled(self, words: str, here: _Here, style: str = "", more: str = "") -> str:
        """A paragraph; the first of a list's item gets the item's number."""
        if self._waiting:
            style, numbered = self._waiting.split(" ", 1)
            self._waiting = ""
            return _paragraph(style, words, numbered + more)
        if here.lists and not style:
            return _paragraph("ListContinue", words, f'<w:ind w:left="{STEP * here.lists}"/>{more}')
        return _paragraph(style or here.style, words, more)

    def _block(self, element: Element, here: _Here) -> list[str]:
        if element.tag in markup.HEADINGS:
            return [self._heading(element, here)]
        write = self._WRITERS.get(str(element.tag))
        return write(self, element, here) if write else self._flow(element, here)

    def _heading(self, element: Element, here: _Here) -> str:
        words = "".join(self._runs(element, here))
        anchor = element.get("id")
        if anchor is None:
            return self._styled(words, here, "MinorHeading")
        source = 0 if "chapter" in element.get("class", "").split() else int(element.tag[1])
        while self._above and self._above[-1] >= source:
            self._above.pop()
        self._above.append(source)
        level = min(6, self._level + len(self._above) - 1)
        mark = self._mark(self._text.name if self._text else "", anchor)
        return _paragraph(f"{'StatementHeading' if here.theirs else 'Heading'}{level}", mark + words)

    def _p(self, element: Element, here: _Here) -> list[str]:
        classes = element.get("class", "").split()
        style = "CalloutTitle" if "admonition-title" in classes else "Label" if "sheet" in classes else ""
        words = self._place(element) + "".join(self._runs(element, here))
        return [self._styled(words, here, style)] if words else []

    def _list(self, element: Element, here: _Here) -> list[str]:
        level = min(here.lists, _DEEPEST)
        items = [item for item in element if item.tag == "li"]
        if element.tag == "ol":
            start = element.get("start", "")
            number = self._lists.numbers(level, int(start) if re.fullmatch("[0-9]{1,9}", start) else 1)
            style = "ListNumber"
        elif markup.is_tick_list(element):
            number, style = BOXES, "TickList"
        else:
            number, style = BULLETS, "ListBullet"
        if here.theirs and style != "TickList":
            style = f"Statement{style}"
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        out: list[str] = []
        for item in items:
            self._waiting = f"{style} {properties}"
            inner = self._flow(item, here.inside(lists=here.lists + 1))
            if self._waiting:  # an item without words
                inner.insert(0, self._styled("", here))
            out += inner
        return out

    def _definitions(self, element: Element, here: _Here) -> list[str]:
        out: list[str] = []
        for child in element:
            style = "Term" if child.tag == "dt" else "Definition"
            out += self._flow(child, here.inside(style=style, lists=0))
        return out

    def _quotation(self, element: Element, here: _Here) -> list[str]:
        return self._flow(element, here.inside(style="StatementQuote" if here.theirs else "Quote"))

    def _source_code(self, element: Element, here: _Here) -> list[str]:
        lines = "".join(element.itertext()).strip("\n").split("\n")
        return [self._styled("<w:r><w:br/></w:r>".join(_run(line) or "" for line in lines), here, "Code")]

    def _rule(self, _: Element, here: _Here) -> list[str]:
        return [self._styled("", here, "Rule")]

    def _div(self, element: Element, here: _Here) -> list[str]:
        classes = element.get("class", "").split()
        if "footnotes" in classes:
            return []  # each is set where it is referred to
        kind = of_classes(classes)
        if kind is not None and kind.screen == "writing room":
            lines = max(1, int(element.get("data-lines", "3")))
            return [
                *self._flow(element, here),
                *[_paragraph("WritingLine", "")] * lines,
                _paragraph(here.style, "", _TIGHT),
            ]
        if "admonition" in classes:
            return self._boxed(element, here)
        return [*self._placed(element, here), *self._flow(element, here)]

    def _boxed(self, element: Element, here: _Here) -> list[str]:
        """A call-out as a table of one cell; its style says how it looks."""
        before = [self._styled("", here)] if self._waiting else []  # a table cannot have the number of an item
        width = here.width - STEP * here.lists
        inner = [*self._placed(element, here), *self._flow(element, here.inside(width=width - _BOX, lists=0))]
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if len("".join(element.itertext())) < 900 else ""
        indent = f'<w:tblInd w:w="{STEP * here.lists}" w:type="dxa"/>' if here.lists else ""
        return [
            *before,
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Callout"/><w:tblW w:w="{width}" w:type="dxa"/>{indent}'
            f'<w:tblLook w:val="0000"/></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
            f'<w:tr>{whole}<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_cell_ended(inner)}</w:tc></w:tr>'
            "</w:tbl>",
            _paragraph(here.style, "", _TIGHT),
        ]

    def _table(self, element: Element, here: _Here) -> list[str]:
        rows = [(row, [cell for cell in row if cell.tag in ("th", "td")]) for row in element.iter("tr")]
        columns = max((len(cells) for _, cells in rows), default=0)
        if not columns:
            return []
        before = [self._styled("", here)] if self._waiting else []
        width = here.width - STEP * here.lists
        widths = _widths([cells for _, cells in rows], columns, width)
        head = element.find("thead")
        in_head = set(map(id, head)) if head is not None else set()
        out: list[str] = []
        for row, cells in rows:
            is_head = id(row) in in_head
            properties = "<w:cantSplit/><w:tblHeader/>" if is_head else "<w:cantSplit/>"
            full = [*cells, *(Element("td") for _ in range(columns - len(cells)))]
            made = (self._cell(cell, here, one, is_head=is_head) for cell, one in zip(full, widths, strict=True))
            out.append(f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>")
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
        indent = f'<w:tblInd w:w="{STEP * here.lists}" w:type="dxa"/>' if here.lists else ""
        return [
            *before,
            f'<w:tbl><w:tblPr><w:tblStyle w:val="HandbookTable"/><w:tblW w:w="{width}" w:type="dxa"/>{indent}'
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
            f"{''.join(out)}</w:tbl>",
            _paragraph(here.style, "", _TIGHT),
        ]

    def _cell(self, cell: Element, here: _Here, width: int, *, is_head: bool) -> str:
        style = "TableHead" if is_head else "TableText"
        inner = self._flow(cell, here.inside(width=width - 2 * 108, lists=0, style=style))
        found = re.search(r"text-align:\s*(right|center)", cell.get("style", ""))
        if found:
            inner = [one.replace("</w:pPr>", f'<w:jc w:val="{found.group(1)}"/></w:pPr>', 1) for one in inner]
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{_cell_ended(inner or [_paragraph(style, '')])}</w:tc>"
        )

    def _figure(self, element: Element, here: _Here) -> list[str]:
        out: list[str] = []
        found = self._pictures.of(element)
        mark = self._place(element)
        said = figures.words_of(element) if not figures.caption_of(element) else ""
        alternative = ". ".join(filter(None, (element.get("alt", "").rstrip("."), element.get("data-words", ""))))
        if found is not None:
            self._drawings += 1
            drawing = self._drawing(element, here, found.data, alternative or said)
            out.append(self._styled(f"{mark}<w:r>{drawing}</w:r>", here, "Picture"))
        else:
            why = "" if figures.is_shown(element) else figures.not_shown(element)
            for text in filter(None, (why, alternative)):
                out.append(self._styled(mark + _run(text), here, "NoPicture"))
                mark = ""
        caption = figures.caption_of(element)
        if caption:
            out.append(self._styled(_run(caption), here, "Caption"))
        return out

    def _drawing(self, figure: Element, here: _Here, data: bytes, alternative: str) -> str:
        image = self._document.part.package.get_or_add_image_part(io.BytesIO(data))
        relation = self._part.relate_to(image, _IMAGE)
        wide, high = figures.size_of(figure)
        share, pixels = figures.width_of(figure)
        room = here.width - STEP * here.lists
        width = min(room, round(share * room) if share else round(pixels * _PIXEL))
        height = round(width * high / wide)
        if height > _HIGHEST:
            width, height = round(width * _HIGHEST / height), _HIGHEST
        size = f'cx="{max(1, width) * _EMU}" cy="{max(1, height) * _EMU}"'
        number = self._drawings
        said = f'"{escape(alternative)}"'
        return (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name="Picture {number}" descr={said}/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr={said}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )

    # -- In a line ----------------------------------------------------------------------------------------

    def _runs(self, element: Element, here: _Here) -> list[str]:
        out = [self._words(element.text, here, first=True)]
        for child in element:
            if child.tag in markup.BLOCKS:
                out.append(self._words("".join(child.itertext()), here))
            else:
                out.append(self._inline(child, here))
            out.append(self._words(child.tail, here))
        return out

    def _words(self, text: str | None, here: _Here, *, first: bool = False) -> str:
        """A text as runs; an empty box becomes one that is ticked with a click."""
        words = _SPACE.sub(" ", text or "")
        if first:
            words = words.lstrip(" ")
        if not words:
            return ""
        if self._in_note:
            return _run(words, here.looks, link=here.link)
        pieces = re.split(f"({TICK}|{TICKED})", words)
        return "".join(_TICK_BOXES.get(piece) or _run(piece, here.looks, link=here.link) for piece in pieces if piece)

    def _inline(self, element: Element, here: _Here) -> str:
        tag = str(element.tag)
        if tag == "br":
            return "<w:r><w:br/></w:r>"
        if tag == "sup" and element.get("data-note") is not None:
            return self._note(element.get("data-note", ""), here)
        if tag == "a":
            return self._link(element, here)
        looks = here.looks if tag == "span" else (*here.looks, tag)
        return self._place(element) + "".join(self._runs_as_they_are(element, here.inside(looks=looks)))

    def _runs_as_they_are(self, element: Element, here: _Here) -> list[str]:
        """As _runs(), but a space at the beginning stays."""
        out = [self._words(element.text, here)]
        for child in element:
            out += [self._inline(child, here), self._words(child.tail, here)]
        return out

    def _link(self, element: Element, here: _Here) -> str:
        target = element.get("href", "")
        if here.link:
            return "".join(self._runs_as_they_are(element, here))
        if markup.is_external(target):
            address = live(target)
            if not address:
                return "".join(self._runs_as_they_are(element, here))
            relation = self._part.relate_to(address, _HYPERLINK, is_external=True)
            attributes = f'r:id="{relation}"'
        else:
            place = self._book.place(target)
            if place is None:  # another text: its words alone
                return "".join(self._runs_as_they_are(element, here))
            attributes = f'w:anchor="{self._bookmark(place.text, place.anchor)}"'
        inner = "".join(self._runs_as_they_are(element, here.inside(link=True)))
        return f'<w:hyperlink {attributes} w:history="1">{inner}</w:hyperlink>' if inner else ""

    def _note(self, note: str, here: _Here) -> str:
        name = self._text.name if self._text else ""
        item = self._items.get(note)
        if item is None or self._in_note:
            return ""
        number = self._notes.number(name, note)
        if number is not None:  # the note is written already: this refers to its number
            asked = f'<w:instrText xml:space="preserve"> NOTEREF _n{number} \\f \\h </w:instrText>'
            return (
                f"{_field('begin', _REFERENCE)}<w:r>{_REFERENCE}{asked}</w:r>{_field('separate', _REFERENCE)}"
                f"<w:r>{_REFERENCE}<w:t>{number}</w:t></w:r>{_field('end', _REFERENCE)}"
            )
        number = self._notes.reserve(name, note)
        self._in_note, self._part, waiting = True, self._note_part, self._waiting
        self._waiting = ""
        paragraphs = self._flow(item, _Here(here.width, style="FootnoteText")) or [_paragraph("FootnoteText", "")]
        self._in_note, self._part, self._waiting = False, self._document.part, waiting
        mark = f'<w:r>{_REFERENCE}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
        paragraphs[0] = paragraphs[0].replace("</w:pPr>", f"</w:pPr>{mark}", 1)
        self._notes.write(number, _spoken("".join(paragraphs), self._text.language if self._text else ""))
        self._bookmark_count += 1
        return (
            f'<w:bookmarkStart w:id="{self._bookmark_count}" w:name="_n{number}"/>'
            f'<w:r>{_REFERENCE}<w:footnoteReference w:id="{number}"/></w:r>'
            f'<w:bookmarkEnd w:id="{self._bookmark_count}"/>'
        )

    # -- Places -------------------------------------------------------------------------------------------

    def _place(self, element: Element) -> str:
        anchor = element.get("id")
        return self._mark(self._text.name, anchor) if anchor is not None and self._text is not None else ""

    def _placed(self, element: Element, here: _Here) -> list[str]:
        mark = self._place(element)
        return [_paragraph(here.style, mark, _TIGHT)] if mark else []

    def _bookmark(self, text: str, anchor: str) -> str:
        """The name of a place: Word takes 40 letters of few kinds, so it is a number."""
        return self._bookmarks.setdefault((text, anchor), f"_s{len(self._bookmarks) + 1}")

    def _mark(self, text: str, anchor: str) -> str:
        name = self._bookmark(text, anchor)
        if name in self._set or self._in_note:
            return ""
        self._set.add(name)
        self._bookmark_count += 1
        return (
            f'<w:bookmarkStart w:id="{self._bookmark_count}" w:name="{name}"/>'
            f'<w:bookmarkEnd w:id="{self._bookmark_count}"/>'
        )

    _WRITERS: ClassVar[Mapping[str, Callable[[Walk, Element, _Here], list[str]]]] = {
        "p": _p,
        "ul": _list,
        "ol": _list,
        "dl": _definitions,
        "blockquote": _quotation,
        "pre": _source_code,
        "hr": _rule,
        "div": _div,
        "table": _table,
        "figure": _figure,
    }


_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_REFERENCE = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
_TIGHT = '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
_TICK_BOXES = {
    sign: f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/>'
    f'<w14:checkedState w14:val="{state}" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
    '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>'
    f"<w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
    for sign, checked, state in ((TICK, 0, "2612"), (TICKED, 1, "2611"))
}


def _new_part(document: Document) -> Part_:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(PackURI("/word/footnotes.xml"), notes.CONTENT_TYPE, b"", document.part.package)
    document.part.relate_to(part, notes.RELATION)
    return part


def _paragraph(style: str, content: str, properties: str = "") -> str:
    if direction_of(_ENTITY.sub(" ", " ".join(_TEXT.findall(content)))) == "rtl":
        numbered, end, rest = properties.rpartition("</w:numPr>")
        properties = f"{numbered}{end}<w:bidi/>{rest}"  # the order is Word's
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _run(words: str, looks: Sequence[str] = (), *, link: bool = False) -> str:
    """Words as a run. looks: tags of the elements around them: the first with a style gives the style."""
    if not words:
        return ""
    style = "Hyperlink" if link else next((_LOOKS[one] for one in looks if one in _LOOKS), "")
    more = "".join(dict.fromkeys(mark for one, mark in _MARKS.items() if one in looks and _LOOKS.get(one) != style))
    more += "<w:rtl/>" if has_letters_to_left(words) else ""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f"<w:r>{f'<w:rPr>{properties}{more}</w:rPr>' if properties or more else ''}{text_of(words)}</w:r>"


def _field(kind: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>'


def _spoken(blocks: str, language: str) -> str:
    """Blocks whose words are in another language than the document's; "" if they are in that."""
    if not language:
        return blocks
    said = f'<w:lang w:val="{language}"/></w:rPr><w:t '
    return blocks.replace("</w:rPr><w:t ", said).replace("<w:r><w:t ", f"<w:r><w:rPr>{said}")


def _on_new_page(block: str) -> str:
    return block.replace("/>", "/><w:pageBreakBefore/>", 1) if block.startswith("<w:p>") else block


def _cell_ended(inner: Sequence[str]) -> str:
    """The blocks of a cell: the last one has to be a paragraph."""
    ended = "".join(inner)
    return ended if ended.endswith("</w:p>") else ended + _paragraph("TableText", "", _TIGHT)


def _widths(rows: Sequence[Sequence[Element]], columns: int, width: int) -> list[int]:
    """The widths of a table's columns: each has room for its longest word, and the rest by how much it says."""
    words = [[markup.words_of(row[column]) if column < len(row) else "" for row in rows] for column in range(columns)]
    least = [
        min(24, max((len(word) for cell in cells for word in cell.split()), default=1)) * 125 + 260 for cells in words
    ]
    wanted = [max(4, min(60, max(map(len, cells), default=1)) + sum(map(len, cells)) / len(cells)) for cells in words]
    if sum(least) >= width:
        return [max(1, round(width * one / sum(least))) for one in least]
    rest = width - sum(least)
    return [low + round(rest * one / sum(wanted)) for low, one in zip(least, wanted, strict=True)]
