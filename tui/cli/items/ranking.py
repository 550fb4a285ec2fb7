"""``makeroom sort`` and ``makeroom rank``: the order of plan and backlog, sorted once or moved by hand."""

from __future__ import annotations

import argparse
from collections.abc import Collection

from scenarios.items.sort import sort_key_named, sorted_by
from scenarios.plan.ranks import moved_to_end, placed, placed_beside
from store.common.errors import Refused
from store.records import Command, State
from tui.cli.items.item_list import kept_by, query_of
from tui.cli.trade.door import report
from tui.cli.workspace import desk, find_item
from tui.session.session import Session


def sort(arguments: argparse.Namespace) -> int:
    """Sort once, and say what has no place. Raises Refused."""
    by, query = sort_key_named(arguments.by), query_of(arguments)
    with desk(arguments, write=not arguments.dry_run, create=False) as session:
        before = session.now.forecast
        among = _ids(session, query) if query else None
        found = sorted_by(session.state, by, backwards=arguments.backwards, among=among)
        if arguments.dry_run or found.command.empty:
            return report(arguments, session, before, None, found.words)
        applied = session.commit(found.command)
        return report(arguments, session, before, applied, "; ".join((found.command.label, *found.remarks)))


def rank(arguments: argparse.Namespace) -> int:
    """Move items together. Raises Refused."""
    query = query_of(arguments)
    if bool(query) == bool(arguments.items):
        raise Refused("say which items: by name, or by --where; not both")
    with desk(arguments, write=True, create=False) as session:
        state, before = session.state, session.now.forecast
        ids = _ids(session, query) if query else [find_item(state, text).item.id for text in arguments.items]
        if not ids:
            return report(arguments, session, before, None, "that filter keeps nothing")
        command = _moved(arguments, state, ids)
        words = command.label if not command.empty else "they stand there already"
        return report(arguments, session, before, session.commit(command), words)


def _moved(arguments: argparse.Namespace, state: State, ids: Collection[int]) -> Command:
    if arguments.top or arguments.bottom:
        return moved_to_end(state, ids, top=arguments.top)
    if arguments.to is not None:
        return placed(state, ids, arguments.to)
    other = find_item(state, arguments.above or arguments.below).item
    return placed_beside(state, ids, other.id, after=arguments.below is not None)


def _ids(session: Session, query: str) -> list[int]:
    kept, _ = kept_by(session.now, query)
    return [entry.item.id for entry in kept if entry.item.state in ("plan", "below")]
