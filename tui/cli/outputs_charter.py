"""What the commands about the charter, the aims, the small tables and the quarter say with ``--json``.

Aims, floors and ceilings are percent of planned effort, as they are typed; shares and the target are 0..1.
"""

from __future__ import annotations

from datetime import date

from tui.cli.outputs import OUTPUTS, Output


class RoleOut(Output):
    """A role, who has it now (empty: nobody yet), and what it may."""

    name: str
    holder: str
    may: list[str]


class RightOut(Output):
    """A decision right; to break a principle, of the one named, or of any. ``warning`` where nobody holds it."""

    right: str
    principle: str | None
    may: str
    holders: list[str]
    warning: bool


class PrincipleOut(Output):
    """A rule that the room agreed on."""

    name: str
    note: str


class CharterFiguresOut(Output):
    """The charter's figures; money is in the workspace's own currency, None where not given."""

    purse_count: int
    purse_effort: float
    least_return: float
    rate: float | None
    licence: float | None
    renewal_days: int
    evidence_rules: str


class AimOut(Output):
    """A slice: what is planned of it now (ew, and its share 0..1), and its aim, floor and ceiling in percent."""

    letter: str
    name: str
    owner: str
    ew: float
    share: float
    aim: float
    floor: float | None
    ceiling: float | None


class CharterOut(Output):
    """``makeroom charter``."""

    roles: list[RoleOut]
    rights: list[RightOut]
    principles: list[PrincipleOut]
    figures: CharterFiguresOut
    target: float
    slices: list[AimOut]
    warnings: list[str]


class ChangedOut(Output):
    """What a command changed that no plan hangs on; ``done`` is false where it was so already."""

    done: bool
    what: str
    warnings: list[str]
    event: int | None


class AimsOut(Output):
    """``makeroom aims``: the slices in their order; ``total`` is what the aims add up to, in percent."""

    slices: list[AimOut]
    total: float


class RuleOut(Output):
    """An imported type, label or component that means a slice."""

    field: str
    value: str
    slice: str


class SlicesOut(Output):
    """``makeroom slices``: the slices, and the rules as they are tried; the first that matches wins."""

    slices: list[AimOut]
    rules: list[RuleOut]


class ShirtOut(Output):
    """A T-shirt size in engineer-weeks."""

    letter: str
    low: float
    likely: float
    high: float


class ShirtsOut(Output):
    """``makeroom shirts``."""

    shirts: list[ShirtOut]


class RatesOut(Output):
    """``makeroom rates``: points and hours to an engineer-week, None where not known; and what an item's value is."""

    points: float | None
    hours: float | None
    value: str


class QuarterTeamOut(Output):
    """A team and its net capacity in the quarter, in engineer-weeks."""

    name: str
    net: float


class QuarterOut(Output):
    """``makeroom quarter``; ``notes`` say where a team's net capacity is another than what its people give."""

    name: str
    state: str
    starts: date
    ends: date
    weeks: int
    working_days: int
    target: float
    teams: list[QuarterTeamOut]
    notes: list[str]


OUTPUTS.update(
    {
        "charter": CharterOut,
        "aims": AimsOut,
        "slices": SlicesOut,
        "shirts": ShirtsOut,
        "rates": RatesOut,
        "quarter": QuarterOut,
        "changed": ChangedOut,
    }
)
