"""``makeroom add`` of what waits already goes on with that one, or says why not. About a second."""

from pathlib import Path

from store.records import Customer, Item
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


def test_add_tells_of_the_account_in_the_same_step(db: Path, shell: Shell) -> None:
    before = contents(db)
    assert "--arr: “lots” is not an amount" in shell.refused("add", "Z >Newco", "--arr", "lots", "--inbox")
    assert contents(db) == before
    shell("add", "Z board ~0.2 >Newco", "--arr", "$180k", "--renewal", "2027-03-31", "--inbox")
    made = next(row for row in state_of(db).each(Customer) if row.name == "Newco")
    assert (made.arr, str(made.renews)) == (180_000.0, "2027-03-31")
    shell.lines("undo")
    assert contents(db) == before
