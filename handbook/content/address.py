"""Addresses: `chapter#anchor`, as in links, hits, the history, prints and on the command line.

Belongs here: reading and writing them, and the handbook of the library that they are in. Not here: which section stands
at an address (handbook.py), where a link in a text leads (chapter.py)."""

from __future__ import annotations

from typing import NamedTuple

# What an address of the network may begin with without strokes behind it; no handbook in the library is called so.
SCHEMES = frozenset(
    [
        "about",
        "blob",
        "callto",
        "cid",
        "data",
        "doi",
        "facetime",
        "file",
        "ftp",
        "geo",
        "http",
        "https",
        "irc",
        "isbn",
        "javascript",
        "magnet",
        "mailto",
        "mid",
        "news",
        "nntp",
        "signal",
        "sip",
        "sips",
        "skype",
        "sms",
        "ssh",
        "tel",
        "telnet",
        "tg",
        "urn",
        "vbscript",
        "viber",
        "view-source",
        "webcal",
        "whatsapp",
        "ws",
        "wss",
        "xmpp",
    ]
)


class Address(NamedTuple):
    """`chapter#anchor`, or `chapter` for its top: the only form of address in the program."""

    chapter: str
    anchor: str = ""

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address as it is written; never fails. Handbook.find tells whether it exists."""
        chapter, _, anchor = text.strip().partition("#")
        return cls(chapter, anchor)

    def __str__(self) -> str:
        return f"{self.chapter}#{self.anchor}" if self.anchor else self.chapter


def library_name(id_: str) -> str:
    """The name of the handbook in the library that a chapter's id or an address begins with; "" is our own."""
    return id_.partition("#")[0].rpartition(":")[0]
