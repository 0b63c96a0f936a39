"""A PO file as a catalogue that the standard library's gettext reads.

Belongs here: the form of PO files, and what an entry must be to be used. Not here: finding the files and bounding what
is read (base/catalogue.py), collecting texts and merging (packaging/texts.py, with Babel).

PO: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html. MO is what gettext reads; it is written by
mo_files.py when a checkout is set up or a wheel is made, or made in memory where there is none."""

from __future__ import annotations

import gettext
import io
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# The rule of each language for its plural forms, as gettext's manual and the Unicode CLDR have it for whole numbers. It
# is ours and not the file's, so that what a file says is never computed.
_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
_TWO = "nplurals=2; plural=(n != 1);"
PLURALS: Mapping[str, str] = {
    "be": _SLAVIC,
    "bg": _TWO,
    "bs": _SLAVIC,
    "cs": "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);",
    "en": _TWO,
    "mk": "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);",
    "nl": _TWO,
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100>0 && n%100<20)) ? 1 : 2);",
    "ru": _SLAVIC,
    "uk": _SLAVIC,
}
_PLACE = re.compile(r"\{[^{}]{0,60}\}")
_PERCENT = re.compile(r"%(?:\([a-z_]{1,40}\))?[sr]")
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[([0-5])\])?)[ \t]+)?(".*")[ \t]*')
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r'\\([ntr"\\])')
_STRAY = re.compile(r'["\\]')  # what may not stand in quotes by itself
_WORDS = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural", "msgstr": "0"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A text and its translation.

    forms: the translation; one for each plural form where there is a plural. fuzzy: it is to be checked, and is not
    used until then. line: of the file, from 1."""

    context: str | None
    text: str
    plural: str | None
    forms: tuple[str, ...]
    fuzzy: bool
    line: int

    @property
    def is_translated(self) -> bool:
        """Has it all its words, and were they not marked as doubtful?"""
        return not self.fuzzy and bool(self.forms) and all(self.forms)


class Malformed(ValueError):
    """A line, by its number from 1, is not in the form of a PO file."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def forms_of(language: str) -> int:
    """How many plural forms a language has."""
    return int(PLURALS[language].partition(";")[0].rpartition("=")[2])


def read(text: str) -> list[Entry]:
    """The entries of a PO file, without the one that is its head. Raises Malformed."""
    return [entry for entry in _entries(text) if entry.text]


def fits(entry: Entry, forms: int) -> bool:
    """Can a translation stand for its text: has it the same places to be filled in, and as many forms as there are?"""
    if len(entry.forms) != (1 if entry.plural is None else forms):
        return False
    wanted = places(entry.text) | places(entry.plural or "")
    # One form may say its number in words ("one page"); no form may have a place that nothing fills.
    may_lack: set[str] = set() if entry.plural is None else {place for place in wanted if place.startswith("{n")}
    return all(wanted - may_lack <= places(form) <= wanted and _is_whole(entry, form) for form in entry.forms)


def places(text: str) -> set[str]:
    """What is filled in, of both kinds that Python has: {name} and %(name)s."""
    plain = text.replace("{{", "").replace("}}", "")
    return set(_PLACE.findall(plain)) | set(_PERCENT.findall(text) if _is_old(text) else ())


def _is_old(text: str) -> bool:
    """Is it one of argparse's texts, which are filled in by "%"?"""
    return bool(_PERCENT.search(text))


def _is_whole(entry: Entry, form: str) -> bool:
    """Could the form end in an error when it is filled in? A lone brace or percent sign would."""
    if "{" in entry.text:
        return not set("{}") & set(_PLACE.sub("", form.replace("{{", "").replace("}}", "")))
    return not _is_old(entry.text) or "%" not in _PERCENT.sub("", form)


def catalogue(entries: list[Entry], language: str) -> gettext.GNUTranslations:
    """The translations that can be used, as gettext has them; all others are missing in it."""
    return gettext.GNUTranslations(io.BytesIO(compiled(entries, language)))


def compiled(entries: list[Entry], language: str, source: bytes = b"") -> bytes:
    """The bytes of an MO file, with what can be used. source: the PO file, of which it keeps a sum."""
    number = forms_of(language)
    used = {_key(entry): "\0".join(entry.forms) for entry in entries if entry.is_translated and fits(entry, number)}
    used[""] = f"Content-Type: text/plain; charset=UTF-8\nLanguage: {language}\nPlural-Forms: {PLURALS[language]}\n"
    used[""] += f"Made-Of: {zlib.crc32(source):08x}\n"
    keys = sorted(used, key=str.encode)
    ids, texts = [key.encode() for key in keys], [used[key].encode() for key in keys]
    at = 28 + 16 * len(keys)
    tables = []
    for strings in (ids, texts):
        for one in strings:
            tables.append(struct.pack("<II", len(one), at))
            at += len(one) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + b"".join(tables) + b"".join(one + b"\0" for one in (*ids, *texts))


def _key(entry: Entry) -> str:
    context = "" if entry.context is None else f"{entry.context}\x04"
    return context + (entry.text if entry.plural is None else f"{entry.text}\0{entry.plural}")


def _entries(text: str) -> Iterator[Entry]:
    values: dict[str, str] = {}
    word, fuzzy, begun = "", False, 0
    for number, line in enumerate((*text.lstrip("\ufeff").splitlines(), ""), 1):
        stripped = line.strip()
        if stripped.startswith("#"):
            if stripped.startswith("#,") and not values:
                fuzzy = "fuzzy" in stripped
            if not values or not stripped.startswith("#,"):
                continue
        found = _LINE.fullmatch(stripped) if stripped[:1] in ("m", '"') else None
        begins = found is not None and found[1] in ("msgctxt", "msgid") and ("0" in values or not values)
        if values and (not stripped or begins or stripped.startswith("#,")):
            yield _entry(values, fuzzy=fuzzy and not begins, line=begun)
            values, word, fuzzy = {}, "", stripped.startswith("#,") and "fuzzy" in stripped
        if not stripped or stripped.startswith("#"):
            continue
        if found is None or "\0" in stripped:  # which divides the forms of an entry in what gettext reads
            raise Malformed(number)
        if found[1]:
            word = found[2] or _WORDS.get(found[1], "0")
            begun = begun if values else number
        values[word] = values.get(word, "") + _unquoted(found[3], number)


def _entry(values: Mapping[str, str], *, fuzzy: bool, line: int) -> Entry:
    forms = tuple(values[name] for name in "012345" if name in values)
    return Entry(values.get("context"), values.get("id", ""), values.get("plural"), forms, fuzzy, line)


def _unquoted(quoted: str, number: int) -> str:
    inner = quoted[1:-1]
    if _STRAY.search(_ESCAPE.sub("", inner)):
        raise Malformed(number)
    return _ESCAPE.sub(lambda found: _ESCAPES[found[1]], inner)
