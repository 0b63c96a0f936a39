"""EPUB files: well formed, complete, accessible, and without a word from epubcheck."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings

from handbook.content.handbook import Handbook
from handbook.export.epub import epub
from tests.exported import book, entries, epubcheck, handbook_in, parsed, squeezed, words_of
from tests.helpers import examples, handbook_of
from tests.markdown import CHAPTER

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
OTHERS = """# ~~Our~~ page

H<sub>2</sub>O, m<sup>2</sup>, ~~old~~.[^1][^a note #]

<a name="top"></a>Up, <a id="twice"></a>here and <a id="twice"></a>there. [Go](#twice)

#### Deep first

### Then less deep <a id="twice"></a>

## Note 1

[A room](https://example.org/#/#room:example.org), [signs](https://example.org/a|b[c]?d={e}^`f%zz), \
[a host](https://{{host}}/x), [left out](https://.../x), [a port](http://localhost:PORT/)

<section markdown="1">

<ul markdown="1">

Words in a list.

</ul>

<dl markdown="1"><dd markdown="1">A meaning of nothing</dd></dl>

<table markdown="1">

Words in a table.

</table>

<h2 markdown="block">

- An item in a title

</h2>

</section>

[^1]: One.
[^a note #]: Two.
"""


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    return handbook_in(tmp_path)


def said(page: bytes) -> str:
    """The words of a page, without notes and their marks."""
    root = parsed(page)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("role") in ("doc-noteref", "doc-endnotes") or child.get("class") in ("source", "unseen"):
                tail = child.tail or ""
                at = list(parent).index(child)
                parent.remove(child)
                if at:
                    parent[at - 1].tail = (parent[at - 1].tail or "") + tail
                else:
                    parent.text = (parent.text or "") + tail
    body = root.find(f"{XHTML}body")
    assert body is not None
    return squeezed("".join(body.itertext()))


def test_the_first_file_is_the_kind_uncompressed(handbook: Handbook) -> None:
    with zipfile.ZipFile(BytesIO(epub(book(handbook)))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/epub+zip"


def test_all_that_is_there_is_declared_and_all_links_arrive(handbook: Handbook) -> None:
    files = entries(epub(book(handbook)))
    package = parsed(files["EPUB/book.opf"])
    declared = {item.get("href") for item in package.iter(f"{OPF}item")}
    assert declared == {name.removeprefix("EPUB/") for name in files if name.startswith("EPUB/")} - {"book.opf"}
    names = {
        name.removeprefix("EPUB/"): {one.get("id") for one in parsed(data).iter()}
        for name, data in files.items()
        if name.endswith(".xhtml")
    }
    for here, page in names.items():
        assert page is not None
        for link in parsed(files[f"EPUB/{here}"]).iter(f"{XHTML}a"):
            href = link.get("href", "")
            if href.startswith("https:"):
                continue
            file, _, anchor = href.partition("#")
            assert not anchor or anchor in names[file or here], (here, href)
            assert file == "" or file in names


@pytest.mark.parametrize("name", ["statement", "text", "plan", "sheet", "secret"])
def test_a_page_says_what_its_text_says(handbook: Handbook, name: str) -> None:
    made = book(handbook)
    text = next(text for text in made.texts if text.name == name)
    page = said(entries(epub(made))[f"EPUB/{name}.xhtml"])
    expected = squeezed(words_of(text))
    if name == "text":  # of a picture that is not shown, a page says why
        assert page.startswith(expected[: expected.index("Itscaption")])
        assert page.endswith("Theend.Truly.")
    else:
        assert page == expected


def test_the_statement_is_a_quotation_with_its_source(handbook: Handbook) -> None:
    page = entries(epub(book(handbook)))["EPUB/statement.xhtml"].decode()
    assert '<blockquote class="theirs">' in page
    assert page.index("</blockquote>") < page.index('<p class="source">Theirs, of 2010</p>')


def test_it_says_how_accessible_it_is(handbook: Handbook) -> None:
    package = entries(epub(book(handbook)))["EPUB/book.opf"].decode()
    for one in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert f'property="schema:{one}"' in package
    assert "alternativeText" in package
    assert "alternativeText" not in entries(epub(book(handbook, "plan")))["EPUB/book.opf"].decode()


def test_the_same_book_gives_the_same_bytes(handbook: Handbook) -> None:
    assert epub(book(handbook)) == epub(book(handbook))


def test_epubcheck_is_silent_on_every_kind_of_block(handbook: Handbook, tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub(book(handbook)))
    assert epubcheck(file) == ""


def test_epubcheck_is_silent_on_what_others_write(tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub(book(handbook_of({"page.md": OTHERS}))))
    assert epubcheck(file) == ""


def test_the_contents_are_lists_whatever_levels_are_left_out() -> None:
    made = book(handbook_of({"page.md": OTHERS}))
    lists = parsed(entries(epub(made))["EPUB/nav.xhtml"])
    assert all(len(item.findall(f"{XHTML}ol")) <= 1 for item in lists.iter(f"{XHTML}li"))


@pytest.mark.slow
def test_epubcheck_is_silent_on_the_whole_handbook(real: Handbook, tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub(book(real)))
    assert epubcheck(file) == ""


@settings(max_examples=examples(60))
@given(CHAPTER)
def test_any_chapter_becomes_xml(source: str) -> None:
    for name, data in entries(epub(book(handbook_of({"page.md": source})))).items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            parsed(data)
