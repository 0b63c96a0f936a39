"""Markdown as other programs write it: what stands on the page is what its author sees, and all of it can be found.

Each case is one file of a folder without a handbook.toml, and the blocks of its page."""

from __future__ import annotations

import time

import pytest

from handbook.check import check
from handbook.content import markup
from handbook.content.html import to_html
from handbook.content.others_forms import in_our_forms
from handbook.content.others_tags import without_tags
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import to_pdf
from handbook.search.index import Index
from tests.content.test_plain_text import plain_words
from tests.helpers import PROCESSOR, chapter_of, handbook_of
from tests.markdown import without_notes
from tests.printed import Pdf

CASES = {
    "braces that hold no attributes": (
        "Fill in:\n{your name here}\n\n## Title {name}\n\n*x*{your name} `c`{y z}\n\nThe set\n{x=1, y=2}\n\n"
        "| a {b c} |\n|--|\n| 1 {x y} |\n\n$$a_{i=0}$$\n",
        [
            "p Fill in: {your name here}",
            "h2 Title {name}",
            "p x{your name} c{y z}",
            "p The set {x=1, y=2}",
            "table a {b c} 1 {x y}",
            "p $$a_{i=0}$$",
        ],
    ),
    "a sharp before attributes": ("## C# {#c}\n\n## *F*# {#f}\n\n## D \\#\n", ["h2 C#", "h2 F#", "h2 D #"]),
    "attributes of kramdown": (
        "# Page\n{: .no_toc }\n\n{:.x}\n## Head\n{: #own }\n\n* TOC\n{:toc}\n\nWords\n{: .note }\n"
        "\n{: .tip }\n> Said\n",
        ["h1 Page", "h2 Head", "p Words", "blockquote Said"],
    ),
    "Markdown between tags": (
        '<div align="center">\n\n# Title\n\n**bold** [there](#title)\n\n</div>\n\n<section>\n\n- item\n\n</section>\n',
        ["h1 Title", "p bold there", "ul item"],
    ),
    "a tag that is never closed": (
        "<div>\n\nsaid *so*\n\n## After\n\n<p>text\n\n- end\n",
        ["p said so", "h2 After", "p text", "ul end"],
    ),
    "a heading in HTML": ('<h1 align="center" id="top">My <b>book</b></h1>\n\n[up](#top)\n', ["h1 My book", "p up"]),
    "tags in each other": ("<div>\n    <div>\n        *words*\n    </div>\n</div>\n", ["p *words*"]),
    "a title that unfolds, on several lines": (
        "<details>\n<summary>\nLong\n<b>title</b>\n</summary>\n\nInside.\n\n</details>\n",
        ["div Long title Inside."],
    ),
    "call-outs of GitBook": (
        '{% hint style="warning" %}\n**Body**\n{% endhint %}\n\nAfter.\n',
        ["div Warning Body", "p After."],
    ),
    "what else GitBook has": (
        '{% tabs %}\n{% tab title="By day" %}\nSun\n{% endtab %}\n\n{% tab title="By night" %}\nMoon\n'
        '{% endtab %}\n{% endtabs %}\n\n{% content-ref url="x.md" %}\n[Next](x.md)\n{% endcontent-ref %}\n\n'
        '{% hint style="info" icon="bell" %}\nHear\n{% endhint %}\n\n{% embed url="https://a.example/1%202" %}\n\n'
        '{% file src="../a b.pdf" %}\n\n{% raw %}{{ kept }}{% endraw %}\n\n{% endtab %}\n',
        [
            "div By day Sun",
            "div By night Moon",
            "p Next",
            "div Info Hear",
            "p https://a.example/1%202",
            "p a b.pdf",
            "p {{ kept }}",
            "p {% endtab %}",
        ],
    ),
    "a title with a place of its own": (
        '## To do <a href="#to-do" id="to-do"></a>\n\n[up](#to-do)\n',
        ["h2 To do", "p up"],
    ),
    "boxes with many colons": (
        f"{':' * 40} tip\n\nWords\n\n{':' * 30} other\n\nMore\n\n{':' * 50}\n\n{':' * 45}\n\nAfter\n",
        ["div Tip Words More", "p After"],
    ),
    "a table in HTML": (
        '<table class="x">\n  <caption>Who comes</caption>\n  <tr>\n    <th>Name</th>\n'
        '    <th colspan="2">Days|hours</th>\n  </tr>\n\n  <tr>\n    <td rowspan="2"><p>Ann</p><p>Bo</p></td>\n'
        '    <td><a href="a b.md">one</a></td><td><ul>'
        "<li>a_b</li><li>2*3*4</li></ul></td>\n  </tr>\n  <tr><td><code>x_y &lt;z&gt;</code></td>"
        "<td>\n\n**bold**\n\n</td></tr>\n</table>\nBelow\n",
        [
            "p Who comes",
            "table Name Days|hours Ann Bo one • a_b • 2*3*4 x_y <z> bold",
            "p Below",
        ],
    ),
    "a table in HTML without a head, in a list": (
        "- item\n\n  <table><tr><td>1</td><td style={{ width: '4px' }}>2</td></tr></table>\n\n- more\n",
        ["ul item 1 2 more"],
    ),
    "a row without its tag": (
        "<table><tr><th>A</th></tr><td>1</td></tr>\n<td>2</td></table>\n\n<table><td>3<td>4</table>\n",
        ["table A 1 2", "table 3 4"],
    ),
    "tables in HTML that are none": (
        "<table>\n<tr><td>open\n\n<table>words<tr><td>x</td></tr></table>\n\nEnd\n",
        ["p <table> <tr><td>open", "p <table>words<tr><td>x</td></tr></table>", "p End"],
    ),
    "lists in HTML": (
        "Bring <ul> <li>a <b>pen</b></li>\n<li>paper<ol><li>white</li><li>blue</li></ol></li></ul> and time\n\n"
        "| a |\n|---|\n| b<ul><li>c</li><li>d</li></ul> |\n",
        ["p Bring", "ul a pen paper white blue", "p and time", "table a b • c • d"],
    ),
    "words in HTML": (
        'A <b>bold</b> <i>word</i> <span class="x">**here**</span>, <u>and</u> <code>a_b</code>;<a href="x.md">there'
        "</a> <mark>so</mark></br><strong>open `<b>x</b>` <a href='b.md'></a>\n\n    <b>code</b>\n",
        ["p A bold word here, and a_b;there so <strong>open <b>x</b>", "pre <b>code</b>"],
    ),
    "paragraphs in HTML": (
        '<p align="center"><i>one</i></p>\n<p id="two">two\nmore</p>\nthree <p>four</p>\n<hr />\nfive\n',
        ["p one", "p two more", "p three four", "hr ", "p five"],
    ),
    "paragraphs in code": (
        "```html\n<p>one</p>\n<p>two</p>\n```\n\n- item\n\n    ```\n    <p>three</p>\n    ```\n\n"
        "    <b>\n\nEnd\n\n    <p>four</p>\n",
        ["pre <p>one</p> <p>two</p>", "ul item", "pre <p>three</p>", "p <b>", "p End", "p <p>four</p>"],
    ),
    "a video": (
        '<iframe width="9" src="https://v.example/1" title="How [to] sit" allow="a; b"></iframe>\n\n'
        "<iframe></iframe>\n",
        ["p How to sit", "p <iframe></iframe>"],
    ),
    "pictures in lines of their own": (
        "1. Press\n![One](a.png)\nand hold\n2. Go\n\nSee ![in](b.png) here\n![Two](c.png)  \n*said below*\n",
        ["ol Press and hold Go", "p See in here", "figure ", "p said below"],
    ),
    "a figure on one line": (
        '<figure><img src="a.png" alt="Alt"><figcaption><p>Its <b>words</b></p></figcaption></figure>\n\n'
        '<div align="left"><figure><img src="../b (1).png" alt="" width="250">'
        "<figcaption>And these</figcaption></figure></div>\n",
        ["figure Its words", "figure And these"],
    ),
    "items without words": ("Write:\n\n- \n- \n\n1. a\n2.\n", ["p Write:", "ul ", "ol a"]),
    "what ends a table": (
        "| a |\n|---|\n| 1 |\n# One\n| a |\n|---|\n| 1 |\n- item\n\n| a |\n|---|\n| 1 |\n> said\n# Two\n",
        ["table a 1", "h1 One", "table a 1", "ul item", "table a 1", "blockquote said", "h1 Two"],
    ),
    "a table in a list": ("- a\n  | x | y |\n  |---|---|\n  | 1 | 2 |\n- b\n", ["ul a x y 1 2 b"]),
    "signs of Markdown in a table in HTML": (
        '<table><tr><td><a href="a|b">x</a></td><td>`c|d` and `e_f`, a*b</td><td>press `</td><td>or `</td></tr></table>'
        '\n\n<ul><li>https://a.example/c_d_e</li></ul>\n\n<a href="x">g ] h</a> <a href="x">i [ j</a>\n',
        ["table x c|d and e_f, a*b press ` or `", "ul https://a.example/c_d_e", "p g ] h i [ j"],
    ),
    "words below code in a quotation, and in a list without end": (
        "> ```\n> <b>a</b>\n> ```\n\n<b>b</b>\n\n- c\n\n    ```\n\n<table><tr><td>d</td></tr></table>\n",
        ["pre <b>a</b>", "p b", "ul c ```", "table d"],
    ),
    "a table in a quotation": ("> | a | b |\n> |---|---|\n> | 1 | 2 |\n", ["blockquote a b 1 2"]),
    "no table": ("| a | b |\n|---|---|---|\n| 1 | 2 | 3 |\n", ["p | a | b | |---|---|---| | 1 | 2 | 3 |"]),
    "more cells than the head has": ("| a |\n|---|\n| 1 | 2 |\n", ["table a 1"]),
    "rules in a row": ("---\n\n***\n---\n\nText\n***\nmore\n", ["hr ", "hr ", "hr ", "p Text", "hr ", "p more"]),
    "a list behind a paragraph of an item": (
        "1. one\n\n   1. deep\n\n      deeper\n2. two\n3. three\n",
        ["ol one deep deeper two three"],
    ),
    "strokes before signs": (
        'a\\"b\\" c\\$d e\\<f\\> \\~g\\~ h\\/i `j\\$k` l\\\\$ m\\&n\n',
        ['p a"b" c$d e<f> ~g~ h/i j\\$k l\\$ m&n'],
    ),
    "references on two lines": (
        "[one], [Two Words][two words], [three], [f][g]\n\n[one]:\n  https://a.example\n[TWO   words]: <page b.md>\n"
        "[three]: #x\n  \"Title\"\n[g]: <a b.md> 'T'\n",
        ["p one, Two Words, three, f"],
    ),
    "references and notes in lists and quotations": (
        "- [a], b[^1]\n\n  [a]: #x\n\n  [^1]: A note.\n\n> [c]\n>\n> [c]: #y\n",
        ["ul a, b1", "blockquote c", "div A note."],
    ),
    "what stands in code defines nothing": (
        "```\n[a]: x\n[^1]: y\n```\n\n[a] [^1]\n",
        ["pre [a]: x [^1]: y", "p [a] [^1]"],
    ),
    "a note with a blank in its name": ("A[^my note].\n\n[^my note]: Its text.\n", ["p A1.", "div Its text."]),
    "what follows a note": ("A[^1].\n\n[^1]: Note.\n\n  After it.\n", ["p A1.", "p After it.", "div Note."]),
    "comments in code": (
        "- a\n\n  ```html\n  <!-- one -->\n  ```\n\n> ```\n> <!-- two -->\n> ```\n\nText\n\n"
        "    <!-- three -->\n\nb <!-- x -->c\n",
        ["ul a", "pre <!-- one -->", "pre <!-- two -->", "p Text", "pre <!-- three -->", "p b c"],
    ),
    "an item that is code": ("- ```sh\n  ls\n  ```\n- b\n", ["pre ls", "ul b"]),
    "no underline": ("- item\nTitle\n===\n", ["ul item Title ==="]),
    "addresses for letters": ("<mailto:a@example.org> <b@example.org>\n", ["p a@example.org b@example.org"]),
}


