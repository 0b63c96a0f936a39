"""Signatures as minisign makes them: is this text what the owner of a key signed?

Belongs here: the form of a public key and of a signature, and checking one. Not here: whose key (key.py), making
signatures (packaging/, which calls minisign itself).

Only the newer form of signature is taken, "ED": Ed25519 over the BLAKE2b digest. The comment in it is signed, too."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple

_KEY, _SIGNATURE = b"Ed", b"ED"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "


class BadKey(ValueError):
    """A text is no public key."""


class NotSigned(Exception):
    """The text was not signed with this key, or the signature is none."""


class PublicKey(NamedTuple):
    """One half of a pair: its number, by which a signature names it, and the key."""

    number: bytes
    key: bytes


def public_key(text: str) -> PublicKey:
    """Read a key: the line itself, or minisign's file with a comment above it. Raises BadKey."""
    lines = [line for line in text.splitlines() if line and not line.startswith(_UNTRUSTED)]
    data = _decoded(lines[0]) if len(lines) == 1 else b""
    if len(data) != 42 or data[:2] != _KEY:
        raise BadKey
    return PublicKey(data[2:10], data[10:])


def check(text: bytes, signature: str, key: PublicKey) -> str:
    """The comment that was signed with the text. Raises NotSigned."""
    from nacl.bindings import crypto_sign_open  # libsodium, which a start does without
    from nacl.exceptions import BadSignatureError

    lines = signature.splitlines()
    if len(lines) != 4 or not lines[0].startswith(_UNTRUSTED) or not lines[2].startswith(_TRUSTED):
        raise NotSigned
    data, whole, comment = _decoded(lines[1]), _decoded(lines[3]), lines[2].removeprefix(_TRUSTED)
    if len(data) != 74 or len(whole) != 64 or data[:2] != _SIGNATURE or data[2:10] != key.number:
        raise NotSigned
    try:
        crypto_sign_open(data[10:] + hashlib.blake2b(text).digest(), key.key)
        crypto_sign_open(whole + data[10:] + comment.encode(), key.key)
    except (BadSignatureError, ValueError) as exc:
        raise NotSigned from exc
    return comment


def _decoded(line: str) -> bytes:
    try:
        return base64.b64decode(line.strip(), validate=True)
    except (binascii.Error, ValueError):
        return b""
