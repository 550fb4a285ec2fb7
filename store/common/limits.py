"""The largest figures that anything may have, in one place: what is larger is a slip of the hand."""

#: engineer-weeks of one size, one team's quarter, or what an item took
MOST_EW = 10_000
