"""Stands in place of Python's `socket` in the installed program, which therefore cannot open a connection.

importlib.metadata, which reads the program's version, imports email.utils, and that imports `socket` for the name
of the computer in letters that nobody writes here. This is what it needs, and no more."""


def getfqdn(name: str = "") -> str:
    """A name for the computer that says nothing about it."""
    return name or "localhost"


def gethostname() -> str:
    """The same, for `platform`, which asks for it on Windows."""
    return getfqdn()
