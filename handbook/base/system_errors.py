"""Why the system refused something, in the person's language.

Belongs here: the common reasons in our words, each as the end of a sentence; any other is told in the system's, which
are in English or in the system's language. Not here: the sentences that they end."""

from __future__ import annotations

import errno

from handbook.base.catalogue import N_, tr

_NO_ROOM = N_("there is not enough room on the disk")
# Each with the names of its errors, and with Windows' own numbers where Python makes another error of them:
# https://learn.microsoft.com/windows/win32/debug/system-error-codes
_REASONS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    (N_("there is no permission for it"), "EACCES EPERM", ()),
    (N_("there is no such file or folder"), "ENOENT", ()),
    (N_("there is a file where a folder has to be"), "ENOTDIR", ()),
    (N_("it is a folder"), "EISDIR", ()),
    (N_("there is something of that name already"), "EEXIST", ()),
    (N_("the folder is not empty"), "ENOTEMPTY", ()),
    (_NO_ROOM, "ENOSPC EDQUOT EFBIG", (39, 112)),
    (N_("the disk can only be read"), "EROFS", (19,)),
    (N_("the disk reports an error"), "EIO", (23, 1117, 1392)),
    (N_("the disk is out of reach"), "ENODEV ENOMEDIUM ENOTCONN ESTALE ETIMEDOUT", (15, 21, 53, 55, 64, 67, 121, 1167)),
    (N_("the name is too long"), "ENAMETOOLONG", (111, 206)),
    (N_("there can be no such name"), "EILSEQ", (123, 161)),
    (N_("it is a link that leads to no file"), "ELOOP", ()),
    (N_("another program is using it"), "EBUSY ETXTBSY", (32, 33, 1224)),
    (N_("nothing reads what is written there"), "EPIPE ENXIO", (109, 232)),
    (N_("too many files are open"), "EMFILE ENFILE", ()),
    (N_("there is not enough memory"), "ENOMEM", (1455,)),
)
# Not every system has each of these errors.
_BY_ERRNO = {
    getattr(errno, name): said for said, names, _ in _REASONS for name in names.split() if hasattr(errno, name)
}
_BY_WINDOWS = {number: said for said, _, numbers in _REASONS for number in numbers}


def reason_of(error: BaseException) -> str:
    """The reason that an error of the system states, as the end of a sentence; of any other error, its text."""
    if not isinstance(error, OSError):
        return str(error)
    said = _common(error)
    return tr(said) if said else str(error.strerror or error)


def is_full(error: OSError) -> bool:
    """Is there no more room, or none for so large a file?"""
    return _common(error) == _NO_ROOM


def _common(error: OSError) -> str | None:
    return _BY_WINDOWS.get(getattr(error, "winerror", None) or 0) or _BY_ERRNO.get(error.errno)