@pytest.mark.parametrize("name", CASES)
def test_the_page_has_what_its_author_sees_and_the_search_the_same(name: str) -> None:
    source, blocks = CASES[name]
    chapter = chapter_of(source)
    assert [f"{block.tag} {markup.words_of(block)}" for block in markup.parse(chapter)] == blocks
    assert plain_words(chapter) == without_notes(markup.parse(chapter))


def test_links_in_html_lead_where_they_say() -> None:
    source = (
        '<table><tr><th>A</th></tr><tr><td><a href="b c.md#d">x</a></td></tr></table>\n\n'
        '<a href="https://a.example/1(2)">*y*</a> <iframe src="https://v.example/3"></iframe>\n\n'
        '<table><tr><td><a href="a|b">x</a> https://a.example/c_d<br><iframe src="https://v.example/4" '
        'title="E | f"></iframe></td></tr></table>\n\n'
        '## T <a href="#t-1" id="t-1"></a>\n\n<a href="javascript:alert(1)" onclick="steal()">z</a>\n'
    )
    book = handbook_of({"a.md": f"# A\n\n{source}", "b c.md": "# B\n\n## D\n\nWords.\n"})
    links = [link.get("href") for link in markup.parse(book.chapters["a"]).iter("a")]
    in_table = ["a%7Cb", "https://a.example/c_d", "https://v.example/4"]
    assert links == ["b-c#d", "https://a.example/1(2)", "https://v.example/3", *in_table, "javascript:alert(1)"]
    assert book.find("a#t-1") is not None
    assert "steal" not in to_html(markup.parse(book.chapters["a"]))


