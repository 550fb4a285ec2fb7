"""The commitments' screen: made, listed until kept or taken back, marked on the board, holding in trades. About 8 s."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scenarios.plan.departures import pins_of
from scenarios.rules.commitments import promised_not_in_plan
from scenarios.trade import changes
from store.records.negotiation import Commitment
from tests.tui.app_helpers import NARROW, NORMAL, Room, item, latest, opened, small, widths
from tests.tui.rules.test_charter_screen import rows_of, to_row

ROOM = [
    ("Alpha", 6.0, {}),
    ("Beta", 6.0, {}),
    ("Gamma", 6.0, {}),
    ("EDI feed", 2.0, {"state": "below"}),
    ("EDI export", 9.0, {"state": "below"}),
]


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the first of February."""
    monkeypatch.setattr(changes, "now", lambda: datetime(2027, 2, 1, 12, tzinfo=UTC))


async def commit(room: Room, kind: str, who: str, due: str = "") -> None:
    """To the item on the board's cursor."""
    await room.press("P", "a", "enter")
    await room.replace(kind, "enter")
    await room.write(who, "enter")
    await room.write(due, "enter", "enter")


async def test_a_promise_stays_in_sight_until_it_is_taken_back(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ROOM, net=30.0), NARROW) as room:
        await room.look_at("EDI feed")
        await commit(room, "p", "Acme [b]", "2027-01-31")
        rows = rows_of(room)
        assert rows[0] == "PROMISED, NOT IN PLAN 1"
        assert rows[1] == "EDI feed Acme [b] 2027-01-31 past promised"
        assert "Its day is past: it was 2027-01-31, and it is good, not now." in " ".join(room.text.split())
        assert widths(room.lines) == {80}
        await room.press("escape")
        assert "1 promised, not in plan (P)" in room.header
        assert any("§ EDI feed" in line for line in room.lines)

        # In plan it is no longer open; the day is past all the same.
        await room.press("b")
        assert item(room.state, "EDI feed").state == "plan"
        assert "promised, not in plan" not in room.header
        await room.press("P")
        assert rows_of(room)[0] == "PROMISED, IN PLAN 1"
        assert "past" in rows_of(room)[1]
        # From the list to the board, and out of plan again: it is back.
        await room.press("enter")
        assert room.on_cursor == "EDI feed"
        await room.press("b")
        assert "1 promised, not in plan (P)" in room.header

        # Taken back by a decision, with a name and a reason.
        await room.press("P", "x")
        await room.press("ctrl+s")
        assert "That is a name." in room.text
        await room.write("Eve", "enter")
        await room.press("enter")
        assert "It goes on record." in room.text
        await room.write("they bought another product", "enter")
        assert not room.state.all(Commitment)
        decision, _ = latest(room.state)
        assert (decision.decided_by, decision.because) == ("Eve", "they bought another product")
        assert "EDI feed" in decision.title
        assert "nothing was promised" in room.text
        await room.press("escape")
        assert "promised, not in plan" not in room.header
        await room.press("u")
        assert len(promised_not_in_plan(room.state)) == 1
        assert "1 promised, not in plan (P)" in room.header


async def test_what_cannot_be_is_said_beside_its_field(tmp_path: Path) -> None:
    async with opened(small(tmp_path, ROOM, net=30.0), NORMAL) as room:
        await room.press("P", "a")
        for field, text, words in (
            ("item", "EDI", "could be"),
            ("item", "Omega", "There is no item “Omega”"),
            ("item", "", "Which item is promised?"),
            ("item", "EDI f", ""),
            ("kind", "maybe", "A commitment is an aim, promised, contractual or regulatory."),
            ("kind", "contractual", ""),
            ("who", "", "say to whom"),
            ("who", "Acme", ""),
            ("due", "soon", "is not a day: write it as 2027-03-31,"),
            ("due", "2027-03-31", ""),
        ):
            room.app.screen.query_one(f"#field-{field}").focus()
            await room.settle()
            await room.replace(text, "ctrl+s" if words else "tab")
            assert words in " ".join(room.text.split()), field
            assert not room.state.all(Commitment)
        assert "It holds “EDI feed” in plan" in room.text
        assert "it will be listed as promised, not in plan" in " ".join(room.text.split())
        await room.press("ctrl+s")
        (made,) = room.state.all(Commitment).values()
        assert (made.kind, made.who, str(made.due)) == ("contractual", "Acme", "2027-03-31")
        assert "late" in rows_of(room)[1], "the quarter ends after that day"
        await room.press("?")
        assert "regulatory: a law or a regulator: it pins the item" in room.text
        await room.press("escape", "escape")
        assert room.dialog == ""


async def test_what_a_contract_holds_is_not_given_up(tmp_path: Path) -> None:
    kind, why = "contractual", "a contract holds it"
    async with opened(small(tmp_path, ROOM, net=24.0), NORMAL) as room:
        await room.look_at("Beta")
        await commit(room, kind, "Acme")
        await room.press("escape")
        assert pins_of(room.state)[item(room.state, "Beta").id].kind == kind
        # Neither by itself,
        await room.press("b")
        assert why in room.toasts
        # nor in a trade,
        await room.look_at("EDI export")
        await room.press("b")
        assert room.board.sheet.trade is not None
        await room.to_items()
        table = room.board.sheet.table
        for _ in range(len(ROOM)):
            if table.candidate is not None and table.candidate.entry.item.title == "Beta":
                break
            await room.press("down")
        await room.press("space")
        assert why in room.toasts
        assert not room.board.sheet.out
        await room.press("escape")
        assert item(room.state, "Beta").state == "plan"
        # nor by the form that edits pins.
        await room.look_at("Beta")
        await room.press("V")
        room.app.screen.query_one("#field-pin").focus()
        await room.settle()
        await room.replace("", "ctrl+s")
        assert f"A {kind} commitment holds it: that is taken back first, by a decision." in " ".join(room.text.split())
        await room.press("escape", "P")
        await to_row(room, "commitment")
        await room.press("x")
        await room.write("Eve", "enter")
        await room.write("it ended", "enter")
        assert not pins_of(room.state)
        await room.press("escape", "b")
        assert item(room.state, "Beta").state == "below"
