"""Addresses as they are written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.content.address import Address, library_name


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("one", Address("one")),
        ("one#alpha", Address("one", "alpha")),
        (" one#alpha ", Address("one", "alpha")),
        ("one#", Address("one")),
        ("#alpha", Address("", "alpha")),
        ("", Address("")),
        ("one#a#b", Address("one", "a#b")),
    ],
)
def test_an_address_is_read_as_written(text: str, address: Address) -> None:
    assert Address.parse(text) == address


@given(st.text(st.characters(exclude_characters="#", exclude_categories=["Z", "C"])), st.text().map(str.strip))
def test_an_address_survives_being_written(chapter: str, anchor: str) -> None:
    address = Address(chapter, anchor)
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize(
    ("id_", "name"),
    [("plan", ""), ("plan#steps", ""), ("shelter:plan", "shelter"), ("shelter:plan#a:b", "shelter"), ("plan#a:b", "")],
)
def test_an_address_begins_with_the_name_of_its_handbook(id_: str, name: str) -> None:
    assert library_name(id_) == name
