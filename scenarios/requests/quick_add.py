"""A request in one line: ``Acme audit log ~2-3-5.5 #oneoff >Acme $480k@60% by:sales-east team:Pay``.

Every token that names a field fills it; a token that looks like a field and is not known, or names one that is filled
already, stays in the title and is reported. A known account is found by all of its words (``>Acme Corp``) or the first
of them, ``arr:180k renews:2027-03-31`` tell of it; ``!`` says that it was carried past its desk, ``!CEO>CTO`` by and to
whom; quotes hold spaces anywhere: ``>"Acme Corp"``, ``by:"Jo Field"``, and so do single ones around
a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date

from scenarios.accounts.spellings import account_called, names_of
from scenarios.figures.amounts import currency
from scenarios.figures.money import in_two_ways, money_of
from scenarios.figures.names import SLICE, TEAM, Kind, matches, plain_name
from scenarios.figures.readers import day_of, number_of
from scenarios.figures.sizes import Range, parse_size
from scenarios.plan.mix import ONE_OFF
from store.common.currencies import currency_meant
from store.common.errors import Refused
from store.records import Customer, Shirt, Slice, Team

#: Who owns items, by name.
OWNER: Kind[str] = Kind("owner")
_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
#: A value in single quotes; the apostrophe of ``by:O'Neil`` begins none.
_SINGLE = re.compile(r"""(?<!\S)(>|\w+:)'([^'"]+)'(?!\S)""")
_FIELD = re.compile(r"(\w+):(?!//)(.+)", re.DOTALL)
_MONEY = re.compile(
    r"(?P<sign>(?-i:[A-Z]{3})|[a-z]{0,2}[$€£¥₹₩₽])(?P<number>\d(?:[\d.,]*\d)?)(?P<scale>[kmb]?)"
    r"(?:@(?P<chance>\d+(?:\.\d+)?)(?P<percent>%?))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RequestDraft:
    """A request as typed. ``unknown`` are tokens that look like fields and are kept in the title."""

    title: str = ""
    size: Range | None = None
    slice: str | None = None
    customer: str = ""
    deal_amount: float | None = None
    deal_probability: float | None = None
    asked_by: str = ""
    team: str = ""
    owner: str = ""
    due: date | None = None
    value: float | None = None
    claimed: str = ""
    problem: str = ""
    priority: str = ""
    #: what the customer pays a year, and the day on which they renew
    account_arr: float | None = None
    account_renews: date | None = None
    unknown: tuple[str, ...] = field(default=())
    #: who carried it past its desk (empty: nobody is named), and to whom; None: nobody did
    escalated_by: str | None = None
    escalated_to: str = ""


_FIELDS = tuple(part.name for part in fields(RequestDraft) if part.name not in ("title", "unknown"))


def parse_line(
    line: str,
    slices: Iterable[Slice],
    teams: Iterable[Team],
    shirts: Iterable[Shirt] = (),
    accounts: Iterable[Customer] = (),
    owners: Iterable[str] = (),
) -> RequestDraft:
    """Read one line. Never fails: what cannot be read stays in the title and is listed in ``unknown``.

    ``accounts`` are those that are known: the most words after ``>`` that name one are it. ``owners`` are who owns
    items: ``owner:An`` is the only one of them who begins so, else somebody new; in quotes it is always the very name.
    """
    slices, teams, shirts, owners = tuple(slices), tuple(teams), tuple(shirts), tuple(dict.fromkeys(owners))
    draft = RequestDraft()
    words: list[str] = []
    unknown: list[str] = []
    for token in _with_accounts(_TOKEN.findall(_SINGLE.sub(r'\1"\2"', line)), tuple(accounts)):
        filled = _fill(draft, token, slices, teams, shirts, owners)
        if filled is not None and not _replaces(draft, filled):
            draft = filled
            continue
        words.append(token)
        if (token[0] in "~#>$€£¥₹₩₽" and len(token) > 1) or _FIELD.fullmatch(token):
            unknown.append(token + _why_unknown(token, teams, owners))
    return replace(draft, title=" ".join(words), unknown=tuple(unknown))


def asks_whose(draft: RequestDraft, slices: Iterable[Slice]) -> bool:
    """Whether it is unclear if only the account that is named would use it, which makes it a one-off: that it waits
    does not."""
    return bool(draft.customer) and draft.slice is None and any(part.letter == ONE_OFF for part in slices)


def _with_accounts(tokens: list[str], accounts: tuple[Customer, ...]) -> Iterator[str]:
    """The tokens, those joined that name a known account of several words; in quotes, they are as they were."""
    at, most = 0, max((len(name.split()) for one in accounts for name in names_of(one)), default=1)
    while at < len(tokens):
        token, at = tokens[at], at + 1
        if token.startswith(">") and len(token) > 1 and '"' not in token and accounts:
            for more in range(min(most - 1, len(tokens) - at), -1, -1):
                name = " ".join((token[1:], *tokens[at : at + more]))
                found = account_called(accounts, name) if more else _begun(accounts, name)
                if found is not None:
                    token, at = f'>"{found.name}"', at + more
                    break
        yield token


def _begun(accounts: tuple[Customer, ...], name: str) -> Customer | None:
    """The account of this name, else the only one of which it is the first words."""
    if (found := account_called(accounts, name)) is not None:
        return found
    begun = [one for one in accounts if plain_name(one.name).startswith(plain_name(name) + " ")]
    return begun[0] if len(begun) == 1 else None


def _replaces(before: RequestDraft, after: RequestDraft) -> bool:
    """Whether something that was read already would be lost."""
    return any(getattr(before, name) not in (None, "", getattr(after, name)) for name in _FIELDS)


def _fill(
    draft: RequestDraft,
    token: str,
    slices: tuple[Slice, ...],
    teams: tuple[Team, ...],
    shirts: tuple[Shirt, ...],
    owners: tuple[str, ...],
) -> RequestDraft | None:
    """The draft with this token's field filled; None where it names none."""
    mark, rest = token[0], token[1:].strip('"')
    if mark == "~" and rest:
        try:
            return replace(draft, size=parse_size(rest, shirts))
        except Refused:
            return None
    if mark == "#" and rest:
        letter = slice_letter(rest, slices)
        return None if letter is None else replace(draft, slice=letter)
    if mark == ">" and rest.strip() and len(rest) <= 200:
        return replace(draft, customer=rest)
    if money := _MONEY.fullmatch(token):
        if currency_meant(money["sign"], currency()) != currency():
            return None
        try:
            amount = money_of(money["number"] + money["scale"])
        except Refused:
            return None
        chance = None if money["chance"] is None else float(money["chance"])
        # 60%, 60 and 0.6 are the same.
        if chance is not None and (money["percent"] or chance > 1):
            chance /= 100
        if chance is not None and chance > 1:
            return None
        return replace(draft, deal_amount=amount, deal_probability=chance)
    if mark == "!":
        return with_escalation(draft, token[1:])
    if pair := _FIELD.fullmatch(token):
        name, value = pair[1].lower(), pair[2].strip('"')
        if name == "owner" and '"' not in pair[2] and (found := matches(owners, value, OWNER, parts=False)):
            return replace(draft, owner=found[0]) if len(found) == 1 else None
        return _fill_named(draft, name, value, teams)
    return None


def with_escalation(draft: RequestDraft, text: str) -> RequestDraft:
    """The draft with who carried it past its desk, and to whom, as in ``CEO>CTO``; nobody need be named."""
    by, _, to = text.replace('"', "").lstrip("!").partition(">")
    return replace(draft, escalated_by=by.strip(), escalated_to=to.strip())


def _why_unknown(token: str, teams: tuple[Team, ...], owners: tuple[str, ...]) -> str:
    """In brackets, why a token filled no field, where there is more to say than that: it could mean several, or it is
    an amount in another currency."""
    if money := _MONEY.fullmatch(token):
        if currency_meant(money["sign"], currency()) != currency():
            return f" (amounts are in {currency()} here)"
        if in_two_ways(money["number"]):
            return " (thousands, or decimals? 180k and 1.8 are read in one way)"
    name, _, value = token.partition(":")
    if name.casefold() not in ("team", "owner"):
        return ""
    found = [team.name for team in matches(teams, value.strip('"'), TEAM, parts=False)]
    if name.casefold() == "owner":
        found = matches(owners, value, OWNER, parts=False)
    return f" (could be {OWNER.listed(found)})" if len(found) > 1 else ""


def _fill_named(draft: RequestDraft, name: str, value: str, teams: tuple[Team, ...]) -> RequestDraft | None:
    if not value.strip():
        return None
    if name == "team":
        found = matches(teams, value, TEAM, parts=False)
        return replace(draft, team=found[0].name) if len(found) == 1 else None
    try:
        match name:
            case "due":
                return replace(draft, due=day_of(value))
            case "renews":
                return replace(draft, account_renews=day_of(value))
            case "value":
                return replace(draft, value=number_of(value))
            case "arr":
                return replace(draft, account_arr=money_of(value))
    except Refused:
        return None
    match name:
        case "by":
            return replace(draft, asked_by=value)
        case "owner":
            return replace(draft, owner=value)
        case "priority":
            return replace(draft, priority=value)
        case "claimed":
            return replace(draft, claimed=value)
        case "problem":
            return replace(draft, problem=value)
    return None


def slice_letter(word: str, slices: Iterable[Slice]) -> str | None:
    """The letter of the slice that a word means: its letter, its name or a beginning of it; None if none or several."""
    found = matches(slices, word, SLICE, parts=False)
    return found[0].letter if len(found) == 1 else None
