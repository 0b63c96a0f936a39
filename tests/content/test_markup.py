"""Markdown to a tree and to HTML. The files in golden/render are the agreed output: UPDATE_GOLDEN=1 writes them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handbook.content import markup, python_markdown
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.html import to_html
from tests.helpers import ROOT, chapter_of, examples, handbook_of
from tests.markdown import CHAPTER, without_notes

GOLDEN = ROOT / "tests" / "golden" / "render"
TAGS = frozenset(markup.BLOCKS) | {"a", "br", "code", "em", "span", "strong", "sup"}
ATTRIBUTES = {"align", "cellpadding", "cellspacing", "class", "href", "name", "start", "width"}


class Page(HTMLParser):
    """What a reader of the HTML meets: its elements, attributes and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.names: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.names += [value or "" for name, value in attrs if name == "name"]

    def handle_data(self, data: str) -> None:
        self.text += data


def page(source: str) -> Page:
    return Page(to_html(markup.parse(chapter_of(source))))


def html(source: str) -> str:
    return to_html(markup.parse(chapter_of(source)))


def words_of(chapter: Chapter, anchors: Iterable[str]) -> list[str]:
    """The words of some sections of a chapter."""
    return without_notes(markup.cut(markup.parse(chapter), set(anchors)))


# -- Agreed output ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_html_is_as_agreed(source: Path) -> None:
    chapter = handbook_of({source.name: source.read_bytes()}).chapters[source.stem]
    # An element a line, so that a difference can be read.
    made = to_html(markup.parse(chapter)).replace("><", ">\n<") + "\n"
    agreed = source.with_suffix(".html")
    if os.environ.get("UPDATE_GOLDEN"):
        agreed.write_text(made, encoding="utf-8")
    assert made == agreed.read_text(encoding="utf-8"), "if meant: UPDATE_GOLDEN=1, then read the difference"


def test_the_statement_stands_apart() -> None:
    root = markup.parse(chapter_of("# Title\n\nTheir words.\n"))
    made = to_html(root, statement=True, title="Our <title>", label="Their words & no other")
    before, inside = made.split('<table class="statement"')
    assert "Our &lt;title&gt;" in before
    assert "Their words &amp; no other" in before
    assert "Their words." in inside


# -- Nothing from a content file becomes markup -------------------------------------------------------------

PIECES = [
    "<script>",
    "</script>",
    "<style>",
    "<div markdown='1'>",
    "<section markdown>",
    "</div>",
    "<form markdown='block'>",
    "<p markdown='span'>",
    "<iframe src=x markdown=1>",
    "<img src=x onerror=y>",
    "<b onclick='x'>",
    "<!--",
    "-->",
    "<?php",
    "<![CDATA[",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "`<script>`",
    "    <script>",
    "```\n<script>\n```",
    "\n",
    "\n\n",
    "{: onclick='x' style='y' id='a\"b' class='\"><script>' }",
    "*",
    "[a](javascript:x)",
    '[a](x "<script>")',
    "> ",
    "- ",
    "![<script>](x)",
    '# <script> {#x"y}',
    "| a |\n|---|\n| <script> |",
    '!!! <script> "<script>"\n    ',
    "words",
    "</",
    "[^1]",
    "\n\n[^1]: <script>\n",
    "Term\n:   <script>",
    "\u0002wzxhzdk:0\u0003",
    '<https://x.org/"onclick="x>',
    "<a@b.c>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@example("<script>\n```\n<script>\n```")
def test_only_known_markup_reaches_the_page(source: str) -> None:
    chapter = chapter_of(source)
    tree = markup.parse(chapter)
    assert {element.tag for element in tree.iter()} <= TAGS
    shown = Page(to_html(tree))
    assert shown.tags <= TAGS
    assert shown.attributes <= ATTRIBUTES
    assert "wzxhzdk" not in shown.text or "wzxhzdk" in source
    assert "\u0002" not in shown.text


@given(st.text() | st.text("# \n+=-`~{}[]()<>!:|*_\\^a1.&\t\"'", max_size=60))
def test_any_text_makes_a_page(source: str) -> None:
    chapter = chapter_of(source.encode("utf-8", "replace").decode())
    tree = markup.parse(chapter)
    assert {element.tag for element in tree.iter()} <= TAGS
    Page(to_html(tree))


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<form>block</form>",
        "words <button>bold</button> words",
        "words <object data='x'>y</object>",
        "<?php echo ?>",
        "<table><tr><td>x</td></tr>",
    ],
)
def test_raw_html_is_shown_as_it_is_written(written: str) -> None:
    shown = page(written)
    assert shown.text.strip() == written
    assert shown.tags == {"p"}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("`<b> &amp; &lt;`", "<b> &amp; &lt;"),
        ("    <b> &amp; &lt;", "<b> &amp; &lt;"),
        ("```\n<b> &amp; &lt;\n```", "<b> &amp; &lt;"),
        ("<div markdown='1'>\n\n```\n<b>\n```\n\n</div>", "<b>"),
        ("-   one\n\n```\n<b>\n```", "one\n<b>"),
        ("AT&T &amp; &copy; &#8211; &amp;lt;", "AT&T & © – &lt;"),
        ("- a\n- b", "a\nb"),
        ("#5 is the one", "#5 is the one"),
    ],
)
def test_signs_are_shown_as_a_reader_expects(source: str, text: str) -> None:
    assert page(source).text.split() == text.split()


