"""One look at a file: its table, what its columns are taken for, and what importing it would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from store.common.errors import StoreError
from store.database.garbage_collection import without_collector
from store.database.watch import StoppedError, Watch
from store.imports.errors import ImportOptionError, RateNeededError, RateUnit, UnitNeededError
from store.imports.guesses import Guess, guess_columns
from store.imports.mappings import mapping_for
from store.imports.memory import Memory
from store.imports.merge import plan_import, rates_of
from store.imports.reader import read_table
from store.imports.report import ImportPlan
from store.imports.table import Table
from store.records import State
from tui.imports.draft import ImportDraft
from tui.imports.places import on_screen


@dataclass(frozen=True)
class Look:
    """What was found of a draft on a state of the workspace.

    Where there is no ``plan``, ``trouble`` is the sentence that says why; ``lacks`` is the rate that it needs, or that
    a column of estimates needs its unit.
    """

    draft: ImportDraft
    state: State
    #: the last event that the state knows of
    seq: int
    table: Table | None = None
    guesses: tuple[Guess, ...] = ()
    plan: ImportPlan | None = None
    trouble: str = ""
    lacks: RateUnit | Literal["unit"] | None = None


def look_at(draft: ImportDraft, state: State, memory: Memory, watch: Watch, before: Look | None = None) -> Look:
    """Read the file, unless ``before`` has its table, and plan the import. Raises StoppedError where it is stopped.

    The draft of what is returned may have got a saved mapping that was made on such a file.
    """
    with without_collector():
        return _look_at(draft, state, memory, watch, before)


def _look_at(draft: ImportDraft, state: State, memory: Memory, watch: Watch, before: Look | None) -> Look:
    seq = state.seq
    try:
        table = before.table if before is not None and before.draft.reads == draft.reads else None
        if table is None:
            table = _read(draft, watch)
        if draft.fresh and (found := mapping_for(table.header)) is not None:
            once = draft.reads
            draft = draft.began_with(*found)
            table = table if draft.reads == once else _read(draft, watch)
    except StoppedError:
        raise
    except StoreError as error:
        return Look(draft, state, seq, trouble=on_screen(str(error)))
    try:
        plan = plan_import(state, table, draft.options, memory, watch)
    except StoppedError:
        raise
    except StoreError as error:
        words, lacks = _trouble(error)
        return Look(draft, state, seq, table, _guesses(table, draft, state), trouble=words, lacks=lacks)
    return Look(draft, state, seq, table, plan.columns, plan)


def _guesses(table: Table, draft: ImportDraft, state: State) -> tuple[Guess, ...]:
    """What the columns are taken for where there is no plan that says so."""
    try:
        return guess_columns(table, draft.options.columns, draft.options, rates_of(state, draft.options))
    except ImportOptionError:
        return guess_columns(table)


def _trouble(error: StoreError) -> tuple[str, RateUnit | Literal["unit"] | None]:
    """Why there is no plan, in words, and which rate or unit it lacks."""
    if isinstance(error, RateNeededError):
        return _rate_words(error), error.unit
    if isinstance(error, UnitNeededError):
        words = f"Column {error.column} does not say what its numbers count: take it for points, hours, days or weeks."
        return words, "unit"
    return on_screen(str(error)), None


def _read(draft: ImportDraft, watch: Watch) -> Table:
    mapping = draft.mapping
    return read_table(
        draft.path,
        delimiter=mapping.delimiter or None,
        encoding=mapping.encoding or None,
        format=mapping.format or None,
        sheet=mapping.sheet or None,
        header_line=mapping.header_line or None,
        watch=watch,
    )


def _rate_words(needed: RateNeededError) -> str:
    unit = "story points" if needed.unit == "points" else "hours"
    return (
        f"The estimates in column {needed.column} are in {unit}: how many {unit} are one engineer-week? "
        f"Say so in “{needed.unit} to an ew”; it is remembered for the next import."
    )
