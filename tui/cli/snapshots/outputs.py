"""What the commands for scenarios say with ``--json``; units as in :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import datetime

from tui.cli.outputs import OUTPUTS, Output


class ScenarioOut(Output):
    """One plan: ``kind`` is main or scenario, ``state`` the quarter's, or open, taken, closed or not listed.

    ``odds`` is None where its file cannot be read, which ``trouble`` explains; ``here`` is the plan that was asked for,
    ``people`` are those who sit at it.
    """

    kind: str
    name: str
    path: str
    state: str
    odds: float | None
    at: datetime | None
    author: str
    note: str
    here: bool
    people: list[str]
    trouble: str


class ScenariosOut(Output):
    """``makeroom scenario list``: the main plan first, then those that are open."""

    plans: list[ScenarioOut]


class BranchOut(Output):
    """``makeroom scenario branch``; ``trouble`` is why it does not begin with the snapshot that was named."""

    name: str
    path: str
    snapshot: str | None
    odds: float
    trouble: str


class ScenarioClosedOut(Output):
    """``makeroom scenario close``: ``path`` is the file, which is kept."""

    name: str
    path: str
    state: str


OUTPUTS.update({"scenarios": ScenariosOut, "branch": BranchOut, "closed": ScenarioClosedOut})
