"""A file from a stick: taken when it is what was published and not older; else a sentence, and nothing is changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.updates import offer
from handbook.updates.offer import Kind, Offer, UpdateRefused, check, is_own, take
from tests.updates.stick import KEY, publish, signature

SETUP = "field-handbook-0.10.0-windows-setup.exe"
NEWS = "field-handbook-0.10.0-release-notes.md"
FILES = {
    SETUP: b"MZ" * 700_000,
    "field-handbook_0.10.0_amd64.deb": b"deb",
    "field-handbook-0.10.0-linux-portable.tar.xz": b"xz",
    "field-handbook-0.10.0-windows-portable.zip": b"zip",
    "shelter.handbook": b"pack",
    "field_handbook-0.10.0.tar.gz": b"source",
    NEWS: "# 0.10.0\n\nNew words: заява.\n".encode(),
}


def no_step(done: int, size: int) -> None:
    """Nobody watches."""


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return publish(tmp_path / "stick", FILES)


def refused(path: Path, own: str = "0.9.0", key: str = KEY) -> str:
    before = {one: one.read_bytes() for one in path.parent.iterdir() if one.stat().st_size < 10_000_000}
    with pytest.raises(UpdateRefused) as told:
        check(path, own, key, no_step)
    assert {one: one.read_bytes() for one in before} == before
    return str(told.value)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (SETUP, Kind.WINDOWS),
        ("field-handbook_0.10.0_amd64.deb", Kind.DEBIAN),
        ("field-handbook-0.10.0-linux-portable.tar.xz", Kind.LINUX_PORTABLE),
        ("field-handbook-0.10.0-windows-portable.zip", Kind.WINDOWS_PORTABLE),
    ],
)
def test_a_newer_version_is_offered_with_what_is_new(stick: Path, name: str, kind: Kind) -> None:
    steps: list[tuple[int, int]] = []
    found = check(stick / name, "0.9.0", KEY, lambda done, size: steps.append((done, size)))
    assert (found.kind, found.version) == (kind, "0.10.0")
    assert "заява" in found.news
    assert steps[-1] == (len(FILES[name]), len(FILES[name]))
    assert not is_own(found, "0.9.0")
    assert is_own(found, "0.10"), "0.10 is 0.10.0"


def test_a_handbook_is_offered_without_a_version(stick: Path) -> None:
    found = check(stick / "shelter.handbook", "0.9.0", KEY, no_step)
    assert (found.kind, found.version) == (Kind.HANDBOOK, "")


def test_news_that_were_changed_are_not_shown(stick: Path) -> None:
    (stick / NEWS).write_text("Call this number", encoding="utf-8")
    assert check(stick / SETUP, "0.9.0", KEY, no_step).news == ""
    (stick / NEWS).unlink()
    assert check(stick / SETUP, "0.9.0", KEY, no_step).news == ""


def test_an_older_version_is_refused_and_going_back_explained(stick: Path) -> None:
    told = refused(stick / SETUP, own="0.11")
    assert "older than yours (0.11)" in told
    assert "To go back to it, install it" in told


@pytest.mark.parametrize("gone", ["SHA256SUMS", "SHA256SUMS.minisig"])
def test_a_list_that_is_missing_is_asked_for(stick: Path, gone: str) -> None:
    (stick / gone).unlink()
    told = refused(stick / SETUP)
    assert "missing" in told
    assert "SHA256SUMS.minisig" in told


def test_a_list_too_large_or_a_folder_in_its_place_is_not_read(stick: Path) -> None:
    (stick / "SHA256SUMS").write_bytes(b"x" * 10_000_000)
    assert "can't be read" in refused(stick / SETUP)
    (stick / "SHA256SUMS").unlink()
    (stick / "SHA256SUMS").mkdir()
    with pytest.raises(UpdateRefused, match="can't be read"):
        check(stick / SETUP, "0.9.0", KEY, no_step)


def test_a_list_signed_with_another_key_or_changed_is_refused(stick: Path) -> None:
    text = (stick / "SHA256SUMS").read_bytes()
    (stick / "SHA256SUMS").write_bytes(text.replace(b"0.10.0", b"0.99.0"))
    assert "was not signed by those who make this program" in refused(stick / SETUP)
    (stick / "SHA256SUMS").write_bytes(text)
    from nacl.bindings import crypto_sign_seed_keypair

    other = crypto_sign_seed_keypair(b"x" * 32)[1]
    (stick / "SHA256SUMS.minisig").write_text(signature(text, secret=other), encoding="utf-8")
    assert "was not signed by those who make this program" in refused(stick / SETUP)


@pytest.mark.parametrize("data", [FILES[SETUP][:-1], FILES[SETUP][:-1] + b"?", b""], ids=["cut", "changed", "empty"])
def test_a_file_cut_short_or_changed_is_refused(stick: Path, data: bytes) -> None:
    (stick / SETUP).write_bytes(data)
    assert "damaged or cut short" in refused(stick / SETUP)


def test_a_file_of_ten_gigabytes_is_not_read(stick: Path) -> None:
    os.truncate(stick / SETUP, 10 * 1024**3)  # it takes no room on the disk
    steps: list[int] = []
    with pytest.raises(UpdateRefused, match="larger than anything that was published"):
        check(stick / SETUP, "0.9.0", KEY, lambda done, _: steps.append(done))
    assert steps == []


def test_other_files_are_refused(stick: Path) -> None:
    assert "neither an installer nor a handbook" in refused(stick / "field_handbook-0.10.0.tar.gz")
    (stick / "renamed.exe").write_bytes(FILES[SETUP])
    assert "not in the list" in refused(stick / "renamed.exe")
    with pytest.raises(UpdateRefused, match="There is no file"):
        check(stick / "gone.exe", "0.9.0", KEY, no_step)
    with pytest.raises(UpdateRefused, match="There is no file"):
        check(stick, "0.9.0", KEY, no_step)


@pytest.mark.parametrize("key", ["", "no key", KEY[:-4]])
def test_a_copy_without_a_key_says_so(stick: Path, key: str) -> None:
    assert "made without a key" in refused(stick / SETUP, key=key)


def test_the_program_has_a_key_or_none_but_nothing_else() -> None:
    from handbook.updates import key, minisign

    assert not key.PUBLIC_KEY or minisign.public_key(key.PUBLIC_KEY)


# -- The copy ---------------------------------------------------------------------------------------------------


@pytest.fixture
def found(stick: Path) -> Offer:
    return check(stick / SETUP, "0.9.0", KEY, no_step)


def test_a_copy_is_taken_and_the_one_before_removed(found: Offer, tmp_path: Path) -> None:
    old = tmp_path / "cache" / offer.FOLDER / "old.exe"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    copy = take(found, tmp_path / "cache", no_step)
    assert copy.read_bytes() == FILES[SETUP]
    assert not old.exists()


def test_a_file_that_changed_since_is_not_taken_and_nothing_is_left(found: Offer, tmp_path: Path) -> None:
    found.path.write_bytes(b"MZ other")
    with pytest.raises(UpdateRefused, match="not as it was published"):
        take(found, tmp_path / "cache", no_step)
    assert not (tmp_path / "cache" / offer.FOLDER).exists()


def test_a_stick_pulled_out_or_a_full_disk_leaves_nothing(
    found: Offer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = found.path.rename(found.path.with_name("moved"))
    with pytest.raises(UpdateRefused, match="Is the stick still there"):
        take(found, tmp_path / "cache", no_step)
    gone.rename(found.path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UpdateRefused, match="not enough room on the disk"):
        take(found, tmp_path / "cache", no_step)
    assert not (tmp_path / "cache" / offer.FOLDER).exists()


def test_giving_up_leaves_nothing(found: Offer, tmp_path: Path) -> None:
    class GivenUpError(Exception):
        pass

    def give_up(done: int, size: int) -> None:
        raise GivenUpError

    with pytest.raises(GivenUpError):
        take(found, tmp_path / "cache", give_up)
    assert not (tmp_path / "cache" / offer.FOLDER).exists()
