"""The meetings of a workspace, each with the plan as it found it and as it left it; and the memos of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cached_property
from pathlib import Path

from scenarios.decisions.log import customers_by_item
from scenarios.memos import (
    AccountPage,
    Audience,
    Meeting,
    account_memo,
    executives_memo,
    meeting_days,
    meeting_on,
    team_memo,
)
from scenarios.memos.pages_sent import last_page
from scenarios.plan.mix import Mix, mix_of
from scenarios.plan.plan import plan_of
from scenarios.reports.memo_html import memo_html
from store.records import Customer, Decision, PageSent, Slice, State
from store.workspace.workspace import Workspace
from tui.decisions.memo_templates import template_for

#: Events that bring decisions along with all the rest of a workspace: nothing is known of what was before each.
_WHOLE = ("import", "demo")


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting as it began and ended; what was taken back since is not in it."""

    meeting: Meeting

    @property
    def state(self) -> State:
        """The workspace as the meeting left it."""
        return self.meeting.state

    @cached_property
    def mixes(self) -> tuple[Mix, Mix]:
        """The mix before the first decision, and as the meeting left it."""
        return _mix(self.meeting.began), _mix(self.state)

    @cached_property
    def concerned(self) -> tuple[Customer, ...]:
        """The customers who asked for or wait for anything that was decided on, by name."""
        by_item = customers_by_item(self.state)
        whose = {one for line in self.meeting.lines for key in line.item_ids for one in by_item.get(key, ())}
        found = (self.state.all(Customer)[key] for key in whose)
        return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))

    def memo(self, audience: Audience, customer_id: int | None = None, folder: Path | None = None) -> str:
        """The memo as Markdown; for an account, of a customer. ``folder`` is that of the user's own templates.

        Raises Refused for a template that cannot be filled, StoreError for one that cannot be read.
        """
        if audience == "account":
            if customer_id is None:
                raise ValueError("a memo for an account is for one customer")
            return self.account(customer_id, folder).text
        template = template_for(audience, folder)
        make = team_memo if audience == "team" else executives_memo
        return make(self.meeting, template.text, template.name)

    def account(self, customer_id: int, folder: Path | None = None) -> AccountPage:
        """The page for a customer, and what was withheld from it; raises as :meth:`memo`."""
        template = template_for("account", folder)
        return account_memo(self.meeting, customer_id, template.text, template.name)

    def page(self, audience: Audience, text: str) -> str:
        """The memo as one HTML page. That of an account has no pies: they tell what was done for others."""
        names = ("before", "after")
        if self.meeting.over:
            names = (f"before, {self.meeting.quarter.name}", f"after, {self.state.quarter.name}")
        pies = [] if audience == "account" else list(zip(names, self.mixes, strict=True))
        return memo_html(text, pies)


class Meetings:
    """The meetings on record, read from the journal as they are asked for."""

    def __init__(self, workspace: Workspace, state: State) -> None:
        """``state`` is the workspace as it is now."""
        self._workspace = workspace
        self._state = state
        self.days = meeting_days(state)

    def count(self, day: date) -> int:
        """How many decisions of a day stand."""
        return self._by_day.get(day, 0)

    @cached_property
    def _by_day(self) -> Mapping[date, int]:
        found: dict[date, int] = {}
        for row in self._state.all(Decision).values():
            found[row.at.date()] = found.get(row.at.date(), 0) + 1
        return found

    @cached_property
    def _made(self) -> Mapping[int, int]:
        """By decision, the number of the event that made it."""
        return self._workspace.makers(Decision)

    def held(self, day: date, since: date | None = None) -> HeldMeeting:
        """The meeting of a day, or all from ``since`` to it; figures and standing exceptions are those at its end.

        A meeting begins with the first decision of its day, a longer span with its first day; what was promised, or
        came between, with the day in both. Raises StoreError where the journal cannot be read.
        """
        rows = [row for row in self._state.all(Decision).values() if (since or day) <= row.at.date() <= day]
        seqs = [self._made[row.id] for row in rows if row.id in self._made]
        if not seqs:
            return HeldMeeting(meeting_on(self._state, self._state, day, since=since))
        zone = max(rows, key=lambda row: (row.at, row.id)).at.tzinfo
        opens = min(*seqs, self._first(since or day, zone))
        first = min(seqs) if since is None else opens
        # What a file brought was not promised on that day.
        opens = max(
            (each.seq + 1 for each in self._workspace.events(opens - 1, first - opens) if each.kind in _WHOLE),
            default=opens,
        )
        held = self._held(first, self._end(day, max(seqs), zone), day, since)
        if opens == first:
            return held
        opened = self._workspace.at(max(1, opens - 1), held.meeting.began)
        return HeldMeeting(replace(held.meeting, opened=opened))

    def account(
        self, day: date | None = None, since: date | None = None, customer_id: int | None = None
    ) -> HeldMeeting:
        """The workspace at the end of a day, by default as it is now, against how it was before ``since``, by default
        when the last page was sent to this customer, else before the last meeting. Raises StoreError as :meth:`held`.
        """
        today = datetime.now().astimezone()
        last = today.date() if day is None else day
        days = [each for each in self.days if each <= last]
        begins = since or (days[0] if days else last)
        rows = [row for row in self._state.all(Decision).values() if begins <= row.at.date() <= last]
        seqs = [self._made[row.id] for row in rows if row.id in self._made]
        until = [self._made[row.id] for row in self._state.all(Decision).values() if row.at.date() <= last]
        zone = max(rows, key=lambda row: (row.at, row.id)).at.tzinfo if rows else today.tzinfo
        end = self._state.seq if day is None else self._end(last, max(until, default=0), zone)
        page = last_page(self._state, customer_id, day) if customer_id is not None and since is None else None
        if page is not None and (seq := self._workspace.makers(PageSent).get(page.id)) is not None:
            # Where the record came with a file, how it stood then did not.
            held = self._held(seq, max(seq, end), last, page.at.date())
            began = self._workspace.at(seq, held.state)
            return HeldMeeting(replace(held.meeting, began=began, page=True))
        first = min(seqs) if seqs and since is None else min([*seqs, self._first(begins, zone)])
        return self._held(first, max(1, end), last, begins)

    def _held(self, first: int, end: int, day: date, since: date | None) -> HeldMeeting:
        """From before the first of these events until after the last."""
        left = self._state if end >= self._state.seq else self._workspace.at(end, self._state)
        began = self._workspace.at(max(1, min(first - 1, end)), left)
        maker = next(iter(self._workspace.events(first - 1, 1)), None)
        known = maker is None or maker.kind not in _WHOLE
        return HeldMeeting(meeting_on(began, left, day, self._state.all(Decision), since, known))

    def _first(self, since: date, zone: tzinfo | None) -> int:
        """The first event of a day or later, by the clock of whoever decided; one more than the last where none is."""
        later = (event.seq for event in self._workspace.events() if event.at.astimezone(zone).date() >= since)
        return next(later, self._state.seq + 1)

    def _end(self, day: date, last: int, zone: tzinfo | None) -> int:
        """The last event of that day, by the clock of whoever decided, and before anything was decided later."""
        later = [self._made[row.id] for row in self._state.all(Decision).values() if row.at.date() > day]
        until = min((seq for seq in later if seq > last), default=self._state.seq + 1)
        for event in self._workspace.events(last):
            if event.seq >= until or event.at.astimezone(zone).date() > day:
                break
            last = event.seq
        return last


def _mix(state: State) -> Mix:
    return mix_of(plan_of(state).entries, state.all(Slice).values())
