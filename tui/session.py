"""What is on screen now: one object holds the workspace, its state and the figures that follow from it."""

from __future__ import annotations

from functools import cached_property

from scenarios.door import forecast_of, guard, standing, waiting_by_item
from scenarios.history import draws_of
from scenarios.mix import Mix, mix_of
from scenarios.odds import Draws, Forecast
from scenarios.plan import Entry, Plan, entries_of, plan_of
from store.records import Applied, Change, Command, Customer, Shortfall, Signature, Slice, State
from store.workspace import Workspace

#: From this many new rows of draws on (0.3 ms each), the odds are built in a thread.
HEAVY = 100


class Figures:
    """All that the screens show of one state; made anew after each change, each part when first asked for."""

    def __init__(self, state: State, draws: Draws, base: Forecast | None = None) -> None:
        self.state = state
        self.draws = draws
        self._base = base
        #: whether the odds are there; a large plan's are built in a thread when the rows are on screen already
        self.ready = False

    @cached_property
    def plan(self) -> Plan:
        """The plan of the present quarter."""
        return plan_of(self.state)

    @cached_property
    def forecast(self) -> Forecast:
        """The forecast of the plan, built when first asked for, by whoever asks first."""
        made = Forecast(self.draws, self.plan, self._base)
        self._base, self.ready = None, True
        return made

    def build(self) -> None:
        """Have the odds built; may be called in a thread."""
        _ = self.forecast.odds

    @cached_property
    def mix(self) -> Mix:
        """The mix of the plan."""
        return self.mix_of(self.plan)

    def mix_of(self, plan: Plan) -> Mix:
        """The mix of another plan on the same slices."""
        return mix_of(plan.entries, self.state.all(Slice).values())

    @cached_property
    def below(self) -> list[Entry]:
        """The backlog below the line, by rank."""
        return entries_of(self.state, "below")

    @cached_property
    def inbox(self) -> list[Entry]:
        """The requests that wait, oldest first."""
        return entries_of(self.state, "inbox")

    @cached_property
    def standing(self) -> tuple[Signature | None, Shortfall | None]:
        """The signature and the shortfall that stand over the plan."""
        return standing(self.state)

    @cached_property
    def waiting(self) -> dict[int, tuple[Customer, ...]]:
        """Who waits, by item id."""
        return waiting_by_item(self.state)

    @cached_property
    def slices(self) -> tuple[Slice, ...]:
        """The slices, in their order."""
        return tuple(sorted(self.state.all(Slice).values(), key=lambda part: (part.position, part.id)))

    @property
    def one_off_ceiling(self) -> float:
        """The most that one-offs should take, 0..1."""
        return next((part.ceiling / 100 for part in self.slices if part.letter == "O" and part.ceiling), 0.10)


class Session:
    """The way of a change: a command is guarded, written as one transaction, followed in memory, and shown."""

    def __init__(self, workspace: Workspace, chosen: str = "") -> None:
        """``chosen`` says how the workspace's file was chosen, for people."""
        self.workspace = workspace
        self.chosen = chosen
        self.state = workspace.load()
        self.draws = draws_of(self.state)
        self.now = Figures(self.state, self.draws)
        self._prepared: Forecast | None = None
        if not self.heavy(self.now.plan):
            self.now.build()

    def heavy(self, plan: Plan) -> bool:
        """Whether the odds of a plan would take so long to build that a key press would be felt to hang."""
        return sum(not self.draws.has(entry) for entry in plan.entries) > HEAVY

    def warm(self, plan: Plan) -> None:
        """Build the odds of a plan that a change leads to, so that the change is quick; meant for a thread."""
        self._prepared = Forecast(self.draws, plan, self.now.forecast)

    def plan_after_undo(self, *, redo: bool = False) -> Plan | None:
        """The plan as undo (or redo) of a large change would leave it; None where it is no large one."""
        event = self.workspace.redo_event() if redo else self.workspace.undo_event()
        changes = self.workspace.changes(event.seq) if event else []
        if len(changes) < HEAVY:
            return None
        later = State({name: dict(rows) for name, rows in self.state.tables.items()})
        later.apply(Change(each.table, each.id, each.after, each.before) for each in reversed(changes))
        return plan_of(later)

    @property
    def plan_or_backlog(self) -> bool:
        """Whether there is any item to show."""
        return bool(self.now.plan.entries or self.now.below or self.now.inbox)

    def commit(self, command: Command, cause: str = "") -> Applied | None:
        """Write a command; None where it is empty. Raises StoreError where it cannot be written."""
        if command.empty:
            return None
        base = self._prepared or self.now.forecast
        later = self.state.overlay(command)
        after = forecast_of(later, draws_of(later, self.draws), base)
        self._prepared = after
        return self._follow(self.workspace.apply(guard(self.state, command, cause or command.label, None, after)))

    def undo(self) -> Applied | None:
        """Take back the latest change; None where there is none."""
        return self._follow(self.workspace.undo())

    def redo(self) -> Applied | None:
        """Bring back what was undone last; None where there is nothing."""
        return self._follow(self.workspace.redo())

    def reload(self) -> None:
        """Read everything anew, after a refusal because somebody else changed it."""
        self.state = self.workspace.load()
        self._look_again()

    def _follow(self, applied: Applied | None) -> Applied | None:
        if applied is not None:
            self.state.apply(applied.changes)
            self._look_again()
        return applied

    def _look_again(self) -> None:
        """All figures of the present state; on new draws where the record of finished quarters says otherwise now."""
        self.draws = draws_of(self.state, self.draws)
        base, self._prepared = self._prepared or self.now.forecast, None
        self.now = Figures(self.state, self.draws, base)
        self.now.build()
