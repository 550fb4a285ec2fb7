"""What forms and commands teach about days is what they read, in each of the ways."""

import re
from datetime import date
from pathlib import Path

from scenarios.figures.days import use_quarter
from scenarios.figures.readers import day_of
from tui.forms.registry import PLAIN

COMMANDS = Path(__file__).parents[3] / "docs" / "commands.md"
#: as what a day may be written: up to a semicolon or the end of a cell
TAUGHT = re.compile(r"\bas ((?:\d|w\d)[\w -]*(?:, [\w -]+)* or [\w-]+|2027[\d-]+)")


def test_each_way_that_is_taught_is_read_and_none_teaches_one_alone() -> None:
    use_quarter(date(2027, 1, 1), date(2027, 3, 31))
    hints = [(plain.name, ask.hint) for plain in PLAIN.values() for ask in plain.asks if ask.kind == "day"]
    hints += [("page", line) for line in COMMANDS.read_text(encoding="utf-8").splitlines() if "2027-03-31 |" in line]
    taught = [(where, hint, found[1]) for where, hint in hints if (found := TAUGHT.search(hint))]
    assert len(taught) > 12
    for where, hint, words in taught:
        days = [day_of(word) for word in re.split(r", | or ", words)]
        assert date(2027, 3, 31) in days, (where, hint)
        # A week of the quarter, and a day as it is said.
        assert len(days) == 3, (where, hint)
        assert None not in days
