"""Packets read back from real PDFs: who gets what, word for word; nothing here looks at what Typst was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.handout.options import CARDS, KINDS, Kind, PrintOptions
from handbook.printing.typeset import TypesetError, kinds_of, print_workshop
from handbook.printing.typeset.trees import drop_notes, tree
from handbook.workshop import file, logo, model
from handbook.workshop.model import CustomPage, Entry, NewDay, Passage, Workshop
from handbook.workshop.packet import custom_piece, is_custom, packet
from tests import workshops
from tests.helpers import handbook_of
from tests.pictures import SVG, png
from tests.printed import Pdf, letters, within_page, without_numbers
from tests.workshops import (
    FILES,
    ITEMS,
    LAYOUTS,
    NOTHING,
    PAGES,
    WORKSHOP,
    everything,
    made,
    name_of,
    pdf,
    with_options,
)

CONTENT = Path(__file__).resolve().parents[2] / "content" / "en"


@pytest.fixture
def small() -> Handbook:
    return workshops.small()


# -- Who gets what --------------------------------------------------------------------------------------------

TRAINERS = ["Say hello", "A tip for", "How to walk", "A secret", "The answer of", "Bring the key", "In the yard"]


def test_participants_get_nothing_of_the_trainers(small: Handbook) -> None:
    text = everything(pdf(small, "participants"))
    for words in TRAINERS:
        assert words not in text
    for words in ("We meet here", "Their first words", "Ground rules", "The end."):
        assert words in text


@pytest.mark.parametrize(("participants", "copies"), [(24, 24), (1, 1), (0, 1)])
def test_the_packet_is_printed_for_each_participant_and_once_when_their_number_is_not_known(
    small: Handbook, participants: int, copies: int
) -> None:
    workshop = Workshop(participants=participants, items=(Passage("text"), Passage("plan")))
    printed = print_workshop(small, workshop, ("participants", "trainer"))
    assert {kind: [run.copies for run in runs] for kind, runs in printed.runs.items()} == {
        "participants": [copies],
        "trainer": [1],
    }


def test_the_chapters_of_a_part_of_any_name_are_no_own_pages() -> None:
    book = handbook_of(
        {"handbook.toml": '[[parts]]\nid = "own"\ntitle = "P"\nchapters = ["one"]\n', "one.md": "# One\n"}
    )
    assert not any(is_custom(chapter) for chapter in book.chapters.values())


def test_a_page_of_ones_own_is_a_piece_whatever_its_line_ends(real: Handbook) -> None:
    piece = custom_piece(1, CustomPage(" Our\n rules ", "one\r\ntwo\rthree\nfour\0"))
    assert (piece.chapter.id, piece.chapter.title) == ("own page 2", "Our rules")
    assert [line.rstrip() for line in piece.chapter.lines[2:]] == ["one", "two", "three", "four\ufffd"]
    assert all(line.endswith("  ") for line in piece.chapter.lines[2:-1])  # a line that ends stays one
    assert is_custom(piece.chapter)
    assert not any(is_custom(chapter) for chapter in real.chapters.values())
    assert custom_piece(0, CustomPage("")).chapter.title == "…"


def test_the_trainer_gets_plans_keys_notes_and_the_texts(small: Handbook) -> None:
    text = everything(pdf(small, "trainer"))
    for words in (
        *TRAINERS,
        "Come early.",
        "Their first words",
        "An introduction",
        "A person came",
        "You are person 3.",
        "Back of one",
    ):
        assert words in text
    assert "Fill it in" not in text


def test_what_speaks_to_the_trainer_is_in_no_participants_packet() -> None:
    handbook = handbook_of({"text.md": '# Text\n\nFor all.\n\n!!! trainer "For you"\n    Ask the group.\n\nThe end.\n'})
    workshop = Workshop(items=(Passage("text"),))
    theirs, yours = (everything(Pdf(made(handbook, kind, workshop).pdf)) for kind in ("participants", "trainer"))
    assert "The end." in theirs
    assert "Ask the group." not in theirs
    assert "Ask the group." in yours


def test_cards_hold_no_key_and_worksheets_all_that_is_filled_in(small: Handbook) -> None:
    text = everything(pdf(small, "cards"))
    assert "The answer" not in text
    assert text.count("You are person") == 11
    assert "A person came" in text
    sheets = everything(pdf(small, "worksheets"))
    assert "What next?" in sheets
    assert "Fill it in." in sheets


def test_kinds_without_anything_are_not_offered(small: Handbook) -> None:
    assert kinds_of(small, WORKSHOP) == KINDS
    assert kinds_of(small, model.remove(WORKSHOP, [8, 9, 10])) == ("participants", "trainer", "worksheets")
    with pytest.raises(TypesetError, match=r"no posters to print\. Add"):
        print_workshop(small, NOTHING, ["posters"])
    with pytest.raises(TypesetError, match="1 of the workshop's addresses is gone"):
        print_workshop(small, replace(NOTHING, items=(Passage("gone"),)))


def test_what_is_gone_is_skipped_and_told(small: Handbook) -> None:
    printed = made(small, "participants")
    assert [(one.item, one.address) for one in printed.skipped] == [(6, "gone#x")]
    assert printed.skipped[0].nearest == ""


# -- Word for word --------------------------------------------------------------------------------------------


LEAVES = ("p", "li", "th", "td", "dt", "dd", *markup.HEADINGS)


def blocks(handbook: Handbook, kind: Kind) -> Iterator[str]:
    """The letters of each paragraph, heading, item and cell of a packet, in order, as the handbook has them."""
    for piece in packet(handbook, WORKSHOP, kind).pieces:
        root = drop_notes(tree(piece, "participants" if kind == "participants" else "trainer"))
        for element in root.iter():
            if element.tag in LEAVES and not any(child.tag in markup.BLOCKS for child in element):
                words = markup.words_of(element)
                yield letters(re.sub(r"\(\d+ minutes?\)$", "", words) if element.get("data-minutes") else words)


def without_references(text: str) -> str:
    """The words of pages without what stands for links and notes on paper."""
    text = " ".join(text.split())
    return re.sub(r" ?\((?:page \d+|above|below)\)| \(“[^”]*”, not in this packet\)|1The note of all\.", "", text)


@pytest.mark.parametrize("kind", ["participants", "trainer"])
@pytest.mark.parametrize("options", PAGES, ids=name_of)
def test_every_section_is_there_whole_and_in_order(small: Handbook, options: dict[str, object], kind: Kind) -> None:
    printed = made(small, kind, with_options(**options))
    read, first = Pdf(printed.pdf), min(printed.item_pages.values())
    edges = (20.5, 20.5) if "booklet" in options else (24, 23)
    body = letters(without_references("\n".join(read.text(page, *edges) for page in range(first - 1, len(read)))))
    at = 0
    for words in blocks(small, kind):
        found = body.find(words, at)
        assert found >= 0, f"{words!r} is not behind {body[max(0, at - 60) : at]!r}"
        at = found + len(words)


@pytest.mark.parametrize("options", LAYOUTS, ids=name_of)
def test_every_section_is_there_once(small: Handbook, options: dict[str, object]) -> None:
    words = letters(everything(pdf(small, "participants", **options)))
    for n in range(60):
        assert words.count(f"Theirsentencenumber{n}of") == 1
        assert words.count(f"Sentencenumber{n}of") == 1
    assert words.count("Wemeethere") == 1


def test_the_statement_is_word_for_word_its_source(real: Handbook) -> None:
    chapter = real.chapters["statement"]
    workshop = Workshop("W", items=(CustomPage("Before", "Words."), Passage("statement"), Passage("about")))
    read = Pdf(print_workshop(real, workshop, ["participants"]).pdf)
    assert letters(without_numbers(read.body)).count(letters(markup.words_of(markup.parse(chapter)))) == 1


@pytest.mark.parametrize("kind", ["participants", "trainer"])
@pytest.mark.parametrize("options", PAGES, ids=name_of)
def test_every_number_in_the_contents_is_the_page_of_its_heading(
    small: Handbook, options: dict[str, object], kind: Kind
) -> None:
    printed = made(small, kind, with_options(**options))
    read = Pdf(printed.pdf)
    marks = {title: page for _, title, page in read.outline}
    front = "\n".join(read.text(page, 0, 0) for page in range(min(printed.item_pages.values()) - 1))
    listed = re.findall(r"(?m)^(.+?)(?: ?\. ?)+ ?(\d+)$", front.partition("Contents")[2])
    assert len(listed) >= 4
    for title, page in listed:
        assert marks[title.strip()] == int(page)
        assert title.strip() in read.text(int(page) - 1)


def test_a_reference_has_the_page_of_its_target_or_its_name(small: Handbook) -> None:
    read = pdf(small, "participants")
    marks = {title: page for _, title, page in read.outline}
    text = " ".join(read.body.split())
    assert f"Later (page {marks['Later']})" in text
    assert f"the statement (page {marks['Theirs']})" in text
    assert "the plan (“Opening”, not in this packet)" in text


def test_footnotes_stand_on_the_page_that_refers_to_them(small: Handbook) -> None:
    read = pdf(small, "participants")
    pages = [page for page in range(len(read)) if "The note of all." in read.text(page, 0, 0)]
    assert pages
    assert all("other" in read.text(page) for page in pages)


def test_a_long_table_repeats_its_head(small: Handbook) -> None:
    read = pdf(small, "participants", size=18)
    pages = [page for page in range(len(read)) if re.search(r"(?m)^cell \d+", read.text(page))]
    assert len(pages) > 1
    assert all("Head one" in read.text(page) for page in pages)


@pytest.mark.parametrize("options", [{}, {"size": 18}, {"booklet": True, "single": True}], ids=name_of)
def test_no_heading_stands_alone_and_no_line_is_left(small: Handbook, options: dict[str, object]) -> None:
    read = pdf(small, "trainer", **options)
    titles = {title for _, title, _ in read.outline}
    for page in range(len(read)):
        lines = [line for line in read.text(page).split("\n") if line.strip()]
        assert not lines or lines[-1] not in titles


@pytest.mark.parametrize("options", [{"size": 18}, {"size": 14, "notes": "column"}], ids=name_of)
def test_no_single_line_is_left_or_carried_over(small: Handbook, options: dict[str, object]) -> None:
    # The sentences of the text take two or three lines here: to part one leaves a single line on a page.
    read = pdf(small, "participants", **options)
    parted = 0
    for page in range(len(read)):
        lines = [line for line in read.text(page).split("\n") if line.strip() and line.strip() != "Notes"]
        if lines and re.match(r"(Their s|S)entence number", lines[0]):
            parted += 1
            assert lines[-1].rstrip().endswith((".", "Head two")) or not re.search("[Ss]entence", " ".join(lines[-3:]))
    assert parted > 2


def test_a_short_paragraph_goes_overleaf_whole_with_its_note() -> None:
    two_lines = "Firstword of a paragraph that is about as long as two lines of a page of this size, and has a note[^n]"
    for before in range(24, 34):
        filler = "\n\n".join("A line." for _ in range(before))
        text = f"# A\n\n{filler}\n\n{two_lines} at the word that comes lastword[^m].\n\n[^n]: One.\n[^m]: Two.\n"
        workshop = Workshop(items=(Passage("a"),))
        read = Pdf(print_workshop(handbook_of({"a.md": text}), workshop, ["participants"]).pdf)
        pages = [page for page in range(len(read)) if "Firstword" in read.text(page)]
        assert len(pages) == 1
        assert "lastword" in read.text(pages[0])


# -- What stands before the text ------------------------------------------------------------------------------


def test_title_page_and_contents_are_for_six_pages_and_more(small: Handbook) -> None:
    def front(workshop: Workshop) -> tuple[int, bool, bool]:
        read = Pdf(made(small, "participants", workshop).pdf)
        words = everything(read)
        return len(read), "How to use this packet" in words, "Contents" in words

    short = replace(WORKSHOP, items=(Passage("plan"), Passage("text#later"), Passage("form")))
    pages, cover, contents = front(short)
    assert pages < 6
    assert (cover, contents) == (False, False)
    asked = replace(short, options=PrintOptions(cover="yes", contents="yes"))
    assert front(asked)[1:] == (True, False)  # one section needs no list
    longer, cover, contents = front(WORKSHOP)
    assert longer > 6
    assert (cover, contents) == (True, True)
    assert front(replace(WORKSHOP, options=PrintOptions(cover="no", contents="no"))) == (longer - 1, False, False)
    first = " ".join(Pdf(made(small, "participants", short).pdf).text(0, 0, 0).split())
    assert first.startswith("Participants’ packet One day")  # it says on its first page what it is


def test_contents_are_grouped_and_list_no_sections_of_a_plan(small: Handbook) -> None:
    read = pdf(small, "trainer")
    contents = next(text for page in range(len(read)) if "Contents" in (text := read.text(page, 0, 0)))
    listed = " ".join(contents.partition("Contents")[2].split())
    order = [listed.index(word) for word in ("Sessions", "Opening", "Reading", "Ground rules", "Exercises", "Cards")]
    assert order == sorted(order)
    assert "Steps" not in listed
    assert "Welcome" not in listed


def test_a_programme_has_header_cells_and_headings(small: Handbook) -> None:
    read = pdf(small, "trainer")
    page = next(page for page in range(len(read)) if "Programme" in read.text(page, 0, 0))
    tags = read.tags(page)
    assert tags.count("TH") == 3
    assert "H1" in tags


def test_a_note_on_a_plan_stands_below_its_line_and_its_box(real: Handbook) -> None:
    workshop = file.read(CONTENT / "workshops" / "online-two-hours.workshop").workshop
    words = Pdf(print_workshop(real, workshop, ["trainer"]).pdf).body
    order = [
        words.index(some) for some in ("An hour of video call on", "Send the day before: the Harm", "All have arrived")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("kind", ["trainer"])
def test_a_plan_opens_on_a_left_hand_page(small: Handbook, kind: Kind) -> None:
    workshop = replace(WORKSHOP, options=PrintOptions(double_sided=True))
    printed = made(small, kind, workshop)
    assert printed.item_pages[0] % 2 == 0  # the plan
    assert printed.item_pages[7] % 2 == 0  # the exercise
    ruled = Pdf(made(small, kind, replace(WORKSHOP, options=PrintOptions(double_sided=True, notes="column"))).pdf)
    blank = [page for page in range(len(ruled)) if ruled.text(page, 0, 0).strip() == "Notes"]
    assert blank  # a page that is left over is there for notes


# -- Nothing cut off ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "options",
    [*LAYOUTS, *({"cards": n} for n in CARDS), {"poster": "double"}, {"poster": "glued"}, {"writing": "blank"}],
    ids=name_of,
)
def test_nothing_stands_outside_the_page(small: Handbook, options: dict[str, object], kind: Kind) -> None:
    read = pdf(small, kind, **options)
    within_page(read)


@pytest.mark.parametrize("options", LAYOUTS, ids=name_of)
def test_items_stand_on_the_pages_told(small: Handbook, options: dict[str, object]) -> None:
    printed = made(small, "participants", with_options(**options))
    read = Pdf(printed.pdf)
    assert printed.pages == len(read)
    titles = {2: "Our own page", 4: "The statement", 5: "Ground rules"}
    assert set(printed.item_pages) == set(titles)
    for item, page in printed.item_pages.items():
        assert titles[item] in " ".join(read.text(page - 1, 0, 0).split())


def test_all_in_one_holds_every_kind_in_order(small: Handbook) -> None:
    printed = print_workshop(small, WORKSHOP)
    read = Pdf(printed.pdf)
    assert printed.pages == len(read)
    singles = {kind: made(small, kind) for kind in KINDS}
    assert len(read) == sum(one.pages for one in singles.values())
    assert printed.runs == {kind: one.runs[kind] for kind, one in singles.items()}
    words = letters(everything(read))
    alone = "".join(letters(everything(Pdf(one.pdf))) for one in singles.values())
    assert len(words) == len(alone)
    for item, page in printed.item_pages.items():
        title = next(n for n in [getattr(ITEMS[item], "title", "")] if n is not None)
        assert not title or title in everything(read).replace("\n", " ")
        assert 1 <= page <= len(read)
    assert read.raw.get_metadata_dict()["Title"] == "One day"


def test_all_in_one_numbers_each_part_by_itself(small: Handbook) -> None:
    read = Pdf(print_workshop(small, WORKSHOP).pdf)
    feet = [found for page in range(len(read)) if (found := re.search(r"page (\d+) of (\d+)", read.foot(page)))]
    last = [int(found.group(2)) for found in feet if found.group(1) == found.group(2)]
    assert len(last) == 2  # the packets; a card, a poster and a paper of one page have no number
    labels = [read.raw.get_page_label(page) for page in range(len(read))]
    assert labels.count("1") >= 4
    for page, found in ((page, re.search(r"page (\d+) of", read.foot(page))) for page in range(len(read))):
        assert found is None or labels[page] == found.group(1)


def test_folded_and_glued_parts_are_in_all_in_one(small: Handbook) -> None:
    workshop = with_options(booklet=True, poster="glued", card_backs=True)
    printed = print_workshop(small, workshop)
    read = Pdf(printed.pdf)
    assert printed.pages == len(read)
    page = printed.item_pages[10]
    assert "How we work" in " ".join(read.text(page - 1, 0, 0).split())
    assert "The statement" in read.text(printed.item_pages[4] - 1, 0, 0)


# -- The look of pages ----------------------------------------------------------------------------------------


def test_a_title_page_says_what_when_where_and_by_whom(small: Handbook) -> None:
    text = pdf(small, "participants").text(0, 0, 0)
    for words in ("Participants’ packet", "One day", "1 December 2026", "Skopje", "La Strada", "Trainers: Ana, Бојан"):
        assert words in text
    assert "Our handbook 7, 23 November 2026" in text


def test_labels_and_dates_are_in_the_language_asked_for(small: Handbook) -> None:
    read = Pdf(made(small, "participants", replace(WORKSHOP, language="mk")).pdf)
    assert "1 декември 2026 г." in read.text(0, 0, 0)
    assert "Содржина" in everything(read)
    assert "страница 2 од" in read.foot(1)


def test_the_trainers_programme_is_by_the_minute(small: Handbook) -> None:
    text = " ".join(pdf(small, "trainer").text(1).split())
    for row in ("09:30–10:15 45 min Opening", "09:30–09:35 5 min 1. Welcome", "09:35–10:15 40 min 2. Names"):
        assert row in text
    assert "10:15–11:15 60 min Lunch" in text
    short = " ".join(pdf(small, "participants").text(1).split())
    assert "09:30–10:15 Opening" in short
    assert "Welcome" not in short


def test_each_day_has_its_own_programme(small: Handbook) -> None:
    two = replace(WORKSHOP, items=(Passage("text"), Entry("One", 10), NewDay(), Entry("Two", 10)))
    text = " ".join(Pdf(made(small, "participants", two).pdf).text(0, 0).split())
    assert "Day 1 · 1 December 2026 Time What 09:30–09:40 One Day 2 · 2 December 2026 Time What" in text


def test_the_own_page_is_plainly_not_the_handbooks(small: Handbook) -> None:
    read = pdf(small, "participants", chapters_right=True)
    page = next(page for page in range(1, len(read)) if "We meet here" in read.text(page))
    assert "Own page, not part of the handbook: La Strada" in read.foot(page)
    assert "Ours" not in read.foot(page)
    assert "Own page, not part of the handbook" in read.text(page)


def test_numbers_stand_on_the_outer_edge(small: Handbook) -> None:
    read = pdf(small, "trainer", double_sided=True)
    width, _ = read.raw.get_page_size(1)
    for page in range(1, len(read)):
        words = read.words(page)
        text = words.get_text_range()
        at = text.rfind("page ")
        if at < 0:
            continue  # a page that is left blank
        left = words.get_charbox(at)[0]
        assert (left > width / 2) is (page % 2 == 0)


def test_chapters_begin_on_a_right_hand_page_and_the_page_before_stays_white(small: Handbook) -> None:
    printed = made(small, "trainer", with_options(chapters_right=True))
    read = Pdf(printed.pdf)
    assert all(page % 2 for item, page in printed.item_pages.items())
    white = [page for page in range(len(read)) if not read.text(page, 0, 0).strip()]
    assert white
    assert all(not list(read.raw[page].get_objects()) for page in white)


def grey_grounds(read: Pdf) -> int:
    found = 0
    for page in range(len(read)):
        for item in read.raw[page].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            red, green, blue, alpha = (pdfium.c_uint() for _ in range(4))
            pdfium.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha)
            mode, stroke = pdfium.c_int(), pdfium.c_int()
            pdfium.FPDFPath_GetDrawMode(item.raw, mode, stroke)
            found += bool(mode.value) and 150 < red.value < 255
    return found


def test_the_saving_mode_has_no_grey_grounds(small: Handbook) -> None:
    assert grey_grounds(pdf(small, "participants")) > 0
    for kind in KINDS:
        assert grey_grounds(pdf(small, kind, saving=True)) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_tagged_and_made_to_last(small: Handbook, kind: Kind) -> None:
    printed = made(small, kind)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in printed.pdf
    assert b"<pdfaid:part>2</pdfaid:part>" in printed.pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in printed.pdf
    read = Pdf(printed.pdf)
    tags = {tag for page in range(len(read)) for tag in read.tags(page)}
    assert "H1" in tags
    facts = read.raw.get_metadata_dict()
    assert facts["Title"].startswith("One day: ")
    assert facts["Author"] == "La Strada"
    assert read.language == "en-GB"
    assert read.outline
    if kind in ("participants", "trainer"):
        assert {"TOC", "TOCI", "Table", "TH", "P", "L"} <= tags  # its one note stands below a table


@pytest.mark.parametrize("picture", [png(40, 20), SVG], ids=["png", "svg"])
def test_a_logo_stands_on_the_title_page(small: Handbook, picture: bytes) -> None:
    with_logo = replace(WORKSHOP, logo=logo.of("ours", picture))
    printed = made(small, "participants", with_logo)
    before, after = made(small, "participants"), Pdf(printed.pdf)
    assert b"<pdfuaid:part>1" in printed.pdf
    assert len(list(after.raw[0].get_objects())) > len(list(Pdf(before.pdf).raw[0].get_objects()))
    assert "Figure" in after.tags(0)


def test_a_logo_that_cannot_be_drawn_is_told(small: Handbook) -> None:
    broken = replace(WORKSHOP, logo=logo.of("ours.png", png()[:41] + b"xxxx" + png()[45:]))
    with pytest.raises(TypesetError, match=r"The picture 'ours\.png' can't be drawn: "):
        print_workshop(small, broken, ["participants"])
    assert print_workshop(small, broken, ["cards"]).pdf


def test_what_no_copy_is_wanted_of_is_not_printed(small: Handbook) -> None:
    workshop = replace(WORKSHOP, items=(Passage("poster", copies=0), Passage("sheet", copies=0), Passage("form")))
    assert kinds_of(small, workshop) == ("worksheets",)
    assert set(made(small, "worksheets", workshop).item_pages) == {2}


def test_the_same_workshop_gives_the_same_bytes(small: Handbook) -> None:
    assert print_workshop(small, WORKSHOP).pdf == print_workshop(handbook_of(FILES), WORKSHOP).pdf


# -- A ready workshop --------------------------------------------------------------------------------------


def test_a_ready_workshop_prints_whole_in_one_file(real: Handbook) -> None:
    """Each kind of print of each of them is read back in tests/printing/test_print_check.py."""
    workshop = file.read(real.folder / "workshops" / "one-day.workshop").workshop
    printed = print_workshop(real, workshop)
    assert not printed.missing
    assert not printed.skipped
    assert set(printed.runs) == set(kinds_of(real, workshop))
    within_page(Pdf(printed.pdf))
