"""Small handbooks in the manner of those that other people keep, each by the names of its files.

The structure that each has to have is in test_others.py, as MkDocs, GitHub and mdBook show them."""

from __future__ import annotations

RUSSIAN = {
    "README.md": "# Памятка для приёмной\n\nЧитайте [первый разговор](02-разговор.md#спросить).\n",
    "01-введение.md": '---\ntitle: "Введение"\nlang: ru\nnav_order: 1\n---\n\nЗачем это нужно.\n',
    "02-разговор.md": (
        "---\nlang: ru\n---\n# Первый разговор\n\n## Спросить\n\n> [!IMPORTANT]\n> Никого не торопите.\n\n"
        "Шаги:\n- выслушать\n  - не перебивать\n- записать\n"
    ),
    "10-после.md": "---\nlang: ru\n---\n# После разговора\n\n- [ ] позвонить\n- [x] записать\n",
}
POLISH = {
    "index.md": '# Podręcznik\n\n!!! warning "Uwaga"\n    Najpierw bezpieczeństwo.\n',
    "rozmowa/index.md": '# Rozmowa\n\n??? note "Więcej"\n    Szczegóły[^1].\n\n[^1]: Źródło.\n',
    "rozmowa/pytania.md": "Pytania\n=======\n\nTermin\n:   Znaczenie\n\n"
    "| Kto | Co |\n|-----|----|\n| my | słuchamy |\n",
    "mkdocs.yml": "site_name: zły\nnav: []\ndocs_dir: ../\n",
}
MKDOCS = {
    "mkdocs.yml": (
        "site_name: 'Shelter manual' # ours\ntheme:\n  name: material\n  language: en\nnav:\n  - Home: index.md\n"
        '  - Arrival:\n    - arrival/first.md\n    - "The room: keys": arrival/room.md\n    - Later:\n'
        "      - arrival/later.md\n  - Web: https://example.org\n  - about.md\nplugins:\n  - search\n"
    ),
    "README.md": "# The repository, not the manual\n",
    "docs/index.md": "# Welcome\n\n[The room](arrival/room.md)\n\n<figure markdown>\n  ![A door](door.png)"
    '{ width="300" }\n'
    "  <figcaption>The blue door</figcaption>\n</figure>\n",
    "docs/about.md": "# About\n\nLine one\n- no list, as MkDocs has it\n",
    "docs/arrival/room.md": "No heading here.\n",
    "docs/arrival/first.md": '# First hour\n\n=== "By day"\n\n    Ring.\n\n=== "By night"\n\n    Call.\n',
    "docs/arrival/later.md": "# Later\n",
    "docs/forgotten.md": "# Not in the list\n",
}
MDBOOK = {
    "book.toml": '[book]\ntitle = "Field guide"\nlanguage = "de"\nsrc = "src"\n',
    "src/SUMMARY.md": (
        "# Summary\n\n[Foreword](foreword.md)\n\n# Before\n\n- [Plan](plan.md)\n  - [Rooms](rooms.md)\n- [Draft]()\n\n"
        "---\n\n# After\n\n- [Notes](notes.md)\n"
    ),
    "src/foreword.md": "# Foreword\n",
    "src/plan.md": "# Plan\n\n1. First\n   - with two\n2. Second\\\nbroken line\n",
    "src/rooms.md": "# Rooms\n",
    "src/notes.md": "# Notes\n",
}
GITBOOK = {
    "SUMMARY.md": "# Contents\n\n* [Start](README.md)\n* [Two](two.md)\n    * [Deep](deep/three.md)\n",
    "README.md": "# Start\n\n<details>\n<summary>Unfold <b>me</b></summary>\n\nInside.\n\n</details>\n",
    "two.md": "# Two\n",
    "deep/three.md": "# Three\n",
}
GITHUB = {
    "README.md": (
        '# Toolkit\n\n<p align="center">\n  <img src="logo.png" alt="A lamp" width="50%">\n</p>\n\n'
        "~~Old~~ new, H<sub>2</sub>O, press <kbd>F5</kbd>, see https://example.org/a_b_c.\n\n<!-- not shown -->\n"
        "Table:\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    ),
    "docs/02_use.md": "# Use\n",
    "docs/10_end.md": "# End\n",
    "docs/01_begin.md": "# Begin\n",
}
HUGO = {
    "b.md": '+++\ntitle = "Second"\nweight = 2\ndate = 2026-01-01\ntags = ["x"]\n+++\n\nB.\n',
    "a.md": '+++\ntitle = "Third"\nweight = 3\ndraft = false\n+++\n\nA.\n',
    "c.md": '+++\ntitle = "First"\nweight = 1\ndraft = false\n+++\n\nC.\n',
}
DOCUSAURUS = {
    "intro.md": "---\nsidebar_position: 1\ntitle: Intro\n---\n\n"
    ":::tip Try it\n\nWalk through *once*.\n\n:::\n\n:::note\n\nOuter\n\n:::\n",
    "zeta.md": "---\nsidebar_position: 2\n---\n# Zeta\n\n::: {.columns}\nOnly a group.\n:::\n",
    "alpha.md": "# Alpha\n\n> [!TIP] Own title\n> One\n>\n> - two\n\nAfter.\n",
}
PLAIN = {
    "1 Start.md": "Start\n-----\n\nOne [link][ref] and <https://example.org>.\n\n[ref]: 2%20Next.md\n",
    "2 Next.md": "# Next #\n\n* * *\n\n1. Step\n\n   ```\n   - [ ] code\n   ```\n\n2. Step\n",
    "Empty.md": "",
}
ALL = {
    "russian": RUSSIAN,
    "polish": POLISH,
    "mkdocs": MKDOCS,
    "mdbook": MDBOOK,
    "gitbook": GITBOOK,
    "github": GITHUB,
    "hugo": HUGO,
    "docusaurus": DOCUSAURUS,
    "plain": PLAIN,
}


def large(number: int = 900) -> dict[str, str]:
    """A handbook of many files in folders, as a program writes them."""
    return {
        f"{at // 100:02}-part/{at % 100:02}-page.md": "# Page "
        f"{at}\n\nIntro:\n- one\n  - two of {at}\n\n## More\n\nWords.\n"
        for at in range(number)
    }
