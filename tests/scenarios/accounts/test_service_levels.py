"""Service levels promised to accounts: said, changed, taken off, merged, told; by hand."""

import pytest

from scenarios.accounts.beyond_revenue.service_levels import levels_by_account, service_levels_of, write_level
from scenarios.accounts.currency import write_currency
from scenarios.accounts.edits import merge_accounts, remove_account
from store.common.errors import Refused
from store.records import State
from tests.scenarios.making import empty
from tests.scenarios.negotiating import customer


def promised(state: State, account: int, target: str, met: str = "", cost: float | None = None) -> State:
    return state.overlay(write_level(state, state.tables["customers"][account], target, met, cost))


def four() -> State:
    """Two met, two missed of which one has a cost, one not known."""
    state = empty()
    customer(state, 1, "Acme", 10e3)
    customer(state, 2, "Bolt")
    for account, target, met, cost in (
        (1, "uptime 99.9%", "yes", 20_000.0), (1, "answer in 4 h", "no", 1_500.5), (1, "export in 2 days", "", None),
        (2, "Uptime 99.9%", "no", None), (2, "answer in a day", "y", None),
    ):  # fmt: skip
        state = promised(state, account, target, met, cost)
    return state


def shown(state: State) -> dict[int, list[tuple[str, bool | None, float | None]]]:
    return {
        key: [(row.target, row.met, row.miss_cost) for row in rows] for key, rows in levels_by_account(state).items()
    }


def test_targets_met_of_those_in_all_and_what_misses_cost() -> None:
    found = service_levels_of(four())
    assert (found.met.amount, len(found.rows), found.missed, found.unknown) == (2, 5, 2, 1)
    assert found.words == "2 of 5 targets met, 2 missed, which cost $1,500.50 (known for 1 of 2), 1 not known"
    assert found.missed_cost.inputs == (("Acme, answer in 4 h", "$1,500.50"), ("Bolt, Uptime 99.9%", "not given"))
    assert [row.target for _, row in found.rows][:2] == ["answer in 4 h", "Uptime 99.9%"]
    none = service_levels_of(empty())
    assert (none.rows, none.met.known) == ((), False)


def test_said_again_it_is_changed_what_is_left_empty_stays_and_taken_off_it_is_gone() -> None:
    state = promised(four(), 1, "UPTIME  99.9%".replace("  ", " "), "not known")
    assert shown(state)[1][2] == ("UPTIME 99.9%", None, 20_000.0)
    state = promised(state, 1, "uptime 99.9%", "taken off")
    assert [row[0] for row in shown(state)[1]] == ["answer in 4 h", "export in 2 days"]
    for target, met, words in (
        ("uptime 99.9%", "taken off", "was promised no"), ("", "yes", "What was promised"),
        ("answer in 4 h", "perhaps", "met yes, no or not known"), ("answer in 4 h", "n", "met yes, no or not known"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            promised(state, 1, target, met)


def test_merged_what_was_said_of_the_one_that_stays_is_kept_and_other_promises_come_along() -> None:
    state = four()
    acme, bolt = state.tables["customers"][1], state.tables["customers"][2]
    merged = state.overlay(merge_accounts(state, acme, bolt))
    assert shown(merged) == {
        2: [
            ("answer in 4 h", False, 1_500.5), ("answer in a day", True, None), ("export in 2 days", None, None),
            ("Uptime 99.9%", False, None),
        ]
    }  # fmt: skip
    assert shown(state.overlay(remove_account(state, bolt))).keys() == {1}


def test_another_currency_converts_what_a_miss_costs() -> None:
    state = four()
    assert shown(state.overlay(write_currency(state, "EUR", 0.5)))[1][0][2] == 750.25
