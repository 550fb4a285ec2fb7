"""Work that came unplanned, told in one line: ``2d Payments: outage >Northwind``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scenarios.accounts.spellings import account_called
from scenarios.figures.efforts import effort_of, looks_like_effort
from scenarios.figures.names import TEAM, matches
from scenarios.figures.sizes import format_ew
from scenarios.figures.teams import teams_of
from scenarios.plan.progress import day_words, require_day
from scenarios.requests.quick_add import RequestDraft, parse_line
from store.common.errors import Refused
from store.common.text import short
from store.records import Command, Customer, Record, Slice, State, Team, UnplannedWork, new_id

_EXAMPLE = "2d Payments: outage >Northwind"
_TITLE = 60


@dataclass(frozen=True)
class InterruptDraft:
    """An interrupt as typed: what it took (ew) of which team, what it was, for whom, who asked, of which slice."""

    effort: float
    team: Team
    title: str
    customer: str = ""
    asked_by: str = ""
    slice: str | None = None
    note: str = ""


def read_interrupt(state: State, line: str) -> InterruptDraft:
    """What one line says: first how much, then whose time, a colon and what it was; ``>Account``, ``by:NAME`` and
    ``#slice`` as in a request. Raises :class:`Refused` with what is missing."""
    head, _, rest = line.strip().partition(" ")
    if not looks_like_effort(head):
        raise Refused(f"begin with how much it took (2d, 6h or 0.5 engineer-weeks), as in “{_EXAMPLE}”")
    effort = effort_of(head, state.workspace.hours_per_ew)
    if effort <= 0:
        raise Refused("what came unplanned took something: begin with how much, above 0")
    word, _, after = rest.strip().partition(" ")
    if word.casefold() in ("ew", "w", "d", "h", "days", "day", "hours", "hour", "weeks", "week"):
        effort, rest = effort_of(f"{head} {word}", state.workspace.hours_per_ew), after
    teams = teams_of(state)
    draft = parse_line(rest, state.each(Slice), teams, (), state.each(Customer))
    team, title = _team_and_title(teams, draft)
    if not title.strip():
        raise Refused(f"say what it was, as in “{_EXAMPLE}”")
    return InterruptDraft(effort, team, title.strip(), draft.customer, draft.asked_by, draft.slice, draft.problem)


def _team_and_title(teams: list[Team], draft: RequestDraft) -> tuple[Team, str]:
    """Whose time it was, before the colon; the only team where there is but one."""
    if not teams:
        raise Refused("there is no team yet: add one with its net capacity first (makeroom capacity)")
    name, colon, title = draft.title.partition(":")
    found = matches(teams, name.strip(), TEAM, parts=False) if colon and name.strip() else []
    if len(found) == 1:
        return found[0], title
    if draft.team:
        return next(team for team in teams if team.name == draft.team), draft.title
    if len(teams) == 1:
        return teams[0], draft.title
    names = ", ".join(short(team.name, _TITLE) for team in teams)
    said = f"“{short(name, _TITLE)}” is not a team: " if colon else ""
    raise Refused(f"{said}say whose time it took, before a colon, as in “{_EXAMPLE}”: {names}")


def log_interrupt(state: State, draft: InterruptDraft, day: date, source: str = "") -> Command:
    """An interrupt on a day of the quarter, as one change; an account that nobody knows becomes one.

    Raises :class:`Refused` where the quarter does not run on that day.
    """
    require_day(state.quarter, day)
    puts: list[Record] = []
    customer = account_called(state.each(Customer), draft.customer) if draft.customer else None
    if draft.customer and customer is None:
        customer = Customer(id=new_id(), name=draft.customer)
        puts.append(customer)
    puts.append(
        UnplannedWork(
            id=new_id(),
            team_id=draft.team.id,
            day=day,
            effort=draft.effort,
            title=draft.title,
            source=source,
            asked_by=draft.asked_by,
            customer_id=customer.id if customer is not None else None,
            slice=draft.slice,
            note=draft.note,
        )
    )
    words = f"{effort_words(draft.effort)} of {draft.team.name} on {day_words(day)}: {draft.title}"
    return Command("interrupt", f"interrupt: {words}", tuple(puts))


def remove_interrupt(state: State, number: int) -> Command:
    """It was none, or was told wrongly: the interrupt of this number goes. Raises :class:`Refused` for none."""
    row = state.all(UnplannedWork).get(number)
    if row is None:
        raise Refused(f"there is no interrupt number {number}: makeroom interrupts lists them")
    return Command("interrupt", f"interrupt removed: {effort_words(row.effort)}: {row.title}", (), (row,))


def effort_words(weeks: float) -> str:
    """``0.4 ew``; two decimals where one would say too little."""
    return f"{format_ew(weeks) if weeks >= 0.95 or round(weeks, 1) == round(weeks, 3) else f'{weeks:.2f}'} ew"
