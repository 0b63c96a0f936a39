"""Packs and the library: what is added is what was packed, and what is wrong changes nothing."""

from __future__ import annotations

import errno
import io
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.base import atomic_file, bounded
from handbook.base.errors import HandbookError
from handbook.check import check
from handbook.content.html import BESIDE, PICTURE
from handbook.content.loading import load
from handbook.handout.selection import Handout
from handbook.library import example, names, pack
from handbook.library.pack import Manifest, PackRefused
from handbook.library.shelf import Added, Library
from handbook.printing.typeset import to_pdf
from handbook.ui.reading.page_source import KEYBOARD
from handbook.ui.reading.start_page import COMMAND, LIBRARY, READY, RECENT, RUN
from tests.helpers import PATIENCE, ROOT, handbook_of, write
from tests.printed import Pdf

FILES = {
    "one.md": "# One\n\n[Two](two.md#part)\n",
    "two.md": "# Two\n\n## Part\n\nWords of a shelter.\n",
    "pictures/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}
WANTED = Manifest("shelter", "Shelter manual", "1.9", "en", "CC BY 4.0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "manual", FILES)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def packed(folder: Path, target: Path, wanted: Manifest = WANTED) -> Path:
    made = io.BytesIO()
    pack.write(folder, wanted, made)
    target.write_bytes(made.getvalue())
    return target


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def test_what_is_added_is_what_was_packed(folder: Path, library: Library, tmp_path: Path) -> None:
    file = packed(folder, tmp_path / "a.handbook")
    assert packed(folder, tmp_path / "b.handbook").read_bytes() == file.read_bytes()
    manifest, changed, *_ = library.add(file)
    assert changed
    assert library.listed() == [manifest]
    assert (manifest.title, manifest.licence) == ("Shelter manual", "CC BY 4.0")
    assert everything(library.content(manifest)) == everything(folder)
    read = library.read("shelter")
    assert list(read.chapters) == ["shelter:one", "shelter:two"]
    assert str(read.chapters["shelter:one"].resolve("two.md#part")) == "shelter:two#part"
    assert library.add(file) == Added(manifest, changed=False)
    library.remove("shelter")
    assert library.listed() == []
    assert everything(tmp_path / "data") == {}


def test_a_folder_that_cannot_be_gone_into_is_not_left_out_without_a_word(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = os.scandir

    def fails(where: str) -> object:
        if str(where).endswith("pictures"):
            raise OSError(5, "Input/output error", where)
        return look(where)

    monkeypatch.setattr(os, "scandir", fails)
    with pytest.raises(PackRefused, match=r"pictures.*the disk reports an error"):
        pack.save(folder, WANTED, tmp_path / "a.handbook")
    assert not (tmp_path / "a.handbook").exists()
    assert [(fault.file, fault.message.rpartition(":")[2]) for fault in load(folder).faults] == [
        ("pictures", " the disk reports an error")
    ]


def test_a_whole_stick_is_taken_without_the_folders_of_the_system(folder: Path) -> None:
    write(folder, {"System Volume Information/a.md": "# A\n", "lost+found/b.md": "# B\n"})
    assert sorted(pack.files_of(folder)[0]) == sorted(FILES)
    assert sorted(load(folder).chapters) == ["one", "two"]


def test_a_newer_one_takes_the_place_of_an_older_one(folder: Path, library: Library, tmp_path: Path) -> None:
    library.add(packed(folder, tmp_path / "a.handbook"))
    write(folder, {"three.md": "# Three\n"})
    newer = packed(folder, tmp_path / "b.handbook", replace(WANTED, version="1.10"))
    added = library.add(newer)
    assert added.there == "1.9"
    assert added.said == "Added: Shelter manual, version 1.10, in the place of version 1.9."
    assert [one.version for one in library.listed()] == ["1.10"]
    assert "shelter:three" in library.read("shelter").chapters
    assert len(list((tmp_path / "data" / "library" / "shelter").iterdir())) == 2
    with pytest.raises(PackRefused, match="not newer"):
        library.add(packed(folder, tmp_path / "c.handbook"))


def test_a_folder_is_added_as_a_pack_is(folder: Path, library: Library) -> None:
    manifest, *_ = library.add(folder)
    assert (manifest.name, manifest.title, manifest.version) == ("manual", "manual", "1")
    assert everything(library.content(manifest)) == everything(folder)


def rewritten(file: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """A pack with files changed, or left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            changed = change(name, old.read(name))
            if changed is not None:
                new.writestr(*changed)
    return made.getvalue()


def with_file(file: Path, name: str, data: bytes = b"x", mode: int = 0o100644) -> bytes:
    made = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(made, "a") as archive:
        info = zipfile.ZipInfo("x")
        info.filename, info.external_attr = name, mode << 16
        archive.writestr(info, data)
    return made.getvalue()


def many(file: Path, number: int) -> bytes:
    made = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(made, "a") as archive:
        for one in range(number):
            archive.writestr(f"content/{one}.md", b"")
    return made.getvalue()


def bomb(_: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack.json", replace(WANTED, digest="0" * 64).to_json())
        piece = b"\0" * (31 << 20)
        for one in range(3):
            archive.writestr(f"content/{one}.md", piece)
    return made.getvalue().replace((31 << 20).to_bytes(4, "little"), (2047 << 20).to_bytes(4, "little"))


def with_manifest_in(compression: int) -> bytes:
    """A pack whose manifest is compressed as no pack of ours is, and damaged."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("pack.json", WANTED.to_json(), compression)
    data = bytearray(made.getvalue())
    data[50:60] = bytes(10)
    return bytes(data)


def renamed(old: bytes, new: bytes) -> Callable[[Path], bytes]:
    return lambda file: file.read_bytes().replace(old, new)


BAD: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "cut short": (lambda file: file.read_bytes()[:-40], "damaged or cut short"),
    "half": (lambda file: file.read_bytes()[: file.stat().st_size // 2], "damaged or cut short"),
    "empty": (lambda _: b"", "damaged or cut short"),
    "no zip": (lambda _: b"Words" * 100, "damaged or cut short"),
    "another digest": (
        lambda file: rewritten(file, lambda name, data: (name, data + b" " if name.endswith("two.md") else data)),
        "digest is another",
    ),
    "a file less": (
        lambda file: rewritten(file, lambda name, data: None if name.endswith("two.md") else (name, data)),
        "digest is another",
    ),
    "another title": (
        lambda file: rewritten(file, lambda name, data: (name, data.replace(b"Shelter", b"Shelved"))),
        "digest is another",
    ),
    "no manifest": (
        lambda file: rewritten(file, lambda name, data: None if name == "pack.json" else (name, data)),
        "says nothing of itself",
    ),
    "a newer format": (
        lambda file: rewritten(file, lambda name, data: (name, data.replace(b'"format": 1', b'"format": 2'))),
        "later version of this program",
    ),
    "our own name": (
        lambda file: rewritten(file, lambda name, data: (name, data.replace(b'"shelter"', b'"handbook"'))),
        "says nothing of itself",
    ),
    "a manifest in LZMA": (lambda _: with_manifest_in(zipfile.ZIP_LZMA), "says nothing of itself"),
    "a manifest in bzip2": (lambda _: with_manifest_in(zipfile.ZIP_BZIP2), "says nothing of itself"),
    "dots": (lambda file: with_file(file, "content/../../evil.md"), "no handbook has"),
    "dots before": (lambda file: with_file(file, "../evil.md"), "no handbook has"),
    "absolute": (lambda file: with_file(file, "/evil.md"), "no handbook has"),
    "a drive": (lambda file: with_file(file, "content/C:/evil.md"), "no handbook has"),
    "a stroke": (lambda file: with_file(file, "content/..\\evil.md"), "no handbook has"),
    "a device": (lambda file: with_file(file, "content/con.md"), "no handbook has"),
    "a device with a number": (lambda file: with_file(file, "content/com¹.md"), "no handbook has"),
    "a device for the keyboard": (lambda file: with_file(file, "content/CONIN$.md"), "no handbook has"),
    "a device and a blank": (lambda file: with_file(file, "content/con .md"), "no handbook has"),
    "a program": (lambda file: with_file(file, "content/setup.exe"), "no handbook has"),
    "a symbolic link": (lambda file: with_file(file, "content/link.md", b"/etc/passwd", 0o120777), "no handbook has"),
    "capitals": (lambda file: with_file(file, "content/ONE.md"), "no handbook has"),
    "accents": (lambda file: with_file(file, "content/ONE.md".replace("N", "n")), "no handbook has"),
    "a file and a folder": (lambda file: with_file(file, "content/one.md/x.md"), "no handbook has"),
    "100,000 files": (lambda file: many(file, 100_000), "more than 20000 files"),
    "20,001 files": (lambda file: many(file, 20_001), "more than 20000 files"),
    "2 GB": (bomb, "no handbook has|more than 1024 MB"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_pack_is_a_sentence_and_changes_nothing(
    what: str, folder: Path, library: Library, tmp_path: Path
) -> None:
    good = packed(folder, tmp_path / "good.handbook")
    library.add(good)
    before = everything(tmp_path)
    make, said = BAD[what]
    bad = tmp_path / "bad.handbook"
    newer = packed(folder, tmp_path / "newer.handbook", replace(WANTED, version="2"))
    bad.write_bytes(make(newer))
    with pytest.raises(PackRefused, match=said):
        library.add(bad)
    bad.unlink()
    newer.unlink()
    assert everything(tmp_path) == before


def test_files_of_too_many_bytes_in_all_are_refused(
    folder: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = packed(folder, tmp_path / "a.handbook")
    monkeypatch.setattr(pack, "MOST_BYTES", 50)
    with pytest.raises(PackRefused, match="more than"):
        library.add(file)
    with pytest.raises(PackRefused, match="more than"):
        library.add(folder)
    assert everything(tmp_path / "data") == {}


def test_a_whole_disk_is_given_up(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        (tmp_path / "disk" / str(number)).mkdir(parents=True)
    (tmp_path / "disk" / "page.md").write_text("# Page\n", "utf-8")
    monkeypatch.setattr(bounded, "MOST_SEEN", 4)
    with pytest.raises(HandbookError, match="more than 4 files"):
        library.add(tmp_path / "disk")
    monkeypatch.setattr(bounded, "MOST_SEEN", 6)
    library.add(tmp_path / "disk")


def test_a_disk_without_end_is_given_up(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LONGEST", -1.0)
    with pytest.raises(HandbookError, match="takes too long"):
        library.add(folder)
    assert library.listed() == []


def test_folders_without_end_are_not_gone_into(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "DEEPEST", 2)
    write(folder, {"1/2/there.md": "# There\n", "1/2/3/beyond.md": "# Beyond\n"})
    manifest, *_ = library.add(folder)
    assert set(everything(library.content(manifest))) == {*FILES, "1/2/there.md"}
    assert "beyond" not in load(folder).chapters


def test_what_is_too_large_is_refused_before_anything_is_read(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "MOST_OF_FILE", 100)
    write(folder, {"large.txt": "x" * 101})
    monkeypatch.setattr(bounded, "read", lambda *_: pytest.fail("it was read"))
    with pytest.raises(PackRefused, match=r"large\.txt' can't be read: it is too large"):
        library.add(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8")
def test_a_folder_whose_name_is_no_utf_8_is_added(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / os.fsdecode(b"ours\xff\xfe"), FILES)
    manifest, changed, *_ = library.add(folder)
    assert (manifest.title, changed) == ("ours", True)
    assert pack.save(folder, manifest, tmp_path / "a.handbook") == []


def test_half_a_letter_in_a_title_is_refused(folder: Path, library: Library, tmp_path: Path) -> None:
    def half(name: str, data: bytes) -> tuple[str, bytes]:
        return name, data.replace(b"Shelter manual", b"Shelter \\ud800") if name == pack.MANIFEST else data

    file = packed(folder, tmp_path / "a.handbook")
    file.write_bytes(rewritten(file, half))
    with pytest.raises(PackRefused, match="says nothing of itself that can be read"):
        library.add(file)


def test_from_a_handbook_that_was_removed_ours_is_seen(library: Library, folder: Path) -> None:
    library.add(folder, WANTED)
    assert library.beside("") == ["shelter"]
    library.remove("shelter")
    assert library.beside("") == []
    assert library.beside("shelter") == [""]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_fills_leaves_the_library_as_it_was(
    number: int, folder: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = packed(folder, tmp_path / "a.handbook")

    def full(*_: object) -> str:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(pack, "_copy", full)
        with pytest.raises(PackRefused, match=r"Nothing was (added|changed)"):
            library.add(file)
    with monkeypatch.context() as patched:
        patched.setattr(atomic_file, "_write", full)
        with pytest.raises(PackRefused):
            library.add(file)
    assert everything(tmp_path / "data") == {}


def test_a_stick_that_is_pulled_is_a_sentence(
    folder: Path, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = packed(folder, tmp_path / "a.handbook")

    def gone(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(zipfile.ZipExtFile, "read", gone)
    with pytest.raises(PackRefused, match="stick"):
        library.add(file)
    assert everything(tmp_path / "data") == {}


_KILLED = """
import os, signal, sys
from pathlib import Path
from handbook.library import pack, shelf
from handbook.base import atomic_file
place, data, file = sys.argv[1:]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
if place == "copying":
    pack._copy = die
elif place == "before the file":
    shelf.atomic_file.save = die
else:
    shelf.Library._clear = die if place == "clearing" else shelf.Library._clear
    if place == "replacing":
        atomic_file.replace = die
shelf.Library(Path(data)).add(Path(file))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signal that kills at once")
@pytest.mark.parametrize("place", ["copying", "before the file", "replacing"])
def test_a_program_that_is_killed_leaves_the_library_as_it_was(
    place: str, folder: Path, library: Library, tmp_path: Path
) -> None:
    before, *_ = library.add(packed(folder, tmp_path / "a.handbook"))
    newer = packed(folder, tmp_path / "b.handbook", replace(WANTED, version="2"))
    command = [sys.executable, "-P", "-c", _KILLED, place, str(tmp_path / "data"), str(newer)]
    home = {**os.environ, "PYTHONPATH": str(ROOT), "HANDBOOK_HOME": str(tmp_path / "home")}
    done = subprocess.run(command, env=home, timeout=PATIENCE, check=False)
    assert done.returncode == -signal.SIGKILL
    assert library.listed() == [before]
    assert list(library.read("shelter").chapters) == ["shelter:one", "shelter:two"]
    library.add(newer)  # nothing of it is in the way
    assert [one.version for one in library.listed()] == ["2"]
    left = [one.name for one in (tmp_path / "data" / "library" / "shelter").iterdir() if one.is_dir()]
    assert len(left) == 1


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda was: was.replace(b'"format": 1', b'"format": 99'), "later version of this program"),
        (lambda was: was[:-9], "says nothing of itself"),
        (lambda _: b"", "says nothing of itself"),
        (lambda was: was.replace(b'"digest": "', b'"digest": "no'), "says nothing of itself"),
    ],
    ids=["of a later version", "cut short", "empty", "with another digest"],
)
def test_a_handbook_that_cannot_be_read_is_told_and_its_files_stay_while_others_are_added(
    damage: Callable[[bytes], bytes], told: str, folder: Path, library: Library, tmp_path: Path
) -> None:
    """The files that its own file did not name were taken for those of a killed program, and removed."""
    library.add(folder, WANTED)
    pointer = tmp_path / "data" / "library" / "shelter" / "handbook.json"
    whole = pointer.read_bytes()
    pointer.write_bytes(damage(whole))
    before = everything(pointer.parent)
    library.add(folder, replace(WANTED, name="other"))
    library.remove("other")
    assert everything(pointer.parent) == before
    (said,) = library.unread()
    assert told in said
    assert library.listed() == []
    pointer.write_bytes(whole)
    assert (library.unread(), [one.name for one in library.listed()]) == ([], ["shelter"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders")
def test_a_pipe_in_place_of_a_handbooks_file_is_told(folder: Path, library: Library, tmp_path: Path) -> None:
    library.add(folder, WANTED)
    pointer = tmp_path / "data" / "library" / "shelter" / "handbook.json"
    pointer.unlink()
    os.mkfifo(pointer)
    (said,) = library.unread()
    assert str(pointer) in said


@pytest.mark.skipif(sys.platform == "win32", reason="such names can't be given there")
def test_texts_of_a_folder_that_are_left_out_are_told(folder: Path, library: Library) -> None:
    """A name that another system can't have, as "Day 1: opening.md": the handbook lacked it without a word."""
    for name in ("day 1: opening.md", "why?.md", "list.docx"):
        (folder / name).write_text("# Words\n")
    added = library.add(folder)
    assert set(added.left) == {"day 1: opening.md", "why?.md"}
    assert added.said == "Added: manual."
    assert set(library.add(folder).left) == set(added.left)


@pytest.mark.skipif(sys.platform == "win32", reason="such names can't be given there")
def test_a_folder_of_which_nothing_can_be_taken_is_named(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "plans", {"day 1: opening.md": "# Words\n"})
    with pytest.raises(HandbookError, match=f"^The folder '{re.escape(str(folder))}' holds no Markdown file"):
        library.add(folder)


def test_two_handbooks_are_printed_together(folder: Path, library: Library) -> None:
    library.add(folder, WANTED)
    own = handbook_of({"own.md": "# Ours\n\nOur words.\n"})
    both = own.with_(others=library.others(lambda: own))
    assert both.find("shelter:two#part") is not None
    assert list(both.chapters) == ["own"]
    assert both.source_line(both.chapters["shelter:two"]) == "Shelter manual"
    body = Pdf(to_pdf(both, Handout(("own", "shelter:two#part")))).body
    assert "Our words." in body
    assert "Words of a shelter." in body
    assert "Shelter manual" in body  # the source line of what is not ours
    assert both.others("") is not None
    assert both.find("nobody:two") is None


@pytest.mark.parametrize("was_there", [True, False])
def test_an_example_that_is_not_whole_leaves_nothing(
    was_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new"
    if was_there:
        folder.mkdir()
    save = atomic_file.save

    def full(data: bytes, file: Path) -> None:
        if file.name == "cards.md":
            raise HandbookError("no room")
        save(data, file)

    monkeypatch.setattr(atomic_file, "save", full)
    with pytest.raises(HandbookError, match="no room"):
        example.write(folder)
    assert list(tmp_path.rglob("*")) == ([folder] if was_there else [])


def test_an_example_shows_every_block_and_has_no_fault(tmp_path: Path) -> None:
    example.write(tmp_path / "new")
    handbook = load(tmp_path / "new")
    assert [str(fault) for fault in handbook.faults] == []
    assert [
        str(fault) for fault in check(handbook) if "is not used" not in str(fault) and "cards" not in str(fault)
    ] == []
    with pytest.raises(HandbookError, match="not empty"):
        example.write(tmp_path / "new")


@pytest.mark.parametrize(
    ("title", "name"), [("Podręcznik łódzki", "podrecznik-lodzki"), ("mailto", "mailto-handbook"), ("Памятка", "")]
)
def test_a_name_is_made_from_a_title(title: str, name: str) -> None:
    assert names.library_name_of(title) == name


@pytest.mark.parametrize("own", [BESIDE, PICTURE, KEYBOARD, COMMAND, READY, RECENT, LIBRARY, RUN])
def test_no_handbook_is_called_as_our_own_links_begin(own: str) -> None:
    """In a handbook of the name "picture" each link of a page had been taken for one to a picture."""
    assert names.library_name_of(own.removesuffix(":").title()) == f"{own.removesuffix(':')}-handbook"


def test_a_handbook_in_other_letters_does_not_take_the_place_of_another(library: Library, tmp_path: Path) -> None:
    """Both were called my-handbook, and the newer one took the other's place."""
    for number, title in enumerate(("Наръчник", "Приручник"), 1):
        manifest = f'title = "{title}"\nedition = "{number}"\n'
        library.add(write(tmp_path / title, {"handbook.toml": manifest, "one.md": "# А\n"}))
    assert [one.title for one in library.listed()] == ["Наръчник", "Приручник"]
    assert all(re.fullmatch("handbook-[0-9a-f]{8}", one.name) for one in library.listed())
    assert not library.add(tmp_path / "Наръчник").changed  # it is the same one


def test_folders_of_one_name_with_other_handbooks_are_two(library: Library, tmp_path: Path) -> None:
    for number, title in enumerate(("Care", "Law", "Law"), 1):
        folder = tmp_path / str(number) / "docs"
        folder.mkdir(parents=True)
        (folder / "handbook.toml").write_text(f'title = "{title}"\nedition = "{number}"\n', encoding="utf-8")
        (folder / "one.md").write_text(f"# One\n\nOf {title}, {number}.\n", encoding="utf-8")
        library.add(folder)
    assert [(one.title, one.version) for one in library.listed()] == [("Care", "1"), ("Law", "3")]


def test_a_title_that_a_terminal_would_obey_is_refused(folder: Path, library: Library, tmp_path: Path) -> None:
    for title in ("Shelter\nmanual", "Shelter\x1b[2Jmanual"):
        with pytest.raises(PackRefused, match="nothing of itself that can be read"):
            library.add(packed(folder, tmp_path / "odd.handbook", replace(WANTED, title=title)))
    assert not library.listed()


def test_a_folder_with_a_title_in_two_lines_is_added_in_one(folder: Path, library: Library) -> None:
    (folder / "handbook.toml").write_text('title = "Shelter\\n manual"\n', encoding="utf-8")
    manifest, *_ = library.add(folder)
    assert manifest.title == "Shelter manual"