# -- Links and headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target", ["https://example.org", "mailto:me@example.org", "file:///etc", "javascript:x", "C:\\x"]
)
def test_a_link_out_of_the_handbook_stays_as_written(target: str) -> None:
    assert markup.is_external(target)
    assert page(f"[x](<{target}>)").links == [target]


def test_headings_carry_the_anchor_of_their_section(real: Handbook) -> None:
    for chapter in real.chapters.values():
        shown = [one.get("id") for one in markup.parse(chapter).iter() if one.tag in markup.HEADINGS]
        headed = [
            section.address.anchor for section in chapter.sections if section.level or section.body > section.start
        ]
        assert shown == headed


def test_a_heading_that_makes_no_section_shifts_no_anchor() -> None:
    tree = markup.parse(chapter_of("# T\n\n> ## Same\n\n## Other\n\n## Same\n"))
    headings = [("".join(one.itertext()), one.get("id")) for one in tree.iter() if one.tag in markup.HEADINGS]
    assert headings == [("T", ""), ("Same", None), ("Other", "other"), ("Same", "same")]


@pytest.mark.parametrize(
    "title", ["Raw <b>x</b>", "`<b>`", "Q&A", "*All*", "C#", "a_b", "Why? *Why?*", "R&amp;D", "1. One"]
)
def test_a_title_with_signs_has_its_anchor_on_the_page(title: str) -> None:
    chapter = chapter_of(f"# T\n\n## {title}\n")
    ids = [one.get("id") for one in markup.parse(chapter).iter("h2")]
    assert ids == [chapter.sections[1].address.anchor]


def test_an_anchor_that_is_written_twice_is_that_of_the_heading_else_of_the_first() -> None:
    source = '# Title\n\n<a id="b"></a>x <a id="a"></a>y\n\n## One <a id="a"></a>\n\n## Two {#b}\n\nz\n{: #a }\n'
    tree = markup.parse(chapter_of(source))
    named = [(element.tag, element.get("id")) for element in tree.iter() if element.get("id")]
    assert named == [("span", "a"), ("h2", "one"), ("h2", "b")]


def test_paragraph_anchors_are_on_the_page() -> None:
    assert page("Words.\n{: #p01 }\n").names == ["p01"]


# -- Footnotes, lists, tables, boxes ------------------------------------------------------------------------


def test_a_footnote_leads_to_its_text_once() -> None:
    tree = markup.parse(chapter_of("One[^a], two[^b], one[^a].\n\n[^a]: First.\n[^b]: Second.\n"))
    assert [sup.get("data-note") for sup in tree.iter("sup")] == ["a", "b", "a"]
    assert [sup.text for sup in tree.iter("sup")] == ["1", "2", "1"]
    assert {sup.get("class") for sup in tree.iter("sup")} == {"footnote-ref"}
    assert not any(note.get("id") for note in tree.iter("li"))
    notes = tree.find("div[@class='footnotes']")
    assert notes is not None
    assert [(note.get("data-note"), markup.words_of(note)) for note in notes.iter("li")] == [
        ("a", "First."),
        ("b", "Second."),
    ]
    shown = Page(to_html(tree))
    assert {link.removeprefix("#") for link in shown.links} == {
        name for name in shown.names if name.startswith("note-")
    }


