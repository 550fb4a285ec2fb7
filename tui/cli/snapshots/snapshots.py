"""``makeroom snapshot``: save, list, show and restore, without the app."""

from __future__ import annotations

import argparse

from scenarios.figures.sizes import format_ew
from scenarios.snapshots import Restoring, forecast_of_frozen, restore
from scenarios.trade.changes import now
from scenarios.trade.decision import Verdict
from scenarios.trade.door import Trade
from scenarios.verdict.settlement import Question
from store.common.errors import Refused
from tui.cli.plain_change import command_of, typed
from tui.cli.printing import DIFFERS, DONE, complain, print_json, say, short
from tui.cli.snapshots.named_plans import MOST, Named, content, described, named, read, summary
from tui.cli.snapshots.outputs import PlanRestoredOut, RestoredMoveOut, SnapshotOut, SnapshotShownOut, SnapshotsOut
from tui.cli.trade.signatures import TypedDecision, unsigned
from tui.cli.workspace import agreed, desk, look
from tui.drawing.words import arrow, odds_percent, target_percent
from tui.forms.plans import SAVE
from tui.session.meeting_snapshots import save_before_restore, save_snapshot, snapshots_of


def usage(_: argparse.Namespace) -> int:
    """Nothing was asked for. Raises Refused with the way to the help."""
    raise Refused("what about snapshots? Try: makeroom snapshot --help")


def save(arguments: argparse.Namespace) -> int:
    """Take a snapshot. Raises StoreError where it cannot be written, Refused for a name that is taken."""
    with desk(arguments, write=True) as session:
        row = save_snapshot(session, *command_of(SAVE, session.state, None, typed(SAVE, arguments)))
        if arguments.json:
            print_json(SnapshotOut(**described(row, read(row))))
        else:
            say(f"snapshot “{row.name}” saved: {summary(read(row))}")
    return DONE


def listing(arguments: argparse.Namespace) -> int:
    """The snapshots, newest first."""
    rows = snapshots_of(look(arguments))
    if arguments.json:
        print_json(SnapshotsOut(snapshots=[SnapshotOut(**described(row)) for row in rows]))
        return DONE
    if not rows:
        say("no snapshots yet; makeroom snapshot save NAME takes one")
    for row in rows:
        who = f", {short(row.author, 30)}" if row.author else ""
        note = f": {short(row.note, 60)}" if row.note else ""
        say(f"  #{row.id:<4} {row.at.astimezone():%Y-%m-%d %H:%M}  {row.kind:14} {short(row.name, 50)}{who}{note}")
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """What a snapshot holds: its figures, then its items in rank order."""
    found = named(look(arguments), arguments.name)
    frozen, forecast = found.frozen, forecast_of_frozen(found.frozen)
    if arguments.json:
        items = [{"key": key, **item.model_dump(mode="json", exclude_defaults=True)} for key, item in frozen.ranked]
        own = described(found.row, frozen) if found.row else {"name": found.name, **content(frozen)}
        print_json(SnapshotShownOut(**own, odds=forecast.odds, items=items))
        return DONE
    say(f"“{found.name}”, {frozen.quarter.name} ({frozen.quarter.state})")
    if found.label is not None:
        by = f" by {short(found.label.author, 60)}" if found.label.author else ""
        say(f"taken {found.label.at.astimezone():%Y-%m-%d %H:%M}{by} ({found.label.kind})")
        if found.label.note:
            say(f"note: {short(found.label.note, 200)}")
    say(f"odds {odds_percent(forecast.odds, frozen.target)}, target {target_percent(frozen.target)}")
    for key, team in frozen.teams.items():
        load, net = forecast.plan.load_left_of(team.number), forecast.plan.left_of(team.number)
        left = " left" if forecast.plan.moment is not None else ""
        say(f"  {short(frozen.team_name(key), 30)}: load {format_ew(load)} of {format_ew(net)} ew net{left}")
    for place, (_, item) in enumerate(frozen.ranked, 1):
        pinned = f", {item.pin}" if item.pin else ""
        say(f"  {place:>4}  [{item.slice}] {short(item.title)}, {format_ew(item.ew)} ew{pinned}")
    return DONE


