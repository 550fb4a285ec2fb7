"""How long the negotiation's calculations take in a large workspace, and how well "asked before?" tells pairs apart.

    python benchmarks/negotiation.py [--smoke]

5,000 items of 500 customers, 2,000 decisions, of which 30 are today's. Each figure is the median of five runs.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scenarios.decisions.log import find_decisions  # noqa: E402
from scenarios.memos import account_memo, executives_memo, meeting_on, team_memo  # noqa: E402
from scenarios.plan.departures import Leaving  # noqa: E402
from scenarios.requests.earlier_asks import asked_before  # noqa: E402
from scenarios.requests.facts import facts_of  # noqa: E402
from scenarios.requests.patterns import patterns_of  # noqa: E402
from scenarios.rules.one_offs import ledger_of  # noqa: E402
from store.records import State, Wait  # noqa: E402
from store.records.negotiation import Card  # noqa: E402
from tests.scenarios.making import add, add_item, empty, forecast  # noqa: E402
from tests.scenarios.negotiating import charter, customer, decision, move, request  # noqa: E402
from tests.scenarios.requests.asked_pairs import MEASURED_ON, PAIRS, measured  # noqa: E402

ITEMS, CUSTOMERS, DECISIONS, TODAY = 5_000, 500, 2_000, 30
DAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)


def large(share: int) -> State:
    """The large workspace, or a small one: its share, as 1 of so many."""
    chance = random.Random(1)
    words = [word for pair in PAIRS for word in pair[0].split()]
    state = empty((400.0,))
    charter(state)
    for number in range(1, CUSTOMERS // share + 1):
        customer(state, number, f"Customer {number} AS", float(chance.randint(1, 500) * 1000), date(2027, 2, 1))
    for number in range(1, ITEMS // share + 1):
        where = "plan" if number <= 120 else chance.choice(("below", "below", "inbox", "done", "declined"))
        letter = chance.choice("FFFIQDO")
        add_item(
            state, number, chance.uniform(0.5, 4), title=" ".join(chance.choices(words, k=5)), state=where, slice=letter
        )
        request(state, number, customer_id=chance.randint(1, CUSTOMERS // share), deal_amount=1e5, deal_probability=0.5)
        add(state, Wait(id=number, item_id=number, customer_id=chance.randint(1, CUSTOMERS // share)))
        if letter == "O":
            add(state, Card(id=number, item_id=number, one_off_kind="report writer"))
    for number in range(1, DECISIONS // share + 1):
        at = AT if number <= TODAY else AT - timedelta(days=number)
        decision(state, number, item_id=number, at=at, decided_by="Eve", because="because", odds_after=0.7)
        move(state, number, number, "in", 1.0)
    return state


def timed(what: str, call: Callable[[], object]) -> None:
    """Print the first run and the median of five."""
    runs = []
    for _ in range(5):
        start = perf_counter()
        call()
        runs.append(perf_counter() - start)
    print(f"{what:<34} first {1000 * runs[0]:7.1f} ms   median {1000 * median(runs):7.1f} ms")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="tiny, in seconds: only whether it runs to its end")
    share = 20 if parser.parse_args().smoke else 1
    found, same, alarms, different = measured(MEASURED_ON)
    print(f"asked before, pairs held out: recall {found}/{same}, false alarms {alarms}/{different}")
    state = large(share)
    now = forecast(state)
    out = [Leaving(entry) for entry in now.plan.entries[-3:]]
    folder = ROOT / "scenarios" / "memos" / "templates"
    team, executives, account = ((folder / f"{name}.md").read_text() for name in ("team", "executives", "account"))
    timed("asked before", lambda: asked_before(state, "Audit log export of invoices", 1))
    timed("facts card", lambda: facts_of(state, 4_000 // share, now, out))
    timed("ledger of the quarter", lambda: ledger_of(state))
    timed("three of a kind", lambda: patterns_of(state))
    timed("decision log, by word and customer", lambda: find_decisions(state, "log", customer_id=7))
    timed("memo for the team", lambda: team_memo(meeting_on(state, state, DAY), team))
    timed("memo for executives", lambda: executives_memo(meeting_on(state, state, DAY), executives))
    timed("memo for an account", lambda: account_memo(meeting_on(state, state, DAY), 7, account))


if __name__ == "__main__":
    main()
