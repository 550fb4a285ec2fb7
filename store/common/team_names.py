"""A team as people name it when it is new: its name, and its net engineer-weeks or how many people it has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.common.errors import Refused
from store.common.limits import MOST_EW
from store.common.text import clean, short

LONGEST = 200
MOST_PEOPLE = 200
_PEOPLE = r"people|persons?|heads?|engineers?|developers?|devs?|ftes?"
_WEEKS = r"ew|ews|engineer[- ]weeks?|person[- ]weeks?|weeks?"
_OTHERS = r"hours?|days?|months?|sprints?|points?|quarters?|years?"
# The number stands apart: "Web2" and "Team-7" are names, "Web 2" is a team of 2.0 ew.
_SIZED = re.compile(
    rf"(?P<name>.*?)(?:^|(?<![\s:=,;(])[\s:=,;(]+(?:[–—-]\s+)?)(?P<amount>[-+]?\d[\d.,]*)\s*"
    rf"(?:(?P<people>{_PEOPLE})|(?P<weeks>{_WEEKS})|(?P<other>{_OTHERS}))?\)?",
    re.IGNORECASE,
)
_SAID = "as: Pay 34.0, or Pay 5 people"


@dataclass(frozen=True)
class NamedTeam:
    """What was typed: ``net`` in engineer-weeks, or so many ``people``; neither where only a name was."""

    name: str
    net: float | None = None
    people: int | None = None


def team_name(text: str) -> str:
    """A team's name as it is kept. Raises Refused where it cannot be one."""
    name = " ".join(clean(text).rstrip(":=,; ").split())
    if not any(letter.isalpha() for letter in name):
        raise Refused(
            f"“{short(text, 60)}” is not the name of a team: it needs a letter" if name else "a team needs a name"
        )
    if len(name) > LONGEST:
        raise Refused(f"the name of a team has at most {LONGEST} characters, and this one has {len(name)}")
    return name


def read_team(text: str) -> NamedTeam:
    """The team in ``Platform 5 people``, ``Billing: 26``, ``Pay=34.0`` or ``Core``. Raises Refused with a sentence."""
    found = _SIZED.fullmatch(clean(text))
    if found is None:
        return NamedTeam(team_name(text))
    if not any(letter.isalpha() for letter in found["name"]):
        raise Refused(f"a team needs a name before its figure, {_SAID}")
    name, amount = team_name(found["name"]), _number(found["amount"])
    if found["other"]:
        raise Refused(
            f"{short(name, 60)}: a team has people or net engineer-weeks, and {found['other']} say neither: {_SAID}"
        )
    if found["people"]:
        if amount is None or not 1 <= amount <= MOST_PEOPLE or amount != int(amount):
            raise Refused(
                f"{short(name, 60)}: a team has 1 to {MOST_PEOPLE} people, in whole numbers; who is there for a part "
                "of the time gets a share afterwards"
            )
        return NamedTeam(name, people=int(amount))
    if amount is None or not 0 <= amount <= MOST_EW:
        raise Refused(f"{short(name, 60)}: a number of engineer-weeks, 0 to {MOST_EW:,}, as 34 or 34.5")
    return NamedTeam(name, net=amount)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
