"""What can stand beside the plan on the board: the baseline, the main plan, scenarios, snapshots; frozen or live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from scenarios.compare import Comparison, Side, SinceBaseline, compare, forwards
from scenarios.snapshots import draws_of_frozen, freeze, frozen_of
from store.common.errors import Refused
from store.database.garbage_collection import without_collector
from store.records import Origin, Snapshot, State
from tui.session.plans import Row, plans_of, state_in
from tui.session.session import Session

#: So many snapshots are read before one is chosen.
_AHEAD = 3
Kind = Literal["baseline", "main", "scenario", "snapshot"]
#: What tells a file's content from what it was: times and sizes of the file and of its write-ahead log.
Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Source:
    """One plan besides the one on the board. Of ``path`` and ``snapshot`` one is given: a file lives, a snapshot does
    not change any more."""

    kind: Kind
    name: str
    detail: str = ""
    path: Path | None = None
    snapshot: Snapshot | None = None

    @property
    def key(self) -> tuple[str, str]:
        """By which it is found again."""
        return self.kind, str(self.snapshot.id if self.snapshot else self.path)

    @property
    def label(self) -> str:
        """What it is called, for people."""
        if self.kind in ("scenario", "snapshot"):
            return f"{self.kind} “{self.name}”"
        return self.name

    def stamp(self) -> Stamp:
        """Another one when the plan may have changed; always the same for a snapshot."""
        if self.path is None:
            return ()
        return tuple(_stamp(each) for each in (self.path, self.path.with_name(self.path.name + "-wal")))

    def read(self, session: Session) -> Side:
        """The plan as it is now, on the board's random numbers where they are the same.

        Raises StoreError or Refused where it cannot be read.
        """
        forecast = session.now.forecast
        state = state_in(self.path) if self.path else None
        if self.snapshot is not None:
            frozen = frozen_of(self.snapshot)
        elif state is not None:
            frozen = freeze(state, figures=False)
        else:
            raise AssertionError("a source is a file or a snapshot")
        if frozen.currency not in (None, session.now.state.workspace.currency):
            frozen = frozen.in_amounts_of(session.now.side.frozen)
        kept = self.snapshot.at if self.snapshot is not None else None
        return Side(self.label, frozen, state, forecast.draws, forecast, kept=kept)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@dataclass(frozen=True)
class Sides:
    """The plan on the board among one or two others, as they were when they were read."""

    sources: tuple[Source, ...]
    state: State
    stamps: tuple[Stamp, ...]
    comparison: Comparison

    @property
    def since(self) -> SinceBaseline | None:
        """Where one of them is the baseline: what came in unplanned since, and what it displaced."""
        return next((pair.since for pair in self.comparison.pairs if pair.since), None)

    @property
    def board(self) -> Side:
        """The plan on the board."""
        return self.comparison.pairs[0].own

    def changed(self, session: Session) -> bool:
        """Whether any of the plans may be another one by now."""
        return session.state is not self.state or self.stamps != _stamps(self.sources)


def _stamps(sources: Iterable[Source]) -> tuple[Stamp, ...]:
    return tuple(source.stamp() for source in sources)


def sides_of(session: Session, sources: Sequence[Source]) -> Sides:
    """The plan on the board beside these. Raises StoreError or Refused where one of them cannot be read."""
    state = session.state
    # Before reading: what is written meanwhile is seen at the next look.
    stamps = _stamps(sources)
    with without_collector():
        now = replace(session.now.side, name=name_of(state))
        others = [source.read(session) for source in sources]
        kinds = [source.kind for source in sources]
        baseline = others[kinds.index("baseline")] if "baseline" in kinds else None
        return Sides(tuple(sources), state, stamps, compare(forwards((now, *others)), baseline, now))


def read_ahead(session: Session, sources: Iterable[Source]) -> None:
    """Have read, in a thread, what a comparison with one of these will need; what cannot be read is told when it is
    asked for."""
    _ = session.now.side
    snapshots = [source for source in sources if source.snapshot is not None]
    for source in snapshots[:_AHEAD]:
        with suppress(Refused):
            _ = source.read(session).forecast


def name_of(state: State) -> str:
    """What the plan on the board is called beside others."""
    origin = next(iter(state.all(Origin).values()), None)
    return f"scenario “{origin.name}”, now" if origin else "Main, now"


def unknown_draws(side: Side) -> int:
    """Of how many items the random numbers have to be made yet, at 0.3 ms each."""
    if side.own is not None:
        return 0
    draws = side.draws
    if draws is None or draws_of_frozen(side.frozen, draws) is not draws:
        return len(side.plan.entries)
    known = set(map(id, side.base.plan.entries)) if side.base else set()
    return sum(id(entry) not in known and not draws.has(entry) for entry in side.plan.entries)


# -------------------------------------------------- what there is


def sources_of(session: Session) -> list[Source]:
    """All there is to compare with: the baseline, the main plan, scenarios, then snapshots, newest first."""
    rows = [row for row in plans_of(session).rows if not row.here and not row.trouble]
    baseline = _baseline(session.state)
    found = [source_of(row) for row in rows if baseline is None or row.snapshot is not baseline]
    if baseline is None:
        return found
    at = f"{baseline.at.astimezone():%d %b %H:%M}"
    first = Source(
        "baseline", "the baseline", f"what came in unplanned since {at}, and what it displaced", None, baseline
    )
    return [first, *found]


def source_of(row: Row) -> Source:
    """One row of the list of plans."""
    parts = [f"{row.at.astimezone():%d %b %H:%M}" if row.at else "", row.author, row.note]
    if row.state not in ("", "open", "asked", "draft", "baselined"):
        parts.insert(0, row.state)
    return Source(row.kind, row.name, "  ".join(part for part in parts if part), row.path, row.snapshot)


def _baseline(state: State) -> Snapshot | None:
    """The latest one of the present quarter."""
    found = [
        one for one in state.all(Snapshot).values() if one.kind == "baseline" and one.quarter_id == state.quarter.id
    ]
    return max(found, key=lambda one: one.id, default=None)
