"""The list of plans and the comparison of whom a seat follows; nothing is changed on them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from textual.screen import Screen

from scenarios.compare import Difference
from store.common.errors import Refused
from tui.compare.compare_screen import Compare
from tui.compare.sides import sides_of, sources_of
from tui.flows.host import Host
from tui.session.plans import odds_of, plans_of
from tui.snapshots.plans_screen import Scenarios

#: What works on them: looking, and leaving.
_WORKS = frozenset({"leave", "patterns", "everything"})


class PlansMirror(Scenarios):
    """Shows the row of the driver; Esc looks at the board meanwhile."""

    def go_to(self, key: tuple[str, str]) -> None:
        """To this row."""
        self.table.move_to(self._plans.find(key))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key of the screen does anything here but leave."""
        return action in _WORKS if action in _actions(Scenarios) else super().check_action(action, parameters)


class CompareMirror(Compare):
    """Shows the row of the driver; Esc looks at the board meanwhile."""

    CSS_PATH = "../compare/compare_screen.tcss"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key of the screen changes anything here."""
        return action in _WORKS if action in _actions(Compare) else super().check_action(action, parameters)


def _actions(screen: type[Scenarios | Compare]) -> frozenset[str]:
    return frozenset(row.runs.partition("(")[0] for row in screen.KEYS)


async def mirrors(board: Host, present: Screen[Any] | None, told: Mapping[str, Any]) -> Screen[Any] | None:
    """The screen that shows what a seat tells of the plans it looks at: the ``present`` one where that still does, None
    where it looks at none, or at what is not known here. Files are read in threads."""
    try:
        if (keys := _keys_in(told.get("compare"))) and board.session.now.ready:
            return await _comparison(board, present, keys, told.get("at"))
        if row := _keys_in([told.get("plans")]):
            return await _list(board, present, row[0])
    except Refused:
        # A plan that cannot be read is told where it is asked for.
        return None
    return None


async def _comparison(
    board: Host, present: Screen[Any] | None, keys: Sequence[tuple[str, str]], at: object
) -> Screen[Any] | None:
    mirror = present
    if not isinstance(mirror, CompareMirror) or [source.key for source in mirror.sides.sources] != keys:
        sources = {source.key: source for source in await asyncio.to_thread(sources_of, board.session)}
        if not all(key in sources for key in keys):
            return None
        sides = await asyncio.to_thread(sides_of, board.session, [sources[key] for key in keys])
        mirror = CompareMirror(board, sides, _refuse)
    elif isinstance(at, int):
        mirror.table.move_to(at)
    return mirror


async def _list(board: Host, present: Screen[Any] | None, row: tuple[str, str]) -> Screen[Any]:
    if isinstance(present, PlansMirror):
        present.go_to(row)
        return present
    session = board.session
    plans = await asyncio.to_thread(plans_of, session)
    return PlansMirror(session.now, plans, partial(odds_of, plans, session), plans.find(row), board.where)


def _keys_in(told: object) -> list[tuple[str, str]]:
    """Kinds and ids of plans, as a seat tells them; none where they are no such thing."""
    rows = told if isinstance(told, list) else []
    found = [tuple(row) for row in rows if isinstance(row, list) and len(row) == 2 and all(map(_is_text, row))]
    return [(kind, key) for kind, key in found] if len(found) == len(rows) <= 2 else []


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _refuse(board: Host, difference: Difference, name: str) -> str:
    raise Refused("This seat is read only: nothing is taken over from here.")
