"""Pictures of the content: which file is meant, why one is not shown, figures in the tree, their words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.content import figures, markup, pictures
from handbook.content.chapter import Chapter
from handbook.content.html import shown_figures, to_html
from handbook.content.loading import load
from handbook.content.pictures import Picture, PictureFolder
from tests.helpers import chapter_of, write
from tests.pictures import GIF, JPEG, WEBP, drawing, png, turned

FILES: dict[str, str | bytes] = {
    "pictures/a.svg": drawing(),
    "pictures/b c.png": png(40, 20),
    "p.jpg": JPEG,
    "p.gif": GIF,
    "p.webp": WEBP,
}


@pytest.fixture
def folder(tmp_path: Path) -> PictureFolder:
    return PictureFolder(write(tmp_path / "book", FILES))


def page(tmp_path: Path, source: str, file: str = "part/page.md") -> Chapter:
    return load(write(tmp_path / "book", {**FILES, file: f"# Page\n\n{source}\n"})).chapters["page"]


# -- Which file -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "name", "kind", "size"),
    [
        ("pictures/a.svg", "pictures/a.svg", "svg", (400, 200)),
        ("./pictures/../pictures/a.svg", "pictures/a.svg", "svg", (400, 200)),
        ("pictures/a.svg?raw=true#x", "pictures/a.svg", "svg", (400, 200)),
        ("pictures\\a.svg", "pictures/a.svg", "svg", (400, 200)),
        ("pictures/b%20c.png", "pictures/b c.png", "png", (40, 20)),
        ("p.jpg", "p.jpg", "jpg", (8, 4)),
        ("p.gif", "p.gif", "gif", (3, 2)),
        ("p.webp", "p.webp", "webp", (4, 4)),
    ],
)
def test_a_file_is_found_from_the_file_that_names_it(
    folder: PictureFolder, target: str, name: str, kind: str, size: tuple[int, int]
) -> None:
    found = folder.find("page.md", target)
    assert isinstance(found, Picture)
    assert (found.name, found.kind, (found.width, found.height)) == (name, kind, size)


def test_an_address_is_relative_to_the_file_it_stands_in(folder: PictureFolder) -> None:
    assert isinstance(folder.find("part/page.md", "../pictures/a.svg"), Picture)
    assert folder.find("part/page.md", "pictures/a.svg") == "missing"


def test_an_address_from_the_top_is_one_in_the_folder(folder: PictureFolder) -> None:
    write(folder.folder, {"static/img/s.png": png()})
    for target, name in (("/pictures/a.svg", "pictures/a.svg"), ("/img/s.png", "static/img/s.png")):
        found = folder.find("part/page.md", target)
        assert isinstance(found, Picture)
        assert found.name == name
    assert folder.find("part/page.md", "/../secret.png") == "outside"


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("no.png", "missing"),
        ("", "missing"),
        ("pictures", "missing"),
        ("a\0.png", "outside"),
        ("x" * 5000, "missing"),
        ("../secret.png", "outside"),
        ("pictures/../../secret.png", "outside"),
        ("%2e%2e/secret.png", "outside"),
        ("..\\secret.png", "outside"),
        ("/etc/hostname", "outside"),
        ("\\secret.png", "outside"),
        ("C:\\secret.png", "outside"),
        ("c:secret.png", "outside"),
        ("https://example.org/a.png", "network"),
        ("//example.org/a.png", "network"),
        ("\\\\server\\a.png", "network"),
        ("data:image/png;base64,AAAA", "network"),
        ("file:///etc/hostname", "network"),
    ],
)
def test_nothing_outside_the_folder_is_a_picture(folder: PictureFolder, target: str, problem: str) -> None:
    write(folder.folder.parent, {"secret.png": png()})
    assert folder.find("page.md", target) == problem


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="no symbolic links without rights")
def test_a_symbolic_link_leads_nowhere_outside(folder: PictureFolder) -> None:
    write(folder.folder.parent, {"secret.png": png()})
    (folder.folder / "link.png").symlink_to(folder.folder.parent / "secret.png")
    (folder.folder / "round.png").symlink_to(folder.folder / "round.png")
    assert folder.find("page.md", "link.png") == "outside"
    assert folder.find("page.md", "round.png") in ("missing", "outside")


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.png", b"no picture", "kind"),
        ("a.txt", b"<svg/>", "kind"),
        ("a.svg", b"<html/>", "kind"),
        ("a.svg", b"<svg", "damaged"),
        ("a.png", png()[:20], "damaged"),
        ("a.svg", b'<svg><image href="/etc/hostname"/></svg>', "outside"),
        ("a.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "outside"),
        ("a.svg", b"<svg>" + b"<g/>" * 21_000 + b"</svg>", "large"),
        ("a.svg", b"<svg>" + b"<g>" * 200 + b"</g>" * 200 + b"</svg>", "large"),
        ("a.svg", b"<svg>" + b" " * pictures.MOST_SVG_BYTES + b"</svg>", "large"),
        ("a.png", png(60_000, 1), "large"),
        ("a.png", png(1, 1)[:16] + (60_000).to_bytes(4) * 2 + png(1, 1)[24:], "large"),
    ],
)
def test_what_is_no_picture_or_too_large_is_none(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    assert PictureFolder(write(tmp_path, {name: data})).find("page.md", name) == problem


def test_a_file_of_any_length_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as file:
        file.write(png())
        file.truncate(pictures.MOST_BYTES + 1)
    assert PictureFolder(tmp_path).find("page.md", "a.png") == "large"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_a_pipe_is_no_picture(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    assert PictureFolder(tmp_path).find("page.md", "a.png") == "missing"


def test_a_photograph_taken_upright_is_upright(tmp_path: Path) -> None:
    found = PictureFolder(write(tmp_path, {"a.jpg": turned(6)})).find("page.md", "a.jpg")
    assert isinstance(found, Picture)
    assert (found.width, found.height) == (4, 8)


def test_a_file_that_changes_is_looked_at_again(tmp_path: Path) -> None:
    folder = PictureFolder(write(tmp_path, {"a.png": png(40, 20)}))
    first = folder.find("page.md", "a.png")
    write(tmp_path, {"a.png": png(41, 20) + b"  "})
    assert folder.find("page.md", "a.png") != first


# -- In the tree ----------------------------------------------------------------------------------------------


def tree(source: str) -> list[dict[str, str]]:
    return [dict(figure.attrib) for figure in markup.from_markdown(source).iter("figure")]


def test_a_picture_alone_is_a_figure_with_its_caption() -> None:
    root = markup.from_markdown('Before.\n\n![Two boxes](a.svg "A caption"){width=50% #here}\n\nAfter.')
    figure = root.find("figure")
    assert figure is not None
    assert dict(figure.attrib) == {"src": "a.svg", "alt": "Two boxes", "width": "50%", "id": "here"}
    assert figures.caption_of(figure) == "A caption"
    assert [child.tag for child in root] == ["p", "figure", "p"]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("![a](a.png)\n![b](b.png)", 2),
        ("![a](a.png) ![b](b.png)", 2),
        ("-   ![a](a.png)\n-   words", 1),
        ("-   item\n\n    ![a](a.png)", 1),
        ("!!! note\n    ![a](a.png)", 1),
        ("> ![a](a.png)", 1),
        ("![a][r]\n\n[r]: a.png", 1),
        ("words ![a](a.png)", 0),
        ("![a](a.png) words", 0),
        ("[![a](a.png)](b)", 0),
        ("| x |\n|---|\n| ![a](a.png) |", 0),
        ("`![a](a.png)`", 0),
        ('<img src="a.png" alt="a">', 0),
        ('<figure src="a.png" markdown="1">\n\nwords\n\n</figure>', 0),
        ('words\n{: src="a.png" data-name="b" }', 0),
    ],
)
def test_only_a_picture_alone_is_a_figure(source: str, count: int) -> None:
    assert len(tree(source)) == count
    assert not list(markup.from_markdown(source).iter("img"))


def test_a_picture_in_a_line_is_its_alternative_text() -> None:
    assert markup.words_of(markup.from_markdown("See ![the map](a.png) here.")) == "See the map here."


@pytest.mark.parametrize(
    ("written", "width"),
    [("50%", (0.5, 0)), ("300", (0, 300)), ("300px", (0, 300)), ("900%", (1, 0)), ("0", (1, 0)), ("wide", (1, 0))],
)
def test_the_width_is_a_share_or_pixels(tmp_path: Path, written: str, width: tuple[float, float]) -> None:
    chapter = page(tmp_path, f"![a](../pictures/a.svg){{width={written}}}")
    ((figure, _),) = shown_figures(markup.parse(chapter))
    assert figures.width_of(figure) == width


def test_a_picture_of_pixels_is_as_wide_as_it_is(tmp_path: Path) -> None:
    chapter = page(tmp_path, "![a](<../pictures/b c.png>)")
    ((figure, _),) = shown_figures(markup.parse(chapter))
    assert figures.width_of(figure) == (0, 40)


# -- Words ----------------------------------------------------------------------------------------------------


def test_the_text_of_a_section_has_caption_alternative_text_and_drawn_words(tmp_path: Path) -> None:
    chapter = page(tmp_path, 'Before.\n\n![Two boxes](../pictures/a.svg "A caption")\n\nAfter.')
    text = "Before.\nA caption\nTwo boxes\nAct and means\nAfter."
    assert chapter.text(chapter.sections[0]) == text
    assert chapter.read_text(chapter.sections[0]) == "Before.\nA caption\nAfter."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("See ![the map](a.png) here.", "See the map here."),
        ('See ![x](a.png){alt="Chairs in a ring"} here.', "See Chairs in a ring here."),
        ("Seats: [![Plan of the hall](hall.png)](https://example.org/plan)", "Seats: Plan of the hall"),
        ("[words (in brackets)](other.md#a-(b))", "words (in brackets)"),
        ('![a](a.png "One")\n![b](b.png)', "One\na\nb"),
        ("-   ![a *b*](a.png)", "a *b*"),
        ("\\![a](b)", "!a"),
    ],
)
def test_index_and_page_have_the_same_words(source: str, text: str) -> None:
    chapter = chapter_of(f"# T\n\n{source}\n")
    assert chapter.text(chapter.sections[0]) == text


def test_the_index_is_made_again_when_a_drawing_changes(tmp_path: Path) -> None:
    page(tmp_path, "![Two boxes](../pictures/a.svg)")
    before = load(tmp_path / "book").fingerprint
    assert load(tmp_path / "book").fingerprint == before
    write(tmp_path / "book", {"pictures/a.svg": drawing("Act and purpose")})
    assert load(tmp_path / "book").fingerprint != before


# -- On the screen --------------------------------------------------------------------------------------------


def test_a_picture_is_a_link_to_itself_with_its_words_below(tmp_path: Path) -> None:
    chapter = page(tmp_path, '![Two "boxes"](../pictures/a.svg "A <caption>")')
    shown = to_html(markup.parse(chapter))
    assert '<a href="picture:0"><img src="picture:0"/></a>' in shown
    assert '<p class="unseen">Two &quot;boxes&quot;</p><p class="unseen">Act and means</p>' in shown
    assert '<p class="caption">A &lt;caption&gt;</p>' in shown


def test_what_is_not_shown_is_said_in_its_place(tmp_path: Path) -> None:
    chapter = page(tmp_path, '![A map](no.png "Where")\n\n![Two](../pictures/a.svg)')
    shown = to_html(markup.parse(chapter), not_shown=lambda figure: f"<{figure.get('data-problem')}>")
    assert (
        '<p class="no-picture">&lt;missing&gt;</p><p class="no-picture">A map</p><p class="caption">Where</p>' in shown
    )
    assert shown.count("<img") == 1


def test_a_text_without_a_folder_shows_no_picture() -> None:
    chapter = Chapter("own", "", "", "Own", chapter_of("x").front, "own.md", ("![a](a.png)",), 0)
    assert chapter.picture("a.png") == "missing"
    assert "<img" not in to_html(markup.parse(chapter))
