"""The parts of a PowerPoint file that are the same in all: theme, masters, layouts.

Belongs here: colours, typefaces, places and sizes on a slide. Not here: the slides (__init__.py).

They are written here, as python-pptx brings Pillow and XlsxWriter in, and with them sockets and 8 MB."""

from __future__ import annotations

from handbook.export.powerpoint.pages import SIZE

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WIDTH, HEIGHT = 12192000, 6858000  # of a slide, 16:9, in EMU
EDGE = 640080
TITLE = (EDGE, 330000, WIDTH - 2 * EDGE, 1150000)  # left, top, width, height
BODY = (EDGE, 1580000, WIDTH - 2 * EDGE, 4560000)
FOOT = (EDGE, 6290000, WIDTH - 2 * EDGE, 380000)
_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)


def tree(shapes: str) -> str:
    """Shapes as what a slide shows."""
    return f"<p:cSld><p:spTree>{_TREE}{shapes}</p:spTree></p:cSld>"


def place(box: tuple[int, int, int, int]) -> str:
    """Where a shape is."""
    left, top, width, height = box
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def shape(
    number: int, name: str, kind: str, paragraphs: str, box: tuple[int, int, int, int] | None = None, anchor: str = ""
) -> str:
    """A shape with text. kind: of the placeholder, as XML. box: where it is, if not where its layout has it."""
    properties = f'{place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if box else ""
    fit = f"<a:bodyPr{anchor}><a:normAutofit/></a:bodyPr>" if box else "<a:bodyPr/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{properties}</p:spPr>"
        f"<p:txBody>{fit}<a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    )


_EMPTY = '<a:p><a:endParaRPr lang="en-GB"/></a:p>'
TITLE_PLACE, BODY_PLACE, FOOT_PLACE = 'type="title"', 'type="body" idx="1"', 'type="ftr" sz="quarter" idx="11"'


def _level(number: int, size: int) -> str:
    return (
        f'<a:lvl{number}pPr marL="{342900 * number}" indent="-342900" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
        f'latinLnBrk="0" hangingPunct="1"><a:spcBef><a:spcPts val="900"/></a:spcBef><a:buFont typeface="Arial"/>'
        f'<a:buChar char="•"/><a:defRPr sz="{size * 100}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/>'
        "</a:solidFill>"
        '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr>'
        f"</a:lvl{number}pPr>"
    )


def master() -> str:
    """The master of the slides: what is changed there changes on all."""
    shapes = (
        shape(2, "Title", TITLE_PLACE, _EMPTY, TITLE, ' anchor="b"')
        + shape(3, "Text", BODY_PLACE, _EMPTY, BODY)
        + shape(4, "Source", 'type="ftr" sz="quarter" idx="3"', _EMPTY, FOOT, ' anchor="ctr"')
    )
    title = (
        '<a:lvl1pPr algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:spcBef>'
        '<a:spcPct val="0"/></a:spcBef><a:buNone/><a:defRPr sz="3200" b="1" kern="1200"><a:solidFill>'
        '<a:schemeClr val="accent1"/></a:solidFill><a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/>'
        '<a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr>'
    )
    background = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    levels = "".join(_level(number, SIZE) for number in range(1, 10))
    return (
        f"{HEAD}<p:sldMaster {NAMESPACES}>{tree(shapes).replace('<p:cSld>', f'<p:cSld>{background}')}{_MAP}"
        '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        "<p:otherStyle/></p:txStyles></p:sldMaster>"
    )


def layout() -> str:
    """Title, text and source line: the one layout."""
    shapes = (
        shape(2, "Title", TITLE_PLACE, _EMPTY)
        + shape(3, "Text", 'idx="1"', _EMPTY)
        + shape(4, "Source", FOOT_PLACE, _EMPTY)
    )
    made = tree(shapes).replace("<p:cSld>", '<p:cSld name="Title and text">')
    return (
        f'{HEAD}<p:sldLayout {NAMESPACES} type="obj" preserve="1">{made}'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def notes_master() -> str:
    """The master of the notes pages."""
    picture = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr>'
        f'{place((685800, 685800, 5486400, 3086100))}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp>'
    )
    words = shape(3, "Notes", 'type="body" sz="quarter" idx="3"', _EMPTY, (685800, 4000000, 5486400, 4600000))
    return (
        f"{HEAD}<p:notesMaster {NAMESPACES}>{tree(picture + words)}{_MAP}<p:notesStyle>"
        '<a:lvl1pPr marL="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        '<a:defRPr sz="1200" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl1pPr>'
        "</p:notesStyle></p:notesMaster>"
    )


def theme() -> str:
    """Colours and typefaces, as in our drawings."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            ("dk1", "22252A"),
            ("lt1", "FFFFFF"),
            ("dk2", "17606D"),
            ("lt2", "E4EFF0"),
            ("accent1", "17606D"),
            ("accent2", "A9C8CD"),
            ("accent3", "5D636B"),
            ("accent4", "B0702A"),
            ("accent5", "3E6B45"),
            ("accent6", "7A4B7E"),
            ("hlink", "17606D"),
            ("folHlink", "5D636B"),
        )
    )
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme {NAMESPACES.split(" ", maxsplit=1)[0]} name="Handbook"><a:themeElements>'
        f'<a:clrScheme name="Handbook">{colours}</a:clrScheme><a:fontScheme name="Handbook"><a:majorFont>{font}'
        f'</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name="Handbook"><a:fillStyleLst>'
        f"{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
