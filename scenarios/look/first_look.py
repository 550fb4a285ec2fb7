"""The first look itself: from finished issues and rules to effort by slice and quarter, accounts, unplanned work, lead
times, and what no rule says."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Literal

from scenarios.look.quarters import CALENDAR, Quarters
from scenarios.look.rules import LookRule, Sorted, Sorter
from scenarios.plan.mix import ONE_OFF, one_off_band
from store.common.issues import FinishedIssues, Issue, Measure
from store.records import Customer, Slice

#: What figures are in: an amount of work, or issues counted.
Unit = Literal["ew", "points", "hours", "issues"]
#: The part of the issues that must have an amount before amounts are what is shown.
LEAST_SIZED = 0.5
#: Accounts that are shown, samples of a rule's issues, and kinds that a rule could name.
MOST_ACCOUNTS, MOST_SAMPLES, MOST_HINTS = 5, 5, 8
#: Under so many issues nothing is said of how long they took.
LEAST_LEAD = 5


@dataclass(frozen=True)
class SlicePart:
    """What went to a slice: an amount in the look's unit, and how many issues."""

    amount: float
    issues: int


@dataclass(frozen=True)
class Lead:
    """Days from the day on which an issue was created to that on which it was finished, over ``issues`` of them: half
    took at most ``half``, 85% at most ``most``; both None under five."""

    issues: int
    half: float | None
    most: int | None


@dataclass(frozen=True)
class Unplanned:
    """Issues that were created after a quarter's first day and finished in it, among the ``known`` ones, of which both
    days are known."""

    issues: int
    amount: float
    known: int
    known_amount: float

    @property
    def share(self) -> float | None:
        """Of what is known, 0..1; None where nothing is."""
        return self.amount / self.known_amount if self.known_amount else None


@dataclass(frozen=True)
class Period:
    """A quarter, several, or all: its parts by letter, an empty one for what no rule says."""

    number: int | None
    name: str
    parts: Mapping[str, SlicePart]
    unplanned: Unplanned

    @property
    def amount(self) -> float:
        """All of it, in the look's unit."""
        return math.fsum(part.amount for part in self.parts.values())

    @property
    def issues(self) -> int:
        """All issues that count."""
        return sum(part.issues for part in self.parts.values())

    def share(self, letter: str) -> float:
        """A slice's part of it, 0..1."""
        part, whole = self.parts.get(letter), self.amount
        return part.amount / whole if part is not None and whole else 0.0

    @property
    def band(self) -> str:
        """The word for its share of one-offs; empty where nothing counts, or no rule says anything of it."""
        return one_off_band(self.share(ONE_OFF)) if self.amount and self.parts.keys() - {""} else ""


@dataclass(frozen=True)
class AccountLook:
    """What an account took: of an issue that names several, each has all. ``revenue`` is a year's; None: unknown."""

    name: str
    amount: float
    issues: int
    one_offs: float
    revenue: float | None


@dataclass(frozen=True)
class RuleLook:
    """A rule (None: the slice that a row names itself) with what it took, and titles of some of its issues."""

    rule: LookRule | None
    amount: float
    issues: int
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Unmatched:
    """What no rule says: amount, issues, titles of some, and types, labels and components that a rule could name, with
    their numbers."""

    amount: float
    issues: int
    samples: tuple[str, ...]
    hints: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class FirstLook:
    """All of it. ``counted`` issues are in the figures; ``unsized`` ones have no amount, and are not, where amounts are
    shown; ``undated`` ones are in the totals and in no quarter; ``earlier`` were finished before ``since``."""

    source: FinishedIssues = field(repr=False)
    unit: Unit
    slices: tuple[tuple[str, str], ...]
    quarters: tuple[Period, ...]
    total: Period
    accounts: tuple[AccountLook, ...]
    accounts_named: int
    lead: Lead
    lead_by_slice: tuple[tuple[str, Lead], ...]
    rules: tuple[RuleLook, ...]
    unmatched: Unmatched
    several: int
    unsized: int
    undated: int
    backwards: int
    earlier: int
    since: date | None
    fiscal: Quarters
    first: date | None
    last: date | None
    took: int

    @property
    def counted(self) -> int:
        """The issues in the figures."""
        return self.total.issues

    @property
    def letters(self) -> tuple[str, ...]:
        """The slices that anything went to, in their order, an empty one last for what no rule says."""
        known = [letter for letter, _ in self.slices if letter in self.total.parts]
        return (*known, *([""] if "" in self.total.parts else []))


