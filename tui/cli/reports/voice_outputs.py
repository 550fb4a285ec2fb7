"""What ``makeroom report voices`` says with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from tui.cli.outputs import OUTPUTS, Output


class PersonaEffortOut(Output):
    """A persona by its place, 1 being who matters most: ew in all quarters, its share (0..1) of each, null where
    nothing is on record, and who comes later and got more."""

    name: str
    place: int
    compromise: str
    ew: float
    shares: list[float | None]
    less_than: list[str]


class VoicesOut(Output):
    """``makeroom report voices``; ``nobody`` is each quarter's share that helps nobody named; ``output`` the file
    written, if any."""

    quarters: list[str]
    personas: list[PersonaEffortOut]
    nobody: list[float | None]
    output: str


OUTPUTS["report voices"] = VoicesOut
