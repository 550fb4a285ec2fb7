"""What can keep a file from being imported, each as a sentence for people."""

from __future__ import annotations

from typing import ClassVar, Literal

from store.common.errors import StoreError

RateUnit = Literal["points", "hours"]


class UnreadableFileError(StoreError):
    """The file is missing, too large, or not a table of text."""


class ImportOptionError(StoreError):
    """The import needs an option, or was given one that means nothing here; the sentence names it."""


class RateNeededError(ImportOptionError):
    """The estimates are in ``unit``, and nobody has said yet how many of them are one engineer-week."""

    #: how the command line spells the option for each unit
    OPTIONS: ClassVar[dict[RateUnit, str]] = {"points": "--points-per-week", "hours": "--hours-per-week"}

    def __init__(self, unit: RateUnit, column: str) -> None:
        self.unit = unit
        self.column = column
        what = "story points" if unit == "points" else "hours"
        super().__init__(
            f"The estimates in column {column} are in {what}: say how many {what} are one engineer-week "
            f"with {self.OPTIONS[unit]} N. It is remembered for the next import."
        )


class UnitNeededError(ImportOptionError):
    """The numbers in a column of estimates do not say what they count."""

    def __init__(self, column: str) -> None:
        self.column = column
        super().__init__(
            f"Column {column} does not say what its numbers count: name it with --column points={column}, "
            f"hours={column}, days={column} or weeks={column}."
        )
