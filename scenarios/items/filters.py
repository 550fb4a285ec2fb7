"""The language of the search line and of ``--where``: words that must occur, and ``team:Pay value>5 is:unsized``.

All parts must hold; ``priority:P0,P1`` holds for either, ``owner:none`` where there is none. Quotes keep blanks
together: ``customer:"Northwind Traders"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from operator import eq, ge, gt, le, lt
from typing import Any

from scenarios.figures.readers import day_of, number_of
from scenarios.items.priorities import has_priority, priority_place
from scenarios.plan.departures import pins_of
from scenarios.plan.item_values import model_of, worth_of
from scenarios.plan.mix import ONE_OFF
from scenarios.plan.plan import Entry
from scenarios.trade.changes import unplanned
from scenarios.trade.door import waiting_by_item
from store.common.errors import Refused
from store.common.text import short
from store.records import Customer, ItemState, State, Team, ValueParts

_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
_TERM = re.compile(r"(slice|team|owner|customer|key|priority|value|due|size|is)(:|>=|<=|>|<|=)(.*)", re.I | re.S)
_MEASURES = ("value", "due", "size")
_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {":": eq, "=": eq, ">": gt, "<": lt, ">=": ge, "<=": le}
#: Where items are, beside the plan and what is below it.
_STATES: Mapping[str, ItemState] = {
    "planned": "plan", "below": "below", "inbox": "inbox", "declined": "declined", "done": "done",
}  # fmt: skip
_IS = (*_STATES, "sized", "unsized", "started", "pinned", "unplanned", "wanted", "oneoff")

Test = Callable[[Entry], bool]


class Filter:
    """A query on the items of a state. What cannot be read keeps nothing, and :attr:`problems` say why.

    ``waiting`` is who waits by item id, where the caller has it.
    """

    def __init__(
        self,
        text: str,
        state: State,
        waiting: Mapping[int, tuple[Customer, ...]] | None = None,
        *,
        today: date | None = None,
    ) -> None:
        self.state = state
        self.problems: list[str] = []
        #: the one place that it asks for beside plan and backlog: "declined", "done", "inbox", else ""
        self.elsewhere: ItemState | None = None
        self._today = today
        self._waiting = waiting
        self._teams = {team.id: team.name.casefold() for team in state.all(Team).values()}
        self._tests = [test for token in _TOKEN.findall(text) if (test := self._test(token)) is not None]

    def keeps(self, entry: Entry) -> bool:
        """Whether an item has every part of the query."""
        return all(test(entry) for test in self._tests)

    def require_sound(self) -> None:
        """Raise :class:`Refused` with the first thing that cannot be read."""
        if self.problems:
            raise Refused(self.problems[0], "where")

    # -------------------------------------------------- its parts

    def _test(self, token: str) -> Test | None:
        """What one part asks for; None for one that is not typed to its end."""
        found = _TERM.fullmatch(token)
        if found is None or (found[2] != ":" and found[1].casefold() not in _MEASURES):
            return self._word(token.replace('"', "").casefold())
        name, sign, rest = found[1].casefold(), found[2], found[3]
        if not rest.strip('" '):
            return None
        wanted = (
            [rest.strip('"')] if rest.startswith('"') else [each for each in rest.replace('"', "").split(",") if each]
        )
        tests = [self._one(name, sign, each.strip()) for each in wanted]
        return tests[0] if len(tests) == 1 else lambda entry: any(test(entry) for test in tests)

    def _one(self, name: str, sign: str, text: str) -> Test:
        if name in _MEASURES:
            return self._measure(name, sign, text)
        plain = text.casefold()
        if name == "is":
            return self._is(plain)
        if name == "slice":
            return lambda entry: entry.item.slice.casefold() == plain
        if name == "priority":
            return _priority(text)
        words = self._words_of(name)
        if plain == "none":
            return lambda entry: not any(words(entry))
        return lambda entry: any(plain in each.casefold() for each in words(entry))

    def _words_of(self, name: str) -> Callable[[Entry], list[str]]:
        """The names that an item has of this kind."""
        if name == "team":
            return self._team_names
        if name == "customer":
            return lambda entry: [one.name for one in self.waiting.get(entry.item.id, ())]
        if name == "key":
            return lambda entry: [entry.item.source_key or ""]
        return lambda entry: [entry.item.owner]

    def _word(self, word: str) -> Test | None:
        if not word:
            return None

        # Few customers and teams, many items: whose name it is in is found out once.
        wanted = {key for key, who in self.waiting.items() if any(word in one.name.casefold() for one in who)}
        of_team = any(word in name for name in self._teams.values())

        def has(entry: Entry) -> bool:
            item = entry.item
            return (
                item.id in wanted
                or word in f"{item.title}\n{item.owner}\n{item.note}".casefold()
                or (item.source_key is not None and word in item.source_key.casefold())
                or (item.priority != "" and word in item.priority.casefold())
                or (of_team and any(word in name for name in self._team_names(entry)))
            )

        return has

    def _team_names(self, entry: Entry) -> list[str]:
        return [self._teams.get(key, "") for key in entry.team_ids]

    @property
    def waiting(self) -> Mapping[int, tuple[Customer, ...]]:
        """Who waits, by item id."""
        if self._waiting is None:
            self._waiting = waiting_by_item(self.state)
        return self._waiting

    # -------------------------------------------------- figures, days, and what an item is

    def _measure(self, name: str, sign: str, text: str) -> Test:
        figure = self._figure(name)
        if text.casefold() == "none":
            return lambda entry: figure(entry) is None
        try:
            wanted = day_of(text) if name == "due" else number_of(text)
        except Refused as error:
            return self._never(f"{name}{sign}{short(text, 40)}: {error}")
        compare = _SIGNS[sign]

        def holds(entry: Entry) -> bool:
            found = figure(entry)
            return found is not None and compare(found, wanted)

        return holds

    def _figure(self, name: str) -> Callable[[Entry], Any]:
        if name == "due":
            return lambda entry: entry.item.due
        if name == "size":
            return lambda entry: entry.ew if entry.sized else None
        model, parts = model_of(self.state), {row.item_id: row for row in self.state.all(ValueParts).values()}

        def score(entry: Entry) -> float | None:
            worth = worth_of(model, entry, parts.get(entry.item.id))
            return worth.score if worth is not None else None

        return score

    def _is(self, word: str) -> Test:
        if word in _STATES:
            place = _STATES[word]
            if place not in ("plan", "below"):
                self.elsewhere = place
            return lambda entry: entry.item.state == place
        if word in ("sized", "unsized"):
            return lambda entry: entry.sized == (word == "sized")
        if word in ("started", "pinned"):
            pins = pins_of(self.state)
            return lambda entry: entry.item.id in pins and word in ("pinned", pins[entry.item.id].kind)
        if word == "unplanned":
            return lambda entry: unplanned(self.state, entry.item)
        if word == "wanted":
            return lambda entry: bool(self.waiting.get(entry.item.id))
        if word == "oneoff":
            return lambda entry: entry.item.slice == ONE_OFF
        return self._never(f"is:{short(word, 40)} means nothing; is: takes {', '.join(_IS)}")

    def _never(self, problem: str) -> Test:
        self.problems.append(problem)
        return lambda entry: False


def _priority(text: str) -> Test:
    """The same word, or another one for the same place: P1 and 1."""
    plain, place = text.casefold(), priority_place(text)
    if plain == "none":
        return lambda entry: not has_priority(entry.item.priority)

    def holds(entry: Entry) -> bool:
        own = entry.item.priority
        return own.casefold() == plain or (place is not None and priority_place(own) == place)

    return holds
