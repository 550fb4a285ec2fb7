"""A request that sets personas at odds: the trade sheet says so, beside what is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.records import Command, Item
from store.records.negotiation import Card, Persona
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import NARROW, NORMAL, opened
from tests.tui.seats.test_live import open_trade, room_of_ten


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=str)
async def test_it_stands_beside_the_size_that_is_asked(tmp_path: Path, size: tuple[int, int]) -> None:
    path = room_of_ten(tmp_path)
    with Workspace.open(path) as workspace:
        asked = next(row.id for row in workspace.load().each(Item) if row.title == "Audit log")
        puts = [Persona(id=-1, name="Nurses", position=0), Persona(id=-2, name="Finance", position=1)]
        card = Card(id=-3, item_id=asked, helps="Finance", hurts="Nurses")
        workspace.apply(Command("edit", "voices", (*puts, card)))
    async with opened(path, size) as room:
        await open_trade(room)
        head = " ".join(room.words("TradeHead").split())
        assert "opposed: helps Finance" in head
        assert "2-3-5.5 ew" in head
        assert "……" not in head
