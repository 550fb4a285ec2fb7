"""``makeroom practice debrief``."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from scenarios.practice.debrief_paper import debrief_paper
from tui.cli.practice.play_outputs import DebriefOut
from tui.cli.practice.plays import needs_lead, play_named
from tui.cli.reports.report import deliver
from tui.cli.workspace import desk
from tui.practice.debriefs import debrief_now, kept_debriefs, of_rooms
from tui.practice.play import needed_play
from tui.practice.supplied import last_questions


def run(arguments: argparse.Namespace) -> int:
    """Print it, or write it to a file. Raises StoreError with a sentence."""
    path = play_named(arguments)
    arguments.db = str(path)
    play = needed_play(path)
    with desk(arguments) as session:
        if not play.state.ended:
            # Once it has ended the room reads it together.
            needs_lead(session, play)
        debrief, over = debrief_now(session, play), play.over(session)
    others = [*of_rooms(arguments.rooms, play.case.name), *kept_debriefs(play)]
    paper = debrief_paper(debrief, play.case, others, last_questions(), over=over)

    def described(output: str) -> DebriefOut:
        said = [f"{each.who} {each.at.isoformat()}" for each in others]
        return DebriefOut(**asdict(debrief), others=said, output=output)

    return deliver(arguments, paper, described)
