"""What is decided of a trade: who, why and when, and one command of it with all that leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from scenarios.figures.sizes import format_ew
from scenarios.plan.departures import Leaving, leavings
from scenarios.plan.plan import Entry
from scenarios.plan.progress import forgotten_left
from scenarios.plan.ranks import below_top
from scenarios.trade.decision_records import line_of
from scenarios.trade.door import Trade
from scenarios.trade.guard import LONGEST, guard, merged
from store.common.errors import Refused
from store.records import Command, Decision, Move, Record, Signature, State, new_id

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: How many characters of a name and of a reason a signature holds.
SIGNED = 200


@dataclass(frozen=True)
class Verdict:
    """Who decided, why, and when; ``signed`` where they sign for a plan below its target."""

    decided_by: str
    because: str
    at: datetime
    signed: bool = False


def settle(trade: Trade, out: Sequence[Entry | Leaving], verdict: Verdict, after: Forecast | None = None) -> Command:
    """The decision as one guarded command: the proposal, what leaves for it, and the record of who and why.

    ``after`` is ``trade.after(out)``, where the caller has it.

    Raises :class:`Refused` where something leaves that may not, or without what hangs on it, and where the odds stay
    below the target and nobody signs with a name and a reason.
    """
    proposal, state = trade.proposal, trade.state
    going = leavings(out)
    if held := trade.held(going):
        raise Refused(held)
    after = trade.after(going) if after is None else after
    if not after.fits:
        if not verdict.signed:
            raise Refused(f"still short {format_ew(sum(after.short.values()))} ew: mark more, or sign for it")
        if not verdict.decided_by.strip() or not verdict.because.strip():
            raise Refused("an over-commit needs a name and a reason")
    kept: list[Record] = _displaced(state.overlay(proposal.command), [each for each in going if each.stays is None])
    gone: list[Record] = []
    for each in going:
        if each.stays is not None:
            smaller, fewer = _cut_down(state, each, each.stays)
            kept += smaller
            gone += fewer
    # What leaves may be among what the proposal changes: of a plan that is restored, for one.
    away = {(row.table, row.id) for row in gone}
    puts = [put for put in merged(proposal.command.puts, kept) if (put.table, put.id) not in away]
    removes = [*proposal.command.removes, *(row for row in gone if row.id > 0)]
    kind = "over-commit" if not after.fits else "accept" if proposal.asks_in and not going else proposal.kind
    decision = Decision(
        id=new_id(),
        quarter_id=state.quarter.id,
        at=verdict.at,
        kind=kind,
        title=proposal.title[:LONGEST],
        item_id=proposal.item_id,
        decided_by=verdict.decided_by,
        because=verdict.because or proposal.because,
        odds_before=trade.before.odds,
        odds_after=after.odds,
    )
    puts.append(decision)
    lines = [*proposal.moves, *map(_left, going)]
    puts += [line.model_copy(update={"decision_id": decision.id}) for line in lines]
    if kind == "over-commit":
        puts.append(
            Signature(
                id=new_id(),
                quarter_id=state.quarter.id,
                decision_id=decision.id,
                # What stands on every screen is short; the decision keeps every word.
                name=verdict.decided_by.strip()[:SIGNED],
                reason=verdict.because.strip()[:SIGNED],
                odds=after.judged,
                at=verdict.at,
            )
        )
    label = proposal.command.label + "".join(
        f", “{each.entry.item.title}” {f'→ {each.becomes}' if each.becomes else 'out'}" for each in going
    )
    command = Command(kind, label, tuple(puts), tuple(removes))
    return guard(state, command, proposal.title, verdict.at, after)


def _displaced(state: State, going: Sequence[Leaving]) -> list[Record]:
    """Their items at the top of what is below the line, in the same order; those that are declined are that."""
    top = below_top(state) - len(going)
    return [
        each.entry.item.model_copy(
            update={"state": "declined" if each.way == "decline" else "below", "rank": top + number}
        )
        for number, each in enumerate(going)
    ]


def _cut_down(state: State, each: Leaving, stays: Entry) -> tuple[list[Record], list[Record]]:
    """What to put and to remove so that an item becomes its smaller version."""
    kept: list[Record] = [] if stays.item == each.entry.item else [stays.item]
    kept += [size if size.id else size.model_copy(update={"id": new_id()}) for size in stays.sizes]
    teams = {size.team_id for size in stays.sizes}
    kept += forgotten_left(state, each.item_id, {size.team_id for size in stays.sizes if size not in each.entry.sizes})
    return kept, [size for size in each.entry.sizes if size.team_id not in teams]


def _left(each: Leaving) -> Move:
    if each.stays is None:
        return line_of(each.entry, "out")
    line = line_of(each.entry, "resized", each.stays.ew)
    return line.model_copy(update={"title": f"{each.entry.item.title} → {each.becomes}"})
