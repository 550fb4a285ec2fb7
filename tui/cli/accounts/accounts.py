"""``makeroom accounts``, ``account``, ``deal`` and ``currency``: shown, and changed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from scenarios.accounts.beyond_revenue.five_words import word_words
from scenarios.accounts.beyond_revenue.onboarding import step_words
from scenarios.accounts.beyond_revenue.service_levels import level_words
from scenarios.accounts.edits import keep_apart, remove_account
from scenarios.accounts.spellings import account_named, alike
from scenarios.accounts.table import AccountRow, account_rows, revenue_of_rows
from scenarios.figures.amounts import cents, exact
from scenarios.figures.names import item_named
from store.common.errors import Refused
from store.records import Command, Customer, State
from store.records.account_names import account_called, names_of
from tui.cli.accounts.outputs import (
    AccountItemOut,
    AccountOut,
    AccountsOut,
    AccountWordOut,
    CurrencyOut,
    OnboardingOut,
    OnboardingStepOut,
    ServiceLevelOut,
)
from tui.cli.plain_change import change, command_of, run, typed
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.workspace import look
from tui.drawing.plain import fit
from tui.forms.accounts import ACCOUNT, DEAL, MERGE
from tui.forms.plain_change import PlainChange

if TYPE_CHECKING:
    from tui.session.figures import Figures

#: Cells of a name and of a segment in the list.
_NAME, _SEGMENT = 28, 14


def listing(arguments: argparse.Namespace) -> int:
    """All accounts, most revenue first."""
    state = look(arguments)
    rows, groups = account_rows(state, date.today()), alike(state)
    if arguments.json:
        print_json(accounts_out(state, date.today()))
        return DONE
    for row in rows:
        say(_line(row))
    if not rows:
        say("no account yet: makeroom import-accounts FILE, or makeroom account NAME --new --arr 180k")
        return DONE
    paid = revenue_of_rows(rows).said(after=" a year")
    say(f"{len(rows)} account{'' if len(rows) == 1 else 's'}, each counted once: {paid}")
    for group in groups:
        one, other = (short(row.name, 60) for row in group[:2])
        say(
            f"note: {' and '.join(f'“{short(row.name, 60)}”' for row in group)} look like one account: "
            f"makeroom account '{other}' --merge-into '{one}', or --apart where they are not"
        )
    return DONE


def accounts_out(state: State, today: date) -> AccountsOut:
    """All accounts for programs; renewals count from that day on."""
    rows = account_rows(state, today)
    whole = revenue_of_rows(rows)
    return AccountsOut(
        currency=state.workspace.currency,
        accounts=[_described(row) for row in rows],
        revenue=whole.amount if rows else None,
        revenue_known_for=whole.known,
        alike=[[row.name for row in group] for group in alike(state)],
    )


def _line(row: AccountRow) -> str:
    account = row.account
    revenue = "unknown" if account.arr is None else cents(exact(account.arr))
    renews = row.renews.isoformat() if row.renews else "no day"
    waits = f"{len(row.planned)} in plan, {len(row.waiting)} not" if row.items else "waits for nothing"
    who = ", ".join(filter(None, (short(account.segment, 60), short(account.owner, 60))))
    return (
        f"{account.id:>6} {fit(short(account.name, 200), _NAME)} {revenue:>14}  {renews:<10}  {fit(who, _SEGMENT * 2)} "
        f"{waits}"
    ).rstrip()


def _described(row: AccountRow) -> AccountOut:
    account = row.account
    return AccountOut(
        id=account.id,
        name=account.name,
        also=list(names_of(account)[1:]),
        arr=account.arr,
        renews=row.renews,
        term=account.term,
        segment=account.segment,
        owner=account.owner,
        words=[AccountWordOut(word=each.kind, score=each.score, evidence=each.evidence) for each in row.words],
        onboarding=_onboarding_out(row),
        service_levels=[
            ServiceLevelOut(target=each.target, met=each.met, miss_cost=each.miss_cost, note=each.note)
            for each in row.levels
        ],
        items=[AccountItemOut(id=item.id, title=item.title, state=item.state) for item in row.items],
    )


def _onboarding_out(row: AccountRow) -> OnboardingOut | None:
    one = row.onboarding
    if one is None:
        return None
    steps = [OnboardingStepOut(step=each.step, day=each.day, note=each.note) for each in one.steps]
    took = None if one.value.value is None else int(one.value.value)
    return OnboardingOut(steps=steps, days_to_value=took, days_since_signed=one.waits, aim=one.aim)


def account(arguments: argparse.Namespace) -> int:
    """One account: shown, changed, made, merged, said to be another one, or taken away. Raises Refused."""
    values = typed(ACCOUNT, arguments)
    others = [name for name in ("merge_into", "apart", "remove") if getattr(arguments, name)]
    if len(others) > 1 or (others and (values or arguments.new)):
        raise Refused("--merge-into, --apart and --remove are each a change of their own: one command for each")

    def make(now: Figures) -> tuple[Command, tuple[str, ...]]:
        state = now.state
        if arguments.new:
            if exact_one := account_called(state.each(Customer), arguments.account):
                raise Refused(f"there is an account “{short(exact_one.name, 60)}” already: leave out --new")
            return command_of(ACCOUNT, now, None, {"name": arguments.account, **values}), ()
        row = _named(state, arguments.account)
        if arguments.merge_into:
            return command_of(MERGE, now, row.id, {"into": arguments.merge_into}), ()
        if arguments.apart:
            return keep_apart(state, row), ()
        if arguments.remove:
            return remove_account(state, row), ()
        return command_of(ACCOUNT, now, row.id, values), ()

    if values or others or arguments.new:
        return change(arguments, make)
    return _show(look(arguments), arguments)


def _named(state: State, name: str) -> Customer:
    try:
        return account_named(state, name)
    except Refused as error:
        error.args = (f"{error}; --new makes one",)
        raise


def _show(state: State, arguments: argparse.Namespace) -> int:
    wanted = _named(state, arguments.account)
    row = next(row for row in account_rows(state, date.today()) if row.account.id == wanted.id)
    if arguments.json:
        print_json(_described(row))
    else:
        for line in _lines(row):
            say(line)
    return DONE


def _lines(row: AccountRow) -> Iterator[str]:
    one = row.account
    yield short(one.name, 200)
    yield f"  revenue, a year: {'unknown' if one.arr is None else cents(exact(one.arr))}"
    yield f"  renews: {row.renews.isoformat() if row.renews else 'no day'}, every {one.term} months"
    yield f"  segment: {short(one.segment, 200) or 'not said'}; owner: {short(one.owner, 200) or 'nobody'}"
    if also := names_of(one)[1:]:
        yield f"  also called {', '.join(f'“{short(name, 60)}”' for name in also)}"
    yield from (f"  {short(word_words(each), 300)}" for each in row.words)
    if row.onboarding is not None:
        yield from (f"  onboarding: {short(step_words(each), 300)}" for each in row.onboarding.steps)
        yield f"  {row.onboarding.words}"
    yield from (f"  service level: {level_words(each)}" for each in row.levels)
    for word, items in (("in plan", row.planned), ("not in plan", row.waiting)):
        yield from (f"  waits for {item.id} “{short(item.title, 120)}”, {word}" for item in items)


def deal(arguments: argparse.Namespace) -> int:
    """How the deal of a request ended, or that it did not. Raises Refused."""
    values = typed(DEAL, arguments)
    return change(arguments, lambda now: (command_of(DEAL, now, item_named(now.state, arguments.item).id, values), ()))


def told(arguments: argparse.Namespace) -> int:
    """What is told of an account: that its revenue changed, what it means beyond that, a step of its onboarding, a
    service level. Raises Refused."""
    plain: PlainChange = arguments.description
    values = typed(plain, arguments)
    return change(arguments, lambda now: (command_of(plain, now, _named(now.state, arguments.account).id, values), ()))


def currency(arguments: argparse.Namespace) -> int:
    """The currency of all amounts, or another one."""
    if arguments.currency is not None:
        return run(arguments)
    if arguments.rate is not None:
        raise Refused("--rate goes with a currency, as in makeroom currency EUR --rate 0.92")
    state = look(arguments)
    if arguments.json:
        print_json(CurrencyOut(currency=state.workspace.currency))
    else:
        say(f"amounts are in {state.workspace.currency}")
    return DONE
