"""For tests of printing: handouts made, and real PDFs read back.

Belongs here: what tests ask of a PDF. Not here: any look at the document that Typst was given."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from handbook.base import catalogue
from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout, pieces
from handbook.printing.typeset import to_pdf

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden" / "typeset"
MM = 72 / 25.4  # points


Box = tuple[float, float, float, float]  # left, bottom, right and top, in points

# -- Reading a PDF ------------------------------------------------------------------------------------------


class Pdf:
    """What tests ask of a PDF."""

    def __init__(self, data: bytes) -> None:
        self.raw = pypdfium2.PdfDocument(data)
        self._words: dict[int, pypdfium2.PdfTextPage] = {}
        self._texts: dict[tuple[int, float, float], str] = {}
        self._links: dict[int, list[tuple[str, int | str]]] = {}
        self.found_runs: dict[int, list[tuple[Box, str]]] = {}

    def __len__(self) -> int:
        return len(self.raw)

    def words(self, page: int) -> pypdfium2.PdfTextPage:
        """What PDFium knows of a page's letters; to look a page through takes it milliseconds, so that is done once."""
        if page not in self._words:
            self._words[page] = self.raw[page].get_textpage()
        return self._words[page]

    def text(self, page: int, top: float = 24, bottom: float = 23) -> str:
        """A page's words between its head and its foot, which end so many millimetres from its edges."""
        if (page, top, bottom) not in self._texts:
            width, height = self.raw.get_page_size(page)
            found = str(self.words(page).get_text_bounded(0, bottom * MM, width, height - top * MM))
            plain = found.replace("\r\n", "\n").replace("\x02", "-").replace("\u200b", "")
            self._texts[page, top, bottom] = plain
        return self._texts[page, top, bottom]

    @cached_property
    def body(self) -> str:
        """All words of all pages but those of heads and feet."""
        return "\n".join(self.text(page) for page in range(len(self)))

    def foot(self, page: int) -> str:
        width, _ = self.raw.get_page_size(page)
        return " ".join(self.words(page).get_text_bounded(0, 0, width, 23 * MM).split())

    def head(self, page: int) -> str:
        width, height = self.raw.get_page_size(page)
        return " ".join(self.words(page).get_text_bounded(0, height - 24 * MM, width, height).split())

    def boxes(self, page: int) -> Iterator[tuple[float, float, float, float]]:
        """Left, bottom, right and top of every letter."""
        words = self.words(page).raw
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        for index in range(pdfium.FPDFText_CountChars(words)):
            if not chr(pdfium.FPDFText_GetUnicode(words, index)).isspace():
                pdfium.FPDFText_GetCharBox(words, index, left, right, bottom, top)
                yield left.value, bottom.value, right.value, top.value

    def letter_heights(self, page: int, letters: str = "x") -> set[float]:
        words = self.words(page)
        return {
            round(pdfium.FPDFText_GetFontSize(words, index), 2)
            for index in range(words.count_chars())
            if words.get_text_range(index, 1) in letters
        }

    @cached_property
    def outline(self) -> list[tuple[int, str, int]]:
        """Level from 0, title and page from 1 of every bookmark."""
        return [(mark.level, mark.get_title(), mark.get_dest().get_index() + 1) for mark in self.raw.get_toc()]

    def links(self, page: int) -> list[tuple[str, int | str]]:
        """The words under each link and where it leads: a page from 1 or an address."""
        if page not in self._links:
            self._links[page] = self._read_links(page)
        return self._links[page]

    def _read_links(self, page: int) -> list[tuple[str, int | str]]:
        found: list[tuple[str, int | str]] = []
        place, link, words, here = ctypes.c_int(0), pdfium.FPDF_LINK(), self.words(page), self.raw[page]
        while pdfium.FPDFLink_Enumerate(here, place, link):
            box = pdfium.FS_RECTF()
            pdfium.FPDFLink_GetAnnotRect(link, box)
            text = words.get_text_bounded(box.left, box.bottom, box.right, box.top)
            found.append((" ".join(text.split()), self._target(link)))
        return found

    def _target(self, link: object) -> int | str:
        target = pdfium.FPDFLink_GetDest(self.raw, link)
        if target:
            return int(pdfium.FPDFDest_GetDestPageIndex(self.raw, target)) + 1
        action = pdfium.FPDFLink_GetAction(link)
        if pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO:
            target = pdfium.FPDFAction_GetDest(self.raw, action)
            return int(pdfium.FPDFDest_GetDestPageIndex(self.raw, target)) + 1
        size = pdfium.FPDFAction_GetURIPath(self.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(self.raw, action, buffer, size)
        return buffer.value.decode()

    def tags(self, page: int) -> list[str]:
        """The types of a page's structure elements, in reading order."""
        tree = pdfium.FPDF_StructTree_GetForPage(self.raw[page])
        found: list[str] = []

        def walk(element: object) -> None:
            found.append(wide(pdfium.FPDF_StructElement_GetType, element))
            for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
                child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
                if child:
                    walk(child)

        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index))
        pdfium.FPDF_StructTree_Close(tree)
        return found

    @property
    def language(self) -> str:
        return wide(pdfium.FPDFCatalog_GetLanguage, self.raw)


