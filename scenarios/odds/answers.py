"""What a forecast said of a plan, to be noted and told again before anything is simulated.

The same plan has the same odds on every machine. So what was said of it can be kept, by a stamp of all that it follows
from: the seed and what is believed of each team, the teams' capacities, the items with their efforts, and the target.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.common.values import Value

#: So many dots are drawn.
DOTS = 50


class Answers(Value):
    """Odds and shares 0..1, weeks in ew; by team or item id, where it is a mapping, as :class:`Forecast` says them."""

    odds: float
    judged: float
    team_odds: Mapping[int, float]
    room: Mapping[int, float]
    short: Mapping[int, float]
    load_range: tuple[float, float, float]
    dots: tuple[float, ...]
    #: of all planned items, by rank: the odds of each, and what its target is held against
    item_odds: Mapping[int, float]
    item_judged: Mapping[int, float]
    #: by the stamp of an item, how its going or coming changes the odds
    cuts: Mapping[str, float]


def as_json(answers: Answers) -> dict[str, Any]:
    """For a file; :func:`read` reads it back as it was, to the last bit."""
    return {
        name: [*value.items()] if isinstance(value, Mapping) else value
        for name, value in ((name, getattr(answers, name)) for name in _NAMES)
    }


def read(said: Any) -> Answers:
    """What :func:`as_json` said. Raises ValueError where that is something else."""
    try:
        low, middle, high = _numbers(said["load_range"])
        answers = Answers(
            odds=_number(said["odds"]),
            judged=_number(said["judged"]),
            team_odds=_by_id(said["team_odds"]),
            room=_by_id(said["room"]),
            short=_by_id(said["short"]),
            load_range=(low, middle, high),
            dots=_numbers(said["dots"]),
            item_odds=_by_id(said["item_odds"]),
            item_judged=_by_id(said["item_judged"]),
            cuts={str(key): _number(value) for key, value in said["cuts"]},
        )
    except (TypeError, KeyError) as error:
        raise ValueError("these are not answers") from error
    if len(answers.dots) != DOTS or answers.item_odds.keys() != answers.item_judged.keys():
        raise ValueError("these are not all answers")
    return answers


def _number(said: Any) -> float:
    if type(said) not in (int, float):
        raise ValueError("that is not a number")
    return float(said)


def _numbers(said: Any) -> tuple[float, ...]:
    return tuple(map(_number, said))


def _by_id(said: Any) -> dict[int, float]:
    return {int(key): _number(value) for key, value in said}


_NAMES = tuple(Answers.__annotations__)
