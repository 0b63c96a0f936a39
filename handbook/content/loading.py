"""Reading a handbook from its folder: files, the manifest, front matter.

Belongs here: making a Handbook from files. Not here: which section an address means (handbook.py), headings and links
(headings.py), checks of the content (check/).

A fault in a file does not stop the reading: it is noted in `Handbook.faults`, and the rest can still be read. Only
`handbook check` fails because of faults."""

from __future__ import annotations

import datetime
import re
import reprlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from handbook.base import bounded
from handbook.base.catalogue import pgettext, tr
from handbook.base.errors import HandbookError
from handbook.base.languages import is_code
from handbook.base.system_errors import reason_of
from handbook.base.toml_text import BadToml, Toml, is_table
from handbook.content.chapter import Chapter
from handbook.content.handbook import Fault, Group, Handbook, Manifest, Part
from handbook.content.headings import slug
from handbook.content.kept_texts import ChapterText, KeptTexts
from handbook.content.links import INDEXES, SUFFIXES, Files, Rule, alike, free_name
from handbook.content.pictures import PictureFolder
from handbook.content.translation import ORIGINALS, Translation, original_id

if TYPE_CHECKING:
    from handbook.content.others_order import Order

MANIFEST = "handbook.toml"
_LAST = 10**9  # the order of a file that has none
_MOST_FILES = 20_000  # with texts
_MOST_BYTES = 16 * 1024 * 1024  # of a file: a long text, with pictures written into it
_MOST_IN_ALL = 256 * 1024 * 1024  # of texts: all are in memory until they are read, which takes minutes


class ContentError(HandbookError):
    """There is nothing to read: the folder is missing, or holds no Markdown."""


class _TooLarge(ContentError):
    """The texts of a folder have too many bytes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(bounded.takes_too_long(folder))


def load(
    folder: Path,
    translation: Translation | None = None,
    *,
    name: str = "",
    language: str = "",
    kept: KeptTexts | None = None,
    called: Path | None = None,
) -> Handbook:
    """Read a handbook: a folder with a handbook.toml, or any folder of Markdown files.

    translation: chapters that are read in place of those of the same id. What they were translated from is a last part.
    name: of a handbook in the library; its chapters' ids begin with it and a colon.
    language: of its texts; by default what they say of themselves.
    kept: what texts were read to before.
    called: where the folder's files are from, if it is itself one that is soon gone: an error names that.
    Raises ContentError when there is nothing to read; all other faults are in `faults`."""
    if not bounded.is_folder(folder):
        raise ContentError(
            tr("There is no folder '{folder}' to read. Give the folder that holds the handbook.").format(folder=folder)
        )
    faults: list[Fault] = []
    try:
        found = _contents(folder, faults, kept)
    except _TooLarge as exc:
        raise _TooLarge(called or folder) from exc
    if not found.files:
        raise ContentError(
            tr("The folder '{folder}' holds no Markdown file (.md) that can be read.").format(folder=called or folder)
        )
    manifest = found.manifest._replace(language=language or found.manifest.language)
    prefix = f"{name}:" if name else ""
    parts = _Chapters(found, prefix, manifest.language, faults, kept).parts()
    if not parts:
        raise ContentError(tr("'{file}' names no chapter that can be read.").format(file=folder / MANIFEST))
    if translation is not None:
        manifest, parts = _translated(folder, translation, manifest, parts, faults, kept)
    if prefix:
        manifest = _prefixed(manifest, prefix)
    return Handbook(found.folder, manifest, parts, tuple(sorted(faults)), name)


class _Planned(NamedTuple):
    """A part as it is listed: each group's title ("" for chapters in no group) and its chapters' ids."""

    id: str
    title: str
    groups: list[tuple[str, list[str]]]
    facts: bool = False
    readable: bool = False


class _Contents(NamedTuple):
    """The files of a folder, and the order of the chapters that are made of them.

    folder: where the texts lie.
    files:  by the chapters' ids, the name of the file and its bytes.
    titles: of files in a contents list of another program.
    rule:   for whom the texts were written."""

    folder: Path
    manifest: Manifest
    files: Mapping[str, tuple[str, bytes]]
    plan: list[_Planned]
    titles: Mapping[str, str] = MappingProxyType({})
    rule: Rule = "ours"


def _contents(folder: Path, faults: list[Fault], kept: KeptTexts | None) -> _Contents:
    """What a folder holds: by its manifest, or by what another program's files and the names say."""
    listed = (folder / MANIFEST).exists()
    data = _read(folder / MANIFEST, MANIFEST, faults) if listed else None
    table = _toml(data, faults, kept) if data is not None else None
    if table is None:
        return _others_contents(folder, faults, damaged=listed)
    files = _ids(_read_files(folder, faults), faults, listed=True)
    return _Contents(folder, _manifest(table, faults, _language_of(folder)), files, _plan(table, files, faults))


