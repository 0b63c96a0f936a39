"""Every style of an exported Word document, each declared once, so that a person changes its look in one place.

Belongs here: names and looks of styles, the page's measures, header and footer, and what a document is filled with.
Not here: which paragraph has which style (walk.py).

La Strada's words have styles of their own (`Statement …`), so that they stay apart whatever is changed in ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.base.escape import escape
from handbook.export.word.lists import STEP

if TYPE_CHECKING:
    from docx.document import Document

    from handbook.export.book import Book

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
        ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    )
)
PAGE = (11906, 16838)  # A4, in twentieths of a point
MARGIN = 1304  # 23 mm
WIDTH = PAGE[0] - 2 * MARGIN
OURS, THEIRS = "Calibri", "Cambria"  # the typefaces; where one is missing, Word takes another
_DEEP, _SOFT, _PALE = "17606D", "5D636B", "E4EFF0"  # as in our drawings
_OF_TEMPLATE = ("/thumbnail", "/stylesWithEffects")  # parts of python-docx's template
_LINE = 454  # twentieths of a point between lines to write on: 8 mm
_LEVELS = 6


class _Style(NamedTuple):
    """A style. id: as paragraphs name it. name: as Word shows it. para, run: its properties as XML."""

    id: str
    name: str
    para: str = ""
    run: str = ""
    based: str = "Normal"
    following: str = ""
    kind: str = "paragraph"


def _spacing(before: int, after: int, line: int = 264) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}" w:eastAsia="{name}"/>'


def _edge(side: str, colour: str = _SOFT, size: int = 4) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="1" w:color="{colour}"/>'


_KEEP = "<w:keepNext/><w:keepLines/>"
_SIZES = (20, 16, 13.5, 12, 11, 11)  # points, of the headings


def _headings() -> list[_Style]:
    ours = [
        _Style(
            f"Heading{level}",
            f"heading {level}",
            f'{_KEEP}{_spacing(320 if level < 3 else 240, 100)}<w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:bCs/><w:color w:val="{_DEEP}"/>{_size(_SIZES[level - 1])}',
            following="Normal",
        )
        for level in range(1, _LEVELS + 1)
    ]
    theirs = [
        _Style(
            f"StatementHeading{level}",
            f"Statement Heading {level}",
            "",
            f'{_font(THEIRS)}<w:color w:val="000000"/>',
            f"Heading{level}",
            "StatementText",
        )
        for level in range(1, _LEVELS + 1)
    ]
    return ours + theirs


_INDENT = f'<w:ind w:left="{STEP}"/>'
_BAR = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="10" w:color="{_DEEP}"/></w:pBdr>'
STYLES: tuple[_Style, ...] = (
    _Style("Title", "Title", f"{_KEEP}{_spacing(0, 120)}", f'<w:b/><w:color w:val="{_DEEP}"/>{_size(28)}'),
    _Style("Subtitle", "Subtitle", _spacing(0, 240), f'<w:color w:val="{_SOFT}"/>{_size(14)}'),
    *_headings(),
    _Style("MinorHeading", "Minor Heading", f"{_KEEP}{_spacing(160, 60)}", "<w:b/><w:bCs/>"),
    _Style("SourceLine", "Source Line", _spacing(240, 120), f'<w:i/><w:color w:val="{_SOFT}"/>{_size(9.5)}'),
    _Style("Label", "Label", _spacing(0, 160), f'<w:i/><w:color w:val="{_SOFT}"/>'),
    _Style("ListBullet", "List Bullet", _spacing(0, 80) + "<w:contextualSpacing/>"),
    _Style("ListNumber", "List Number", _spacing(0, 80) + "<w:contextualSpacing/>"),
    _Style("TickList", "Tick List", _spacing(0, 80) + "<w:contextualSpacing/>"),
    _Style("ListContinue", "List Continue", _spacing(0, 80)),
    _Style("Quote", "Quote", f'<w:ind w:left="{STEP}" w:right="{STEP}"/>', "<w:i/><w:iCs/>"),
    _Style("Term", "Term", f"{_KEEP}{_spacing(120, 0)}", "<w:b/><w:bCs/>"),
    _Style("Definition", "Definition", f"{_spacing(0, 100)}{_INDENT}"),
    _Style(
        "Code",
        "Code",
        f'<w:shd w:val="clear" w:color="auto" w:fill="F3F4F5"/>{_spacing(60, 120, 240)}<w:jc w:val="left"/>',
        _font("Courier New") + _size(9.5),
    ),
    _Style("Picture", "Picture", f'<w:keepNext/>{_spacing(160, 60)}<w:jc w:val="center"/>'),
    _Style("Caption", "caption", _spacing(0, 200), f'<w:color w:val="{_SOFT}"/>{_size(9.5)}'),
    _Style("NoPicture", "Picture Not Shown", "", "<w:i/>"),
    _Style("CalloutTitle", "Call-out Title", f"{_KEEP}{_spacing(60, 60)}", "<w:b/><w:bCs/>"),
    _Style("TableText", "Table Text", _spacing(30, 30, 252), _size(10)),
    _Style("TableHead", "Table Head", f"<w:keepNext/>{_spacing(40, 40, 252)}", "<w:b/><w:bCs/>", "TableText"),
    _Style(
        "WritingLine",
        "Writing Line",
        f"<w:pBdr>{_edge('bottom')}{_edge('between')}</w:pBdr>"
        f'<w:spacing w:before="0" w:after="0" w:line="{_LINE}" w:lineRule="exact"/>',
    ),
    _Style("Rule", "Rule", f"<w:pBdr>{_edge('bottom')}</w:pBdr>{_spacing(0, 200)}"),
    _Style("FootnoteText", "footnote text", _spacing(0, 40, 240), _size(9)),
    _Style(
        "TOCHeading", "Contents Heading", f"{_KEEP}{_spacing(320, 120)}", f'<w:b/><w:color w:val="{_DEEP}"/>{_size(16)}'
    ),
    *(
        _Style(f"TOC{level}", f"toc {level}", f'{_spacing(0, 40)}<w:ind w:left="{STEP * (level - 1)}"/>')
        for level in range(1, _LEVELS + 1)
    ),
    _Style("Header", "header", f'{_spacing(0, 0, 240)}<w:jc w:val="right"/>', f'<w:color w:val="{_SOFT}"/>{_size(9)}'),
    _Style("Footer", "footer", f'{_spacing(0, 0, 240)}<w:jc w:val="center"/>', f'<w:color w:val="{_SOFT}"/>{_size(9)}'),
    # -- La Strada's words
    _Style("StatementText", "Statement Text", _BAR + _spacing(0, 140), _font(THEIRS)),
    _Style("StatementListBullet", "Statement List Bullet", _spacing(0, 100), _font(THEIRS)),
    _Style("StatementListNumber", "Statement List Number", _spacing(0, 100), _font(THEIRS)),
    _Style("StatementQuote", "Statement Quote", "", _font(THEIRS), "Quote"),
    # -- Letters
    _Style("Strong", "Strong", "", "<w:b/><w:bCs/>", "", kind="character"),
    _Style("Emphasis", "Emphasis", "", "<w:i/><w:iCs/>", "", kind="character"),
    _Style("CodeText", "Code Text", "", _font("Courier New"), "", kind="character"),
    _Style("Hyperlink", "Hyperlink", "", f'<w:color w:val="{_DEEP}"/><w:u w:val="single"/>', "", kind="character"),
    _Style("FootnoteReference", "footnote reference", "", '<w:vertAlign w:val="superscript"/>', "", kind="character"),
)
_CELLS = '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
_TABLES = f"""\
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_CELLS}</w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="HandbookTable"><w:name w:val="Handbook Table"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_edge("top")}{_edge("left")}{_edge("bottom")}{_edge("right")}
{_edge("insideH")}{_edge("insideV")}</w:tblBorders>{_CELLS}</w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr>
<w:shd w:val="clear" w:color="auto" w:fill="{_PALE}"/></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="Callout"><w:name w:val="Call-out"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblBorders>{_edge("top")}{_edge("left", _DEEP, 24)}{_edge("bottom")}{_edge("right")}</w:tblBorders>
<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="160" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>
<w:right w:w="160" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""


