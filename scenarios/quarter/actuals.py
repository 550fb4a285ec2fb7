"""What finished quarters took, corrected afterwards; and what is kept of each team besides its items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.figures.readers import needed_number
from scenarios.working_time.teams import stored_net
from store.common.errors import Refused, refused_about
from store.common.limits import MOST_EW
from store.records import Actual, Command, Delivered, Interrupt, Quarter, Record, State, new_id


@dataclass(frozen=True)
class Took:
    """What somebody says of an item's work for a team: ``weeks`` (ew) since its start, None where nobody counted them,
    and whether it ``goes_on``."""

    weeks: float | None
    goes_on: bool = False


def took_of(text: str) -> Took | None:
    """``5``: finished in 5 ew; ``3+``: 3 ew so far, goes on; ``?``: finished, nobody counted; None where it is empty.

    Raises :class:`Refused`.
    """
    text = text.strip()
    if not text:
        return None
    if text == "?":
        return Took(None)
    goes_on = text.endswith("+")
    with refused_about(after="; write 5 (finished, in all), 3+ (so far, goes on) or ? (finished, nobody counted)"):
        weeks = needed_number(text.removesuffix("+"))
    require_weeks([weeks])
    return Took(weeks, goes_on)


def took_words(took: Took | None) -> str:
    """As :func:`took_of` reads it; empty where nothing is known."""
    if took is None:
        return ""
    weeks = "?" if took.weeks is None else f"{took.weeks:.2f}".rstrip("0").rstrip(".")
    return f"{weeks}+" if took.goes_on else weeks


def require_weeks(took: Iterable[float | None]) -> None:
    """Raises :class:`Refused` where an item cannot have taken so much (ew); None is not counted."""
    if any(weeks is not None and not 0 <= weeks <= MOST_EW for weeks in took):
        raise Refused("what an item took is between 0 and 10,000 engineer-weeks")


@dataclass(frozen=True)
class Finished:
    """A quarter of the record: its name, its number, and its items in the order in which they came."""

    name: str
    number: int
    items: tuple[Actual, ...]


def finished_quarters(state: State) -> list[Finished]:
    """The quarters of which the record has items, oldest first."""
    found: dict[int, list[Actual]] = {}
    for row in state.each(Actual):
        found.setdefault(row.number, []).append(row)
    return [Finished(rows[-1].quarter, number, tuple(rows)) for number, rows in sorted(found.items())]


def correct_actuals(
    state: State,
    finished: Finished,
    took: Mapping[int, float | None],
    interrupts: Mapping[int, float],
    delivered: Mapping[int, float],
) -> Command:
    """Other figures of a finished quarter; empty where they are these already.

    ``took`` is by the id of its :class:`Actual` what an item took in ew since its start, None where nobody counted it;
    ``interrupts`` and ``delivered`` as when a quarter closes. Raises :class:`Refused` where a figure is not sound.
    """
    rows = {row.id: row for row in finished.items}
    require_weeks(took.values())
    puts: list[Record] = []
    for key, weeks in took.items():
        row = rows[key]
        new = {"actual": row.estimate if weeks is None else weeks, "counted": weeks is not None}
        if (row.actual, row.counted) != (new["actual"], new["counted"]):
            puts.append(row.model_copy(update=new))
    puts += interrupts_put(state, finished.name, finished.number, interrupts)
    puts += delivered_put(state, finished.name, finished.number, delivered)
    return Command("actuals", f"what {finished.name} took, corrected", tuple(puts))


def interrupts_put(state: State, quarter: str, number: int, shares: Mapping[int, float]) -> list[Record]:
    """The shares (0..1) of capacity that unplanned work took of a quarter, by team id, where they are not these yet."""
    if any(not 0 <= share <= 1 for share in shares.values()):
        raise Refused("the share of unplanned work is between 0 and 100%")
    known = {row.team_id: row for row in state.each(Interrupt) if row.number == number}
    puts: list[Record] = []
    for team_id, share in shares.items():
        old = known.get(team_id)
        if old is None:
            puts.append(Interrupt(id=new_id(), quarter=quarter, number=number, team_id=team_id, share=share))
        elif old.share != share:
            puts.append(old.model_copy(update={"share": share}))
    return puts


def delivered_put(state: State, quarter: str, number: int, nets: Mapping[int, float]) -> list[Record]:
    """The net capacities (ew) that there were in a quarter, by team id, beside what was planned then."""
    if any(not 0 <= net <= MOST_EW for net in nets.values()):
        raise Refused("the net capacity that there was is between 0 and 10,000 engineer-weeks")
    known = {row.team_id: row for row in state.each(Delivered) if row.number == number}
    planned = _planned(state, number)
    puts: list[Record] = []
    for team_id, net in nets.items():
        old = known.get(team_id)
        if old is not None and old.net != net:
            puts.append(old.model_copy(update={"net": net}))
        if old is not None:
            continue
        if team_id not in planned:
            raise Refused(f"what was planned as net capacity of {quarter} is not known here: it was not closed here")
        row: dict[str, Any] = {
            "quarter": quarter,
            "number": number,
            "team_id": team_id,
            "planned": planned[team_id],
            "net": net,
        }
        puts.append(Delivered(id=new_id(), **row))
    return puts


def _planned(state: State, number: int) -> Mapping[int, float]:
    """By team id, the net capacity that was planned in a quarter of this workspace."""
    row = next((each for each in state.each(Quarter) if state.number_of(each) == number), None)
    return stored_net(state, row) if row is not None else {}
