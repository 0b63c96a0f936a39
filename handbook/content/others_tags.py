"""Tables, lists, paragraphs, words and videos in HTML, rewritten as Markdown.

Belongs here: `<table>`, `<ul>`, `<ol>`, `<p>`, and what stands in a line (`<b>`, `<a href>`, `<iframe>`). Not here:
pictures and what unfolds (others_forms.py), other blocks of HTML (others_html.py).

A table or a list whose tags do not close each other stays as it is, as does a table in a table or with code in it. No
text is looked through again for each tag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handbook.content.entities import unescaped
from handbook.content.headings import FENCE, fenced_lines, without_code

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]{0,30})((?:\s(?:[^<>\"'{}]|\"[^\"<>]*+\"|'[^'<>]*+'|\{\{[^<>{}]*+\}\})*+)?)/?>")
_BEGINS = re.compile(r"<(table|ul|ol)(?=[\s>])", re.IGNORECASE)
_BLOCKS = ("table", "ul", "ol")
_SPAN = re.compile(r"\scolspan[ ]?=[ ]?[\"'{]?([0-9]{1,3})", re.IGNORECASE)
_REACH = re.compile(r"\srowspan[ ]?=[ ]?[\"'{]?([0-9]{1,4})", re.IGNORECASE)
_HREF = re.compile(r"\shref[ ]?=[ ]?(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE)
_PLACE = re.compile(r"\s(?:id|name)[ ]?=[ ]?[\"']?([\w:.-]{1,200})", re.IGNORECASE)
_INDENT = re.compile(r"[ \t]*+(?:>[ ]?)*+")
_HOLDS = re.compile(r"[ \t]*+(?:[-*+][ \t]|\d{1,9}[.)][ \t]|!!!|\?\?\?|===|\[\^[^\]\n]{1,100}\]:|:[ ]{1,3}\S)")
_BROKEN = re.compile(r"(?:[ ]*+<br>[ ]*+)++")
_CODE = r"(?<!`)(`++)[^`]++\1(?!`)"
_CODE_OR_STAR = re.compile(rf"{_CODE}|https?://[^\s<>\"']++|(?<!\\)[*_`]", re.IGNORECASE)
_CODE_OR_BAR = re.compile(rf"{_CODE}|\|")
_OF_BLOCKS = ("p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "blockquote", "pre")
_LINE_BREAKS = frozenset((*_OF_BLOCKS, "br", "hr"))
_STRUCTURE = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"))
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_BARE = frozenset(("span", "u", "ins", "mark", "font", "small", "big", "bold", "abbr", "cite", "nobr", "label"))
_VIDEO = ("iframe", "video")
_READ = frozenset((*_SIGNS, *_BARE, *_VIDEO, "a", "code", "p", "br"))
_VIDEO_ALONE = re.compile(r"<(?:iframe|video)\s[^<>]{0,2000}>[^<>]{0,200}</(?:iframe|video)>\s*$", re.IGNORECASE)
_SOURCE = re.compile(r"\ssrc[ ]?=[ ]?(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE)
_TITLE = re.compile(r"\stitle[ ]?=[ ]?(?:\"([^\"]*+)\"|'([^']*+)')", re.IGNORECASE)
_RULE = re.compile(r"[ \t]*+<hr[ ]?/?>[ \t]*+$", re.IGNORECASE)
_MOST_LINES = 3000  # of one table or list
_MOST_FAILURES = 20  # tables and lists that do not end; each is looked through for its end
_MOST_COLUMNS = 60  # as in bounds.py
_DEEPEST = 8  # lists in each other
_MOST_WORDS = 2000  # letters between two tags
_NEAR = 50  # lines in which the item that something lies in has to begin


def without_tags(lines: list[str]) -> list[str]:
    """The lines with tables, lists, paragraphs and words in HTML as Markdown."""
    if any(_BEGINS.search(line) for line in lines if "<" in line):
        lines = _with_blocks(lines)
    out: list[str] = []
    ended = False  # did a paragraph in HTML end with the line above?
    for line, in_code in zip(lines, _code_lines(lines), strict=True):
        written, apart, ended = line, ended, False
        if not in_code and "<" in line:
            written = _words(line)
            apart = apart or (written.startswith("<p>") and bool(out))
            ended = written.endswith("</p>")
            written = written.removesuffix("</p>").rstrip() if ended else written
            written = written.removeprefix("<p>")
        if apart and out[-1].strip() and written.strip():
            out.append("")
        out.append(written)
    return out


def _code_lines(lines: Sequence[str], *, by_fences: bool = False) -> list[bool]:
    """For each line: is it code, also in a list and, but for `by_fences`, by its indentation?"""
    code = fenced_lines(lines)
    last = {_bare(line): number for number, line in enumerate(lines) if "```" in line or "~~~" in line}
    signs = ""  # that close the code that is open
    by_indent = in_item = False
    for number, line in enumerate(lines):
        stripped = line.strip()
        if code[number]:
            by_indent = in_item = False
        elif signs:
            code[number] = True
            if _closes(_bare(line), signs):
                signs = ""
        elif (
            line[:1] in (" ", "\t", ">")
            and (opens := FENCE.match(_bare(line)))
            and any(end > number and _closes(said, opens.group(1)) for said, end in last.items())
        ):
            signs = opens.group(1)
            code[number] = True
        elif stripped and line.startswith(("    ", "\t")):
            by_indent = by_indent or (not in_item and number > 0 and not lines[number - 1].strip())
            code[number] = by_indent and not by_fences
        elif stripped:
            by_indent, in_item = False, bool(_HOLDS.match(line)) or (in_item and line[0] == " ")
    return code


def _bare(line: str) -> str:
    """A line without the signs of quotations that it lies in."""
    return line.lstrip("> \t").rstrip()


def _closes(line: str, signs: str) -> bool:
    """Does a line close the code that some signs open?"""
    return line.startswith(signs) and not line.strip(signs[0])


# -- Tables and lists -------------------------------------------------------------------------------------------


def _with_blocks(lines: Sequence[str]) -> list[str]:
    code, fenced = _code_lines(lines), _code_lines(lines, by_fences=True)
    last_end = {name: max((number for number, line in enumerate(lines) if f"</{name}" in line.lower()), default=-1)
                for name in _BLOCKS}  # fmt: skip
    out: list[str] = []
    number = failures = 0
    while number < len(lines):
        line = lines[number]
        begins = None if code[number] or "<" not in line else _BEGINS.search(without_code(line))
        made = None
        if begins and "|" in line[: begins.start()]:
            begins = None  # in a row of a table
        if begins and failures < _MOST_FAILURES:
            last = _last_line(lines, number, begins.group(1).lower(), last_end, fenced)
            made = _written(lines, number, last, begins, out) if last >= 0 else None
            failures += made is None
        if made is None:
            out.append(line)
            number += 1
        else:
            out += made + [""] * (last + 1 - number - len(made))
            number = last + 1
    return out


def _last_line(lines: Sequence[str], number: int, name: str, last_end: dict[str, int], fenced: Sequence[bool]) -> int:
    """The line in which a table or list that begins in a line ends; -1 if it does not."""
    depth = 0
    for last in range(number, min(number + _MOST_LINES, last_end[name] + 1)):
        if fenced[last]:
            return -1
        lower = lines[last].lower()
        if f"<{name}" in lower or f"</{name}" in lower:
            depth += len(re.findall(rf"<{name}(?=[\s>])", lower)) - lower.count(f"</{name}>")
        if depth <= 0:
            return last
        if name == "table" and depth > 1:
            return -1
    return -1


def _written(
    lines: Sequence[str], first: int, last: int, begins: re.Match[str], out: Sequence[str]
) -> list[str] | None:
    """The lines of a table or list in Markdown, with empty ones around it; None if its tags do not fit."""
    line = lines[first]
    found = _INDENT.match(line)
    around = found.group() if found else ""
    text = "\n".join(
        (line[begins.start() :], *(one.removeprefix(around.rstrip()) for one in lines[first + 1 : last + 1]))
    )
    tokens = list(_tokens(text))
    made = _table(tokens) if begins.group(1).lower() == "table" else _list(tokens)
    if made is None:
        return None
    if not around.strip() and not _lies_in_item(out, len(around)):
        around = ""  # only code would be indented
    empty, before, behind = around.rstrip(), line[: begins.start()].rstrip(), made[1].strip()
    written = [before, empty] if before.strip(" \t>") else [empty] if out and out[-1].strip(" \t>") else []
    written += [f"{around}{row}".rstrip() for row in made[0]]
    if behind:
        written += [empty, f"{around}{behind}"]
    if last + 1 < len(lines) and lines[last + 1].strip(" \t>"):
        written.append(empty)
    return written


def _lies_in_item(out: Sequence[str], indent: int) -> bool:
    """Does a line of this indentation, below those, lie in an item of a list or a box?"""
    for line in reversed(out[-_NEAR:]):
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            return bool(_HOLDS.match(line))
    return False


class _Token(NamedTuple):
    """A tag or words of a block; `name` is "" of words, `said` what stands in the tag behind its name."""

    text: str
    name: str = ""
    closes: bool = False
    said: str = ""


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    for tag in _TAG.finditer(text):
        if tag.start() > at:
            yield _Token(text[at : tag.start()])
        yield _Token(tag.group(), tag.group(2).lower(), bool(tag.group(1)), tag.group(3))
        at = tag.end()
    if at < len(text):
        yield _Token(text[at:])


def _text_behind(tokens: Sequence[_Token], at: int) -> str:
    return " ".join("".join(token.text for token in tokens[at + 1 :]).split())


def _table(tokens: Sequence[_Token]) -> tuple[list[str], str] | None:
    """The rows of a table, and the text behind it."""
    rows: list[list[str]] = []
    below: dict[int, int] = {}  # of a column, in how many rows below a cell goes on
    caption: list[_Token] = []
    inside: list[_Token] | None = None  # of a cell, or the caption
    has_head = in_row = False
    beside = 0  # cells that it takes beside its own
    for at, token in enumerate(tokens):
        name = token.name
        if name not in _STRUCTURE:
            if inside is not None:
                inside.append(token)
            elif token.text.strip():
                return None  # words outside of cells
            continue
        if inside is not None and inside is not caption:
            rows[-1] += [_on_one_line(inside), *[""] * beside]
        inside = None
        if name == "table" and token.closes:
            return _rows(rows, _on_one_line(caption), has_head=has_head), _text_behind(tokens, at)
        if token.closes:
            in_row = in_row and name != "tr"
            continue
        if name == "caption":
            inside = caption
        elif name == "tr" or (name in ("td", "th") and not in_row):
            rows.append([])
            in_row = True
        if name in ("td", "th"):
            has_head = has_head or (name == "th" and len(rows) == 1)
            _pad(rows[-1], below)
            beside = _span(rows[-1], below, token.said)
            if len(rows[-1]) + beside >= _MOST_COLUMNS:
                return None
            inside = []
    return None


def _pad(row: list[str], below: dict[int, int]) -> None:
    """Leave the cells empty into which one above goes on."""
    while below.get(len(row), 0) > 0 and len(row) < _MOST_COLUMNS:
        below[len(row)] -= 1
        row.append("")


def _span(row: Sequence[str], below: dict[int, int], said: str) -> int:
    """How many cells one takes beside its own; how far down it goes is remembered."""
    wide, deep = _SPAN.search(said), _REACH.search(said)
    width = min(max(int(wide.group(1)) if wide else 1, 1), _MOST_COLUMNS)
    if deep:
        below.update(dict.fromkeys(range(len(row), len(row) + width), int(deep.group(1)) - 1))
    return width - 1


def _rows(rows: list[list[str]], caption: str, *, has_head: bool) -> list[str]:
    rows = [row for row in rows if row]
    columns = max((len(row) for row in rows), default=0)
    if not has_head and rows:
        rows.insert(0, [""] * columns)
    made = [f"| {' | '.join([*row, *[''] * (columns - len(row))])} |" for row in rows]
    made[1:1] = [f"|{' --- |' * columns}"] if rows else []
    return [caption, "", *made] if caption else made


def _list(tokens: Sequence[_Token]) -> tuple[list[str], str] | None:
    """The items of a list and of those in it, and the text behind it."""
    out: list[str] = []
    lists: list[tuple[str, int]] = []  # in each other: the name of each, and how many items it has
    words: list[_Token] = []
    for at, token in enumerate(tokens):
        if token.name not in ("ul", "ol", "li"):
            words.append(token)
            continue
        said = _on_one_line(words)
        words = []
        if said and not out:
            return None  # words before the first item
        if said:
            out[-1] += said if out[-1].endswith("  ") else f"<br>{said}"
        if not _is_in_place(token, lists):
            return None
        if token.name == "li" and not token.closes:
            name, count = lists[-1]
            lists[-1] = (name, count + 1)
            out.append("    " * (len(lists) - 1) + ("-   " if name == "ul" else f"{count + 1}.  "))
        elif token.name != "li" and not token.closes:
            lists.append((token.name, 0))
        elif token.name != "li":
            lists.pop()
            if not lists:
                return [line for line in out if not line.endswith("  ")], _text_behind(tokens, at)
    return None


def _is_in_place(token: _Token, lists: Sequence[tuple[str, int]]) -> bool:
    """May a tag of a list stand where those lists are open?"""
    if token.name == "li":
        return token.closes or bool(lists)
    return lists[-1][0] == token.name if token.closes and lists else not token.closes and len(lists) < _DEEPEST


def _on_one_line(tokens: Sequence[_Token]) -> str:
    """What stands in a cell or an item. Markdown is read in HTML only behind an empty line; else stars are letters."""
    pieces: list[str] = []
    is_markdown = any(not token.name and re.search(r"\n[ \t]*\n[ \t]*\S", token.text) for token in tokens)
    in_code = in_pre = False
    for token in tokens:
        in_code = in_code if token.name != "code" else not token.closes
        in_pre = in_pre if token.name != "pre" else not token.closes
        if token.name == "li":
            pieces.append("" if token.closes else "<br>• ")
        elif token.name in _LINE_BREAKS:
            pieces.append("<br>")
        elif token.name or in_code:
            pieces.append(token.text.replace("\n", "<br>") if in_pre else token.text)
        elif is_markdown:
            pieces.append(re.sub(r"\n[ \t]*+[-*+][ ]", "<br>• ", re.sub(r"\n[ \t]*+\n", "<br>\n", token.text)))
        else:
            words = _CODE_OR_STAR.sub(_as_letter, token.text)
            pieces.append(words.replace("\n", "<br>") if in_pre else words)
    words = _BROKEN.sub("<br>", " ".join(_CODE_OR_BAR.sub(_as_letter, "".join(pieces)).split()))
    return words.strip().removeprefix("<br>").removesuffix("<br>").strip()


def _as_letter(found: re.Match[str]) -> str:
    """A sign of Markdown as a letter. Code and addresses stay as they are."""
    return {"*": r"\*", "_": r"\_", "`": "&#96;", "|": "&#124;"}.get(found.group(), found.group())


# -- Words ------------------------------------------------------------------------------------------------------


def _words(line: str) -> str:
    """A line with the words in tags as Markdown has them. What is in no pair of tags stays as it is.

    A paragraph that begins or ends with the line is still marked, by "<p>" and "</p>" at its ends."""
    if _RULE.match(line):
        return "<p>***</p>"
    if "<figcaption" in line or "<summary" in line:  # plain words
        return line
    pieces: list[str] = []
    open_: list[tuple[str, int, str]] = []  # its name, the piece that it is, what it says
    plain = without_code(line)
    is_row = plain.lstrip().startswith("|")
    at = 0
    for tag in _TAG.finditer(plain):
        name, closes = tag.group(2).lower(), bool(tag.group(1))
        if is_row and name in ("ul", "ol", "li"):
            pieces += [line[at : tag.start()], "" if closes or name != "li" else "<br>• "]
            at = tag.end()
            continue
        if name not in _READ or (name == "br" and not closes):
            continue
        pieces += [line[at : tag.start()], tag.group()]
        at = tag.end()
        if name == "br":
            pieces[-1] = "<br>"
        elif name == "p":
            pieces[-1] = _paragraph(plain, tag)
        elif not closes:
            open_.append((name, len(pieces) - 1, tag.group(3)))
        elif open_ and open_[-1][0] == name:
            _, first, said = open_.pop()
            made = _marked(name, said, "".join(pieces[first + 1 : -1]))
            if made is not None:
                pieces[first:] = [made]
    made = "".join((*pieces, line[at:])) if pieces else line
    is_video = _VIDEO_ALONE.match(plain) and made.lstrip()[:1] == "["
    return f"<p>{made.strip()}</p>" if is_video else made


def _paragraph(line: str, tag: re.Match[str]) -> str:
    """What stands in place of a tag that begins or ends a paragraph."""
    before, behind = line[: tag.start()].strip(), line[tag.end() :].strip()
    if tag.group(1):
        return "</p>" if before and not behind else "<br>" if behind[:1] not in ("", "<") else ""
    named = _place(tag.group(3))
    if not before:
        return f"<p>{named}" if behind and not line[: tag.start()] else named
    return f"{'' if before.endswith('>') else '<br>'}{named}"


def _marked(name: str, said: str, words: str) -> str | None:
    """Words that stood in a pair of tags, in Markdown; None if they are to stay as they are."""
    inner = words.strip()
    if len(words) > _MOST_WORDS:
        return None
    if name == "a":
        return _link(said, words)
    if name in _VIDEO:
        return _video(said)
    if name in _BARE:
        return f"{_place(said)}{words}"
    if name == "code":
        return None if not inner or "`" in inner or "<" in inner else words.replace(inner, f"`{unescaped(inner)}`")
    sign = _SIGNS[name]
    if not inner or inner[0] == sign[0] or inner[-1] in (sign[0], "\\"):
        return words
    before, behind = words[: words.index(inner)], words[words.index(inner) + len(inner) :]
    parts = (f"{sign}{part.strip()}{sign}" if part.strip() else "" for part in re.split(r"<br[ ]?/?>", inner))
    return f"{before}{'<br>'.join(parts)}{behind}"


def _video(said: str) -> str | None:
    """A link to what would play in a browser; None if its address is not in the tag."""
    target, title = _target(_SOURCE.search(said)), _value(_TITLE.search(said))
    if not target or re.search(r"[\s<>()]", target):
        return None
    words = re.sub(r"[][]", "", title).replace("|", "&#124;")
    return f"[{words or target}]({target})"


def _link(said: str, words: str) -> str | None:
    """A link of Markdown, a place, or both; None where there is neither, and around a picture."""
    href = _HREF.search(said)
    if href is None or "![" in words or "<img" in words.lower() or "](" in words:
        return None
    named = _place(said)
    target = _target(href)
    if not words.strip() or not target or any(sign in target for sign in "<>\n"):
        return f"{named}{words}"
    target = f"<{target}>" if re.search(r"[\s()]", target) else target
    if words.count("[") != words.count("]"):
        words = re.sub(r"(?<!\\)[][]", r"\\\g<0>", words)
    return f"{named}[{re.sub(r'<br[ ]?/?>', ' ', words)}]({target})"


def _place(said: str) -> str:
    """The place that a tag names, to link to; "" where it names none."""
    place = _PLACE.search(said)
    return f'<a id="{place.group(1)}"></a>' if place else ""


def _value(attribute: re.Match[str] | None) -> str:
    """What an attribute says; "" where there is none."""
    return unescaped(next(filter(None, attribute.groups()), "")).strip() if attribute else ""


def _target(attribute: re.Match[str] | None) -> str:
    """An address that an attribute gives; the link may stand in a table, where a bar would end its cell."""
    return _value(attribute).replace("|", "%7C")
