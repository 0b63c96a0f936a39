"""Parts that would leave a few lines on a page are set in another look, and page numbers that do not settle are."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.content.handbook import Handbook
from handbook.handout.options import PrintOptions
from handbook.handout.selection import Handout
from handbook.printing.typeset import Typesetter
from handbook.printing.typeset.job import job_of
from handbook.printing.typeset.page_breaks import PageBreaks
from handbook.printing.typeset.settling import FILE, Ending, Endings, Settling, written
from handbook.printing.typeset.trees import tree
from tests.printed import Pdf, made, printed, runs

HIGH = [1, 0.9, 0.8, 1.1]  # of looks: the usual one, two closer ones, one that is less close


def came(look: int, pages: int, filled: float, name: str = "c1", most: int = 0) -> list[dict[str, object]]:
    part = {"name": name, "of": ["c1"], "most": most, "look": look, "high": HIGH, "pages": pages, "filled": filled}
    return [{"fitted": [part]}]


WORDS = {"c1.typ": b"Words.", "look.typ": b"14 pt", FILE: b"", "c2.typ": b"Other words."}


def settled_once() -> Endings:
    """What is kept of a document whose first part was set closer, with a page's end before a note."""
    endings = Endings()
    search = endings.begin(WORDS, {})
    assert search.learn([{**came(0, 3, 0.1)[0], "astray": ["c1n2"]}])
    assert search.learn([{**came(1, 2, 0.9)[0], "astray": ["c1n2", "c2n1"]}])
    assert not search.learn(came(1, 2, 0.95))
    endings.keep(search, WORDS, {})
    return endings


def test_what_ends_well_stays_as_it_is() -> None:
    search = Settling()
    assert not search.learn(came(0, 3, 0.6))
    assert not search.learn(came(0, 1, 0.1))  # all of it
    assert not search.learn([{"part": "cards"}])
    assert search.looks == {}


def test_the_least_close_look_that_saves_a_page_is_tried_first() -> None:
    search = Settling()
    assert search.learn(came(0, 3, 0.1))
    assert search.looks == {"c1": 1}
    assert search.learn(came(1, 3, 0.05))  # it did not: what stays together took room
    assert search.looks == {"c1": 2}
    assert not search.learn(came(2, 2, 0.9))


def test_where_no_page_can_be_saved_the_last_one_is_filled() -> None:
    search = Settling()
    assert search.learn(came(0, 9, 0.1))
    assert search.looks == {"c1": 1}
    for look in (1, 2):
        assert search.learn(came(look, 9, 0.2 - look / 10))
    assert search.looks == {"c1": 3}


def test_where_nothing_helps_the_best_is_taken_and_the_search_ends() -> None:
    search, pages = Settling(), {0: (3, 0.1), 1: (3, 0.2), 2: (3, 0.05), 3: (4, 0.1)}
    look = 0
    for _ in range(5):
        if not search.learn(came(look, *pages[look])):
            break
        look = search.looks["c1"]
    assert look == 1
    assert not search.learn(came(1, *pages[1]))


def test_a_page_ends_before_a_note_that_went_astray_once_all_parts_have_settled() -> None:
    search, astray = Settling(), {"astray": ["c1n2"]}
    assert search.learn([{**came(0, 3, 0.1)[0], **astray}])
    assert search.looks == {"c1": 1}
    assert search.learn([{**came(1, 2, 0.9)[0], **astray}])
    assert search.looks == {"c1": 1, "c1n2": 1}
    assert not search.learn([{**came(1, 2, 0.9)[0], **astray}])  # it did not help


def test_behind_a_page_that_was_ended_other_notes_may_be_where_they_belong() -> None:
    search = Settling()
    assert search.learn([{"astray": ["c1n2", "c1n3", "c2n1"]}])
    assert search.looks == {"c1n2": 1, "c2n1": 1}
    assert search.learn([{"astray": ["c1n2", "c1n3"]}])  # the one did not help, and the next one is tried
    assert search.looks == {"c1n2": 1, "c1n3": 1, "c2n1": 1}
    assert not search.learn([{"astray": ["c1n2"]}])


