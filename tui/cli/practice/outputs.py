"""What practice says with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from tui.cli.outputs import OUTPUTS, Output


class PracticeRowOut(Output):
    """Something to practise, and the command that begins it."""

    name: str
    tells: str
    command: str


class PracticeOut(Output):
    """``makeroom practice``: what there is."""

    ways: list[PracticeRowOut]


class QuestionOut(Output):
    """A question, and what to listen for."""

    ask: str
    listen: str


class QuestionGroupOut(Output):
    """Questions about one thing."""

    key: str
    title: str
    questions: list[QuestionOut]


class DeckOut(Output):
    """``makeroom practice deck``."""

    groups: list[QuestionGroupOut]


OUTPUTS["practice"] = PracticeOut
OUTPUTS["deck"] = DeckOut


class CaseFaultOut(Output):
    """What is wrong with a case: its key, and a sentence with file and line."""

    key: str
    words: str


class PracticeCheckOut(Output):
    """``makeroom practice check``."""

    file: str
    sound: bool
    faults: list[CaseFaultOut]


OUTPUTS["practice check"] = PracticeCheckOut