def test_links_and_pictures_of_hugo() -> None:
    pages = {
        "a.md": "# A\n\n"
        '[x]({{< ref "annex/b.md" >}}) [y]({{% relref "/annex/b#rooms" %}})\n'
        '[z]({{< relref "b" >}})\n\n`{{< ref "b" >}}`\n\n'
        '{{< figure src="map.png" alt="The way" caption="By night" >}}\n',
        "annex/b.md": "# B\n\n## Rooms\n\nWords.\n",
    }
    root = markup.parse(handbook_of(pages).chapters["a"])
    assert [link.get("href") for link in root.iter("a")] == ["b", "b#rooms", "b"]
    assert [(one.get("alt"), one.findtext("figcaption")) for one in root.iter("figure")] == [("The way", "By night")]


def test_links_by_the_addresses_that_pages_have_on_a_web_site() -> None:
    book = handbook_of({
        "a.md": "# A\n\n[x](../annex/b/) [y](../a/) [z](../../c)\n",
        "annex/b.md": "# B\n\n[u](../c/#d) [v](c) [w](../../a/) [t](../a.md)\n",
        "annex/c.md": "# C\n\n## D\n\nWords.\n",
    })  # fmt: skip
    links = {
        name: [link.get("href") for link in markup.parse(chapter).iter("a")] for name, chapter in book.chapters.items()
    }
    assert links == {"a": ["b", "a", "../../c"], "b": ["c#d", "c", "a", "a"], "c": []}


