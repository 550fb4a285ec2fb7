"""The small tables: which type, label or component means which slice, T-shirts, units of an import, the quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar, get_args

from scenarios.figures.sizes import Range, parse_size, shirts_of
from store.common.errors import Refused, refused_about
from store.records import Command, Record, RuleField, Shirt, SliceRule, State, new_id

T = TypeVar("T")
_LONGEST = 200
_MOST_RATE = 1e6


class Rule(NamedTuple):
    """An imported type, label or component (``field``), and the letter of the slice that it means."""

    field: RuleField
    value: str
    slice: str

    @property
    def words(self) -> str:
        """As it is typed."""
        return f"{self.field} {self.value} = {self.slice}"


class ShirtSize(NamedTuple):
    """A T-shirt's letters, and what it stands for."""

    letter: str
    size: Range


# ------------------------------------------------------------------ slice rules


def rules_in_order(state: State) -> list[SliceRule]:
    """The rules as they are tried: the first that matches wins."""
    return sorted(state.all(SliceRule).values(), key=lambda rule: (rule.position, rule.id))


def rule_of(text: str, letters: set[str]) -> Rule:
    """``type bug = Q``. Raises Refused."""
    left, equals, letter = text.rpartition("=")
    field, _, value = left.strip().partition(" ")
    letter = letter.strip().upper()
    kind: RuleField | None = next((each for each in get_args(RuleField) if each == field.casefold()), None)
    if not equals or not value.strip() or kind is None:
        raise Refused("write it as “type bug = Q”, with type, label or component first.")
    if letter not in letters:
        raise Refused(f"“{letter}” is none of the slices {' '.join(sorted(letters))}.")
    return Rule(kind, value.strip()[:_LONGEST], letter)


def rules_of(text: str, letters: set[str]) -> list[Rule]:
    """A rule a line. Raises Refused, which names the line, for the first that is none."""
    return _by_line(text, lambda line: rule_of(line, letters))


def write_rules(state: State, rules: Sequence[Rule]) -> Command:
    """These rules, in this order, and no others."""
    rows = [SliceRule(id=0, position=at, **rule._asdict()) for at, rule in enumerate(rules)]
    return _replacing("rules", "slice rules", rules_in_order(state), rows)


# ------------------------------------------------------------------ T-shirts


def range_of_shirt(shirt: Shirt) -> Range:
    """What a T-shirt stands for."""
    return Range(shirt.likely, shirt.low, shirt.high)


def shirt_of(text: str) -> ShirtSize:
    """``M 1.5-3-5`` or ``M=1.5-3-5``, in engineer-weeks. Raises Refused."""
    letter, _, size = text.strip().replace("=", " ", 1).partition(" ")
    if not letter or len(letter) > 3 or not letter[0].isalpha():
        raise Refused("begin with one to three letters, as M.")
    with refused_about(after="."):
        return ShirtSize(letter, parse_size(size))


def read_shirts(text: str) -> list[ShirtSize]:
    """A T-shirt a line, each with a key of its own. Raises Refused, which names the line."""
    keys: set[str] = set()

    def read(line: str) -> ShirtSize:
        found = shirt_of(line)
        _take_key(found.letter, keys)
        return found

    return _by_line(text, read)


def write_shirts(state: State, shirts: Sequence[ShirtSize]) -> Command:
    """These T-shirts, in this order, and no others. Raises Refused where two of them have the same key."""
    keys: set[str] = set()
    rows = []
    for at, (letter, size) in enumerate(shirts):
        _take_key(letter, keys)
        low, high = size.low or size.likely, size.high or size.likely
        rows.append(Shirt(id=0, letter=letter, low=low, likely=size.likely, high=high, position=at))
    return _replacing("shirts", "T-shirt sizes", shirts_of(state), rows)


def _take_key(letter: str, keys: set[str]) -> None:
    key = letter[0].casefold()
    if key in keys:
        raise Refused(f"the key {key} is taken by another size.")
    keys.add(key)


# ------------------------------------------------------------------ units, the quarter


def write_rates(state: State, points: float | None, hours: float | None) -> Command:
    """What an engineer-week is in points and in hours; None where not known. Raises Refused."""
    for name, rate in (("points", points), ("hours", hours)):
        if rate is not None and not 0 < rate <= _MOST_RATE:
            raise Refused("A rate is a number above 0.", name)
    info = state.workspace
    changed = info.model_copy(update={"points_per_ew": points, "hours_per_ew": hours})
    return Command("rates", "units of an import", () if changed == info else (changed,))


def write_quarter(state: State, name: str, starts: date | None, ends: date | None) -> Command:
    """The quarter's name, its first and its last day. Raises Refused."""
    if not name.strip():
        raise Refused("A quarter needs a name.", "name")
    if starts is None:
        raise Refused("A quarter needs a first day, as 2027-01-04.", "starts")
    if ends is None or ends <= starts:
        raise Refused("The last day comes after the first.", "ends")
    quarter = state.quarter
    changed = quarter.model_copy(update={"name": name.strip()[:_LONGEST], "starts": starts, "ends": ends})
    return Command("quarter", f"the quarter: {changed.name}", () if changed == quarter else (changed,))


# ------------------------------------------------------------------ whole tables


def _by_line(text: str, read: Callable[[str], T]) -> list[T]:
    found = []
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        with refused_about(before=f"Line {at}: "):
            found.append(read(line))
    return found


def _replacing(kind: str, label: str, present: Sequence[Record], rows: Iterable[Record]) -> Command:
    """A command that makes ``rows`` the whole of a small table, touching only the rows that differ."""
    rows = list(rows)
    puts: list[Record] = []
    for at, row in enumerate(rows):
        if at < len(present):
            changed = row.model_copy(update={"id": present[at].id, "rev": present[at].rev})
            if changed != present[at]:
                puts.append(changed)
        else:
            puts.append(row.model_copy(update={"id": new_id()}))
    return Command(kind, label, tuple(puts), tuple(present[len(rows) :]))
