"""Capacity, target and aims: tried out on a screen of their own; what makes the plan short goes through the door."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.edits import set_plain_net
from scenarios.capacity.team_changes import propose_teams
from scenarios.trade.door import Proposal
from store.common.errors import Refused, refused_about
from store.common.team_names import NamedTeam, read_team
from tui.capacity.asks import ASKS
from tui.capacity.capacity_screen import CapacityScreen
from tui.dialogs.form import Field, Form, Values
from tui.flows.host import Host
from tui.plan_view.keys import BOARD
from tui.trade_sheet.trade_sheet import TradeSheet
from tui.widgets.keys import key_named

#: How many lines for the first teams.
_NEW = 4


async def change_capacity(board: Host, proposed: Mapping[int, float] | None = None, *, targets: bool = False) -> None:
    """The capacity screen; ``proposed`` are plain nets to begin with (ew by team id), ``targets`` turns to the aims."""
    figures = board.session.now
    if not figures.ready:
        await asyncio.to_thread(figures.build)

    def propose_net(draft: CapacityDraft) -> CapacityDraft:
        for team_id, net in (proposed or {}).items():
            if team_id in draft.capacity.teams:
                team = draft.capacity.teams[team_id].team.name
                person, days = key_named("capacity.person"), key_named("capacity.more")
                raise Refused(f"{team} has people: add one ({person}), or days ({days}), for more of it")
            draft = set_plain_net(draft, team_id, net)
        return draft

    screen = CapacityScreen(board.session, ASKS, (propose_net,) if proposed else (), targets=targets)
    kept, board.capacity_kept = board.capacity_kept, {}
    if kept:
        screen.refill(kept, last=True)
    asked = await board.ask(screen)
    if asked is None:
        return
    if not isinstance(asked, Proposal):
        board.commit(asked, asked.label)
        return
    board.propose(asked)
    if board.sheet.trade is not None:
        board.capacity_asked = screen.kept()


def take_back(board: Host, message: TradeSheet.Left) -> None:
    """The trade sheet was left: the old capacity stays, and the draft waits for the next look at capacity."""
    asked, board.capacity_asked = board.capacity_asked, {}
    if message.way == "back" and message.trade.proposal.kind in ("capacity", "target") and asked:
        board.capacity_kept = asked
        board.tell(BOARD.said(board.app, "The old capacity stays. {capacity} takes the draft up again."))


async def first_teams(board: Host) -> None:
    """A few teams with plain numbers, where there is none yet; they can be taken apart later."""
    if board.session.now.plan.teams:
        await change_capacity(board)
        return
    hint = "a name, with its net engineer-weeks or its people, as: Pay 34.0, or Pay 5 people"
    fields = [Field(f"new-{at}", "new team", "", hint) for at in range(_NEW)]

    def read(values: Values) -> list[NamedTeam]:
        found: list[NamedTeam] = []
        for field in fields:
            if values[field.name].strip():
                with refused_about(field.name):
                    found.append(read_team(values[field.name]))
                    propose_teams(board.session.state, {}, None, found)
        return found

    def check(values: Values) -> None:
        read(values)

    about = "Net engineer-weeks: after holidays, leave, focus and interrupts. "
    about += BOARD.said(board.app, "{capacity} takes a team apart into people later.")
    values = await board.ask(Form("Teams and net capacity", fields, about, check=check))
    if values is None:
        return
    try:
        proposal = propose_teams(board.session.state, {}, None, read(values))
    except Refused as error:
        board.tell(str(error), severity="warning")
        return
    if not proposal.command.empty:
        board.propose(proposal)
