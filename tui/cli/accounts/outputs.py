"""What the commands for accounts say with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date

from store.records.looking_back import AccountWordKind, OnboardingKind
from tui.cli.outputs import OUTPUTS, Output


class AccountItemOut(Output):
    """An open item that an account waits for; ``state`` is plan, below or inbox."""

    id: int
    title: str
    state: str


class AccountWordOut(Output):
    """One of the five words of what an account means beyond what it pays, 0 to 3."""

    word: AccountWordKind
    score: int
    evidence: str


class OnboardingStepOut(Output):
    """A step of an account's onboarding, and the day on which it was done."""

    step: OnboardingKind
    day: date
    note: str


class OnboardingOut(Output):
    """The onboarding of an account: ``days_to_value`` from signed to adopted, null where one is not on record;
    ``days_since_signed`` where it is not adopted yet; ``aim`` is the charter's, in days."""

    steps: list[OnboardingStepOut]
    days_to_value: int | None
    days_since_signed: int | None
    aim: int


class ServiceLevelOut(Output):
    """A target that was promised to an account: ``met`` is null where it is not known, ``miss_cost`` an amount."""

    target: str
    met: bool | None
    miss_cost: float | None
    note: str


class AccountOut(Output):
    """An account: ``arr`` is its yearly revenue, null where it is not known; ``renews`` its next renewal, which comes
    again every ``term`` months; ``also`` the other names it goes by."""

    id: int
    name: str
    also: list[str]
    arr: float | None
    renews: date | None
    term: int
    segment: str
    owner: str
    words: list[AccountWordOut]
    onboarding: OnboardingOut | None
    service_levels: list[ServiceLevelOut]
    items: list[AccountItemOut]


class AccountsOut(Output):
    """``makeroom accounts``: most revenue first. ``revenue`` is what is known, each account once, ``revenue_known_for``
    of how many; ``alike`` are the names that look like one account."""

    currency: str
    accounts: list[AccountOut]
    revenue: float | None
    revenue_known_for: int
    alike: list[list[str]]


class CurrencyOut(Output):
    """``makeroom currency``: the ISO 4217 code of all amounts."""

    currency: str


OUTPUTS["account"] = AccountOut
OUTPUTS["accounts"] = AccountsOut
OUTPUTS["currency"] = CurrencyOut
