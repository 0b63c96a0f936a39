"""The `handbook` command: what it prints, where, and the status it ends with."""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from handbook.base import log
from handbook.base.paths import find_paths
from handbook.cli import main
from handbook.content import parse_cache
from handbook.content.address import Address
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from handbook.marks import FILE, file
from handbook.marks.model import Mark
from tests.helpers import CONTENT, PATIENCE, ROOT, write
from tests.printed import Pdf

NOTES = {
    "visits.md": "# Visits\n\nBring water.\n\n## The first day\n\nAsk before you write anything down.\n",
    "people/rights.md": "# Rights\n\n## Water and shelter\n\nEverybody has them.\n",
}
BROKEN = {"bad.md": "+++\ncolour = 1\n+++\n# Bad\n\n[x](nowhere)\n\n[y](#nor-there)\n"}


@dataclass(frozen=True)
class Done:
    """What a run of the command left: its status, and its words on standard output and standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture(scope="session")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The statement alone, so that what is written beside it later changes no answer."""
    folder = tmp_path_factory.mktemp("text") / "content"
    shutil.copytree(CONTENT / "statement", folder)
    shutil.copy(CONTENT / "statement.sha256", folder)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, text: Path) -> Path:
    """A folder for config and cache that holds an index of the text."""
    folder = tmp_path_factory.mktemp("built")
    assert main.main(["index", str(text), "-o", str(folder / "cache" / "index")]) == 0
    return folder


@pytest.fixture
def run(built: Path, home: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""
    shutil.copytree(built, home)

    def run(*arguments: object) -> Done:
        capfd.readouterr()
        try:
            status = main.main([str(argument) for argument in arguments])
        except SystemExit as end:  # argparse's way
            status = int(str(end.code or 0))
        said = capfd.readouterr()
        return Done(status, said.out, said.err)

    return run


@pytest.fixture
def search(run: Run, text: Path) -> Run:
    """Search the text."""
    return lambda *arguments: run("search", "--content", text, *arguments)


def environment(home: Path, **more: str) -> dict[str, str]:
    """The surroundings of a process of its own: no display, its own folders."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONIOENCODING", "PYTHONUTF8")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return {**kept, "HANDBOOK_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


def process(home: Path, *arguments: object, **more: str) -> Done:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "handbook", *map(str, arguments)]
    done = subprocess.run(command, env=environment(home, **more), capture_output=True, check=False, timeout=PATIENCE)
    return Done(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def one_line(done: Done) -> str:
    """The one sentence of a command that could not do its work."""
    assert done.status == 1, done
    assert done.err.startswith("handbook: ")
    assert done.err.count("\n") == 1, done.err
    return done.err.strip()


# -- search -------------------------------------------------------------------------------------------------


def test_search_prints_addresses_best_first(search: Run, real: Handbook) -> None:
    done = search("root", "causes")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "statement#r2"
    assert "2. Focus on root causes" in lines[1]
    addresses = [line for line in lines if line.strip() and not line.startswith(" ")]
    assert len(addresses) > 1
    assert all(real.find(address) for address in addresses)


def test_search_as_json_is_one_object(search: Run, text: Path) -> None:
    handbook = load(text)
    done = search("irregular workers", "--json")
    assert done.status == 0
    (line,) = done.out.splitlines()
    answer = json.loads(line)
    assert list(answer) == ["query", "ms", "suggestion", "hits"]
    assert answer["query"] == "irregular workers"
    assert isinstance(answer["ms"], float)
    assert isinstance(answer["suggestion"], str)
    assert answer["hits"]
    for hit in answer["hits"]:
        assert list(hit) == ["address", "title", "path", "score", "snippet"]
        section = handbook.find(hit["address"])
        assert section is not None
        assert (section.title, list(section.path)) == (hit["title"], hit["path"])
        assert isinstance(hit["snippet"], str)
    assert answer["hits"][0]["address"] == "statement#b3"
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_search_gives_at_most_as_many_hits_as_asked_for(search: Run) -> None:
    def count(*options: object) -> int:
        return len(json.loads(search("trafficking", "--json", *options).out)["hits"])

    assert count("--limit", 2) == 2
    assert count("--limit", 1) == 1
    assert 2 < count() <= 10
    assert count("--limit", 10**12) >= count()


def test_search_says_what_it_took_a_word_for(search: Run) -> None:
    first, *_ = search("traficking of women").out.splitlines()
    assert first == 'Showing trafficking. For traficking itself, search "traficking", with the quotes.'
    assert json.loads(search("traficking of women", "--json").out)["suggestion"] == "trafficking of women"
    assert search('"women trafficking rights"').out.startswith("Nothing has just these words together;")
    assert "look alike: " in search('"traficking"').out


def test_search_that_finds_nothing_says_so(search: Run) -> None:
    assert search("xyzzyx") == Done(0, "Nothing found.\n", "")
    assert json.loads(search("xyzzyx", "--json").out)["hits"] == []


@pytest.mark.parametrize(
    "query",
    [
        "*",
        '"',
        "AND (",
        "?!.,",
        "   ",
        "\u0000",
        "😀 🎉",
        "مرحبا بالعالم",
        "a" * 100_000,
        "word " * 20_000,
        "\ud800",
        "-- x",
    ],
    ids=lambda query: ascii(query)[:12],
)
def test_no_query_is_an_error(search: Run, query: str) -> None:
    done = search("--json", "--", query)
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)["query"] == query


def test_search_in_any_folder_of_markdown(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "notes", NOTES)
    hits = json.loads(run("search", "water", "--json", "--content", folder).out)["hits"]
    assert {hit["address"] for hit in hits} == {"visits", "rights#water-and-shelter"}
    assert hits[0]["path"] == ["People", "Rights"]
    assert run("search", "labour", "--content", folder).out == "Nothing found.\n"


def test_many_queries_at_once_keep_order_and_ids(search: Run, tmp_path: Path) -> None:
    ids: list[Any] = ["b", 7, "a", "", None, 2.5, {"x": [1]}, "ж"]
    lines = [json.dumps({"id": id_, "text": f"labour {number}"}) for number, id_ in enumerate(ids)]
    file = tmp_path / "queries.jsonl"
    file.write_text("\n\n".join(lines) + "\n", encoding="utf-8-sig")
    done = search("--queries", file, "--json", "--limit", 1)
    assert (done.status, done.err) == (0, "")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == ids
    assert [answer["query"] for answer in answers] == [f"labour {number}" for number in range(len(ids))]
    assert all(list(answer) == ["id", "query", "ms", "suggestion", "hits"] for answer in answers)
    assert all(len(answer["hits"]) == 1 for answer in answers)


def test_many_queries_as_text_name_each(search: Run, tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": "q1", "text": "labour"}\n{"id": "", "text": "xyzzyx"}\n', encoding="utf-8")
    lines = search("--queries", file).out.splitlines()
    assert lines[0] == "== q1: labour"
    assert lines[-2:] == ["== : xyzzyx", "Nothing found."]


@pytest.mark.parametrize(
    "line",
    [
        "labour",
        '{"id": 1}',
        '{"text": "labour"}',
        '{"id": 1, "text": null}',
        '{"id": 1, "text": ["labour"]}',
        "[1, 2]",
        "3",
        "null",
        '{"id": 1, "text": "labour"',
        "[" * 100_000,
    ],
    ids=lambda line: line[:20],
)
def test_a_bad_line_among_many_is_named(search: Run, tmp_path: Path, line: str) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text(f'{{"id": 1, "text": "labour"}}\n\n{line}\n{{"id": 2, "text": "work"}}\n', encoding="utf-8")
    done = search("--queries", file, "--json")
    assert f"{file}:3: " in one_line(done)
    assert [json.loads(answer)["id"] for answer in done.out.splitlines()] == [1]


def test_a_line_of_queries_that_never_ends_is_refused(
    search: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.cli.search._LONGEST_LINE", 100)
    file = tmp_path / "queries.jsonl"
    file.write_text(json.dumps({"id": 1, "text": "labour " * 20}), encoding="utf-8")
    assert f"{file}:1: " in one_line(search("--queries", file, "--json"))


def test_who_reads_the_answers_to_many_queries_may_have_enough(
    search: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`handbook search --queries FILE | head` said that the file can't be read."""

    def broken(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("handbook.cli.search.say", broken)
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": 1, "text": "labour"}\n', encoding="utf-8")
    done = search("--queries", file)
    assert (done.status, done.out, done.err) == (1, "", "")


@pytest.mark.parametrize("data", [None, b'{"id": 1, "text": "caf\xe9"}\n'])
def test_queries_that_cannot_be_read(search: Run, tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "queries.jsonl"
    if data is not None:
        file.write_bytes(data)
    said = one_line(search("--queries", file, "--json"))
    assert f"'{file}' can't be read: " in said
    assert "Errno" not in said
    assert "codec" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("search",),
        ("search", ""),
        ("search", "labour", "--queries", "x.jsonl"),
        ("search", "labour", "--limit", "0"),
        ("search", "labour", "--limit", "-1"),
        ("search", "labour", "--limit", "many"),
        ("search", "labour", "--colour"),
        ("print", "statement"),
        ("print", "-o", "x.pdf"),
        ("print", "statement", "-o", "x.pdf", "--paper", "a5"),
        ("print", "statement", "-o", "x.pdf", "--size", "12"),
        ("check", "a", "b"),
        ("statement", "about"),
        ("--colour",),
    ],
    ids=" ".join,
)
def test_bad_usage_is_status_2_and_shows_the_usage(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "handbook" in done.err
    assert "_positive" not in done.err


def test_a_faulty_chapter_is_told_and_the_rest_is_searched(run: Run, tmp_path: Path) -> None:
    done = run("search", "water", "--content", write(tmp_path / "notes", {**NOTES, **BROKEN}))
    assert done.status == 0
    assert "visits" in done.out
    assert "bad.md:2" in done.err
    assert done.err.count("\n") == 1


# -- print --------------------------------------------------------------------------------------------------


def test_print_makes_a_pdf(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "third.pdf"
    done = run("print", "statement#r3", "-o", file)
    assert done == Done(0, f"{file}\n", "")
    assert file.read_bytes().startswith(b"%PDF-")


def test_print_takes_all_options(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "all.pdf"
    options = ("--paper", "letter", "--size", 18, "--booklet", "--notes")
    assert run("print", "statement#r1", "statement#r4", "-o", file, *options).status == 0
    assert file.read_bytes().startswith(b"%PDF-")


def test_print_into_a_folder(run: Run, tmp_path: Path) -> None:
    assert f"'{tmp_path}' is a folder" in one_line(run("print", "statement#r3", "-o", tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_print_into_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert "no folder" in one_line(run("print", "statement#r3", "-o", tmp_path / "no" / "x.pdf"))


@pytest.mark.parametrize(("address", "nearest"), [("statement#r33", "statement#r3"), ("statment", "statement")])
def test_print_of_an_unknown_address_names_the_nearest(run: Run, tmp_path: Path, address: str, nearest: str) -> None:
    file = tmp_path / "x.pdf"
    said = one_line(run("print", "statement#r1", address, "-o", file))
    assert f"'{address}'" in said
    assert f"'{nearest}'" in said
    assert not file.exists()


def test_print_tells_letters_that_no_typeface_has(run: Run, tmp_path: Path) -> None:
    content = write(tmp_path / "content", {"a.md": "# A\n\nمرحبا 🙂\n"})
    done = run("print", "a", "-o", tmp_path / "a.pdf", "--content", content)
    assert done.status == 0
    assert "U+1F642" in done.err
    assert "empty box" in done.err


WORKSHOP = """format = 1
title = "My day: part 1/2"
participants = 3

[[items]]
address = "statement#r1"

[[items]]
address = "statement#gone"
title = "Gone"

[[items]]
address = "plan-opening"

[[items]]
address = "cards-statements"

[[items]]
address = "poster-ground-rules"

[[items]]
address = "form-evaluation"
"""


@pytest.fixture
def day(tmp_path: Path) -> Path:
    (tmp_path / "day.workshop").write_text(WORKSHOP, encoding="utf-8")
    return tmp_path / "day.workshop"


def test_print_makes_a_pdf_of_each_kind_of_a_workshop(run: Run, tmp_path: Path, day: Path) -> None:
    done = run("print", "--workshop", day, "-o", tmp_path / "out")
    assert done.status == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    kinds = ("cards", "participants", "posters", "trainer", "worksheets")
    assert names == [f"My day part 1 2 - {kind}.pdf" for kind in kinds]
    assert "3 participants: 3 × " in done.out
    assert "'statement#gone' is not in this handbook" in done.err
    assert done.err.count("statement#gone") == 1


@pytest.mark.parametrize("kind", ["participants", "trainer", "cards", "posters", "worksheets", "all"])
def test_print_makes_one_kind_or_all_in_one(run: Run, tmp_path: Path, day: Path, kind: str) -> None:
    assert run("print", "--workshop", day, "-o", tmp_path / "out", "--kind", kind).status == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"My day part 1 2 - {kind}.pdf"]


def test_print_leaves_out_a_logo_that_cannot_be_drawn_and_says_so(run: Run, tmp_path: Path, day: Path) -> None:
    empty = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>').decode()
    logo = f'[logo]\nname = "ours.svg"\ndata = "{empty}"\n\n'
    day.write_text(day.read_text(encoding="utf-8").replace("[[items]]", f"{logo}[[items]]", 1), encoding="utf-8")
    done = run("print", "--workshop", day, "-o", tmp_path / "out")
    assert done.status == 0
    assert len(list((tmp_path / "out").iterdir())) == 5
    assert done.err.count("'ours.svg' can't be drawn") == done.err.count("The logo is left out") == 1
    cards = run("print", "--workshop", day, "-o", tmp_path / "out", "--kind", "cards")
    assert (cards.status, "ours.svg" in cards.err) == (0, False)  # they have none


def test_a_long_title_leaves_each_pdf_its_own_name(run: Run, tmp_path: Path, day: Path) -> None:
    text = day.read_text(encoding="utf-8")
    long = re.sub(r'(?m)^title = ".*"$', f'title = "{"Many words " * 12}"', text, count=1)
    day.write_text(long, encoding="utf-8")
    done = run("print", "--workshop", day, "-o", tmp_path / "out")
    made = [line for line in done.out.splitlines() if not line.startswith(" ")]
    assert len(made) == len(list((tmp_path / "out").iterdir())) > 1


def test_print_has_the_persons_notes_in_the_trainers_packet_when_asked(run: Run, tmp_path: Path, day: Path) -> None:
    noted = Mark("bookmark", "plan-opening", "Opening", note="Bring Iveta's lamp.")
    run("print", "--workshop", day, "-o", tmp_path / "without", "--kind", "all")
    file.save([noted], find_paths().data)
    run("print", "--workshop", day, "-o", tmp_path / "unasked", "--kind", "all")
    assert run("print", "--workshop", day, "-o", tmp_path / "with", "--my-notes").status == 0
    said = {path.stem.rsplit(" ", 1)[1]: Pdf(path.read_bytes()).body for path in (tmp_path / "with").iterdir()}
    assert {kind for kind, words in said.items() if "lamp" in words} == {"trainer"}
    (without,), (unasked,) = (tmp_path / "without").iterdir(), (tmp_path / "unasked").iterdir()
    assert without.read_bytes() == unasked.read_bytes()
    (find_paths().data / FILE).write_bytes(b"{")
    done = run("print", "--workshop", day, "-o", tmp_path / "with", "--my-notes")
    assert done.status == 1
    assert "can't be used as a file of marks" in done.err


def test_print_takes_options_over_those_of_the_workshop(run: Run, tmp_path: Path, day: Path) -> None:
    day.write_text(WORKSHOP + '\n[print]\npaper = "letter"\ncards = 2\n', encoding="utf-8")
    sizes = []
    for options in ((), ("--paper", "a4")):
        run("print", "--workshop", day, "-o", tmp_path, "--kind", "cards", *options)
        (made,) = tmp_path.glob("*.pdf")
        pdf = pypdfium2.PdfDocument(made.read_bytes())
        sizes.append((round(pdf.get_page_size(0)[0]), len(pdf)))
        pdf.close()
    assert sizes == [(612, 7), (595, 7)]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("statement", "--workshop", "{day}"), 2, "either addresses or --workshop"),
        ((), 2, "either addresses or --workshop"),
        (("statement", "--kind", "cards"), 2, "--kind goes with --workshop"),
        (("--workshop", "{folder}/none.workshop"), 1, "can't be read"),
        (("--workshop", "{folder}/bad.workshop"), 1, "line 2"),
        (("--workshop", "{folder}/empty.workshop"), 1, "nothing to print"),
        (("--workshop", "{folder}/empty.workshop", "--kind", "cards"), 1, "no cards to print"),
    ],
)
def test_print_of_a_workshop_that_cannot_be(
    run: Run, tmp_path: Path, day: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    (tmp_path / "bad.workshop").write_text('format = 1\ntitle = "x\n', encoding="utf-8")
    (tmp_path / "empty.workshop").write_text("format = 1\n", encoding="utf-8")
    given = [one.format(day=day, folder=tmp_path) for one in arguments]
    done = run("print", *given, "-o", tmp_path / "out")
    assert done.status == status
    assert said in done.err
    assert done.err.startswith("handbook")
    assert done.err.count("\n") == 1
    assert not list(tmp_path.glob("out/*"))


def test_print_of_a_workshop_into_a_file_is_refused(run: Run, day: Path) -> None:
    assert "is a file. Give a folder" in one_line(run("print", "--workshop", day, "-o", day))
    assert day.read_text(encoding="utf-8") == WORKSHOP


# -- check and index ----------------------------------------------------------------------------------------


def test_check_of_the_real_content(run: Run) -> None:
    done = run("check")
    assert (done.status, done.err) == (0, "")
    assert "no fault" in done.out


def test_check_lists_every_fault(run: Run, tmp_path: Path) -> None:
    done = run("check", write(tmp_path / "notes", {**NOTES, **BROKEN}))
    assert (done.status, done.err) == (1, "")
    *faults, total = done.out.splitlines()
    assert [fault.partition(": ")[0] for fault in faults] == ["bad.md:2", "bad.md:6", "bad.md:8"]
    assert "3 faults" in total


def test_check_says_what_has_no_form_in_a_language(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "notes", {"handbook.toml": 'title = "X"\nlanguage = "uk"\n', "one.md": "# Один\n"})
    lines = run("check", folder).out.splitlines()
    assert sum("session plans and exercises" in line and "'uk'" in line for line in lines) == 1
    assert "Not checked" not in run("check", write(tmp_path / "english", NOTES)).out


def test_index_builds_where_asked(run: Run, text: Path, tmp_path: Path) -> None:
    folder = tmp_path / "an index"
    done = run("index", text, "-o", folder)
    assert (done.status, done.err) == (0, "")
    assert str(folder) in done.out
    assert {"handbook_index.json", parse_cache.FILE} <= {file.name for file in folder.iterdir()}


def test_index_of_a_folder_of_markdown(run: Run, tmp_path: Path) -> None:
    notes = write(tmp_path / "notes", NOTES)
    before = sorted(notes.rglob("*"))
    assert run("index", notes, "-o", tmp_path / "index").status == 0
    assert sorted(notes.rglob("*")) == before


def test_index_into_a_file(run: Run, text: Path, tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.write_text("mine")
    assert str(file) in one_line(run("index", text, "-o", file))
    assert file.read_text() == "mine"


# -- what goes wrong is one line ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [("search", "x", "--content"), ("check",), ("index",), ("print", "x", "-o", "x.pdf", "--content"), ("--content",)],
    ids=" ".join,
)
def test_a_folder_that_is_not_there(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert "nowhere" in one_line(run(*arguments, tmp_path / "nowhere"))


def test_an_empty_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no Markdown" in one_line(run("check", tmp_path / "empty"))


@pytest.mark.parametrize(
    ("address", "said"),
    [("statement#r33", "statement#r3"), ("statment", "statement"), ("qqqq", "handbook search"), ("statement#", None)],
)
def test_opening_an_unknown_address(home: Path, address: str, said: str | None) -> None:
    done = process(home, address)
    sentence = one_line(done)
    if said is None:  # the chapter's top: found, and only then is there no display
        assert "display" in sentence
    else:
        assert f"'{address}'" in sentence
        assert said in sentence


def test_without_a_display_there_is_one_clear_line(home: Path) -> None:
    if sys.platform.startswith(("win", "darwin")):
        pytest.skip("there is always a display")
    sentence = one_line(process(home))
    assert "display" in sentence or "is not installed" in sentence
    assert not home.exists()


BESIDE_A_WINDOW: list[tuple[tuple[str, ...], bool]] = [
    (("search", "--content", "{gone}", "water"), False),
    (("--log", "{gone}/no/log", "search", "water"), False),
    (("--log={gone}/no/log", "search", "water"), False),
    (("--log", "{gone}/no/log", "typeset-worker"), False),
    (("--log", "{gone}/no/log", "zim-worker"), False),
    (("--log", "{gone}/no/log", "library-index", "name"), False),
    (("--log", "{gone}/no/log", "check-worker", "{gone}"), False),
    (("--log", "{gone}/no/log"), True),
    (("--log", "{gone}/no/log", "statement"), True),
]


@pytest.mark.parametrize(("arguments", "boxed"), BESIDE_A_WINDOW, ids=str)
def test_a_box_is_shown_only_where_the_window_was_wanted(
    arguments: tuple[str, ...], boxed: bool, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handbook.ui import app

    boxes: list[str] = []
    monkeypatch.setattr(app, "say", boxes.append)
    (tmp_path / "gone").write_text("a file where a folder would be")
    named = [one.format(gone=tmp_path / "gone") for one in arguments]
    assert run(*named).status == 1
    assert len(boxes) == boxed


@pytest.mark.parametrize(("last", "boxed"), [("statement", True), ("typeset-worker", False), ("zim-worker", False)])
def test_the_window_of_the_menu_shows_a_box_and_its_workers_none(
    last: str, boxed: bool, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handbook.ui import app

    boxes: list[str] = []
    monkeypatch.setattr(app, "say", boxes.append)
    (tmp_path / "gone").write_text("a file where a folder would be")
    monkeypatch.setattr(sys, "argv", ["handbook", "--log", str(tmp_path / "gone" / "no" / "log"), last])
    assert main.window() == 1
    assert len(boxes) == boxed


# -- help and version ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["search", "print", "check", "index"])
def test_help_of_each_command(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"usage: handbook {command}")


def test_help_names_the_commands(run: Run) -> None:
    done = run("--help")
    assert (done.status, done.err) == (0, "")
    assert all(command in done.out for command in (*main.COMMANDS, "ADDRESS", "--content"))


def test_version(run: Run) -> None:
    done = run("--version")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("handbook ")


# -- the log ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("search", "water"), ("print", "visits"), ("check",), ("index",)])
def test_v_and_log_stand_before_every_command(home: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    notes = write(tmp_path / "notes", NOTES)
    more = {"search": ("--content", notes), "print": ("--content", notes, "-o", tmp_path / "x.pdf")}
    arguments = (*command, *more.get(command[0], (notes,)))
    quiet = process(home, *arguments)
    told = process(home, "-v", "--log", tmp_path / "a.log", *arguments)
    assert (told.status, quiet.status) == (0, 0)
    assert re.sub(r"[\d.]+ ms", "", told.out) == re.sub(r"[\d.]+ ms", "", quiet.out)
    assert "Field Handbook" in told.err
    assert "ended with status 0" in told.err
    logged = (tmp_path / "a.log").read_text("utf-8")
    assert f", {sys.platform}: {command[0]}\n" in logged
    assert "ended with status" in logged
    assert not any(word in logged for word in ("water", "visits", str(tmp_path)))


def test_a_failure_is_logged_without_its_words(run: Run, tmp_path: Path) -> None:
    done = run("--log=" + str(tmp_path / "a.log"), "print", "statement#xyz", "-o", tmp_path / "x.pdf")
    _close_logs()
    assert "statement#xyz" in one_line(done)
    logged = (tmp_path / "a.log").read_text("utf-8")
    assert "UnknownAddress" in logged
    assert "handbook/cli/main.py:" in logged
    assert "xyz" not in logged


def test_a_log_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    said = one_line(run("--log", tmp_path / "no folder" / "a.log", "search", "water"))
    assert "The log" in said
    assert "there is no such file or folder" in said


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
@pytest.mark.parametrize("read", [False, True])
def test_a_log_that_is_a_pipe_holds_nothing_up(run: Run, tmp_path: Path, read: bool, text: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK) if read else -1
    try:
        done = run("--log", pipe, "search", "water", "--content", text)
        if read:  # until the pipe is full, and nobody reads on
            for _ in range(2000):
                logging.getLogger("handbook").warning("a line of the log of some length, again and again and again")
            assert done.status in (0, 1)
        else:
            assert "can't be written" in one_line(done)
    finally:
        _close_logs()
        if read:
            os.close(reader)


def test_log_without_a_file_is_bad_usage(run: Run) -> None:
    done = run("--log")
    assert done.status == 2
    assert "expected one argument" in done.err


def test_without_either_nothing_is_logged(home: Path, text: Path) -> None:
    process(home, "search", "water", "--content", text)
    assert not list(home.rglob("*.log"))


def _close_logs() -> None:
    logger = logging.getLogger("handbook")
    for handler in [one for one in logger.handlers if isinstance(one, log.LogFile)]:
        logger.removeHandler(handler)
        handler.close()


# -- output that goes elsewhere -----------------------------------------------------------------------------


def test_the_command_works_as_a_process_of_its_own(home: Path, real: Handbook) -> None:
    done = process(home, "search", "regardless", "funding", "--limit", 1)
    assert (done.status, done.err) == (0, "")
    assert real.find(done.out.splitlines()[0]) is not None


def closed_pipe(home: Path, *arguments: object) -> Done:
    """Run a command whose output nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "handbook", *map(str, arguments)]
    try:
        done = subprocess.run(
            command, env=environment(home), stdout=writer, stderr=subprocess.PIPE, check=False, timeout=PATIENCE
        )
    finally:
        os.close(writer)
    return Done(done.returncode, "", done.stderr.decode())


@pytest.mark.parametrize("arguments", [("search", "labour"), ("search", "labour", "--json"), ("check",)], ids=" ".join)
def test_nobody_reads_the_output(built: Path, text: Path, arguments: tuple[str, ...]) -> None:
    content = (text,) if arguments == ("check",) else ("--content", text)
    assert closed_pipe(built, *arguments, *content) == Done(1, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/stdout")
@pytest.mark.parametrize("form", ["pdf", "md"])
def test_what_goes_to_the_standard_output_is_the_file_alone(home: Path, tmp_path: Path, form: str) -> None:
    notes = write(tmp_path / "notes", NOTES)
    command = [sys.executable, "-m", "handbook", "print" if form == "pdf" else "export", "visits"]
    more = [] if form == "pdf" else ["--format", form]
    done = subprocess.run(
        [*command, *more, "--content", str(notes), "-o", "/dev/stdout"],
        env=environment(home),
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"%PDF" if form == "pdf" else b"+++")
    assert b"/dev/stdout" not in done.stdout


def test_a_full_disk_is_told(built: Path, text: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no such device here")
    command = [sys.executable, "-m", "handbook", "search", "labour", "--content", str(text)]
    with full.open("wb") as out:
        done = subprocess.run(command, env=environment(built), stdout=out, stderr=subprocess.PIPE, check=False)
    said = one_line(Done(done.returncode, "", done.stderr.decode()))
    assert "can't be written" in said


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_a_terminal_that_lacks_letters(tmp_path: Path, home: Path, encoding: str, form: list[str]) -> None:
    folder = write(tmp_path / "notes", {"page.md": "# Права й «žena» 😀\n\nСлово – \u2028 word.\n"})
    done = process(home, "search", "word", "--content", folder, *form, PYTHONIOENCODING=encoding)
    assert (done.status, done.err) == (0, "")
    assert done.out.count("\n") == (1 if form else 3)
    if form:
        assert json.loads(done.out)["hits"][0]["title"] == "Права й «žena» 😀"
    elif encoding == "utf-8":
        assert "Права й «žena» 😀" in done.out


def test_stdout_that_is_closed(built: Path, text: Path) -> None:
    if sys.platform.startswith("win"):
        pytest.skip("a shell's way")
    line = f'"{sys.executable}" -m handbook search labour --content "{text}" >&-'
    done = subprocess.run(["/bin/sh", "-c", line], env=environment(built), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# -- what each command needs --------------------------------------------------------------------------------

SPARED_BY_SEARCH = (
    *("PySide6", "typst", "pypdfium2", "markdown", "handbook.cli.print", "handbook.cli.export", "handbook.cli.terms"),
    *("handbook.export", "handbook.printing", "handbook.workshop.model", "importlib.metadata"),
)
LOADED = """
import sys
from handbook.cli.main import main
main(sys.argv[1:])
print(" ".join(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (("search", "labour", "--content"), SPARED_BY_SEARCH),
        (("check",), ("PySide6", "typst", "pypdfium2")),
        (("print", "statement#r3", "-o", os.devnull, "--content"), ("PySide6", "whoosh")),
    ],
    ids=lambda value: value[0],
)
def test_a_command_loads_only_what_it_needs(
    built: Path, text: Path, arguments: tuple[str, ...], spared: tuple[str, ...]
) -> None:
    command = [sys.executable, "-c", LOADED, *arguments, str(text)]
    done = subprocess.run(command, env=environment(built), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not set(spared) & set(done.stderr.split())


def test_search_leaves_nothing_but_a_cache(home: Path, tmp_path: Path) -> None:
    def tree(folder: Path) -> Mapping[str, int]:
        return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}

    notes = write(tmp_path / "notes", NOTES)
    before = tree(notes), tree(CONTENT)
    assert main.main(["search", "water", "--content", str(notes)]) == 0
    assert (tree(notes), tree(CONTENT)) == before
    assert {Path(name).parts[0] for name in tree(home)} == {"cache"}


def test_an_address_is_one_word_everywhere(real: Handbook) -> None:
    """What search prints can be typed after print."""
    for section in real.sections:
        text = str(section.address)
        assert not set(text) & set(" '\"\t\n")
        assert Address.parse(text) == section.address


def test_a_word_with_a_stroke_is_left_out_and_no_option(search: Run) -> None:
    def found(*arguments: str) -> set[str]:
        done = search("--json", *arguments)
        assert done.status == 0, done.err
        return {hit["address"] for hit in json.loads(done.out)["hits"]}

    assert found("trafficking", "-women") == found("--", "trafficking -women") != found("trafficking")


def test_a_workshop_may_be_called_in_capitals(run: Run, tmp_path: Path) -> None:
    """A stick that another system wrote has such names; what is not there is told of a file, then, not an address."""
    assert run(str(tmp_path / "DAY.WORKSHOP")).err == f"handbook: There is no file '{tmp_path / 'DAY.WORKSHOP'}'.\n"


def test_a_translated_form_is_found_and_printed_in_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_LANGUAGE", "pl")
    assert main.main(["print", "form-evaluation", "-o", str(tmp_path / "form.pdf")]) == 0
    text = Pdf((tmp_path / "form.pdf").read_bytes()).text(0, 0, 0)
    assert "Ankieta oceny szkolenia" in text
    assert "page 1" not in text
    monkeypatch.setenv("HANDBOOK_LANGUAGE", "en")
    assert main.main(["print", "form-evaluation", "-o", str(tmp_path / "form.pdf")]) == 0
    assert "Evaluation form" in Pdf((tmp_path / "form.pdf").read_bytes()).text(0, 0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="no name of a file there has such letters")
def test_a_terminal_obeys_nothing_in_the_name_of_a_file(home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "texts", {"\x1b[31mred\x07\u202e.md": "# One\n\nRights\x1b, and a [link](nowhere).\n"})
    for arguments in (("check", folder), ("search", "rights", "--content", folder)):
        done = process(home, *arguments)
        name = r"\u001b[31mred\u0007\u202e"
        assert [name in done.out, name in done.err] == [True, arguments[0] == "search"]
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", done.out + done.err)


def test_what_a_terminal_would_obey_is_written_so_that_json_is_still_json(home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "texts", {"one.md": "# One\n\nRights and duties.\n"})
    done = process(home, "search", "--json", "rights \x7f\u202e", "--content", folder)
    assert not re.search("[\x7f\u202e]", done.out)
    assert json.loads(done.out)["query"] == "rights \x7f\u202e"
