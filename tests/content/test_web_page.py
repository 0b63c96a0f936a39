"""The file for the browser: read back, it says what the page says, in the same order, and needs nothing else."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from handbook.content import figures, markup
from handbook.content.chapter import Chapter
from handbook.content.loading import load
from handbook.content.web_page import Page, headings_of, name_of, web_page
from handbook.content.web_text import Heading, Words, contents
from tests.helpers import CONTENT, chapter_of, examples
from tests.markdown import CHAPTER

WORDS = Words("On this page", "The words of La Strada", "Notes", "Note", "Back to the text", "Room to write")
VOID = frozenset(("meta", "br", "hr", "img"))
HANDBOOK = load(CONTENT)


class Read(HTMLParser):
    """What stands in a file: the words of its main part, its elements with their attributes, its links and names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.open, self.unbalanced = "", list[str](), list[str]()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.levels: list[int] = []
        self._ours = 0  # depth of what the file adds to the page's words
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if len(tag) == 2 and tag[1].isdecimal():
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)
            if self._ours or found.get("role") == "doc-backlink":
                self._ours += 1
        if tag in markup.BLOCKS or tag in ("br", "img", "figcaption"):
            self.words += " "
        if tag == "img":
            self.words += found["alt"] + " "

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID  # `<br/>`: the text is XML too, for e-books
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)
        self._ours -= bool(self._ours)
        if tag in markup.BLOCKS or tag == "figcaption":
            self.words += " "

    def handle_data(self, data: str) -> None:
        if "main" in self.open and not self._ours:
            self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [found for name, found in self.elements if name == tag]


def page_of(chapter: Chapter, tree: Element | None = None) -> Page:
    return Page(
        tree if tree is not None else markup.parse(chapter),
        chapter.id,
        "en",
        chapter.title,
        True,
        headings_of((section.address, section.title, section.level) for section in chapter.sections),
        "Source line",
    )


def read(source: str) -> Read:
    return Read(web_page(page_of(chapter_of(source)), WORDS))


def words_of(tree: Element) -> str:
    """The words of a tree as its page says them: of a figure the alternative text, the drawn words, the caption."""
    for figure in tree.iter("figure"):
        said = (figure.get("alt", ""), figure.get("data-words", ""), figures.caption_of(figure))
        told = " ".join((*((figure.get("data-problem", ""),) if not figures.is_shown(figure) else ()), *said))
        figure.text = told
        figure[:] = []
    # Two marks in a row have a comma between them, as on the page.
    return markup.words_of(tree)


def plain(words: str) -> str:
    return "".join(words.replace(",", "").split())


@pytest.mark.parametrize("chapter", HANDBOOK.chapters.values(), ids=lambda chapter: chapter.id)
def test_each_chapter_has_the_same_words_in_the_same_order(chapter: Chapter) -> None:
    file = Read(web_page(page_of(chapter), WORDS))
    assert plain(file.words) == plain(words_of(markup.parse(chapter)))
    assert file.unbalanced == []
    assert file.open == []
    names = [found["id"] for _, found in file.elements if "id" in found]
    assert len(names) == len(set(names))
    links = [found["href"] for found in file.all("a")]
    assert {link[1:] for link in links} <= set(names)
    assert all(link.startswith("#") for link in links)
    assert all(found["scope"] == "col" for found in file.all("th"))


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(CHAPTER)
def test_any_chapter_becomes_a_whole_file_that_fetches_nothing(source: str) -> None:
    file = read(source)
    assert file.unbalanced == []
    assert file.open == []
    tags = {tag for tag, _ in file.elements}
    assert not tags & {"script", "iframe", "object", "embed", "link", "form", "base", "svg"}
    assert all(found["href"].startswith("#") for found in file.all("a"))
    assert all(found["src"].startswith("data:image/") for found in file.all("img"))
    assert not any(name.startswith("on") for _, found in file.elements for name in found)


def test_the_file_has_landmarks_a_language_and_a_contents() -> None:
    text = web_page(
        page_of(chapter_of("# Title\n\n## One {#one}\n\n### Deep {#deep}\n\n## Two {#two}\n\nEnd.\n")), WORDS
    )
    file = Read(text)
    assert file.all("html") == [{"lang": "en"}]
    assert len(file.all("main")) == len(file.all("nav")) == len(file.all("footer")) == 1
    assert [found["href"] for found in file.all("a")] == ["#one", "#deep", "#two"]
    assert "<ul><li>" in text
    assert file.levels.count(1) == 1
    assert "Content-Security-Policy" in text
    assert "Source line" in text


