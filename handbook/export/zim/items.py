"""What stands in a ZIM file, as libzim asks for it.

Belongs here: answers to libzim. Not here: which pages and pictures these are (entries.py)."""

# ruff: noqa: D102 - these methods are libzim's, whose documentation says what each is
from __future__ import annotations

import base64

from libzim.writer import Hint, IndexData, Item, StringProvider


class Words(IndexData):
    """What the search finds of a page."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self._title, self._words = title, words

    def has_indexdata(self) -> bool:
        return bool(self._words)

    def get_title(self) -> str:
        return self._title

    def get_content(self) -> str:
        return self._words

    def get_keywords(self) -> str:
        return ""

    def get_wordcount(self) -> int:
        return len(self._words.split())

    def get_geoposition(self) -> None:
        return None


class Entry(Item):
    """A page or a picture; pages are those that have a title."""

    def __init__(self, entry: dict[str, str]) -> None:
        super().__init__()
        self._entry = entry

    def get_path(self) -> str:
        return self._entry["path"]

    def get_title(self) -> str:
        return self._entry["title"]

    def get_mimetype(self) -> str:
        return self._entry["media"]

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(base64.b64decode(self._entry["data"]))

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: bool(self._entry["title"])}

    def get_indexdata(self) -> Words:
        return Words(self._entry["title"], self._entry["words"])
