"""``makeroom scenario``: list, branch, make the plan, close; as the keys of the list of plans."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scenarios.compare.adoption import adopt
from scenarios.snapshots import restore
from scenarios.trade.changes import now
from scenarios.trade.decision import Verdict
from scenarios.trade.door import Trade
from scenarios.verdict.settlement import Question, RoomDecision
from store.common.errors import Refused
from store.workspace.scenario_files import make_file
from tui.cli.outputs import OutcomeOut
from tui.cli.plain_change import command_of, typed
from tui.cli.printing import DIFFERS, DONE, print_json, say, short
from tui.cli.scenario_files import called, main_file
from tui.cli.snapshots.named_plans import Named, named
from tui.cli.snapshots.outputs import BranchOut, ScenarioClosedOut, ScenarioOut, ScenariosOut
from tui.cli.trade.door import Way, report, through_the_door
from tui.cli.workspace import desk
from tui.drawing.plain import odds_percent
from tui.drawing.words import arrow
from tui.forms.plans import BRANCH
from tui.session.main_and_scenarios import list_branch
from tui.session.meeting_snapshots import save_before_restore
from tui.session.plans import Row, close_scenario, odds_of, plans_of, state_in
from tui.session.session import Session


def usage(_: argparse.Namespace) -> int:
    """Nothing was asked for. Raises Refused with the way to the help."""
    raise Refused("what about scenarios? Try: makeroom scenario --help")


@contextmanager
def _main_desk(arguments: argparse.Namespace, *, write: bool = True) -> Iterator[Session]:
    """The main plan, whichever of its plans was named."""
    arguments.db = str(main_file(arguments.db))
    with desk(arguments, write=write) as session:
        yield session


def listing(arguments: argparse.Namespace) -> int:
    """The main plan and its scenarios."""
    with desk(arguments) as session:
        plans = plans_of(session)
        rows = [
            ScenarioOut(
                kind=row.kind,
                name=row.name,
                path=str(row.path or ""),
                state=row.state,
                odds=odds_of(plans, session, row),
                at=row.at,
                author=row.author,
                note=row.note,
                here=row.here,
                people=list(row.people),
                trouble=row.trouble,
            )
            for row in plans.rows
            if row.snapshot is None
        ]
    if arguments.json:
        print_json(ScenariosOut(plans=rows))
        return DONE
    for each in rows:
        say(_line(each))
    if len(rows) == 1:
        say("no scenarios yet; makeroom scenario branch NAME makes one")
    return DONE


def _line(one: ScenarioOut) -> str:
    odds = odds_percent(one.odds) if one.odds is not None else "-"
    parts = [one.state, f"{one.at.astimezone():%Y-%m-%d %H:%M}" if one.at else "", one.author, one.note]
    parts.append(f"there: {', '.join(one.people)}" if one.people else "")
    parts.append(f"cannot be opened: {one.trouble}" if one.trouble else "")
    words = ", ".join(short(part, 200) for part in parts if part)
    return f"{'*' if one.here else ' '} {short(one.name, 60):<30} {odds:>5}  {words}"


def branch(arguments: argparse.Namespace) -> int:
    """A copy of the plan as it is now, which begins with a snapshot where one is named."""
    with _main_desk(arguments) as session:
        name, note = command_of(BRANCH, session.state, None, typed(BRANCH, arguments))
        begins = _snapshot(session, arguments.snapshot) if arguments.snapshot else None
        snapshot = begins.row if begins is not None else None
        main, workspace = session.workspace.path, session.workspace
        path = make_file(main, name, workspace.actor, workspace.session)
        list_branch(session, main, path, name, note, snapshot)
    arguments.db = str(path)
    with desk(arguments, write=True) as session:
        trouble = _begin_with(session, begins) if begins is not None else ""
        odds = session.now.forecast.odds
    if arguments.json:
        taken = snapshot.name if snapshot is not None and not trouble else None
        print_json(BranchOut(name=name, path=str(path), snapshot=taken, odds=odds, trouble=trouble))
        return DIFFERS if trouble else DONE
    say(f"scenario “{short(name, 60)}” branched, odds {odds_percent(odds)}: {path}")
    say(f"makeroom COMMAND --scenario {_quoted(name)} works on it")
    if trouble:
        say(f"it is a copy of the plan, and does not begin with the snapshot: {trouble}")
    return DIFFERS if trouble else DONE


def _quoted(name: str) -> str:
    """A name as a shell takes it."""
    import shlex

    return shlex.quote(name)


def _snapshot(session: Session, name: str) -> Named:
    found = named(session.state, name)
    if found.row is None:
        raise Refused("a scenario branches from the plan as it is, or from a snapshot that is kept in it")
    return found


def _begin_with(session: Session, found: Named) -> str:
    """Restore a snapshot as the scenario's first own step; why not, where it takes more than that."""
    name = short(found.name, 100)
    because = f"the scenario begins with the snapshot “{name}”"
    again = "makeroom snapshot restore there says what it takes"
    try:
        proposal = restore(session.state, found.frozen, f"“{name}” restored").proposal
    except Refused as error:
        return str(error)
    if proposal.command.empty:
        return ""
    trade = Trade.of(session.state, proposal, session.now.forecast)
    question = Question.of(trade)
    if question.step == "choose":
        return f"it does not fit, odds {odds_percent(trade.asked.odds, trade.asked.plan.target)}; {again}"
    if question.step == "sign":
        return f"it takes a signature; {again}"
    session.commit(question.settle(RoomDecision(Verdict("", because, now()))), proposal.title)
    return ""


