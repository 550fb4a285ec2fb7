"""``makeroom facts`` and ``makeroom waits``: beside what the store holds, counted by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.records import Command, Customer, Item, State, Wait, new_id
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import demo, item, small
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, state_of

shell = shells.shell
RATES, DISPUTE = "Halvorsen Group: offline rate cards", "Dispute workflow v2"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo as the workspace that commands work on."""
    path = demo(tmp_path)
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    return path


def who(state: State, item_ids: Collection[int]) -> tuple[dict[str, float], float]:
    """By customer who waits for any of these, their yearly revenue; and what of it renews in the first 180 days."""
    customers = {state.all(Customer)[row.customer_id] for row in state.each(Wait) if row.item_id in item_ids}
    starts = state.quarter.starts
    renewing = [one for one in customers if one.renews and starts <= one.renews <= starts + timedelta(days=180)]
    return {one.name: one.arr or 0.0 for one in customers}, sum(one.arr or 0.0 for one in renewing)


class TestFacts:
    def test_in_neutral_words_with_the_best_swap(self, db: Path, shell: Shell) -> None:
        before = db.read_bytes()
        out = shell.lines("facts", RATES)
        first, *rest = out.splitlines()
        number = item(state_of(db), RATES).id
        assert first == f"“{RATES}”, number {number}: with the best swap: least value displaced"
        lines = dict(line.partition(": ")[::2] for line in rest if not line.startswith(" "))
        swap = shell("swaps", RATES, "--on", "value", code=1)["swaps"][0]
        found = shell("facts", RATES, kind="facts")
        assert found["out"] == swap["out"]
        assert lines["postponed for it"] == f"5.0 ew: {DISPUTE}"
        names, renewing = who(state_of(db), {row["id"] for row in found["out"]})
        assert lines["who waits for that"] == (
            f"{len(names)} customers with ${sum(names.values()):,.0f} a year; ${renewing:,.0f} renews by 2027-07-03"
        )
        assert lines["the deal"].startswith("expected value $252,000, full cost $80,400, return 3.1 times")
        # 3.5 of 50.0 ew now; then 8.0 of 49.5.
        assert lines["one-offs after a yes"] == "7% → 16.1%, juggling; ceiling 10%"
        assert lines["asked by Halvorsen Group before"] == "2 earlier: 2 good, not now; deals: 1 lost"
        assert "  “Mobile app offline mode” for Halvorsen Group, asked" in out
        assert "simulated quarters" not in out
        assert db.read_bytes() == before

    def test_why_has_the_formula_and_what_went_into_it(self, db: Path, shell: Shell) -> None:
        lines = shell.lines("facts", RATES, "--why").splitlines()
        at = lines.index("    postponed: 5.0 ew = sum of the likely effort that leaves")
        assert lines[at + 1] == f"      {DISPUTE}: 5.0 ew"
        facts = {each["about"]: each for each in shell("facts", RATES, kind="facts")["facts"]}
        (figure,) = facts["postponed for it"]["figures"]
        assert (figure["value"], figure["unit"], figure["inputs"]) == (5.0, "ew", [[DISPUTE, "5.0 ew"]])
        odds = {each["name"]: each["value"] for each in facts["odds after a yes"]["figures"]}
        assert odds["odds after"] == shell("odds", "--in", RATES, "--out", DISPUTE, kind="odds")["odds"]

    def test_with_what_one_names(self, db: Path, shell: Shell) -> None:
        out = ("--out", "Saved searches and alerts=saved searches", "--out", "Top-20 support defects")
        found = shell("facts", RATES, *out, kind="facts")
        assert found["how"] == "with what --out names"
        assert [(row["title"], row["version"]) for row in found["out"]] == [
            ("Saved searches and alerts", "saved searches"),
            ("Top-20 support defects", None),
        ]
        after = next(each for each in found["facts"] if each["about"] == "odds after a yes")["figures"][1]
        assert after["value"] == shell("odds", "--in", RATES, *out, kind="odds", code=1)["odds"]

    def test_where_there_is_no_trade(self, db: Path, shell: Shell) -> None:
        shell("add", "Rename a label ~0.1", "--inbox")
        shell("add", "Nobody knows how big", "--inbox")
        assert shell("facts", "Rename a label", kind="facts")["how"] == "nothing has to give"
        assert shell("facts", "Nobody knows", kind="facts")["how"].startswith("no size yet")
        shell("card", RATES, "--needs", "Dark mode", kind="card")
        found = shell("facts", RATES, kind="facts")
        assert found["how"] == "what it needs is not in plan"
        assert found["facts"][-1]["text"] == "Dark mode"
        found = shell("facts", DISPUTE, kind="facts")
        assert (found["how"], found["out"]) == ("in plan already", [])
        assert "nothing can leave for it: in plan already" in shell.refused("facts", DISPUTE, "--out", "Dark mode")
        shell("undo")
        assert "is below the line" in shell.refused("facts", RATES, "--out", "Dark mode")
        assert "could be" in shell.refused("facts", "the")


