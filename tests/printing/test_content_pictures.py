"""Pictures of the content on paper: sharp where they are plain drawings, pixels alone else, always with their words."""

from __future__ import annotations

import zlib
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.content.pictures import INK, PALE, Picture
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import Cancelled, Typesetter, pictures, process, to_pdf
from tests.helpers import CONTENT, ROOT, write
from tests.pictures import GIF, JPEG, WEBP, chunk, drawing, png, turned
from tests.printed import MM, Pdf

HOSTILE = ROOT / "tests" / "cases" / "hostile-logos"
TALL = drawing().replace(b'viewBox="0 0 400 200"', b'viewBox="0 0 400 2000"').replace(b"196", b"1996")
FILES: dict[str, str | bytes] = {
    "a.svg": drawing(),
    "b.png": png(400, 200),
    "c.jpg": JPEG,
    "d.gif": GIF,
    "e.webp": WEBP,
    "tall.svg": TALL,
    "hostile.svg": (HOSTILE / "feimage.svg").read_bytes(),
    "lies.png": png(9, 9)[:16] + (4000).to_bytes(4) * 2 + png(9, 9)[24:],
}


def book(folder: Path, source: str, front: str = "") -> Handbook:
    return load(write(folder, {**FILES, "page.md": f"{front}# Page\n\n{source}\n"}))


def printed(folder: Path, source: str, front: str = "", **options: object) -> Pdf:
    return Pdf(to_pdf(book(folder, source, front), Handout(("page",), PrintOptions(**options))))  # type: ignore[arg-type]


def boxes(pdf: Pdf, kind: int) -> list[tuple[float, float]]:
    """Width and height, in mm, of the objects of a kind on the first page, also those within others."""
    found = pdf.raw[0].get_objects(filter=[kind], max_depth=5)
    sides = (one.get_bounds() for one in found)
    return [((right - left) / MM, (top - bottom) / MM) for left, bottom, right, top in sides]


def images(pdf: Pdf) -> list[tuple[float, float]]:
    return boxes(pdf, pdfium.FPDF_PAGEOBJ_IMAGE)


def test_a_plain_drawing_is_lines_and_letters(tmp_path: Path) -> None:
    pdf = printed(tmp_path, '![Two boxes](a.svg "A caption")')
    assert images(pdf) == []
    assert "Act and means" in pdf.body
    assert "A caption" in pdf.body
    assert "Two boxes" not in pdf.body  # it is for those who cannot see the drawing


@pytest.mark.parametrize("name", ["b.png", "c.jpg", "d.gif", "e.webp"])
def test_a_picture_of_pixels_is_printed(tmp_path: Path, name: str) -> None:
    assert len(images(printed(tmp_path, f"![White]({name}){{width=100}}"))) == 1


def test_the_alternative_text_is_in_the_pdf(tmp_path: Path) -> None:
    data = to_pdf(book(tmp_path, '![Two boxes, "one" \\\\ two](a.svg "A caption")'), Handout(("page",)))
    structure = pdfium.FPDF_StructTree_GetForPage(Pdf(data).raw[0])
    assert 'Two boxes, "one" \\ two' in alternatives(structure)


def alternatives(structure: object) -> list[str]:
    import ctypes

    found: list[str] = []

    def walk(element: object) -> None:
        length = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
        if length > 2:
            buffer = ctypes.create_string_buffer(length)
            pdfium.FPDF_StructElement_GetAltText(element, buffer, length)
            found.append(buffer.raw.decode("utf-16-le").rstrip("\0"))
        for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
            walk(pdfium.FPDF_StructElement_GetChildAtIndex(element, number))

    for number in range(pdfium.FPDF_StructTree_CountChildren(structure)):
        walk(pdfium.FPDF_StructTree_GetChildAtIndex(structure, number))
    return found


def test_no_picture_is_higher_than_half_a_page(tmp_path: Path) -> None:
    pdf = printed(tmp_path, "![A tall one](tall.svg)")
    height = max(high for wide, high in boxes(pdf, pdfium.FPDF_PAGEOBJ_PATH) if wide < 100)
    assert 100 < height <= (297 - 2 * 27) / 2 + 0.5  # its stroke is half outside


def test_a_picture_is_as_wide_as_it_asks(tmp_path: Path) -> None:
    column = 210 - 2 * 34
    for source, width in (("", 400 * 25.4 / 96), ("{width=50%}", column / 2), ("{width=96}", 25.4)):
        ((found, _),) = images(printed(tmp_path, f"![White](b.png){source}"))
        assert found == pytest.approx(width, abs=0.2)
    ((found, _),) = images(printed(tmp_path, "![White](b.png){width=4000}"))
    assert found == pytest.approx(column, abs=0.2)  # never wider than the column


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("![A map](no.png)", "Picture not shown: no.png"),
        ("![A map](https://example.org/a.png)", "Picture not shown: a.png"),
        ("![A map](../a.svg)", "Picture not shown: a.svg"),
        ("![A map](hostile.svg)", "Picture not shown: hostile.svg"),
        ("![A map](lies.png)", "Picture not shown: lies.png"),
    ],
)
def test_what_cannot_be_printed_is_said_with_its_words(
    tmp_path: Path, source: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "BOUNDS", pictures.BOUNDS._replace(seconds=2))
    pdf = printed(tmp_path, f"{source}\n\nThe rest.")
    assert said in pdf.body
    assert "A map" in pdf.body
    assert "The rest." in pdf.body


