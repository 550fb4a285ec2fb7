"""Closing a quarter asks how its deals ended, until somebody says it. About a second."""

from pathlib import Path

from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, contents

db, shell = shells.db, shells.shell
HALVORSEN = "Halvorsen Group: offline rate cards"


def test_closing_asks_of_deals_that_nobody_ended(db: Path, shell: Shell) -> None:
    before = contents(db)
    # It closes in March, in the quarter; one that closes after it, or has an end, is not asked for.
    assert shell("close", kind="close", code=1)["open_deals"] == [HALVORSEN]
    assert f"nobody has said how the deal ended for “{HALVORSEN}”: makeroom deal" in shell.lines("close", code=1)
    assert contents(db) == before
    shell("add", "Next year's feed >Acme $90k team:Web", "--inbox")
    shell.lines("card", "Next year's feed", "--closes", "2027-06-30")
    assert shell("close", kind="close", code=1)["open_deals"] == [HALVORSEN]
    shell.lines("deal", HALVORSEN, "lost", "--day", "2027-03-20")
    assert shell("close", kind="close", code=1)["open_deals"] == []
    assert "deal ended" not in shell.lines("close", code=1)
