"""What ``makeroom ways`` says with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date, datetime

from tui.cli.outputs import OUTPUTS, ItemOut, Output, TeamOut


class WayFieldOut(Output):
    """A field of a way out: its name for ``--field``, what it is, and what stands in it where nothing is said."""

    name: str
    words: str
    needed: bool
    default: str
    hint: str


class WayOutOut(Output):
    """A way out; ``takes`` and ``frees`` (ew), ``odds`` and ``fits`` are null where they depend on what is filled in.

    Of a request, ``odds`` are those with it in at that size, or of the plan as it is where nothing comes in; of a
    planned item, those with it at that size, or gone.
    """

    kind: str
    means: str
    fields: list[WayFieldOut]
    takes: float | None
    frees: float | None
    odds: float | None
    fits: bool | None


class WayTakenOut(Output):
    """A way out on record; ``decision`` is its number in ``makeroom decisions --json``. ``met`` is whether the success
    test of a pilot or a proof of concept was met, by how many customers, on which day; null: not known yet."""

    kind: str
    words: str
    decision: int | None
    at: datetime | None
    decided_by: str
    effort: float
    freed: float
    amount: float | None
    markup: float | None
    due: date | None
    who: str
    test: str
    customers: int | None
    principle: str | None
    note: str
    met: bool | None
    met_by: int | None
    ended: date | None


class WaysOut(Output):
    """``makeroom ways``: ``room`` has the item's teams as they stand now, ``odds`` those of the present plan; ``held``
    says why a planned item may not leave, empty where it may."""

    item: ItemOut
    odds: float
    target: float
    room: list[TeamOut]
    held: str
    ways: list[WayOutOut]
    taken: list[WayTakenOut]


OUTPUTS.update({"ways": WaysOut})
