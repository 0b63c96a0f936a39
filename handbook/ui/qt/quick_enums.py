"""Makes the enums of Qt as Python's `enum` does, in a fraction of the time, and the members of each when one is wanted.

Belongs here: that alone. PySide makes all enums of a class when the class is first named: 310 with 4,400 members until
the window has painted the statement; of one in seven a member is wanted by then, and takes some 300 bytes. Python's own
way of making them takes values of every kind, and was 30 % of a start. Qt's are whole numbers under plain names; any
other enum is left to Python. Before the first of a kind is made, one is made for trial in both ways and compared: where
they differ, as in another version of Python, all of that kind are left to it."""

from __future__ import annotations

import enum
import marshal
import threading
from collections.abc import Callable
from typing import Any

# One of each that makes a difference: an alias, none, one bit and several, values that are out of order.
_TRIAL = [("Two", 2), ("One", 1), ("Both", 3), ("Again", 1), ("Nothing", 0), ("Far", 1 << 31)]

_usual = enum.EnumType._create_  # type: ignore[attr-defined]  # what `IntEnum(name, items)` calls: no other place to stand
# Of the process, as what is put into Python's own class is: an entry for each base of enums, such as IntEnum.
_kinds: dict[type, _Kind | None] = {}


class _Kind:
    """What enums of one base have in common. body: of the class; taken: names that mean something else there."""

    def __init__(self, cls: type, body: dict[str, Any]) -> None:
        self.body = body
        self.taken = frozenset(name for base in cls.__mro__ for name in vars(base)) | {"mro", ""}
        self.is_flag, self.is_int = issubclass(cls, enum.Flag), issubclass(cls, int)


def install() -> None:
    """Have the enums that PySide asks for made here."""
    enum.EnumType._create_ = _create  # type: ignore[attr-defined]  # see above


def _create(cls: type, class_name: str, names: Any = None, **options: Any) -> Any:
    # PySide gives the boundary for what is no flag, too: hardly anybody else does.
    if options.get("boundary") is enum.KEEP and type(names) is list and options.get("type") is None:
        if cls not in _kinds:
            _kinds[cls] = _kind(cls)
        kind = _kinds[cls]
        if kind is not None and _are_plain(names, kind):
            return _make_late(cls, class_name, names, kind)
    return _usual(cls, class_name, names, **options)


def _are_plain(items: list[tuple[str, int]], kind: _Kind) -> bool:
    """Are they whole numbers under different names, none of which means something to Python?"""
    named = dict(items)
    return (
        len(named) == len(items)
        and kind.taken.isdisjoint(named)
        and set(map(type, named.values())) <= {int}
        and not (kind.is_flag and min(named.values(), default=0) < 0)
        and "\n_" not in "\n" + "\n".join(named)
    )


def _kind(cls: type) -> _Kind | None:
    """The kind of enums of a base; None where Python makes of the trial what is not made here."""
    pattern: Any = _usual(cls, "Trial", _TRIAL, boundary=enum.KEEP)
    members = frozenset(pattern.__members__)
    # Whether members are sorted is told by each enum for itself.
    body = {key: value for key, value in vars(pattern).items() if key not in members and key != "_iter_member_"}
    kind = _Kind(cls, body)
    return kind if _described(_tried(cls, kind)) == _described(pattern) else None


def _tried(cls: type, kind: _Kind) -> type:
    """The enum of the trial, made as those of Qt are."""
    made: type = _make_late(cls, "Trial", _TRIAL, kind)
    _make_members(made)
    return made


def _described(made: Any) -> dict[str, object]:
    """What there is to know of an enum, without the enum itself."""

    def plain(value: Any) -> object:
        if isinstance(value, made):
            return int(value._value_), {**vars(value), "__objclass__": None}
        if isinstance(value, dict):
            return [(key, plain(one)) for key, one in value.items()]
        return getattr(value, "__func__", value)  # of a method: what is called

    return {key: plain(value) for key, value in vars(made).items()}


