"""Slides: read back with python-pptx, which has no part in writing them, and opened in LibreOffice."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pptx
import pytest
from hypothesis import given, settings
from pptx.util import Pt

from handbook.content.handbook import Handbook
from handbook.export.book import Book, Group, Text, book_of
from handbook.export.choice import Choice
from handbook.export.powerpoint import powerpoint
from handbook.export.powerpoint.pages import LETTERS, LINES, SIZE, height, pages_of
from handbook.workshop.model import Passage, Workshop
from tests.exported import FILES, TO_LEFT, WORKSHOP, book, entries, handbook_in, office, squeezed
from tests.helpers import examples, handbook_of
from tests.markdown import CHAPTER
from tests.printed import Pdf


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    return handbook_in(tmp_path)


def opened(data: bytes) -> list[dict[str, str]]:
    """Title, text, source line and notes of each slide."""
    found = []
    for slide in pptx.Presentation(BytesIO(data)).slides:
        words = {one.placeholder_format.idx: one.text_frame.text for one in slide.placeholders if one.has_text_frame}
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        found.append(
            {
                "title": words.get(0, ""),
                "text": words.get(1, ""),
                "source": words.get(11, ""),
                "notes": notes.text if notes is not None else "",
            }
        )
    return found


def test_each_paragraph_of_the_statement_is_a_slide_with_its_source(handbook: Handbook) -> None:
    slides = opened(powerpoint(book(handbook, "statement")))
    assert [slide["text"] for slide in slides] == [
        "",
        "Their first words – with weight.",
        "Their item, see the plan.",
        "Their last words.",
    ]
    assert {slide["source"] for slide in slides} == {"Theirs, of 2010"}
    assert slides[0]["title"] == "The statement"


def test_a_text_shows_a_summary_and_its_notes_have_all(handbook: Handbook) -> None:
    slides = opened(powerpoint(book(handbook, "text")))
    later = next(slide for slide in slides if slide["title"] == "Later")
    assert later["text"].startswith("Between.\n") or "First\ninner one\ninner two\nSecond" in later["text"]
    assert "A secret key word." in later["notes"]
    assert "The end." in later["notes"]


def test_a_plan_shows_the_questions_to_the_room(tmp_path: Path) -> None:
    plan = (
        FILES["plan.md"] if isinstance(FILES["plan.md"], str) else ""
    ) + '\nThen ask: "Who is here? Why?" Wait.\n\n## Tips\n\nIs it late?\n'
    slides = opened(powerpoint(book(handbook_of(FILES | {"plan.md": plan}), "plan")))
    assert [(slide["title"], slide["text"]) for slide in slides] == [
        ("Opening", ""),
        ("1. Welcome (5 minutes)", "Who is here?\nWhy?"),
    ]
    assert "Is it late?" in slides[1]["notes"]
    assert "First." in slides[0]["notes"]


def test_a_card_is_a_slide_and_its_back_is_in_the_notes() -> None:
    source = '+++\nkind = "cards"\n+++\n# Deck\n\n## One {#one}\n\n!!! card ""\n    Front.\n\n!!! back ""\n    Back.\n'
    slides = opened(powerpoint(book(handbook_of({"deck.md": source}))))
    assert [(slide["title"], slide["text"]) for slide in slides] == [("Deck", ""), ("One", "Front.")]
    assert slides[1]["notes"] == "Front.\nBack."


def test_participants_get_no_words_for_trainers_not_even_in_notes(handbook: Handbook) -> None:
    for choice in (Choice(workshop=WORKSHOP, readers="participants"), Choice(readers="participants")):
        said = str(opened(powerpoint(book_of(handbook, choice))))
        for word in ("secret", "Say hello", "Bring the key", "trainers alone"):
            assert word not in said
    assert "Bring the key" in str(opened(powerpoint(book_of(handbook, Choice(workshop=WORKSHOP, readers="trainer")))))


def test_pictures_have_their_words(handbook: Handbook) -> None:
    slides = pptx.Presentation(BytesIO(powerpoint(book(handbook, "text")))).slides
    found = [
        shape._element.nvPicPr.cNvPr.get("descr")
        for slide in slides
        for shape in slide.shapes
        if shape.shape_type == 13
    ]
    assert found == ["A drawing. Drawn words. Its caption", "White"]


def test_text_has_28_points_and_everything_fits(real: Handbook) -> None:
    assert SIZE == 28
    made = book(real)
    for text in made.texts:
        for page in pages_of(made, text):
            assert sum(map(height, page.lines)) <= LINES + 0.4, (text.name, page.title)
    shown = pptx.Presentation(BytesIO(powerpoint(book(real, "statement"))))
    sizes = {
        run.font.size
        for slide in shown.slides
        for one in slide.placeholders
        for p in one.text_frame.paragraphs
        for run in p.runs
    }
    assert sizes == {None, Pt(12)}  # None: as the master has it; the source line is smaller


def test_the_statement_is_there_word_for_word(real: Handbook) -> None:
    made = book(real, "statement")
    said = squeezed("".join(slide["text"] for slide in opened(powerpoint(made))))
    for block in made.texts[0].tree.iter("p"):
        assert squeezed("".join(block.itertext())) in said


def test_the_same_book_gives_the_same_bytes(handbook: Handbook) -> None:
    assert powerpoint(book(handbook)) == powerpoint(book(handbook))


@settings(max_examples=examples(40))
@given(CHAPTER)
def test_any_chapter_becomes_slides_that_fit(source: str) -> None:
    made = book(handbook_of({"page.md": source}))
    assert opened(powerpoint(made))[0]["title"]
    for page in pages_of(made, made.texts[0]):
        assert sum(map(height, page.lines)) <= LINES + 0.4


@pytest.mark.slow
def test_libreoffice_shows_the_same_words(real: Handbook, tmp_path: Path) -> None:
    data = powerpoint(book(real, "statement", "screens", "timeline"))
    file = tmp_path / "slides.pptx"
    file.write_bytes(data)
    pdf = Pdf(office(file).read_bytes())
    slides = opened(data)
    assert len(pdf) == len(slides)
    for number, slide in enumerate(slides):
        said = squeezed(pdf.text(number, 0, 0)).replace("•", "")
        assert squeezed(slide["title"]) in said
        for line in slide["text"].split("\n"):
            assert squeezed(line) in said, (number, line)


def test_it_is_divided_behind_sentences_and_a_long_sentence_in_halves() -> None:
    sentence = "word " * 50 + "end."
    assert _texts(f"{sentence} {sentence} Short.") == [sentence, f"{sentence} Short."]
    first, second = _texts("word " * 110 + "end.")
    assert abs(len(first) - len(second)) < 20


def _texts(paragraph: str) -> list[str]:
    slides = opened(powerpoint(book(handbook_of({"page.md": f"# Title\n\n{paragraph}\n"}), "page")))
    return [slide["text"] for slide in slides if slide["text"]]


def test_a_list_of_boxes_has_no_other_signs() -> None:
    files = {"page.md": "# Title\n\n- [ ] one\n- [x] two\n\nx\n\n- three\n"}
    (page,) = [one for one in pages_of(*_first_of(files)) if one.lines and not one.is_title]
    assert [(line.bullet, line.words) for line in page.lines[:2]] == [("", "☐ one"), ("", "☑ two")]
    assert page.lines[-1].bullet == "•"


def _first_of(files: dict[str, str]) -> tuple[Book, Text]:
    made = book(handbook_of(files), "page")
    return made, made.texts[0]


def test_footnotes_are_in_the_notes_of_the_section_that_has_them(handbook: Handbook) -> None:
    slides = opened(powerpoint(book(handbook, "text")))
    (notes,) = [slide["notes"] for slide in slides if "The first note, see out." in slide["notes"]]
    assert "2. The second note. Its second paragraph." in notes
    assert "Кириллица" in notes


def test_words_are_spoken_in_their_language(handbook: Handbook) -> None:
    made = book(handbook, "text")
    there = replace(made, groups=(Group("", (replace(made.texts[0], language="uk"),)),))
    names = ("ppt/slides/slide2.xml", "ppt/notesSlides/notesSlide2.xml")
    for name in names:
        assert b'lang="uk"' in entries(powerpoint(there))[name]
        assert b'lang="uk"' not in entries(powerpoint(made))[name]


def test_a_list_begins_at_a_number_that_powerpoint_takes() -> None:
    files = entries(powerpoint(book(handbook_of({"page.md": "# Title\n\n70000. One\n70001. Two\n"}), "page")))
    starts = re.findall(r'startAt="([0-9]+)"', "".join(data.decode() for data in files.values()))
    assert starts == ["32767", "32767"]


def test_a_long_title_is_smaller_or_cut_and_then_whole_in_the_notes() -> None:
    title = "Of words that go on " * 6
    longest = "Of words that go on " * 40
    slides = powerpoint(book(handbook_of({"page.md": f"# {title}\n\nx\n\n## {longest}\n\nx\n"}), "page"))
    assert b'sz="2200"' in entries(slides)["ppt/slides/slide1.xml"]
    first, *_, last = opened(slides)
    assert first["title"] == title.strip()
    assert len(last["title"]) < 350
    assert longest.strip() in last["notes"]


def test_the_page_of_a_workshop_is_divided_where_it_says_much(handbook: Handbook) -> None:
    trainers = tuple(f"Trainer of the number {number}" for number in range(60))
    workshop = Workshop("A day", trainers=trainers, items=(Passage("text"),))
    made = book_of(handbook, Choice(workshop=workshop, readers="trainer"))
    pages = pages_of(made, made.texts[0])
    assert all(sum(map(height, page.lines)) <= LINES + 0.4 for page in pages)
    said = " ".join(line.words for page in pages for line in page.lines)
    assert all(name in said for name in trainers)


def test_signs_of_east_asia_have_the_room_they_need() -> None:
    words = "\u65e5\u672c\u8a9e" * 120
    shown = _texts(words)
    assert "".join(shown) == words  # no space is put into a word that is divided
    assert all(len(one) * 2 <= LETTERS * LINES for one in shown)


def test_an_initial_ends_no_sentence_and_what_introduces_a_question_is_left_out(tmp_path: Path) -> None:
    plan = '+++\nkind = "exercise"\n+++\n# Plan\n\n## Steps\n\n'
    asked = 'Read it. Ask: "What does N. need today? In a month?" Then ask: "How do we know?"'
    asked += '\n\nSay: "We go on. Who wants to find out?"'
    slides = opened(powerpoint(book(handbook_of({"page.md": f"{plan}{asked}\n"}), "page")))
    assert slides[-1]["text"].split("\n") == [
        "What does N. need today?",
        "In a month?",
        "How do we know?",
        "Who wants to find out?",
    ]


def test_a_page_of_ones_own_is_told_from_the_handbook(handbook: Handbook) -> None:
    made = book_of(handbook, Choice(workshop=WORKSHOP, readers="participants"))
    own = next(text for text in made.texts if text.title == "Our page")
    assert {page.source for page in pages_of(made, own)} == {"Own page, not part of the handbook: La Strada"}


def test_what_is_read_from_right_to_left_is_set_so() -> None:
    page = entries(powerpoint(book(handbook_of({"page.md": TO_LEFT}), "page")))["ppt/slides/slide2.xml"].decode()
    ways = ['rtl="1"' in paragraph for paragraph in page.split("<a:p>")[1:]]
    assert ways == [True, True, False, False, False]  # title, two items, a paragraph, the source line


@pytest.mark.parametrize("kind", ["exercise", "screen", "cards", "text"])
def test_what_speaks_to_the_trainer_is_not_shown_to_the_room(kind: str) -> None:
    source = f'+++\nkind = "{kind}"\n+++\n# Title\n\nWho is here?\n\n!!! trainer "For you"\n    Is Ana here?\n'
    workshop = Workshop("A day", items=(Passage("page", note="Where is the key?"),))
    made = book_of(handbook_of({"page.md": source}), Choice(workshop=workshop, readers="trainer"))
    slides = opened(powerpoint(made))
    shown, notes = (" ".join(slide[part] for slide in slides) for part in ("text", "notes"))
    assert "Who is here?" in shown
    assert "Ana" not in shown
    assert "key" not in shown
    assert "Is Ana here?" in notes
    assert "Where is the key?" in notes
