"""The workspace as it was after any event: compared with what was seen at the time."""

import random

import pytest

from store.common.errors import StoreError
from store.records import Command, Item, Size, Team
from tests.store.helpers import content, fresh, item, put
from tests.store.trades import make, trade


@pytest.fixture
def lived(tmp_path):
    """A workspace after some sixty changes, undos among them, and what was in it after each of them."""
    chance = random.Random(5)
    with fresh(make(tmp_path / "a.db")) as workspace:
        state = workspace.load()
        seen = {state.seq: content(state)}
        for number in range(60):
            kind = chance.random()
            if kind < 0.2:
                applied = workspace.undo()
            elif kind < 0.3:
                applied = workspace.redo()
            elif kind < 0.4:
                team = Team(id=-1, name=f"team {number}")
                one = item(-2, title=f"new {number}")
                applied = workspace.apply(put(team, one, Size(id=-3, item_id=-2, team_id=-1, likely=1 + number)))
            elif kind < 0.5 and workspace.load().all(Size):
                gone = chance.choice(list(workspace.load().all(Size).values()))
                applied = workspace.apply(Command("edit", "a size goes", removes=(gone,)))
            else:
                applied = workspace.apply(trade(workspace.load(), f"trade {number}", chance))
            if applied is not None:
                seen[applied.event.seq] = content(workspace.load())
        yield workspace, seen


def test_each_moment_is_as_it_was_seen(lived):
    workspace, seen = lived
    assert len(seen) > 40
    for seq, then in seen.items():
        found = workspace.at(seq)
        assert found.seq == seq
        assert content(found) == then


def test_from_any_moment_to_any_other(lived):
    """However far, forward or back; the state one comes from is left as it is."""
    workspace, seen = lived
    chance, near = random.Random(9), workspace.load()
    for _ in range(60):
        seq, before = chance.choice(list(seen)), content(near)
        found = workspace.at(seq, near)
        assert content(found) == seen[seq]
        assert content(near) == before
        near = found


def test_looking_back_writes_nothing(lived, tmp_path):
    workspace, _ = lived
    before = workspace.events(), (tmp_path / "a.db-wal").read_bytes()
    workspace.at(2)
    assert (workspace.events(), (tmp_path / "a.db-wal").read_bytes()) == before


def test_what_later_versions_added_has_its_default(tmp_path):
    """An image from before a column was there: the journal's text is older than the record."""
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(put(item(-1, title="old", owner="ada")))
        connection = workspace._file.connection
        connection.execute("DROP TRIGGER changes_no_update")
        connection.execute(
            "UPDATE changes SET after = json_remove(after, '$.owner', '$.baselined') WHERE tbl = 'items'"
        )
        workspace.load()
        seq = workspace.load().seq
        empty = workspace.at(1)
        found = workspace.at(seq, empty)
    (one,) = found.all(Item).values()
    assert (one.title, one.owner, one.baselined) == ("old", "", False)


@pytest.mark.parametrize("seq", [0, -1, 10_000])
def test_there_is_no_such_moment(lived, seq):
    workspace, _ = lived
    with pytest.raises(StoreError, match="no entry"):
        workspace.at(seq)