def _prefixed(manifest: Manifest, prefix: str) -> Manifest:
    """A manifest whose addresses are those of a handbook in the library."""
    was = {prefix + old: prefix + new for old, new in manifest.was.items()}
    return manifest._replace(was=was, reading=manifest.reading and prefix + manifest.reading)


# -- Files ------------------------------------------------------------------------------------------------


def _read_files(folder: Path, faults: list[Fault]) -> dict[str, bytes]:
    """Every Markdown file below the folder by its relative name, in an order that is the same everywhere."""
    names: list[str] = []

    def unlisted(exc: OSError) -> None:
        name = Path(exc.filename).relative_to(folder).as_posix()
        faults.append(Fault(name, 0, tr("cannot be read: {error}").format(error=reason_of(exc))))

    try:
        for top, folders, found in bounded.walk(folder, unlisted):
            folders[:] = [name for name in folders if not name.startswith(".")]
            relative = top.relative_to(folder).as_posix()
            prefix = "" if relative == "." else relative + "/"
            names.extend(prefix + name for name in found if name.lower().endswith(SUFFIXES) and name[0] != ".")
    except bounded.TooMuch as exc:
        raise ContentError(str(exc)) from exc
    if len(names) > _MOST_FILES:
        raise ContentError(bounded.too_many_files(folder, _MOST_FILES))
    files: dict[str, bytes] = {}
    size = 0
    for name in sorted(names, key=_natural):
        data = _read(folder / name, name, faults)
        if data is not None:
            files[name] = data
            size += len(data)
            if size > _MOST_IN_ALL:
                raise _TooLarge(folder)
    return files


def _natural(name: str) -> tuple[object, ...]:
    """A sort key that puts chapter-2 before chapter-10."""
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in re.split(r"(\d+)", name))


def _read(path: Path, name: str, faults: list[Fault]) -> bytes | None:
    try:
        return bounded.read(path, _MOST_BYTES)
    except bounded.NotRead as exc:
        faults.append(Fault(name, 0, tr("cannot be read: {error}").format(error=exc)))
        return None


def _ids(files: Mapping[str, bytes], faults: list[Fault], *, listed: bool = False) -> dict[str, tuple[str, bytes]]:
    """Chapter id → (file, bytes). A second file of the same stem stays readable under a longer id.

    listed: a manifest names chapters by their ids. Without one, files of the same name in several folders are as it
    should be: each has the names of its folders in its id, so that a new file changes no address."""
    alike = Counter(_id(Path(name).stem) for name in files)
    by_id: dict[str, tuple[str, bytes]] = {}
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for name, data in files.items():
        id_ = _id(Path(name).stem)
        if alike[id_] > 1 and not listed:
            id_ = _id(str(PurePosixPath(name).with_suffix("")).replace("/", "-"))
        if listed and id_ in by_id:
            what = tr("chapter id '{id}' is taken by {file}: rename one of the files").format(
                id=id_, file=by_id[id_][0]
            )
            faults.append(Fault(name, 0, what))
        by_id[free_name(id_, taken, numbers)] = (name, data)
    return by_id


def _id(name: str) -> str:
    """A name without what ends an address or makes one of the network's."""
    return re.sub(r"[\s#:]+", "-", name)


# -- The manifest -----------------------------------------------------------------------------------------


def _toml(data: bytes, faults: list[Fault], kept: KeptTexts | None) -> dict[str, Any] | None:
    known = kept.table(data) if kept is not None else None
    if known is not None:
        return known
    try:
        return Toml(data.decode("utf-8-sig").replace("\r\n", "\n")).table
    except (BadToml, UnicodeDecodeError) as exc:
        line = exc.line if isinstance(exc, BadToml) else 0
        faults.append(Fault(MANIFEST, line, tr("is not valid TOML, so it was left out: {error}").format(error=exc)))
        return None


def _language_of(folder: Path) -> str:
    """The language that a folder's name says, as content/pl; English for a folder of any other name.

    A name of three letters is none: it is rather "src" or "doc"."""
    return folder.name if re.fullmatch("[a-z]{2}", folder.name) else "en"