# ------------------------------------------------------------------ going back


def restore_plan(arguments: argparse.Namespace) -> int:
    """Make the plan what a snapshot holds; 1 where it does not fit, or would differ and was not restored."""
    with desk(arguments, write=True) as session:
        found = named(session.state, arguments.name)
        try:
            restoring = restore(
                session.state,
                found.frozen,
                f"the plan as in “{short(found.name, 100)}”",
                make_missing=arguments.make_missing,
            )
        except Refused as error:
            complain(f"{error}.")
            return DIFFERS
        trade = Trade.of(session.state, restoring.proposal, session.now.forecast)
        if not arguments.json:
            _say_restoring(restoring, trade)
        if restoring.nothing:
            return _restored(arguments, restoring, trade, done=True)
        if sentence := _does_not_fit(arguments, found, trade):
            complain(sentence)
            return _restored(arguments, restoring, trade, done=False)
        question = Question.of(trade)
        said = TypedDecision(arguments.by, arguments.because, sign=not trade.fits)
        decision = said.decision(
            session.state, question.needed, Verdict(said.by, said.because, now(), signed=said.sign)
        )
        if missing := unsigned(session.state, question.needed, decision):
            complain("; ".join(f"{sentence} (--by NAME --because TEXT)" for _, sentence in missing) + ".")
            return _restored(arguments, restoring, trade, done=False)
        yes = agreed(arguments, f"Restore “{short(found.name, 60)}”? Type yes:")
        if yes:
            save_before_restore(session)
            session.commit(question.settle(decision))
        return _restored(arguments, restoring, trade, done=yes)


def _does_not_fit(arguments: argparse.Namespace, found: Named, trade: Trade) -> str:
    """Why it cannot be restored from here, as a sentence; empty where it can."""
    if trade.fits:
        return ""
    short_by = format_ew(sum(trade.asked.short.values()))
    target = trade.asked.plan.target
    odds = f"{odds_percent(trade.asked.odds, target)}, the target is {target_percent(target)}"
    own = forecast_of_frozen(found.frozen)
    if own.fits:
        return f"it does not fit any more: odds {odds}, short {short_by} ew. Restore it in the app, and trade there."
    if not arguments.by.strip() or not arguments.because.strip():
        return (
            f"it is below its target, as it was then: odds {odds}, short {short_by} ew. Somebody signs for that with "
            "--by NAME --because TEXT."
        )
    return ""


def _say_restoring(restoring: Restoring, trade: Trade) -> None:
    if restoring.nothing:
        say("the plan is as in the snapshot already")
    for kind, word in (("in", "in"), ("out", "below the line"), ("resized", "resized"), ("capacity", "capacity")):
        moves = [move for move in restoring.proposal.moves if move.kind == kind]
        for move in moves[:MOST]:
            say(f"  {word:14} {short(move.title)}" + (f", {format_ew(move.ew)} ew" if kind != "capacity" else ""))
        if len(moves) > MOST:
            say(f"  {word:14} and {len(moves) - MOST:,} more")
    for title in restoring.unmatched[:MOST]:
        say(f"  not here       {short(title)}")
    if len(restoring.unmatched) > MOST:
        say(f"  not here       and {len(restoring.unmatched) - MOST:,} more")
    for note in restoring.notes[:MOST]:
        say(f"note: {short(note, 200)}")
    if not restoring.nothing:
        say(f"odds {arrow(trade.before.odds, trade.asked.odds, trade.asked.plan.target)}")


def _restored(arguments: argparse.Namespace, restoring: Restoring, trade: Trade, done: bool) -> int:
    if arguments.json:
        print_json(
            PlanRestoredOut(
                restored=done and not restoring.nothing,
                same=restoring.nothing,
                odds_before=trade.before.odds,
                odds_after=trade.asked.odds,
                fits=trade.fits,
                moves=[
                    RestoredMoveOut(kind=each.kind, title=each.title, ew=each.ew) for each in restoring.proposal.moves
                ],
                unmatched=list(restoring.unmatched),
                notes=list(restoring.notes),
            )
        )
    elif not restoring.nothing:
        say("restored as one decision; undo in the app takes it back" if done else "nothing was restored")
    return DONE if done else DIFFERS
