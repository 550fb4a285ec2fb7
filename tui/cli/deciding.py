"""``makeroom add``, ``trade``, ``swaps``, ``drop``, ``capacity`` and the other commands that decide.

They go through the same door as the app: what does not fit is said, with the best swaps and exit code 1, and nothing
is taken in silence.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scenarios import changes
from scenarios.asking import needs_choice
from scenarios.cards import CardError, confirming
from scenarios.door import (
    Proposal,
    Trade,
    Verdict,
    propose_capacity,
    propose_item,
    propose_settling,
    propose_sizes,
)
from scenarios.leaving import Leaving
from scenarios.odds import Forecast
from scenarios.one_offs import PurseError
from scenarios.plan import entry_of
from scenarios.quickadd import parse_line
from scenarios.settling import RoomDecision, asked_in, fill_unsigned, settle_on_record, signatures_for
from scenarios.signing import Needed
from scenarios.sizes import format_ew, parse_size, range_of
from store.records import Applied, Command, Item, Record, Shirt, Slice, State, Team
from tui.cli import describing
from tui.cli.desk import desk, find_item
from tui.cli.earlier import asked_already, earlier_of, tell_earlier
from tui.cli.outputs import OutcomeOut
from tui.cli.parsing import UsageError
from tui.cli.reading import print_json
from tui.cli.signing import Said, needed_of, unsigned
from tui.cli.speaking import DIFFERS, DONE, say, short
from tui.cli.swap_rows import swap_lines, swaps_of
from tui.cli.way_typing import typed_out
from tui.drawing.plain import percent
from tui.session import Session
from tui.widgets.words import arrow, ew_by_team, rounded_up

if TYPE_CHECKING:
    from scenarios.swaps import Swap
    from scenarios.ways_again import Ways

#: What a request's place in the line may be.
_WAITING = ("inbox", "below", "declined")


@dataclass(frozen=True)
class Way:
    """How a trade is to be settled, as it was typed."""

    swap: int | None
    on: str
    out: tuple[str, ...]
    said: Said
    #: the way out that what asks takes
    kind: str = ""
    #: fields of ways out, each with what it is of: a place in ``out``, or :data:`~tui.cli.ways_arguments.ASKS`
    fields: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Way:
        """Raises UsageError where two ways are named at once, or a signature lacks its name or reason."""
        kind, fields = getattr(arguments, "way", ""), tuple(getattr(arguments, "fields", ()))
        way = cls(arguments.swap, arguments.on, tuple(arguments.out), Said.of(arguments), kind, fields)
        if way.swap is not None and way.out:
            raise UsageError("either --swap N or --out ITEM, not both")
        if way.said.sign and not (way.said.by.strip() and way.said.because.strip()):
            raise UsageError("an over-commit needs --by NAME and --because TEXT")
        return way

    @property
    def chosen(self) -> bool:
        """Whether anything was chosen at all."""
        return self.swap is not None or bool(self.out) or self.said.over_commits

    def decision(self, state: State, needed: Sequence[Needed]) -> RoomDecision:
        """Who, why, when, and what is signed."""
        verdict = Verdict(self.said.by, self.said.because, changes.now(), self.said.sign)
        return self.said.decision(state, needed, verdict)


# ------------------------------------------------------------------ commands


def add(arguments: argparse.Namespace) -> int:
    """A request in one line; it goes in where it fits, else it waits in the inbox until a swap is chosen."""
    way = Way.of(arguments)
    with desk(arguments, write=True) as session:
        state = session.state
        shirts = sorted(state.all(Shirt).values(), key=lambda shirt: shirt.position)
        teams = sorted(state.all(Team).values(), key=lambda team: (team.position, team.id))
        draft = parse_line(arguments.request, state.all(Slice).values(), teams, shirts)
        if not draft.title.strip():
            raise UsageError("a request needs a title: makeroom add 'Acme audit log ~2-3-5.5 #oneoff >Acme'")
        if draft.unknown and not arguments.json:
            say(f"kept in the title, since they name no field: {' '.join(short(word) for word in draft.unknown)}")
        before = session.now.forecast
        waiting = asked_already(session.now, draft)
        tell_earlier(arguments, state, draft, waiting)
        if waiting is None:
            request = changes.receive(state, draft)
            joined = _joined(state, request, before, way) if not arguments.inbox else None
            applied = session.commit(joined or request)
            if applied is None:
                raise AssertionError("a request writes something")
            title = next(put.title for put in request.puts if isinstance(put, Item))
            item_id = next(applied.ids[put.id] for put in request.puts if isinstance(put, Item))
            if joined is not None:
                return report(arguments, session, before, applied, f"“{title}” in", item_id)
        else:
            item_id = waiting
            applied = None
        entry = entry_of(session.state, item_id)
        if not entry.sized or arguments.inbox:
            words = f"“{entry.item.title}” waits in the inbox" + (
                "" if entry.sized else ", without a size (makeroom size)"
            )
            return report(arguments, session, before, applied, words, item_id)
        if waiting is not None and not arguments.json:
            say("it waits in the inbox already: that one is taken")
        return through_the_door(arguments, session, propose_item(session.state, item_id), way)


def _joined(state: State, request: Command, before: Forecast, way: Way) -> Command | None:
    """The request and the yes to it, where it fits and nothing is left to be signed."""

    def decide(needed: Sequence[Needed]) -> RoomDecision | None:
        decision = way.decision(state, needed)
        return None if unsigned(state, needed, decision) else decision

    try:
        return asked_in(state, request, before, decide, way.said.broken(state))
    except PurseError:
        # It waits in the inbox, and the door says why.
        return None


def trade(arguments: argparse.Namespace) -> int:
    """An item from the inbox or from below the line comes in, for what leaves."""
    way = Way.of(arguments)
    with desk(arguments, write=True) as session:
        entry = find_item(session.state, arguments.item, *_WAITING)
        if way.kind:
            from tui.cli.answering import by_way_out

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
            words = f"{proposal.title}: it fits, odds {arrow(weighed.before.odds, weighed.asked.odds)}"
            return _say_outcome(arguments, session, weighed, words, fits=True)
        return _say_outcome(arguments, session, weighed, _short_words(weighed), fits=False)


def size(arguments: argparse.Namespace) -> int:
    """A size for an item; a bigger one of a planned item goes through the door."""
    way = Way.of(arguments)
    with desk(arguments, write=True) as session:
        state = session.state
        entry = find_item(state, arguments.item)
        wanted = parse_size(arguments.size, sorted(state.all(Shirt).values(), key=lambda shirt: shirt.position))
        sizes = {each.team_id: range_of(each) for each in entry.sizes}
        if arguments.team:
            team_id = _team(session, arguments.team)
        elif len(sizes) > 1:
            raise UsageError("the item is of several teams: name one with --team")
        else:
            team_id = next(iter(sizes), changes.team_of(state))
        sizes[team_id] = wanted
        problem = _confirming(state, entry.item.id, arguments.problem)
        proposal = propose_sizes(state, entry.item.id, sizes)
        command = replace(proposal.command, puts=(*proposal.command.puts, *problem))
        return through_the_door(arguments, session, replace(proposal, command=command), way)


def _confirming(state: State, item_id: int, problem: str) -> tuple[Record, ...]:
    try:
        return confirming(state, item_id, problem)
    except CardError as error:
        raise UsageError(f"{error} --problem TEXT writes it down with the size") from error


def capacity(arguments: argparse.Namespace) -> int:
    """Net capacities and the target; without either, shows them."""
    way = Way.of(arguments)
    if not arguments.net and arguments.target is None:
        with desk(arguments) as session:
            found = describing.status_of(session.now, session.workspace.path)
            if arguments.json:
                print_json(found)
            else:
                for line in describing.team_lines(found.teams):
                    say(line)
                say(f"target {percent(found.target)}")
        return DONE
    with desk(arguments, write=True) as session:
        state = session.state
        known = {team.name.casefold(): team.id for team in state.all(Team).values()}
        net, new = {}, []
        for text in arguments.net:
            name, weeks = _net(text)
            if name.casefold() in known:
                net[known[name.casefold()]] = weeks
            elif arguments.new_team:
                new.append((name, weeks))
            else:
                raise UsageError(f"there is no team “{name}”: --new-team makes it")
        target = None if arguments.target is None else arguments.target / 100
        return through_the_door(arguments, session, propose_capacity(state, net, target, new), way)


def _net(text: str) -> tuple[str, float]:
    name, sign, weeks = text.rpartition("=")
    try:
        if sign and name.strip():
            return name.strip(), float(weeks)
    except ValueError:
        pass
    raise UsageError(f"“{text}” is no capacity: write TEAM=NET, as Pay=34.0")


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
    ways = {"drop": changes.drop, "defer": changes.defer, "decline": changes.decline}
    with desk(arguments, write=True) as session:
        entry = find_item(session.state, arguments.item, *states)
        before = session.now.forecast
        said = changes.Said(arguments.by, arguments.because)
        command = ways[arguments.command](session.state, entry, before, said)
        return report(arguments, session, before, session.commit(command), command.label, entry.item.id)


def fill(arguments: argparse.Namespace) -> int:
    """Items from below the line in rank order until the odds come down to the target, as one decision."""
    with desk(arguments, write=not arguments.dry_run) as session:
        before = session.now.forecast
        filled = fill_unsigned(session.state, before)
        command = changes.fill_command(session.state, filled, before)
        if command.empty:
            return report(arguments, session, before, None, "nothing below the line fits")
        if arguments.dry_run:
            words = f"would fill with {len(filled.taken)}: odds {arrow(before.odds, filled.odds)}"
            return report(arguments, session, before, None, words)
        return report(arguments, session, before, session.commit(command), command.label)


def baseline(arguments: argparse.Namespace) -> int:
    """Stamp the agreed plan."""
    with desk(arguments, write=True) as session:
        before = session.now.forecast
        command = changes.baseline(session.state, before)
        return report(arguments, session, before, session.commit(command), command.label)


def undo(arguments: argparse.Namespace) -> int:
    """Take the latest change back, or with ``redo`` bring back what was undone last."""
    redo = arguments.command == "redo"
    with desk(arguments, write=True) as session:
        before = session.now.forecast
        applied = session.redo() if redo else session.undo()
        word = "redone" if redo else "undone"
        words = f"{word}: {applied.event.label}" if applied else f"nothing to {arguments.command}"
        return report(arguments, session, before, applied, words)


# ------------------------------------------------------------------ the door


def through_the_door(
    arguments: argparse.Namespace,
    session: Session,
    proposal: Proposal,
    way: Way,
    ways: Ways | None = None,
    prepare: Callable[[Session], None] | None = None,
) -> int:
    """What fits is written; what does not is written with what was chosen, or said with what could be chosen.

    ``ways`` are the ways out that are taken, besides those of what leaves. ``prepare`` is done just before anything is
    written.
    """
    before, breaks = session.now.forecast, way.said.broken(session.state)
    weighed = Trade.of(session.state, proposal, before)
    item_id = proposal.item_id
    # Only what brings a short plan back asks for nothing of its own.
    if proposal.command.empty and proposal.kind != "trade":
        return report(arguments, session, before, None, "nothing to change", item_id)
    if not way.chosen and needs_choice(weighed):
        return _say_outcome(arguments, session, weighed, _short_words(weighed), fits=False)
    out, rows, taken = _chosen(session, weighed, way)
    after = weighed.after(out)
    if not after.fits and way.chosen and not way.said.over_commits:
        still = sum(rounded_up(after.short).values())
        words = f"still short {format_ew(still)} ew with {', '.join(each.words for each in out)} out"
        return _say_outcome(arguments, session, weighed, words, fits=False)
    needed = signatures_for(weighed, out, breaks, after)
    decision = replace(way.decision(session.state, needed), ways={**taken, **(ways or {})})
    if missing := unsigned(session.state, needed, decision):
        return _say_unsigned(arguments, session, weighed, after, missing)
    try:
        command = settle_on_record(weighed, out, decision, rows, after)
    except PurseError as error:
        return _say_unsigned(arguments, session, weighed, after, [], str(error))
    if prepare is not None:
        prepare(session)
    return report(arguments, session, before, session.commit(command, proposal.title), command.label, item_id)


def _chosen(session: Session, weighed: Trade, way: Way) -> tuple[list[Leaving], Sequence[Swap], Ways]:
    """What leaves, the swaps that somebody who names one of them has seen, and the ways out of what leaves."""
    if way.out:
        out, taken = typed_out(weighed.state, way.out, way.fields)
        return out, (), taken
    if way.swap is None:
        return [], (), {}
    rows = _rows(weighed, way.on)
    if not 1 <= way.swap <= len(rows):
        raise UsageError(f"there is no swap {way.swap}: {f'they are 1 to {len(rows)}' if rows else 'there is none'}")
    return list(rows[way.swap - 1].out), rows, {}


def _rows(weighed: Trade, on: str) -> Sequence[Swap]:
    """The swaps in the order of their numbers: the best on each criterion, or the ten best on one."""
    from scenarios.swaps import Swaps

    found = Swaps(weighed)
    if not on:
        return found.best()
    criterion = next((each for each in found.available if each == on), None)
    if criterion is None:
        raise UsageError(f"swaps here are best on one of {', '.join(found.available)}")
    return found.ranked(criterion, 10)


def _short_words(weighed: Trade) -> str:
    short_by = rounded_up(weighed.asked.short)
    teams = weighed.asked.plan.teams
    return (
        f"{weighed.proposal.title}: does not fit, short {ew_by_team(short_by, teams)}, "
        f"odds {arrow(weighed.before.odds, weighed.asked.odds)} (aim {percent(weighed.asked.plan.target)})"
    )


def _say_outcome(arguments: argparse.Namespace, session: Session, weighed: Trade, words: str, *, fits: bool) -> int:
    """What was not written, and what could be."""
    from scenarios.swaps import Swaps
    from scenarios.swaps.impossible import why_impossible

    rows = () if fits else _rows(weighed, getattr(arguments, "on", ""))
    reasons = () if fits or rows else why_impossible(Swaps(weighed))
    teams = {team.id: team.name for team in weighed.asked.plan.teams}
    item_id = weighed.proposal.item_id
    if arguments.json:
        print_json(
            OutcomeOut(
                done=False,
                what=words,
                item=describing.item_of(session.now, entry_of(session.state, item_id)) if item_id else None,
                odds_before=weighed.before.odds,
                odds_after=weighed.asked.odds,
                target=weighed.asked.plan.target,
                fits=fits,
                short=sum(weighed.asked.short.values()),
                short_by_team={teams[key]: value for key, value in weighed.asked.short.items()},
                swaps=swaps_of(rows),
                impossible=[f"{each.rule} {each.relax}" for each in reasons],
                earlier=earlier_of(arguments),
            )
        )
        return DONE if fits else DIFFERS
    say(words)
    for line in swap_lines(rows):
        say(line)
    for reason in reasons:
        say(f"  no swap: {reason.rule} {reason.relax}")
    if rows:
        asks = item_id and weighed.proposal.asks_in and not getattr(arguments, "way", "")
        subject = f"trade {item_id}" if asks else "the same command"
        say(f"nothing was taken; {subject} with --swap N --by NAME --because TEXT takes one of these")
    return DONE if fits else DIFFERS


def _say_unsigned(
    arguments: argparse.Namespace,
    session: Session,
    weighed: Trade,
    after: Forecast,
    missing: Sequence[tuple[Needed, str]],
    words: str = "",
) -> int:
    """Whose signature is missing, or why the purse does not pay; nothing was written."""
    item_id = weighed.proposal.item_id
    sentences = [words] if words else [sentence for _, sentence in missing]
    if arguments.json:
        print_json(
            OutcomeOut(
                done=False,
                what="; ".join(sentences),
                item=describing.item_of(session.now, entry_of(session.state, item_id)) if item_id else None,
                odds_before=weighed.before.odds,
                odds_after=after.odds,
                target=after.plan.target,
                fits=after.fits,
                short=sum(after.short.values()),
                signatures=needed_of([need for need, _ in missing]),
                earlier=earlier_of(arguments),
            )
        )
        return DIFFERS
    for sentence in sentences:
        say(sentence)
    rights = dict.fromkeys(need.right for need, _ in missing)
    options = " ".join(f"--signature '{right}: NAME: REASON'" for right in rights)
    say(f"nothing was taken; the same command with {options} signs for it" if options else "nothing was taken")
    return DIFFERS


def report(
    arguments: argparse.Namespace,
    session: Session,
    before: Forecast,
    applied: Applied | None,
    words: str,
    item_id: int | None = None,
) -> int:
    """What was done, and what it cost."""
    now = session.now
    after = now.forecast
    if arguments.json:
        print_json(
            OutcomeOut(
                done=applied is not None,
                what=words,
                item=describing.item_of(now, entry_of(session.state, item_id), after) if item_id else None,
                odds_before=before.odds,
                odds_after=after.odds,
                target=after.plan.target,
                fits=after.fits,
                short=sum(after.short.values()),
                short_by_team={team.name: after.short[team.id] for team in after.plan.teams if team.id in after.short},
                event=applied.event.seq if applied else None,
                earlier=earlier_of(arguments),
            )
        )
    else:
        say(words if applied is None else f"{short(words, 300)}: odds {arrow(before.odds, after.odds)}")
    return DONE


def _team(session: Session, name: str) -> int:
    known = {team.name.casefold(): team.id for team in session.state.all(Team).values()}
    if name.casefold() not in known:
        raise UsageError(f"there is no team “{name}”")
    return known[name.casefold()]
