"""Chapters in another language in the place of the handbook's own."""

from pathlib import Path

import pytest

from handbook.check import check_translated
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.content.translation import ORIGINALS, Translation, find, languages
from handbook.export.book import book_of
from handbook.export.choice import Choice
from tests.helpers import CONTENT, write
from tests.printed import printed

ENGLISH = {
    "handbook.toml": 'title = "Book"\nlanguage = "en"\npublisher = "Us"\nstatement = "La Strada, 2010"\n'
    '[[parts]]\nid = "a"\ntitle = "Words"\nchapters = ["statement"]\n'
    '[[parts.groups]]\ntitle = "Forms"\nchapters = ["one", "two"]\n',
    "one.md": '+++\nkind = "form"\nminutes = 10\n+++\n# One\n\n## A part {#part}\n\nEnglish words, [two](two).\n',
    "two.md": "# Two\n\nMore words.\n",
    "statement.md": '+++\nkind = "statement"\n+++\n# Statement\n\nTheir words.\n{: #p01}\n',
}
POLISH = {
    "handbook.toml": '[titles]\n"Words" = "Słowa"\n"Forms" = "Formularze"\n',
    "forms/one.md": "# Jeden\n\n## Część {#part}\n\nPolskie słowa.\n",
}


def made(tmp_path: Path, *more: dict[str, str]) -> Handbook:
    content = write(tmp_path / "en", ENGLISH)
    folders = tuple(write(tmp_path / f"pl{number}" / "pl", files) for number, files in enumerate(more))
    return load(content, Translation("pl", folders))


def test_a_translated_chapter_stands_at_the_address_of_the_original(tmp_path: Path) -> None:
    book = made(tmp_path, POLISH)
    assert book.faults == ()
    one = book.chapters["one"]
    assert (one.title, book.language_of(one), one.front.kind, one.front.minutes) == ("Jeden", "pl", "form", 10)
    section = book.find("one#part")
    assert section is not None
    assert (section.title, section.path) == ("Część", ("Słowa", "Jeden"))
    assert "Polskie" in one.text(section)


def test_other_chapters_are_read_in_english(tmp_path: Path) -> None:
    book = made(tmp_path, POLISH)
    two = book.chapters["two"]
    assert (two.title, book.language_of(two), two.part_title) == ("Two", "en", "Słowa")
    assert [group.title for group in book.parts[0].groups] == ["", "Formularze"]


def test_the_original_words_can_be_read_and_found(tmp_path: Path) -> None:
    book = made(tmp_path, POLISH)
    original = book.chapters[book.chapters["one"].original]
    assert (original.title, original.part, book.language_of(original)) == ("One", ORIGINALS, "en")
    assert book.find(Address(original.id, "part")) is not None
    assert original.resolve("two") == Address("two")


def test_what_an_office_has_translated_is_taken_before_what_comes_along(tmp_path: Path) -> None:
    own = {"statement.md": '+++\nsource = "Tłumaczenie biura, 2012"\n+++\n# Oświadczenie\n\nIch słowa.\n'}
    book = made(tmp_path, own | {"one.md": "# Pierwszy\n"}, POLISH)
    assert book.chapters["one"].title == "Pierwszy"
    statement = book.chapters["statement"]
    assert statement.front.kind == "statement"
    assert book.source_line(statement) == "La Strada, 2010. Tłumaczenie biura, 2012"
    assert book.source_line(book.chapters["statement.en"]) == "La Strada, 2010"


def test_a_file_that_translates_nothing_is_a_fault_and_a_broken_manifest_too(tmp_path: Path) -> None:
    book = made(tmp_path, {"three.md": "# Trzy\n", "handbook.toml": 'titles = ["Words"]\n'})
    assert [(fault.file, fault.message) for fault in book.faults] == [
        ("pl/handbook.toml", "'titles' must be a table of titles and their translations"),
        ("pl/three.md", "translates no chapter: there is none with the id 'three'"),
    ]
    assert list(book.chapters) == ["statement", "one", "two"]


