"""The accounts that a look back knows: those of the workspace, of a file that lists them, and of the export itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.imports.accounts.table import AccountsOptions, plan_accounts
from store.imports.columns import ColumnMap
from store.imports.dates import day_order_in
from store.imports.table import Row, Table
from store.records import Command, Customer, Record, State

if TYPE_CHECKING:
    from store.imports.report import Rejected


@dataclass(frozen=True)
class AccountsKnown:
    """All accounts, the records that are not in the workspace so (``puts``), what is to be said, and rows of the file
    of accounts that could not be taken."""

    accounts: tuple[Customer, ...]
    puts: tuple[Record, ...]
    notes: tuple[str, ...]
    rejected: tuple[Rejected, ...] = ()


def accounts_known(
    state: State, listed: Table | None, export: Table, columns: ColumnMap, options: AccountsOptions
) -> AccountsKnown:
    """What is known of accounts: by the file that lists them, then, where nothing was known, by the rows of the export
    that name one customer with its revenue or renewal.

    Raises :class:`~store.imports.errors.ImportOptionError` where the file of accounts has no column with their names.
    """
    puts: dict[int, Record] = {}
    notes: list[str] = []
    rejected: tuple[Rejected, ...] = ()
    if listed is not None:
        plan = plan_accounts(state, listed, options)
        puts |= {put.id: put for put in plan.puts}
        notes += [f"{listed.name}: {note}" for note in plan.notes]
        rejected = plan.rejected
    if "customer" in columns.at and {"arr", "renewal"} & columns.at.keys():
        later = state.overlay(Command("", "", tuple(puts.values())))
        arr = export.header[columns.at["arr"][0]] if "arr" in columns.at else "arr"
        told = Table(
            export.name, ("account", arr, "renews"), tuple(_told(export.rows, columns)), counted=export.counted
        )
        wanted = {"name": "account", "arr": arr, "renewal": "renews"}
        days = {columns.cell(row.cells, "renewal") for row in export.rows}
        dates = options.dates or day_order_in(export, days)
        plan = plan_accounts(later, told, replace(options, columns=wanted, dates=dates, of_accounts=False))
        puts |= {put.id: put for put in plan.puts}
        notes += plan.notes
    known = state.overlay(Command("", "", tuple(puts.values())))
    return AccountsKnown(tuple(known.each(Customer)), tuple(puts.values()), tuple(notes), rejected)


def _told(rows: Sequence[Row], columns: ColumnMap) -> Iterator[Row]:
    """Account, revenue and renewal of the rows that name one customer, and say anything of it."""
    for row in rows:
        cells = columns.cells(row.cells, "customer")
        said = columns.cell(row.cells, "arr"), columns.cell(row.cells, "renewal")
        if len(cells) == 1 and any(said):
            yield Row(row.line, (cells[0], *said))
