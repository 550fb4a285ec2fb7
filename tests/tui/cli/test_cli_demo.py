"""The demo's backlog and accounts are files as anybody has them: what commands make of them is the demo. About 1 s."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from store.records import Customer, Item, Size, State, Team, Wait
from tests.store.copies import demo_file
from tests.tui.cli.shell import state_of
from tui.cli import main


def told(state: State) -> Iterator[tuple[object, ...]]:
    """Each item with all that a backlog's file says of it, and whether it is above the line."""
    teams, customers, sizes = state.all(Team), state.all(Customer), list(state.each(Size))
    for item in sorted(state.each(Item), key=lambda one: one.rank):
        yield (
            item.title,
            item.slice,
            item.owner,
            item.value,
            item.due,
            item.note,
            item.state == "plan",
            item.source_title,
            item.source_size,
            {teams[one.team_id].name: (one.low, one.likely, one.high) for one in sizes if one.item_id == item.id},
            {customers[one.customer_id].name for one in state.each(Wait) if one.item_id == item.id},
        )


def test_the_demo_is_what_commands_make_of_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo_file(tmp_path / "demo.db")
    demo = state_of(tmp_path / "demo.db")
    own = tmp_path / "own.db"
    with as_file(files("store").joinpath("data")) as data:
        accounts, backlog = str(data / "demo_accounts.csv"), str(data / "demo_backlog.csv")
        assert main(["--db", str(own), "import-accounts", accounts]) == 0
        teams = [f"--team={name}" for name in ("Payments=28.0", "Platform=24.9", "Web=26.4")]
        assert main(["--db", str(own), "import", backlog, *teams]) == 0
    assert main(["--db", str(own), "fill"]) == 0
    said = capsys.readouterr().out
    assert "63 new, 0 updated, 0 unchanged, 0 not taken" in said
    assert "without a size" not in said
    assert "not used" not in said
    assert "Filled in rank order: 18 items" in said
    made = state_of(own)
    assert list(told(made)) == list(told(demo))
    figures = [{one.name: (one.arr, one.renews) for one in state.each(Customer)} for state in (made, demo)]
    assert figures[0] == figures[1]
    assert len(figures[0]) == 25
