"""The portfolio mix as a table: shares beside aims, floors and ceilings, and which of them do not hold."""

from __future__ import annotations

from scenarios.figures.amounts import exact, percent, share_percent
from scenarios.plan.mix import Mix
from store.common.sheets import Cell, Column, Sheet
from store.records import Slice, State

COLUMNS = (
    Column("slice", "text", True, 6),
    Column("name", "text", True, 28),
    Column("owner", "text", True, 18),
    Column("effort (ew)", "ew", True, 10),
    Column("share", "share", True, 8),
    Column("aim", "share", True, 8),
    Column("floor", "share", True, 8),
    Column("ceiling", "share", True, 8),
    Column("bound", "text", True, 16),
)


def mix_sheet(state: State, mix: Mix) -> Sheet:
    """A row a slice; shares are of planned effort, 0..1."""
    found = {part.letter: part for part in state.all(Slice).values()}
    rows: list[tuple[Cell, ...]] = []
    for part in mix.slices:
        bounds = found.get(part.letter)
        floor = None if bounds is None or bounds.floor is None else bounds.floor / 100
        ceiling = None if bounds is None or bounds.ceiling is None else bounds.ceiling / 100
        word = _bound(part.share, floor, ceiling) if any(each.ew for each in mix.slices) else ""
        rows.append((part.letter, part.name, part.owner, part.ew, part.share, part.aim, floor, ceiling, word))
    about = "A row a slice; shares are of planned effort."
    return Sheet("mix", "Portfolio mix", COLUMNS, tuple(rows), about=about)


def broken_bounds(state: State, mix: Mix) -> tuple[str, ...]:
    """As ``D Discovery & validation, 6%, is below its floor of 10%``: of a plan that has something in it."""
    found = []
    for letter, name, _, _, share, _, floor, ceiling, word in mix_sheet(state, mix).rows:
        if word:
            bound = floor if word == "below its floor" else ceiling
            held = _float(bound)
            found.append(f"{letter} {name}, {percent(_float(share), held)}, is {word} of {share_percent(held)}")
    return tuple(found)


def _bound(share: float, floor: float | None, ceiling: float | None) -> str:
    if floor is not None and exact(share) < exact(floor):
        return "below its floor"
    return "above its ceiling" if ceiling is not None and exact(share) > exact(ceiling) else ""


def _float(cell: Cell) -> float:
    return cell if isinstance(cell, float) else 0.0