def test_a_list_keeps_its_first_number() -> None:
    assert '<ol start="4">' in html("4. four\n5. five\n")
    assert "<ol>" in html("1. one\n2. two\n")


@pytest.mark.parametrize(("rule", "align"), [(":--", "left"), (":-:", "center"), ("--:", "right"), ("---", "left")])
def test_a_tables_columns_are_aligned(rule: str, align: str) -> None:
    made = html(f"| a |\n|{rule}|\n| b |\n")
    assert made.count(f'align="{align}"') == 2


def test_a_box_has_its_kind_and_title() -> None:
    made = html('!!! warning "Mind this"\n    Words.\n')
    assert 'class="box box-warning"' in made
    assert 'class="admonition-title"' in made
    assert "Mind this" in made


@pytest.mark.parametrize(
    ("written", "lines"),
    [("5", 5), ("1", 1), ("9" * 1500, markup.MOST_LINES), ("many", 3), ("", 3), ("40 mm", 5), ("44mm", 5)],
)
def test_room_to_write(written: str, lines: int) -> None:
    made = html(f'!!! lines "{written}"\n    What next?\n')
    assert made.count('class="rule">&nbsp;') == lines
    assert "What next?" in made


def test_a_picture_is_its_words() -> None:
    shown = page("Here is ![A map](map.png)")
    assert shown.text.strip() == "Here is A map"
    assert "img" not in shown.tags


# -- Parts of a page ----------------------------------------------------------------------------------------


def test_cutting_all_leaves_all(real: Handbook) -> None:
    for chapter in real.chapters.values():
        every = [section.address.anchor for section in chapter.sections]
        assert words_of(chapter, every) == without_notes(markup.parse(chapter))
        assert words_of(chapter, []) == []


@given(st.data())
@settings(max_examples=examples(40))
def test_a_part_of_the_real_text_is_its_sections(real: Handbook, data: st.DataObject) -> None:
    chapter = data.draw(st.sampled_from(list(real.chapters.values())), label="chapter")
    anchors = [section.address.anchor for section in chapter.sections]
    chosen = data.draw(st.sets(st.sampled_from(anchors)), label="anchors")
    expected: list[str] = []
    for section in chapter.sections:
        if section.address.anchor in chosen:
            has_heading = section.level > 0 or section.body > section.start
            expected += [
                *(section.title.split() if has_heading else []),
                *chapter.read_text(section).replace(" · ", " ").split(),
            ]
    assert words_of(chapter, chosen) == expected


@given(CHAPTER, st.data())
@settings(max_examples=examples(60))
def test_a_part_of_any_text_is_its_sections_in_order(source: str, data: st.DataObject) -> None:
    chapter = chapter_of(source)
    anchors = [section.address.anchor for section in chapter.sections]
    chosen = data.draw(st.sets(st.sampled_from(anchors)), label="anchors")
    one_by_one = [word for anchor in anchors if anchor in chosen for word in words_of(chapter, [anchor])]
    assert words_of(chapter, chosen) == one_by_one
    assert words_of(chapter, anchors) == without_notes(markup.parse(chapter))


def test_a_section_that_is_a_list_item_keeps_its_list() -> None:
    chapter = chapter_of((GOLDEN / "causes.md").read_text(encoding="utf-8"))
    tree = markup.cut(markup.parse(chapter), {"b2"})
    (listing,) = tree
    assert listing.tag == "ul"
    assert [markup.words_of(item) for item in listing] == ["The second Of the second."]


def test_a_list_in_a_list_keeps_the_words_above_it() -> None:
    chapter = chapter_of("# T\n\n## A\n\n- outer\n    - inner\n\n## B\n\n- other\n    - deep\n")
    assert words_of(chapter, ["a"]) == ["A", "outer", "inner"]
    assert words_of(chapter, ["b"]) == ["B", "other", "deep"]


