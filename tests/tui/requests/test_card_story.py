"""From a request to its card, its facts, who waits and every why; asked before, and no confirmed size without a
problem. About 15 s."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from store.records import Command, Customer, Decision, Record, Request, Size, Wait, new_id
from store.records.negotiation import Card, Claim
from store.workspace.workspace import Workspace
from tests.scenarios.requests.test_waiting import CUSTOMERS, WAITS
from tests.tui.app_helpers import NARROW, Room, demo, item, opened, small, stored, things, titles
from tests.tui.seats.test_live import mark, somebody
from tui.requests import add_flow

HALVORSEN = "Halvorsen Group: offline rate cards"


async def on_halvorsen(room: Room) -> None:
    """The cursor on the request that does not fit."""
    await room.press("i", "i", "i")
    assert HALVORSEN in room.words("#incoming")


async def open_card(room: Room) -> None:
    """The card of what the keys are about; it is put together in a thread."""
    await room.press("r")
    await room.until(lambda: "REQUEST CARD  " in room.text, "the card")


async def to_section(room: Room, name: str) -> None:
    """The cursor of the card on a section."""
    await room.press("home")
    for _ in range(20):
        if any(line.startswith(f"▌{name}") for line in room.lines):
            return
        await room.press("down")
    raise AssertionError(f"no section {name}:\n{room.text}")


async def test_from_a_request_to_every_why(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        start = things(room.state)
        await on_halvorsen(room)
        await open_card(room)
        for words in (
            "“They sign on Friday if it is in this quarter.”",
            "$420,000 at 60%, closes 2027-03-14",
            "one-off kind: odd environment",
            "from the deal being sold: does not count",
            "demand 0",
            "full cost $80,400",
            "return 3.1 times",
            "the full cost equals 9 standard licences",
            "cost + 50% $120,600, cost + 70% $136,680, cost + 100% $160,800",
            "not given:",
        ):
            assert words in room.text, words

        # A section, filled in as one step that can be taken back.
        await to_section(room, "Five claims")
        await room.press("enter")
        await room.until(lambda: room.dialog == "Form")
        await room.replace("2% of revenue", "ctrl+s")
        await room.until(lambda: "REQUEST CARD  " in room.text, "the card")
        assert "strategic account: 2% of revenue" in room.text
        assert "easy: asserted (on record: likely 4.5 ew)" in room.text
        assert any(line.startswith("▌Five claims") for line in room.lines), "the cursor is where it was"
        (claim,) = (row for row in room.state.all(Claim).values() if row.evidence == "2% of revenue")
        assert claim.kind == "strategic account"

        # The facts beside it, with the best swap.
        await room.press("f")
        await room.until(lambda: "with the best swap" in room.text, "the best swap")
        assert "5.0 ew: Dispute workflow v2" in room.text
        assert "Ravensworth Steel: $240,000, renews 2027-03-02" in room.text
        assert "2 earlier: 2 good, not now; deals: 1 lost" in room.text
        assert "strategic account: 2% of revenue; easy: asserted" in room.text
        await room.press("s")
        await room.until(lambda: room.dialog == "Report")
        assert "By the same customer:" in room.text
        assert "“Tender management, first cut” for Halvorsen Group, asked 2026-10-06 by Luis, Sales" in room.text
        await room.press("escape")

        # Who waits, and why it is as much.
        await room.press("w")
        await room.until(lambda: "WHO WAITS  for what a yes postpones" in room.text)
        assert "$240,000 renews" in room.text
        assert "$358,000 a year, 2 customers" in room.text
        await room.press("?", "enter")
        assert room.dialog == "FigureWhy"
        assert "renewals that wait: $240,000" in room.text
        assert "renewals from 2027-01-04 to 2027-07-03" in room.text
        assert "Ravensworth Steel  $240,000, renews 2027-03-02" in room.text
        await room.press("escape", "escape", "escape", "escape", "escape")
        assert room.dialog == ""
        await room.press("u")
        assert things(room.state) == start


async def test_a_figure_is_opened_down_to_what_goes_into_it(tmp_path: Path) -> None:
    async with opened(demo(tmp_path), NARROW) as room:
        await on_halvorsen(room)
        await open_card(room)
        await to_section(room, "Deal or renewal")
        await room.press("?")
        assert room.dialog == "FigureList"
        await room.press("down", "enter")
        assert "full cost: $80,400" in room.text
        assert "= (build + hidden costs + upkeep) x rate" in room.text
        assert re.search(r"rate per ew +\$12,000", room.text)
        await room.press("2")
        assert "hidden costs: 1.4 ew" in room.text
        assert "20% of the build" in room.text
        await room.press("escape")
        assert "full cost: $80,400" in room.text


async def test_the_trade_sheet_stays_as_it_was(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await on_halvorsen(room)
        await room.press("enter")
        await room.to_items()
        await mark(room, "Multi-currency price lists")
        marked, shown = room.board.sheet.table.numbers, room.words("#trade")
        assert len(marked) == 1
        await room.press("f")
        await room.until(lambda: "with what is marked" in room.text)
        assert "4.5 ew: Multi-currency price lists" in room.text
        assert "3 customers with $370,000 a year" in room.text
        await room.press("escape")
        assert room.board.sheet.table.numbers == marked
        assert room.words("#trade") == shown


def waiting_room(folder: Path) -> Path:
    """The fixture that was added up by hand: items 1 to 4 in plan, and who waits for them."""
    path = small(folder, [(f"Item {number}", 1.0, {}) for number in WAITS])
    with Workspace.open(path, actor="ada") as workspace:
        state = workspace.load()
        quarter = state.quarter.model_copy(update={"starts": date(2027, 1, 1), "ends": date(2027, 3, 31)})
        puts: list[Record] = [quarter]
        for number, name, arr, renews in CUSTOMERS:
            puts.append(one := Customer(id=new_id(), name=name, arr=arr, renews=renews))
            for key, customers in WAITS.items():
                if number in customers and key != 4:
                    puts.append(Wait(id=new_id(), item_id=item(state, f"Item {key}").id, customer_id=one.id))
        workspace.apply(Command("edit", "who waits", tuple(puts)))
    return path


async def test_who_waits_to_the_cent(tmp_path: Path) -> None:
    async with opened(waiting_room(tmp_path)) as room:
        await room.press("w")
        await room.until(lambda: "WHO WAITS  for “Item 1”" in room.text)
        await room.press("shift+tab")
        await room.until(lambda: "for everything in plan" in room.text)
        rows = [
            line.split()[0].strip("▌")
            for line in room.words("#blocks").splitlines()
            if " $" in line or "not known" in line
        ]
        assert rows[:5] == ["Fennimore", "Aldermoor", "Bluewater", "Umbra", "Calder"], "by the day of renewal"
        assert "$547,001.62 renews" in room.text
        assert "$1,014,001.69 a year (known for 7 of 8), 8 customers" in room.text
        above, below = room.text.split("Renew before or after it")
        assert "Dovrefoss" in below
        assert "Dovrefoss" not in above
        assert "Nobody's" not in room.text


async def test_asked_before_is_said_before_it_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(demo(tmp_path)) as room:
        start = things(room.state)
        await room.press("a")
        await room.write('Tender management ~9 >"Halvorsen Group" problem:"spreadsheets"', "enter")
        await room.until(lambda: room.dialog == "Report")
        assert "didn't we decide this before? 1 on record like it" in room.text
        assert "“Tender management, first cut” for Halvorsen Group, asked 2026-10-06 by Luis, Sales: good" in room.text
        assert "2026-10-20; deal lost 2026-11-13" in room.text
        await room.press("escape")
        assert room.dialog == ""
        assert things(room.state) == start, "left, nothing changed"
        # In a large workspace it is looked for in a thread.
        monkeypatch.setattr(add_flow, "_SMALL", -1)
        await room.press("a")
        await room.write("Tender management team:Web", "tab")
        await room.until(lambda: room.dialog == "Form")
        await room.press("ctrl+s")
        await room.until(lambda: room.dialog == "Report")
        await room.press("enter")
        assert "Tender management" in titles(room.state, "inbox")
        await room.press("a")
        await room.write("Something entirely new", "enter")
        await room.until(lambda: "Something entirely new" in titles(room.state, "inbox"))
        assert room.dialog == "", "nothing is like it: no question"


async def test_no_size_is_confirmed_without_a_problem(tmp_path: Path) -> None:
    async with opened(small(tmp_path, [("One", 3.0, {})])) as room:
        await room.press("a")
        await room.write("Audit log claimed:3d by:sales", "enter")
        start = things(room.state)
        await room.press("i", "e")
        assert "“Audit log” has no problem written down: say what it solves before its size is" in room.text
        await room.press("enter")
        assert room.dialog == "Form", "an empty problem is none"
        await room.press("escape")
        assert things(room.state) == start, "what was claimed stays claimed"

        # In the form of the item, too.
        await room.press("E")
        for _ in range(5):
            await room.press("enter")
        await room.write("2", "ctrl+s")
        assert room.dialog == "Form"
        assert "has no problem written down" in room.text
        await room.press("escape")

        await room.press("e")
        await room.write("auditors ask for it", "enter")
        assert "claimed “3d”" in room.text
        await room.press("c")
        state = room.state
        (request,) = state.all(Request).values()
        assert request.problem == "auditors ask for it"
        assert [row.likely for row in state.all(Size).values()] == [3.0, 0.6]
        await room.press("u")
        assert things(room.state) == start, "problem and size are one step"


async def test_what_others_change_is_followed_and_what_is_typed_is_kept(tmp_path: Path) -> None:
    path = demo(tmp_path)
    async with opened(path, actor="Ben", seated=True) as room:
        await on_halvorsen(room)
        await open_card(room)
        with somebody(path) as ana:
            (card,) = (row for row in ana.workspace.load().all(Card).values() if row.one_off_kind)
            ana.do("sponsor", card.model_copy(update={"sponsor": "Someone else"}))
            await room.until(lambda: "sponsor: Someone else" in room.text, "the news")
            await room.press("enter", "enter")
            await room.replace("Ben himself")
            (card,) = (row for row in ana.workspace.load().all(Card).values() if row.one_off_kind)
            ana.do("sponsor", card.model_copy(update={"sponsor": "A third"}))
        await room.until(lambda: "A third" in str(room.board.session.state.all(Card)))
        await room.press("ctrl+s")
        await room.until(lambda: room.dialog == "Form" and "Ben himself" in room.text, "the question again")
        assert {row.sponsor for row in stored(path).all(Card).values()} >= {"A third"}
        await room.press("ctrl+s")
        await room.until(lambda: "REQUEST CARD  " in room.text, "the card")
        assert "sponsor: Ben himself" in room.text
        assert not any(row.title == "sponsor" for row in room.state.all(Decision).values())


async def test_a_section_longer_than_the_screen_is_read_to_its_end(tmp_path: Path) -> None:
    path = demo(tmp_path)
    with somebody(path) as ana:
        (request,) = (row for row in ana.workspace.load().all(Request).values() if row.deal_closes)
        problem = " ".join(f"[b]reason {number}[/]," for number in range(200)) + " and the last"
        ana.do("problem", request.model_copy(update={"problem": problem}))
    async with opened(path, NARROW) as room:
        await on_halvorsen(room)
        await open_card(room)
        await to_section(room, "Problem")
        assert "[b]reason 0[/]" in room.text
        seen = room.text
        for _ in range(8):
            await room.press("down")
            seen += room.text
        assert "and the last" in seen
        assert all(f"[b]reason {number}[/]" in " ".join(seen.split()) for number in range(200))
        await to_section(room, "Problem")
        await room.press("e")
        await room.until(lambda: room.dialog == "SizeDialog")
        await room.press("escape")
        await room.until(lambda: "REQUEST CARD  " in room.text, "the card")
        assert any(line.startswith("▌Size") for line in room.lines)


async def test_that_an_account_waits_makes_no_one_off_but_it_is_asked(tmp_path: Path) -> None:
    async with opened(small(tmp_path, [("Work", 2.0, {})], 27.0)) as room:
        before = things(room.state)
        for key, title, letter in (("escape", "Audit log", ""), ("n", "Audit log", "F"), ("y", "Dark mode", "O")):
            await room.press("a")
            await room.write(f"{title} ~0.2 >Acme", "enter")
            assert f"Would only Acme use “{title}”?" in room.text
            await room.press(key)
            if key == "escape":
                assert things(room.state) == before
            else:
                assert item(room.state, title).slice == letter
