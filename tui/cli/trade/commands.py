"""``makeroom add``, ``trade``, ``swaps``, ``drop``, ``capacity`` and the other commands that decide.

They go through the same door as the app: what does not fit is said, with the best swaps and exit code 1, and nothing
is taken in silence.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios.capacity.team_changes import propose_teams
from scenarios.figures.money import money_of
from scenarios.figures.names import TEAM, exactly, team_named
from scenarios.figures.readers import day_of, needed_number
from scenarios.figures.sizes import parse_size, range_of
from scenarios.figures.targets import target_words
from scenarios.figures.teams import teams_of
from scenarios.plan.plan import entry_of
from scenarios.requests import intake
from scenarios.requests.card import confirming
from scenarios.requests.quick_add import RequestDraft, asks_whose, parse_line
from scenarios.rules.one_offs import PurseError
from scenarios.trade import changes
from scenarios.trade.door import Trade
from scenarios.trade.guard import Guarded
from scenarios.trade.proposals import propose_item, propose_settling, propose_sizes
from scenarios.trade.undo_words import with_it
from scenarios.verdict.settlement import RoomDecision, asked_in, fill_unsigned, filled_for, received_with
from scenarios.verdict.signatures import NeededSignature
from store.common.errors import Refused, refused_about
from store.common.team_names import NamedTeam, read_team
from store.common.text import many
from store.records import Command, Customer, Item, Record, Shirt, Size, Slice, State, Team
from tui.cli import plan_outputs
from tui.cli.plain_change import decide
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.trade.door import Way, report, say_outcome, settled_by, short_words, through_the_door
from tui.cli.trade.earlier_asks import asked_already, tell_earlier
from tui.cli.trade.signatures import unsigned
from tui.cli.workspace import desk, find_item
from tui.drawing.words import arrow, filled_words

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: What a request's place in the line may be.
_WAITING = ("inbox", "below", "declined")


def add(arguments: argparse.Namespace) -> int:
    """A request in one line; it goes in where it fits, else it waits in the inbox until a swap is chosen."""
    way = Way.of(arguments)
    with desk(arguments, write=True, create=True) as session:
        state = session.state
        shirts = sorted(state.all(Shirt).values(), key=lambda shirt: shirt.position)
        teams = teams_of(state)
        slices, accounts = state.all(Slice).values(), state.all(Customer).values()
        owners = (item.owner for item in state.each(Item) if item.owner)
        draft = parse_line(arguments.request, slices, teams, shirts, accounts, owners)
        draft = _told(draft, arguments)
        if not draft.title.strip():
            raise Refused("a request needs a title: makeroom add 'Acme audit log ~2-3-5.5 #oneoff >Acme'")
        if draft.unknown and not arguments.json:
            say(f"kept in the title, since they name no field: {' '.join(short(word) for word in draft.unknown)}")
        before = session.now.forecast
        waiting = asked_already(session.now, draft)
        tell_earlier(arguments, state, draft, waiting)
        if waiting is None and draft.size is None and way.asked:
            raise Refused(f"“{short(draft.title)}” has no size, so nothing can give way to it: write one, as ~2-3-5.5")
        if waiting is None and asks_whose(draft, slices) and not arguments.json:
            say(f"in slice F: {short(draft.customer)} waits for it; #oneoff says that only they would use it")
        if waiting is None:
            request = intake.receive(state, draft)
            joined = _joined(state, request, before, way) if not arguments.inbox else None
            applied = session.commit(joined or request)
            if applied is None:
                raise AssertionError("a request writes something")
            item_id = next(applied.ids[put.id] for put in request.puts if isinstance(put, Item))
            if joined is not None:
                return report(arguments, session, before, applied, joined.command.label, item_id)
        else:
            item_id = waiting
            applied = None
        entry = entry_of(session.state, item_id)
        if waiting is not None and not entry.sized and way.asked:
            raise Refused(
                f"“{short(entry.item.title)}” waits in the inbox already, without a size: nothing can give way to "
                f"it before makeroom size {item_id} gives it one"
            )
        if not entry.sized or arguments.inbox:
            words = f"“{entry.item.title}” waits in the inbox" + (
                "" if entry.sized else ", without a size (makeroom size)"
            )
            return report(arguments, session, before, applied, words, item_id)
        if waiting is not None and not arguments.json:
            say(f"it waits in the inbox already, number {waiting}: that one is taken, as it was asked for then")
        return through_the_door(arguments, session, propose_item(session.state, item_id), way)


def _told(draft: RequestDraft, arguments: argparse.Namespace) -> RequestDraft:
    """The draft with what the options say of its account. Raises Refused for what is no amount or no day."""
    with refused_about(before="--arr: "):
        arr = money_of(arguments.arr or "")
    with refused_about(before="--renews: "):
        renews = day_of(arguments.renews or "")
    if arguments.escalated_by is not None or arguments.escalated_to is not None:
        draft = replace(
            draft,
            escalated_by=(arguments.escalated_by or "").strip(),
            escalated_to=(arguments.escalated_to or "").strip(),
        )
    return replace(
        draft,
        account_arr=draft.account_arr if arr is None else arr,
        account_renews=draft.account_renews if renews is None else renews,
    )


def _joined(state: State, request: Command, before: Forecast, way: Way) -> Guarded | None:
    """The request and the yes to it, where it fits or the choice makes it fit, and nothing is left to be signed.

    Raises Refused for a choice that cannot be: then the request is not received either.
    """

    def decide(needed: Sequence[NeededSignature]) -> RoomDecision | None:
        decision = way.decision(state, needed)
        return None if unsigned(state, needed, decision) else decision

    breaks = way.said.broken(state)
    try:
        joined = asked_in(state, request, before, decide, breaks)
        if joined is None and way.chosen and any(isinstance(put, Size) for put in request.puts):
            asked = state.overlay(request)
            item_id = next(put.id for put in request.puts if isinstance(put, Item))
            settled = settled_by(Trade.of(asked, propose_item(asked, item_id), before), way)
            joined = None if settled is None else received_with(state, request, settled)
    except PurseError:
        # It waits in the inbox, and the door says why.
        return None
    return joined


def trade(arguments: argparse.Namespace) -> int:
    """An item from the inbox or from below the line comes in, for what leaves."""
    way = Way.of(arguments)
    with desk(arguments, write=True) as session:
        entry = find_item(session.state, arguments.item, *_WAITING)
        if way.kind:
            from tui.cli.trade.way_answer import by_way_out

            return by_way_out(arguments, session, entry, way)
        return through_the_door(arguments, session, propose_item(session.state, entry.item.id), way)


def swaps(arguments: argparse.Namespace) -> int:
    """The best swaps for an item, or for what is short now; 1 where something has to give. Changes nothing."""
    with desk(arguments) as session:
        if arguments.item:
            entry = find_item(session.state, arguments.item, *_WAITING)
            proposal = propose_item(session.state, entry.item.id)
        else:
            proposal = propose_settling("The plan is below its target")
        weighed = Trade.of(session.state, proposal, session.now.forecast)
        if weighed.fits:
            odds = arrow(weighed.before.odds, weighed.asked.odds, weighed.asked.plan.target)
            words = f"{proposal.title}: it fits, odds {odds}"
            return say_outcome(arguments, session, weighed, words, fits=True)
        return say_outcome(arguments, session, weighed, short_words(weighed), fits=False)


def size(arguments: argparse.Namespace) -> int:
    """A size for an item; a bigger one of a planned item goes through the door."""
    way = Way.of(arguments)
    with desk(arguments, write=True) as session:
        state = session.state
        entry = find_item(state, arguments.item)
        wanted = parse_size(arguments.size, sorted(state.all(Shirt).values(), key=lambda shirt: shirt.position))
        sizes = {each.team_id: range_of(each) for each in entry.sizes}
        if arguments.team:
            team_id = team_named(session.state, arguments.team).id
        elif len(sizes) > 1:
            raise Refused("the item is of several teams: name one with --team")
        else:
            team_id = changes.home_of(state, entry)
        sizes[team_id] = wanted
        problem = _confirming(state, entry.item.id, arguments.problem)
        proposal = propose_sizes(state, entry.item.id, sizes)
        command = replace(proposal.command, puts=(*proposal.command.puts, *problem))
        return through_the_door(arguments, session, replace(proposal, command=command), way)


def _confirming(state: State, item_id: int, problem: str) -> tuple[Record, ...]:
    with refused_about(after=" --problem TEXT writes it down with the size"):
        return confirming(state, item_id, problem)


def capacity(arguments: argparse.Namespace) -> int:
    """Net capacities and the target; without either, shows them."""
    way = Way.of(arguments)
    if not arguments.net and arguments.target is None and arguments.target_for is None:
        with desk(arguments) as session:
            found = plan_outputs.status_of(session.now, session.workspace.path)
            if arguments.json:
                print_json(found)
            else:
                for line in plan_outputs.team_lines(found.teams):
                    say(line)
                say(f"target {target_words(found.target, found.target_for)}")
        return DONE
    with desk(arguments, write=True, create=arguments.new_team) as session:
        state = session.state
        teams, net, new = list(state.each(Team)), {}, []
        for text in arguments.net:
            name = text.rpartition("=")[0]
            team = exactly(teams, name, TEAM) if name.strip() else None
            if team is None and arguments.new_team:
                new.append(_new_team(text))
                continue
            name, weeks = _net(text)
            with refused_about(after=" (--new-team makes it)"):
                net[(team or team_named(state, name)).id] = weeks
        target = None if arguments.target is None else arguments.target / 100
        return through_the_door(
            arguments, session, propose_teams(state, net, target, new, way.said.because, arguments.target_for), way
        )


def _new_team(text: str) -> NamedTeam:
    named = read_team(text)
    if "=" in named.name:
        _net(text)
    return named


def _net(text: str) -> tuple[str, float]:
    name, sign, weeks = text.rpartition("=")
    with suppress(Refused):
        if sign and name.strip():
            return name.strip(), needed_number(weeks)
    raise Refused(f"“{text}” is not a capacity: write TEAM=NET, as Pay=34.0")


def settle(arguments: argparse.Namespace) -> int:
    """What leaves so that the plan reaches its target again."""
    way = Way.of(arguments)
    with desk(arguments, write=True) as session:
        if session.now.forecast.fits:
            return report(arguments, session, session.now.forecast, None, "nothing is open: the plan is at its target")
        return through_the_door(arguments, session, propose_settling("The plan is below its target"), way)


def drop(arguments: argparse.Namespace) -> int:
    """A planned item goes below the line."""
    return _away(arguments, "plan")


def defer(arguments: argparse.Namespace) -> int:
    """A request goes below the line: good, not now."""
    return _away(arguments, "inbox")


def decline(arguments: argparse.Namespace) -> int:
    """A request is declined, with a reason."""
    return _away(arguments, "inbox", "below")


def _away(arguments: argparse.Namespace, *states: str) -> int:
    with desk(arguments, write=True) as session:
        item_id = find_item(session.state, arguments.item, *states).item.id
        return decide(arguments, item_id, item_id, session)


def fill(arguments: argparse.Namespace) -> int:
    """Items from below the line in rank order until the odds come down to the target, as one decision."""
    with desk(arguments, write=not arguments.dry_run) as session:
        before = session.now.forecast
        filled = fill_unsigned(session.state, before, go_on=arguments.go_on)
        command = changes.fill_command(session.state, filled, before, _said(arguments))
        closed = f"; what did not fit closed {filled.closed_words(before.plan)}" if filled.closed else ""
        if filled.answered:
            closed += f"; {many(filled.answered, 'item')} answered another way or put off"
        if not arguments.json:
            for line in _undecided(session.state, before):
                say(line)
        if command.empty:
            below = " (--go-on looks below what closed them)" if filled.no_room and not arguments.go_on else ""
            return report(arguments, session, before, None, f"nothing below the line fits{closed}{below}")
        if arguments.dry_run:
            odds = arrow(before.odds, filled.odds, before.plan.target)
            words = f"would fill with {len(filled.taken)}: odds {odds}{closed}"
            return report(arguments, session, before, None, words)
        return report(arguments, session, before, session.commit(command), command.label + closed)


def _undecided(state: State, before: Forecast) -> list[str]:
    """Where nobody has decided what the target of several teams is of: what each answer would plan."""
    if state.quarter.target_for is not None or sum(weeks > 0 for weeks in before.plan.net.values()) < 2:
        return []
    whole, each = filled_for(state, before, "plan"), filled_for(state, before, "team")
    lines = [f"target {target_words(before.plan.target, 'plan')}: {filled_words(whole)}"]
    lines.append(f"target {target_words(before.plan.target, 'team')}: {filled_words(each)}")
    return [*lines, "it is the whole plan's until makeroom capacity --target-for plan or team decides it"]


def _said(arguments: argparse.Namespace) -> changes.DecidedBy:
    return changes.DecidedBy(arguments.by.strip(), arguments.because.strip())


def baseline(arguments: argparse.Namespace) -> int:
    """Stamp the agreed plan."""
    with desk(arguments, write=True) as session:
        before = session.now.forecast
        command = changes.baseline(session.state, before, _said(arguments))
        return report(arguments, session, before, session.commit(command), command.label)


def undo(arguments: argparse.Namespace) -> int:
    """Take the latest change back, or with ``redo`` bring back what was undone last."""
    redo = arguments.command == "redo"
    with desk(arguments, write=True) as session:
        before = session.now.forecast
        applied = session.redo() if redo else session.undo()
        word = "redone" if redo else "undone"
        words = f"{word}: {applied.event.label}" if applied else f"nothing to {arguments.command}"
        if applied and (more := with_it(applied)):
            words += f"; {more}"
        return report(arguments, session, before, applied, words)