class _Late(enum.EnumType):
    """The class of an enum whose members are not made yet.

    They are made when a name without two underscores or `__members__` is asked for, and by what Python does with an
    enum: calling it, iterating, `len`, `in`, `dir`. They are not made by `__dict__` and other names of Python's own,
    nor by what looks at the class past its attributes: Signal(Qt.Key) then becomes one of any object of Python."""

    def __getattribute__(cls, name: str) -> Any:  # of whatever kind it is
        if cls in _unmade and (name == "__members__" or not name.startswith("__")):
            _make_members(cls)
        return type.__getattribute__(cls, name)

    def __setattr__(cls, name: str, value: object) -> None:
        if not name.startswith("_"):  # as no member's name does
            _make_members(cls)
        enum.EnumType.__setattr__(cls, name, value)


def _after_making(name: str) -> Callable[..., Any]:
    """A method of an enum's class that makes the members first: Python takes it past __getattribute__."""
    usual = getattr(enum.EnumType, name)

    def call(cls: type, *values: Any, **named: Any) -> Any:
        _make_members(cls)
        return usual(cls, *values, **named)

    return call


for _name in (
    *("__call__", "__contains__", "__delattr__", "__dir__"),
    *("__getitem__", "__iter__", "__len__", "__reversed__"),
):
    setattr(_Late, _name, _after_making(_name))

# Of the process, as the enums are: the members of each that are not made yet, in little room, and their kind.
_unmade: dict[type, tuple[bytes, _Kind]] = {}
_making = threading.RLock()
_all_wanted = threading.Event()  # set by make_all(): from then on members are made with their enum


def _make_late(cls: type, class_name: str, items: list[tuple[str, int]], kind: _Kind) -> Any:
    made = type.__new__(_Late, class_name, (cls,), _body(kind))
    _unmade[made] = marshal.dumps(items, 2), kind
    if _all_wanted.is_set():
        _make_members(made)
    return made


def _make_members(made: type) -> None:
    """Make the members of an enum, unless that was done; then nothing tells it from any other."""
    with _making:
        if made in _unmade:
            packed, kind = _unmade[made]
            _fill(made, marshal.loads(packed), kind)  # noqa: S302 - packed above
            del _unmade[made]
            type.__setattr__(made, "__class__", enum.EnumType)


def make_all() -> None:
    """Make the members of all enums, from now on at once: only so PySide finds `QListWidgetItem.Type`."""
    _all_wanted.set()
    for made in list(_unmade):
        _make_members(made)


def _body(kind: _Kind) -> dict[str, Any]:
    """What a new class of a kind holds before its members: lists and dicts of its own, empty as yet."""
    return {key: type(value)() if type(value) in (list, dict) else value for key, value in kind.body.items()}


def _fill(made: type, items: list[tuple[str, int]], kind: _Kind) -> None:
    body = type.__getattribute__(made, "__dict__")
    names, members, by_value = body["_member_names_"], body["_member_map_"], body["_value2member_map_"]
    put, is_int, is_flag = type.__setattr__, kind.is_int, kind.is_flag
    for name, value in items:
        member: Any = by_value.get(value)
        if member is None:
            member = by_value[value] = int.__new__(made, value) if is_int else object.__new__(made)
            member._value_ = value
            member._name_ = name
            member.__objclass__ = made
            member._sort_order_ = len(names)
            if not is_flag or (value and not value & (value - 1)):
                names.append(name)
        members[name] = member
    for name, member in members.items():  # after all are made: Python forgets where a class has what when it changes
        put(made, name, member)  # the enum's own way refuses what is a member already
    if "_hashable_values_" in body:
        body["_hashable_values_"].extend(by_value)
    if is_flag:
        single, every = 0, 0
        for value in by_value:
            every |= value
        bits = [members[name]._value_ for name in names]
        for value in bits:
            single |= value
        put(made, "_flag_mask_", every)
        put(made, "_singles_mask_", single)
        put(made, "_all_bits_", 2 ** every.bit_length() - 1)
        if bits != sorted(bits):
            put(made, "_iter_member_", type.__getattribute__(made, "_iter_member_by_def_"))
