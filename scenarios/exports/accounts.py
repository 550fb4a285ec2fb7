"""The accounts as a table, which ``makeroom import-accounts`` reads back."""

from __future__ import annotations

from datetime import date

from scenarios.accounts.spellings import names_of
from scenarios.accounts.table import account_rows
from store.common.sheets import Column, Sheet
from store.records import State

COLUMNS = (
    Column("account", "text", True, 28),
    Column("revenue a year", "money", True, 14),
    Column("currency", "text", False, 9),
    Column("renews", "date", True, 11),
    Column("term (months)", "number", False, 9),
    Column("segment", "text", True, 16),
    Column("owner", "text", True, 16),
    Column("also called", "text", False, 24),
    Column("in plan for it", "number", False, 9),
    Column("waits for", "number", False, 9),
)


def accounts_sheet(state: State, today: date) -> Sheet:
    """A row for each account, most revenue first; the next renewal on or after ``today``, and how many open items it
    waits for, in plan and not."""
    rows = tuple(
        (
            row.account.name,
            row.account.arr,
            state.workspace.currency,
            row.renews,
            float(row.account.term),
            row.account.segment,
            row.account.owner,
            "; ".join(names_of(row.account)[1:]),
            float(len(row.planned)),
            float(len(row.waiting)),
        )
        for row in account_rows(state, today)
    )
    about = "A row an account, each there once, so that revenue adds up; where none stands, it is not known."
    return Sheet("accounts", "Accounts", COLUMNS, rows, about=about)
