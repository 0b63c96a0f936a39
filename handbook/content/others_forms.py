"""Rewrites what other programs' Markdown has and ours does not in our own forms, as a file is read.

Belongs here: call-outs of GitHub, MkDocs and of three colons, what unfolds, tabs, task lists, pictures in HTML. Not
here: lists by the rules of CommonMark (others_lists.py), the order of files (others_order.py), what stands within a
line (markup.py and plain_text.py know that).

As the text itself is rewritten, the page, paper, the index and the checks all read the same. Lines keep their numbers,
but for some rare forms that need one line more. Code is left as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handbook.content.entities import unescaped
from handbook.content.headings import ATTRIBUTE_LIST, ATX, FENCE, PICTURE, fenced_lines

_SIGNS = (  # a text that has none of them stays as it is
    "{:",
    "{%",
    "{{",
    "{.",
    "{#",
    "[!",
    ":::",
    "???",
    "===",
    "[ ]",
    "[x]",
    "[X]",
    "<",
    "[TOC]",
    "[toc]",
    "[[_TOC_]]",
    "```",
    "~~~",
)
_FIRST_SIGNS = frozenset(">:<?=`~{")  # with one of them begins a line that is rewritten and has no "["
_ALERT = re.compile(r"([ \t]*+)>[ ]?\[!([A-Za-z][\w-]{0,30})\][-+]?[ \t]*+(.*)$")
_QUOTED = re.compile(r"[ \t]*+>[ ]?")
_QUOTES = re.compile(r"(?:[ ]{0,3}>[ ]?){1,8}")
_UNFOLDS = re.compile(r"([ \t]*+)\?\?\?\+?[ ]?([\w-]{1,40}(?:[ ]+[\w-]{1,40}){0,5}[ ]*+(?:\".*\")?[ ]*+)$")
_TAB = re.compile(r"([ \t]*+)===[!+]?[ ]++\"(.{0,300})\"[ ]*+$")
_COLONS = re.compile(r"([ \t]*+)(:{3,200}+)[ \t]*+(.*?)[ \t]*+$")
_KIND = re.compile(
    r"(?:\{\.?([A-Za-z][\w-]{0,30})(?:[ ][^}\n]{0,300})?\}|([A-Za-z][\w-]{0,30}))"
    r"(?:\[([^\]\n]{0,300})\])?(?:[ \t]++(.{0,300}))?$"
)
_TASK = re.compile(r"([ \t>]{0,40}(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})\[([ xX])\](?=[ \t])")
_CONTENTS = re.compile(r"[ ]{0,3}(?:\[TOC\]|\[\[_TOC_\]\])[ \t]*+$", re.IGNORECASE)
_DETAILS = re.compile(r"([ \t]*+)<(/?)details(?:[ ][^<>\n]{0,200})?>[ \t]*+(.*)$", re.IGNORECASE)
_SUMMARY = re.compile(r"[ \t]*+<summary(?:[ ][^<>\n]{0,200})?>(.{0,1000}?)</summary>[ \t]*+(.*)$", re.IGNORECASE)
_IMAGE = re.compile(r"<img[ \t]((?:[^<>\"'\n]|\"[^\"\n]{0,2000}\"|'[^'\n]{0,2000}'){1,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([A-Za-z-]{1,20})[ ]?=[ ]?(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_AROUND = re.compile(r"[ \t]*+<(p|div|center|figure)(?:[ ][^<>\n]{0,300})?>[ \t]*+(.*)$", re.IGNORECASE)
_FIGURE_IN_DIV = re.compile(
    r"[ \t]*+<div(?:[ ][^<>\n]{0,300})?>[ \t]*+(<figure[ >].*</figure>)[ \t]*+</div>[ \t]*+$", re.IGNORECASE
)
_CAPTION = re.compile(r"[ \t]*+<figcaption(?:[ ][^<>\n]{0,300})?>(.{0,1000}?)</figcaption>[ \t]*+$", re.IGNORECASE)
_LINKED = re.compile(r"</?a(?:[ ][^<>\n]{0,2000})?>", re.IGNORECASE)
_PICTURES = re.compile(rf"(?:[ \t]*+(?:{PICTURE}|<br[ ]?/?>))*+[ \t]*+")
# A picture that is alone in its line and only leads to itself in large, or out of the handbook.
_LINKED_PICTURE = re.compile(
    r"^([ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})?+)"
    r"\[(!\[(?:[^\[\]\\\n]|\\.){0,2000}\]\((?!https?:|//)[^()\n]{1,2000}\)(?:\{[^}\n]{0,300}\})?)\]"
    r"\((?:https?://[^()\n]{1,2000}|[^()\n]{1,2000}\.(?:png|jpe?g|gif|webp|svg)(?:[ ]\"[^\"\n]{0,300}\")?)\)"
    r"(\{[^}\n]{0,300}\})?[ \t]*+$",
    re.IGNORECASE,
)
_PARTS = re.compile(  # what a link or a frame of pictures on one line is made of, in HTML
    r"[ \t]*+(?:</?(?:picture|a)(?:[ \t][^<>\n]{0,2000})?>|<source[ \t][^<>\n]{0,2000}>|<br[ ]?/?>)++[ \t]*+",
    re.IGNORECASE,
)
# Attributes on a line of their own, and a list of contents, as kramdown (Jekyll) has them.
_OWN_ATTRIBUTES = re.compile(rf"[ ]{{0,3}}{ATTRIBUTE_LIST}[ \t]*+$")
_OWN_NAME = re.compile(r"(?:^|[ ])#([\w:.-]+)")
_KRAMDOWN_CONTENTS = re.compile(r"[ ]{0,3}\{:[ ]?toc\b[^{}\n]{0,300}\}[ \t]*+$")
_ONE_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|1\.)[ \t]{1,4}[^\n]{1,100}$")
_HINT = re.compile(
    r"([ \t]*+)\{%[ ]*+(?:(end)hint|hint(?:[ ]++style=[\"']([a-z]{1,20})[\"'])?)(?:[ ][^%\n]{0,300})?%\}[ \t]*+$"
)
# What else GitBook has on a line of its own: a tab, what only groups, an address or a file to open.
_GITBOOK = re.compile(
    r"([ \t]*+)\{%[ ]*+(end)?(tabs?|stepper|step|columns?|content-ref|code|embed|file)"
    r"(?:[ ]((?:[^%\n]|%(?!\})){0,2000}))?%\}[ \t]*+$"
)
# What Hugo itself has in two braces: a link by the path of a page, a picture.
_HUGO_LINK = re.compile(r"\{\{[<%][ ]?(?:rel)?ref[ ]{1,3}\\?[\"']([^\"'<>{}\\\n]{1,500})\\?[\"'][ ]?[%>]\}\}")
_HUGO_PICTURE = re.compile(r"\{\{[<%][ ]?figure([ ](?:[^<>{}\"\n]|\"[^\"<>\n]*+\")*+)[%>]\}\}")
_RAW = re.compile(r"\{%-?[ ]{0,3}(?:end)?raw[ ]{0,3}-?%\}")  # of Liquid: nothing between them is a command
_ITEM_OF_CODE = re.compile(r"([ \t>]{0,40})((?:[-*+]|\d{1,9}[.)])[ ]{1,4})(`{3,}+|~{3,}+)([^`]*)$")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_ADMONITION = re.compile(r"([ ]*+)!!! ?([\w-]+)")
# A line that opens or closes code, in a list or a quotation too, and what stands behind its signs: "rust,ignore".
_FENCE = re.compile(r"([ \t]*+(?:>[ \t]*+)*+)(`{3,}+|~{3,}+)[ \t]*+(.*)$")
_LANGUAGE = re.compile(r"[\w#.+-]*")
_QUOTED_CODE = re.compile(r"((?:[ ]{0,3}>[ ]?){1,8})(`{3,}+|~{3,}+)(?=[^`]*$)")
_MOST_FENCES = 1000  # bounds.py lets no more through; each is compared with those below it
DEEPEST = 8  # boxes in each other; bounds.py has the same number for the tree
_FAR = 200  # lines in which the box that code lies in has to begin
_NEAR = 20  # lines in which a wrapper of pictures has to end
_SUMMARY_NEAR = 4  # lines in which the title of what unfolds has to come
# What the containers of three colons are called that are call-outs; others only group what is in them.
_CALLED = frozenset(
    (
        *("note", "info", "tip", "hint", "important", "warning", "caution", "danger", "success", "check", "question"),
        *("example", "quote", "abstract", "summary", "todo", "attention", "error", "failure", "bug", "details"),
        *("seealso", "safety", "trainer", "as-of"),
    )
)


def in_our_forms(lines: Sequence[str]) -> list[str]:
    """The lines of a text in our own forms."""
    text = "\n".join(lines)
    if not any(sign in text for sign in _SIGNS):
        return list(lines)
    made = list(lines)
    if "```" in text or "~~~" in text:
        made = _with_plain_fences(made)
    if "{{" in text and ("ref " in text or "figure " in text):
        made = [line if in_code or "{{" not in line else _without_hugos(line)
                for line, in_code in zip(made, fenced_lines(made), strict=True)]  # fmt: skip
    if "raw" in text and "{%" in text:
        made = [line if in_code else _RAW.sub("", line) for line, in_code in zip(made, fenced_lines(made), strict=True)]
    if "{:" in text or "{." in text or "{#" in text:
        made = _without_own_attributes(made)
    if "[![" in text:
        made = _with_plain_pictures(made)
    lower = "\n".join(made).lower()
    if "<img" in lower or "<figure" in lower or "<picture" in lower:
        made = _with_pictures(made)
    return _Boxes(made).lines()


def _without_hugos(line: str) -> str:
    """A line with Hugo's links as paths and its pictures as in HTML."""
    line = _HUGO_LINK.sub(lambda found: _path_of_hugo(found.group(1)), line)
    return _HUGO_PICTURE.sub(lambda found: f"<img{found.group(1).replace(' caption=', ' title=')}>", line)


