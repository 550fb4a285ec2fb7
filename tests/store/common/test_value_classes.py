"""Values are frozen dataclasses, also those that nobody has needed yet."""

from __future__ import annotations

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from threading import Barrier
from typing import Any

import pytest

from store.common.values import Value


def kinds() -> tuple[type[Any], type[Any]]:
    """The same kind as a value and as a dataclass, neither used yet."""

    class Stretch(Value):
        low: int
        high: int = 9
        names: list[str] = field(default_factory=list, compare=False)

    made = Stretch

    @dataclass(frozen=True)
    class Stretch:  # type: ignore[no-redef]
        low: int
        high: int = 9
        names: list[str] = field(default_factory=list, compare=False)

    return made, Stretch


FIRST_USES: dict[str, Callable[[type[Any]], object]] = {
    "made": lambda kind: kind(1),
    "made of names": lambda kind: kind(high=2, low=1),
    "too little": lambda kind: kind(),
    "too much": lambda kind: kind(1, 2, [], 4),
    "another name": lambda kind: kind(1, wrong=2),
    "same": lambda kind: (kind(1) == kind(1, 9, ["a"]), kind(1) == kind(2), kind(1) == (1, 9)),
    "hash": lambda kind: len({kind(1), kind(1, names=["a"]), kind(2)}),
    "said": lambda kind: repr(kind(1)).rpartition(".")[2],
    "other values": lambda kind: replace(kind(1), high=3).high,
    "changed": lambda kind: setattr(kind(1), "low", 2),
    "one more": lambda kind: setattr(kind(1), "more", 2),
    "taken away": lambda kind: delattr(kind(1), "low"),
    "its fields": lambda kind: [(each.name, each.type, each.default) for each in fields(kind)[:2]],
    "what it is": lambda kind: is_dataclass(kind),
    "a copy": lambda kind: copy.deepcopy(kind(1, 2, ["a"])).names,
    "lists of their own": lambda kind: kind(1).names is kind(1).names,
}


@pytest.mark.parametrize("use", FIRST_USES)
def test_the_first_use_is_as_of_a_dataclass(use: str) -> None:
    found = []
    for kind in kinds():
        try:
            found.append(str(FIRST_USES[use](kind)).replace("test_the_first_use", ""))
        except (TypeError, FrozenInstanceError) as error:
            found.append(f"{type(error).__name__}: {error}")
    assert found[0] == found[1]


def test_a_value_of_one_field_or_of_none_is_compared_and_said_as_others_are() -> None:
    class One(Value):
        low: float

    class Nothing(Value):
        pass

    nan = float("nan")
    assert One(nan) == One(nan)
    assert One(1.0) != One(2.0)
    assert One(1.0) != 1.0
    assert (Nothing() == Nothing(), len({Nothing(), Nothing(), One(1.0), One(1.0)})) == (True, 2)
    assert repr(One(1.0)).endswith("One(low=1.0)")
    assert repr(Nothing()).endswith("Nothing()")


def test_a_value_of_a_pattern() -> None:
    kind, _ = kinds()
    other, _ = kinds()
    match kind(1, 2):
        case other(low, high):
            raise AssertionError("of another kind")
        case kind(low, high):
            assert (low, high) == (1, 2)


def test_a_kind_may_derive_from_one_that_was_used_and_from_one_that_was_not() -> None:
    for used in (False, True):
        kind, _ = kinds()
        if used:
            kind(1)

        class Wide(kind):  # type: ignore[misc, valid-type]
            by: int = 4

        assert (Wide(1, 2).by, Wide(1, 2, [], 5).by, Wide(1).high) == (4, 5, 9)
        assert kind(1, 2) != Wide(1, 2)
        assert [each.name for each in fields(Wide)] == ["low", "high", "names", "by"]


def test_several_threads_may_be_the_first() -> None:
    kind, _ = kinds()
    start = Barrier(8)

    def make(low: int) -> Any:
        start.wait()
        return kind(low)

    with ThreadPoolExecutor(8) as threads:
        assert [each.low for each in threads.map(make, range(8))] == list(range(8))
