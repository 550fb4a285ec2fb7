"""A file of finished quarters for a look-back: what is blank stays unknown, what cannot be is refused by its line."""

from __future__ import annotations

from store.imports.history import HistoryOptions, HistoryPlan
from store.imports.outcomes.with_history import plan_finished
from store.imports.reader import parse_table
from store.records import Actual, Outcome, Quarter, State
from tests.scenarios.making import add, empty

HEAD = "quarter,title,slice,baselined,became,confirmed,took,odds,users,validated,deal,deal amount,asked on,deal ended\n"


def read(state: State, text: str) -> HistoryPlan:
    return plan_finished(state, parse_table(text.encode(), "year.csv"), HistoryOptions())


def taken(state: State, text: str) -> dict[str, Outcome]:
    return {row.title: row for row in state.overlay(read(state, text).command()).each(Outcome)}


def test_a_row_is_what_it_says_and_nothing_more() -> None:
    found = taken(
        empty(),
        HEAD
        + "Q1 2026,One,F,yes,done,3,4,80%,12,y,won,\"$1,000\",2026-01-02,2026-03-01\n"
        + "2026Q1,Two,one-offs,no,,,2.5,,0,,,,,\n"
        + "Q2 2026,Three,,yes,dropped,6,,0.6,few,,,,,\n"
        + "Q2 2026,Four,,,,,0,,,,,,,\n",
    )  # fmt: skip
    one, two, three = found["One"], found["Two"], found["Three"]
    assert (one.number, one.planned, one.baseline_ew, one.ew, one.took, one.odds) == (8104, True, 3.0, 3.0, 4.0, 0.8)
    assert (one.use, one.users, one.validated, one.deal, one.deal_amount) == ("more", 12, True, "won", 1000.0)
    assert (two.number, two.slice, two.planned, two.use, two.users, two.validated) == (
        8104,
        "O",
        False,
        "nobody",
        0,
        None,
    )
    assert (two.ew, two.baseline_ew, two.odds, two.deal) == (None, None, None, None)
    assert (three.became, three.use, three.took, three.slice) == ("dropped", "one or two", None, None)
    assert found["Four"].became == "unfinished"


def test_what_cannot_be_is_refused_by_its_line() -> None:
    state = add(empty(), Quarter(id=2, name="Q3 2026", starts="2026-07-01", ends="2026-09-30", state="closed"))
    plan = read(
        state,
        HEAD
        + ",No quarter,,,,,,,,,,,,\n"
        + "Q1 2026,Early,,,,,,,,,won,5,2026-02-01,2026-01-01\n"
        + "Q1 2026,Bad,,perhaps,,,,,,,,,,\n"
        + "Q1 2026,,,yes,,,,,,,,,,\n"
        + "Q1 2026,Twin,,,,,,,5,,,,,\n"
        + "2026Q1,twin,,,,,,,6,,,,,\n"
        + "Q3 2026,Ours,,,,,,,5,,,,,\n"
        + "Q1 2027,Now,,,,,,,5,,,,,\n"
        + "Q1 2026,Odd,,,,,,140%,,,,,,\n",
    )
    assert [(row.line, str(row.reason)) for row in plan.rejected] == [
        (2, 'quarter "" is not understood: write 2025Q3 or Q3 2025'),
        (3, "its deal ended on 2026-01-01, before it was asked for on 2026-02-01: one of the days is wrong"),
        (4, '"baselined": "perhaps" is none of yes, y, true, 1, no, n, false, 0'),
        (5, "has no title: nobody could say later what came of it"),
        (7, "is in 2026Q1 twice: line 6 has it, too"),
        (8, "Q3 2026 was closed here: makeroom outcome tells what came of its items"),
        (9, "Q1 2027 is not finished"),
        (10, '"odds": "140%" is not 0 to 100%'),
    ]
    assert len(plan.puts) == 1


def test_taken_again_it_is_unchanged_and_what_was_told_meanwhile_stays() -> None:
    text = HEAD + "Q1 2026,One,F,yes,done,3,4,80%,,y,,,,\n"
    state = empty()
    (row,) = taken(state, text).values()
    add(state, row.model_copy(update={"id": 1, "use": "more", "users": 40}))
    again = read(state, text)
    assert again.command().empty
    assert "outcomes: 0 new, 0 updated, 1 unchanged" in again.summary
    assert read(state, text.replace("80%", "70%")).puts[0].users == 40


