"""Writes a book as Markdown that this program reads again: the same tree, for going on elsewhere.

Belongs here: element trees as Markdown, and the folder around them. Not here: reading (content/).

A folder has a handbook.toml, a file for each text, the pictures, and the statement's digest if all of it is there. What
a text is (front matter) goes along. Each sign that Markdown would take for its own is written with a backslash, so that
no text becomes markup on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar
from xml.etree.ElementTree import Element

from handbook.base.catalogue import tr
from handbook.check import training, verbatim
from handbook.content import figures, markup
from handbook.content.front_matter import read as read_front
from handbook.content.handbook import Handbook
from handbook.content.metadata import FrontMatter, Material
from handbook.export.book import Book, OneText, Step, Text, book_of, no_step
from handbook.export.choice import Choice, chosen
from handbook.export.pictures import Pictures, pictures_of

_SIGNS = re.compile(r"[\\`*_{}\[\]>|<&]")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}  # these know no backslash
_LEAD = re.compile(r"^(\s{0,3})(#{1,6}(?=\s)|[-+](?=\s)|[0-9]{1,9}(?=[.)]\s)|>|:(?=\s)|!!!|~~~|\+\+\+|---|===|=+$|-+$)")
_END_OF_TITLE = re.compile(r"(?<!\\)#(?=#*$)")  # would close a heading, and not be shown
_SPACE = re.compile("[ \t\n\r]+")
_INDENT = "    "
_TICKS = re.compile("`+")


def one_file(book: Book, step: Step = no_step) -> bytes:
    """A book of one text without pictures as one file. Raises OneText."""
    text = _only_text(book)
    step(0.5)
    return _file(book, text, Pictures({}), is_alone=True).encode()


def check(handbook: Handbook, choice: Choice, read: Callable[[str], Element] | None = None) -> None:
    """Check before the work, and quickly, that one_file() takes a choice. Raises OneText, and what chosen() raises."""
    found = chosen(handbook, choice)
    if choice.workshop is not None or len(found.pieces) > 1:  # a workshop's title page is a text, too
        raise _more_than_one_text()
    _only_text(book_of(handbook, choice, read))


def _only_text(book: Book) -> Text:
    (text, *more) = book.texts
    if more or any(figures.is_shown(one) for one in text.tree.iter("figure")):
        raise _more_than_one_text()
    return text


def _more_than_one_text() -> OneText:
    return OneText(
        tr("This is more than one text, or it has pictures: as Markdown it is a folder. Give the name of a new folder.")
    )


def folder(book: Book, step: Step = no_step) -> Mapping[str, bytes]:
    """The book as files of a folder by their names: handbook.toml, a file for each text, pictures, the proof."""
    pictures = pictures_of(book, drawings=True, step=lambda share: step(0.3 * share))
    files: dict[str, bytes] = {"handbook.toml": _manifest(book).encode()}
    for number, text in enumerate(book.texts):
        step(0.3 + 0.6 * number / len(book.texts))
        files[f"{text.name}.md"] = _file(book, text, pictures).encode()
    files |= {one.name: one.data for one in pictures.files}
    digest = verbatim.digest_of(text.tree for text in book.texts if text.kind == "statement")
    if digest == verbatim.kept_digest(book.handbook.folder):  # the whole statement is among the texts
        files[verbatim.STATEMENT_DIGEST] = f"{digest}\n".encode()
    step(0.95)
    return files


def _manifest(book: Book) -> str:
    manifest = book.handbook.manifest
    values = {
        "title": book.title,
        "subtitle": book.subtitle,
        "edition": manifest.edition,
        "language": book.language,
        "publisher": manifest.publisher,
        "statement": manifest.statement,
    }
    out = [f"{key} = {_toml(value)}" for key, value in values.items() if value]
    if manifest.as_of:
        out.append(f"as_of = {manifest.as_of.isoformat()}")
    for number, group in enumerate(book.groups, 1):
        names = ", ".join(_toml(text.name) for text in group.texts)
        title = _toml(group.title or book.title)
        out.append(f'\n[[parts]]\nid = "part-{number}"\ntitle = {title}\nchapters = [{names}]')
    return "\n".join(out) + "\n"


def _toml(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _file(book: Book, text: Text, pictures: Pictures, *, is_alone: bool = False) -> str:
    """A text's file. is_alone: there is no handbook.toml beside it, so that it is read by the rules of CommonMark.

    Comments of its front matter are the source line, which this program adds again, and what stands apart."""
    body = _Writer(book, text, pictures, is_alone=is_alone).written()
    has_heading = bool(len(text.tree)) and text.has_title
    front = _front(text, with_title=not has_heading)
    apart = (markup.words_of(block) for block in (text.apart if text.apart is not None else ()))
    comments = "".join(f"# {_toml(line)[1:-1]}\n" for line in (text.source, *apart))
    return f"+++\n{comments}{front}+++\n\n{body}\n"


def _front(text: Text, *, with_title: bool) -> str:
    front = text.chapter.front if text.chapter is not None else FrontMatter()
    out = [f"title = {_toml(text.title)}"] if with_title else []
    if front.kind != "text":
        out.append(f"kind = {_toml(front.kind)}")
    if front.audience != "everyone":
        out.append(f"audience = {_toml(front.audience)}")
    if front.source:
        out.append(f"source = {_toml(front.source)}")
    out += [f"{key} = {value}" for key, value in (("minutes", front.minutes), ("level", front.level)) if value]
    if front.group_size:
        out.append(f"group_size = {_toml(front.group_size)}")
    if front.materials:
        out.append(f"materials = [{', '.join(map(_material, front.materials))}]")
    made = "".join(f"{line}\n" for line in out)
    faults: list[str] = []
    read_front(("+++", *out, "+++"), lambda _, said: faults.append(said))
    return made if not faults else ""


def _material(one: Material) -> str:
    per = {0: "one", 1: "each", 2: "pair"}.get(one.people, f"group of {one.people}")
    number = f", number = {one.number}" if one.number != 1 else ""
    return f"{{ item = {_toml(one.item)}, per = {_toml(per)}{number} }}"


class _Writer:
    """Writes one text."""

    def __init__(self, book: Book, text: Text, pictures: Pictures, *, is_alone: bool) -> None:
        self._book, self._text, self._pictures = book, text, pictures
        self._is_alone = is_alone
        self._timings = (
            training.timings_of(book.handbook.of(text.chapter.id), text.chapter) if text.chapter is not None else {}
        )
        self._cell = False  # is a cell of a table being written?
        self._above: list[int] = []

    def written(self) -> str:
        return "\n\n".join(self._flow(self._text.tree))

    # -- Blocks -------------------------------------------------------------------------------------------

    def _flow(self, element: Element) -> list[str]:
        """The blocks in an element as Markdown, each without a blank line in front."""
        out: list[str] = []
        run = [_escaped(element.text)]
        before = ""
        for child in element:
            if child.tag in markup.BLOCKS:
                out += _paragraph(run)
                made = self._block(child)
                if before in _LISTS and str(child.tag) in _LISTS and made:
                    out.append("<!-- -->")  # two lists beside each other would become one
                out += made
                before = str(child.tag)
                run = [_escaped(child.tail)]
            else:
                run += [self._inline(child), _escaped(child.tail)]
        return [*out, *_paragraph(run)]

    def _block(self, element: Element) -> list[str]:
        tag = str(element.tag)
        if tag in markup.HEADINGS:
            return [self._heading(element)]
        write = self._WRITERS.get(tag)
        return write(self, element) if write else self._flow(element)

    def _heading(self, element: Element) -> str:
        words = _line(self._runs(element))
        anchor = element.get("id")
        level = int(element.tag[1])
        if anchor is None:
            return f"{'#' * level} {words}"
        words = _END_OF_TITLE.sub(r"\\\g<0>", words)
        timing = self._timings.get(anchor)  # no page has it, but who goes on writing needs it
        made = f"{'#' * level} {words}" + (f" {{#{anchor}}}" if anchor else "")
        return f"{made}\n{timing}" if anchor and timing else made

    def _p(self, element: Element) -> list[str]:
        if element.get("class") == "sheet":
            return []  # the facts of its front matter, which say it again
        words = "".join(self._runs(element)).strip(" \n")
        if not words:
            return []
        anchor = element.get("id")
        return [_safe(words) + (f"\n{{: #{anchor} }}" if anchor else "")]

    def _list(self, element: Element) -> list[str]:
        items = [item for item in element if item.tag == "li"]
        loose = any(child.tag == "p" for item in items for child in item)
        start = element.get("start", "1")
        number = int(start) if re.fullmatch("[0-9]{1,9}", start) else 1
        out: list[str] = []
        for item in items:
            mark = f"{number}." if element.tag == "ol" else "-"
            number += 1
            # To CommonMark an item's own is what stands below its words, to Python-Markdown what is four blanks in.
            inside = max(len(_INDENT), len(mark) + 1) if self._is_alone else len(_INDENT)
            out.append(_hung(mark, ("\n\n" if loose else "\n").join(self._flow(item)), inside))
        return [("\n\n" if loose else "\n").join(out)]

    def _definitions(self, element: Element) -> list[str]:
        out: list[str] = []
        for child in element:
            if child.tag == "dt":
                out.append(("\n" if out and not out[-1].startswith("\n") else "") + _safe(_line(self._runs(child))))
            else:
                blocks = self._flow(child)
                loose = any(inner.tag in markup.BLOCKS for inner in child)
                out.append(("\n" if loose else "") + _hung(":", "\n\n".join(blocks)))
        return ["\n".join(out)]

    def _quotation(self, element: Element) -> list[str]:
        lines = "\n\n".join(self._flow(element)).split("\n")
        return ["\n".join(f"> {line}".rstrip() for line in lines)]

    def _code(self, element: Element) -> list[str]:
        words = "".join(element.itertext()).strip("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(words)), default=0))
        return [f"{fence}\n{words}\n{fence}"]

    def _rule(self, _: Element) -> list[str]:
        return ["* * *"]

    def _div(self, element: Element) -> list[str]:
        classes = element.get("class", "").split()
        if "footnotes" in classes:
            return list(self._notes(element))
        if "lines" in classes:
            return [_framed(f'!!! lines "{element.get("data-height", "24")} mm"', self._flow(element))]
        if "admonition" in classes:
            return [self._callout(element, [one for one in classes if one != "admonition"])]
        return self._flow(element)

    def _callout(self, element: Element, kinds: Sequence[str]) -> str:
        first = element[0] if len(element) else None
        title, blocks = "", self._flow(element)
        if first is not None and first.get("class") == "admonition-title":
            title, blocks = _line(self._runs(first)), blocks[1:]
        title = title.replace('"', "”")
        return _framed(f'!!! {" ".join(kinds) or "note"} "{title}"', blocks)

    def _notes(self, element: Element) -> Iterator[str]:
        for item in element.iter("li"):
            name = item.get("data-note")
            if name is not None:
                yield _framed("", self._flow(item)).replace(f"\n{_INDENT}", f"[^{name}]: ", 1)

    def _table(self, element: Element) -> list[str]:
        self._cell = True
        rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in element.iter("tr")]
        if not rows:
            return []
        made = [["".join(self._runs(cell)).strip().replace("\n", " ") for cell in row] for row in rows]
        self._cell = False
        signs = [_ALIGNED.get(_alignment(cell), "---") for cell in rows[0]]
        if rows[0] and rows[0][0].tag == "td":  # no head, which Markdown has always
            made.insert(0, [""] * len(rows[0]))
        lines = [f"| {' | '.join(one or ' ' for one in row)} |" for row in made]
        return ["\n".join((lines[0], f"| {' | '.join(signs)} |", *lines[1:]))]

    def _figure(self, element: Element) -> list[str]:
        found = self._pictures.of(element)
        source = found.name if found is not None else element.get("src", "")
        caption = figures.caption_of(element).replace('"', "”")
        title = f' "{caption}"' if caption else ""
        width, anchor = element.get("width", ""), element.get("id", "")
        more = " ".join(filter(None, (f"#{anchor}" if anchor else "", f"width={width}" if width else "")))
        alternative = _SIGNS.sub(_marked, element.get("alt", ""))
        target = f"<{source}>" if re.search(r"[\s()]", source) else source
        return [f"![{alternative}]({target}{title})" + (f"{{ {more} }}" if more else "")]

    # -- In a line ----------------------------------------------------------------------------------------

    def _runs(self, element: Element) -> list[str]:
        out = [_escaped(element.text)]
        for child in element:
            out += [self._inline(child), _escaped(child.tail)]
        return out

    def _inline(self, element: Element) -> str:
        tag = str(element.tag)
        if tag == "br":
            return "<br>" if self._cell else "  \n"
        if tag == "sup" and element.get("data-note") is not None:
            return f"[^{element.get('data-note')}]"
        words = "".join(self._runs(element))
        if tag in ("em", "strong"):
            sign = "*" if tag == "em" else "**"
            core = words.strip()
            lead, tail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
            return f"{lead}{sign}{core}{sign}{tail}" if core else words
        if tag == "code":
            inner = "".join(element.itertext())
            ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(inner)), default=0))
            pad = " " if inner.startswith("`") or inner.endswith("`") else ""
            return f"{ticks}{pad}{inner}{pad}{ticks}"
        if tag == "a":
            return self._link(element, words)
        anchor = element.get("id")
        return f'<a id="{anchor}"></a>{words}' if anchor else words

    def _link(self, element: Element, words: str) -> str:
        target = element.get("href", "")
        if not markup.is_external(target):
            place = self._book.place(target)
            if place is None:
                return words
            anchor = f"#{place.anchor}" if place.anchor else ""
            target = anchor if place.text == self._text.name and anchor else f"{place.text}.md{anchor}"
        if re.search(r"[\s()<>]", target):
            target = f"<{re.sub(r'[<>]', '', target)}>"
        return f"[{words}]({target})"

    _WRITERS: ClassVar[Mapping[str, Callable[[_Writer, Element], list[str]]]] = {
        "p": _p,
        "ul": _list,
        "ol": _list,
        "dl": _definitions,
        "blockquote": _quotation,
        "pre": _code,
        "hr": _rule,
        "div": _div,
        "table": _table,
        "figure": _figure,
    }


_LISTS = ("ul", "ol")
_ALIGNED = {"left": ":--", "right": "--:", "center": ":-:"}


def _alignment(cell: Element) -> str:
    found = re.search(r"text-align:\s*(left|right|center)", cell.get("style", ""))
    return found.group(1) if found else ""


def _escaped(text: str | None) -> str:
    return _SIGNS.sub(_marked, _SPACE.sub(" ", text or ""))


def _marked(sign: re.Match[str]) -> str:
    return _ENTITIES.get(sign.group(), f"\\{sign.group()}")


def _safe(words: str) -> str:
    """A paragraph whose lines do not begin as a heading, a list or a frame does."""
    return "\n".join(_LEAD.sub(_with_backslash, line) for line in words.split("\n"))


def _with_backslash(found: re.Match[str]) -> str:
    lead, sign = found.groups()
    if sign[0].isdecimal():
        return f"{lead}{sign}\\"
    return f"{lead}&#{ord(sign[0])};{sign[1:]}" if sign[0] in ":=~" else f"{lead}\\{sign}"


def _line(runs: Sequence[str]) -> str:
    return " ".join("".join(runs).split())


def _paragraph(run: Sequence[str]) -> list[str]:
    words = "".join(run).strip(" \n")
    return [_safe(words)] if words else []


def _hung(mark: str, body: str, inside: int = len(_INDENT)) -> str:
    """An item: its mark, and all of it indented, by so many blanks."""
    first, *rest = body.split("\n")
    lead = f"{mark:<4}" if len(mark) < 4 else f"{mark} "
    return "\n".join([f"{lead}{first}".rstrip(), *(f"{' ' * inside}{line}" if line else "" for line in rest)])


def _framed(head: str, blocks: Sequence[str]) -> str:
    body = "\n\n".join(blocks).split("\n")
    return "\n".join([head, *(f"{_INDENT}{line}" if line else "" for line in body)])
