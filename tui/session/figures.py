"""What the screens show of one state: all figures that follow from it."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from scenarios.odds.finished_quarters import draws_of
from scenarios.plan.mix import Mix, mix_of, one_off_ceiling
from scenarios.plan.plan import Entries, Plan, entries_of, plan_of
from scenarios.rules.commitments import given_items, promised_not_in_plan
from scenarios.trade.door import waiting_by_item
from scenarios.trade.guard import standing
from store.records import Customer, Shortfall, Signature, Slice, State
from store.records.negotiation import RightKind, SignedTerms

if TYPE_CHECKING:
    from scenarios.compare import Side
    from scenarios.odds.draws import Draws
    from scenarios.odds.forecast import Forecast
    from scenarios.verdict.exceptions import StandingException


class Figures:
    """All that the screens show of one state; made anew after each change, each part when first asked for."""

    def __init__(self, state: State, draws: Draws | None = None, base: Forecast | None = None) -> None:
        self.state = state
        self._draws = draws
        self._base = base
        #: whether the odds are there; a large plan's are built in a thread when the rows are on screen already
        self.ready = False

    @cached_property
    def draws(self) -> Draws:
        """The common random numbers: those that are known already, else those of the state."""
        return self._draws or draws_of(self.state)

    @cached_property
    def plan(self) -> Plan:
        """The plan of the present quarter."""
        return plan_of(self.state)

    @cached_property
    def forecast(self) -> Forecast:
        """The forecast of the plan, built when first asked for, by whoever asks first."""
        from scenarios.odds.forecast import Forecast

        made = Forecast(self.draws, self.plan, self._base)
        self._base, self.ready = None, True
        return made

    @property
    def built(self) -> Forecast | None:
        """The forecast where it was asked for, else the one that it would be made from: what needs no other work."""
        return self.forecast if self.ready else self._base

    def build(self) -> None:
        """Have the odds built; may be called in a thread."""
        _ = self.forecast.odds

    @cached_property
    def mix(self) -> Mix:
        """The mix of the plan."""
        return self.mix_of(self.plan)

    def mix_of(self, plan: Plan, left: bool = False) -> Mix:
        """The mix of another plan on the same slices, or of what is ``left`` of it."""
        return mix_of(plan.entries, self.state.all(Slice).values(), left)

    @cached_property
    def below(self) -> Entries:
        """The backlog below the line, by rank."""
        return entries_of(self.state, "below")

    @cached_property
    def inbox(self) -> Entries:
        """The requests that wait, oldest first."""
        return entries_of(self.state, "inbox")

    @cached_property
    def standing(self) -> tuple[Signature | None, Shortfall | None]:
        """The signature and the shortfall that stand over the plan."""
        return standing(self.state)

    @cached_property
    def side(self) -> Side:
        """The plan as one side of a comparison; it carries no name yet."""
        from scenarios.compare import side_now

        return side_now(self.state, self.forecast)

    @cached_property
    def exceptions(self) -> tuple[StandingException, ...]:
        """The exceptions that were signed for and stand, those whose review is due first."""
        if not self.state.tables[SignedTerms.table]:
            return ()
        from scenarios.verdict.exceptions import standing_of

        return standing_of(self.state, date.today())

    @cached_property
    def signed(self) -> dict[int, tuple[RightKind, ...]]:
        """By item id, the exceptions that stand about it."""
        found: dict[int, tuple[RightKind, ...]] = {}
        for row in self.exceptions:
            if row.terms.item_id is not None:
                found[row.terms.item_id] = (*found.get(row.terms.item_id, ()), row.terms.right)
        return found

    @cached_property
    def waiting(self) -> dict[int, tuple[Customer, ...]]:
        """Who waits, by item id."""
        return waiting_by_item(self.state)

    @cached_property
    def promised(self) -> frozenset[int]:
        """The items that were promised to somebody, by id."""
        return given_items(self.state)

    @cached_property
    def promised_not_in_plan(self) -> int:
        """How many promises are for what is neither in plan nor done."""
        return len(promised_not_in_plan(self.state)) if self.promised else 0

    @cached_property
    def slices(self) -> tuple[Slice, ...]:
        """The slices, in their order."""
        return tuple(sorted(self.state.all(Slice).values(), key=lambda part: (part.position, part.id)))

    @property
    def one_off_ceiling(self) -> float:
        """The most that one-offs should take, 0..1."""
        return one_off_ceiling(self.slices) or 0.10