class TestWaits:
    def test_each_customer_once(self, db: Path, shell: Shell) -> None:
        before, state = db.read_bytes(), state_of(db)
        for words, where in (((), "below"), (("--below",), "below"), (("--plan",), "plan")):
            names, renewing = who(state, {row.id for row in state.each(Item) if row.state == where})
            found = shell("waits", *words, kind="waits")
            assert {row["name"]: row["arr"] or 0.0 for row in found["customers"]} == names
            assert len(found["customers"]) == len(names)
            assert (found["revenue"], found["renewing"]) == (sum(names.values()), renewing)
        assert db.read_bytes() == before

    def test_for_items_together(self, db: Path, shell: Shell) -> None:
        state = state_of(db)
        both = [item(state, title).id for title in (DISPUTE, "Audit trail for price changes")]
        names, renewing = who(state, both)
        one, two = (who(state, [each])[0] for each in both)
        assert one.keys() & two.keys(), "somebody waits for both"
        found = shell("waits", DISPUTE, str(both[1]), kind="waits")
        assert {row["name"] for row in found["customers"]} == set(names)
        assert (found["revenue"], found["renewing"]) == (sum(names.values()), renewing)
        shared = next(iter(one.keys() & two.keys()))
        waited = next(row["items"] for row in found["customers"] if row["name"] == shared)
        assert {row["id"] for row in waited} == set(both)

    def test_the_horizon_to_the_day(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> None:
        path = small(tmp_path, [("One", 3.0, {}), ("Two", 3.0, {"state": "below"})])
        monkeypatch.setenv("MAKEROOM_DB", str(path))
        days = {  # The quarter begins on 1 January 2027; 180 days later it is 30 June.
            "Ada": (100.5, date(2027, 1, 1)),
            "Bob": (200.25, date(2027, 6, 30)),
            "Cy": (400.0, date(2027, 7, 1)),
            "Dee": (800.0, date(2026, 12, 31)),
            "Eve": (None, date(2027, 3, 1)),
            "Flo": (1600.0, None),
        }
        with Workspace.open(path) as workspace:
            key = item(workspace.load(), "Two").id
            rows = [Customer(id=new_id(), name=name, arr=arr, renews=day) for name, (arr, day) in days.items()]
            waits = [Wait(id=new_id(), item_id=key, customer_id=one.id) for one in rows]
            workspace.apply(Command("edit", "who waits", (*rows, *waits)))
        assert shell.lines("waits").splitlines() == [
            "who waits for everything below the line, each customer once",
            "renew within the horizon, 2027-01-01 to 2027-06-30:",
            "  Ada: $100.50 a year, renews 2027-01-01; waits for Two",
            "  Eve: revenue not known, renews 2027-03-01; waits for Two",
            "  Bob: $200.25 a year, renews 2027-06-30; waits for Two",
            "together $300.75 renews (known for 4 of 6)",
            "renew before or after it, or on no day that is known:",
            "  Cy: $400 a year, renews 2027-07-01; waits for Two",
            "  Dee: $800 a year, renews 2027-12-31; waits for Two",
            "  Flo: $1,600 a year, no renewal date; waits for Two",
            "all who wait: $3,100.75 a year (known for 5 of 6), 6 customers",
        ]
        why = shell.lines("waits", "two", "--why")
        assert "sum of yearly revenue, renewals from 2027-01-01 to 2027-06-30, each customer once" in why
        assert "      Ada: $100.50, renews 2027-01-01" in why
        found = shell("waits", "Two", kind="waits")
        assert [row["name"] for row in found["customers"] if row["counts"]] == ["Ada", "Eve", "Bob"]
        assert (found["renewing"], found["revenue"], found["scope"]) == (300.75, 3100.75, "“Two”")
        assert shell.lines("waits", "one") == "nobody on record waits for “One”\n"
        assert shell("waits", "--plan", kind="waits")["customers"] == []

    def test_what_cannot_be_meant(self, db: Path, shell: Shell) -> None:
        assert "not both" in shell.refused("waits", "Dark mode", "--plan")
        assert "not allowed with" in shell.refused("waits", "--below", "--plan")
        assert "there is no item “no such thing”" in shell.refused("waits", "no such thing")
