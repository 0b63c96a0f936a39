"""Printing what nobody foresaw: any text, Typst in it, files and networks out of reach, full disks."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handbook.content import markup
from handbook.content.handbook import Handbook
from handbook.handout.selection import Handout, UnknownAddress, pieces
from handbook.printing.typeset import (
    NotSaved,
    TypesetError,
    Typesetter,
    glyphs,
    missing_glyphs,
    quotes,
    save_pdf,
    to_pdf,
    trees,
)
from handbook.printing.typeset.offline import offline
from tests.helpers import examples
from tests.printed import BOOKLET, LARGE, LAYOUTS, ROOT, Pdf, made, printed, within_page

# -- Any text -----------------------------------------------------------------------------------------------

TRAPS = (
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd")',
    '#image("/etc/passwd")',
    "#panic()",
    "$ x^2 $ and #sym.arrow and \\u{41}",
    '"); panic("',
    "<label> @reference _under_ *star* `tick`",
    "= heading",
    "// comment /* and more */",
    "~ -- --- ... - + / 1. \\ \\\\ \\",
    "]]] }}} ))) [[[ {{{ (((",
)


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("place", ["title", "heading", "paragraph", "code", "cell", "item", "term", "link", "note"])
def test_typst_in_the_content_is_printed_as_words(tmp_path: Path, trap: str, place: str) -> None:
    text = re.sub(r"([\\`*_{}\[\]()#+.!|>-])", r"\\\1", trap).replace("<", "&lt;")  # words, says Markdown
    one = {
        "title": "# One\n\nText.",
        "heading": f"# One\n\n## a {text}\n\nText.",
        "paragraph": f"# One\n\na {text}",
        "code": f"# One\n\n```\na {trap}\n```",
        "cell": f"# One\n\n| A | B |\n|---|---|\n| a {text} | b |",
        "item": f"# One\n\n- a {text}",
        "term": f"# One\n\na {text}\n:   Meaning.",
        "link": f"# One\n\n[a {text}](https://example.org/)",
        "note": f"# One\n\nText.[^1]\n\n[^1]: a {text}",
    }[place]
    handbook = made(tmp_path, one=one)
    pdf = printed(handbook, "one", title=f"a {trap}" if place == "title" else "T")
    expected = letters_and_signs(f"a {trap}")
    assert expected in letters_and_signs(pdf.body + "".join(title for _, title, _ in pdf.outline))


def letters_and_signs(text: str) -> str:
    return quotes.straight("".join(text.split()))


def test_raw_html_is_printed_as_words(tmp_path: Path) -> None:
    buttons = 'And <button onclick="x">this</button>, <b onclick="x">that</b>.'
    text = f"# One\n\n<div>\n<script>alert('x')</script>\n</div>\n\n{buttons}\n"
    body = letters_and_signs(printed(made(tmp_path, one=text), "one").body)
    assert "<script>alert('x')</script>" in body
    assert '<buttononclick="x">this</button>,that.' in body


def test_a_place_that_is_there_twice_prevents_no_print(tmp_path: Path) -> None:
    text = '# One\n\n<a id="p"></a>First <a id="p"></a>second, [third](#p).'
    assert "First second, third (above)." in printed(made(tmp_path, one=text), "one").body


def test_a_word_of_ten_thousand_letters_stays_on_its_pages(tmp_path: Path) -> None:
    for number, word in enumerate(("W" * 10_000, "=" * 10_000, "/" * 10_000, "é" * 10_000, "1/" * 5_000)):
        table = f"| A | B |\n|--|--|\n| {word[:3000]} | x |"
        text = f"# {word[:1000]}\n\n{word}\n\n{table}\n\n- - {word[:500]}\n\n`{word[:500]}`"
        (tmp_path / str(number)).mkdir()
        pdf = printed(made(tmp_path / str(number), one=text), "one", title=word, options=LARGE)
        within_page(pdf)
        assert pdf.body.replace("\n", "").replace(" ", "").count(word[0]) >= 10_000


def test_text_in_many_scripts(tmp_path: Path) -> None:
    text = "# Украина Ελλάδα Łódź\n\nLa Strada – Україна, Česko, Moldova, България. e\u0301 o\u0308"
    pdf = printed(made(tmp_path, one=text), "one")
    assert "Украина Ελλάδα Łódź" in pdf.body
    assert "La Strada – Україна, Česko, Moldova, България. é ö" in pdf.body


def test_letters_without_a_glyph_are_marked_and_reported(tmp_path: Path) -> None:
    handbook = made(tmp_path, one="# One 😀\n\nمرحبا and 😀\u200d\ufe0f and a\u00ad b.\n")
    handout = Handout(("one",))
    assert missing_glyphs(handbook, handout) == "".join(sorted(set("😀مرحبا")))
    pdf = Pdf(to_pdf(handbook, handout))
    assert f"One {glyphs.MISSING}" in pdf.body
    assert f"{glyphs.MISSING * 5} and {glyphs.MISSING} and a" in pdf.body


def test_the_handbook_itself_misses_no_glyph(real: Handbook) -> None:
    assert missing_glyphs(real, Handout(tuple(real.chapters))) == ""


ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=60)
SIGNS = st.text(st.sampled_from(list("#$_*@<>\\\"'[]{}()`~-+=/|!&;:., abcde1")), max_size=60)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=SIGNS | ANY_TEXT, text=SIGNS | ANY_TEXT)
@example(title='#import "@preview/x:1.0.0"', text="\u0000\u0001\ufeff\u202e\ufffe\U000f0000")
@example(title="a\u0323\u0301\u05d0\u0301", text="א\u0301b\u200d\u0308")
def test_any_text_can_be_printed(tmp_path: Path, title: str, text: str) -> None:
    handbook = made(tmp_path, one=f"# {title}\n\n{text}\n\n## x {text}\n\n> {text}\n\n| {text} |\n|--|\n| {title} |\n")
    within_page(printed(handbook, "one", title=title))


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=SIGNS)
def test_any_signs_are_printed_as_they_are_read(tmp_path: Path, text: str) -> None:
    handbook = made(tmp_path, one=f"# One\n\nstart {text} end\n")
    piece = pieces(handbook, Handout(("one",)))[0]
    expected = letters_and_signs(markup.words_of(trees.tree(piece)))
    has_links = next(markup.parse(piece.chapter).iter("a"), None) is not None
    body = letters_and_signs(printed(handbook, "one", title="T").body)
    assert has_links or expected in body


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a \u0301b", "a \u00a0\u0301b"),
        ("\u0301", "\u00a0\u0301"),
        ("a\u200b\u0301\u0308", "a\u200b\u00a0\u0301\u0308"),
        ("q\u0301 e\u0301 …\u0301", "q\u0301 \u00e9 …\u0301"),
        ("ж" * 8 + "\u0483" + "ж" * 20, None),
    ],
)
def test_an_accent_that_no_letter_carries_stands_on_a_blank(text: str, printed: str | None) -> None:
    found = glyphs.printable(text)
    assert found == printed if printed is not None else "\u00a0" not in found


def test_an_accent_that_its_letters_font_lacks_prevents_no_print(tmp_path: Path) -> None:
    # No font of ours has both: Typst then refuses to tag the file, and it is made without tags.
    lone = [letter for letter in sorted(glyphs.covered()) if unicodedata.combining(letter)]
    handbook = made(tmp_path, one="# One\n\n" + " ".join(f"Ж{mark}ﬁ{mark}□{mark}" for mark in lone) + "\n")
    assert "One" in printed(handbook, "one").body


# -- Guards -------------------------------------------------------------------------------------------------


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """A listener that the person's environment names as the way to the network; yields who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, address)
        monkeypatch.setenv("no_proxy", "")

        def listen() -> None:
            while True:
                try:
                    visitor, where = server.accept()
                except OSError:
                    return
                came.append(where)
                visitor.close()

        threading.Thread(target=listen, daemon=True).start()
        yield came
        server.shutdown(socket.SHUT_RDWR)