def _manifest(table: Mapping[str, Any], faults: list[Fault], language: str) -> Manifest:
    values: dict[str, Any] = {"title": "Handbook", "language": language}
    for key, value in table.items():
        if key == "parts":
            continue
        if key == "was":
            if isinstance(value, dict) and all(isinstance(to, str) for to in value.values()):
                values[key] = value
            else:
                faults.append(
                    Fault(MANIFEST, 0, tr("'was' must be a table of old addresses and the new ones, in quotes"))
                )
            continue
        if key not in Manifest._fields:
            faults.append(Fault(MANIFEST, 0, tr("unknown key '{key}'").format(key=key)))
        elif key == "as_of":
            if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
                values[key] = value
            else:
                faults.append(Fault(MANIFEST, 0, tr("'as_of' must be a date such as 2026-11-24")))
        elif key == "language" and not (isinstance(value, str) and is_code(value)):
            faults.append(Fault(MANIFEST, 0, tr("'language' must be a code such as en or pl, in quotes")))
        elif isinstance(value, str):
            values[key] = value
        else:
            faults.append(Fault(MANIFEST, 0, tr("'{key}' must be text in quotes").format(key=key)))
    return Manifest(**values)


def _plan(table: Mapping[str, Any], by_id: Mapping[str, tuple[str, bytes]], faults: list[Fault]) -> list[_Planned]:
    """The parts in the manifest's order; files that it does not name follow in a part of their own."""
    plan: list[_Planned] = []
    placed: set[str] = set()
    first: dict[str, str] = {}  # the title of the part that has an id
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    parts = table.get("parts")
    for part in parts if isinstance(parts, list) else []:
        planned = _planned(part)
        if planned is None:
            faults.append(
                Fault(
                    MANIFEST,
                    0,
                    tr(
                        "each [[parts]] needs id, title and chapters, and each [[parts.groups]] title and chapters, "
                        "and no other text: {value}"
                    ).format(value=reprlib.repr(part)),
                )
            )
            continue
        key = alike(planned.id)
        if key in first:
            what = tr("part id '{id}' is taken by '{title}': give one of the parts another")
            faults.append(Fault(MANIFEST, 0, what.format(id=planned.id, title=first[key])))
        first.setdefault(key, planned.title)
        groups: list[tuple[str, list[str]]] = []
        for title, listed in planned.groups:
            names: list[str] = []
            for name in cast("list[object]", listed):
                if not isinstance(name, str) or name not in by_id:  # it may be any TOML value
                    faults.append(
                        Fault(
                            MANIFEST, 0, tr("chapter '{name}' has no file {name}.md that can be read").format(name=name)
                        )
                    )
                elif name in placed:
                    faults.append(Fault(MANIFEST, 0, tr("chapter '{name}' is listed twice").format(name=name)))
                else:
                    names.append(name)
                    placed.add(name)
            if names:
                groups.append((title, names))
        plan.append(planned._replace(id=free_name(planned.id, taken, numbers), groups=groups))
    rest = [name for name in by_id if name not in placed]
    faults.extend(
        Fault(by_id[name][0], 0, tr("is not listed in {manifest}").format(manifest=MANIFEST)) for name in rest
    )
    if rest:
        plan.append(_Planned(free_name("other", taken, numbers), tr("Other pages"), [("", rest)]))
    return plan


_PART = {"id": str, "title": str, "chapters": list, "groups": list, "facts": bool, "readable": bool}
_GROUP = {"title": str, "chapters": list}


def _planned(part: object) -> _Planned | None:
    """A part made from its table in the manifest; None if the table is wrong.

    It has chapters, groups of chapters, or both; then the chapters come first."""
    if not is_table(part, _PART) or not {"id", "title"} <= part.keys() or not {"chapters", "groups"} & part.keys():
        return None
    groups = part.get("groups", [])
    if not all(is_table(group, _GROUP) and _GROUP.keys() == group.keys() for group in groups):
        return None
    listed = [("", part["chapters"])] if part.get("chapters") else []
    listed += [(group["title"], group["chapters"]) for group in groups]
    return _Planned(part["id"], part["title"], listed, part.get("facts", False), part.get("readable", False))


