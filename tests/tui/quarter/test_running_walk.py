"""A stranger's quarter in week 6, by keys in a real terminal: progress, drift, an interrupt, a request, a swap, undone.

At 120x40 and 80x24, with MAKEROOM_LONG=1 (about a minute).
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.records import Decision, Item, Progress, Shortfall, UnplannedWork
from tests.tui.cli.shell import state_of
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.cli import main

#: Title, low, likely and high days, team.
ITEMS = """Label printing;8;12;20;Parcel
Pickup windows;10;15;25;Parcel
Customs form;6;10;18;Parcel
Damaged parcels;5;8;14;Parcel
Weight audit;4;6;10;Parcel
Route cache;6;9;15;Parcel
Scan retries;5;8;12;Parcel
Depot map;6;10;15;Parcel
Invoice run;12;18;30;Billing
Dunning letters;5;8;12;Billing
SEPA mandates;8;12;20;Billing
Credit notes;6;9;14;Billing
VAT ids;3;5;8;Billing
Rounding;2;4;7;Billing
Price lists;6;10;16;Billing
Loyalty points;10;15;25;Billing
Drone pilot;15;25;40;Parcel"""
#: What is told of the first fifteen: a digit is tenths, d done, nothing what nobody begun.
TOLD = ("d", "7", "4", "2", "1", "", "", "", "6", "d", "3", "1", "", "", "")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Fifteen items in plan at 79%, agreed, in a quarter of which this is the sixth week."""
    file, path = tmp_path / "backlog.csv", tmp_path / "team.db"
    rows = ["Title,Low (days),Likely (days),High (days),Team", *(row.replace(";", ",") for row in ITEMS.splitlines())]
    file.write_text("\n".join(rows), encoding="utf-8")
    monday = date.today() - timedelta(days=date.today().weekday())
    days = [(monday + timedelta(weeks=weeks, days=more)).isoformat() for weeks, more in ((-5, 0), (7, 6))]
    for words in (
        ("import", str(file), "--team", "Parcel=26", "--team", "Billing=22"),
        ("quarter", "--name", "Q4", "--starts", days[0], "--ends", days[1]),
        ("capacity", "--target-for", "plan"),
        ("fill",),
        ("baseline",),
    ):
        assert main(["--db", str(path), *words]) == 0
    return path


@needs_a_pty
@pytest.mark.skipif(not os.environ.get("MAKEROOM_LONG"), reason="about a minute: MAKEROOM_LONG=1")
@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=str)
def test_week_six(tmp_path: Path, db: Path, size: tuple[int, int], capsys: pytest.CaptureFixture[str]) -> None:
    kept = [(item.id, item.rank, item.state) for item in state_of(db).each(Item)]
    with Terminal(["--db", str(db)], *size, environment(tmp_path)) as terminal:
        terminal.until("79%", "Label printing")
        keys = ["g", *(key for told in TOLD for key in (told, "enter") if key)]
        assert len(keys) <= 40
        terminal.press(*keys)
        # Nobody decided anything: the sheet comes up by itself, and nothing has moved.
        terminal.until("OPEN SHORTFALL", "The odds fell below the target", "already in it")
        state = state_of(db)
        assert sum(row.done_on is not None for row in state.each(Progress)) == 2
        assert [(item.id, item.rank, item.state) for item in state.each(Item)] == kept
        (shortfall,) = state.each(Shortfall)
        assert shortfall.cause.startswith("drift: ")
        terminal.press("esc")
        terminal.until("week 6 of 13", "✔ Label printing", "▸ Pickup windows")
        terminal.press("N")
        terminal.write("2d Parcel: scanner outage >Globex by:support")
        terminal.until("0.4 ew of Parcel")
        terminal.press("enter", "esc")
        assert [row.title for row in state_of(db).each(UnplannedWork)] == ["scanner outage"]
        # A request that does not fit, and swap 1 for it.
        terminal.press("a")
        terminal.write("Peak labels ~1-2-3 >Northwind team:Parcel #F")
        terminal.press("enter")
        terminal.until("Peak labels", "already in it")
        terminal.press("1", "enter")
        terminal.write("Ann")
        terminal.press("enter")
        terminal.write("peak season")
        terminal.press("enter")
        terminal.until("“Peak labels” in")
        state = state_of(db)
        assert [one.decided_by for one in state.each(Decision)][-1] == "Ann"
        assert next(item for item in state.each(Item) if item.title == "Peak labels").state == "plan"
        assert not [each for each in state.each(Shortfall) if each.settled_at is None]
        # All of it, back to the first day: the trade, the request, the interrupt, the progress.
        terminal.press("u", "u", "u", "u")
        terminal.until("79%", gone=("week 6 of 13",))
        state = state_of(db)
        assert [(item.id, item.rank, item.state) for item in state.each(Item)] == kept
        assert not list(state.each(Progress))
        assert not list(state.each(UnplannedWork))
        terminal.press("q")
    capsys.readouterr()
