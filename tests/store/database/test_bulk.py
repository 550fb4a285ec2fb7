"""Many records in one command are written as each by itself would be, or refused in the same words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from store.common.errors import StoreError
from store.database.bulk import MANY, are_tidy, as_columns
from store.database.rows import tidy, to_row
from store.database.verify import verify
from store.database.write import prepared
from store.records import RECORDS, Command, Item, Record, Size, Team
from store.workspace.workspace import Workspace
from tests.store.database.test_schema import GOOD

#: more than one portion of a watch, the last one of few
ITEMS = 1_010
#: what a column of one item among them holds, which is refused, mended, or taken as it is
SPOILED = (
    ("title", " Login"), ("title", "Login\u202e"), ("title", "\u200d"), ("title", ""), ("title", "two\nlines"),
    ("title", 7), ("title", "x" * 20_001), ("note", "a\tb\nc"), ("note", "\na"), ("note", "a\r\nb"),
    ("note", "é \u3000 "),
    ("rank", 0.1 + 0.2), ("rank", 3), ("rank", float("nan")), ("rank", True), ("draw", -1), ("draw", 1.0),
    ("state", "gone"), ("slice", "FF"), ("due", datetime(2027, 1, 4)), ("due", date(2027, 1, 4)),
    ("due", "2027-01-04"),
    ("baselined", 1), ("value", 1), ("value", 1e13), ("source_key", "\x1b[1m"), ("team_id", "3"),
    ("title", ["a"]),
)  # fmt: skip


def items(count: int = ITEMS) -> list[Record]:
    return [Item(id=-1 - at, title=f"Thing {at}", rank=float(at), draw=at) for at in range(count)]


def outcome(act: Callable[[Any], Any], given: Any) -> Any:
    """What comes of it, or the sentence that refuses it."""
    try:
        return act(given)
    except StoreError as refused:
        return str(refused)


@pytest.mark.parametrize(("column", "value"), SPOILED)
def test_one_among_many_is_mended_or_refused_as_by_itself(column: str, value: object) -> None:
    records = items(MANY)
    records[7] = records[7].model_copy(update={column: value})
    alone, among = (outcome(tidy, records[7]), outcome(prepared, Command("import", "Many", tuple(records))))
    if isinstance(among, str):
        assert among == alone
        return
    assert list(among.puts) == [*records[:7], alone, *records[8:]]
    assert [type(one) for one in among.puts[7]] == [type(one) for one in alone]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.table)
def test_columns_hold_what_each_row_holds(kind: type[Record]) -> None:
    records = [kind.model_validate({**GOOD[kind.table], "id": at}) for at in (3, 4)]
    assert are_tidy(kind, records)
    rows = [to_row(record) for record in records]
    assert as_columns(kind, records) == {name: [row[name] for row in rows] for name in rows[0]}


def test_rows_and_journal_are_those_of_the_records_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    given = items()
    sizes = [Size(id=-5_000 - at, item_id=-1 - at, team_id=-9_000, likely=at / 10) for at in range(ITEMS)]
    with Workspace.open(path, seed=7) as workspace:
        mixed = [one for pair in zip(given, sizes, strict=True) for one in pair]
        applied = workspace.apply(Command("import", "Many", (*mixed, Team(id=-9_000, name="Pay", draw=1))))
        state = workspace.load()
    found = list(state.each(Item))
    assert [(item.title, item.rank, item.draw) for item in found] == [(f"Thing {at}", at, at) for at in range(ITEMS)]
    assert [(size.item_id, size.likely) for size in state.each(Size)] == [
        (item.id, at / 10) for at, item in enumerate(found)
    ]
    told = {(change.table, change.id): change.after for change in applied.changes}
    assert len(told) == len(applied.changes) == 2 * ITEMS + 1
    assert all(told["items", item.id] == to_row(item) for item in found)
    assert {one.level for one in verify(path, surroundings=False).findings} == {"ok"}


def test_one_of_many_that_points_to_nothing_is_named(tmp_path: Path) -> None:
    lost = [Size(id=-5_000 - at, item_id=-1 - at, team_id=1, likely=1.0) for at in range(MANY + 1)]
    with Workspace.open(tmp_path / "w.db", seed=7) as workspace:
        with pytest.raises(
            StoreError, match=r"The size .* refers to a record \(item_id\) that is not part of the chan"
        ):
            workspace.apply(Command("import", "Many", (*items(MANY), *lost)))
        assert len(workspace.events()) == 1
