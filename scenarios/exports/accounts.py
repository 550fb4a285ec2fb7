"""The accounts as a table, which ``makeroom import-accounts`` reads back."""

from __future__ import annotations

from datetime import date

from scenarios.accounts.beyond_revenue.five_words import KINDS
from scenarios.accounts.beyond_revenue.onboarding import STEPS
from scenarios.accounts.spellings import names_of
from scenarios.accounts.table import AccountRow, account_rows
from store.common.sheets import Cell, Column, Sheet
from store.records import State
from store.records.looking_back import AccountWord

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
    *(column for word in KINDS for column in (Column(word, "number"), Column(f"{word} evidence", "text", False, 28))),
    *(Column(step, "date", False, 11) for step in STEPS),
)


def accounts_sheet(state: State, today: date) -> Sheet:
    """A row for each account, most revenue first; the next renewal on or after ``today``, and how many open items it
    waits for, in plan and not; behind them the five words with their evidence, and the days of its onboarding."""
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
            *_words(row),
            *_days(row),
        )
        for row in account_rows(state, today)
    )
    about = "A row an account, each there once, so that revenue adds up; where none stands, it is not known."
    return Sheet("accounts", "Accounts", COLUMNS, rows, about=about)


def _words(row: AccountRow) -> list[Cell]:
    said = {each.kind: each for each in row.words}
    return [cell for kind in KINDS for cell in _word(said.get(kind))]


def _word(word: AccountWord | None) -> tuple[Cell, Cell]:
    return (None, "") if word is None else (float(word.score), word.evidence)


def _days(row: AccountRow) -> list[Cell]:
    days = {each.step: each.day for each in row.onboarding.steps} if row.onboarding is not None else {}
    return [days.get(step) for step in STEPS]
