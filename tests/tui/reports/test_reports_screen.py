"""The list of reports on the board: one is shown, answers ``?``, is written to a file, and follows the workspace."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from scenarios.reports.paper import Paper, Sentence
from store.records import Decision, Item, Outcome
from store.records.looking_back import Escalation, HealthAnswer, ReportMade
from store.records.negotiation import DecisionDetail
from tests.scenarios.making import add, empty
from tests.tui.app_helpers import NARROW, demo, opened, small
from tui.reports.paper_screen import PaperScreen
from tui.reports.reports_flow import due_words


async def test_a_report_is_shown_and_written(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("R")
        assert "accounts" in room.text
        assert "first look" in room.text
        await room.press("a")
        await room.until(lambda: "$3,317,000 a year (known for 24 of 25)" in room.text)
        # The first row of the second part.
        await room.press("end")
        await room.press("?")
        assert "share of planned effort: 0%" in room.text
        await room.press("escape", "X", "m")
        file = tmp_path / "accounts.md"
        await room.replace(str(file), "enter")
        assert "| Kestrel Parcel | 1.8% | 7.6% | 0 | 0 | more than twice |" in file.read_text(encoding="utf-8")
        await room.press("escape")
        assert not room.dialog
        # The list has the first look, too.
        await room.press("R", "f")
        assert room.dialog == "Form"


async def test_a_quarter_is_graded_and_what_is_known_now_is_told(tmp_path: Path) -> None:
    path = small(tmp_path, [("One", 3.0, {}), ("Two", 4.0, {})])
    async with opened(path) as room:
        await room.press("R", "q")
        assert "No quarter is finished yet." in room.text
        # Closing shows what it leaves to be graded.
        await room.press("Z")
        await room.write("4.5", "ctrl+s")
        await room.until(lambda: "Nobody has answered any of the four tests" in room.text)
        screen = room.app.screen
        for _ in range(30):
            if screen.row is not None and screen.row.title == "One":
                break
            await room.press("down")
        await room.press("e")
        await room.write("2", "enter")
        await room.write("n", "enter")
        await room.until(lambda: "Of 4.5 ew that were finished, 4.5 ew are used by two accounts at most" in room.text)
        (row,) = (row for row in room.state.each(Outcome) if row.title == "One")
        assert (row.use, row.users, row.validated, row.became) == ("one or two", 2, False, "done")
        await room.press("enter")
        await room.press("]")
        assert "no finished quarter after it" in room.toasts


def test_the_list_says_what_is_due_by_a_day() -> None:
    state = empty()
    add(
        state, Outcome(id=1, quarter="Q4 2026", number=8107, title="Old", adoption_aim=0.5, shipped_on=date(2027, 1, 1))
    )
    assert due_words(state, date(2027, 3, 31)) == ""
    assert due_words(state, date(2027, 4, 1)) == "adoption of 1 item"
    decision = Decision(id=1, quarter_id=1, at=datetime(2027, 1, 1, tzinfo=UTC), kind="accept", title="Agreed")
    add(state, decision, DecisionDetail(id=1, decision_id=1, review=date(2027, 4, 2)))
    assert due_words(state, date(2027, 4, 2)) == "1 review and adoption of 1 item"


async def test_a_request_is_marked_and_the_month_counts_it_for_its_readers(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        await room.press("a")
        await room.write("Zebra crossing !CEO>CTO")
        assert "escalated  by CEO to CTO" in room.text
        await room.press("enter")
        (row,) = room.state.all(Escalation).values()
        assert (row.by_whom, row.to_whom, room.state.all(Item)[row.item_id].title) == ("CEO", "CTO", "Zebra crossing")
        # In the form, too, where what was typed in one line is filled in.
        await room.press("a")
        await room.write("Second ask !CFO", "tab")
        assert "CFO" in room.text
        await room.press("ctrl+s")
        assert sorted(each.by_whom for each in room.state.all(Escalation).values()) == ["CEO", "CFO"]
        await room.press("R", "m")
        await room.until(lambda: "11. Escalations" in room.text or "1. What it comes to" in room.text)
        await room.press("end")
        assert "CFO" in room.text
        # For the board it has four parts, and this is none of them; that it was made is on record for each.
        await room.press("b", "end")
        await room.until(lambda: "slice below its aim" in room.text)
        assert "CFO" not in room.text
        await room.press("K")
        (made,) = room.state.all(ReportMade).values()
        assert (made.kind, made.audience) == ("month", "board")
        await room.press("u")
        assert not room.state.all(ReportMade)


async def test_a_pattern_is_asked_for_in_general_and_its_card_opens(tmp_path: Path) -> None:
    path = small(tmp_path, [(f"{one}CSV dump", 2.0, {"slice": "O"}) for one in ("", "A ", "The ")])
    async with opened(path) as room:
        await room.press("R", "p")
        await room.until(lambda: "3 one-offs in these quarters, 3 of them in 1 pattern" in room.text)
        await room.press("?")
        assert "would have absorbed: 6.0 ew" in room.text or "one-offs in patterns took: 6.0 ew" in room.text
        await room.press("escape")
        for _ in range(20):
            if room.app.screen.row.kind == "pattern":
                break
            await room.press("down")
        await room.press("enter")
        assert room.dialog == "RequestCard"
        assert "Platform: CSV dump" in room.text
        assert "hypothesis" in room.text
        # Back to the patterns, where nothing is left to propose; undo brings it back.
        await room.press("escape")
        await room.until(lambda: "have something in common that nobody has asked for in general" in room.text)
        await room.press("u")
        await room.until(lambda: "3 of them in 1 pattern" in room.text)
        await room.press("escape")
        assert not room.dialog


async def test_the_health_check_is_answered_alone_and_in_the_room(tmp_path: Path) -> None:
    async with opened(small(tmp_path, [("One", 2.0, {})]), NARROW) as room:
        await room.press("R", "h")
        await room.until(lambda: "0 of 6 roles have answered." in room.text)
        await room.press("a")
        assert "what matters most, or what was asked for loudest?" in " ".join(room.text.split())
        await room.write("7", "ctrl+s")
        assert "A score is one of 0 not at all" in " ".join(room.text.split())
        await room.press("backspace")
        await room.write("2", "enter")
        await room.write("the line held", "ctrl+s")
        # Then the next; Esc ends it, and what was answered stays.
        await room.until(lambda: "Engineering:" in room.text)
        await room.press("escape")
        await room.until(lambda: "1 of 6 roles have answered." in room.text)
        (row,) = room.state.each(HealthAnswer)
        assert (row.role, row.score, row.because) == ("product", 2, "the line held")
        for _ in range(20):
            if room.app.screen.row.title == "sales":
                break
            await room.press("down")
        await room.press("enter")
        await room.write("1", "ctrl+s")
        await room.until(lambda: "At 1 or below: sales." in " ".join(room.text.split()))
        await room.press("u")
        await room.until(lambda: "1 of 6 roles have answered." in room.text)


async def test_no_word_is_lost_beside_the_scroll_bar(tmp_path: Path) -> None:
    """Sentences that end at each of the last columns of a narrow screen."""
    ends = [f"end{cells}" for cells in range(71, 79)]
    sentences = (*(Sentence(f"{'x' * (int(end[3:]) - 6)} {end}") for end in ends), *[Sentence("more")] * 30)
    async with opened(small(tmp_path, [("One", 2.0, {})]), NARROW) as room:
        room.app.push_screen(PaperScreen(room.board, "words", lambda: Paper("Words", "", sentences), {}))
        await room.until(lambda: all(end in room.text for end in ends))