def test_rows_without_their_tag_are_rows() -> None:
    source = "<table><tr><th>A</th></tr><td>1</td></tr>\n<td>2</td></table>\n"
    rows = [markup.words_of(row) for row in markup.parse(chapter_of(source)).iter("tr")]
    assert rows == ["A", "1", "2"]


def test_a_table_without_words_in_its_head_has_none() -> None:
    source = "|  |  |\n|---|---|\n| a | b |\n\n| | |\n|---|---|\n| | |\n\n<table><tr><td>c</td></tr></table>\n"
    tables = list(markup.parse(chapter_of(source)).iter("table"))
    assert [table.find("thead") is not None for table in tables] == [False, True, False]


def test_a_page_without_a_title_has_that_of_its_file() -> None:
    book = handbook_of({"12 Before you go.md": "Words.\n", "first-aid/README.md": "Words.\n", "house_rules.md": "x\n"})
    assert [chapter.title for chapter in book.chapters.values()] == ["Before you go", "House rules", "First aid"]


def test_html_is_text_in_a_handbook_of_our_own() -> None:
    manifest = 'title = "T"\n[[parts]]\nid = "p"\ntitle = "P"\nchapters = ["a"]\n'
    book = handbook_of({"handbook.toml": manifest, "a.md": "# A\n\nOne <b>word</b>.\n"})
    assert "One <b>word</b>." in markup.words_of(markup.parse(book.chapters["a"]))


def test_tags_without_end_take_no_time() -> None:
    """Each line is looked at some times, and not once for each tag above it."""
    for source in (
        "<ul>\n" * 20_000 + "</ul>\n",
        "<table><tr><td>\n" * 20_000,
        "<b>" * 50_000,
        '<a href="' * 20_000,
        "<td " + "x='1' " * 20_000,
        "{% embed " + "%" * 20_000,
        "<iframe " * 5_000 + "</iframe>",
    ):
        begin = time.process_time()
        in_our_forms(without_tags(source.split("\n")))
        assert time.process_time() - begin < PROCESSOR / 10


