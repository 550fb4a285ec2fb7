"""What a long backlog costs a start: counted, not timed."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from scenarios.plan.plan import Entry
from store.workspace.workspace import Workspace
from tests.tui.rest import come_to_rest
from tui.app.app import MakeroomApp
from tui.session.session import Session
from tui.widgets.row_table import RowTable

workspaces = pytest.importorskip("benchmarks.workspaces", reason="the benchmarks are only in the repository")

ITEMS = 1_000
#: The most items of which an entry is made: the plan's 18, and those on the screen.
ENTRIES = 60


async def test_an_entry_is_made_of_what_is_in_plan_or_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    # Before it is asked for its fields, it has no way of its own to be made.
    fields(Entry)
    real = Entry.__init__

    def noted(self: Entry, *given: object, **named: object) -> None:
        real(self, *given, **named)
        made.append(self.item.id)

    monkeypatch.setattr(Entry, "__init__", noted)
    path = workspaces.make(tmp_path / "long.db", ITEMS)
    with Workspace.open(path) as workspace:
        app = MakeroomApp(Session(workspace))
        async with app.run_test(size=(120, 40)) as pilot:
            await come_to_rest(app)
            assert 0 < len(made) <= ENTRIES
            await pilot.press("end")
            await come_to_rest(app)
            assert app.screen.query_one(RowTable).cursor == ITEMS
            assert made[-1] in range(ITEMS - 40, ITEMS + 1)
            assert len(made) <= 2 * ENTRIES
