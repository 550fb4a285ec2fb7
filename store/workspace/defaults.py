"""What a fresh workspace holds: the quarter that comes next, the five slices, the usual rules and sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from store.common.text import clean
from store.records import (
    RECORDS,
    Command,
    Quarter,
    Record,
    RuleField,
    Shirt,
    Slice,
    SliceRule,
    State,
    WorkspaceInfo,
)
from store.records.plan import EDITION

#: letter, name, who speaks for it, aim, floor, ceiling
SLICES: tuple[tuple[str, str, str, float, float | None, float | None], ...] = (
    ("F", "Features", "marketing & sales", 50, None, None),
    ("I", "Infrastructure & -ilities", "engineering", 20, None, None),
    ("Q", "Quality & debt", "support", 15, None, None),
    ("D", "Discovery & validation", "product", 10, 10, None),
    ("O", "One-offs", "executives", 5, None, 10),
)
#: imported field, its value, the slice that it means; the first that matches counts
RULES: tuple[tuple[RuleField, str, str], ...] = (
    ("label", "one-off", "O"),
    ("label", "customer", "O"),
    ("type", "bug", "Q"),
    ("type", "defect", "Q"),
    ("type", "technical debt", "Q"),
    ("type", "tech debt", "Q"),
    ("label", "tech-debt", "Q"),
    ("type", "spike", "D"),
    ("type", "research", "D"),
    ("label", "discovery", "D"),
    ("label", "infrastructure", "I"),
    ("label", "security", "I"),
    ("label", "performance", "I"),
    ("label", "platform", "I"),
)
#: letter, low, likely, high in engineer-weeks
SHIRTS = (("S", 0.5, 1.0, 2.0), ("M", 1.5, 3.0, 5.0), ("L", 4.0, 6.0, 10.0), ("XL", 8.0, 12.0, 20.0))
TARGET = 0.70
#: What starts all draws, the same everywhere: the same backlog in two fresh workspaces has the same odds.
SEED = 2027


def next_quarter(today: date) -> tuple[str, date, date]:
    """The calendar quarter after the one of ``today``: its name, first and last day."""
    index = today.year * 4 + (today.month - 1) // 3 + 1
    starts, after = (date(i // 4, i % 4 * 3 + 1, 1) for i in (index, index + 1))
    return f"Q{index % 4 + 1} {index // 4}", starts, after - timedelta(days=1)


def name_of_fresh(path: Path) -> str:
    """What a fresh workspace in this file is called."""
    return clean(path.stem)[:200] or "workspace"


def beginning(name: str, today: date, seed: int = SEED) -> Command:
    """The command that fills a fresh workspace."""
    quarter, starts, ends = next_quarter(today)
    records: list[Record] = [
        WorkspaceInfo(id=-1, name=name, seed=seed, edition=EDITION),
        Quarter(id=-2, name=quarter, starts=starts, ends=ends, target=TARGET),
    ]
    records += [
        Slice(id=-10 - at, letter=letter, name=full, owner=owner, aim=aim, floor=floor, ceiling=ceiling, position=at)
        for at, (letter, full, owner, aim, floor, ceiling) in enumerate(SLICES)
    ]
    records += [
        SliceRule(id=-100 - at, field=field, value=value, slice=letter, position=at)
        for at, (field, value, letter) in enumerate(RULES)
    ]
    records += [
        Shirt(id=-200 - at, letter=letter, low=low, likely=likely, high=high, position=at)
        for at, (letter, low, likely, high) in enumerate(SHIRTS)
    ]
    return Command("create", "New workspace", puts=tuple(records))


def in_fresh(command: Command, planned: State, made: State) -> Command | None:
    """A command that was planned for a workspace before there was one, for the one that was made since.

    ``planned`` is what :func:`beginning` would write. None where ``made`` holds anything else.
    """
    real: dict[tuple[str, int], Record] = {}
    for kind in RECORDS:
        # The store hands out ids in the order of the command, which counts down.
        ours = sorted(planned.all(kind).values(), key=lambda record: -record.id)
        theirs = list(made.each(kind))
        if len(ours) != len(theirs):
            return None
        for one, other in zip(ours, theirs, strict=True):
            if one.model_copy(update={"id": other.id, "rev": other.rev}) != other:
                return None
            real[kind.table, one.id] = other
    # Most of a large command are and point to nothing that a fresh workspace has.
    tables = {table for table, _ in real}
    concerned = {kind for kind in RECORDS if not tables.isdisjoint((kind.table, *kind.links.values()))}
    return replace(
        command,
        puts=tuple(_settled(record, real) if type(record) in concerned else record for record in command.puts),
        removes=tuple(_settled(record, real) for record in command.removes),
    )


def _settled(record: Record, real: Mapping[tuple[str, int], Record]) -> Record:
    """The record with the ids that the workspace has for what it is and points to."""
    update: dict[str, int] = {}
    if here := real.get((record.table, record.id)):
        update |= {"id": here.id, "rev": here.rev}
    for column, table in record.links.items():
        if target := real.get((table, getattr(record, column))):
            update[column] = target.id
    return record.model_copy(update=update) if update else record
