"""What ``makeroom report patterns`` says with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date

from tui.cli.outputs import OUTPUTS, Output


class TakenOut(Output):
    """A one-off that was taken: what it took, or its likely size (ew), and whom it was for; ``item`` is null for one of
    a history file."""

    item: int | None
    title: str
    quarter: str
    ew: float | None
    accounts: list[str]


class PatternReportOut(Output):
    """One-offs of one ``kind``, or alike (null); ``title`` is the general item's, which would have absorbed so many ew.

    ``makeroom one-offs --platform NAME`` asks for it.
    """

    name: str
    kind: str | None
    title: str
    absorbs: float | None
    accounts: list[str]
    one_offs: list[TakenOut]


class OffloadOut(Output):
    """An item that is to end asks: those from ``since`` until it shipped, and those from then on; the rates are a
    quarter's, null of less than one."""

    item: int
    title: str
    offloads: str
    shipped: date | None
    since: date | None
    asked_before: int
    asked_since: int
    a_quarter_before: float | None
    a_quarter_since: float | None
    words: str


class PatternsOut(Output):
    """``makeroom report patterns``: of the one-offs of four quarters; ``output`` is the file written, if any."""

    day: date
    one_offs: int
    patterns: list[PatternReportOut]
    answers: list[OffloadOut]
    output: str


OUTPUTS["report patterns"] = PatternsOut
