"""What filters and sorting are asked in, as helps say it: nothing is imported for the sake of a sentence."""

from __future__ import annotations

from typing import Literal, get_args

#: What can be asked for, as the help and the search line say it.
HINT = "words, or team: customer: owner: slice: priority: key: value>5 size<3 due<2027-03-31 is:unsized"

SortKey = Literal["value", "value-per-week", "priority", "size", "due", "arr", "title", "key"]
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)
