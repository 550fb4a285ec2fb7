"""``makeroom verify``, ``backup`` and ``restore``: what is kept is whole, is kept twice, and can be gone back to."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from store.backups.backup import back_up
from store.backups.names import Backup, backups_of
from store.backups.restore import Contents, Look, Restored, contents, look, restore
from store.common.errors import Refused
from store.database.findings import Finding, listed
from store.database.places import backups_folder, database_path, expanded, scenario_files
from store.database.sharing import access_in_words, group_of, share
from store.database.verify import verify
from store.records import Event
from tui.cli.files.outputs import BackupMadeOut, BackupOut, BackupsOut, RestoreOut, ShareOut, VerifyOut
from tui.cli.printing import DIFFERS, DONE, ask, complain, print_json, say, short

#: How many events of what would be lost or gained are named.
MOST = 20


def verify_file(arguments: argparse.Namespace) -> int:
    """Look through the workspace; 1 where it is broken. Raises StoreError where there is nothing to look at."""
    report = verify(database_path(arguments.db).path)
    if arguments.json:
        print_json(VerifyOut(**report.as_json()))
        return DONE if report.sound else DIFFERS
    say(str(report.path))
    for finding in report.findings:
        _say_finding(finding)
    events = "" if report.events is None else f"{_count(report.events, 'event')}"
    seal = f", the last seal is {report.seal}" if report.seal else ""
    say(f"{'sound' if report.sound else 'BROKEN'}: {events}{seal}".rstrip(": "))
    if scenarios := scenario_files(report.path):
        say(f"its scenarios are files of their own, each to be verified with --db: {listed(map(str, scenarios))}")
    return DONE if report.sound else DIFFERS


def backup(arguments: argparse.Namespace) -> int:
    """Make a backup; 1 where what was copied is not sound. Raises StoreError where none could be made."""
    to = expanded(arguments.to) if arguments.to else None
    made = back_up(database_path(arguments.db).path, to)
    if arguments.json:
        found = _described(made.path, contents(made.path))
        print_json(BackupMadeOut(**found, sound=made.report.sound, findings=made.report.as_json()["findings"]))
    else:
        say(f"backup written to {made.path} ({_summary(made.path, contents(made.path))})")
        for finding in made.report.of("broken"):
            complain(f"the workspace is damaged, and so is its copy: {finding.what}. See makeroom verify.")
    return DONE if made.report.sound else DIFFERS


def share_file(arguments: argparse.Namespace) -> int:
    """Share the workspace with a group, or make it private; without either, say how it is."""
    path = database_path(arguments.db).path
    if arguments.group and arguments.private:
        raise Refused("name a group, or --private, not both")
    if arguments.group or arguments.private:
        share(path, arguments.group)
    if arguments.json:
        print_json(ShareOut(path=str(path), access=access_in_words(path), group=group_of(path)))
    else:
        say(f"{path}: {access_in_words(path)}")
    return DONE


def restore_file(arguments: argparse.Namespace) -> int:
    """List the backups, look at one, or restore it; 1 where it would differ and was not restored."""
    path = database_path(arguments.db).path
    if not arguments.backup:
        return _list(path, arguments.json)
    seen = look(path, expanded(arguments.backup))
    if not arguments.json:
        _say_look(seen)
    done = restore(path, seen.backup) if seen.report.sound and _agreed(arguments, seen) else None
    if arguments.json:
        print_json(RestoreOut(**_as_json(seen, done)))
    elif done is not None:
        _say_restored(path, done)
    else:
        say("nothing was restored" + ("; add --yes to restore it" if seen.report.sound else ""))
    same = seen.report.sound and seen.present is not None and not seen.lost and not seen.gained
    return DONE if same or (done is not None and done.report.sound) else DIFFERS


def _agreed(arguments: argparse.Namespace, seen: Look) -> bool:
    if arguments.yes:
        return True
    if arguments.json or not sys.stdin.isatty():
        return False
    return ask(f"Restore {seen.path.name} from {seen.backup.name}? Type yes:").casefold() == "yes"


def _list(path: Path, as_json: bool) -> int:
    found = backups_of(path)
    if as_json:
        backups = [BackupOut(**_described(one.path, contents(one.path), one)) for one in found]
        print_json(BackupsOut(path=str(path), backups=backups))
    elif not found:
        say(f"no backups in {backups_folder(path)}; makeroom backup makes one")
    else:
        say(f"{backups_folder(path)}, newest first:")
        for one in found:
            say(f"  {one.path.name.removesuffix('.db')}  {_local(one.at)}  {_summary(one.path, contents(one.path))}")
        say("makeroom restore NAME shows what going back to one would lose and gain")
    return DONE


def _say_finding(finding: Finding) -> None:
    say(f"  {finding.level:8} {finding.what}")
    if finding.do:
        say(f"           {finding.do}")


def _say_look(seen: Look) -> None:
    say(f"{seen.backup}: {_summary(seen.backup, seen.holds)}")
    for finding in seen.report.of("broken"):
        _say_finding(finding)
    if seen.present is None:
        what = "cannot be read: it would be moved aside, and kept" if seen.path.exists() else "is not there"
        say(f"{seen.path} {what}")
        return
    _say_events("would be lost", seen.lost)
    _say_events("would be back", seen.gained)


def _say_events(what: str, events: Sequence[Event]) -> None:
    say(f"{what}: {_count(len(events), 'change')}" if events else f"{what}: nothing")
    for event in events[-MOST:]:
        say(f"  {_local(event.at)} {short(event.actor, 30)}: {short(event.label)} ({event.kind})")
    if len(events) > MOST:
        say(f"  and {len(events) - MOST:,} earlier ones")


def _say_restored(path: Path, done: Restored) -> None:
    say(f"restored {path}")
    if done.kept is not None:
        was = "which was damaged, is kept whole as" if done.was_damaged else "is kept as"
        say(f"the file as it was, {was} {done.kept}")
    for finding in done.report.of("broken"):
        _say_finding(finding)


def _summary(path: Path, holds: Contents | None) -> str:
    size = f"{path.stat().st_size / 1e6:,.1f} MB"
    if holds is None:
        return f"{size}, cannot be read"
    last = f", last change {_local(holds.last.at)}: {short(holds.last.label, 40)}" if holds.last else ""
    return f"{size}, {_count(holds.items, 'item')}, {_count(holds.decisions, 'decision')}{last}"


def _described(path: Path, holds: Contents | None, named: Backup | None = None) -> dict[str, Any]:
    own = {"at": named.at, "kind": named.kind} if named else {}
    return {
        "path": str(path),
        **own,
        "size": path.stat().st_size,
        "items": holds.items if holds else None,
        "decisions": holds.decisions if holds else None,
        "last": _event(holds.last) if holds and holds.last else None,
    }


def _as_json(seen: Look, done: Restored | None) -> dict[str, Any]:
    return {
        "path": str(seen.path),
        "backup": BackupOut(**_described(seen.backup, seen.holds)),
        "sound": seen.report.sound,
        "findings": seen.report.as_json()["findings"],
        "present": seen.present is not None,
        "lost": [_event(event) for event in seen.lost],
        "gained": [_event(event) for event in seen.gained],
        "restored": done is not None,
        "kept": str(done.kept) if done and done.kept else None,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at,
        "actor": event.actor,
        "kind": event.kind,
        "label": event.label,
    }


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _local(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
