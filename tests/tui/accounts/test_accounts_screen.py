"""The accounts' screen: changed, merged, told apart, read from a file, taken back; how a deal ended. About 4 s."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scenarios.trade import changes
from store.records import Command, Customer, Request, Wait, new_id
from store.records.negotiation import DealEnd
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, Room, opened, small, widths
from tests.tui.rules.test_charter_screen import rows_of, to_row

NOON = datetime(2026, 12, 17, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "now", lambda: NOON)


def _accounts(path: Path) -> Path:
    """Two spellings of one name; the first asked for Big, and both wait for Work."""
    with Workspace.open(path, actor="ada") as workspace:
        one, other = Customer(id=new_id(), name="Acme [b]"), Customer(id=new_id(), name="ACMÉ [b] Inc.", arr=50_000.0)
        asked = Request(id=new_id(), item_id=2, customer_id=one.id, received_at=NOON, deal_amount=9_000.0)
        waits = [Wait(id=new_id(), item_id=1, customer_id=each.id) for each in (one, other)]
        workspace.apply(Command("fill", "two accounts", (one, other, asked, *waits)))
    return path


def accounts(room: Room) -> dict[str, Customer]:
    return {row.name: row for row in room.state.each(Customer)}


def said(room: Room) -> str:
    """All that is on screen, blanks made one."""
    return " ".join(room.text.split())


async def test_accounts_from_the_first_to_the_last_key(tmp_path: Path) -> None:
    path = _accounts(small(tmp_path, [("Work", 5.0, {}), ("Big", 4.0, {"state": "inbox"})]))
    file = tmp_path / "crm.csv"
    file.write_text("Account,ARR,Renewal date\nContoso,€90k,2025-03-01\nacme [b],$20k,2027-03-01\n", encoding="utf-8")
    async with opened(path, NARROW) as room:
        await room.press("A")
        assert "$50k a year (known for 1 of 2); 2 accounts" in room.text
        assert "▲ 2 look like one" in room.text
        assert rows_of(room)[1] == "ACMÉ [b] Inc. $50,000 no day 1 in plan, 0 not"
        assert rows_of(room)[2] == "Acme [b] unknown no day 1 in plan, 0 not"
        assert widths(room.lines) == {80}

        # A file: what it would change is looked at; the amount in euros is named, and taken at the rate that was given.
        await room.press("I")
        await room.write(str(file), "enter")
        await room.write("EUR=1.1", "enter")
        assert "accounts: 1 new, 1 updated" in said(room)
        assert "new: Contoso, $99,000 a year, renews 2025-03-01" in said(room)
        await room.press("enter")
        assert rows_of(room)[1].startswith("Contoso $99,000 2027-03-01"), "what has passed comes again"

        # Changed, with a slip on the way.
        await to_row(room, "account", accounts(room)["Contoso"].id)
        await room.press("e", "down")
        await room.replace("€5", "ctrl+s")
        assert "amounts here are in USD" in said(room)
        await room.replace("95k", "ctrl+s")
        assert accounts(room)["Contoso"].arr == 95_000.0

        # Merged into the one that is spelled alike, which the form proposes.
        await to_row(room, "account", accounts(room)["ACMÉ [b] Inc."].id)
        await room.press("m", "ctrl+s")
        assert accounts(room).keys() == {"Acme [b]", "Contoso"}
        merged = accounts(room)["Acme [b]"]
        assert (merged.arr, merged.renews, merged.also) == (70_000.0, date(2027, 3, 1), "ACMÉ [b] Inc.")
        assert "look like one" not in room.text
        await room.press("u")
        assert "▲ 2 look like one" in room.text

        # How the deal behind its request ended.
        await to_row(room, "account", accounts(room)["Acme [b]"].id)
        await room.press("n", "o")
        assert all(row.apart for row in accounts(room).values() if "[b]" in row.name)
        await room.write("won", "enter", "enter")
        await room.write("$9.5k", "ctrl+s")
        (end,) = room.state.each(DealEnd)
        assert (end.outcome, end.amount) == ("won", 9_500.0)
        await room.press("x")
        assert "waits or has asked for something" in room.toasts
        await room.press("A")
        assert "ACCOUNTS" not in room.text
