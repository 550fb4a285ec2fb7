"""The one door on the command line: what fits is written; what does not is said, with the best swaps."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scenarios.figures.sizes import format_ew
from scenarios.plan.departures import Leaving
from scenarios.plan.plan import entry_of
from scenarios.rules.one_offs import PurseError
from scenarios.trade import changes
from scenarios.trade.decision import Verdict
from scenarios.trade.door import Proposal, Trade
from scenarios.trade.guard import Guarded
from scenarios.verdict.exceptions import clear_words
from scenarios.verdict.settlement import Question, RoomDecision
from scenarios.verdict.signatures import NeededSignature
from store.common.errors import Refused
from store.records import Applied, State
from tui.cli import plan_outputs
from tui.cli.outputs import OutcomeOut
from tui.cli.printing import DIFFERS, DONE, print_json, say, short
from tui.cli.trade.earlier_asks import earlier_of
from tui.cli.trade.signatures import TypedDecision, needed_of, unsigned
from tui.cli.trade.way_text import typed_out
from tui.drawing.words import arrow, ew_by_team, held_against, rounded_up
from tui.session.session import Session

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast
    from scenarios.requests.ways_resumption import Ways
    from scenarios.swaps import Swap, Swaps


@dataclass(frozen=True)
class Way:
    """How a trade is to be settled, as it was typed."""

    swap: int | None
    on: str
    out: tuple[str, ...]
    said: TypedDecision
    #: the way out that what asks takes
    kind: str = ""
    #: fields of ways out, each with what it is of: a place in ``out``, or :data:`~tui.cli.trade.way_arguments.ASKS`
    fields: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Way:
        """Raises Refused where two ways are named at once, or a signature lacks its name or reason."""
        kind, fields = getattr(arguments, "way", ""), tuple(getattr(arguments, "fields", ()))
        way = cls(arguments.swap, arguments.on, tuple(arguments.out), TypedDecision.of(arguments), kind, fields)
        if way.swap is not None and way.out:
            raise Refused("either --swap N or --out ITEM, not both")
        if way.said.sign and not (way.said.by.strip() and way.said.because.strip()):
            raise Refused("an over-commit needs --by NAME and --because TEXT")
        return way

    @property
    def chosen(self) -> bool:
        """Whether anything was chosen at all."""
        return self.swap is not None or bool(self.out) or self.said.over_commits

    @property
    def asked(self) -> bool:
        """Whether anything was said that only a request with a size can be given."""
        return self.chosen or self.said.purse

    def decision(self, state: State, needed: Sequence[NeededSignature]) -> RoomDecision:
        """Who, why, when, and what is signed."""
        verdict = Verdict(self.said.by, self.said.because, changes.now(), self.said.sign)
        return self.said.decision(state, needed, verdict)


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
    question = Question.of(weighed, breaks=breaks)
    if not way.chosen and question.step == "choose":
        return say_outcome(arguments, session, weighed, short_words(weighed), fits=False)
    out, rows, taken = _chosen(weighed, way)
    if out:
        question = Question.of(weighed, out, breaks=breaks)
    after = question.after
    if not after.fits and way.chosen and not way.said.over_commits:
        still = sum(rounded_up(after.short).values())
        words = f"still short {format_ew(still)} ew with {', '.join(each.words for each in out)} out"
        return say_outcome(arguments, session, weighed, words, fits=False)
    decision = replace(way.decision(session.state, question.needed), ways={**taken, **(ways or {})})
    if missing := unsigned(session.state, question.needed, decision):
        return _say_unsigned(arguments, session, weighed, after, missing)
    try:
        settled = question.settle(decision, rows)
    except PurseError as error:
        return _say_unsigned(arguments, session, weighed, after, [], str(error))
    if prepare is not None:
        prepare(session)
    applied = session.commit(settled, proposal.title)
    return report(arguments, session, before, applied, settled.command.label, item_id)


def settled_by(weighed: Trade, way: Way) -> Guarded | None:
    """What a choice comes to; None where it is still short, or something is left to be signed.

    Raises Refused for a choice that cannot be, and as :meth:`~scenarios.verdict.settlement.Question.settle` does.
    """
    out, rows, taken = _chosen(weighed, way)
    question = Question.of(weighed, out, breaks=way.said.broken(weighed.state))
    if not question.after.fits and not way.said.over_commits:
        return None
    decision = replace(way.decision(weighed.state, question.needed), ways=taken)
    return None if unsigned(weighed.state, question.needed, decision) else question.settle(decision, rows)


def _chosen(weighed: Trade, way: Way) -> tuple[list[Leaving], Sequence[Swap], Ways]:
    """What leaves, the swaps that somebody who names one of them has seen, and the ways out of what leaves."""
    if way.out:
        out, taken = typed_out(weighed.state, way.out, way.fields)
        return out, (), taken
    if way.swap is None:
        return [], (), {}
    from scenarios.swaps import Swaps

    rows = _rows(Swaps(weighed), way.on)
    if not 1 <= way.swap <= len(rows):
        raise Refused(f"there is no swap {way.swap}: {f'they are 1 to {len(rows)}' if rows else 'there is none'}")
    return list(rows[way.swap - 1].out), rows, {}


def _rows(found: Swaps, on: str) -> Sequence[Swap]:
    """The swaps in the order of their numbers: the best on each criterion, or the ten best on one."""
    if not on:
        return found.rows()
    criterion = next((each for each in found.available if each == on), None)
    if criterion is None:
        raise Refused(f"swaps here are best on one of {', '.join(found.available)}")
    return found.ranked(criterion, 10)


def short_words(weighed: Trade) -> str:
    """What does not fit, by how much, and what it would do to the odds."""
    short_by = rounded_up(weighed.asked.short)
    teams, target = weighed.asked.plan.teams, weighed.asked.plan.target
    return (
        f"{weighed.proposal.title}: does not fit, short {ew_by_team(short_by, teams)}, "
        f"odds {arrow(weighed.before.odds, weighed.asked.odds, target)} ({held_against(weighed.asked)})"
        + (f"; bigger than the time left: {weighed.too_big}" if weighed.too_big else "")
    )


def say_outcome(arguments: argparse.Namespace, session: Session, weighed: Trade, words: str, *, fits: bool) -> int:
    """What was not written, and what could be."""
    from scenarios.swaps import Swaps
    from scenarios.swaps.impossible import why_impossible
    from scenarios.swaps.rules import rules_of
    from tui.cli.trade.swap_rows import swap_lines, swaps_of

    found = Swaps(weighed)
    rows = () if fits else _rows(found, getattr(arguments, "on", ""))
    reasons = () if fits or rows else why_impossible(found)
    rules = rules_of(found) if rows else ()
    teams = {team.id: team.name for team in weighed.asked.plan.teams}
    item_id = weighed.proposal.item_id
    if arguments.json:
        print_json(
            OutcomeOut(
                done=False,
                what=words,
                item=plan_outputs.item_of(session.now, entry_of(session.state, item_id)) if item_id else None,
                odds_before=weighed.before.odds,
                odds_after=weighed.asked.odds,
                target=weighed.asked.plan.target,
                fits=fits,
                short=sum(weighed.asked.short.values()),
                short_by_team={teams[key]: value for key, value in weighed.asked.short.items()},
                swaps=swaps_of(rows, weighed),
                rules=list(rules),
                impossible=[f"{each.rule} {each.relax}" for each in reasons],
                earlier=earlier_of(arguments),
            )
        )
        return DONE if fits else DIFFERS
    say(words)
    for line in swap_lines(rows, weighed):
        say(line)
    if rules:
        say(f"  under these rules: {short('; '.join(rules), 600)}")
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
    missing: Sequence[tuple[NeededSignature, str]],
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
                item=plan_outputs.item_of(session.now, entry_of(session.state, item_id)) if item_id else None,
                odds_before=weighed.before.odds,
                odds_after=after.odds,
                target=after.plan.target,
                fits=after.fits,
                short=sum(after.short.values()),
                short_by_team={},
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
                item=plan_outputs.item_of(now, entry_of(session.state, item_id), after) if item_id else None,
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
        odds = arrow(before.odds, after.odds, after.plan.target)
        say(words if applied is None else f"{short(words, 300)}: odds {odds}")
        for sentence in clear_words(session.now.exceptions) if applied is not None else ():
            say(short(sentence, 400))
    return DONE
