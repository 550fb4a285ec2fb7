"""What is done on the screen of accounts: made, changed, merged, told apart, read from a file; how a deal ended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scenarios.accounts.edits import keep_apart, remove_account
from store.common.errors import Refused, StoreError
from store.records import Item, Request, State
from tui.flows.host import Host
from tui.forms.accounts import ACCOUNT, ACCOUNT_WORD, ARR_CHANGE, CURRENCY, DEAL, MERGE, ONBOARDING, SERVICE_LEVEL
from tui.rules.record_screen import Asks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from store.imports.accounts.table import AccountsOptions, AccountsPlan
    from store.records import Command, Customer
    from tui.accounts.accounts_screen import AccountsScreen

#: Changes that are listed; the count is always whole.
_SHOWN = 500


async def show_accounts(board: Host) -> None:
    """The accounts, until they are left."""
    from tui.accounts.accounts_screen import AccountsScreen

    await board.ask(AccountsScreen(board, ASKS))


def accounts_at(board: Host, account: int) -> AccountsScreen:
    """The screen of the accounts, the cursor on this one."""
    from tui.accounts.accounts_screen import AccountsScreen

    return AccountsScreen(board, ASKS, at=f"account {account}")


async def _add(screen: AccountsScreen) -> None:
    await screen.change_plain(ACCOUNT)


async def _edit(screen: AccountsScreen) -> None:
    if (account := _account(screen)) is not None:
        await screen.change_plain(ACCOUNT, account.id)


async def _merge(screen: AccountsScreen) -> None:
    if (account := _account(screen)) is not None:
        await screen.change_plain(MERGE, account.id)


async def _apart(screen: AccountsScreen) -> None:
    if (account := _account(screen)) is not None:
        _write(screen, lambda: keep_apart(screen.state, account))


async def _remove(screen: AccountsScreen) -> None:
    if (account := _account(screen)) is not None:
        _write(screen, lambda: remove_account(screen.state, account))


async def _deal(screen: AccountsScreen) -> None:
    """How the deal behind one of the account's requests ended; which, where it asked for several."""
    account = _account(screen)
    if account is None:
        return
    items = _asked(screen.state, account)
    if not items:
        screen.board.tell(f"{account.name} has asked for nothing: there is no deal to end.")
        return
    item_id = items[0].id
    if len(items) > 1:
        from tui.dialogs.menu import Choice, Menu

        keys = "123456789bcdefghijklmnopqrstuvwxyz"
        choices = [Choice(key, item.title[:80]) for key, item in zip(keys, items, strict=False)]
        key = await screen.app.push_screen_wait(Menu(f"Which deal of {account.name[:60]}?", choices))
        if key is None:
            return
        item_id = items[keys.index(key)].id
    await screen.change_plain(DEAL, item_id)


async def _revenue(screen: AccountsScreen) -> None:
    if (account := _account(screen)) is not None:
        await screen.change_plain(ARR_CHANGE, account.id)


async def _word(screen: AccountsScreen) -> None:
    if (account := _account(screen)) is not None:
        await screen.change_plain(ACCOUNT_WORD, account.id)


async def _onboarding(screen: AccountsScreen) -> None:
    if (account := _account(screen)) is not None:
        await screen.change_plain(ONBOARDING, account.id)


async def _level(screen: AccountsScreen) -> None:
    if (account := _account(screen)) is not None:
        await screen.change_plain(SERVICE_LEVEL, account.id)


async def _currency(screen: AccountsScreen) -> None:
    await screen.change_plain(CURRENCY)


async def _import(screen: AccountsScreen) -> None:
    """A file is named, what it would change is shown, and taken as one step."""
    from store.imports.accounts.table import AccountsOptions, rate_wish
    from tui.dialogs.form import Field, Form
    from tui.dialogs.report import Report
    from tui.flows.files import bared, field_to_read, to_read

    fields = (
        field_to_read("file", "an export of a CRM, or a table: name, ARR, renewal, segment, owner"),
        Field(
            "rates",
            "rates",
            "",
            "what 1 of another currency is worth in this one, as EUR=1.08 GBP=1.25; may stay empty",
        ),
    )
    about = "Nothing is changed before you have seen what it would change."
    values = await screen.ask(Form("Accounts from a file", fields, about, enter="look"))
    if values is None or not bared(values["file"]):
        return
    try:
        rates = dict(rate_wish(text) for text in values["rates"].replace(",", " ").split())
        path = to_read(values["file"])
        plan = await asyncio.to_thread(_plan, screen.state, path, AccountsOptions(rates=rates))
    except StoreError as error:
        screen.board.tell(str(error), severity="warning")
        return
    lines = [f"not taken, line {row.line}: {row.reason}" for row in plan.rejected]
    lines += [*plan.changes[:_SHOWN], *(f"note: {note}" for note in plan.notes)]
    if await screen.app.push_screen_wait(Report(plan.summary, lines, "take them")):
        screen.write(plan.command())


def _plan(state: State, path: Path, options: AccountsOptions) -> AccountsPlan:
    """What the file would change. Raises StoreError."""
    from store.imports.accounts.table import plan_accounts
    from store.imports.reader import read_table

    return plan_accounts(state, read_table(path), options)


def _account(screen: AccountsScreen) -> Customer | None:
    if screen.account is None:
        words = "There is no account here: {add} makes one, {import} reads a file."
        screen.board.tell(screen.KEYS.said(screen.app, words))
    return screen.account


def _asked(state: State, account: Customer) -> list[Item]:
    """What an account asked for, the latest first."""
    rows = sorted(state.each(Request), key=lambda row: row.received_at, reverse=True)
    return [state.all(Item)[row.item_id] for row in rows if row.customer_id == account.id]


def _write(screen: AccountsScreen, make: Callable[[], Command]) -> None:
    try:
        command = make()
    except Refused as error:
        screen.board.tell(str(error), severity="warning")
        return
    screen.write(command)


ASKS: dict[str, Asks] = {
    "add": _add,
    "edit": _edit,
    "merge": _merge,
    "apart": _apart,
    "remove": _remove,
    "deal": _deal,
    "revenue": _revenue,
    "word": _word,
    "onboarding": _onboarding,
    "level": _level,
    "currency": _currency,
    "import": _import,
}
