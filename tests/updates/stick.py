"""A stick with published files on it: made as a release makes it, and signed with a key of the test's own."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from nacl.bindings import crypto_sign, crypto_sign_seed_keypair

NUMBER = b"\x01\x02\x03\x04\x05\x06\x07\x08"
PUBLIC, SECRET = crypto_sign_seed_keypair(b"k" * 32)
KEY = base64.b64encode(b"Ed" + NUMBER + PUBLIC).decode()


def signature(text: bytes, comment: str = "Field Handbook", *, secret: bytes = SECRET, number: bytes = NUMBER) -> str:
    """What minisign writes beside a text."""
    inner = crypto_sign(hashlib.blake2b(text).digest(), secret)[:64]
    outer = crypto_sign(inner + comment.encode(), secret)[:64]
    first = base64.b64encode(b"ED" + number + inner).decode()
    return f"untrusted comment: x\n{first}\ntrusted comment: {comment}\n{base64.b64encode(outer).decode()}\n"


def publish(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files, the list of them and its signature."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    text = "".join(lines).encode()
    (folder / "SHA256SUMS").write_bytes(text)
    (folder / "SHA256SUMS.minisig").write_text(signature(text), encoding="utf-8")
    return folder
