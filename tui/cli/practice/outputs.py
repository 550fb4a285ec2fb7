"""What practice says with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date

from tui.cli.outputs import OUTPUTS, Output


class PracticeRowOut(Output):
    """Something to practise, and the command that begins it."""

    name: str
    tells: str
    command: str


class CaseRowOut(Output):
    """A case: for how many people at least, and at most; ``file`` of one of your own, empty for what comes with
    makeroom."""

    name: str
    title: str
    minutes: int
    least: int
    most: int
    difficulty: str
    file: str


class PlayRowOut(Output):
    """A play that was begun and is kept."""

    workspace: str
    case: str
    ended: bool


class PracticeOut(Output):
    """``makeroom practice``: what there is, the cases, and the plays that were begun, the latest first; ``faults`` are
    those of cases of your own that cannot be played."""

    ways: list[PracticeRowOut]
    cases: list[CaseRowOut]
    plays: list[PlayRowOut]
    faults: list[str]


class DrillChoiceOut(Output):
    """One way to act; what speaks for and against it is null until something is chosen."""

    number: int
    do: str
    speaks_for: str | None
    speaks_against: str | None


class DrillAnswerOut(Output):
    """What was chosen, why, and how it went: null until that is told."""

    choice: int
    because: str
    went: str | None


class DrillStandingOut(Output):
    """Where a drill stands: ``standing`` is new, due, waits or rests; box and day null where it is in none."""

    number: int
    key: str
    title: str
    standing: str
    box: int | None
    due: date | None


class DrillOut(DrillStandingOut):
    """``makeroom practice drill``; ``tension`` and ``first`` are null until something is chosen."""

    situation: str
    choices: list[DrillChoiceOut]
    answer: DrillAnswerOut | None
    tension: str | None
    first: str | None


class DrillsOut(Output):
    """``makeroom practice drill --list``."""

    drills: list[DrillStandingOut]


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
OUTPUTS["drill"] = DrillOut
OUTPUTS["drills"] = DrillsOut
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


class PracticeNewOut(Output):
    """``makeroom practice new``: ``own`` where it is made of a workspace, and then what of it was ``left``."""

    file: str
    case: str
    own: bool
    left: list[str]


OUTPUTS["practice new"] = PracticeNewOut
