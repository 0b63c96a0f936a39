"""What CPython is compiled for: cpython.sh has counted what runs most while this runs, most of it what a start does.

Belongs here: work that is the same each time, so that what is compiled by it has the same bytes. So no time, no random
number, no thread, no XML that is read (expat draws a number), no file but those of the standard library."""

import bisect
import dataclasses
import heapq
import json
import marshal
import os
import re
import struct
import tomllib
import zlib
from xml.etree import ElementTree

LIBRARY = os.path.dirname(os.__file__)
MODULES = """argparse ast base64 bisect collections/__init__ configparser contextlib copy csv dataclasses datetime
    difflib dis enum fnmatch fractions functools gettext glob hashlib heapq importlib/_bootstrap inspect
    json/decoder json/encoder keyword linecache locale numbers operator os pathlib/_local pickle platform
    posixpath re/_compiler re/_constants re/_parser selectors shutil stat string struct textwrap token
    tokenize tomllib/_parser traceback types typing urllib/parse weakref xml/etree/ElementTree
    zipfile/__init__""".split()
ROUNDS = 12


def modules() -> list[str]:
    """Read and run modules as an import does; their texts."""
    texts, codes = [], []
    for name in MODULES:
        with open(f"{LIBRARY}/{name}.py", encoding="utf-8") as file:
            texts.append(file.read())
        codes.append((name.replace("/", "."), marshal.dumps(compile(texts[-1], name, "exec", dont_inherit=True))))
    for _ in range(ROUNDS):
        for name, code in codes:
            package = name.removesuffix(".__init__") if name.endswith("__init__") else name.rpartition(".")[0]
            exec(marshal.loads(code), {"__name__": name, "__package__": package, "__file__": name})
    return texts


def words(texts: list[str]) -> None:
    """Look through texts, count and sort what is in them."""
    heads = re.compile(r"^(class|def) (\w+)\(?([^)]*)\)?:", re.MULTILINE)
    for text in texts:
        found: dict[str, int] = {}
        for number, line in enumerate(text.splitlines()):
            for word in line.strip().lower().replace("_", " ").split():
                found[word] = found.get(word, 0) + number
        by_count = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        assert [pair for pair in by_count if pair[0] in found] == by_count
        starts = {name.partition(".")[0].startswith(("a", "b")): f"{name}: {count:d}" for name, count in by_count}
        assert len(starts) <= 2
        assert all(head[1] for head in heads.findall(text))
        assert re.sub(r"[aeiou]+(?=\w)", "", text[:3000]) != text
        numbers = [len(word) for word, _ in by_count]
        heapq.heapify(numbers)
        assert bisect.bisect(sorted(numbers), heapq.heappop(numbers)) > 0
        assert struct.unpack("<3I", struct.pack("<3I", 1, 2, zlib.crc32(text.encode())))[1] == 2
        assert json.loads(json.dumps(by_count)) == [list(pair) for pair in by_count]
        assert zlib.decompress(zlib.compress(text.encode())).decode() == text


def records() -> None:
    """Make classes and values of them, a tree and a table."""
    for number in range(60):
        record = dataclasses.make_dataclass(f"Record{number}", ["name", ("size", int, 3)], frozen=True)
        some = [record(f"{one:03}", one) for one in range(40)]
        assert sorted({one: one.size for one in some}, key=lambda one: one.name) == some
        tree = ElementTree.Element("a")
        for one in some:
            ElementTree.SubElement(tree, "b", {"c": str(one.size)}).text = one.name
        assert len(list(tree.iter("b"))) == len(ElementTree.tostring(tree).decode().split("<b ")) - 1
        assert tomllib.loads(f'[[item]]\nname = "{number}"\nsize = {number}\n')["item"][0]["size"] == number


words(modules())
records()
