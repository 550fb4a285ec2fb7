"""The list of plans and what is done from it: into a scenario and back, branching, closing, making one the plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from store.common.errors import Refused, StoreError
from store.common.text import sentence
from store.workspace.scenario_files import discard, make_file
from tui.flows.cover import work_on
from tui.flows.host import Host
from tui.flows.plain_flow import ask_plain
from tui.forms.plans import BRANCH
from tui.plan_view.keys import BOARD
from tui.seats.open_plan import switch
from tui.session.main_and_scenarios import list_branch
from tui.session.plans import Plans, Row, close_scenario, odds_of, plans_of
from tui.snapshots.plans_screen import Scenarios
from tui.widgets.keys import key_named

#: What a key does with a row; True where the list is shown again.
Doing = Callable[["Host", Plans, Row], Awaitable[bool]]
READ_ONLY = "This workspace can only be looked at: nothing is changed from here."
#: The keys that change nothing.
_LOOKING = frozenset({"open", "compare", "export"})


async def show_scenarios(board: Host) -> None:
    """Show the list until it is left, or something else is on the board."""
    key: tuple[str, str] | None = None
    while True:
        session = board.session
        plans = await work_on(board, "Looking at the plans …", session.workspace.path, partial(plans_of, session))
        if plans is None:
            return
        here = next((at for at, row in enumerate(plans.rows) if row.here), 0)
        cursor = here if key is None else plans.find(key)

        act = await board.ask(Scenarios(session.now, plans, partial(odds_of, plans, session), cursor, board.where))
        if act is None:
            return
        key = act.row.key
        if session.workspace.read_only and act.what not in _LOOKING:
            board.tell(READ_ONLY)
            continue
        if not await _DOING[act.what](board, plans, act.row):
            return


async def _open(board: Host, plans: Plans, row: Row) -> bool:
    if row.snapshot is not None:
        from tui.snapshots.snapshots_flow import look

        return await look(board, row.snapshot)
    if row.trouble or row.path is None:
        board.tell(f"{row.name} cannot be opened: {row.trouble.rstrip('.')}.", severity="warning")
        return True
    if row.here:
        return False
    if await switch(board, row.path):
        name = f"the scenario “{row.name}”" if row.kind == "scenario" else "the main plan"
        board.tell(f"This is {name}.")
        return False
    return True


async def _branch(board: Host, plans: Plans, row: Row) -> bool:
    if row.kind == "scenario":
        branch = key_named("scenarios.branch")
        board.tell(f"A scenario branches from the main plan, or from a snapshot: go to that row, then {branch}.")
        return True
    if plans.main is None or plans.state is None:
        board.tell(plans.trouble, severity="warning")
        return True
    state = plans.state
    of = "the plan as it is now" if row.kind == "main" else f"the snapshot “{row.name}”"
    about = f"A copy of {of}, to be worked on: own trades, own journal, own undo. The main plan stays as it is."
    answer = await ask_plain(board, replace(BRANCH, about=about), lambda: state)
    return True if answer is None else await _branched(board, plans.main, row, *answer)


async def _branched(board: Host, main: Path, row: Row, name: str, note: str) -> bool:
    """Make the file, list it, go there, and restore the snapshot in it where one was meant."""
    session, snapshot = board.session, row.snapshot
    try:
        making = partial(make_file, main, name, session.workspace.actor, session.workspace.session)
        path = await work_on(board, f"Branching “{name}” …", main, making, discard)
        if path is None:
            return True
        list_branch(session, main, path, name, note, snapshot)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return True
    if not await switch(board, path):
        return True
    if snapshot is not None:
        from tui.snapshots.snapshots_flow import restore_here

        await restore_here(board, snapshot)
    back = BOARD.of(board.app, "scenarios")
    board.tell(f"This is the scenario “{name}”: the main plan stays as it is. {back} goes back to it.")
    return False


async def _close(board: Host, plans: Plans, row: Row) -> bool:
    if row.kind != "scenario":
        board.tell("Only scenarios are closed.")
    elif row.here and row.state == "open":
        board.tell("It is on the board: go back to the main plan first, then close it.")
    elif plans.main is not None:
        try:
            board.tell(f"{close_scenario(board.session, plans.main, row)}.")
        except Refused as error:
            board.tell(sentence(error), severity="error")
    return True


async def _make(board: Host, plans: Plans, row: Row) -> bool:
    if row.kind != "scenario":
        board.tell(f"Only a scenario becomes the plan; a snapshot is restored with {key_named('scenarios.restore')}.")
        return True
    if row.trouble or row.path is None:
        board.tell(f"“{row.name}” cannot be opened: {row.trouble.rstrip('.')}.", severity="warning")
        return True
    from tui.snapshots.adoption_flow import make_the_plan

    return await make_the_plan(board, plans, row)


async def _compare(board: Host, plans: Plans, row: Row) -> bool:
    if row.here:
        board.tell("That is the plan on the board: mark another one to compare it with.")
        return True
    from tui.compare.compare_flow import compare_with

    return await compare_with(board, row)


def _of_snapshot(name: str) -> Doing:
    async def doing(board: Host, plans: Plans, row: Row) -> bool:
        from tui.snapshots import snapshots_flow

        if row.snapshot is None:
            board.tell("That is for snapshots: mark one of them.")
            return True
        act: Callable[..., Awaitable[bool]] = getattr(snapshots_flow, name)
        return await act(board, row.snapshot)

    return doing


async def _save(board: Host, plans: Plans, row: Row) -> bool:
    from tui.snapshots.snapshots_flow import save

    return await save(board)


async def _import(board: Host, plans: Plans, row: Row) -> bool:
    from tui.snapshots.snapshots_flow import import_one

    return await import_one(board)


_DOING: dict[str, Doing] = {
    "open": _open,
    "branch": _branch,
    "close": _close,
    "make": _make,
    "compare": _compare,
    "save": _save,
    "restore": _of_snapshot("restore_asked"),
    "export": _of_snapshot("export_one"),
    "import": _import,
}
