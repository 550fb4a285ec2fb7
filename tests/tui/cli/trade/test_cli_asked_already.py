"""``makeroom add`` of what waits already goes on with that one, or says why not. About a second."""

from pathlib import Path

from store.records import Item
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, contents, state_of

db, shell = shells.db, shells.shell


def test_a_request_that_waits_is_gone_on_with_or_it_is_said_why_not(db: Path, shell: Shell) -> None:
    before = contents(db)
    refused = shell.refused("add", "Brand new", "--swap", "1", "--by", "Jo", "--because", "y")
    assert "has no size, so nothing can give way to it" in refused
    assert contents(db) == before, "nothing was received"
    shell("add", "X board ~0.2-0.3-0.4 team:Web by:Joan", "--inbox")
    shell("add", "X board", "--inbox")
    assert [row.title for row in state_of(db).each(Item)].count("X board") == 1
    shell("add", "Brand new", "--inbox")
    assert "makeroom size" in shell.refused("add", "Brand new ~2")
    assert "without a size" in shell.refused("add", "Brand new", "--swap", "1", "--by", "Jo", "--because", "y")
    assert [row.title for row in state_of(db).each(Item)].count("Brand new") == 1
    assert shell.lines("rates", "points=8") == "units of an import: points per ew: 8\n"
