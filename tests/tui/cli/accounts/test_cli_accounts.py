"""Accounts, deals and the currency by commands, on a workspace of a few rows. About 5 s."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from store.records import Command, Customer, Item, Request, Wait, new_id
from store.records.negotiation import DealEnd
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import small
from tests.tui.cli import shell as shells
from tests.tui.cli.shell import Shell, state_of

shell = shells.shell


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = small(tmp_path, [("Work", 5.0, {}), ("Big", 4.0, {"state": "inbox"})], 22.0)
    monkeypatch.setenv("MAKEROOM_DB", str(path))
    with Workspace.open(path, actor="ada") as workspace:
        one, other = (
            Customer(id=new_id(), name="Northwind Traders"),
            Customer(id=new_id(), name="NORTHWIND traders Inc."),
        )
        asked = Request(id=new_id(), item_id=2, customer_id=one.id, received_at=datetime(2026, 11, 21, tzinfo=UTC))
        waits = [Wait(id=new_id(), item_id=at, customer_id=each.id) for at, each in ((1, one), (2, one), (2, other))]
        workspace.apply(Command("fill", "two accounts", (one, other, asked, *waits)))
    return path


def account(path: Path, name: str) -> Customer:
    return next(row for row in state_of(path).each(Customer) if row.name == name)


def test_a_customers_revenue_is_entered_shown_and_counted_once(db: Path, shell: Shell) -> None:
    listing = shell.lines("accounts")
    assert "2 accounts, each counted once: revenue unknown" in listing
    assert "“Northwind Traders” and “NORTHWIND traders Inc.” look like one account" in listing
    shell("account", "northwind traders", "--arr", "180k", "--renews", "2025-03-01", "--owner", "Dana", kind="changed")
    found = shell("waits", "Work", "Big", kind="waits")
    assert (found["revenue"], found["revenue_known_for"]) == (180_000.0, 1)
    assert "$180,000 a year (known for 1 of 2)" in shell.lines("waits", "Work", "Big")
    shell("account", "NORTHWIND traders Inc.", "--merge-into", "Northwind Traders", kind="changed")
    (one,) = shell("accounts", kind="accounts")["accounts"]
    assert (one["name"], one["also"], one["arr"]) == ("Northwind Traders", ["NORTHWIND traders Inc."], 180_000.0)
    assert one["renews"] >= date.today().isoformat()
    assert [item["title"] for item in one["items"]] == ["Work", "Big"]
    shell("undo")
    assert len(state_of(db).all(Customer)) == 2
    shell("account", "Northwind Traders", "--apart", kind="changed")
    assert "look like" not in shell.lines("accounts")


def test_making_renaming_and_what_is_refused(db: Path, shell: Shell) -> None:
    before = db.read_bytes()
    for words, sentence in [
        (["Nobody", "--arr", "5"], "there is no customer “Nobody”"),
        (["Northwind Traders", "--arr", "€50k"], "“€50k” is in EUR, and amounts here are in USD"),
        (["Northwind Traders", "--arr", "a lot"], "is not an amount"),
        (["Northwind Traders", "--arr", "-3"], "below zero"),
        (["Northwind Traders", "--arr", "1e15"], "is not an amount"),
        (["Northwind Traders", "--arr", "1000000000000000"], "too large an amount"),
        (["Northwind Traders", "--arr", "180.000"], "read in two ways"),
        (["Northwind Traders", "--renews", "1 Marsh"], "is not a day: write it as 2027-03-31"),
        (
            ["Northwind Traders", "--merge-into", "northwind traders"],
            "--merge-into: “Northwind Traders” cannot be merged into itself",
        ),
        (["NORTHWIND traders inc", "--new"], "there is an account"),
        (["Northwind Traders", "--remove"], "waits or has asked"),
        (["Northwind Traders", "--remove", "--apart"], "one command for each"),
    ]:
        assert sentence in shell.refused("account", *words)
    assert db.read_bytes() == before
    shell("account", "Contoso", "--new", "--arr", "95,000.50", "--term", "24", kind="changed")
    shell("account", "contoso gmbh", "--rename", "Contoso Group", kind="changed")
    found = shell("account", "Contoso", kind="account")
    assert (found["name"], found["also"], found["arr"], found["term"]) == ("Contoso Group", ["Contoso"], 95_000.5, 24)
    assert "also called “Contoso”" in shell.lines("account", "Contoso")


def test_how_a_deal_ended(db: Path, shell: Shell) -> None:
    assert "won, lost or withdrawn" in shell.refused("deal", "Big", "maybe")
    assert "signed for nothing" in shell.refused("deal", "Big", "lost", "--amount", "5k")
    assert "no deal to end" in shell.refused("deal", "Work", "won")
    shell("deal", "Big", "won", "--amount", "$480k", "--day", "2026-12-01", kind="changed")
    (end,) = state_of(db).each(DealEnd)
    assert (end.outcome, end.amount, end.ended) == ("won", 480_000.0, date(2026, 12, 1))
    shell("deal", "Big", "open", kind="changed")
    assert not state_of(db).all(DealEnd)


def test_another_currency_and_never_a_silent_one(db: Path, shell: Shell) -> None:
    shell("account", "Northwind Traders", "--arr", "$200k", kind="changed")
    assert "say what 1 USD is in EUR" in shell.refused("currency", "EUR")
    assert "is not a currency" in shell.refused("currency", "euros!")
    shell("currency", "eur", "--rate", "0.925", kind="changed")
    assert account(db, "Northwind Traders").arr == 185_000.0
    assert "€185,000 a year (known for 1 of 2)" in shell.lines("waits", "Work", "Big")
    assert "is in USD, and amounts here are in EUR" in shell.refused("account", "Northwind Traders", "--arr", "$5k")
    assert "amounts here are in EUR" in shell.refused("card", "Big", "--deal", "£5k")
    # A line of a request keeps what it cannot read in its title, and says so.
    added = shell("add", "Portal >Northwind £5k", kind="outcome")
    assert "£5k" in added["what"]
    titles = {item.title: item for item in state_of(db).each(Item)}
    deals = {row.item_id: row.deal_amount for row in state_of(db).each(Request)}
    assert deals[titles["Portal £5k"].id] is None
    shell("undo")
    shell("undo")
    assert account(db, "Northwind Traders").arr == 200_000.0
    assert "$200,000" in shell.lines("accounts")


def test_a_file_of_accounts_is_looked_at_then_taken_as_one_step(db: Path, shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text("Account,ARR,Renewal date\nnorthwind traders,$180k,2027-03-01\nContoso,lots,\n", encoding="utf-8")
    before = db.read_bytes()
    looked = shell.lines("import-accounts", str(file), "--dry-run")
    assert "accounts: 1 new, 1 updated, 0 unchanged, 0 not taken" in looked
    assert "Northwind Traders: revenue unknown -> $180,000, renews no day -> 2027-03-01" in looked
    assert 'note: line 3, Contoso: revenue "lots" is not an amount; taken without it' in looked
    assert db.read_bytes() == before
    found = shell("import-accounts", str(file), kind="taken in")
    assert (found["done"], len(found["changes"]), len(found["notes"])) == (True, 2, 1)
    assert account(db, "Northwind Traders").arr == 180_000.0
    shell("undo")
    assert account(db, "Northwind Traders").arr is None
