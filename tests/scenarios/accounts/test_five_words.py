"""What an account means beyond what it pays: said, replaced, taken off, merged, told; by hand."""

from datetime import date

import pytest

from scenarios.accounts.beyond_revenue.five_words import say_word, word_kind, words_by_account
from scenarios.accounts.edits import merge_accounts, remove_account
from scenarios.reports.accounts_paper import accounts_paper
from store.common.errors import Refused
from store.records import State
from tests.scenarios.making import empty
from tests.scenarios.negotiating import customer


def said(state: State, account: int, kind: str, score: float | None, evidence: str = "e") -> State:
    row = state.tables["customers"][account]
    return state.overlay(say_word(state, row, word_kind(kind), score, evidence))


def two() -> State:
    state = empty()
    customer(state, 1, "Acme", 10e3)
    customer(state, 2, "Bolt")
    state = said(state, 1, "precedent", 3, "others ask for the same")
    state = said(state, 1, "ret", 2, "two escalations")
    return said(state, 2, "retention risk", 0, "a contract of three years")


def shown(state: State) -> dict[int, list[tuple[str, int]]]:
    return {key: [(row.kind, row.score) for row in rows] for key, rows in words_by_account(state).items()}


def test_said_replaced_and_taken_off() -> None:
    state = two()
    assert shown(state) == {1: [("retention risk", 2), ("precedent risk", 3)], 2: [("retention risk", 0)]}
    state = said(state, 1, "retention risk", 1, "the escalations were answered")
    assert shown(state)[1] == [("retention risk", 1), ("precedent risk", 3)]
    assert shown(said(state, 1, "retention risk", None))[1] == [("precedent risk", 3)]
    assert say_word(state, state.tables["customers"][2], "market signal", None, "").empty


@pytest.mark.parametrize(
    ("kind", "score", "evidence", "words"),
    [
        ("retention risk", 4, "e", "from 0"),
        ("retention risk", -1, "e", "from 0"),
        ("retention risk", 1.5, "e", "whole number"),
        ("retention risk", 1, "  ", "line of evidence"),
        ("re", 1, "e", "five words are"),
        ("", 1, "e", "five words are"),
    ],
)
def test_what_cannot_be_said(kind: str, score: float, evidence: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        said(two(), 1, kind, score, evidence)


def test_merged_what_was_said_of_the_one_that_stays_is_kept_and_with_an_account_goes_what_was_said() -> None:
    state = two()
    acme, bolt = state.tables["customers"][1], state.tables["customers"][2]
    merged = state.overlay(merge_accounts(state, acme, bolt))
    assert shown(merged) == {2: [("retention risk", 0), ("precedent risk", 3)]}
    assert shown(state.overlay(remove_account(state, acme))) == {2: [("retention risk", 0)]}


def test_the_report_says_each_with_its_evidence_and_adds_nothing_up() -> None:
    part = accounts_paper(two(), date(2027, 2, 1)).parts[1]
    assert part.sentences[0].words.endswith("they are not added up. Said of 2 of 2 accounts.")
    assert [row.cells for row in part.tables[0].rows] == [("Acme", "2", "", "", "", "3"), ("Bolt", "0", "", "", "", "")]
    assert [row.cells for row in part.tables[1].rows] == [
        ("Acme", "retention risk 2 of 3: two escalations"),
        ("Acme", "precedent risk 3 of 3: others ask for the same"),
        ("Bolt", "retention risk 0 of 3: a contract of three years"),
    ]
    assert all(figure.inputs for row in part.tables[0].rows for figure in row.figures)
