"""Signatures: those that minisign itself made are taken, and no other."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.updates import minisign
from tests.updates.stick import KEY, NUMBER, signature

# Made with the program minisign 0.11; its secret half was thrown away.
REAL_KEY = """untrusted comment: minisign public key CB2046716EAE073D
RWQ9B65ucUYgyzZ3bnjweAOVdD4QfCqO+c+zbq779mpiiUuBHGFMTF0v
"""
REAL_TEXT = b"hello list\n"
REAL_SIGNATURE = """untrusted comment: signature from minisign secret key
RUQ9B65ucUYgy4KsOqejOV11OF2RKsasEf7W+gNz90/u4uOOMHQZbkvyM4fkOmkoFkZ8ygE3yeIdSNAoOLaSfwk14xHOHByNRAk=
trusted comment: Field Handbook 9.9
VPXvEDvoogvBnhniFU230jG8WPdVa6nfdM7gnfEtvWc7ZLa9BUIuBSLX3tzs4mh7adfyvd72448QnydjGmupCA==
"""


def test_what_minisign_signed_is_taken_and_its_comment_given() -> None:
    key = minisign.public_key(REAL_KEY)
    assert minisign.check(REAL_TEXT, REAL_SIGNATURE, key) == "Field Handbook 9.9"
    assert minisign.public_key(REAL_KEY.splitlines()[1]) == key, "the line alone is a key, too"


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        (b"hello list", REAL_SIGNATURE),
        (REAL_TEXT, REAL_SIGNATURE.replace("9.9", "9.8")),
        (REAL_TEXT, signature(REAL_TEXT)),
        (REAL_TEXT, REAL_SIGNATURE.replace("RUQ9", "RWQ9")),  # the older form, over the text itself
        (REAL_TEXT, "\n".join(REAL_SIGNATURE.splitlines()[:2])),
        (REAL_TEXT, ""),
    ],
)
def test_any_other_text_comment_key_or_form_is_refused(text: bytes, signed: str) -> None:
    with pytest.raises(minisign.NotSigned):
        minisign.check(text, signed, minisign.public_key(REAL_KEY))


@given(st.integers(0, 73), st.integers(1, 255))
def test_no_byte_of_a_signature_can_be_another(at: int, change: int) -> None:
    lines = signature(b"list").splitlines()
    data = bytearray(base64.b64decode(lines[1]))
    data[at] ^= change
    lines[1] = base64.b64encode(bytes(data)).decode()
    with pytest.raises(minisign.NotSigned):
        minisign.check(b"list", "\n".join(lines), minisign.public_key(KEY))


@given(st.text())
def test_any_text_is_a_key_or_is_refused(text: str) -> None:
    for form in (text, f"{text}\n{KEY}", base64.b64encode(text.encode()).decode()):
        try:
            minisign.public_key(form)
        except minisign.BadKey:
            continue


@given(st.text())
def test_any_signature_is_checked_or_refused(text: str) -> None:
    with pytest.raises(minisign.NotSigned):
        minisign.check(b"list", text, minisign.PublicKey(NUMBER, b"\0" * 32))