def _path_of_hugo(path: str) -> str:
    """From the top of the folder, but for a name alone, which may be a page anywhere."""
    path = path.strip().replace(" ", "%20")
    return path if path.startswith(("/", ".", "#")) or "/" not in path.partition("#")[0].rstrip("/") else f"/{path}"


def _with_plain_fences(lines: list[str]) -> list[str]:
    """The lines with each pair of fences in the form of FENCE: no words but one behind it, closed by as many signs."""
    for number, line in enumerate(lines):
        if ("```" in line or "~~~" in line) and (item := _ITEM_OF_CODE.match(line)):  # an item that is code alone
            lines[number] = f"{item.group(1)}{' ' * len(item.group(2))}{item.group(3)}{item.group(4)}"
    found = [(number, fence) for number, line in enumerate(lines) if (fence := _FENCE.match(line))][:_MOST_FENCES]
    at = 0
    while at < len(found):
        number, fence = found[at]
        around, signs, said = fence.groups()
        at += 1
        if signs[0] == "`" and "`" in said:
            continue  # a line with code in it
        for last in range(at, len(found)):
            below, closes = found[last]
            if closes.group(2).startswith(signs) and not closes.group(3).strip():
                if not FENCE.match(f"{signs}{said}"):
                    first_word = _LANGUAGE.match(said)
                    lines[number] = f"{around}{signs}{first_word.group() if first_word else ''}"
                lines[below] = f"{closes.group(1)}{signs}"
                at = last + 1
                break
    return lines