def test_words_in_braces_are_printed() -> None:
    book = handbook_of({"a.md": "# A\n\nDear\n{name of the person}\n\n## To {whom}\n"})
    body = Pdf(to_pdf(book, Handout(("a",), PrintOptions()))).body
    assert "{name of the person}" in body
    assert "To {whom}" in body


def test_frames_and_links_around_pictures_are_left_out() -> None:
    source = (
        '<picture>\n  <source media="x" srcset="d.svg">\n  <img alt="one" src="a.png">\n</picture>\n\n'
        "<a href='b.md'><img src='a.png' alt='two'></a>\n\n"
        '<p align="center">\n  <a href="x">\n    <picture>\n      <img src="a.png" alt="three">\n'
        "    </picture>\n  </a>\n</p>\n"
    )
    assert [one.get("alt") for one in markup.parse(chapter_of(source)).iter("figure")] == ["one", "two", "three"]


HEADINGS = "# Page\n\n## A & B\n\n## A B\n\n## C#\n\n## C++\n\n## Example\n\n## Example\n\n## Example 2\n\n## Пример\n"


@pytest.mark.parametrize(
    ("files", "links"),
    [
        (
            {"page.md": HEADINGS},
            {
                "a--b": "A & B",
                "a-b": "A B",
                "c": "C#",
                "c-1": "C++",
                "example": "Example",
                "example-2": "Example 2",
                "user-content-c-1": "C++",
                "пример": "Пример",
            },
        ),
        (
            {"mkdocs.yml": "site_name: X\n", "docs/page.md": HEADINGS},
            {
                "a-b": "A & B",
                "a-b_1": "A B",
                "c": "C#",
                "c_1": "C++",
                "example-2": "Example 2",
                "_1": "Пример",
                "пример": "Пример",
                "a--b": "A & B",
            },
        ),
    ],
    ids=["GitHub", "MkDocs"],
)
def test_a_link_leads_to_the_heading_that_its_program_means(files: dict[str, str], links: dict[str, str]) -> None:
    book = handbook_of(files)
    chapter = book.chapters["page"]
    found = {anchor: book.find(chapter.resolve(f"#{anchor}")) for anchor in links}
    assert {anchor: section.title if section else "" for anchor, section in found.items()} == links
    assert len(set(chapter.anchors)) == len(chapter.sections)
    second = chapter.sections[6]
    assert (second.title, book.find(second.address)) == ("Example", second)


def test_a_heading_beside_the_title_is_found() -> None:
    book = handbook_of({"a.md": "---\ntitle: Front\n---\n\n# Wombats and *others*\n\nText.\n"})
    index = Index.in_memory(book)
    for query in ("wombats", "others", "front"):
        assert [hit.address for hit in index.search(query).hits] == ["a"], query


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("---\n---\n", "A"),
        ('---\n{ "title": "Braces" }\n---\n', "Braces"),
        ("---\n  title: Indented\n  x: y\n---\n", "Indented"),
        ('{\n  "title": "Hugo",\n  "weight": 2\n}\n', "Hugo"),
        (';;;\n{"title": "Semi"}\n;;;\n', "Semi"),
        ('+++\ntitle = """Two\nlines"""\n+++\n', "Two lines"),
        ("---\ntitle:\n  - one\n---\n", "A"),
    ],
)
def test_front_matter_in_other_forms_is_no_text(front: str, title: str) -> None:
    chapter = handbook_of({"a.md": f"{front}\nBody.\n"}).chapters["a"]
    assert (chapter.title, markup.words_of(markup.parse(chapter))) == (title, "Body.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_a_text_is_read_in_the_encoding_that_its_editor_gave_it(encoding: str) -> None:
    book = handbook_of({"a.md": "---\ntitle: Dąb\n---\n\nŻółw.\n".encode(encoding)})
    assert (book.chapters["a"].title, list(check(book))) == ("Dąb", [])
    assert markup.words_of(markup.parse(book.chapters["a"])) == "Żółw."


def test_signs_that_are_no_text_are_told() -> None:
    (fault,) = check(handbook_of({"a.md": b"# A\n\nbo\0dy\n"}))
    assert (fault.line, "control characters" in fault.message) == (3, True)
