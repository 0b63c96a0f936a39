"""ZIM files, read back with libzim: pages, links, search, metadata; whole or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, cast

import pytest

from handbook.base import atomic_file, paths
from handbook.base.errors import HandbookError
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.export import zim
from handbook.export.book import Cancelled
from handbook.export.choice import Choice
from handbook.export.formats import KINDS, export, missing
from handbook.export.zim import entries, languages
from tests.export.test_web import Read
from tests.exported import FILES, SLOW, WORKSHOP, book, handbook_in, squeezed, words_of
from tests.helpers import ROOT, write

pytest.importorskip("libzim", reason="libzim is not installed (the extra 'zim'): no ZIM file was written")
from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher

CHECKS = (
    "-C",
    "-M",
    "-F",
    "-P",
    "-0",
    "-U",
    "-X",
    "-R",
    "-L",
)  # no -I: before zim-tools 3.6 it knows no file of a libzim since 9.3


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    return handbook_in(tmp_path)


def written(handbook: Handbook, folder: Path, choice: Choice | None = None, name: str = "a.zim") -> Archive:
    """What libzim reads of an export."""
    file = folder / name
    export(handbook, choice or Choice(), "zim", file)
    archive = Archive(file)
    assert archive.check()  # the whole structure and the checksum
    return archive


def page(archive: Archive, path: str) -> bytes:
    return bytes(archive.get_entry_by_path(path).get_item().content)


def found(archive: Archive, query: str) -> list[str]:
    return list(Searcher(archive).search(Query().set_query(query)).getResults(0, 20))


def suggested(archive: Archive, beginning: str) -> list[str]:
    return list(SuggestionSearcher(archive).suggest(beginning).getResults(0, 20))


def files(archive: Archive) -> dict[str, bytes]:
    """All that a reader can open, by its path."""
    every = [archive._get_entry_by_id(number) for number in range(archive.all_entry_count)]
    return {one.path: page(archive, one.path) for one in every if archive.has_entry_by_path(one.path)}


def test_it_has_a_front_page_an_entry_for_each_chapter_pictures_and_the_style(
    handbook: Handbook, tmp_path: Path
) -> None:
    archive = written(handbook, tmp_path)
    assert archive.main_entry.get_item().path == "index.html"
    texts = ("statement", "text", "plan", "sheet", "secret")
    assert archive.article_count == len(texts) + 1
    for name in ("index.html", "style.css", "picture-1.svg", "picture-2.png", *(f"{one}.html" for one in texts)):
        assert archive.has_entry_by_path(name), name
    assert archive.get_entry_by_path("text.html").title == "Ground rules"


def test_all_links_arrive_inside_and_no_page_needs_what_is_not_there(handbook: Handbook, tmp_path: Path) -> None:
    there = files(written(handbook, tmp_path))
    pages = {path: Read(data) for path, data in there.items() if path.endswith(".html")}
    assert len(pages) == 6
    for path, read in pages.items():
        assert not read.all("script")
        assert not read.all("form")
        for link in (*read.all("a"), *read.all("link")):
            if not link["href"].startswith("https:"):
                file, _, anchor = link["href"].partition("#")
                assert file == "" or file in there, link
                assert not anchor or anchor in pages[file or path].ids, (path, link)
        assert all(image["src"] in there and image["alt"] for image in read.all("img"))


def test_it_says_what_the_texts_say_with_their_source_lines(handbook: Handbook, tmp_path: Path) -> None:
    archive = written(handbook, tmp_path)
    for text in book(handbook).texts:
        said = squeezed(Read(page(archive, f"{text.name}.html")).words)
        assert squeezed(words_of(text))[:30] in said
        assert squeezed(text.source) in said
    said = squeezed(Read(page(archive, "statement.html")).words)
    assert squeezed("Their first words – with weight.TheirsTheir item, see the plan.Their last words.") in said
    assert said.count(squeezed("Theirs, of 2010")) == 2


def test_the_full_text_and_the_titles_are_searched(handbook: Handbook, tmp_path: Path) -> None:
    archive = written(handbook, tmp_path)
    assert archive.has_fulltext_index
    assert archive.has_title_index
    assert found(archive, "weight") == ["statement.html"]
    assert found(archive, "weights") == ["statement.html"]  # by the rules of English
    assert found(archive, "кириллица") == ["text.html"]
    assert found(archive, "drawn words") == found(archive, "Later") == ["text.html"]
    assert found(archive, "Contents") == []  # stands around the texts, not in them
    assert suggested(archive, "ground") == ["text.html"]
    assert "plan.html" in suggested(archive, "openi")


@pytest.mark.parametrize(
    "choice",
    [Choice(readers="participants"), Choice(workshop=WORKSHOP, readers="participants")],
    ids=["handbook", "workshop"],
)
def test_nothing_for_trainers_is_in_what_participants_get(handbook: Handbook, tmp_path: Path, choice: Choice) -> None:
    archive = written(handbook, tmp_path, choice)
    whole = b"".join(files(archive).values())
    for word in ("secret", "Say hello", "For trainers alone", "Bring the key", "In the yard"):
        assert word.encode() not in whole, word
        assert found(archive, word) == [], word
    assert bytes(archive.get_metadata("Flavour")) == b"participants"
    assert b"secret key" in b"".join(files(written(handbook, tmp_path, name="all.zim")).values())


def test_its_metadata_are_as_openzim_wants_them(handbook: Handbook, tmp_path: Path) -> None:
    archive = written(handbook, tmp_path)
    said = {
        key: archive.get_metadata(key).decode() for key in archive.metadata_keys if not key.startswith("Illustration")
    }
    assert said.pop("Counter").startswith("image/png=")
    assert said.pop("Scraper").startswith("field-handbook ")
    assert said == {
        "Name": "our-handbook_eng_all",
        "Title": "Our handbook",
        "Description": "For all",
        "Language": "eng",
        "Creator": "Ours",
        "Publisher": "Ours",
        "Date": "2026-11-23",
        "Tags": "_ftindex:yes;_pictures:yes;_videos:no;_details:yes",
    }
    assert [key for key in archive.metadata_keys if key.startswith("Illustration")] == ["Illustration_48x48@1"]
    icon = archive.get_metadata("Illustration_48x48@1")
    assert icon == (ROOT / "handbook" / "icons" / "field-handbook-48.png").read_bytes()
    assert icon[16:24] == (48).to_bytes(4, "big") * 2  # its width and height


def test_long_titles_are_cut_after_a_word_and_stand_whole_in_the_long_description(tmp_path: Path) -> None:
    title, about = "A handbook with a title of many words", "For everybody " * 9
    manifest = str(FILES["handbook.toml"]).replace("Our handbook", title).replace("For all", about)
    said = entries.metadata(book(load(write(tmp_path / "long", FILES | {"handbook.toml": manifest}))), pictures=False)
    assert said["Title"] == "A handbook with a title of…"
    assert len(said["Description"]) <= entries.DESCRIPTION
    assert said["Description"].endswith("everybody…") or said["Description"].endswith("For…")
    assert said["LongDescription"] == f"{title}. {about.strip()}"
    assert "_pictures:no" in said["Tags"]


@pytest.mark.parametrize(
    ("language", "letters"), [("en", "eng"), ("uk", "ukr"), ("sr-Latn", "srp"), ("rom", "rom"), ("xx", "und")]
)
def test_languages_have_three_letters(language: str, letters: str) -> None:
    assert languages.three_letters(language) == letters


@pytest.mark.parametrize("language", ["uk", "be", "mk", "xx"])
def test_a_language_without_rules_of_its_own_is_searched_too(tmp_path: Path, language: str) -> None:
    manifest = str(FILES["handbook.toml"]).replace('"en"', f'"{language}"')
    archive = written(load(write(tmp_path / "other", FILES | {"handbook.toml": manifest})), tmp_path)
    assert found(archive, "кириллица") == ["text.html"]


def test_the_same_book_gives_the_same_bytes_and_another_one_another_number(handbook: Handbook, tmp_path: Path) -> None:
    first = written(handbook, tmp_path)
    written(handbook, tmp_path, name="b.zim")
    assert (tmp_path / "a.zim").read_bytes() == (tmp_path / "b.zim").read_bytes()
    assert written(handbook, tmp_path, Choice(("text",)), "c.zim").uuid != first.uuid


def test_where_libzim_is_not_installed_it_is_said_how_to_get_it(
    handbook: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing("zim") == ""
    monkeypatch.setattr(zim, "PACKAGE", "no_such_package")
    assert "pip install" in missing("zim")
    assert missing("epub") == ""
    with pytest.raises(zim.NeedsLibzim, match="pip install"):
        export(handbook, Choice(), "zim", tmp_path / "a.zim")
    assert not (tmp_path / "a.zim").exists()


def test_only_the_process_imports_libzim(handbook: Handbook, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from handbook.cli.main import main; "
        f"status = main(['export', 'sheet', '--format', 'zim', '-o', {str(tmp_path / 'a.zim')!r}, "
        f"'--content', {str(tmp_path / 'Handbook')!r}]); "
        "sys.exit(status or ('libzim' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(tmp_path / "a.zim")  # and nothing of what libzim says


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to write to."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_a_process_that_ends_leaves_nothing(handbook: Handbook, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (out / "a.zim").write_bytes(b"old")
    crash = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(paths, "own_command", lambda *_: (crash, dict(os.environ)))
    with pytest.raises(zim.NotWritten, match=r"^The ZIM file could not be written: the process [^0-9]+\. Nothing"):
        export(handbook, Choice(), "zim", out / "a.zim")
    monkeypatch.setattr(zim, "_ROOM", 1 << 60)  # as if the disk had no more room than this
    with pytest.raises(atomic_file.NotSaved, match="not enough room"):
        export(handbook, Choice(), "zim", out / "a.zim")
    assert [(one.name, one.read_bytes()) for one in out.iterdir()] == [("a.zim", b"old")]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit on Windows")
def test_where_libzim_finds_no_room_it_is_said_and_nothing_is_left(
    handbook: Handbook, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import json

    command, variables = paths.own_command(zim.COMMAND)
    code = (
        "import json, os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); "
        f"command = json.loads({json.dumps(json.dumps(command))}); os.execv(command[0], command)"
    )
    monkeypatch.setattr(paths, "own_command", lambda *_: ([sys.executable, "-c", code], variables))
    with pytest.raises(HandbookError):
        export(handbook, Choice(), "zim", out / "a.zim")
    assert not list(out.iterdir())


def test_cancelling_ends_the_process_and_leaves_nothing(
    handbook: Handbook, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen
    waits = [sys.executable, "-c", "import sys; sys.stdin.buffer.read()"]

    def started(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        begun.append(start(command, **options))  # type: ignore[call-overload]
        return begun[-1]

    def stop(_: float) -> None:
        if begun:
            raise Cancelled

    monkeypatch.setattr(paths, "own_command", lambda *_: (waits, dict(os.environ)))
    monkeypatch.setattr(subprocess, "Popen", started)
    before = threading.active_count()
    with pytest.raises(Cancelled):
        export(handbook, Choice(), "zim", out / "a.zim", step=stop)
    assert begun[0].returncode is not None
    assert threading.active_count() <= before
    assert not list(out.iterdir())


def _with_libzim(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have the real process do its task after some code that changes libzim."""
    _, variables = paths.own_command(zim.COMMAND)
    served = f"{code}\nfrom handbook.export.zim import process_main; process_main.serve()"
    monkeypatch.setattr(paths, "own_command", lambda *_: ([sys.executable, "-P", "-c", served], variables))


