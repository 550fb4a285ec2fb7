"""What ``makeroom report health`` says with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import datetime

from tui.cli.outputs import OUTPUTS, Output


class HealthQuestionOut(Output):
    """What a role is asked."""

    role: str
    question: str


class HealthAnswerOut(Output):
    """What a role answered: ``score`` is 0 to 3."""

    role: str
    score: int
    because: str
    at: datetime


class HealthQuarterOut(Output):
    """The answers of a quarter; a role that was not asked has none."""

    quarter: str
    answers: list[HealthAnswerOut]


class HealthOut(Output):
    """``makeroom report health``: quarters with answers, oldest first, the present one last; ``output`` is the file
    written, if any."""

    questions: list[HealthQuestionOut]
    quarters: list[HealthQuarterOut]
    output: str


OUTPUTS["report health"] = HealthOut
