"""Text from outside on the screens of charter, one-offs and commitments: nothing is obeyed. About 4 s."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.records import Command, Customer, Item, Record, Request, Size, Team, new_id
from store.records.negotiation import Card, Charter, Commitment, Principle, PursePick, Right, Role
from store.workspace.workspace import Workspace
from tests.scenarios.making import NOON
from tests.tui.app_helpers import NARROW, opened, small, stored, things
from tests.tui.widgets.test_naughty_screens import clean_screen, texts
from tui.rules.record_screen import RecordScreen


def filled(folder: Path) -> Path:
    """A workspace into which text came that nothing has cleaned."""
    path, given = small(folder, []), texts()

    def name() -> str:
        return next(given)[:200]

    with pytest.MonkeyPatch.context() as other_program, Workspace.open(path, actor="ada") as workspace:
        for module in ("store.database.rows", "store.workspace.workspace"):
            other_program.setattr(f"{module}.clean", lambda text, multiline=False: text)
        state = workspace.load()
        team, customer = next(state.each(Team)), Customer(id=new_id(), name=name())
        puts: list[Record] = [customer, Charter(id=new_id(), evidence_rules=name())]
        for number in range(6):
            role, principle = (
                Role(id=new_id(), name=name(), who=name()),
                Principle(id=new_id(), name=name(), note=name()),
            )
            item = Item(
                id=new_id(),
                title=name(),
                slice="O",
                state=("plan", "below", "done")[number % 3],
                rank=number,
                draw=number,
            )
            puts += [
                role, principle, item,
                Right(id=new_id(), kind="break a principle", role_id=role.id, principle_id=principle.id),
                Size(id=new_id(), item_id=item.id, team_id=team.id, likely=0.5),
                Card(id=new_id(), item_id=item.id, one_off_kind="report writer"),
                Request(id=new_id(), item_id=item.id, customer_id=customer.id, asked_by=name(), received_at=NOON),
                PursePick(id=new_id(), quarter_id=state.quarter.id, item_id=item.id, who=name(), effort=0.5),
                Commitment(
                    id=new_id(), item_id=item.id, kind="contractual", who=name(), due=date(2027, 1, 1), note=name()
                ),
            ]  # fmt: skip
        workspace.apply(Command("edit", "all of it", tuple(puts)))
    return path


async def test_every_row_of_the_three_screens(tmp_path: Path) -> None:
    path = filled(tmp_path)
    before = things(stored(path))
    async with opened(path, NARROW, every_frame=True) as room:
        clean_screen(room, "board")
        for key in "COP":
            await room.press(key)
            screen = room.app.screen
            assert isinstance(screen, RecordScreen), key
            rows = screen.rows()
            for at in range(0, len(rows), 3):
                screen.table.move_to(at)
                await room.settle()
                clean_screen(room, f"{key}, row {at}")
            await room.press("?")
            clean_screen(room, f"{key}, why")
            await room.press("escape")
            if key == "C":
                screen.table.move_to(1)
                for asked in ("g", "x", "enter"):
                    await room.press(asked)
                    clean_screen(room, f"{key}, {asked}")
                    await room.press("escape")
            await room.press("escape")
            assert room.dialog == "", key
    assert things(stored(path)) == before
