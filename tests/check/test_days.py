"""An exact day stands in one place of a handbook whose facts have sources; elsewhere it is a fault."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from handbook.check import check, days
from handbook.content import markup
from handbook.content.loading import load
from tests.check.test_facts import FILES
from tests.helpers import write

TABLE = "| Event | Date |\n|---|---|\n| A directive | 5 April 2011[^coe] |\n"


def parsed(text: str) -> Element:
    return markup.from_markdown(text)


def found(tmp_path: Path, **pages: str) -> list[str]:
    """What is found twice when these texts are added to pages of the small handbook."""
    files = dict(FILES)
    for name, text in pages.items():
        files[f"{name}.md"] = files[f"{name}.md"].replace("\n[^coe]:", f"\n{text}\n\n[^coe]:", 1)
        if text not in files[f"{name}.md"]:
            files[f"{name}.md"] += f"\n{text}\n"
    return [str(fault) for fault in check(load(write(tmp_path, files))) if "already" in str(fault)]


def test_a_day_that_stands_on_two_pages_is_a_fault_of_the_second(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, page=TABLE, screens="It came on 5 April 2011.")
    assert "screens.md" in fault
    assert "5 April 2011 stands in 'page'" in fault


def test_a_day_that_stands_twice_on_a_page_is_a_fault_of_its_last_line(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, page="On 5 April 2011.[^coe]\n\nA paragraph.\n\nAnd on 5 April 2011.[^coe]")
    lines = (tmp_path / "page.md").read_text("utf-8").splitlines()
    assert f"page.md:{lines.index('And on 5 April 2011.[^coe]') + 1}:" in fault


@pytest.mark.parametrize(
    "below", ["Then 13 June 2013, which is not it.", "[^z]: Written on 3 June 2013."], ids=["another", "a footnote"]
)
def test_its_line_is_that_of_the_day_and_not_of_what_looks_like_it(tmp_path: Path, below: str) -> None:
    (fault,) = found(tmp_path, page="On 3 June 2013.[^coe]", screens=f"From 3 to 7 June 2013.\n\n{below}")
    lines = (tmp_path / "screens.md").read_text("utf-8").splitlines()
    assert f"screens.md:{lines.index('From 3 to 7 June 2013.') + 1}:" in fault


def test_the_line_of_a_day_that_goes_over_two_is_the_first_of_them(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, page="On 3 June 2013.[^coe]", screens="Since 3 June\n2013.")
    lines = (tmp_path / "screens.md").read_text("utf-8").splitlines()
    assert f"screens.md:{lines.index('Since 3 June') + 1}:" in fault


def test_where_no_part_has_facts_days_may_stand_anywhere(tmp_path: Path) -> None:
    files = {"one.md": "# One\n\nOn 5 April 2011.\n", "two.md": "# Two\n\nOn 5 April 2011.\n"}
    assert not check(load(write(tmp_path, files)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("On 5 April 2011.", ["5 April 2011"]),
        (TABLE + "\n[^coe]: A note.", ["5 April 2011"]),
        ("From 3 to 7 June 2013.", ["3 June 2013", "7 June 2013"]),
        ("It was on 5 April\n2011, in\nApril.", ["5 April 2011"]),
        ("| 5 April | 2011 |\n|---|---|\n| 5 April | 2011 |", []),
        ("12–15 December 2000, and 8 and 9 November 2007", ["12", "15", "8", "9"]),
        ("*Report of 8 March 2008:* nine.", ["8 March 2008"]),
        ("In April 2011, and on 5 April.", []),
        ("*Directive of 5 April 2011 on trafficking.* 2011/36/EU", []),
        ('The words "since 5 April 2011" and “on 6 April 2011”.', []),
        ("The statement of 15 September 2010.", []),
        ('!!! as-of "As of 28 November 2026"\n    The list.', []),
        ('!!! as-of "As of 28 November 2026"\n    48 states on 20 April 2024.', ["20 April 2024"]),
        ("A text.[^a]\n\n[^a]: Of 5 April 2011.", []),
    ],
)
def test_which_days_count(text: str, said: list[str]) -> None:
    counted = list(days.days(parsed(text)))
    assert len(counted) == len(said)
    assert all(day.startswith(wanted) for day, wanted in zip(counted, said, strict=True))
