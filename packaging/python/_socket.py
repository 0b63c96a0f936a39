"""Shipped in place of Python's module `_socket`, so that nothing in the program can open a connection.

It is imported for its capsule alone: `types.CapsuleType`, which typing_extensions asks for, is the type of it. Another
capsule has the same type."""

from _datetime import datetime_CAPI as CAPI  # type: ignore[import-not-found]  # noqa: F401