def make_the_plan(arguments: argparse.Namespace) -> int:
    """What differs from the main plan as it is now, into it, as one decision; without who decides it, a look."""
    way = Way.of(arguments)
    decides = bool(way.said.by.strip())
    with _main_desk(arguments, write=decides) as session:
        one = called(session.workspace.path, arguments.name)
        name = one.name
        scenario = state_in(one.path)
        found = adopt(session.state, scenario, name, one.scenario)
        before = session.now.forecast
        if found.nothing:
            return report(arguments, session, before, None, f"“{short(name, 60)}” is the same as the main plan")
        if decides:
            proposal = found.restoring.proposal
            return through_the_door(arguments, session, proposal, way, prepare=save_before_restore)
        trade = Trade.of(session.state, found.restoring.proposal, before)
        what = f"“{name}” would change {len(found.lines)} thing{'' if len(found.lines) == 1 else 's'} in the main plan"
        if arguments.json:
            print_json(_look(trade, what, found.lines))
            return DIFFERS
        for line in found.lines:
            say(f"  {short(line, 300)}")
        say(f"{short(what, 200)}: odds {arrow(before.odds, trade.asked.odds, before.plan.target)}")
        say("nothing was changed; --by NAME --because TEXT decides it")
    return DIFFERS


def _look(trade: Trade, what: str, changes: list[str]) -> OutcomeOut:
    return OutcomeOut(
        done=False,
        what=what,
        odds_before=trade.before.odds,
        odds_after=trade.asked.odds,
        target=trade.asked.plan.target,
        fits=trade.fits,
        short=sum(trade.asked.short.values()),
        short_by_team={},
        changes=changes,
    )


def close(arguments: argparse.Namespace) -> int:
    """The scenario stays in the list, and its file on the disk."""
    with _main_desk(arguments) as session:
        main, wanted = session.workspace.path, arguments.name.strip().casefold()
        rows = (row for row in plans_of(session).rows if row.kind == "scenario" and row.name.casefold() == wanted)
        row = next(rows, None) or Row("scenario", called(main, arguments.name).name)
        words = close_scenario(session, main, row)
    if arguments.json:
        print_json(ScenarioClosedOut(name=row.name, path=str(Path(row.path or "")), state="closed"))
    else:
        say(words)
    return DONE
