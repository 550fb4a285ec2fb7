"""``makeroom snapshot export`` and ``import``: snapshots as files, from one workspace to another."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scenarios.snapshots import (
    Frozen,
    Label,
    content_hash,
    file_from_toml,
    forecast_of_frozen,
    snapshot_record,
    to_toml,
    with_figures,
)
from scenarios.snapshots.item_matches import match_items
from scenarios.snapshots.names import team_ids
from scenarios.trade.changes import now
from store.common.errors import Refused
from store.database.places import expanded
from store.records import Command, Snapshot
from store.sidecars.snapshot_files import write_snapshot_file
from tui.cli.printing import DIFFERS, DONE, print_json, say, short
from tui.cli.snapshots.named_plans import MOST, content, named, read_file
from tui.cli.snapshots.outputs import SnapshotFileOut, SnapshotReadOut
from tui.cli.workspace import agreed, desk, look
from tui.drawing.plain import odds_percent
from tui.session.meeting_snapshots import snapshots_of
from tui.session.session import Session

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast


def export_file(arguments: argparse.Namespace) -> int:
    """Write a snapshot into a folder. Raises StoreError where it cannot be written."""
    found = named(look(arguments), arguments.name)
    label = found.label or Label(name=found.name, at=now())

    def own(text: str) -> bool:
        try:
            there = file_from_toml(text)[1]
        except Refused:
            return False
        return there is not None and there.name == label.name

    text = to_toml(found.frozen, label)
    path = write_snapshot_file(expanded(arguments.to), label.name, text, own=own, overwrite=arguments.overwrite)
    if arguments.json:
        print_json(SnapshotFileOut(path=str(path), name=label.name, **content(found.frozen)))
    else:
        say(f"written to {path}")
    return DONE


def import_file(arguments: argparse.Namespace) -> int:
    """Read a snapshot's file and keep it; 1 where it was not confirmed. Raises StoreError with file, line and key."""
    path = expanded(arguments.file)
    frozen, label = read_file(path)
    forecast = forecast_of_frozen(frozen)
    fresh = with_figures(frozen, forecast)
    name = arguments.name or (label.name if label else path.stem)
    with desk(arguments, write=True) as session:
        state = session.state
        same = next((row for row in snapshots_of(state) if row.hash == content_hash(fresh)), None)
        here = match_items(fresh, state)
        away = [item.title for key, item in fresh.ranked if key not in here]
        teams = [fresh.team_name(key) for key in fresh.teams if key not in team_ids(fresh, state)]
        notes = (
            [] if frozen.figures in (None, fresh.figures) else ["its figures were not those of its items: now they are"]
        )
        if not arguments.json:
            _say_file(name, fresh, forecast, away, teams, notes)
        kept = None
        if same is None and agreed(arguments, f"Keep “{short(name, 60)}”? Type yes:"):
            kept = _keep(session, fresh, name, label)
        if arguments.json:
            print_json(
                SnapshotReadOut(
                    name=name,
                    **content(fresh),
                    odds=forecast.odds,
                    here=len(here),
                    not_here=away,
                    teams_not_here=teams,
                    notes=notes,
                    there_already=same.name if same else None,
                    kept=kept is not None,
                )
            )
        elif same is not None:
            say(f"it is here already, as “{short(same.name, 60)}”")
        else:
            say(f"kept as “{kept.name}”; the plan is as it was" if kept else "nothing was kept; add --yes to keep it")
    return DONE if same is not None or kept is not None else DIFFERS


def _keep(session: Session, frozen: Frozen, name: str, label: Label | None) -> Snapshot:
    at, author, note = (label.at, label.author, label.note) if label else (now(), session.workspace.actor, "")
    row = snapshot_record(session.state, frozen, name, "imported", at=at, author=author, note=note)
    (change,) = session.keep(Command("snapshot", f"snapshot “{row.name}” imported", (row,))).changes
    return Snapshot.model_validate(change.after)


def _say_file(
    name: str, frozen: Frozen, forecast: Forecast, away: list[str], teams: list[str], notes: list[str]
) -> None:
    say(f"“{short(name, 60)}”: {frozen.quarter.name}, {len(frozen.items)} items, odds {odds_percent(forecast.odds)}")
    for title in away[:MOST]:
        say(f"  not here: {short(title)}")
    if len(away) > MOST:
        say(f"  not here: {len(away) - MOST:,} more")
    for team in teams:
        say(f"  no such team here: {short(team, 60)}")
    for note in notes:
        say(f"note: {note}")
