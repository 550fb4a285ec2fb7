"""The compare screen: what differs, one difference taken over, the comparison renewed. About 20 s."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.proposals import propose_item
from store.database.places import scenarios_folder
from store.records import Decision, Item, Move, State
from store.records.negotiation import DecisionDetail
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import (
    NARROW,
    NORMAL,
    WIDE,
    Room,
    demo,
    item,
    latest,
    opened,
    running,
    stored,
    things,
    titles,
    widths,
)
from tests.tui.compare.comparing import NOON, beside, change, snap
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.compare.compare_flow import READ_ONLY
from tui.compare.compare_screen import Compare
from tui.compare.difference_table import DifferenceTable


def listed(room: Room) -> list[tuple[str, list[str]]]:
    """The list as it is: each heading with what stands under it."""
    found: list[tuple[str, list[str]]] = []
    for row in table(room).rows:
        if row.heads:
            found.append((row.title, []))
        else:
            found[-1][1].append(row.title)
    return found


def table(room: Room) -> DifferenceTable:
    return room.app.screen.query_one(DifferenceTable)


async def compare(room: Room, *keys: str) -> None:
    await room.press("d", *(keys or ("1",)))
    await room.until(lambda: room.dialog == "Compare", "the comparison")


async def go_to(room: Room, title: str) -> None:
    rows = table(room).rows
    table(room).move_to(next(at for at, row in enumerate(rows) if row.title == title and not row.heads))
    await room.settle()


def kept(state: State) -> dict[str, Any]:
    """All that people decide on: what is in the file without its snapshots."""
    return {table: rows for table, rows in things(state).items() if table != "snapshots"}


async def test_only_the_differences_are_listed_each_with_what_it_changes(tmp_path: Path) -> None:
    async with opened(beside(tmp_path)) as room:
        await compare(room)
        # Forwards: A is the snapshot, B the plan on the board.
        assert listed(room) == [
            ("ONLY IN B", ["Echo"]),
            ("MOVED ACROSS THE LINE", ["Beta"]),
            ("RESIZED", ["Gamma"]),
            ("WHAT IT IS PLANNED WITH", ["Pay"]),
        ]
        text = room.text
        assert "from A to B: 4 differ, 2 items the same" in text
        assert "take it into B" in text
        # By hand: 4 + 3 + 5 + 2 ew then, 4 + 6 + 2 + 3 now.
        load = next(line for line in room.lines if line.startswith(" load"))
        assert load.split()[1:4] == ["14.0", "of", "30.0"]
        assert "15.0 of 28.0 ew net" in load
        assert "+1.0 (net -2.0)" in load
        rows = {title: line for line in room.lines for title in ("Echo", "Beta", "Gamma") if f" F  {title} " in line}
        assert "+3.0" in rows["Echo"]
        assert "-3.0" in rows["Beta"]
        assert "+1.0" in rows["Gamma"]
        assert "below the line in B" in rows["Beta"]
        assert "Pay 5 → 6 ew" in rows["Gamma"]
        assert "30.0 ew → 28.0 ew" in text


async def test_a_difference_is_taken_over_alone_and_undone(tmp_path: Path) -> None:
    async with opened(beside(tmp_path)) as room:
        before = room.state
        await compare(room)
        await go_to(room, "Beta")
        await room.press(".")
        after = room.state
        assert titles(after, "plan") == ["Alpha", "Beta", "Gamma", "Delta", "Echo"]
        old, new = things(before), things(after)
        told = {Decision.table, Move.table, DecisionDetail.table, "snapshots"}
        assert {table for table in new if new[table] != old[table]} - told == {Item.table}
        assert {key for key, row in new[Item.table].items() if row != old[Item.table][key]} == {item(after, "Beta").id}
        decision, moves = latest(after)
        assert moves == {"in": ["Beta"]}
        assert "as in snapshot “then”" in decision.title
        assert room.dialog == "Compare"
        assert [heading for heading, _ in listed(room)] == ["ONLY IN B", "RESIZED", "WHAT IT IS PLANNED WITH"]
        assert "“Beta” in, as in snapshot “then”: odds" in room.text
        await room.press("u")
        await room.until(lambda: len(listed(room)) == 4, "the difference again")
        assert kept(room.state) == kept(before)


async def test_what_is_only_in_the_plan_goes_below_the_line(tmp_path: Path) -> None:
    async with opened(beside(tmp_path)) as room:
        await compare(room)
        await go_to(room, "Echo")
        await room.press(".")
        assert titles(room.state, "plan") == ["Alpha", "Gamma", "Delta"]
        assert set(titles(room.state, "below")) == {"Beta", "Echo"}


async def test_all_taken_over_one_by_one_leave_nothing_that_differs(tmp_path: Path) -> None:
    async with opened(beside(tmp_path)) as room:
        await compare(room)
        for title in ("Pay", "Gamma", "Echo", "Beta"):
            await go_to(room, title)
            await room.press(".")
        assert listed(room) == []
        assert "nothing differs, 4 items the same" in room.text
        await room.press(".")
        assert "Nothing differs." in room.toasts


async def test_one_that_does_not_fit_opens_the_trade_sheet_and_the_comparison_comes_back(tmp_path: Path) -> None:
    async with opened(beside(tmp_path, net=20.0, now_net=17.0)) as room:
        before = room.state
        await compare(room)
        await go_to(room, "Beta")
        await room.press(".")
        assert room.dialog == ""
        assert "“Beta” in, as in snapshot “then”" in room.text
        assert room.board.sheet.trade is not None
        await room.press("escape")
        await room.until(lambda: room.dialog == "Compare", "the comparison after the sheet was left")
        assert table(room).row is not None
        assert table(room).row.title == "Beta"  # type: ignore[union-attr]
        assert kept(room.state) == kept(before)
        await room.press(".")
        await room.to_items()
        room.board.sheet.table.go_to(item(before, "Gamma").id)
        await room.settle()
        await room.press("space", "enter")
        await room.write("CPO", "enter")
        await room.write("as agreed", "enter")
        await room.until(lambda: room.dialog == "Compare", "the comparison after the decision")
        decision, moves = latest(room.state)
        assert (decision.decided_by, decision.because) == ("CPO", "as agreed")
        assert moves == {"in": ["Beta"], "out": ["Gamma"]}
        assert "MOVED ACROSS THE LINE" in room.text
        assert [titles_ for heading, titles_ in listed(room) if heading == "MOVED ACROSS THE LINE"] == [["Gamma"]]


async def test_capital_d_shows_all_items_and_only_the_differences_again(tmp_path: Path) -> None:
    async with opened(beside(tmp_path)) as room:
        await compare(room)
        different = listed(room)
        await room.press("D")
        assert ("THE SAME IN BOTH", ["Alpha", "Delta"]) in listed(room)
        assert listed(room)[: len(different)] == different
        await go_to(room, "Alpha")
        await room.press(".")
        assert "Nothing differs here" in room.toasts
        await room.press("D")
        assert listed(room) == different


async def test_one_press_more_compares_with_the_last_one_again_and_a_third_stands_beside(tmp_path: Path) -> None:
    path = beside(tmp_path)
    snap(path, "later")
    async with opened(path) as room:
        # Newest first: 1 is “later”, which is as now.
        await compare(room, "2")
        assert "snapshot “then”" in room.text
        await room.press("escape")
        assert room.dialog == ""
        await compare(room, "d")
        assert "snapshot “then”" in room.text
        await room.press("d")
        assert "then" not in room.text
        await room.press("1")
        assert "B snapshot “later”" in room.text
        assert "C Main, now" in room.text
        assert [heading for heading, _ in listed(room)] == [
            "ONLY IN C, A TO C",
            "MOVED ACROSS THE LINE, A TO C",
            "RESIZED, A TO C",
            "WHAT IT IS PLANNED WITH, A TO C",
        ]


async def test_nothing_to_compare_with_is_said(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("d")
        assert room.dialog == ""
        assert "There is nothing to compare with yet" in room.toasts


async def test_another_seats_change_renews_the_comparison(tmp_path: Path) -> None:
    path = beside(tmp_path)
    async with opened(path, seated=True) as room:
        await compare(room)
        await go_to(room, "Gamma")
        beta = item(stored(path), "Beta")
        change(path, beta.model_copy(update={"state": "plan"}), label="“Beta” in")
        await room.until(lambda: "MOVED ACROSS THE LINE" not in room.text, "the renewed list")
        assert "renewed" in room.text
        assert table(room).row.title == "Gamma"  # type: ignore[union-attr]
        assert "this is how they differ now" in room.toasts or "Beta" in room.toasts


async def test_what_changed_unseen_is_not_taken_over_blindly(tmp_path: Path) -> None:
    path = beside(tmp_path)
    async with opened(path, seated=True) as room:
        await compare(room)
        await go_to(room, "Beta")
        screen = room.app.screen
        assert isinstance(screen, Compare)
        # The change is taken in before the screen has looked.
        beta = item(stored(path), "Beta")
        change(path, beta.model_copy(update={"title": "Beta, renamed"}))
        room.board.session.take_in(room.board.session.news())
        seq = stored(path).seq
        screen.action_take()
        await room.settle()
        assert stored(path).seq == seq
        assert "MOVED ACROSS THE LINE" in room.text


async def test_what_somebody_wrote_a_moment_ago_is_seen_before_anything_is_taken_over(tmp_path: Path) -> None:
    path = beside(tmp_path)
    async with opened(path) as room:
        await compare(room)
        await go_to(room, "Beta")
        # Nobody has looked since: this seat does not poll.
        change(path, item(stored(path), "Alpha").model_copy(update={"state": "below"}), label="“Alpha” below")
        await room.press(".")
        assert titles(room.state, "plan") == ["Gamma", "Delta", "Echo"]
        assert "Alpha" in room.toasts
        await room.until(
            lambda: dict(listed(room)).get("MOVED ACROSS THE LINE") == ["Alpha", "Beta"], "the renewed list"
        )
        await go_to(room, "Beta")
        await room.press(".")
        assert titles(room.state, "plan") == ["Beta", "Gamma", "Delta", "Echo"]


async def test_a_scenario_that_changes_beneath_renews_the_comparison(tmp_path: Path) -> None:
    path = beside(tmp_path)
    async with opened(path) as room:
        await room.press("s", "b")
        await room.write("Other", "enter")
        await room.press("enter")
        await room.until(lambda: "scenario “Other”" in room.header, "the scenario")
        await room.press("s", "home", "enter")
        await room.until(lambda: "scenario" not in room.header, "the main plan")
        await compare(room, "1")
        assert "nothing differs" in room.text
        other = next(scenarios_folder(path).glob("*.db"))
        alpha = item(stored(other), "Alpha")
        change(other, alpha.model_copy(update={"state": "below"}))
        await room.until(lambda: listed(room) == [("MOVED ACROSS THE LINE", ["Alpha"])], "the renewed list")
        assert "below the line in B" in room.text


async def test_the_list_of_plans_compares_and_stays_away_from_the_trade_sheet(tmp_path: Path) -> None:
    async with opened(beside(tmp_path, net=20.0, now_net=17.0)) as room:
        await room.press("s")
        await room.until(lambda: room.dialog == "Scenarios", "the list")
        await room.press("down", "d")
        await room.until(lambda: room.dialog == "Compare", "the comparison")
        await go_to(room, "Beta")
        await room.press(".")
        assert room.dialog == ""
        assert room.board.sheet.trade is not None


async def test_baseline_against_now_tells_what_came_unplanned_and_what_it_displaced(tmp_path: Path) -> None:
    path = demo(tmp_path)
    snap(path, "Q1 agreed", "baseline")
    asked, out = "Export the audit log as CSV", "Saved searches and alerts"
    with Workspace.open(path) as workspace:
        state = workspace.load()
        trade = Trade.of(state, propose_item(state, item(state, asked).id), forecast_of(state))
        leaving = next(each.entry for each in trade.candidates if each.entry.item.title == out)
        workspace.apply(settle(trade, [leaving], Verdict("CPO", "wedge into the segment", NOON, signed=True)))
    async with opened(path) as room:
        await compare(room, "b")
        assert dict(listed(room)) == {"CAME IN UNPLANNED": [asked], "DISPLACED": [out]}
        await go_to(room, asked)
        came = " ".join(room.words("DifferenceDetail").split())
        assert "asked by Nils, Support; decided by CPO: wedge into the segment; displaced “Saved searches" in came
        await go_to(room, out)
        gone = " ".join(room.words("DifferenceDetail").split())
        assert "for “Export the audit log as CSV”, decided by CPO: wedge into the segment" in gone


async def test_a_report_is_written_and_never_over_another_file_unasked(tmp_path: Path) -> None:
    path = beside(tmp_path)
    target = tmp_path / "report.md"
    async with opened(path) as room:
        await compare(room)
        await room.press("m")
        await room.replace(str(target), "enter")
        await room.until(target.exists, "the file")
        text = target.read_text("utf-8")
        assert "Echo" in text and "15" in text  # noqa: PT018
        target.write_text("mine")
        await room.press("m")
        await room.replace(str(target), "enter")
        assert room.dialog == "Menu"
        await room.press("n", "escape")
        assert target.read_text() == "mine"
        await room.press("m")
        await room.replace(str(target), "enter")
        await room.press("o")
        await room.until(lambda: "Written" in room.toasts or target.read_text("utf-8") == text, "the file")
        assert target.read_text("utf-8") == text
        page = tmp_path / "report.html"
        await room.press("w")
        await room.replace(str(page), "enter")
        await room.until(page.exists, "the page")
        assert page.read_text("utf-8").count("<svg") == 2
        await room.press("w")
        await room.replace(str(tmp_path / "nowhere" / "x.html"), "enter")
        assert "There is no folder" in room.toasts
        assert room.dialog == "Form"
        assert sorted(each.name for each in tmp_path.glob("report*")) == ["report.html", "report.md"]


async def test_a_seat_that_cannot_write_looks_and_takes_nothing(tmp_path: Path) -> None:
    path = beside(tmp_path)
    before = stored(path).seq
    with Workspace.open(path, actor="ada", read_only=True) as workspace:
        from tui.app.app import MakeroomApp
        from tui.session.session import Session

        app = MakeroomApp(Session(workspace))
        async with running(app, path) as room:
            await compare(room)
            await go_to(room, "Beta")
            await room.press(".")
            assert READ_ONLY in room.toasts
    assert stored(path).seq == before


@pytest.mark.parametrize("size", [NARROW, NORMAL, WIDE])
async def test_titles_stand_as_they_are_and_rows_are_as_wide_as_the_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = beside(tmp_path)
    hostile = "[red]Echo[/] \x1b[31m 東京 " + "long " * 30
    change(path, item(stored(path), "Echo").model_copy(update={"title": hostile}))
    async with opened(path, size) as room:
        await compare(room)
        assert "[red]Echo[/]" in room.text
        assert "\x1b" not in room.text
        assert widths(room.lines) == {size[0]}


@needs_a_pty
def test_in_a_terminal_branch_change_compare_take_one_over_and_undo(tmp_path: Path) -> None:
    """The main plan beside a scenario in which something was dropped, in a real terminal."""
    path = beside(tmp_path)
    with Terminal(["--db", str(path)], 120, 40, environment(tmp_path)) as terminal:
        terminal.until("Alpha")
        terminal.press("s")
        terminal.until("PLANS")
        terminal.press("b")
        terminal.until("Branch a scenario")
        terminal.write("Acme yes")
        terminal.press("ctrl+s")
        terminal.until("scenario “Acme yes”")
        terminal.press("b")
        terminal.until("odds", gone=["PLANS"])
        terminal.press("d", "m")
        # What the scenario gains over the plan, whichever of them is on the board.
        terminal.until("DIFFERENCES", "from A to B", "MOVED ACROSS THE LINE", "below the line in B", "take it into B")
        terminal.press(".")
        terminal.until("nothing differs", "as in Main")
        terminal.press("u")
        terminal.until("MOVED ACROSS THE LINE")
        terminal.press("esc", "q")
        terminal.ended()
    other = next(scenarios_folder(path).glob("*.db"))
    assert titles(stored(other), "below") == ["Alpha", "Beta"]
    assert "Alpha" in titles(stored(path), "plan")
