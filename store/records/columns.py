"""What the columns of records hold: their types and bounds, and whether values are plainly such.

Pydantic says what a record takes, and why it refuses the rest. It takes long to load, though, and what makeroom reads
and writes is nearly always plainly right: of the very type, within bounds. What is found to be so here, pydantic would
take in the same way; all else is left to it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from math import isnan
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

#: Stands for a value that pydantic has to judge.
ODD: Any = object()
#: Stands where a column has no default.
NEEDED: Any = object()
#: Where more than half of the first of so many values differ, those at the ends are looked at instead of each.
_MANY = 64
_NUMBERS = (int, float, bool)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z?", re.ASCII)

#: What one value is taken as, or ODD.
Take = Callable[[Any], Any]


class Within:
    """Bounds of an ``Annotated`` type, by the names that pydantic's ``Field`` has for them, which it is to pydantic."""

    __is_annotated_types_grouped_metadata__: ClassVar[Literal[True]] = True

    def __init__(
        self,
        *,
        ge: float | None = None,
        gt: float | None = None,
        le: float | None = None,
        lt: float | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        allow_inf_nan: bool | None = None,
    ) -> None:
        given = {"ge": ge, "gt": gt, "le": le, "lt": lt, "min_length": min_length, "max_length": max_length}
        self.given: dict[str, Any] = {name: bound for name, bound in given.items() if bound is not None}
        if allow_inf_nan is not None:
            self.given["allow_inf_nan"] = allow_inf_nan

    def field(self) -> FieldInfo:
        """The same to pydantic."""
        from pydantic.fields import FieldInfo

        return FieldInfo(**self.given)

    def __iter__(self) -> Iterator[Any]:
        """What pydantic asks for, where a model of its own has such a type."""
        yield from self.field().metadata


class RecordColumn(NamedTuple):
    """A column of a record: how a value of it is taken, what stands there where none is given, and the type of which
    the least and the most tell whether all between them are taken as they are, if there is one."""

    name: str
    take: Take
    default: Any
    ordered: type | None


@cache
def columns_of(kind: type) -> tuple[tuple[RecordColumn, ...], dict[str, Any]]:
    """The columns of a record, in order, and their types as they are written."""
    types: dict[str, Any] = {}
    columns = []
    for each in reversed(kind.__mro__):
        here, names = vars(each), vars(sys.modules[each.__module__])
        for name, written in here.get("__annotations__", {}).items():
            if not written.startswith("ClassVar"):
                types[name] = eval(written, names)  # noqa: S307 - what stands in our own sources
                columns.append(RecordColumn(name, *_taker(types[name], here["written_defaults"].get(name, NEEDED))))
    return tuple(columns), types


def taken(column: RecordColumn, values: Sequence[Any]) -> Sequence[Any] | None:
    """The values of a column as records have them; None where any of them is not plainly one."""
    take = column.take
    # Thousands of values are put into a set soonest where few of them differ.
    few = len(set(values[:_MANY])) <= _MANY // 2
    different = set(values) if few else ()
    kinds = set(map(type, different or values))
    if few and not kinds.isdisjoint(_NUMBERS):
        # A number may be equal to one of another type.
        kinds = set(map(type, values))
    if len(kinds - {NoneType}) > 1:
        found = [take(value) for value in values]
        return None if any(value is ODD for value in found) else found
    if not few and column.ordered in kinds:
        given = [value for value in values if value is not None] if NoneType in kinds else values
        ends = {*_ends(column.ordered, given), *([None] if NoneType in kinds else [])}
        if all(take(value) is not ODD for value in ends):
            return values
    known: dict[Any, Any] = {value: take(value) for value in different or set(values)}
    if any(value is ODD for value in known.values()):
        return None
    return values if all(value is other for value, other in known.items()) else [known[value] for value in values]


def _ends(kind: type | None, given: Sequence[Any]) -> Iterable[Any]:
    """Of values of one type, those that tell of all; all where none do."""
    if kind is str and _has_whole_letters("".join(given)):
        lengths = set(map(len, given))
        return "x" * min(lengths), "x" * max(lengths)
    # A sum with what is no number is none.
    if kind is int or (kind is float and not isnan(sum(given))):
        return min(given), max(given)
    return set(given)


def _taker(written: Any, default: Any) -> tuple[Take, Any, type | None]:
    """How a value of a type is taken, the default, and the type of which the ends tell of all."""
    parts = get_args(written) if get_origin(written) in (Union, UnionType) else (written,)
    (one,) = (part for part in parts if part is not NoneType)
    bounds: dict[str, Any] = {}
    if get_origin(one) is Annotated:
        one, within = get_args(one)
        bounds = within.given
    take = _choice(get_args(one)) if get_origin(one) is Literal else _TAKERS[one](bounds)
    ordered = one if one in (int, float, str) else None
    return take if len(parts) == 1 else lambda value: None if value is None else take(value), default, ordered


def _choice(words: Sequence[str]) -> Take:
    allowed = frozenset(words)
    return lambda value: value if type(value) is str and value in allowed else ODD


def _whole(bounds: dict[str, Any]) -> Take:
    fits = _fits(bounds)
    return lambda value: value if type(value) is int and fits(value) else ODD


def _number(bounds: dict[str, Any]) -> Take:
    fits = _fits(bounds)

    def take(value: Any) -> Any:
        if type(value) is float:
            return value if fits(value) else ODD
        return float(value) if type(value) is int and abs(value) < 2**53 and fits(value) else ODD

    return take


def _fits(bounds: dict[str, Any]) -> Callable[[float], bool]:
    """Whether a number is within bounds, where all are there; no other is."""
    least, most = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
    if not bounds:
        return lambda value: -(2**62) < value < 2**62
    if least is None:
        least = -(2**62)
    if most is None:
        most = 2**62
    over, under = "gt" in bounds, "lt" in bounds
    if over or under:
        return lambda value: least <= value <= most and not (over and value == least) and not (under and value == most)
    return lambda value: least <= value <= most


def _letters(bounds: dict[str, Any]) -> Take:
    least, most = bounds.get("min_length", 0), bounds.get("max_length", sys.maxsize)

    def take(value: Any) -> Any:
        if type(value) is not str or not least <= len(value) <= most:
            return ODD
        return value if _has_whole_letters(value) else ODD

    return take


def _has_whole_letters(text: str) -> bool:
    """Whether it can be written as UTF-8: half of a surrogate pair cannot."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _yes(_: dict[str, Any]) -> Take:
    def take(value: Any) -> Any:
        if type(value) is bool:
            return value
        return bool(value) if type(value) is int and 0 <= value <= 1 else ODD

    return take


def _day(_: dict[str, Any]) -> Take:
    return lambda value: value if type(value) is date else _read(date.fromisoformat, _DAY, value)


def _moment(_: dict[str, Any]) -> Take:
    return lambda value: value if type(value) is datetime else _read(datetime.fromisoformat, _MOMENT, value)


def _read(read: Callable[[str], Any], form: re.Pattern[str], value: Any) -> Any:
    if type(value) is not str or form.fullmatch(value) is None:
        return ODD
    try:
        return read(value)
    except ValueError:
        return ODD


_TAKERS: dict[Any, Callable[[dict[str, Any]], Take]] = {
    int: _whole,
    float: _number,
    str: _letters,
    bool: _yes,
    date: _day,
    datetime: _moment,
}