def test_a_file_with_estimates_teaches_the_odds_as_before_and_says_what_came_of_items() -> None:
    state = empty()
    text = "quarter,team,title,estimate,actual,users\nQ1 2026,Pay,One,3,4,7\nQ1 2026,Pay,Two,x,4,7\n"
    plan = read(state, text)
    assert [(row.title, row.estimate, row.actual) for row in plan.puts if isinstance(row, Actual)] == [
        ("One", 3.0, 4.0)
    ]
    assert [(row.title, row.users, row.took) for row in plan.puts if isinstance(row, Outcome)] == [
        ("One", 7, None), ("Two", 7, None),
    ]  # fmt: skip
    assert [row.line for row in plan.rejected] == [3]


def test_an_amount_in_another_currency_is_named_and_its_row_taken_without_it() -> None:
    """Nothing is added up across currencies, and nothing else of the row is lost."""
    text = (
        "quarter,title,deal,deal amount,deal signed (GBP)\n"
        "Q1 2026,Ours,won,$1k,\n"
        'Q1 2026,Euros,won,"€50,000",\n'
        "Q1 2026,Francs,lost,CHF 7k,\n"
        "Q1 2026,Pounds,won,5000,4000\n"
    )
    plan = read(empty(), text)
    assert plan.rejected == ()
    found = {row.title: row for row in empty().overlay(plan.command()).each(Outcome)}
    assert {title: (row.deal, row.deal_amount, row.deal_signed) for title, row in found.items()} == {
        "Ours": ("won", 1_000.0, None),
        "Euros": ("won", None, None),
        "Francs": ("lost", None, None),
        "Pounds": ("won", 5_000.0, None),
    }
    notes = "\n".join(plan.notes)
    for words in (
        'line 3, Euros: "deal amount" "€50,000" is in EUR, and amounts here are in USD: write it in USD; taken without',
        'line 4, Francs: "deal amount" "CHF 7k" is in CHF',
        'line 5, Pounds: "deal signed (GBP)" "4000" is in GBP',
    ):
        assert words in notes


def test_how_a_success_test_ended_and_by_how_many() -> None:
    text = "Quarter;Title;Test met;Met by;Pilot customers\nQ1 2026;One;yes;3;4\nQ1 2026;Two;no;0;\nQ1 2026;Three;;;\n"
    found = taken(empty(), text + "Q1 2026;Many;yes;5;4\nQ1 2026;Some;yes;a few;4\nQ1 2026;Odd;half;;\n")
    assert {title: (row.test_met, row.test_met_by, row.test_customers) for title, row in found.items()} == {
        "One": (True, 3, 4), "Two": (False, 0, None), "Three": (None, None, None),
    }  # fmt: skip
    plan = read(empty(), text + "Q1 2026;Many;yes;5;4\nQ1 2026;Some;yes;a few;4\nQ1 2026;Odd;half;;\n")
    assert [each.reason for each in plan.rejected] == [
        "5 accounts cannot have met its test: 4 took part",
        '"Met by": "a few" is not a whole number of accounts',
        '"Test met": "half" is none of yes, y, true, 1, no, n, false, 0',
    ]


def test_who_adopted_what_shipped_and_who_was_to() -> None:
    head = "quarter,title,adopted,could use it,adoption aim,adoption read,shipped\n"
    text = head + "Q1 2026,One,5,12,60%,2026-07-01,2026-03-20\nQ1 2026,None,0,9,,,\nQ1 2026,Blank,,,0.3,,\n"
    text += "Q1 2026,More,9,8,,,\nQ1 2026,Odd,,,160%,,\n"
    found = taken(empty(), text)
    one, none, blank = found["One"], found["None"], found["Blank"]
    assert (one.adopted, one.could_adopt, one.adoption_aim) == (5, 12, 0.6)
    assert (str(one.adoption_on), str(one.shipped_on)) == ("2026-07-01", "2026-03-20")
    assert (none.adopted, none.could_adopt, none.adoption_aim) == (0, 9, None)
    assert (blank.adopted, blank.could_adopt, blank.adoption_aim, blank.shipped_on) == (None, None, 0.3, None)
    assert [each.reason for each in read(empty(), text).rejected] == [
        "9 accounts cannot have adopted it: 8 could use it", '"adoption aim": "160%" is not 0 to 100%',
    ]  # fmt: skip