def test_a_file_that_is_no_text_stays_out(tmp_path: Path) -> None:
    content, own = write(tmp_path / "en", ENGLISH), write(tmp_path / "pl", {"one.md": b"# Jeden \xff\n"})
    book = load(content, Translation("pl", (own,)))
    assert book.chapters["one"].title == "One"
    assert [str(fault) for fault in book.faults] == ["pl/one.md: is not UTF-8 text: it was left out"]


def test_folders_are_found_beside_the_content_and_in_the_persons_data(tmp_path: Path) -> None:
    content, data = write(tmp_path / "content" / "en", ENGLISH), tmp_path / "data"
    assert find("pl", content, data) is None
    shipped = write(tmp_path / "content" / "pl", POLISH)
    own = write(data / "translations" / "pl", POLISH)
    assert find("pl", content, data) == Translation("pl", (own, shipped))
    assert find("en", content, data) is None
    assert find("../pl", content, data) is None


def test_another_language_makes_another_fingerprint(tmp_path: Path) -> None:
    assert made(tmp_path, POLISH).fingerprint != load(tmp_path / "en").fingerprint


def test_a_translation_has_what_its_original_has(tmp_path: Path) -> None:
    assert (
        check_translated(made(tmp_path / "good", POLISH | {"forms/one.md": POLISH["forms/one.md"] + "[dwa](two)\n"}))
        == ()
    )
    bad = {"one.md": "# Jeden\n\n### Część {#inna}\n", "statement.md": "# Oświadczenie\n\nIch słowa.\n{: #p01}\n"}
    said = [fault.message for fault in check_translated(made(tmp_path / "bad", bad))]
    assert "translation: the anchor '#part' is missing" in said
    assert "translation: its headings are not those of the original, one for one" in said
    assert "translation: its links do not lead where those of the original lead" in said
    assert "translation: the statement needs 'source' in its front matter: who translated it, and when" in said


@pytest.mark.parametrize("language", languages(CONTENT))
def test_our_own_translations_hold(language: str, real: Handbook, tmp_path: Path) -> None:
    book = load(CONTENT, find(language, CONTENT, tmp_path))
    assert check_translated(book) == ()
    assert book.manifest.subtitle != real.manifest.subtitle
    assert not {part.title for part in book.parts[:-1]} & {part.title for part in real.parts}
    translated = {chapter.id for chapter in book.chapters.values() if chapter.language == language}
    core = {"first-steps", "safety", "agenda", "card-instructions", "form-evaluation", "poster-ground-rules"}
    assert translated == core
    assert book.chapters["statement"].lines == real.chapters["statement"].lines


def test_an_anchor_that_a_translation_lacks_is_that_of_its_original(tmp_path: Path) -> None:
    book = made(tmp_path, {"one.md": "# Jeden\n\n## Część bez kotwicy\n\nPolskie słowa.\n"})
    section = book.find("one#part")
    assert section is not None
    assert (str(section.address), section.title) == ("one.en#part", "A part")
    assert str(book.current(Address.parse("one#part"))) == "one.en#part"
    assert book.find("one#nowhere") is None


def test_paper_in_the_handbooks_own_language_is_so_to_the_last_word(tmp_path: Path) -> None:
    titles = {"handbook.toml": '[titles]\n"Book" = "Książka"\n"About it" = "O niej"\n'}
    content = write(tmp_path / "en", ENGLISH | {"handbook.toml": 'subtitle = "About it"\n' + ENGLISH["handbook.toml"]})
    book = load(content, Translation("pl", (write(tmp_path / "pl", titles | POLISH | titles),)))
    assert (book.manifest.title, book.manifest.subtitle) == ("Książka", "O niej")
    assert book.manifest.named_in("pl") == ("Książka", "O niej")
    assert book.manifest.named_in("en") == ("Book", "About it")
    english, polish = (printed(book, address).text(0, 0, 0) for address in ("two", "one"))
    assert "About it" in english
    assert "O niej" not in english
    assert "Książka" not in english
    assert "O niej" in polish


def test_a_book_of_translations_alone_is_in_their_language(tmp_path: Path) -> None:
    handbook = made(tmp_path, POLISH)
    assert book_of(handbook, Choice(("one",))).language == "pl"
    assert book_of(handbook, Choice(("one", "two"))).language == "en"
