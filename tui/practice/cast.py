"""Who is who in a play, as this seat sees it: who leads, who else is here, and the briefs that are for it alone."""

from __future__ import annotations

from scenarios.practice.case import CaseRole
from scenarios.practice.parts import leader, roles_of, same_name
from store.sidecars.seats import Seat
from tui.flows.host import Host
from tui.plan_view.keys import BOARD
from tui.practice.play import Play, brief_lines
from tui.reports.report_list import REPORTS
from tui.seats.seated_app import SeatedApp


def others_here(board: Host) -> tuple[Seat, ...]:
    """The other seats at this play."""
    app = board.app
    return app.live.others if isinstance(app, SeatedApp) and app.live is not None else ()


def namesakes(board: Host) -> tuple[Seat, ...]:
    """Other seats under this seat's name."""
    own = board.session.workspace.actor
    return tuple(seat for seat in others_here(board) if same_name(seat.name, own))


def shared_name(board: Host) -> str:
    """Why nothing private can be shown here; empty where this seat has its name to itself."""
    if not namesakes(board):
        return ""
    return (
        f"Another seat is called {board.session.workspace.actor}, too: a brief is for one alone. Open this one again "
        "under a name of its own (--as NAME)."
    )


def leads(board: Host, play: Play) -> bool:
    """Whether this seat leads the play: it is whoever leads, and of several of that name the one that came first."""
    session, app = board.session, board.app
    if not play.state.facilitated or session.workspace.read_only:
        return False
    if not same_name(leader(session.state), session.workspace.actor):
        return False
    own = app.seats.own if isinstance(app, SeatedApp) and app.seats is not None else None
    before = (seat for seat in namesakes(board) if seat.drives)
    return own is None or all((own.started, own.session) < (seat.started, seat.session) for seat in before)


def plays(board: Host, play: Play, who: str) -> bool:
    """Whether this seat plays somebody of the case."""
    if not play.state.facilitated or board.session.workspace.read_only:
        return False
    mine = roles_of(play.case, board.session.state, board.session.workspace.actor)
    return any(same_name(role.who.split(",")[0], who) for role in mine)


def leader_here(board: Host) -> bool:
    """Whether whoever leads has a seat now."""
    name = leader(board.session.state)
    if same_name(name, board.session.workspace.actor):
        return True
    return any(seat.drives and same_name(seat.name, name) for seat in others_here(board))


def own_briefs(board: Host, play: Play) -> list[str]:
    """What this seat alone may read: its roles with their briefs. Alone, that of whoever plays."""
    session = board.session
    roles: tuple[CaseRole, ...]
    if not play.state.facilitated:
        role = play.case.role(play.case.player)
        roles = () if role is None else (role,)
    elif session.workspace.read_only:
        roles = ()
    else:
        roles = roles_of(play.case, session.state, session.workspace.actor)
        if roles and (why := shared_name(board)):
            return [why]
    lines: list[str] = []
    for role in roles:
        lines += [*([""] if lines else []), f"You are {role.who}, {role.name}.", *brief_lines(role)]
    return lines


def gone_words(board: Host) -> str:
    """That whoever leads is not here."""
    return f"{leader(board.session.state) or 'Whoever leads'} leads this play, and is not here: the clock stands."


def reached(board: Host) -> str:
    """The keys to what there is to do in practice."""
    key = next((row.key for row in REPORTS if row.name == "practice"), "")
    return f"{BOARD.of(board.app, 'reports')} {key}"