@dataclass(frozen=True)
class LookOptions:
    """How a look is taken: the rules in their order, how quarters are counted, from which day on, and whether issues
    are counted or their amounts shown (None: amounts, where at least half of the issues have one)."""

    rules: tuple[LookRule, ...] = ()
    fiscal: Quarters = CALENDAR
    since: date | None = None
    by: Literal["amounts", "issues"] | None = None


def first_look(
    source: FinishedIssues, options: LookOptions, slices: Sequence[Slice], accounts: Sequence[Customer]
) -> FirstLook:
    """The look at the issues of a file, with the slices of a workspace, or a fresh one, and the accounts that are
    known."""
    return _Taking(source, options, slices, accounts).look()


class _Taking:
    """One look on its way."""

    def __init__(
        self,
        source: FinishedIssues,
        options: LookOptions,
        slices: Sequence[Slice],
        accounts: Sequence[Customer],
    ) -> None:
        self._source, self._options, self._accounts = source, options, accounts
        self._slices = sorted(slices, key=lambda one: (one.position, one.id))
        since = options.since
        dated = [issue for issue in source.issues if since is None or not _before(issue, since, options.fiscal)]
        self._earlier = len(source.issues) - len(dated)
        self._unit = _unit_of(dated, source.measure, options.by)
        by_amount = self._unit != "issues"
        counted = [issue for issue in dated if not by_amount or issue.amount is not None]
        self._unsized = len(dated) - len(counted)
        customers = dict.fromkeys(name for issue in source.issues for name in issue.customers)
        sorter = Sorter(options.rules, self._slices, accounts, customers)
        self._sorted = [sorter.sort(issue) for issue in counted]
        self._weigh: Callable[[Issue], float] = _amount if by_amount else _one

    def look(self) -> FirstLook:
        """All figures."""
        found, fiscal = self._sorted, self._options.fiscal
        quarters: dict[int, list[Sorted]] = {}
        for one in found:
            if (number := _quarter(one.issue, fiscal)) is not None:
                quarters.setdefault(number, []).append(one)
        days = [one.issue.finished for one in found if one.issue.finished is not None]
        by_letter: dict[str, list[Sorted]] = {}
        for one in found:
            by_letter.setdefault(one.letter, []).append(one)
        leads = ((one.letter, _lead(by_letter.get(one.letter, ()))) for one in self._slices)
        undated = len(found) - sum(map(len, quarters.values()))
        named = {name for one in found for name in one.accounts}
        return FirstLook(
            source=self._source,
            unit=self._unit,
            slices=tuple((one.letter, one.name) for one in self._slices),
            quarters=tuple(
                self._period(number, fiscal.name(number), quarters.get(number, ())) for number in _row(quarters)
            ),
            total=self._period(None, "all", found),
            accounts=self._of_accounts(),
            accounts_named=len(named),
            lead=_lead(found),
            lead_by_slice=tuple((letter, lead) for letter, lead in leads if lead.issues),
            rules=self._of_rules(),
            unmatched=self._unmatched(),
            several=sum(one.matched > 1 for one in found),
            unsized=self._unsized,
            undated=undated,
            backwards=sum((_days(one.issue) or 0) < 0 for one in found),
            earlier=self._earlier,
            since=self._options.since,
            fiscal=fiscal,
            first=min(days, default=None),
            last=max(days, default=None),
            took=sum(one.issue.took for one in found) if self._unit != "issues" else 0,
        )

    def _sum(self, found: Iterable[Sorted]) -> float:
        return math.fsum(self._weigh(one.issue) for one in found)

    def _period(self, number: int | None, name: str, found: Sequence[Sorted]) -> Period:
        by_letter: dict[str, list[Sorted]] = {}
        for one in found:
            by_letter.setdefault(one.letter, []).append(one)
        parts = {letter: SlicePart(self._sum(some), len(some)) for letter, some in by_letter.items()}
        known = [one for one in found if (_days(one.issue) if one.issue.finished else None) is not None]
        known = [one for one in known if (_days(one.issue) or 0) >= 0]
        unplanned = [one for one in known if self._is_unplanned(one.issue)]
        return Period(
            number, name, parts, Unplanned(len(unplanned), self._sum(unplanned), len(known), self._sum(known))
        )

    def _is_unplanned(self, issue: Issue) -> bool:
        if issue.finished is None or issue.created is None:
            return False
        begins = self._options.fiscal.first_day(self._options.fiscal.of_day(issue.finished))
        return begins is not None and issue.created > begins

    def _of_accounts(self) -> tuple[AccountLook, ...]:
        """The accounts that took most."""
        by_name: dict[str, list[Sorted]] = {}
        for one in self._sorted:
            for name in one.accounts:
                by_name.setdefault(name, []).append(one)
        revenue = {account.name: account.arr for account in self._accounts}
        rows = [
            AccountLook(
                name,
                self._sum(some),
                len(some),
                self._sum(one for one in some if one.letter == ONE_OFF),
                revenue.get(name),
            )
            for name, some in by_name.items()
        ]
        rows.sort(key=lambda row: (-row.amount, -row.issues, row.name.casefold()))
        return tuple(rows[:MOST_ACCOUNTS])

    def _of_rules(self) -> tuple[RuleLook, ...]:
        """What each rule took, in their order; the slices that rows name come first."""
        by_rule: dict[LookRule | None, list[Sorted]] = {}
        for one in self._sorted:
            if one.letter:
                by_rule.setdefault(one.rule, []).append(one)
        order = [*([None] if None in by_rule else []), *self._options.rules]
        return tuple(
            RuleLook(rule, self._sum(some := by_rule.get(rule, [])), len(some), _samples(some)) for rule in order
        )

    def _unmatched(self) -> Unmatched:
        found = [one for one in self._sorted if not one.letter]
        kinds: Counter[str] = Counter()
        for one in found:
            issue = one.issue
            kinds.update({f"type:{value}" for value in issue.types})
            kinds.update({f"label:{value}" for value in issue.labels})
            kinds.update({f"component:{value}" for value in issue.components})
        hints = sorted(kinds.items(), key=lambda each: (-each[1], each[0].casefold()))[:MOST_HINTS]
        return Unmatched(self._sum(found), len(found), _samples(found), tuple(hints))


