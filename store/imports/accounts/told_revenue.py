"""What the rows of a backlog tell of the customers that they name: yearly revenue and renewal, where not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.common.text import clean
from store.imports.accounts.table import AccountsOptions, plan_accounts
from store.imports.columns import ColumnMap
from store.imports.dates import day_order_in, order_note
from store.imports.options import ImportOptions
from store.imports.table import Row, Table
from store.records import Command, Customer, Record, State
from store.records.account_names import AccountNames

if TYPE_CHECKING:
    from store.imports.notes import Notes


def with_told_revenue(
    state: State, table: Table, columns: ColumnMap, puts: Sequence[Record], notes: Notes, options: ImportOptions
) -> tuple[Record, ...]:
    """The records of customers that an import writes (``puts``), with what its rows tell of them; and of those that are
    here already. What is known stays; where a row says otherwise, ``notes`` says so."""
    if "customer" not in columns.at or not {"arr", "renewal"} & columns.at.keys():
        return tuple(puts)
    later = state.overlay(Command("", "", tuple(put for put in puts if isinstance(put, Customer))))
    arr = table.header[columns.at["arr"][0]] if "arr" in columns.at else "arr"
    told = Table(table.name, ("account", arr, "renews"), tuple(_rows(later, table, columns)), counted=table.counted)
    wanted = {"name": "account", "arr": arr, "renewal": "renews"}
    days = {columns.cell(row.cells, "renewal") for row in table.rows}
    # The other days of the file and its language tell what 03/04/2027 is, and the columns that are told do not.
    order = options.dates or day_order_in(table, days)
    if options.dates is None:
        notes.more(filter(None, [order_note(days, order, "Renewals")]))
    reading = AccountsOptions(
        columns=wanted, dates=order, decimal=options.decimal, of_accounts=False, takes_rates=False
    )
    plan = plan_accounts(later, told, reading)
    notes.more(plan.notes)
    changed = {put.id: put for put in plan.puts}
    if changed:
        one = len(changed) == 1
        who = (
            "1 customer pays a year, or when it renews,"
            if one
            else f"{len(changed):,} customers pay a year, or when they renew,"
        )
        notes.more([f"what {who} is known from it"])
    own = [changed.pop(put.id, put) if isinstance(put, Customer) else put for put in puts]
    return (*own, *changed.values())


def _rows(state: State, table: Table, columns: ColumnMap) -> Iterator[Row]:
    """The rows that name one customer, and say anything of them."""
    names = AccountNames(state.each(Customer))
    for row in table.rows:
        cells = columns.cells(row.cells, "customer")
        said = columns.cell(row.cells, "arr"), columns.cell(row.cells, "renewal")
        if len(cells) == 1 and any(said) and names.called(clean(cells[0])) is not None:
            yield Row(row.line, (cells[0], *said))
