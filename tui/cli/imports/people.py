"""``makeroom import-people``: people and leave from a file, and what they do to net capacity and to the odds."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.net import halved, net_by_team
from scenarios.figures.sizes import format_ew
from scenarios.trade.door import forecast_of
from scenarios.trade.guard import Guarded
from scenarios.working_time.breakdown import words_of
from scenarios.working_time.teams import capacity_of
from store.database.watch import Watch
from store.imports.errors import ImportOptionError
from store.imports.memory import Memory
from store.imports.options import column_wish
from store.imports.people.absences import PeoplePlan
from store.imports.people.table import PeopleOptions, plan_people
from store.imports.table import Table
from store.records import Command, State
from tui.cli.imports.backlog import table_of
from tui.cli.imports.look_then_write import look_then_write, report_outcome, report_rejected, report_shortfall
from tui.cli.imports.options import bytes_of
from tui.cli.printing import DONE, say, short
from tui.drawing.plain import odds_percent

if TYPE_CHECKING:
    from store.imports.people.ics import CalendarFile

#: How many lines of what changes are said.
_MOST = 40


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out. Raises StoreError with a sentence; then nothing was written."""
    options = PeopleOptions(
        team=arguments.team or "",
        person=arguments.person or "",
        dates=arguments.dates,
        columns=dict(column_wish(text) for text in arguments.column),
    )
    if options.person and not _is_calendar(arguments):
        raise ImportOptionError("--person says whose leave a calendar (.ics) is; the rows of a CSV file name people.")
    state, plan, command, path = look_then_write(arguments, _reader(arguments), options, _prepare)
    if arguments.json:
        _print_json(arguments, state, plan, command, path)
        return DONE
    for warning in halved(state, state.overlay(command)):
        say(f"look twice: {short(warning, 200)}")
    _report(plan)
    _report_capacity(state, command, arguments.dry_run)
    report_shortfall(command, state.quarter.target, arguments.dry_run)
    report_outcome(command, plan.rejected, path, arguments.dry_run)
    return DONE


def _is_calendar(arguments: argparse.Namespace) -> bool:
    return Path(arguments.file).suffix.casefold() in (".ics", ".ical", ".ifb", ".icalendar")


def _reader(arguments: argparse.Namespace) -> Callable[[Watch], Table | CalendarFile]:
    if not _is_calendar(arguments):
        source = bytes_of(arguments)
        return table_of(arguments, source)
    from store.imports.people.ics import read_calendar

    return lambda _watch: read_calendar(Path(arguments.file))


def _prepare(
    state: State, source: Table | CalendarFile, options: PeopleOptions, memory: Memory, watch: Watch
) -> tuple[PeoplePlan, Guarded, PeopleOptions]:
    """The plan, and its guarded command with the net capacities that follow from it."""
    if isinstance(source, Table):
        plan = plan_people(state, source, options)
    else:
        from store.imports.people.ics_leave import plan_leave

        plan = plan_leave(state, source, options)
    asked = plan.command()
    draft = CapacityDraft(state).then(asked.label, asked.puts)
    if draft.empty:
        return plan, Guarded.of(state, asked), options
    label = f"{asked.label}: {draft.command.label}"[:300]
    return plan, Guarded.of(state, Command(asked.kind, label, draft.command.puts, draft.command.removes)), options


def _print_json(arguments: argparse.Namespace, state: State, plan: PeoplePlan, command: Command, path: Path) -> None:
    from tui.cli.imports.outcome import print_taken_in

    found = capacity_of(state.overlay(command))
    print_taken_in(
        arguments,
        state,
        command,
        path,
        plan.summary,
        changes=plan.changes,
        rejected=plan.rejected,
        notes=[*plan.notes, *found.notes],
        net={team.team.name: team.total.net for team in found.teams.values()},
        net_before=net_by_team(state),
        warnings=halved(state, state.overlay(command)),
    )


def _report(plan: PeoplePlan) -> None:
    say(plan.summary)
    report_rejected(plan.rejected)
    for change in plan.changes[:_MOST]:
        say(f"  {short(change, 160)}")
    if len(plan.changes) > _MOST:
        say(f"  and {len(plan.changes) - _MOST:,} more")
    for note in plan.notes:
        say(f"note: {note}")


def _report_capacity(state: State, command: Command, dry_run: bool) -> None:
    """What net capacity is then, taken apart, and what that does to the plan's odds."""
    if command.empty:
        return
    later = state.overlay(command)
    found = capacity_of(later)
    nets = net_by_team(later)
    for name, net in net_by_team(state).items():
        if round(nets.get(name, 0.0), 6) != round(net, 6):
            say(f"net of {short(name)}: {format_ew(net)} -> {format_ew(nets.get(name, 0.0))} ew")
    for team in found.teams.values():
        say(f"{team.team.name}: {words_of(team.total)} ew")
    for note in found.notes:
        say(f"note: {note}")
    before, after = forecast_of(state), forecast_of(later)
    if after.plan.entries:
        went = "would go" if dry_run else "went"
        say(f"odds of the plan {went} from {odds_percent(before.odds)} to {odds_percent(after.odds)}")
