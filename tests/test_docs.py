"""The pages for people who carry the handbook on: what they point at is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.helpers import ROOT

PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md")), *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = (ROOT, ROOT / "handbook", ROOT / "packaging", ROOT / "packaging" / "installers")  # that a file is named from


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    text = re.sub(r"`[^`]*`", "", page.read_text("utf-8"))
    links = [link for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_are_there(page: Path) -> None:
    named = re.findall(r"`([\w.-]+/[\w./*-]+\.(?:py|md|typ|toml|sh|txt|c))`", page.read_text("utf-8"))
    assert [name for name in named if not any(list(folder.glob(name)) for folder in FOLDERS)] == []


FOR_THE_CODE = (ROOT / "docs" / "architecture.md", ROOT / "CONTRIBUTING.md")  # these name what is in it
CODE = (ROOT / "handbook", ROOT / "packaging")
OUTSIDE = {  # what is no part of the repository
    ".venv",
    "build/proof",
    "content/pl",
    "dist/",
    "handbook.1.log",
    "handbook.log",
    "portable.txt",
    "python3-venv",
}


def names_in(source: str) -> Iterator[str]:
    """Every name that a module defines or uses, and every text that is one word; nothing of comments."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.arg(arg=str(name)) | ast.keyword(arg=str(name)) | ast.Constant(value=str(name)):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                modules = [one.name for one in names] + [getattr(node, "module", None) or ""]
                yield from (part for module in modules for part in module.split("."))


@cache
def names_of(path: Path) -> frozenset[str]:
    text = path.read_text("utf-8")
    return frozenset(re.findall(r"(?m)^#let ([\w-]+)", text) if path.suffix == ".typ" else names_in(text))


@cache
def all_names() -> frozenset[str]:
    paths = [path for folder in CODE for suffix in ("py", "typ") for path in folder.rglob(f"*.{suffix}")]
    folders = [path.name for folder in CODE for path in folder.rglob("*") if path.is_dir()]
    return frozenset().union([path.stem for path in paths], folders, *map(names_of, paths))


def is_there(span: str) -> bool:
    """Is a span of code in a document a file, a folder, a module, or a name of the program?"""
    if any(sign in span for sign in ' {}<>*…"(=#→') and not re.fullmatch(r"[\w./]+\(\)", span):
        return True  # a command line or a piece of text: an example, and no name
    name = span.removesuffix("()").removesuffix("/…")
    if name in OUTSIDE or name.startswith(("-", ".")):
        return True
    if "/" in name or re.search(r"\.(py|md|typ|toml)$", name):
        folders = (*FOLDERS, ROOT / "handbook" / "ui")
        beside = any((folder / name).exists() or (folder / f"{name}.py").exists() for folder in folders)
        return beside or any(any(folder.rglob(name)) for folder in (*CODE, ROOT / "content"))
    return all(part in all_names() for part in name.split("."))


@pytest.mark.parametrize("page", FOR_THE_CODE, ids=lambda page: page.name)
def test_what_is_named_in_the_code_is_there(page: Path) -> None:
    text = re.sub(r"(?ms)^```.*?^```", "", page.read_text("utf-8"))
    assert [span for span in re.findall(r"`([^`]+)`", text) if not is_there(span)] == []


def rows_of_changes() -> list[tuple[str, str]]:
    page = FOR_THE_CODE[0].read_text("utf-8")
    table = page.partition("## To change")[2].partition("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return [(row[0].strip(), row[1].strip()) for row in rows[1:] if not row[0].startswith(" **")]


def test_the_table_of_changes_is_read() -> None:
    assert len(rows_of_changes()) >= 20


@pytest.mark.parametrize(("change", "where"), rows_of_changes())
def test_each_change_is_made_where_the_table_says(change: str, where: str) -> None:
    path, *names = re.findall(r"`([^`]+)`", where)
    file = ROOT / "handbook" / path
    assert file.exists()
    assert names or file.is_dir(), "say what to search for in the file"
    assert [name for name in names if name not in names_of(file)] == []


# -- What modules say of each other ----------------------------------------------------------------------------

SOURCES = sorted((ROOT / "handbook").rglob("*.py"))
NAMED = {path.relative_to(ROOT).as_posix() for folder in (*CODE, ROOT / "tests") for path in folder.rglob("*.*")}
IN_A_LIST = re.compile(r"^    ([\w*]+(?:\.py|/))\s+\S", re.MULTILINE)


@cache
def docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""


def test_files_that_a_module_names_are_there() -> None:
    """Such as "(ranking.py)": behind a move, the pointer would lead nowhere."""
    whole = {f"/{name}" for name in NAMED} | {"/run.py"}
    ends = {name[at:] for name in whole for at in range(len(name)) if name[at] == "/"}
    named = [(path, re.findall(r"(?<![\w./-])([\w./-]+\.(?:py|typ))\b", docstring(path))) for path in SOURCES]
    assert [(path.name, name) for path, names in named for name in names if f"/{name}" not in ends] == []


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path.name == "__init__.py"],
    ids=lambda path: path.parent.relative_to(ROOT).as_posix(),
)
def test_a_packages_list_of_its_modules_is_whole(path: Path) -> None:
    if not IN_A_LIST.search(docstring(path)):
        return  # a few words say what is in it
    listed = {name for name in IN_A_LIST.findall(docstring(path)) if "*" not in name} - {path.name}
    inside = {one.name for one in path.parent.glob("*.py")} - {path.name}
    folders = {f"{one.name}/" for one in path.parent.iterdir() if one.is_dir() and not one.name.startswith("__")}
    assert listed <= inside | folders
    assert inside <= listed
