"""The demo in week 6: progress was told four times since its baseline, and twice something came between."""

from __future__ import annotations

from datetime import date

from scenarios.quarter.progress_draft import ProgressDraft, finish, tenths
from scenarios.trade import changes
from store.demo.demo import make_demo
from store.records import Command, UnplannedWork, new_id
from store.workspace.workspace import Workspace
from tui.session.session import Session

#: The days of the telling: Mondays, and a Wednesday; nobody told in week 3.
TOLD = (date(2027, 1, 11), date(2027, 1, 18), date(2027, 2, 1), date(2027, 2, 10))


def make_running(workspace: Workspace) -> None:
    """The demo, baselined, and told of; the first items are done or nearly."""
    make_demo(workspace)
    session = Session(workspace)
    session.commit(changes.baseline(session.state, session.now.forecast))
    team = session.now.plan.teams[0]
    for number, day in enumerate(TOLD):
        draft = ProgressDraft(session.state, day)
        for place, entry in enumerate(draft.entries[: 3 * number + 3]):
            done = 3 * number + 3 - place
            if not entry.done:
                draft = finish(draft, entry) if done > 9 else tenths(draft, entry, done)
        session.commit(draft.confirmed().command)
    for day, title in ((TOLD[0], "outage"), (TOLD[2], "data fix for Northwind")):
        row = UnplannedWork(id=new_id(), team_id=team.id, day=day, effort=0.6, title=title)
        session.commit(Command("interrupt", f"came between: {title}", (row,)))