def test_a_picture_from_outside_is_never_drawn_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def nobody(task: process.Task, *_: object) -> process.Answer:
        asked.append(task.what)
        raise process.NotStarted("none here")

    monkeypatch.setattr(pictures, "ask", nobody)
    profile = png(8, 8, chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 500)))
    write(tmp_path, {"f.png": profile, "g.svg": drawing().replace(b"<text", b"<defs/><text")})
    for name in ("c.jpg", "d.gif", "e.webp", "f.png", "g.svg", "hostile.svg"):
        assert f"Picture not shown: {name}" in printed(tmp_path, f"![A map]({name})").body
    assert asked == ["picture"] * 6
    assert len(images(printed(tmp_path, "![A map](b.png)"))) == 1  # pixels alone need no process


def test_the_same_pictures_give_the_same_bytes(tmp_path: Path) -> None:
    source = "![One](a.svg)\n\n![Two](c.jpg)\n\n![Three](a.svg)"
    first = to_pdf(book(tmp_path, source), Handout(("page",)))
    assert to_pdf(book(tmp_path, source), Handout(("page",))) == first


def test_a_picture_that_changes_is_printed_anew(tmp_path: Path) -> None:
    assert "Act and means" in printed(tmp_path, "![One](a.svg)").body
    handbook = book(tmp_path, "![One](a.svg)")
    write(tmp_path, {"a.svg": drawing("Act and purpose")})
    assert "Act and purpose" in Pdf(to_pdf(handbook, Handout(("page",)))).body


def test_cards_posters_and_booklets_have_pictures(tmp_path: Path) -> None:
    card = '## One {#one}\n\n!!! card ""\n    Words.\n\n    ![Two boxes](a.svg)'
    assert "Act and means" in printed(tmp_path, card, '+++\nkind = "cards"\n+++\n').body
    poster = printed(tmp_path, "Words.\n\n![Two boxes](a.svg)", '+++\nkind = "poster"\n+++\n')
    assert "Act and means" in poster.text(0, 0, 0)
    assert "Act and means" in printed(tmp_path, "![Two boxes](a.svg)", booklet=True).text(0, 0, 0)


def test_printing_pictures_can_be_cancelled(tmp_path: Path) -> None:
    handbook = book(tmp_path, "![A map](hostile.svg)")
    with pytest.raises(Cancelled):
        to_pdf(handbook, Handout(("page",)), Typesetter(cancelled=lambda: True))


# -- For the screen -------------------------------------------------------------------------------------------


def picture(folder: Path, name: str) -> Picture:
    found = book(folder, "x").chapters["page"].picture(name)
    assert isinstance(found, Picture)
    return found


def size(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def test_pixels_for_the_screen_have_the_size_that_is_asked_for(tmp_path: Path) -> None:
    assert size(pictures.pixels_of(picture(tmp_path, "a.svg"), 300)) == (300, 150)
    assert size(pictures.pixels_of(picture(tmp_path, "b.png"), 100)) == (100, 50)
    assert size(pictures.pixels_of(picture(tmp_path, "b.png"), 4000)) == (400, 200)  # never enlarged


@pytest.mark.parametrize(("turn", "wanted"), [(1, (8, 4)), (3, (8, 4)), (6, (4, 8)), (8, (4, 8))])
def test_a_photograph_is_turned_as_its_camera_says(tmp_path: Path, turn: int, wanted: tuple[int, int]) -> None:
    write(tmp_path, {"f.jpg": turned(turn)})
    assert size(pictures.pixels_of(picture(tmp_path, "f.jpg"), 100)) == wanted


def test_only_a_plain_drawing_gets_other_colours() -> None:
    other = pictures.recoloured(drawing(), {INK: "#ffffff", PALE: "#000000"})
    assert b'stroke="#ffffff"' in other
    assert b'fill="#000000"' in other
    assert b"#22252a" not in other
    closed = drawing().replace(b"<text", b"<defs/><text")
    assert pictures.recoloured(closed, {INK: "#ffffff"}) == closed


def test_a_drawing_in_a_typeface_that_is_not_here_has_its_words(tmp_path: Path) -> None:
    write(tmp_path, {"f.svg": drawing().replace(b"'Source Sans 3', sans-serif", b"Comic Foo")})
    with_words = pictures.pixels_of(picture(tmp_path, "f.svg"), 300)
    write(tmp_path, {"f.svg": drawing("").replace(b"'Source Sans 3', sans-serif", b"Comic Foo")})
    assert with_words != pictures.pixels_of(picture(tmp_path, "f.svg"), 300)


def test_our_drawings_are_printed_as_lines() -> None:
    handbook = load(CONTENT)
    pdf = Pdf(to_pdf(handbook, Handout(("timeline", "network"))))
    assert "an association of its own" in " ".join(pdf.body.split())
    assert not any(list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5)) for page in pdf.raw)
