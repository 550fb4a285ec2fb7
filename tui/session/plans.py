"""The main plan, its scenarios and its snapshots, as one list; and the odds of those that are not on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from scenarios.odds.finished_quarters import draws_of
from scenarios.trade.door import forecast_of
from store.common.errors import Refused, StoreError
from store.database.places import scenarios_folder
from store.records import Origin, Scenario, Snapshot, State
from store.workspace.scenario_files import closing_of, listed
from store.workspace.workspace import Workspace
from tui.session.main_and_scenarios import elsewhere, main_path, write_to_main
from tui.session.session import Session

Kind = Literal["main", "scenario", "snapshot"]


@dataclass(frozen=True)
class Row:
    """One plan. ``path`` is its file's, None for a snapshot; ``trouble`` says why it cannot be opened."""

    kind: Kind
    name: str
    path: Path | None = None
    at: datetime | None = None
    author: str = ""
    note: str = ""
    #: open, taken, closed, not listed; or what a snapshot was taken for
    state: str = ""
    here: bool = False
    trouble: str = ""
    #: who else is there
    people: tuple[str, ...] = ()
    scenario: Scenario | None = None
    snapshot: Snapshot | None = None

    @property
    def key(self) -> tuple[str, str]:
        """By which the row is found again in another list."""
        return self.kind, str(self.snapshot.id if self.snapshot else self.path)


@dataclass(frozen=True)
class Plans:
    """All of them, and the main workspace as it is now."""

    rows: tuple[Row, ...]
    #: the main workspace's file and what is in it; None where it is not there
    main: Path | None
    state: State | None
    trouble: str = ""

    def find(self, key: tuple[str, str]) -> int:
        """The number of a row; 0 where it is gone."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), 0)


def plans_of(session: Session) -> Plans:
    """Everything there is, read now; scenarios that were taken or closed come after those that are open."""
    origin = next(iter(session.state.all(Origin).values()), None)
    own = session.workspace.path.absolute()
    people: dict[Path, list[str]] = {}
    for path, seat in elsewhere(session):
        people.setdefault(path.absolute(), []).append(seat.name)
    rows: list[Row] = []
    main: Path | None = None
    state: State | None = None
    trouble = ""
    try:
        main = main_path(session)
        state = session.state if origin is None else state_in(main)
    except StoreError as error:
        trouble = str(error)
    rows.append(
        Row(
            "main",
            "Main",
            main,
            here=origin is None,
            trouble=trouble,
            state=state.quarter.state if state else "",
            people=tuple(people.get(main.absolute(), ())) if main else (),
        )
    )
    if main is not None and state is not None:
        found = sorted(listed(main, state), key=lambda one: one.state in ("taken", "closed"))
        for one in found:
            row = one.scenario
            rows.append(
                Row(
                    "scenario",
                    one.name,
                    one.path,
                    row.at if row else None,
                    row.author if row else "",
                    row.note if row else "",
                    one.state,
                    one.path.absolute() == own,
                    one.trouble,
                    tuple(people.get(one.path.absolute(), ())),
                    row,
                )
            )
    elif origin is not None:
        rows.append(Row("scenario", origin.name, session.workspace.path, origin.at, here=True, state="open"))
    rows += _snapshots(session.state)
    return Plans(tuple(rows), main, state, trouble)


def _snapshots(state: State) -> Sequence[Row]:
    """Newest first."""
    return [
        Row("snapshot", one.name, None, one.at, one.author, one.note, one.kind, snapshot=one)
        for one in sorted(state.all(Snapshot).values(), key=lambda one: -one.id)
    ]


def state_in(path: Path) -> State:
    """What is in a workspace's file now. Raises StoreError where it cannot be read."""
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.load()


def odds_of(plans: Plans, session: Session, row: Row) -> float | None:
    """The odds of a plan; None where it cannot be read. What it draws is shared with the plan on screen."""
    if row.here:
        return session.now.forecast.odds
    if row.trouble:
        return None
    if row.snapshot is not None:
        return _odds_then(row.snapshot, session)
    try:
        state = plans.state if row.kind == "main" else state_in(row.path) if row.path else None
    except StoreError:
        return None
    return None if state is None else forecast_of(state, draws_of(state, session.draws), session.now.forecast).odds


def _odds_then(snapshot: Snapshot, session: Session) -> float | None:
    from scenarios.snapshots import frozen_of

    try:
        figures = frozen_of(snapshot).figures
    except Refused:
        return None
    return figures.odds if figures is not None else None


def close_scenario(session: Session, main: Path, row: Row) -> str:
    """Have the main plan list a scenario as closed; its file stays. Returns what there is to say.

    Raises Refused where it is not listed, StoreError where it cannot be written.
    """
    folder = scenarios_folder(main)
    if row.scenario is None:
        raise Refused(f"the main plan does not list “{row.name}”: its file is in {folder}")
    already = row.scenario.state == "closed"
    if not already:
        write_to_main(session, main, closing_of(row.scenario))
    return f"“{row.name}” is closed{' already' if already else ''}; its file is kept in {folder}"