def test_what_no_look_helped_is_tried_once_more_where_a_page_was_ended_in_it() -> None:
    search, looks = Settling(), []
    for filled in (0.1, 0.11, 0.12):
        looks.append(search.looks.get("c1", 0))
        assert search.learn(came(looks[-1], 3, filled))
    last = search.looks["c1"]
    assert search.learn([{**came(last, 3, 0.13)[0], "astray": ["c1n2"]}])
    assert search.looks == {"c1": last, "c1n2": 1}  # it is the best of all
    assert search.learn(came(last, 3, 0.05))  # other words stand on the last page now
    assert search.looks["c1"] in looks
    assert not search.learn(came(search.looks["c1"], 2, 0.9))


def test_parts_that_move_each_other_are_not_searched_for_ever() -> None:
    search, filled = Settling(), 0.1
    for _ in range(3 * len(HIGH)):
        filled = 0.3 - filled
        if not search.learn(came(search.looks.get("c1", 0), 3, filled - 0.05)):
            break
    else:
        pytest.fail("there is no end")


def test_the_same_words_begin_as_they_ended() -> None:
    search = settled_once().begin({**WORDS, "c2.typ": b"Changed.", "c3.typ": b"New."}, {})
    assert search.looks == {"c1": 1, "c1n2": 1}
    assert not search.learn(came(1, 2, 0.95))
    assert list(search.endings()) == [("c1", ("c1",), Ending(1, 2, 0.95, ("c1n2",)))]


def test_what_no_look_helped_is_not_tried_again() -> None:
    endings, looks = Endings(), {0: (3, 0.2), 1: (3, 0.1), 2: (3, 0.05), 3: (4, 0.1)}
    for tries in (5, 1):
        search = endings.begin(WORDS, {})
        count = 1
        while search.learn(came(search.looks.get("c1", 0), *looks[search.looks.get("c1", 0)])):
            count += 1
        assert (count, search.looks.get("c1")) == (tries, 0)
        endings.keep(search, WORDS, {})


@pytest.mark.parametrize(
    ("files", "inputs"),
    [({"c1.typ": b"Other"}, {}), ({"look.typ": b"11 pt"}, {}), ({}, {"steady": "yes"})],
)
def test_other_words_and_other_pages_are_searched_from_the_start(
    files: dict[str, bytes], inputs: dict[str, str]
) -> None:
    assert settled_once().begin({**WORDS, **files}, inputs).looks == {}


@pytest.mark.parametrize("came_now", [came(1, 2, 0.8), came(1, 3, 0.95), [{"fitted": []}]])
def test_what_comes_out_otherwise_is_searched_from_the_start(came_now: list[dict[str, object]]) -> None:
    search = settled_once().begin(WORDS, {})
    assert search.learn(came_now)
    assert search.looks == {}
    assert search.learn(came(0, 3, 0.1))
    assert search.looks == {"c1": 1}


def test_a_part_of_other_pieces_is_searched_from_the_start() -> None:
    search = settled_once().begin(WORDS, {})
    now = came(1, 2, 0.95)
    now[0]["fitted"][0]["of"] = ["c1", "c2"]  # type: ignore[index]  # mypy: a list
    assert search.learn(now)
    assert search.looks == {}


def test_a_document_that_was_long_is_taken_to_be_so_until_it_is_not() -> None:
    def told(pages: int) -> list[dict[str, object]]:
        return [{**came(0, 3, 0.9)[0], "part": "", "text": pages}]

    endings = Endings()
    for pages in (22, 8):
        first = endings.begin(WORDS, {})
        assert first.inputs() == {}
        assert not first.learn(told(pages))
        endings.keep(first, WORDS, {})
        again = endings.begin({**WORDS, "c1.typ": b"Changed."}, {})
        assert again.inputs() == ({"long": "yes"} if pages == 22 else {})
        assert again.learn(told(5)) == (pages == 22)
        assert again.inputs() == {}
        assert not again.learn(told(5))
        endings.keep(again, WORDS, {})


def test_what_is_kept_is_bounded() -> None:
    endings = Endings()
    for number in range(1000):
        files = {**WORDS, "c1.typ": b"%d" % number}
        search = endings.begin(files, {})
        search.learn(came(0, 3, 0.1))
        search.learn(came(1, 2, 0.9))
        endings.keep(search, files, {})
    assert len(endings._kept) < 500
    assert endings.begin(files, {}).looks == {"c1": 1}


def test_looks_are_written_for_typst() -> None:
    assert written({}) == "#let settled = (:)\n"
    assert written({"c2": 1, "c1o1": 3}) == '#let settled = ("c1o1": 3, "c2": 1, )\n'


