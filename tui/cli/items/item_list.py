"""``makeroom items``: the items that a filter keeps; and, with ``--set``, one edit of all of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from scenarios.items.bulk_edit import FIELDS, edit_items
from scenarios.items.filters import Filter
from scenarios.plan.plan import Entry, entries_of
from store.common.errors import Refused
from store.sidecars.preferences import load_preferences
from tui.cli import plan_outputs
from tui.cli.items.outputs import ItemsOut
from tui.cli.printing import DONE, print_json, say, short
from tui.cli.trade.door import Way, report, through_the_door
from tui.cli.workspace import desk
from tui.session.figures import Figures


def items(arguments: argparse.Namespace) -> int:
    """List them, or edit them. Raises Refused."""
    if arguments.wanted:
        return _edit(arguments)
    with desk(arguments) as session:
        now = session.now
        kept, of = kept_by(now, query_of(arguments))
        found = ItemsOut(items=[plan_outputs.item_of(now, entry, now.forecast) for entry in kept], of=of)
        if arguments.json:
            print_json(found)
            return DONE
        for each in found.items:
            say(plan_outputs.item_line(each))
        say(f"{len(kept):,} of {of:,}")
    return DONE


def _edit(arguments: argparse.Namespace) -> int:
    wanted = dict(map(_pair, arguments.wanted))
    way, query = Way.of(arguments), query_of(arguments)
    if not query:
        raise Refused("--set is for the items that --where keeps, or --filter: say which")
    with desk(arguments, write=not arguments.dry_run, create=False) as session:
        before = session.now.forecast
        kept, _ = kept_by(session.now, query)
        found = edit_items(session.state, kept, wanted)
        if arguments.dry_run or not found.changed:
            return report(arguments, session, before, None, found.words)
        if found.asks_door:
            return through_the_door(arguments, session, found.proposal, way)
        applied = session.commit(found.proposal.command)
        return report(arguments, session, before, applied, found.proposal.title)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or name.strip().casefold() not in FIELDS:
        raise Refused(f"“{short(text, 60)}” sets nothing: write FIELD=VALUE, with one of {', '.join(FIELDS)}")
    return name.strip().casefold(), value.strip()


def query_of(arguments: argparse.Namespace) -> str:
    """The filter that was typed, and the saved one that was named; empty where neither was."""
    saved = ""
    if arguments.saved is not None:
        found = load_preferences()
        saved = found.filters[found.filter_named(arguments.saved)]
    return " ".join(filter(None, (saved, (arguments.where or "").strip())))


def kept_by(now: Figures, query: str) -> tuple[Sequence[Entry], int]:
    """The items that a filter keeps, and of how many. Raises Refused for a filter that cannot be read."""
    found = Filter(query, now.state, now.waiting)
    found.require_sound()
    if found.elsewhere is not None:
        entries: Sequence[Entry] = entries_of(now.state, found.elsewhere)
    else:
        entries = [*now.plan.entries, *now.below, *now.inbox]
    return [entry for entry in entries if found.keeps(entry)], len(entries)
