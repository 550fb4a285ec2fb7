"""Who waits: each customer once, by the day of renewal; those outside the horizon apart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from scenarios.figures.amounts import cents, exact
from scenarios.figures.figure import Figure
from scenarios.requests.who_waits import Waiting, WhoWaits, who_waits
from store.records import State
from tui.dialogs.reading_screen import Reading
from tui.session.session import Session
from tui.widgets.block_table import Block
from tui.widgets.keys import Key, Keys, key_named


@dataclass(frozen=True)
class Scope:
    """What is waited for: its name, and the items, looked up in the present state."""

    name: str
    items: Callable[[State], Iterable[int]]


class WhoWaitsScreen(Reading[None]):
    """Left with Esc; tab goes from one scope to the next."""

    KEYS = Keys(
        "Who waits",
        Key("waits.next", "tab", "For something else", "scope(1)"),
        Key("waits.before", "shift+tab", "For something else, back", "scope(-1)", show=False),
        Key("waits.why", "enter", "Why: horizon and sources", "open", show=False),
        Key("waits.leave", "w", "Back", "leave", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, session: Session, scopes: Sequence[Scope], where: str = "") -> None:
        super().__init__(session, where)
        self._scopes, self._at = scopes, 0
        self._found: WhoWaits | None = None

    def look(self) -> None:
        """Look up who waits, in a thread."""
        self._look_up()

    @work(group="waits", exclusive=True)
    async def _look_up(self) -> None:
        state, scope = self.session.state, self._scopes[self._at]
        found = await asyncio.to_thread(lambda: who_waits(state, scope.items(state)))
        if not self.is_attached:
            return
        self._found = found
        after = self._scopes[(self._at + 1) % len(self._scopes)]
        self.hints = (
            Reading.KEYS["why"].hint("why: horizon and sources"),
            *((self.KEYS["next"].hint(f"for {after.name}"),) if after is not scope else ()),
            *Reading.KEYS.hints("leave"),
        )
        self.show("WHO WAITS", f"for {scope.name}", "each customer once", _blocks(found))

    def figures(self) -> Sequence[Figure]:
        """Revenue that renews within the horizon, and all revenue that waits."""
        return (self._found.at_renewal, self._found.revenue) if self._found is not None else ()

    def action_scope(self, step: int) -> None:
        """Who waits for something else."""
        self._at = (self._at + step) % len(self._scopes)
        self.look()


def _blocks(found: WhoWaits) -> list[Block]:
    if not found.rows:
        edit = key_named("board.edit")
        return [
            Block(
                "Nobody on record waits",
                ((f"{edit} names the customers who wait for an item; the request card, who asked", "muted"),),
                "0",
            )
        ]
    inside = found.renewing
    outside = [row for row in found.rows if not row.counts]
    horizon = f"{found.since.isoformat()} to {found.until.isoformat()}"
    rows = [Block(f"Renew within the horizon, {horizon}")]
    rows += [_row(row) for row in inside] or [Block("nobody", (), "none")]
    rows.append(Block("together", ((found.renewing_words(), "strong"),), "renewing"))
    if outside:
        rows += [Block(""), Block("Renew before or after it, or on no day that is known")]
        rows += [_row(row) for row in outside]
    every = f"{found.revenue_words}, {len(found.rows)} customer{'' if len(found.rows) == 1 else 's'}"
    rows += [Block(""), Block("all who wait", ((every, "strong"),), "all")]
    return rows


def _row(row: Waiting) -> Block:
    customer = row.customer
    revenue = "revenue not known" if customer.arr is None else cents(exact(customer.arr))
    renews = row.renews.isoformat() if row.renews else "no date   "
    items = ", ".join(item.title for item in row.items)
    return Block(customer.name, ((f"{renews}  {revenue:>13}  {items}", "text"),), f"customer-{customer.id}")