def _without_own_attributes(lines: list[str]) -> list[str]:
    """The lines without attributes that stand alone between paragraphs; a name among them becomes a place.

    Below a paragraph they are its own, which Python-Markdown knows."""
    fenced = fenced_lines(lines)
    for number, line in enumerate(lines):
        if fenced[number] or "{" not in line or line.lstrip()[:1] != "{":
            continue
        above = lines[number - 1] if number else ""
        if _KRAMDOWN_CONTENTS.match(line):
            before = lines[number - 2] if number > 1 else ""
            if _ONE_ITEM.match(above) and not before.strip():
                lines[number - 1] = ""
            lines[number] = ""
        elif (own := _OWN_ATTRIBUTES.match(line)) and (not above.strip() or ATX.match(above) or above[:1] == "|"):
            name = _OWN_NAME.search(own.group(1))
            goes_on = number + 1 < len(lines) and bool(lines[number + 1].strip())
            if name is None:
                lines[number] = ""
            elif goes_on or above.strip():
                lines[number] = f'<a id="{name.group(1)}"></a>'
    return lines


# -- Pictures ---------------------------------------------------------------------------------------------------


def _with_plain_pictures(lines: list[str]) -> list[str]:
    """The lines with the pictures that are links as pictures alone, but in code."""
    return [
        line if in_code or "[![" not in line else _LINKED_PICTURE.sub(r"\1\2", line)
        for line, in_code in zip(lines, fenced_lines(lines), strict=True)
    ]


