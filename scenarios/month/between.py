"""What came between in a span of days: number, engineer-weeks and money, by team, by source, and by week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import Figure, given, total, written
from scenarios.rules.charter import charter_of
from store.records import Customer, State, Team, UnplannedWork

#: Where nobody said for whom it was, or who asked.
NOBODY = "nobody named"


@dataclass(frozen=True)
class Share:
    """What came between of one team, source or week: how often, and what it took in ew."""

    name: str
    number: int
    effort: Fraction


@dataclass(frozen=True)
class Between:
    """The interrupts of a span. ``cost`` is at the charter's rate; ``slice`` is the letter of the slice whose time they
    took most of, with its effort in ew, where somebody said whose time it was."""

    number: int
    effort: Figure
    cost: Figure
    by_team: tuple[Share, ...]
    by_source: tuple[Share, ...]
    by_week: tuple[Share, ...]
    slice: tuple[str, Fraction] | None


def between_in(state: State, since: date, until: date) -> Between:
    """What came between from the first to the last of these days."""
    rows = sorted((row for row in state.each(UnplannedWork) if since <= row.day <= until), key=lambda row: row.day)
    teams, accounts = state.all(Team), state.all(Customer)
    effort = total(exact(row.effort) for row in rows)
    inputs = tuple((f"{row.day.isoformat()} {row.title}", written(exact(row.effort), "ew")) for row in rows)
    took = Figure("interrupts took", effort, "ew", "sum of what each took", inputs or (("interrupts", "none"),))
    rate = charter_of(state).rate
    price = None if rate is None else exact(rate)
    cost = Figure(
        "interrupts cost",
        None if price is None else effort * price,
        "money",
        "what interrupts took x rate per ew",
        (("interrupts took", took.text), ("rate per ew", given(price, "money"))),
    )
    slices = _shares((row.slice, row) for row in rows if row.slice)
    most = max(slices, key=lambda each: (each.effort, each.name), default=None)
    return Between(
        len(rows),
        took,
        cost,
        _shares((teams[row.team_id].name, row) for row in rows),
        _shares((_source(row, accounts), row) for row in rows),
        _weeks(rows, since, until),
        None if most is None else (most.name, most.effort),
    )


def _source(row: UnplannedWork, accounts: dict[int, Customer]) -> str:
    if row.customer_id is not None:
        return accounts[row.customer_id].name
    return row.asked_by or NOBODY


def _shares(pairs: Iterable[tuple[str | None, UnplannedWork]]) -> tuple[Share, ...]:
    """Most effort first."""
    found: dict[str, list[UnplannedWork]] = {}
    for name, row in pairs:
        found.setdefault(name or "", []).append(row)
    shares = [Share(name, len(rows), total(exact(row.effort) for row in rows)) for name, rows in found.items()]
    return tuple(sorted(shares, key=lambda each: (-each.effort, each.name.casefold())))


def _weeks(rows: Sequence[UnplannedWork], since: date, until: date) -> tuple[Share, ...]:
    """A week a share, from Monday to Sunday, those without any among them; none where nothing came between."""
    if not rows:
        return ()
    monday, found = since - timedelta(days=since.weekday()), []
    while monday <= until:
        mine = [row for row in rows if monday <= row.day < monday + timedelta(days=7)]
        found.append(Share(monday.isoformat(), len(mine), total(exact(row.effort) for row in mine)))
        monday += timedelta(days=7)
    return tuple(found)
