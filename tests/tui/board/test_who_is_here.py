"""The clock of a meeting, what is on the table, and who may decide: counted by hand. About a second."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from store.records import Decision
from store.records.negotiation import Role
from tests.tui.app_helpers import demo, opened
from tui.board.who_is_here import meeting_lines


async def test_clock_agenda_roles_and_owners(tmp_path: Path) -> None:
    async with opened(demo(tmp_path)) as room:
        figures = room.board.session.now
        decided = sorted(each.at for each in room.state.all(Decision).values())
        role = next(each for each in room.state.all(Role).values() if each.who)
        # Two hours, in which the two latest of the demo's decisions were made: one an hour.
        began, now = decided[-2], decided[-2] + timedelta(hours=2)
        lines = meeting_lines(figures, ["nobody in it", role.who.upper()], began, now)
        text = "\n".join(lines)
        assert f"120 minutes since {began:%H:%M}, when this seat was taken; 2 decisions, one in 60 minutes." in lines
        assert "ON THE TABLE  3 requests wait, 180 minutes at that pace" in lines
        assert "1. Export the audit log as CSV, asked by Nils" in text
        assert f"{role.name}, {role.who} (here): " in text
        assert text.count("(here)") == sum(each.who == role.who for each in room.state.all(Role).values())
        assert lines[-5].startswith("F Features: ")
        # A meeting that has just begun has no pace, and who is at no table no clock.
        assert "0 minutes since" in "\n".join(meeting_lines(figures, [], now, now))
        assert "pace" not in "\n".join(meeting_lines(figures, [], now, now))
        assert "No clock runs" in "\n".join(meeting_lines(figures, [], None, now))
        await room.press("@")
        assert "Nobody else has this workspace open." in room.text
        assert "ON THE TABLE  3 requests wait" in room.text