def _amount(issue: Issue) -> float:
    return issue.amount or 0.0


def _one(issue: Issue) -> float:
    return 1.0


def _unit_of(issues: Sequence[Issue], measure: Measure, by: str | None) -> Unit:
    sized = sum(issue.amount is not None for issue in issues)
    if by == "issues" or not sized:
        return "issues"
    return measure if by == "amounts" or sized >= LEAST_SIZED * len(issues) else "issues"


def _quarter(issue: Issue, fiscal: Quarters) -> int | None:
    return issue.period if issue.ended is None else fiscal.of_day(issue.ended)


def _before(issue: Issue, since: date, fiscal: Quarters) -> bool:
    """Whether an issue was finished before a day; one whose quarter alone is known, where all of that was."""
    if issue.ended is not None:
        return issue.ended < since
    last = None if issue.period is None else fiscal.last_day(issue.period)
    return last is not None and last < since


def _row(quarters: Mapping[int, object]) -> Sequence[int]:
    """The numbers of the quarters from the first to the last, those with nothing too; only those that have anything
    where a slip of the pen makes it a long row."""
    if not quarters:
        return ()
    whole = range(min(quarters), max(quarters) + 1)
    return whole if len(whole) <= 4 * len(quarters) + 4 else sorted(quarters)


def _days(issue: Issue) -> int | None:
    return None if issue.created is None or issue.finished is None else (issue.finished - issue.created).days


def _lead(found: Iterable[Sorted]) -> Lead:
    days = sorted(days for one in found if (days := _days(one.issue)) is not None and days >= 0)
    if len(days) < LEAST_LEAD:
        return Lead(len(days), None, None)
    return Lead(len(days), float(median(days)), days[math.ceil(85 * len(days) / 100) - 1])


def _samples(found: Sequence[Sorted]) -> tuple[str, ...]:
    """Titles of some of them, from all over the file."""
    step = max(1, len(found) // MOST_SAMPLES)
    titles = (one.issue.title or one.issue.key or f"line {one.issue.line}" for one in found[::step][:MOST_SAMPLES])
    return tuple(titles)
