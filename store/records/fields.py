"""What the columns of records are made of."""

from __future__ import annotations

from typing import Annotated

from store.common.limits import MOST_EW
from store.records.columns import Within

Share = Annotated[float, Within(ge=0, le=1, allow_inf_nan=False)]
Percent = Annotated[float, Within(ge=0, le=100, allow_inf_nan=False)]
EngineerWeeks = Annotated[float, Within(ge=0, le=MOST_EW, allow_inf_nan=False)]
Money = Annotated[float, Within(ge=0, le=1e15, allow_inf_nan=False)]
Points = Annotated[float, Within(ge=-1e12, le=1e12, allow_inf_nan=False)]
#: Quarters in a row, by the calendar: year * 4 + 0..3.
QuarterNumber = Annotated[int, Within(ge=0, le=100_000)]
#: A part that a value is computed from.
Part = Annotated[float, Within(ge=0, le=1e9, allow_inf_nan=False)]
#: ICE takes 1 to 10 of each.
OneToTen = Annotated[float, Within(ge=1, le=10, allow_inf_nan=False)]
Rank = Annotated[float, Within(ge=-1e15, le=1e15, allow_inf_nan=False)]
#: Effort that went in (above 0) or came out (below), in engineer-weeks.
Effort = Annotated[float, Within(ge=-1e9, le=1e9, allow_inf_nan=False)]
#: As many bits as JSON's and spreadsheets' numbers keep.
Seed = Annotated[int, Within(ge=0, lt=2**53)]
#: Working days of one person.
Days = Annotated[float, Within(ge=0, le=4_000, allow_inf_nan=False)]
Months = Annotated[int, Within(ge=1, le=240)]
Weeks = Annotated[float, Within(ge=0, le=520, allow_inf_nan=False)]
Sha256 = Annotated[str, Within(min_length=64, max_length=64)]
Packed = Annotated[str, Within(max_length=50_000_000)]
Letter = Annotated[str, Within(min_length=1, max_length=1)]
Name = Annotated[str, Within(min_length=1, max_length=200)]
Text = Annotated[str, Within(max_length=20_000)]
Title = Annotated[str, Within(min_length=1, max_length=20_000)]
