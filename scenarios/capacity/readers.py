"""What people type of capacity, in a form as on the command line: days or weeks, shares, ramps, places, whose days.

All raise :class:`~scenarios.capacity.draft.Refused` with a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scenarios.capacity.draft import CapacityDraft
from scenarios.figures.names import PLACE, Kind, named, plain_name
from scenarios.figures.readers import day_of, number_of
from scenarios.working_time.weeks import Week
from store.common.errors import Refused
from store.records import Place, State, Team

_LONGEST_RAMP = 520


_WHOSE: Kind[Team | Place] = Kind("team with people or place")


def day_or_week(text: str, weeks: Sequence[Week], *, last: bool) -> date | None:
    """A day as 2027-02-08, or a week as w6: its first day, or its last where ``last``. None where nothing is typed."""
    text = text.strip()
    if text[:1] in ("w", "W") and text[1:].strip().isdecimal():
        at = int(text[1:])
        if not 1 <= at <= len(weeks):
            raise Refused(f"the quarter has weeks 1 to {len(weeks)}")
        return weeks[at - 1].last if last else weeks[at - 1].first
    return day_of(text)


def needed_day(text: str, weeks: Sequence[Week], *, last: bool) -> date:
    """The same, where a day has to be typed."""
    found = day_or_week(text, weeks, last=last)
    if found is None:
        raise Refused("a day is needed here, as 2027-02-08, or a week, as w6")
    return found


def share_in(text: str) -> float:
    """A share 0..1 from percent."""
    found = amount_in(text.replace("%", ""))
    if found is None or not 0 <= found <= 100:
        raise Refused("a share is between 0 and 100 percent")
    return found / 100


def ramp_in(text: str) -> float:
    """Weeks of a ramp-up; 0 where nothing is typed."""
    found = amount_in(text)
    if found is not None and not 0 <= found <= _LONGEST_RAMP:
        raise Refused(f"a ramp-up takes between 0 and {_LONGEST_RAMP} weeks")
    return found or 0.0


def amount_in(text: str) -> float | None:
    """A number; None where nothing is typed."""
    return number_of(text)


def place_in(text: str, state: State) -> Place | None:
    """The place of this name; None where nothing is typed."""
    return named(state.each(Place), text, PLACE) if text.strip() else None


def whose_days(text: str, draft: CapacityDraft) -> tuple[int | None, int | None]:
    """The team or the place whose days these are, by id; (None, None) for all."""
    if plain_name(text) in ("", "all"):
        return None, None
    rows: list[Team | Place] = [*(team.team for team in draft.capacity.teams.values()), *draft.state.each(Place)]
    found = named(rows, text, _WHOSE)
    return (found.id, None) if isinstance(found, Team) else (None, found.id)
