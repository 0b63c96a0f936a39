"""Word documents: read back with python-docx, and opened in LibreOffice."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import assume, given, settings

from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.export.book import Group
from handbook.export.word import word
from tests.exported import FILES, TO_LEFT, WORKSHOP, book, entries, handbook_in, office, parsed, squeezed, words_of
from tests.helpers import examples, handbook_of, write
from tests.markdown import CHAPTER
from tests.printed import Pdf


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    return handbook_in(tmp_path)


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(data))


def styled(document: docx.document.Document) -> list[tuple[str, str]]:
    """Style and words of each paragraph that has words, those in tables too."""
    names = {style.style_id: style.name for style in document.styles}
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        words = "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        if words:
            found.append((names[paragraph.pPr.pStyle.val] or "", words))
    return found


def test_every_block_has_its_style(handbook: Handbook) -> None:
    found = styled(opened(word(book(handbook, "text"))))
    for one in (
        ("heading 1", "Ground rules"),
        ("heading 2", "A table"),
        ("Table Head", "Head one"),
        ("List Number", "First"),
        ("List Bullet", "inner one"),
        ("List Number", "Third"),
        ("Tick List", "☐ Tick this."),
        ("Term", "Term"),
        ("Definition", "What it means."),
        ("Quote", "A quotation."),
        ("Call-out Title", "A note"),
        ("caption", "Its caption"),
        ("Source Line", "Ours, as of 23 November 2026"),
    ):
        assert (one[0].replace("heading", "Heading").replace("caption", "Caption"), one[1]) in found, one


def test_theirs_and_ours_have_different_styles(handbook: Handbook) -> None:
    found = styled(opened(word(book(handbook, "statement"))))
    theirs = [words for style, words in found if style.startswith("Statement")]
    assert theirs == ["Their first words – with weight.", "Theirs", "Their item, see the plan.", "Their last words."]
    ours = [words for style, words in found if not style.startswith("Statement")]
    assert ours[0] == "The statement"
    assert ours[-1] == "Theirs, of 2010"
    plan = styled(opened(word(book(handbook, "plan"))))
    assert not [one for one in plan if one[0].startswith("Statement")]


def test_every_style_that_is_used_is_declared_and_has_no_look_of_its_own_elsewhere(handbook: Handbook) -> None:
    document = opened(word(book(handbook)))
    ids = {style.style_id for style in document.styles}
    body = document.element.body
    used = {one.val for tag in ("w:pStyle", "w:rStyle", "w:tblStyle") for one in body.iter(qn(tag))}
    assert used <= ids
    assert not list(body.iter(qn("w:color"), qn("w:sz"), qn("w:shd")))


def test_lists_have_real_numbers_that_begin_again(handbook: Handbook) -> None:
    files = entries(word(book(handbook, "text")))
    numbering = parsed(files["word/numbering.xml"])
    starts = [one.get(qn("w:val")) for one in numbering.iter(qn("w:startOverride"))]
    assert starts == ["1", "3"]


def test_the_head_of_a_table_is_repeated_and_no_row_is_broken(handbook: Handbook) -> None:
    document = opened(word(book(handbook, "text")))
    rows = document.tables[0].rows
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_footnotes_are_footnotes_each_set_once(handbook: Handbook) -> None:
    files = entries(word(book(handbook, "text")))
    notes = parsed(files["word/footnotes.xml"])
    said = ["".join(one.itertext()).strip() for one in notes if one.get(qn("w:type")) is None]
    assert said == ["The first note, see out.", "The second note.Its second paragraph."]
    body = files["word/document.xml"].decode()
    assert body.count("<w:footnoteReference ") == 2
    assert body.count("NOTEREF _n1 ") == 1
    assert b"https://example.org/" in files["word/_rels/footnotes.xml.rels"]


def test_links_lead_to_bookmarks_that_are_there(handbook: Handbook) -> None:
    body = opened(word(book(handbook))).element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    wanted = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None}
    assert wanted <= set(names)
    assert len(wanted) > 5


def test_pictures_have_their_words_and_boxes_can_be_ticked(handbook: Handbook) -> None:
    document = opened(word(book(handbook, "text")))
    said = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert said == ["A drawing. Drawn words", "White"]
    assert len(list(document.element.body.iter("{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"))) == 3


def test_language_title_and_page_number_are_set(handbook: Handbook) -> None:
    document = opened(word(book(handbook)))
    assert (document.core_properties.title, document.core_properties.language) == ("Our handbook", "en")
    lang = document.styles.element.find(f".//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "en-GB"
    section = document.sections[0]
    assert " PAGE " in "".join(section.footer._element.itertext())
    assert section.header.paragraphs[0].text == "Our handbook"


def test_the_same_book_gives_the_same_bytes(handbook: Handbook) -> None:
    assert word(book(handbook)) == word(book(handbook))


@settings(max_examples=examples(15))
@given(CHAPTER)
def test_any_chapter_becomes_a_document_that_says_the_same(source: str) -> None:
    made = book(handbook_of({"page.md": source}))
    assume(not any(True for _ in made.texts[0].tree.iter("figure")))  # of one that is not shown, it is said why
    found = styled(opened(word(made)))
    said = "".join(words for style, words in found if style != "Contents Heading" and not style.startswith("toc"))
    # A mark of a second reference is a number in the text.
    assert _letters(said).startswith(_letters(words_of(made.texts[0]))[:40])


@pytest.mark.slow
def test_libreoffice_sets_the_same_words_in_the_same_order(real: Handbook, tmp_path: Path) -> None:
    made = book(real, *_WITHOUT_NOTES)
    pdf = Pdf(_in_office(word(made), tmp_path))
    whole = squeezed("".join(pdf.text(page, 19, 19) for page in range(len(pdf))))
    expected = squeezed("".join(words_of(text) for text in made.texts if not text.is_statement))
    statement = squeezed(words_of(made.texts[0]) + made.texts[0].source)
    numberless = re.compile(r"(?:(?<=[.:?!)”\"])|^)(?:[0-9]{1,2}\.)")  # of lists, which are not in the tree's words
    assert statement in whole.replace("•", "")
    assert "".join(expected.split()) in numberless.sub("", whole.replace("•", "").replace("–", "–"))


@pytest.mark.slow
def test_libreoffice_sets_paragraphs_with_notes_in_their_order(real: Handbook, tmp_path: Path) -> None:
    data = word(book(real, "signs", "plan-opening", "cards-cases", "timeline", "glossary"))
    pdf = Pdf(_in_office(data, tmp_path))
    whole = _letters("".join(pdf.text(page, 19, 19) for page in range(len(pdf))))
    at = 0
    paragraphs = [_letters(words) for _, words in styled(opened(data))]
    for one in paragraphs:
        found = whole.find(one[:25], at)  # less than a line: what follows may be overleaf, behind the notes
        assert found >= 0, one
        at = found
    assert len(paragraphs) > 500


_WITHOUT_NOTES = ("statement", "worksheet-audit", "cards-roles", "form-observer")


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def _in_office(data: bytes, folder: Path) -> bytes:
    file = folder / "handout.docx"
    file.write_bytes(data)
    return office(file).read_bytes()


def test_a_packet_begins_with_its_title_page_and_not_with_the_contents(handbook: Handbook) -> None:
    found = styled(opened(word(book(handbook, workshop=WORKSHOP))))
    assert found[0] == ("Heading 1", "A day")
    words = [one for _, one in found]
    assert words.index("Contents") > words.index("Programme")
    assert words.count("Contents") == 1


def test_a_list_of_boxes_that_are_ticked_and_not_has_no_bullets() -> None:
    document = opened(word(book(handbook_of({"page.md": "# Title\n\n- [ ] one\n- [x] two\n"}))))
    assert [one for one in styled(document) if one[0].endswith("List")] == [
        ("Tick List", "☐ one"),
        ("Tick List", "☑ two"),
    ]
    ticked = document.element.body.iter("{http://schemas.microsoft.com/office/word/2010/wordml}checked")
    assert [list(one.attrib.values()) for one in ticked] == [["0"], ["1"]]


def test_a_title_without_end_is_whole_in_the_document_and_cut_in_its_properties() -> None:
    title = "Of words that go on " * 20
    document = opened(word(book(handbook_of({"page.md": f"# {title}\n\nWords.\n"}), "page")))
    assert styled(document)[0][1] == title.strip()
    assert len(document.core_properties.title) == 255
    assert document.core_properties.title.endswith("…")


def test_a_picture_in_a_footnote_belongs_to_the_footnotes(handbook: Handbook) -> None:
    source = "# Title\n\nWords.[^one]\n\n[^one]: See:\n\n    ![A drawing](d.svg)\n"
    there = load(write(handbook.folder, {**FILES, "text.md": source}))
    files = entries(word(book(there, "text")))
    (embedded,) = re.findall(r'r:embed="([^"]+)"', files["word/footnotes.xml"].decode())
    (target,) = [
        one.get("Target", "") for one in parsed(files["word/_rels/footnotes.xml.rels"]) if one.get("Id") == embedded
    ]
    assert f"word/{target}" in files


def test_footnotes_of_a_translation_are_in_its_language(handbook: Handbook) -> None:
    made = book(handbook, "text")
    there = replace(made, groups=(Group("", (replace(made.texts[0], language="uk"),)),))
    assert entries(word(there))["word/footnotes.xml"].count(b'<w:lang w:val="uk"/>') > 3
    assert b"w:lang" not in entries(word(made))["word/footnotes.xml"]


def test_what_is_read_from_right_to_left_is_set_so() -> None:
    body = opened(word(book(handbook_of({"page.md": TO_LEFT}), "page"))).element.body
    found = [one for one in body.iter(qn("w:p")) if list(one.iter(qn("w:t")))]
    assert [one.find(f".//{qn('w:bidi')}") is not None for one in found] == [True, True, False, False, False]
    assert [one.find(f".//{qn('w:rtl')}") is not None for one in found] == [True, True, False, True, False]
    properties = [one.tag for one in found[1].pPr]
    assert properties.index(qn("w:numPr")) < properties.index(qn("w:bidi"))


def test_of_a_part_that_is_read_from_right_to_left_the_heading_is_as_word_demands() -> None:
    made = book(handbook_of({"page.md": TO_LEFT, "two.md": "# Two\n\nWords.\n"}), "page", "two")
    titles = ("\u05e9\u05dc\u05d5\u05dd", "Two")
    there = replace(made, groups=tuple(Group(title, (text,)) for title, text in zip(titles, made.texts, strict=True)))
    heading = next(one for one in opened(word(there)).element.body.iter(qn("w:pageBreakBefore"))).getparent()
    assert [one.tag for one in heading] == [qn(f"w:{name}") for name in ("pStyle", "pageBreakBefore", "bidi")]


def test_no_part_has_other_styles_than_ours(handbook: Handbook) -> None:
    files = entries(word(book(handbook, "text")))
    assert not [name for name in files if "thumbnail" in name or "WithEffects" in name]
    assert b"WithEffects" not in files["[Content_Types].xml"] + files["word/_rels/document.xml.rels"]
