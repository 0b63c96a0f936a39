"""What MkDocs and CommonMark make of a folder of Markdown, beside what the handbook makes of it.

    python -m tests.cases.compared --readers PYTHON [DIR …]

PYTHON is an interpreter that has mkdocs, pymdown-extensions, markdown-it-py and mdit-py-plugins (none of them is
needed for anything else, so they are not installed with the tests). Without DIR, the small handbooks of others.py are
compared. Each page becomes lines: headings, items of lists by their depth, cells, code, boxes, pictures, places that
links lead to. Lines that one has and the other lacks are printed; those that docs/writing.md names are to be expected.

A folder with a mkdocs.yml is compared with MkDocs. Others are written for GitHub, mdBook and their like: MkDocs would
not nest their lists as their authors see them, so there the reader that differs less is taken."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Container, Iterable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from handbook.content import markup
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.loading import load
from tests.cases import others
from tests.helpers import write

_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_EXTENSIONS = ("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "sane_lists",
               "pymdownx.details", "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tilde",
               "pymdownx.magiclink")  # fmt: skip
_TABS = "  - pymdownx.tabbed:\n      alternate_style: true\n"
_BLOCKS = markup.BLOCKS | {"summary", "details", "section", "main", "article", "figcaption", "center"}
_INLINE = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "del": "del", "s": "del", "code": "code",
           "kbd": "code", "sub": "sub", "sup": "sup"}  # fmt: skip
_LEFT_OUT = frozenset(("script", "style"))
_COMMONMARK = """
import json, sys
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin
reader = MarkdownIt("gfm-like", {"html": True}).use(deflist_plugin).use(footnote_plugin)
reader.use(front_matter_plugin).use(tasklists_plugin)
reader.linkify.set({"fuzzy_link": False})
json.dump({name: reader.render(text) for name, text in json.load(sys.stdin).items()}, sys.stdout)
"""


# -- A page as lines ---------------------------------------------------------------------------------------------


class _Tree(HTMLParser):
    """A page of HTML as elements; what is not closed ends with what it lies in."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("main")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


def tree_of(page: str) -> Element:
    """The elements of an HTML page."""
    reader = _Tree()
    reader.feed(page)
    reader.close()
    return reader.root


class _Lines:
    """The structure of a page, a line for each thing in it, in their order."""

    def __init__(self, place: Callable[[str], str]) -> None:
        self._place = place
        self.lines: list[str] = []

    def block(self, element: Element, depth: int = 0) -> None:
        """Write an element that stands by itself, and all that is in it."""
        classes = element.get("class", "").split()
        if element.tag in _LEFT_OUT or "toc" in classes:
            return
        if {"footnotes", "footnote"} & set(classes):
            for item in element.iter("li"):
                self._words("note", item)
            return
        if element.tag == "pre":
            said = re.sub(r"\s+", " ", "".join(element.itertext())).strip()
            self.lines.append(f"code {said}")
            return
        if element.tag == "figure" and element.get("src") is not None:
            caption = element.findtext("figcaption") or ""
            self._picture(element.get("src", ""), element.get("alt", ""), caption)
            return
        if element.tag == "hr":
            return
        if element.tag == "figure" and (image := element.find(".//img")) is not None:
            said = "".join("".join(one.itertext()) for one in element.iter("figcaption"))
            self._picture(image.get("src", ""), image.get("alt", ""), " ".join(said.split()) or image.get("title", ""))
            return
        if "tabbed-set" in classes:
            titles = [" ".join("".join(one.itertext()).split()) for one in element.iter("label")]
            blocks = [one for one in element.iter("div") if one.get("class") == "tabbed-block"]
            for title, block in zip(titles, blocks, strict=True):
                self.lines.append(f"box {title}")
                self._inside(block, depth)
            return
        if element.tag in ("ul", "ol"):
            self._inside(element, depth + 1)
        else:
            self._inside(element, depth, self._name(element, depth))

    def _name(self, element: Element, depth: int) -> str:
        if element.tag == "li":
            return f"item{depth}"
        if "admonition-title" in element.get("class", "").split() or element.tag == "summary":
            return "box"
        return {"td": "cell", "th": "head", "dt": "term", "dd": "meaning"}.get(element.tag, element.tag)

    def _inside(self, element: Element, depth: int, name: str = "p") -> None:
        """Words and blocks as they follow each other: words between two blocks are a paragraph."""
        name = name if name not in ("div", "main", "section", "article", "center", "details", "blockquote") else "p"
        words = Element("p")
        words.text = element.text
        for child in element:
            if child.tag in _BLOCKS:
                name = self._written(name, words)
                self.block(child, depth)
                if child.tag in ("p", "div", "pre", "ul", "ol", "figure") and name.startswith("item"):
                    name = "p"
                words = Element("p")
                words.text = child.tail
            else:
                words.append(child)
        self._written(name, words)

    def _written(self, name: str, words: Element) -> str:
        if (name in ("cell", "head") and not len(words)) or "".join(words.itertext()).strip() or len(words):
            self._words(name, words)
            return "p"
        return name

    def _words(self, name: str, element: Element) -> None:
        pieces, inline = [], []
        pictures: list[Element] = []

        def walk(one: Element) -> None:
            classes = one.get("class", "").split()
            if one.tag in _LEFT_OUT or {"headerlink", "footnote-backref"} & set(classes):
                return
            if one.tag == "input" and one.get("type") == "checkbox":
                pieces.append("☑ " if "checked" in one.attrib else "☐ ")
            elif "footnote-ref" in classes:
                pieces.append("[note]")
                return
            elif one.tag == "img":
                pictures.append(one)
                pieces.append(f"\0{one.get('alt', '')}\0")
            elif one.tag == "br":
                pieces.append(" ")
            pieces.append(one.text or "")
            for child in one:
                walk(child)
                pieces.append(child.tail or "")
            said = " ".join("".join(one.itertext()).split())
            if one.tag == "a" and one.get("href") is not None:
                inline.append(f"link {self._place(one.get('href', ''))} | {said}")
            elif one.tag in _INLINE and one.find("a[@class='footnote-ref']") is None:
                inline.append(f"{_INLINE[one.tag]}: {said}")

        walk(element)
        said = "".join(pieces)
        alone = pictures and not re.sub("\0[^\0]*\0", "", said).strip()
        if alone:
            for one in pictures:
                self._picture(one.get("src", ""), one.get("alt", ""), one.get("title", ""))
        else:
            said = " ".join(said.replace("\0", "").split())
            if said or name in ("cell", "head"):
                self.lines.append(f"{name} {said}".rstrip())
            self.lines += sorted(inline)

    def _picture(self, source: str, alternative: str, caption: str) -> None:
        self.lines.append(f"picture {self._place(source)} | {' '.join(alternative.split())} | {caption}")


