"""Writes a book as EPUB 3: for telephones and readers of e-books.

Belongs here: the files of an EPUB and what it says of its accessibility. Not here: the HTML of its texts
(web_texts.py), zip files (archive.py).

No fonts are embedded: readers have some with Cyrillic, and people choose their own. EPUB 3.3 is written
(https://www.w3.org/TR/epub-33/); accessibility metadata follow EPUB Accessibility 1.1."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from handbook.base.escape import escape
from handbook.content.web_text import TOP, Heading, contents
from handbook.export.archive import zipped
from handbook.export.book import Book, Place, Step, Text, no_step
from handbook.export.pictures import Pictures, pictures_of
from handbook.export.web_texts import STYLES, section

_MIMETYPE = "mimetype"
_PACKAGE = "book.opf"
_CONTAINER = f"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/{_PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_MOST_HEADINGS = 600  # in the table of contents; of longer books it has the chapters alone


def epub(book: Book, step: Step = no_step) -> bytes:
    """The file, the same bytes for the same book. step: told from 0 to 1; raises to stop."""
    pictures = pictures_of(book, drawings=True, step=lambda share: step(0.3 * share))
    entries: list[tuple[str, bytes | str]] = [
        (_MIMETYPE, "application/epub+zip"),
        ("META-INF/container.xml", _CONTAINER),
        (f"EPUB/{_PACKAGE}", _package(book, pictures)),
        ("EPUB/nav.xhtml", _nav(book)),
        ("EPUB/style.css", STYLES),
    ]
    for number, text in enumerate(book.texts):
        step(0.3 + 0.6 * number / len(book.texts))
        entries.append((f"EPUB/{text.name}.xhtml", _page(book, text, pictures)))
    entries += [(f"EPUB/{one.name}", one.data) for one in pictures.files]
    step(0.95)
    return zipped(entries, first=_MIMETYPE)


def _page(book: Book, text: Text, pictures: Pictures) -> str:
    def picture(figure: Element) -> str:
        found = pictures.of(figure)
        return found.name if found is not None else ""

    def address(place: Place) -> str:
        here = f"#{place.anchor or TOP}"
        return here if place.text == text.name else f"{place.text}.xhtml{here}"

    body = section(book, text, address, lambda anchor: anchor, picture)
    return _document(book, text.title, f"<main>\n{body}</main>\n")


def _document(book: Book, title: str, body: str) -> str:
    language = escape(book.language)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}">\n<head><title>{escape(title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="style.css"/></head>\n<body>\n{body}</body>\n</html>\n'
    )


def _nav(book: Book) -> str:
    """The table of contents, for people and for the reader's own menu."""
    full = sum(len(text.headings) for text in book.texts) <= _MOST_HEADINGS
    has_parts = len(book.groups) > 1
    lines: list[Heading] = []
    for group in book.groups:
        if has_parts:
            lines.append(Heading(1, group.title, f"{group.texts[0].name}.xhtml"))
        for text in group.texts:
            lines.append(Heading(2, text.title, f"{text.name}.xhtml"))
            lines += [
                Heading(one.level + 2, one.title, f"{text.name}.xhtml#{one.anchor}")
                for one in (text.headings if full else ())
            ]
    listed = contents(lines).replace('href="#', 'href="').replace("<ul>", "<ol>").replace("</ul>", "</ol>")
    said = escape(book.said.pgettext("head of a list", "Contents"))
    body = f'<nav epub:type="toc" role="doc-toc" id="toc"><h1>{said}</h1>\n{listed}</nav>\n'
    return _document(book, book.said.pgettext("head of a list", "Contents"), body)


def _package(book: Book, pictures: Pictures) -> str:
    rows = "".join(f"{row}\n" for row in _metadata(book, pictures))
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        *(
            f'<item id="t{number}" href="{escape(text.name)}.xhtml" media-type="application/xhtml+xml"/>'
            for number, text in enumerate(book.texts, 1)
        ),
        *(
            f'<item id="p{number}" href="{one.name}" media-type="{one.media}"/>'
            for number, one in enumerate(pictures.files, 1)
        ),
    ]
    spine = "".join(f'<itemref idref="t{number}"/>\n' for number in range(1, len(book.texts) + 1))
    if len(book.texts) > 1:
        spine = f'<itemref idref="nav"/>\n{spine}'
    language, listed = escape(book.language), "\n".join(items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        f'unique-identifier="identity" xml:lang="{language}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{rows}</metadata>\n'
        f"<manifest>\n{listed}\n</manifest>\n<spine>\n{spine}</spine>\n</package>\n"
    )


def _metadata(book: Book, pictures: Pictures) -> Iterator[str]:
    yield f'<dc:identifier id="identity">urn:uuid:{book.identity}</dc:identifier>'
    yield f"<dc:title>{escape(book.title)}</dc:title>"
    yield f"<dc:language>{escape(book.language)}</dc:language>"
    for name in dict.fromkeys((book.publisher, *(text.source for text in book.texts if text.is_statement))):
        yield f"<dc:creator>{escape(name)}</dc:creator>"
    yield f"<dc:publisher>{escape(book.publisher)}</dc:publisher>"
    yield f"<dc:date>{book.date}</dc:date>"
    if book.subtitle:
        yield f"<dc:description>{escape(book.subtitle)}</dc:description>"
    yield f'<meta property="dcterms:modified">{book.date}T00:00:00Z</meta>'
    modes = ["textual", *(["visual"] if pictures.files else [])]
    features = ["tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"]
    if pictures.files:
        features.append("alternativeText")
    yield from (f'<meta property="schema:accessMode">{mode}</meta>' for mode in modes)
    yield '<meta property="schema:accessModeSufficient">textual</meta>'
    yield from (f'<meta property="schema:accessibilityFeature">{one}</meta>' for one in features)
    yield '<meta property="schema:accessibilityHazard">none</meta>'
    said = book.said.gettext(
        "All texts have headings, lists, tables with heads, and notes that lead there and back. Pictures are described "
        "in words. Size, colours and typeface follow the reader's settings."
    )
    yield f'<meta property="schema:accessibilitySummary">{escape(said)}</meta>'
