"""The plan as a table: what is in it, what is below the line, and what waits, with every figure that the board has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.accounts.revenue import revenue_waiting
from scenarios.decisions.answers import StandingAnswer, answers_of
from scenarios.decisions.log_words import way_words
from scenarios.figures.sizes import format_range, range_of
from scenarios.plan.plan import Entry, entries_of
from scenarios.trade.changes import unplanned
from scenarios.trade.door import waiting_by_item
from store.common.sheets import Cell, Column, Sheet
from store.records import Pin, Request, State, Team

if TYPE_CHECKING:
    from scenarios.odds.forecast import Forecast

#: Where an item stands, in words.
STANDS = {"plan": "in plan", "below": "below the line", "inbox": "in the inbox"}
#: What a page shows comes first: a workbook prints as far as that.
COLUMNS = (
    Column("rank", "number", True, 6),
    Column("key", "text", True, 10),
    Column("title", "text", True, 40),
    Column("slice", "text", True, 6),
    Column("state", "text", False, 13),
    Column("likely (ew)", "ew", True, 10),
    Column("sizes", "text", True, 20),
    Column("first version", "text", True, 20),
    Column("way out", "text", True, 20),
    Column("odds", "odds", True, 7),
    Column("if cut (points)", "points", True, 13),
    Column("owner", "text", True, 12),
    Column("due", "date", True, 11),
    Column("waiting customers", "text", True, 24),
    Column("unplanned", "yes", True, 10),
    Column("pinned", "text", True, 9),
    Column("team", "text", False, 14),
    Column("low (ew)", "ew", False, 9),
    Column("high (ew)", "ew", False, 9),
    Column("value", "number", False, 9),
    Column("priority", "text", False, 9),
    Column("waiting revenue", "money", False, 14),
    Column("revenue known for", "text", False, 14),
    Column("asked by", "text", False, 14),
    Column("title for customers", "text", False, 32),
    Column("note", "text", False, 40),
)


def plan_sheet(state: State, forecast: Forecast) -> Sheet:
    """All items but those that are declined or done: in plan by rank, then below the line by rank, then the inbox.

    Odds are 0..1; ``if cut`` are the percentage points that the plan would gain. Low, likely and high are those of the
    team where there is one; of several, likely is their sum, and ``sizes`` has them all.
    """
    teams = {team.id: team.name for team in state.all(Team).values()}
    pins = {pin.item_id: pin for pin in state.all(Pin).values()}
    asked = {row.item_id: row.asked_by for row in state.each(Request)}
    waiting, answers = waiting_by_item(state), answers_of(state)
    rows: list[tuple[Cell, ...]] = []
    for where, word in STANDS.items():
        for rank, entry in enumerate(entries_of(state, where), 1):
            item = entry.item
            planned = where == "plan"
            customers = waiting.get(item.id, ())
            revenue = revenue_waiting(customers)
            team, low, likely, high, sizes = _sizes(entry, teams)
            rows.append(
                (
                    rank,
                    item.source_key,
                    item.title,
                    item.slice,
                    word,
                    likely,
                    sizes,
                    *_answered(state, answers.get(item.id)),
                    forecast.item_odds[item.id] if planned else None,
                    round(100 * forecast.if_cut(entry), 6) if planned else None,
                    item.owner,
                    item.due,
                    "; ".join(one.name for one in customers),
                    unplanned(state, item),
                    pins[item.id].kind if item.id in pins else "",
                    team,
                    low,
                    high,
                    item.value,
                    item.priority,
                    revenue.amount if customers else None,
                    f"{revenue.known} of {revenue.of}" if revenue.partly else "",
                    asked.get(item.id, ""),
                    item.customer_title,
                    item.note,
                )
            )
    about = (
        "A row an item: in plan by rank, below the line by rank, in the inbox. Effort in engineer-weeks (ew); an "
        "account that waits for several items stands in each row, so that revenue does not add up."
    )
    return Sheet("plan", f"The plan of {state.quarter.name}", COLUMNS, tuple(rows), about=about)


def _answered(state: State, answer: StandingAnswer | None) -> tuple[Cell, Cell]:
    """What it is cut to, and the way out that it takes besides."""
    if answer is None:
        return "", ""
    if answer.smaller:
        return answer.version or (answer.way.note if answer.way is not None else "") or "yes", ""
    return "", way_words(answer.way, state) if answer.way is not None else answer.kind


def _sizes(entry: Entry, teams: dict[int, str]) -> tuple[Cell, Cell, Cell, Cell, Cell]:
    """Team, low, likely, high, and each team's range in words."""
    if not entry.sizes:
        return (", ".join(teams[key] for key in entry.team_ids), None, None, None, "")
    words = "; ".join(f"{teams[size.team_id]} {format_range(range_of(size))}" for size in entry.sizes)
    if len(entry.sizes) == 1:
        (size,) = entry.sizes
        return (teams[size.team_id], size.low, size.likely, size.high, words)
    return ("", None, entry.ew, None, words)
