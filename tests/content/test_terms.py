"""The terms in other languages, beside the content."""

from __future__ import annotations

from pathlib import Path

from handbook.base.network_languages import LANGUAGES
from handbook.content import terms
from handbook.content.loading import load

CONTENT = Path(__file__).resolve().parents[2] / "content" / "en"


def test_every_language_has_its_terms() -> None:
    handbook = load(CONTENT)
    assert terms.languages_of(CONTENT) == tuple(LANGUAGES)
    for code in LANGUAGES:
        found = terms.read(CONTENT, code)
        assert not found.faults
        assert len(found.entries) >= 80, code
        for entry in found.entries:
            assert handbook.find(entry.address) is not None, entry
            assert entry.english[0].isupper(), entry
            assert entry.status != "official" or entry.source, entry


def test_an_entry_is_read_with_its_marks(tmp_path: Path) -> None:
    (tmp_path / "terms").mkdir()
    line = "glossary#slavery\tservitude\tzniewolenie (Protocol); poddaństwo ?\tofficial\tPalermo Protocol\tTwo words.\n"
    (tmp_path / "terms" / "pl.tsv").write_text(f"# remark\n{line}", "utf-8")
    (entry,) = terms.read(tmp_path, "pl").entries
    assert entry.equivalents == (terms.Equivalent("zniewolenie", "Protocol"), terms.Equivalent("poddaństwo", "", True))
    assert (entry.first, entry.status, entry.trap) == ("zniewolenie", "official", "Two words.")
    assert entry.searched == ("zniewolenie", "poddaństwo")


def test_words_for_the_search_alone_are_no_equivalents(tmp_path: Path) -> None:
    (tmp_path / "terms").mkdir()
    line = "glossary#advocacy\tAdvocacy\trzecznictwo\tusage\t\t\tlobbing; nacisk\n"
    (tmp_path / "terms" / "pl.tsv").write_text(line, "utf-8")
    (entry,) = terms.read(tmp_path, "pl").entries
    assert [one.words for one in entry.equivalents] == ["rzecznictwo"]
    assert entry.searched == ("rzecznictwo", "lobbing", "nacisk")


def test_no_word_is_both_an_equivalent_and_for_the_search_alone() -> None:
    for code in LANGUAGES:
        for entry in terms.read(CONTENT, code).entries:
            assert not {one.words for one in entry.equivalents} & set(entry.typed), (code, entry)


def test_what_is_wrong_is_left_out_and_said(tmp_path: Path) -> None:
    (tmp_path / "terms").mkdir()
    lines = ["glossary#act\tAct", "glossary#act\tAct\tx\tperhaps", "glossary#act\tAct\t ; \tusage", "a" * 3000]
    (tmp_path / "terms" / "uk.tsv").write_text("\n".join(lines), "utf-8")
    (tmp_path / "terms" / "ru.tsv").write_bytes(b"\xff\xfe\x00")
    found = terms.read(tmp_path, "uk")
    assert not found.entries
    assert [fault.line for fault in found.faults] == [1, 2, 3, 4]
    assert terms.read(tmp_path, "ru").faults
    assert terms.read(tmp_path, "be").faults


def test_no_more_lines_than_allowed(tmp_path: Path) -> None:
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "uk.tsv").write_text("glossary#act\tAct\tдія\tusage\n" * (terms.MOST_LINES + 5), "utf-8")
    found = terms.read(tmp_path, "uk")
    assert (len(found.entries), len(found.faults)) == (terms.MOST_LINES, 1)
