"""What the commands for single items, for scenarios and for what-if say with ``--json``; units as in ``outputs.py``."""

from __future__ import annotations

from datetime import date, datetime

from tui.cli.outputs import ItemOut, Output, SizeOut


class NamedOut(Output):
    """An item that another one refers to."""

    id: int
    title: str
    state: str


class VersionOut(Output):
    """A smaller first version; ``value`` is None where it is in proportion to its effort."""

    name: str
    ew: float
    value: float | None
    sizes: list[SizeOut]


class RequestOut(Output):
    """How an item was asked for; what was not said is empty or null."""

    received_at: datetime
    asked_by: str
    customer: str | None
    problem: str
    claimed: str
    deal_amount: float | None
    deal_probability: float | None
    deal_closes: date | None


class ItemWholeOut(ItemOut):
    """``makeroom item``: an item whole. ``rank`` is its number on its side of the line, 1 the first; ``worth`` says
    what its value comes from, ``value_parts`` by name; ``needed_by`` are those of no use without it."""

    rank: int | None
    due: date | None
    note: str
    worth: str
    value_parts: dict[str, float]
    pin_note: str
    needs: list[NamedOut]
    needed_by: list[NamedOut]
    versions: list[VersionOut]
    request: RequestOut | None
    promises: list[str]
    source_title: str | None
    source_size: str | None


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


class ClosedOut(Output):
    """``makeroom scenario close``: ``path`` is the file, which is kept."""

    name: str
    path: str
    state: str


#: Each command's output by name, for the published schema.
PLANS: dict[str, type[Output]] = {
    "item": ItemWholeOut,
    "scenarios": ScenariosOut,
    "branch": BranchOut,
    "closed": ClosedOut,
}
