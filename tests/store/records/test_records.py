"""What a record takes is what its model of pydantic takes, whichever way it is looked at; about 3 s."""

from __future__ import annotations

import copy
import os
import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from store.common.limits import MOST_EW
from store.records import RECORDS, Dependency, Item, Quarter, Record, RecordError, Size, Wait
from store.records.record import _model
from tests.store.database.test_schema import GOOD

#: Values at the edges of what columns hold, plainly right or not, and what only looks like one.
ODDITIES: list[Any] = [
    None, "", "x", "F", "plan", "in", "draft", "é" * 3, "\ud800", "a" * 200, "a" * 201, "a" * 20_001, b"x",
    0, 1, -1, 2, 10, 100, 2**53, 2**53 - 1, 2**63, -(2**62), 0.0, -0.0, 1.0, 0.5, 1.5, -1e15, 1e15, 1e16, MOST_EW,
    MOST_EW + 1.0, float("inf"), float("nan"), True, False, "1", "true", "0.5",
    "2027-01-04", "2027-02-30", "2027-1-4", "0000-01-01", "２０２７-01-04", date(2027, 1, 4),
    "2027-01-04T10:00:00Z", "2027-01-04T10:00:00", "2027-01-04T10:00:00.123456Z", "2027-01-04T10:00:00.1Z",
    "2027-01-04T24:00:00Z", "2027-01-04T10:00:00+02:00", "2027-01-04 10:00:00", datetime(2027, 1, 4, tzinfo=UTC),
]  # fmt: skip
EXAMPLES = 1000 if os.environ.get("MAKEROOM_LONG") else 50


def judged(model: type[BaseModel], values: dict[str, Any]) -> tuple[str, Any]:
    """What pydantic says by itself."""
    try:
        found = model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return "refused", (str(first["loc"][-1]), first["msg"])
    return "taken", told(found.__dict__)


def told(values: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Values with their order and types; a moment in UTC is the same, whoever's class of zones says so."""
    shown = {key: value.isoformat() if isinstance(value, datetime) else repr(value) for key, value in values.items()}
    return [(key, type(value).__name__, shown[key]) for key, value in values.items()]


def made(kind: type[Record], values: dict[str, Any]) -> tuple[str, Any]:
    try:
        return "taken", told(kind(**values).model_dump())
    except RecordError as error:
        return "refused", (error.column, error.why)


def good(kind: type[Record]) -> dict[str, Any]:
    """A whole good row, as SQLite has it."""
    return dict(_model(kind).model_validate({"id": 1, **GOOD[kind.table]}).model_dump(mode="json"))


@st.composite
def rows(draw: st.DrawFn) -> tuple[type[Record], list[dict[str, Any]]]:
    """A kind of record and rows of it, all different, in which a value or two may be anything."""
    kind = draw(st.sampled_from(RECORDS))
    plain = good(kind)
    found = [
        {name: _varied(name, value, number) for name, value in plain.items()}
        for number in range(draw(st.sampled_from((1, 3, 90))))
    ]
    for name in draw(st.lists(st.sampled_from(list(plain)), max_size=2)):
        draw(st.sampled_from(found))[name] = draw(st.sampled_from(ODDITIES))
    return kind, found


def _varied(name: str, value: Any, number: int) -> Any:
    if name == "id" or name.endswith("_id"):
        return None if value is None else value + number
    return f"{value} {number}" if name in ("name", "title", "note", "owner", "who") else value


@settings(max_examples=EXAMPLES)
@given(rows())
def test_one_by_one_and_all_at_once_it_takes_and_refuses_what_pydantic_does(
    drawn: tuple[type[Record], list[dict[str, Any]]],
) -> None:
    kind, given_rows = drawn
    expected = [judged(_model(kind), row) for row in given_rows]
    assert [made(kind, row) for row in given_rows] == expected
    refused = next((found for word, found in expected if word == "refused"), None)
    # In another order of the columns, as a file may have them.
    names = sorted(kind.columns())
    cells = [[row[name] for name in names] for row in given_rows]
    if refused is None:
        assert [("taken", told(each.model_dump())) for each in kind.of_rows(names, cells)] == expected
    else:
        with pytest.raises(RecordError) as caught:
            list(kind.of_rows(names, cells))
        assert caught.value.column in {found[0] for word, found in expected if word == "refused"}
        assert caught.value.given in given_rows


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.table)
def test_each_column_alone_takes_what_pydantic_takes(kind: type[Record]) -> None:
    plain = good(kind)
    assert made(kind, plain)[0] == "taken"
    for name in plain:
        for value in ODDITIES:
            row = {**plain, name: value}
            assert made(kind, row) == judged(_model(kind), row), (name, value)


def test_what_is_missing_or_no_column_is_refused_by_name() -> None:
    with pytest.raises(RecordError) as missing:
        Size(id=1, item_id=1, team_id=1)  # type: ignore[call-arg]
    assert (missing.value.column, missing.value.why) == ("likely", "Field required")
    with pytest.raises(RecordError) as unknown:
        Size(id=1, item_id=1, team_id=1, likely=1, wide=2)  # type: ignore[call-arg]
    assert unknown.value.column == "wide"


def test_a_record_stays_as_it_is_and_is_equal_to_one_of_the_same_values() -> None:
    item = Item(id=1, title="audit", rank=1, draw=2)
    assert (item.rank, type(item.rank), item.state) == (1.0, float, "below")
    for same in (copy.copy(item), copy.deepcopy(item), pickle.loads(pickle.dumps(item)), item.model_copy()):
        assert same == item
        assert hash(same) == hash(item)
    other = item.model_copy(update={"title": "log"})
    assert (item.title, other.title) == ("audit", "log")
    assert len({item, other, item.model_copy()}) == 2
    with pytest.raises(AttributeError):
        item.title = "log"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del item.title
    with pytest.raises(KeyError):
        item.model_copy(update={"color": "red"})
    # A tuple of the same values is not the same, nor is a record of another kind.
    wait, dependency = Wait(id=1, item_id=2, customer_id=3), Dependency(id=1, item_id=2, needs_id=3)
    assert wait != dependency
    assert wait != tuple(wait)
    assert tuple(wait) == tuple(dependency) == (1, 0, 2, 3)
    assert repr(item).startswith("Item(id=1, rev=0, title='audit', slice='F'")


def test_in_json_days_and_moments_are_as_pydantic_writes_them() -> None:
    moment = datetime(2027, 1, 4, 10, 0, 0, 120, tzinfo=UTC)
    for at in (None, moment, moment.replace(microsecond=0), moment.replace(tzinfo=None)):
        values = {"id": 1, "name": "Q1", "starts": date(2027, 1, 4), "ends": date(2027, 4, 2), "baselined_at": at}
        found = Quarter(**values).model_dump(mode="json")
        assert list(found.items()) == list(_model(Quarter)(**values).model_dump(mode="json").items())
        assert Quarter.model_validate(found) == Quarter(**values)
