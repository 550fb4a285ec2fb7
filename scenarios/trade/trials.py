"""Pilots and proofs of concept: the success test that each was agreed on with, and how that ended."""

from __future__ import annotations

from datetime import date

from scenarios.figures.names import meant
from store.common.errors import Refused
from store.common.text import short
from store.records import Command, Decision, Item, State
from store.records.negotiation import WayKind, WayOut

#: The ways out that show first whether anybody wants it.
TRIALS: frozenset[WayKind] = frozenset({"proof of concept", "pilot"})
MET, MISSED, OPEN = "met", "missed", "open"
RESULTS = (MET, MISSED, OPEN)
NOT_KNOWN = "not known yet whether its test was met"


def trials_by_item(state: State) -> dict[int, WayOut]:
    """By item id, the pilot or proof of concept that was agreed on last."""
    decisions = state.all(Decision)
    found: dict[int, tuple[tuple[float, int], WayOut]] = {}
    for row in state.each(WayOut):
        if row.kind in TRIALS:
            when = decisions[row.decision_id].at.timestamp() if row.decision_id is not None else 0.0
            if row.item_id not in found or (when, row.id) > found[row.item_id][0]:
                found[row.item_id] = (when, row.id), row
    return {item_id: row for item_id, (_, row) in found.items()}


def trial_of(state: State, item_id: int) -> WayOut | None:
    """That of one item; None where none was agreed on."""
    return trials_by_item(state).get(item_id)


def result_words(met: bool | None, met_by: int | None, customers: int | None, ended: date | None = None) -> str:
    """How a test ended, as ``test met by 3 of 4 customers, 2027-02-01``."""
    if met is None:
        return NOT_KNOWN
    said = "test met" if met else "test missed"
    if met_by is not None:
        of = f" of {customers}" if customers is not None else ""
        who = f"{met_by}{of} customer{'' if (customers or met_by) == 1 else 's'}"
        said += f" by {who}" if met else f", {who} met it"
    return said + (f", {ended.isoformat()}" if ended is not None else "")


def trial_words(way: WayOut) -> str:
    """A trial and how it ended, as ``pilot with 4 customers, to show: weekly use; test met by 3 of 4 customers``."""
    who = f" with {way.customers} customers" if way.customers is not None else ""
    test = f", to show: {way.test}" if way.test else ""
    return f"{way.kind}{who}{test}; {result_words(way.met, way.met_by, way.customers, way.ended)}"


def end_trial(
    state: State, item_id: int, result: str, met_by: float | None, ended: date | None, today: date
) -> Command:
    """The success test of an item's last trial was met, or missed, on a day; ``open``: that is not known yet.

    Raises :class:`Refused` for a result that is none, and where the number of customers or the day cannot be.
    """
    title = short(state.all(Item)[item_id].title, 60)
    old = trial_of(state, item_id)
    if old is None:
        raise Refused(f"No pilot and no proof of concept was agreed on for “{title}”: they are ways out.", "met")
    found = meant(RESULTS, result)
    if len(found) != 1:
        raise Refused("Its success test was met or missed, or is still open: write one of these.", "met")
    if found[0] == OPEN:
        if met_by is not None:
            raise Refused("By how many customers is known once the test was met or missed.", "met_by")
        changed = old.model_copy(update={"met": None, "met_by": None, "ended": None})
        return Command("pilot", "" if changed == old else f"{old.kind} of “{title}” is open again", _put(old, changed))
    if met_by is not None and (met_by < 0 or met_by != int(met_by)):
        raise Refused("Customers are a whole number, 0 or more.", "met_by")
    if met_by is not None and old.customers is not None and met_by > old.customers:
        raise Refused(f"It was agreed on with {old.customers} customers: no more of them can have met it.", "met_by")
    if met_by == 0 and found[0] == MET:
        raise Refused("A test that nobody met was missed.", "met_by")
    if ended is not None and ended > today:
        raise Refused(f"{ended.isoformat()} is still to come: today is {today.isoformat()}.", "ended")
    given = {
        "met": found[0] == MET,
        "met_by": None if met_by is None else int(met_by),
        "ended": ended if ended is not None else old.ended or today,
    }
    changed = old.model_copy(update=given)
    words = result_words(changed.met, changed.met_by, changed.customers, changed.ended)
    return Command("pilot", "" if changed == old else f"{old.kind} of “{title}”: {words}", _put(old, changed))


def _put(old: WayOut, changed: WayOut) -> tuple[WayOut, ...]:
    return () if changed == old else (changed,)
