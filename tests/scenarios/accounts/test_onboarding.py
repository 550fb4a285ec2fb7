"""The onboarding of an account: steps said, taken off, merged, told, and the days from contract to use; by hand."""

from datetime import date

import pytest

from scenarios.accounts.beyond_revenue.onboarding import onboarding_step, onboardings_of, steps_by_account, write_step
from scenarios.accounts.edits import merge_accounts, remove_account
from scenarios.accounts.table import account_rows
from scenarios.reports.accounts_paper import accounts_paper
from scenarios.rules.charter import write_figures
from store.common.errors import Refused
from store.records import State
from tests.scenarios.making import empty
from tests.scenarios.negotiating import customer

TODAY = date(2027, 3, 31)


def done(state: State, account: int, step: str, day: str, note: str = "") -> State:
    row, when = state.tables["customers"][account], date.fromisoformat(day) if day else None
    return state.overlay(write_step(state, row, onboarding_step(step), when, note, today=TODAY))


def three() -> State:
    """Acme in 24 days, Bolt in 41 (2027-01-31 has 31 days, so 31 + 10), Crux signed for 35 days, Dune not signed."""
    state = empty()
    for number, name in enumerate(("Acme", "Bolt", "Crux", "Dune"), 1):
        customer(state, number, name)
    for account, step, day in (
        (1, "adopted", "2027-01-29"), (1, "signed", "2027-01-05"), (1, "kickoff", "2027-01-07"),
        (2, "signed", "2027-01-01"), (2, "ado", "2027-02-11"), (3, "signed", "2027-02-24"), (4, "live", "2027-03-01"),
    ):  # fmt: skip
        state = done(state, account, step, day)
    return state


def shown(state: State) -> dict[int, list[tuple[str, str]]]:
    return {key: [(row.step, row.day.isoformat()) for row in rows] for key, rows in steps_by_account(state).items()}


def test_time_to_value_is_the_days_from_signed_to_adopted_and_the_median_has_its_count() -> None:
    found = onboardings_of(three(), TODAY)
    assert {row.account.name: (row.value.amount, row.waits, row.late) for row in found.rows} == {
        "Acme": (24, None, False), "Bolt": (41, None, True), "Crux": (None, 35, True), "Dune": (None, None, False),
    }  # fmt: skip
    assert (found.value.amount, found.value.text, found.known, found.within) == (32.5, "32.5 days", 2, 1)
    assert found.value.inputs == (("Acme", "24 days"), ("Bolt", "41 days"))
    assert [row.account.name for row in found.under_way] == ["Crux"]
    # Signed and adopted on one day is 0 days, which is known.
    state = done(done(three(), 3, "adopted", "2027-02-24"), 4, "signed", "2027-03-31")
    assert [row.value.amount for row in onboardings_of(state, TODAY).rows] == [24, 41, 0, None]
    assert onboardings_of(state, TODAY).value.amount == 24


def test_said_again_taken_off_and_what_cannot_be() -> None:
    state = done(three(), 1, "kickoff", "2027-01-08", "on site")
    assert shown(state)[1] == [("signed", "2027-01-05"), ("kickoff", "2027-01-08"), ("adopted", "2027-01-29")]
    assert shown(done(state, 3, "signed", "")).keys() == {1, 2, 4}
    for account, step, day, words in (
        (1, "adopted", "2027-01-04", "before it was signed on 2027-01-05"),
        (1, "signed", "2027-02-01", "adopted on 2027-01-29"),
        (3, "kickoff", "2027-04-01", "still to come"),
        (3, "s", "2027-03-01", "The steps of an onboarding are signed, kickoff"),
        (3, "", "2027-03-01", "The steps of an onboarding"),
    ):
        with pytest.raises(Refused, match=words):
            done(state, account, step, day)


def test_merged_the_onboarding_of_the_one_that_stays_is_kept_whole_and_with_an_account_goes_its_own() -> None:
    state = three()
    acme, bolt, dune = (state.tables["customers"][number] for number in (1, 2, 4))
    customer(state, 5, "Echo")
    assert shown(state.overlay(merge_accounts(state, acme, bolt)))[2] == shown(state)[2]
    moved = state.overlay(merge_accounts(state, acme, state.tables["customers"][5]))
    assert shown(moved)[5] == shown(state)[1]
    assert shown(state.overlay(remove_account(state, dune))).keys() == {1, 2, 3}


def test_told_with_the_charters_aim_on_the_account_and_in_the_report() -> None:
    state = three()
    words = {row.account.name: row.onboarding and row.onboarding.words for row in account_rows(state, TODAY)}
    assert words == {
        "Acme": "time to value 24 days, within the aim of 30",
        "Bolt": "time to value 41 days, past the aim of 30",
        "Crux": "not adopted yet, 35 days after it signed, past the aim of 30",
        "Dune": "time to value not known: nobody said when it signed",
    }
    part = accounts_paper(state, TODAY).parts[2]
    assert part.sentences[0].words == (
        "Time to value: 32.5 days in the median over 2 accounts; 1 of 2 within the aim of 30 days. "
        "Of fewer than 5 that says little. Signed and not adopted yet: 1 account, past the aim."
    )
    assert [row.cells[1:] for row in part.tables[0].rows] == [
        ("adopted, 2027-01-29", "24 days", "", ""),
        ("adopted, 2027-02-11", "41 days", "", "past the aim"),
        ("signed, 2027-02-24", "not yet", "35", "past the aim"),
        ("live, 2027-03-01", "not known", "", ""),
    ]
    wider = state.overlay(write_figures(state, {"value_days": 41}))
    assert onboardings_of(wider, TODAY).within == 2
    for days in (0, 4_001):
        with pytest.raises(Refused, match="days from contract to first use"):
            write_figures(state, {"value_days": days})
