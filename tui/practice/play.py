"""A play on its workspace: begun, gone on with event by event, and what those who play say in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from scenarios.practice.case import Case, CaseEvent, CaseRole
from scenarios.practice.case_file import read_case
from scenarios.practice.parts import take_lead
from scenarios.practice.script import Happening, Script, happens
from scenarios.practice.setting import setting
from scenarios.trade.changes import now
from store.common.errors import Refused, StoreError
from store.common.text import short
from store.records import Applied
from store.sidecars.plays import (
    PlayState,
    begin_play,
    case_text,
    free_folder,
    is_play,
    keep_state,
    play_folder,
    state_of,
)
from store.workspace.workspace import Workspace
from tui.session.session import Session


@dataclass(frozen=True)
class Play:
    """The case that a workspace plays, and how far it is."""

    database: Path
    case: Case
    state: PlayState

    def script(self, session: Session) -> Script:
        """The script as it is now."""
        return Script(self.case, session.state, self.state.held, self.state.skipped)

    def over(self, session: Session) -> bool:
        """Whether it was ended, or nothing is to come any more: from then on nobody is told anything too early."""
        return self.state.ended or not self.script(session).left

    def changed(self, **how: object) -> Play:
        """The same with another state, which is kept: what other seats changed of it meanwhile stays.

        Raises ReadOnlyError where it cannot be kept.
        """
        state = replace(state_of(self.database) or self.state, **how)  # type: ignore[arg-type]
        keep_state(self.database, state)
        return Play(self.database, self.case, state)


def play_of(database: Path) -> Play | None:
    """The play of a workspace; None where it is none. Raises StoreError where its case cannot be read any more."""
    if not is_play(database):
        return None
    case = read_case(case_text(database), str(play_folder(database) / "case.toml"))
    return Play(database, case, state_of(database) or PlayState(case=case.name))


def needed_play(database: Path) -> Play:
    """The play of a workspace. Raises Refused where it is none."""
    play = play_of(database)
    if play is None:
        raise Refused(f"{database} is not a play of a case: makeroom practice start NAME begins one")
    return play


def begin(
    case: Case,
    text: str,
    actor: str | None,
    folder: Path | None = None,
    *,
    home: Path | None = None,
    facilitated: bool = False,
) -> Path:
    """Begin a play of a case in a workspace of its own, away from everybody's own; the workspace's file.

    ``home`` is the workspace from whose board it is begun. Where it is ``facilitated``, who begins it leads it, and its
    clock stands until they let it go.
    Raises StoreError where the folder has a play already, or cannot be written.
    """
    folder, number = free_folder(case.name) if folder is None else (folder, 1)
    place = "" if home is None else str(home.absolute())
    state = PlayState(case.name, number, home=place, facilitated=facilitated, paused=facilitated)
    database = begin_play(folder, case.name, text, state)
    with Workspace.open(database, actor=actor, today=date.today()) as workspace:
        # Written by a session as any change: guarded, and in one step.
        session = Session(workspace, "practice", lazy=True)
        session.commit(setting(case, session.state))
        if facilitated:
            session.commit(take_lead(session.state, workspace.actor))
        keep_state(database, replace(state, player=workspace.actor))
    return database


def brief_lines(role: CaseRole) -> list[str]:
    """A role's private brief, for whoever has it alone."""
    rows = (
        ("What you are judged by", role.incentives),
        ("What you know", role.knows),
        ("What you may give", role.may_give),
    )
    return [f"{name}: {' '.join(text.split())}" for name, text in rows if text]


def send(session: Session, play: Play, event: CaseEvent) -> tuple[Applied, tuple[str, ...]]:
    """Let an event of the script happen; what it did, and what it could not do any more, in sentences.

    Raises StaleError where anybody changed anything since the session looked: two seats send nothing twice.
    """
    script = play.script(session)
    if event.key in script.came:
        raise Refused(f"“{event.key}” came already")
    return write(session, happens(script, event, now()))


def write(session: Session, happening: Happening) -> tuple[Applied, tuple[str, ...]]:
    """Write what happens, as a change on what is seen. Raises StoreError."""
    applied = session.commit(happening.command, seen=session.state.seq)
    if applied is None:
        raise StoreError(f"{short(happening.command.label, 80)}: there is nothing to write.")
    return applied, happening.notes
