"""``makeroom report voices``."""

from __future__ import annotations

import argparse

from scenarios.reports.voices_paper import voices_paper
from scenarios.requests.persona_effort import effort_by_persona
from tui.cli.reports.report import deliver
from tui.cli.reports.voice_outputs import PersonaEffortOut, VoicesOut
from tui.cli.workspace import look


def run(arguments: argparse.Namespace) -> int:
    """Show it. Raises StoreError with a sentence."""
    state = look(arguments)

    def described(output: str) -> VoicesOut:
        found = effort_by_persona(state)
        return VoicesOut(
            quarters=[quarter.name for quarter in found.quarters],
            personas=[
                PersonaEffortOut(
                    name=row.persona.name,
                    place=row.place,
                    compromise=row.persona.compromise,
                    ew=row.effort.amount or 0.0,
                    shares=[figure.amount for figure in row.figures],
                    less_than=list(row.later),
                )
                for row in found.rows
            ],
            nobody=[figure.amount for figure in found.nobody],
            output=output,
        )

    return deliver(arguments, voices_paper(state), described)