def lines_of(root: Element, place: Callable[[str], str]) -> list[str]:
    """The structure of a tree. place: what an address of a link or picture leads to."""
    lines = _Lines(place)
    lines.block(root)
    # A heading that ends in a box of its own, or several words in a row, are compared by what they say.
    return lines.lines


# -- What each makes of a folder ----------------------------------------------------------------------------------


def _inside_folder(file: str, address: str) -> str:
    """A relative address as a name inside the folder, with its anchor."""
    path, sharp, anchor = unquote(address).partition("#")
    if not path:
        return file + sharp + anchor
    if path.startswith("/"):
        return path.lstrip("/") + sharp + anchor
    return os.path.normpath(os.path.join(os.path.dirname(file), path)) + sharp + anchor  # noqa: PTH118, PTH120


def _plain_place(address: str) -> str:
    """What is compared of an address: in the web all of it, in the folder the file and whether an anchor follows."""
    if re.match(r"[a-z]+:|//", address, re.IGNORECASE):
        return address.replace("&amp;", "&")
    path, sharp, _ = address.partition("#")
    return path + sharp


def ours(handbook: Handbook) -> dict[str, list[str]]:
    """The lines of each file as the handbook reads it."""
    return {chapter.file: lines_of(markup.parse(chapter), _our_place(handbook, chapter))
            for chapter in handbook.chapters.values()}  # fmt: skip


def _our_place(handbook: Handbook, chapter: Chapter) -> Callable[[str], str]:
    def place(address: str) -> str:
        if markup.is_external(address) or address.startswith("//"):
            return _plain_place(address)
        if re.search(r"\.(?:png|jpe?g|gif|webp|svg)$", address, re.IGNORECASE):
            return _inside_folder(chapter.file, address)
        section = handbook.find(address)
        if section is None:
            return _plain_place(_inside_folder(chapter.file, address))
        return handbook.chapters[section.address.chapter].file + ("#" if section.address.anchor else "")

    return place


def by_commonmark(folder: Path, files: Iterable[str], python: str) -> dict[str, list[str]]:
    """The lines of each file as CommonMark with GitHub's tables, boxes and struck words has it."""
    texts = {file: (folder / file).read_text(encoding="utf-8-sig", errors="replace") for file in files}
    ran = subprocess.run(
        [python, "-c", _COMMONMARK], input=json.dumps(texts), capture_output=True, check=False, text=True
    )
    if ran.returncode:
        raise SystemExit(ran.stderr)
    return {file: lines_of(tree_of(page), _file_place(file, texts)) for file, page in json.loads(ran.stdout).items()}


def _file_place(file: str, files: Container[str]) -> Callable[[str], str]:
    def place(address: str) -> str:
        if re.match(r"[a-z]+:|//", address, re.IGNORECASE):
            return _plain_place(address)
        found = _plain_place(_inside_folder(file, address))
        source = found.replace(".html", ".md")
        return source if source.rstrip("#") in files else found

    return place