def _with_pictures(lines: list[str]) -> list[str]:
    """The lines with `<img>` as pictures of Markdown, and without what only places pictures."""
    fenced = fenced_lines(lines)
    out = [line if in_code else _IMAGE.sub(_picture, _FIGURE_IN_DIV.sub(r"\1", line)) if "<" in line else line
           for line, in_code in zip(lines, fenced, strict=True)]  # fmt: skip
    for number, line in enumerate(out):
        if "![" in line and "<" in line and not fenced[number]:
            rest = _PARTS.sub(" ", line)
            if _PICTURES.fullmatch(rest):
                out[number] = rest.strip()
    _unframe(out, fenced)
    number = 0
    while number < len(out):
        around = _AROUND.match(out[number]) if not fenced[number] and "<" in out[number] else None
        number = (_unwrapped(out, number, around) if around else 0) or number + 1
    return out


def _unframe(lines: list[str], fenced: Sequence[bool]) -> None:
    """Remove `<picture>` and `<a>` that stand on lines of their own around pictures."""
    number = 0
    while number < len(lines):
        if fenced[number] or "<" not in lines[number] or not _PARTS.fullmatch(lines[number]):
            number += 1
            continue
        last = number
        while last < min(number + _NEAR, len(lines)) and (
            _PARTS.fullmatch(lines[last]) or ("![" in lines[last] and _PICTURES.fullmatch(lines[last]))
        ):
            last += 1
        if any("![" in line for line in lines[number:last]):
            lines[number:last] = ["" if _PARTS.fullmatch(line) else line.strip() for line in lines[number:last]]
        number = last


def _picture(match: re.Match[str]) -> str:
    if match.string[: match.start()].count("`") % 2:  # it is code
        return match.group()
    found = {one.group(1).lower(): unescaped(one.group(2) or one.group(3) or one.group(4) or "")
             for one in _ATTRIBUTE.finditer(match.group(1))}  # fmt: skip
    source = found.get("src", "").strip()
    if not source or any(sign in source for sign in "<>\n"):
        return match.group()
    words = re.sub(r"([\\\[\]*_`])", r"\\\1", " ".join(found.get("alt", "").split()))
    title = " ".join(found.get("title", "").replace('"', "'").split())
    target = f"<{source}>" if re.search(r"[\s()]", source) else source
    width = found.get("width", "").strip()
    size = f"{{width={width}}}" if re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?(?:%|px)?", width) else ""
    return f"![{words}]({target}{f' {chr(34)}{title}{chr(34)}' if title else ''}){size}"


def _unwrapped(lines: list[str], number: int, around: re.Match[str]) -> int:
    """Remove an element that holds only pictures (`<p align="center">`).

    The number of the line behind it; 0 if it holds more."""
    end = f"</{around.group(1).lower()}>"
    inside: list[str] = []
    for last in range(number, min(number + _NEAR, len(lines))):
        line = around.group(2) if last == number else lines[last]
        closed = line.rstrip().lower().endswith(end)
        line = _LINKED.sub("", line.rstrip()[: -len(end)] if closed else line)
        pictures, begins, said = line.partition("<figcaption")
        if begins and pictures.strip():  # both on one line
            if not _PICTURES.fullmatch(pictures):
                return 0
            inside.append(pictures.strip())
            line = f"{begins}{said}"
        caption = _CAPTION.match(line)
        if caption is None and not _PICTURES.fullmatch(line):
            return 0
        if caption is None:
            inside.append(line.strip())
        else:
            if not pictures.strip():
                inside.append("")
            _give_caption(inside, " ".join(_TAG.sub("", unescaped(caption.group(1))).replace('"', "'").split()))
        if closed:
            if not any("![" in one for one in inside):
                return 0
            lines[number : last + 1] = inside
            return last + 1
    return 0


def _give_caption(lines: list[str], caption: str) -> None:
    """Give a caption to the last picture of some lines that has none."""
    for number in range(len(lines) - 1, -1, -1):
        before, bracket, behind = lines[number].rpartition(")")
        if bracket and "![" in before and not before.endswith(('"', "'")):
            lines[number] = f'{before} "{caption}"){behind}'
            return


