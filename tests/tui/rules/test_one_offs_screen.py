"""The one-offs' screen: gauge, purse, ledger by quarters, three of a kind. About 7 s."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scenarios.plan.plan import entry_of
from scenarios.rules.charter import grant, write_figures, write_role
from scenarios.rules.one_offs import PurseError, spend
from scenarios.trade.changes import now
from store.records import Command, Decision, Move, Quarter, Record, Request, new_id
from store.records.negotiation import Card, DecisionDetail, PursePick
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, NORMAL, item, opened, small, titles, widths
from tests.tui.rules.test_charter_screen import rows_of, to_row
from tui.rules import one_offs_screen

KIND = "report writer"


def room_of_one_offs(folder: Path) -> Path:
    """16 ew in plan, 2 of them one-offs; one that was done last quarter; the purse bought one of 0.8 ew."""
    path = small(
        folder,
        [
            ("Alpha", 14.0, {}),
            ("Acme report", 0.8, {"slice": "O"}),
            ("Globex report", 1.2, {"slice": "O"}),
            ("Initech report", 3.0, {"slice": "O", "state": "done"}),
            ("Hooli [b]feed", 2.0, {"slice": "O", "state": "below"}),
        ],
    )
    with Workspace.open(path, actor="ada") as workspace:
        workspace.apply(write_role(workspace.load(), "Head of Sales", "Sal"))
        workspace.apply(write_role(workspace.load(), "CEO", "Eve"))
        workspace.apply(grant(workspace.load(), "one-off", 1))
        workspace.apply(write_figures(workspace.load(), {"rate": 10_000.0}))
        state = workspace.load()
        quarter = state.quarter
        past = Quarter(id=new_id(), name="Last", starts=date(2026, 10, 5), ends=date(2026, 12, 31), state="closed")
        closing = Decision(
            id=new_id(), quarter_id=past.id, at=now(), kind="close", title="closed", decided_by="Eve", because="over"
        )
        done = item(state, "Initech report")
        puts: list[Record] = [
            past,
            closing,
            Move(id=new_id(), decision_id=closing.id, item_id=done.id, kind="out", title=done.title, ew=3.0),
            DecisionDetail(id=new_id(), decision_id=closing.id, one_offs_after=0.25),
        ]
        for title in ("Acme report", "Globex report", "Initech report"):
            puts.append(Card(id=new_id(), item_id=item(state, title).id, one_off_kind=KIND))
        acme = item(state, "Acme report")
        puts += [
            Request(
                id=new_id(), item_id=acme.id, asked_by="Luis", received_at=now(), deal_amount=64_000.0,
                deal_probability=0.5,
            ),
            PursePick(id=new_id(), quarter_id=quarter.id, item_id=acme.id, who="Sal", effort=0.8),
        ]  # fmt: skip
        workspace.apply(Command("edit", "set up", tuple(puts)))
    return path


async def test_what_the_room_sees_of_its_one_offs(tmp_path: Path) -> None:
    path = room_of_one_offs(tmp_path)
    async with opened(path, NORMAL) as room:
        await room.press("O")
        # 2 of 16 ew, by hand.
        assert "▲ 12.5% one-offs: over budget, above the ceiling of 10%" in room.text
        assert "[over budget]" in room.text
        rows = rows_of(room)
        assert "Purse, one-offs 1 of 2 spent by Sal (Head of Sales) alone" in rows
        assert "Purse, effort 0.8 of 2.0 ew" in rows
        assert any(row.startswith("bought by Sal Acme report") for row in rows)
        # Return: 64,000 x 50% / (0.8 ew x 10,000) = 4.
        assert any(row.startswith("Acme report") and row.endswith("0.8 ew 4 times in plan $") for row in rows)
        assert any(row.startswith("Hooli [b]feed") and row.endswith("good, not now") for row in rows)
        assert not any("Initech" in row for row in rows[:-1] if row.startswith("Initech")), "done last quarter"

        # Each figure says why.
        await to_row(room, "share")
        await room.press("?")
        assert "= effort of one-offs / planned effort" in room.text
        assert "2.0 ew" in room.text
        assert "16.0 ew" in room.text
        await room.press("escape")
        await to_row(room, "purse effort")
        await room.press("?")
        assert "Acme report (by Sal)" in room.text
        await room.press("escape")
        await to_row(room, "one-off", item(room.state, "Acme report").id)
        await room.press("?")
        assert "return: 4 times" in room.text
        assert "full cost: $8,000" in room.text
        await room.press("escape")

        # The quarter before, by the record; no further.
        await room.press(",")
        assert "25% one-offs: struggling" in room.text
        assert "Last, read only" in room.text
        assert any(row.startswith("Initech report") and row.endswith("done") for row in rows_of(room))
        assert not any(row.startswith("Acme") for row in rows_of(room))
        await room.press("left")
        assert "no earlier quarter" in room.toasts
        await room.press("right")
        assert "12.5% one-offs" in room.text

        # To one of them on the board.
        await to_row(room, "one-off", item(room.state, "Hooli [b]feed").id)
        await room.press("enter")
        assert room.dialog == ""
        assert room.on_cursor == "Hooli [b]feed"


async def test_three_of_a_kind_become_a_request_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the rows made in a thread, as those of a large backlog are."""
    monkeypatch.setattr(one_offs_screen, "MANY", 0)
    async with opened(room_of_one_offs(tmp_path), NARROW) as room:
        await room.press("O")
        await room.until(lambda: "LEDGER" in room.text)
        await to_row(room, "pattern")
        # 0.8 + 1.2 + 3.0, the last of them from the quarter before.
        assert "would have absorbed 5.0 ew" in " ".join(room.text.split())
        assert widths(room.lines) == {80}
        await room.press("?")
        assert "Initech report (Last)" in room.text
        await room.press("escape", "enter")
        await room.until(lambda: "THREE OF A KIND" not in room.text)
        assert titles(room.state, "inbox") == [f"Platform: {KIND}"]
        await room.press("u")
        await room.until(lambda: "THREE OF A KIND" in room.text)
        assert titles(room.state, "inbox") == []
        await room.press("escape")


@pytest.mark.parametrize("who", ["Eve", "Luis", ""])
def test_nobody_but_its_holder_spends_the_purse(tmp_path: Path, who: str) -> None:
    """In a stored workspace; the CEO does not either."""
    with Workspace.open(room_of_one_offs(tmp_path), actor="ada") as workspace:
        state = workspace.load()
        entry = entry_of(state, item(state, "Globex report").id)
        with pytest.raises(PurseError, match=r"spent by Sal \(Head of Sales\) alone"):
            spend(state, entry, who)
        assert spend(state, entry, "sal").effort == 1.2
