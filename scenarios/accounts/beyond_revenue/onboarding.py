"""Onboarding of accounts: the steps from the signature to use, each with its day, and the time to value.

Time to value is the days from contract (signed) to first meaningful use, which is the step *adopted*: live says that an
account could use it, adopted that it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import get_args

from scenarios.figures.figure import NOT_GIVEN, Figure
from scenarios.figures.names import meant, plain_name
from store.common.errors import Refused
from store.common.text import clean, many, short
from store.records import Command, Customer, State, new_id
from store.records.looking_back import OnboardingKind, OnboardingStep
from store.records.negotiation import Charter

STEPS: tuple[OnboardingKind, ...] = get_args(OnboardingKind)
#: Between which two steps value is waited for.
CONTRACT: OnboardingKind = "signed"
USED: OnboardingKind = "adopted"
#: Of fewer accounts a median says little, and the report says so.
FEW = 5


def onboarding_step(text: str) -> OnboardingKind:
    """The step that somebody means, by itself or its beginning. Raises Refused."""
    found = meant(STEPS, text)
    if len(found) != 1:
        raise Refused(f"The steps of an onboarding are {', '.join(STEPS)}.", "step")
    return found[0]


def days_aimed_at(state: State) -> int:
    """Within how many days the charter wants an account to use what it signed for."""
    return next(state.each(Charter), Charter(id=0)).value_days


def steps_by_account(state: State) -> dict[int, tuple[OnboardingStep, ...]]:
    """By account, the steps that are on record, in the order of an onboarding."""
    found: dict[int, list[OnboardingStep]] = {}
    for row in sorted(state.each(OnboardingStep), key=lambda row: STEPS.index(row.step)):
        found.setdefault(row.customer_id, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def write_step(
    state: State, account: Customer, step: OnboardingKind, day: date | None, note: str = "", *, today: date
) -> Command:
    """A step of an account's onboarding was done on a day; without a day it is taken off. Raises Refused."""
    name, mine = short(account.name, 60), steps_by_account(state).get(account.id, ())
    old = next((row for row in mine if row.step == step), None)
    if day is None:
        return Command("account", "") if old is None else Command("account", f"{name}: {step} taken off", (), (old,))
    if day > today:
        raise Refused(f"{day.isoformat()} is still to come: what has not happened is no step yet.", "day")
    days = {row.step: row.day for row in mine} | {step: day}
    if CONTRACT in days and USED in days and days[USED] < days[CONTRACT]:
        raise Refused(
            f"{name} would be {USED} on {days[USED].isoformat()}, before it was {CONTRACT} on "
            f"{days[CONTRACT].isoformat()}: one of the two days is another.",
            "day",
        )
    given = {"customer_id": account.id, "step": step, "day": day, "note": clean(note)}
    row = old or OnboardingStep.model_validate({"id": new_id(), **given})
    changed = row.model_copy(update=given)
    if changed == old:
        return Command("account", "")
    return Command("account", f"{name}: {step} on {day.isoformat()}", (changed,))


@dataclass(frozen=True)
class AccountOnboarding:
    """An account's steps; ``value`` is its time to value in days, ``waits`` the days since it signed while there is
    none, and ``late`` whether it took, or takes, longer than the charter's ``aim``."""

    account: Customer
    steps: tuple[OnboardingStep, ...]
    value: Figure
    waits: int | None
    aim: int

    @property
    def late(self) -> bool:
        """Whether it took, or takes, more days than the aim."""
        return (self.value.value or self.waits or 0) > self.aim

    @property
    def words(self) -> str:
        """As ``time to value 23 days, within the aim of 30``."""
        aim = f"the aim of {self.aim}"
        if self.value.known:
            return f"time to value {self.value.text}, {f'past {aim}' if self.late else f'within {aim}'}"
        if self.waits is None:
            return "time to value not known: nobody said when it signed"
        return f"not adopted yet, {many(self.waits, 'day')} after it signed{f', past {aim}' if self.late else ''}"


@dataclass(frozen=True)
class Onboardings:
    """All accounts with steps, by name; ``value`` is the median of their times to value, of ``known`` accounts, of
    which ``within`` took no more than the ``aim``; ``under_way`` are signed and not adopted, the longest first."""

    rows: tuple[AccountOnboarding, ...]
    value: Figure
    known: int
    within: int
    aim: int
    under_way: tuple[AccountOnboarding, ...]

    @property
    def few(self) -> bool:
        """Whether there are too few to say much."""
        return self.known < FEW


def onboarding_of(account: Customer, steps: tuple[OnboardingStep, ...], aim: int, today: date) -> AccountOnboarding:
    """Where an account's onboarding stands on a day."""
    days = {row.step: row.day for row in steps}
    signed, used = days.get(CONTRACT), days.get(USED)
    took = Fraction((used - signed).days) if signed and used and used >= signed else None
    inputs = (
        (CONTRACT, signed.isoformat() if signed else NOT_GIVEN),
        *((row.step, row.day.isoformat()) for row in steps if row.step not in (CONTRACT, USED)),
        (USED, used.isoformat() if used else NOT_GIVEN),
        ("the charter's aim", many(aim, "day")),
    )
    formula = f"days from {CONTRACT} to first meaningful use, which is {USED}"
    value = Figure(f"time to value of {short(account.name, 60)}", took, "days", formula, inputs)
    waits = max(0, (today - signed).days) if signed and took is None else None
    return AccountOnboarding(account, steps, value, waits, aim)


def onboardings_of(state: State, today: date) -> Onboardings:
    """Those of all accounts, and what they come to."""
    aim, steps = days_aimed_at(state), steps_by_account(state)
    accounts = sorted((row for row in state.each(Customer) if row.id in steps), key=lambda row: plain_name(row.name))
    rows = tuple(onboarding_of(account, steps[account.id], aim, today) for account in accounts)
    took = {row.account.name: row.value.value for row in rows if row.value.value is not None}
    value = Figure(
        "time to value",
        Fraction(median(took.values())) if took else None,
        "days",
        f"median over the accounts that are {CONTRACT} and {USED}",
        tuple((short(name, 60), many(int(days), "day")) for name, days in took.items()) or (("accounts", "none yet"),),
    )
    under_way = sorted((row for row in rows if row.waits is not None), key=lambda row: -(row.waits or 0))
    return Onboardings(rows, value, len(took), sum(days <= aim for days in took.values()), aim, tuple(under_way))


def step_words(row: OnboardingStep) -> str:
    """As ``live 2027-02-01 (the EU tenant)``."""
    return f"{row.step} {row.day.isoformat()}" + (f" ({row.note})" if row.note else "")
