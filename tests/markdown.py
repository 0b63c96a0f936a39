"""Well-formed Markdown by chance, for Hypothesis: every form that docs/writing.md offers, nested and in any order.

And the words of what becomes of it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from handbook.content import markup

WORD = st.text("abcdefgäéñжщ", min_size=1, max_size=6) | st.sampled_from(
    [
        "2010",
        "15th",
        "anti-trafficking",
        "women's",
        "NGO/EU",
        "50%",
        "(agreements)",
        "end.",
        "who?",
        "snake_case",
        "AT&T",
        "1 < 2",
    ]
)
WORDS = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def _inline(words: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.one_of(
        words,
        words.map("*{}*".format),
        words.map("**{}**".format),
        words.map("_{}_".format),
        words.map("***{}***".format),
        words.map("[{}](page#x)".format),
        words.map('[*{}*](https://example.org/a_b "Title")'.format),
        words.map("`{}`".format),
        words.map("`` {} ` x ``".format),
        words.map("{}\\*\\_".format),
        words.map("{}[^note]".format),
        words.map("{}[^lost]".format),
        words.map("[{}][ref]".format),
        words.map("[{}][nowhere]".format),
        words.map("![{}](x.png)".format),
        words.map('![a](x.png){{alt="{} far" .kind}}'.format),
        words.map("[![{}](x.png)](page.md)".format),
        words.map('<a id="place"></a>{}'.format),
        words.map('<a name="place">{}</a>'.format),
        words.map("*{}*{{.kind}}".format),
        words.map("~~{}~~".format),
        words.map("H<sub>{}</sub>".format).filter(lambda text: "1 <" not in text),
        words.map('<img src="x.png" alt="{}">'.format),
        st.sampled_from(
            ["<https://example.org/a?b=1&c=2>", "a<br>b", "&copy; &amp;", "<b>raw</b>", "`<b>&amp;*x*`", "[sic]", "*"]
        ),
    )


LINE = st.lists(_inline(WORDS), min_size=1, max_size=3).map(lambda pieces: "go " + " ".join(pieces))
PARAGRAPH = st.builds(
    "{}{}".format, LINE, st.just("") | st.builds("\n{}{}".format, st.sampled_from(["", "2010. ", "- "]), LINE)
)
_HEADING = st.builds(
    lambda level, words, end, under: f"{words}\n{under * 5}" if under else f"{'#' * level} {words}{end}",
    st.integers(1, 6),
    st.lists(_inline(WORDS).filter(lambda text: "^" not in text and "<br>" not in text), min_size=1, max_size=2).map(
        lambda pieces: "On " + " ".join(pieces)
    ),
    st.sampled_from(["", " ##", " {#own}", " {#another .kind}"]),
    st.sampled_from(["", "", "", "=", "-"]),
)
_TABLE = st.lists(st.tuples(WORDS, _inline(WORD)), min_size=1, max_size=3).map(
    lambda rows: "| a | *b* |\n|:--|--:|\n" + "\n".join(f"| {one} | {two} |" for one, two in rows)
)
_FENCE = st.builds(
    lambda fence, lang, lines: "\n".join([fence + lang, *lines, fence]),
    st.sampled_from(["```", "~~~", "````"]),
    st.sampled_from(["", "python", " toml"]),
    st.lists(st.sampled_from(["# no heading", "x = *a*", "[a](b)", "", "<b>", "- x", "<!-- kept -->"]), max_size=4),
)


def _indented(text: str) -> str:
    return "\n".join("    " + line if line else line for line in text.split("\n"))


def _item(mark: str) -> SearchStrategy[str]:
    blocks = st.lists(PARAGRAPH | st.deferred(lambda: _LIST), max_size=2)
    return st.builds(lambda first, rest: "\n\n".join([f"{mark:4}{first}", *map(_indented, rest)]), LINE, blocks)


_LIST = st.sampled_from(["-", "*", "1."]).flatmap(
    lambda mark: st.lists(_item(mark), min_size=1, max_size=2).map("\n\n".join)
)
_BOX = st.builds(
    lambda title, blocks: f"!!! {title}\n" + _indented("\n\n".join(blocks)),
    st.sampled_from(["note", 'note "Good to know"', "warning important", 'tip ""']),
    st.lists(PARAGRAPH | _LIST | _TABLE, min_size=1, max_size=2),
)
_OTHERS = st.builds(
    lambda form, blocks: form("\n\n".join(blocks)),
    st.sampled_from(
        [
            lambda text: "> [!NOTE]\n" + "\n".join(f"> {line}".rstrip() for line in text.split("\n")),
            lambda text: f"::: tip Try this\n{text}\n:::",
            lambda text: f"<details>\n<summary>More</summary>\n\n{text}\n\n</details>",
            lambda text: f'???+ note "More"\n{_indented(text)}',
        ]
    ),
    st.lists(PARAGRAPH | _LIST | _TABLE, min_size=1, max_size=2),
)
_TASKS = st.lists(st.builds("- [{}] {}".format, st.sampled_from([" ", "x"]), LINE), min_size=1, max_size=3).map(
    "\n".join
)
_QUOTE = st.lists(PARAGRAPH | _LIST, min_size=1, max_size=2).map(
    lambda blocks: "\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))
)
_TERMS = st.builds(lambda term, meaning: f"Term {term}\n:   {meaning}", WORDS, LINE)
_OTHER = st.sampled_from(
    ["---", "* * *", "<!-- a\n# comment\n-->", "[ref]: https://example.org/x", "Words\n{: #block }"]
)

BLOCK = st.one_of(PARAGRAPH, _HEADING, _LIST, _TABLE, _FENCE, _BOX, _OTHERS, _TASKS, _QUOTE, _TERMS, _OTHER)
# Two lists (or a list and a box) in a row would run into one another, so a paragraph stands between all.
CHAPTER = st.lists(BLOCK, min_size=1, max_size=6).map(
    lambda blocks: (
        "\n\n".join(f"{block}\n\nBetween." for block in blocks)
        + "\n\n[^note]: Its *text*.\n\n[ref]: https://example.org/x\n"
    )
)


def without_notes(root: Element) -> list[str]:
    """The words of a page's tree without its footnotes and their numbers."""
    for notes in root.findall("div[@class='footnotes']"):
        root.remove(notes)
    for sup in root.iter("sup"):
        if sup.get("data-note") is not None:
            sup.text = None
    return markup.words_of(root).split()
