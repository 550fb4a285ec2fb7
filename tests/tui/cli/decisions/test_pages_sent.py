"""What an account's page calls a request, and from when on it tells what changed. About three seconds."""

from datetime import date
from pathlib import Path

import pytest

import tests.tui.cli.shell as shells
from store.records import PageSent
from tests.tui.cli.shell import Shell, contents, state_of

db, shell = shells.db, shells.shell
SAVED = "Saved searches and alerts"
PRIYA = ("--by", "Priya", "--because", "agreed")


def page(shell: Shell, *more: str) -> tuple[str, list[str]]:
    """The page for Juniper & Hale, and why a title is not on it."""
    found = shell("memo", "account", "--customer", "Juniper", *more, kind="memo")
    return found["text"], [each["why"] for each in found["withheld"]]


def test_a_title_for_customers_stands_in_place_of_one_that_tells_of_others(db: Path, shell: Shell) -> None:
    shell("item", SAVED, "--title", "Same as Kestrel Parcel has")
    text, withheld = page(shell)
    assert "Kestrel" not in text
    assert withheld == ["it could name Kestrel Parcel"]
    shell("item", "Same as Kestrel", "--customer-title", "Saved  searches")
    assert shell("item", "Same as Kestrel", kind="item")["customer_title"] == "Saved searches"
    text, withheld = page(shell)
    assert "“Saved searches” is planned for Q1 2027" in text
    assert withheld == []
    # It is held to the same as a title.
    shell("item", "Same as Kestrel", "--customer-title", "What Luis promised")
    text, withheld = page(shell)
    assert ("Luis" in text, withheld) == (False, ["it could name Luis"])
    shell("item", "Same as Kestrel", "--customer-title", "")
    assert page(shell)[1] == ["it could name Kestrel Parcel"]


def test_a_page_tells_what_changed_since_the_last_one_that_was_sent(
    db: Path, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = date.today().isoformat()
    before = contents(db)
    assert "is planned for Q1 2027" in page(shell, "--sent")[0]
    (row,) = state_of(db).all(PageSent).values()
    assert row.at.date() == date.today()
    shell("drop", SAVED, *PRIYA)
    text, _ = page(shell, "--sent")
    assert f"What changed since the last page, of {today}, is said with each." in text
    assert f"“{SAVED}” is on our list, not in Q1 2027; it is no longer planned for Q1 2027" in text
    # That was said now; another account has had no page.
    assert f"“{SAVED}” is on our list, not in Q1 2027." in page(shell)[0]
    other = shell("memo", "account", "--customer", "Fennimore", kind="memo")["text"]
    assert "the last page" not in other
    assert "it is no longer planned for Q1 2027" in other
    # A day that is named goes before it: this workspace began today.
    assert f"“{SAVED}” is on our list, not in Q1 2027; it is new on this page" in page(shell, "--since", today)[0]
    # Undo takes the last note back, and what it told is news again.
    shell("undo")
    assert "it is no longer planned for Q1 2027" in page(shell)[0]
    # In another file, how it stood then is not known, and that is said.
    shell("export", "all", "--format", "json", "-o", str(tmp_path / "all.json"), kind="export")
    monkeypatch.setenv("MAKEROOM_DB", str(tmp_path / "moved.db"))
    shell("import", str(tmp_path / "all.json"), kind="taken in")
    assert len(state_of(tmp_path / "moved.db").all(PageSent)) == 1
    assert f"What changed before {today} is not on record." in page(shell)[0]
    monkeypatch.setenv("MAKEROOM_DB", str(db))
    shell("undo")
    shell("undo")
    assert contents(db) == before


def test_only_an_accounts_page_of_today_is_sent(db: Path, shell: Shell) -> None:
    before = contents(db)
    assert "an account's page of today" in shell.refused("memo", "team", "--sent")
    words = ("memo", "account", "--customer", "Juniper", "--sent", "--day", "2020-01-01")
    assert "leave out --day" in shell.refused(*words)
    assert contents(db) == before
