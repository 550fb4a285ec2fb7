"""The plain changes of the small tables: aims, slice rules, T-shirts, units of an import, the quarter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scenarios.capacity.draft_changes import in_order
from scenarios.figures.readers import day_in, number_in
from scenarios.figures.sizes import format_range, shirts_of
from scenarios.plan.aims import total_words, write_aims
from scenarios.quarter.tables import (
    Rule,
    range_of_shirt,
    read_shirts,
    rules_in_order,
    rules_of,
    write_quarter,
    write_rates,
    write_rules,
    write_shirts,
)
from scenarios.working_time.teams import capacity_of
from store.records import Command, State
from tui.forms.fields import Values
from tui.forms.plain_change import Ask, PlainChange, shown

if TYPE_CHECKING:
    from tui.session.figures import Figures

# ------------------------------------------------------------------ aims


def aims_of(state: State) -> PlainChange:
    """A field for each slice, in percent of planned effort; together they are exactly 100."""
    slices = in_order(state)

    def aims(values: Values) -> dict[str, float]:
        given = {part.letter: number_in(values, f"aim-{part.id}") for part in slices}
        return {letter: aim for letter, aim in given.items() if aim is not None}

    return PlainChange(
        "aims",
        tuple(
            Ask(
                f"aim-{part.id}",
                f"{part.letter} {part.name}",
                part.letter,
                part.owner,
                kind="number",
                needed=f"an aim in percent, as {part.letter}=55",
            )
            for part in slices
        ),
        lambda now, record, values: write_aims(in_order(now.state), aims(values)),
        "Aims of the slices, in percent of planned effort",
        start=lambda now, record: {f"aim-{part.id}": shown(part.aim) for part in in_order(now.state)},
        follow=lambda now, record, values: total_words(sum(aims(values).values())),
        done="aims changed",
        pairs=("slice", "F=55", "a slice, by letter or name, and its aim"),
    )


# ------------------------------------------------------------------ tables by lines


def _letters(state: State) -> set[str]:
    return {part.letter for part in in_order(state)}


def _rules(now: Figures, record: int | None) -> Values:
    rules = [Rule(row.field, row.value, row.slice) for row in rules_in_order(now.state)]
    return {"rules": "\n".join(rule.words for rule in rules)}


def _shirts(now: Figures, record: int | None) -> Values:
    shirts = shirts_of(now.state)
    return {"shirts": "\n".join(f"{shirt.letter} {format_range(range_of_shirt(shirt))}" for shirt in shirts)}


RULES = PlainChange(
    "slices",
    (
        Ask(
            "rules",
            "rule=slice",
            "rules",
            help="type, label or component, what it reads, and the slice's letter; empty: the rule is removed",
            kind="lines",
        ),
    ),
    lambda now, record, values: write_rules(now.state, rules_of(values["rules"], _letters(now.state))),
    "Which type, label or component means which slice",
    lambda now, record: (
        f"A line each, the first that matches wins: type bug = Q. Slices: {' '.join(sorted(_letters(now.state)))}."
    ),
    start=_rules,
    done="slice rules changed",
)

SHIRTS = PlainChange(
    "shirts",
    (
        Ask(
            "shirts",
            "shirt=size",
            "shirts",
            help="low-likely-high in engineer-weeks; empty: it is removed",
            kind="lines",
        ),
    ),
    lambda now, record, values: write_shirts(now.state, read_shirts(values["shirts"])),
    "T-shirt sizes",
    "A line each, in engineer-weeks: M 1.5-3-5. The first letter is the key that takes it.",
    start=_shirts,
    done="T-shirt sizes changed",
)


# ------------------------------------------------------------------ units, the quarter


def _rates(now: Figures, record: int | None) -> Values:
    info = now.state.workspace
    return {"points": shown(info.points_per_ew), "hours": shown(info.hours_per_ew)}


RATES = PlainChange(
    "rates",
    (
        Ask("points", "points to an ew", "points", kind="number"),
        Ask("hours", "hours to an ew", "hours", kind="number"),
    ),
    lambda now, record, values: write_rates(now.state, number_in(values, "points"), number_in(values, "hours")),
    "Units of an import",
    "Used by the next import.",
    start=_rates,
    done="units changed",
    pairs=("unit", "points=8", "points or hours to an engineer-week; empty: not known"),
)


def _quarter(now: Figures, record: int | None) -> Values:
    return {name: str(getattr(now.state.quarter, name)) for name in ("name", "starts", "ends")}


def _write_quarter(now: Figures, record: int | None, values: Values) -> Command:
    return write_quarter(now.state, values["name"], day_in(values, "starts"), day_in(values, "ends"))


def differing(state: State) -> list[str]:
    """The teams whose stored net capacity is another than what their people give."""
    teams = capacity_of(state).teams.values()
    return [f"{each.team.name}: {each.differs}" for each in teams if each.differs]


def _differing_by(state: State, command: Command) -> Sequence[str]:
    return differing(state.overlay(command)) if not command.empty else ()


QUARTER = PlainChange(
    "quarter",
    (
        Ask("name", "name", "--name", help="what it is called"),
        Ask("starts", "first day", "--starts", help="its first day, as 2027-01-04", kind="day"),
        Ask("ends", "last day", "--ends", help="its last day, included", kind="day"),
    ),
    _write_quarter,
    "The quarter",
    start=_quarter,
    warn=_differing_by,
    done="quarter changed",
)

TABLES = (RULES, SHIRTS, RATES, QUARTER)
