"""Making a scenario the plan: what changes is listed, somebody decides it, and the main plan gets it as one step."""

from __future__ import annotations

from functools import partial

from scenarios.compare.adoption import Adopting, adopt
from scenarios.trade import changes
from scenarios.trade.decision import Verdict
from scenarios.trade.door import Trade
from scenarios.verdict.settlement import Question, RoomDecision
from store.common.errors import Refused, StoreError
from store.records import Scenario, State
from tui.dialogs.form import Field, Form, Values
from tui.dialogs.report import Report
from tui.flows.cover import work_on
from tui.flows.host import Host
from tui.plan_view.keys import BOARD
from tui.seats.open_plan import switch
from tui.session.meeting_snapshots import save_before_restore
from tui.session.plans import Plans, Row, state_in
from tui.trade.trade_flow import open_sheet, settle_trade
from tui.trade_sheet.keys import TRADE


async def make_the_plan(board: Host, plans: Plans, row: Row) -> bool:
    """List what making a scenario the plan changes, ask who decides it, go to the main plan and do it there.

    Returns whether the list of plans is shown again.
    """
    if plans.main is None or plans.state is None or row.path is None:
        board.tell(plans.trouble, severity="warning")
        return True
    try:
        looking = partial(_look, board.session.state if row.here else None, plans.state, row)
        looked = await work_on(board, f"Comparing “{row.name}” with the main plan …", row.path, looking)
    except Refused as error:
        board.tell(f"“{row.name}” cannot be made the plan: {str(error).rstrip('.')}.", severity="warning")
        return True
    if looked is None:
        return True
    state, found = looked
    if found.nothing:
        board.tell(f"“{row.name}” is the same as the main plan: there is nothing to take over.")
        return True
    heading = f"Make the scenario “{row.name}” the plan: what changes in the main plan"
    if not await board.ask(Report(heading, found.lines, "goes on: who decides it")):
        return True
    values = await board.ask(_form(row.name, len(found.lines), board.session.speaker, BOARD.of(board.app, "undo")))
    if values is None:
        return True
    main = next((each for each in plans.rows if each.kind == "main"), None)
    if main is not None and not main.here and not await switch(board, plans.main):
        return True
    if board.session.state.seq != plans.state.seq:
        board.tell("The main plan changed meanwhile: look at what differs now, then repeat.", severity="warning")
        return True
    _do(board, state, row, values["by"].strip(), values["because"].strip())
    return False


def _look(state: State | None, main: State, row: Row) -> tuple[State, Adopting]:
    """What is in the scenario, read from its file where it is not on the board, and what adopting it would do."""
    if state is None and row.path is not None:
        state = state_in(row.path)
    if state is None:
        raise StoreError("its file is missing.")
    return state, _adopt(main, state, row)


def _adopt(main: State, scenario: State, row: Row) -> Adopting:
    own = main.all(Scenario).get(row.scenario.id) if row.scenario is not None else None
    return adopt(main, scenario, row.name, own)


def _do(board: Host, scenario: State, row: Row, by: str, because: str) -> None:
    session = board.session
    try:
        proposal = _adopt(session.state, scenario, row).restoring.proposal
    except Refused as error:
        board.tell(f"“{row.name}” cannot be made the plan: {str(error).rstrip('.')}.", severity="warning")
        return
    save_before_restore(session)
    trade = Trade.of(session.state, proposal, session.now.forecast)
    question = Question.of(trade)
    if trade.fits and question.step == "write":
        settle_trade(board, question, RoomDecision(Verdict(by, because, changes.now())), proposal.title)
        return
    open_sheet(board, trade, typed={"by": by, "because": because}, question=question)
    if not trade.fits:
        sign = TRADE.of(board.app, "sign")
        words = f"The plan does not reach its target with it: mark what gives way, or sign ({sign})."
        board.tell(words, severity="warning")


def _form(name: str, count: int, speaker: str, undo: str) -> Form:
    def check(values: Values) -> None:
        if not values["by"].strip():
            raise Refused("Making it the plan is a decision: say who decides it.", "by")

    return Form(
        f"Make “{name}” the plan",
        (
            Field("by", "decided by", speaker, "a name"),
            Field("because", "because", hint="the reason, for those who read it later"),
        ),
        f"{count} change{'' if count == 1 else 's'} to the main plan, as one decision; {undo} takes it back.",
        check=check,
        enter="decide it",
    )
