"""``makeroom report health``."""

from __future__ import annotations

import argparse

from scenarios.graded.health import QUESTIONS, ROLES, health_of
from scenarios.reports.health_paper import health_paper
from tui.cli.reports.health_outputs import HealthAnswerOut, HealthOut, HealthQuarterOut, HealthQuestionOut
from tui.cli.reports.report import deliver
from tui.cli.workspace import look


def run(arguments: argparse.Namespace) -> int:
    """Show it. Raises StoreError with a sentence."""
    state = look(arguments)

    def described(output: str) -> HealthOut:
        return HealthOut(
            questions=[HealthQuestionOut(role=role, question=QUESTIONS[role]) for role in ROLES],
            quarters=[
                HealthQuarterOut(
                    quarter=quarter.name,
                    answers=[
                        HealthAnswerOut(role=role, score=row.score, because=row.because, at=row.at)
                        for role in ROLES
                        if (row := quarter.answers.get(role)) is not None
                    ],
                )
                for quarter in health_of(state)
            ],
            output=output,
        )

    return deliver(arguments, health_paper(state), described)
