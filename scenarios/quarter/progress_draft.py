"""Progress that is being told, item by item: a draft over the plan, and at the end one change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from scenarios.figures.sizes import Range, format_ew, format_range, format_span
from scenarios.plan.plan import Entry, entries_of
from scenarios.plan.progress import SizeProgress
from scenarios.quarter.progress import ToldItem, ToldProgress, tell_progress
from store.common.errors import Refused
from store.common.text import short
from store.records import Progress, State

#: Half a day, in engineer-weeks.
HALF_A_DAY = 0.1
#: Stands for the reason that is asked for when the draft is confirmed.
_ASKED_LATER = "…"
_NEAR = 1e-9
#: So much of a title is said.
_TITLE = 24


@dataclass(frozen=True)
class ProgressDraft:
    """What is told as of a day, over a state that stays as it is. A value: each thing told gives another draft."""

    base: State
    on: date
    steps: tuple[ToldItem, ...] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What is in plan, best first, as it is stored."""
        return tuple(entries_of(self.base, "plan"))

    @cached_property
    def told(self) -> ToldProgress:
        """All of it as one change, but for its reason."""
        return self.confirmed(_ASKED_LATER)

    def confirmed(self, because: str = "") -> ToldProgress:
        """All of it as one change. Raises :class:`Refused` where something took a reason and there is none."""
        return tell_progress(self.base, self.on, _last_words(self.steps), because)

    @cached_property
    def state(self) -> State:
        """The state as it would be."""
        return self.base.overlay(self.told.command)

    @cached_property
    def changed(self) -> frozenset[tuple[int, int]]:
        """The sizes that it tells of, by the ids of item and team."""
        puts = self.told.command.puts
        return frozenset((row.item_id, row.team_id) for row in puts if isinstance(row, Progress))

    @property
    def needs_reason(self) -> bool:
        """Whether something is less than it was known to be, or open again."""
        try:
            self.confirmed()
        except Refused:
            return True
        return False

    def then(self, told: ToldItem) -> ProgressDraft:
        """The draft with one thing more. Raises :class:`Refused` where that cannot be."""
        later = replace(self, steps=(*self.steps, told))
        _ = later.told
        return later

    @property
    def undone(self) -> ProgressDraft:
        """The draft without what was told last."""
        return replace(self, steps=self.steps[:-1])

    def kept(self) -> str:
        """All of it as JSON."""
        return json.dumps({"on": self.on.isoformat(), "steps": [_as_data(step) for step in self.steps]})


def half_days(draft: ProgressDraft, entry: Entry, count: int) -> ProgressDraft:
    """So many half days more (or less) were spent on an item of one team. Raises Refused where that cannot be."""
    (size,) = entry.sizes
    known = entry.progress_of(size.team_id)
    spent = round(known.spent + count * HALF_A_DAY, 6)
    if spent < known.earlier - _NEAR:
        when = " in this quarter" if known.earlier else ""
        raise Refused(f"nothing is spent on “{short(entry.item.title, _TITLE)}”{when}")
    return draft.then(ToldItem(entry.item.id, size.team_id, spent=max(0.0, spent)))


def finish(draft: ProgressDraft, entry: Entry) -> ProgressDraft:
    """An item is done; one that is done already is open again. Of one team's part, where it has one alone."""
    team_id = entry.sizes[0].team_id if len(entry.sizes) == 1 else None
    if entry.done and draft.steps and draft.steps[-1] == ToldItem(entry.item.id, team_id, done_on=draft.on):
        # It was done in this draft alone, a key ago: nothing that anybody knew is taken back.
        return draft.undone
    if entry.done:
        return draft.then(ToldItem(entry.item.id, team_id, reopen=True))
    return draft.then(ToldItem(entry.item.id, team_id, done_on=draft.on))


def tenths(draft: ProgressDraft, entry: Entry, count: int) -> ProgressDraft:
    """So many tenths (1 to 9) of an item are done."""
    if entry.done:
        raise Refused(f"“{short(entry.item.title, _TITLE)}” is done: it is opened again first")
    team_id = entry.sizes[0].team_id if len(entry.sizes) == 1 else None
    return draft.then(ToldItem(entry.item.id, team_id, tenths=count))


def part_of(entry: Entry, team_id: int) -> Entry:
    """An item with the part of one team alone, for what is told of that team."""
    sizes = tuple(size for size in entry.sizes if size.team_id == team_id)
    return replace(entry, sizes=sizes, progress=tuple(each for each in entry.progress if each.team_id == team_id))


def spent_words(entry: Entry, team_id: int) -> str:
    """As ``1.5 of 2–5``, ``1.5, left 1-2-3``, ``took 2.0``, ``done, not counted``; ``of 2–5`` where nobody told."""
    row: SizeProgress = entry.progress_of(team_id)
    if row.done:
        return f"took {format_ew(row.spent)}" if row.counted else "done, not counted"
    if row.left is not None:
        return f"{format_ew(row.spent)}, left {format_range(row.left)}"
    return f"{format_ew(row.spent) + ' ' if row.spent > 0 else ''}of {format_span(entry.sizes)}"


def _last_words(steps: tuple[ToldItem, ...]) -> list[ToldItem]:
    """What is told, without what the very next step says anew of the same."""
    found: list[ToldItem] = []
    for step in steps:
        if found and step.spent is not None and replace(found[-1], spent=step.spent) == step:
            found.pop()
        found.append(step)
    return found


# ------------------------------------------------------------------ drafts


def _as_data(told: ToldItem) -> dict[str, Any]:
    left = told.left and [told.left.likely, told.left.low, told.left.high]
    days = {name: day.isoformat() for name in ("started_on", "done_on") if (day := getattr(told, name)) is not None}
    plain = {"item_id": told.item_id, "team_id": told.team_id, "spent": told.spent, "tenths": told.tenths}
    return {**plain, **days, "reopen": told.reopen, "left": left}


def _as_told(row: Mapping[str, Any]) -> ToldItem:
    left, given = row.get("left"), dict(row)
    given["left"] = None if left is None else Range(*left)
    for name in ("started_on", "done_on"):
        given[name] = date.fromisoformat(row[name]) if row.get(name) else None
    return ToldItem(**given)


def drafted(state: State, kept: str) -> tuple[ProgressDraft, int]:
    """What :meth:`ProgressDraft.kept` wrote, on this state, and how much of it cannot be told any more.

    Raises :class:`Refused` where it is no draft.
    """
    try:
        content = json.loads(kept)
        draft = ProgressDraft(state, date.fromisoformat(content["on"]))
        steps = [_as_told(row) for row in content["steps"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused("that is not a draft of progress") from error
    lost = 0
    for step in steps:
        try:
            draft = draft.then(step)
        except (Refused, KeyError):
            lost += 1
    return draft, lost