def test_a_root_cause_alone(real: Handbook) -> None:
    tree = markup.cut(markup.parse(real.chapters["statement"]), {"b3"})
    assert [child.tag for child in tree] == ["ul"]
    words = markup.words_of(tree)
    assert words.startswith("Demand for cheap and exploitative labour")
    assert words.endswith("Migrant workers and their Families.")


def test_a_part_brings_only_the_footnotes_it_refers_to() -> None:
    source = "# T\n\n## A\n\nOne[^a].\n\n## B\n\nTwo[^b].\n\n[^a]: First.\n[^b]: Second.\n"

    def notes(*anchors: str) -> list[str | None]:
        tree: Element = markup.cut(markup.parse(chapter_of(source)), anchors)
        return [note.get("data-note") for note in tree.iter("li")]

    assert notes("b") == ["b"]
    assert notes("a", "b") == ["a", "b"]
    assert notes("") == []


def test_a_page_is_made_anew_each_time() -> None:
    chapter = chapter_of("# T\n\n## A\n\nOne[^a].\n\n[^a]: First.\n")
    first = to_html(markup.parse(chapter))
    markup.cut(markup.parse(chapter), set())
    assert to_html(markup.parse(chapter)) == first


def test_threads_may_parse_at_once(real: Handbook) -> None:
    """The window shows a page while a thread prints: neither may find the other's words in its own."""
    chapters = [real.chapters[name] for name in ("cards-cases", "glossary", "then-and-now", "instruments")]
    expected = [markup.words_of(markup.parse(chapter)) for chapter in chapters]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            found = pool.map(lambda chapter: markup.words_of(markup.parse(chapter)), chapters)
            assert list(found) == expected


# -- Lines that are added, and what cannot be parsed -----------------------------------------------------------


def test_a_line_is_added_below_the_title_or_at_the_top() -> None:
    def texts(source: str) -> list[tuple[str, str | None, str]]:
        tree = markup.parse(chapter_of(source))
        markup.add_below_title(tree, "45 minutes")
        return [(block.tag, block.get("class"), markup.words_of(block)) for block in tree]

    assert texts("# T\n\nWords.\n")[:2] == [("h1", "chapter", "T"), ("p", "sheet", "45 minutes")]
    assert texts("Words.\n") == [("p", "sheet", "45 minutes"), ("p", None, "Words.")]


@pytest.mark.parametrize("source", ["*one**two*three", "*a**b*cd", "*_x**y*z*"])
def test_stars_that_close_nothing_take_no_letter(source: str) -> None:
    words = markup.words_of(markup.from_markdown(source))
    assert [*filter(str.isalpha, words)] == [*filter(str.isalpha, source)]


def test_what_python_markdown_cant_read_is_shown_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(_: str) -> None:
        raise RecursionError

    monkeypatch.setattr(python_markdown, "convert", too_deep)
    tree = markup.from_markdown("# T\n\n  *One*\nline \n \t\n\n\nTwo & three\n")
    assert [(block.tag, block.text) for block in tree] == [("p", "# T"), ("p", "*One*\nline"), ("p", "Two & three")]


def test_html_of_any_name_that_lies_deep_in_itself_is_set_flat() -> None:
    """Of 250 sections in each other a page could not be made."""
    tag = '<section markdown="1">\n\n'
    tree = markup.from_markdown(f"{tag * 60}Deep.\n\n{'</section>' * 60}\n")
    depth, at = 0, tree
    while len(at):
        depth, at = depth + 1, at[0]
    assert (tree.attrib, markup.words_of(tree)) == ({markup.FLAT: "true"}, "Deep.")
    assert depth < 12


def test_words_in_html_that_is_never_closed_stay_on_the_page() -> None:
    """Of two boxes of one kind in each other that are not closed, all that follows was lost."""
    source = '# T\n\n<div markdown="1">\n\nOne\n\n<div markdown="1">\n\nTwo\n\n## Three\n\nFour\n'
    assert markup.words_of(markup.from_markdown(source)) == "T One Two Three Four"


