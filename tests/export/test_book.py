"""What is exported: for whom, in which order, with which links, and nothing that a file could not hold."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.content.translation import Translation
from handbook.export import markdown, web
from handbook.export.book import book_of
from handbook.export.choice import Choice, NothingToExport
from handbook.export.powerpoint import powerpoint
from handbook.export.word import word
from handbook.handout.selection import UnknownAddress
from handbook.workshop.model import CustomPage, Passage, Workshop
from tests.exported import FILES, WORKSHOP, book, entries, handbook_in
from tests.helpers import handbook_of, write


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    return handbook_in(tmp_path)


def said(made: object) -> str:
    return " ".join(markup.words_of(text.tree) for text in made.texts)  # type: ignore[attr-defined]


def test_everything_is_in_the_handbooks_order_by_its_parts(handbook: Handbook) -> None:
    made = book(handbook)
    assert [group.title for group in made.groups] == ["Part one", "Part two"]
    assert [text.name for text in made.texts] == list(handbook.chapters)
    assert made.title == "Our handbook"


def test_sections_are_in_the_order_chosen_each_once(handbook: Handbook) -> None:
    made = book(handbook, "text#later", "plan", "text#later")
    assert [(text.name, text.title) for text in made.texts] == [("text", "Later"), ("plan", "Opening")]
    assert "A table" not in said(made)


def test_an_address_that_is_not_there_is_named(handbook: Handbook) -> None:
    with pytest.raises(UnknownAddress, match="texd"):
        book(handbook, "texd")


def test_what_is_for_trainers_alone_stays_out_of_what_participants_get(handbook: Handbook) -> None:
    made = book(handbook, readers="participants")
    assert [text.name for text in made.texts] == ["statement", "text", "sheet"]
    assert "secret key" not in said(made)
    assert "secret key" in said(book(handbook))
    with pytest.raises(NothingToExport, match="trainers alone"):
        book(handbook, "secret", readers="participants")


def test_a_workshop_gives_each_packet_what_paper_gives_it(handbook: Handbook) -> None:
    theirs = book_of(handbook, Choice(workshop=WORKSHOP, readers="participants"))
    mine = book_of(handbook, Choice(workshop=WORKSHOP, readers="trainer"))
    for words in ("Bring the key", "A secret page", "Say hello", "secret key word", "In the yard"):
        assert words not in said(theirs), words
        assert words in said(mine), words
    assert "Skopje" in said(theirs)
    assert "☐ here" in said(theirs)
    assert theirs.texts[1].source == "Own page, not part of the handbook: La Strada"
    assert [one.address for one in theirs.skipped] == ["gone#x"]
    assert "09:30–10:15" in said(mine)


def test_a_workshop_without_anything_says_so(handbook: Handbook) -> None:
    with pytest.raises(NothingToExport, match="Add something"):
        book_of(handbook, Choice(workshop=Workshop("x"), readers="trainer"))
    with pytest.raises(NothingToExport, match="Add something"):
        book_of(handbook, Choice(workshop=Workshop("x"), readers="participants"))
    with pytest.raises(NothingToExport, match="gone"):
        book_of(handbook, Choice(workshop=Workshop("x", items=(Passage("gone"),)), readers="trainer"))


def test_links_lead_to_what_is_in_the_book(handbook: Handbook) -> None:
    made = book(handbook)
    assert made.place("plan#steps") == ("plan", "steps")
    assert made.place("statement") == ("statement", "")
    assert made.place("nowhere") is None
    assert book(handbook, "text").place("plan#steps") is None


def test_the_statement_has_its_source_and_no_title_of_ours_in_it(handbook: Handbook) -> None:
    text = book(handbook, "statement").texts[0]
    assert text.source == "Theirs, of 2010"
    assert "Theirs, of 2010" in text.label
    assert markup.words_of(text.tree).startswith("Their first words – with weight.")
    part = book(handbook, "statement#theirs").texts[0]
    assert (part.title, part.label, part.source) == ("Theirs", "", "Theirs, of 2010")


def test_names_of_texts_are_files_names_everywhere() -> None:
    files = {"Приклад.md": "# A\n", "con text.md": "# B\n", "a/Index.md": "# C\n", "b/x.md": "# D\n", "c/X.md": "# E\n"}
    names = [text.name for text in book(handbook_of(files)).texts]
    assert len({name.lower() for name in names}) == 5
    assert all(name.isascii() and " " not in name and name.lower() != "index" for name in names)
    files = {"con.md": "# A\n", "Aux.notes.md": "# B\n", "console.md": "# C\n"}  # two are devices on Windows
    assert [text.name for text in book(handbook_of(files)).texts] == ["text", "text-2", "console"]


def test_what_no_xml_can_hold_is_taken_out() -> None:
    tree = book(handbook_of({"page.md": "# A\x0b\n\nb\x01c \x0cd\n"})).texts[0].tree
    assert not {"\x0b", "\x01", "\x0c"} & set("".join(tree.itertext()))


def test_titles_that_a_file_escapes_hold_nothing_that_no_xml_can() -> None:
    manifest = """title = "Our\\u0007 book"
