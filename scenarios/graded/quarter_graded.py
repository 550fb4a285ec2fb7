"""A finished quarter graded: four tests, three mixes, what was kept of the plan, odds, askers, deals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scenarios.figures.amounts import exact
from scenarios.figures.figure import total
from scenarios.figures.names import plain_name
from scenarios.graded.adoption import Adoption, adoption_of
from scenarios.graded.calibration import Calibration, calibration_of
from scenarios.graded.kept import Kept, kept_of
from scenarios.graded.plan_odds import item_odds_of, plan_odds_of
from scenarios.graded.rows import GradedItem, QuarterToGrade, rows_until
from scenarios.plan.mix import Mix, mix_of_efforts
from store.records import Slice, State

#: Under so many finished asks nothing is said of an asker's sizes.
LEAST_ASKS = 5


@dataclass(frozen=True)
class Grade:
    """One of the four tests: the finished items that it is true of, with their effort (ew); how many it is known of,
    and of how many it is not known, where it applies."""

    name: str
    items: tuple[GradedItem, ...]
    effort: Fraction
    known: int
    unknown: int


@dataclass(frozen=True)
class Asker:
    """Who asked, of all quarters so far: ``asks`` finished items of which both the claimed size and what they took is
    known. Sizes in ew; ``ratio`` is what they took in all against what was claimed, ``least`` and ``most`` that of
    single ones; None under :data:`LEAST_ASKS`."""

    name: str
    asks: int
    claimed: Fraction
    confirmed: Fraction | None
    took: Fraction
    ratio: Fraction | None
    least: Fraction | None
    most: Fraction | None


@dataclass(frozen=True)
class QuarterGraded:
    """All that is shown. ``rows`` are the items of the quarter, ``waiting`` those of it and of earlier ones of which
    something is not known yet. ``took`` is what was finished, in ew, ``as_estimated`` how many of those nobody counted,
    ``unsized`` of how many there is no figure at all. Odds and askers are of all quarters up to this one."""

    quarter: QuarterToGrade
    rows: tuple[GradedItem, ...]
    took: Fraction
    as_estimated: int
    unsized: int
    grades: tuple[Grade, ...]
    mixes: tuple[tuple[str, Mix], ...]
    kept: Kept | None
    plan_odds: Calibration
    plans_changed: int
    item_odds: Calibration
    askers: tuple[Asker, ...]
    deals: tuple[GradedItem, ...]
    waiting: tuple[GradedItem, ...]
    adoption: tuple[Adoption, ...]

    @property
    def done(self) -> tuple[GradedItem, ...]:
        """What was finished."""
        return tuple(row for row in self.rows if row.done)


#: The tests, by what is true of an item that fails one.
TESTS: tuple[tuple[str, Callable[[GradedItem], bool | None], Callable[[GradedItem], bool]], ...] = (
    ("not in plan at the baseline", lambda row: row.unplanned, lambda row: True),
    ("used by two at most, meant for more", lambda row: row.narrow, lambda row: True),
    ("skipped validation", lambda row: row.unvalidated, lambda row: True),
    ("its deal was not won", lambda row: row.not_won, lambda row: row.deal is not None),
)


def grade_quarter(state: State, quarter: QuarterToGrade) -> QuarterGraded:
    """Grade a quarter by what the record says now."""
    until = rows_until(state, quarter.number)
    rows = tuple(row for row in until if row.outcome.number == quarter.number)
    done = [row for row in rows if row.done]
    plans = plan_odds_of(state, quarter.number)
    return QuarterGraded(
        quarter=quarter,
        rows=rows,
        took=effort_of(done),
        as_estimated=sum(row.took is None and row.effort is not None for row in done),
        unsized=sum(row.effort is None for row in done),
        grades=tuple(_grade(name, done, test, applies) for name, test, applies in TESTS),
        mixes=_mixes(rows, tuple(state.each(Slice))),
        kept=kept_of(rows),
        plan_odds=calibration_of(plans.said),
        plans_changed=plans.changed,
        item_odds=calibration_of(item_odds_of(row.outcome for row in until)),
        askers=_askers(until),
        deals=tuple(row for row in rows if row.deal is not None),
        waiting=tuple(row for row in until if row.done and row.outcome.id > 0 and row.lacks),
        adoption=adoption_of(state, (row.outcome for row in rows if row.outcome.id > 0)),
    )


def effort_of(rows: Iterable[GradedItem]) -> Fraction:
    """What they took in all, in ew; what nobody counted by its estimate."""
    return total(exact(row.effort) for row in rows if row.effort is not None)


def _grade(
    name: str,
    done: Sequence[GradedItem],
    test: Callable[[GradedItem], bool | None],
    applies: Callable[[GradedItem], bool],
) -> Grade:
    found = [(row, test(row)) for row in done if applies(row)]
    failed = tuple(row for row, said in found if said)
    unknown = sum(said is None for _, said in found)
    return Grade(name, failed, effort_of(failed), len(found) - unknown, unknown)


def _mixes(rows: Sequence[GradedItem], slices: Sequence[Slice]) -> tuple[tuple[str, Mix], ...]:
    baseline = [(row, row.baseline_ew) for row in rows if row.outcome.planned]
    last = [(row, row.outcome.ew) for row in rows if row.outcome.became in ("done", "unfinished")]
    took = [(row, row.effort) for row in rows if row.done]
    return tuple(
        (name, _mix(part, slices))
        for name, part in (("baseline", baseline), ("last plan", last), ("what it took", took))
    )


def _mix(rows: Iterable[tuple[GradedItem, float | None]], slices: Iterable[Slice]) -> Mix:
    efforts: dict[str, Fraction] = {}
    for row, ew in rows:
        if ew is not None and row.outcome.slice is not None:
            efforts[row.outcome.slice] = efforts.get(row.outcome.slice, Fraction(0)) + exact(ew)
    return mix_of_efforts(efforts, slices)


def _askers(rows: Iterable[GradedItem]) -> tuple[Asker, ...]:
    """Who asked for what was finished, most asks first."""
    asked: dict[str, list[GradedItem]] = {}
    for row in rows:
        if row.done and row.asked_by.strip() and row.claimed and row.took is not None:
            asked.setdefault(plain_name(row.asked_by), []).append(row)
    return tuple(sorted(map(_asker, asked.values()), key=lambda each: (-each.asks, each.name)))


def _asker(rows: Sequence[GradedItem]) -> Asker:
    claimed = total(exact(row.claimed or 0.0) for row in rows)
    took = total(exact(row.took or 0.0) for row in rows)
    sized = [row.outcome.ew for row in rows]
    confirmed = total(exact(ew) for ew in sized if ew is not None) if all(ew is not None for ew in sized) else None
    ratios = [exact(row.took or 0.0) / exact(row.claimed) for row in rows if row.claimed]
    enough = len(rows) >= LEAST_ASKS
    return Asker(
        rows[0].asked_by.strip(),
        len(rows),
        claimed,
        confirmed,
        took,
        took / claimed if enough else None,
        min(ratios) if enough else None,
        max(ratios) if enough else None,
    )


def promised_and_ended(rows: Iterable[GradedItem]) -> Mapping[str, tuple[int, Fraction, Fraction]]:
    """By how deals ended ("open" where nobody said): their number, what was promised and what was signed, in money."""
    found: dict[str, tuple[int, Fraction, Fraction]] = {}
    for row in rows:
        if row.deal is None:
            continue
        count, promised, signed = found.get(row.deal.outcome or "open", (0, Fraction(0), Fraction(0)))
        found[row.deal.outcome or "open"] = (
            count + 1,
            promised + exact(row.deal.amount or 0.0),
            signed + exact(row.deal.signed or 0.0),
        )
    return found