def wide(read: Callable[..., int], subject: object) -> str:
    """A text that PDFium writes as UTF-16 into a buffer of the size that it first asks for."""
    size = read(subject, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    read(subject, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def without_numbers(text: str) -> str:
    """A text without the numbers of ours that stand in the statement's margin."""
    return re.sub(r"\b(?:P\d\d|[RB]\d)\b", "", text)


def letters(text: str) -> str:
    """Letters and digits alone: what is left of a text when lines, hyphens and bullets are set aside."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


# -- Handbooks ----------------------------------------------------------------------------------------------


def made(folder: Path, **chapters: str) -> Handbook:
    for name, text in chapters.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return load(folder)


A4 = PrintOptions()


def printed(handbook: Handbook, *addresses: str, options: PrintOptions = A4, title: str = "") -> Pdf:
    """A handout read back; what was printed of the same handbook before is not printed again."""
    return _printed(handbook, Handout(addresses, options, title), catalogue.language())


@lru_cache(maxsize=100)
def _printed(handbook: Handbook, handout: Handout, language: str) -> Pdf:
    return Pdf(to_pdf(handbook, handout))


def words(handbook: Handbook, *addresses: str) -> list[str]:
    """The words that each piece of a handout has in the handbook."""
    return [
        markup.words_of(markup.cut(markup.parse(one.chapter), {part.address.anchor for part in one.sections}))
        for one in pieces(handbook, Handout(addresses))
    ]


NOTES, BOOKLET = PrintOptions(notes="column"), PrintOptions(booklet=True)
SMALLEST = PrintOptions(size=18, booklet=True, notes="column")  # the fewest letters to a line
LARGE, LARGE_LETTER = PrintOptions(size=18), PrintOptions("letter", 18)
LAYOUTS = [
    A4,
    PrintOptions("letter"),
    PrintOptions(size=14),
    LARGE,
    NOTES,
    PrintOptions("letter", 18, notes="column"),
]


def name_of(options: object) -> str:
    """A name for a test's parameter."""
    if not isinstance(options, PrintOptions):
        return str(options)
    extras = ["booklet"] * options.booklet + ["notes"] * (options.notes != "none")
    return "-".join((options.paper, str(options.size), *extras))


def within_page(pdf: Pdf, margin: float = 5 * MM) -> None:
    """No letter comes nearer to the paper's edge than a printer prints."""
    for page in range(len(pdf)):
        width, height = pdf.raw.get_page_size(page)
        for left, bottom, right, top in pdf.boxes(page):
            assert margin < left < right < width - margin or left == right
            assert margin < bottom <= top < height - margin


def runs(read: Pdf, page: int) -> list[tuple[Box, str]]:
    """The stretches of words of a page: left, bottom, right and top in points, and the words. Each is read once."""
    if page not in read.found_runs:
        read.found_runs[page] = _read_runs(read, page)
    return read.found_runs[page]


def _read_runs(read: Pdf, page: int) -> list[tuple[Box, str]]:
    words = read.words(page)
    found: list[tuple[Box, str]] = []
    for index in range(words.count_rects()):
        box = words.get_rect(index)
        said = words.get_text_bounded(*box).strip()
        if said:
            found.append((box, said))
    return found


def overlapping(read: Pdf, page: int) -> list[tuple[str, str]]:
    """Words of a page that are printed over others: their boxes share more than a touch."""
    found = sorted(runs(read, page), key=lambda one: one[0][1])
    shared: list[tuple[str, str]] = []
    for number, (first, one) in enumerate(found):
        for second, other in found[number + 1 :]:
            if second[1] >= first[3]:
                break  # this one and all after it are above
            if _share(first, second):
                shared.append((one, other))
    return shared


def _share(first: Box, second: Box) -> bool:
    wide = min(first[2], second[2]) - max(first[0], second[0])
    high = min(first[3], second[3]) - max(first[1], second[1])
    lower = min(first[3] - first[1], second[3] - second[1])
    return wide > max(1.0, 0.15 * lower) and high > 0.4 * lower  # an italic f leans a little over its box


def crowded(read: Pdf, page: int) -> list[tuple[str, str]]:
    """Lines of a page that stand nearer above each other than the smaller of them is high, from baseline to baseline.

    Words without a descender above words without room are so near that they cannot be read, and share nothing."""
    found = sorted(_lines(read, page))
    near: list[tuple[str, str]] = []
    for number, (base, left, right, size, one) in enumerate(found):
        for other, start, end, large, two in found[number + 1 :]:
            if other - base >= size:
                break
            apart = 0.95 * min(size, large)
            if 0.6 * min(size, large) < other - base < apart and min(right, end) - max(left, start) > 1.0:
                near.append((two, one))
    return near


def _lines(read: Pdf, page: int) -> Iterator[tuple[float, float, float, float, str]]:
    """Baseline, ends, size and words of each stretch of letters side by side; turned ones are left out."""
    words = read.words(page).raw
    x, y, turned = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    box = [ctypes.c_double() for _ in range(4)]
    at: tuple[float, float] | None = None
    left = right = 0.0
    said = ""
    for index in range(pdfium.FPDFText_CountChars(words)):
        letter = chr(pdfium.FPDFText_GetUnicode(words, index))
        if letter.isspace() or letter == "\0" or pdfium.FPDFText_GetCharAngle(words, index) > 0.1:
            continue
        pdfium.FPDFText_GetCharOrigin(words, index, x, y)
        pdfium.FPDFText_GetMatrix(words, index, turned)  # a drawing's words have the drawing's scale
        here = (round(y.value, 1), round(pdfium.FPDFText_GetFontSize(words, index) * abs(turned.d), 1))
        pdfium.FPDFText_GetCharBox(words, index, *box)  # left, right, bottom, top
        if here != at:
            if at is not None and said:
                yield (at[0], left, right, at[1], said)
            at, left, said = here, box[0].value, ""
        left, right, said = min(left, box[0].value), box[1].value, said + letter
    if at is not None and said:
        yield (at[0], left, right, at[1], said)


def outside(read: Pdf, page: int) -> list[str]:
    """Words of a page that leave it."""
    width, height = read.raw.get_page_size(page)
    return [said for box, said in runs(read, page) if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height]
