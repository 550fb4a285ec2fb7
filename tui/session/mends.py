"""What is set right, and what is said, when a workspace is opened that an older makeroom wrote: once."""

from __future__ import annotations

from scenarios.figures.amounts import odds_percent
from store.records import Actual, Command, Quarter, Size
from store.records.plan import EDITION, FIRST_EDITION
from tui.session.session import Session

#: What the journal calls the change after which the odds are known by the present edition of the forecast.
_EDITION = "edition"


def mend(session: Session) -> list[str]:
    """Set right what an older version left wrong; a sentence for each thing that was, and for odds that changed.

    Whoever takes a change back is not told again. Raises StoreError where it cannot be written.
    """
    if session.workspace.read_only:
        return []
    return [said for said in (_say_new_odds(session), _mend_calendar(session)) if said]


def _say_new_odds(session: Session) -> str:
    """The odds of a plan are others since the second edition of the forecast: say by how much, and why."""
    state = session.state
    if state.workspace.edition >= EDITION or any(event.kind == _EDITION for event in session.workspace.events()):
        return ""
    from scenarios.odds.draws import Draws
    from scenarios.odds.finished_quarters import models_of
    from scenarios.odds.forecast import Forecast

    now = session.now.forecast
    earlier = Draws(state.workspace.seed, models_of(state, FIRST_EDITION))
    before, after = odds_percent(Forecast(earlier, now.plan).odds), odds_percent(now.odds)
    session.commit(
        Command(
            _EDITION,
            f"the odds of the plan, {before} in earlier versions, are {after} by the second edition of the forecast",
            (state.workspace.model_copy(update={"edition": EDITION}),),
        )
    )
    if before == after:
        return ""
    reasons = [
        reason
        for reason, holds in (
            ("a range no longer adds to an overrun that is counted already", any(map(_ranged, state.each(Size)))),
            ("teams are taken to share less luck", len(now.plan.net) > 1),
            ("a freak quarter counts for less, and a steady team needs less buffer", bool(state.all(Actual))),
        )
        if holds
    ]
    why = f": {'; '.join(reasons)}" if reasons else ""
    return f"The same plan's odds were {before} in earlier versions and are {after} now{why}."


def _ranged(size: Size) -> bool:
    return size.low is not None


def _mend_calendar(session: Session) -> str:
    """Set quarters right that drifted off the calendar."""
    if len(session.state.all(Quarter)) < 2:
        return ""
    from scenarios.quarter.drift import CALENDAR, set_right

    command = set_right(session.state)
    if command.empty or any(event.kind == CALENDAR for event in session.workspace.events()):
        return ""
    session.commit(command)
    label = f"{command.label[0].upper()}{command.label[1:]}"
    return f"{label}. What closed quarters taught is under their numbers now. Undo takes it back."
