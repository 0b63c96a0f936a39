"""A source's plain words: those of the page, whatever marks they were written with."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handbook.content import markup
from handbook.content.chapter import Chapter
from handbook.content.handbook import Handbook
from handbook.content.plain_text import plain_line, plain_text
from tests.helpers import chapter_of, examples
from tests.markdown import CHAPTER, without_notes


def plain_words(chapter: Chapter) -> list[str]:
    """Titles and texts of all sections, in order."""
    words: list[str] = []
    for section in chapter.sections:
        has_heading = section.level > 0 or section.body > section.start
        words += section.title.split() if has_heading else []
        words += chapter.read_text(section).replace(" · ", " ").split()  # the dots stand between a table's cells
    return words


def test_the_real_chapters_have_the_words_of_their_pages(real: Handbook) -> None:
    for chapter in real.chapters.values():
        assert plain_words(chapter) == without_notes(markup.parse(chapter)), chapter.id


@given(CHAPTER)
@example("!!! note\n    | a | *b* |\n    |:--|--:|\n    | a | a |\n\nBetween.\n")
@example("go a a[^lost] [a][ref]\n\n[ref]: https://example.org/x\n")
@example("\n\n".join(" " * 4 * n + "-   go *a*. ![a](x.png)" for n in range(9)) + "\n\nBetween.\n")
@example("[lost] [a](ref) [b][ref]\n\n[ref]: https://example.org/x\n")
@example("\n\n".join(" " * 4 * n + "-   go" + " a[^note]" * (n == 8) for n in range(9)) + "\n\n[^note]: Its text.\n")
@settings(max_examples=examples(60))
def test_the_plain_words_are_those_of_the_page(source: str) -> None:
    chapter = chapter_of(source)
    assert plain_words(chapter) == without_notes(markup.parse(chapter))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Type:\n\n    a *x* `b` [c](d)\n\n    # e_f_\n\nEnd.", "Type: | a *x* `b` [c](d) | # e_f_ | End."),
        ("Type:\n\n\t- *x*\n", "Type: | - *x*"),
        ("- one\n\n    two *x*\n\nText.\n\n    a *x*\n", "one | two x | Text. | a *x*"),
        ("- one\ntwo\n\n    three *x*\n", "one two | three x"),
        ("Words\n    *go* on\n", "Words go on"),
        ('!!! note "A"\n    *b*\n\n    *c*\n', "A | b | c"),
        ("Term\n:   *a*\n\n    *b*\n", "Term | a | b"),
    ],
)
def test_code_by_indentation_keeps_its_marks_and_what_is_in_a_list_does_not(source: str, words: str) -> None:
    chapter = chapter_of(f"# Page\n\n{source}")
    assert chapter.text(chapter.sections[0]).split("\n") == words.split(" | ")
    assert plain_words(chapter)[1:] == markup.words_of(markup.parse(chapter)).split()[1:]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("*one* **two** ***three*** _four_ __five__", "one two three four five"),
        ("**one *two* three**", "one two three"),
        ("snake_case_word and 2 * 3 * 4", "snake_case_word and 2 * 3 * 4"),
        ("see [the *text*](page#x) and [this][ref]", "see the text and this"),
        ("![a picture](x.png)", "a picture"),
        ("<https://example.org> or <me@example.org>", "https://example.org or me@example.org"),
        ("said[^1], and more[^long-name].", "said, and more."),
        ("`code *as* [it](is)` and `` a ` b ``", "code *as* [it](is) and a ` b"),
        ("`<b>&amp;\\*`", "<b>&amp;\\*"),
        (r"\*not\* \_this\_ \[nor\] \`that\`", "*not* _this_ [nor] `that`"),
        ("R&amp;D &copy; 1 &lt; 2 AT&T &x;", "R&D © 1 < 2 AT&T &x;"),
        ("see [https://a.example/b](https://a.example/b), it", "see https://a.example/b, it"),
        ("a <b>tag</b> is text, 1 < 2 and 3 > 2", "a <b>tag</b> is text, 1 < 2 and 3 > 2"),
        ("one<br>two<br/>three", "one two three"),
        ("words{: .kind #id } go on", "words{: .kind #id } go on"),
        ("*words*{: .kind #id } go on", "words go on"),
        ("[words](x){.kind} and `code`{#id} go on", "words and code go on"),
        ("words\n{: .kind #id }", "words"),
        ("![*a* picture](x.png)", "*a* picture"),
        ('![a picture](x.png){alt="Chairs in a ring" .wide} go', "Chairs in a ring go"),
        (
            "[![Plan](hall.png)](https://example.org/plan), [words (in brackets)](other.md#a-(b))",
            "Plan, words (in brackets)",
        ),
        ('<a id="x"></a>words <a name=y>and</a> more<a id="z"/>', "words and more"),
        ("a set {a, b}", "a set {a, b}"),
        ("~~struck *out*~~ and ~~ not ~~ this", "struck out and ~~ not ~~ this"),
        ("H<sub>2</sub>O, <SUP>1</SUP>, <kbd>Ctrl_a_</kbd>", "H2O, 1, Ctrl_a_"),
        (
            "https://example.org/_a_b, (https://example.org/x_y).",
            "https://example.org/_a_b, (https://example.org/x_y).",
        ),
        ("", ""),
    ],
)
def test_marks_are_taken_off_a_line(line: str, words: str) -> None:
    assert plain_line(line) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("One\ntwo *three\nfour* five.\n\nSix.", "One two three four five.\nSix."),
        ("- one\n- two\n    - three\n\n1. four\n2. five", "one\ntwo\nthree\nfour\nfive"),
        ("That was in\n2010. And then\n- no item", "That was in 2010. And then - no item"),
        ("| a | b |\n|---|:-:|\n| *1* | x \\| y |\n| `p|q` | |", "a · b\n1 · x | y\np|q"),
        ("a | b\n--|--\n1 | 2", "a · b\n1 · 2"),
        ("no | table", "no | table"),
        ("> one\n> two\n>\n> - three", "one two\nthree"),
        ("> ## In a quotation\n>\n> one", "In a quotation\none"),
        ('!!! note "Mind *this*"\n    one\n\n    two', "Mind this\none\ntwo"),
        ("!!! warning\n    one", "Warning\none"),
        ('!!! note ""\n    one', "one"),
        ('!!! lines "5"\n    What next?', "What next?"),
        ("Term\n:   Its meaning\n:   Another", "Term\nIts meaning\nAnother"),
        ("```python\nx = *a*\n\n# no\n```\nafter", "x = *a*\n# no\nafter"),
        ("~~~\n```\n~~~", "```"),
        ("one[^a]\n\n[^a]: A note\nthat goes on.\n\n    And on.\n\ntwo", "one\ntwo"),
        ('[ref]: https://example.org "Title"\n[Note]: this is read', "[Note]: this is read"),
        ("one\n\n---\n\ntwo\n{: #p1 }", "one\ntwo"),
        ('<div class="x" markdown="1">\none *two*\n</div>', "one two"),
        (
            "a[^lost] and [b][nowhere else], [c][ref], [ref][], [Ref]\n\n[ref]: x",
            "a[^lost] and [b][nowhere else], c, ref, Ref",
        ),
        ("| a {#x} | b |\n|---|---|\n| {b} | c{.d} |", "a · b\n{b} · c{.d}"),
        ("## A heading\n\none", "one"),
        ("A title\n=======\n\none", "one"),
        ("", ""),
    ],
)
def test_the_words_of_a_text(source: str, words: str) -> None:
    assert plain_text(source.split("\n")) == words


@given(st.text("# \n+=-`~{}[]()<>!:|*_\\^a1.&\t\0", max_size=60) | st.text())
def test_any_text_has_plain_words(text: str) -> None:
    for line in plain_text(text.split("\n")).split("\n"):
        assert line == line.strip()
    plain_line(text)


@given(
    st.lists(st.text("abcžщ1", min_size=1), min_size=1),
    st.sampled_from(["{}", "*{}*", "- {}", "> {}", "`{}`", "## x\n\n{}"]),
)
def test_no_word_is_lost(words: list[str], form: str) -> None:
    assert plain_text(form.format(" ".join(words)).split("\n")).split() == words


class _Counted(list[str]):
    """Lines that count how often one of them is asked for."""

    asked = 0

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - as a list has it
        self.asked += 1
        return super().__getitem__(at)


def test_lines_of_code_are_not_gone_through_again_for_each_of_them() -> None:
    """Of 50,000 lines below a paragraph that took minutes."""
    lines = _Counted(["Type:", "", *["    a"] * 500])
    assert plain_text(lines).count("\n") == 500
    assert lines.asked < 10 * len(lines)
