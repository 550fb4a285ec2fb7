"""A case's file: what is wrong with it is said with file, line and key; what comes with makeroom can be played."""

from datetime import date
from importlib.resources import files

import pytest

from scenarios.practice.case_file import case_faults, read_case
from scenarios.practice.setting import setting
from scenarios.trade.door import forecast_of
from store.records import State
from store.workspace.defaults import beginning

FRESH = State().overlay(beginning("fresh", date(2027, 1, 1)))
CASES = files("scenarios.practice").joinpath("cases")
FERRY = CASES.joinpath("ferry.toml").read_text(encoding="utf-8")
LATE_ASK = '[[events]]\nkey = "coaches-ask"'


def faults(text):
    return [str(error) for error in case_faults(text, "my.toml", FRESH)]


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir() if path.name.endswith(".toml")))
def test_cases_that_come_with_makeroom_can_be_played(name):
    text = CASES.joinpath(name).read_text(encoding="utf-8")
    assert faults(text) == []
    case = read_case(text, name)
    assert name == f"{case.name}.toml"
    forecast = forecast_of(FRESH.overlay(setting(case, FRESH)))
    # It fits at the beginning, and is no plan that anything fits into besides.
    assert case.quarter.target <= forecast.odds < 0.97


#: What is written instead of what, the key that the fault names, and words of it; the line is that of what is written.
SLIPS = (
    ('difficulty = "gentle"', 'difficulty = "easy"', "difficulty", "gentle"),
    ("minutes = 20", 'minutes = "20"', "minutes", "integer"),
    ('player = "product"', 'player = "pilot"', "player", "none of its roles"),
    ("ends = 2027-07-02", "ends = 2027-04-02", "quarter.ends", "before the quarter's first day"),
    ('waiting = ["Vägvind Coaches"]', 'waiting = ["Nobody"]', "items.6.waiting.1", "none of its accounts"),
    ("Tickets = [1, 1.5, 2.5]", "Tickets = [1, 3, 2.5]", "items.5.sizes.Tickets", "out of order"),
    ("Tickets = [1, 1.5, 2.5]", "Boats = [1, 1.5, 2.5]", "items.5.sizes.Boats", "none of its teams"),
    ('state = "done"', 'stat = "done"', "items.9.stat", "not a key that makeroom knows"),
    ('pin = "started"', 'needs = ["Seats for bicycles"]', "items.1.needs.1", "not in plan"),
    ('after = "coaches-ask"\nwho = "Director', 'after = "louder"\nwho = "Director', "events.3.after", "comes later"),
    ("minute = 15", "minute = 21", "events.5.minute", "never come by the clock"),
    ('person = "Sakari"', 'person = "Ole"', "events.4.leaves.person", "in none of its teams"),
    ("last_day = 2027-06-04", "last_day = 2027-07-05", "events.4.leaves.last_day", "nothing would change"),
    (
        'decided = "Vägvind: group boarding with a seat map"',
        'decided = "Vägvind: groups on one invoice"',
        "events.6.decided",
        "done from the beginning",
    ),
    ('decided = "Vägvind: group boarding with a seat map"', 'answer = "yes"', "events.6.answer", "answer to nothing"),
    ("asked = true", 'after = "louder"', "events.2.after", "comes later"),
    ("promise = { to = \"Vägvind Coaches\", due = 2027-06-15 }", "", "events.3.promise", "without it"),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "words"), SLIPS, ids=[f"{key} {new[:20]}" for _, new, key, _ in SLIPS])
def test_what_is_wrong_is_said_with_file_line_and_key(old, new, key, words):
    assert FERRY.count(old) >= 1
    text = FERRY.replace(old, new, 1)
    (said,) = (each for each in faults(text) if f": {key} " in each)
    assert words in said
    line = int(said.removeprefix("my.toml, line ").split(":")[0])
    if new:
        assert line in range(text[: text.index(new)].count("\n") + 1, text[: text.index(new)].count("\n") + 3)
    else:
        assert text.splitlines()[line - 1] == "[[events]]"


def test_text_that_is_no_toml_is_refused_with_its_line():
    (said,) = faults(FERRY.replace("minutes = 20", "minutes = = 20"))
    assert said.startswith(f"my.toml, line {FERRY[: FERRY.index('minutes')].count(chr(10)) + 1}, at ")


def test_a_plan_that_cannot_be_done_is_refused():
    (below,) = faults(FERRY.replace("Tickets = [4, 6, 9]", "Tickets = [9, 12, 15]"))
    assert "does not fit at the beginning: the odds are " in below
    assert "the target is 70%" in below
    over = faults(FERRY.replace("Tickets = [4, 6, 9]", "Tickets = [29, 32, 35]"))
    assert any("the plan is impossible" in said for said in over)


def test_all_broken_references_are_told_at_once():
    text = FERRY.replace('waiting = ["Vägvind Coaches"]', 'waiting = ["Nobody"]').replace(
        'person = "Sakari"', 'person = "Ole"'
    )
    assert len(faults(text)) == 2