subtitle = "For\\u001b all"
publisher = "\\u0001Us"
[[parts]]
id = "a"
title = "Part\\u0002"
chapters = ["page"]
"""
    page = '+++\ntitle = "A\\u0007"\n+++\n\nWords.\n'
    made = book(handbook_of({"handbook.toml": manifest, "page.md": page}))
    said_of = [
        made.title,
        made.subtitle,
        made.publisher,
        made.groups[0].title,
        made.texts[0].title,
        made.texts[0].source,
    ]
    assert not {"\x07", "\x1b", "\x01", "\x02"} & set("".join(said_of))


def test_the_same_content_has_the_same_identity_and_other_content_another(handbook: Handbook) -> None:
    assert book(handbook).identity == book(handbook).identity
    others = [book(handbook, "text"), book(handbook, readers="participants")]
    others.append(book(handbook_of(FILES | {"plan.md": "# Opening\n\nOther.\n"})))
    assert len({one.identity for one in (*others, book(handbook))}) == 4


def test_parts_of_lists_and_tables_by_themselves_become_blocks() -> None:
    source = '# A\n\n<td markdown="1">x</td>\n\n<li markdown="1">y</li>\n\n- z\n\n| a |\n|---|\n| b |\n'
    tree = book(handbook_of({"page.md": source})).texts[0].tree
    assert [child.tag for child in tree] == ["h1", "div", "div", "ul", "table"]
    assert [one.tag for one in tree.iter() if one.tag in ("li", "td")] == ["li", "td"]


@pytest.mark.parametrize(
    "source",
    [
        '<ul markdown="1">\n\nwords\n\n</ul>',
        '<dl markdown="1">\n<dd markdown="1">words</dd>\n</dl>',
        '<table markdown="1">\n\nwords\n\n</table>',
        '<h2 markdown="block">\n\n- words\n\n</h2>',
    ],
)
def test_lists_tables_and_titles_of_what_they_cannot_hold_become_blocks(source: str) -> None:
    tree = book(handbook_of({"page.md": f"# Title\n\n{source}\n"})).texts[0].tree
    tags = {element.tag for element in tree.iter()}
    assert "div" in {element.tag for element in tree}
    assert not tags & {"dl", "dd", "table", "h2"}
    assert ("ul" in tags) == ("li" in tags)
    assert markup.words_of(tree) == "Title words"


def test_the_title_page_is_in_the_language_of_the_workshop(handbook: Handbook) -> None:
    made = book_of(handbook, Choice(workshop=replace(WORKSHOP, language="uk"), readers="trainer"))
    theirs = [text.title for text in made.texts if text.language == "uk"]
    assert theirs == [made.title, "Our page", "For me"]  # the trainer's own pages are in it, too
    assert not any(text.language for text in made.texts if text.title not in theirs)
    assert made.language == "en"
    same = book_of(handbook, Choice(workshop=WORKSHOP, readers="trainer"))
    assert not any(text.language for text in same.texts)


def test_translations_with_a_page_of_ones_own_are_a_book_in_their_language(tmp_path: Path) -> None:
    originals = write(tmp_path / "en", {"handbook.toml": FILES["handbook.toml"], "plan.md": "# Plan\n\nWords.\n"})
    translation = Translation("uk", (write(tmp_path / "uk", {"plan.md": "# План\n\nСлова.\n"}),))
    there = load(originals, translation)
    items = (Passage("plan"), CustomPage("Our page", "Words of ours."))
    made = book_of(there, Choice(workshop=Workshop("A day", items=items, language="uk"), readers="trainer"))
    assert made.language == "uk"


def test_no_word_of_the_trainer_is_among_those_of_la_strada(handbook: Handbook) -> None:
    items = (Passage("statement", note="Read it aloud.\n\nSlowly."),)
    made = book_of(handbook, Choice(workshop=Workshop("A day", items=items), readers="trainer"))
    text = made.texts[1]
    assert text.apart is not None
    assert markup.words_of(text.apart) == "Read it aloud. Slowly."
    assert "aloud" not in markup.words_of(text.tree)
    page = web.one_file(made).decode()
    assert page.index("Read it aloud.") < page.index('<blockquote class="theirs">')
    assert "Read it aloud." in web.folder(made)["search.html"].decode()
    document = entries(word(made))["word/document.xml"].decode()
    assert re.search(r'<w:pStyle w:val="Normal"/></w:pPr><w:r><w:t [^>]*>Read it aloud', document)
    slides = entries(powerpoint(made))
    shown = [name for name, data in slides.items() if b"aloud" in data]
    assert shown
    assert all(name.startswith("ppt/notesSlides/") for name in shown)
    file = markdown.folder(made)["statement.md"].decode()
    assert "aloud" in file.rpartition("+++")[0]
    assert "aloud" not in file.rpartition("+++")[2]
