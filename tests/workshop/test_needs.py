"""What plans need and nobody has answered for."""

from __future__ import annotations

import pytest

from handbook.content.handbook import Handbook
from handbook.workshop import file, needs, ready_files
from handbook.workshop.model import Passage, Workshop, add, remove
from tests.helpers import handbook_of

PLAN = (
    '+++\nkind = "session-plan"\nminutes = 45\nmaterials = [{ item = "deck" }, { item = "sheet", per = "each" }]\n+++\n'
    "# Opening\n\n## Exercises used\n\n-   [Walk](ex)\n"
)
FILES = {
    "plan.md": PLAN,
    "ex.md": '+++\nkind = "exercise"\nminutes = 20\nmaterials = [{ item = "poster" }]\n+++\n# Walk\n\nWalk.\n',
    "deck.md": '+++\nkind = "cards"\n+++\n# Cards\n\n## One {#one}\n\n!!! card ""\n    Words.\n',
    "sheet.md": '+++\nkind = "worksheet"\n+++\n# Sheet\n\n!!! lines "2"\n    What?\n',
    "poster.md": '+++\nkind = "poster"\n+++\n# Poster\n\n-   One.\n',
    "text.md": "# Text\n\nWords.\n",
}


@pytest.fixture(scope="module")
def small() -> Handbook:
    return handbook_of(FILES)


def titles(handbook: Handbook, workshop: Workshop) -> dict[int, list[str]]:
    return {place: [one.title for one in some] for place, some in needs.open_needs(handbook, workshop).items()}


def test_a_need_stays_open_whatever_is_added_after_it(small: Handbook) -> None:
    workshop = Workshop(items=(Passage("plan"),))
    assert titles(small, workshop) == {0: ["Walk", "Cards", "Sheet"]}
    workshop = add(workshop, Passage("text"))
    assert titles(small, workshop) == {0: ["Walk", "Cards", "Sheet"]}
    workshop = add(add(workshop, Passage("deck#one")), Passage("sheet"))  # a part of the deck is not the deck
    assert titles(small, workshop) == {0: ["Walk", "Cards"]}
    assert [one.title for one in needs.not_there(small, workshop)] == ["Walk", "Cards"]


def test_what_is_in_hand_is_not_asked_for_again(small: Handbook) -> None:
    workshop = needs.have(small, Workshop(items=(Passage("text"), Passage("plan"))), 1)
    assert titles(small, workshop) == {}
    assert needs.have(small, workshop, 1) == workshop
    again, remarks = file.loads(file.dumps(workshop).encode())
    assert remarks == ()
    assert again == workshop
    assert titles(small, remove(again, (1,))) == {}


def test_an_exercise_of_a_plan_and_a_plan_put_in_twice_ask_once(small: Handbook) -> None:
    held = Workshop(items=(Passage("plan"), Passage("ex", minutes=0), Passage("plan")))
    assert titles(small, held) == {0: ["Cards", "Sheet"]}
    alone = Workshop(items=(Passage("ex"),))
    assert titles(small, alone) == {0: ["Poster"]}


def test_ready_workshops_have_all_that_they_need(real: Handbook) -> None:
    for path in ready_files(real.folder):
        assert titles(real, file.read(path).workshop) == {}, path.name
