"""Call-outs: what is declared of a kind is what plain text, the screen, paper and the page for writers make of it."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from handbook.content import markup
from handbook.content.callouts import CALLOUTS, Audience, CallOut, hidden_from
from handbook.content.html import to_html
from handbook.handout.selection import Piece
from handbook.printing.typeset.trees import classes, tree
from tests.helpers import ROOT, chapter_of

KINDS = pytest.mark.parametrize("kind", CALLOUTS.values(), ids=lambda kind: kind.name)


def source(kind: CallOut) -> str:
    return f'# Title\n\n!!! {kind.name} "{"Words" if kind.titled else "5"}"\n    Inside.\n'


@KINDS
def test_plain_text_has_the_title_where_it_is_words(kind: CallOut) -> None:
    chapter = chapter_of(source(kind))
    assert chapter.text(chapter.sections[0]).split() == (["Words"] if kind.titled else []) + ["Inside."]


@KINDS
def test_the_screen_shows_a_frame_or_lines(kind: CallOut) -> None:
    page = to_html(markup.parse(chapter_of(source(kind))))
    assert ("box-" in page) is (kind.screen == "frame")
    assert (page.count('<td class="rule">') == 5) is (kind.screen == "writing room")


@KINDS
@pytest.mark.parametrize("audience", get_args(Audience))
def test_paper_leaves_it_out_for_whom_it_is_not(kind: CallOut, audience: Audience) -> None:
    chapter = chapter_of(source(kind))
    words = markup.words_of(tree(Piece(chapter, chapter.sections), audience))
    assert ("Inside." in words) is (audience not in kind.hidden)
    assert (kind.name in hidden_from(audience)) is (audience in kind.hidden)


@KINDS
def test_cards_share_a_sheet_and_others_do_not(kind: CallOut) -> None:
    chapter = chapter_of(source(kind))
    root = tree(Piece(chapter, chapter.sections))
    assert any("cards" in classes(child) for child in root) is kind.on_sheet


def test_the_page_for_writers_has_a_row_for_each() -> None:
    text = (ROOT / "docs" / "writing.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| (`.*?) \| (.*?) \| (.*?) \|$", text[text.index("| kind | use |") :])
    said = {
        name: (use, paper)
        for names, use, paper in rows
        for name in re.findall(r"`([a-z-]+)", names)
        if name in CALLOUTS
    }
    assert said == {kind.name: (kind.use, kind.paper) for kind in CALLOUTS.values()}
