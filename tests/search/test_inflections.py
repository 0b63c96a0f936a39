"""Content in other languages than English: the forms of its words, its function words, its typing errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.content.loading import load
from handbook.content.translation import Translation
from handbook.search.index import Index

POLISH = {
    "handel": "# Handel ludźmi\n\nOfiara handlu ludźmi ma prawo do schronienia.\n",
    "szkolenie": "# Szkolenie\n\nProwadzące omawiają ćwiczenia z grupą kobiet.\n",
    "policja": "# Policja\n\nPolicjant rozmawia z kobietą na komisariacie.\n",
}
UKRAINIAN = {
    "torhivlia": "# Торгівля людьми\n\nПотерпілі мають право на притулок.\n",
    "navchannia": "# Навчання\n\nТренерки обговорюють вправи з групою жінок.\n",
    "politsiia": "# Поліція\n\nПоліцейський розмовляє з жінкою у відділку.\n",
}


def index_of(folder: Path, language: str, texts: dict[str, str]) -> Index:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    chapters = ", ".join(f'"{name}"' for name in texts)
    (folder / "handbook.toml").write_text(
        f'title = "X"\nlanguage = "{language}"\n[[parts]]\nid = "all"\ntitle = "X"\nchapters = [{chapters}]\n', "utf-8"
    )
    return Index.in_memory(load(folder))


@pytest.mark.parametrize(
    ("language", "query", "first"),
    [
        ("pl", "ofiary", "handel"),  # another form
        ("pl", "handlem", "handel"),
        ("pl", "schronienie", "handel"),
        ("pl", "ludzi", "handel"),
        ("pl", "cwiczenie", "szkolenie"),  # without accents
        ("pl", "grupy", "szkolenie"),
        ("pl", "policjantem", "policja"),
        ("uk", "торгівлі", "torhivlia"),
        ("uk", "потерпілих", "torhivlia"),
        ("uk", "притулку", "torhivlia"),
        ("uk", "людей", "torhivlia"),
        ("uk", "вправа", "navchannia"),
        ("uk", "групи", "navchannia"),
        ("uk", "поліції", "politsiia"),
    ],
)
def test_content_is_found_by_other_forms(tmp_path: Path, language: str, query: str, first: str) -> None:
    answer = index_of(tmp_path, language, {"pl": POLISH, "uk": UKRAINIAN}[language]).search(query)
    assert answer.hits, query
    assert answer.hits[0].address == first
    assert not answer.missing
    assert not answer.corrections


def test_another_form_is_marked_in_the_passage(tmp_path: Path) -> None:
    hit = index_of(tmp_path, "uk", UKRAINIAN).search("притулку").hits[0]
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["притулок"]


@pytest.mark.parametrize(
    ("language", "texts", "query", "stop"),
    [("pl", POLISH, "co ma policja", "co"), ("uk", UKRAINIAN, "що має поліція", "що")],
)
def test_function_words_are_the_languages_own(
    tmp_path: Path, language: str, texts: dict[str, str], query: str, stop: str
) -> None:
    answer = index_of(tmp_path, language, texts).search(query)
    assert answer.hits[0].title in {"Policja", "Поліція"}
    assert stop not in answer.missing


def test_an_english_function_word_is_a_word_in_other_content(tmp_path: Path) -> None:
    texts = {"jaar": "# Begin\n\nDe rechten van vrouwen.\n", "been": "# Ander\n\nEen gebroken been.\n"}
    answer = index_of(tmp_path, "nl", texts).search("vrouw been")
    assert {hit.address for hit in answer.hits} == {"jaar", "been"}


@pytest.mark.parametrize(
    ("language", "texts", "query", "meant"),
    [
        ("pl", POLISH, "schroneinia", "schronienia"),
        ("pl", POLISH, "komisariatce", "komisariacie"),
        ("uk", UKRAINIAN, "обговоррюють", "обговорюють"),
        ("uk", UKRAINIAN, "поліцейсткий", "поліцейський"),
    ],
)
def test_typing_errors_are_corrected_by_the_contents_words(
    tmp_path: Path, language: str, texts: dict[str, str], query: str, meant: str
) -> None:
    answer = index_of(tmp_path, language, texts).search(query)
    assert [one.meant for one in answer.corrections] == [meant]
    assert answer.hits


def test_english_lists_correct_nothing_and_hide_nothing_in_other_content(tmp_path: Path) -> None:
    # "grups" is no Polish word, and "groups" is one that the English lists have.
    answer = index_of(tmp_path, "pl", POLISH | {"x": "# Grupka\n\nGrupka osób.\n"}).search("police")
    assert not {hit.title for hit in answer.hits} & {"Grupka"}
    assert [one.meant for one in answer.corrections] in ([], ["policja"])


def test_translated_chapters_are_found_by_other_forms_and_english_ones_as_before(tmp_path: Path) -> None:
    content, translated = tmp_path / "en", tmp_path / "uk"
    content.mkdir()
    translated.mkdir()
    (content / "handbook.toml").write_text(
        'title = "X"\nlanguage = "en"\n[[parts]]\nid = "all"\ntitle = "X"\nchapters = ["safety", "rights"]\n', "utf-8"
    )
    (content / "safety.md").write_text("# Safety\n\nBreaks for the group.\n", "utf-8")
    (content / "rights.md").write_text("# Rights\n\nA shelter for women.\n", "utf-8")
    (translated / "safety.md").write_text("# Безпека\n\nПерерви для групи.\n", "utf-8")
    index = Index.in_memory(load(content, Translation("uk", (translated,))))
    assert [hit.address for hit in index.search("перерва").hits] == ["safety", "safety.en"]
    assert [hit.address for hit in index.search("перерви").hits] == ["safety", "safety.en"]
    assert [hit.address for hit in index.search("безпеку").hits][:1] == ["safety"]
    assert [hit.address for hit in index.search("безпека").hits] == ["safety", "safety.en"]
    assert index.search("shelters").hits[0].address == "rights"