def _others_contents(folder: Path, faults: list[Fault], *, damaged: bool) -> _Contents:
    """What a folder without a handbook.toml holds; damaged: it has one that cannot be read."""
    from handbook.content import others_order  # a start does without, here and below
    from handbook.content.chapter_file import front_of

    order = others_order.Order(folder, loose=False) if damaged else others_order.order_of(folder)
    read = _read_files(order.folder, faults)
    if order.entries:
        read.pop(others_order.SUMMARY, None)  # the contents list itself
    files = _ids(read, faults)
    fronts = {id_: front_of(data) for id_, (_, data) in files.items()}
    spoken = Counter(front.language for front in fronts.values() if front.language)
    language = order.language or (spoken.most_common(1)[0][0] if spoken else "en")
    manifest = Manifest(title=order.title or folder.resolve().name or "Handbook", language=language)
    ordered = sorted(files, key=lambda id_: _place_in_folder(files[id_][0], fronts[id_].order))
    ids = {files[id_][0]: id_ for id_ in ordered}
    plan = list(_listed_parts(order, ids)) or _plan_of_folder(ids)
    placed = [id_ for part in plan for _, names in part.groups for id_ in names]
    rest = [id_ for id_ in ordered if id_ not in set(placed)]
    if rest:
        plan.append(_Planned("other", tr("Other pages"), [("", rest)]))
    return _Contents(
        order.folder,
        manifest,
        {id_: files[id_] for id_ in (*placed, *rest)},
        plan,
        {entry.file: entry.title for entry in order.entries},
        "github" if order.loose else "mkdocs",
    )


def _place_in_folder(file: str, order: int) -> tuple[object, ...]:
    """A sort key: of each folder first its index file, then its files by their order and numbers, then its folders."""
    *above, name = file.split("/")
    first = name.rpartition(".")[0].lower() in INDEXES
    own = (0, 0 if first else 1, order or _LAST, _natural(name))
    return (*((1, 0, 0, _natural(folder)) for folder in above), own)


def _listed_parts(order: Order, ids: Mapping[str, str]) -> Iterator[_Planned]:
    """The parts of a contents list, with the files that are there, each once."""
    from handbook.content.others_order import parts_of

    placed: set[str] = set()
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    for part in parts_of(order.entries, order.title or pgettext("a part of a handbook", "Pages")):
        groups: list[tuple[str, list[str]]] = []
        for title, files in part.groups:
            names = [ids[file] for file in dict.fromkeys(files) if file in ids and ids[file] not in placed]
            placed.update(names)
            if names:
                groups.append((title, names))
        if groups:
            yield _Planned(free_name(slug(part.title), taken, numbers), part.title, groups)


def _plan_of_folder(ids: Mapping[str, str]) -> list[_Planned]:
    """The parts of a folder without a contents list: first the files in it, then a part for each folder in it.

    Folders in those are groups."""
    from handbook.content.others_order import title_of_folder

    parts: dict[str, dict[str, list[str]]] = {}
    for name, id_ in ids.items():
        *above, _ = name.split("/")
        group = ": ".join(map(title_of_folder, above[1:]))
        parts.setdefault(above[0] if above else "", {}).setdefault(group, []).append(id_)
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    return [
        _Planned(
            free_name(slug(name) if name else "pages", taken, numbers),
            title_of_folder(name) if name else pgettext("a part of a handbook", "Pages"),
            list(groups.items()),
        )
        for name, groups in parts.items()
    ]


# -- Translations -------------------------------------------------------------------------------------------


def _translated(
    content: Path,
    translation: Translation,
    manifest: Manifest,
    parts: tuple[Part, ...],
    faults: list[Fault],
    kept: KeptTexts | None,
) -> tuple[Manifest, tuple[Part, ...]]:
    """The manifest and the parts with translated chapters; their originals are a last part."""
    if any(folder.parent != content.parent for folder in translation.folders):
        kept = None  # an office has translated something itself
    files: dict[str, tuple[str, bytes]] = {}
    titles: dict[str, str] = {}
    for folder in reversed(translation.folders):  # the first one is written over the others
        name = folder.name
        found = {file: data for file, data in _read_files(folder, faults).items() if _is_text(data, name, file, faults)}
        read = _ids(found, faults, listed=True)
        files |= {id_: (f"{name}/{file}", data) for id_, (file, data) in read.items()}
        titles |= _titles(folder, faults, kept)
    known = {chapter.id: chapter for part in parts for chapter in part.chapters}
    faults.extend(
        Fault(files[id_][0], 0, tr("translates no chapter: there is none with the id '{id}'").format(id=id_))
        for id_ in files.keys() - known.keys()
    )
    last = free_name(ORIGINALS, {part.id for part in parts}, {})
    originals: list[Chapter] = []  # filled while the parts are made

    def chapter(one: Chapter) -> Chapter:
        if one.id not in files:
            return one._replace(part_title=titles.get(one.part_title, one.part_title))
        file, data = files[one.id]
        read = _read_chapter(data, file, faults, kept)
        original = original_id(one.id, manifest.language, known)
        originals.append(one._replace(id=original, part=last, part_title=tr("In English")))
        return one._replace(
            part_title=titles.get(one.part_title, one.part_title),
            title=read.title or one.title,
            front=one.front._replace(title=read.front.title, source=read.front.source),
            lines=read.lines,
            scanned=read.scanned,
            offset=read.offset,
            language=translation.language,
            original=original,
        )

    def group(one: Group) -> Group:
        return Group(titles.get(one.title, one.title), tuple(map(chapter, one.chapters)))

    done = tuple(
        part._replace(title=titles.get(part.title, part.title), groups=tuple(map(group, part.groups))) for part in parts
    )
    if originals:
        done += (Part(last, tr("In English"), (Group("", tuple(originals)),)),)
    title, subtitle = (titles.get(one, one) for one in (manifest.title, manifest.subtitle))
    translated = manifest._replace(translation=translation.language, title=title, subtitle=subtitle)
    return translated._replace(own_title=manifest.title, own_subtitle=manifest.subtitle), done


