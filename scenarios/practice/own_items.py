"""The items of a workspace's own quarter as those of a case: sizes, states and what hangs on them, in disguise."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from scenarios.odds.team_model import DECILES, SIGMA
from scenarios.plan.item_values import worths_of
from scenarios.plan.plan import entries_of
from scenarios.practice.case import (
    CaseCard,
    CaseDecided,
    CaseEnd,
    CaseEvidence,
    CaseHidden,
    CaseItem,
    CasePromise,
    CaseRequest,
    CaseVersion,
    Three,
)
from scenarios.practice.disguise import Disguise
from store.common.limits import MOST_EW
from store.records import (
    Decision,
    Dependency,
    Item,
    Pin,
    Record,
    Request,
    Size,
    State,
    Version,
    VersionSize,
    Wait,
)
from store.records.negotiation import Card, Claim, Commitment, DealEnd, Evidence, HiddenCost, Principle

#: What stands where a text stood that was somebody's own.
TO_WRITE = "To be written."
#: What the best item is worth; the others in proportion.
_BEST = 90
_CARD_TEXTS = (*("solution", "alternatives", "helps", "hurts", "buyer_value", "user_value", "precedent", "success"),)
Kind = TypeVar("Kind", bound=Record)


class OwnItems:
    """The items of a workspace as those of a case; ``teams``, ``accounts`` and ``principles`` are what their rows are
    called in it, ``letters`` the slices that a case knows, and ``left`` counts what it cannot hold."""

    def __init__(
        self,
        state: State,
        disguise: Disguise,
        teams: Mapping[int, str],
        accounts: Mapping[int, str],
        letters: Iterable[str],
        left: Counter[tuple[str, str]],
    ) -> None:
        self.state, self.disguise, self.left = state, disguise, left
        self.teams, self.accounts, self.letters = teams, accounts, frozenset(letters)
        principles = list(state.each(Principle))
        names = disguise.names("principle", [row.name for row in principles])
        self.principles = {row.id: name for row, name in zip(principles, names, strict=True)}
        asked = {row.item_id for row in state.each(Request)}
        rows = [entry.item for entry in entries_of(state, "plan", "below", "inbox", "declined", "done")]
        self.rows = [row for row in rows if row.state not in ("declined", "done") or row.id in asked]
        left["item that was declined or done and that nobody asked for", "items that were declined or done"] += len(
            rows
        ) - len(self.rows)
        titles = disguise.names("item", [row.title for row in self.rows])
        self.titles = {row.id: title for row, title in zip(self.rows, titles, strict=True)}
        worths = worths_of(state, entries_of(state, "plan", "below", "inbox", "declined", "done"))
        self._values = {key: worth.amount for key, worth in worths.items() if worth.given}
        self._most = max(map(abs, self._values.values()), default=0.0)

    def _of(self, kind: type[Kind], item_id: int) -> list[Kind]:
        return [row for row in self.state.each(kind) if getattr(row, "item_id", None) == item_id]

    def item(self, row: Item) -> CaseItem:
        """One item, with all of it that a case can hold."""
        given: dict[str, Any] = {"title": self.titles[row.id], "state": row.state}
        given["slice"] = row.slice if row.slice in self.letters else "F"
        sizes = self._sizes(self._of(Size, row.id))
        if row.state == "plan" and not sizes:
            self.left["item in plan without a size, which is below the line here", "items in plan without a size"] += 1
            given["state"] = "below"
        names = {self.accounts[one.customer_id] for one in self._of(Wait, row.id)}
        needs = {self.titles[one.needs_id] for one in self._of(Dependency, row.id) if one.needs_id in self.titles}
        return CaseItem(
            **given,
            sizes=sizes,
            value=self._value(row),
            owner=self.disguise.name("person", row.owner),
            due=self.disguise.day(row.due),
            waiting=tuple(sorted(names)),
            needs=tuple(sorted(needs)),
            pin=next((one.kind for one in self._of(Pin, row.id) if given["state"] == "plan"), None),
            first_version=self._version(row.id),
            request=self._request(row.id),
            card=self._card(row.id),
            promise=self._promise(row.id),
            decided=self._decided(row) if row.state in ("declined", "done") else None,
            end=next(map(self._end, self._of(DealEnd, row.id)), None),
        )

    def _value(self, row: Item) -> float | None:
        if row.id not in self._values or not self._most:
            return None
        return float(round(self._values[row.id] / self._most * _BEST))

    def _sizes(self, rows: Iterable[Size | VersionSize]) -> dict[str, Three]:
        return {self.teams[row.team_id]: _three(row) for row in rows if row.team_id in self.teams}

    def _version(self, item_id: int) -> CaseVersion | None:
        found = sorted(self._of(Version, item_id), key=lambda row: (row.position, row.id))
        self.left["second first version", "further first versions"] += max(0, len(found) - 1)
        if not found:
            return None
        rows = [row for row in self.state.each(VersionSize) if row.version_id == found[0].id]
        value = found[0].value
        scaled = None if value is None or not self._most else float(round(value / self._most * _BEST))
        return CaseVersion(name=self.disguise.new("version"), value=scaled, sizes=self._sizes(rows))

    def _request(self, item_id: int) -> CaseRequest | None:
        row = next(iter(self._of(Request, item_id)), None)
        if row is None:
            return None
        return CaseRequest(
            by=self.disguise.name("person", row.asked_by) or self.disguise.new("person"),
            account=self.accounts.get(row.customer_id or 0, ""),
            at=self.disguise.noon(row.received_at),
            problem=self._text(row.problem),
            claimed=self._text(row.claimed),
            amount=self.disguise.money(row.deal_amount),
            probability=row.deal_probability,
            closes=self.disguise.day(row.deal_closes),
        )

    def _text(self, text: str) -> str:
        """What stands for somebody's own words: that there are some."""
        self.left["text, where it says to be written", "texts, where it says to be written"] += bool(text)
        return TO_WRITE if text else ""

    def _promise(self, item_id: int) -> CasePromise | None:
        rows = self._of(Commitment, item_id)
        self.left["second promise of an item", "further promises of items"] += max(0, len(rows) - 1)
        if not rows:
            return None
        one = rows[0]
        who = self.disguise.name("person", one.who) or self.disguise.new("person")
        return CasePromise(to=who, due=self.disguise.day(one.due), kind=one.kind, note=self._text(one.note))

    def _decided(self, row: Item) -> CaseDecided | None:
        last = max(self._of(Decision, row.id), key=lambda one: (one.at, one.id), default=None)
        at = None if last is None else self.disguise.noon(last.at)
        if last is None or at is None:
            return None
        by = self.disguise.name("person", last.decided_by)
        return CaseDecided(kind=last.kind, at=at, by=by, because=self._text(last.because))

    def _end(self, row: DealEnd) -> CaseEnd | None:
        ended = self.disguise.day(row.ended)
        if ended is None:
            return None
        amount = self.disguise.money(row.amount)
        return CaseEnd(outcome=row.outcome, ended=ended, amount=amount, note=self._text(row.note))

    def _card(self, item_id: int) -> CaseCard | None:
        card = next(iter(self._of(Card, item_id)), None)
        evidence, claims = self._of(Evidence, item_id), self._of(Claim, item_id)
        hidden = self._of(HiddenCost, item_id)
        if card is None and not (evidence or claims or hidden):
            return None
        given: dict[str, Any] = {}
        if card is not None:
            given = {name: self._text(getattr(card, name)) for name in _CARD_TEXTS}
            given |= {name: getattr(card, name) for name in ("one_off_kind", "home", "verdict", "stance")}
            given["segment"] = self.disguise.name("segment", card.segment)
            given["sponsor"] = self.disguise.name("person", card.sponsor)
            given["renewal_arr"] = self.disguise.money(card.renewal_arr)
            given["renewal_date"] = self.disguise.day(card.renewal_date)
            given["principle"] = self.principles.get(card.principle_id or 0, "")
        return CaseCard(
            **given,
            evidence=tuple(map(self._evidence, evidence)),
            claims={row.kind: self._text(row.evidence) for row in claims},
            hidden={row.kind: CaseHidden(effort=row.effort, share=row.share, upkeep=row.upkeep) for row in hidden},
        )

    def _evidence(self, row: Evidence) -> CaseEvidence:
        return CaseEvidence(
            customers=row.customers,
            segment=self.disguise.name("segment", row.segment),
            source=self._text(row.source),
            from_deal=row.from_deal,
        )

    def all(self) -> Iterator[CaseItem]:
        """All that are carried over, in their order: what is in plan first."""
        order = ("plan", "below", "inbox", "declined", "done")
        for row in sorted(self.rows, key=lambda row: order.index(row.state)):
            yield self.item(row)


def _three(row: Size | VersionSize) -> Three:
    """A size with what the forecast takes for low and high where nobody stated them."""
    spread = math.exp(SIGMA * DECILES / 2)
    low = row.likely / spread if row.low is None else row.low
    high = row.likely * spread if row.high is None else row.high
    found = sorted(min(round(each, 2), MOST_EW) for each in (low, row.likely, high))
    return found[0], found[1], found[2]