@pytest.mark.parametrize(
    "code",
    [
        "sys.stdin.buffer.read()",  # takes its task, and does nothing
        "os.write(1, b'.'); sys.stdin.buffer.read()",
        "(lambda l: (l.acquire(), l.acquire()))(threading.Lock())",  # does not even take it
    ],
    ids=["waits", "begins", "deaf"],
)
def test_a_process_that_stands_still_is_ended_and_said(
    handbook: Handbook, out: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    command = [sys.executable, "-c", f"import os, sys, threading; {code}"]
    monkeypatch.setattr(paths, "own_command", lambda *_: (command, dict(os.environ)))
    monkeypatch.setattr(zim, "_STILL", 0.5)
    before = threading.active_count()
    with pytest.raises(zim.NotWritten, match="nothing went on"):
        export(handbook, Choice(), "zim", out / "a.zim")
    assert threading.active_count() <= before
    assert not list(out.iterdir())


def test_a_thread_of_libzim_that_waits_for_ever_gives_no_sign(
    handbook: Handbook, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real process, with a page whose content never comes."""
    _with_libzim(
        monkeypatch,
        "import threading; import libzim.writer as one; one.StringProvider = lambda *_: threading.Event().wait()",
    )
    monkeypatch.setattr(zim, "_STILL", 2.0)
    with pytest.raises(zim.NotWritten, match="nothing went on"):
        export(handbook, Choice(), "zim", out / "a.zim")
    assert not list(out.iterdir())


def test_a_file_whose_head_was_not_written_is_not_kept(
    handbook: Handbook, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So libzim leaves it, without a word, when the disk fails at that moment."""
    _with_libzim(
        monkeypatch,
        "import libzim.writer as one\n"
        "class Creator(one.Creator):\n"
        "    def __init__(self, file): super().__init__(file); self.file = file\n"
        "    def __exit__(self, *error):\n"
        "        super().__exit__(*error)\n"
        "        with open(self.file, 'rb+') as made: made.write(bytes(80))\n"
        "one.Creator = Creator",
    )
    with pytest.raises(zim.NotWritten, match="Nothing was changed"):
        export(handbook, Choice(), "zim", out / "a.zim")
    assert not list(out.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there a pipe takes what is written to it")
def test_a_process_that_got_half_of_its_task_does_not_wait_for_the_rest(
    handbook: Handbook, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        """A pipe that fails in the middle."""

        def __init__(self, pipe: IO[bytes]) -> None:
            self._pipe = pipe

        def write(self, task: bytes) -> None:
            self._pipe.write(task[:10])
            self._pipe.flush()
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            self._pipe.close()

    start = subprocess.Popen

    def started(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        child = start(command, **options)  # type: ignore[call-overload]
        child.stdin = Broken(child.stdin)
        return cast("subprocess.Popen[bytes]", child)

    monkeypatch.setattr(subprocess, "Popen", started)
    monkeypatch.setattr(zim, "_STILL", float("inf"))
    with pytest.raises(zim.NotWritten, match="Nothing was changed"):
        export(handbook, Choice(), "zim", out / "a.zim")
    assert not list(out.iterdir())


@pytest.mark.slow
def test_the_whole_handbook_is_found_in_and_zimcheck_is_silent(real: Handbook, tmp_path: Path) -> None:
    archive = written(real, tmp_path)
    assert "glossary.html" in found(archive, "non-punishment")
    assert "statement.html" in suggested(archive, real.chapters["statement"].title.split()[0])
    there = files(archive)
    for path, data in there.items():
        if path.endswith(".html"):
            for link in Read(data).all("a"):
                file = link["href"].partition("#")[0]
                assert not file or file in there or file.startswith(("http://", "https://", "mailto:")), link
    silent(tmp_path / "a.zim")


def test_zimcheck_is_silent_on_every_kind_of_block(handbook: Handbook, tmp_path: Path) -> None:
    written(handbook, tmp_path)
    silent(tmp_path / "a.zim")


def silent(file: Path) -> None:
    program = shutil.which("zimcheck")
    if program is None:
        pytest.skip("zimcheck is not installed (packaging/prerequisites.sh installs it): it was not asked")
    done = subprocess.run(
        [program, *CHECKS, "-D", str(file)], capture_output=True, text=True, timeout=SLOW, check=False
    )
    said = [line for line in (done.stdout + done.stderr).splitlines() if not line.lstrip().startswith("[INFO]")]
    assert [line for line in said if "ERROR" in line or "WARNING" in line] == []
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_named_as_such() -> None:
    assert KINDS["zim"].suffixes == (".zim",)
    assert not KINDS["zim"].folder