# -- Boxes ------------------------------------------------------------------------------------------------------


class _Box:
    """A box that is open: its indentation, what closes it, its kind ("" for a group without a frame)."""

    def __init__(self, indent: str, closes: str, kind: str) -> None:
        self.indent, self.closes, self.kind = indent, closes, kind


class _Boxes:
    """Rewrites boxes, in one pass. A line that ends no box, or begins one that never ends, stays text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._out: list[str] = []
        self._open: list[_Box] = []
        self._fenced = fenced_lines(lines)
        self._colons = sum(1 for line in lines if line.lstrip().startswith(":::") and not line.strip().strip(":"))
        self._fences: dict[str, int] = {}  # the last line of each that may close code
        for number, line in enumerate(lines):
            if line.lstrip().startswith(("```", "~~~")):
                self._fences[line.strip()] = number
        self._taken = 0  # blanks to take off the lines below code, which was moved out of the item of a list
        self._ends = [number for number, line in enumerate(lines) if "</details" in line.lower()]

    def lines(self) -> list[str]:
        """The lines in our forms."""
        number = 0
        while number < len(self._lines):
            line = self._lines[number]
            if not self._open and not self._taken and "[" not in line and line.lstrip()[:1] not in _FIRST_SIGNS:
                self._out.append(line)  # as nearly all are
                number += 1
            else:
                number = self._line(number)
        return self._out

    def _line(self, number: int) -> int:
        """Write a line and those that belong to it; the number of the line behind them."""
        line = self._lines[number]
        if self._taken and line.strip():
            line = self._without_item(line)
        if self._fenced[number] and not self._open:
            self._out.append(line)
            return number + 1
        stripped = line.lstrip()
        if (
            stripped.startswith(("```", "~~~"))
            and (self._open or line[0] in " \t")
            and (end := self._end_of_code(number))
        ):
            self._code(number, end)
            return end + 1
        first = stripped[:1]
        if first == ">" and "[!" in line and line.count(">") <= DEEPEST and (alert := _ALERT.match(line)):
            return self._alert(number, alert)
        if first == ">" and (end := self._end_of_quoted_code(number)):
            return self._quoted_code(number, end)
        if first == "<" and (details := _DETAILS.match(line)):
            return self._details(number, details)
        if first == "{" and "%}" in line and self._of_gitbook(number, line):
            return number + 1
        if first == ":" and (colons := _COLONS.match(line)) and self._container(colons):
            return number + 1
        if first == "?" and (unfolds := _UNFOLDS.match(line)):
            line = f"{unfolds.group(1)}!!! {unfolds.group(2)}"
        elif first == "=" and (tab := _TAB.match(line)):
            line = f'{tab.group(1)}!!! note "{tab.group(2)}"'
        elif first == "[" and _CONTENTS.match(line):
            line = ""
        elif "[" in line and (task := _TASK.match(line)):
            line = f"{task.group(1)}{'☐' if task.group(2) == ' ' else '☑'}{line[task.end() :]}"
        self._write(line)
        return number + 1

    def _write(self, line: str) -> None:
        """A line inside the boxes that are open."""
        inside = sum(1 for box in self._open if box.kind)
        if self._open and line.startswith(self._open[-1].indent):
            line = line[len(self._open[-1].indent) :]
        self._out.append(f"{self._indent()}{line}" if inside and line.strip() else line if not inside else "")

    def _indent(self) -> str:
        framed = [box for box in self._open if box.kind]
        return (framed[0].indent if framed else "") + "    " * len(framed)

    def _begin(self, indent: str, closes: str, kind: str, title: str | None) -> None:
        said = "" if title is None else f' "{title}"'
        words = f"!!! {kind}{said}"
        self._write(f"{self._open[-1].indent if self._open else indent}{words}")
        self._open.append(_Box(self._open[-1].indent if self._open else indent, closes, kind))

    def _alert(self, number: int, alert: re.Match[str]) -> int:
        """A call-out of GitHub: a quotation that begins with its kind."""
        indent, kind, title = alert.groups()
        self._begin(indent, "", kind.lower(), title.strip() or None)
        number += 1
        inside: list[str] = []
        while number < len(self._lines) and self._lines[number].strip():
            line = self._lines[number]
            if not line.lstrip().startswith(">") and (not inside or not inside[-1].strip() or _begins_block(line)):
                break
            inside.append(_QUOTED.sub("", line, count=1))
            number += 1
        for line in in_our_forms(inside):
            self._write(self._open[-1].indent + line)
        self._open.pop()
        if number < len(self._lines) and self._lines[number].strip():
            self._out.append("")
        return number

    def _details(self, number: int, details: re.Match[str]) -> int:
        """What unfolds in a browser: it is a box that is always open."""
        indent, is_end, rest = details.groups()
        if is_end:
            if not any(box.closes == "details" for box in self._open):
                self._write(self._lines[number])
                return number + 1
            while self._open.pop().closes != "details":
                pass
            self._write(rest)
            return number + 1
        if not self._ends or self._ends[-1] < number or len(self._open) >= DEEPEST:  # it is never closed
            self._write(self._lines[number])
            return number + 1
        title, last = "", number
        summary = _SUMMARY.match(rest) if rest else None
        while summary is None and not rest and last + 1 < min(number + _SUMMARY_NEAR, len(self._lines)):
            last += 1
            summary = _SUMMARY.match(self._lines[last])
            if summary is None:
                summary, last = self._long_summary(last)
            if self._lines[last].strip() and summary is None:
                break
        if summary is None:
            last = number
        else:
            title, rest = " ".join(_TAG.sub("", summary.group(1)).split()), summary.group(2)
        self._begin(indent, "details", "note", title or None)
        self._out += [""] * (last - number)
        before, end, behind = rest.partition("</details>")
        if before.strip():
            self._write(f"{indent}{before.strip()}")
        if end:
            self._open.pop()
            self._write("")
            if behind.strip():
                self._write(behind.strip())
        return last + 1

    def _long_summary(self, first: int) -> tuple[re.Match[str] | None, int]:
        """The title of what unfolds that begins with a line and takes several; and the last of them."""
        if not self._lines[first].lstrip().lower().startswith("<summary"):
            return None, first
        last = first + 1
        while last < min(first + _NEAR, len(self._lines)) and "</summary>" not in self._lines[last].lower():
            last += 1
        found = _SUMMARY.match(" ".join(line.strip() for line in self._lines[first : last + 1]))
        return (found, last) if found else (None, first)

    def _of_gitbook(self, number: int, line: str) -> bool:
        """A tag of GitBook: True if the line is written."""
        if hint := _HINT.match(line):
            return self._box_of_gitbook(
                number, hint.group(1), "hint", hint.group(3) or "note", ends=bool(hint.group(2))
            )
        tag = _GITBOOK.match(line)
        if tag is None:
            return False
        indent, ends, name, said = tag.groups()
        found = {one.group(1): one.group(2) or one.group(3) or "" for one in _ATTRIBUTE.finditer(said or "")}
        if name == "tab":
            title = " ".join(found.get("title", "").replace('"', "'").split())
            return self._box_of_gitbook(number, indent, "tab", "note", title, ends=bool(ends))
        target = found.get("url" if name == "embed" else "src", "").strip()
        opens = name in ("embed", "file") and target and not any(sign in target for sign in "<>")
        words = target if name == "embed" else target.rsplit("/", 1)[-1]
        self._write(f"{indent}[{words}](<{target}>)" if opens else "")
        return True

    def _box_of_gitbook(self, number: int, indent: str, name: str, kind: str, title: str = "", *, ends: bool) -> bool:
        """A call-out or a tab of GitBook: True if the line begins or ends one."""
        if ends:
            if not any(box.closes == name for box in self._open):
                return False
            while self._open.pop().closes != name:
                pass
            self._out.append("")
            return True
        below = self._lines[number + 1 : number + _FAR]
        if len(self._open) >= DEEPEST or not any(f"end{name}" in line for line in below):
            return False
        self._begin(indent, name, kind, title or None)
        return True

    def _container(self, colons: re.Match[str]) -> bool:
        """A container of three or more colons: True if the line begins or ends one."""
        indent, signs, said = colons.groups()
        if not said or not said.strip(":"):
            open_ = [box for box in self._open if box.closes and not box.closes.strip(":")]
            if not open_:
                return False
            while self._open.pop().closes != open_[-1].closes:
                pass
            self._colons -= 1
            self._out.append("")
            return True
        kind = _KIND.match(said)
        if (
            kind is None
            or len(self._open) >= DEEPEST
            or self._colons <= sum(1 for box in self._open if not box.closes.strip(":"))
        ):
            return False
        name, title = (kind.group(1) or kind.group(2)).lower(), kind.group(3) or kind.group(4)
        if name in _CALLED:
            self._begin(indent, signs, "note" if name == "details" else name, title.strip() if title else None)
        else:
            self._open.append(_Box(self._open[-1].indent if self._open else indent, signs, ""))
            self._out.append("")
        return True

    # -- Code in a box, a list or a quotation --

    def _without_item(self, line: str) -> str:
        """A line below code that lay in an item of a list, moved as far to the margin as the code was.

        Python-Markdown would take it for code itself, as it does not lie in the list any more."""
        line = line.replace("\t", "    ") if line[0] == "\t" else line
        indent = len(line) - len(line.lstrip(" "))
        if indent < self._taken:  # the item ends, or one that it lies in goes on
            self._taken = indent
            if self._out[-1].strip():
                self._out.append("")
        return line[self._taken :]

    def _end_of_quoted_code(self, number: int) -> int:
        """The last line of code that is all in a quotation and begins with a line; 0 if none does."""
        opens = _QUOTED_CODE.match(self._lines[number])
        if opens is None or self._open:
            return 0
        depth = opens.group(1).count(">")
        for last in range(number + 1, min(number + _FAR, len(self._lines))):
            around = _QUOTES.match(self._lines[last])
            if around is None or around.group().count(">") < depth:
                return 0
            if self._lines[last][around.end() :].strip() == opens.group(2):
                return last
        return 0

    def _end_of_code(self, number: int) -> int:
        """The line that closes the code that a line opens; 0 if none does."""
        opens = FENCE.match(self._lines[number].strip())
        if opens is None or self._fences.get(opens.group(1), 0) <= number:
            return 0
        for last in range(number + 1, len(self._lines)):
            if self._lines[last].strip() == opens.group(1):
                return last
        return 0

    def _quoted_code(self, number: int, end: int) -> int:
        """Write code of a quotation at the margin, between the parts of the quotation; the line behind it."""
        around = _QUOTES.match(self._lines[number])
        depth = around.group().count(">") if around else 0
        for line in self._lines[number : end + 1]:
            for _ in range(depth):
                line = _QUOTED.sub("", line, count=1)  # noqa: PLW2901 - a sign after the other is taken off it
            self._out.append(line)
        return end + 1

    def _code(self, number: int, end: int) -> None:
        """Write code at the margin, between the parts of the box or list that it is in.

        Python-Markdown reads fenced code only there."""
        first = self._lines[number]
        indent = len(first) - len(first.lstrip())
        for line in self._lines[number : end + 1]:
            taken = min(indent, len(line) - len(line.lstrip(" \t")))
            self._out.append(line[taken:].rstrip() if line is first else line[taken:])
        self._out[-1] = self._out[-1].strip()
        framed = [(box.indent, box.kind) for box in self._open if box.kind]
        following = next((line for line in self._lines[end + 1 : end + 20] if line.strip()), "")
        goes_on = bool(framed) and not following.lstrip().startswith((":::", "</details"))
        if (
            not framed
            and indent
            and (box := self._box_around(len(self._out) - (end - number) - 1, indent - self._taken))
        ):
            framed = [box]
            goes_on = len(following) - len(following.lstrip()) >= indent
        elif not framed:
            self._taken = indent
        if goes_on:
            self._out.append("")
            for depth, (_, kind) in enumerate(framed):
                self._out.append(f'{framed[0][0]}{"    " * depth}!!! {kind} ""')

    def _box_around(self, before: int, indent: int) -> tuple[str, str] | None:
        """The indentation and the kind of the box above a line of the output, if code so indented lies in it."""
        for line in reversed(self._out[max(0, before - _FAR) : before]):
            if line.strip() and len(line) - len(line.lstrip()) < indent:
                opens = _ADMONITION.match(line)
                return (opens.group(1), opens.group(2)) if opens else None
        return None


def _begins_block(line: str) -> bool:
    return bool(re.match(r"[ ]{0,3}(?:#{1,6}[ ]|[-*+][ ]|\d{1,9}[.)][ ]|```|~~~|\|)", line))
