"""The words of an element of a printed page."""

from __future__ import annotations

import gc
from xml.etree.ElementTree import Element, SubElement

from handbook.printing.typeset.words import words_in


def test_the_numbers_of_footnotes_are_no_words() -> None:
    line = Element("p")
    line.text = "One  "
    strong = SubElement(line, "strong")
    strong.text = "two"
    SubElement(strong, "sup", {"data-note": "a"}).text = "1"
    strong.tail = " x"
    power = SubElement(line, "sup")
    power.text, power.tail = "2", "\n three"
    assert words_in(line) == "One two x2 three"


def test_nothing_is_left_that_only_the_collector_frees() -> None:
    line = Element("p")
    SubElement(line, "em").text = "one"
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        for _ in range(1000):
            words_in(line)
        assert gc.collect() < 1000  # what other tests left may still go
    finally:
        if was_on:
            gc.enable()