def _is_text(data: bytes, folder: str, file: str, faults: list[Fault]) -> bool:
    """Is a translation's file UTF-8? One that is not stays out: the page that it stands for can be read."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults.append(Fault(f"{folder}/{file}", 0, tr("is not UTF-8 text: it was left out")))
        return False
    return True


def _titles(folder: Path, faults: list[Fault], kept: KeptTexts | None) -> dict[str, str]:
    """The titles of parts and groups that a translation's manifest gives."""
    path = folder / MANIFEST
    data = _read(path, f"{folder.name}/{MANIFEST}", faults) if path.exists() else None
    table = _toml(data, faults, kept) if data is not None else None
    titles = (table or {}).get("titles", {})
    if isinstance(titles, dict) and all(isinstance(title, str) for title in titles.values()):
        return titles
    faults.append(
        Fault(f"{folder.name}/{MANIFEST}", 0, tr("'titles' must be a table of titles and their translations"))
    )
    return {}


# -- Chapters -----------------------------------------------------------------------------------------------


class _How(NamedTuple):
    """How chapters are read; chapter_file.read() says what each is."""

    foreign: bool = False
    loose: bool = False
    language: str = "en"


_OURS = _How()


def _read_chapter(
    data: bytes, file: str, faults: list[Fault], kept: KeptTexts | None, how: _How = _OURS
) -> ChapterText:
    known = kept.chapter(data) if kept is not None else None
    if known is not None:
        return known
    from handbook.content import chapter_file  # a start does without

    return chapter_file.read(
        data,
        lambda line, message: faults.append(Fault(file, line, message)),
        foreign=how.foreign,
        loose=how.loose,
        language=how.language,
    )


class _Chapters:
    """Makes the chapters of one handbook.

    prefix: begins their ids. language: of their words."""

    def __init__(
        self, found: _Contents, prefix: str, language: str, faults: list[Fault], kept: KeptTexts | None
    ) -> None:
        self._found, self._prefix, self._faults = found, prefix, faults
        self._how = _How(found.rule != "ours", found.rule == "github", language)
        self._kept = kept if found.rule == "ours" else None
        ids = {file: prefix + id_ for id_, (file, _) in found.files.items()}
        self._links = Files(ids, prefix, found.rule)
        self._pictures = PictureFolder(found.folder, kept.svg) if kept is not None else PictureFolder(found.folder)

    def parts(self) -> tuple[Part, ...]:
        """All parts that have chapters."""
        return tuple(self._part(part) for part in self._found.plan if part.groups)

    def _part(self, part: _Planned) -> Part:
        groups = (Group(title, tuple(self._chapter(part, id_) for id_ in ids)) for title, ids in part.groups)
        return Part(self._prefix + part.id, part.title, tuple(groups), part.facts, part.readable)

    def _chapter(self, part: _Planned, id_: str) -> Chapter:
        """The chapter of a file; without a title of its own it has that of the contents list."""
        file, data = self._found.files[id_]
        read = _read_chapter(data, file, self._faults, self._kept, self._how)
        return Chapter(
            self._prefix + id_,
            self._prefix + part.id,
            part.title,
            read.title or self._found.titles.get(file) or self._title_of_file(file, id_),
            read.front,
            file,
            read.lines,
            read.offset,
            self._links,
            self._pictures,
            scanned=read.scanned,
        )

    def _title_of_file(self, file: str, id_: str) -> str:
        """The title of a page without one: its id, and in a folder of others what the file's name says."""
        if self._found.rule == "ours":
            return id_
        from handbook.content.others_order import title_of_folder

        path = Path(file)
        is_first = path.stem.lower() in INDEXES
        return title_of_folder(path.parent.name if is_first and path.parent.name else path.stem)
