"""``makeroom snapshot``: save, list, show, restore, compare, export and import, without the app."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scenarios.changes import now
from scenarios.compare import Comparison, Difference, Side, compare, side_of
from scenarios.door import DoorError, Trade, Verdict, settle
from scenarios.odds import Forecast
from scenarios.reports.comparison import difference_groups, figure_rows
from scenarios.sizes import format_ew
from scenarios.snapshots import (
    Frozen,
    Label,
    Restoring,
    SnapshotError,
    content_hash,
    file_from_toml,
    forecast_of_frozen,
    restore,
    snapshot_record,
    to_toml,
)
from scenarios.snapshots.freezing import figures_of
from scenarios.snapshots.matching import match_items
from scenarios.snapshots.names import team_ids
from store.errors import StoreError
from store.places import database_path, expanded
from store.records import Command, Snapshot, State
from store.snapshot_files import write_snapshot_file
from store.workspace import Workspace
from tui.cli.arguments import UsageError
from tui.cli.plans import NOW, RESERVED, Named, named, read, read_file
from tui.cli.speaking import DIFFERS, DONE, ask, complain, say, short
from tui.drawing.plain import odds_percent
from tui.session import Session
from tui.snapshots import save_before_restore, save_snapshot, snapshots_of

#: So many lines of one kind are shown.
MOST = 20
#: Characters of a cell of the figures.
WIDEST = 60


def usage(_: argparse.Namespace) -> int:
    """Nothing was asked for. Raises UsageError with the way to the help."""
    raise UsageError("what about snapshots? Try: makeroom snapshot --help")


def save(arguments: argparse.Namespace) -> int:
    """Take a snapshot. Raises StoreError where it cannot be written, UsageError for a name that is taken."""
    if arguments.name.strip().casefold() in RESERVED:
        raise UsageError(f"“{arguments.name.strip()}” is a name of its own here: choose another one")
    with _session(arguments) as session:
        try:
            row = save_snapshot(session, arguments.name, arguments.note)
        except SnapshotError as error:
            raise UsageError(str(error)) from error
        if arguments.json:
            _print(_described(row, read(row)))
        else:
            say(f"snapshot “{row.name}” saved: {_summary(read(row))}")
    return DONE


def listing(arguments: argparse.Namespace) -> int:
    """The snapshots, newest first."""
    rows = snapshots_of(_look(arguments))
    if arguments.json:
        _print({"snapshots": [_described(row) for row in rows]})
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
    found = named(_look(arguments), arguments.name)
    frozen, forecast = found.frozen, forecast_of_frozen(found.frozen)
    if arguments.json:
        items = [{"key": key, **item.model_dump(mode="json", exclude_defaults=True)} for key, item in frozen.ranked]
        own = _described(found.row, frozen) if found.row else {"name": found.name, **_content(frozen)}
        _print({**own, "odds": forecast.odds, "items": items})
        return DONE
    say(f"“{found.name}”, {frozen.quarter.name} ({frozen.quarter.state})")
    if found.label is not None:
        by = f" by {short(found.label.author, 60)}" if found.label.author else ""
        say(f"taken {found.label.at.astimezone():%Y-%m-%d %H:%M}{by} ({found.label.kind})")
        if found.label.note:
            say(f"note: {short(found.label.note, 200)}")
    say(f"odds {odds_percent(forecast.odds)}, target {frozen.target:.0%}")
    for key, team in frozen.teams.items():
        load = forecast.plan.load_of(team.number)
        say(f"  {short(frozen.team_name(key), 30)}: load {format_ew(load)} of {format_ew(team.net)} ew net")
    for place, (_, item) in enumerate(frozen.ranked, 1):
        pinned = f", {item.pin}" if item.pin else ""
        say(f"  {place:>4}  [{item.slice}] {short(item.title)}, {format_ew(item.ew)} ew{pinned}")
    return DONE


# ------------------------------------------------------------------ going back


def restore_plan(arguments: argparse.Namespace) -> int:
    """Make the plan what a snapshot holds; 1 where it does not fit, or would differ and was not restored."""
    with _session(arguments) as session:
        found = named(session.state, arguments.name)
        try:
            restoring = restore(
                session.state,
                found.frozen,
                f"the plan as in “{short(found.name, 100)}”",
                make_missing=arguments.make_missing,
            )
        except DoorError as error:
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
        agreed = _agreed(arguments, f"Restore “{short(found.name, 60)}”? Type yes:")
        if agreed:
            save_before_restore(session)
            verdict = Verdict(arguments.by, arguments.because, now(), signed=not trade.fits)
            command = settle(trade, (), verdict)
            session.commit(command)
        return _restored(arguments, restoring, trade, done=agreed)


def _does_not_fit(arguments: argparse.Namespace, found: Named, trade: Trade) -> str:
    """Why it cannot be restored from here, as a sentence; empty where it can."""
    if trade.fits:
        return ""
    short_by = format_ew(sum(trade.asked.short.values()))
    odds = f"{odds_percent(trade.asked.odds)}, the target is {trade.asked.plan.target:.0%}"
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
        say(f"odds {odds_percent(trade.before.odds)} -> {odds_percent(trade.asked.odds)}")


def _restored(arguments: argparse.Namespace, restoring: Restoring, trade: Trade, done: bool) -> int:
    if arguments.json:
        _print(
            {
                "restored": done and not restoring.nothing,
                "same": restoring.nothing,
                "odds_before": trade.before.odds,
                "odds_after": trade.asked.odds,
                "fits": trade.fits,
                "moves": [{"kind": each.kind, "title": each.title, "ew": each.ew} for each in restoring.proposal.moves],
                "unmatched": list(restoring.unmatched),
                "notes": list(restoring.notes),
            }
        )
    elif not restoring.nothing:
        say("restored as one decision; undo in the app takes it back" if done else "nothing was restored")
    return DONE if done else DIFFERS


# ------------------------------------------------------------------ side by side


def compare_plans(arguments: argparse.Namespace) -> int:
    """Two or three plans side by side; 1 where they differ. Raises UsageError for more."""
    names = arguments.names if len(arguments.names) > 1 else [*arguments.names, NOW]
    if len(names) > 3:
        raise UsageError(f"two or three plans can be compared, not {len(names)}. Try: makeroom snapshot compare --help")
    state = _look(arguments)
    sides: list[Side] = []
    for name in names:
        found = named(state, name)
        # Only the present plan has decisions behind it, and a line with something below it.
        sides.append(side_of(found.name, found.frozen, sides[0] if sides else None, _record(found, state)))
    comparison = compare(sides)
    written = _reports(arguments, comparison)
    if arguments.json:
        _print(_compared(comparison))
    elif not written:
        _say_comparison(comparison)
    return DONE if comparison.same else DIFFERS


def _record(found: Named, state: State) -> State | None:
    return state if found.name == NOW and found.row is None and found.label is None else None


def _reports(arguments: argparse.Namespace, comparison: Comparison) -> bool:
    """Write what was asked for; whether anything was."""
    for wanted, module, function in (
        (arguments.markdown, "compare_markdown", "compare_markdown"),
        (arguments.html, "compare_html", "compare_html"),
    ):
        if wanted:
            from importlib import import_module

            text: str = getattr(import_module(f"scenarios.reports.{module}"), function)(comparison)
            if wanted == "-":
                sys.stdout.write(text)
            else:
                path = expanded(wanted)
                _write_report(path, text, arguments.overwrite)
                if not arguments.json:
                    say(f"written to {path}")
    return bool(arguments.markdown or arguments.html)


def _write_report(path: Path, text: str, overwrite: bool) -> None:
    try:
        with path.open("w" if overwrite else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise StoreError(f"{path} is there already: name another file, or add --overwrite.") from None
    except OSError as error:
        raise StoreError(f"Could not write {path}: {error.strerror or error}.") from error


def _say_comparison(comparison: Comparison) -> None:
    rows = figure_rows(comparison)
    wide = [min(WIDEST, max(len(row[at]) for row in rows)) for at in range(len(rows[0]))]
    for row in rows:
        say("  ".join(short(cell, WIDEST).ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip())
    for pair in comparison.pairs:
        say()
        say(f"“{short(pair.a.name, 60)}” -> “{short(pair.b.name, 60)}”: {len(pair.differences)} differences")
        for heading, found in difference_groups(pair):
            say(f"{short(heading, 80)}:")
            for what, how, why, who in found[:MOST]:
                words = "; ".join(filter(None, (how, why, f"waits: {who}" if who else "")))
                say(f"  {short(what, 60)}: {short(words, 200)}")
            if len(found) > MOST:
                say(f"  and {len(found) - MOST:,} more")
        say(f"{pair.unchanged} items are the same in both")


def _compared(comparison: Comparison) -> dict[str, Any]:
    return {
        "same": comparison.same,
        "sides": [
            {
                "name": side.name,
                "odds": side.odds,
                "target": side.target,
                "items": side.items,
                "load": side.load,
                "net": side.net,
                "one_offs": side.one_offs,
                "mix": {part.letter: part.share for part in side.mix.slices},
                "teams": [{"name": each.name, "net": each.net, "load": each.load} for each in side.teams],
                "waits_for_what_is_out": list(side.out),
                "revenue_out": side.revenue_out,
            }
            for side in comparison.figures
        ],
        "pairs": [
            {
                "a": pair.a.name,
                "b": pair.b.name,
                "unchanged": pair.unchanged,
                "differences": [_difference(each) for each in pair.differences],
            }
            for pair in comparison.pairs
        ],
    }


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind,
        "title": each.title,
        "words": each.words,
        "ew": each.ew,
        "value": each.value,
        "waiting": list(each.waiting),
        "reason": each.reason,
        "place": each.place,
    }


# ------------------------------------------------------------------ files


def export_file(arguments: argparse.Namespace) -> int:
    """Write a snapshot into a folder. Raises StoreError where it cannot be written."""
    found = named(_look(arguments), arguments.name)
    label = found.label or Label(name=found.name, at=now(), hash=content_hash(found.frozen))

    def own(text: str) -> bool:
        try:
            there = file_from_toml(text)[1]
        except SnapshotError:
            return False
        return there is not None and there.name == label.name

    text = to_toml(found.frozen, label)
    path = write_snapshot_file(expanded(arguments.to), label.name, text, own=own, overwrite=arguments.overwrite)
    if arguments.json:
        _print({"path": str(path), "name": label.name, **_content(found.frozen)})
    else:
        say(f"written to {path}")
    return DONE


def import_file(arguments: argparse.Namespace) -> int:
    """Read a snapshot's file and keep it; 1 where it was not confirmed. Raises StoreError with file, line and key."""
    path = expanded(arguments.file)
    frozen, label = read_file(path)
    forecast = forecast_of_frozen(frozen)
    fresh = frozen.model_copy(update={"figures": figures_of(forecast, side_of("", frozen).mix)})
    name = arguments.name or (label.name if label else path.stem)
    with _session(arguments) as session:
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
        if same is None and _agreed(arguments, f"Keep “{short(name, 60)}”? Type yes:"):
            kept = _keep(session, fresh, name, label)
        if arguments.json:
            _print(
                {
                    "name": name,
                    **_content(fresh),
                    "odds": forecast.odds,
                    "here": len(here),
                    "not_here": away,
                    "teams_not_here": teams,
                    "notes": notes,
                    "there_already": same.name if same else None,
                    "kept": kept is not None,
                }
            )
        elif same is not None:
            say(f"it is here already, as “{short(same.name, 60)}”")
        else:
            say(f"kept as “{kept.name}”; the plan is as it was" if kept else "nothing was kept; add --yes to keep it")
    return DONE if same is not None or kept is not None else DIFFERS


