"""Imports PySide without three things that take time at its import and that this program does not need.

Belongs here: that alone, once, before anything else of Qt. PySide loads modules with which it writes stubs and explains
a wrong call's arguments, and with them `inspect`, `ast` and `argparse`: half of its import. Here they are loaded when
they are used, and so are those that unpack PySide's own Python files, which an installed copy has unpacked. And it puts
itself in front of every later import, to look in each module's source for `snake_case` names, and for `import *`, which
takes only what has been used before: that is undone. Its enums are made faster, too (quick_enums.py)."""

from __future__ import annotations

import builtins
import importlib.util
import sys
import threading
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from handbook.ui.qt import quick_enums

_SUPPORT = "shibokensupport"  # PySide's own Python package; in its library as text, or as files beside it
_LOADER = f"{_SUPPORT}.signature.loader"  # imports all of the package, and calls it when it is used
_SWITCH = "PySide6.support.feature"  # the loader's last import before it puts itself in front of every later one
_MAPPING = f"{_SUPPORT}.signature.mapping"  # whose update_mapping the library takes past Python
_LATE = frozenset(
    f"{_SUPPORT}.{name}"
    for name in (
        "feature",
        "signature.errorhandler",
        "signature.layout",
        "signature.lib.enum_sig",
        "signature.lib.pyi_generator",
        "signature.lib.tool",
        "signature.mapping",
        "signature.parser",
    )
)

_UNPACKING = ("base64", "tempfile", "zipfile")


def load() -> None:
    """Import PySide's widgets; does nothing the second time. Raises ImportError as that does."""
    if "PySide6.QtWidgets" in sys.modules:
        return
    quick_enums.install()
    at_once = builtins.__import__

    def later(name: str, *given: Any, **named: Any) -> ModuleType:
        # An import statement gives what its module holds, that of its function, and which names it imports.
        if len(given) > 2 and given[0] and given[0].get("__name__") == _LOADER:
            for part in given[2] or ():
                _put_late(name, part)
            if name == _SWITCH:
                builtins.__dict__["__feature_import__"] = at_once  # this is what it puts there
        return at_once(name, *given, **named)

    builtins.__import__ = later
    for name in (unused := [one for one in _UNPACKING if one not in sys.modules]):
        sys.modules[name] = _LateModule(name, importlib.util.find_spec(name))
    try:
        import PySide6.QtWidgets  # noqa: F401 - it is the loading that is wanted
    finally:
        builtins.__import__ = at_once
        for name in unused:
            if "__builtins__" not in vars(sys.modules[name]):  # it was not loaded
                del sys.modules[name]


def _put_late(package: str, name: str) -> None:
    """Put a module that is loaded later where an import of it looks first."""
    full = f"{package}.{name}"
    if full in _LATE and full not in sys.modules:
        module = sys.modules[full] = _LateModule(full)
        setattr(sys.modules[package], name, module)


class _LateModule(ModuleType):
    """A module that is loaded when something in it is asked for. The loader gives it another name before that."""

    def __init__(self, name: str, spec: ModuleSpec | None = None) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None)
        if spec is not None:
            self.__package__, self.__loader__ = spec.parent, spec.loader
            if spec.has_location:
                self.__file__ = spec.origin
            if spec.submodule_search_locations is not None:
                self.__path__ = spec.submodule_search_locations
        lock, begun = threading.RLock(), False

        def load() -> None:
            nonlocal begun
            with lock:
                if not begun:
                    begun = True  # what it imports may look for names in it meanwhile
                    if name == _MAPPING:
                        quick_enums.make_all()  # it names members without their enums
                    found = self.__spec__ = spec if spec is not None else _found(name)
                    found.loader.exec_module(self)  # type: ignore[union-attr]  # a module of PySide's has one

        def update_mapping() -> None:
            load()
            self.__dict__["update_mapping"]()

        self.__dict__["_load"] = load
        if name == _MAPPING:
            self.__dict__["update_mapping"] = update_mapping

    def __getattr__(self, name: str) -> Any:  # whatever is in the module
        self.__dict__["_load"]()
        return super().__getattribute__(name)


def _found(full: str) -> ModuleSpec:
    """Where a module of PySide's own package is loaded from. Raises ImportError."""
    importer: Any = getattr(sys.modules[_SUPPORT], "__loader__", None)
    spec: ModuleSpec | None
    if hasattr(importer, "find_spec"):  # it reads the text in the library, and is on no list any more
        spec = importer.find_spec(full, None)
    else:
        spec = PathFinder.find_spec(full, sys.modules[full.rpartition(".")[0]].__path__)
    if spec is None:
        raise ImportError(full)
    return spec
