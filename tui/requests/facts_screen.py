"""The facts card: what the app itself knows of a request, line by line, in neutral words."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from scenarios.figures.figure import Figure
from scenarios.plan.departures import Leaving
from scenarios.requests.earlier_asks import Earlier, asked_before, earlier_asks
from scenarios.requests.facts import Fact
from scenarios.requests.trade_facts import NOTHING_GIVES, FactsSubject, best_swap, facts_with
from scenarios.rules.returns import request_of
from scenarios.swaps import Stopped
from store.records import Item, State
from tui.dialogs.reading_screen import Reading
from tui.session.session import Session
from tui.widgets.block_table import Block
from tui.widgets.keys import Key, Keys

#: Lines that depend on what leaves.
_FOLLOW = ("postponed for it", "who waits for that", "one-offs after a yes")


class FactsCard(Reading[None]):
    """Left with Esc."""

    KEYS = Keys(
        "Facts of a request",
        Key("facts.why", "enter", "Why: formula and inputs of this line", "open"),
        Key("facts.earlier", "s", "Earlier asks, and what became of them", "earlier", bar="earlier asks"),
        Key("facts.waits", "w", "Who waits for what is postponed", "waits", bar="who waits"),
        Key("facts.leave", "f", "Back", "leave", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings
    hints = (
        Reading.KEYS["why"].hint("why this line"),
        *KEYS.hints("earlier", "waits"),
        *Reading.KEYS.hints("leave"),
    )

    def __init__(self, session: Session, ask: Callable[[], FactsSubject | None], where: str = "") -> None:
        """``ask`` says what the facts are about now; None where that is gone."""
        super().__init__(session, where)
        self._ask = ask
        self._asked: FactsSubject | None = None
        self._facts: tuple[Fact, ...] = ()
        self._out: tuple[Leaving, ...] = ()
        self._stop = threading.Event()

    def look(self) -> None:
        """Put the facts together, in a thread."""
        asked = self._ask()
        if asked is None or asked.item_id not in asked.state.all(Item):
            self.dismiss(None)
            return
        self._stop.set()
        self._asked, self._stop = asked, threading.Event()
        self._put_together(asked, self._stop)

    def on_unmount(self) -> None:
        """Nobody waits for a search that goes on."""
        self._stop.set()

    @work(group="facts", exclusive=True)
    async def _put_together(self, asked: FactsSubject, stop: threading.Event) -> None:
        out, how, trade = asked.out, asked.how, asked.trade
        if out is None:
            out = ()
            if trade is not None:
                how = NOTHING_GIVES if trade.fits else "the best swap is being worked out"
        known = trade is None or trade.fits or asked.out is not None
        await self._show(asked, out, how, known=known)
        if known or trade is None:
            return
        try:
            found, how = await asyncio.to_thread(best_swap, trade, stop.is_set)
        except Stopped:
            return
        await self._show(asked, found, how)

    async def _show(self, asked: FactsSubject, out: tuple[Leaving, ...], how: str, *, known: bool = True) -> None:
        """``known`` is whether it is settled what leaves; until then the lines that follow from it say so."""
        found = await asyncio.to_thread(facts_with, asked, out)
        if self._asked is not asked or not self.is_attached:
            return
        if not known:
            found = tuple(Fact(fact.about, "being worked out", ()) if fact.about in _FOLLOW else fact for fact in found)
        self._facts, self._out = found, out
        blocks = [
            Block(fact.about, ((fact.text, "text"), *((line, "muted") for line in fact.more)), fact.about)
            for fact in found
        ]
        self.show("FACTS", asked.state.all(Item)[asked.item_id].title, how, blocks)

    @property
    def fact(self) -> Fact | None:
        """The line on the cursor."""
        return next((fact for fact in self._facts if fact.about == self.table.key), None)

    def figures(self) -> Sequence[Figure]:
        """Those of the line on the cursor."""
        return self.fact.figures if self.fact is not None else ()

    def known(self) -> Sequence[Figure]:
        """Those of all lines."""
        return tuple(figure for fact in self._facts for figure in fact.figures)

    def action_waits(self) -> None:
        """Who waits for what is postponed, and for the request itself."""
        from tui.requests.who_waits_screen import Scope, WhoWaitsScreen

        if self._asked is None:
            return
        item_id, leaves = self._asked.item_id, [each.item_id for each in self._out]
        scopes = [Scope("the request itself", lambda state: [item_id])]
        if leaves:
            scopes.insert(0, Scope("what a yes postpones", lambda state: leaves))
        self.app.push_screen(WhoWaitsScreen(self.session, scopes, self._where))

    @work(group="earlier", exclusive=True)
    async def action_earlier(self) -> None:
        """What this customer asked before, and what is like it."""
        from tui.dialogs.report import Report

        if self._asked is not None:
            lines = await asyncio.to_thread(earlier_lines, self._asked.state, self._asked.item_id)
            self.app.push_screen(Report("Asked before", lines, "close"))


def earlier_lines(state: State, item_id: int) -> list[str]:
    """The earlier asks of the customer and those with a similar title, each as one line."""
    request, item = request_of(state, item_id), state.all(Item)[item_id]
    customer_id = request.customer_id if request is not None else None
    own: tuple[Earlier, ...] = () if customer_id is None else earlier_asks(state, customer_id, item_id)
    like = asked_before(state, item.title, customer_id, item_id)
    lines = ["By the same customer:", *(f"  {each.words}" for each in own)] if own else []
    lines += ["With a similar title:", *(f"  {each.words}" for each in like)] if like else []
    return lines or ["Nothing like it is on record, and nothing earlier of this customer."]