def language_of(code: str) -> str:
    """The language as Word names it."""
    return {"en": "en-GB"}.get(code, code)


def _xml(book: Book) -> str:
    lang = f'"{escape(language_of(book.language))}"'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_font(OURS)}{_size(11)}"
        f"<w:lang w:val={lang} w:eastAsia={lang} w:bidi={lang}/></w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{_spacing(0, 140)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/>'
        "</w:style>"
    )
    return f"<w:styles {NAMESPACES}>{defaults}{normal}{''.join(map(_style, STYLES))}{_TABLES}</w:styles>"


def _style(one: _Style) -> str:
    custom = "" if one.name in _BUILT_IN or one.name.startswith(("heading", "toc")) else ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{one.based}"/>' if one.based else ""
    following = f'<w:next w:val="{one.following}"/>' if one.following else ""
    para = f"<w:pPr>{one.para}</w:pPr>" if one.para else ""
    run = f"<w:rPr>{one.run}</w:rPr>" if one.run else ""
    return (
        f'<w:style w:type="{one.kind}"{custom} w:styleId="{one.id}"><w:name w:val="{one.name}"/>{based}{following}'
        f"<w:qFormat/>{para}{run}</w:style>"
    )


_BUILT_IN = frozenset(
    (
        "Title",
        "Subtitle",
        "List Bullet",
        "List Number",
        "List Continue",
        "Quote",
        "caption",
        "footnote text",
        "header",
        "footer",
        "Strong",
        "Emphasis",
        "Hyperlink",
        "footnote reference",
    )
)


def set_up(document: Document, book: Book) -> None:
    """Give a new document our styles in place of its own, its page, its header and footer."""
    from docx.oxml import parse_xml
    from docx.shared import Twips

    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in list(parse_xml(_xml(book))):
        styles.append(child)
    # Pictures of the template, and its own styles, which Word 2010 takes for the document's.
    for relations in (document.part.package.rels, document.part.rels):
        for relation in [one for one in relations.values() if one.reltype.endswith(_OF_TEMPLATE)]:
            del relations[relation.rId]
    section = document.sections[0]
    section.page_width, section.page_height = Twips(PAGE[0]), Twips(PAGE[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(MARGIN)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = book.title
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    number = (
        f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{field.format("begin")}'
        f'<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{field.format("separate")}'
        f"<w:r><w:t>1</w:t></w:r>{field.format('end')}</w:p>"
    )
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        element = footer._element
        for child in list(element):
            element.remove(child)
        element.append(parse_xml(number))


def fill(document: Document, body: list[str]) -> None:
    """Put paragraphs and tables, as XML, in front of the properties of the document's section."""
    from docx.oxml import parse_xml

    element = document.element.body
    for child in list(element):
        if not child.tag.endswith("}sectPr"):
            element.remove(child)
    section = element[-1]
    for piece in body:
        for child in list(parse_xml(f"<w:body {NAMESPACES}>{piece}</w:body>")):
            section.addprevious(child)


def text_of(words: str) -> str:
    """Words as the text of a run."""
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>'