def test_what_never_settles_is_set_again_with_room_for_references(caplog: pytest.LogCaptureFixture) -> None:
    turning = "#context if query(<m>).len() == 0 [#metadata(none)<m> not there]"  # and the reverse
    start, end = '#set document(title: "t")\n', "\n#metadata((:))<pages>"
    read = Pdf(Typesetter().compile(f'{start}#if "steady" in sys.inputs [steady] else [{turning}]{end}', 0).pdf)
    assert "steady" in read.words(0).get_text_bounded()
    assert not [record for record in caplog.records if "converge" in record.getMessage()]
    Typesetter().compile(start + turning + end, 0)
    assert [record for record in caplog.records if "converge" in record.getMessage()]


def test_a_plan_of_a_page_and_a_few_lines_is_one_page(tmp_path: Path) -> None:
    """In each length, wherever it would end."""
    front = '+++\nkind = "exercise"\nminutes = 30\n+++\n'
    for count in range(20, 60, 3):
        words = "\n".join(f"{number}. Say what you see, and let the others ask." for number in range(1, count))
        folder = tmp_path / str(count)
        folder.mkdir()
        read = printed(made(folder, one=f"{front}# One\n\n{words}\n"), "one", options=PrintOptions(size=18))
        last = len(read) - 1
        top = min(box[1] for box in read.boxes(last))  # the foot
        lines = [box[1] for box in read.boxes(last) if box[1] > top + 20]
        _, height = read.raw.get_page_size(last)
        assert last == 0 or min(lines) < 0.72 * height, count


def test_a_chapter_of_a_page_and_a_few_lines_is_one_page(tmp_path: Path) -> None:
    """In each length, wherever it would end."""
    for count in range(14, 40, 2):
        words = "\n\n".join(f"{number}. Say what you see, and let the others ask." for number in range(1, count))
        folder = tmp_path / str(count)
        folder.mkdir()
        read = printed(made(folder, one=f"# One\n\n{words.replace('. Say', ': Say')}\n"), "one")
        last = len(read) - 1
        ends = [box[1] for box, said in runs(read, last) if "Say what" in said]
        _, height = read.raw.get_page_size(last)
        assert last == 0 or min(ends) < 0.72 * height, count


def test_words_are_set_closer_where_a_page_ends_below_them(tmp_path: Path) -> None:
    others = '+++\nkind = "glossary"\n+++\n# Words\n\n## Word\n\nWhat it is.\n'
    book = made(tmp_path, one="# One\n\nWords.\n", two="# Two\n\nWords.\n", words=others)
    runs_of: list[tuple[dict[int, str], set[int]]] = []
    for names in (("one",), ("one", "two"), ("one", "words"), ("one", "words", "two")):
        job = job_of(book, Handout(names))
        runs_of.append(PageBreaks(job, [(piece, tree(piece)) for piece in job.pieces]).runs())
    whole, last = ({1: "to-read"}, {1}), ({3: "to-read"}, {3})
    assert runs_of == [whole, ({1: "to-read"}, {2}), ({}, set()), last]


def test_what_has_more_pages_than_it_should_is_set_closer() -> None:
    assert Settling().learn(came(0, 3, 0.6, most=2))


def test_a_plan_below_a_long_list_of_contents_has_two_pages_of_its_own(tmp_path: Path) -> None:
    front = '+++\nkind = "session-plan"\nminutes = 30\n+++\n'
    words = "\n".join(f"{number}. Say what you see, and let the others ask." for number in range(1, 60))
    names = [f"plan{number}" for number in range(12)]
    texts = {name: f"{front}# The {name}\n\n{words}\n" for name in names}
    options = PrintOptions("letter", contents="yes")
    read = printed(made(tmp_path, **texts), *names, options=options, title="All plans")
    begin = [page for level, _, page in read.outline if level == 0]
    assert "Contents" in read.text(0)
    assert begin == [2 * number + begin[0] for number in range(12)]


def test_each_plan_by_itself_fits_two_pages_of_letter_paper(real: Handbook) -> None:
    plans = [name for name, chapter in real.chapters.items() if chapter.front.kind == "session-plan"]
    long = [name for name in plans if len(printed(real, name, options=PrintOptions("letter"))) > 2]
    assert not long