def by_mkdocs(folder: Path, python: str, work: Path) -> dict[str, list[str]]:
    """The lines of each file as MkDocs has it, in a theme that is nothing but the page."""
    write(work, {"theme/main.html": "{{ page.content }}", "theme/404.html": "", "theme/sitemap.xml": ""})
    own = next((name for name in ("mkdocs.yml", "mkdocs.yaml") if (folder / name).is_file()), "")
    config = [f"site_dir: {work / 'site'}", "use_directory_urls: false", "plugins: []", "hooks: []", "watch: []"]
    config += [f"theme:\n  name: null\n  custom_dir: {work / 'theme'}", "validation:\n  omitted_files: ignore"]
    text = (folder / own).read_text(encoding="utf-8") if own else ""
    where = folder
    if own:
        docs = re.search(r"^docs_dir:\s*(\S+)", text, re.MULTILINE)
        where = folder / (docs.group(1).strip("'\"") if docs else "docs")
        if not where.is_dir() or (docs and ".." in docs.group(1)):
            where, own = folder, ""
    if own:
        config.append(f"INHERIT: {folder / own}")
    if "markdown_extensions" not in text or not own:
        config.append("markdown_extensions:\n" + "".join(f"  - {name}\n" for name in _EXTENSIONS) + _TABS)
    config += [f"docs_dir: {where}", *([] if own else ["site_name: Compared"])]
    write(work, {"config.yml": "\n".join(config)})
    ran = subprocess.run([python, "-m", "mkdocs", "-q", "build", "-f", str(work / "config.yml")], cwd=folder,
                         capture_output=True, check=False, text=True)  # fmt: skip
    if ran.returncode:
        raise SystemExit(ran.stderr)
    files = [path.relative_to(where).as_posix() for path in sorted(where.rglob("*.md"))]
    pages = {_page_of(file): file for file in reversed(files)}
    made: dict[str, list[str]] = {}
    for page, file in pages.items():
        path = work / "site" / page
        if path.is_file():
            made[file] = lines_of(tree_of(path.read_text(encoding="utf-8")), _site_place(page, pages))
    return made


def _page_of(file: str) -> str:
    folder, slash, name = file.rpartition("/")
    return f"{folder}{slash}{'index' if name == 'README.md' else name.removesuffix('.md')}.html"


def _site_place(page: str, pages: dict[str, str]) -> Callable[[str], str]:
    def place(address: str) -> str:
        if re.match(r"[a-z]+:|//", address, re.IGNORECASE):
            return _plain_place(address)
        path, sharp, _ = _inside_folder(page, address).partition("#")
        return pages.get(path, path) + sharp

    return place


# -- The comparison -----------------------------------------------------------------------------------------------


def differences(theirs: list[str], here: list[str]) -> list[str]:
    """The lines that only one of two has."""
    return [
        line
        for line in difflib.unified_diff(theirs, here, lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]


def compare(name: str, folder: Path, python: str, work: Path, most: int) -> int:
    """Print how a folder differs; the number of lines that do."""
    handbook = load(folder)
    mine = ours(handbook)
    has_nav = any((folder / one).is_file() for one in ("mkdocs.yml", "mkdocs.yaml")) and handbook.folder != folder
    readers = {"MkDocs": by_mkdocs(folder, python, work)}
    if not has_nav:
        readers["CommonMark"] = by_commonmark(handbook.folder, mine, python)
    kinds: Counter[str] = Counter()
    total = lines = 0
    for file, here in mine.items():
        found = {reader: differences(pages[file], here) for reader, pages in readers.items() if file in pages}
        if not found:
            print(f"{name}/{file}: no other reader has it")
            continue
        reader = min(found, key=lambda one: len(found[one]))
        lines += len(here)
        total += len(found[reader])
        kinds.update(line[1:].split(" ")[0] for line in found[reader])
        if found[reader] and most:
            print(f"{name}/{file} ({reader})")
            print("\n".join(f"    {line[:200]}" for line in found[reader][:most]))
    print(f"{name}: {len(mine)} pages, {lines} lines, {total} differ", dict(kinds.most_common()))
    return total


def main() -> int:
    """Compare the folders that are named, or the small handbooks."""
    parser = argparse.ArgumentParser(prog="python -m tests.cases.compared", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    parser.add_argument("--readers", default=sys.executable, metavar="PYTHON", help="that has MkDocs and markdown-it")
    parser.add_argument("--most", type=int, default=20, help="lines that are printed of a page (20)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folders = {path.resolve().name: path.resolve() for path in arguments.folders}
        if not folders:
            small = {**others.ALL, "large": others.large()}
            folders = {name: write(Path(temporary) / name, files) for name, files in small.items()}
        for number, (name, folder) in enumerate(folders.items()):
            work = Path(temporary) / f"work-{number}"
            compare(name, folder, arguments.readers, work, arguments.most)
            shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