def test_a_package_is_not_fetched_even_if_a_document_asks(proxy: list[object]) -> None:
    with pytest.raises(TypesetError):
        Typesetter().compile('#import "@preview/example:0.1.0": *', 0)
    assert proxy == []


def test_an_exception_to_the_proxy_does_not_open_the_way(proxy: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("no_proxy", "packages.typst.org")
    with offline():
        seen.update(os.environ)
    assert seen["no_proxy"] == seen["NO_PROXY"] == ""
    assert seen["https_proxy"] == seen["HTTPS_PROXY"] == seen["ALL_PROXY"] == "http://127.0.0.1:1"
    assert os.environ["NO_PROXY"] == "*"
    assert os.environ["no_proxy"] == "packages.typst.org"


def test_the_environment_is_as_before_also_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://example.org:8080")
    monkeypatch.delenv("ALL_PROXY", raising=False)
    with pytest.raises(TypesetError):
        Typesetter().compile("#panic()", 0)
    assert os.environ["https_proxy"] == "http://example.org:8080"
    assert not os.environ.get("ALL_PROXY")


@pytest.mark.parametrize("path", ["/etc/passwd", "../content.py", "../../../../../../etc/passwd", "packages"])
def test_no_file_can_be_read(path: str) -> None:
    with pytest.raises(TypesetError):
        Typesetter().compile(f'#set document(title: "x")\n#read("{path}")', 0)


def test_a_package_on_this_computer_is_not_read(tmp_path: Path) -> None:
    package = tmp_path / "typst" / "packages" / "local" / "own" / "1.0.0"
    package.mkdir(parents=True)
    (package / "typst.toml").write_text('[package]\nname = "own"\nversion = "1.0.0"\nentrypoint = "lib.typ"\n')
    (package / "lib.typ").write_text("#let x = [read]")
    # In a process of its own, as Typst looks for its folders once.
    code = (
        "from handbook.printing.typeset import Typesetter, TypesetError"
        "\ntry: Typesetter().compile('#import \"@local/own:1.0.0\": x\\n#x', 0)"
        "\nexcept TypesetError as exc: print(exc)"
    )
    folders = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | folders,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "package not found" in done.stdout


def test_threads_may_print_at_once(sampler: Handbook) -> None:
    handout = Handout(("kinds",))
    got: list[bytes] = []
    threads = [threading.Thread(target=lambda: got.append(to_pdf(sampler, handout))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [to_pdf(sampler, handout)] * 4


def test_typst_has_nothing_to_complain_about(sampler: Handbook, caplog: pytest.LogCaptureFixture) -> None:
    for options in (*LAYOUTS, BOOKLET):
        to_pdf(sampler, Handout(tuple(sampler.chapters), options))
    assert caplog.messages == []


# -- Saving -------------------------------------------------------------------------------------------------

HANDOUT = Handout(("statement#r3",))


def test_a_file_is_saved_and_nothing_else(real: Handbook, tmp_path: Path) -> None:
    target = tmp_path / "über uns.pdf"
    target.write_bytes(b"old")
    save_pdf(real, HANDOUT, target)
    assert target.read_bytes() == to_pdf(real, HANDOUT)
    assert list(tmp_path.iterdir()) == [target]


def test_the_file_has_the_rights_of_any_new_file(real: Handbook, tmp_path: Path) -> None:
    (tmp_path / "like").touch()
    save_pdf(real, HANDOUT, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").stat().st_mode == (tmp_path / "like").stat().st_mode


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link(real: Handbook, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "a.pdf").symlink_to(tmp_path / "there" / "b.pdf")
    save_pdf(real, HANDOUT, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").is_symlink()
    assert (tmp_path / "there" / "b.pdf").read_bytes().startswith(b"%PDF")


def test_a_folder_in_the_files_place(real: Handbook, tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match=r"is a folder.*handout\.pdf"):
        save_pdf(real, HANDOUT, tmp_path)


def test_a_missing_folder(real: Handbook, tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="There is no folder"):
        save_pdf(real, HANDOUT, tmp_path / "gone" / "a.pdf")


def test_a_file_in_the_folders_place(real: Handbook, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotSaved, match="There is no folder"):
        save_pdf(real, HANDOUT, tmp_path / "file" / "a.pdf")


def test_a_name_that_is_too_long(real: Handbook, tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="could not be written"):
        save_pdf(real, HANDOUT, tmp_path / ("x" * 300 + ".pdf"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device here")
def test_a_full_device(real: Handbook) -> None:
    with pytest.raises(NotSaved, match="not enough room"):
        save_pdf(real, HANDOUT, Path("/dev/full"))
    assert Path("/dev/full").is_char_device()  # written to, not replaced


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits there")
def test_a_disk_that_fills_up_leaves_the_old_file(real: Handbook, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    code = (
        "import resource, sys; from pathlib import Path; from handbook.content.loading import load;"
        "from handbook.handout.selection import Handout; from handbook.printing.typeset import NotSaved, save_pdf;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "\ntry: save_pdf(load(Path(sys.argv[1])), Handout(('statement',)), Path(sys.argv[2]))"
        "\nexcept NotSaved as exc: print(exc)"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, str(real.folder), str(target)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "not enough room" in done.stdout
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_another_program_holds(real: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:  # what Windows answers while a PDF is open in a reader
        raise PermissionError(13, "The process cannot access the file")

    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotSaved, match="open in another program, close it"):
        save_pdf(real, HANDOUT, target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder(real: Handbook, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(NotSaved, match="may not be written"):
            save_pdf(real, HANDOUT, tmp_path / "a.pdf")
    finally:
        tmp_path.chmod(0o700)


def test_nothing_chosen_and_nothing_found(real: Handbook, tmp_path: Path) -> None:
    with pytest.raises(TypesetError, match="nothing to print"):
        to_pdf(real, Handout(()))
    with pytest.raises(UnknownAddress):
        save_pdf(real, Handout(("statement#r9",)), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []
