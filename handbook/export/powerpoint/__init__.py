"""Writes a book as slides for PowerPoint, with the trainer's text in the notes.

    __init__.py   the file: its parts, and how they belong together
    pages.py      what stands on which slide
    parts.py      theme, master, layout

Not here: showing to a room (ui/presenting/), what a slide of the window is (presenting/slides.py)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from handbook.base.direction import direction_of
from handbook.base.escape import escape
from handbook.content import figures
from handbook.export.archive import zipped
from handbook.export.book import Book, Step, no_step
from handbook.export.pictures import File, Pictures, pictures_of
from handbook.export.powerpoint import parts
from handbook.export.powerpoint.pages import SOURCE_SIZES, TITLE_SIZES, Line, Page, fitted, pages_of

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = "application/vnd.openxmlformats-officedocument.presentationml."
_NOTES_PLACE = 'type="body" idx="1"'
_FIRST = 256  # the smallest number of a slide
_LAST = 32767  # the largest number from which PowerPoint counts a list


class _Part(NamedTuple):
    """A part of the file. type: of its content. relations: (number, kind, target) of those that it names."""

    name: str
    type: str
    data: bytes | str
    relations: tuple[tuple[int, str, str], ...] = ()


def powerpoint(book: Book, step: Step = no_step) -> bytes:
    """The file, the same bytes for the same book. step: told from 0 to 1; raises to stop."""
    pictures = pictures_of(book, drawings=False, step=lambda share: step(0.5 * share))
    pages: list[Page] = []
    for number, text in enumerate(book.texts):
        step(0.5 + 0.4 * number / len(book.texts))
        pages += pages_of(book, text)
    made = list(_all(book, pages, pictures))
    step(0.95)
    overrides = "".join(f'<Override PartName="/{one.name}" ContentType="{one.type}"/>' for one in made if one.type)
    types = (
        f'{parts.HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{overrides}</Types>"
    )
    entries: list[tuple[str, bytes | str]] = [("[Content_Types].xml", types), ("_rels/.rels", _relations(_TOP))]
    for one in made:
        entries.append((one.name, one.data))
        if one.relations:
            folder, _, name = one.name.rpartition("/")
            entries.append(
                (f"{folder}/_rels/{name}.rels", _relations((n, _RELATIONS + kind, to) for n, kind, to in one.relations))
            )
    return zipped(entries)


_TOP = (
    (1, f"{_RELATIONS}officeDocument", "ppt/presentation.xml"),
    (2, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
)


def _relations(rows: Iterable[tuple[int, str, str]]) -> str:
    listed = "".join(f'<Relationship Id="rId{n}" Type="{kind}" Target="{to}"/>' for n, kind, to in rows)
    return (
        f'{parts.HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{listed}</Relationships>"
    )


def _all(book: Book, pages: list[Page], pictures: Pictures) -> Iterable[_Part]:
    count = len(pages)
    ids = "".join(f'<p:sldId id="{_FIRST + n}" r:id="rId{n + 10}"/>' for n in range(count))
    presentation = (
        f'{parts.HEAD}<p:presentation {parts.NAMESPACES} saveSubsetFonts="1"><p:sldMasterIdLst>'
        '<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst>'
        f'<p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst>{ids}</p:sldIdLst>'
        f'<p:sldSz cx="{parts.WIDTH}" cy="{parts.HEIGHT}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    of_slides = tuple((n + 10, "slide", f"slides/slide{n + 1}.xml") for n in range(count))
    yield _Part(
        "ppt/presentation.xml",
        f"{_TYPES}presentation.main+xml",
        presentation,
        (
            (1, "slideMaster", "slideMasters/slideMaster1.xml"),
            (2, "notesMaster", "notesMasters/notesMaster1.xml"),
            (3, "theme", "theme/theme1.xml"),
            *of_slides,
        ),
    )
    yield _Part(
        "ppt/slideMasters/slideMaster1.xml",
        f"{_TYPES}slideMaster+xml",
        parts.master(),
        ((1, "slideLayout", "../slideLayouts/slideLayout1.xml"), (2, "theme", "../theme/theme1.xml")),
    )
    yield _Part(
        "ppt/slideLayouts/slideLayout1.xml",
        f"{_TYPES}slideLayout+xml",
        parts.layout(),
        ((1, "slideMaster", "../slideMasters/slideMaster1.xml"),),
    )
    yield _Part(
        "ppt/notesMasters/notesMaster1.xml",
        f"{_TYPES}notesMaster+xml",
        parts.notes_master(),
        ((1, "theme", "../theme/theme2.xml"),),
    )
    theme = "application/vnd.openxmlformats-officedocument.theme+xml"
    yield _Part("ppt/theme/theme1.xml", theme, parts.theme())
    yield _Part("ppt/theme/theme2.xml", theme, parts.theme())
    yield _Part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", _core(book))
    for one in pictures.files:
        yield _Part(f"ppt/media/{one.name}", "", one.data)
    for number, page in enumerate(pages, 1):
        yield from _slide(book, page, number, pictures)


def _slide(book: Book, page: Page, number: int, pictures: Pictures) -> Iterable[_Part]:
    picture = pictures.of(page.figure) if page.figure is not None else None
    relations = [(1, "slideLayout", "../slideLayouts/slideLayout1.xml")]
    language = page.language or book.language
    title, size = fitted(page.title, TITLE_SIZES)
    title_line = _paragraph(language, Line(title), size=size if size < TITLE_SIZES[0][0] else 0, bullets=False)
    shapes = parts.shape(2, "Title", parts.TITLE_PLACE, title_line)
    if picture is not None:
        relations.append((2, "image", f"../media/{picture.name}"))
        shapes += _picture(page, picture)
    elif page.figure is not None:  # it could not be drawn: its words
        shapes += parts.shape(3, "Text", 'idx="1"', _paragraph(language, Line(figures.words_of(page.figure))))
    elif page.lines:
        shapes += parts.shape(3, "Text", 'idx="1"', "".join(_paragraph(language, line) for line in page.lines))
    source, size = fitted(page.source, SOURCE_SIZES)
    foot = _paragraph(book.language, Line(source), size=size, bullets=False, face="+mn-lt")
    shapes += parts.shape(4, "Source", parts.FOOT_PLACE, foot)
    if page.notes:
        relations.append((3, "notesSlide", f"../notesSlides/notesSlide{number}.xml"))
    yield _Part(
        f"ppt/slides/slide{number}.xml",
        f"{_TYPES}slide+xml",
        f"{parts.HEAD}<p:sld {parts.NAMESPACES}>{parts.tree(shapes)}"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
        tuple(relations),
    )
    if page.notes:
        words = "".join(_paragraph(language, Line(line), bullets=False) for line in page.notes)
        image = (
            '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
            'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
        )
        yield _Part(
            f"ppt/notesSlides/notesSlide{number}.xml",
            f"{_TYPES}notesSlide+xml",
            f"{parts.HEAD}<p:notes {parts.NAMESPACES}>"
            f"{parts.tree(image + parts.shape(3, 'Notes', _NOTES_PLACE, words))}"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>",
            ((1, "notesMaster", "../notesMasters/notesMaster1.xml"), (2, "slide", f"../slides/slide{number}.xml")),
        )


def _paragraph(language: str, line: Line, *, size: int = 0, bullets: bool = True, face: str = "") -> str:
    properties = ""
    way = ' algn="r" rtl="1"' if direction_of(line.words) == "rtl" else ""
    if bullets and line.bullet == "1":
        margin = 514350 + 342900 * line.level
        properties = (
            f'<a:pPr marL="{margin}" indent="-514350"{way}><a:buFont typeface="+mj-lt"/>'
            f'<a:buAutoNum type="arabicPeriod" startAt="{min(max(1, line.number), _LAST)}"/></a:pPr>'
        )
    elif bullets and line.bullet:
        level = f' lvl="{min(8, line.level)}"' if line.level else ""
        properties = f"<a:pPr{level}{way}/>" if level or way else ""
    elif bullets:
        properties = f'<a:pPr marL="0" indent="0"{way}><a:buNone/></a:pPr>'
    elif way:
        properties = f"<a:pPr{way}/>"
    look = f' sz="{size * 100}"' if size else ""
    letters = f'<a:latin typeface="{face}"/>' if face else ""
    spoken = escape("en-GB" if language == "en" else language)
    return (
        f'<a:p>{properties}<a:r><a:rPr lang="{spoken}"{look}>{letters}</a:rPr>'
        f"<a:t>{escape(line.words)}</a:t></a:r></a:p>"
    )


def _picture(page: Page, picture: File) -> str:
    left, top, width, height = parts.BODY
    scale = min(width / picture.width, height / picture.height)
    wide, high = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    box = (left + (width - wide) // 2, top + (height - high) // 2, wide, high)
    said = escape(figures.words_of(page.figure) if page.figure is not None else "")
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="Picture" descr="{said}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/>'
        '</p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch>'
        f'</p:blipFill><p:spPr>{parts.place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _core(book: Book) -> str:
    day = f"{book.date}T00:00:00Z"
    return (
        f"{parts.HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(book.title)}</dc:title><dc:creator>{escape(book.publisher)}</dc:creator>"
        f"<dc:language>{escape(book.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )
