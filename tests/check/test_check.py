"""The proofs of the content: the real one holds, and each proof fails when what it proves is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handbook.check import check, verbatim
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from tests.helpers import CONTENT, write


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in check(load(folder))]


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    """A handbook of the statement alone, with the digest of its words; the chapter's file."""
    folder = tmp_path / "statement alone"
    shutil.copytree(CONTENT / "statement", folder)
    shutil.copy(CONTENT / "statement.sha256", folder)
    # Listed, it is read as ours: without a manifest a list may follow a paragraph, and a line less changes nothing.
    listed = ", ".join(f'"{path.stem}"' for path in sorted(folder.glob("*.md")))
    write(folder, {"handbook.toml": f'title = "A"\n[[parts]]\nid = "p"\ntitle = "P"\nchapters = [{listed}]\n'})
    assert faults(folder) == []
    return folder / "statement.md"


def changed(file: Path, old: str, new: str) -> list[str]:
    """The faults once a place in a file reads otherwise."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{text.count(old)} places read {old!r}"
    file.write_bytes(text.replace(old, new).encode())
    return faults(file.parent)


def test_the_real_content_has_no_fault(real: Handbook) -> None:
    assert check(real) == ()


# -- Links, footnotes, headings, pictures -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("See [this](nowhere).", "page.md:5: link to 'nowhere' leads nowhere (nowhere)"),
        ("See [this](#nowhere).", "page.md:5: link to '#nowhere' leads nowhere (page#nowhere)"),
        ("See [this](other#no).", "page.md:5: link to 'other#no' leads nowhere (other#no)"),
        ("See [this](no.md 'T').", "page.md:5: link to 'no.md' leads nowhere (no)"),
        ("A [text over\ntwo lines](nowhere).", "page.md:5: link to 'nowhere' leads nowhere (nowhere)"),
        ("See [this][ref].\n\n[ref]: nowhere", "page.md:7: link to 'nowhere' leads nowhere (nowhere)"),
        ("See [this](<no such.md>).", "page.md:5: link to 'no such.md' leads nowhere (no such)"),
        ("See [a](no/other.md#x).", "page.md:5: link to 'no/other.md#x' leads nowhere (no/other.md#x)"),
        ("A `` ` `` and\n[![a](b.png)](nowhere)", "page.md:6: link to 'nowhere' leads nowhere (nowhere)"),
        ("Said[^a].", "page.md:5: footnote 'a' has no text"),
        ("Said.\n\n[^a]: A text.", "page.md:7: footnote 'a' is never referred to"),
        ("### Too deep", "page.md:5: heading 'Too deep' of level 3 stands under one of level 1"),
        ("## Two\n\n##### Five", "page.md:7: heading 'Five' of level 5 stands under one of level 2"),
        ("![A map](map.png)", "page.md:5: the picture 'map.png' is not there"),
        ("![A map][ref]\n\n[ref]: map.png", "page.md:5: the picture 'map.png' is not there"),
        ("- item {: #lost }", "page.md:5: anchor '#lost' is not on the page"),
        ("## One {#x}\n\n## Two {#x}", "page.md:7: anchor '#x' is used twice in this file"),
    ],
)
def test_a_broken_place_is_found(tmp_path: Path, source: str, fault: str) -> None:
    page = f'+++\nkind = "text"\n+++\n# Title\n{source}\n'
    assert fault in faults(write(tmp_path, {"page.md": page, "other.md": "# Other\n\n## There\n"}))


@pytest.mark.parametrize(
    "source",
    [
        "See [this](other), [that](other#there), [here](#here), [top](page), [file](other.md), [up]().",
        "See [over\nlines](other) and [here][ref].\n\n[ref]: #here",
        "In code: `[a](nowhere) ![b](c) [^d]`.\n\n```\n[a](nowhere) ![b](c) [^d]\n```\n\n    [a](nowhere)",
        "Said[^a].\n\n[^a]: See [other](other).",
        "## Down\n\n### And down\n\n## And up",
        "A paragraph.\n{: #p1 }\n\nSee [it](#p1).",
        r"\![no picture](other)",
    ],
)
def test_what_holds_is_no_fault(tmp_path: Path, source: str) -> None:
    page = f"# Title\n\n{source}\n\n## Here {{#here}}\n"
    assert faults(write(tmp_path, {"page.md": page, "other.md": "# Other\n\n## There\n"})) == []


PARTS = '[[parts]]\nid = "p"\ntitle = "P"\nchapters = [{}]\n'
ACCENT, COMPOSED = "re\u0301fuge", "r\u00e9fuge"


@pytest.mark.parametrize(
    ("one", "other", "fault"),
    [
        ("a/Map", "a/map", "a/map.md: Two files differ only in capitals or accents: 'a/map.md'. Rename one of them."),
        (ACCENT, COMPOSED, f"{COMPOSED}.md: Two files differ only in capitals or accents: '{COMPOSED}.md'. Rename one"),
        ("a/Map", "b/map", "b/map.md: chapter id 'map' is taken by a/Map.md: rename one of the files"),
        ("map", "mop", ""),
    ],
)
def test_names_that_are_one_on_another_system_are_told(one: str, other: str, fault: str, tmp_path: Path) -> None:
    ids = ", ".join(f'"{name.rpartition("/")[2]}"' for name in (one, other))
    files = {"handbook.toml": PARTS.format(ids), f"{one}.md": "# One\n", f"{other}.md": "# Other\n"}
    handbook = load(write(tmp_path, files))
    if len(handbook.chapters) == 1:
        pytest.skip("on this disk they are one file")
    assert [str(found).startswith(fault) for found in check(handbook)] == ([True] if fault else [])


def test_every_fault_is_listed_in_the_order_of_the_files(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "b.md": "# B\n\n[x](no)\n\n[y](no)\n",
        "a.md": "+++\ncolour = 1\n+++\n# A\n\n[^z]: Z\n",
        "c.md": "# \xff".encode("latin-1"),
    }
    assert [line.partition(": ")[0] for line in faults(write(tmp_path, files))] == [
        "a.md:2",
        "a.md:6",
        "b.md:3",
        "b.md:5",
        "c.md:1",
    ]


# -- The statement is word for word its source --------------------------------------------------------------


def test_a_digest_is_not_read_without_end(statement: Path) -> None:
    """Such as that of a pipe in its place, or of a file as large as the disk."""
    digest = statement.with_name("statement.sha256")
    assert verbatim.kept_digest(statement.parent) == digest.read_text().split()[0]
    digest.write_text(digest.read_text() + " " * 100_000)
    assert verbatim.kept_digest(statement.parent) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the roots causes of trafficking", "the root causes of trafficking"),
        ("regardless their funding", "regardless of their funding"),
        ("to be integrated into all legislation", "to be integrated into all, legislation"),
        ("prosecute the exploiters. While", "prosecute the exploiters.\u200b While"),
        ("raids on brothels.", "raids on brothels"),
        ("rights – equality", "rights - equality"),
        ("women's movements", "women\u2019s movements"),
        ("In those years the phenomenon", "In those years <!-- x --> the Phenomenon"),
        ("## Achievements {#achievements}", "## Our achievements {#achievements}"),
        ("### 4. Stop talking", "### Stop talking"),
        ("### 3. Respect and value", "3. Respect and value"),
        ("{: #p16 }", "And more.\n{: #p16 }"),
        ("\n-   #### *Lack of safe", "-   #### *Lack of safe"),
        ("### 3. Respect", "    ### 3. Respect"),
        ("-   #### *Demand", "#### *Demand"),
    ],
)
def test_a_changed_statement_is_found(statement: Path, old: str, new: str) -> None:
    assert changed(statement, old, new) != []


def test_swapped_paragraphs_are_found(statement: Path) -> None:
    blocks = statement.read_text(encoding="utf-8").split("\n\n")
    number = next(place for place, block in enumerate(blocks) if "{: #p05 }" in block)
    blocks[number], blocks[number + 1] = blocks[number + 1], blocks[number]
    statement.write_text("\n\n".join(blocks), encoding="utf-8")
    assert faults(statement.parent) == ["statement.md: the statement is not word for word its source"]


def test_line_ends_do_not_change_the_statement(statement: Path) -> None:
    statement.write_bytes(statement.read_bytes().replace(b"\n", b"\r\n"))
    assert faults(statement.parent) == []


@pytest.mark.parametrize("digest", [b"", b"\xff\xfe", b"0" * 64])
def test_a_digest_that_is_none(statement: Path, digest: bytes) -> None:
    (statement.parent / "statement.sha256").write_bytes(digest)
    assert len(faults(statement.parent)) == 1


def test_a_missing_digest_is_a_fault(statement: Path) -> None:
    (statement.parent / "statement.sha256").unlink()
    (fault,) = faults(statement.parent)
    assert fault.startswith("statement.sha256: is missing")


def test_a_statement_that_is_called_something_else_is_found(statement: Path) -> None:
    (fault,) = changed(statement, 'kind = "statement"', 'kind = "text"')
    assert "no chapter is of the kind 'statement'" in fault


def test_a_handbook_without_a_statement_has_nothing_to_prove(tmp_path: Path) -> None:
    assert faults(write(tmp_path, {"page.md": "# Title\n"})) == []
