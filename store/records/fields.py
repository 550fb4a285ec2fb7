"""What the columns of records are made of, and the record that all are kinds of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from store.common.limits import MOST_EW

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
EngineerWeeks = Annotated[float, Field(ge=0, le=MOST_EW, allow_inf_nan=False)]
Money = Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
#: Quarters in a row, by the calendar: year * 4 + 0..3.
QuarterNumber = Annotated[int, Field(ge=0, le=100_000)]
#: A part that a value is computed from.
Part = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
#: ICE takes 1 to 10 of each.
OneToTen = Annotated[float, Field(ge=1, le=10, allow_inf_nan=False)]
Rank = Annotated[float, Field(ge=-1e15, le=1e15, allow_inf_nan=False)]
#: Effort that went in (above 0) or came out (below), in engineer-weeks.
Effort = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
#: As many bits as JSON's and spreadsheets' numbers keep.
Seed = Annotated[int, Field(ge=0, lt=2**53)]
#: Working days of one person.
Days = Annotated[float, Field(ge=0, le=4_000, allow_inf_nan=False)]
Months = Annotated[int, Field(ge=1, le=240)]
Weeks = Annotated[float, Field(ge=0, le=520, allow_inf_nan=False)]
Sha256 = Annotated[str, Field(min_length=64, max_length=64)]
Packed = Annotated[str, Field(max_length=50_000_000)]
Letter = Annotated[str, Field(min_length=1, max_length=1)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=20_000)]
Title = Annotated[str, Field(min_length=1, max_length=20_000)]


class Record(BaseModel):
    """A row: ``id`` is the store's (negative while new), ``rev`` counts its changes."""

    # Built when first used: most starts see half of the kinds.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    table: ClassVar[str] = ""
    #: column -> table that it points to; the store replaces negative ids in these columns.
    links: ClassVar[Mapping[str, str]] = {}

    id: int
    rev: int = 0
