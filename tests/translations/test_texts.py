"""Every text that a person sees goes through the catalogue, in a form that can be collected and translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.translations import po_file
from tests.helpers import ROOT

SOURCE = ROOT / "handbook"
LOOKS_UP = {"tr", "N_", "gettext", "ngettext", "pgettext", "npgettext"}
# Calls whose texts no person sees: the log, patterns, what Qt and Python use as names.
UNSEEN = re.compile(
    r"_log\.|log\.|logging\.|re\.|warnings|_note$|setObjectName|QFont|LatestOnlyWorker|Thread|Namespace|"
    r"ValueError$|TypeError$|KeyError$|IndexError$|UnpicklingError$|RuntimeError$|IndexDamaged$|literal$|Code$|Literal$"
)
# A sentence: a capital, and after it at least two more words, without signs of markup or code.
SENTENCE = re.compile(r"(?:^|\s|')[A-Z][a-z']*(?: [a-z',-]+){2,}")
MARKUP = re.compile(r"[<>{};#=]|\\|--|/")
# What is no text of the program, file by file, each with its reason.
EXCEPTIONS = {
    "base/components.py": "versions, for the log",
    "base/toml_text.py": "what tomllib says, by which its faults are told apart",
    "content/glossary.py": "words of the content, by which it is read",
    "ui/help/report.py": "a report for the authors, who read English",
}
HEADINGS = {"Ideas for action", "What it means", "What we take with us"}  # of the content, by which it is read


def _texts(node: ast.AST, inside: bool = False) -> Iterator[tuple[int, str]]:
    """The literals of a module that are not looked up, without docstrings."""
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name.rpartition(".")[2] in LOOKS_UP or UNSEEN.search(name):
            return
    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        first = node.body[0] if node.body else None
        documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        for child in ast.iter_child_nodes(node):
            if not (documented and child is first):
                yield from _texts(child)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    if isinstance(node, ast.JoinedStr):
        yield node.lineno, "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from _texts(child)


def _modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _past() -> list[tuple[str, int, str]]:
    """Sentences that are not looked up: the file, the line, the text."""
    return [
        (file.relative_to(SOURCE).as_posix(), line, text)
        for file in _modules()
        for line, text in _texts(ast.parse(file.read_text(encoding="utf-8")))
        if SENTENCE.search(text) and not MARKUP.search(text) and text not in HEADINGS
    ]


def test_no_sentence_goes_past_the_catalogue() -> None:
    past = _past()
    assert [one for one in past if one[0] not in EXCEPTIONS] == []
    assert sorted({name for name, _, _ in past}) == sorted(EXCEPTIONS), "an exception that is none any more"


def test_the_walk_sees_what_goes_past() -> None:
    seen = 'raise Bad("The file is too large.")\nprint(f"No place has {word} in it.")\ntr("This one is looked up.")'
    assert [line for line, text in _texts(ast.parse(seen)) if SENTENCE.search(text)] == [1, 2]


@pytest.mark.parametrize("file", _modules(), ids=lambda file: file.relative_to(SOURCE).as_posix())
def test_what_is_looked_up_can_be_collected(file: Path) -> None:
    """Babel sees literals alone, and nothing in an f-string; an f-string that is looked up is found in no language."""
    wrong: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in LOOKS_UP:
                    wrong.append(f"{call.lineno}: {ast.unparse(call)} in an f-string")  # noqa: PERF401
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in LOOKS_UP - {"tr", "gettext"}:
            fine = all(isinstance(one, ast.Constant) for one in node.args if ast.unparse(node.func)[-2:] == "N_")
            if not fine or any(isinstance(one, ast.JoinedStr) for one in node.args):
                wrong.append(f"{node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "tr" and isinstance(node.args[0], ast.JoinedStr):
            wrong.append(f"{node.lineno}: {ast.unparse(node)}")
    assert wrong == []


def test_the_files_of_translators_are_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pytest.importorskip("texts")  # packaging/texts.py
    before = {file.name: file.read_bytes() for file in texts.FOLDER.iterdir() if file.suffix in (".po", ".pot")}
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    texts.update()
    after = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert [name for name in after if after[name] != before.get(name)] == [], "python packaging/texts.py"


def test_a_translation_that_is_doubtful_or_of_other_forms_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = pytest.importorskip("texts")  # packaging/texts.py
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    monkeypatch.setattr(texts, "OTHERS", ["pl"])
    entries = (
        """#, fuzzy\nmsgid "one"\nmsgstr "jeden"\n\nmsgid "two"\nmsgstr "dwa"\n\nmsgid "page"\nmsgstr "strona"\n\n"""
    )
    (tmp_path / "pl.po").write_text(f'{texts.head("pl")}\n{entries}msgid "gone"\nmsgstr "precz"\n', encoding="utf-8")
    now = texts.Catalog()
    for text in ("one", "two", ("page", "pages"), "new"):
        now.add(text)
    monkeypatch.setattr(texts, "collected", lambda: now)
    texts.update()
    found = po_file.read((tmp_path / "pl.po").read_text(encoding="utf-8"))
    forms = {entry.text: entry.forms for entry in found}
    assert forms == {"one": ("",), "two": ("dwa",), "page": ("", "", ""), "new": ("",)}
    assert not any(entry.fuzzy for entry in found)
