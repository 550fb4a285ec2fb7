"""What the capacity screen tries out together: people and target, aims, and the reasons; one step at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scenarios.capacity.draft import CapacityDraft, propose_people
from scenarios.capacity.draft_resumption import drafted_again, steps_of
from scenarios.figures.teams import teams_of
from scenarios.plan.aims import Aims, moved_words
from scenarios.plan.progress import moment_of
from scenarios.trade.door import Proposal
from scenarios.working_time.teams import stored_net
from store.common.errors import Refused
from store.records import Command, Slice, State

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast


@dataclass(frozen=True)
class Changes:
    """A value: people, capacity and target as a draft, the aims, and the reasons that were given."""

    draft: CapacityDraft
    aims: Aims
    reasons: tuple[str, ...] = ()

    @classmethod
    def none(cls, state: State) -> Changes:
        """Everything as it is stored."""
        return cls(CapacityDraft(state), Aims.of(in_order(state)))

    def with_draft(self, draft: CapacityDraft) -> Changes:
        """The same with another draft."""
        return replace(self, draft=draft)

    def with_reason(self, reason: str) -> Changes:
        """The same with one reason instead of those that were given."""
        return replace(self, reasons=(reason.strip(),) if reason.strip() else ())

    @property
    def any(self) -> bool:
        """Whether anything is another than it is stored."""
        return bool(self.draft.steps and not self.draft.empty) or bool(self.aims.changed)

    @property
    def reason(self) -> str:
        """All reasons, each once."""
        return "; ".join(dict.fromkeys(filter(None, self.reasons)))

    @property
    def labels(self) -> tuple[str, ...]:
        """What was done, step by step."""
        words = self.aims_words
        return (*(step.label for step in self.draft.steps), *((words,) if words else ()))

    @property
    def aims_words(self) -> str:
        """The aims that are other ones, ``aims F 50 → 55, I 20 → 15``; empty where none is."""
        return moved_words(self.aims.slices, self.aims.changed)

    def after(self, forecast: Forecast) -> Forecast:
        """The forecast with them, of the plan that ``forecast`` is of."""
        state, known = self.draft.state, {team.id for team in forecast.plan.teams}
        new = [team for team in teams_of(state) if team.id not in known]
        target, target_for = state.quarter.target, state.quarter.target_for
        return forecast.with_capacity(stored_net(state), target, new, target_for, moment_of(state))

    def asked(self, state: State) -> Proposal | Command | None:
        """What to ask of the present state: a proposal for the door, a plain change where only aims move, or nothing.

        Raises Refused where what they change is another by now: see :meth:`again`.
        """
        slices = self.aims.changed
        if self.draft.empty:
            return Command("aims", self.aims_words, slices) if slices else None
        proposal = propose_people(state, self.draft, self.reason)
        if not slices:
            return proposal
        command = proposal.command
        label = f"{command.label}, {self.aims_words}"
        command = replace(command, label=label, puts=(*command.puts, *slices))
        return replace(proposal, title=label, command=command)

    def kept(self) -> str:
        """All of it as JSON."""
        aims = {part.letter: part.aim for part in self.aims.changed}
        return json.dumps({"steps": steps_of(self.draft), "aims": aims, "reasons": list(self.reasons)})

    def again(self, state: State) -> tuple[Changes, tuple[str, ...]]:
        """The same on another state, and what of it is lost, by name."""
        return drafted(state, self.kept())


def drafted(state: State, kept: str) -> tuple[Changes, tuple[str, ...]]:
    """What :meth:`Changes.kept` wrote, on this state, and what of it is lost. Raises Refused where it is no draft."""
    try:
        content = json.loads(kept)
        steps, wanted, reasons = content["steps"], content["aims"], content["reasons"]
        found = drafted_again(state, [step for step in steps if isinstance(step, dict)])
        aims = Aims.of(in_order(state))
        again = _aims_again(aims, wanted) if wanted else aims
        said = tuple(str(reason)[:2_000] for reason in reasons)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused("that is not a draft of capacity") from error
    lost = found.lost if again is not None else (*found.lost, "the aims")
    return Changes(found.draft, again or aims, said), lost


def _aims_again(aims: Aims, wanted: Mapping[str, Any]) -> Aims | None:
    """The aims moved as before; None where they would not add up with what others made of them."""
    later = [part.model_copy(update={"aim": float(wanted.get(part.letter, part.aim))}) for part in aims.slices]
    if not all(0 <= part.aim <= 100 for part in later) or not wanted.keys() <= aims.steps.keys():
        return None
    moved = Aims.of(later)
    return None if moved.off else replace(moved, slices=aims.slices)


def in_order(state: State) -> list[Slice]:
    """The slices in their order."""
    return sorted(state.all(Slice).values(), key=lambda part: (part.position, part.id))
