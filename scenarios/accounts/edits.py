"""Changes of an account, each one command: making and changing it, another name, two that become one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scenarios.accounts.revenue import renews_from
from scenarios.accounts.spellings import alike
from scenarios.figures.amounts import cents, exact
from scenarios.figures.names import plain_name
from store.common.errors import Refused
from store.common.spellings import spelling
from store.common.text import clean, short
from store.records import RECORDS, Command, Customer, Record, State, Wait, new_id
from store.records.account_names import account_called, names_of
from store.records.looking_back import AccountWord, ArrChange, OnboardingStep, ServiceLevel

#: Revenue past this is a slip of the keyboard: more than any company takes in a year.
MOST_REVENUE = 1e12
LONGEST_NAME = 200
_YEARS = (1990, 2100)
#: What an account has once of a kind; all but waits is what was said of it, and goes with it.
_ONCE: tuple[type[Wait | AccountWord | OnboardingStep | ServiceLevel], ...] = (
    Wait, AccountWord, OnboardingStep, ServiceLevel,
)  # fmt: skip


def write_account(
    state: State,
    account: Customer | None,
    *,
    name: str,
    arr: float | None,
    renews: date | None,
    term: float | None,
    segment: str,
    owner: str,
) -> Command:
    """A new account, or what is known of one from now on. Raises Refused.

    The name may be another one; the one before is kept as a name that it also goes by.
    """
    name = clean(name)
    row = account or Customer(id=new_id(), name="-")
    _check_name(state, row, name)
    checked_revenue(arr)
    checked_day(renews)
    term = 12 if term is None else term
    if term != int(term) or not 1 <= term <= 240:
        raise Refused("A term is a whole number of months, from 1 to 240.", "term")
    changed = row.model_copy(
        update={
            "name": name,
            "arr": arr,
            "renews": renews,
            "term": int(term),
            "segment": clean(segment),
            "owner": clean(owner),
            "also": also_called([*names_of(row)[1:], *([row.name] if account and row.name != name else [])], name),
        }
    )
    if changed == account:
        return Command("account", "")
    said = f"account {short(name, 60)}"
    if account is None:
        said = f"new account {short(name, 60)}"
    elif account.name != name:
        said = f"account {short(account.name, 60)} is called {short(name, 60)}"
    return Command("account", said, (changed,))


def told_account(state: State, name: str, arr: float | None, renews: date | None) -> Customer:
    """The account that a name means, else a new one, with the yearly revenue and the renewal that somebody told of it.

    What is known here is not changed by the way: raises Refused, about ``arr`` or ``renews``, where it is another one.
    """
    checked_revenue(arr)
    checked_day(renews)
    row = account_called(state.each(Customer), name) or Customer(id=new_id(), name=name)
    said = f"of “{short(row.name, 60)}”"
    if arr is not None and row.arr not in (None, arr):
        raise Refused(f"The yearly revenue {said} is {cents(row.arr)} here: it is changed with its account.", "arr")
    if renews is not None and row.renews not in (None, renews):
        raise Refused(f"The renewal {said} is {row.renews} here: it is changed with its account.", "renews")
    known = {"arr": row.arr if arr is None else arr, "renews": row.renews if renews is None else renews}
    return row.model_copy(update=known)


def checked_revenue(arr: float | None) -> None:
    """Raises Refused for what no account pays in a year."""
    if arr is not None and arr < 0:
        raise Refused("Yearly revenue cannot be below zero.", "arr")
    if arr is not None and arr > MOST_REVENUE:
        raise Refused(f"Yearly revenue of {cents(arr)} is too large to be true: at most {cents(MOST_REVENUE)}.", "arr")


def checked_day(renews: date | None) -> None:
    """Raises Refused for a year in which nobody renews anything."""
    if renews is not None and not _YEARS[0] <= renews.year <= _YEARS[1]:
        years = f"between {_YEARS[0]} and {_YEARS[1]}"
        raise Refused(f"A renewal is {years}, not {renews.isoformat()}: write it as 2027-03-31.", "renews")


def _check_name(state: State, row: Customer, name: str) -> None:
    if not name:
        raise Refused("An account needs a name.", "name")
    if len(name) > LONGEST_NAME:
        raise Refused(f"An account's name has {LONGEST_NAME} characters at most.", "name")
    other = next((each for each in state.each(Customer) if plain_name(each.name) == plain_name(name)), None)
    if other is not None and other.id != row.id:
        raise Refused(f"There is an account “{short(other.name, 60)}” already: merge the two instead.", "name")


def also_called(names: Iterable[str], own: str) -> str:
    """Other names of an account as it keeps them, each once, a line each, as many as fit."""
    found: dict[str, str] = {}
    for each in names:
        if plain_name(each) != plain_name(own):
            found.setdefault(plain_name(each), each)
    kept, length = [], 0
    for each in found.values():
        length += len(each) + 1
        if length > 20_000:
            break
        kept.append(each)
    return "\n".join(kept)


def merge_accounts(state: State, gone: Customer, kept: Customer) -> Command:
    """One account of two: who waited and asked as ``gone`` does so as ``kept``, which goes by both names.

    Yearly revenue adds up, so that no total changes; what ``kept`` does not know it has from the other, and the
    sooner renewal counts from the quarter on. Raises Refused.
    """
    if gone.id == kept.id:
        raise Refused(f"“{short(kept.name, 60)}” cannot be merged into itself: name another account.", "into")
    known = [each.arr for each in (kept, gone) if each.arr is not None]
    arr = float(sum(map(exact, known))) if known else None
    checked_revenue(arr)
    since = state.quarter.starts
    dated = sorted(
        (day, at, row)
        for at, row in enumerate((kept, gone))
        if (day := renews_from(row.renews, row.term, since)) is not None
    )
    renewing = dated[0][2] if dated else kept
    one = kept.model_copy(
        update={
            "arr": arr,
            "renews": renewing.renews,
            "term": renewing.term,
            "segment": kept.segment or gone.segment,
            "owner": kept.owner or gone.owner,
            "also": also_called([*names_of(kept)[1:], *names_of(gone)], kept.name),
            # It is apart only as long as there is another one from which it is.
            "apart": kept.apart
            and any(
                spelling(row.name) == spelling(kept.name) for row in state.each(Customer) if row not in (kept, gone)
            ),
        }
    )
    puts, removes = _pointed(state, gone, kept)
    label = f"account {short(gone.name, 60)} merged into {short(kept.name, 60)}"
    return Command("accounts", label, (one, *puts), (*removes, gone))


def _pointed(state: State, gone: Customer, kept: Customer) -> tuple[list[Record], list[Record]]:
    """All that points to ``gone``, now at ``kept``; and what would be there twice, to be removed."""
    puts: list[Record] = []
    removes: list[Record] = []
    here = {_once(row) for kind in _ONCE for row in state.each(kind) if row.customer_id == kept.id}
    for kind in RECORDS:
        columns = [column for column, table in kind.links.items() if table == Customer.table]
        for row in state.each(kind) if columns else ():
            at = [column for column in columns if getattr(row, column) == gone.id]
            if at and isinstance(row, _ONCE) and _once(row) in here:
                removes.append(row)
            elif at:
                puts.append(row.model_copy(update=dict.fromkeys(at, kept.id)))
    return puts, removes


def _once(row: Wait | AccountWord | OnboardingStep | ServiceLevel) -> tuple[str, object]:
    """What an account has one of: where two are merged, that of the one that stays is kept."""
    match row:
        case Wait():
            return row.table, row.item_id
        case AccountWord():
            return row.table, row.kind
        case OnboardingStep():
            # Steps of two onboardings are two stories: never half of each.
            return row.table, None
        case ServiceLevel():
            return row.table, plain_name(row.target)


def keep_apart(state: State, account: Customer) -> Command:
    """This account and those spelled like it are different ones: nobody is asked again. Raises Refused."""
    group = next((group for group in alike(state) if account in group), None)
    if group is None:
        raise Refused(f"No other account is spelled like “{short(account.name, 60)}”.", "apart")
    puts = tuple(row.model_copy(update={"apart": True}) for row in group)
    return Command("accounts", f"accounts like {short(account.name, 60)} are different ones", puts)


def remove_account(state: State, account: Customer) -> Command:
    """Take an account away that nobody needs. Raises Refused where somebody waits or asked as this account."""
    puts, removes = _pointed(state, account, account)
    waits = [row for row in removes if isinstance(row, Wait)]
    if puts or waits:
        paid = not waits and all(isinstance(row, ArrChange) for row in puts)
        why = "has changes of its revenue on record" if paid else "waits or has asked for something"
        raise Refused(f"“{short(account.name, 60)}” {why}: merge it into another instead.")
    return Command("account", f"account {short(account.name, 60)} removed", (), (*removes, account))
