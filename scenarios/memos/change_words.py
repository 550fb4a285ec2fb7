"""What became of an item, in a sentence of Markdown for people inside: the verb, the weeks, who waits, and for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.accounts.revenue import Revenue, revenue_waiting
from scenarios.decisions.answers import ELSEWHERE
from scenarios.decisions.log import customers_by_item
from scenarios.figures.amounts import cents, exact
from scenarios.figures.sizes import format_ew, format_range, range_of
from scenarios.memos.clauses import quoted, way_clause
from scenarios.memos.meeting import Meeting
from scenarios.memos.net_change import ItemChange
from scenarios.memos.template import plain
from scenarios.plan.plan import Entry, entry_of
from scenarios.plan.progress import finished_days
from scenarios.rules.commitments import GIVEN, promises
from scenarios.rules.returns import request_of
from scenarios.trade.changes import unplanned
from store.common.text import capital, series
from store.records import Customer, Item, State, Team, UnplannedWork

#: So many who wait are named in a line.
_NAMED = 5


def change_lines(meeting: Meeting) -> list[str]:
    """A sentence for each item that is not as it was, then for capacities, target and aims; empty where all is."""
    lines = [_item(meeting, each) for each in meeting.net.items]
    for item, now in meeting.net.again:
        where = "left and came back: in plan, as before" if now == "in" else "came in and left again: not in plan"
        customers = meeting.net.waiting_again.get(item.id, ())
        waiting = _waits([each.name for each in customers], revenue_waiting(customers))
        lines.append(f"{quoted(item.title)} {where}{waiting}")
    lines += _promises(meeting)
    lines += _interrupts(meeting)
    for quarter in meeting.net.closed:
        lines.append(f"{plain(quarter.name)} is closed; {plain(meeting.state.quarter.name)} is planned now")
    for each in meeting.net.around:
        what = {"capacity": "Net capacity of ", "aim": "Aim of "}.get(each.kind, "")
        between = f" ({meeting.began.quarter.name} → {meeting.state.quarter.name})" if meeting.over else ""
        lines.append(what + plain(f"{each.title}: {each.words}{between}"))
    return lines


def _promises(meeting: Meeting) -> Iterator[str]:
    """What was promised, and which promises are no more."""
    before, after = ({row.commitment.id: row for row in promises(state)} for state in (meeting.morning, meeting.state))
    for key, row in after.items():
        if key not in before and row.commitment.kind in GIVEN:
            yield f"New: {plain(row.words)}"
    for key, row in before.items():
        if key not in after and row.commitment.kind in GIVEN:
            yield f"Taken back: {plain(row.words)}"


def _interrupts(meeting: Meeting) -> Iterator[str]:
    """What came unplanned and was done at once."""
    before, after = meeting.morning.all(UnplannedWork), meeting.state.all(UnplannedWork)
    teams, accounts = meeting.state.all(Team), meeting.state.all(Customer)
    for row in sorted((row for key, row in after.items() if key not in before), key=lambda row: (row.day, row.id)):
        account = accounts.get(row.customer_id or 0)
        whose = f" for {plain(account.name)}" if account is not None else ""
        took = f"{format_ew(row.effort)} ew of {plain(teams[row.team_id].name)} on {row.day.isoformat()}"
        yield f"Came between, and was done at once: {quoted(row.title)}{whose}, {took}"


def _item(meeting: Meeting, change: ItemChange) -> str:
    state, item = meeting.state, quoted(change.item.title)
    before, after = change.before, change.after
    match change.verb:
        case "shipped":
            took = "what it took is not on record" if change.took is None else f"took {format_ew(change.took)} ew"
            planned = f", planned {format_ew(before.ew)} ew" if before is not None else ""
            return f"Shipped: {item}{_as(state, change)}{planned}, {took}"
        case "done":
            day = finished_days(state)[change.item.id].isoformat()
            counted = after is not None and all(each.counted for each in after.progress)
            took = f"took {format_ew(after.spent)} ew" if after and counted else "what it took is not counted"
            return f"Done on {day}: {item}{_as(state, change)}, planned {_ew(after)}, {took}"
        case "in":
            return (
                f"Came in: {item}{_as(state, change)}, {_ew(after)}{_asked(state, change)}{_unplanned(state, change)}"
            )
        case "goes on":
            return f"Not finished, planned again: {item}, {_ew(after)}"
        case "cut":
            cut = f"Cut: {item}{_as(state, change)}, {_from_to(before, after)}{_for(change)}"
            return cut + _waiting(change, " for the rest")
        case "grown":
            return f"Grown: {item}, {_from_to(before, after)}"
        case "sized anew":
            return f"Sized anew: {item}, {_ranges(before, after)}"
        case "answered":
            answer = change.answer
            way = way_clause(state, answer.way) if answer is not None and answer.way is not None else "answered"
            left = f", {_gone(state, before)} left the plan" if before is not None else ""
            elsewhere = answer is not None and answer.kind in ELSEWHERE
            return f"{capital(way)}: {item}{left}{_asked(state, change) if elsewhere else _waiting(change)}"
        case "declined":
            no = change.answer.way if change.answer is not None else None
            said = way_clause(state, no) if no is not None else "declined"
            left = f", {_gone(state, before)} left the plan" if before is not None else ""
            return f"{capital(said)}: {item}{left}{_waiting(change)}"
        case "lost":
            return f"Lost with the capacity: {item}, {_gone(state, before)}{_waiting(change)}"
        case "not finished":
            return f"Not finished, below the line now: {item}, {_gone(state, before)}{_waiting(change)}"
        case "not now":
            return f"Good, not now: {item}{_waiting(change)}"
        case "out":
            return f"Taken out: {item}, {_gone(state, before)}{_for(change)}{_waiting(change)}"


def _ew(entry: Entry | None) -> str:
    if entry is None or not entry.sized:
        return "not sized"
    return f"{format_ew(entry.ew)} ew"


def _gone(state: State, entry: Entry | None) -> str:
    """What leaves the plan; of what was begun, what is in it by now, which comes back to nobody."""
    if entry is None or entry.item.id not in state.all(Item):
        return _ew(entry)
    now = entry_of(state, entry.item.id)
    begun = f" ({format_ew(now.spent)} ew already in it, {format_ew(now.left)} ew left)" if now.started else ""
    return _ew(entry) + begun


def _from_to(before: Entry | None, after: Entry | None) -> str:
    return f"{format_ew(before.ew if before else 0.0)} → {format_ew(after.ew if after else 0.0)} ew"


def _ranges(before: Entry | None, after: Entry | None) -> str:
    was, now = (
        series(format_range(range_of(size)) for size in entry.sizes) if entry else "" for entry in (before, after)
    )
    return f"{was} → {now} ew"


def _as(state: State, change: ItemChange) -> str:
    """As what it came in, was cut to or shipped, where that is less than was asked for."""
    answer = change.answer
    if answer is None or answer.kind == "swap":
        return ""
    if answer.version:
        return f" as a first version, {quoted(answer.version)}"
    return f" {way_clause(state, answer.way, planned=True)}" if answer.way is not None else ""


def _asked(state: State, change: ItemChange) -> str:
    request = request_of(state, change.item.id)
    customers = [state.all(Customer)[key].name for key in customers_by_item(state).get(change.item.id, ())]
    by = f", asked by {plain(request.asked_by)}" if request is not None and request.asked_by else ""
    return by + (
        f"{'' if by else ','} for {series(map(plain, sorted(customers, key=str.casefold)))}" if customers else ""
    )


def _unplanned(state: State, change: ItemChange) -> str:
    return "; unplanned, after the plan was agreed" if unplanned(state, change.item) else ""


def _for(change: ItemChange) -> str:
    """What it made way for, where the decision was about something else."""
    row = change.line.decision if change.line is not None else None
    if row is None or row.item_id in (None, change.item.id):
        return ""
    return f", for {quoted(row.title)}"


def _waiting(change: ItemChange, what: str = "") -> str:
    return _waits(change.waiting, change.paid, what)


def _waits(names: Sequence[str], paid: Revenue, what: str = "") -> str:
    return f"; waiting{what}: {named(names)}, {paid.said(cents, ' a year')}" if names else ""


def named(names: Sequence[str]) -> str:
    """The first of these names, and how many more there are."""
    shown = [plain(each) for each in names[:_NAMED]]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(shown)}{more}" if more else series(shown)


def money_words(amount: float | None) -> str:
    """A yearly revenue, or that it is not known."""
    return "revenue unknown" if amount is None else f"{cents(exact(amount))} a year"
