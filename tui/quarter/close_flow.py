"""Closing the quarter: what each planned item took, what unplanned work took of each team, and what is known of the
finished ones: who uses each, whether it was validated first, how its deal ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.figures.names import Kind
from scenarios.figures.readers import number_in
from scenarios.figures.sizes import format_ew, format_range, range_of
from scenarios.graded.answers import HOW, ToldAnswer, answer_of
from scenarios.graded.closing import close_and_grade, known_before, open_deals_of, still_open
from scenarios.plan.plan import entries_of
from scenarios.quarter.actuals import Took, took_of, took_words
from scenarios.quarter.close import Ending, close_quarter, interrupted_so_far, spent_of, took_so_far
from scenarios.requests.deal_ends import outcome_of
from store.common.errors import Refused, refused_about
from store.common.limits import MOST_EW
from store.records import State
from store.records.negotiation import DealOutcome
from tui.dialogs.form import Field, Form, Values
from tui.flows.host import Host
from tui.widgets.keys import key_named

#: Titles of what a deal was about, a few of many.
DEALS: Kind[str] = Kind("deal")
_REST = "? where all that stays empty above is finished, too, and nobody counted"


async def close_present_quarter(board: Host) -> bool:
    """Ask for the actuals; the next quarter opens with what is left. Whether it was closed."""
    session, state = board.session, board.session.state
    plan = session.now.plan
    if not plan.entries:
        board.tell("Nothing is in plan: there is no quarter to close.")
        return False
    names = {team.id: team.name for team in plan.teams}
    several = len(names) > 1
    known, so_far, unplanned = spent_of(state), took_so_far(state), interrupted_so_far(state)
    fields = []
    for entry in plan.entries:
        for size in entry.sizes:
            before = known.get((entry.item.id, size.team_id))
            hint = (
                f"{entry.item.title[:60]}: estimated at {format_range(range_of(size))}"
                f"{f', {format_ew(before.earlier)} ew spent before' if before and before.earlier else ''}; took in all"
                f"{f' {names[size.team_id]}' if several else ''} 5; goes on, so far 3+; finished, nobody counted ?"
            )
            fields.append(Field(f"took-{size.id}", entry.item.title[:60], took_words(so_far.get(size.id)), hint))
    shares = "share of capacity that unplanned work took; empty where nobody logged it"
    fields += [
        Field(
            f"interrupts-{team.id}",
            f"{team.name[:12]} unplanned %",
            f"{100 * unplanned[team.id]:.4g}" if team.id in unplanned else "",
            shares,
        )
        for team in plan.teams
    ]
    fields += [
        Field(
            f"delivered-{team.id}",
            f"{team.name[:12]} net was",
            "",
            f"net capacity that there was in the end, in ew ({format_ew(plan.net[team.id])} were planned); "
            "empty where nobody counted",
        )
        for team in plan.teams
    ]

    more = [*_look_back_fields(state), Field("rest", "all else", "", f"{_REST}; empty: it goes on")]

    def read(values: Values) -> Ending:
        said: dict[int, Took] = {}
        with refused_about("rest"):
            rest = _rest(values["rest"])
        figures: dict[str, dict[int, float]] = {"interrupts": {}, "delivered": {}}
        for one in fields:
            kind, _, key = one.name.partition("-")
            if kind == "took":
                with refused_about(one.name):
                    took = took_of(values[one.name]) or rest
                if took is not None:
                    said[int(key)] = took
                continue
            value = number_in(values, one.name)
            if value is None:
                continue
            if not 0 <= value <= (MOST_EW if kind == "delivered" else 100):
                raise Refused("Engineer-weeks are 0 to 10,000, and shares 0 to 100 percent.", one.name)
            figures[kind][int(key)] = value if kind == "delivered" else value / 100
        return Ending.of(said, **figures)

    def check(values: Values) -> None:
        close_quarter(state, read(values), session.now.forecast)
        _known_in(values, more)

    def follow(values: Values) -> str:
        ending = read(values)
        done = sum(ending.finishes(entry) for entry in plan.entries)
        return f"{done} of {len(plan.entries)} items finished; the others go to the top of the next quarter's backlog"

    values = await board.ask(
        Form(
            f"Close {plan.quarter.name}",
            [*fields, *more],
            "What each item took since its start, in engineer-weeks: the odds learn from it. Empty where it goes on. "
            "What is not known yet may stay empty: look-backs ask again. A ? in the last line finishes all else.",
            check=check,
            follow=follow,
            enter="close it",
        )
    )
    if values is None:
        return False
    try:
        told = _known_in(values, more)
        command = close_and_grade(state, read(values), session.now.forecast, answers=told.answers, deals=told.deals)
    except Refused as error:
        board.tell(str(error), severity="warning")
        return False
    deals = still_open(state, command)
    if board.commit(command, seen=state.seq) is None:
        return False
    if deals:
        board.tell(
            f"How did the deal end for {DEALS.listed(deals)}? It is said at accounts ({key_named('board.accounts')})."
        )
    return True


def _rest(text: str) -> Took | None:
    """What is said of all that nothing is said of; None where it goes on."""
    took = took_of(text)
    if took not in (None, Took(None)):
        raise Refused(f"All else takes {_REST}.")
    return took


@dataclass(frozen=True)
class _Known:
    """By item id, what is known of what was finished, and how deals ended."""

    answers: dict[int, ToldAnswer] = field(default_factory=dict)
    deals: dict[int, DealOutcome] = field(default_factory=dict)


def _look_back_fields(state: State) -> list[Field]:
    """What a look-back needs of each item, and of the deals that are open."""
    known, items = known_before(state), entries_of(state, "plan")
    fields = [
        Field(f"known-{entry.item.id}", f"came of {entry.item.title[:50]}", known[entry.item.id].words, HOW)
        for entry in items
    ]
    how = "how its deal ended: won, lost or withdrawn; empty where it is open, or that is not known yet"
    fields += [
        Field(f"deal-{entry.item.id}", f"deal {entry.item.title[:50]}", "", how) for entry in open_deals_of(state)
    ]
    return fields


def _known_in(values: Values, fields: list[Field]) -> _Known:
    """What was typed there. Raises Refused."""
    found = _Known()
    for each in fields:
        kind, _, key = each.name.partition("-")
        with refused_about(each.name):
            if kind == "known":
                found.answers[int(key)] = answer_of(values[each.name])
            elif values[each.name].strip() and (outcome := outcome_of(values[each.name])) is not None:
                found.deals[int(key)] = outcome
    return found