def test_emphasis_that_lies_deep_in_itself_keeps_its_words_alone() -> None:
    """Of 200 signs in each other no page could be set."""
    tree = markup.from_markdown(f"{'*a _b ' * 60}c{'_*' * 60} d\n")
    assert markup.words_of(tree).split() == [*["a", "b"] * 60, "c", "d"]
    depth, at = 0, tree
    while len(at):
        depth, at = depth + 1, at[0]
    assert depth == 17


def test_what_is_shown_as_it_is_written_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert markup.from_markdown("Words.").attrib == {}
    deep = markup.from_markdown("> " * 60 + "Deep.\n")
    assert (deep.tag, deep.attrib, markup.words_of(deep)) == ("div", {markup.FLAT: "true"}, "Deep.")

    def fails(_: str) -> None:
        raise ValueError

    monkeypatch.setattr(python_markdown, "convert", fails)
    plain = markup.from_markdown("Words.")
    assert (plain.tag, plain.attrib) == ("div", {markup.PLAIN: "true"})


def test_a_line_that_is_added_may_lead_somewhere() -> None:
    tree = markup.parse(chapter_of("# T\n\nWords.\n\nMore.\n\nAnd more.\n"))
    markup.add_below_title(tree, "In English:", ("The plan", "plan#a"))
    (link,) = tree[1]
    assert (tree[1].text, link.tag, link.attrib, link.text) == ("In English: ", "a", {"href": "plan#a"}, "The plan")


# -- What the tree says of its blocks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "terms"),
    [
        ("One\n:   First.\nTwo\n:   Second.\n", ["One", "Two"]),
        ("One\n:   First.\n\n    More.\nTwo\n:   Second.\n", ["One", "Two"]),
        ("Words.\n\nOne\n:   First.\n:   Again.\n", ["One"]),
        ("One\n:   First.\n    goes on\nTwo\n:   Second.\n", ["One", "Two"]),
        ("One\n:   First.\n\tgoes on\nTwo\n:   Second.\n", ["One", "Two"]),
        ("One\n:   First.\n\nLast", ["One"]),
    ],
)
def test_terms_stand_apart_without_an_empty_line(source: str, terms: list[str]) -> None:
    assert [term.text for term in markup.parse(chapter_of(source)).iter("dt")] == terms


def test_in_fenced_code_no_line_is_added() -> None:
    source = "One\n:   First.\n\n```\na\n:   b\nc\n:   d\n```\n"
    (code,) = markup.parse(chapter_of(source)).iter("code")
    assert code.text == "a\n:   b\nc\n:   d\n"


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ('<a id="x"></a>\n\nWords.\n', [("p", ["x"], "Words.")]),
        ('<a id="x"></a> <a id="y"></a>\n\n## Title\n', [("h2", ["x", "y"], "Title")]),
        ('<a id="x"></a>\n\n- One\n', [("p", ["x"], ""), ("ul", [], "One")]),
        ('Words <a id="x"></a>\n\nMore.\n', [("p", ["x"], "Words"), ("p", [], "More.")]),
        ('<a id="x"></a> words\n\nMore.\n', [("p", ["x"], "words"), ("p", [], "More.")]),
        ('<a id="x">words</a>\n\nMore.\n', [("p", ["x"], "words"), ("p", [], "More.")]),
        ('<a id="x"></a> *words*\n\nMore.\n', [("p", ["x"], "words"), ("p", [], "More.")]),
        ('## Title\n\n<a id="x"></a>\n', [("h2", [], "Title"), ("p", ["x"], "")]),
    ],
)
def test_a_place_by_itself_is_that_of_what_comes_below(source: str, blocks: list[tuple[str, list[str], str]]) -> None:
    tree = markup.from_markdown(source)
    places = [[one.get("id") for one in block.iter("span")] for block in tree]
    assert [(block.tag, at, markup.words_of(block)) for block, at in zip(tree, places, strict=True)] == blocks


def test_headings_within_other_blocks_begin_no_section() -> None:
    inside = "> ## Quoted\n\nTerm\n:   ## Meaning\n\n    words\n\n!!! tip\n    ## In a box\n\n- ## In a list\n"
    tree = markup.parse(chapter_of(f"# T\n\n{inside}\n## Meaning\n\n## Quoted\n\n## In a box\n"))
    named = [
        (one.tag, one.get("id")) for one in tree.iter() if one.tag in markup.HEADINGS and one.get("id") is not None
    ]
    assert named == [("h1", ""), ("h2", "in-a-list"), ("h2", "meaning"), ("h2", "quoted"), ("h2", "in-a-box")]
    assert len(list(tree.iter("h2"))) == 7


