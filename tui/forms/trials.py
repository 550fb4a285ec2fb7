"""The plain change of a pilot or a proof of concept: whether its success test was met, and by how many customers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scenarios.figures.readers import day_in, number_in
from scenarios.trade.trials import MET, MISSED, RESULTS, end_trial, trial_of, trial_words
from store.records import Command, Item
from tui.forms.fields import Values
from tui.forms.plain_change import ENDED, Ask, PlainChange

if TYPE_CHECKING:
    from tui.session.figures import Figures


def _start(now: Figures, record: int | None) -> Values | None:
    if record not in now.state.all(Item):
        return None
    way = trial_of(now.state, record or 0)
    if way is None or way.met is None:
        return {"ended": date.today().isoformat()}
    return {
        "met": MET if way.met else MISSED,
        "met_by": "" if way.met_by is None else str(way.met_by),
        "ended": way.ended.isoformat() if way.ended else "",
    }


def _end(now: Figures, record: int | None, values: Values) -> Command:
    met_by, ended = number_in(values, "met_by"), day_in(values, "ended")
    return end_trial(now.state, record or 0, values["met"], met_by, ended, date.today())


def _about(now: Figures, record: int | None) -> str:
    way = trial_of(now.state, record or 0)
    return "" if way is None else trial_words(way)[:300]


#: ``record`` is the item that a pilot or a proof of concept was agreed on for.
PILOT = PlainChange(
    "pilot",
    (
        Ask(
            "met",
            "its success test",
            "result",
            "met or missed; open: not known yet",
            kind="choice",
            choices=RESULTS,
            needed="Was its success test met or missed? Write open where that is not known yet.",
        ),
        Ask("met_by", "by how many customers", "--customers", "how many of them met it; may stay empty", kind="number"),
        ENDED,
    ),
    _end,
    lambda now, record: f"How its pilot ended: {now.state.all(Item)[record or 0].title[:120]}",
    _about,
    start=_start,
)
