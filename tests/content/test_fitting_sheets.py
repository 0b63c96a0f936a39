"""Which plans and exercises fit the minutes, the people and the printer that a trainer has."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.content.fitting_sheets import Limits, fitting
from handbook.content.loading import load

EXERCISE = (
    '+++\nkind = "exercise"\nminutes = {minutes}\ngroup_size = "{people}"\nlevel = {level}\n{more}+++\n# {title}\n'
)
FILES = {
    "handbook.toml": 'title = "Small"\n[[parts]]\nid = "all"\ntitle = "All"\n'
    'chapters = ["ex-short", "ex-long", "ex-open", "plan", "cards", "form", "text"]\n',
    "ex-short.md": EXERCISE.format(
        title="Short", minutes=20, people="6 to 12", level=1, more='materials = [{ item = "cards#one" }]\n'
    )
    + "\n## Variations\n\n-   *Online:* type it into the chat.\n",
    "ex-long.md": EXERCISE.format(
        title="Long", minutes=60, people="10 or more", level=3, more='materials = [{ item = "bell" }]\n'
    ),
    "ex-open.md": '+++\nkind = "exercise"\n+++\n# Says nothing\n',
    "plan.md": EXERCISE.replace("exercise", "session-plan").format(
        title="Plan", minutes=45, people="8", level=2, more='materials = [{ item = "form", per = "each" }]\n'
    ),
    "cards.md": '+++\nkind = "cards"\n+++\n# Cards\n\n## One {#one}\n\nOne.\n',
    "form.md": '+++\nkind = "form"\n+++\n# Form\n',
    "text.md": "# Text\n\nOnline: nothing.\n",
}


@pytest.mark.parametrize(
    ("limits", "wanted"),
    [
        (Limits(), {"ex-short", "ex-long", "ex-open", "plan", "cards", "form"}),
        (Limits(minutes=20), {"ex-short", "cards"}),
        (Limits(minutes=19), set()),
        (Limits(people=8), {"ex-short", "cards", "plan", "form"}),
        (Limits(people=300), {"ex-long"}),
        (Limits(level=2), {"ex-short", "cards", "plan", "form"}),
        (Limits(no_paper=True), {"ex-long", "ex-open"}),
        (Limits(online=True), {"ex-short", "cards"}),
        (Limits(45, 8, 2), {"ex-short", "cards", "plan", "form"}),
        (Limits(45, 8, 2, no_paper=True), set()),
    ],
)
def test_what_fits(limits: Limits, wanted: set[str], tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert fitting(load(tmp_path), limits) == wanted