def test_words_are_parted_where_a_line_ends() -> None:
    assert markup.words_of(markup.from_markdown("One<br>two  \nthree*four*\n\n- a\n- b\n")) == "One two threefour a b"
    made = Element("div")
    for words in ("a", "d"):
        block = SubElement(made, "p")
        block.text = words
        SubElement(block, "br").tail = "b"
        SubElement(block, "em").text = "c"
    assert markup.words_of(made) == "a bc d bc"


@pytest.mark.parametrize(
    ("written", "height"), [("5", 5 * 8), ("40 mm", 40), ("44mm", 44), ("", 3 * 8), ("many", 3 * 8), ("9999", 40 * 8)]
)
def test_the_height_of_room_to_write_is_in_millimetres(written: str, height: int) -> None:
    (block,) = markup.from_markdown(f'!!! lines "{written}"\n    What?\n').findall("div[@class='lines']")
    assert (block.get("data-height"), block.get("data-lines")) == (str(height), str(height // 8))


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("- ☐ One\n- ☑ Two\n", True),
        ("- ☐ One\n\n- ☐ Two\n", True),
        ("- ☐ One\n- Two\n", False),
        ("- One\n\n- ☐ Two\n", False),
        ("1. ☐ One\n2. ☐ Two\n", False),
        ("- One ☐\n", False),
        ("- *One* ☐\n", False),
    ],
)
def test_a_list_of_boxes_to_tick_has_one_at_each_item(source: str, is_one: bool) -> None:
    (listing,) = markup.from_markdown(source)
    assert markup.is_tick_list(listing) is is_one


def test_a_list_without_items_is_none_of_boxes() -> None:
    assert not markup.is_tick_list(Element("ul"))
    empty = Element("ul")
    empty.append(Element("li"))
    assert not markup.is_tick_list(empty)


@pytest.mark.parametrize("text", ["\u0002wzxhzdk:0\u0003", "A \u0002wzxhzdk:7\u0003 b", "`\u0002wzxhzdk:1\u0003`"])
def test_a_placeholder_of_the_parsers_that_somebody_wrote_is_no_fault(text: str) -> None:
    tree = markup.from_markdown(f"{text}\n")
    assert tree.get(markup.PLAIN) is None


def test_a_list_of_boxes_to_tick_has_no_bullets_beside_them() -> None:
    boxes, mixed = (
        to_html(markup.parse(chapter_of(source))).replace("\n", "")
        for source in ("- [ ] a\n- [x] b\n", "- [ ] a\n- b\n")
    )
    assert boxes == '<ul style="list-style-type:none"><li>☐ a</li><li>☑ b</li></ul>'
    assert mixed == "<ul><li>☐ a</li><li>b</li></ul>"


@pytest.mark.parametrize(
    ("target", "is_one"),
    [
        ("https://example.org", True),
        ("mailto:anna@example.org", True),
        ("MAILTO:anna@example.org", True),
        ("other://place", True),
        ("c:letter.doc", True),
        ("shelter:plan", False),
        ("shelter:plan#a", False),
        ("plan#a:/b", False),
        ("plan", False),
        ("a", False),
        ("", False),
    ],
)
def test_which_links_lead_out_of_all_handbooks(target: str, is_one: bool) -> None:
    assert markup.is_external(target) is is_one


def test_fenced_code_in_raw_html_is_its_own_words() -> None:
    words = markup.words_of(markup.from_markdown("<div>\n\n```\na < b\n```\n\n<span>&amp;</span>\n</div>\n"))
    assert words == "<div> a < b <span>&amp;</span> </div>"


def test_an_item_of_a_list_in_a_footnote_is_no_footnote() -> None:
    tree = markup.from_markdown("Words.[^one]\n\n[^one]: A list:\n\n    - an item\n")
    assert [item.get("data-note") for item in tree.iter("li")] == ["one", None]
