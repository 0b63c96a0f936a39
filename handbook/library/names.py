"""Which names may stand in a pack, and what a handbook in the library may be called.

Belongs here: rules for names, as every system has to take them. Not here: files."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from handbook.base.atomic_file import is_of_device
from handbook.content.address import SCHEMES
from handbook.content.pictures import SUFFIXES as PICTURES

LONGEST, DEEPEST, LONGEST_PART = 240, 16, 120  # letters of a path, folders in it, letters of each
SUFFIXES = (".md", ".markdown", *PICTURES, ".toml", ".yml", ".yaml", ".workshop", ".sha256", ".tsv", ".txt")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])")
_TAKEN = (
    "beside",
    "command",
    "handbook",
    "keyboard",
    "picture",
    "ready",
    "recent",
    "run",
)  # what our own links begin with
_FORBIDDEN = re.compile(r"[\x00-\x1f<>:\"|?*\\\x7f]")


def is_library_name(name: str) -> bool:
    """May a handbook be called so? Small letters, digits and hyphens; no scheme, no device, not our own."""
    return bool(_NAME.fullmatch(name)) and name not in (*SCHEMES, *_TAKEN) and not is_of_device(name)


def library_name_of(title: str) -> str:
    """A name made from a title; "" where it has no letter that a name can have."""
    plain = unicodedata.normalize("NFKD", title.replace("ł", "l").replace("Ł", "L")).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower())[:60].strip("-")
    name = name if len(name) != 1 else f"{name}-handbook"
    return name if is_library_name(name) else f"{name}-handbook" if is_library_name(f"{name}-handbook") else ""


def library_name_without(title: str) -> str:
    """A name where a title has no letter that a name can have: another for each title, and always the same."""
    return f"handbook-{checksum(title)}"


def checksum(title: str) -> str:
    """Eight letters that tell titles apart."""
    return hashlib.sha256(unicodedata.normalize("NFC", title).encode("utf-8", "replace")).hexdigest()[:8]


def is_safe(name: str) -> bool:
    """Is it the relative path of a file that stays inside its folder, on every system?"""
    parts = name.split("/")
    return (
        0 < len(name) <= LONGEST
        and len(parts) <= DEEPEST
        and not _FORBIDDEN.search(name)
        and all(map(_is_safe_part, parts))
    )


def _is_safe_part(part: str) -> bool:
    return (
        0 < len(part) <= LONGEST_PART
        and part not in (".", "..")
        and part[-1] not in ". "
        and part[0] not in ". "
        and not is_of_device(part)
        and all(unicodedata.category(letter) not in ("Cs", "Cc", "Cn") for letter in part)
    )


def is_wanted(name: str) -> bool:
    """Is it a file that a handbook is made of?"""
    return Path(name).suffix.lower() in SUFFIXES or name.rpartition("/")[2].upper() in ("LICENSE", "LICENCE", "COPYING")


def clash(names: Iterable[str]) -> str:
    """A name that another one is, but for its capitals or accents, or that is a folder of another; "" for none."""
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for name in names:
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            return name
        seen[key] = name
        at = key.rfind("/")
        while at > 0:
            folders.add(key[:at])
            at = key.rfind("/", 0, at)
    return next((seen[key] for key in seen if key in folders), "")
