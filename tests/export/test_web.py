"""HTML: one file, and a folder that is read and searched from a disk, without a network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from handbook.base import atomic_file, catalogue
from handbook.base.escape import escape
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.export import web
from handbook.export.epub import epub
from tests.exported import FILES, SLOW, TO_LEFT, book, entries, handbook_in, squeezed, words_of
from tests.helpers import handbook_of, write


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    return handbook_in(tmp_path)


class Read(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [found for name, found in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [found["id"] for _, found in self.elements if "id" in found]


def test_the_page_that_searches_counts_as_the_language_does(
    tmp_path: Path,
) -> None:
    """It said "2 fragmentów" in Polish."""
    manifest = str(FILES["handbook.toml"]).replace('language = "en"', 'language = "pl"')
    page = web.folder(book(load(write(tmp_path, {**FILES, "handbook.toml": manifest}))))["search.html"].decode()
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found is not None
    said = json.loads(found[1])["said"]
    forms = {n: said["forms"][int(said["which"][n if n < len(said["which"]) else 100 + n % 100])] for n in range(1000)}
    polish = catalogue.of("pl")
    assert all(form == polish.ngettext("{n} passage", "{n} passages", n) for n, form in forms.items())
    assert [forms[n] for n in (1, 2, 5)] == ["{n} fragment", "{n} fragmenty", "{n} fragmentów"]


def test_one_file_has_landmarks_contents_and_each_place_once(handbook: Handbook) -> None:
    page = Read(web.one_file(book(handbook)))
    assert [len(page.all(tag)) for tag in ("main", "nav", "header")] == [1, 1, 1]
    assert len(page.all("article")) == 5
    assert len(page.ids) == len(set(page.ids))
    links = {link["href"] for link in page.all("a")}
    assert {link[1:] for link in links if link.startswith("#")} <= set(page.ids)
    assert {link for link in links if not link.startswith("#")} == {
        "https://example.org/a?b=1&c=2",
        "https://example.org/",
    }
    assert page.all("html") == [{"lang": "en"}]


def test_it_fetches_nothing_and_has_no_script(handbook: Handbook) -> None:
    data = web.one_file(book(handbook))
    page = Read(data)
    assert not page.all("script")
    assert not page.all("link")
    assert all(image["src"].startswith("data:image/") for image in page.all("img"))
    assert "default-src 'none'" in data.decode()


def test_headings_skip_no_level(handbook: Handbook) -> None:
    levels = [int(tag[1]) for tag, _ in Read(web.one_file(book(handbook))).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_says_what_the_texts_say(handbook: Handbook) -> None:
    made = book(handbook)
    said = squeezed(Read(web.one_file(made)).words)
    assert squeezed("Their first words – with weight.TheirsTheir item, see the plan.Their last words.") in said
    for text in made.texts:
        assert squeezed(words_of(text))[:30] in said
        assert squeezed(text.source) in said


def test_a_folder_has_a_page_for_each_text_and_all_links_arrive(handbook: Handbook) -> None:
    files = web.folder(book(handbook))
    pages = {name: Read(data) for name, data in files.items() if name.endswith(".html")}
    assert set(pages) == {
        f"{name}.html" for name in ("index", "search", "statement", "text", "plan", "sheet", "secret")
    }
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        assert len(page.all("main")) == 1
        for link in page.all("a"):
            if not link["href"].startswith("https:"):
                file, _, anchor = link["href"].partition("#")
                assert file == "" or file in files, link
                assert not anchor or anchor in pages[file or name].ids, (name, link)
        for image in page.all("img"):
            assert image["src"] in files
            assert image["alt"]


def test_headings_called_as_our_places_have_names_of_their_own() -> None:
    made = book(handbook_of({"page.md": "# Top\n\n## Main\n\n## Contents\n\n## Note 1\n\nSee.[^1]\n\n[^1]: This.\n"}))
    page = Read(web.folder(made)["page.html"])
    assert len(page.ids) == len(set(page.ids))
    assert {"main", "contents", "note-1"} <= set(page.ids)
    assert page.all("a")[0]["href"][1:] == page.all("main")[0]["id"]


def test_only_the_page_that_searches_has_a_script_and_its_data_cannot_end_it(handbook: Handbook) -> None:
    files = web.folder(book(handbook))
    assert [name for name, data in files.items() if b"<script" in data] == ["search.html"]
    data = files["search.html"].decode()
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', data, re.DOTALL)
    assert found
    rows = json.loads(found.group(1))["sections"]
    assert "<" not in found.group(1)
    assert ["text.html#later", "Ground rules: Later"] in [row[:2] for row in rows]
    assert "Кириллица & <тег>" in " ".join(row[2] for row in rows)


def test_the_same_book_gives_the_same_bytes(handbook: Handbook) -> None:
    assert web.one_file(book(handbook)) == web.one_file(book(handbook))
    assert web.folder(book(handbook)) == web.folder(book(handbook))


@pytest.mark.slow
def test_the_folder_is_searched_in_a_browser_from_a_disk(handbook: Handbook, tmp_path: Path) -> None:
    atomic_file.save_folder(web.folder(book(handbook)), tmp_path / "site")
    found = in_browser(tmp_path, (tmp_path / "site" / "search.html").as_uri() + "?q=%D0%BA%D0%B8%D1%80%D0%B8%D0%BB")
    assert '<p role="status" id="count">1 passage</p>' in found
    assert '<a href="text.html">Ground rules</a>' in found


@pytest.mark.slow
def test_the_field_of_the_page_that_searches_is_as_wide_as_its_column(handbook: Handbook, tmp_path: Path) -> None:
    measured = tmp_path / "search.html"
    measuring = (
        "var field = document.getElementById('q').getBoundingClientRect(), "
        "button = document.querySelector('button').getBoundingClientRect(), "
        "column = document.querySelector('main').getBoundingClientRect();"
        "document.title = [field.width > column.width * .6, Math.abs(button.right - column.right) < 2]"
    )
    measured.write_bytes(web.folder(book(handbook))["search.html"] + f"<script>{measuring}</script>".encode())
    assert "<title>true,true</title>" in in_browser(tmp_path, measured.as_uri())


def in_browser(tmp_path: Path, address: str) -> str:
    """What a browser makes of a page, with what its scripts have added."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip(
            "Chromium is not installed (packaging/prerequisites.sh installs it): the search was not tried in it"
        )
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom")
    done = subprocess.run([browser, *options, address], capture_output=True, text=True, timeout=SLOW, check=False)
    return done.stdout


def test_a_file_speaks_the_language_that_it_says_whatever_the_person_speaks(
    handbook: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [web.one_file(book(handbook)), *web.folder(book(handbook)).values(), epub(book(handbook))]
    monkeypatch.setattr(catalogue._Active, "translations", catalogue.of("pl"))
    again = [web.one_file(book(handbook)), *web.folder(book(handbook)).values(), epub(book(handbook))]
    # What is said of a picture that is not there is for the person who exports it.
    gone = [
        catalogue.of(one).gettext("The picture '{name}' is not shown: there is no such file.") for one in ("en", "pl")
    ]
    assert [_without(data, gone[1]) for data in again] == [_without(data, gone[0]) for data in made]


def _without(data: bytes, words: str) -> bytes:
    if data.startswith(b"PK"):
        data = b"".join(entries(data).values())
    return data.replace(escape(words.format(name="gone.png")).encode(), b"")


def test_what_is_read_from_right_to_left_says_so() -> None:
    page = Read(web.one_file(book(handbook_of({"page.md": TO_LEFT}), "page")))
    assert [(name, found["dir"]) for name, found in page.elements if "dir" in found] == [
        ("h1", "rtl"),
        ("ul", "rtl"),
        ("li", "ltr"),
    ]