def _keep(session: Session, frozen: Frozen, name: str, label: Label | None) -> Snapshot:
    at, author, note = (label.at, label.author, label.note) if label else (now(), session.workspace.actor, "")
    try:
        row = snapshot_record(session.state, frozen, name, "imported", at=at, author=author, note=note)
    except SnapshotError as error:
        raise UsageError(str(error)) from error
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


# ------------------------------------------------------------------ the workspace


def _look(arguments: argparse.Namespace) -> State:
    with Workspace.open(database_path(arguments.db).path, read_only=True) as workspace:
        return workspace.load()


@contextmanager
def _session(arguments: argparse.Namespace) -> Iterator[Session]:
    path = database_path(arguments.db).path
    with Workspace.open(path, actor=arguments.actor, create=False) as workspace:
        yield Session(workspace)


def _agreed(arguments: argparse.Namespace, question: str) -> bool:
    if arguments.yes:
        return True
    if arguments.json or not sys.stdin.isatty():
        return False
    return ask(question).casefold() == "yes"


def _summary(frozen: Frozen) -> str:
    figures = frozen.figures
    odds = f", odds {odds_percent(figures.odds)}, load {format_ew(figures.load)} ew" if figures else ""
    return f"{len(frozen.items)} items{odds}"


def _content(frozen: Frozen) -> dict[str, Any]:
    figures = frozen.figures.model_dump() if frozen.figures else None
    return {"quarter": frozen.quarter.name, "hash": content_hash(frozen), "figures": figures}


def _described(row: Snapshot, frozen: Frozen | None = None) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in ("id", "name", "kind", "author", "note", "hash")}
    return {**own, "at": row.at.isoformat(), **(_content(frozen) if frozen else {})}


def _print(found: dict[str, Any]) -> None:
    # The one control character that JSON lets through as it is.
    say(json.dumps(found, ensure_ascii=True).replace("\x7f", "\\u007f"))
