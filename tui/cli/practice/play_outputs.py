"""What a play says with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date, datetime

from tui.cli.outputs import OUTPUTS, Output


class SaidOut(Output):
    """Something that happened or was said; ``event`` is its key in the case, empty where it has none."""

    at: datetime
    kind: str
    event: str
    who: str
    to: str
    words: str
    item: str
    answer: str | None
    due: date | None


class PlayedRoleOut(Output):
    """A role of a case; ``player`` is who has it in a play that is led, and ``brief`` is told to them alone."""

    key: str
    name: str
    who: str
    player: str
    brief: list[str]


class PlayOut(Output):
    """A play: its workspace, the case, and what was said, oldest first. ``new`` is how many of these are of this
    command; ``next`` whether an event can come now, ``left`` how many are still to come, ``not_sent`` those that
    cannot as it was decided, each with why, told to whoever leads, and to all once it has ended; ``notes`` what could
    not happen any more; ``leader`` leads it for others where it is ``facilitated``."""

    workspace: str
    case: str
    title: str
    ended: bool
    said: list[SaidOut]
    new: int
    next: bool
    left: int
    not_sent: list[str]
    notes: list[str]
    facilitated: bool
    leader: str
    roles: list[PlayedRoleOut]


class DebriefLineOut(Output):
    """What was found on a topic; ``event`` is the number of the journal's entry that it quotes."""

    topic: str
    words: str
    event: int | None
    quote: str
    warns: bool


class DebriefFiguresOut(Output):
    """What plays are compared by. Odds and shares 0..1; ``minutes`` null where nobody was answered, ``agree`` null
    where fewer than two sides were told anything."""

    answers: dict[str, str]
    options: int
    neither: int
    evidence_before: int
    evidence_after: int
    hidden: int
    signed: int
    broken: int
    not_heard: int
    odds: float
    one_offs: float
    minutes: float | None
    agree: bool | None


class DebriefOut(Output):
    """``makeroom practice debrief``; ``others`` are the plays that it is compared with, ``output`` a file written."""

    case: str
    title: str
    at: datetime
    who: str
    figures: DebriefFiguresOut
    lines: list[DebriefLineOut]
    others: list[str]
    output: str


OUTPUTS["play"] = PlayOut
OUTPUTS["debrief"] = DebriefOut