def test_the_words_of_la_strada_are_a_quotation_that_says_whose_it_is() -> None:
    chapter = chapter_of("## Theirs {#r1}\n\nWord for word.\n")
    page = page_of(chapter)._replace(statement=True, has_title=False, label="The title is ours.")
    text = web_page(page, WORDS)
    file = Read(text)
    assert {"aria-label": "The words of La Strada"} in file.all("section")
    assert text.index("The title is ours.") < text.index('<blockquote class="theirs">') < text.index("Word for word.")
    assert text.index("Word for word.") < text.index("</blockquote></section>") < text.index("Source line")
    assert file.levels == [1, 2]


def test_notes_lead_there_and_back() -> None:
    file = read("Some[^a] and more[^a].\n\n[^a]: The note.\n")
    assert [(found["href"], found.get("id")) for found in file.all("a")] == [
        ("#note~a", "mark~a"),
        ("#note~a", None),
        ("#mark~a", None),
    ]
    assert {"id": "note~a"} in file.all("li")
    assert {"role": "doc-endnotes", "aria-label": "Notes"} in file.all("section")


def test_no_place_of_ours_has_the_name_of_one_of_the_text() -> None:
    source = (
        '# Title\n\n<a name="top"></a>Some[^1] and[^a note], see [up](#top).\n\n## Note 1\n\n## Mark 1\n\n'
        "[^1]: One.\n[^a note]: Two.\n"
    )
    file = read(source)
    names = [found["id"] for _, found in file.elements if "id" in found]
    assert len(names) == len(set(names))
    assert {"top", "note-1", "mark-1", "note~1", "mark~1"} <= set(names)
    assert {found["href"][1:] for found in file.all("a")} <= set(names)
    assert not any(" " in name for name in names)


def test_headings_of_a_higher_level_than_the_one_before_go_on_in_the_same_list() -> None:
    levels = [(2, "a"), (4, "b"), (3, "c"), (5, "d"), (4, "e"), (1, "f"), (2, "g")]
    listed = contents(Heading(level, name, name) for level, name in levels)
    item = '<li><a href="#{0}">{0}</a>'.format
    c = f"{item('c')}<ul>{item('d')}</li>{item('e')}</li></ul></li>"
    a = f"{item('a')}<ul>{item('b')}</li>{c}</ul></li>"
    assert listed == f"<ul>{a}{item('f')}<ul>{item('g')}</li></ul></li></ul>"


def test_small_letters_and_words_struck_out_stay_in_their_line() -> None:
    text = web_page(page_of(chapter_of("# ~~Old~~ title\n\nH<sub>2</sub>O, m<sup>2</sup>\n")), WORDS)
    assert "<del>Old</del> title</h1>" in text
    assert "<p>H<sub>2</sub>O, m<sup>2</sup></p>" in text


def test_links_out_of_the_chapter_are_words() -> None:
    source = (
        "# Title\n\n## Here {#here}\n\n[in](#here) [other](other.md#x) [net](https://example.org/) [js](javascript:x)\n"
    )
    file = read(source)
    assert [found["href"] for found in file.all("a")] == ["#here", "#here"]  # the contents, and the first
    assert "in other net js" in " ".join(file.words.split())


def test_pictures_have_their_alternative_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    tree = markup.from_markdown('![A road to a house](a.svg "The way")\n')
    (figure,) = tree.iter("figure")
    figure.set("data-name", "a.svg")
    figure.set("data-words", "home")
    chapter = chapter_of("Text.\n")
    shown = Read(web_page(page_of(chapter, tree), WORDS, lambda _: "data:image/png;base64,AAAA"))
    assert shown.all("img") == [{"alt": "A road to a house", "src": "data:image/png;base64,AAAA"}]
    left_out = Read(web_page(page_of(chapter, tree), WORDS, lambda _: ""))
    assert left_out.all("img") == []
    for file in (shown, left_out):
        assert file.words.split() == ["A", "road", "to", "a", "house", "home", "The", "way"]
    refused = Read(web_page(page_of(chapter, tree), WORDS, lambda _: "https://example.org/a.png"))
    assert refused.all("img") == []


@pytest.mark.parametrize("title", ["../../etc/passwd", "CON", "a/b\\c:d", "", "x" * 300, ".", "naïve — “title”"])
def test_the_name_of_the_file_is_safe(title: str) -> None:
    name = name_of(title)
    assert name.endswith(".html")
    assert not set(name) & set('/\\:*?"<>|')
    assert name not in ("CON.html", ".html")
    assert len(name) < 130
