"""Debriefs of plays: worked out from a workspace's journal, kept, and compared with earlier ones and other rooms'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from scenarios.practice.debrief import Debrief, debrief_of
from scenarios.practice.led_lines import Led, led_debrief
from scenarios.practice.parts import LEAD, leader, players
from scenarios.practice.play_log import log_after
from scenarios.practice.script import PRACTICE
from scenarios.trade.changes import now
from store.common.errors import ReadOnlyError, StoreError
from store.common.text import short
from store.database.places import expanded
from store.sidecars.plays import plays_folder
from store.sidecars.snapshot_files import write_whole
from tui.practice.case_list import text_of
from tui.practice.play import Play
from tui.practice.supplied import supplied_deck
from tui.session.session import Session

#: So many kept debriefs of a case are compared with, the latest.
_MOST = 12
_ENDING = ".debrief.json"
_UNSAFE = re.compile(r"[^a-z0-9-]+")


def debrief_now(session: Session, play: Play) -> Debrief:
    """The debrief of a play as it stands. Raises StoreError where the journal cannot be read."""
    workspace = session.workspace
    events = workspace.events()
    begun = next((event.seq for event in events if event.kind == PRACTICE), 1)
    start, steps = workspace.at(begun, session.state), workspace.since(begun)
    log, kept = log_after(play.case, start, session.state, steps), play.state
    if not kept.facilitated:
        return debrief_of(log, kept.player or workspace.actor, now())
    parts = players(session.state)
    room = sorted({part.name for role, part in parts.items() if role != LEAD}) or ["a room"]
    who = f"{', '.join(room)}, led by {leader(session.state) or 'nobody'}"
    deck = [question.ask for _, question in supplied_deck().questions]
    asked = [deck[at] for at in kept.asked if at < len(deck)]
    return led_debrief(debrief_of(log, who, now()), log, Led({*kept.held, *kept.let_go}, kept.skipped, asked))


def keep_debrief(session: Session, play: Play) -> Path:
    """Keep the debrief of a play beside the plays; its file. Raises StoreError where it cannot be written."""
    debrief = debrief_now(session, play)
    place = _UNSAFE.sub("-", play.database.parent.name.casefold()).strip("-") or "play"
    path = _folder() / f"{debrief.case}.{place}{_ENDING}"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, _adapter().dump_json(debrief, indent=1))
    except OSError as error:
        raise ReadOnlyError(f"The debrief could not be kept in {path}: {error.strerror or error}.") from error
    return path


def kept_debriefs(play: Play) -> list[Debrief]:
    """The debriefs of earlier plays of the case, the latest first; this play's own is none of them."""
    own = _UNSAFE.sub("-", play.database.parent.name.casefold()).strip("-") or "play"
    found = []
    with suppress(OSError):
        for path in _folder().glob(f"{play.case.name}.*{_ENDING}"):
            if path.name == f"{play.case.name}.{own}{_ENDING}":
                continue
            with suppress(OSError, ValidationError, ValueError):
                found.append(_adapter().validate_json(path.read_bytes()))
    return sorted(found, key=lambda each: each.at, reverse=True)[:_MOST]


def of_rooms(names: Sequence[str], case: str) -> list[Debrief]:
    """What other rooms came to, from the files of their ``--json``. Raises StoreError with a sentence."""
    found = []
    for name in names:
        path = expanded(name)
        try:
            debrief = _adapter().validate_json(text_of(path))
        except ValidationError as error:
            raise StoreError(
                f"{path.name} is not a debrief: write what makeroom practice debrief --json says."
            ) from error
        if debrief.case != case:
            raise StoreError(f"{path.name} is of the case “{short(debrief.case, 60)}”, and this play is of “{case}”.")
        found.append(debrief)
    return found


def _folder() -> Path:
    return plays_folder() / "debriefs"


def _adapter() -> TypeAdapter[Debrief]:
    return TypeAdapter(Debrief)
