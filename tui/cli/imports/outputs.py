"""What the commands that read and write files, and say where files are, tell with ``--json``: stable keys."""

from __future__ import annotations

from tui.cli.outputs import OUTPUTS, Output


class NewRowOut(Output):
    """A row that became an item; ``size`` in words, ``line`` its place in the file."""

    line: int
    key: str
    title: str
    slice: str
    size: str


class UpdatedRowOut(Output):
    """An item that follows the file, with what changed in words."""

    line: int
    item: int
    title: str
    changes: list[str]


class RejectedRowOut(Output):
    """A row that was not taken, and why."""

    line: int
    title: str
    reason: str


class ConflictOut(Output):
    """A field that changed here and in the file; ``choice`` is "here" or "source", None where nobody chose."""

    line: int
    item: int
    title: str
    field: str
    here: str
    source: str
    choice: str | None


class GoneOut(Output):
    """An item of this source that the file no longer has; it stays here."""

    item: int
    key: str
    title: str
    state: str


class OddsThenOut(Output):
    """The odds of the plan before and after, and its target (0..1)."""

    before: float
    after: float
    target: float


class SampleOut(Output):
    """A cell as it is written, and as it is read."""

    text: str
    read: str


class ColumnOut(Output):
    """A column of the file: the field that it is taken for (None: none) and why: "said", "name", "held" (its name and
    what it holds), "spare" or ""; ``tells`` is what it says besides: "spent", "left", "started", "done" of how far
    items are, "size of Pay", or "".
    """

    column: str
    field: str | None
    why: str
    tells: str
    filled: float
    samples: list[SampleOut]


class FileStatusOut(Output):
    """A status of the file, and how many rows of it are taken, and left."""

    status: str
    taken: int
    left: int


class FileTeamOut(Output):
    """A team that the file names, in how many rows, and the team here that it becomes; None where it is none."""

    name: str
    rows: int
    team: str | None
    new: bool


class LoadOut(Output):
    """What new items come to for a team: how many have a size, likely ew together, and its net (ew)."""

    team: str
    items: int
    likely: float
    net: float


class ImportOut(Output):
    """``makeroom import`` of a backlog: ``rows`` is the sum of the five counts; ``conflicts`` that nobody chose of are
    among the ``kept``.

    ``done`` is whether anything was written, ``shortfall`` whether that left the plan below its target unanswered.
    """

    done: bool
    dry_run: bool
    database: str
    file: str
    format: str
    rows: int
    new: int
    updated: int
    kept: int
    unchanged: int
    rejected: int
    new_rows: list[NewRowOut]
    updated_rows: list[UpdatedRowOut]
    rejected_rows: list[RejectedRowOut]
    conflicts: list[ConflictOut]
    gone: list[GoneOut]
    notes: list[str]
    warnings: list[str]
    columns: list[ColumnOut]
    statuses: list[FileStatusOut]
    teams: list[FileTeamOut]
    loads: list[LoadOut]
    shortfall: bool
    mapping: str


class TakenInOut(Output):
    """``makeroom import-history``, ``-people``, ``-accounts``, ``import`` of a whole workspace: what it did, in words.

    ``learned`` is what is known of teams then, ``net`` their net capacity (ew) where people were read, ``net_before``
    what it was, ``warnings`` what should make somebody look twice.
    """

    done: bool
    dry_run: bool
    database: str
    file: str
    what: str
    changes: list[str]
    rejected_rows: list[RejectedRowOut]
    notes: list[str]
    learned: list[str]
    net: dict[str, float]
    net_before: dict[str, float]
    warnings: list[str]
    odds: OddsThenOut | None
    shortfall: bool


class WrittenOut(Output):
    """``makeroom export`` to a file."""

    file: str
    what: str
    format: str
    notes: list[str]


class WhereOut(Output):
    """``makeroom where``: which files are used; ``chosen`` is "--db", "MAKEROOM_DB" or "default"."""

    database: str
    chosen: str
    exists: bool
    backups: str
    backups_count: int
    scenarios: str
    scenarios_count: int
    demo: str
    demo_exists: bool
    log: str
    cache: str


class DemoOut(Output):
    """``makeroom demo --json``: where it is; nothing is opened."""

    database: str
    kept: str


OUTPUTS.update({"import": ImportOut, "taken in": TakenInOut, "written": WrittenOut, "where": WhereOut, "demo": DemoOut})
